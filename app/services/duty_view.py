"""What the desk shows of the duty clock, read in one snapshot: what waits for an answer, what comes, who runs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from app.domain.notice_file import NoticeFile, ReminderFile
from app.services.duty_ports import EngineRun
from app.services.house import House

ALIVE = timedelta(seconds=60)
"""Machine time after which a program that left no sign of life runs the clock no more."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DutyView:
    """One picture of the duty clock."""

    live: tuple[NoticeFile, ...] = ()
    """What nobody has answered: urgent ones first, then the longest due."""
    unsent: int = 0
    """Messages that failed for good or are in doubt, of notices that still wait for an answer."""
    engines: tuple[EngineRun, ...] = ()
    later: tuple[ReminderFile, ...] | None = None
    """What will come; None = not asked for."""
    ended: tuple[NoticeFile, ...] | None = None
    """What was answered or is over, of the last day; None = not asked for."""


def duty_view(house: House, *, whole: bool) -> DutyView:
    """The picture; ``whole`` = what comes and what is over too."""
    live = house.notices.live()
    now, wall = house.clock.now(), house.clock.wall()
    waiting = {file.notice.id for file in live}
    with house.store.read() as reads:
        unsent = sum(parcel.notice_id in waiting for parcel in reads.duty.unsent())
        engines = reads.duty.engines(wall - ALIVE)
    return DutyView(
        live=live,
        unsent=unsent,
        engines=engines,
        later=house.reminders.active() if whole else None,
        ended=house.notices.ended(now - DAY) if whole else None,
    )
