"""What people say of a thing: that it is in order, that it is wrong, that nobody saw it, or what can mean either.

A word for "none" is good news of a danger (渗漏 无), bad news of a thing that should be there (井盖 没有); of what is
neither for sure it says nothing, and is never taken for in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.domain.text import normalise_width

FINE = frozenset({
    "好", "好的", "正常", "完好", "良好", "完整", "齐全", "牢固", "稳固", "平安", "安全", "畅通", "盖好",
    "没问题", "没事", "没毛病", "无恙", "可以", "ok", "okay", "good", "fine", "normal", "clear", "in order",
    "all right",
    "safe", "sound",
})  # fmt: skip
"""In order."""
PRESENT = frozenset({"在", "都在", "还在", "在位", "在的", "盖着", "in place", "there", "still there", "present"})
"""Where it should be; of a danger bad news."""
WRONG = frozenset({"有问题", "异常", "不好", "坏", "坏了", "problem", "bad", "wrong", "not ok"})
"""A problem, without saying which."""
_THERE = frozenset({"有", "有的", "yes", "some"})
_NONE = frozenset({"无", "没", "没有", "未", "none", "no", "nothing", "nil"})
_EITHER = _THERE | _NONE | {"没水", "无水", "没有水"}
"""There or not there, which may be the good or the bad of it."""
UNSEEN = frozenset({
    "未看", "没看", "没看到", "看不到", "看不见", "看不清", "没看清", "不清楚", "不知道", "未查", "没查", "没去",
    "没到",
    "not seen", "unseen", "skipped", "unknown", "not checked",
})  # fmt: skip
_GONE = frozenset({"没了", "没有了", "不见了", "消失", "消失了", "gone"})
"""No longer there: of a danger good news."""

_TROUBLES = (
    "异常", "问题", "毛病", "事", "情况", "险情", "隐患", "危险", "大碍",
    "problem", "problems", "issue", "issues", "trouble", "danger", "hazard", "hazards", "defect", "defects",
)  # fmt: skip
"""What is wrong without saying what: none of it is all in order."""
_DANGERS = (
    *_TROUBLES,
    "异常", "问题", "缺失", "缺", "丢失", "丢", "移位",
    "位移", "松动", "冒水",
    "翻水", "涌水", "破损", "破", "损坏", "损毁", "坏", "损", "堵塞", "堵", "淤堵", "淤积", "倒灌", "积水", "湿滑",
    "滑", "渗漏",
    "渗水", "渗", "散浸", "管涌", "翻沙", "鼓水", "漏水", "漏", "漏电", "浸水", "淹", "被淹", "裂缝", "裂", "开裂",
    "塌陷", "塌",
    "坍塌", "滑坡", "洞穴", "沉降", "下沉", "漩涡", "漂浮物", "浑浊", "垃圾", "堆物", "堆料", "杂物", "占道",
    "占用", "店外", "店外经营",
    "游商", "摊贩", "小广告", "乱停", "飞线", "充电", "违建", "搭建", "弃土", "侵占", "电鱼", "毒鱼", "噪音",
    "油烟", "可疑",
    "可疑人员", "排污", "异味", "气味", "倾斜", "倒伏", "断裂", "脱落", "老化", "私拉", "泄漏", "漏气", "过期",
    "渣土", "新增",
    "problem", "problems", "issue", "issues", "trouble", "damage", "leak", "leaks", "leakage", "seepage", "piping",
    "sand boils", "backflow", "cracks", "debris", "litter", "danger", "hazard", "hazards", "defect", "defects",
    "vendor", "vendors", "bills", "noise", "suspicious", "fishing", "spoil", "charging", "outside", "flooding",
    "abnormality",
)  # fmt: skip
"""What should not be there, as it is told and as questions are called."""

_DANGER = "(?:" + "|".join(sorted(map(re.escape, _DANGERS), key=len, reverse=True)) + ")"
_NONE_OF = r"(?:没有发现|没发现|未发现|没有见|未见|没见|没看到|没有|没|无|未|不)(?:任何|什么|啥|明显|出现|发生|再)?"
_NO_TROUBLE = re.compile(
    rf"{_NONE_OF}(?:{'|'.join(_TROUBLES)})[了的]?|no (?:{'|'.join(_TROUBLES)})"
    r"|nothing (?:wrong|found|to report)|all (?:clear|quiet)"
)
_NO_DANGER = re.compile(
    rf"{_NONE_OF}{_DANGER}(?:(?:、|和|或|及|,|也没有|也没|,?无|,?没有){_DANGER})*(?:现象|迹象)?[了的]?"
    rf"|(?:no|not any|without)\s+(?:sign of\s+)?{_DANGER}(?:\s*(?:,|or|and)\s*(?:no\s+)?{_DANGER})*"
)
_THE_REST = re.compile(
    r"(?:其余|其他|其它|剩下|剩余|余下|别的|另外)?(?:的|各项|项目)?(?:一切|全部|全都|全|都|均|所有|整体)?(?:都|均|是|很)?"
    r"(?P<state>.+?)[了的啦]?"
)
_THE_REST_ENGLISH = re.compile(r"(?:(?:all|the|rest|others?|everything|else|is|are)\s+)+(?P<state>.+)")
_REST = re.compile(
    r"(?:其余|其他|其它|剩下|剩余|余下|别的|另外)?(?:的|各项|项目)?(?:一切|全部|全都|全|都|均|所有|整体)?(?:都|均|是|很)?"
    r"(?P<state>.+?)[了的啦]?"
)
_THE_REST_ENGLISH = re.compile(r"(?:(?:all|the|rest|others?|everything|else|is|are)\s+)+(?P<state>.+)")
_REST = re.compile(
    "其余|其他|其它|剩下|剩余|余下|别的|另外|一切|全|都|均|所有|(?:the )?(?:rest|others?|all|everything)\\b"
)
_ENDS = " .。,，!！"


def plain(typed: str) -> str:
    """As it is compared: half width, small letters, without what ends a sentence."""
    return normalise_width(typed).casefold().strip(_ENDS)


def is_fine(typed: str) -> bool:
    """Whether a text says of one thing that it is in order: also that some danger is not there."""
    said = plain(typed)
    return is_all_fine(typed) or any(_NO_DANGER.fullmatch(one) for one in (said, *_cores(said)))


def is_all_fine(typed: str) -> bool:
    """Whether a text says that all, or all the rest, is in order; 无渗漏 says it of one thing alone."""
    said = plain(typed)
    return any(one in FINE or _NO_TROUBLE.fullmatch(one) for one in (said, *_cores(said)))


def is_rest_fine(typed: str) -> bool:
    """Whether a text says that everything else, or everything, is in order, in so many words."""
    return _REST.match(plain(typed)) is not None and is_all_fine(typed)


def is_wrong(typed: str) -> bool:
    """Whether a text says that something is wrong and not what."""
    return plain(typed) in WRONG


def is_unseen(typed: str) -> bool:
    """Whether a text says that nobody looked, or could see."""
    return plain(typed) in UNSEEN


def is_present(typed: str) -> bool:
    """Whether a text says that something is where it is asked for."""
    return plain(typed) in PRESENT


def is_there(typed: str) -> bool:
    """Whether a text says that there is some of it, and no more."""
    return plain(typed) in _THERE


def says_either(typed: str) -> bool:
    """Whether a text says that something is there, or not there, and no more."""
    return plain(typed) in _EITHER


def is_none(typed: str) -> bool:
    """Whether a text says that a danger is not there, or no longer."""
    said = plain(typed)
    return said in _NONE or said in _GONE


def is_danger(calls: Sequence[str]) -> bool | None:
    """Whether what is called so should not be there: 渗漏, but not 井盖. None = some calls are, some not."""
    named = {re.fullmatch(f"{_DANGER}(?:人员)?", plain(call)) is not None for call in calls}
    return named.pop() if len(named) == 1 else None


def _cores(said: str) -> Iterator[str]:
    """What is said of the rest, of everything: 其余都好 → 好."""
    for pattern in (_THE_REST, _THE_REST_ENGLISH):
        if found := pattern.fullmatch(said):
            yield found["state"]
