"""A case and lists of cases as plain text, aligned by cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from app.cli.entry_text import entry_cells
from app.cli.table import columns
from app.domain.asked import asked
from app.domain.facts import TEXT_FIELDS
from app.domain.message import N_
from app.domain.text import clean, mask_phone
from app.domain.timeline import by_time
from app.domain.whistle import BOARD_STATES, Assignment, Precision, Waiting, Whistle, late_acknowledge, no_show
from app.render.requests import request_answer, request_question
from app.render.sight import Sight
from app.services.desk import left_at
from app.services.ports import BoardPage, BoardRow
from app.services.whistles import CaseFile, Outcome

NO_CASE = N_("No open case.")


def case_name(whistle: Whistle) -> str:
    """The number of a case, or the beginning of its id while it has none."""
    return whistle.number or whistle.id.hex[:8]


def left(sight: Sight, deadline: datetime | None) -> str:
    """What is left of a limit; empty when there is none."""
    return sight.left(deadline) if deadline else ""


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
        yield sight.t("There are more; `wangge whistle list --limit N` lists them.")


def ended(sight: Sight, whistle: Whistle) -> str:
    """When a case left the board; empty while it is on it."""
    return "" if whistle.state in BOARD_STATES else sight.stamp(left_at(whistle))


def waits(sight: Sight, whistle: Whistle) -> str:
    """What a case waits for, with how many departments are there: 报到 3/6; empty when it waits for nothing."""
    if whistle.waiting is Waiting.NOTHING:
        return ""
    word = sight.words.enum(whistle.waiting)
    counted = {
        Waiting.ACKNOWLEDGE: whistle.acknowledged,
        Waiting.REPORT_IN: whistle.reported_in,
        Waiting.WORK: whistle.done,
    }.get(whistle.waiting)
    return word if counted is None else f"{word} {counted}/{whistle.assigned}"


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
    """Everything of one case on a page."""
    t, word, whistle = sight.t, sight.words.enum, file.case.whistle
    head = [case_name(whistle), word(whistle.kind), word(whistle.severity), word(whistle.state)]
    yield "  ".join([*head, *([t("passed to and fro")] if whistle.ping_pong else [])])
    yield from columns(_facts(sight, file))
    if file.case.assignments:
        yield ""
        yield from columns(
            [_department(sight, one, whistle.episode) for one in file.case.assignments],
            (t("Department"), t("Role"), t("State"), t("Whistled for"), t("Acknowledge"), t("Report in on site"),
             t("Done at"), ""),
        )  # fmt: skip
    if requests := asked(file.case, file.words, file.events):
        yield ""
        yield from columns(
            [(request_question(one, sight), request_answer(one, sight)) for one in requests],
            (t("Request"), t("Decision")),
        )
    yield ""
    yield from timeline_lines(sight, file)
    if file.possible:
        yield ""
        yield t("Possible now: {moves}", moves=", ".join(move.action.value.replace("_", "-") for move in file.possible))


def timeline_lines(sight: Sight, file: CaseFile) -> Iterator[str]:
    """The entries by the time they happened, taken back ones in brackets, corrected ones with what they said."""
    t = sight.t
    yield from columns(
        [entry_cells(sight, entry) for entry in by_time(file.events)],
        ("#", t("When"), t("What"), t("Who"), t("Particulars")),
    )


def _facts(sight: Sight, file: CaseFile) -> Iterator[tuple[str, str]]:
    t, word, whistle = sight.t, sight.words.enum, file.case.whistle
    typed = file.words.get(whistle.words_id, {}) if whistle.words_id else {}
    yield t("Grid"), f"{sight.name(whistle.grid)} · {sight.name(whistle.community)}"
    if whistle.place:
        yield t("Place"), sight.name(whistle.place)
    for name, label in TEXT_FIELDS.items():
        if text := clean(typed.get(name, ""), one_line=True):
            yield t(label), mask_phone(text) if name in ("callback", "caller") else text
    about = "~" if whistle.occurred_precision is Precision.APPROX else ""
    yield t("Happened"), about + f"{whistle.occurred_at.astimezone(sight.zone):%Y-%m-%d %H:%M}"
    yield t("Source"), " ".join(part for part in (word(whistle.source), whistle.source_number) if part)
    yield t("Blown by"), sight.name(whistle.blower)
    yield t("Level"), word(whistle.level)
    if waiting := waits(sight, whistle):
        yield t("Waits for"), " ".join((waiting, left(sight, whistle.deadline_at))).strip()
    if whistle.score is not None:
        score = t("{n} of 5", n=whistle.score)
        yield t("Score"), f"{score} ({t('by default')})" if whistle.score_by_default else score


def _department(sight: Sight, a: Assignment, episode: int) -> tuple[str, ...]:
    """One department; who is through has no limit left, and once a case was reopened each names its episode."""
    t, word = sight.t, sight.words.enum
    late = late_acknowledge(a, sight.now)
    marks = [t("late")] if no_show(a, sight.now) else []
    marks += [t("quiet")] if a.needs_attention else []
    marks += [t("episode {n}", n=a.episode)] if episode > 1 else []
    return (
        sight.name(a.department),
        word(a.role),
        word(a.state),
        sight.stamp(a.notified_at),
        _limited(sight, a.acknowledged_at, None if a.finished else a.acknowledge_due) + ("!" if late else ""),
        _limited(sight, a.reported_in_at, None if a.finished else a.report_in_due),
        sight.stamp(a.done_at or a.released_at),
        " ".join(marks),
    )


def _limited(sight: Sight, at: datetime | None, due: datetime | None) -> str:
    """When it was done, or what is left for it while it still has to be."""
    return sight.stamp(at) if at else left(sight, due)
