"""A room whose duty clock runs: time goes on from one due instant to the next, as the engine would wake."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from app.bootstrap import duty_clock
from app.domain.dues import DueKind
from app.domain.events import Event, EventKind
from app.domain.moves import Action
from app.domain.notice import Notice
from app.domain.policy import WhistleKind
from app.engine.duty_clock import DutyClock, Round
from app.samples.script import ZONE, ScriptClock, local
from app.services.notices import Notices
from app.services.whistles import LookAlike
from tests.services.room import Room, new_request
from tests.unit.cases import LEADER, MEMBER, OFFICER, PLATFORM, facts


@dataclass
class Watch:
    """A desk and its duty clock over one file."""

    room: Room
    clock: DutyClock
    rounds: list[Round] = field(default_factory=list)

    @classmethod
    def open(cls, path: Path, at: str = "2020-07-02 23:50", clock: ScriptClock | None = None) -> Watch:
        room = Room.open(path, clock or ScriptClock(local(at)))
        return cls(room, duty_clock(room.house, "watch"))

    def another(self) -> Watch:
        """A second program over the same file and clock."""
        return Watch.open(self.room.house.settings.database, clock=self.room.clock)

    # -- time --------------------------------------------------------------------------------
    @property
    def now(self) -> datetime:
        return self.room.clock.at

    def tick(self) -> Round:
        done = self.clock.tick()
        assert not done.troubles, done.troubles
        assert not done.lost
        self.rounds.append(done)
        return done

    def until(self, text: str) -> Watch:
        """Let time pass to a local time, the clock waking at every due instant on the way."""
        end = self._day(text)
        self.tick()
        while True:
            with self.room.house.store.read() as reads:
                following = reads.duty.next_instants().street
            if following is None or following > end:
                break
            assert following > self.room.clock.at, "something due was left undone"
            self.room.clock.at = following
            self.tick()
        self.room.clock.at = end
        self.tick()
        return self

    def staffed(self, text: str) -> Watch:
        """The same with people at the desk: whatever waits for half an hour is answered by whoever was told."""
        end = self._day(text)
        while self.now < end:
            self.until(f"{min(self.now + timedelta(minutes=30), end).astimezone(ZONE):%Y-%m-%d %H:%M:%S}")
            for notice in self.live():
                self.answer(notice)
        return self

    def asleep(self, text: str) -> Watch:
        """Let time pass with every program off."""
        self.room.clock.at = self._day(text)
        return self

    def _day(self, text: str) -> datetime:
        if len(text) > 8:
            return local(text)
        day = self.now.astimezone(ZONE).date()
        found = local(f"{day} {text}")
        return found if found >= self.now else local(f"{day.fromordinal(day.toordinal() + 1)} {text}")

    # -- what people do ----------------------------------------------------------------------
    @property
    def notices(self) -> Notices:
        return self.room.house.notices

    def emergency(self, *departments: str) -> UUID:
        """Blown, raised to the zone, and dispatched to these departments, all at this instant."""
        case = self.room.blow(look_alike=LookAlike(is_new=True)).case.whistle.id
        if departments:
            while self.room.stored(case).whistle.level.value != "zone":
                self.room.act(case, Action.LEVEL_UP, LEADER)
            self.room.act(case, Action.DISPATCH, PLATFORM, lead=departments[0], assists=departments[1:])
        return case

    def routine(self) -> UUID:
        """A routine whistle that waits for its approval."""
        return self.room.blow(facts(WhistleKind.ROUTINE), look_alike=LookAlike(is_new=True)).case.whistle.id

    def answer(self, notice: Notice, by: str = OFFICER, **how: object) -> Notice:
        return self.notices.answer(notice.id, self.room.actor(by), new_request(), **how)  # type: ignore[arg-type]

    # -- what there is -----------------------------------------------------------------------
    def live(self, kind: DueKind | None = None) -> list[Notice]:
        """Notices nobody has answered, of a kind where one is named."""
        return [file.notice for file in self.notices.live() if kind is None or file.notice.topic == kind.value]

    def only(self, kind: DueKind) -> Notice:
        (found,) = self.live(kind)
        return found

    def told(self, case: UUID) -> list[tuple[str, str, str, tuple[str, ...]]]:
        """Everything the clock said of a case: local time, what, department, to whom."""
        return [
            (f"{event.occurred_at.astimezone(ZONE):%H:%M:%S}", str(event.payload["topic"]),
             str(event.payload["department"]), tuple(map(str, event.payload.get("to", ()))))  # type: ignore[arg-type]
            for event in self.entries(case)
            if event.kind in (EventKind.REMINDED, EventKind.ESCALATED)
        ]  # fmt: skip

    def entries(self, case: UUID) -> tuple[Event, ...]:
        return self.room.events(case)


__all__ = ["MEMBER", "Watch"]
