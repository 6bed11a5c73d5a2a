"""A warning as its message says it: CAP 1.1, 1.2 and the Chinese GB/T 35965.1 flavour (domain 4.5)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from app.domain.hazard import Hazard
from app.domain.message import Message
from app.domain.posture import Colour
from app.domain.text import HAN


class CapStatus(StrEnum):
    """What a message is for; only an actual one is ever in force, in a drill an exercise too."""

    ACTUAL = "actual"
    EXERCISE = "exercise"
    SYSTEM = "system"
    TEST = "test"
    DRAFT = "draft"


class MsgType(StrEnum):
    """What a message does."""

    ALERT = "alert"
    UPDATE = "update"
    CANCEL = "cancel"
    ACK = "ack"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Reference:
    """An earlier message that this one updates or cancels; ``sender`` empty and ``sent`` None where it says less."""

    identifier: str
    sender: str = ""
    sent: datetime | None = None


Pairs: TypeAlias = tuple[tuple[str, str], ...]
"""(name, value) each, as the issuer wrote them."""


@dataclass(frozen=True, slots=True)
class Area:
    """Where a warning holds. Points are (latitude, longitude) in degrees, a circle's radius is in kilometres."""

    desc: str
    polygons: tuple[tuple[tuple[float, float], ...], ...] = ()
    circles: tuple[tuple[float, float, float], ...] = ()
    geocodes: tuple[tuple[str, str], ...] = ()
    """(name of the scheme, code) each."""
    altitude: str = ""
    """Lowest height, in feet above the sea as the standard has it; as the issuer wrote it."""
    ceiling: str = ""
    more: Pairs = ()
    """What no standard names: (element, text) each."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A picture, a map or a sound that goes with a warning; it is named, never fetched."""

    desc: str
    mime: str = ""
    size: str = ""
    """Bytes, as the issuer wrote it."""
    uri: str = ""
    digest: str = ""
    within: int = 0
    """Characters of it that lie in the message itself; kept with the file alone."""


@dataclass(frozen=True, slots=True)
class Info:
    """One ``<info>``: the warning in one language, or one part of it. Texts are as the issuer wrote them."""

    language: str = ""
    event: str = ""
    category: tuple[str, ...] = ()
    urgency: str = ""
    severity: str = ""
    certainty: str = ""
    colour: Colour | None = None
    """None where the message names none; green is none."""
    type_code: str = ""
    """``11B03``, where it has one."""
    hazard: Hazard = Hazard.OTHER
    effective: datetime | None = None
    onset: datetime | None = None
    expires: datetime | None = None
    sender_name: str = ""
    headline: str = ""
    description: str = ""
    instruction: str = ""
    lifted: bool = False
    """It says that the danger is over: 解除, AllClear."""
    areas: tuple[Area, ...] = ()
    parameters: Pairs = ()
    response_types: tuple[str, ...] = ()
    """What is to be done: Evacuate, Shelter, Monitor."""
    audience: str = ""
    event_codes: Pairs = ()
    web: str = ""
    contact: str = ""
    resources: tuple[Resource, ...] = ()
    more: Pairs = ()
    """What no standard names: (element, text) each."""

    @property
    def tongue(self) -> str:
        """``zh``, ``en`` or what the message says; told from the characters where it says nothing."""
        said = self.language.replace("_", "-").split("-")[0].casefold()
        if said:
            return {"chi": "zh", "zho": "zh", "cn": "zh", "eng": "en"}.get(said, said)
        return "zh" if re.search(HAN, self.event + self.headline) else "en"


@dataclass(frozen=True, slots=True)
class Alert:
    """One message, read fully. ``infos`` holds every language; ``notes`` what was odd about it."""

    identifier: str
    sender: str
    sent: datetime
    status: CapStatus = CapStatus.ACTUAL
    msg_type: MsgType = MsgType.ALERT
    references: tuple[Reference, ...] = ()
    infos: tuple[Info, ...] = ()
    signed: bool = False
    """It carries a digital signature; the program does not verify it."""
    notes: tuple[Message, ...] = ()
    source: str = ""
    """Who or what made the message, where it is not the sender."""
    scope: str = ""
    restriction: str = ""
    """Why a restricted one is."""
    addresses: tuple[str, ...] = ()
    """For whom a private one is."""
    codes: tuple[str, ...] = ()
    note: str = ""
    """What it is for; why it was cancelled, or what was wrong."""
    incidents: tuple[str, ...] = ()
    more: Pairs = ()
    """What no standard names: (element, text) each."""

    def info(self, language: str) -> Info | None:
        """The info for a reader of ``zh`` or ``en``: in that language, else in English, else the first."""
        return info_for(self.infos, language)

    def saying(self, *notes: Message) -> Alert:
        """The same with more said about it."""
        return replace(self, notes=(*self.notes, *notes))


def info_for(infos: Sequence[Info], language: str) -> Info | None:
    """Of several infos the one for a reader of ``zh`` or ``en``: in that language, else in English, else the first."""
    for wanted in (language, "en"):
        found = next((info for info in infos if info.tongue == wanted), None)
        if found is not None:
            return found
    return infos[0] if infos else None
