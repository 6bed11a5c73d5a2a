"""The hall of every dialog test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.dialogs.stage import Hall
from tests.ui.night_house import found_night


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    """A fresh drill database at 23:50 with nothing blown, and lanes to reach it."""
    made = Hall(found_night(tmp_path))
    yield made
    made.lanes.close()
    made.night.house.close()
