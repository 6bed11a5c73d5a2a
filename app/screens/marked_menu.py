"""The moves for all marked cases: for how many of them each can be made, and what the next steps are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.domain.many import ONE_BY_ONE, next_steps, why_not_this
from app.domain.message import Message
from app.domain.moves import MOVES, Action, Move
from app.domain.permissions import roles_of
from app.screens.moves_menu import MovesMenu
from app.screens.seat import Seat

if TYPE_CHECKING:
    from app.services.whistles import CaseFile


class MarkedMenu(MovesMenu):
    """As the menu of one case; ``only`` = just these actions are offered."""

    opened_by = ("moves", "next", "record")
    beside = ()

    def __init__(self, seat: Seat, files: Sequence[CaseFile], only: Sequence[Action] = ()) -> None:
        super().__init__(seat, files[0])
        self._files = files
        self._only = only
        self._steps = next_steps([file.case for file in files])

    def title_text(self) -> str:
        """How many cases it is about."""
        return self._words.tn("One marked case: moves", "{n} marked cases: moves", len(self._files))

    def moves(self) -> list[Move]:
        """Next steps first, those of most cases before others; what cannot be done to any comes last."""
        offered = [move for move in MOVES if move.action not in ONE_BY_ONE and (
            not self._only or move.action in self._only)]  # fmt: skip
        offered.sort(key=lambda m: (self.reason(m) is not None, -self._steps[m.action], -self._able(m)))
        return offered

    def reason(self, move: Move) -> Message | None:
        """Why a move can be made to none of them; the reason itself when they all share it."""
        seat = self._seat
        if seat.read_only:
            return Message("Read only: {why}", {"why": Message(seat.read_only)})
        if seat.actor is None or seat.view is None:
            return Message("Say first who is on duty: {key}.", {"key": self._seat.keymap.way("duty")})
        reasons = [why_not_this(file.case, move, seat.actor, seat.view.policy) for file in self._files]
        if any(reason is None for reason in reasons):
            return None
        told = {self._words.say(reason) for reason in reasons if reason}
        return reasons[0] if len(told) == 1 else Message("for none of the marked cases")

    def about(self, move: Move) -> str:
        """For how many, how many wait for just this, and whose move it is."""
        parts = [self._words.t("{n}/{of} can", n=self._able(move), of=len(self._files))]
        if self._steps[move.action]:
            parts.append(self._words.t("next step of {n}", n=self._steps[move.action]))
        return " · ".join((*parts, self._words.listed(roles_of(move))))

    def _able(self, move: Move) -> int:
        actor, view = self._seat.actor, self._seat.view
        if actor is None or view is None:
            return 0
        return sum(why_not_this(file.case, move, actor, view.policy) is None for file in self._files)
