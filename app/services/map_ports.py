"""What the street's map needs from a store beside the ports of every use case; reached by ``Reads.maps``."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class MapReads(Protocol):
    """Reads of the street's map."""

    def version(self) -> int:
        """The newest version of the map, 0 when none was loaded."""

    def text(self, version: int) -> str | None:
        """A version as it was loaded."""


class MapWrites(MapReads, Protocol):
    """Changes of the same."""

    def add(self, body: str, digest: str, at: datetime) -> int:
        """Store the next version of the map; returns its number."""
