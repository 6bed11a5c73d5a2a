"""One household that is to leave, with everything that was recorded of it: each call, what was said, by whom (4.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.domain.events import Event, EventKind
from app.domain.flood import Household
from app.domain.local_time import AHEAD
from app.domain.text import mask_phone
from app.render.sight import Sight
from app.render.table import columns

CALLS = (EventKind.EVACUATION_CALLED, EventKind.EVACUATION_ANSWERED)


def household_lines(sight: Sight, one: Household, events: Sequence[Event], *, phones: bool = False) -> Iterator[str]:
    """Where it stands, then its entries, the first one first; phone numbers are masked unless ``phones``."""
    t, tn = sight.t, sight.words.tn
    yield f"{t('H{number}', number=one.number)} {said_of(one.text, phones=phones)}"
    facts = [sight.short(one.grid), tn("{n} person", "{n} people", one.people) if one.people else "",
             sight.words.enum(one.state), said_of(one.to, phones=phones) if one.left_at else "",
             tn("{n} call", "{n} calls", one.calls) if one.calls else ""]  # fmt: skip
    yield " · ".join(fact for fact in facts if fact)
    yield ""
    calls = 0
    rows: list[tuple[str, ...]] = []
    for event in events:
        calls += event.kind in CALLS
        rows.append(_row(sight, event, calls if event.kind in CALLS else 0, phones=phones))
    yield from columns(rows)


def said_of(text: str, *, phones: bool) -> str:
    """What was typed of a household, phone numbers masked unless ``phones``."""
    return text if phones else mask_phone(text)


def _row(sight: Sight, event: Event, call: int, *, phones: bool) -> tuple[str, ...]:
    """When, what, the how manyth call, by whom, and what was said."""
    t = sight.t
    by = str(event.payload.get("by") or event.actor)
    who = sight.person(by)
    late = event.recorded_at - event.occurred_at > AHEAD
    if by != event.actor or late:
        kept = sight.person(event.actor) if by != event.actor else ""
        at = sight.stamp(event.recorded_at) if late else ""
        who += t(" (recorded: {what})", what=" ".join(part for part in (kept, at) if part))
    said = "; ".join(said_of(text, phones=phones) for name, text in event.words.items() if name != "text" and text)
    if event.kind is EventKind.EVACUATION_LISTED and event.payload.get("round"):
        said = t("a round named it")
    return (
        sight.stamp(event.occurred_at), sight.words.enum(event.kind), t("call {n}", n=call) if call else "", who, said,
    )  # fmt: skip
