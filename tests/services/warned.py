"""Signals, levels and messages for tests of the flood: recorded as a desk records them, and read back."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from app.domain.events import Event
from app.domain.flood import Signal
from app.domain.posture import Colour, ResponseLevel
from app.services.cap import read_alerts
from app.services.flood_entries import Recorded
from tests.services.room import Room, new_request
from tests.unit.cap_files import alert, info, utf8
from tests.unit.cases import OFFICER

OFFICE, COMMAND = "永顺县气象台", "永顺县防汛抗旱指挥部"


def signal(room: Room, colour: Colour, event: str = "暴雨", **how: object) -> Recorded:
    """A signal as it was read from the radio."""
    return room.house.flood.warnings.add(room.actor(OFFICER), new_request(), colour, event, OFFICE, **how)  # type: ignore[arg-type]


def level(room: Room, which: ResponseLevel, number: str, **how: object) -> Recorded:
    """A response level from its document."""
    return room.house.flood.add_level(room.actor(OFFICER), new_request(), which, COMMAND, number, **how)  # type: ignore[arg-type]


def imported(room: Room, content: bytes) -> list[Recorded]:
    """The messages of a file, recorded."""
    zone = room.house.policies.current().calendar.zone
    return [
        room.house.flood.warnings.add_message(room.actor(OFFICER), new_request(), one, content)
        for one in read_alerts(content, zone)
    ]


def events_on(room: Room, stream: str) -> tuple[Event, ...]:
    """The entries of a stream."""
    with room.house.store.read() as reads:
        return reads.flood.events_on(stream)


def cap(room: Room, *, minutes: int = 0, **texts: str) -> bytes:
    """A message sent so many minutes before now."""
    sent = (room.clock.at - timedelta(minutes=minutes)).isoformat()
    severity = texts.pop("severity", "Yellow")
    return utf8(alert(info(severity=severity), sent=sent, **texts))


def find_row(room: Room, id_: UUID) -> Signal:
    """A signal by its row."""
    with room.house.store.read() as reads:
        found = reads.flood.signal(id_)
    assert found is not None
    return found
