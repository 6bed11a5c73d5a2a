"""`wangge channel`: the ways out of the building, whom each reaches, and a test that really sends (behaviours 21)."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid5

from app.channels.delivery import Failed, Outgoing
from app.channels.masking import masked
from app.channels.secrets import ChannelFile
from app.channels.sender import AppriseSender
from app.cli.actions import Doing, run_action
from app.cli.parser import Parser, listed
from app.cli.people import member_code
from app.cli.session import Answer, Session
from app.cli.tongue import N_
from app.domain.errors import BadInput, NotFound, Refused
from app.domain.events import Json
from app.domain.message import Message
from app.domain.outbox import Route
from app.render.table import columns
from app.services.routes import Routes

ACTIONS = {
    "add": N_("keep a channel of this machine: a name and its address"),
    "list": N_("the channels of this machine, masked, and whom they reach"),
    "test": N_("send a test message through a channel"),
    "route": N_("by which channels a member is reached, in their order"),
    "remove": N_("forget a channel of this machine"),
}


def run(session: Session, arguments: list[str]) -> Answer | int:
    """Do one action of `wangge channel`."""
    doing: dict[str, Doing] = {
        "add": _add, "list": _list, "test": _test, "route": _route, "remove": _remove,
    }  # fmt: skip
    return run_action(session, "wangge channel", ACTIONS, doing, arguments)


def _file(session: Session) -> ChannelFile:
    return ChannelFile(session.settings.channels)


def _add(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operand("name", N_("a name of your own: night-desk, 值班群"))
    parser.operand("url", N_("its address, as the page about channels shows; kept in a file only you can read"))
    options = parser.parse_args(arguments)
    _file(session).put(options.name, options.url)
    shown = masked(options.url)
    said = session.words.t("{name} is kept: {url}. Now test it: {command}", name=options.name, url=shown,
                           command=f"wangge channel test {options.name}")  # fmt: skip
    return Answer({"channel": {"name": options.name, "url": shown}}, lambda: [said])


def _remove(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operand("name", N_("which channel"))
    options = parser.parse_args(arguments)
    _file(session).remove(options.name)
    said = session.words.t("{name} is forgotten.", name=options.name)
    return Answer({"channel": {"name": options.name}}, lambda: [said])


def _list(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.parse_args(arguments)
    known = _file(session).read(understood=False)
    routes = _routes(session).all()
    document: dict[str, Json] = {
        "channels": [{"name": name, "url": masked(url)} for name, url in known.items()],
        "routes": [session.shaper.shape(route) for route in routes],
    }

    def lines() -> Iterator[str]:
        if not known:
            yield session.words.t("This machine has no channels: reminders stay on the screen.")
        yield from columns((name, masked(url), _reached(session, name, routes)) for name, url in known.items())
        elsewhere = sorted({route.channel for route in routes} - known.keys())
        if elsewhere:
            yield session.words.t("Only on other machines: {names}", names=tuple(elsewhere))

    return Answer(document, lines)


def _reached(session: Session, name: str, routes: tuple[Route, ...]) -> str:
    sight = session.sight
    people = tuple(
        sight.name(route.member) + (sight.t(" (urgent only)") if route.urgent_only else "")
        for route in routes
        if route.channel == name
    )
    return sight.words.listed(people) if people else sight.t("reaches nobody yet")


def _test(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operand("name", N_("which channel"))
    options = parser.parse_args(arguments)
    if session.settings.database.exists() and session.house.station.drill:
        raise Refused(Message("Nothing ever leaves a drill, not even a test."))
    known = _file(session).read(understood=False)
    if options.name not in known:
        raise NotFound(Message("This machine has no channel {name}.", {"name": options.name}))
    words = session.words
    message = Outgoing(
        uuid5(session.request_id, "test"), words.t("Test of the duty room"),
        words.t("This is a test of channel {name}. Nothing is to be done.", name=options.name),
    )  # fmt: skip
    outcome = AppriseSender(known[options.name]).send(message)
    if isinstance(outcome, Failed):
        raise Refused(Message("{name} did not take the test: {why}", {"name": options.name, "why": outcome.reason}))
    said = words.t("{name} took the test. Has it arrived?", name=options.name)
    return Answer({"channel": {"name": options.name, "sent": True, "id": str(message.id)}}, lambda: [said])


def _route(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operand("member", N_("who: code or name"))
    parser.several("by", N_("channels in the order in which they are tried; none = by no channel"), "NAME[,…]")
    parser.several("urgent", N_("channels for urgent reminders only, tried after the others"), "NAME[,…]")
    parser.several("only", N_("keep these channels for some kinds: report_in, acknowledge, reminder …"), "KIND[,…]")
    options = parser.parse_args(arguments)
    member = member_code(session.street, options.member)
    wanted = [(name, False) for name in listed(options.by)] + [(name, True) for name in listed(options.urgent)]
    for name, _ in wanted:
        if not name.strip():
            raise BadInput(Message("{what} is missing.", {"what": Message("Channel")}), "by")
    kinds = listed(options.only)
    only = {name: kinds for name, _ in wanted} if kinds else {}
    routes = _routes(session).choose(session.actor(), member, wanted, session.request_id, only)
    sight = session.sight
    names = tuple(route.channel + (sight.t(" (urgent only)") if route.urgent_only else "") for route in routes)
    said = sight.t("{who} is reached by {names}.", who=sight.name(member), names=names) if names else sight.t(
        "{who} is reached by no channel.", who=sight.name(member))  # fmt: skip
    return Answer({"routes": [session.shaper.shape(route) for route in routes]}, lambda: [said])


def _routes(session: Session) -> Routes:
    house = session.house
    return Routes(house.store, house.clock, house.streets)
