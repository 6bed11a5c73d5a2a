"""Makes a street with a year of rounds, or a day of them: walked once by the product's services, then copied.

Every copied round has the entries of a walked one, under ids and times of its own; whatever reads such a file cannot
tell it from one that grew round by round. Every twentieth answer is a problem, half of them solved on the spot, some
became whistles, others have a note beside them; the gauge has its three levels.
"""

from __future__ import annotations

import re
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
from app.domain.finding import finding_facts
from app.domain.gauge import CSV, Reading
from app.domain.intent import Intent
from app.domain.moves import Action
from app.domain.org import Role
from app.domain.planned_round import PlannedRound, PlannedState, Timing, planned_id
from app.domain.posture import Posture
from app.domain.repeats import found_problems
from app.domain.round import Item, fold_round, round_stream
from app.domain.round_file import Progress, RoundFile
from app.domain.settled import Finding
from app.domain.whistle import Severity
from app.samples import STREET, sample_text
from app.samples.script import ScriptClock
from app.services.clocks import set_drill_clock
from app.services.house import House
from app.services.org_file import read_org_toml
from app.services.ports import Writes
from app.services.rounds import Told
from app.services.whistles import LookAlike
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
LEVELS = (Decimal("200.5"), Decimal("200.9"), Decimal("201.6"))
"""Guard, warning, guarantee: the water has been above the first two."""
EVERY = 20
"""Of so many answers one is a problem, and another has a note."""
KINDS = 5
"""Rounds after which the same answers are problems again: 28 answers each, every twentieth."""
WHISTLED = 20
"""Of so many problems one became a whistle."""
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
        walk_days(house, days)
        set_drill_clock(house.store, WallClock(), NOW, 0.0, SYSTEM_ACTOR, uuid4())
    finally:
        house.close()
    return path


def walk_days(house: House, days: int, whistled: int | None = None) -> None:
    """So many days of rounds and readings up to ``NOW`` in a street of the sample whose clock stands near it.

    Problems of the last ``whistled`` days became whistles, of every day without it; they are blown at ``NOW``.
    """
    house.patrol_rules.load(rules_with_levels(house) + _routes(house), house.duty.actor("JF-GL"), uuid4())
    walked = [_walk(house, first) for first in range(KINDS)]
    copies = [(day, n) for day in range(days, 0, -1) for n in range(A_DAY)]
    for start in range(0, len(copies), AT_ONCE):
        part = copies[start : start + AT_ONCE]
        house.store.write(lambda writes, part=part: _copy(writes, walked, part))  # type: ignore[misc]
    _blow(house, [(day, n) for day, n in copies if whistled is None or day <= whistled])
    readings = [Reading(GAUGE, at, metres, None, CSV, NOW) for at, metres in _water(days)]
    house.store.write(lambda writes: writes.gauges.add(readings))


def rules_with_levels(house: House) -> str:
    """The rules in force with the three levels of the gauge entered."""
    levels = "\n".join(
        f"{name} = {metres}" for name, metres in zip(("guard", "warning", "guarantee"), LEVELS, strict=True)
    )
    return house.patrol_rules.text().replace(f'id = "{GAUGE}"', f'id = "{GAUGE}"\n{levels}', 1)


def _routes(house: House) -> str:
    """The river's points as a way through every other grid: its rounds ask the same 28 questions."""
    text = house.patrol_rules.text()
    found = re.search(rf'id = "{ROUTE}".*?points = (\[.*?\n\])', text, re.DOTALL)
    if found is None:
        raise ValueError("the shipped rules have no river route")
    return "".join(f"""
[[routes]]
id = "{_way(grid)}"
zh = "{grid}"
grid = "{grid}"
points = {found[1]}
""" for grid in _GRIDS if grid != GRID)  # fmt: skip


def _way(grid: str) -> str:
    return ROUTE if grid == GRID else f"river_{grid.lower().replace('-', '_')}"


def _walk(house: House, nth: int) -> Walked:
    """The river round as the services write it, every question answered; ``nth`` says which answers are problems."""

    def told() -> Told:
        return Told(house.duty.actor(OFFICER), uuid4(), PATROL[0], Channel.RADIO)

    file = house.rounds.start(told(), TEMPLATE, GRID, PATROL, route=ROUTE, voluntary=True)
    answers = {item: _answer(question, nth * len(file.walk.items()) + n)
               for n, (item, question) in enumerate(_items(file))}  # fmt: skip
    for point in file.walk.route.points:
        here = {item: answer for item, answer in answers.items() if item[0] == point.number}
        house.rounds.answer(told(), file.round.id, here)
    for n, item in enumerate(item for item, answer in answers.items() if answer.verdict is Verdict.PROBLEM):
        handled = (nth + n) % 2 == 0
        finding = Finding(Severity.URGENT, handled, True, exposed="晨练居民", done="复位并围挡" if handled else "")
        house.rounds.settle(told(), file.round.id, item, finding)
    file = house.rounds.end(told(), file.round.id)
    return Walked(file, file.progress)


def _items(file: RoundFile) -> list[tuple[Item, Question]]:
    return [((point.number, question.id), question) for point, question in file.walk.items()]


def _answer(question: Question, n: int) -> Answer:
    if n % EVERY == 0:
        return Answer(Verdict.PROBLEM, text="井盖翻起，洞口冒水")
    if n % EVERY == EVERY // 2:
        return replace(_fine(question), text="已拍照")
    return _fine(question)


def _fine(question: Question) -> Answer:
    if question.kind is AnswerKind.NUMBER:
        return Answer(Verdict.OK, Decimal("199.42"), Trend.STEADY)
    if question.kind in (AnswerKind.DEPTH, AnswerKind.COUNT, AnswerKind.LIST):
        return Answer(Verdict.OK, Decimal(0))
    if question.kind is AnswerKind.YES_NO:
        return Answer(Verdict.OK, yes=True)
    return Answer(Verdict.OK)


def _copy(writes: Writes, walked: list[Walked], part: list[tuple[int, int]]) -> None:
    for day, n in part:
        back = timedelta(days=day - 1, minutes=(A_DAY - n) * 30)
        grid, round_id = _GRIDS[(day + n) % len(_GRIDS)], uuid4()
        one = walked[(day * A_DAY + n) % KINDS]
        events = tuple(_again(event, round_id, back, _number(day, n), grid) for event in one.file.events)
        writes.append(events)
        found = fold_round(events)
        writes.rounds.save(found, one.progress, found.ended_at or NOW, None)
        writes.rounds.save_problems(found.id, found_problems(found, one.file.walk))
        writes.rounds.save_planned(_planned(found.id, grid, found.started_at))


def _number(day: int, n: int) -> str:
    return f"R-{NOW - timedelta(days=day - 1):%Y%m%d}-{n + 11:02d}"


def _blow(house: House, copies: list[tuple[int, int]]) -> None:
    """Some problems became whistles, which are taken back again but for those of the last day."""
    nth, actor = 0, house.duty.actor(OFFICER)
    for day, n in copies:
        file = house.rounds.file(house.rounds.find(_number(day, n)))
        for item in file.round.problems:
            nth += 1
            if nth % WHISTLED:
                continue
            facts = finding_facts(file.round, file.walk, item, lambda name: name.zh, ())
            facts = replace(facts, texts={**facts.texts, "why": "需部门处置"})
            intent = Intent(Action.BLOW, actor, uuid4(), {"facts": facts})
            case = house.whistles.blow(intent, LookAlike(is_new=True)).case.whistle
            if day > 1:
                back = Intent(Action.WITHDRAW, actor, uuid4(), {"reason": "已解决"})
                house.whistles.act(case.id, back)


def _again(event: Event, round_id: UUID, back: timedelta, number: str, grid: str) -> Event:
    payload = dict(event.payload)
    if "number" in payload:
        payload |= {"number": number, "grid": grid, "route": _way(grid)}
    return replace(
        event, id=uuid4(), stream=round_stream(round_id), payload=payload,
        words=dict(event.words), words_id=uuid4() if event.words else None,
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
