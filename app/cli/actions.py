"""Verbs with actions of their own: `wangge flood show`, `wangge round say`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from app.cli.parser import Parser
from app.cli.session import Answer, Session
from app.cli.verbs import group_help, unknown, wants_help

Doing = Callable[[Session, Parser, list[str]], Answer]
"""One action: it is given its parser, already named and explained, and its arguments."""


def action_of(session: Session, prog: str, actions: Mapping[str, str], arguments: Sequence[str]) -> str | int:
    """The action named first of ``actions`` (name to help msgid); where none is named the help, and the exit code."""
    if not arguments or wants_help(arguments):
        print(group_help(session.tongue, prog, actions.items()))
        return 0 if arguments else 2
    if arguments[0] not in actions:
        raise unknown(prog, arguments[0], actions)
    return arguments[0]


def run_action(
    session: Session, prog: str, actions: Mapping[str, str], doing: Mapping[str, Doing], arguments: Sequence[str]
) -> Answer | int:
    """Do the action named first; ``doing`` has one for each of ``actions``."""
    name = action_of(session, prog, actions, arguments)
    if isinstance(name, int):
        return name
    return doing[name](session, session.parser(f"{prog} {name}", actions[name]), list(arguments[1:]))
