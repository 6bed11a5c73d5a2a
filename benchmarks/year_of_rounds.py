"""Makes a street with a year of rounds, or a day of them: walked once by the product's services, then copied.

Every copied round has the entries of a walked one, under ids and times of its own; whatever reads such a file cannot
tell it from one that grew round by round.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

from app.bootstrap import WallClock, found_house
from app.domain.actor import SYSTEM_ACTOR, Channel
from app.domain.checklist import Answer, AnswerKind, Question, Trend, Verdict
from app.domain.events import Event
from app.domain.gauge import CSV, Reading
from app.domain.org import Role
from app.domain.planned_round import PlannedRound, PlannedState, Timing, planned_id
from app.domain.posture import Posture
from app.domain.round import fold_round, round_stream
from app.domain.round_file import Progress, RoundFile
from app.samples import STREET, sample_text
from app.samples.script import ScriptClock
from app.services.clocks import set_drill_clock
from app.services.house import House
from app.services.org_file import read_org_toml
from app.services.ports import Writes
from app.services.rounds import Told
from app.settings import Settings

NOW = datetime(2020, 7, 2, 16, 40, tzinfo=UTC)
"""Where the clock of such a street stands: 00:40 of the night, street time."""
OFFICER, PATROL, GRID, ROUTE, TEMPLATE = (
    "JF-ZB1",
    ("SH-G01-A", "SH-G01-B"),
    "JF-SH-G01",
    "wanrong_shuanghe",
    "river_flood",
)
GAUGE = "shuanghe_bridge"
A_DAY = 20
"""Rounds of a day: with 28 answers each, 204,400 in a year."""
AT_ONCE = 200
"""Rounds in one transaction."""
READINGS_A_DAY = 274


@dataclass(frozen=True, slots=True)
class Walked:
    """A round as it was walked: what is copied."""

    file: RoundFile
    progress: Progress


def make_street(home: Path, days: int) -> Path:
    """A new drill database with so many days of rounds and readings up to ``NOW``; its clock stands there."""
    path = home / f"rounds-{days}.db"
    settings = Settings(home=home, config=home, state=home, database=path)
    clock = ScriptClock(NOW - timedelta(hours=4))
    house = found_house(settings, drill=True, street=read_org_toml(sample_text(STREET), STREET), wall=clock, at=NOW)
    try:
        house.patrol_rules.load(house.patrol_rules.text(), house.duty.actor("JF-GL"), uuid4())
        walked = _walk(house)
        copies = [(day, n) for day in range(days, 0, -1) for n in range(A_DAY)]
        for start in range(0, len(copies), AT_ONCE):
            part = copies[start : start + AT_ONCE]
            house.store.write(lambda writes, part=part: _copy(writes, walked, part))  # type: ignore[misc]
        readings = [Reading(GAUGE, at, metres, None, CSV, NOW) for at, metres in _water(days)]
        house.store.write(lambda writes: writes.gauges.add(readings))
        set_drill_clock(house.store, WallClock(), NOW, 0.0, SYSTEM_ACTOR, uuid4())
    finally:
        house.close()
    return path


def _walk(house: House) -> Walked:
    """The river round as the services write it, every question answered."""

    def told() -> Told:
        return Told(house.duty.actor(OFFICER), uuid4(), PATROL[0], Channel.RADIO)

    file = house.rounds.start(told(), TEMPLATE, GRID, PATROL, route=ROUTE, voluntary=True)
    for point in file.walk.route.points:
        here = {(at.number, one.id): _answer(one) for at, one in file.walk.items() if at is point}
        house.rounds.answer(told(), file.round.id, here)
    file = house.rounds.end(told(), file.round.id)
    return Walked(file, file.progress)


def _answer(question: Question) -> Answer:
    if question.kind is AnswerKind.NUMBER:
        return Answer(Verdict.OK, Decimal("199.42"), Trend.STEADY)
    if question.kind in (AnswerKind.DEPTH, AnswerKind.COUNT, AnswerKind.LIST):
        return Answer(Verdict.OK, Decimal(0))
    if question.kind is AnswerKind.YES_NO:
        return Answer(Verdict.OK, yes=True)
    return Answer(Verdict.OK)


def _copy(writes: Writes, walked: Walked, part: list[tuple[int, int]]) -> None:
    grids = _GRIDS
    for day, n in part:
        back = timedelta(days=day - 1, minutes=(A_DAY - n) * 30)
        grid, round_id = grids[(day + n) % len(grids)], uuid4()
        number = f"R-{NOW - timedelta(days=day - 1):%Y%m%d}-{n + 11:02d}"
        events = tuple(_again(event, round_id, back, number, grid) for event in walked.file.events)
        writes.append(events)
        found = fold_round(events)
        writes.rounds.save(found, walked.progress, found.ended_at or NOW, None)
        writes.rounds.save_planned(_planned(found.id, grid, found.started_at))


def _again(event: Event, round_id: UUID, back: timedelta, number: str, grid: str) -> Event:
    payload = dict(event.payload)
    if "number" in payload:
        payload |= {"number": number, "grid": grid, "route": ""}
    return replace(
        event, id=uuid4(), stream=round_stream(round_id), payload=payload, words={}, words_id=None,
        occurred_at=event.occurred_at - back, recorded_at=event.recorded_at - back, seq=0,
    )  # fmt: skip


def _planned(round_id: UUID, grid: str, at: datetime) -> PlannedRound:
    key = round_id.hex
    return PlannedRound(
        planned_id("bench", key), "bench", key, TEMPLATE, grid, "", Role.GRID_MEMBER, 2, Posture.YELLOW,
        at, at + timedelta(hours=4), at + timedelta(hours=1), at, PlannedState.DONE, None, None, round_id,
        Timing.ON_TIME,
    )  # fmt: skip


def _water(days: int) -> Iterator[tuple[datetime, Decimal]]:
    for n in range(days * READINGS_A_DAY):
        at = (NOW - timedelta(days=1) * n / READINGS_A_DAY).replace(microsecond=0)
        yield at, Decimal(200) + Decimal(n % 97) / 100


_GRIDS = tuple(
    f"JF-{community}-G{n:02d}"
    for community, most in (("SH", 4), ("GNP", 4), ("LF", 4), ("WX", 4), ("MLP", 3), ("PPA", 3))
    for n in range(1, most + 1)
)
