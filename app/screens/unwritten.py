"""What of the walks is not written yet: answers that wait for the database, lines typed and not sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from app.screens.unsent import Texts, Unsent

if TYPE_CHECKING:
    from uuid import UUID

    from textual.timer import Timer

    from app.domain.round import Item
    from app.screens.answer_queue import Given
    from app.screens.rounds import RoundsMode

KEEP_AFTER = 0.4
"""Seconds from a key in the line to the disk."""


class Unwritten:
    """Known at once on the event loop, copied to the drafts of this desk on a lane, and found there by its next run."""

    def __init__(self, mode: RoundsMode) -> None:
        self._mode = mode
        self._seat = mode.seat
        self._texts: Texts = {}
        self._drafts: Unsent | None = None
        """Where the copies lie; none before they were asked for what an earlier run left."""
        self._keeping: Timer | None = None

    def lines(self, round_id: UUID) -> Mapping[Item, str]:
        """What was typed and not sent, by question."""
        return self._texts.get(round_id, {})

    def keep(self, round_id: UUID, item: Item, text: str) -> None:
        """This stands in the line of a question; without a word in it, nothing is left of the line."""
        mine = self._texts.setdefault(round_id, {})
        if text.strip():
            mine[item] = text
        else:
            mine.pop(item, None)
        if self._keeping is None and self._mode.is_attached:
            self._keeping = self._mode.set_timer(KEEP_AFTER, self._copy_lines)

    async def recover(self, take_up: Callable[[tuple[Given, ...]], None]) -> bool:
        """Lines that an earlier run left are known again, its answers are taken up; False: it was done before."""
        drafts, lanes = self._seat.drafts, self._seat.lanes
        if self._drafts is not None or drafts is None or lanes is None:
            return False
        unsent = self._drafts = Unsent.of(drafts)
        for round_id, mine in (await lanes.run(unsent.left_lines)).items():
            self._texts[round_id] = {**mine, **self._texts.get(round_id, {})}
        take_up(await lanes.run(unsent.left_answers, self._seat.open_house().duty.actor))
        return True

    def keep_answers(self, waiting: Sequence[Given]) -> None:
        """Copy the answers that wait, in their order."""
        unsent, lanes = self._drafts, self._seat.lanes
        if unsent is not None and lanes is not None:
            self._mode.desk.beside(partial(lanes.run, unsent.keep_answers, unsent.answers.turn(), waiting), "draft")

    def keep_now(self, waiting: Sequence[Given]) -> None:
        """Before the program goes down; the one call here that waits for the disk."""
        unsent = self._drafts
        if unsent is None:
            return
        unsent.keep_lines(unsent.lines.turn(), self._texts)
        if waiting:
            unsent.keep_answers(unsent.answers.turn(), waiting)

    def _copy_lines(self) -> None:
        unsent, lanes = self._drafts, self._seat.lanes
        self._keeping = None
        if unsent is not None and lanes is not None:
            texts = {round_id: dict(mine) for round_id, mine in self._texts.items()}
            self._mode.desk.beside(partial(lanes.run, unsent.keep_lines, unsent.lines.turn(), texts), "draft")
