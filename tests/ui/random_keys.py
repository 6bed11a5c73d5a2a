"""Anybody at the keys: whatever the desk binds, Chinese text, clicks, pastes and resizes, posted without waiting."""

from __future__ import annotations

import asyncio
import importlib
import pkgutil
import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
from textual import events
from textual.binding import Binding
from textual.dom import DOMNode
from textual.geometry import Size
from textual.keys import _character_to_key

import app.screens
import app.widgets
from app.commands import BY_ID, COMMANDS
from app.domain.facts import Facts
from app.domain.intent import Intent
from app.main import CommandCenter
from app.screens.command_app import CommandApp
from app.services.action_items import ActionItems
from app.services.briefings import Briefings
from app.services.duty import Duty
from app.services.evacuation import Evacuation
from app.services.flood import Flood
from app.services.handovers import Handovers
from app.services.shift_log import ShiftLog
from app.services.warnings import Warnings
from app.services.whistles import Whistles
from db.unit_of_work import SqlStore
from tests.ui.helping import mode, open_desk, until
from tests.ui.night_house import LEADER, OFFICER, PLATFORM, Night

SIZES = ((80, 24), (160, 45))
RESIZED = ((80, 24), (100, 30), (120, 36), (160, 45), (200, 60), (70, 20))
SEQUENCES = 20
"""Sequences of one app."""
TYPED = (
    *"双河一井盖洞口翻水到场了公共服务",
    *"１２３４ａ／？：；，。",
    *"jgshg",
    "23:52",
    "刚才",
    "应急",
    "\u0301",
    "😀",
    "[/]",
)
PASTED = ("双河二网格 树倒了\r\n压在路上", "[b]x[/b]", "\x1b[31mred", "甲" * 300, "")
BY_FORMS: dict[type[Any], tuple[str, ...]] = {
    Flood: ("add_level", "end_level", "lower", "undo"), Warnings: ("add", "add_message", "cancel"),
    Evacuation: ("add", "take_over", "call", "left", "returned"), ShiftLog: ("add", "close"),
    Briefings: ("note", "attend", "sign"), ActionItems: ("add", "end"),
    Handovers: ("tell", "note", "equipment", "accept", "sign_out", "sign_in"),
}  # fmt: skip
"""What the flood sheet, the log, the briefing and the handover write by, each from a form of its own."""
EXPLORED = ("up", "down", "left", "right", "enter", "escape", "tab", "shift+tab", "space", "backspace", "delete",
            "home", "end", "pageup", "pagedown", "enter", "down", "1", "2", "3", "4", "5", "6")  # fmt: skip
"""Keys every screen has a use for."""


@cache
def alphabet() -> tuple[str, ...]:
    """Every key a command, a screen or a field is bound to, so that a new one is in by itself; leaving apart."""
    leaving = set(BY_ID["quit"].keys)
    keys = dict.fromkeys(key for command in COMMANDS for key in command.keys)
    for package in (app.screens, app.widgets):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            importlib.import_module(module.name)
    for kind in nodes(DOMNode):
        for binding in kind.__dict__.get("BINDINGS", ()):
            bound = binding.key if isinstance(binding, Binding) else binding[0]
            keys.update(dict.fromkeys(part.strip() for part in bound.split(",")))
    return tuple(key for key in keys if key and key not in leaving)


def nodes(kind: type[Any]) -> Iterator[type[Any]]:
    for child in kind.__subclasses__():
        if child.__module__.startswith("app."):
            yield child
        yield from nodes(child)


@dataclass
class Spy:
    """Watches every write: it is an action on a case that is there, or makes one from a whole form."""

    wrong: list[str] = field(default_factory=list)
    writes: int = 0
    quits: int = 0
    _inside: threading.local = field(default_factory=threading.local)

    def install(self, patch: pytest.MonkeyPatch) -> None:
        """Stand between the desk and its services."""
        self._wrap(patch, Whistles, "act", self._names_a_case)
        self._wrap(patch, Whistles, "blow", self._is_whole)
        self._wrap(patch, Duty, "record_spot", lambda _service, _actor, _kind, grid, texts, *_: bool(grid and texts))
        self._wrap(patch, Duty, "open_shift", lambda *_: True)
        for kind, names in BY_FORMS.items():
            for name in names:
                self._wrap(patch, kind, name, lambda *_, **__: True)
        write = SqlStore.write

        def watched(store: SqlStore, work: Any) -> Any:
            if not getattr(self._inside, "service", ""):
                self.wrong.append("a write that no service was asked for")
            return write(store, work)

        patch.setattr(SqlStore, "write", watched)
        patch.setattr(CommandApp, "_do_quit", lambda _app, _now: self._quit())
        patch.setattr(CommandApp, "action_quit", lambda _app: self._quit())  # Ctrl+Q, chosen in the help of a dialog

    def _quit(self) -> None:
        self.quits += 1

    def _wrap(self, patch: pytest.MonkeyPatch, kind: type[Any], name: str, fits: Callable[..., bool]) -> None:
        real = getattr(kind, name)

        def watched(service: Any, *args: Any, **kwargs: Any) -> Any:
            self._inside.service = name
            self.writes += 1
            try:
                outcome = real(service, *args, **kwargs)
            finally:
                self._inside.service = ""
            if not fits(service, *args):  # what is refused was not sent
                self.wrong.append(f"{name} without a case: {args}")
            return outcome

        patch.setattr(kind, name, watched)

    @staticmethod
    def _names_a_case(service: Whistles, whistle_id: Any, intent: Intent, *_: object) -> bool:
        return service.file(whistle_id).case.whistle.id == whistle_id and bool(intent.actor.member)

    @staticmethod
    def _is_whole(_service: Whistles, intent: Intent, *_: object) -> bool:
        facts = intent.args.get("facts")
        return isinstance(facts, Facts) and bool(facts.grid and intent.actor.member)


async def play(night: Night, seed: int, patch: pytest.MonkeyPatch, sequences: int = SEQUENCES) -> Spy:
    """One app and its sequences; AssertionError names seed and keys."""
    dice = random.Random(seed)
    spy = Spy()
    spy.install(patch)
    size = SIZES[seed % 2]
    night.speak("zh" if seed // 2 % 2 else "en")
    async with open_desk(night, size, member=dice.choice((OFFICER, OFFICER, LEADER, PLATFORM, ""))) as (desk, _pilot):
        for number in range(sequences):
            keys = _sequence(dice)
            for key in keys:
                _post(desk, key, dice)
            try:
                await _settled(desk)
                await until(lambda: _one_focus(desk), 5)
                assert desk.is_running
                assert desk._exception is None
                await _home(desk)
                assert not spy.wrong, spy.wrong
                log = night.settings.state / "trouble.log"
                assert not log.exists(), log.read_text(encoding="utf-8")
            except AssertionError as error:
                raise AssertionError(f"seed {seed}, sequence {number}: {keys}: {error} {_seen(desk)}") from error
    assert desk._exception is None
    return spy


def _sequence(dice: random.Random) -> list[str]:
    """5 to 30 keys: what is bound, what every screen knows, text, now and then a click, a paste, another size."""
    sorts = (alphabet(), EXPLORED, TYPED, ("<click>",), ("<paste>",), ("<resize>",))
    weights = (45, 30, 20, 3, 1, 1)
    return [dice.choice(dice.choices(sorts, weights)[0]) for _ in range(dice.randint(5, 30))]


def _post(desk: CommandCenter, key: str, dice: random.Random) -> None:
    driver = desk._driver
    assert driver is not None
    if key == "<click>":
        x, y = dice.randrange(desk.size.width), dice.randrange(desk.size.height)
        for kind in (events.MouseDown, events.MouseUp):
            driver.process_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
    elif key == "<paste>":
        driver.process_message(events.Paste(dice.choice(PASTED)))
    elif key == "<resize>":
        size = Size(*dice.choice(RESIZED))
        driver._size = size
        driver.process_message(events.Resize(size, size))
    elif len(key) > 1 and key in TYPED:
        for character in key:
            driver.process_message(events.Key(_character_to_key(character), character))
    else:
        character = key if len(key) == 1 else None
        driver.process_message(events.Key(_character_to_key(key) if character else key, character))


async def _settled(desk: CommandCenter, seconds: float = 20.0) -> None:
    """Every key was taken and nothing is drawn or read any more."""
    quiet = 0
    for _ in range(int(seconds / 0.005)):
        await asyncio.sleep(0.005)
        idle = not desk._ahead._kept and desk._message_queue.empty() and all(
            screen._message_queue.empty() for screen in desk.screen_stack
        )  # fmt: skip
        quiet = quiet + 1 if idle else 0
        if quiet == 4:
            return
    raise AssertionError("it never came to rest")


def _one_focus(desk: CommandCenter) -> bool:
    """One widget has the focus where one can have it, never two."""
    focused = sum(widget.has_focus for widget in desk.screen.query("*"))
    return focused == 1 or (focused == 0 and not desk.screen.focus_chain)


async def _home(desk: CommandCenter) -> None:
    """Esc leads back to a mode from wherever it is."""
    for _ in range(12):
        if desk.screen is mode(desk):
            return
        assert desk._driver is not None
        desk._driver.process_message(events.Key("escape", "\x1b"))
        await _settled(desk)
    await until(lambda: desk.screen is mode(desk), 5)


def _seen(desk: CommandCenter) -> str:
    focused = [str(widget) for widget in desk.screen.query("*") if widget.has_focus]
    return f"on {desk.screen_stack}, focus {focused}, {desk._exception!r}"
