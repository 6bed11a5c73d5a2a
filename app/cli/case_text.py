"""A case and lists of cases as plain text, aligned by cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.called import called
from app.domain.message import N_
from app.domain.whistle import BOARD_STATES, Whistle
from app.render.case_page import case_name, case_page, left, waits
from app.render.sight import Sight
from app.render.table import columns
from app.services.desk import left_at
from app.services.ports import BoardPage, BoardRow
from app.services.whistles import CaseFile, Outcome

NO_CASE = N_("No open case.")


def board_lines(sight: Sight, rows: Sequence[BoardRow], nothing: str = NO_CASE) -> Iterator[str]:
    """Cases as a table, in the order given; ``nothing`` (a msgid) is said when there are none."""
    t, word = sight.t, sight.words.enum
    if not rows:
        yield t(nothing)
        return
    body = [
        (
            case_name(row.whistle),
            word(row.whistle.kind),
            word(row.whistle.state),
            sight.short(row.whistle.grid),
            row.title,
            waits(sight, row.whistle),
            left(sight, row.whistle.deadline_at),
            ended(sight, row.whistle),
        )
        for row in rows
    ]
    head = (t("Case"), t("Kind"), t("State"), t("Grid"), t("Matter"), t("Waits for"), t("Left"), t("Ended"))
    yield from columns(body, head)


def page_lines(sight: Sight, page: BoardPage, nothing: str = NO_CASE) -> Iterator[str]:
    """The same for a page of the board; what it does not show is said."""
    yield from board_lines(sight, page.rows, nothing)
    if page.unreadable:
        yield sight.t("{n} cases cannot be read.", n=page.unreadable)
    if page.more:
        yield sight.t("There are more; `{wangge} whistle list --limit N` lists them.", wangge=called())


def ended(sight: Sight, whistle: Whistle) -> str:
    """When a case left the board; empty while it is on it."""
    return "" if whistle.state in BOARD_STATES else sight.stamp(left_at(whistle))


def done_line(sight: Sight, outcome: Outcome) -> str:
    """One line that says what was recorded and where the case stands."""
    t, word, whistle, event = sight.t, sight.words.enum, outcome.case.whistle, outcome.event
    department = event.payload.get("department")
    what = word(event.kind) + (f" {sight.short(department)}" if isinstance(department, str) and department else "")
    line = t(
        "{case}  {what} {at} · now {state}",
        case=case_name(whistle), what=what, at=sight.stamp(event.occurred_at), state=word(whistle.state),
    )  # fmt: skip
    if waiting := waits(sight, whistle):
        line = t("{line}, waits for {waiting}", line=line, waiting=waiting)
    return t("{line} (it was known already; nothing was written)", line=line) if outcome.already_known else line


def case_lines(sight: Sight, file: CaseFile) -> Iterator[str]:
    """Everything of one case on a page, and what can be done to it."""
    yield from case_page(sight, file)
    if file.possible:
        yield ""
        moves = ", ".join(move.action.value.replace("_", "-") for move in file.possible)
        yield sight.t("Possible now: {moves}", moves=moves)
