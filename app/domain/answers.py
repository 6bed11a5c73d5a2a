"""Reads one answer as it is typed or heard by radio: a word, a number with its trend, names (domain 4.3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from app.domain.checklist import Answer, AnswerKind, Question, Trend, Verdict, verdict_of
from app.domain.clock_words import whole_number
from app.domain.errors import BadInput
from app.domain.message import N_, Message
from app.domain.text import clean, normalise_width

LONGEST_SAID = 200
"""Characters of one answer."""
MOST_ENTRIES = 50
"""Names in one list."""
LARGEST = Decimal(99_999)

FINE = frozenset({
    "1", "好", "好的", "正常", "完好", "良好", "无", "没有", "无异常", "没异常", "没问题", "没事", "无问题",
    "ok", "okay", "good", "fine", "normal", "clear", "none", "in order",
})  # fmt: skip
"""In order."""
WRONG = frozenset({"2", "有", "有问题", "问题", "异常", "不好", "坏", "problem", "bad", "wrong", "not ok"})
"""A problem, without saying which."""
UNSEEN = frozenset({"3", "未看", "没看", "没看到", "看不到", "看不清", "未查", "not seen", "unseen", "skipped"})
YES = frozenset({"1", "是", "有", "已", "已设", "设了", "到位", "yes", "y", "done"})
NO = frozenset({"2", "否", "没", "没有", "无", "未", "未设", "no", "n", "not yet"})
_NOTHING = frozenset({"无", "没有", "零", "none", "no", "nobody", "0"})

_TRENDS: Mapping[str, Trend] = {
    **dict.fromkeys(("涨", "上涨", "在涨", "升", "上升", "+", "rising", "up"), Trend.RISING),
    **dict.fromkeys(("落", "跌", "降", "退", "下降", "回落", "在退", "-", "falling", "down"), Trend.FALLING),
    **dict.fromkeys(("平", "稳", "持平", "平稳", "不变", "=", "steady", "level"), Trend.STEADY),
}
_MEASURED = re.compile(
    r"(?P<number>[+-]?\d{1,6}(?:[.．]\d{1,3})?)\s*(?P<unit>厘米|公分|毫米|米|cm|mm|m)?\s*(?P<rest>.*)"
)
_COUNTED = re.compile(r"(?P<number>\d{1,5}|[零〇一二两三四五六七八九十]{1,3})\s*(?:人|个|户|只|根|袋|件|people|pcs)?")
_METRES = {"m": Decimal(1), "米": Decimal(1), "cm": Decimal("0.01"), "厘米": Decimal("0.01"), "公分": Decimal("0.01"),
           "mm": Decimal("0.001"), "毫米": Decimal("0.001")}  # fmt: skip


def read_answer(question: Question, typed: str) -> Answer:
    """The answer that a text gives to a question. Raises BadInput that says what is asked for."""
    text = clean(typed, one_line=True)
    plain = normalise_width(text).casefold().strip(" .。,，!！")
    if not plain:
        raise BadInput(Message("{what} is missing.", {"what": question.name}), question.id)
    if len(text) > LONGEST_SAID:
        raise BadInput(
            Message("{what}: at most {most} characters.", {"what": question.name, "most": LONGEST_SAID}), question.id
        )
    if plain in UNSEEN and (question.kind in _SPOKEN or not plain.isdigit()):
        return Answer(Verdict.NOT_SEEN)
    return _READERS[question.kind](question, text, plain)


def is_fine(typed: str) -> bool:
    """Whether a text says that all is in order."""
    return normalise_width(typed).casefold().strip(" .。,，!！") in FINE


def _state(_question: Question, text: str, plain: str) -> Answer:
    if plain in FINE:
        return Answer(Verdict.OK)
    return Answer(Verdict.PROBLEM, text="" if plain in WRONG else text)


def _yes_no(question: Question, _text: str, plain: str) -> Answer:
    said = True if plain in YES else False if plain in NO else None
    if said is None:
        raise _asked(question, N_("{what}: yes or no."))
    return Answer(Verdict.PROBLEM if question.wants is not None and said != question.wants else Verdict.OK, yes=said)


def _number(question: Question, _text: str, plain: str) -> Answer:
    found = _MEASURED.fullmatch(plain)
    number = _in_unit(found, question.unit) if found else None
    rest = found["rest"].strip(" ,，、") if found else ""
    trend = _TRENDS.get(rest)
    if number is None or (rest and trend is None):
        raise _asked(question, N_("{what}: a number, such as 199.42, and whether it is rising, falling or steady."))
    return Answer(verdict_of(question, number), number, trend)


def _depth(question: Question, _text: str, plain: str) -> Answer:
    if plain in _NOTHING:
        return Answer(Verdict.OK, Decimal(0))
    found = _MEASURED.fullmatch(plain)
    number = _in_unit(found, "cm") if found and found["rest"] in ("", "深", "deep") else None
    if number is None or number < 0:
        raise _asked(question, N_("{what}: centimetres, such as 35, or none."))
    return Answer(verdict_of(question, number), number)


def _count(question: Question, _text: str, plain: str) -> Answer:
    found = _COUNTED.fullmatch(plain)
    number = 0 if plain in _NOTHING else int(found["number"]) if found and found["number"].isdigit() else None
    if number is None and found:
        number = whole_number(found["number"])
    if number is None:
        raise _asked(question, N_("{what}: a whole number, such as 3."))
    return Answer(verdict_of(question, Decimal(number)), Decimal(number))


def _list(question: Question, text: str, plain: str) -> Answer:
    parts = [part.strip() for part in re.split(r"[、,，;；]", text)]
    entries = () if plain in _NOTHING else tuple(dict.fromkeys(part for part in parts if part))
    if len(entries) > MOST_ENTRIES:
        raise BadInput(
            Message("{what}: at most {most} names.", {"what": question.name, "most": MOST_ENTRIES}), question.id
        )
    return Answer(verdict_of(question, Decimal(len(entries))), Decimal(len(entries)), entries=entries)


def _words(_question: Question, text: str, _plain: str) -> Answer:
    return Answer(Verdict.OK, text=text)


def _in_unit(found: re.Match[str], unit: str) -> Decimal | None:
    """The number in the unit that is asked for; None when it is no such length, or beyond all sense."""
    number = Decimal(found["number"].replace("．", "."))
    said = found["unit"]
    if said and said != unit:
        if unit not in _METRES:
            return None
        number = (number * _METRES[said] / _METRES[unit]).normalize()
        number = number.quantize(Decimal(1)) if number == number.to_integral_value() else number
    return number if abs(number) <= LARGEST else None


def _asked(question: Question, msgid: str) -> BadInput:
    return BadInput(Message(msgid, {"what": question.name}), question.id)


_READERS: Mapping[AnswerKind, Callable[[Question, str, str], Answer]] = {
    AnswerKind.STATE: _state,
    AnswerKind.NUMBER: _number,
    AnswerKind.DEPTH: _depth,
    AnswerKind.COUNT: _count,
    AnswerKind.LIST: _list,
    AnswerKind.YES_NO: _yes_no,
    AnswerKind.TEXT: _words,
    AnswerKind.PHOTO: _words,
}
_SPOKEN = frozenset({AnswerKind.STATE, AnswerKind.YES_NO})
"""Kinds whose digits stand for words: 3 is not seen. Elsewhere a digit is a number."""
