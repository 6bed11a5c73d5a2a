"""The street's map as numbered versions (issue 5: the map pane)."""

from datetime import datetime

from sqlmodel import Field

from db.tables.base import Row, check


class StreetMapRow(Row, table=True):
    """One numbered version of the map, as loaded; a trigger keeps it as it is."""

    __table_args__ = (check("version", "version >= 1"), check("body", "body <> ''"))

    version: int = Field(primary_key=True)
    body: str
    """The GeoJSON as it was loaded."""
    digest: str
    """SHA-256 of ``body``, hex."""
    loaded_at: datetime
