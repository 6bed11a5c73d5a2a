"""The street's map in the database: numbered versions, one event each, the same for every desk."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from app.domain.errors import BadInput, Conflict, NotPermitted, StoreTrouble, Trouble
from app.domain.events import EventKind
from app.samples import MAP, sample_text
from tests.services.room import Room, new_request
from tests.unit.maps import area, ring, written

ADMIN = "JF-GL"
TEXT = sample_text(MAP)


def loaded(room: Room) -> list[tuple[int, object]]:
    """Version and payload of every entry about the map."""
    with room.house.store.read() as reads:
        return [(one.stream_version, one.payload) for one in reads.events_since(0, 1000)
                if one.kind is EventKind.MAP_LOADED]  # fmt: skip


def test_a_map_is_loaded_by_the_administrator_once_and_every_desk_has_it(room: Room, database: Path) -> None:
    """None at first; another desk sees the new one without being told; the same file makes no new version."""
    maps, admin = room.house.maps, room.actor(ADMIN)
    other = Room.open(database, room.clock, "desk-2")
    assert maps.current() is other.house.maps.current() is None
    with pytest.raises(NotPermitted):
        maps.load(TEXT, room.actor("JF-ZB1"), new_request())
    request = new_request()
    first = maps.load(TEXT, admin, request)
    assert (first.version, maps.load(TEXT, admin, request).version, len(loaded(room))) == (1, 1, 1)
    assert maps.load(TEXT, admin, new_request()).version == 1
    known = other.house.maps.current()
    assert known == first
    assert other.house.maps.current() is known, "read once"
    second = maps.load(written([area("JF-SH-G01", ring((0, 0, 9, 9)))]), admin, new_request())
    assert other.house.maps.current() == second
    assert loaded(room) == [
        (1, {"version": 1, "digest": first.digest, "grids": 22}),
        (2, {"version": 2, "digest": second.digest, "grids": 1}),
    ]
    other.house.close()


def test_a_bad_map_changes_nothing(room: Room) -> None:
    """A grid of another street, no map at all, a number that was used before."""
    maps, admin = room.house.maps, room.actor(ADMIN)
    before = room.seq()
    for text in (written([area("XX-G01", ring((0, 0, 9, 9)))]), "no map"):
        with pytest.raises(BadInput):
            maps.load(text, admin, new_request())
    assert (room.seq(), maps.current()) == (before, None)
    request = new_request()
    maps.load(TEXT, admin, request)
    with pytest.raises(Conflict):
        room.house.patrol_rules.load(room.house.patrol_rules.text(), admin, request)


def test_a_version_stays_and_a_spoiled_one_is_said(room: Room, database: Path) -> None:
    """The database refuses a change; what was changed all the same is damage, not a traceback."""
    room.house.maps.load(TEXT, room.actor(ADMIN), new_request())
    with sqlite3.connect(database) as connection:
        for change in ("UPDATE street_map SET body = 'x'", "DELETE FROM street_map"):
            with pytest.raises(sqlite3.IntegrityError, match="version of the map"):
                connection.execute(change)
        connection.execute("DROP TRIGGER street_map_no_update")
        connection.execute("UPDATE street_map SET body = '[]'")
    connection.close()
    fresh = Room.open(database, room.clock)
    with pytest.raises(StoreTrouble) as caught:
        fresh.house.maps.current()
    assert caught.value.trouble is Trouble.DAMAGED
    fresh.house.close()
