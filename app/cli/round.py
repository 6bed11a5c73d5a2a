"""`wangge round`: rounds by checklist, and the rules they go by (domain 4.3, 4.4, 5; behaviours 16–18)."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from app.cli.actions import Doing, run_action
from app.cli.parser import Parser, listed
from app.cli.people import grid_code, member_code
from app.cli.round_answer import heard_document, heard_lines, next_lines, round_answer, round_document
from app.cli.round_plans import due, named, plan, plans, unplan
from app.cli.round_rules import ask, checklist, checklists, load, template, unask
from app.cli.session import Answer, Session
from app.cli.sure import asked_about, sure_option
from app.cli.times import past_moment
from app.cli.tongue import N_
from app.cli.whistle import look_alike, outcome_answer
from app.cli.whistle_options import CHANNELS
from app.domain.actor import Channel
from app.domain.checklist import Answer as Said
from app.domain.errors import BadInput
from app.domain.events import Json
from app.domain.facts import TEXT_FIELDS
from app.domain.finding import finding_facts
from app.domain.intent import Intent
from app.domain.message import Message
from app.domain.moves import Action
from app.domain.policy import WhistleKind
from app.domain.radio import Heard, all_stays, told_answers, understand_radio
from app.domain.repeats import FoundProblem
from app.domain.round import Item
from app.domain.round_file import RoundFile, RoundLine, elsewhere
from app.domain.settled import Finding
from app.domain.text import normalise_width
from app.domain.together import night_ahead
from app.domain.whistle import Severity
from app.render.rounds import finding_cells, line_cells, progress_words, round_head, round_lines, spoken, still_out
from app.render.sight import Sight
from app.render.table import columns
from app.services.problems import NotUnderstood
from app.services.rounds import Told

ACTIONS = {
    "start": N_("begin a round"),
    "say": N_("record answers as they are told: 1 水位 199.42 涨 / 4 井盖 缺失 / 6 好"),
    "blow": N_("blow the whistle for a problem that was found: place, time, grade and matter are filled in"),
    "settle": N_("say what became of a problem: how grave, who is exposed, solved on the spot or not"),
    "end": N_("end a round: finished, or incomplete with a reason"),
    "ok": N_("the team is well: a check-in at night"),
    "list": N_("rounds that are being walked, and those of the last 24 hours"),
    "due": N_("rounds that are due: planned, late, missed, on time"),
    "show": N_("a round point by point"),
    "findings": N_("problems found lately, and which of them are there again"),
    "plans": N_("when rounds are due, and how often under which posture"),
    "plan": N_("set a plan of rounds, until a day or until a case is closed"),
    "unplan": N_("end a plan that somebody set"),
    "checklists": N_("what is asked, and the routes; with an id its questions"),
    "checklist": N_("make a checklist, like another one or from nothing"),
    "ask": N_("add a question to a checklist, or change one"),
    "unask": N_("take a question out of a checklist"),
    "load": N_("load rules for rounds as the next version; rounds under way keep theirs"),
    "template": N_("write the rules in force to a file, to be changed and loaded"),
}
DAY = timedelta(days=1)
TYPED = ("exposed", "why", "done_already", "photo", "title")
"""What can be said of the whistle of a finding beside what is known of it."""


def run(session: Session, arguments: list[str]) -> Answer | int:
    """Do one action of `wangge round`."""
    doing: dict[str, Doing] = {
        "start": _start, "say": _say, "blow": _blow, "settle": _settle, "end": _end, "ok": _ok, "list": _list,
        "show": _show, "findings": _findings, "due": due, "plans": plans, "plan": plan, "unplan": unplan,
        "checklists": checklists, "checklist": checklist, "ask": ask, "unask": unask, "load": load,
        "template": template,
    }  # fmt: skip
    return run_action(session, "wangge round", ACTIONS, doing, arguments)


# -- walking -----------------------------------------------------------------------------------
def _start(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operand("checklist", N_("what is asked: its id or name, see wangge round checklists"))
    parser.text("grid", N_("grid: code or short name; without it: the one of the route"), "GRID")
    parser.text("route", N_("along which route: its id or name; without one: the whole grid"), "ROUTE")
    parser.several("team", N_("who walks, the leader first; without it: who acts"), "MEMBER[,…]")
    parser.text("alone", N_("why fewer go than the rules ask for"))
    parser.switch("voluntary", N_("it is another one than the round that is due there"))
    _told_options(parser)
    options = parser.parse_args(arguments)
    book, actor = session.house.patrol_rules.current(), session.actor()
    wanted = named(options.checklist, {one.id: one.name for one in book.templates.values()},
                    N_("There is no checklist {id}."), "template")  # fmt: skip
    route = options.route and named(
        options.route, {one.id: one.name for one in book.routes.values()}, N_("There is no route {id}."), "route"
    )
    grid = grid_code(session.street, options.grid) if options.grid else book.routes[route].grid if route else ""
    if not grid:
        raise BadInput(Message("{what} is missing.", {"what": Message("Grid")}), "grid")
    team = [member_code(session.street, text) for text in listed(options.team)] or [actor.member]
    told = _told(session, options, options.by or ("" if actor.member in team else team[0]))
    file = session.house.rounds.start(told, wanted, grid, team, route=route, alone=options.alone,
                                        voluntary=options.voluntary)  # fmt: skip
    busy = elsewhere(session.house.rounds.under_way(), team, file.round.id)
    document: dict[str, Json] = {"round": {**round_document(session, file), "elsewhere": {**busy}}}
    dusk = night_ahead(len(file.round.team), book.night, file.round.started_at, session.zone,
                       file.due.closes if file.due else None)  # fmt: skip
    said = [session.sight.say(dusk)] if dusk and not options.alone else []
    return Answer(document, lambda: [round_head(file, session.sight), *_busy_lines(session.sight, busy), *said])


def _busy_lines(sight: Sight, busy: Mapping[str, str]) -> Iterator[str]:
    """Who is on another round too: nobody walks two."""
    for code, number in busy.items():
        yield sight.say(still_out(code, number, sight))


def _say(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    _number(parser)
    parser.operands("line", N_("point, what, answer; the next after /: 1 水位 199.42 涨 / 4 井盖 缺失 / 6 好"))
    parser.switch("preview", N_("only say what is understood; nothing is written"))
    sure_option(parser)
    _told_options(parser)
    options = parser.parse_args(arguments)
    rounds = session.house.rounds
    file = rounds.file(rounds.find(options.number))
    line = " ".join(options.line)
    heard = understand_radio(line, file.walk.route, file.walk.template, file.round.answers)
    if options.preview:
        return Answer(
            {"understood": [heard_document(session, one) for one in heard]}, lambda: heard_lines(session.sight, heard)
        )
    answers = _understood(heard, line)
    with asked_about():
        after = rounds.answer(_told_of(session, options, file), file.round.id, answers, said=line, sure=options.sure)
    return round_answer(session, after, lambda: [
        *heard_lines(session.sight, heard),
        f"{spoken(after.round.number, session.sight)}  {progress_words(after.progress, session.sight)}",
        *next_lines(session.sight, after, tuple(answers)),
    ])  # fmt: skip


def _end(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    _number(parser)
    parser.text("reason", N_("why something stays unanswered"))
    _told_options(parser)
    options = parser.parse_args(arguments)
    rounds = session.house.rounds
    file = rounds.file(rounds.find(options.number))
    after = rounds.end(_told_of(session, options, file), file.round.id, reason=options.reason)
    return round_answer(session, after, lambda: [
        round_head(after, session.sight), *next_lines(session.sight, after, after.undecided)
    ])  # fmt: skip


def _blow(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    _number(parser)
    parser.operand("point", N_("number of the point"))
    parser.operand("what", N_("what is asked there: its id, its name or what it is called by radio"))
    for name in TYPED:
        parser.text(name, TEXT_FIELDS[name])
    parser.choice("kind", N_("kind of whistle; without it: an emergency where the question is critical"), WhistleKind)
    parser.text("by", N_("who blows, one of the team; without it: who acts, else who answered"), "MEMBER")
    parser.choice("channel", N_("how you were told; without it: by radio"), CHANNELS)
    parser.text("join", N_("it is the same matter as this case"), "NUMBER")
    parser.switch("new", N_("it is a new matter, whatever looks like it"))
    options = parser.parse_args(arguments)
    rounds, actor = session.house.rounds, session.actor()
    file = rounds.file(rounds.find(options.number))
    item = _item(file, options.point, options.what)
    texts = {name: text for name in TYPED if (text := getattr(options, name))}
    facts = finding_facts(
        file.round, file.walk, item, session.words.name, {one.code for one in session.policy.types},
        kind=WhistleKind(options.kind) if options.kind else None, texts=texts,
        places={place.code for place in session.street.street.places},
    )  # fmt: skip
    by = member_code(session.street, options.by) if options.by else ""
    by = by or (actor.member if actor.member in file.round.team else file.round.answers[item].by)
    relayed = by != actor.member
    channel = Channel(options.channel) if options.channel else Channel.RADIO if relayed else Channel.TERMINAL
    intent = Intent(Action.BLOW, actor, session.request_id, {"facts": facts}, on_behalf_of=by if relayed else "",
                    channel=channel)  # fmt: skip
    outcome = session.house.whistles.blow(intent, look_alike(session, options))
    return outcome_answer(session, outcome)


def _settle(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    _number(parser)
    parser.operand("point", N_("number of the point"))
    parser.operand("what", N_("what is asked there: its id, its name or what it is called by radio"))
    parser.switch("handled", N_("it was solved on the spot"))
    parser.switch("not_handled", N_("it was not; blow makes it a whistle"))
    parser.choice("severity", N_("how grave; without it: as the checklist has it"), Severity)
    parser.text("exposed", TEXT_FIELDS["exposed"])
    parser.text("place", N_("where exactly; without it: at the point"))
    parser.text("done", N_("what was done on the spot"))
    parser.text("photo", N_("where the photo lies or who has it, and what else is to be noted"))
    parser.switch("competent", N_("the grid can and may solve it itself"))
    parser.switch("not_competent", N_("it cannot, or may not"))
    _told_options(parser)
    options = parser.parse_args(arguments)
    if options.handled == options.not_handled:
        raise BadInput(Message("Say one of --handled and --not-handled."), "handled")
    if options.competent and options.not_competent:
        raise BadInput(Message("Say one of --competent and --not-competent."), "competent")
    rounds = session.house.rounds
    file = rounds.file(rounds.find(options.number))
    item = _item(file, options.point, options.what)
    finding = Finding(
        Severity(options.severity) if options.severity else file.severity(item), options.handled,
        True if options.competent else False if options.not_competent else None,
        options.place, options.exposed, options.done, options.photo,
    )  # fmt: skip
    after = rounds.settle(_told_of(session, options, file), file.round.id, item, finding)
    return round_answer(session, after, lambda: round_lines(after, session.sight))


def _item(file: RoundFile, point: str, what: str) -> Item:
    wanted = normalise_width(what).strip().casefold()
    for here, question in file.walk.items():
        names = (question.id, *question.calls, question.name.zh, question.name.en)
        if str(here.number) == point.strip() and wanted in {normalise_width(one).casefold() for one in names}:
            return here.number, question.id
    raise BadInput(Message("{id} is not asked at point {n}.", {"id": what, "n": point}), "what")


def _told_options(parser: Parser) -> None:
    parser.text("by", N_("who told it, one of the team; without it: who acts, else the leader"), "MEMBER")
    parser.choice("channel", N_("how you were told; without it: by radio"), CHANNELS)
    parser.text("at", N_("when it happened; without it: now"), "TIME")


def _told(session: Session, options: Namespace, by: str) -> Told:
    actor = session.actor()
    code = member_code(session.street, by) if by else ""
    relayed = bool(code) and code != actor.member
    usual = Channel.RADIO if relayed else Channel.TERMINAL
    moment = past_moment(options.at, session.now, session.zone, "at") if options.at else None
    return Told(actor, session.request_id, code, Channel(options.channel) if options.channel else usual,
                moment.at if moment else None)  # fmt: skip


def _told_of(session: Session, options: Namespace, file: RoundFile) -> Told:
    """Of a round: who tells it is named, or acts and walks it, or leads it."""
    team = file.round.team
    return _told(session, options, options.by or ("" if session.actor().member in team else team[0]))


def _understood(heard: Sequence[Heard], line: str) -> Mapping[Item, Said]:
    """All of a line, or nothing of it: every part that is not understood is named."""
    troubles = [one.why for one in heard if one.why is not None]
    if troubles:
        raise NotUnderstood(troubles, len(heard))
    answers = told_answers(heard)
    if not answers:
        nothing = Message("“{text}” says nothing about a point.", {"text": line[:60]})
        raise BadInput(all_stays(heard) or nothing, "line")
    return answers


def _ok(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    _number(parser)
    parser.text("said", N_("what was said"))
    _told_options(parser)
    options = parser.parse_args(arguments)
    rounds = session.house.rounds
    file = rounds.file(rounds.find(options.number))
    file = rounds.check_in(_told_of(session, options, file), file.round.id, said=options.said)
    return round_answer(session, file)


# -- looking -----------------------------------------------------------------------------------
def _list(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.text("since", N_("from when on; without it: the last 24 hours"), "TIME")
    options = parser.parse_args(arguments)
    now, rounds = session.now, session.house.rounds
    since = past_moment(options.since, now, session.zone, "since").at if options.since else now - DAY
    running = rounds.under_way()
    known = {line.id for line in running}
    lines = [*running, *(line for line in rounds.since(since) if line.id not in known)]
    names = {line.id: session.words.name(rounds.walk_of(line).template.name) for line in lines}
    document: dict[str, Json] = {"rounds": [
        {**session.shaper.members(line), "template_name": names[line.id]} for line in lines
    ]}  # fmt: skip
    return Answer(document, lambda: _list_lines(session.sight, lines, names))


def _list_lines(sight: Sight, lines: Sequence[RoundLine], names: Mapping[UUID, str]) -> Iterator[str]:
    if not lines:
        yield sight.t("No round was walked.")
    yield from columns(line_cells(line, names[line.id], sight) for line in lines)


def _show(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    _number(parser)
    options = parser.parse_args(arguments)
    rounds = session.house.rounds
    file = rounds.file(rounds.find(options.number))
    return round_answer(session, file, lambda: round_lines(file, session.sight))


def _findings(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.text("since", N_("from when on; without it: as long back as a repeat counts"), "TIME")
    options = parser.parse_args(arguments)
    now, rounds = session.now, session.house.rounds
    lately = now - session.policy.repeat_within
    since = past_moment(options.since, now, session.zone, "since").at if options.since else lately
    found = rounds.problems(since)
    times = rounds.times_of(found)
    document: dict[str, Json] = {"findings": [
        {**session.shaper.members(one), "times": nth, "whistle": number}
        for one, nth, number in zip(found, times, rounds.whistles_of(found), strict=True)
    ]}  # fmt: skip
    return Answer(document, lambda: _finding_lines(session, found, times))


def _finding_lines(session: Session, found: Sequence[FoundProblem], times: Sequence[int]) -> Iterator[str]:
    if not found:
        yield session.sight.t("No problem was found.")
    rounds = session.house.rounds
    files = {one.round_id: rounds.file(one.round_id) for one in found}
    yield from columns(finding_cells(files[one.round_id], one, nth, session.sight)
                       for one, nth in zip(found, times, strict=True))  # fmt: skip


def _number(parser: Parser) -> None:
    parser.operand("number", N_("which round: 0702-01, as it was told when it began"))
