"""One answer as typed: every kind, in both languages and widths; what is none says what is asked for."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.answers import LONGEST_SAID, read_answer
from app.domain.checklist import Answer, AnswerKind, Question, Trend, Verdict
from app.domain.errors import BadInput
from app.domain.message import Name
from app.domain.text import clean

OK, PROBLEM, NOT_SEEN = Verdict


def asked(kind: AnswerKind, **more: object) -> Question:
    """A question of a kind."""
    return Question("q", Name("题", "question"), kind, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "verdict", "text"),
    [("1", OK, ""), ("好", OK, ""), ("正常。", OK, ""), ("ＯＫ", OK, ""), ("2", PROBLEM, ""), ("有问题", PROBLEM, ""),
     ("缺失", PROBLEM, "缺失"), ("cover missing", PROBLEM, "cover missing"),
     ("3", NOT_SEEN, ""), ("没看到", NOT_SEEN, "")],
)  # fmt: skip
def test_a_state_is_a_digit_a_word_or_what_is_wrong(typed: str, verdict: Verdict, text: str) -> None:
    """What is no word for in order is a problem, and is kept as said."""
    assert read_answer(asked(AnswerKind.STATE), typed) == Answer(verdict, text=text)


THING = asked(AnswerKind.STATE, calls=("井盖", "cover"))
DANGER = asked(AnswerKind.STATE, calls=("渗漏", "管涌", "seepage"))
MIXED = asked(AnswerKind.STATE, calls=("拍门", "倒灌", "outfall"))


@pytest.mark.parametrize(
    "typed",
    ["好", "好了", "没问题", "没有问题", "没什么问题", "无异常", "没有异常", "未见异常", "未发现缺失、移位",
     "无积水", "没有缺失", "不缺", "没丢",
     "没事", "都好", "全好", "其余都正常", "其它的都好", "一切正常", "均完好", "no problem", "nothing wrong",
     "no leaks",
     "all fine", "the rest is ok", "everything else is fine", "all clear"],
)  # fmt: skip
@pytest.mark.parametrize("question", [THING, DANGER, MIXED])
def test_no_danger_is_in_order(question: Question, typed: str) -> None:
    """Whatever is asked for."""
    assert read_answer(question, typed) == Answer(OK)


@pytest.mark.parametrize("typed", ["无", "没有", "没", "没有。", "none", "no", "有", "yes", "没水"])
@pytest.mark.parametrize("question", [THING, MIXED])
def test_none_of_what_should_be_there_is_asked_about(question: Question, typed: str) -> None:
    """A cover that is not there is no cover in order; which of the two was meant is said by who is on the radio."""
    with pytest.raises(BadInput, match="can mean either"):
        read_answer(question, typed)


@pytest.mark.parametrize(
    "typed",
    ["不在", "没了", "不见了", "没盖", "没有盖", "无盖", "缺", "全没了", "都没有", "不好", "不正常", "没完好",
     "未盖好", "正常，但冒水", "没有缺失但冒水",
     "不缺水", "gone", "no cover", "all gone", "not fine", "nothing there", "rest missing"],
)  # fmt: skip
def test_what_is_gone_or_not_quite_in_order_is_a_problem(typed: str) -> None:
    """Never in order for a word in it."""
    assert read_answer(THING, typed).verdict is PROBLEM


@pytest.mark.parametrize(
    ("question", "called", "typed", "verdict"),
    [(DANGER, "", "无", OK), (DANGER, "", "没了", OK), (DANGER, "", "none", OK), (DANGER, "", "有", PROBLEM),
     (DANGER, "", "还在", PROBLEM), (MIXED, "倒灌", "没有", OK), (MIXED, "倒灌", "有", PROBLEM),
     (THING, "", "在", OK), (THING, "", "还在", OK), (THING, "cover", "in place", OK)],
)  # fmt: skip
def test_none_of_a_danger_is_in_order(question: Question, called: str, typed: str, verdict: Verdict) -> None:
    """As the question was called, where it has names of both kinds."""
    assert read_answer(question, typed, called).verdict is verdict


@pytest.mark.parametrize(
    ("kind", "typed", "number"),
    [(AnswerKind.DEPTH, "无积水", 0), (AnswerKind.DEPTH, "没有水", 0), (AnswerKind.DEPTH, "干的", 0),
     (AnswerKind.DEPTH, "dry", 0), (AnswerKind.COUNT, "没人", 0), (AnswerKind.COUNT, "没有人", 0),
     (AnswerKind.LIST, "没有人", 0)],
)  # fmt: skip
def test_none_of_what_is_counted_is_zero(kind: AnswerKind, typed: str, number: int) -> None:
    """Of water, people, households it says how many."""
    assert read_answer(asked(kind), typed).number == number


@pytest.mark.parametrize(
    ("typed", "number", "trend"),
    [("199.42 涨", "199.42", Trend.RISING), ("199.42米，在涨", "199.42", Trend.RISING),
     ("１９９．４２ 退", "199.42", Trend.FALLING),
     ("199 steady", "199", Trend.STEADY), ("19950cm", "199.5", None), ("3", "3", None)],
)  # fmt: skip
def test_a_reading_has_a_number_and_perhaps_a_trend(typed: str, number: str, trend: Trend | None) -> None:
    """In metres, whatever length it was said in; a three is a number here."""
    found = read_answer(asked(AnswerKind.NUMBER, unit="m", trend=True), typed)
    assert (found.number, found.trend, found.verdict) == (Decimal(number), trend, OK)


@pytest.mark.parametrize(("typed", "verdict"), [("200", OK), ("200.01", PROBLEM), ("-1.5", PROBLEM), ("-1", OK)])
def test_beyond_its_bounds_a_number_is_a_problem(typed: str, verdict: Verdict) -> None:
    """The bounds themselves are in order."""
    question = asked(AnswerKind.NUMBER, unit="m", low=Decimal(-1), high=Decimal(200))
    assert read_answer(question, typed).verdict is verdict


@pytest.mark.parametrize(
    ("kind", "typed", "number"),
    [(AnswerKind.DEPTH, "35", "35"), (AnswerKind.DEPTH, "0.4米", "40"), (AnswerKind.DEPTH, "35厘米深", "35"),
     (AnswerKind.DEPTH, "半米", "50"), (AnswerKind.DEPTH, "一米二", "120"), (AnswerKind.DEPTH, "1米2", "120"),
     (AnswerKind.DEPTH, "一米零五", "105"), (AnswerKind.DEPTH, "一米二五", "125"), (AnswerKind.DEPTH, "两米", "200"),
     (AnswerKind.DEPTH, "一米二十公分", "120"), (AnswerKind.DEPTH, "一米半深",
     "150"), (AnswerKind.DEPTH, "三十公分", "30"),
     (AnswerKind.DEPTH, "十五", "15"), (AnswerKind.DEPTH, "３５厘米", "35"), (AnswerKind.DEPTH, "一百二十", "120"),
     (AnswerKind.COUNT, "一百二十袋", "120"), (AnswerKind.COUNT, "一百二", "120"), (AnswerKind.COUNT, "１２", "12"),
     (AnswerKind.DEPTH, "无", "0"), (AnswerKind.COUNT, "3人", "3"), (AnswerKind.COUNT, "两个", "2"),
     (AnswerKind.COUNT, "十二袋", "12"), (AnswerKind.COUNT, "none", "0"), (AnswerKind.LIST, "王家、李家,赵家", "3"),
     (AnswerKind.LIST, "没有", "0")],
)  # fmt: skip
def test_depths_counts_and_lists_are_numbers(kind: AnswerKind, typed: str, number: str) -> None:
    """Depths in centimetres; a list counts its names, each once."""
    assert read_answer(asked(kind), typed).number == Decimal(number)


def test_yes_and_no_are_in_order_as_the_question_wants() -> None:
    """Tape that is not placed is a problem; where nothing is wanted neither is."""
    tape = asked(AnswerKind.YES_NO, wants=True)
    assert [read_answer(tape, typed).verdict for typed in ("已设", "1", "没有", "2", "看不清")] == [
        OK, OK, PROBLEM, PROBLEM, NOT_SEEN,
    ]  # fmt: skip
    assert read_answer(asked(AnswerKind.YES_NO), "no") == Answer(OK, yes=False)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [(AnswerKind.NUMBER, "很高"), (AnswerKind.NUMBER, "199.42 左右"), (AnswerKind.NUMBER, "1e9"),
     (AnswerKind.DEPTH, "-3"),
     (AnswerKind.DEPTH, "齐膝"), (AnswerKind.DEPTH, "三四十公分"), (AnswerKind.DEPTH, "一米多"),
     (AnswerKind.COUNT, "三四个"),
     (AnswerKind.COUNT, "十几个"), (AnswerKind.COUNT, "很多"), (AnswerKind.COUNT, "2.5"), (AnswerKind.YES_NO, "也许"),
     (AnswerKind.TEXT, "   "), (AnswerKind.TEXT, "长" * (LONGEST_SAID + 1)),
     (AnswerKind.LIST, "、".join(map(str, range(60))))],
)  # fmt: skip
def test_what_is_no_answer_is_refused_by_the_name_of_the_question(kind: AnswerKind, typed: str) -> None:
    """The sentence names the question and what it wants."""
    with pytest.raises(BadInput) as refused:
        read_answer(asked(kind, unit="m"), typed)
    assert refused.value.message.params["what"] == Name("题", "question")
    assert refused.value.field == "q"


@given(
    st.sampled_from(AnswerKind),
    st.text(max_size=60)
    | st.text(alphabet="零〇一幺二两三九十百千点半米多公分厘 0123456789.-+涨落没有无好其余都", max_size=12),
)
def test_any_text_is_an_answer_or_is_refused_with_a_sentence(kind: AnswerKind, typed: str) -> None:
    """Never another error, and nothing invisible is kept."""
    try:
        found = read_answer(asked(kind, unit="m"), typed)
    except BadInput:
        return
    assert found.number is None or found.number.is_finite()
    assert clean(found.text, one_line=True) == found.text
