"""What a whistle is about: the call's ask-list, codes apart from what was typed (domain 2.8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.message import N_
from app.domain.policy import WhistleKind
from app.domain.whistle import Precision, Severity, Source

TEXT_FIELDS: Mapping[str, str] = {
    "title": N_("What happened"),
    "place_text": N_("Where, landmark"),
    "exposed": N_("Who is affected"),
    "spreading": N_("Still growing?"),
    "on_scene": N_("Who is on the spot"),
    "done_already": N_("Done already"),
    "told": N_("Told already"),
    "photo": N_("Photo, note"),
    "why": N_("Why not ourselves"),
    "caller": N_("Caller"),
    "callback": N_("Call back on"),
}
"""Typed fields of the ask-list with their labels (msgids); they are kept as words."""

REPORT_TEXTS: Mapping[str, str] = {
    "casualties": N_("Casualties and loss"),
    "trend": N_("Trend"),
    "leaders": N_("Leaders on site"),
    "request": N_("What is asked for"),
    "reported_to": N_("Reported to"),
}
"""What may be said in a report beside the report itself, by argument of the move; msgids (domain 6.2)."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The ask-list filled in. Empty codes mean unknown; ``texts`` holds only known keys of ``TEXT_FIELDS``."""

    kind: WhistleKind
    grid: str
    texts: Mapping[str, str]
    severity: Severity = Severity.NORMAL
    place: str = ""
    matter: str = ""
    source: Source = Source.PATROL
    source_number: str = ""
    occurred_at: datetime | None = None
    """When it happened; None = when it is recorded."""
    precision: Precision = Precision.EXACT


def missing(facts: Facts, *, needs_approval: bool) -> tuple[str, ...]:
    """Names of the fields still needed before the whistle can be blown (domain 2.7 guard; row 35).

    An emergency needs what and which grid, so that nothing holds it up; a kind that waits for approval
    also where, who is affected and why it is beyond the grid's own power.
    """
    known = {name for name, text in facts.texts.items() if text.strip()}
    known |= {"grid"} if facts.grid else set()
    known |= {"place_text"} if facts.place else set()
    wanted = ["grid", "title", *(("place_text", "exposed", "why") if needs_approval else ())]
    return tuple(name for name in wanted if name not in known)


ASK_LIST = ("title", "place_text", "exposed", "spreading", "on_scene", "done_already", "told", "callback")
"""What a caller is asked, in this order (domain 2.8); when and in which grid have fields of their own."""


def still_to_ask(texts: Mapping[str, str], *, place: str = "") -> tuple[str, ...]:
    """Names of the questions of the ask-list that have no answer yet; they hold nothing up."""
    answered = {name for name, text in texts.items() if text.strip()} | ({"place_text"} if place else set())
    return tuple(name for name in ASK_LIST if name not in answered)
