"""Which limits ran out between two instants, whatever else happened: news without any event (domain 2.9)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from app.domain.dues import TIDINGS, Due


def ran_out(dues: Collection[Due], since: datetime, until: datetime) -> tuple[Due, ...]:
    """Limits later than ``since`` and not later than ``until``, the earliest first; what is only told is none."""
    return in_order(due for due in dues if since < due.at <= until and due.kind not in TIDINGS)


def ran_out_by(before: Collection[Due], after: Collection[Due], since: datetime, at: datetime) -> tuple[Due, ...]:
    """What an entry of instant ``at`` brings to light, ``since`` being the last look: ``before`` → ``after``.

    Limits that had run out when the entry ended them, and limits that it set and that are past already: a late
    record makes them due at once (decisions 18).
    """
    ended = ran_out(set(before) - set(after), since, at)
    late = [due for due in set(after) - set(before) if due.at <= since and due.kind not in TIDINGS]
    return in_order([*ended, *late])


def in_order(dues: Iterable[Due]) -> tuple[Due, ...]:
    """Soonest first."""
    return tuple(sorted(dues, key=lambda due: (due.at, due.kind, str(due.assignment_id), due.nth)))
