"""Random legal and illegal moves through the real services on a real file: the rows always say what the events say."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from app.domain.errors import WanggeError
from app.domain.intent import Intent, Value
from app.domain.lifecycle import possible
from app.domain.moves import BY_ACTION, MOVES, Action, Arg, ArgType, Move, Row
from app.domain.org import Role
from app.domain.policy import WhistleKind
from app.domain.whistle import DUE_STATES, Case
from app.services.whistles import LookAlike, Outcome
from tests.services.room import Room
from tests.unit.cases import (
    ADMIN,
    DEPUTY,
    LEADER,
    LEADER_B,
    LIAISONS,
    MEMBER,
    MEMBER_B,
    OFFICER,
    PLATFORM,
    SECRETARY,
    facts,
)

MOST_CASES = 3
PEOPLE = (MEMBER, MEMBER_B, SECRETARY, DEPUTY, OFFICER, LEADER, LEADER_B, ADMIN, PLATFORM, *LIAISONS.values())
TOLD = (*PEOPLE, *LIAISONS)
BY_ROLE = {
    Role.GRID_MEMBER: (MEMBER, MEMBER_B), Role.GRID_LEADER: (SECRETARY, DEPUTY), Role.DUTY_OFFICER: (OFFICER,),
    Role.DUTY_LEADER: (LEADER, LEADER_B), Role.STREET_ADMIN: (ADMIN,), Role.ZONE_PLATFORM: (PLATFORM,),
}  # fmt: skip

ENDING = frozenset({Action.WITHDRAW, Action.JOIN, Action.REJECT})
ONWARD = frozenset(
    {Action.APPROVE, Action.LEVEL_UP, Action.DISPATCH, Action.CHECK, Action.RATE, Action.REOPEN, Action.RESUME}
)

SOME = st.integers(0, 2**32).map(lambda seed: [Random(seed + n).randrange(10_000) for n in range(12)])
"""Twelve numbers that the choices of one step are made by."""


@dataclass
class Done:
    """The last action that went through: what was there before, and who could take it back."""

    intent: Intent
    whistle_id: UUID
    before: Case | None
    outcome: Outcome


def unversioned(case: Case) -> Case:
    """A case but for its versions, which go on counting."""
    return Case(replace(case.whistle, version=0), tuple(replace(a, version=0) for a in case.assignments), case.requests)


class Street(RuleBasedStateMachine):
    """A street in which anything is tried."""

    founded: Path

    @initialize()
    def begin(self) -> None:
        """A copy of the street with an emergency dispatched and a routine whistle waiting for approval."""
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "wangge.db"
        shutil.copy(self.founded, path)
        self.room = Room.open(path)
        self.last: Done | None = None
        self.known = self.room.house.desk.view()
        running = self.room.blow().case.whistle.id
        waiting = self.room.blow(facts(WhistleKind.ROUTINE, grid="JF-SH-G01", matter="litter")).case.whistle.id
        self.cases = [running, waiting]
        self.room.act(running, Action.LEVEL_UP)
        lead, *assists = list(LIAISONS)[:3]
        self.room.act(running, Action.DISPATCH, PLATFORM, lead=lead, assists=tuple(assists))

    def teardown(self) -> None:
        self._same_picture()
        for whistle_id in self.cases:
            self._holds(whistle_id)
        self.room.house.close()
        self.folder.cleanup()

    # -- what is tried --------------------------------------------------------------------------
    @rule(numbers=SOME)
    def step(self, numbers: list[int]) -> None:
        """Mostly what a desk would do next, often what it must not, sometimes again or never, now and then later."""
        kind, numbers = numbers[0] % 20, numbers[1:]
        if kind < 12:
            self._likely(numbers, onward=kind < 7)
        elif kind < 16:
            self._wild(numbers)
        elif kind == 16 and len(self.cases) < MOST_CASES:
            self._blow(numbers)
        elif kind == 17 and self.last is not None:
            self._repeat(self.last)
        elif kind == 18 and self.last is not None and self.last.before is not None:
            self._undo(self.last, self.last.before)
        else:
            self.room.later(minutes=1 + numbers[0] % 600)
            self.last = None
        if numbers[1] % 3:  # now and then several changes at once
            self._same_picture()

    def _same_picture(self) -> None:
        """A picture brought up to date shows what one read from the beginning shows, in the same order."""
        desk = self.room.house.desk
        self.known = desk.view(known=self.known)
        assert self.known.board == desk.view().board

    def _blow(self, numbers: list[int]) -> None:
        action = Action.DRAFT if numbers[0] % 2 else Action.BLOW
        intent = self.room.intent(action, told=MEMBER, facts=facts(list(WhistleKind)[numbers[1] % 4]))
        outcome = self.room.house.whistles.blow(intent, LookAlike(is_new=True))
        self.cases.append(outcome.case.whistle.id)
        self.last = Done(intent, outcome.case.whistle.id, None, outcome)

    def _likely(self, numbers: list[int], *, onward: bool) -> None:
        """A move that the state allows, by somebody of the right role, with arguments that may fit."""
        whistle_id = self.cases[numbers[0] % len(self.cases)]
        case = self.room.stored(whistle_id)
        moves = [move for move in possible(case) if move.action not in ENDING or numbers[10] % 9 == 0]
        if onward:
            moves = [move for move in moves if move.row is Row.ASSIGNMENT or move.action in ONWARD] or moves
        if moves:
            self._attempt(whistle_id, self._guided(moves[numbers[1] % len(moves)], case, numbers[2:]))

    def _wild(self, numbers: list[int]) -> None:
        """Any action by anybody, told by anybody, as seen or not."""
        whistle_id = self.cases[numbers[0] % len(self.cases)]
        case = self.room.stored(whistle_id)
        move = MOVES[numbers[1] % len(MOVES)]
        told = TOLD[numbers[2] % len(TOLD)] if numbers[3] % 2 else ""
        seen = None if numbers[4] % 3 else numbers[5] % 4
        by = PEOPLE[numbers[6] % len(PEOPLE)]
        args = self._arguments(move, case, numbers[3:])
        self._attempt(whistle_id, self.room.intent(move.action, by, told=told, seen=seen, **args))

    # -- how ----------------------------------------------------------------------------------------
    def _repeat(self, done: Done) -> None:
        """The same request finds what it did before."""
        seq, before = self.room.seq(), self.room.stored(done.whistle_id)
        if done.before is None:
            again = self.room.house.whistles.blow(done.intent, LookAlike(is_new=True))
        else:
            again = self.room.house.whistles.act(done.whistle_id, done.intent)
        assert again.already_known
        assert again.event == done.outcome.event
        assert self.room.seq() == seq
        assert self.room.stored(done.whistle_id) == before

    def _undo(self, done: Done, before: Case) -> None:
        """The case is as before, versions apart; what cannot be undone is refused."""
        outcome = self._attempt(done.whistle_id, self.room.intent(Action.UNDO, done.intent.actor.member))
        assert (outcome is not None) is BY_ACTION[done.intent.action].undoable
        if outcome is not None:
            assert unversioned(outcome.case) == unversioned(before)
        self.last = None

    def _holds(self, whistle_id: UUID) -> None:
        """Rows and events agree, and nothing somebody must act on is without a due instant."""
        self.room.check(whistle_id)
        whistle = self.room.stored(whistle_id).whistle
        assert (whistle.next_due_at is not None) is (whistle.state in DUE_STATES)

    def _attempt(self, whistle_id: UUID, intent: Intent) -> Outcome | None:
        """Goes through and writes one event (two when cases join), or is refused and writes nothing."""
        seq, before = self.room.seq(), self.room.stored(whistle_id)
        try:
            outcome = self.room.house.whistles.act(whistle_id, intent)
        except WanggeError:
            assert self.room.seq() == seq
            assert self.room.stored(whistle_id) == before
            return None
        written = 0 if outcome.already_known else 1 + (intent.action is Action.JOIN)
        assert self.room.seq() == seq + written
        assert outcome.case == self.room.stored(whistle_id)
        self._holds(whistle_id)
        if not outcome.already_known:
            self.last = Done(intent, whistle_id, before, outcome)
        return outcome

    def _guided(self, move: Move, case: Case, numbers: list[int]) -> Intent:
        args = self._arguments(move, case, numbers)
        role = sorted(move.roles)[numbers[0] % len(move.roles)]
        department = args.get("department", "")
        by = LIAISONS.get(str(department), PLATFORM)
        if role in BY_ROLE:
            by = BY_ROLE[role][numbers[1] % len(BY_ROLE[role])]
        phoned = numbers[2] % 3 == 0 and role is not Role.DUTY_OFFICER
        intent = self.room.intent(move.action, OFFICER if phoned else by, told=by if phoned else "", **args)
        if move.action is Action.CORRECT or numbers[3] % 4 == 0:
            return replace(intent, occurred_at=self.room.clock.at - timedelta(minutes=numbers[4] % 90))
        return intent

    def _arguments(self, move: Move, case: Case, numbers: list[int]) -> dict[str, Value]:
        args: dict[str, Value] = {}
        for n, arg in enumerate(move.args):
            number = numbers[3 + n % (len(numbers) - 3)]
            if arg.required or arg.name == "lead" or number % 4 == 0:
                args[arg.name] = self._value(arg, move, case, number)
        return args

    def _value(self, arg: Arg, move: Move, case: Case, number: int) -> Value:
        sent = [a.department for a in case.episode_assignments()]
        if move.row is Row.ASSIGNMENT and arg.name == "department":
            fitting = [a.department for a in case.episode_assignments() if a.state in move.assignment_states]
            sent = fitting or sent
        anybody = sent or list(LIAISONS)
        if arg.name in ("lead", "to", "assists"):
            out = {a.department for a in case.outstanding()}
            anybody = [d for d in LIAISONS if d not in out or number % 11 == 0] or anybody
        values: dict[ArgType, Callable[[], Value]] = {
            ArgType.TEXT: lambda: "已处理" if number % 9 else "",
            ArgType.DEPARTMENT: lambda: anybody[number % len(anybody)],
            ArgType.DEPARTMENTS: lambda: tuple(anybody[number % len(anybody) :][: number % 5 % 3]),
            ArgType.INSTANT: lambda: self.room.clock.at + timedelta(hours=number % 50),
            ArgType.SCORE: lambda: number % 7,
            ArgType.FLAG: lambda: number % 2 == 0,
            ArgType.CASE: lambda: self.cases[number % len(self.cases)],
            ArgType.EVENT: lambda: self._entry(case, number),
            ArgType.FACTS: lambda: facts(list(WhistleKind)[number % 4]),
        }
        return values[arg.type]()

    def _entry(self, case: Case, number: int) -> UUID:
        events = self.room.events(case.whistle.id)
        return events[number % len(events)].id


@pytest.mark.slow
def test_any_moves_in_any_order_keep_the_rows_true(founded: Path) -> None:
    """Legal or not, repeated, undone, hours apart: nothing is half written, nothing active is without a due instant."""
    machine = type("FoundedStreet", (Street,), {"founded": founded})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=10, stateful_step_count=40, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_long_walks_reach_every_corner(founded: Path, seed: int) -> None:
    """Two hundred steps, each walk the same every time: cases are closed, reopened and argued about."""
    street, chance = Street(), Random(seed)
    street.founded = founded
    street.begin()
    for _ in range(200):
        street.step([chance.randrange(10_000) for _ in range(12)])
    written = {event.kind for whistle_id in street.cases for event in street.room.events(whistle_id)}
    street.teardown()
    assert len(written) >= 20
