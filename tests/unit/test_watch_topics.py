"""Who is told of a round, by who walks it (domain 4.2)."""

from __future__ import annotations

import pytest

from app.domain.topics import Audience as A
from app.domain.watch_topics import WatchTopic as T
from app.domain.watch_topics import rungs_of_watch


@pytest.mark.parametrize(
    ("topic", "members", "leader"),
    [
        (T.ROUND_SOON, [(A.GRID_MEMBER,)], [(A.GRID_LEADER,)]),
        (
            T.ROUND_LATE,
            [(A.GRID_MEMBER, A.DUTY_OFFICER), (A.GRID_LEADER,), (A.DUTY_LEADER,)],
            [(A.GRID_LEADER, A.DUTY_OFFICER), (A.DUTY_LEADER,)],
        ),
        (T.ROUND_MISSED, [(A.DUTY_OFFICER,), (A.DUTY_LEADER,)], [(A.DUTY_OFFICER,), (A.DUTY_LEADER,)]),
        (T.ROUND_UNFINISHED, [(A.DUTY_OFFICER,), (A.GRID_LEADER,)], [(A.DUTY_OFFICER,), (A.DUTY_LEADER,)]),
        (T.CHECK_IN, [(A.DUTY_OFFICER,), (A.DUTY_LEADER,), (A.GRID_LEADER,)], [(A.DUTY_OFFICER,), (A.DUTY_LEADER,)]),
    ],
)
def test_who_walks_is_told_and_never_called_above_themselves(
    topic: T, members: list[tuple[A, ...]], leader: list[tuple[A, ...]]
) -> None:
    """A round of the grid's leader is the leader's; nobody is called twice for it."""
    assert [rung.tell for rung in rungs_of_watch(topic)] == members
    assert [rung.tell for rung in rungs_of_watch(topic, walker=A.GRID_LEADER)] == leader
