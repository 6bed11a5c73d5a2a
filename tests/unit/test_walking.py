"""One key an answer: what keys say to each kind of question, what they leave alone, and where the cursor goes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.answers import read_answer
from app.domain.checklist import Answer, AnswerKind, Question, Trend, Verdict
from app.domain.message import Name
from app.domain.walking import answer_of_key, next_open, noted, opens_line

ITEMS = [(point, question) for point in range(1, 5) for question in ("a", "b", "c")]


def question(kind: AnswerKind, **how: object) -> Question:
    """A question of a kind."""
    return Question("q", Name("问", "q"), kind, **how)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("keys", "verdict"), [("1oO", Verdict.OK), ("2pP", Verdict.PROBLEM), ("3nN", Verdict.NOT_SEEN)]
)
def test_a_state_is_said_by_digit_or_letter(keys: str, verdict: Verdict) -> None:
    """Digits arrive with an input method on, letters are second ways."""
    for key in keys:
        assert answer_of_key(question(AnswerKind.STATE), key) == Answer(verdict)
    assert answer_of_key(question(AnswerKind.STATE), "4") is None


def test_yes_and_no_are_a_problem_where_the_other_one_is_wanted() -> None:
    """Of a question that wants nothing neither is."""
    wants = question(AnswerKind.YES_NO, wants=True)
    assert answer_of_key(wants, "1") == Answer(Verdict.OK, yes=True)
    assert answer_of_key(wants, "n") == Answer(Verdict.PROBLEM, yes=False)
    assert answer_of_key(wants, "3") == Answer(Verdict.NOT_SEEN)
    assert answer_of_key(question(AnswerKind.YES_NO), "2") == Answer(Verdict.OK, yes=False)


def test_digits_of_a_number_open_its_line() -> None:
    """They are the answer itself; of words every character is, of a state only Chinese ones."""
    for kind in (AnswerKind.NUMBER, AnswerKind.DEPTH, AnswerKind.COUNT):
        assert all(opens_line(question(kind), key) and answer_of_key(question(kind), key) is None for key in "0123789.")
        assert answer_of_key(question(kind), "n") == Answer(Verdict.NOT_SEEN)
    assert opens_line(question(AnswerKind.LIST), "x")
    assert opens_line(question(AnswerKind.STATE), "缺")
    assert not opens_line(question(AnswerKind.STATE), "x")
    assert not opens_line(question(AnswerKind.TEXT), " ")


@pytest.mark.parametrize(("sign", "trend"), [("+", Trend.RISING), ("-", Trend.FALLING), ("=", Trend.STEADY)])
def test_a_sign_behind_a_number_is_its_trend(sign: str, trend: Trend) -> None:
    """With a blank between or without."""
    gauge = question(AnswerKind.NUMBER, unit="m", trend=True)
    for typed in (f"201.07{sign}", f"201.07 {sign}"):
        assert read_answer(gauge, typed) == Answer(Verdict.OK, Decimal("201.07"), trend)


@given(st.sets(st.sampled_from(ITEMS)), st.none() | st.sampled_from(ITEMS))
def test_the_cursor_goes_to_what_is_open(answered: set[tuple[int, str]], after: tuple[int, str] | None) -> None:
    """To the nearest one behind, from the beginning again at the end; nowhere when all is answered."""
    found = next_open(ITEMS, answered, after)
    if found is None:
        assert answered == set(ITEMS)
        return
    assert found not in answered
    start = ITEMS.index(after) + 1 if after else 0
    around = [*ITEMS[start:], *ITEMS[:start]]
    assert all(item in answered for item in around[: around.index(found)])


def test_a_note_changes_only_the_words() -> None:
    """The number stays."""
    assert noted(Answer(Verdict.PROBLEM, Decimal(40), text="old"), "齐膝") == Answer(
        Verdict.PROBLEM, Decimal(40), text="齐膝"
    )
