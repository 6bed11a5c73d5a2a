"""The street's map, version by version."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, func, insert, select

from db.repositories.rows import Rows
from db.tables.base import table
from db.tables.street_map import StreetMapRow

MAP = table(StreetMapRow)
_NEWEST = select(func.max(MAP.c.version))
_BODY = select(MAP.c.body).where(MAP.c.version == bindparam("version"))


class MapReading(Rows):
    """``app.services.map_ports.MapReads`` over one transaction."""

    def version(self) -> int:
        """The newest version of the map, 0 when none was loaded."""
        return self._connection.scalar(_NEWEST) or 0

    def text(self, version: int) -> str | None:
        """A version as it was loaded."""
        return self._connection.scalar(_BODY, {"version": version})


class MapWriting(MapReading):
    """``app.services.map_ports.MapWrites`` over one transaction."""

    def add(self, body: str, digest: str, at: datetime) -> int:
        """Store the next version of the map; returns its number."""
        version = self.version() + 1
        self._connection.execute(insert(MAP), {"version": version, "body": body, "digest": digest, "loaded_at": at})
        return version
