"""What follows when the posture changes: rounds are planned anew, more people are on post, and they hear of it."""

from __future__ import annotations

from datetime import datetime

from app.domain.events import Json
from app.domain.flood import FloodView
from app.domain.posture import Posture
from app.domain.watch_topics import WatchTopic
from app.services.planning import Planner
from app.services.policies import Policies
from app.services.ports import Clock, Writes
from app.services.streets import Streets
from app.services.telling import Moment, Teller, withdraw
from app.services.watch_notices import watch_notice

SUBJECT, LOWER = "posture", "posture/lower"
"""Subjects of what is told of a change, and of that it may be lowered."""


class PostureTold:
    """Works in the transaction that changes the posture; each notice has the same id whoever makes it."""

    def __init__(self, clock: Clock, policies: Policies, streets: Streets, planner: Planner) -> None:
        self._clock = clock
        self._planner = planner
        self._teller = Teller(policies, streets)

    def changed(self, writes: Writes, before: Posture, after: Posture, at: datetime) -> None:
        """Plan the rounds anew; tell those who are on post now. What was told of the posture before is corrected."""
        moment = Moment(at, self._clock.wall())
        self._planner.bring_in_line(writes, moment)
        withdraw(writes, writes.duty.live_of_subject(SUBJECT), moment, untrue=True)
        withdraw(writes, writes.duty.live_of_subject(LOWER), moment)
        if after is before:
            return
        book = self._planner.book(writes)
        posts = book.posts(after) if book else ()
        every = self._planner.often(writes, after)
        detail: dict[str, Json] = {
            "before": before.value, "after": after.value, "posts": [post.value for post in posts],
            "rounds": int(every.day.total_seconds() // 60) if every else None,
        }  # fmt: skip
        version = writes.posture().version
        notice = watch_notice(
            WatchTopic.POSTURE, SUBJECT, "", str(version), due_at=at, now=at, detail=detail,
            urgent=after.rank > before.rank,
        )  # fmt: skip
        writes.append([self._teller.first(writes, notice, None, moment, {"posture": after.value})])

    def may_be_lowered(self, writes: Writes, view: FloodView, now: datetime) -> bool:
        """Tell the duty leader, once, that nothing holds the posture up any more; whether this call did."""
        lower = view.lower_to(now)
        live = writes.duty.live_of_subject(LOWER)
        moment = Moment(now, self._clock.wall())
        key = f"{view.standing.version}/{lower.value if lower else ''}"
        notice = watch_notice(
            WatchTopic.MAY_LOWER, LOWER, "", key, due_at=now, now=now,
            detail={"before": view.posture.value, "after": lower.value if lower else ""}, urgent=False,
        )  # fmt: skip
        withdraw(writes, [one for one in live if one.id != notice.id], moment)
        if lower is None or writes.duty.notice(notice.id) is not None:
            return False
        writes.append([self._teller.first(writes, notice, None, moment, {"posture": lower.value})])
        return True
