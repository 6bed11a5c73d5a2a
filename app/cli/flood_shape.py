"""The flood as JSON, the same for `status`, `flood` and `warning` (decisions 30)."""

from __future__ import annotations

from collections.abc import Sequence

from app.cli.session import Session
from app.domain.events import Json
from app.domain.flood import FloodView, Signal
from app.domain.warning import Alert


def flood_document(session: Session, view: FloodView) -> dict[str, Json]:
    """What is in force and what holds it up."""
    shaper, now = session.shaper, session.now
    lower = view.lower_to(now)
    response = view.response_at(now)
    return {
        "posture": view.posture.value,
        "since": shaper.shape(view.standing.since),
        "version": view.standing.version,
        "asked": view.asked(now).value,
        "may_be_lowered_to": lower.value if lower else None,
        "why": [shaper.shape(reason) for reason in view.over],
        "response": shaper.shape(response),
        "responses": [shaper.shape(one) for one in view.responses],
        "signals": [*signal_documents(session, view.signals)],
        "water": shaper.shape(view.water),
        "next_at": shaper.shape(view.next_at(now)),
    }


def signal_document(session: Session, one: Signal) -> dict[str, Json]:
    """A warning with its state."""
    return signal_documents(session, [one])[0]


def signal_documents(session: Session, found: Sequence[Signal]) -> list[dict[str, Json]]:
    """Several, all as they stand at one instant."""
    shaper, now = session.shaper, session.now
    return [
        {**shaper.members(one), "in_force": one.in_force(now), "asks_for": one.posture.value} for one in found
    ]  # fmt: skip


def alert_document(session: Session, alert: Alert) -> dict[str, Json]:
    """A whole message: every language, area and parameter."""
    return session.shaper.members(alert)
