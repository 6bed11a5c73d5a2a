"""The two samples: the facts of the night, every state of the street, nothing later than their clock (decisions 21)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.domain.actor import Channel
from app.domain.due_history import history
from app.domain.errors import BadInput
from app.domain.events import Event, EventKind
from app.domain.fold import rebuild
from app.domain.grid_status import GridWord
from app.domain.moves import Action
from app.domain.org import Role
from app.domain.whistle import (
    BOARD_STATES,
    Assignment,
    AssignmentState,
    Case,
    Precision,
    RequestState,
    WhistleState,
    late_acknowledge,
    no_show,
)
from app.samples.build import build_sample
from app.samples.morning_steps import AttendStep, ItemStep
from app.samples.night import LINES as NIGHT_LINES
from app.samples.script import Line, PlanStep, RoundStep, ScriptClock, Spot, Step, local
from app.samples.street import LINES as STREET_LINES
from app.services.house import House
from app.services.whistles import CaseFile
from tests import night
from tests.services.room import settings_at
from tests.unit.cases import refused, street

ZONE = ZoneInfo("Asia/Shanghai")
WALL = datetime(2026, 1, 5, 4, 0, tzinfo=UTC)
MORNING = local("2020-07-03 08:00")
PROMISE = 3.0
"""Seconds in which a sample is made; a test allows five times as much (decisions 29)."""


RANK = "甲乙丙丁"
POSTS = (
    "网格员", "工作人员", "书记", "社区干部", "驻格员", "驻格民警", "带班领导", "值班员", "管理员", "常驻员",
    "班长", "师傅", "队长", "队员", "干部", "民警",
)  # fmt: skip
"""What people are called instead of their names (domain 9)."""

TOOK: list[float] = []
"""Seconds of the processor that each sample took to be made: other tests run beside this one."""


def made(folder: Path, sample: str, at: datetime | None = None) -> House:
    """A sample in a fresh file, at a machine clock years later."""
    began = time.process_time()
    house = build_sample(settings_at(folder / f"{sample}.db"), sample, at, ScriptClock(WALL))
    TOOK.append(time.process_time() - began)
    return house


@pytest.fixture(scope="module")
def opening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The night where the demo opens, 23:53."""
    house = made(tmp_path_factory.mktemp("opening"), "night")
    yield house
    house.close()


@pytest.fixture(scope="module")
def over(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The night when it is over, 08:00."""
    house = made(tmp_path_factory.mktemp("over"), "night", MORNING)
    yield house
    house.close()


@pytest.fixture(scope="module")
def autumn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The street on 26 October."""
    house = made(tmp_path_factory.mktemp("autumn"), "street")
    yield house
    house.close()


def cases(house: House) -> list[CaseFile]:
    """Every case of a sample, with its timeline."""
    with house.store.read() as reads:
        touched = [change.whistle_id for change in reads.changes_since(0, 10_000)]
    return [house.whistles.file(whistle_id) for whistle_id in dict.fromkeys(touched) if whistle_id is not None]


def of(case: Case, department: str) -> Assignment:
    found = case.current(department)
    assert found is not None
    return found


def manhole(house: House) -> CaseFile:
    return house.whistles.file(house.whistles.find(night.NUMBER))


# -- both -------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("sample", ["opening", "over", "autumn"])
def test_what_is_stored_is_what_the_events_say(sample: str, request: pytest.FixtureRequest) -> None:
    """Each case folds from its events to its rows, and has a next instant exactly while somebody must act."""
    house: House = request.getfixturevalue(sample)
    for file in cases(house):
        case, dues = rebuild(file.events, house.policies.version)
        assert file.case == case
        with house.store.read() as reads:
            pending = [due for due, state in reads.dues_of(case.whistle.id) if state == "pending"]
        past = history(file.events)
        assert sorted(pending, key=str) == sorted((due for due in dues if not past.has_fired(due)), key=str)
        assert (case.whistle.next_due_at is None) is (not dues)


@pytest.mark.parametrize("sample", ["opening", "over", "autumn"])
def test_nothing_is_later_than_the_clock(sample: str, request: pytest.FixtureRequest) -> None:
    """A drill, standing where it was asked for; nothing happened, was recorded or was solved after that."""
    house: House = request.getfixturevalue(sample)
    now = house.clock.now()
    assert house.station.drill
    with house.store.read() as reads:
        assert reads.last_occurred_at() == now
    for file in cases(house):
        for event in file.events:
            assert event.occurred_at <= event.recorded_at <= now
        assert file.case.whistle.occurred_at <= now
    assert all(spot.occurred_at <= now for spot in house.duty.spots(now - timedelta(days=90)))
    assert house.duty.shift() is not None


@pytest.mark.parametrize("lines", [NIGHT_LINES, STREET_LINES], ids=["night", "street"])
def test_everything_is_told_by_codes_of_the_sample_street(lines: tuple[Line, ...]) -> None:
    """Members, departments and places are those of the file, all under the names of their posts."""
    index = street()
    for line in lines:
        told = (line.told,) if isinstance(line, Step) else (line.by,) if isinstance(line, Spot | RoundStep) else ()
        team = line.team if isinstance(line, RoundStep) else line.here if isinstance(line, AttendStep) else ()
        owner = (line.owner,) if isinstance(line, ItemStep) else ()
        named = {line.who, *told, *team, *owner} - {""}
        for code in named:
            assert code in index.members or code in index.departments
            if code in index.members:
                assert index.members[code].name.zh.rstrip(RANK).endswith(POSTS)
        if isinstance(line, Step) and line.on:
            assert line.on in index.departments
        if isinstance(line, PlanStep) and line.place:
            assert line.place in index.places
        if isinstance(line, Spot) and line.place:
            assert index.places[line.place].grid == line.grid
        if isinstance(line, Step) and "person" in line.args:
            assert str(line.args["person"]).removesuffix("两名").endswith(POSTS)


def test_the_midnight_round_finds_the_cover_and_is_linked_with_its_whistle(opening: House, over: House) -> None:
    """At 23:53 a draft with the round's number behind it; at 08:00 four rounds, all walked, and the whistle closed."""
    (walking,) = opening.rounds.under_way()
    file = opening.rounds.file(walking.id)
    assert file.whistles[4, "covers"].state is WhistleState.DRAFT
    assert manhole(over).case.whistle.source_number == f"{walking.number}/4/covers"
    rounds = over.rounds.since(local("2020-07-02 12:00"))
    assert [(one.progress.answered, one.progress.asked) for one in rounds] == [(28, 28)] * 4


def test_every_problem_of_a_sample_has_its_decision(opening: House, over: House, autumn: House) -> None:
    """Solved on the spot, a whistle, or said to stay open: nobody finds a problem that was only written down."""
    for house in (opening, over, autumn):
        lines = house.rounds.since(house.clock.now() - timedelta(days=30))
        files = [house.rounds.file(line.id) for line in lines]
        assert any(file.round.problems for file in files)
        assert [(file.round.number, file.undecided) for file in files if file.undecided] == []


def test_a_sample_is_made_quickly(opening: House, over: House, autumn: House) -> None:
    """Seconds, not minutes: nobody waits for a demo."""
    assert len(TOOK) >= 3
    assert max(TOOK) < 5 * PROMISE


@pytest.mark.slow
def test_the_same_sample_is_the_same_wherever_it_is_made(opening: House, tmp_path: Path) -> None:
    """Ids of events and cases are derived, so that two people talk of the same thing."""
    other = made(tmp_path, "night")
    assert [file.events for file in cases(other)] == [file.events for file in cases(opening)]
    other.close()


@pytest.mark.slow
def test_the_clock_goes_on_from_where_it_was_set(tmp_path: Path) -> None:
    """One street second to a real one, whatever year the machine has."""
    wall = ScriptClock(WALL)
    house = build_sample(settings_at(tmp_path / "night.db"), "night", None, wall)
    wall.at += timedelta(minutes=3)
    assert house.clock.now() == local("2020-07-02 23:56")
    house.close()


def test_a_time_before_it_begins_and_an_unknown_name_are_refused(tmp_path: Path) -> None:
    """Nothing is made then."""
    for sample, at, field in (("night", local("2020-06-01 08:00"), "at"), ("noon", None, "sample")):
        with refused(BadInput, field=field):
            made(tmp_path, sample, at)
    assert list(tmp_path.iterdir()) == []


# -- the night ----------------------------------------------------------------------------------------


def test_the_demo_opens_with_the_finding_as_a_draft(opening: House) -> None:
    """23:53: a draft by phone from the patroller, found at about 23:52; open besides only the lamp and the railing."""
    view = opening.desk.view()
    assert view.now == night.OPENS_AT
    titles = [row.title for row in view.board.rows]
    assert titles == ["步行道井盖被倒灌冲失，洞口翻水", "沿江护栏松动约 8 米", "双河路路灯连片不亮"]
    draft = opening.whistles.file(view.board.rows[0].whistle.id)
    whistle = draft.case.whistle
    assert (whistle.state, whistle.kind.value, whistle.severity.value) == (
        WhistleState.DRAFT,
        night.KIND,
        night.SEVERITY,
    )
    assert (whistle.occurred_at, whistle.occurred_precision) == (night.FOUND_AT, Precision.APPROX)
    assert (whistle.blower, whistle.owner, whistle.grid) == (night.BLOWER, night.OFFICER, night.GRID)
    (event,) = draft.events
    assert (event.channel, event.recorded_at) == (Channel.PHONE, night.OPENS_AT)
    assert {"title", "place_text", "exposed", "spreading", "why"} <= set(event.words)


def test_the_two_open_cases_are_those_of_the_briefing(opening: House) -> None:
    """The lamp is due on 3 July; of the railing the assist has not reported in and was urged once (domain 6.5)."""
    lamp = opening.whistles.file(opening.whistles.find("W-20200630-01"))
    assert lamp.case.whistle.close_due is not None
    assert lamp.case.whistle.close_due.astimezone(ZONE).date().isoformat() == "2020-07-03"
    railing = opening.whistles.file(opening.whistles.find("W-20200701-01"))
    lead, assist = railing.case.assignments
    assert (lead.role.value, lead.reported_in_at is None) == ("lead", False)
    assert (assist.role.value, assist.reported_in_at) == ("assist", None)
    assert not no_show(assist, opening.clock.now())
    assert ["催办" in str(event.words) for event in railing.events].count(True) == 1
    assert {lamp.case.whistle.kind.value, railing.case.whistle.kind.value} == {"routine"}


def test_the_evening_had_two_reports_settled_on_the_spot(opening: House) -> None:
    """A wire and goods outside a shop were settled, the third is the manhole; the signal asks for attention."""
    shift = opening.duty.shift()
    assert shift is not None
    evening = opening.duty.spots(shift.starts_at)
    assert {spot.kind for spot in evening} == {"finding", "service"}
    assert len(evening) == 2
    (grid,) = [row for row in opening.desk.view().grids if row.grid.code == night.GRID]
    assert (grid.word, grid.figures.drafts) == (GridWord.ATTENTION, 1)


def test_the_night_went_as_it_is_told(over: House) -> None:
    """Blown, raised, dispatched, safe, checked before dawn, rated: each at its minute, by whom, for whom."""
    file = manhole(over)
    whistle = file.case.whistle
    assert (whistle.number, whistle.state.value, whistle.score) == (night.NUMBER, night.STATE, night.SCORE)
    assert (whistle.kind.value, whistle.grid, whistle.blower) == (night.KIND, night.GRID, night.BLOWER)
    assert (whistle.occurred_at, whistle.occurred_precision) == (night.FOUND_AT, Precision.APPROX)
    assert whistle.submitted_at == whistle.opened_at == night.BLOWN_AT
    assert whistle.dispatched_at == night.DISPATCHED_AT
    assert whistle.made_safe_at == night.MADE_SAFE_AT
    assert whistle.closed_at == night.CHECKED_AT
    assert whistle.rated_at == night.RATED_AT
    assert (whistle.episode, whistle.rework_count, whistle.ping_pong) == (1, 0, False)
    first: dict[EventKind, Event] = {}
    for event in file.events:
        first.setdefault(event.kind, event)
    assert first[EventKind.LEVELLED_UP].occurred_at == night.LEVELLED_UP_AT
    assert first[EventKind.BLOWN].payload["told"] == ["JF-SH", "JF"]
    assert first[EventKind.BLOWN].on_behalf_of == night.BLOWER
    assert first[EventKind.DISPATCHED].on_behalf_of == night.PLATFORM
    assert first[EventKind.CHECKED].on_behalf_of == night.BLOWER
    people = [e for e in file.events if e.role is not Role.SYSTEM and e.kind is not EventKind.REMINDER_SET]
    assert {event.actor for event in people} == {night.OFFICER}
    by_desk = (EventKind.NOTED, EventKind.ANSWERED, EventKind.REPORTED_UP)
    assert {event.channel for event in people if event.kind not in by_desk} == {Channel.PHONE}


def test_six_departments_came_within_the_half_hour(over: House) -> None:
    """Acknowledged, reported in and done at their minutes; two answered late, the last came after 29 minutes."""
    case = manhole(over).case
    assert len(case.assignments) == len(night.DEPARTMENTS) == 6
    for expected in night.DEPARTMENTS:
        mine = of(case, expected.department)
        assert mine.role.value == expected.role
        assert (mine.acknowledged_at, mine.reported_in_at) == (expected.acknowledged_at, expected.reported_in_at)
        assert mine.done_at == expected.done_at
        assert late_acknowledge(mine, MORNING) is expected.late
        assert not no_show(mine, MORNING)
    took = [a.reported_in_at - a.notified_at for a in case.assignments if a.reported_in_at is not None]
    assert max(took) == timedelta(minutes=night.LATEST_REPORT_IN_MINUTES)
    assert sum(expected.late for expected in night.DEPARTMENTS) == 2
    assert of(case, night.LEAD).reported_in_at == min(e.reported_in_at for e in night.DEPARTMENTS)


def test_first_and_follow_up_reports_are_on_the_timeline(over: House) -> None:
    """At their minutes; the cover is a work note of the lead."""
    events = manhole(over).events
    assert [e.occurred_at for e in events if e.kind is EventKind.NOTED] == [night.TAPED_AT]
    reports = [e for e in events if e.kind is EventKind.REPORTED_UP]
    assert tuple(e.occurred_at for e in reports) == night.REPORTS_AT
    assert [e.payload["report"] for e in reports] == ["written", *["follow_up"] * 5, "final"]
    cover = [e for e in events if e.occurred_at == night.COVER_FITTED_AT]
    assert [(e.kind, e.payload["department"]) for e in cover] == [(EventKind.WORK_NOTED, night.LEAD)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("at", "state", "acknowledged", "reported_in", "done"),
    [
        ("2020-07-02 23:56", "open", 0, 0, 0),
        ("2020-07-03 00:12", "open", 4, 0, 0),
        ("2020-07-03 00:40", "open", 6, 6, 0),
        ("2020-07-03 05:29", "awaiting_check", 6, 6, 6),
    ],
)
def test_any_minute_can_be_opened(
    at: str, state: str, acknowledged: int, reported_in: int, done: int, tmp_path: Path
) -> None:
    """`wangge demo --at` shows the case as it stood at that minute."""
    house = made(tmp_path, "night", local(at))
    (file,) = [f for f in cases(house) if f.case.whistle.matter == "manhole"]
    whistle = file.case.whistle
    assert (whistle.state.value, whistle.acknowledged, whistle.reported_in, whistle.done) == (
        state, acknowledged, reported_in, done,
    )  # fmt: skip
    house.close()


# -- the street ---------------------------------------------------------------------------------------


def test_every_state_is_to_be_seen(autumn: House) -> None:
    """Each state of a whistle and of an assignment at least once."""
    files = cases(autumn)
    assert {file.case.whistle.state for file in files} == set(WhistleState)
    assert {a.state for file in files for a in file.case.assignments} == set(AssignmentState)
    assert autumn.clock.now() == local("2020-10-26 08:30")
    on_board = [file for file in files if file.case.whistle.state in BOARD_STATES]
    assert len(autumn.desk.view().board.rows) == len(on_board)
    everybody_on_duty = set(GridWord) - {GridWord.NOBODY}
    assert {status.word for status in autumn.desk.view().grids} == everybody_on_duty


def test_the_shops_are_open_and_were_consulted_about(autumn: House) -> None:
    """Tough, blown on 14 September, consulted on the 18th, a permit asked of the prefecture, still open (domain 9)."""
    file = autumn.whistles.file(autumn.whistles.find("W-20200914-01"))
    whistle = file.case.whistle
    assert (whistle.kind.value, whistle.state, whistle.matter) == ("tough", WhistleState.OPEN, "timed_permit")
    assert (whistle.place, whistle.grid) == ("rongjiang_shops", "JF-GNP-G02")
    assert whistle.consulted_at is not None
    assert whistle.consulted_at.astimezone(ZONE).date().isoformat() == "2020-09-18"
    assert {a.department for a in file.case.assignments} == {"beauty_office", "enforcement_brigade"}
    assert any("州里" in str(event.words) for event in file.events)
    assert sum("放学" in str(event.words.get("note", "")) for event in file.events) >= 2
    assert [request.state for request in file.case.requests] == [RequestState.GRANTED]


def test_the_vendors_have_their_place_and_the_case_its_rating(autumn: House) -> None:
    """Tough, closed within September, a plot at the Longfeng B3 junction, rated 5 and countersigned."""
    file = autumn.whistles.file(autumn.whistles.find("W-20200907-01"))
    whistle = file.case.whistle
    assert (whistle.kind.value, whistle.state, whistle.score) == ("tough", WhistleState.RATED, 5)
    assert whistle.countersigned_by == "LF-SEC"
    assert whistle.closed_at is not None
    assert whistle.closed_at.astimezone(ZONE).strftime("%Y-%m") == "2020-09"
    assert any("B3区路口" in str(event.words) for event in file.events)


def test_what_goes_wrong_is_to_be_seen_too(autumn: House) -> None:
    """Overdue, no-show, a return refused and one upheld, bounced, reopened, sent back, joined, suspended."""
    files = cases(autumn)
    now = autumn.clock.now()
    board = [file.case.whistle for file in files if file.case.whistle.state in BOARD_STATES]
    assert sum(whistle.deadline_at is not None and whistle.deadline_at < now for whistle in board) == 2
    missed = [a.department for file in files for a in file.case.outstanding() if no_show(a, now)]
    assert missed == ["police_station"]
    returns = [r.state for file in files for r in file.case.requests if r.kind.value == "return"]
    assert sorted(returns) == [RequestState.GRANTED, RequestState.REFUSED, RequestState.REFUSED]
    assert sum(file.case.whistle.ping_pong for file in files) == 1
    assert sum(file.case.whistle.episode > 1 for file in files) == 1
    assert sum(file.case.whistle.rework_count > 0 for file in files) == 2
    assert sum(file.case.whistle.duplicate_count > 0 for file in files) == 1
    (suspended,) = [file.case.whistle for file in files if file.case.whistle.state is WhistleState.SUSPENDED]
    assert suspended.review_at is not None
    assert suspended.review_at > now
    assert suspended.deadline_at is None


def test_the_night_is_part_of_the_street_s_history(autumn: House) -> None:
    """The manhole is found by its number in October as well."""
    assert manhole(autumn).case.whistle.score == night.SCORE
    assert Action.REOPEN in {move.action for move in manhole(autumn).possible}
