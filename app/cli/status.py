"""`wangge status`: the street at a glance, as the desk shows it (domain 2.9)."""

from __future__ import annotations

from collections.abc import Iterator

from app.called import called
from app.cli.case_shape import row_document
from app.cli.case_text import page_lines
from app.cli.flood_shape import flood_document
from app.cli.session import Answer, Session
from app.cli.shift import holding_document, shift_line
from app.cli.tongue import N_
from app.domain.errors import StoreTrouble
from app.domain.events import Json
from app.domain.grid_status import GridStatus
from app.domain.org import UnitLevel
from app.render.board import up_to
from app.render.flood import flood_line
from app.render.grids import kinds_open, warning_cell
from app.render.holding import holding_words
from app.render.rows import plain
from app.render.sight import Sight
from app.render.table import columns
from app.services.desk import DeskView
from app.services.ports import MANY

MOST_CELLS = 200
"""Of the line about the flood."""


def run(session: Session, arguments: list[str]) -> Answer | int:
    """Show the street; with ``--follow`` go on with what changes."""
    parser = session.parser("wangge status", N_("The street at a glance."))
    parser.switch("follow", N_("then go on: what changes, one sentence a line, until Ctrl+C"))
    if parser.parse_args(arguments).follow:
        from app.cli.follow import follow

        return follow(session)
    view = look(session)
    return Answer(status_document(session, view), lambda: status_lines(session.sight, view))


def look(session: Session) -> DeskView:
    """The street as it stands."""
    view = session.house.desk.view()
    if view.plan_missing is not None and _plan_learned(session):
        view = session.house.desk.view()
    return view


def _plan_learned(session: Session) -> bool:
    """Whether the program knows the missing plan by now and has put it into force; a look must not fail for it."""
    if session.house.read_only:
        return False
    try:
        return session.house.policies.renew_calendar()
    except StoreTrouble:
        return False


def status_document(session: Session, view: DeskView) -> dict[str, Json]:
    """The picture as JSON."""
    shaper = session.shaper
    return {
        "seq": view.seq,
        "now": shaper.instant(view.now),
        "drill": view.station.drill,
        "street": view.station.street,
        "policy": view.policy.version,
        "shift": shaper.shape(view.shift),
        "holding": holding_document(shaper, view.holding, view.now),
        "flood": flood_document(session, view.flood) if view.flood else None,
        "counts": shaper.shape(view.counts),
        "grids": [
            {
                "grid": status.grid.code,
                "name": shaper.shape(status.grid.name),
                "word": status.word.value,
                "reasons": [shaper.shape(reason) for reason in status.reasons],
                "figures": shaper.shape(status.figures),
            }
            for status in view.grids
        ],
        "cases": [row_document(session, row) for row in view.board.rows],
        "unreadable": view.board.unreadable,
        "more": view.board.more,
        "plan_missing": view.plan_missing,
    }


def status_lines(sight: Sight, view: DeskView) -> Iterator[str]:
    """The picture as lines."""
    t = sight.t
    street = view.street.unit_at(UnitLevel.STREET)
    local = view.now.astimezone(sight.zone)
    yield "  ".join(
        part
        for part in (
            sight.words.name(street.name) if street else t("no street yet"),
            f"{local:%Y-%m-%d} {sight.words.weekday(local.date())} {local:%H:%M}",
            t("drill") if view.station.drill else "",
        )
        if part
    )
    if view.holding is not None and view.holding.shift != view.shift:
        yield holding_words(view.holding, view.now, sight)
    yield shift_line(sight, view.shift)
    if view.flood is not None:
        yield plain(flood_line(view.flood, sight, MOST_CELLS)).strip()
    counts = view.counts
    yield t(
        "Open {open} · emergency {emergency} · overdue {overdue} · due today {due_today} · on the way {reporting} · "
        "follow-ups due {feedback_due} · to rate {to_rate} · drafts {draft}",
        open=counts.open, emergency=counts.emergency, overdue=counts.overdue, due_today=counts.due_today,
        reporting=counts.reporting, feedback_due=counts.feedback_due, draft=counts.draft,
        to_rate=up_to(counts.to_rate, MANY),
    )  # fmt: skip
    if view.plan_missing is not None:
        yield t(
            "The working-day plan of {year} is not known: until then weekends alone are days off. Once it is "
            "published, update this program, or write it into [calendar] of your policy file and load that "
            "(`{wangge} policy template FILE` writes one to start from).",
            year=str(view.plan_missing),
            wangge=called(),
        )
    yield ""
    yield from page_lines(sight, view.board)
    yield ""
    yield from columns(
        (_grid(sight, status) for status in view.grids),
        (t("Grid"), t("State"), t("Signal") if view.flood else "", t("Open cases"), t("On duty"), t("Reasons")),
    )


def _grid(sight: Sight, status: GridStatus) -> tuple[str, ...]:
    return (
        sight.short(status.grid.code),
        sight.words.enum(status.word),
        plain(warning_cell(status, sight)),
        kinds_open(status, sight) or "0",
        " ".join(sight.person(code) for code in status.figures.on_duty),
        sight.words.listed(status.reasons),
    )
