"""Signals, response levels, the posture in force, and who is to leave (domain 4.1, 4.2, 4.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, or_, select, text, update

from app.domain.events import Event
from app.domain.flood import Aside, Ending, Household, Response, Signal, parts_of
from app.domain.hazard import Hazard
from app.domain.message import Name
from app.domain.posture import Standing
from app.domain.warning import Reference
from app.services.flood_ports import MOST
from db.repositories.cases import END_OF_TIME, RECORDED
from db.repositories.events import EVENT, EVENTS, event_of
from db.repositories.rows import AnyRow, Rows
from db.repositories.words import WORDS, texts_of
from db.tables.base import table
from db.tables.flood import (
    AWAY,
    COUNTS,
    HouseholdRow,
    PostureRow,
    ResponseLevelRow,
    WarningFileRow,
    WarningReferenceRow,
    WarningRow,
)

WARNING, REFERENCE, FILE = table(WarningRow), table(WarningReferenceRow), table(WarningFileRow)
LEVEL, POSTURE, HOUSEHOLD = table(ResponseLevelRow), table(PostureRow), table(HouseholdRow)
_W, _L, _H = WARNING.c, LEVEL.c, HOUSEHOLD.c
_LATER = WORDS.alias("later_words")
_FEW = 12
_ASIDES = {one.value: one for one in Aside}

_SIGNAL_FIELDS = [field.name for field in fields(Signal)][:19]
_NAMES = ("event", "issuer", "headline", "area")
_RESPONSE_FIELDS = [field.name for field in fields(Response)][:10]
_HOUSEHOLD_FIELDS = [field.name for field in fields(Household)][:15]
"""Fields that are columns; the rest are texts."""

_SIGNALS = (
    select(*(_W[name] for name in _SIGNAL_FIELDS), WORDS.c.body, _LATER.c.body)
    .outerjoin_from(WARNING, WORDS, WORDS.c.id == _W.words_id)
    .outerjoin(_LATER, _LATER.c.id == _W.end_words_id)
)
_OPEN = _SIGNALS.where(text(f"warning.{COUNTS}"), _W.closes_at > bindparam("at"))
_CLOSED = _SIGNALS.where(text(f"warning.{COUNTS}"), _W.closes_at >= bindparam("since"), _W.closes_at < END_OF_TIME)
_SINCE = _SIGNALS.where(_W.recorded_at >= bindparam("since")).order_by(_W.sent.desc(), _W.id).limit(bindparam("most"))
_STANDS = or_(_W.ended_as.is_(None), _W.ended_as != Ending.UNDONE)
_NAMED = _SIGNALS.where(_W.identifier == bindparam("identifier"), _STANDS)
_NAMING = (
    select(REFERENCE.c.warning_id, REFERENCE.c.sender, REFERENCE.c.sent)
    .where(REFERENCE.c.identifier == bindparam("identifier"))
)  # fmt: skip
_LEVELS = (
    select(*(_L[name] for name in _RESPONSE_FIELDS), WORDS.c.body, _LATER.c.body)
    .outerjoin_from(LEVEL, WORDS, WORDS.c.id == _L.words_id)
    .outerjoin(_LATER, _LATER.c.id == _L.end_words_id)
)
_HOUSEHOLDS = (
    select(*(_H[name] for name in _HOUSEHOLD_FIELDS), WORDS.c.body, _LATER.c.body)
    .outerjoin_from(HOUSEHOLD, WORDS, WORDS.c.id == _H.words_id)
    .outerjoin(_LATER, _LATER.c.id == _H.left_words_id)
)
_ON_STREAM = EVENTS.where(EVENT.c.stream == bindparam("stream")).order_by(EVENT.c.stream_version)


class FloodReading(Rows):
    """``app.services.flood_ports.FloodReads`` over one transaction."""

    # -- signals -----------------------------------------------------------------------------
    def signals_open(self, at: datetime) -> tuple[Signal, ...]:
        """Signals that have not run out, the strictest first."""
        return _strictest(self._all(_OPEN, _signal, {"at": at}))

    def signals_standing(self, sender: str, hazard: Hazard, at: datetime, limit: int) -> tuple[Signal, ...]:
        """Signals of a sender about one thing that are in force, the latest sent first."""
        statement = _OPEN.where(_W.sender == sender, _W.hazard == hazard, _W.begins_at <= at)
        return tuple(self._all(statement.order_by(_W.sent.desc()).limit(limit), _signal, {"at": at}))

    def signals_since(self, since: datetime, limit: int = MOST) -> tuple[Signal, ...]:
        """Every signal recorded since an instant, the latest sent first."""
        return tuple(self._all(_SINCE, _signal, {"since": since, "most": limit}))

    def signals_closed(self, since: datetime) -> tuple[Signal, ...]:
        """Signals that came to their end since an instant."""
        return _strictest(self._all(_CLOSED, _signal, {"since": since}))

    def signal(self, signal_id: UUID) -> Signal | None:
        """One signal."""
        return self._one(_SIGNALS.where(_W.id == bindparam("id")), _signal, {"id": signal_id})

    def signals_beginning(self, text: str) -> tuple[Signal, ...]:
        """By identifier, or the beginning of the id."""
        exact = self._all(_NAMED.order_by(_W.sent.desc()).limit(_FEW), _signal, {"identifier": text})
        digits = text.lower().removeprefix("#").replace("-", "")
        if exact or not 4 <= len(digits) <= 32 or digits.strip("0123456789abcdef"):
            return tuple(exact)
        low, high = UUID(digits.ljust(32, "0")), UUID(digits.ljust(32, "f"))
        return tuple(self._all(_SIGNALS.where(_W.id.between(low, high)).limit(_FEW), _signal))

    def signal_of(self, identifier: str, sender: str, sent: datetime) -> Signal | None:
        """The one message of this name that was not taken back."""
        statement = _NAMED.where(_W.sender == bindparam("sender"), _W.sent == bindparam("sent"))
        return self._one(statement, _signal, {"identifier": identifier, "sender": sender, "sent": sent})

    def named_by(self, reference: Reference) -> tuple[Signal, ...]:
        """The messages that a reference means; a wrong time does not keep a message from being found."""
        found = self._all(_NAMED, _signal, {"identifier": reference.identifier})
        mine = [one for one in found if reference.sender in ("", one.sender)]
        return tuple([one for one in mine if one.sent == reference.sent] or mine)

    def naming(self, identifier: str, sender: str, sent: datetime) -> tuple[Signal, ...]:
        """The messages that refer to this one, the latest sent first."""
        ids = [id_ for id_, of, at in self._all(_NAMING, tuple, {"identifier": identifier})
               if of in ("", sender) and at in (None, sent)]  # fmt: skip
        found = self._all(_SIGNALS.where(_W.id.in_(ids), _STANDS), _signal) if ids else []
        return tuple(sorted(found, key=lambda one: one.sent, reverse=True))

    def file_of(self, signal_id: UUID) -> bytes | None:
        """The message as it was imported."""
        found = select(FILE.c.body).join_from(FILE, WARNING, FILE.c.digest == _W.file).where(_W.id == signal_id)
        body: bytes | None = self._connection.scalar(found)
        return body

    # -- response levels ---------------------------------------------------------------------
    def responses_open(self, at: datetime) -> tuple[Response, ...]:
        """Response levels that have not run out, the strictest first."""
        return _strictest_level(self._all(_LEVELS.where(_L.closes_at > at), _response))

    def responses_closed(self, since: datetime) -> tuple[Response, ...]:
        """Response levels that came to their end since an instant."""
        ended = _LEVELS.where(_L.closes_at >= since, _L.closes_at < END_OF_TIME)
        return _strictest_level(self._all(ended, _response))

    def responses_since(self, since: datetime, limit: int = MOST) -> tuple[Response, ...]:
        """Response levels recorded since an instant, the latest first."""
        statement = _LEVELS.where(_L.recorded_at >= since).order_by(_L.recorded_at.desc(), _L.id).limit(limit)
        return tuple(self._all(statement, _response))

    def response(self, response_id: UUID) -> Response | None:
        """One response level."""
        return self._one(_LEVELS.where(_L.id == response_id), _response)

    def ended_by(self, id_: UUID) -> tuple[tuple[Signal, ...], tuple[Response, ...]]:
        """What one entry brought to its end."""
        return (
            tuple(self._all(_SIGNALS.where(_W.ended_by == id_), _signal)),
            tuple(self._all(_LEVELS.where(_L.ended_by == id_), _response)),
        )

    # -- households --------------------------------------------------------------------------
    def households(self, *, returned: bool = False, limit: int = 5000) -> tuple[Household, ...]:
        """Households by number."""
        statement = _HOUSEHOLDS.order_by(_H.number.desc()).limit(limit)
        if not returned:
            statement = statement.where(text(f"household.{AWAY}"))
        return tuple(reversed(self._all(statement, _household)))

    def household(self, number: int) -> Household | None:
        """By number."""
        return self._one(_HOUSEHOLDS.where(_H.number == number), _household)

    def household_of(self, household_id: UUID) -> Household | None:
        """By id."""
        return self._one(_HOUSEHOLDS.where(_H.id == household_id), _household)

    def events_on(self, stream: str) -> tuple[Event, ...]:
        """The entries of one stream in their order."""
        return tuple(self._all(_ON_STREAM, event_of, {"stream": stream}))


class FloodWriting(FloodReading):
    """``app.services.flood_ports.FloodWrites`` over one transaction."""

    def add_signal(self, signal: Signal, words_id: UUID, references: Sequence[Reference], file: bytes | None) -> None:
        """Store a message with what it refers to and the file it came in."""
        row: dict[str, Any] = {name: getattr(signal, name) for name in _SIGNAL_FIELDS}
        row |= {"words_id": words_id, "closes_at": _closes(signal.expires_at, signal.ended_at)}
        row["file"] = self._kept(file) if file is not None else None
        self._insert(WARNING, row)
        if references:
            self._connection.execute(insert(REFERENCE), [
                {"warning_id": signal.id, "nth": nth, "identifier": one.identifier, "sender": one.sender,
                 "sent": one.sent} for nth, one in enumerate(references, 1)
            ])  # fmt: skip

    def _kept(self, file: bytes) -> str:
        """The digest of a file that is stored once, however many messages it holds."""
        digest = _digest(file)
        if self._connection.scalar(select(FILE.c.digest).where(FILE.c.digest == digest)) is None:
            self._connection.execute(insert(FILE), {"digest": digest, "body": file})
        return digest

    def end_signal(
        self, signal: Signal, at: datetime | None, how: Ending | None, by: UUID | None, words_id: UUID | None = None
    ) -> None:
        """Bring a signal to its end, or open it again."""
        row = {"version": signal.version + 1, "ended_at": at, "ended_as": how, "ended_by": by,
               "end_words_id": words_id, "closes_at": _closes(signal.expires_at, at)}  # fmt: skip
        self._connection.execute(update(WARNING).where(_W.id == signal.id).values(**row))

    def add_response(self, response: Response, words_id: UUID) -> None:
        """Store a response level."""
        row: dict[str, Any] = {name: getattr(response, name) for name in _RESPONSE_FIELDS}
        self._insert(LEVEL, row | {"words_id": words_id, "closes_at": _closes(response.until_at, response.ended_at)})

    def end_response(
        self, response: Response, at: datetime | None, how: Ending | None, by: UUID | None,
        words_id: UUID | None = None,
    ) -> None:  # fmt: skip
        """Bring a response level to its end, or open it again."""
        row = {"version": response.version + 1, "ended_at": at, "ended_as": how, "ended_by": by,
               "end_words_id": words_id, "closes_at": _closes(response.until_at, at)}  # fmt: skip
        self._connection.execute(update(LEVEL).where(_L.id == response.id).values(**row))

    def set_standing(self, after: Standing) -> bool:
        """Put a posture in force if nobody else did meanwhile."""
        row = {"posture": after.posture, "since": after.since, "version": after.version, "by_event": after.by_event}
        if after.version == 1:
            self._insert(POSTURE, {"id": 1, **row})
            return True
        changed = update(POSTURE).where(POSTURE.c.id == 1, POSTURE.c.version == after.version - 1).values(**row)
        return self._connection.execute(changed).rowcount == 1

    def next_household(self) -> int:
        """The next number of a household."""
        return (self._connection.scalar(select(func.max(_H.number))) or 0) + 1

    def save_household(self, household: Household, words_id: UUID, left_words_id: UUID | None = None) -> None:
        """Write where a household stands; its grid remembers that something was recorded there."""
        row: dict[str, Any] = {name: getattr(household, name) for name in _HOUSEHOLD_FIELDS}
        if left_words_id is not None:
            row["left_words_id"] = left_words_id
        if household.version == 1:
            self._insert(HOUSEHOLD, row | {"words_id": words_id})
        else:
            self._connection.execute(update(HOUSEHOLD).where(_H.id == household.id).values(**row))
        at = max(filter(None, (household.added_at, household.called_at, household.left_at, household.returned_at)))
        self._connection.execute(RECORDED, {"grid": household.grid, "at": at})


@lru_cache(maxsize=2)
def _digest(file: bytes) -> str:
    """Of a feed it is asked for once for each of its messages."""
    return sha256(file).hexdigest()


def _closes(*ends: datetime | None) -> datetime:
    return min((end for end in ends if end is not None), default=END_OF_TIME)


def _strictest(found: list[Signal]) -> tuple[Signal, ...]:
    return tuple(sorted(found, key=lambda one: (-one.posture.rank, -one.sent.timestamp(), one.id)))


def _strictest_level(found: list[Response]) -> tuple[Response, ...]:
    return tuple(sorted(found, key=lambda one: (-one.posture.rank, -one.begins_at.timestamp(), one.id)))


def _signal(row: AnyRow) -> Signal:
    *plain, body, later = row
    said = texts_of(body)
    named = [Name(said.get(name, ""), said.get(f"{name}_en", "")) for name in _NAMES]
    aside = _ASIDES.get(said.get("aside", ""))
    return Signal(*(*plain, *named, said.get("number", ""), texts_of(later).get("reason", ""),
                    parts_of(said["also"]) if "also" in said else (), aside))  # fmt: skip


def _response(row: AnyRow) -> Response:
    *plain, body, later = row
    said = texts_of(body)
    return Response(*(*plain, said.get("issuer", ""), said.get("number", ""), texts_of(later).get("reason", "")))


def _household(row: AnyRow) -> Household:
    *plain, body, left = row
    return Household(*(*plain, texts_of(body).get("text", ""), texts_of(left).get("to", "")))
