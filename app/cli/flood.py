"""`wangge flood`: the posture in force, response levels, and who is to leave (domain 4.1, 4.2, 4.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from app.called import called
from app.cli.actions import Doing, run_action
from app.cli.flood_shape import flood_document
from app.cli.parser import Parser
from app.cli.people import grid_code, member_code
from app.cli.session import Answer, Session
from app.cli.times import held_from, held_until, past_moment
from app.cli.tongue import N_
from app.cli.warning import recorded_answer
from app.cli.whistle_options import CHANNELS
from app.domain.actor import Channel
from app.domain.audience import OnPost
from app.domain.errors import BadInput
from app.domain.events import Event, Json
from app.domain.flood import FloodView, Household, spoken
from app.domain.message import Message
from app.domain.warning_words import level_named, posture_named
from app.render.flood import count_lines, flood_lines, household_cells, level_cells
from app.render.household import household_lines, said_of
from app.render.on_post import advice_words, post_words
from app.render.sight import Sight
from app.render.table import columns
from app.services.evacuation import counts
from app.services.on_post import on_post

ACTIONS = {
    "show": N_("the posture in force, what holds it up, and whether it may be lowered"),
    "level": N_("record a response level from its document: issuer, number, from when"),
    "end-level": N_("the response is over; the posture stays until it is lowered"),
    "levels": N_("response levels of the last 30 days"),
    "lower": N_("lower the posture: the duty leader or the street administrator does"),
    "undo": N_("take back the last signal, level, end of one or lowering, at most ten minutes ago"),
    "evacuate": N_("list a household that is to leave, or those a round named"),
    "call": N_("a household was called: answered or not"),
    "left": N_("a household has left: where to, seen out by whom"),
    "returned": N_("a household is back home"),
    "household": N_("one household: each call, what was said, where they went"),
    "households": N_("who is to leave, who was reached, who has left, by grid"),
}


def run(session: Session, arguments: list[str]) -> Answer | int:
    """Do one action of `wangge flood`."""
    doing: dict[str, Doing] = {
        "show": _show, "level": _level, "end-level": _end_level, "levels": _levels, "lower": _lower, "undo": _undo,
        "evacuate": _evacuate, "call": _call, "left": _left, "returned": _returned, "household": _household,
        "households": _households,
    }  # fmt: skip
    return run_action(session, "wangge flood", ACTIONS, doing, arguments)


# -- the posture -------------------------------------------------------------------------------
def _show(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.parse_args(arguments)
    view, posts = session.house.flood.show(), on_post(session.house)
    document: dict[str, Json] = {
        "flood": flood_document(session, view), "advice": advice_words(view.posture, session.sight),
        "on_post": [{"audience": post.audience.value, "members": list(post.members)} for post in posts],
    }  # fmt: skip
    return Answer(document, lambda: _show_lines(session.sight, view, posts))


def _show_lines(sight: Sight, view: FloodView, posts: Sequence[OnPost]) -> Iterator[str]:
    yield from flood_lines(view, sight)
    yield from filter(None, (post_words(posts, sight), advice_words(view.posture, sight)))
    lower = view.lower_to(sight.now)
    if lower is not None:
        yield f"  {called()} flood lower {lower.value} --yes"


def _level(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operand("level", N_("the level as the document gives it: Ⅳ, Ⅲ, Ⅱ, Ⅰ or 4, 3, 2, 1"))
    parser.text("issuer", N_("who issued the document: 州防汛抗旱指挥部"), "NAME", required=True)
    parser.text("number", N_("number of the document"), "TEXT", required=True)
    parser.text("from", N_("from when it holds; without it: now"), "TIME", dest="begins")
    parser.text("until", N_("until when; without it: until it is ended"), "TIME")
    options = parser.parse_args(arguments)
    level = level_named(options.level)
    if level is None:
        raise BadInput(
            Message("{text} is no response level: Ⅳ, Ⅲ, Ⅱ, Ⅰ or 4, 3, 2, 1.", {"text": options.level}), "level"
        )
    done = session.house.flood.add_level(
        session.actor(), session.request_id, level, options.issuer, options.number,
        begins_at=held_from(session, options.begins, "from"), until=held_until(session, options.until, "until"),
    )  # fmt: skip
    return recorded_answer(session, done)


def _end_level(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.text("at", N_("since when it is over; without it: now"), "TIME")
    parser.text("reason", N_("by which document, or why"))
    options = parser.parse_args(arguments)
    done = session.house.flood.end_level(
        session.actor(), session.request_id, reason=options.reason, at=_at(session, options.at)
    )
    return recorded_answer(session, done)


def _levels(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.parse_args(arguments)
    found = session.house.flood.levels()
    return Answer({"levels": [session.shaper.shape(one) for one in found]},
                  lambda: columns(level_cells(one, session.sight) for one in found))  # fmt: skip


def _lower(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    about = N_("to which: season, blue, yellow, orange; without it: as low as may be")
    parser.operand("posture", about, required=False)
    parser.switch("yes", N_("lower as low as may be; not needed where the posture is named"))
    parser.text("reason", N_("why"))
    parser.text("on_behalf_of", N_("who decided it: the duty leader or the street administrator"), "MEMBER")
    parser.choice("channel", N_("how you were told"), CHANNELS)
    options = parser.parse_args(arguments)
    flood, words = session.house.flood, session.words
    to = posture_named(options.posture) if options.posture else None
    if options.posture and to is None:
        raise BadInput(Message("{text} is no posture: season, blue, yellow, orange, red.", {"text": options.posture}),
                       "posture")  # fmt: skip
    if to is None and not options.yes:
        view = flood.show()
        lowest = view.lower_to(session.now)
        if lowest is not None:
            raise BadInput(Message("The posture would go from {posture} to {to}. If that is meant, add --yes.",
                                   {"posture": spoken(view.posture), "to": spoken(lowest)}), "yes")  # fmt: skip
    by = _member(session, options.on_behalf_of)
    done = flood.lower(
        session.actor(), session.request_id, to, reason=options.reason, by=by,
        channel=Channel(options.channel) if options.channel else Channel.TERMINAL,
    )  # fmt: skip
    return Answer(
        {"before": done.before.value, "flood": flood_document(session, done.flood)},
        lambda: [words.t("Posture: {before} → {after}.", before=spoken(done.before), after=spoken(done.flood.posture))],
    )


def _undo(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.switch("preview", N_("only say what would be taken back; nothing is written"))
    options = parser.parse_args(arguments)
    if options.preview:
        found = session.house.flood.to_undo(session.actor())
        return Answer({"takes_back": session.words.say(found.what), "event": found.event.id.hex},
                      lambda: [session.sight.t("It would take back: {what}.", what=found.what)])  # fmt: skip
    done = session.house.flood.undo(session.actor(), session.request_id)
    return recorded_answer(session, done)


# -- who is to leave ---------------------------------------------------------------------------
def _evacuate(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operand("words", N_("name and address: 王家院子3号 独居老人"), required=False)
    parser.text("grid", N_("grid: code or short name"), "GRID")
    parser.text("people", N_("how many people live there"), "NUMBER")
    parser.text("from_round", N_("take over the households that this round named"), "ROUND")
    options = parser.parse_args(arguments)
    evacuation, actor = session.house.evacuation, session.actor()
    if options.from_round:
        if options.words or options.grid:
            raise BadInput(Message("{option} and {other} exclude each other.",
                                   {"option": "--from-round", "other": "WORDS"}), "from_round")  # fmt: skip
        round_id = session.house.rounds.find(options.from_round)
        new = evacuation.take_over(actor, session.request_id, round_id)
        return _households_answer(session, new, N_("Listed: {n}"))
    if not options.grid:
        raise BadInput(Message("{what} is missing.", {"what": Message("Grid")}), "grid")
    one = evacuation.add(actor, session.request_id, grid_code(session.street, options.grid), options.words,
                         _number(options.people))  # fmt: skip
    return _household_answer(session, one)


def _number(text: str) -> int:
    if not text:
        return 0
    if not text.isdecimal() or len(text) > 6:
        raise BadInput(Message("{text} is no number of people.", {"text": text}), "people")
    return int(text)


def _call(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    _which(parser)
    parser.switch("answered", N_("they answered"))
    parser.switch("no_answer", N_("nobody answered"))
    parser.text("said", N_("what was said"))
    _by(parser, N_("who called or knocked; without it: who acts"))
    options = parser.parse_args(arguments)
    if options.answered == options.no_answer:
        raise BadInput(Message("Say --answered or --no-answer."), "answered")
    evacuation = session.house.evacuation
    one = evacuation.find(options.household)
    return _household_answer(session, evacuation.call(
        session.actor(), session.request_id, one.id, answered=options.answered, said=options.said,
        by=_member(session, options.by), at=_at(session, options.at)))  # fmt: skip


def _left(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    _which(parser)
    parser.text("to", N_("where to: 双河社区活动中心"), required=True)
    parser.text("people", N_("how many people"), "NUMBER")
    _by(parser, N_("who saw them out; without it: who acts"))
    options = parser.parse_args(arguments)
    evacuation = session.house.evacuation
    one = evacuation.find(options.household)
    return _household_answer(session, evacuation.left(
        session.actor(), session.request_id, one.id, options.to, people=_number(options.people),
        by=_member(session, options.by), at=_at(session, options.at)))  # fmt: skip


def _returned(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    _which(parser)
    parser.text("at", N_("when it happened; without it: now"), "TIME")
    options = parser.parse_args(arguments)
    evacuation = session.house.evacuation
    one = evacuation.find(options.household)
    back = evacuation.returned(session.actor(), session.request_id, one.id, at=_at(session, options.at))
    return _household_answer(session, back)


def _which(parser: Parser) -> None:
    parser.operand("household", N_("number of the household, as the list shows it: 12"))


def _by(parser: Parser, about: str) -> None:
    parser.text("by", about, "MEMBER")
    parser.text("at", N_("when it happened; without it: now"), "TIME")


def _member(session: Session, text: str) -> str:
    return member_code(session.street, text) if text else ""


def _at(session: Session, text: str) -> datetime | None:
    return past_moment(text, session.now, session.zone, "at").at if text else None


def _households(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.text("grid", N_("only this grid"), "GRID")
    parser.switch("all", N_("those back home too"))
    parser.switch("phones", N_("phone numbers in full"))
    options = parser.parse_args(arguments)
    grid = grid_code(session.street, options.grid) if options.grid else ""
    found = session.house.evacuation.households(grid, returned=options.all)
    return _households_answer(session, found, N_("Households: {n}"), phones=options.phones, counted=True)


def _household(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    _which(parser)
    parser.switch("phones", N_("phone numbers in full"))
    options = parser.parse_args(arguments)
    evacuation = session.house.evacuation
    one, events = evacuation.history(evacuation.find(options.household).id)
    document: dict[str, Json] = {
        "household": _document(session, one, phones=options.phones),
        "history": [_entry_document(session, event, phones=options.phones) for event in events],
    }  # fmt: skip
    return Answer(document, lambda: household_lines(session.sight, one, events, phones=options.phones))


def _entry_document(session: Session, event: Event, *, phones: bool) -> dict[str, Json]:
    shape = session.shaper.shape
    return {
        "kind": event.kind.value, "at": shape(event.occurred_at), "recorded_at": shape(event.recorded_at),
        "by": str(event.payload.get("by") or event.actor), "recorded_by": event.actor,
        "words": {name: said_of(text, phones=phones) for name, text in event.words.items()},
    }  # fmt: skip


def _household_answer(session: Session, one: Household) -> Answer:
    return Answer({"household": _document(session, one)}, lambda: columns([household_cells(one, session.sight)]))


def _households_answer(
    session: Session, found: Sequence[Household], head: str, *, phones: bool = False, counted: bool = False
) -> Answer:
    grids = [grid.code for grid in session.street.grids]
    document: dict[str, Json] = {"households": [_document(session, one, phones=phones) for one in found]}
    if counted:
        document["counts"] = [session.shaper.shape(one) for one in counts(found, grids)]

    def lines() -> Iterator[str]:
        yield session.words.t(head, n=len(found))
        yield from columns(household_cells(one, session.sight, phones=phones) for one in found)
        if counted and found:
            yield ""
            yield from count_lines(counts(found, grids), session.sight)

    return Answer(document, lines)


def _document(session: Session, one: Household, *, phones: bool = False) -> dict[str, Json]:
    from app.domain.text import mask_phone

    document = session.shaper.members(one)
    return document if phones else {**document, "text": mask_phone(one.text), "to": mask_phone(one.to)}
