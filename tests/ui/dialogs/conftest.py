"""The hall of every dialog test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.ui.dialogs.stage import Hall
from tests.ui.night_house import Night


@pytest.fixture
def hall(night: Night) -> Iterator[Hall]:
    """A drill database at 23:50 with nothing blown, and lanes to reach it."""
    made = Hall(night)
    yield made
    made.lanes.close()
