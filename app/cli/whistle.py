"""`wangge whistle`: blow, read, print, and one action for every line of the life cycle (domain 2.7)."""

from __future__ import annotations

from argparse import Namespace
from uuid import UUID

from app.cli.actions import action_of
from app.cli.case_shape import event_document, row_document
from app.cli.case_text import done_line
from app.cli.session import Answer, Session
from app.cli.tongue import N_
from app.cli.whistle_facts import facts_given, known_facts, read_facts
from app.cli.whistle_lists import find_cases, list_cases
from app.cli.whistle_options import Typed, action_parser, command_name
from app.cli.whistle_papers import PAPERS, paper_of
from app.cli.whistle_read import CASE, READS, find_case, show_case
from app.domain.actor import Actor
from app.domain.errors import BadInput, NotFound
from app.domain.events import Json
from app.domain.intent import Value
from app.domain.message import Message
from app.domain.moves import BY_ACTION, MOVES, Action
from app.services.whistles import LookAlike, Outcome

ACTIONS = {command_name(move.action): move for move in MOVES}


def run(session: Session, arguments: list[str]) -> Answer | int:
    """Do one action or read; see docs/cli.md."""
    known = {**READS, **PAPERS, **{name: move.label for name, move in ACTIONS.items()}}
    name, rest = action_of(session, "wangge whistle", known, arguments), arguments[1:]
    if isinstance(name, int):
        return name
    if name in ("list", "find"):
        return (list_cases if name == "list" else find_cases)(session, rest)
    if name in PAPERS:
        return paper_of(session, name, rest)
    if name in READS:
        return show_case(session, name, rest)
    if ACTIONS[name].action in (Action.BLOW, Action.DRAFT):
        return _blow(session, ACTIONS[name].action, rest)
    return _act(session, name, rest)


def _act(session: Session, name: str, arguments: list[str]) -> Answer:
    move = ACTIONS[name]
    options = action_parser(session, move, CASE).parse_args(arguments)
    actor = session.actor()
    case_id = find_case(session, options.number)
    typed = Typed(session, move, options, session.now)
    args = typed.args(lambda number: find_case(session, number), lambda entry: _entry(session, case_id, entry))
    if move.action is Action.REVISE:
        args["facts"] = read_facts(session, options, known_facts(session.house.whistles.file(case_id)))
    return outcome_answer(session, session.house.whistles.act(case_id, typed.intent(actor, args)))


def _blow(session: Session, action: Action, arguments: list[str]) -> Answer:
    """A new whistle, a draft, or the blowing of a draft that somebody saved."""
    parser = action_parser(session, BY_ACTION[action], CASE if action is Action.BLOW else "")
    if action is Action.BLOW:
        parser.switch("draft", N_("save it as a draft, blow it later"))
    parser.text("join", N_("it is the same matter as this case"), "NUMBER")
    parser.switch("new", N_("it is a new matter, whatever looks like it"))
    options = parser.parse_args(arguments)
    actor = session.actor()
    if action is Action.BLOW and options.number:
        return _blow_saved(session, options, actor)
    drafted = action is Action.DRAFT or options.draft
    typed = Typed(session, BY_ACTION[Action.DRAFT if drafted else Action.BLOW], options, session.now)
    intent = typed.intent(actor, {"facts": read_facts(session, options)})
    return outcome_answer(session, session.house.whistles.blow(intent, look_alike(session, options)))


def _blow_saved(session: Session, options: Namespace, actor: Actor) -> Answer:
    """Blow a draft or a rejected case, with what the options change of its facts."""
    if options.draft:
        raise BadInput(Message("It is saved as a draft already; --draft is for a new report."))
    case_id = find_case(session, options.number)
    typed = Typed(session, BY_ACTION[Action.BLOW], options, session.now)
    args: dict[str, Value] = {}
    if facts_given(options):
        args["facts"] = read_facts(session, options, known_facts(session.house.whistles.file(case_id)))
    return outcome_answer(
        session, session.house.whistles.act(case_id, typed.intent(actor, args), look_alike(session, options))
    )


def look_alike(session: Session, options: Namespace) -> LookAlike:
    """What the person said about cases that look like this one."""
    return LookAlike(into=find_case(session, options.join) if options.join else None, is_new=options.new)


def outcome_answer(session: Session, outcome: Outcome) -> Answer:
    """What a move came to: the case as it stands, the entry, one line."""
    with session.house.store.read() as reads:
        row = reads.row(outcome.case.whistle.id)
    if row is None:
        raise NotFound(Message("There is no such case."))
    document: dict[str, Json] = {
        "case": row_document(session, row),
        "event": event_document(session, outcome.event),
        "already_known": outcome.already_known,
    }
    return Answer(document, lambda: [done_line(session.sight, outcome)])


def _entry(session: Session, case_id: UUID, text: str) -> UUID:
    """An entry of the case's timeline, by its number there or the beginning of its id."""
    wanted = text.strip().lstrip("#").replace("-", "").casefold()
    events = session.house.whistles.file(case_id).events
    fitting = [e.id for e in events if str(e.seq) == wanted or (len(wanted) >= 8 and e.id.hex.startswith(wanted))]
    if len(fitting) != 1:
        raise BadInput(Message("There is no such entry in this case."), "entry")
    return fitting[0]
