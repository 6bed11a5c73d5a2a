"""The posture in force and what holds it up: signals, the response level, the gauges (domain 4.1, 4.2; behaviours 19).

Raising follows by itself from what is recorded; lowering never does: when what held the posture up is over, it stays
and is said to be lowerable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from app.domain.hazard import RAISES, Hazard
from app.domain.message import Message, Name
from app.domain.posture import (
    OF_COLOUR,
    OF_RESPONSE,
    OF_WATER,
    Colour,
    Posture,
    ResponseLevel,
    Standing,
    WaterLevel,
    strictest,
)
from app.domain.warning import CapStatus, MsgType

if TYPE_CHECKING:
    from app.domain.round_plan import Every

NO_NAME = Name("")
IN_SEASON = Standing()


class SignalSource(StrEnum):
    """How a warning came in."""

    TYPED = "typed"
    CAP = "cap"


class Ending(StrEnum):
    """How a signal or a level came to its end before its time."""

    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"
    """A later message of the same issuer stands in its place."""
    ENDED = "ended"
    UNDONE = "undone"
    """It was recorded by mistake and taken back."""


class Aside(StrEnum):
    """Why a message that warns is not in force for the street."""

    LIFTED = "lifted"
    """It says that the danger is over."""
    ELSEWHERE = "elsewhere"
    """None of its areas is the street's."""


class HouseholdState(StrEnum):
    """How far a household is with leaving (叫应, domain 4.4)."""

    TO_CALL = "to_call"
    NO_ANSWER = "no_answer"
    ANSWERED = "answered"
    LEFT = "left"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Part:
    """One hazard of a warning with the colour that is said of it; None where none is."""

    hazard: Hazard
    colour: Colour | None


@dataclass(frozen=True, slots=True)
class Signal:
    """A warning as it was recorded. ``counts``: it is of those that can be in force, no test and no cancellation."""

    id: UUID
    version: int
    identifier: str
    sender: str
    sent: datetime
    status: CapStatus
    msg_type: MsgType
    source: SignalSource
    colour: Colour | None
    hazard: Hazard
    type_code: str
    counts: bool
    begins_at: datetime
    expires_at: datetime | None
    ended_at: datetime | None
    ended_as: Ending | None
    ended_by: UUID | None
    """The message that cancelled it or took its place."""
    recorded_at: datetime
    recorded_by: str
    event: Name = NO_NAME
    issuer: Name = NO_NAME
    headline: Name = NO_NAME
    area: Name = NO_NAME
    number: str = ""
    reason: str = ""
    """Why it was cancelled by hand."""
    also: tuple[Part, ...] = ()
    """What else the message warns of, each in its own colour; the columns are of what asks for the most."""
    aside: Aside | None = None
    """Why it does not count although it warns; None where that was not noted."""

    def in_force(self, at: datetime) -> bool:
        """Whether it holds at an instant."""
        return self.counts and self.begins_at <= at and not self.over(at)

    def over(self, at: datetime) -> bool:
        """Whether its time has passed, or it was ended."""
        return any(end is not None and end <= at for end in (self.expires_at, self.ended_at))

    @property
    def posture(self) -> Posture:
        """The row of domain 4.2 it asks for; SEASON for what brings no water or is not in force."""
        return asks(self.hazard, self.colour) if self.counts else Posture.SEASON


@dataclass(frozen=True, slots=True)
class Response:
    """A response level as its document gives it: never computed, never without issuer and number (behaviours 19)."""

    id: UUID
    version: int
    level: ResponseLevel
    begins_at: datetime
    until_at: datetime | None
    ended_at: datetime | None
    ended_as: Ending | None
    ended_by: UUID | None
    recorded_at: datetime
    recorded_by: str
    issuer: str = ""
    number: str = ""
    """Number of the document."""
    reason: str = ""
    """Why it was ended by hand."""

    def in_force(self, at: datetime) -> bool:
        """Whether it holds at an instant."""
        return self.begins_at <= at and not self.over(at)

    def over(self, at: datetime) -> bool:
        """Whether its time has passed, or it was ended."""
        return any(end is not None and end <= at for end in (self.until_at, self.ended_at))

    @property
    def posture(self) -> Posture:
        """The row of domain 4.2 it asks for."""
        return OF_RESPONSE[self.level]


@dataclass(frozen=True, slots=True)
class Household:
    """A household that is to leave, or has left (domain 4.4)."""

    id: UUID
    number: int
    """How it is spoken of: 户12."""
    version: int
    grid: str
    people: int
    """0 = not known."""
    state: HouseholdState
    calls: int
    """How often it was tried."""
    added_at: datetime
    called_at: datetime | None = None
    called_by: str = ""
    answered_at: datetime | None = None
    left_at: datetime | None = None
    moved_by: str = ""
    """Member code of who saw them out."""
    returned_at: datetime | None = None
    round_id: UUID | None = None
    text: str = ""
    """Name and address, as typed."""
    to: str = ""
    """Where they went."""


@dataclass(frozen=True, slots=True)
class EvacuationCount:
    """How far a grid is, the households that have returned left out."""

    grid: str
    households: int
    people: int
    called: int
    answered: int
    left: int
    unreachable: int
    """Tried, and never answered or left."""


@dataclass(frozen=True, slots=True)
class FloodView:
    """The posture in force and what is recorded that has not run out when it was read."""

    standing: Standing = IN_SEASON
    signals: tuple[Signal, ...] = ()
    """Strictest first, the latest of the same first; also such as begin later."""
    responses: tuple[Response, ...] = ()
    water: WaterLevel | None = None
    """The highest level that a gauge has reached."""
    over: tuple[Message, ...] = ()
    """What held the posture up and is over."""
    every: Every | None = None
    """How often the street's plans have a round walked under it; None where no plan goes by the posture."""

    @property
    def posture(self) -> Posture:
        """The posture in force."""
        return self.standing.posture

    def signals_at(self, at: datetime) -> tuple[Signal, ...]:
        """Signals in force, each once: the same signal typed in and imported is one."""
        found: dict[object, Signal] = {}
        for one in self.signals:
            if one.in_force(at):
                found.setdefault((one.colour, one.event.zh or one.hazard, one.issuer.zh, one.sent), one)
        return tuple(found.values())

    def response_at(self, at: datetime) -> Response | None:
        """The strictest response level in force."""
        found = [one for one in self.responses if one.in_force(at)]
        return max(found, key=lambda one: (one.posture.rank, one.begins_at), default=None)

    def asked(self, at: datetime) -> Posture:
        """The row that applies by what is in force now."""
        return strictest(
            (
                *(one.posture for one in self.signals if one.in_force(at)),
                *(one.posture for one in self.responses if one.in_force(at)),
                *((OF_WATER[self.water],) if self.water else ()),
            )
        )

    def lower_to(self, at: datetime) -> Posture | None:
        """The posture it may be lowered to; None while something holds it up."""
        asked = self.asked(at)
        return asked if asked.rank < self.posture.rank else None

    def next_at(self, after: datetime) -> datetime | None:
        """The next instant at which something recorded comes into force."""
        begins = [one.begins_at for one in self.signals if one.counts] + [one.begins_at for one in self.responses]
        return min((at for at in begins if at > after), default=None)


def asks(hazard: Hazard, colour: Colour | None) -> Posture:
    """The row of domain 4.2 that a hazard in a colour asks for; SEASON for what brings no water."""
    return OF_COLOUR[colour] if colour and hazard in RAISES else Posture.SEASON


def parts_text(parts: Sequence[Part]) -> str:
    """How the hazards beside the first are kept among a warning's texts: ``gale blue; hail``."""
    return "; ".join(f"{one.hazard} {one.colour}" if one.colour else one.hazard.value for one in parts)


def parts_of(text: str) -> tuple[Part, ...]:
    """They as they were kept; what a later release wrote and this one does not know is left out."""
    pairs = (part.strip().partition(" ") for part in text.split(";"))
    return tuple(
        Part(Hazard(hazard), Colour(colour) if colour in _COLOURS else None)
        for hazard, _, colour in pairs if hazard in _HAZARDS
    )  # fmt: skip


_HAZARDS, _COLOURS = frozenset(Hazard), frozenset(Colour)


def spoken(posture: Posture) -> Colour | Message:
    """A posture in one word: its colour; the rows of a table name what asks for it too."""
    return Message("ordinary") if posture is Posture.SEASON else Colour(posture.value)


def holding(view: FloodView, at: datetime) -> tuple[Message, ...]:
    """What asks for how much, the strictest first: named when it keeps the posture from being lowered."""
    alike = {(one.event, one.colour, one.issuer): one for one in reversed(view.signals) if one.in_force(at)}
    asking = [(one.posture, _signal(one)) for one in reversed(alike.values())]
    asking += [(one.posture, _response(one)) for one in view.responses if one.in_force(at)]
    if view.water is not None:
        asking.append((OF_WATER[view.water], Message("a gauge at {level}", {"level": view.water})))
    asking = [one for one in asking if one[0] is not Posture.SEASON]
    return tuple(message for _, message in sorted(asking, key=lambda one: -one[0].rank))


def what_is_over(signals: Sequence[Signal], responses: Sequence[Response], above: Posture, at: datetime) -> tuple[
    Message, ...
]:  # fmt: skip
    """Of what once asked for more than ``above``: how each came to its end, the strictest first."""
    found: list[tuple[int, Message]] = [
        (-one.posture.rank, _end(_signal(one), one.ended_as, one.ended_at, one.expires_at, at)) for one in signals
        if one.counts and one.posture.rank > above.rank and one.over(at) and one.ended_as is not Ending.UNDONE
    ]  # fmt: skip
    found += [
        (-one.posture.rank, _end(_response(one), one.ended_as, one.ended_at, one.until_at, at)) for one in responses
        if one.posture.rank > above.rank and one.over(at) and one.ended_as is not Ending.UNDONE
    ]  # fmt: skip
    return tuple(message for _, message in sorted(found, key=lambda one: one[0]))[:6]


def named(one: Signal | Response) -> Message:
    """A signal or level in words: what and whose."""
    return _signal(one) if isinstance(one, Signal) else _response(one)


def _signal(one: Signal) -> Message:
    colour = one.colour or Message("no colour")
    return Message("{event} {colour} of {issuer}", {"event": one.event, "colour": colour, "issuer": one.issuer})


def _response(one: Response) -> Message:
    return Message("response {level} of {issuer}", {"level": one.level, "issuer": one.issuer})


def _end(
    what: Message, ended_as: Ending | None, ended_at: datetime | None, until: datetime | None, at: datetime
) -> Message:
    if until is not None and until <= at and (ended_at is None or until <= ended_at):
        return Message("{what} ran out at {at}", {"what": what, "at": until})
    if ended_as is Ending.SUPERSEDED:
        return Message("{what} was replaced at {at}", {"what": what, "at": ended_at})
    return Message("{what} was ended at {at}", {"what": what, "at": ended_at})
