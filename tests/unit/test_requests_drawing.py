"""Requests with their decisions side by side: who asked, why, who decided what, why (domain 2.5, behaviours 11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from rich.cells import cell_len

from app.domain.asked import Asked, asked
from app.domain.moves import Action
from app.domain.whistle import RequestKind, WhistleState
from app.render.detail import case_title
from app.render.glyphs import Glyphs
from app.render.requests import request_lines
from app.render.rows import plain
from app.render.sight import Sight
from app.render.words import Language, words_for
from tests.unit.cases import BRIGADE, LIAISONS, PLATFORM, SAFETY, UTILITIES, ZONE, CaseBook, street


def bounced() -> CaseBook:
    """Utilities' return is upheld and safety sent instead, whose return is refused; utilities' assist asks anew."""
    book = CaseBook().dispatched(UTILITIES, BRIGADE)
    book.asked(RequestKind.RETURN, UTILITIES)
    book.do(Action.DECIDE_RETURN, PLATFORM, on=UTILITIES, granted=True, reason="确非本单位", to=SAFETY)
    book.later(minutes=3).do(Action.REQUEST_RETURN, LIAISONS[SAFETY], on=SAFETY, reason="应由产权单位处理")
    book.later(minutes=2).do(Action.DECIDE_RETURN, PLATFORM, on=SAFETY, granted=False, reason="先消除隐患")
    return book


def told(book: CaseBook) -> tuple[Asked, ...]:
    """The requests as the panes read them."""
    words = {event.words_id: event.words for event in book.events if event.words_id}
    return asked(book.case, words, book.events)


def sight(book: CaseBook, language: Language = "zh") -> Sight:
    """The sample street at the case's minute."""
    return Sight(words_for(language), Glyphs(), street(), ZONE, book.now)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [30, 44, 64, 78, 180])
def test_both_reasons_stand_beside_what_was_decided(width: int, language: Language) -> None:
    """Departments, both reasons, both decisions, at every width within it."""
    book = bounced()
    assert book.whistle.ping_pong
    lines = [plain(cell) for cell in request_lines(told(book), sight(book, language), width, 14)]
    assert all(cell_len(line) <= width for line in lines)
    words = words_for(language)
    granted, refused = words.t("granted"), words.t("refused")
    assert any(refused in line for line in lines)
    if width == 180:
        (first,) = [line for line in lines if "权属不符" in line]
        (second,) = [line for line in lines if "应由产权单位处理" in line]
        assert granted in first
        assert "确非本单位" in "".join(lines[: lines.index(second)])
        assert refused in second
        assert "先消除隐患" in "".join(lines[lines.index(second) :])


def test_what_waits_comes_first_and_says_until_when() -> None:
    """An extension nobody has decided stands above the decided returns."""
    book = bounced().later(minutes=1).asked(RequestKind.EXTENSION, BRIGADE)
    first, *others = told(book)
    assert (first.pending, first.department, first.to) == (True, BRIGADE, "")
    assert [one.to for one in others] == [SAFETY, ""]
    line = plain(request_lines(told(book), sight(book), 120, 9)[0])
    until = book.now + timedelta(hours=30)
    assert f"{until.astimezone(ZONE):%m-%d %H:%M}" in line
    assert words_for("zh").t("waiting for a decision") in line


def test_a_request_that_nobody_decided_says_so() -> None:
    """The department came on site: its return lapsed, nobody refused it."""
    book = CaseBook().dispatched(UTILITIES).asked(RequestKind.RETURN, UTILITIES)
    book.do(Action.REPORT_IN, LIAISONS[UTILITIES], on=UTILITIES, person="现场负责人")
    (one,) = told(book)
    assert one.lapsed
    assert "自行失效" in plain(request_lines([one], sight(book), 120, 4)[0])


def test_what_finds_no_room_is_counted() -> None:
    """In two lines one request of three and how many more there are."""
    book = bounced().later(minutes=1).asked(RequestKind.EXTENSION, BRIGADE)
    lines = [plain(cell) for cell in request_lines(told(book), sight(book), 120, 2)]
    assert len(lines) == 2
    assert "另有 2 条" in lines[1]


def test_a_default_score_says_so() -> None:
    """Rated by the program for want of a rating: the title of the case marks it."""
    case = CaseBook().in_state(WhistleState.RATED).case
    by_default = replace(case, whistle=replace(case.whistle, score_by_default=True))
    title = plain(case_title(by_default, sight(CaseBook())))
    assert "（默认）" in title or "(默认)" in title
    assert "默认" not in plain(case_title(case, sight(CaseBook())))
