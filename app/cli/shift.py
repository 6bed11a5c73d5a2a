"""`wangge shift`: who is on duty, and a shift opened when the roster has none (domain 6.2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from app.cli.actions import action_of
from app.cli.parser import listed
from app.cli.people import member_code
from app.cli.session import Answer, Session
from app.cli.shapes import Shaper
from app.cli.times import coming_instant
from app.cli.tongue import N_
from app.domain.events import Json
from app.domain.holding import Holding
from app.domain.org import Shift, ShiftKind
from app.render.holding import holding_words
from app.render.sight import Sight
from app.render.table import columns

ACTIONS = {"show": N_("the shift that is running"), "open": N_("open a shift from now, when the roster has none")}


def run(session: Session, arguments: list[str]) -> Answer | int:
    """Do one action of `wangge shift`."""
    name, rest = action_of(session, "wangge shift", ACTIONS, arguments), arguments[1:]
    if isinstance(name, int):
        return name
    parser = session.parser(f"wangge shift {name}", ACTIONS[name])
    if name == "show":
        parser.parse_args(rest)
        shift = session.house.duty.shift()
    else:
        parser.choice("kind", N_("day, night or standby"), ShiftKind, required=True)
        parser.text("until", N_("when it ends"), "TIME", required=True)
        parser.text("leader", N_("who leads"), "MEMBER", required=True)
        parser.several("officer", N_("who sits at the desk"), "MEMBER[,…]")
        options = parser.parse_args(rest)
        street = session.street
        shift = session.house.duty.open_shift(
            session.actor(),
            ShiftKind(options.kind),
            coming_instant(options.until, session.now, session.zone, "ends_at"),
            member_code(street, options.leader),
            tuple(member_code(street, text) for text in listed(options.officer)),
            session.request_id,
        )
    holding, now = session.house.handovers.holding(), session.now

    def lines() -> Iterator[str]:
        if holding is not None and holding.shift != shift:
            yield holding_words(holding, now, session.sight)
        yield from shift_lines(session.sight, shift)

    document = {"shift": session.shaper.shape(shift), "holding": holding_document(session.shaper, holding, now)}
    return Answer(document, lines)


def holding_document(shaper: Shaper, holding: Holding | None, now: datetime) -> dict[str, Json] | None:
    """Who holds the desk, and how many minutes the end of that shift has passed without relief."""
    if holding is None:
        return None
    late = holding.late(now)
    return {
        "shift": shaper.shape(holding.shift), "recorded": holding.recorded,
        "late_minutes": int(late.total_seconds() // 60) if late is not None else None,
    }  # fmt: skip


def shift_line(sight: Sight, shift: Shift | None) -> str:
    """The shift in one line: 夜班 18:00–08:00 街道·带班领导 / 街道·值班员甲、乙."""
    if shift is None:
        return sight.t("No shift is running.")
    return sight.t(
        "{kind} {since}–{until}  leader {leader}  officers {officers}",
        kind=shift.kind, since=sight.stamp(shift.starts_at), until=sight.stamp(shift.ends_at),
        leader=sight.name(shift.leader), officers=tuple(sight.name(code) for code in shift.officers),
    )  # fmt: skip


def shift_lines(sight: Sight, shift: Shift | None) -> Iterator[str]:
    """The shift with who is on duty in each grid."""
    yield shift_line(sight, shift)
    duty: dict[str, list[str]] = {}
    for entry in shift.grid_duty if shift else ():
        duty.setdefault(entry.grid, []).append(sight.name(entry.member))
    yield from columns((sight.short(grid), " ".join(names)) for grid, names in duty.items())
