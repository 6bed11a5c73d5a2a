"""Search: what is found by which words, in what order, and that the index says what the cases say."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.errors import StoreTrouble
from app.domain.events import EventKind
from app.domain.search_text import TEXTS_CAP
from app.domain.whistle import WhistleState
from app.services.ports import Named, Writes
from db.unit_of_work import SqlStore, open_store
from tests.db.children import Tell, child
from tests.db.raw import by_hand
from tests.db.saving import keep, save, save_all
from tests.db.searching import found, kept, remade, search
from tests.db.story import START, STORIES, A, B, K, Story, story

HAN = "井盖冲开路灯不亮污水外溢占道经营重庆银行长江大桥单县的一"


def titled(title: str, name: str = "", number: str = "W-20200702-01", **words: str) -> Story:
    """A whistle with this title and other words."""
    one = Story(name or title, number=number)
    one.tell(K.BLOWN, one.facts(approval=False, number=number), words={"title": title, **words})
    return one


def test_one_two_and_more_characters_find(store: SqlStore) -> None:
    """Any part of title, place, facts and later notes; nothing that is not in a row."""
    one = titled("双河大桥旁井盖冲开", place_text="东门外", why="需更换井圈")
    one.dispatch(A).on(K.ACKNOWLEDGED, A)
    one.tell(K.NOTED, words={"note": "水位回落"})
    save(store, one)
    for typed in ("盖", "井盖", "桥旁井盖冲", "东门", "门外", "井圈", "水位", "双河 冲开", "回落 井盖 东门外"):
        assert found(store, typed) == [one.id], typed
    for typed in ("盖井", "路灯", "井盖 路灯", "双桥"):
        assert found(store, typed) == [], typed


def test_case_width_and_marks_make_no_difference(store: SqlStore) -> None:
    """Full-width letters, capitals, accents, marks between; Latin words by their beginning, not by their middle."""
    one = titled("ＡＢ座Ｃａｆé Water-pipe 漏水")
    save(store, one)
    for typed in ("ab座", "ＣＡＦＥ", "café", "wat", "WATER", "pipe", "water-pipe", "漏水，cafe", "wa pi"):
        assert found(store, typed) == [one.id], typed
    for typed in ("ater", "w", "c", "waterpipe"):
        assert found(store, typed) == [], typed


def test_initials_find_by_every_reading(store: SqlStore) -> None:
    """重庆 by cq and zq, from anywhere in title or place, together with words; not in notes."""
    one = titled("在重庆银行门口", place_text="长江大桥")
    one.tell(K.NOTED, words={"note": "路灯不亮"})
    save(store, one)
    for typed in ("cq", "zq", "cqyh", "zqyx", "cqyhmk", "yhmk", "cj", "zjdq", "zjdq 重庆", "ZQ"):
        assert found(store, typed) == [one.id], typed
    for typed in ("qc", "cqmk", "ldbl", "cqyhmj"):
        assert found(store, typed) == [], typed


def test_the_number_is_found_whole_and_in_parts(store: SqlStore) -> None:
    """As it is written, as the board shows it, by day, month and year; digits of a phone by their beginning."""
    one = titled("井盖", number="W-20200702-01", callback="13812345678")
    other = titled("路灯", number="W-20210703-12")
    save_all(store, [one, other])
    for typed in (
        "W-20200702-01", "w-20200702-01", "20200702-01", "0702-01", "20200702", "0702", "2020070", "202007",
        "20200", "2020", "０７０２－０１", "138", "1381", "13812", "138123", "13812345678",
    ):  # fmt: skip
        assert found(store, typed) == [one.id], typed
    for typed in ("0703-12", "2021", "20210", "202107", "12"):
        assert found(store, typed) == [other.id], typed
    for typed in ("07", "202"):
        assert found(store, typed) == [other.id, one.id], typed
    for typed in ("0702-02", "0703-1", "20200703", "2019", "20201", "202008", "9999"):
        assert found(store, typed) == [], typed


def test_codes_find_what_they_name(store: SqlStore) -> None:
    """Grid, community, place, departments, blower, owner, kind, matter; the word itself finds as well."""
    one = story("returned")
    other = titled("公共厕所", number="W-20200702-02")
    save_all(store, [one, other])
    case, _ = one.told()
    for sort, code in (
        ("department", A), ("department", B), ("department", "enforcement_brigade"), ("place", "shuanghe_bridge"),
        ("unit", "JF-SH-G01"), ("unit", "JF-SH"), ("member", case.whistle.blower),
        ("member", case.whistle.owner), ("kind", "emergency"),
    ):  # fmt: skip
        assert one.id in found(store, "公共", Named(sort, code)), code
    assert found(store, "公共", Named("department", A)) == [other.id, one.id]
    assert found(store, "公共", Named("department", "JF-SH-G01")) == [other.id]
    assert found(store, "公共") == [other.id]
    assert found(store, "井盖 公共", Named("department", A)) == [one.id]


def test_states_narrow_it_down_and_follow_the_case(store: SqlStore) -> None:
    """A case is found in the state it has now, and in no other."""
    one = titled("井盖")
    case, dues = one.told()
    keep(store, one.events, case, dues)
    opened = frozenset({WhistleState.OPEN})
    assert search(store, "井盖", states=opened).count == 1
    withdrawn = one.tell(EventKind.WITHDRAWN)
    case, dues = one.told()
    keep(store, [withdrawn], case, dues)
    assert search(store, "井盖", states=opened).count == 0
    assert search(store, "井盖", states=frozenset({WhistleState.WITHDRAWN, WhistleState.OPEN})).count == 1


def test_the_newest_come_first_and_the_count_goes_on(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of twelve the last five, newest first, and twelve said; beyond the cap only that there are more."""
    stories = [titled("井盖", f"n{n}", f"W-20200702-{n + 1:02d}") for n in range(12)]
    save_all(store, stories)
    result = search(store, "井盖", limit=5)
    assert [row.whistle.id for row in result.rows] == [one.id for one in reversed(stories)][:5]
    assert (result.count, result.many) == (12, False)
    monkeypatch.setattr("db.repositories.search.MANY", 10)
    result = search(store, "井盖", limit=5)
    assert (result.count, result.many) == (10, True)


HOSTILE = (
    "", " ", "\0", "\0\0井", '"', '""', "*", "-", ":", "()", ")(", "^", "+", "NEAR(", "NEAR(a b, 2)", "AND", "OR",
    "NOT", "a AND", "heading:x", "{heading} : x", "井*", '井"盖', "'; DROP TABLE search; --", "，。、", "\ud800",
    "\u200b", "ﷺ", "x" * 200, "井" * 200, "井盖" * 5000, "a b c d e f g h", "1 " * 5000, "1" * 200, "é" * 100,
    "abcdefghijklmnopqrstuvwxyz" * 10, "%", "_", "\\", "🔥", "a\u0301" * 50, "٣٤", "½",
)  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_text_breaks_the_search(store: SqlStore, typed: str) -> None:
    """Marks, words of the index's own language, nothing, very much: an answer, never an error."""
    save(store, titled("井盖"))
    result = search(store, typed, Named("kind", "emergency")) if typed.isalnum() else search(store, typed)
    assert result.count in (0, 1)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=60))
def test_no_unicode_breaks_the_search(store: SqlStore, typed: str) -> None:
    """Whatever characters there are."""
    assert search(store, typed).rows == ()


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(
        st.one_of(st.text(HAN, min_size=1, max_size=8), st.text("abcXYZ09", min_size=1, max_size=9)),
        min_size=1, max_size=6,
    ),
    at=st.integers(0, 5), length=st.integers(1, 5), note=st.booleans(),
)  # fmt: skip
def test_a_case_is_found_by_each_of_its_words(
    store: SqlStore, words: list[str], at: int, length: int, note: bool
) -> None:
    """Any part of a Chinese word, the beginning of a Latin one, all words together; in titles and in notes."""
    text = " ".join(words)
    one = titled("无题" if note else text, uuid4().hex, number="")
    one.events.clear()
    one.tell(K.DRAFTED, one.facts(), words={"title": "无题", "why": text} if note else {"title": text})
    save(store, one)
    assert one.id in found(store, text)
    for word in words:
        assert one.id in found(store, word)
        if word[0] in HAN:
            assert one.id in found(store, word[at % len(word) :][:length])
        elif length > 1:
            assert one.id in found(store, word[: max(2, length)])


@pytest.mark.parametrize("name", STORIES)
def test_what_is_kept_is_what_would_be_made_anew(store: SqlStore, name: str) -> None:
    """Step by step through every story, the row of search is the one that the case at its end gives."""
    save(store, Story("into", number="W-20200702-09", start=START - timedelta(days=1)).blow())
    for event, case, dues in story(name).steps():
        keep(store, [event], case, dues)
    before = kept(store.path)
    assert len(before) == 2
    assert remade(store) == before


def test_words_that_were_emptied_are_found_no_more(store: SqlStore) -> None:
    """Retention empties title and note; the case is still found by number and department, its words by nobody."""
    one = titled("井盖冲开", caller="张三")
    one.dispatch(A).on(K.ACKNOWLEDGED, A)
    other = titled("井盖", number="W-20200702-02")
    save_all(store, [one, other])
    assert found(store, "张三") == [one.id]
    with by_hand(store.path) as connection:
        for event in one.events:
            connection.execute("UPDATE words SET body = NULL, salt = NULL WHERE id = ?", (event.words_id.hex,)
                               if event.words_id else ("",))  # fmt: skip
    store.write(lambda writes: writes.search_anew([one.id]))
    for typed in ("张三", "冲开", "jgck", "acknowledged"):
        assert found(store, typed) == [], typed
    assert found(store, "井盖") == [other.id]
    assert found(store, "0702-01") == [one.id]
    assert found(store, "x公共", Named("department", A)) == [one.id]
    before = kept(store.path)
    store.write(lambda writes: writes.rebuild_search())
    assert kept(store.path) == before
    with by_hand(store.path) as connection:
        terms = b"".join(bytes(row[0]) for row in connection.execute("SELECT block FROM search_index_data"))
    assert "三".encode() not in terms


def test_a_title_that_is_revised_is_found_by_its_new_words_only(store: SqlStore) -> None:
    """Title and initials follow; the words typed before stay findable as part of what was said."""
    one = Story("revised")
    one.tell(K.BLOWN, one.facts(approval=True, number=one.number), words={"title": "井盖冲开"})
    case, dues = one.told()
    keep(store, one.events, case, dues)
    one.tell(K.REJECTED)
    one.tell(K.REVISED, one.facts(), words={"title": "路灯不亮"})
    case, dues = one.told()
    keep(store, one.events[1:], case, dues)
    assert found(store, "ldbl") == [one.id]
    assert found(store, "jgck") == []
    assert found(store, "井盖") == [one.id]
    assert remade(store) == kept(store.path)


def test_of_endless_notes_the_newest_are_searched(store: SqlStore) -> None:
    """The facts and the newest notes up to the cap, so that one case cannot fill the index."""
    one = titled("井盖")
    one.tell(K.NOTED, words={"note": "最早的话"})
    one.tell(K.NOTED, words={"note": "水" * TEXTS_CAP})
    one.tell(K.NOTED, words={"note": "最新的话"})
    save(store, one)
    assert found(store, "最新") == [one.id]
    assert found(store, "最早") == []
    assert found(store, "井盖") == [one.id]


def test_a_write_that_is_taken_back_leaves_the_index_as_it_was(store: SqlStore) -> None:
    """A refusal at the end of the transaction, with the row already written."""
    save(store, titled("井盖"))
    before = kept(store.path)
    other = titled("路灯", number="W-20200702-02")
    case, dues = other.told()

    def refused(writes: Writes) -> None:
        writes.append(other.events)
        writes.save_case(case, dues)
        raise LookupError

    with pytest.raises(LookupError):
        store.write(refused)
    assert kept(store.path) == before
    assert found(store, "路灯") == []


def killed(database: Path, moment: Callable[[SqlStore, Tell], None]) -> None:
    """Run a child over the database and kill it when it tells."""

    def work(tell: Tell) -> None:
        store = open_store(database, create=False)
        moment(store, tell)

    with child(work) as doomed:
        assert doomed.line() == "now"
        doomed.kill()


def test_a_killed_program_leaves_index_and_rows_alike(database: Path) -> None:
    """kill -9 between the rows and the commit, then in the middle of many commits."""

    def between(store: SqlStore, tell: Tell) -> None:
        def work(writes: Writes) -> None:
            one = titled("路灯", number="W-20200702-99")
            case, dues = one.told()
            writes.append(one.events)
            writes.save_case(case, dues)
            tell("now")
            time.sleep(60)

        store.write(work)

    def among(store: SqlStore, tell: Tell) -> None:
        for n in range(2000):
            one = Story(f"{os.getpid()} {n}", number="").draft()
            save(store, one)
            if n == 15:
                tell("now")

    for moment in (between, among):
        killed(database, moment)
    store = open_store(database, create=False)
    assert found(store, "路灯") == []
    before = kept(database)
    assert len(before) >= 16
    assert [sorted(row) for row in sorted(remade(store))] == [sorted(row) for row in sorted(before)]
    store.close()


def test_the_index_stays_whole_when_rows_are_touched_by_hand(store: SqlStore) -> None:
    """Triggers follow every insert, change and removal, whoever made it."""
    save(store, titled("井盖"))
    with by_hand(store.path) as connection:
        connection.execute("UPDATE search SET heading = '路 灯'")
        assert len(kept(store.path)) == 1
        assert len(found(store, "路灯")) == 1
        connection.execute("DELETE FROM search")
        assert kept(store.path) == []
        assert found(store, "路灯") == []


def test_a_sqlite_without_full_text_is_refused_with_a_sentence(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is touched."""
    monkeypatch.setattr("db.unit_of_work.has_full_text", lambda: False)
    before = database.read_bytes()
    with pytest.raises(StoreTrouble, match="FTS5"):
        open_store(database, create=True)
    assert database.read_bytes() == before
