"""The sample street in a drill database, made once and copied for every test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import found_house
from app.samples.script import ScriptClock, local
from tests.services.room import Room, settings_at
from tests.unit.cases import street


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A drill database with street and policy, founded on the eve of the night, closed."""
    path = tmp_path_factory.mktemp("founded") / "wangge.db"
    clock = ScriptClock(local("2020-07-01 08:00"))
    found_house(settings_at(path), drill=True, street=street().street, wall=clock).close()
    return path


@pytest.fixture
def database(founded: Path, tmp_path: Path) -> Path:
    """A copy for one test."""
    return Path(shutil.copy(founded, tmp_path / "wangge.db"))


@pytest.fixture
def room(database: Path) -> Iterator[Room]:
    """A desk in it at 23:50 of the night."""
    room = Room.open(database)
    yield room
    room.house.close()
