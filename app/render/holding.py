"""Who holds the desk in one line (domain 6.2)."""

from __future__ import annotations

from datetime import datetime

from app.domain.holding import Holding
from app.render.header import late_words
from app.render.sight import Sight


def holding_words(holding: Holding | None, now: datetime, sight: Sight) -> str:
    """``值班 夜班 带班领导、值班员甲、值班员乙 08:00 交班 未接班 12分``; that nobody does where that is so."""
    if holding is None:
        return sight.t("Nobody holds the desk: no shift is running.")
    shift, late = holding.shift, holding.late(now)
    said = sight.t("{kind} holds the desk until {until}: {people}", kind=shift.kind, until=sight.stamp(shift.ends_at),
                   people=tuple(sight.person(code) for code in shift.people))  # fmt: skip
    if late is None:
        return said
    return sight.t("{said} · {late}", said=said, late=late_words(late, sight))
