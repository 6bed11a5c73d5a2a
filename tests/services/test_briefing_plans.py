"""Composing a briefing and reading the log search by an index, however long the street has been writing."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import UUID

from app.domain.actor import Channel
from app.domain.briefing import Section
from app.domain.checklist import Answer, Verdict
from app.domain.policy import WhistleKind
from app.domain.shift_log import LogSource, LogState
from app.samples.script import local
from app.services.rounds import Told as Walked
from app.services.shift_log import Told
from tests.db.raw import by_hand, statements
from tests.services.room import Room, new_request
from tests.unit.cases import GRID, OFFICER, facts

LEADER, TEAM = "JF-DB", ("SH-G01-A", "SH-G01-B")
GROWING = (
    "whistle|assignment|event|words|due|request|notice|outbox|briefing|briefing_note|briefing_present|log_entry|"
    "action_item|finding|round|planned_round|gauge_reading|spot|handover|handover_entry"
)
KEPT_SHORT = re.compile(
    r"SCAN whistle USING (COVERING )?INDEX ix_whistle_board$|SCAN log_entry USING INDEX ix_log_entry_open$"
)
"""Open cases and open entries only: each of them is shown."""


def to(room: Room, at: str) -> None:
    """The clock to a local time."""
    room.clock.at = local(at)
    room.house.clock.refresh()


def a_night(room: Room) -> None:
    """A case, a call put right, a round with a problem, a note, who was there, an item."""
    house, officer = room.house, room.actor(OFFICER)
    room.blow(facts(kind=WhistleKind.EMERGENCY))
    called: UUID | None = None
    for text in ("居民问步行道", "居民问路灯"):
        told = Told({"content": text}, LogSource.PHONE, LogState.OPEN, grid=GRID)
        called = house.log.add(officer, new_request(), told, corrects=called).id
    walk = house.rounds.start(_walked(room), "river_flood", GRID, TEAM, route="wanrong_shuanghe", voluntary=True)
    point, question = walk.walk.items()[0]
    problem = {(point.number, question.id): Answer(Verdict.PROBLEM, text="积水")}
    house.rounds.answer(_walked(room), walk.round.id, problem)
    house.briefings.note(officer, new_request(), GRID, Section.COORDINATION, "沿江井盖普查")
    house.briefings.attend(officer, new_request(), GRID, TEAM, {}, chair=LEADER)
    house.action_items.add(officer, new_request(), GRID, "复查井盖", TEAM[0], local("2020-07-04 09:00"), grid=GRID)


def _walked(room: Room) -> Walked:
    return Walked(room.actor(OFFICER), new_request(), TEAM[0], Channel.RADIO)


def test_no_look_at_a_briefing_or_the_log_scans_what_grows(room: Room, database: Path) -> None:
    """Drafts of a grid and of the street, before and after one was signed, signed ones, and pages of the log."""
    house = room.house
    a_night(room)
    with statements() as seen:
        for at in ("2020-07-03 07:50", "2020-07-03 08:20"):
            to(room, at)
            for unit in (GRID, "JF-SH", "JF"):
                draft = house.briefings.draft(unit)
                if at.endswith("08:20"):
                    house.briefings.sign(room.actor(LEADER), new_request(), unit, draft.digest)
                    house.briefings.draft(unit)
                    house.briefings.file(house.briefings.signed(unit)[0].id)
        page = house.log.page()
        house.log.beside(page, -1)
    looks = [one for one in seen if one.split()[0] == "SELECT"]
    assert len(looks) > 40
    found = {}
    with by_hand(database) as connection:
        for statement in looks:
            plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", [None] * statement.count("?")).fetchall()
            steps = [row[3] for row in plan if re.search(rf"SCAN ({GROWING})\b", row[3])]
            if bad := [step for step in steps if not KEPT_SHORT.match(step)]:
                found[statement] = bad
    print(*(f"{s[:60]} ... {s[-200:]} -> {v}" for s, v in found.items()), sep="\n")
    assert found == {}
