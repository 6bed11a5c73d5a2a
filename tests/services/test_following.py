"""Following a database: each entry once, in order, and limits that run out without anybody doing anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.dues import DueKind
from app.domain.events import EventKind
from app.domain.moves import Action
from app.services import following
from app.services.following import Following, Happened, RanOut
from tests import night as tests_night
from tests.night import local
from tests.ui.night_house import Night, found_night, summon


@pytest.fixture
def night(tmp_path: Path) -> Night:
    """A house in which nothing was blown yet."""
    return found_night(tmp_path)


def test_entries_and_silent_limits_come_once_each_in_their_order(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six departments, one comes, the limit passes, one comes late; pages of two entries lose and double nothing."""
    follower = Following(night.house, night.house.desk.seq(), night.wall.at)
    night.wall.set("07-03 00:04")
    case = night.blow(place_text="双河大桥旁人行道").case.whistle.id
    summon(night, case)
    first, second = (one.department for one in tests_night.DEPARTMENTS[:2])
    night.wall.add(minutes=10)
    night.act(case, Action.REPORT_IN, first, department=first, person="甲", said="到了")
    monkeypatch.setattr(following, "PAGE", 2)
    told: list[following.News] = []
    while news := follower.look():
        told += news
    kinds = [one.event.kind for one in told if isinstance(one, Happened)]
    assert kinds[0] is EventKind.BLOWN
    assert kinds[-1] is EventKind.REPORTED_IN
    last = [one for one in told if isinstance(one, Happened)][-1]
    assert last.case is not None
    assert last.case.whistle.reported_in == 1
    assert follower.next_limit() is not None
    night.wall.add(minutes=50)
    silent = [one for one in follower.look() if isinstance(one, RanOut)]
    late = [one for one in silent if one.kind is DueKind.REPORT_IN]
    assert len(late) == 1
    assert len(late[0].departments) == 5
    assert first not in late[0].departments
    night.act(case, Action.REPORT_IN, second, department=second, person="乙", said="到了")
    after = follower.look()
    assert [one.event.kind for one in after if isinstance(one, Happened)] == [EventKind.REPORTED_IN]
    assert not [one for one in after if isinstance(one, RanOut) and one.kind is DueKind.REPORT_IN]
    night.act(case, Action.UNDO)
    assert not [one for one in follower.look() if isinstance(one, RanOut)]
    assert follower.look() == ()


def test_a_record_that_comes_late_makes_its_limits_due_at_once(night: Night) -> None:
    """Blown at 23:00 and written down at 23:50: what should have been done by 23:30 is told with the entry."""
    night.wall.set("07-02 23:50")
    follower = Following(night.house, night.house.desk.seq(), night.wall.at)
    night.wall.at = local("07-02 21:00")
    night.blow(place_text="双河大桥")
    night.wall.set("07-02 23:51")
    news = follower.look()
    assert any(isinstance(one, RanOut) and one.kind is DueKind.DISPATCH for one in news)
    assert sum(isinstance(one, Happened) for one in news) == 1
