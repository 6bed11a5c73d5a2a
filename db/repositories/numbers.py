"""What people write to name a case: its number, the number on the board, or the beginning of its id (decisions 6)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, select, text

from db.repositories.rows import Rows
from db.tables.base import table
from db.tables.cases import NUMBERED, ON_A_BOARD, WhistleRow

_WHISTLE = table(WhistleRow)

_FULL = re.compile(r"W-\d{8}-\d{2,}")
_SHORT = re.compile(r"\d{4}-\d{2,}")
_PREFIX = re.compile(r"[0-9a-f]{8,32}")

_BY_NUMBER = select(_WHISTLE.c.id).where(_WHISTLE.c.number == bindparam("number"), text(f"whistle.{NUMBERED}"))
_BY_SHORT = (
    select(_WHISTLE.c.id)
    .where(_WHISTLE.c.short_number == bindparam("number"), text(f"whistle.{ON_A_BOARD}"))
    .order_by(_WHISTLE.c.number.desc())
    .limit(1)
)
_BEGUN = (
    select(_WHISTLE.c.id)
    .where(_WHISTLE.c.number >= bindparam("first"), _WHISTLE.c.number < bindparam("last"), text(f"whistle.{NUMBERED}"))
    .order_by(_WHISTLE.c.number.desc())
    .limit(bindparam("at_most"))
)
_BY_PREFIX = select(_WHISTLE.c.id).where(_WHISTLE.c.id.between(bindparam("first"), bindparam("last"))).limit(2)


def short_number(number: str) -> str:
    """``W-20200702-01`` as the board shows it, ``0702-01``; empty for a case without a number."""
    return number[6:]


class NumberReading(Rows):
    """Finding a case by what a person wrote."""

    def find(self, number: str) -> UUID | None:
        """By full number, board number (the newest such) or id prefix of at least 8 hex digits that only one has."""
        wanted = number.strip()
        if _FULL.fullmatch(wanted.upper()):
            return self._connection.scalar(_BY_NUMBER, {"number": wanted.upper()})
        if _SHORT.fullmatch(wanted):
            return self._connection.scalar(_BY_SHORT, {"number": wanted})
        prefix = wanted.lower().replace("-", "")
        if not _PREFIX.fullmatch(prefix):
            return None
        span = {"first": UUID(prefix.ljust(32, "0")), "last": UUID(prefix.ljust(32, "f"))}
        found = self._connection.scalars(_BY_PREFIX, span).all()
        return found[0] if len(found) == 1 else None

    def begun_by(self, beginnings: Sequence[str], limit: int) -> tuple[UUID, ...]:
        """Cases whose full number begins so, the newest number first; one beginning after the other, by key."""
        found: list[UUID] = []
        for beginning in beginnings:
            if len(found) >= limit:
                break
            span = {"first": beginning, "last": f"{beginning}:", "at_most": limit - len(found)}  # : follows 9
            found += self._connection.scalars(_BEGUN, span)
        return tuple(found)
