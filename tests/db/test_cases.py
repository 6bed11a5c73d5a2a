"""Cases come back from the database as they were folded, state by state."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from app.domain.dues import DueKind
from app.domain.events import EventKind
from app.domain.org import Role
from app.domain.whistle import WhistleState
from app.services.ports import Raced, Writes
from db.unit_of_work import SqlStore
from tests.db.raw import by_hand
from tests.db.saving import keep, save
from tests.db.story import START, STORIES, A, Story, closed, story


@pytest.mark.parametrize("name", STORIES)
def test_every_state_comes_back_as_it_was_saved(name: str, store: SqlStore) -> None:
    """After each fact of the history the stored case equals the folded one, and so do its pending dues."""
    if STORIES[name][0] is WhistleState.MERGED:
        save(store, Story("into", number="W-20200702-02").blow())
    told = story(name)
    for event, case, dues in told.steps():
        keep(store, [event], case, dues)
        with store.read() as reads:
            assert reads.case(told.id) == case
            pending = {due for due, state in reads.dues_of(told.id) if state == "pending"}
            assert pending == set(dues)
    assert case.whistle.state is STORIES[name][0]


def test_events_come_back_with_words_and_commit_order(store: SqlStore) -> None:
    """What was appended is read field by field, and the returned events carry the commit order."""
    told = closed(Story("whole"))
    case, dues = told.told()
    stored = keep(store, told.events, case, dues)
    assert [event.seq for event in stored] == list(range(1, len(told.events) + 1))
    with store.read() as reads:
        assert reads.events_of(told.id) == stored
        assert reads.event(stored[3].id) == stored[3]
        assert reads.event(uuid4()) is None
        assert reads.last_seq() == len(stored)
        assert reads.last_occurred_at() == stored[-1].occurred_at
        assert [c.seq for c in reads.changes_since(3, limit=4)] == [4, 5, 6, 7]
        assert reads.stream_version(stored[0].stream) == sum(e.stream == stored[0].stream for e in stored)
        assert reads.org_version() == 0


def test_words_without_an_id_get_one(store: SqlStore) -> None:
    """An event with texts but no words id is returned with the id its words were kept under."""
    told = Story("unnamed").blow()
    told.events[0] = replace(told.events[0], words_id=None)
    case, dues = told.told()
    (stored,) = keep(store, told.events, case, dues)
    assert stored.words_id is not None
    with store.read() as reads:
        assert reads.events_of(told.id)[0].words == told.events[0].words


@pytest.mark.parametrize("same", ["id", "version"])
def test_a_known_id_or_version_is_a_race(same: str, store: SqlStore) -> None:
    """A second event with the same id, or on the same place of its stream, raises Raced and leaves nothing."""
    told = Story("race").blow().dispatch(A)
    save(store, told)
    first = told.events[0]
    again = Story("race", start=START + timedelta(hours=1))
    again.events.append(first)
    other = again.tell(EventKind.NOTED, {})
    clash = replace(other, id=first.id, stream_version=9) if same == "id" else replace(other, stream_version=1)
    tries = []

    def work(writes: Writes) -> None:
        tries.append(writes.last_seq())
        writes.append([clash])

    with pytest.raises(Raced):
        store.write(work)
    assert len(tries) > 1
    with store.read() as reads:
        assert reads.last_seq() == 2


def test_fired_dues_stay_and_cancelled_ones_wake_up(store: SqlStore, database: Path) -> None:
    """Saving again leaves fired rows alone, cancels what is no longer due, and wakes what is due again."""
    told = Story("dues").blow()
    case, dues = told.told()
    keep(store, told.events, case, dues)
    store.write(lambda writes: writes.save_case(case, ()))
    with store.read() as reads:
        assert {state for _, state in reads.dues_of(told.id)} == {"cancelled"}
        assert reads.pending_dues(START + timedelta(days=30)) == ()
    store.write(lambda writes: writes.save_case(case, dues))
    with store.read() as reads:
        assert {state for _, state in reads.dues_of(told.id)} == {"pending"}
        rows = reads.pending_dues(START + timedelta(days=30))
        assert [row.due for row in rows] == list(dues)
        assert {row.number for row in rows} == {case.whistle.number}
    with by_hand(database) as connection:
        connection.execute("UPDATE due SET state = 'fired' WHERE kind = 'dispatch'")
    told.dispatch(A)
    keep(store, told.events[1:], *told.told())
    with store.read() as reads:
        states = {due.kind: state for due, state in reads.dues_of(told.id)}
    assert states[DueKind.DISPATCH] == "fired"
    assert states[DueKind.ACKNOWLEDGE] == "pending"


def test_the_grid_learns_when_a_person_recorded_there(store: SqlStore) -> None:
    """The newest record of a person counts, an older one and the program's own do not."""
    late = Story("late").blow()
    save(store, late)
    recorded = late.events[0].recorded_at
    save(store, Story("early", number="W-20200702-02", start=START - timedelta(hours=3)).blow())
    own = Story("own", number="W-20200702-03", start=START + timedelta(hours=3))
    own.tell(EventKind.BLOWN, own.facts(approval=False, number=own.number), role=Role.SYSTEM)
    save(store, own)
    with store.read() as reads:
        assert reads.last_record_by_grid() == {"JF-SH-G01": recorded}
