"""One decision about a case under way: the case, the intent and everything around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.domain.effective import last_effective
from app.domain.errors import IllegalMove
from app.domain.events import Event, assignment_stream, whistle_stream
from app.domain.intent import Intent
from app.domain.message import Message
from app.domain.moves import Action, Move, Row
from app.domain.org import Post
from app.domain.policy import Policy
from app.domain.street_index import StreetIndex
from app.domain.whistle import Assignment, Case, Whistle


@dataclass(frozen=True, slots=True)
class Around:
    """Everything about a decision that is not in the case: time, rules, street, history."""

    now: datetime
    policy: Policy
    """The policy the case has frozen; for a new case, the current one."""
    street: StreetIndex
    events: Sequence[Event] = ()
    """The case's events so far."""
    next_number: Callable[[], str] = str
    current_policy_version: int = 0
    other: Whistle | None = None
    """The other case that the intent names, where it names one."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision under way: what the payload builders look at."""

    case: Case | None
    whistle_id: UUID
    intent: Intent
    around: Around
    occurred: datetime
    assignment: Assignment | None

    @property
    def known(self) -> Case:
        """The case, where there must be one."""
        if self.case is None:
            raise IllegalMove(Message("There is no such case."))
        return self.case

    @property
    def whistle(self) -> Whistle:
        """The whistle, where there must be one."""
        return self.known.whistle

    @property
    def mine(self) -> Assignment:
        """The assignment, where there must be one."""
        if self.assignment is None:
            raise IllegalMove(Message("Which department?"))
        return self.assignment

    @property
    def posts(self) -> tuple[Post, ...]:
        """The posts of who really does it: the person spoken for, else the acting member."""
        spoken_for = self.intent.on_behalf_of
        return self.around.street.speaks_as(spoken_for) if spoken_for else self.intent.actor.posts

    @property
    def corrected(self) -> Event | None:
        """The event an undo or a correction is about."""
        if self.intent.action is Action.UNDO:
            return last_effective(self.around.events)
        if self.intent.action is Action.CORRECT:
            wanted = self.intent.args.get("entry")
            return next((e for e in self.around.events if e.id == wanted), None)
        return None

    def stream(self, move: Move) -> str:
        """The stream of the row the move changes."""
        if move.row is Row.ASSIGNMENT:
            return assignment_stream(self.whistle_id, self.mine.department, self.mine.nth)
        return whistle_stream(self.whistle_id)

    def nth(self, department: str) -> int:
        """The number of a department's next assignment to this case."""
        return 1 + sum(a.department == department for a in (self.case.assignments if self.case else ()))
