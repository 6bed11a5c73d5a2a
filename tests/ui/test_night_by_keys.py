"""The night of 2 July played at the desk by keys alone: the same timeline as by command lines (domain 9)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from app.domain.events import EventKind
from app.domain.moves import Action
from app.domain.whistle import late_acknowledge
from app.main import CommandCenter
from app.samples.build import build_sample
from app.screens.dialogs.move import MoveDialog
from app.screens.moves_menu import MovesMenu
from app.services.whistles import CaseFile
from app.settings import remember_member
from app.widgets.row_list import RowList
from tests import night
from tests.ui.helping import mode, post, text, until
from tests.ui.night_house import FakeWall, settings_in


class Officer:
    """One person at the keyboard: waits for what the screen shows, then types."""

    def __init__(self, app: CommandCenter, pilot: Pilot[None], wall: FakeWall) -> None:
        self.app, self.pilot, self.wall = app, pilot, wall
        self.started = wall.at

    async def at(self, local: str) -> None:
        """It is now this local time, ``07-03 00:08``; the drill's clock runs with the wall's."""
        self.wall.at = self.started + (night.local(local) - night.OPENS_AT)
        await self.pilot.pause()

    @property
    def file(self) -> CaseFile:
        """The case under the cursor as the screen knows it."""
        file = mode(self.app).situation().file
        assert file is not None
        return file

    async def opens(self, key: str) -> None:
        """Press a command key and wait for its dialog."""
        await until(lambda: self.app.screen is self.app.mode_screen)
        await self.pilot.press(key)
        await until(lambda: self.app.screen is not self.app.mode_screen)
        await self.pilot.pause()

    async def types(self, text: str) -> None:
        """Type a text as it is, in one breath, as an input method commits it."""
        for character in text:
            post(self.app, character)
        if text:
            await self.pilot.pause()

    async def sends(self, entries: int) -> None:
        """Enter, and wait until the dialog is gone and the timeline has grown to ``entries``."""
        await self.pilot.press("enter")
        await until(lambda: self.app.screen is self.app.mode_screen)
        await until(lambda: len(self.file.events) == entries)

    @property
    def entries(self) -> int:
        """Entries of the timeline so far."""
        return len(self.file.events)

    async def next_step(self, *keys: str, text: str = "") -> None:
        """F4, what it asks for, Enter."""
        before = self.entries
        await self.opens("f4")
        await self.pilot.press(*keys)
        await self.types(text)
        await self.sends(before + 1)

    async def records(self, number: int, person: str = "", *, said: str = "", at: str = "", choose: str = "") -> None:
        """F5, the department's digit, who came and what they said, Enter: the action is the one waited for.

        ``at`` is typed as the time it happened; ``choose`` is the digit of another action.
        """
        before = self.entries
        await self.opens("f5")
        if choose:
            await self.pilot.press("shift+tab", choose, "tab")
        await self.pilot.press(str(number), "tab")
        if person:
            await self.types(person)
            await self.pilot.press("enter")
        elif at:
            await self.types(at)
        elif said:
            await self.pilot.press("tab")
        await self.types(said)
        await self.sends(before + 1)

    async def says(self, action: Action, text: str) -> None:
        """F6, the move among the moves, its words, Enter."""
        before = self.entries
        await self.opens("f6")
        menu = self.app.screen
        assert isinstance(menu, MovesMenu)
        rows = menu.query_one(RowList)
        while rows.cursor is not action:
            await self.pilot.press("down")
        await self.pilot.press("enter")
        await until(lambda: isinstance(self.app.screen, MoveDialog))
        await self.pilot.pause()
        await self.types(text)
        await self.sends(before + 1)


@pytest.fixture
async def officer(tmp_path: Path) -> AsyncIterator[Officer]:
    """值班员甲 at the desk at 23:53, the finding saved as a draft."""
    wall = FakeWall()
    settings = settings_in(tmp_path)
    house = build_sample(settings, "night", wall=wall)
    remember_member(settings, night.OFFICER)
    app = CommandCenter(settings, house, clockwork=False)
    async with app.run_test(size=(120, 36)) as pilot:
        await until(lambda: mode(app).situation().file is not None and app.seat.actor is not None)
        yield Officer(app, pilot, wall)
        app.release()
    house.close()


DIGITS = {one.department: digit for digit, one in enumerate(night.DEPARTMENTS, start=1)}
"""The digit of each department in the list of the dialog."""
SAID = {
    "noted": "两头已拉警戒带",
    "reported_up": "水位回落,无人受伤",
    "work_noted": "新盖到位,已加固",
    "made_safe": "洞口已围挡,两头有人值守",
}


@pytest.mark.slow
async def test_the_night_by_keys(officer: Officer) -> None:
    """From the draft at 23:53 to the rating, function keys, digits and a few words; then the facts of the night."""
    for entry in sorted(night.timeline(), key=written):
        await officer.at(f"{written(entry).astimezone(night.ZONE):%m-%d %H:%M}")
        await play(officer, entry)
        if entry.kind == "dispatched":
            sent = [a.department for a in officer.file.case.assignments]
            assert sent == [one.department for one in night.DEPARTMENTS]
    the_night_as_it_was(officer.file)


def written(entry: night.Entry) -> datetime:
    """When an entry was written down: two acknowledgements together with a third."""
    heard = entry.kind == "acknowledged"
    return night.WRITTEN_LATER.get(entry.department, entry.at) if heard else entry.at


async def play(officer: Officer, entry: night.Entry) -> None:
    """One entry as the officer types it."""
    digit = DIGITS.get(entry.department, 0)
    if entry.kind == "dispatched":
        await officer.next_step("2", "3", "4", "5", "6")
    elif entry.kind == "checked":
        await officer.next_step("1", "enter", text="新盖牢固,淤泥已清")
        await until(lambda: "；此案已结案" in text(officer.app))
    elif entry.kind == "rated":
        await officer.next_step(str(night.SCORE))
    elif entry.kind == "noted":
        await officer.says(Action.NOTE, SAID["noted"])
    elif entry.kind == "reported_up":
        await officer.says(Action.REPORT, SAID["reported_up"])
    elif entry.kind == "work_noted":
        await officer.records(digit, said=SAID["work_noted"], choose="4")
    elif entry.kind == "reported_in":
        await officer.records(digit, "带队负责人", said="到了,在探水情")
    elif digit:
        later = entry.kind == "acknowledged" and entry.department in night.WRITTEN_LATER
        await officer.records(digit, at=f"{entry.at.astimezone(night.ZONE):%H:%M}" if later else "")
    else:
        await officer.next_step(text=SAID.get(entry.kind, ""))


def the_night_as_it_was(file: CaseFile) -> None:
    """The same facts and the same timeline that the command lines are compared with."""
    whistle = file.case.whistle
    assert (whistle.number, whistle.kind, whistle.grid, whistle.blower) == (
        night.NUMBER, night.KIND, night.GRID, night.BLOWER,
    )  # fmt: skip
    assert (whistle.score, whistle.state) == (night.SCORE, night.STATE)
    told = [
        night.Entry(night.minute(e.occurred_at), e.kind.value, str(e.payload.get("department", "")), e.on_behalf_of,
                    e.channel.value)
        for e in file.events if e.kind is not EventKind.DRAFTED
    ]  # fmt: skip
    assert sorted(told) == night.timeline()
    later = {str(e.payload["department"]): e.recorded_at for e in file.events if e.occurred_at < e.recorded_at
             and e.kind is EventKind.ACKNOWLEDGED}  # fmt: skip
    assert later == night.WRITTEN_LATER
    roles = {a.department: a.role for a in file.case.assignments}
    assert roles == {one.department: one.role for one in night.DEPARTMENTS}
    late = {a.department for a in file.case.assignments if late_acknowledge(a, night.RATED_AT)}
    assert late == {d.department for d in night.DEPARTMENTS if d.late}
    assert len(late) == 2
    persons = [e.words.get("person") for e in file.events if e.kind is EventKind.REPORTED_IN]
    assert len(persons) == 6
    assert all(persons)
