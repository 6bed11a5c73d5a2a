"""Values as JSON: field names are the domain's identifiers, times ISO with the street's offset (decisions 30)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from uuid import UUID
from zoneinfo import ZoneInfo

from app.domain.events import Json
from app.domain.message import Message

INTERNAL = frozenset({"words_id", "report_in_words_id", "decision_words_id", "pinyin", "sort"})
"""Fields that say nothing outside the database."""


class Shaper:
    """Turns frozen values into JSON: dataclass → object, enum → its value, tuple → list, Message → sentence."""

    def __init__(self, zone: ZoneInfo, say: Callable[[Message], str]) -> None:
        self._zone = zone
        self._say = say

    def instant(self, at: datetime) -> str:
        """An instant to the second, with the street's offset."""
        return at.astimezone(self._zone).isoformat(timespec="seconds")

    def shape(self, value: object) -> Json:
        """The JSON of any value of the domain; TypeError for what has no shape."""
        if isinstance(value, Enum):
            return self.shape(value.value)
        if value is None or isinstance(value, (str, bool, int, float)):
            return value
        if isinstance(value, datetime):
            return self.instant(value)
        if isinstance(value, Decimal):
            return int(value) if value == value.to_integral_value() else float(value)
        if isinstance(value, (date, time)):
            return value.isoformat()
        if isinstance(value, timedelta):
            return value.total_seconds()
        if isinstance(value, (UUID, ZoneInfo)):
            return str(value)
        if isinstance(value, Message):
            return self._say(value)
        return self._composite(value)

    def _composite(self, value: object) -> Json:
        if isinstance(value, Mapping):
            return {str(self.shape(key)): self.shape(one) for key, one in value.items()}
        if isinstance(value, (tuple, list)):
            return [self.shape(one) for one in value]
        if isinstance(value, frozenset):
            return sorted((self.shape(one) for one in value), key=str)
        if is_dataclass(value):
            return self.members(value)
        raise TypeError(f"no JSON shape for {type(value).__name__}")

    def members(self, value: object) -> dict[str, Json]:
        """The fields of a dataclass value, internal ones left out."""
        if not is_dataclass(value):
            raise TypeError(f"no JSON shape for {type(value).__name__}")
        return {one.name: self.shape(getattr(value, one.name)) for one in fields(value) if one.name not in INTERNAL}
