"""The policy as canonical JSON and back: what the database keeps of a version, for ever unchanged (decisions 7).

A key that a later release adds is missing in earlier versions: it then keeps its default.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.errors import BadInput
from app.domain.message import Message, Name
from app.domain.org import Role
from app.domain.policy import (
    EscalationStep,
    KindPolicy,
    Limit,
    LimitUnit,
    MatterType,
    Policy,
    StandingReminder,
    WhistleKind,
    WorkCalendar,
)


@dataclass(frozen=True, slots=True)
class Codec:
    """How one field is written as plain JSON, and read again."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def policy_to_json(policy: Policy) -> str:
    """Canonical JSON: sorted keys, no blanks, the same text for the same policy. Lengths are whole seconds."""
    return json.dumps(_write(policy, POLICY), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def policy_from_json(text: str) -> Policy:
    """The policy that ``policy_to_json`` wrote; BadInput when the text is something else."""
    try:
        policy = _read(json.loads(text), POLICY, Policy)
    except (ValueError, TypeError, KeyError, AttributeError, OSError, RecursionError) as error:
        raise BadInput(Message("The stored policy cannot be read")) from error
    if not isinstance(policy, Policy):
        raise TypeError(policy)
    return policy


def _write(record: object, codecs: Mapping[str, Codec]) -> dict[str, Any]:
    return {key: codec.write(getattr(record, key)) for key, codec in codecs.items()}


def _read(stored: Mapping[str, Any], codecs: Mapping[str, Codec], record: Callable[..., Any]) -> Any:
    unknown = set(stored) - set(codecs)
    if unknown:
        raise KeyError(*unknown)
    return record(**{key: codecs[key].read(value) for key, value in stored.items()})


def _record(codecs: Mapping[str, Codec], record: Callable[..., Any]) -> Codec:
    return Codec(lambda value: _write(value, codecs), lambda stored: _read(stored, codecs, record))


def _optional(codec: Codec) -> Codec:
    return Codec(
        lambda value: None if value is None else codec.write(value),
        lambda stored: None if stored is None else codec.read(stored),
    )


def _several(codec: Codec) -> Codec:
    return Codec(
        lambda values: [codec.write(value) for value in values],
        lambda stored: tuple(codec.read(value) for value in stored),
    )


def _unordered(codec: Codec) -> Codec:
    return Codec(
        lambda values: [codec.write(value) for value in sorted(values)],
        lambda stored: frozenset(codec.read(value) for value in stored),
    )


def _seconds(length: timedelta) -> int:
    if length.microseconds:
        raise ValueError(length)
    return length.days * 86_400 + length.seconds


def _exactly(kind: type) -> Callable[[Any], Any]:
    """Reads a value that must be of just this type (a true is no number)."""

    def read(stored: Any) -> Any:
        if type(stored) is not kind:
            raise TypeError(stored)
        return stored

    return read


_TEXT = Codec(str, _exactly(str))
_WHOLE = Codec(int, _exactly(int))
_FLAG = Codec(bool, _exactly(bool))
_ROLE = Codec(str, Role)
_KIND = Codec(str, WhistleKind)
_DAY = Codec(date.isoformat, date.fromisoformat)
_CLOCK = Codec(time.isoformat, time.fromisoformat)
_LENGTH = Codec(_seconds, lambda stored: timedelta(seconds=_exactly(int)(stored)))
_ZONE = Codec(lambda zone: zone.key, ZoneInfo)
_NAME = _record({"zh": _TEXT, "en": _TEXT}, Name)
_LIMIT = _record({"n": _WHOLE, "unit": Codec(str, LimitUnit)}, Limit)
_STEP = _record({"tell": _ROLE, "after": _LIMIT}, EscalationStep)

CALENDAR: Mapping[str, Codec] = {
    "zone": _ZONE,
    "opens": _CLOCK,
    "closes": _CLOCK,
    "off": _unordered(_DAY),
    "on": _unordered(_DAY),
    "published": _unordered(_WHOLE),
}
KIND: Mapping[str, Codec] = {
    "kind": _KIND,
    "needs_approval": _FLAG,
    "acknowledge": _LIMIT,
    "report_in": _LIMIT,
    "first_feedback": _LIMIT,
    "feedback_every": _LIMIT,
    "close": _LIMIT,
    "dispatch": _LIMIT,
    "check": _LIMIT,
    "made_safe": _optional(_LIMIT),
    "close_at_most": _optional(_LIMIT),
    "consult": _optional(_LIMIT),
    "approval": _optional(_LIMIT),
    "zone_platform_after": _optional(_LIMIT),
    "escalation": _several(_STEP),
    "supervise_after": _optional(_LIMIT),
    "leader_after": _optional(_LIMIT),
    "again": _LIMIT,
    "asks_when_quiet": _FLAG,
    "report_phone": _optional(_LIMIT),
    "report_written": _optional(_LIMIT),
    "report_follow_up": _optional(_LIMIT),
    "report_final": _optional(_LIMIT),
}
MATTER: Mapping[str, Codec] = {
    "code": _TEXT,
    "name": _NAME,
    "words": _several(_TEXT),
    "lead": _TEXT,
    "assists": _several(_TEXT),
    "standard_code": _TEXT,
    "kind": _optional(_KIND),
}
STANDING: Mapping[str, Codec] = {
    "code": _TEXT,
    "name": _NAME,
    "tell": _ROLE,
    "at": _TEXT,
    "before_handover": _optional(_LENGTH),
    "urgent": _FLAG,
}
_KIND_POLICY = _record(KIND, KindPolicy)
_KINDS = Codec(
    lambda kinds: {kind.value: _KIND_POLICY.write(one) for kind, one in kinds.items()},
    lambda stored: MappingProxyType({WhistleKind(kind): _KIND_POLICY.read(one) for kind, one in stored.items()}),
)
_NUMBER = Codec(
    lambda pair: {"number": pair[0], "name": _NAME.write(pair[1])},
    lambda stored: (_TEXT.read(stored["number"]), _NAME.read(stored["name"])),
)
POLICY: Mapping[str, Codec] = {
    "version": _WHOLE,
    "calendar": _record(CALENDAR, WorkCalendar),
    "kinds": _KINDS,
    "types": _several(_record(MATTER, MatterType)),
    "remind_at_percent": _WHOLE,
    "return_adjudicator": _ROLE,
    "reopen_within": _LENGTH,
    "repeat_within": _LENGTH,
    "duplicate_within": _LENGTH,
    "undo_within": _LENGTH,
    "rate_within": _LENGTH,
    "default_score": _WHOLE,
    "draft_stale_after": _LENGTH,
    "quiet_after": _LENGTH,
    "still_on_it_within": _LENGTH,
    "no_record_after": _LENGTH,
    "emergency_numbers": _several(_NUMBER),
    "critical_words": _several(_TEXT),
    "urgent_words": _several(_TEXT),
    "reminders": _several(_record(STANDING, StandingReminder)),
    "equipment": _several(_NUMBER),
}
