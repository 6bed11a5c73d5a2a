"""Every verb of the `wangge` command with the module that does it; nothing is imported before it is chosen."""

from __future__ import annotations

from app.called import as_called, called
from app.cli.command_line import SWITCHES, WITH_VALUE, Unclear
from app.cli.tongue import N_, Tongue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from app.cli.session import Answer, Session

    Verb = Callable[[Session, list[str]], Answer | int]

VERBS = {
    "demo": ("app.cli.demo", N_("open a sample in a fresh drill database")),
    "init": ("app.cli.init", N_("found a database")),
    "org": ("app.cli.org", N_("the organisation: load, template, show, export")),
    "policy": ("app.cli.policy", N_("the street's policy: load, show")),
    "whistle": ("app.cli.whistle", N_("whistles: blow, list, show, and every action on a case")),
    "spot": ("app.cli.spot", N_("what was solved on the spot: add, list")),
    "round": ("app.cli.round", N_("rounds by checklist: start, say, end, list, show, and what is asked")),
    "warning": ("app.cli.warning", N_("warning signals: add, import, list, show, cancel")),
    "flood": ("app.cli.flood", N_("the flood posture: show, level, lower, undo, and who is to leave")),
    "gauge": ("app.cli.gauge", N_("how high the water stands: list, add, import, show, levels")),
    "log": ("app.cli.log", N_("the shift log: show, add, correct, close, open")),
    "briefing": ("app.cli.briefing", N_("the morning briefing: show, note, attend, sign, export, items")),
    "handover": ("app.cli.handover", N_("the handover: show, tell, note, equipment, accept, sign, list, export")),
    "shift": ("app.cli.shift", N_("the duty shift: show, open")),
    "remind": ("app.cli.remind", N_("reminders: add, list, done, snooze, pass, call, remove")),
    "channel": ("app.cli.channel", N_("how people are reached: add, list, test, remove, route")),
    "watch": ("app.cli.watch", N_("the duty clock without a screen, all night")),
    "tick": ("app.cli.tick", N_("one round of the duty clock")),
    "status": ("app.cli.status", N_("the street at a glance")),
    "keys": ("app.cli.keys", N_("which key asks for which command at the desk")),
    "clock": ("app.cli.clock", N_("the street's clock; --clock sets a drill's")),
}
"""Verb → module with a function ``run(session, arguments)``, help (msgid). No verb opens the desk."""

HELP = ("-h", "--help")
VERSION = "--version"


def verb_of(name: str) -> Verb:
    """The function behind a verb; imports its module."""
    from importlib import import_module

    verb: Verb = import_module(VERBS[name][0]).run
    return verb


def main_help(tongue: Tongue) -> str:
    """The text of `wangge --help`."""
    t = tongue.t
    lines = [
        t("Usage: {wangge} [OPTIONS] [VERB …]", wangge=called()),
        "",
        t("The street's grid command center in a terminal. Without a verb the desk opens."),
        "",
        t("Verbs:"),
        *_rows((name, t(about)) for name, (_, about) in VERBS.items()),
        "",
        t("Options, before or after the verb:"),
        *_rows((f"{name} {shape}", t(about)) for name, (_, shape, about) in WITH_VALUE.items()),
        *_rows((name, t(about)) for name, (_, about) in SWITCHES.items()),
        *_rows([(VERSION, t("which version this is"))]),
        "",
        t("Each verb explains itself: {wangge} VERB --help", wangge=called()),
        t("Exit: 0 done · 1 refused by a rule · 2 not understood · 3 the database cannot be used"),
    ]
    return "\n".join(lines)


def group_help(tongue: Tongue, prog: str, actions: Iterable[tuple[str, str]]) -> str:
    """The text of `wangge VERB --help` where the verb has actions of its own: (name, help msgid) each."""
    t, prog = tongue.t, as_called(prog)
    lines = [
        t("Usage: {prog} ACTION …", prog=prog),
        "",
        t("Actions:"),
        *_rows((name, t(about)) for name, about in actions),
        "",
        t("Each action explains itself: {prog} ACTION --help", prog=prog),
    ]
    return "\n".join(lines)


def _rows(pairs: Iterable[tuple[str, str]]) -> list[str]:
    return [f"  {name:<24} {about}" for name, about in pairs]


def wants_help(arguments: Sequence[str]) -> bool:
    """Whether help is all that is asked for."""
    return bool(arguments) and arguments[0] in HELP


def unknown(prog: str, name: str, known: Iterable[str]) -> Unclear:
    """The refusal of a word that is no verb or action, with those that are."""
    told = {"prog": as_called(prog), "word": name, "known": ", ".join(known)}
    return Unclear(N_("{prog} knows no {word}. Known: {known}"), **told)
