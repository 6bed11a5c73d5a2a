"""What the last consultation of a case decided about its lead (domain 2.7)."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.effective import effective
from app.domain.events import Event, EventKind
from app.domain.whistle import Case


def consulted_lead(case: Case, events: Sequence[Event]) -> str:
    """The lead that the running episode's last consultation named and nobody has sent yet; empty when there is none."""
    lead = ""
    for event in effective(events):
        if event.kind is EventKind.REOPENED:
            lead = ""
        elif event.kind is EventKind.CONSULTATION_CONCLUDED:
            named = event.payload.get("lead")
            lead = named if isinstance(named, str) else ""
    return "" if any(a.department == lead for a in case.outstanding()) else lead
