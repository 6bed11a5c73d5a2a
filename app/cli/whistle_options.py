"""The options of each action, generated from the life cycle's table, and the intent that they make (domain 2.7)."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.cli.parser import Parser, listed
from app.cli.people import department_code, speaker_code
from app.cli.session import Session
from app.cli.times import coming_instant, past_moment
from app.cli.tongue import N_
from app.cli.whistle_facts import add_facts
from app.domain.actor import Actor, Channel
from app.domain.errors import BadInput
from app.domain.intent import Intent, Value
from app.domain.message import Message
from app.domain.moves import Action, Arg, ArgType, Move
from app.domain.org import Role
from app.domain.whistle import Precision

RELAYED = frozenset({Action.ACKNOWLEDGE, Action.EN_ROUTE, Action.REPORT_IN, Action.DONE, Action.WORK_NOTE})
"""What a department says on the phone about itself: the officer who writes it down speaks for the department."""

SHAPES = {
    ArgType.TEXT: "TEXT",
    ArgType.DEPARTMENT: "DEPARTMENT",
    ArgType.DEPARTMENTS: "DEPARTMENT[,…]",
    ArgType.INSTANT: "TIME",
    ArgType.SCORE: "1–5",
    ArgType.CASE: "NUMBER",
    ArgType.EVENT: "ENTRY",
}
FLAGS = {
    "passed": (("passed", N_("passed")), ("failed", N_("failed: the departments come back"))),
    "granted": (("granted", N_("granted")), ("refused", N_("refused"))),
}
"""Argument of type FLAG → the option for yes and the one for no."""

CHANNELS = tuple(channel for channel in Channel if channel is not Channel.SYSTEM)


def command_name(action: Action) -> str:
    """The action as it is typed: ``report-in``."""
    return action.value.replace("_", "-")


def action_parser(session: Session, move: Move, number: str) -> Parser:
    """The parser of one action. ``number`` is the help of the operand (msgid), empty = there is none."""
    parser = session.parser(f"wangge whistle {command_name(move.action)}", move.label)
    if number:
        parser.operand("number", number, required=move.action is not Action.BLOW)
    for arg in move.args:
        _add(parser, arg)
    parser.text("on_behalf_of", N_("who is spoken for: member, department or unit"), "CODE|NAME")
    parser.choice("channel", N_("how you were told"), CHANNELS)
    parser.text("at", N_("when it happened; without it: now"), "TIME")
    parser.switch("about", N_("that time is only about right"))
    parser.text("seen", N_("the version you saw: refused when somebody was faster"), "N")
    return parser


def _add(parser: Parser, arg: Arg) -> None:
    if arg.type is ArgType.FACTS:
        add_facts(parser)
    elif arg.type is ArgType.FLAG:
        parser.yes_or_no(arg.name, *FLAGS[arg.name])
    elif arg.type is ArgType.DEPARTMENTS:
        parser.several(arg.name, arg.label, SHAPES[arg.type])
    else:
        parser.text(arg.name, arg.label, SHAPES[arg.type])


@dataclass(frozen=True, slots=True)
class Typed:
    """An action's parsed options with what they are read against."""

    session: Session
    move: Move
    options: Namespace
    now: datetime

    def intent(self, actor: Actor, args: dict[str, Value]) -> Intent:
        """The intent they make; BadInput names what cannot be read."""
        options = self.options
        channel = Channel(options.channel) if options.channel else Channel.TERMINAL
        moment = past_moment(options.at, self.now, self.session.zone, "occurred_at") if options.at else None
        about = options.about or (moment is not None and moment.approximate)
        return Intent(
            action=self.move.action,
            actor=actor,
            request_id=self.session.request_id,
            args=args,
            on_behalf_of=self._speaker(actor, channel, args),
            channel=channel,
            occurred_at=moment.at if moment else None,
            precision=Precision.APPROX if about else Precision.EXACT,
            seen=_whole(options.seen, "seen") if options.seen else None,
        )

    def args(self, case_of: Callable[[str], UUID], entry_of: Callable[[str], UUID]) -> dict[str, Value]:
        """The move's own arguments as values, facts apart; empty ones are left for the domain to ask for."""
        values: dict[str, Value] = {}
        for arg in self.move.args:
            if arg.type is ArgType.FACTS:
                continue
            given = getattr(self.options, arg.name)
            if given is None or given in ("", []):
                continue
            values[arg.name] = self._value(arg, given, case_of, entry_of)
        return values

    def _value(
        self, arg: Arg, given: str | bool | list[str], case_of: Callable[[str], UUID], entry_of: Callable[[str], UUID]
    ) -> Value:
        if isinstance(given, list):
            return tuple(department_code(self.session.street, one, arg.name) for one in listed(given))
        if isinstance(given, bool) or arg.type is ArgType.TEXT:
            return given
        if arg.type is ArgType.DEPARTMENT:
            return department_code(self.session.street, given, arg.name)
        if arg.type is ArgType.INSTANT:
            return coming_instant(given, self.now, self.session.zone, arg.name)
        if arg.type is ArgType.SCORE:
            return _whole(given, arg.name)
        return case_of(given) if arg.type is ArgType.CASE else entry_of(given)

    def _speaker(self, actor: Actor, channel: Channel, args: dict[str, Value]) -> str:
        """Who is spoken for: named, or the department itself when the desk was told by it; never guessed otherwise."""
        if self.options.on_behalf_of:
            return speaker_code(self.session.street, self.options.on_behalf_of)
        department = args.get("department")
        told = channel is not Channel.TERMINAL and bool(self.options.channel)
        at_desk = bool(actor.roles() & {Role.DUTY_OFFICER, Role.DUTY_LEADER})
        theirs = any(post.role is Role.DEPT_LIAISON and post.at == department for post in actor.posts)
        if self.move.action in RELAYED and told and at_desk and not theirs and isinstance(department, str):
            return department
        return ""


def _whole(text: str, field: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise BadInput(Message("{text} is no whole number.", {"text": text}), field) from error
