"""What of a warning message lists show: its texts in both languages, and what it comes to over all its infos."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.flood import Aside, Part, asks, parts_text
from app.domain.hazard import RAISES, Hazard
from app.domain.posture import OF_COLOUR, Colour
from app.domain.text import NOTE_CAP
from app.domain.warned_area import Here, concerns
from app.domain.warning import Alert, CapStatus, Info, MsgType, info_for

IN_FORCE_TYPES = frozenset({MsgType.ALERT, MsgType.UPDATE})

EVERYWHERE = Here()
WITHOUT_END = timedelta(hours=24)
"""How long a message holds that names no end: CAP 1.2 (3.2.2, ``expires``) leaves that to who receives it."""


@dataclass(frozen=True, slots=True)
class Values:
    """What a message comes to: the hazard that asks for the most, with its own colour, and the others beside it."""

    colour: Colour | None
    hazard: Hazard
    type_code: str
    counts: bool
    begins_at: datetime
    expires_at: datetime
    also: tuple[Part, ...]
    aside: Aside | None
    texts: Mapping[str, str]
    """Event, issuer, headline and area of that hazard, Chinese first, English as ``…_en`` where there is one; what
    else is kept of it as a text."""


def alert_values(alert: Alert, *, drill: bool, here: Here = EVERYWHERE) -> Values:
    """Of its parts that are for the street: the hazard that asks for the most, in the strictest colour said of *it*.

    ``counts`` for an actual message that warns, in a drill an exercise too. It holds from when that hazard takes
    effect, or it was sent; an ``onset`` is when the weather comes, not the signal. It holds as long as any part of it
    that asks for rounds: two that bring water count as one until the later of their ends.
    """
    ours = [info for info in alert.infos if concerns(info, here)]
    live = [info for info in ours if not info.lifted]
    kinds = _kinds(live or ours or alert.infos)
    hazard, infos = kinds[0] if kinds else (Hazard.OTHER, [])
    holding = [info for one, infos_ in kinds if one is hazard or {one, hazard} <= RAISES for info in infos_]
    begins = min((info.effective for info in infos if info.effective is not None), default=alert.sent)
    actual = alert.status is CapStatus.ACTUAL or (drill and alert.status is CapStatus.EXERCISE)
    aside = None if live or not alert.infos else Aside.LIFTED if ours else Aside.ELSEWHERE
    also = tuple(Part(one, _strictest(infos_)) for one, infos_ in kinds[1:])
    kept = {"also": parts_text(also), "aside": aside.value if aside else ""}
    return Values(
        colour=None if aside is Aside.LIFTED else _strictest(infos), hazard=hazard,
        type_code=next((info.type_code for info in (*infos, *alert.infos) if info.type_code), ""),
        counts=actual and alert.msg_type in IN_FORCE_TYPES and aside is None, begins_at=begins,
        expires_at=max((info.expires or begins + WITHOUT_END for info in holding), default=begins + WITHOUT_END),
        also=also, aside=aside, texts={name: text for name, text in {**_texts(alert, infos), **kept}.items() if text},
    )  # fmt: skip


def _kinds(infos: Sequence[Info]) -> list[tuple[Hazard, list[Info]]]:
    """Each hazard with the infos that are about it, what asks for the most first.

    A language in which no kind can be told, beside one in which it can, says the same again in the same order.
    """
    spoken: dict[str, list[Info]] = {}
    for info in infos:
        spoken.setdefault(info.tongue, []).append(info)
    told = next((one for one in spoken.values() if any(info.hazard is not Hazard.OTHER for info in one)), ())
    found: dict[Hazard, list[Info]] = {}
    for one in spoken.values():
        same = told if told and all(info.hazard is Hazard.OTHER for info in one) else one
        for nth, info in enumerate(one):
            found.setdefault(same[nth % len(same)].hazard, []).append(info)
    return sorted(found.items(), key=lambda kind: _weight(*kind), reverse=True)


def _weight(hazard: Hazard, infos: Sequence[Info]) -> tuple[int, int, bool]:
    colour = _strictest(infos)
    return asks(hazard, colour).rank, OF_COLOUR[colour].rank if colour else 0, hazard is not Hazard.OTHER


def _strictest(infos: Iterable[Info]) -> Colour | None:
    colours = (info.colour for info in infos if info.colour is not None)
    return max(colours, key=lambda colour: OF_COLOUR[colour].rank, default=None)


def names_no_end(alert: Alert) -> bool:
    """Whether a part of it would hold for ever if nobody set an end."""
    return any(info.expires is None for info in alert.infos) or not alert.infos


def _texts(alert: Alert, infos: Sequence[Info]) -> dict[str, str]:
    zh, en = info_for(infos, "zh"), info_for(infos, "en")
    texts: dict[str, str] = {}
    for info, ending in ((zh, ""), (en if en is not zh else None, "_en")):
        if info is not None:
            areas = dict.fromkeys(area.desc for one in infos if one.tongue == info.tongue for area in one.areas)
            texts |= {
                f"event{ending}": info.event, f"issuer{ending}": info.sender_name, f"headline{ending}": info.headline,
                f"area{ending}": _areas(areas),
            }  # fmt: skip
    texts["issuer"] = texts.get("issuer") or alert.sender
    texts["event"] = texts.get("event") or texts.get("headline", "")[:60]
    if not texts["event"] and all(info.hazard is Hazard.OTHER for info in infos):
        texts["event"] = _first(infos)
    return texts


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
