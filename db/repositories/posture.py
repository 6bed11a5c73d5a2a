"""The flood posture in force: one row that every picture of the street asks for, and so without its table's class."""

from __future__ import annotations

from sqlalchemy import Integer, String, Uuid, column, select, table
from sqlmodel.sql.sqltypes import UTCDateTime

from app.domain.posture import Posture, Standing
from db.repositories.rows import AnyRow, Rows

_POSTURE = table(
    "posture", column("posture", String), column("since", UTCDateTime), column("version", Integer),
    column("by_event", Uuid),
)  # fmt: skip
_STANDING = select(*_POSTURE.c)


class PostureReading(Rows):
    """Reads of the posture in force."""

    def posture(self) -> Standing:
        """The posture in force; SEASON while it never changed."""
        return self._one(_STANDING, _standing) or Standing()


def _standing(row: AnyRow) -> Standing:
    posture, since, version, by_event = row
    return Standing(Posture(posture), since, version, by_event)
