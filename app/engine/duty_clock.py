"""The duty clock: one round of everything that is due, in a fixed order; what fails stops nothing else (design 3)."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from app.domain.plan import DutyState, Step, plan
from app.domain.reminder import Reminder
from app.engine.firing import Firing
from app.engine.round_clock import RoundClock
from app.services.clocks import StreetClock
from app.services.duty_ports import EngineRun, ModuleRun
from app.services.policies import Policies
from app.services.ports import Store, Writes
from app.services.reminders import Reminders
from app.services.streets import Streets

BATCH = 50
"""Reminders that come in one transaction."""
ROUNDS = 40
"""How often a tick looks again for what its own work made due."""
SIGN_OF_LIFE = timedelta(seconds=25)
"""Machine time between two notes that this program runs the clock: each note wakes every desk."""
LATE = timedelta(minutes=2)
"""Street time after which something that is due and has not fired is lost (decisions 23)."""
IDLE = timedelta(minutes=3)
"""Machine time after which a module that no program ran through is idle."""
PAUSE_AFTER_TROUBLE = timedelta(seconds=5)

MODULES = ("dues", "escalation", "reminders", "standing", "rounds", "audit")
"""What a tick does, in its order; sending goes beside it, so that a slow network delays no reminder."""


@dataclass(slots=True)
class Round:
    """What one tick did."""

    at: datetime
    """Street time."""
    fired: int = 0
    stepped: int = 0
    rang: int = 0
    planned: int = 0
    """What was said of planned rounds and of teams under way, and whether rounds were created or dropped."""
    lost: tuple[UUID, ...] = ()
    """Active cases that the audit found without a next instant."""
    idle: tuple[str, ...] = ()
    """Modules that have not run through anywhere for too long."""
    troubles: dict[str, str] = field(default_factory=dict)
    """By module: the name of the error that ended it."""

    @property
    def quiet(self) -> bool:
        """Whether nothing happened."""
        return self.sound and not (self.fired or self.stepped or self.rang or self.planned)

    @property
    def sound(self) -> bool:
        """Whether the audit was clean: no case lost, no module idle, nothing failed (decisions 23)."""
        return not (self.lost or self.idle or self.troubles)


class DutyClock:
    """Runs on one thread at a time; any number of programs may run one over the same database."""

    def __init__(
        self, store: Store, clock: StreetClock, policies: Policies, streets: Streets, rounds: RoundClock, role: str,
        log: Callable[[str, BaseException], None] | None = None,
    ) -> None:  # fmt: skip
        self._store = store
        self._clock = clock
        self._policies = policies
        self._firing = Firing(store, clock, policies, streets)
        self._reminders_of_policy = Reminders(store, clock, policies, streets)
        self._rounds_of_plans = rounds
        self._log = log or _silent
        self._started = clock.wall()
        self._noted: datetime | None = None
        self._ran: dict[str, datetime] = {}
        """Machine instant at which each module last ran through in this program."""
        self.role = role
        self.owner = f"{socket.gethostname()}-{os.getpid()}-{id(self):x}"[-60:]
        self.last: Round | None = None
        self.skips: frozenset[str] = frozenset()
        """Modules that are left out: those that are tested or told apart."""

    def tick(self) -> Round:
        """Do everything that is due now."""
        self._clock.refresh()
        done = Round(self._clock.now())
        works = (self._dues, self._escalation, self._reminders, self._standing, self._rounds,
                 self._audit)  # fmt: skip
        for module, work in zip(MODULES, works, strict=True):
            if module in self.skips:
                continue
            try:
                work(done)
                if module not in done.troubles:
                    self._ran[module] = self._clock.wall()
            except Exception as error:  # noqa: BLE001 - one module's failure never stops the others
                done.troubles[module] = type(error).__name__
                self._log(module, error)
        try:
            self._note(done)
        except Exception as error:  # noqa: BLE001 - a full disk must not stop the clock
            done.troubles["note"] = type(error).__name__
            self._log("note", error)
        self.last = done
        return done

    def next_at(self) -> datetime | None:
        """The machine instant at which something is due next; None when nothing is."""
        street = self.next_street()
        if street is None:
            return None
        wall, now = self._clock.wall(), self._clock.now()
        if self.last is not None and not self.last.sound:
            return wall + PAUSE_AFTER_TROUBLE
        if self._clock.speed == 0:
            return None if street > now else wall
        return wall + (street - now) / self._clock.speed

    def next_street(self) -> datetime | None:
        """The instant of street time at which something is due next."""
        now = self._clock.now()
        with self._store.read() as reads:
            soonest = (reads.duty.next_instants().street, reads.begins_after(now, now),
                       *self._rounds_of_plans.to_end(reads).values())  # fmt: skip
        return min((at for at in soonest if at is not None), default=None)

    def leave(self) -> None:
        """This program runs the clock no more."""
        self._store.write(lambda writes: writes.duty.left(self.owner))

    # -- modules -----------------------------------------------------------------------------
    def _dues(self, done: Round) -> None:
        for _ in range(ROUNDS):
            with self._store.read() as reads:
                cases = reads.duty.cases_due(self._clock.now())
            fired = self._each(cases, self._firing.case, "dues", done)
            done.fired += fired
            if not fired:
                return

    def _escalation(self, done: Round) -> None:
        for _ in range(ROUNDS):
            now = self._clock.now()
            with self._store.read() as reads:
                state = DutyState(notices=reads.duty.notices_waking(now))
            stepped = self._each(plan(state, now), self._firing.step, "escalation", done)
            done.stepped += stepped
            if not stepped:
                return

    def _reminders(self, done: Round) -> None:
        for _ in range(ROUNDS):
            now = self._clock.now()
            with self._store.read() as reads:
                state = DutyState(reminders=reads.duty.reminders_due(now))
            due = [one.reminder for one in plan(state, now) if one.step is Step.RING and one.reminder is not None]
            batches = [due[start : start + BATCH] for start in range(0, len(due), BATCH)]
            rang = self._each(batches, self._ring, "reminders", done)
            done.rang += rang
            if not rang:
                return

    def _standing(self, done: Round) -> None:
        """Bring the standing reminders in line with policy and roster; what is due of them at once comes now."""
        if self._reminders_of_policy.bring_in_line():
            self._reminders(done)

    def _rounds(self, done: Round) -> None:
        """Put in force what was recorded ahead; create rounds, say what is to be said of them, listen at night."""
        done.planned += self._rounds_of_plans.begin()
        done.planned += self._rounds_of_plans.keep()
        done.planned += self._rounds_of_plans.remind_to_end()
        for _ in range(ROUNDS):
            now = self._clock.now()
            with self._store.read() as reads:
                state = DutyState(planned=reads.rounds.planned_due(now), walking=reads.rounds.check_ins_due(now))
            due = plan(state, now)
            planned = [one.planned for one in due if one.planned is not None]
            silent = [one.walking for one in due if one.walking is not None]
            said = self._each(planned, self._rounds_of_plans.say, "rounds", done)
            said += self._each(silent, self._rounds_of_plans.listen, "rounds", done)
            done.planned += said
            if not said:
                return

    def _ring(self, batch: list[Reminder]) -> int:
        """One transaction for many; if one of them cannot be done, each for itself."""
        try:
            return self._firing.ring(batch)
        except Exception:  # one reminder that cannot ring keeps none of the batch from ringing
            if len(batch) == 1:
                raise
            return sum(self._ring([one]) for one in batch)

    def _audit(self, done: Round) -> None:
        wall = self._clock.wall()
        with self._store.read() as reads:
            done.lost = reads.duty.without_next_instant(self._clock.now() - LATE)
            elsewhere = {run.module: run.ran_at for run in reads.duty.module_runs()}
        done.idle = tuple(
            name
            for name in MODULES
            if name != "audit"
            and wall - max(elsewhere.get(name, self._started), self._ran.get(name, self._started)) > IDLE
        )

    def _each(
        self, things: Iterable[object], work: Callable[..., int], module: str, done: Round
    ) -> int:  # fmt: skip
        """Do the same to each; one that fails is told and left, the others are done."""
        count = 0
        for thing in things:
            try:
                count += work(thing)
            except Exception as error:  # noqa: BLE001 - nor one case's the others
                done.troubles[module] = type(error).__name__
                self._log(module, error)
        return count

    def _note(self, done: Round) -> None:
        """Leave a sign that the clock runs, and that each part did: seldom, for every note wakes every desk."""
        wall = self._clock.wall()
        fresh = self._noted is not None and timedelta(0) <= wall - self._noted < SIGN_OF_LIFE
        if fresh and not done.troubles:
            return
        self._noted = wall
        run = EngineRun(self.owner, self.role, socket.gethostname(), os.getpid(), self._started, wall)
        modules = [
            ModuleRun(name, self._ran.get(name, self._started), self.owner, done.troubles.get(name, ""))
            for name in MODULES
        ]

        def work(writes: Writes) -> None:
            writes.duty.ticked(run)
            writes.duty.module_ran(modules)

        self._store.write(work)


def _silent(_module: str, _error: BaseException) -> None:
    """Nobody listens."""
