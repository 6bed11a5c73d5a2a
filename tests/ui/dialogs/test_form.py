"""What every dialog does when sending is slow, refused or broken off: nothing twice, nothing lost, all of it said."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from app.domain.errors import BadInput, StoreTrouble, Trouble
from app.domain.intent import Intent
from app.domain.message import Message
from app.domain.moves import BY_ACTION, Action
from app.screens.context import DialogContext
from app.screens.dialogs.move import MoveDialog
from app.services.drafts import Drafts, Left
from app.services.whistles import LookAlike, Outcome, Whistles
from tests.ui.dialogs.stage import Hall, on_stage, paste, quiet, shown, type_text, wait_for
from tests.ui.night_house import play_until


class Balky:
    """The use cases, with something done before or after each action."""

    def __init__(self, whistles: Whistles, before: Callable[[], None], after: Callable[[], None]) -> None:
        self._whistles = whistles
        self._before = before
        self._after = after
        self.seen: list[UUID] = []

    def act(self, whistle_id: UUID, intent: Intent, look_alike: LookAlike | None = None) -> Outcome:
        """As the use cases do it."""
        self.seen.append(intent.request_id)
        self._before()
        outcome = self._whistles.act(whistle_id, intent, look_alike)
        self._after()
        return outcome

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whistles, name)


def nothing() -> None:
    """Neither before nor after."""


def balky(context: DialogContext, before: Callable[[], None] = nothing, after: Callable[[], None] = nothing):
    """The context over balky use cases, and those."""
    whistles = Balky(context.house.whistles, before, after)
    house = replace(context.house)
    vars(house)["whistles"] = whistles
    return replace(context, house=house), whistles


def once_busy() -> Callable[[], None]:
    """Fails the first time as a locked database does."""
    times: list[int] = []

    def fail() -> None:
        times.append(1)
        if len(times) == 1:
            raise StoreTrouble(Message("The database is busy."), Trouble.BUSY)

    return fail


@pytest.fixture
def case(hall: Hall) -> UUID:
    """The night's case at 00:29."""
    return play_until(hall.night, "07-03 00:29")


def note_dialog(context: DialogContext, hall: Hall, case: UUID) -> MoveDialog:
    """A note on the night's case."""
    return MoveDialog(context, hall.file(case), BY_ACTION[Action.NOTE])


def notes(hall: Hall, case: UUID) -> list[str]:
    """The notes on the case."""
    return [event.words["note"] for event in hall.file(case).events if event.kind.value == "noted"]


@pytest.mark.parametrize("committed", [False, True])
async def test_a_retry_after_trouble_is_never_a_second_action(hall: Hall, case: UUID, committed: bool) -> None:
    """The text stays, the sentence is said, and Enter again sends the same request, even if the first went through."""
    fail = once_busy()
    context, whistles = balky(hall.context(), **{"after" if committed else "before": fail})
    async with on_stage(note_dialog(context, hall, case)) as (pilot, app):
        await type_text(pilot, "水位在退")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "busy" in shown(app) or "忙" in shown(app))
        assert app.results == []
        assert app.dialog.text("note") == "水位在退"
        await pilot.press("enter")  # at once: nobody can have read it
        assert len(whistles.seen) == 1
        await pilot.pause(0.7)
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(app.results))
    assert whistles.seen[0] == whistles.seen[1]
    assert notes(hall, case) == ["水位在退"]


async def test_a_crash_between_commit_and_close_does_not_double(hall: Hall, case: UUID) -> None:
    """The draft left behind carries its number: sent again unchanged, it is recognised."""
    context, _ = balky(hall.context(), after=once_busy())
    async with on_stage(note_dialog(context, hall, case)) as (pilot, app):
        await type_text(pilot, "水位在退")
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(notes(hall, case)))
        await pilot.press("escape")
        await wait_for(pilot, lambda: bool(app.results))
    async with on_stage(note_dialog(hall.context(), hall, case)) as (pilot, app):
        assert app.dialog.text("note") == "水位在退"
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(app.results))
    assert app.results[0].already_known
    assert notes(hall, case) == ["水位在退"]


async def test_a_slow_store_is_said_and_leaving_waits_for_it(hall: Hall, case: UUID) -> None:
    """After 300 ms it is saving, after a second the database is busy; Esc does not break it off."""
    gate = threading.Event()
    context, _ = balky(hall.context(), before=lambda: bool(gate.wait(10)) or None)  # type: ignore[arg-type,func-returns-value]
    async with on_stage(note_dialog(context, hall, case)) as (pilot, app):
        await type_text(pilot, "水位在退")
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert "正在保存" not in shown(app)
        await wait_for(pilot, lambda: "正在保存" in shown(app))
        await wait_for(pilot, lambda: "数据库正忙" in shown(app))
        await pilot.press("escape", "enter")
        assert app.results == []
        gate.set()
        await wait_for(pilot, lambda: bool(app.results))
    assert notes(hall, case) == ["水位在退"]


@pytest.mark.parametrize("said", [True, False])
async def test_a_form_that_stays_does_not_say_that_it_closes(
    hall: Hall, case: UUID, monkeypatch: pytest.MonkeyPatch, said: bool
) -> None:
    """Who wanted to leave meanwhile reads why it did not work, and nothing that is no longer so."""
    gate, dialog = asyncio.Event(), note_dialog(hall.context(), hall, case)

    async def refuse() -> None:
        await gate.wait()
        if said:
            raise BadInput(Message("Note"), "note")

    monkeypatch.setattr(dialog, "act", refuse)
    async with on_stage(dialog) as (pilot, app):
        await pilot.press("enter", "escape")
        await wait_for(pilot, lambda: "完成后自动关闭" in shown(app))
        gate.set()
        await wait_for(pilot, lambda: not app.dialog.busy)
        await pilot.pause()
        assert "完成后自动关闭" not in shown(app)


async def test_what_is_missing_is_named_beside_its_field(hall: Hall, case: UUID) -> None:
    """Enter on an empty form moves the cursor to the first thing that is needed."""
    async with on_stage(note_dialog(hall.context(), hall, case)) as (pilot, app):
        await pilot.press("tab", "enter")
        await wait_for(pilot, lambda: app.dialog.rows["note"].wrong)
        assert app.dialog.rows["note"].widget.has_focus
        await type_text(pilot, "a")
        assert not app.dialog.rows["note"].wrong


async def test_f8_clears_what_came_back(hall: Hall, case: UUID) -> None:
    """A restored draft can be thrown away; the next dialog is empty."""
    for _ in range(2):
        async with on_stage(note_dialog(hall.context(), hall, case)) as (pilot, app):
            if app.dialog.text("note"):
                await pilot.press("f8")
                await wait_for(pilot, lambda app=app: not app.dialog.text("note"))
                assert app.dialog.rows["note"].widget.has_focus
            else:
                await type_text(pilot, "水位在退")
            await pilot.press("escape")
            await wait_for(pilot, lambda app=app: bool(app.results))
    assert hall.drafts() == ()


async def test_f8_before_the_disk_answers_clears_what_it_brings(hall: Hall, case: UUID) -> None:
    """Pressed as soon as the form stands: what was typed earlier comes neither into the form nor back to the disk."""
    async with on_stage(note_dialog(hall.context(), hall, case)) as (pilot, app):
        await type_text(pilot, "水位在退")
        await pilot.press("escape")
        await wait_for(pilot, lambda: bool(app.results))
    slow, dialog = threading.Event(), note_dialog(hall.context(), hall, case)
    recover = dialog._keeper.recover

    def late() -> Left:
        left = recover()
        slow.wait(20)
        return left

    vars(dialog._keeper)["recover"] = late
    async with on_stage(dialog, rest=False) as (pilot, app):
        await pilot.press("f8")
        await wait_for(pilot, lambda: hall.drafts() == () and dialog.settled)
        slow.set()
        await quiet(pilot, app)
        assert dialog.text("note") == dialog.notice == ""
        await type_text(pilot, "退了")
        await pilot.press("escape")
        await wait_for(pilot, lambda: bool(app.results))
    assert Drafts(hall.night.settings.drafts, "desk-1").load(hall.drafts()[0])["note"] == "退了"


async def test_hostile_text_is_kept_sent_and_shown_as_text(hall: Hall, case: UUID) -> None:
    """Brackets reach the timeline as brackets, escapes never reach anything."""
    async with on_stage(note_dialog(hall.context(), hall, case)) as (pilot, app):
        await paste(pilot, "[/] \x1b]0;x\x07[@click=app.quit]退水")
        assert "\x1b" not in shown(app)
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(app.results))
    assert notes(hall, case) == ["[/] ]0;x[@click=app.quit]退水"]


async def test_a_terminal_of_24_lines_and_the_other_language(hall: Hall, case: UUID) -> None:
    """The box fits with its border, in English too."""
    context = hall.context(language="en")
    async with on_stage(note_dialog(context, hall, case)) as (_pilot, app):
        text = shown(app)
    assert "Note" in text
    assert "╰" in text
    assert "│" in text
