"""The archive: pages both ways along the keys, filters, and counts that stop counting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import pytest

from app.domain.events import EventKind
from app.domain.whistle import Case, WhistleState
from app.services.ports import ArchiveKey, ArchivePage, ArchiveQuery, SearchWord, archive_key
from db.unit_of_work import SqlStore
from tests.db.raw import poison
from tests.db.saving import save, save_all
from tests.db.story import START, Story, closed

W, K = WhistleState, EventKind
GRIDS = ("JF-SH-G01", "JF-SH-G02", "JF-GNP-G01")


def told(n: int) -> Story:
    """The nth of many cases: closed, rated or withdrawn, in one of three grids; some at the same minute."""
    one = Story(f"case {n}", grid=GRIDS[n % 3], place="", number=f"W-20200702-{n + 1:02d}",
                start=START + timedelta(hours=n // 2))  # fmt: skip
    if n % 4 == 0:
        return one.blow().then(K.WITHDRAWN)
    closed(one)
    return one.then(K.RATED, score=5, default=True) if n % 4 == 1 else one


@pytest.fixture
def cases(store: SqlStore) -> list[Case]:
    """Twenty-four ended cases in the archive's order, and two on the board."""
    save_all(store, [Story("open", number="W-20200703-01").blow(), Story("draft", number="").draft()])
    ended = save_all(store, [told(n) for n in range(24)])
    return sorted(ended, key=place, reverse=True)


def place(case: Case) -> tuple[object, str]:
    key = archive_key(case.whistle)
    return key.left_at, key.id.hex


def page(store: SqlStore, query: ArchiveQuery) -> ArchivePage:
    with store.read() as reads:
        return reads.archive(query)


def ids(found: ArchivePage) -> list[UUID]:
    return [row.whistle.id for row in found.rows]


def wanted(cases: list[Case]) -> list[UUID]:
    return [case.whistle.id for case in cases]


def pages_down(store: SqlStore, query: ArchiveQuery) -> Iterator[ArchivePage]:
    found = page(store, query)
    yield found
    while found.earlier:
        found = page(store, replace(query, after=found.last))
        yield found


@pytest.mark.parametrize("limit", [1, 5, 24, 100])
def test_pages_follow_each_other_down_and_up(store: SqlStore, cases: list[Case], limit: int) -> None:
    """Every ended case once, the latest first; the way back shows the same pages from their ends."""
    down = list(pages_down(store, ArchiveQuery(limit=limit)))
    assert [id_ for found in down for id_ in ids(found)] == wanted(cases)
    assert [found.later for found in down] == [n > 0 for n in range(len(down))]
    for above, below in pairwise(down):
        back = page(store, ArchiveQuery(before=below.first, limit=limit))
        assert (ids(back), back.earlier) == (ids(above), True)


@pytest.mark.parametrize("words", [(), (SearchWord("井盖"),)])
def test_a_page_around_a_case_has_it_inside(store: SqlStore, cases: list[Case], words: tuple[SearchWord, ...]) -> None:
    """The case itself with those before and after it, also at both ends, in either order of the archive."""
    everything = ids(page(store, ArchiveQuery(words=words)))
    assert sorted(everything) == sorted(wanted(cases))
    for case in cases:
        found = page(store, ArchiveQuery(words=words, around=archive_key(case.whistle), limit=7))
        at = everything.index(case.whistle.id)
        first = max(0, at - 3)
        assert ids(found) == everything[first : first + len(ids(found))]
        assert case.whistle.id in ids(found)
        assert (found.later, found.earlier) == (first > 0, found.rows[-1].whistle.id != everything[-1])


def test_states_grids_and_days_narrow_it_down(store: SqlStore, cases: list[Case]) -> None:
    """Each alone and all together, paged by three; states of the board find nothing here."""
    since = START + timedelta(hours=6)
    for states in (frozenset({W.RATED}), frozenset({W.CLOSED, W.WITHDRAWN, W.OPEN}), frozenset[W]()):
        for grids in (frozenset({GRIDS[1]}), frozenset(GRIDS[:2]), frozenset[str]()):
            for at in (None, since):
                query = ArchiveQuery(states, grids, since=at, limit=3)
                fitting = [
                    case.whistle.id
                    for case in cases
                    if (not states or case.whistle.state in states)
                    and (not grids or case.whistle.grid in grids)
                    and (at is None or archive_key(case.whistle).left_at >= at)
                ]
                assert [id_ for found in pages_down(store, query) for id_ in ids(found)] == fitting
                with store.read() as reads:
                    assert reads.archive_count(query) == len(fitting)
    assert page(store, ArchiveQuery(frozenset({W.OPEN}))) == ArchivePage((), None, None, earlier=False, later=False)


def test_words_narrow_it_down_both_ways(store: SqlStore, cases: list[Case]) -> None:
    """The newest recorded first, paged down and up; cases on the board are not among them."""
    query = ArchiveQuery(words=(SearchWord("井盖"), SearchWord("case")), limit=5)
    down = list(pages_down(store, query))
    found = [row.whistle.number for one in down for row in one.rows]
    assert found == sorted(found, reverse=True)
    assert len(found) == len(cases)
    for above, below in pairwise(down):
        assert ids(page(store, replace(query, before=below.first))) == ids(above)
    assert ids(page(store, replace(query, words=(SearchWord("路灯"),)))) == []
    assert ids(page(store, replace(query, words=(SearchWord("*"),)))) == []
    with store.read() as reads:
        assert reads.archive_count(query) == len(cases)


def test_a_case_that_comes_back_leaves_the_archive_and_its_key_stays_good(store: SqlStore, cases: list[Case]) -> None:
    """Reopened while somebody pages: the next page goes on from where it was; its rating never moves a case."""
    story = next(told(n) for n in range(24) if told(n).told()[0].whistle.state is W.CLOSED)
    before = wanted(cases)
    at = before.index(story.id)
    key = archive_key(story.told()[0].whistle)
    count = len(story.events)
    story.then(K.REOPENED, episode=2)
    case, dues = story.told()
    store.write(lambda writes: (writes.append(story.events[count:]), writes.save_case(case, dues)))
    assert ids(page(store, ArchiveQuery())) == before[:at] + before[at + 1 :]
    assert ids(page(store, ArchiveQuery(after=key, limit=3))) == before[at + 1 : at + 4]


def test_a_rating_does_not_move_a_case(store: SqlStore) -> None:
    """It stays where it was closed."""
    first, second = closed(Story("first")), closed(Story("second", number="W-20200702-02"))
    second.start += timedelta(hours=1)
    save_all(store, [first, Story("other", number="W-20200702-03", start=START + timedelta(hours=2)).blow()])
    later = closed(Story("later", number="W-20200702-04", start=START + timedelta(hours=3)))
    save(store, later)
    count = len(first.events)
    first.tell(K.RATED, {"score": 5, "default": True})
    case, dues = first.told()
    store.write(lambda writes: (writes.append(first.events[count:]), writes.save_case(case, dues)))
    assert ids(page(store, ArchiveQuery())) == [later.id, first.id]


def test_counts_are_by_state(store: SqlStore, cases: list[Case]) -> None:
    """All states of ended cases, those with none too."""
    with store.read() as reads:
        counts = reads.archive_counts()
    assert counts == {W.CLOSED: 12, W.RATED: 6, W.WITHDRAWN: 6, W.MERGED: 0, W.REJECTED: 0}


def test_counts_stop_at_a_thousand_and_one(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the cap only "more" is known: here with a cap of five."""
    save_all(store, [told(n) for n in range(24)])
    monkeypatch.setattr("db.repositories.archive.MANY", 5)
    monkeypatch.setattr("db.repositories.search.MANY", 5)
    with store.read() as reads:
        assert reads.archive_count(ArchiveQuery()) == 6
        assert reads.archive_counts()[W.CLOSED] == 6
        assert reads.archive_count(ArchiveQuery(words=(SearchWord("井盖"),))) == 6


def test_a_row_that_cannot_be_read_is_counted(store: SqlStore, cases: list[Case]) -> None:
    """The others are shown and the paging goes on."""
    unknown = cases[2].whistle.id
    poison(store.path, f"UPDATE whistle SET kind = 'unheard_of' WHERE id = '{unknown.hex}'")
    found = page(store, ArchiveQuery(limit=4))
    assert (ids(found), found.unreadable) == (wanted(cases)[:2] + wanted(cases)[3:4], 1)
    assert found.last == archive_key(cases[3].whistle)


def test_a_key_of_no_case_is_a_place_all_the_same(store: SqlStore, cases: list[Case]) -> None:
    """An instant between two cases divides them."""
    middle = archive_key(cases[11].whistle)
    key = ArchiveKey(middle.left_at - timedelta(seconds=1), UUID(int=0))
    older = [case.whistle.id for case in cases if archive_key(case.whistle).left_at < key.left_at]
    assert ids(page(store, ArchiveQuery(after=key))) == older
    assert ids(page(store, ArchiveQuery(before=key))) == [id_ for id_ in wanted(cases) if id_ not in older]
