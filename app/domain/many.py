"""One move for many cases: for which of them it can be made, and what their next steps are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from app.domain.actor import Actor
from app.domain.message import Message
from app.domain.moves import Action, Move
from app.domain.next_step import next_step, out_of_reach, why_not
from app.domain.permissions import under
from app.domain.policy import Policy
from app.domain.whistle import WORKING_STATES, Case

MOST = 50
"""Cases that one move goes to at once."""

ONE_BY_ONE = frozenset({Action.DRAFT, Action.UNDO, Action.REVISE, Action.CORRECT})
"""What is about one case's own facts or entries: never done to many."""


def why_not_this(case: Case, move: Move, actor: Actor, policy: Policy) -> Message | None:
    """Why a move cannot go to this one of many; a dispatch raises the case first, as the single one does."""
    if move.action is Action.DISPATCH and case.whistle.state in WORKING_STATES:
        return out_of_reach(move, actor)
    return why_not(case, move) or out_of_reach(under(move, policy, case.whistle), actor)


def next_steps(cases: Sequence[Case]) -> Counter[Action]:
    """For how many cases each action is the next step; cases that wait for nobody are left out."""
    steps = (next_step(case) for case in cases)
    return Counter(step.action for step in steps if step is not None)
