"""Numbers of a briefing are their lists: over a thousand random histories, each counted again by hand."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from app.domain.briefing import Count, NoteLine, ProblemLine, Ref, RefKind, Section, Sheet, SpotLine, TaskLine, WalkLine
from app.domain.compose import CaseFact, Facts, compose, silent_roles
from app.domain.events import Event, EventKind
from app.domain.message import Name
from app.domain.org import Role, SixRole
from app.domain.policy import WhistleKind
from app.domain.posture import Posture
from app.domain.shift_log import LogEntry, LogLine, LogSource, LogState
from app.domain.whistle import (
    Assignment,
    AssignmentRole,
    AssignmentState,
    Case,
    Precision,
    Severity,
    Waiting,
    Whistle,
    WhistleState,
)
from app.services.sheet_json import sheet_from, sheet_text

SINCE = datetime(2020, 7, 2, 0, 0, tzinfo=UTC)
UNTIL = SINCE + timedelta(hours=24)
NIGHT = SINCE + timedelta(hours=10)
ENDED = {"closed", "rated", "rejected", "withdrawn"}


class History:
    """Cases, entries of the log, rounds and items as they may come, from one seed."""

    def __init__(self, seed: int) -> None:
        self.any = random.Random(seed)
        self.now = UNTIL + self.any.choice([-1, 0, 1]) * timedelta(minutes=self.any.randrange(10))
        self.cases = [self._case(number) for number in range(self.any.randrange(12))]
        self.entries = [self._entry(number) for number in range(self.any.randrange(8))]
        self.walks = [self._walk(number) for number in range(self.any.randrange(5))]
        self.problems = [self._problem(number) for number in range(self.any.randrange(6))]
        self.tasks = [self._task(number) for number in range(self.any.randrange(5))]
        self.spots = [self._spot(number) for number in range(self.any.randrange(5))]
        self.blown = {one.case.whistle.id: self._at() for one in self.cases}
        self.undone = {id_ for id_ in self.blown if self.any.random() < 0.1}

    def facts(self) -> Facts:
        """All of it as the composer is given it: the log holds what happened in the stretch."""
        lines = [self._blown(id_, at) for id_, at in self.blown.items() if SINCE <= at < UNTIL]
        lines += [self._logged(entry) for entry in self.entries]
        cases = {one.case.whistle.id: one for one in self.cases}
        return Facts("JF", SINCE, UNTIL, self.now, UNTIL + timedelta(hours=16), Posture.SEASON, (), NIGHT, lines,
                     cases, walks=self.walks, problems=self.problems, spots=self.spots, tasks=self.tasks)  # fmt: skip

    def _at(self) -> datetime:
        return SINCE + timedelta(minutes=self.any.randrange(-600, 24 * 60 + 600))

    def _maybe(self, chance: float) -> datetime | None:
        return self._at() if self.any.random() < chance else None

    def _id(self) -> UUID:
        return UUID(int=self.any.getrandbits(128))

    def _case(self, number: int) -> CaseFact:
        state = self.any.choice(list(WhistleState))
        id_, at = self._id(), self._at()
        whistle = Whistle(
            id_, state, self.any.choice(list(WhistleKind)), Severity.NORMAL, "G", "C", 1, 1, "M", "M", at,
            Precision.EXACT, at, number=f"W-20200702-{number:02}", review_flag=self.any.random() < 0.3,
            waiting=Waiting.REPORT_IN, deadline_at=self._maybe(0.8),
        )  # fmt: skip
        mine = tuple(self._assignment(id_, nth) for nth in range(self.any.randrange(4)))
        return CaseFact(Case(whistle, mine), f"case {number}", "place", ())

    def _assignment(self, case: UUID, nth: int) -> Assignment:
        at = self._at()
        came = self._maybe(0.7)
        return Assignment(
            self._id(), case, f"department {nth}", nth, 1, AssignmentRole.ASSIST,
            self.any.choice(list(AssignmentState)), 1, at, at + timedelta(minutes=5), at + timedelta(minutes=30), None,
            acknowledged_at=at + timedelta(minutes=self.any.randrange(12)) if self.any.random() < 0.8 else None,
            reported_in_at=max(came, at) if came else None,
        )  # fmt: skip

    def _entry(self, number: int) -> LogEntry:
        state, at = self.any.choice(list(LogState)), SINCE + timedelta(minutes=self.any.randrange(24 * 60))
        return LogEntry(
            self._id(), number + 1, 1, self.any.choice(list(LogSource)), state, at, Precision.EXACT, at, "M", grid="G",
            corrected_by=self._id() if self.any.random() < 0.2 else None,
            whistle_id=self._id() if self.any.random() < 0.2 else None, texts={"content": f"entry {number}"},
        )  # fmt: skip

    def _walk(self, number: int) -> WalkLine:
        missed = self.any.random() < 0.3
        return WalkLine(f"walk {number}", "", Name("巡河"), "G", SINCE, None, 3, 4, 1, not missed, missed=missed)

    def _problem(self, number: int) -> ProblemLine:
        ref = Ref(RefKind.PROBLEM, f"R/{number}", "covers")
        return ProblemLine(ref, "R", Name("井盖"), "桥", "G", SINCE, Severity.NORMAL, self.any.random() < 0.5,
                           self.any.randrange(1, 6))  # fmt: skip

    def _task(self, number: int) -> TaskLine:
        return TaskLine(Ref(RefKind.ITEM, str(number)), UNTIL, f"task {number}", late=self.any.random() < 0.5)

    def _spot(self, number: int) -> SpotLine:
        at = SINCE + timedelta(minutes=self.any.randrange(24 * 60))
        return SpotLine(Ref(RefKind.SPOT, str(number)), at, "G", "店外经营", "M", brought=self.any.random() < 0.5)

    def _blown(self, id_: UUID, at: datetime) -> LogLine:
        event = Event(
            self._id(), f"whistle/{id_.hex}", 1, EventKind.BLOWN, {}, "M", Role.GRID_MEMBER, at, at, whistle_id=id_
        )
        return LogLine(event, at, Precision.EXACT, grid="G", undone=id_ in self.undone)

    def _logged(self, entry: LogEntry) -> LogLine:
        event = Event(
            entry.id, f"log/{entry.id.hex}", 1, EventKind.LOGGED, {}, "M", Role.DUTY_OFFICER, entry.at, entry.at
        )
        return LogLine(event, entry.at, Precision.EXACT, entry, grid="G", undone=not entry.counts)


def by_hand(history: History) -> dict[Count, int]:
    """Every number counted anew, each by its own sentence of the rules and nothing of the composer."""
    now = history.now
    whole = [one.case for one in history.cases if one.case.whistle.state.value not in ("draft", "merged")]
    standing = [case.whistle for case in whole if case.whistle.state.value not in ENDED]
    new = [case.whistle for case in whole
           if SINCE <= history.blown[case.whistle.id] < UNTIL and case.whistle.id not in history.undone]  # fmt: skip
    calls = [one for one in history.entries if one.corrected_by is None and one.whistle_id is None
             and one.source.value in ("phone", "platform", "visit", "superior")]  # fmt: skip
    sent = [a for one in history.cases if one.case.whistle.state.value != "merged" for a in one.case.assignments]
    kept = [a for a in sent if a.state.value != "released"]
    in_time = [a for a in kept if a.reported_in_at and a.reported_in_at <= a.report_in_due
               and SINCE <= a.reported_in_at < UNTIL and a.reported_in_at <= now]  # fmt: skip
    too_late = [a for a in kept if not (a.reported_in_at and a.reported_in_at <= a.report_in_due)
                and SINCE <= a.report_in_due < UNTIL and a.report_in_due <= now]  # fmt: skip
    slow = [a for a in sent if SINCE <= a.acknowledge_due < UNTIL
            and not (a.state.value == "released" and a.acknowledged_at is None)
            and (a.acknowledged_at > a.acknowledge_due if a.acknowledged_at else now > a.acknowledge_due)]  # fmt: skip
    phoned = [spot for spot in history.spots if spot.brought]
    sent_on = {one.case.whistle.id for one in history.cases if one.case.assignments}
    dark = [w for w in new if history.blown[w.id] >= NIGHT]
    told = [one for one in calls if one.at >= NIGHT]
    helped = [spot for spot in phoned if spot.at >= NIGHT]
    kept_here = [w for w in dark if w.id not in sent_on]
    limits = [w.deadline_at for w in standing if w.deadline_at]
    return {
        Count.RECEIVED: len(dark) + len(told) + len(helped),
        Count.HANDLED: sum(w.state.value in ENDED for w in kept_here)
        + sum(one.state is not LogState.OPEN for one in told)
        + len(helped),
        Count.HANDED_ON: len(dark) - len(kept_here),
        Count.UNSETTLED: sum(w.state.value not in ENDED for w in kept_here)
        + sum(one.state is LogState.OPEN for one in told),
        Count.RECEIVED_BY_DAY: len(new) + len(calls) + len(phoned) - len(dark) - len(told) - len(helped),
        Count.SPOTS: len(history.spots),
        Count.OPEN: len(standing),
        Count.EMERGENCY: sum(w.kind.value == "emergency" for w in standing),
        Count.OVERDUE: sum(at < now for at in limits),
        Count.DUE_TODAY: sum(now <= at <= UNTIL + timedelta(hours=16) for at in limits),
        Count.REPORT_IN_DUE: len(in_time) + len(too_late),
        Count.REPORT_IN_ON_TIME: len(in_time),
        Count.LATE_ACKNOWLEDGED: len(slow),
        Count.ROUNDS_WALKED: sum(not walk.missed for walk in history.walks),
        Count.ROUNDS_MISSED: sum(walk.missed for walk in history.walks),
        Count.PROBLEMS: len(history.problems),
        Count.SOLVED: sum(problem.handled for problem in history.problems),
        Count.REPEATED: sum(problem.times >= 3 for problem in history.problems),
        Count.TO_REVIEW: sum(w.review_flag for w in new),
        Count.TASKS: len(history.tasks),
        Count.UNDONE: sum(task.late for task in history.tasks),
    }


@pytest.mark.parametrize("histories", [100, pytest.param(1000, marks=pytest.mark.slow)])
def test_each_number_equals_its_list_over_a_thousand_histories(histories: int) -> None:
    """Counted by hand it is the same; its list names as many things, each once; parts lie within their whole."""
    seen: set[Count] = set()
    for seed in range(histories):
        history = History(seed)
        sheet = compose(history.facts())
        told = {figure.count: figure.value for figure in sheet.figures}
        assert told == by_hand(history), seed
        for figure in sheet.figures:
            assert len(figure.refs) == len(set(figure.refs)) == figure.value, (seed, figure)
            seen |= {figure.count} if figure.value else set()
        assert_parts(sheet, seed)
    assert seen == set(Count), "every number was more than nought in some history"


def assert_parts(sheet: Sheet, seed: int) -> None:
    """What was received is one of handled, handed on, unsettled; a part never names what the whole lacks."""
    refs = {figure.count: set(figure.refs) for figure in sheet.figures}
    became = [refs[one] for one in (Count.HANDLED, Count.HANDED_ON, Count.UNSETTLED)]
    assert set().union(*became) == refs[Count.RECEIVED], seed
    assert sum(map(len, became)) == len(refs[Count.RECEIVED]), seed
    assert not refs[Count.RECEIVED] & refs[Count.RECEIVED_BY_DAY], seed
    refs[Count.RECEIVED] |= refs[Count.RECEIVED_BY_DAY]
    for part, whole in (
        (Count.EMERGENCY, Count.OPEN), (Count.OVERDUE, Count.OPEN), (Count.DUE_TODAY, Count.OPEN),
        (Count.REPORT_IN_ON_TIME, Count.REPORT_IN_DUE), (Count.SOLVED, Count.PROBLEMS),
        (Count.REPEATED, Count.PROBLEMS), (Count.TO_REVIEW, Count.RECEIVED), (Count.UNDONE, Count.TASKS),
    ):  # fmt: skip
        assert refs[part] <= refs[whole], (seed, part)


def test_what_is_signed_reads_as_it_was_composed() -> None:
    """As text and back, the same facts; the same facts give the same text."""
    for seed in range(50):
        sheet = compose(History(seed).facts())
        assert sheet_from(sheet_text(sheet)) == sheet
        assert sheet_text(sheet) == sheet_text(compose(History(seed).facts()))


def test_who_of_the_six_roles_is_silent() -> None:
    """In their order; notes of other sections are none of theirs."""
    note = NoteLine(UUID(int=1), Section.SIX_ROLES, "无", "M", SINCE, SixRole.SERVICE_HELPER)
    other = replace(note, section=Section.SAFETY, six_role=None)
    assert SixRole.SERVICE_HELPER not in silent_roles([note])
    assert silent_roles([other]) == tuple(SixRole)
