"""A room for tests: the real services over a real file, with a clock that stands where it is put."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from uuid import UUID, uuid5

from app.bootstrap import open_house
from app.domain.actor import Actor, Channel
from app.domain.due_history import history
from app.domain.events import Event
from app.domain.facts import Facts
from app.domain.fold import rebuild
from app.domain.intent import Intent, Value
from app.domain.moves import Action
from app.domain.whistle import Case
from app.samples.script import ScriptClock, local
from app.services.house import House
from app.services.whistles import LookAlike, Outcome
from app.settings import Settings
from tests.unit.cases import MEMBER, OFFICER, SPACE, facts

_numbers = count()


def new_request() -> UUID:
    """A request id that no other test uses."""
    return uuid5(SPACE, f"room {next(_numbers)}")


def settings_at(path: Path) -> Settings:
    """Settings whose every folder is the file's own."""
    return Settings(home=path.parent, config=path.parent, state=path.parent, database=path)


@dataclass
class Room:
    """One desk in one database. Times are the street's local ones, ``23:56`` or whole."""

    house: House
    clock: ScriptClock

    @classmethod
    def open(cls, path: Path, clock: ScriptClock | None = None, station: str = "desk-1") -> Room:
        clock = clock or ScriptClock(local("2020-07-02 23:50"))
        return cls(open_house(settings_at(path), wall=clock, station=station), clock)

    def actor(self, code: str) -> Actor:
        return self.house.duty.actor(code)

    def later(self, **span: float) -> Room:
        self.clock.at += timedelta(**span)
        return self

    def intent(
        self, action: Action, by: str = OFFICER, *, told: str = "", request_id: UUID | None = None,
        seen: int | None = None, **args: Value,
    ) -> Intent:  # fmt: skip
        channel = Channel.PHONE if told else Channel.TERMINAL
        return Intent(action, self.actor(by), request_id or new_request(), args, on_behalf_of=told, channel=channel,
                      seen=seen)  # fmt: skip

    def blow(
        self, matter: Facts | None = None, *, action: Action = Action.BLOW, look_alike: LookAlike | None = None,
        request_id: UUID | None = None, by: str = OFFICER, told: str = MEMBER,
    ) -> Outcome:  # fmt: skip
        intent = self.intent(action, by, told=told, request_id=request_id, facts=matter or facts())
        return self.house.whistles.blow(intent, look_alike)

    def act(self, case: UUID | Outcome, action: Action, by: str = OFFICER, **how: object) -> Outcome:
        whistle_id = case.case.whistle.id if isinstance(case, Outcome) else case
        return self.house.whistles.act(whistle_id, self.intent(action, by, **how))  # type: ignore[arg-type]

    # -- what is in the file --------------------------------------------------------------------
    def seq(self) -> int:
        with self.house.store.read() as reads:
            return reads.last_seq()

    def stored(self, whistle_id: UUID) -> Case:
        with self.house.store.read() as reads:
            case = reads.case(whistle_id)
        assert case is not None
        return case

    def events(self, whistle_id: UUID) -> tuple[Event, ...]:
        with self.house.store.read() as reads:
            return reads.events_of(whistle_id)

    def check(self, whistle_id: UUID) -> None:
        """The rows say what the events say: the case, its pending dues, and a next instant where one must be."""
        with self.house.store.read() as reads:
            stored, rows, events = reads.case(whistle_id), reads.dues_of(whistle_id), reads.events_of(whistle_id)
        case, dues = rebuild(events, self.house.policies.version)
        assert stored == case
        past = history(events)
        unsaid = [due for due in dues if not past.has_fired(due)]
        assert {due for due, state in rows if state == "pending"} == set(unsaid)
        assert case.whistle.next_due_at == (unsaid[0].at if unsaid else None)
