"""Answers of a round on their way to the disk: one after the other, each in its own transaction, none of them lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from app.domain.errors import StoreTrouble, Trouble, WanggeError
from app.domain.message import Message
from app.domain.round import Answered, Item
from app.screens.feed import patiently

if TYPE_CHECKING:
    from app.domain.checklist import Answer
    from app.domain.round_file import RoundFile
    from app.screens.seat import Seat
    from app.services.rounds import Told

PASSES = frozenset({Trouble.BUSY, Trouble.FULL, Trouble.UNREACHABLE})
"""What may be over in a moment: the answer waits and is written then."""
TRY_AGAIN = 1.0
"""Seconds until a database that could not be written to is asked again."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was given; its request number is the same however often it is sent."""

    round_id: UUID
    item: Item
    answer: Answer
    told: Told
    typed: str = ""
    """As it stood in the line, for the row when it is refused."""
    noted: bool = False
    """Whether only the words beside the answer are new."""
    sure: bool = False
    """It was asked about, and said once more."""

    @property
    def answered(self) -> Answered:
        """As it will stand in the round."""
        told = self.told
        at = told.at
        if at is None:
            raise ValueError("an answer is given at an instant")
        return Answered(self.answer, at, told.by or told.actor.member, at)


class AnswerQueue:
    """Told of every answer on the event loop; writes them on a lane in their order."""

    def __init__(
        self, seat: Seat, *, start: Callable[[], None], saved: Callable[[RoundFile, Given], None],
        refused: Callable[[Given, WanggeError], None], waits: Callable[[Message], None],
        keep: Callable[[tuple[Given, ...]], None],
    ) -> None:  # fmt: skip
        """``start`` runs ``serve`` beside the screen; ``waits`` says why an answer is not written yet.

        ``keep`` puts answers that wait somewhere else meanwhile, or forgets them when none does.
        """
        self._seat = seat
        self._start = start
        self._saved = saved
        self._refused = refused
        self._waits = waits
        self._keep = keep
        self._kept = False
        """Whether answers lie in a draft too."""
        self._given: list[Given] = []
        self._serving = False
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def waiting(self) -> tuple[Given, ...]:
        """What is not on the disk yet, the first first."""
        return tuple(self._given)

    def of(self, round_id: UUID) -> Mapping[Item, Answered]:
        """The same of one round: the last answer to each question."""
        return {given.item: given.answered for given in self._given if given.round_id == round_id}

    def notes(self, round_id: UUID) -> frozenset[Item]:
        """Questions of it of which only words beside the answer are on their way."""
        mine = [given for given in self._given if given.round_id == round_id]
        return frozenset(
            {given.item for given in mine if given.noted} - {given.item for given in mine if not given.noted}
        )

    def put(self, given: Given) -> None:
        """Write it as soon as those before it are written."""
        self._given.append(given)
        self._changed()
        self._idle.clear()
        if not self._serving:
            self._serving = True
            self._start()

    def take_up(self, left: Sequence[Given]) -> None:
        """Answers of an earlier time that were never written: they go before everything else."""
        if left:
            self._kept = True
            self._given[:0] = left
            self._idle.clear()
            if not self._serving:
                self._serving = True
                self._start()

    async def empty(self) -> None:
        """Wait until everything is written or refused."""
        await self._idle.wait()

    async def serve(self) -> None:
        """Until nothing waits."""
        try:
            while self._given:
                await self._write(self._given[0])
        finally:
            self._serving = False
            if not self._given:
                self._idle.set()

    async def _write(self, given: Given) -> None:
        lanes, house = self._seat.lanes, self._seat.open_house()
        if lanes is None:
            raise RuntimeError("the lanes are closed")
        answer = partial(house.rounds.answer, said=given.typed, noted=given.noted, sure=given.sure)
        call = lanes.run(answer, given.told, given.round_id, {given.item: given.answer})
        try:
            file = await patiently(call, self._slow)
        except StoreTrouble as error:
            if error.trouble not in PASSES:
                self._drop(given, error)
                return
            self._waits(Message("{why} {n} answers are kept and written as soon as that is over.",
                                {"why": error.message, "n": len(self._given)}))  # fmt: skip
            self._changed(waits=True)
            await asyncio.sleep(TRY_AGAIN)
        except WanggeError as error:
            self._drop(given, error)
        else:
            self._given.remove(given)
            self._changed()
            self._saved(file, given)

    def _changed(self, *, waits: bool = False) -> None:
        """What waits is kept as long as anything does."""
        if waits or self._kept:
            self._kept = bool(self._given)
            self._keep(self.waiting)

    def _drop(self, given: Given, error: WanggeError) -> None:
        self._given.remove(given)
        self._changed()
        self._refused(given, error)

    def _slow(self) -> None:
        self._waits(Message("The database is busy; {n} answers are kept and written as soon as it is free.",
                            {"n": len(self._given)}))  # fmt: skip
        self._changed(waits=True)
