"""The night of 2 July played at the desk by keys alone: the same timeline as by command lines (domain 9)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from app.domain.events import EventKind
from app.domain.whistle import late_acknowledge
from app.main import CommandCenter
from app.samples.build import build_sample
from app.services.whistles import CaseFile
from app.settings import remember_member
from tests import night
from tests.ui.helping import mode, until
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
        """Type a text as it is."""
        await self.pilot.press(*text)

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

    async def records(self, number: int, person: str = "") -> None:
        """F5, the department's digit, who came, Enter: the action is the one waited for."""
        before = self.entries
        await self.opens("f5")
        await self.pilot.press(str(number))
        if person:
            await self.pilot.press("tab")
            await self.types(person)
        await self.sends(before + 1)


@pytest.fixture
async def officer(tmp_path: Path) -> AsyncIterator[Officer]:
    """值班员甲 at the desk at 23:53, the finding saved as a draft."""
    wall = FakeWall()
    settings = settings_in(tmp_path)
    house = build_sample(settings, "night", wall=wall)
    remember_member(settings, night.OFFICER)
    app = CommandCenter(settings, house)
    async with app.run_test(size=(120, 36)) as pilot:
        await until(lambda: mode(app).situation().file is not None and app.seat.actor is not None)
        yield Officer(app, pilot, wall)
        app.release()
    house.close()


CAME = sorted(night.DEPARTMENTS, key=lambda one: one.reported_in_at)
WHEN = {"heard": "acknowledged_at", "came": "reported_in_at", "done": "done_at"}


def minutes() -> list[tuple[str, str, int]]:
    """Everything departments reported that night, in the order of the clock: local time, what, digit in the list."""
    told = []
    for number, one in enumerate(night.DEPARTMENTS, start=1):
        for what, field in WHEN.items():
            told.append((getattr(one, field), what, number))
    zone = night.ZONE
    return [(f"{at.astimezone(zone):%m-%d %H:%M}", what, number) for at, what, number in sorted(told)]


async def test_the_night_by_keys(officer: Officer) -> None:
    """From the draft at 23:53 to the rating, function keys, digits and a few words; then the facts of the night."""
    await officer.at("07-02 23:56")
    await officer.next_step()
    assert officer.file.row.whistle.number == night.NUMBER
    await officer.at("07-03 00:04")
    await officer.next_step()
    await officer.at("07-03 00:08")
    await officer.next_step("2", "3", "4", "5", "6")
    assert [a.department for a in officer.file.case.assignments] == [one.department for one in night.DEPARTMENTS]
    for at, what, number in minutes():
        if what == "done" and officer.file.case.whistle.made_safe_at is None:
            await officer.at("07-03 00:42")
            await officer.next_step(text="洞口已围挡,两头有人值守")
        await officer.at(at)
        await officer.records(number, "带队负责人" if what == "came" else "")
    await officer.at("07-03 05:30")
    await officer.next_step("1", "enter", text="新盖牢固,淤泥已清")
    await officer.at("07-03 07:15")
    await officer.next_step("5")
    the_night_as_it_was(officer.file)


def the_night_as_it_was(file: CaseFile) -> None:
    """The same facts that the command lines are compared with."""
    whistle = file.case.whistle
    assert (whistle.number, whistle.kind, whistle.grid, whistle.blower) == (
        night.NUMBER, night.KIND, night.GRID, night.BLOWER,
    )  # fmt: skip
    assert whistle.opened_at == night.BLOWN_AT
    assert whistle.dispatched_at == night.DISPATCHED_AT
    assert whistle.made_safe_at == night.MADE_SAFE_AT
    assert whistle.closed_at == night.CHECKED_AT
    assert (whistle.rated_at, whistle.score, whistle.state) == (night.RATED_AT, night.SCORE, night.STATE)
    came = sorted(file.case.assignments, key=lambda a: a.reported_in_at or night.RATED_AT)
    told = [(a.department, a.role, a.acknowledged_at, a.reported_in_at, a.done_at) for a in came]
    assert told == [(d.department, d.role, d.acknowledged_at, d.reported_in_at, d.done_at) for d in CAME]
    late = {a.department for a in came if late_acknowledge(a, night.RATED_AT)}
    assert late == {d.department for d in night.DEPARTMENTS if d.late}
    assert len(late) == 2
    by_kind = {event.kind: event for event in file.events}
    assert by_kind[EventKind.LEVELLED_UP].occurred_at == night.LEVELLED_UP_AT
    assert by_kind[EventKind.DISPATCHED].on_behalf_of == night.PLATFORM
    assert by_kind[EventKind.CHECKED].on_behalf_of == night.BLOWER
    persons = [e.words.get("person") for e in file.events if e.kind is EventKind.REPORTED_IN]
    assert len(persons) == 6
    assert all(persons)
