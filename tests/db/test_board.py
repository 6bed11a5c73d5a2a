"""The board and the ways to a case: order, pages, counters, numbers, look-alikes, and rows that cannot be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from app.domain.errors import StoreTrouble, Trouble
from app.domain.events import EventKind
from app.domain.policy import WhistleKind
from app.domain.whistle import BOARD_STATES, ON_SITE, WORKING_STATES, WhistleState
from app.services.ports import BoardCounts, BoardKey, BoardPage, BoardQuery, BoardRow, GridCount
from db.repositories import board
from db.unit_of_work import SqlStore
from tests.db.raw import poison, statements
from tests.db.saving import save_all
from tests.db.story import START, STORIES, A, B, C, Story, story, street

GRIDS = ("JF-SH-G01", "JF-SH-G02", "JF-GNP-G01")


def many(count: int) -> list[Story]:
    """Open cases in several grids and stages, each with its own deadline, some with none."""
    stories = []
    for n in range(count):
        told = Story(
            f"case {n}", GRIDS[n % 3], kind=("emergency", "routine")[n % 2], place="",
            number=f"W-20200702-{n + 1:02d}", start=START + timedelta(minutes=7 * (n * 37 % count)),
        )  # fmt: skip
        told.blow(approval=n % 5 == 4)
        if n % 5 < 3:
            told.dispatch(A, B)
        if n % 5 == 1:
            told.on(EventKind.ACKNOWLEDGED, A).on(EventKind.REPORTED_IN, A).on(EventKind.ACKNOWLEDGED, B)
        if n % 5 == 3:
            told.then(EventKind.SUSPENDED, until=told.later(20))
        stories.append(told)
    return stories


def key_of(row: BoardRow) -> BoardKey:
    """Where a page ends."""
    return BoardKey(row.whistle.danger, row.whistle.deadline_at, row.whistle.id)


def pages(store: SqlStore, query: BoardQuery) -> list[BoardPage]:
    """All pages of a query, one after the other."""
    found = []
    with store.read() as reads:
        while True:
            page = reads.board(query)
            found.append(page)
            if not page.more:
                return found
            query = replace(query, after=key_of(page.rows[-1]))


def test_pages_together_are_the_board_in_order(store: SqlStore) -> None:
    """Danger first, then what is left with no limit last, then id; nothing doubled or lost between pages."""
    cases = save_all(store, many(30))
    far = START + timedelta(days=9999)
    wanted = sorted((case.whistle for case in cases), key=lambda w: (w.danger, w.deadline_at or far, w.id.hex))
    for limit in (1, 7, 30, 31):
        found = [row.whistle for page in pages(store, BoardQuery(limit=limit)) for row in page.rows]
        assert found == wanted
    assert any(whistle.deadline_at is None for whistle in wanted)


def test_the_board_holds_open_cases_only(store: SqlStore) -> None:
    """Of a case in every state, those somebody still has to act on are on the board, with their texts."""
    stories = [story(name, f"W-20200702-{n:02d}") for n, name in enumerate(STORIES, start=10) if name != "merged"]
    cases = save_all(store, stories)
    with store.read() as reads:
        page = reads.board(BoardQuery())
        assert {row.whistle for row in page.rows} == {c.whistle for c in cases if c.whistle.state in BOARD_STATES}
        assert reads.open_count() == len(page.rows)
        only = reads.board(BoardQuery(states=frozenset({WhistleState.SUSPENDED}), grids=frozenset({"JF-SH-G01"})))
        assert {row.whistle.state for row in only.rows} == {WhistleState.SUSPENDED}
        assert reads.board(BoardQuery(grids=frozenset({"JF-SH-G02"}))).rows == ()
        ids = [case.whistle.id for case in cases]
        everyone = reads.rows([*ids, uuid4(), ids[0]])
    assert [row.whistle.id for row in everyone] == [*ids, ids[0]]
    assert {row.place_text for row in page.rows} >= {"双河大桥旁"}
    assert all(row.title for row in page.rows if row.whistle.words_id)


@pytest.mark.parametrize(
    ("heard", "came", "waited_for"),
    [((), (), (A, B, C)), ((A,), (), (B, C)), ((A, B, C), (A,), (B, C)), ((A, B, C), (A, B, C), (A, B, C))],
)
def test_a_row_names_whom_its_stage_waits_for(
    heard: tuple[str, ...], came: tuple[str, ...], waited_for: tuple[str, ...], store: SqlStore
) -> None:
    """First those who have not acknowledged, then those not on site, then those at work."""
    told = Story("waiting").blow().dispatch(A, B, C)
    for code in heard:
        told.on(EventKind.ACKNOWLEDGED, code)
    for code in came:
        told.on(EventKind.REPORTED_IN, code)
    save_all(store, [told])
    with store.read() as reads:
        row = reads.row(told.id)
        assert row is not None
        assert row.departments == waited_for
        assert reads.board(BoardQuery()).rows == (row,)


def test_counters_agree_with_the_cases(store: SqlStore) -> None:
    """Header and grid counters are what counting the cases gives."""
    saved = save_all(store, [*many(30), story("closed", "W-20200702-99")])
    cases = [case.whistle for case in saved]
    on_board = [w for w in cases if w.state in BOARD_STATES]
    now = sorted(w.deadline_at for w in on_board if w.deadline_at)[12]
    ends = now + timedelta(hours=2)
    late = [w for w in on_board if w.deadline_at and w.deadline_at < now]
    with store.read() as reads:
        assert reads.board_counts(now, ends) == BoardCounts(
            open=len(on_board),
            emergency=sum(w.kind is WhistleKind.EMERGENCY for w in on_board),
            overdue=len(late),
            due_today=sum(w.deadline_at is not None and now <= w.deadline_at <= ends for w in on_board),
            reporting=sum(w.assigned - w.reported_in for w in on_board),
            to_rate=1,
            feedback_due=sum(
                a.state in ON_SITE and a.feedback_due is not None and a.feedback_due <= now
                for case in saved
                if case.whistle.state in WORKING_STATES
                for a in case.assignments
            ),
            draft=0,
        )
        counts = reads.grid_counts(now)
    assert set(counts) == {
        GridCount(
            grid,
            kind,
            len(mine),
            sum(w in late for w in mine),
            sum(w in late and w.waiting == "report_in" for w in mine),
        )
        for grid in GRIDS
        for kind in WhistleKind
        if (mine := [w for w in on_board if (w.grid, w.kind) == (grid, kind)])
    }


def test_cases_to_be_rated_are_counted_no_further_than_one_beyond_what_is_said(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a million closed cases nobody reads how many there are; counting them would hold up every reading."""
    monkeypatch.setattr(board, "MANY", 2)
    close = STORIES["closed"][1]
    save_all(store, [close(Story(f"closed {n}", number=f"W-20200702-{n}")) for n in range(10, 15)])
    with store.read() as reads:
        assert reads.board_counts(START, START).to_rate == 3


def test_a_draft_counts_apart(store: SqlStore) -> None:
    """Saved, not blown: no open case, no emergency, nothing of its grid's kinds; a figure of its own."""
    drafted = Story("drafted", number="")
    drafted.draft()
    save_all(store, [drafted])
    now = START + timedelta(hours=1)
    with store.read() as reads:
        assert reads.board_counts(now, now) == BoardCounts(0, 0, 0, 0, 0, 0, draft=1)
        assert reads.grid_counts(now) == (GridCount("JF-SH-G01", WhistleKind.EMERGENCY, 0, 0, 0, draft=1),)


def test_follow_ups_are_due_from_who_is_on_site(store: SqlStore) -> None:
    """One on site whose next word is due, one still on the way; done or suspended nobody owes a word."""
    told = Story("told").blow().dispatch(A, B)
    for code in (A, B):
        told.on(EventKind.ACKNOWLEDGED, code)
    told.on(EventKind.REPORTED_IN, A)
    paused = Story("paused", number="W-20200702-02").blow().dispatch(A)
    paused.on(EventKind.ACKNOWLEDGED, A).on(EventKind.REPORTED_IN, A)
    paused.then(EventKind.SUSPENDED, until=paused.later(20))
    (case, _) = save_all(store, [told, paused])
    due = case.assignments[0].feedback_due
    assert due is not None
    with store.read() as reads:
        assert reads.board_counts(due - timedelta(seconds=1), due).feedback_due == 0
        assert reads.board_counts(due, due).feedback_due == 1
        assert reads.board_counts(due + timedelta(hours=9), due).feedback_due == 1


FIVE = "(SELECT {column} FROM whistle ORDER BY number LIMIT 5 OFFSET {offset})"
POISON = (
    "UPDATE whistle SET kind = 'garbled' WHERE id IN " + FIVE.format(column="id", offset=0),
    "UPDATE whistle SET state = 'beyond' WHERE id IN " + FIVE.format(column="id", offset=5),
    "UPDATE whistle SET created_at = 'yesterday' WHERE id IN " + FIVE.format(column="id", offset=10),
    "DROP TRIGGER words_only_emptied",
    "UPDATE words SET body = '{broken' WHERE id IN " + FIVE.format(column="words_id", offset=15),
)
"""An unknown kind, an unknown state, an instant that is none, a text that is no JSON: five rows each."""


def test_twenty_rows_that_cannot_be_read_do_not_close_the_board(store: SqlStore, database: Path) -> None:
    """Of 500 cases 20 are poisoned by raw SQL: 480 are shown, 20 counted, on one page as over many."""
    save_all(store, many(500))
    poison(database, *POISON)
    with store.read() as reads:
        page = reads.board(BoardQuery(limit=1000))
        assert (len(page.rows), page.unreadable, page.more) == (480, 20, False)
        assert sum(count.open for count in reads.grid_counts(START)) == 495
        assert reads.board_counts(START, START).open == 500
        assert len(reads.rows([row.whistle.id for row in page.rows])) == 480
    over = pages(store, BoardQuery(limit=48))
    assert [row for part in over for row in part.rows] == list(page.rows)
    assert sum(part.unreadable for part in over) == 20


def test_one_case_that_cannot_be_read_is_said_to_be_damaged(store: SqlStore, database: Path) -> None:
    """Asked for by name it is a plain sentence, not a crash."""
    told = Story("poisoned").blow()
    save_all(store, [told])
    poison(database, "UPDATE whistle SET kind = 'garbled'")
    with store.read() as reads:
        assert reads.row(told.id) is None
        with pytest.raises(StoreTrouble) as caught:
            reads.case(told.id)
    assert caught.value.trouble is Trouble.DAMAGED
    assert caught.value.message.params["path"] == str(database)


def test_a_case_is_found_by_what_people_write(store: SqlStore) -> None:
    """Full number, number on the board (the newest), the beginning of the id; anything else finds nothing."""
    old, new, draft = Story("old", number="W-20190702-01"), Story("new"), Story("draft", number="")
    save_all(store, [old.blow(), new.blow(), draft.draft()])
    with store.read() as reads:
        assert reads.find(" w-20190702-01 ") == old.id
        assert reads.find("0702-01") == new.id
        assert reads.find(str(draft.id)) == draft.id
        assert reads.find(draft.id.hex[:8].upper()) == draft.id
        for nothing in ("", "W-20200702-02", "0703-01", "0702", draft.id.hex[:7], "ffffffff", "双河", "W-"):
            assert reads.find(nothing) is None
        assert [w.number for w in reads.by_source_number("")] == []


def test_numbers_are_given_once_a_day_and_never_twice(store: SqlStore) -> None:
    """Serials run per day, past 99 too; a number given in a transaction that fails is given again."""
    day, next_day = date(2020, 7, 2), date(2020, 7, 3)
    given = [store.write(lambda writes: writes.next_number(day)) for _ in range(101)]
    assert given[0] == "W-20200702-01"
    assert given[-2:] == ["W-20200702-100", "W-20200702-101"]
    assert store.write(lambda writes: writes.next_number(next_day)) == "W-20200703-01"

    with pytest.raises(ZeroDivisionError):
        store.write(lambda writes: writes.next_number(next_day) and 1 / 0)
    assert store.write(lambda writes: writes.next_number(next_day)) == "W-20200703-02"


def test_reports_that_look_alike_are_found(store: SqlStore) -> None:
    """Same grid and matter, same place when both have one, open, and not older than asked for."""
    stories = {
        "same": Story("same", matter="flood", number="W-20200702-01"),
        "no place": Story("no place", matter="flood", place="", number="W-20200702-02"),
        "other place": Story("other place", matter="flood", place=street().places[1].code, number="W-20200702-03"),
        "other matter": Story("other matter", matter="noise", number="W-20200702-04"),
        "other grid": Story("other grid", "JF-SH-G02", matter="flood", number="W-20200702-05"),
        "old": Story("old", matter="flood", number="W-20200701-01", start=START - timedelta(days=2)),
        "closed": Story("closed", matter="flood", number="W-20200702-07"),
    }
    for name, told in stories.items():
        told.blow()
        if name == "closed":
            told.then(EventKind.WITHDRAWN)
    save_all(store, list(stories.values()))
    since = START - timedelta(hours=24)

    def found(matter: str, at: str) -> set[str]:
        with store.read() as reads:
            rows = reads.look_alikes("JF-SH-G01", matter, at, since)
        return {name for name, told in stories.items() if told.id in {row.whistle.id for row in rows}}

    assert found("flood", "shuanghe_bridge") == {"same", "no place"}
    assert found("flood", "") == {"same", "no place", "other place"}
    assert found("", "shuanghe_bridge") == {"same", "no place", "other matter"}


def test_cases_are_found_by_another_offices_number(store: SqlStore) -> None:
    """The record number of 12345 leads to its cases, the newest first."""
    first = Story("first", source_number="12345-7")
    second = Story("second", source_number="12345-7", number="W-20200702-02", start=START + timedelta(hours=1))
    save_all(store, [first.blow(), second.blow(), Story("third", number="W-20200702-03").blow()])
    with store.read() as reads:
        assert [whistle.id for whistle in reads.by_source_number("12345-7")] == [second.id, first.id]


def test_a_page_costs_two_statements(store: SqlStore) -> None:
    """However many rows a page has, its departments come in one more statement."""
    save_all(store, many(40))
    with store.read() as reads, statements() as seen:
        assert len(reads.board(BoardQuery(limit=40)).rows) == 40
    assert len(seen - {"BEGIN"}) == 2
