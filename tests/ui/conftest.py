"""Houses for the tests of the desk: made once, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.night_house import Night, fill, found_night


@pytest.fixture(scope="session")
def empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A founded street at 23:50."""
    folder = tmp_path_factory.mktemp("empty")
    found_night(folder).house.close()
    return folder


@pytest.fixture(scope="session")
def full_folder(empty_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a full board at 00:29."""
    folder = tmp_path_factory.mktemp("full") / "night"
    shutil.copytree(empty_folder, folder)
    made = found_night(folder)
    fill(made)
    made.house.close()
    return folder


@pytest.fixture
def night(empty_folder: Path, tmp_path: Path) -> Iterator[Night]:
    """A drill database at 23:50, nothing blown yet."""
    yield from _copy(empty_folder, tmp_path, "07-02 23:50")


@pytest.fixture
def full(full_folder: Path, tmp_path: Path) -> Iterator[Night]:
    """A full board at 00:29."""
    yield from _copy(full_folder, tmp_path, "07-03 00:29")


def _copy(folder: Path, tmp_path: Path, at: str) -> Iterator[Night]:
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    made = found_night(tmp_path)
    made.wall.set(at)
    yield made
    made.house.close()
