"""Rounds of the street in October 2020: school hours and timed trade, walked, late and missed (all invented)."""

from __future__ import annotations

from app.domain.recurrence import Days
from app.domain.settled import Finding
from app.domain.whistle import Severity
from app.samples.script import PlanStep, RoundStep

OFFICER = "JF-ZB1"
SHOPS = "shops"
"""Key of the case of the shops: order is kept at school hours until it is closed."""
SCHOOL, TRADE, STREET = "护学岗", "疏导点限时经营", "街面秩序"


def _solved(at: str, key: str, by: str, point: int, question: str, done: str) -> RoundStep:
    finding = Finding(Severity.NORMAL, True, True, done=done)
    return RoundStep(at, key, "settle", OFFICER, by, point=point, question=question, finding=finding)


def _said(at: str, key: str, by: str, line: str) -> RoundStep:
    return RoundStep(at, key, "say", OFFICER, by, line=line)


ROUNDS: tuple[PlanStep | RoundStep, ...] = (
    PlanStep("2020-10-25 18:00", OFFICER, TRADE, "timed_trade", ("17:00-17:30", "20:00-20:30"), route="college_b3",
             place="longfeng_b3", permit="龙凤B3区路口疏导点划定"),
    PlanStep("2020-10-25 18:05", OFFICER, SCHOOL, "school_hours", ("07:00-07:40", "15:50-16:25"),
             route="rongjiang_school", days=Days.WORKING, permit="限时占道许可（申请中）", case=SHOPS),
    PlanStep("2020-10-25 18:10", OFFICER, STREET, "street_order", ("07:00-08:00", "17:00-18:00"), grid="JF-GNP-G01"),
    RoundStep("2020-10-25 20:10", TRADE, "start", OFFICER, "LF-G03-A", team=("LF-G03-A", "LF-G03-B"),
              template="timed_trade", route="college_b3"),
    _said("2020-10-25 20:18", TRADE, "LF-G03-A", "1 好"),
    _said("2020-10-25 20:36", TRADE, "LF-G03-A", "2 黄线 两车出线，劝回 / 2 时间 好 / 2 定点 好 / 2 摊车 好"),
    _said("2020-10-25 20:36", TRADE, "LF-G03-A", "2 消防 好"),
    _solved("2020-10-25 20:36", TRADE, "LF-G03-A", 2, "line", "两车劝回线内"),
    _said("2020-10-25 20:37", TRADE, "LF-G03-A", "2 保洁 好 / 2 地净 好 / 2 气瓶 好"),
    RoundStep("2020-10-25 20:38", TRADE, "end", OFFICER, "LF-G03-A"),
    RoundStep("2020-10-26 06:52", SCHOOL, "start", OFFICER, "GNP-G02-A", team=("GNP-G02-A", "GNP-G02-SQ"),
              template="school_hours", route="rongjiang_school"),
    _said("2020-10-26 07:12", SCHOOL, "GNP-G02-A", "1 好 / 1 收摊 是"),
    _said("2020-10-26 07:24", SCHOOL, "GNP-G02-A", "2 店外 一户出线，当场退回 / 2 校门 好 / 2 家长 好 / 2 收摊 是"),
    _solved("2020-10-26 07:24", SCHOOL, "GNP-G02-A", 2, "vendors", "当场退回线内"),
    _said("2020-10-26 07:25", SCHOOL, "GNP-G02-A", "2 井盖 好 / 2 围挡 好 / 2 可疑 好"),
    _said("2020-10-26 07:35", SCHOOL, "GNP-G02-A", "3 好 / 3 收摊 是"),
    RoundStep("2020-10-26 07:37", SCHOOL, "end", OFFICER, "GNP-G02-A"),
)  # fmt: skip
