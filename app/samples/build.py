"""Makes a sample: a drill database with the demo street, played up to a minute of 2020 (decisions 20, 21)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid5

from app.domain.actor import SYSTEM_ACTOR
from app.domain.errors import BadInput
from app.domain.message import Message
from app.samples import MAP, STREET, sample_text
from app.samples.script import SPACE, Line, ScriptClock, local, play
from app.services.clocks import set_drill_clock
from app.services.house import House
from app.services.org_file import read_org_toml
from app.services.ports import Clock
from app.settings import Settings

STATION = "desk-1"
"""The desk at which the samples were written down."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What a sample tells, from when, and where it is opened unless another time is asked for (local times)."""

    lines: Callable[[], Sequence[Line]]
    begins: str
    opens: str


def _night() -> Sequence[Line]:
    from app.samples.night import LINES

    return LINES


def _street() -> Sequence[Line]:
    from app.samples.street import LINES

    return LINES


SAMPLES = {
    "night": Sample(_night, "2020-06-29 08:00", "2020-07-02 23:53"),
    "street": Sample(_street, "2020-06-29 08:00", "2020-10-26 08:30"),
}


def build_sample(settings: Settings, sample: str, at: datetime | None = None, wall: Clock | None = None) -> House:
    """Make ``night`` or ``street`` at ``settings.database``, which must not exist yet, and open it.

    The drill clock stands at ``at`` (aware; default: where the sample opens) and runs on from there with the
    wall clock; nothing that happened later is in it. BadInput for an unknown sample or a time before it begins.
    """
    from app.bootstrap import WallClock, duty_clock, found_house, open_house
    from app.samples.duty_room import DutyRoom

    told = SAMPLES.get(sample)
    if told is None:
        raise BadInput(Message("The samples are night and street, not {given}.", {"given": sample}), "sample")
    begins, opens = local(told.begins), at or local(told.opens)
    if opens < begins:
        raise BadInput(Message("This sample begins at {begins}; ask for a later time.", {"begins": begins}), "at")
    wall = wall or WallClock()
    clock = ScriptClock(begins)
    street = read_org_toml(sample_text(STREET), STREET)
    house = found_house(settings, drill=True, street=street, wall=clock, station=STATION, at=opens)
    try:
        house.maps.load(sample_text(MAP), SYSTEM_ACTOR, uuid5(SPACE, f"{sample}/map"), name=MAP)
        duty = DutyRoom(house, duty_clock(house, "tick"), clock, opens)
        play(house, clock, sample, told.lines(), opens, duty.until)
        duty.leave()
        set_drill_clock(house.store, wall, opens, 1.0, SYSTEM_ACTOR, uuid5(SPACE, f"{sample}/clock"))
    finally:
        house.close()
    return open_house(settings, wall=wall)
