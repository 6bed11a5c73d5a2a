"""No statement of the repositories scans a table that grows (decisions 31)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

from app.domain.events import Event, EventKind
from app.domain.org import Role
from app.domain.whistle import WhistleState
from app.services.ports import (
    ArchiveKey,
    ArchiveQuery,
    BoardKey,
    BoardQuery,
    DrillClock,
    Named,
    Reads,
    SearchQuery,
    SearchWord,
    Spot,
    Writes,
)
from db.unit_of_work import SqlStore
from tests.db.raw import by_hand, statements
from tests.db.saving import save
from tests.db.story import START, Story, policy, story, street

GROWING = "whistle|assignment|event|words|due|request|search|search_index"
ALLOWED = re.compile(
    r"SCAN whistle USING (COVERING )?INDEX ix_whistle_(board|open_grid|to_rate)\b"
    r"|SCAN search_index VIRTUAL TABLE INDEX \d+:(M\d*|[<>]M\d*|M\d*[<>])$"
)
"""The full-text index is asked for matches (M), never read through."""


def read_everything(reads: Reads, told: Story) -> None:
    """Call every method of Reads, in the shapes that make different statements."""
    now = START + timedelta(hours=1)
    case = reads.case(told.id)
    assert case is not None
    assert reads.cases([told.id, uuid4()]) == {told.id: case}
    assert reads.events_of_all([told.id, uuid4()]) == {told.id: reads.events_of(told.id)}
    reads.station(), reads.events_of(told.id), reads.event(told.events[0].id)
    reads.last_seq(), reads.last_occurred_at(), reads.changes_since(0), reads.stream_version("x"), reads.org_version()
    for number in ("W-20200702-01", "0702-01", told.id.hex[:8]):
        assert reads.find(number) == told.id
    assert reads.begun_by(("W-2020070", "W-2019"), 5) == (told.id,)
    reads.by_source_number("12345-1")
    key = BoardKey(0, now, uuid4())
    for query in (
        BoardQuery(),
        BoardQuery(grids=frozenset({"JF-SH-G01"}), states=frozenset({WhistleState.OPEN}), after=key),
        BoardQuery(after=replace(key, deadline_at=None)),
    ):
        reads.board(query)
    for matter, place in (("", ""), ("flood", "shuanghe_bridge")):
        reads.look_alikes("JF-SH-G01", matter, place, START)
    reads.pending_requests([told.id])
    read_archive(reads, told)
    reads.row(told.id), reads.rows([told.id]), reads.open_count(), reads.grid_counts(now)
    reads.board_counts(now, now + timedelta(hours=5)), reads.last_record_by_grid()
    reads.pending_dues(now), reads.dues_of(told.id), reads.spots(START), reads.street()
    reads.retired(), reads.open_cases_on()
    reads.member("JF-ZB1"), reads.shift_at(now), reads.policy_json(1), reads.current_policy_version()
    reads.shift_before(now), reads.desk_handed(), reads.first_recorded_at(), reads.handovers.under_way()
    reads.handovers.taken(), reads.handovers.entries(told.id), reads.handovers.gear(told.id)
    assert reads.handovers.last_steps([told.id, uuid4()]).keys() == {told.id}


def read_archive(reads: Reads, told: Story) -> None:
    """Search and archive in every shape."""
    words = (SearchWord("井盖", (Named("unit", "JF-SH-G01"),)),)
    key = ArchiveKey(START, told.id)
    reads.search(SearchQuery(words, frozenset({WhistleState.OPEN}), frozenset({"JF-SH-G01"}), limit=1))
    for base in (ArchiveQuery(), ArchiveQuery(grids=frozenset({"JF-SH-G01"})), ArchiveQuery(words=words)):
        for query in (base, replace(base, states=frozenset({WhistleState.CLOSED}), since=START)):
            reads.archive(query), reads.archive_count(query)
            reads.archive(replace(query, after=key)), reads.archive(replace(query, before=key))
            reads.archive(replace(query, around=key))
    reads.archive_counts()


def write_everything(writes: Writes) -> None:
    """Call every method of Writes."""
    writes.next_number(date(2020, 7, 2)), writes.next_number(date(2020, 7, 2))
    writes.add_policy("{}", START)
    writes.save_street(street(), START)
    writes.save_street(replace(street(), units=street().units[:-1]), START)
    writes.save_shift(street().shifts[0])
    told = Event(
        uuid4(), "spot/1", 1, EventKind.SPOT_RECORDED, {}, "JF-ZB1", Role.DUTY_OFFICER, START, START,
        words={"title": "送药"},
    )  # fmt: skip
    writes.add_spot(Spot(uuid4(), "visit", "JF-SH-G01", "", "", "JF-ZB1", START, START, {"title": "送药"}), told)
    writes.set_clock(DrillClock(START, START, 1.0))
    writes.set_street("JF")
    writes.search_anew([uuid4()])
    assert writes.handovers.own([uuid4()], "JF-ZB1") == 0


def test_no_statement_scans_what_grows(store: SqlStore, database: Path) -> None:
    """The plans of all Reads and Writes methods search; only the open cases' own indexes are walked."""
    with statements() as seen:
        told = story("returned")
        save(store, told)
        for name in ("undone", "quiet"):
            other = Story(name, number="")
            other.draft()
            save(store, other)
        with store.read() as reads:
            read_everything(reads, told)
        store.write(write_everything)
    assert len(seen) > 60
    found = {}
    with by_hand(database) as connection:
        for statement in seen:
            if statement.split()[0] not in ("SELECT", "INSERT", "UPDATE", "DELETE"):
                continue
            plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", [None] * statement.count("?")).fetchall()
            steps = [row[3] for row in plan if re.search(rf"SCAN ({GROWING})\b", row[3])]
            bad = [step for step in steps if not ALLOWED.match(step)]
            if bad:
                found[statement] = bad
    print(*(f"{s[:60]} ... {s[-200:]} -> {v}" for s, v in found.items()), sep="\n")
    assert found == {}


def test_the_board_walks_its_index_in_order(store: SqlStore, database: Path) -> None:
    """A page of the board needs no sorting: its order is the index's, from the key on."""
    with statements() as seen, store.read() as reads:
        reads.board(BoardQuery(after=BoardKey(0, START, uuid4())))
    (statement,) = [s for s in seen if "ORDER BY whistle.danger" in s]
    with by_hand(database) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", [None] * statement.count("?")).fetchall()
    steps = " ".join(row[3] for row in plan)
    assert "USING INDEX ix_whistle_board" in steps
    assert "TEMP B-TREE" not in steps


def test_the_archive_walks_its_indexes_in_order(store: SqlStore, database: Path) -> None:
    """Every lane of a page is read from its index in order, from the key on; the lanes alone are put together."""
    with statements() as seen, store.read() as reads:
        for grids in (frozenset[str](), frozenset({"JF-SH-G01"})):
            reads.archive(ArchiveQuery(grids=grids, after=ArchiveKey(START, uuid4())))
            reads.archive(ArchiveQuery(grids=grids, before=ArchiveKey(START, uuid4())))
    lanes = [s for s in seen if "UNION ALL" in s]
    assert len(lanes) == 4
    with by_hand(database) as connection:
        for statement in lanes:
            plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", [None] * statement.count("?")).fetchall()
            steps = [row[3] for row in plan if "whistle" in row[3]]
            sorted_at = [after[3] for row, after in pairwise(plan) if "whistle" in row[3]]
            assert not any("B-TREE" in step for step in sorted_at)
            index = "ix_whistle_left_grid" if "AND grid" in statement else "ix_whistle_left"
            assert len(steps) == 5
            assert all(
                re.match(rf"SEARCH whistle USING COVERING INDEX {index} \(.*\(left_at,id\)[<>]", step) for step in steps
            )


def test_the_policy_of_the_sample_is_the_stored_one(store: SqlStore) -> None:
    """Version 1 is what the stories are folded with."""
    with store.read() as reads:
        assert reads.current_policy_version() == policy().version == 1
