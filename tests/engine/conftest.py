"""A founded drill with the sample street, copied for each test; a watch in it at 23:50 of the night."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.driving import Wall, Work
from tests.engine.watch import Watch
from tests.services.conftest import database, founded

__all__ = ["database", "founded"]


@pytest.fixture
def watch(database: Path) -> Iterator[Watch]:
    """A desk and its duty clock."""
    watch = Watch.open(database)
    yield watch
    watch.room.house.close()


@pytest.fixture
def wall() -> Wall:
    """A clock that goes right until it is moved."""
    return Wall()


@pytest.fixture
def work(wall: Wall) -> Work:
    """A tick."""
    return Work(wall)
