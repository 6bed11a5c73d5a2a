"""What the flood needs from a store beside the ports of every use case; reached by ``Reads.flood``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from app.domain.events import Event
from app.domain.flood import Ending, Household, Response, Signal
from app.domain.hazard import Hazard
from app.domain.posture import Posture, Standing, WaterLevel
from app.domain.round_plan import Every
from app.domain.warning import Reference

if TYPE_CHECKING:
    from app.services.ports import Reads, Writes

MOST = 500
"""Signals, levels or households that one list holds."""


class Replan(Protocol):
    """Called in the transaction in which the posture in force changes; what it writes stands or falls with it."""

    def __call__(self, writes: Writes, before: Posture, after: Posture, at: datetime) -> None: ...


Water = Callable[["Reads", datetime], WaterLevel | None]
"""The highest level that a gauge of the street has reached at an instant; None = below all, or no gauge."""


def no_water(_reads: Reads, _at: datetime) -> WaterLevel | None:
    """A street without gauges."""
    return None


def no_replan(writes: Writes, before: Posture, after: Posture, at: datetime) -> None:
    """Nobody plans rounds by the posture yet."""


Often = Callable[["Reads", Posture], Every | None]
"""How often the street's plans have a round walked under a posture; None where no plan goes by it."""


def no_plans(_reads: Reads, _posture: Posture) -> Every | None:
    """A street without plans of rounds."""
    return None


class FloodReads(Protocol):
    """Reads of signals, response levels, the posture, and who is to leave."""

    def signals_open(self, at: datetime) -> tuple[Signal, ...]:
        """Signals that can be in force and have not run out at an instant, the strictest first; later ones too."""

    def signals_standing(self, sender: str, hazard: Hazard, at: datetime, limit: int) -> tuple[Signal, ...]:
        """Signals of a sender about one thing that are in force, the latest sent first."""

    def signals_since(self, since: datetime, limit: int = MOST) -> tuple[Signal, ...]:
        """Every signal recorded since an instant, the latest sent first."""

    def signals_closed(self, since: datetime) -> tuple[Signal, ...]:
        """Signals that came to their end since an instant."""

    def signal(self, signal_id: UUID) -> Signal | None: ...
    def signals_beginning(self, text: str) -> tuple[Signal, ...]:
        """By identifier, or the beginning of the id in hex; at most a few."""

    def signal_of(self, identifier: str, sender: str, sent: datetime) -> Signal | None:
        """The one message of this name that was not taken back."""

    def named_by(self, reference: Reference) -> tuple[Signal, ...]:
        """The messages that a reference means: with its sender and time where it says them."""

    def naming(self, identifier: str, sender: str, sent: datetime) -> tuple[Signal, ...]:
        """The messages that refer to this one, the latest sent first."""

    def file_of(self, signal_id: UUID) -> bytes | None:
        """The message as it was imported, to the byte."""

    def responses_open(self, at: datetime) -> tuple[Response, ...]:
        """Response levels that have not run out at an instant, the strictest first; later ones too."""

    def responses_closed(self, since: datetime) -> tuple[Response, ...]:
        """Response levels that came to their end since an instant."""

    def responses_since(self, since: datetime, limit: int = MOST) -> tuple[Response, ...]: ...
    def response(self, response_id: UUID) -> Response | None: ...
    def ended_by(self, id_: UUID) -> tuple[tuple[Signal, ...], tuple[Response, ...]]:
        """Signals and levels that one entry brought to their end."""

    def households(self, *, returned: bool = False, limit: int = 5000) -> tuple[Household, ...]:
        """Households that are to leave or have left, by number; with ``returned`` those that came back too."""

    def household(self, number: int) -> Household | None: ...
    def household_of(self, household_id: UUID) -> Household | None: ...
    def events_on(self, stream: str) -> tuple[Event, ...]:
        """The entries of one stream in their order, with their words."""


class FloodWrites(FloodReads, Protocol):
    """Changes of the same."""

    def add_signal(
        self, signal: Signal, words_id: UUID, references: Sequence[Reference], file: bytes | None
    ) -> None: ...
    def end_signal(
        self, signal: Signal, at: datetime | None, how: Ending | None, by: UUID | None, words_id: UUID | None = None
    ) -> None:
        """Bring a signal to its end, or with None open it again; its version goes up by one."""

    def add_response(self, response: Response, words_id: UUID) -> None: ...
    def end_response(
        self, response: Response, at: datetime | None, how: Ending | None, by: UUID | None,
        words_id: UUID | None = None,
    ) -> None:  # fmt: skip
        """The same for a response level."""

    def set_standing(self, after: Standing) -> bool:
        """Put a posture in force if nobody else did since version ``after.version - 1``; whether it was done."""

    def next_household(self) -> int: ...
    def save_household(self, household: Household, words_id: UUID, left_words_id: UUID | None = None) -> None: ...
