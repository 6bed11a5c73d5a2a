"""The flood posture in force: one row that every picture of the street asks for, and so without its table's class."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, String, Uuid, bindparam, column, func, select, table, text
from sqlmodel.sql.sqltypes import UTCDateTime

from app.domain.posture import Posture, Standing
from db.repositories.rows import AnyRow, Rows

_POSTURE = table(
    "posture", column("posture", String), column("since", UTCDateTime), column("version", Integer),
    column("by_event", Uuid),
)  # fmt: skip
_WARNING, _LEVEL = (
    table(name, column("begins_at", UTCDateTime), column("closes_at", UTCDateTime))
    for name in ("warning", "response_level")
)
_STANDING = select(*_POSTURE.c)
_FIRST = [
    select(func.min(of.c.begins_at)).where(of.c.closes_at > bindparam("now"), of.c.begins_at > bindparam("after"))
    for of in (_WARNING, _LEVEL)
]
_BEGINS = select(_FIRST[0].where(text("warning.counts")).scalar_subquery(), _FIRST[1].scalar_subquery())


class PostureReading(Rows):
    """Reads of the posture in force."""

    def posture(self) -> Standing:
        """The posture in force; SEASON while it never changed."""
        return self._one(_STANDING, _standing) or Standing()

    def begins_after(self, after: datetime, now: datetime) -> datetime | None:
        """When the first signal or response level begins after an instant, of those that have not run out by now."""
        found = self._connection.execute(_BEGINS, {"after": after, "now": now}).one()
        return min((at for at in found if at is not None), default=None)


def _standing(row: AnyRow) -> Standing:
    posture, since, version, by_event = row
    return Standing(Posture(posture), since, version, by_event)
