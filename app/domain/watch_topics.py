"""What the clock says of rounds, gauges and the posture: whom it concerns, who is called when nobody answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from app.domain.policy import Limit, LimitUnit
from app.domain.topics import Audience, Rung


class WatchTopic(StrEnum):
    """Topics of notices that belong to no case."""

    ROUND_SOON = "round_soon"
    ROUND_START = "round_start"
    ROUND_LATE = "round_late"
    """Nobody has begun it in time."""
    ROUND_MISSED = "round_missed"
    ROUND_UNFINISHED = "round_unfinished"
    """Its window is over and points are missing (behaviours 16)."""
    ROUND_TO_END = "round_to_end"
    """Everything is answered, and nobody has ended it."""
    ROUND_TOO_FEW = "round_too_few"
    """It is night now, and fewer are on their way than walk together then (domain 4.4)."""
    CHECK_IN = "check_in"
    """At night nobody has heard from a team for too long (behaviours 18)."""
    LEVEL_CROSSED = "level_crossed"
    WATER_FALLING = "water_falling"
    """Banks slump when the water falls: another round (domain 4.2)."""
    POSTURE = "posture"
    """The posture has changed; rounds are re-timed, more people are on post."""
    MAY_LOWER = "may_lower"
    """Nothing holds the posture up any more: somebody decides whether it is lowered."""


A, T = Audience, WatchTopic
_FIVE = Limit(5, LimitUnit.MINUTE)
_TEN = Limit(10, LimitUnit.MINUTE)


@dataclass(frozen=True, slots=True)
class Watching:
    """How a topic is told: at once, and who next while nobody answers."""

    tell: tuple[Audience, ...]
    then: tuple[Rung, ...] = ()
    urgent: bool = False


WATCHES: Mapping[WatchTopic, Watching] = {
    T.ROUND_SOON: Watching((A.GRID_MEMBER,)),
    T.ROUND_START: Watching((A.GRID_MEMBER,)),
    T.ROUND_LATE: Watching(
        (A.GRID_MEMBER, A.DUTY_OFFICER), (Rung((A.GRID_LEADER,), _TEN), Rung((A.DUTY_LEADER,), _TEN))
    ),
    T.ROUND_MISSED: Watching((A.DUTY_OFFICER,), (Rung((A.DUTY_LEADER,), _TEN),)),
    T.ROUND_UNFINISHED: Watching((A.DUTY_OFFICER,), (Rung((A.GRID_LEADER,), _TEN),)),
    T.ROUND_TO_END: Watching((A.DUTY_OFFICER,)),
    T.ROUND_TOO_FEW: Watching((A.DUTY_OFFICER,), (Rung((A.DUTY_LEADER,), _FIVE),), urgent=True),
    T.CHECK_IN: Watching(
        (A.DUTY_OFFICER,), (Rung((A.DUTY_LEADER,), _FIVE), Rung((A.GRID_LEADER,), _FIVE)), urgent=True
    ),
    T.LEVEL_CROSSED: Watching((A.DUTY_OFFICER, A.DUTY_LEADER), (Rung((A.STREET_ADMIN,), _TEN),), urgent=True),
    T.WATER_FALLING: Watching((A.DUTY_OFFICER,)),
    T.MAY_LOWER: Watching((A.DUTY_OFFICER, A.DUTY_LEADER)),
    T.POSTURE: Watching((A.DUTY_OFFICER, A.DUTY_LEADER), (Rung((A.STREET_ADMIN,), _TEN),), urgent=True),
}  # fmt: skip


OF_THE_STREET = frozenset({T.POSTURE, T.MAY_LOWER, T.LEVEL_CROSSED, T.WATER_FALLING})
"""Topics that concern every grid: whoever leads any of them is meant."""


def is_watch(topic: str) -> bool:
    """Whether a notice's topic is one of these."""
    return topic in _CODES


def rungs_of_watch(
    topic: WatchTopic, *, grace: timedelta | None = None, beside: tuple[Audience, ...] = (),
    walker: Audience = Audience.GRID_MEMBER,
) -> tuple[Rung, ...]:  # fmt: skip
    """The steps of a topic; ``grace`` = the first wait where the street has set one, ``beside`` = told at once too.

    ``walker`` walks the round: told in the place of the grid's members, and never called as the one above them.
    """
    told = WATCHES[topic]
    first = Rung(tuple(dict.fromkeys((*(walker if one is A.GRID_MEMBER else one for one in told.tell), *beside))))
    then = told.then if walker is A.GRID_MEMBER else _above(told.then, walker)
    if grace is None or not then:
        return (first, *then)
    minutes = Limit(max(int(grace.total_seconds() // 60), 1), LimitUnit.MINUTE)
    return (first, Rung(then[0].tell, minutes), *then[1:])


def _above(steps: tuple[Rung, ...], walker: Audience) -> tuple[Rung, ...]:
    """The steps without who walks: the duty leader is called instead, once."""
    found: dict[tuple[Audience, ...], Rung] = {}
    for step in steps:
        tell = tuple(dict.fromkeys(A.DUTY_LEADER if one is walker else one for one in step.tell))
        found.setdefault(tell, replace(step, tell=tell))
    return tuple(found.values())


_CODES = frozenset(topic.value for topic in WatchTopic)
