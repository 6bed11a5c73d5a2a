"""Which shift holds the desk, as the handovers say: one small statement, read with every picture of the desk."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, text

from db.repositories.events import EVENT
from db.repositories.rows import Rows
from db.tables.base import table
from db.tables.handover import UNDER_WAY, HandoverRow

HANDOVER = table(HandoverRow)
_H = HANDOVER.c
_OUTGOING = select(_H.outgoing).where(text(f"handover.{UNDER_WAY}")).order_by(_H.opened_at.desc()).limit(1)
_INCOMING = select(_H.incoming).where(_H.taken_at.is_not(None)).order_by(_H.taken_at.desc()).limit(1)
_HANDED = select(_OUTGOING.scalar_subquery(), _INCOMING.scalar_subquery())
_FIRST = select(EVENT.c.recorded_at).where(EVENT.c.seq == select(func.min(EVENT.c.seq)).scalar_subquery())


class HoldingReading(Rows):
    """Part of ``app.services.ports.Reads``."""

    def desk_handed(self) -> tuple[str, str]:
        """Codes of the shift whose handover is under way, and of the one that took over last; empty for none."""
        return self._one(_HANDED, lambda row: (row[0] or "", row[1] or "")) or ("", "")

    def first_recorded_at(self) -> datetime | None:
        """When the first entry was made."""
        first: datetime | None = self._connection.scalar(_FIRST)
        return first
