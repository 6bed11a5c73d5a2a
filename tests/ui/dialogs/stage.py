"""A stage with one dialog on it: a real house in a folder of the test, keys only, and what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from textual.app import App, ComposeResult
from textual.events import Key, Paste
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from app.render.glyphs import Glyphs
from app.render.words import words_for
from app.screens.context import DialogContext
from app.screens.dialogs.box import Box
from app.services.drafts import Drafts
from app.services.lanes import Lanes
from app.services.whistles import CaseFile
from app.widgets.themes import NIGHT
from tests.ui.night_house import OFFICER, Night


class Stage(App[None]):
    """Shows one dialog over some text and remembers its result; a fault in a worker ends the test."""

    def __init__(self, dialog: ModalScreen[Any]) -> None:
        super().__init__()
        self.dialog = dialog
        self.results: list[Any] = []
        self.faults: list[BaseException] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours of ours that the styles of dialogs name."""
        return NIGHT.variables

    def compose(self) -> ComposeResult:
        """Something for the dialog to lie over."""
        yield Static("网格指挥台")

    def on_mount(self) -> None:
        """Open the dialog."""
        self.push_screen(self.dialog, self.results.append)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Keep what a worker did not catch."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.faults.append(event.worker.error)


@dataclass
class Hall:
    """What every dialog of a test is given: a night's house, lanes and a folder of drafts."""

    night: Night
    lanes: Lanes = field(default_factory=Lanes)

    def context(self, member: str = OFFICER, language: str = "zh") -> DialogContext:
        """The context of a desk where the member sits."""
        house = self.night.house
        drafts = Drafts(self.night.settings.drafts, "desk-1")
        words = words_for("en" if language == "en" else "zh")
        return DialogContext(house, self.lanes, words, Glyphs(), drafts, self.night.actor(member),
                             house.streets.current(), house.policies.current())  # fmt: skip

    def file(self, case: UUID) -> CaseFile:
        """The case as it stands."""
        return self.night.house.whistles.file(case)

    def drafts(self) -> tuple[str, ...]:
        """Forms that have a draft on disk."""
        return Drafts(self.night.settings.drafts, "desk-1").forms()

    def open_numbers(self) -> list[str]:
        """Numbers of the cases on the board, in their order."""
        return sorted(row.whistle.number for row in self.night.house.desk.view().board.rows)


Act = Pilot[None]


@asynccontextmanager
async def on_stage(
    dialog: ModalScreen[Any], size: tuple[int, int] = (80, 24), *, rest: bool = True
) -> AsyncIterator[tuple[Act, Stage]]:
    """The dialog, open and ready for keys; with ``rest``, once nothing is under way any more."""
    app = Stage(dialog)
    async with app.run_test(size=size) as pilot:
        await wait_for(pilot, lambda: app.screen is dialog)
        if isinstance(dialog, Box):
            await wait_for(pilot, lambda: bool(dialog.rows) and dialog.focused is not None)
        if rest:
            await quiet(pilot, app)
        yield pilot, app
        if app.faults:
            raise app.faults[0]


async def quiet(pilot: Act, app: Stage) -> None:
    """Wait until no worker is under way."""
    await pilot.pause()
    await wait_for(pilot, lambda: all(worker.is_finished for worker in app.workers))
    await pilot.pause()


async def wait_for(pilot: Act, happened: Callable[[], bool], seconds: float = 20.0) -> None:
    """Until something is so; AssertionError when it never is."""
    for _ in range(int(seconds / 0.02)):
        if happened():
            return
        await asyncio.sleep(0.02)
        await pilot.pause()
    raise AssertionError("it never happened")


async def type_text(pilot: Act, text: str) -> None:
    """Type a text as a terminal sends it, one key event for each character, as fast as they come."""
    for character in text:
        pilot.app.post_message(Key(_character_to_key(character), character))
    await pilot.pause()
    await pilot.pause()


async def paste(pilot: Act, text: str) -> None:
    """Paste a text as a terminal with bracketed paste sends it."""
    pilot.app.post_message(Paste(text))
    await pilot.pause()
    await pilot.pause()


def shown(app: Stage) -> str:
    """The text of the screen, line by line."""
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in lines)
