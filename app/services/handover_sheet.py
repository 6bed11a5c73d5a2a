"""A handover as it stands now: what is open, with what was said and accepted of it, the equipment, the notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from app.domain.handover import Accepted, Gear, HandoverRecord, HandoverSheet, Item, ItemLine, ReliefNote, Told
from app.domain.handover_entry import EntrySort, HandoverEntry
from app.domain.holding import reliefs
from app.domain.org import Shift
from app.domain.policy import Policy
from app.domain.street_index import StreetIndex
from app.services.handover_facts import Looking, open_items
from app.services.patrol_rules import PatrolRules
from app.services.ports import Reads

NEXT_SHIFT = timedelta(hours=12)
"""What comes due so long after the end of a shift is handed over, where nobody is on the roster after it."""


def sheet_now(
    reads: Reads, rules: PatrolRules, street: StreetIndex, policy_of: Callable[[int], Policy], outgoing: Shift,
    record: HandoverRecord | None, now: datetime,
) -> HandoverSheet:  # fmt: skip
    """The sheet of a handover that the incoming shift has not signed."""
    incoming = next_shift(reads, outgoing, now)
    until = incoming.ends_at if incoming is not None else max(now, outgoing.ends_at) + NEXT_SHIFT
    items = open_items(Looking(reads, rules, street, policy_of, now, until))
    entries = reads.handovers.entries(record.id) if record is not None else ()
    return HandoverSheet(
        outgoing, tuple(_lines(items, entries)), _gear(reads, record, policy_of(reads.current_policy_version())),
        tuple(_relief(one) for one in entries if one.sort is EntrySort.NOTE), incoming,
        handed_by=record.handed_by if record else "", handed_at=record.handed_at if record else None,
    )  # fmt: skip


def next_shift(reads: Reads, outgoing: Shift, now: datetime) -> Shift | None:
    """Who takes over by the roster: of those that may, the one that began last; else the next to come."""
    able = candidates(reads, outgoing, now)
    if able:
        return able[-1]
    ahead = [
        one for one in reads.shifts_in(now, max(now, outgoing.ends_at) + NEXT_SHIFT)
        if one.code != outgoing.code and one.starts_at >= outgoing.starts_at and one.ends_at > outgoing.ends_at
    ]  # fmt: skip
    return min(ahead, key=lambda one: (one.starts_at, one.code), default=None)


def candidates(reads: Reads, outgoing: Shift, now: datetime) -> tuple[Shift, ...]:
    """Shifts that may take over now."""
    return reliefs(outgoing, reads.shifts_in(now - NEXT_SHIFT, now + NEXT_SHIFT), now)


def additions(entries: Sequence[HandoverEntry]) -> tuple[ReliefNote, ...]:
    """What was added once both had signed."""
    return tuple(_relief(one) for one in entries if one.sort is EntrySort.ADDITION)


def _lines(items: Sequence[Item], entries: Sequence[HandoverEntry]) -> list[ItemLine]:
    told = {one.item: Told(one.text, one.by, one.at, one.mark) for one in entries if one.sort is EntrySort.TOLD}
    accepted = {one.item: Accepted(one.text, one.by, one.at, one.mark)
                for one in entries if one.sort is EntrySort.ACCEPTED}  # fmt: skip
    return [ItemLine(item, told.get(item.key), accepted.get(item.key)) for item in items]


def _gear(reads: Reads, record: HandoverRecord | None, policy: Policy) -> tuple[Gear, ...]:
    looked = {one.code: one for one in reads.handovers.gear(record.id)} if record is not None else {}
    found = []
    for code, name in policy.equipment:
        one = looked.get(code)
        found.append(Gear(code, name, one.ok, one.remark, one.by, one.at) if one else Gear(code, name))
    return tuple(found)


def _relief(one: HandoverEntry) -> ReliefNote:
    return ReliefNote(one.id, one.text, one.by, one.at, one.sort is EntrySort.ADDITION)
