"""What of a warning message lists show: its texts in both languages, and what it comes to over all its infos."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.hazard import Hazard
from app.domain.posture import OF_COLOUR, Colour
from app.domain.text import NOTE_CAP
from app.domain.warned_area import Here, concerns
from app.domain.warning import Alert, CapStatus, Info, MsgType

IN_FORCE_TYPES = frozenset({MsgType.ALERT, MsgType.UPDATE})

EVERYWHERE = Here()
WITHOUT_END = timedelta(hours=24)
"""How long a message holds that names no end: CAP 1.2 (3.2.2, ``expires``) leaves that to who receives it."""


@dataclass(frozen=True, slots=True)
class Values:
    """What a message comes to."""

    colour: Colour | None
    hazard: Hazard
    type_code: str
    counts: bool
    begins_at: datetime
    expires_at: datetime


def alert_values(alert: Alert, *, drill: bool, here: Here = EVERYWHERE) -> Values:
    """Of its parts that are for the street: the strictest colour, the longest time. ``counts`` for an actual message
    that warns, in a drill an exercise too.

    A signal holds from when it takes effect, or was sent; an ``onset`` is when the weather comes, not the signal.
    """
    infos = [info for info in alert.infos if not info.lifted and concerns(info, here)]
    colours = [info.colour for info in infos if info.colour is not None]
    actual = alert.status is CapStatus.ACTUAL or (drill and alert.status is CapStatus.EXERCISE)
    effective = [info.effective for info in infos if info.effective is not None]
    ends = [info.expires for info in infos or alert.infos]
    begins = min(effective, default=alert.sent)
    expires = max((end or begins + WITHOUT_END for end in ends), default=begins + WITHOUT_END)
    return Values(
        colour=max(colours, key=lambda colour: OF_COLOUR[colour].rank, default=None),
        hazard=next((info.hazard for info in infos if info.hazard is not Hazard.OTHER), Hazard.OTHER),
        type_code=next((info.type_code for info in alert.infos if info.type_code), ""),
        counts=actual and alert.msg_type in IN_FORCE_TYPES and bool(infos or not alert.infos),
        begins_at=begins, expires_at=expires,
    )  # fmt: skip


def names_no_end(alert: Alert) -> bool:
    """Whether a part of it would hold for ever if nobody set an end."""
    return any(info.expires is None for info in alert.infos) or not alert.infos


def alert_texts(alert: Alert) -> Mapping[str, str]:
    """Event, issuer, headline and area, Chinese first, English as ``…_en`` where there is one."""
    zh, en = alert.info("zh"), alert.info("en")
    texts: dict[str, str] = {}
    for info, ending in ((zh, ""), (en if en is not zh else None, "_en")):
        if info is not None:
            texts |= {
                f"event{ending}": info.event, f"issuer{ending}": info.sender_name, f"headline{ending}": info.headline,
                f"area{ending}": _areas(area.desc for area in info.areas),
            }  # fmt: skip
    texts["issuer"] = texts.get("issuer") or alert.sender
    texts["event"] = texts.get("event") or texts.get("headline", "")[:60] or _first(alert.infos)
    return {name: text for name, text in texts.items() if text}


def _first(infos: Iterable[Info]) -> str:
    return next((category for info in infos for category in info.category), "")


def _areas(names: Iterable[str]) -> str:
    """Areas by name; of a very long list as many as find room. The message itself is kept whole."""
    text = ""
    for name in filter(None, names):
        if len(text) + len(name) > NOTE_CAP // 10:
            return f"{text} …"
        text = f"{text}; {name}" if text else name
    return text
