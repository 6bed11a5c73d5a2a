"""Reads one answer as it is typed or heard by radio: a word, a number with its trend, names (domain 4.3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from app.domain.checklist import Answer, AnswerKind, Question, Trend, Verdict, verdict_of
from app.domain.errors import BadInput
from app.domain.message import N_, Message
from app.domain.number_words import in_digits, spoken_whole
from app.domain.said import is_danger, is_fine, is_none, is_present, is_there, is_unseen, is_wrong, says_either
from app.domain.text import clean, normalise_width

LONGEST_SAID = 200
"""Characters of one answer."""
MOST_ENTRIES = 50
"""Names in one list."""
LARGEST = Decimal(99_999)

YES = frozenset({
    "1", "是", "有", "已", "已设", "设了", "设好了", "已拉", "拉了", "拉好了", "已放", "放了", "摆了", "在", "到位",
    "已到位", "yes", "y", "done",
})  # fmt: skip
NO = frozenset({
    "2", "否", "不", "没", "没有", "无", "未", "未设", "没设", "没有设", "没拉", "未拉", "没放", "未放", "没了",
    "不在", "不见了",
    "no", "n", "not yet", "none", "gone",
})  # fmt: skip
_NOTHING = frozenset(
    {"无", "没有", "没", "零", "零个", "没了", "没有了", "none", "no", "nobody", "nothing", "nil", "0"}
)
_NO_ONE = frozenset({"没人", "无人", "没有人", "一个没有", "一个也没有", "nobody there", "no one", "no people"})
_DRY = frozenset({
    "无水", "没水", "没有水", "无积水", "没积水", "没有积水", "未积水", "不积水", "积水没了", "干", "干的", "干了",
    "退完了", "退净了",
    "dry", "no water", "no flooding", "gone",
})  # fmt: skip

_TRENDS: Mapping[str, Trend] = {
    **dict.fromkeys(
        (
            "涨",
            "上涨",
            "在涨",
            "还在涨",
            "还涨",
            "涨了",
            "又涨",
            "又涨了",
            "继续涨",
            "略涨",
            "升",
            "上升",
            "+",
            "rising",
            "up",
        ),
        Trend.RISING,
    ),
    **dict.fromkeys(
        (
            "落",
            "跌",
            "降",
            "退",
            "下降",
            "回落",
            "在退",
            "还在退",
            "退了",
            "在落",
            "还在落",
            "落了",
            "降了",
            "略落",
            "-",
            "falling",
            "down",
        ),
        Trend.FALLING,
    ),
    **dict.fromkeys(
        ("平", "稳", "持平", "平稳", "不变", "没变", "没变化", "无变化", "没动", "稳定", "=", "steady", "level"),
        Trend.STEADY,
    ),
}
_MEASURED = re.compile(
    r"(?P<number>[+-]?\d{1,6}(?:[.．]\d{1,3})?)\s*(?P<unit>厘米|公分|毫米|米|cm|mm|m)?\s*(?P<rest>.*)"
)
_COUNTED = re.compile(
    r"(?:一共|还有|还剩|共|有|剩)?(?P<number>\d{1,5}|[零〇一二两三四五六七八九十百千]{1,7})\s*(?:个?人|名|位|个|户|只|根|袋|件|把|people|pcs)?"
)
_METRES = {"m": Decimal(1), "米": Decimal(1), "cm": Decimal("0.01"), "厘米": Decimal("0.01"), "公分": Decimal("0.01"),
           "mm": Decimal("0.001"), "毫米": Decimal("0.001")}  # fmt: skip


def read_answer(question: Question, typed: str, called: str = "") -> Answer:
    """The answer that a text gives to a question. Raises BadInput that says what is asked for.

    ``called``: by which of its names the question was called, where one was: ``倒灌 无`` is in order, while ``拍门 无``
    may say that the gate is gone.
    """
    text = clean(typed, one_line=True)
    plain = normalise_width(text).casefold().strip(" .。,，!！")
    if not plain:
        raise BadInput(Message("{what} is missing.", {"what": question.name}), question.id)
    if len(text) > LONGEST_SAID:
        raise BadInput(
            Message("{what}: at most {most} characters.", {"what": question.name, "most": LONGEST_SAID}), question.id
        )
    if is_unseen(plain) or (plain == "3" and question.kind in _SPOKEN):
        return Answer(Verdict.NOT_SEEN)
    if question.kind is AnswerKind.STATE:
        return _state(question, text, plain, called)
    return _READERS[question.kind](question, text, plain)


def _state(question: Question, text: str, plain: str, called: str) -> Answer:
    """A state in a word. What can mean that it is gone is never taken for in order, nor the other way round."""
    if plain == "1" or is_fine(plain):
        return Answer(Verdict.OK)
    if plain == "2" or is_wrong(plain):
        return Answer(Verdict.PROBLEM)
    danger = is_danger((called,) if called else question.calls)
    if is_none(plain) and danger:
        return Answer(Verdict.OK)
    if is_present(plain) and danger is False:
        return Answer(Verdict.OK)
    if danger is not True and (says_either(plain) or is_present(plain)):
        raise BadInput(
            Message("{what}: “{said}” can mean either. Say that it is in order, or what is wrong.",
                    {"what": question.short, "said": text}), question.id)  # fmt: skip
    return Answer(Verdict.PROBLEM, text="" if is_there(plain) else text)


def _yes_no(question: Question, _text: str, plain: str) -> Answer:
    said = True if plain in YES else False if plain in NO else None
    if said is None:
        raise _asked(question, N_("{what}: yes or no."))
    return Answer(Verdict.PROBLEM if question.wants is not None and said != question.wants else Verdict.OK, yes=said)


def _number(question: Question, _text: str, plain: str) -> Answer:
    found = _MEASURED.fullmatch(in_digits(plain))
    number = _in_unit(found, question.unit) if found else None
    rest = found["rest"].strip(" ,，、") if found else ""
    trend = _TRENDS.get(rest)
    if number is None or (rest and trend is None):
        raise _asked(question, N_("{what}: a number, such as 199.42, and whether it is rising, falling or steady."))
    return Answer(verdict_of(question, number), number, trend)


def _depth(question: Question, _text: str, plain: str) -> Answer:
    if plain in _NOTHING or plain in _DRY:
        return Answer(verdict_of(question, Decimal(0)), Decimal(0))
    found = _MEASURED.fullmatch(in_digits(plain))
    number = _in_unit(found, "cm") if found and found["rest"] in ("", "深", "deep") else None
    if number is None or number < 0:
        raise _asked(question, N_("{what}: centimetres, such as 35, or none."))
    return Answer(verdict_of(question, number), number)


def _count(question: Question, _text: str, plain: str) -> Answer:
    found = _COUNTED.fullmatch(plain)
    number = (
        0
        if plain in _NOTHING or plain in _NO_ONE
        else int(found["number"])
        if found and found["number"].isdigit()
        else None
    )
    if number is None and found:
        number = spoken_whole(found["number"])
    if number is None:
        raise _asked(question, N_("{what}: a whole number, such as 3."))
    return Answer(verdict_of(question, Decimal(number)), Decimal(number))


def _list(question: Question, text: str, plain: str) -> Answer:
    parts = [part.strip() for part in re.split(r"[、,，;；]", text)]
    entries = () if plain in _NOTHING or plain in _NO_ONE else tuple(dict.fromkeys(part for part in parts if part))
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
