"""The part of the archive that a list holds: pages join, far ones are let go, stale answers are not taken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from app.domain.whistle import WhistleState
from app.screens import archive_window
from app.screens.archive_window import BEGINNING, ArchiveAnswer, ArchiveWindow, ArchiveWish, Frame
from app.services.ports import ArchivePage, BoardRow, archive_key

BASE = datetime(2020, 7, 1, tzinfo=UTC)
CLOSED = frozenset({WhistleState.CLOSED})


def _row(number: int) -> BoardRow:
    """A case that left the board so many minutes after the others."""
    whistle: Any = SimpleNamespace(id=UUID(int=number), state=WhistleState.CLOSED, created_at=BASE, rated_at=None,
                                   closed_at=BASE + timedelta(minutes=number), ended_at=None)  # fmt: skip
    return BoardRow(whistle, "", "")


class Archive:
    """A hundred closed cases, the latest first, asked as the store is."""

    def __init__(self, count: int = 100) -> None:
        self.rows = [_row(number) for number in reversed(range(1, count + 1))]

    def answer(self, wish: ArchiveWish) -> ArchiveAnswer:
        keys = [archive_key(row.whistle) for row in self.rows]
        order = [(key.left_at, key.id.int) for key in keys]
        query, start, end = wish.query, 0, wish.query.limit
        if query.after is not None:
            start = sum(place >= (query.after.left_at, query.after.id.int) for place in order)
            end = start + query.limit
        elif query.before is not None:
            end = sum(place > (query.before.left_at, query.before.id.int) for place in order)
            start = max(0, end - query.limit)
        elif query.around is not None:
            middle = sum(place > (query.around.left_at, query.around.id.int) for place in order)
            start = max(0, middle - query.limit // 2)
            end = start + query.limit
        rows = tuple(self.rows[start:end])
        first, last = (keys[start], keys[min(end, len(keys)) - 1]) if rows else (None, None)
        page = ArchivePage(rows, first, last, earlier=end < len(self.rows), later=start > 0)
        return ArchiveAnswer(wish, page, {WhistleState.CLOSED: len(self.rows)})


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of ten, three held at once."""
    monkeypatch.setattr(archive_window, "PAGE", 10)
    monkeypatch.setattr(archive_window, "MOST", 30)


def _opened(archive: Archive) -> ArchiveWindow:
    window = ArchiveWindow()
    window.show(Frame(CLOSED))
    assert window.take(archive.answer(window.wish()))
    return window


def _numbers(window: ArchiveWindow) -> list[int]:
    return [row.whistle.id.int for row in window.rows]


def test_pages_join_without_a_gap_and_far_ones_are_let_go() -> None:
    """Down to the oldest and up again, page by page: always neighbours, never more than three pages."""
    archive = Archive()
    window = _opened(archive)
    assert _numbers(window) == list(range(100, 90, -1))
    for step, last in ((1, 1), (-1, 100)):
        seen = set(_numbers(window))
        while window.go_on(step):
            assert window.take(archive.answer(window.wish()))
            numbers = _numbers(window)
            assert numbers == list(range(numbers[0], numbers[-1] - 1, -1))
            assert len(numbers) <= 30
            seen |= set(numbers)
        assert last in _numbers(window)
        assert seen == set(range(1, 101)) or step < 0
    assert window.at_top


def test_the_very_last_page_is_one_step_away() -> None:
    """To the edge and back; at an edge there is nothing to wait for."""
    archive = Archive()
    window = _opened(archive)
    assert window.go_to_edge(1)
    assert window.wish().query.before == BEGINNING
    assert window.take(archive.answer(window.wish()))
    assert _numbers(window) == list(range(10, 0, -1))
    assert not window.go_to_edge(1)
    assert not window.go_on(1)
    assert window.go_to_edge(-1)
    assert window.take(archive.answer(window.wish()))
    assert _numbers(window) == list(range(100, 90, -1))


def test_what_is_here_is_read_again_around_the_cursor() -> None:
    """A refresh far from the top keeps the cursor's case in the list; at the top new cases come in."""
    archive = Archive()
    window = _opened(archive)
    archive.rows.insert(0, _row(101))
    assert window.take(archive.answer(window.wish(UUID(int=95))))
    assert _numbers(window)[0] == 101
    for _ in range(4):
        assert window.go_on(1)
        assert window.take(archive.answer(window.wish()))
    middle = _numbers(window)[15]
    assert window.take(archive.answer(window.wish(UUID(int=middle))))
    assert middle in _numbers(window)
    assert not window.at_top


def test_an_answer_to_an_older_question_is_not_taken() -> None:
    """Another filter, or another page asked for since: the late answer changes nothing."""
    archive = Archive()
    window = _opened(archive)
    before = _numbers(window)
    refresh = archive.answer(window.wish())
    assert window.go_on(1)
    page = archive.answer(window.wish())
    assert not window.take(refresh)
    window.show(Frame(CLOSED, needle="井盖"))
    assert not window.take(page)
    assert _numbers(window) == before
