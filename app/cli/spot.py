"""`wangge spot`: services, visits and findings solved on the spot, without a whistle (domain 2.8, step 2)."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import timedelta
from enum import StrEnum

from app.cli.actions import action_of
from app.cli.people import grid_code, matter_code, member_code, place_code
from app.cli.session import Answer, Session
from app.cli.times import past_moment
from app.cli.tongue import N_
from app.cli.whistle_options import CHANNELS
from app.domain.actor import Channel
from app.domain.errors import BadInput
from app.domain.events import Json
from app.domain.message import Message
from app.domain.repeats import FoundProblem
from app.render.rounds import finding_cells
from app.render.sight import Sight
from app.render.table import columns
from app.services.ports import Spot

ACTIONS = {
    "add": N_("record what was solved on the spot"),
    "list": N_("what was solved on the spot, newest first"),
}
DAY = timedelta(days=1)


class SpotKind(StrEnum):
    """What was done: the codes that ``Duty.record_spot`` takes."""

    SERVICE = "service"
    VISIT = "visit"
    FINDING = "finding"


KIND_LABELS = {
    SpotKind.SERVICE: N_("small service"),
    SpotKind.VISIT: N_("household visit"),
    SpotKind.FINDING: N_("finding solved on the spot"),
}


def run(session: Session, arguments: list[str]) -> Answer | int:
    """Do one action of `wangge spot`."""
    name, rest = action_of(session, "wangge spot", ACTIONS, arguments), arguments[1:]
    if isinstance(name, int):
        return name
    return _add(session, rest) if name == "add" else _list(session, rest)


def _add(session: Session, arguments: list[str]) -> Answer:
    parser = session.parser("wangge spot add", ACTIONS["add"])
    parser.choice("kind", N_("service, visit or finding"), SpotKind, required=True)
    parser.text("grid", N_("grid: code or short name"), "GRID")
    parser.text("title", N_("What was done"), required=True)
    parser.text("note", N_("Note"))
    parser.text("for_whom", N_("for whom"))
    parser.text("place", N_("registered place: code, name or alias"), "PLACE")
    parser.text("matter", N_("type of matter: code or name"), "TYPE")
    parser.text("by", N_("who did it; without it: who acts"), "MEMBER")
    parser.text("at", N_("when it happened; without it: now"), "TIME")
    parser.choice("channel", N_("how you were told"), CHANNELS)
    options = parser.parse_args(arguments)
    actor, street = session.actor(), session.street
    place = place_code(street, options.place) if options.place else ""
    moment = past_moment(options.at, session.now, session.zone, "occurred_at") if options.at else None
    spot = session.house.duty.record_spot(
        actor,
        options.kind,
        _grid(session, options, place),
        {name: text for name in ("title", "note", "for_whom") if (text := getattr(options, name))},
        session.request_id,
        place=place,
        matter=matter_code(session.policy, options.matter) if options.matter else "",
        by=member_code(street, options.by) if options.by else "",
        occurred_at=moment.at if moment else None,
        channel=Channel(options.channel) if options.channel else Channel.TERMINAL,
    )
    return Answer({"spot": session.shaper.shape(spot)}, lambda: _lines(session.sight, [spot]))


def _grid(session: Session, options: Namespace, place: str) -> str:
    if options.grid:
        return grid_code(session.street, options.grid)
    if not place:
        raise BadInput(Message("{what} is missing.", {"what": Message("Grid")}), "grid")
    return session.street.places[place].grid


def _list(session: Session, arguments: list[str]) -> Answer:
    parser = session.parser("wangge spot list", ACTIONS["list"])
    parser.text("since", N_("from when on; without it: the last 24 hours"), "TIME")
    options = parser.parse_args(arguments)
    now = session.now
    since = past_moment(options.since, now, session.zone, "since").at if options.since else now - DAY
    spots = session.house.duty.spots(since)
    solved = [one for one in session.house.rounds.problems(since) if one.handled]
    document: dict[str, Json] = {
        "since": session.shaper.instant(since),
        "spots": [session.shaper.shape(spot) for spot in spots],
        "findings": [session.shaper.shape(one) for one in solved],
    }
    return Answer(document, lambda: [*_lines(session.sight, spots), *_solved_lines(session, solved)])


def _solved_lines(session: Session, solved: Sequence[FoundProblem]) -> Iterator[str]:
    """What was found on rounds and solved there, apart from what somebody recorded by itself."""
    if solved:
        files = {one.round_id: session.house.rounds.file(one.round_id) for one in solved}
        yield session.sight.t("Found on rounds and solved there: {n}", n=len(solved))
        yield from columns(finding_cells(files[one.round_id], one, 1, session.sight) for one in solved)


def _lines(sight: Sight, spots: Sequence[Spot]) -> Iterator[str]:
    if not spots:
        yield sight.t("Nothing was recorded.")
    yield from columns(
        (sight.stamp(spot.occurred_at), sight.t(KIND_LABELS[SpotKind(spot.kind)]), sight.short(spot.grid),
         sight.name(spot.place) if spot.place else "", spot.texts.get("title", ""), sight.name(spot.by))
        for spot in spots
    )  # fmt: skip
