"""The river rounds of the night of 2–3 July 2020 as radio lines (domain 6.5, 9): invented, but for the one finding.

From the report are the patrol of two along the Wanrong River at midnight and the cover that a backflow had torn off
behind Jifeng Garden. Readings are invented; no levels of the gauge are known, so none is exceeded.
"""

from __future__ import annotations

from app.domain.settled import Finding
from app.domain.whistle import Severity
from app.samples.script import FloodStep, Found, RoundStep, later

ADMIN, OFFICER, OFFICER_B, DAY_OFFICER = "JF-GL", "JF-ZB1", "JF-ZB2", "JF-ZB3"
PATROL, PATROL_B = "SH-G01-A", "SH-G01-B"
TEMPLATE, ROUTE = "river_flood", "wanrong_shuanghe"
MIDNIGHT = "midnight"
FOUND = Found(MIDNIGHT, 4, "covers")
"""The missing cover: point 4, 23:52."""


def _round(key: str, at: str, who: str, *lines: tuple[int, str], ends: int) -> tuple[RoundStep, ...]:
    """A round of both patrollers, told by radio; minutes count from its beginning."""
    walk = (PATROL, PATROL_B)
    begun = RoundStep(at, key, "start", who, PATROL, team=walk, template=TEMPLATE, route=ROUTE)
    said = tuple(RoundStep(later(at, minutes), key, "say", who, PATROL, line=line) for minutes, line in lines)
    return (begun, *said, RoundStep(later(at, ends), key, "end", who, PATROL))


def _quiet(key: str, at: str, who: str, level: str, people: int) -> tuple[RoundStep, ...]:
    """A round on which nothing was found."""
    return _round(
        key, at, who,
        (9, f"1 水位 {level} / 1 好"), (17, f"2 好 / 2 积水 无 / 2 人 {people}"),
        (25, "3 好 / 3 人 0 / 3 警戒带 是"), (36, "4 好 / 4 人 0 / 4 警戒带 是"),
        (47, "5 好 / 5 积水 无 / 5 转移 无 / 5 沙袋 60"), (58, "6 好"), ends=61,
    )  # fmt: skip


def _said(at: str, who: str, by: str, line: str) -> RoundStep:
    """A line of the midnight round."""
    return RoundStep(at, MIDNIGHT, "say", who, by, line=line)


def _decided(at: str, who: str, point: int, question: str, finding: Finding, by: str = PATROL) -> RoundStep:
    """What was said to become of a problem of the midnight round."""
    return RoundStep(at, MIDNIGHT, "settle", who, by, point=point, question=question, finding=finding)


FLOOD: tuple[FloodStep, ...] = (
    FloodStep("2020-07-02 17:42", DAY_OFFICER, "signal", "yellow", "州气象台", "演示2020-17", "2020-07-02 17:40",
              "2020-07-03 11:40", event="暴雨"),
    FloodStep("2020-07-02 17:55", DAY_OFFICER, "level", "IV", "州防汛抗旱指挥部", "演示〔2020〕4号",
              "2020-07-02 18:00"),
)  # fmt: skip
"""均为虚构。Both invented: the report names neither a signal nor a level."""

ROUNDS: tuple[RoundStep, ...] = (
    RoundStep("2020-06-29 09:30", "", "load", ADMIN),
    *_quiet("june30", "2020-06-30 05:40", DAY_OFFICER, "198.55 平", 1),
    *_quiet("july1", "2020-07-01 05:42", DAY_OFFICER, "198.61 涨", 2),
    *_quiet("july2", "2020-07-02 05:38", DAY_OFFICER, "198.83 涨", 3),
    *_quiet("evening", "2020-07-02 18:25", OFFICER, "199.06 涨", 4),
    RoundStep("2020-07-02 22:50", MIDNIGHT, "start", OFFICER, PATROL, team=(PATROL, PATROL_B), template=TEMPLATE,
              route=ROUTE),
    _said("2020-07-02 23:04", OFFICER, PATROL, "1 水位 199.42 涨 / 1 水面 浑 有漂浮物 / 1 堤 好 / 1 渗漏 好"),
    _decided("2020-07-02 23:05", OFFICER, 1, "water", Finding(Severity.NORMAL, False, done="继续观察，后半夜再看")),
    _said("2020-07-02 23:19", OFFICER, PATROL, "2 好 / 2 积水 8 / 2 人 1"),
    _said("2020-07-02 23:33", OFFICER, PATROL, "3 步行道 湿滑 / 3 人 0 / 3 警戒带 是"),
    _decided("2020-07-02 23:34", OFFICER, 3, "walkway",
             Finding(Severity.NORMAL, True, True, exposed="晨练居民", done="拉警戒带，放防滑提示")),
    _said("2020-07-02 23:52", OFFICER, PATROL, "4 井盖 缺失，洞口翻水 / 4 排水口 倒灌"),
    _decided("2020-07-02 23:53", OFFICER, 4, "outfalls",
             Finding(Severity.URGENT, False, False, exposed="晨练居民", done="与井盖一并上报")),
    _said("2020-07-03 00:21", OFFICER_B, PATROL, "4 步行道 被淹 / 4 电 好 / 4 人 0 / 4 警戒带 否"),
    _decided("2020-07-03 00:22", OFFICER_B, 4, "walkway",
             Finding(Severity.URGENT, False, False, exposed="晨练居民", done="两头拦人，等清淤")),
    _decided("2020-07-03 00:22", OFFICER_B, 4, "warned", Finding(Severity.NORMAL, False, True, done="警戒带已去取")),
    _said("2020-07-03 00:48", OFFICER_B, PATROL_B, "4 警戒带 是"),
    _said("2020-07-03 01:08", OFFICER_B, PATROL_B, "5 好 / 5 积水 3 / 5 转移 无 / 5 沙袋 40"),
    _said("2020-07-03 01:24", OFFICER_B, PATROL_B, "6 排水口 倒灌 / 6 水面 好 / 6 堤 好 / 6 渗漏 好 / 6 边坡 好"),
    _decided("2020-07-03 01:25", OFFICER_B, 6, "outfalls",
             Finding(Severity.URGENT, False, False, done="岸边无人，退水后复看"), PATROL_B),
    RoundStep("2020-07-03 01:30", MIDNIGHT, "end", OFFICER_B, PATROL_B),
    *_quiet("small", "2020-07-03 02:35", OFFICER_B, "199.31 落", 0),
    *_quiet("dawn", "2020-07-03 06:20", OFFICER, "198.97 落", 2),
)  # fmt: skip
"""三日晨巡,当夜四轮。Three morning rounds, and four in the night."""
