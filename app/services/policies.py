"""The street's policy as numbered, immutable versions in the database (decisions 7)."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from app.domain.actor import SYSTEM_ACTOR, Actor
from app.domain.clocks import plan_known
from app.domain.errors import BadInput, NotFound, StoreTrouble, Trouble
from app.domain.events import Event, EventKind
from app.domain.message import Message
from app.domain.org import Role
from app.domain.permissions import administers
from app.domain.policy import Policy
from app.domain.street_index import StreetIndex
from app.services.holidays_cn import with_chinese_holidays
from app.services.policy_json import policy_from_json, policy_to_json
from app.services.ports import Clock, Reads, Store, Writes
from app.services.requests import earlier


class Policies:
    """Reads versions once each (they never change) and loads new ones."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._versions: dict[int, Policy] = {}
        self._lock = threading.Lock()

    def version(self, version: int) -> Policy:
        """One version; NotFound when the database has none of that number, StoreTrouble when it is damaged."""
        policy = self._versions.get(version)
        if policy is None:
            with self._store.read() as reads:
                body = reads.policy_json(version)
            if body is None:
                raise NotFound(Message("There is no policy version {version}.", {"version": version}))
            try:
                policy = replace(policy_from_json(body), version=version)
            except BadInput as error:
                raise StoreTrouble(error.message, Trouble.DAMAGED) from error
            with self._lock:
                self._versions[version] = policy
        return policy

    def current(self) -> Policy:
        """The newest version."""
        with self._store.read() as reads:
            newest = reads.current_policy_version()
        return self.version(newest)

    def load(self, text: str, actor: Actor, request_id: UUID, *, at: datetime | None = None, name: str = "") -> Policy:
        """Load a policy file as the next version, with China's working days filled in; BadInput names each fault.

        Working days are filled in for the years around the street's clock and, for a sample that will be
        set to another time, around ``at``. ``name`` is what sentences call the file. A file that says nothing
        new makes no new version.
        """
        years = {when.year + n for when in (self._clock.now(), at or self._clock.now()) for n in (-1, 0, 1)}
        from app.services.policy_file import FILE, read_policy  # no start reads a file

        wanted = read_policy(text, name=name or FILE)
        calendar = with_chinese_holidays(wanted.calendar, sorted(years))
        body = policy_to_json(replace(wanted, calendar=calendar, version=0))

        def work(writes: Writes) -> int:
            newest = writes.current_policy_version()
            if newest and writes.policy_json(newest) == body:
                return newest
            administers(actor, StreetIndex(writes.street()))
            known = earlier(writes, request_id, actor, {EventKind.POLICY_LOADED})
            if known is not None:
                version = known.payload["version"]
                return version if isinstance(version, int) else newest
            version = writes.add_policy(body, self._clock.now())
            writes.append([self._loaded(version, newest, actor, request_id)])
            return version

        return self.version(self._store.write(work))

    def renew_calendar(self) -> bool:
        """Fill in the plan of a year that this program has learned since the policy was loaded: a new version.

        True when one was made. Slow the first time (a library is imported), so not for the way to the first
        frame. By the program itself and once, however many desks ask; running cases keep their version.
        """
        with self._store.read() as reads:
            if self.plan_is_missing(reads) is None:
                return False
            years = self._needed_years(self.version(reads.current_policy_version()))

        def work(writes: Writes) -> bool:
            newest = writes.current_policy_version()
            policy = self.version(newest)
            calendar = with_chinese_holidays(policy.calendar, [n for n in years if not plan_known(n, policy.calendar)])
            if calendar == policy.calendar:
                return False
            version = writes.add_policy(
                policy_to_json(replace(policy, calendar=calendar, version=0)), self._clock.now()
            )
            writes.append([self._loaded(version, newest, SYSTEM_ACTOR, uuid4())])
            return True

        current = self.current().calendar
        missing = [year for year in years if not plan_known(year, current)]
        return with_chinese_holidays(current, missing) != current and self._store.write(work)

    def _loaded(self, version: int, before: int, actor: Actor, request_id: UUID) -> Event:
        now = self._clock.now()
        roles = sorted(actor.roles())
        return Event(
            id=request_id, stream="policy", stream_version=version, kind=EventKind.POLICY_LOADED,
            payload={"version": version, "before": before}, actor=actor.member,
            role=roles[0] if roles else Role.STREET_ADMIN, occurred_at=now, recorded_at=now, station=actor.station,
        )  # fmt: skip

    def plan_is_missing(self, reads: Reads) -> int | None:
        """The year whose working-day plan will soon be needed and is not published; None when all is known.

        From November on, next year's plan is expected; this year's always is.
        """
        policy = self.version(reads.current_policy_version())
        needed = self._needed_years(policy)
        return next((year for year in needed if not plan_known(year, policy.calendar)), None)

    def _needed_years(self, policy: Policy) -> list[int]:
        today = self._clock.now().astimezone(policy.calendar.zone).date()
        return [today.year] + ([today.year + 1] if today.month >= 11 else [])
