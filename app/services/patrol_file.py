"""Reads the street's rules for rounds from a commented TOML; what is wrong is named all at once (decisions 7)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import TypeVar

from app.domain.checklist import AnswerKind, Question, Template
from app.domain.message import Message, Name
from app.domain.patrol_book import PatrolBook
from app.domain.patrol_night import NightRule
from app.domain.round_plan import RoundPlan
from app.domain.route import Gauge, Point, Route
from app.domain.whistle import Severity
from app.services.patrol_plans import read_check_in, read_here, read_on_post, read_plan, read_times
from app.services.policy_section import Section
from app.services.problems import ProblemList, Problems
from app.services.toml_text import read_toml

FILE = "patrols"
"""What sentences call the rules when they have no file."""
MOST_POINTS = 200
MOST_QUESTIONS = 60
MOST_TOGETHER = 20
"""Members that walk a round together, at most."""
LONGEST_STALE = 72
"""Hours after which a reading of a gauge says nothing any more, at most."""

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
MEASURED = frozenset({AnswerKind.NUMBER, AnswerKind.DEPTH, AnswerKind.COUNT, AnswerKind.LIST})
"""Kinds whose answer is a number that can be beyond bounds."""
K = TypeVar("K", Template, Route, Gauge, RoundPlan)


class PatrolProblems(Problems):
    """The rules were refused whole; ``problems`` names key path and reason of each."""


def read_patrols(text: str, *, name: str = FILE, version: int = 0) -> PatrolBook:
    """The rules that a TOML text describes, as the numbered ``version``; ``name`` is what sentences call the file.

    Raises PatrolProblems (wrong or unknown keys, names that lead nowhere) or BadInput (no TOML).
    """
    problems = ProblemList(name)
    root = Section(read_toml(text, name), "", problems)
    templates = _by_id([_template(one) for one in root.sections("templates")], root, "templates")
    gauges = _by_id([_gauge(one) for one in root.sections("gauges")], root, "gauges")
    routes = _by_id([_route(one, gauges, templates) for one in root.sections("routes")], root, "routes")
    plans = _by_id([read_plan(one, _id(one), templates, routes) for one in root.sections("plans")], root, "plans")
    book = PatrolBook(
        version, templates, routes, gauges, _night(root.section("night")), plans, read_times(root.section("times")),
        read_check_in(root.section("check_in")), read_here(root.section("here")),
        read_on_post(root.section("on_post")),
    )  # fmt: skip
    root.close()
    problems.refuse(PatrolProblems)
    return book


def _night(section: Section) -> NightRule:
    usual = NightRule()
    night = NightRule(
        section.clock("begins", usual.begins), section.clock("ends", usual.ends),
        section.whole("team", 1, MOST_TOGETHER, usual.team),
    )  # fmt: skip
    section.close()
    return night


def _by_id(found: list[K], root: Section, key: str) -> Mapping[str, K]:
    known: dict[str, K] = {}
    for one in found:
        if one.id in known:
            root.problem(key, Message("{id} stands there twice", {"id": one.id}))
        known[one.id] = one
    return MappingProxyType(known)


def _id(section: Section) -> str:
    text = section.text("id", required=True)
    if text and not _ID.fullmatch(text):
        section.problem("id", Message("must be small letters, digits and _, beginning with a letter"))
    return text


def _template(section: Section) -> Template:
    template = Template(_id(section), section.name(), _questions(section))
    section.close()
    return template


def _questions(section: Section) -> tuple[Question, ...]:
    found = [_question(one) for one in section.sections("questions")]
    if not found or len(found) > MOST_QUESTIONS:
        section.problem("questions", Message("must hold 1 to {most} entries", {"most": MOST_QUESTIONS}))
    ids = [one.id for one in found]
    for twice in sorted({one for one in ids if ids.count(one) > 1}):
        section.problem("questions", Message("{id} stands there twice", {"id": twice}))
    return tuple(found)


def _question(section: Section) -> Question:
    kind = section.chosen(AnswerKind, "kind")
    if kind is None and not section.has("kind"):
        section.problem("kind", Message("must not be empty"))
    kind = kind or AnswerKind.STATE
    question = Question(
        id=_id(section), name=section.name(), kind=kind, calls=section.texts("calls"),
        unit=section.text("unit", cap=10), low=section.measure("low"), high=section.measure("high"),
        trend=section.flag("trend", fallback=False), wants=_wants(section),
        severity=section.chosen(Severity, "severity") or Severity.NORMAL, matter=section.text("matter"),
        critical_words=section.texts("critical_words"), urgent_words=section.texts("urgent_words"),
        caution=_optional_name(section, "caution"),
    )  # fmt: skip
    if kind not in MEASURED and (question.low is not None or question.high is not None):
        section.problem("kind", Message("{kind} has no bounds", {"kind": kind.value}))
    if question.low is not None and question.high is not None and question.low > question.high:
        section.problem("low", Message("must not be above high"))
    if question.wants is not None and kind is not AnswerKind.YES_NO:
        section.problem("wants", Message("belongs to yes_no alone"))
    if question.trend and kind is not AnswerKind.NUMBER:
        section.problem("trend", Message("belongs to number alone"))
    section.close()
    return question


def _wants(section: Section) -> bool | None:
    text = section.text("wants")
    if text not in ("", "yes", "no"):
        section.problem("wants", Message("must be one of: {allowed}", {"allowed": "yes, no"}))
    return {"yes": True, "no": False}.get(text)


def _optional_name(section: Section, key: str) -> Name | None:
    zh, en = section.text(f"{key}_zh", cap=200), section.text(f"{key}_en", cap=200)
    return Name(zh, en) if zh or en else None


def _gauge(section: Section) -> Gauge:
    usual = Gauge("", Name(""))
    gauge = Gauge(
        _id(section), section.name(), section.measure("guard"), section.measure("warning"),
        section.measure("guarantee"), _or(section.measure("margin"), usual.margin),
        timedelta(hours=section.whole("stale_hours", 1, LONGEST_STALE, usual.stale // timedelta(hours=1))),
        _or(section.measure("fall"), usual.fall), _or(section.measure("rise"), usual.rise),
        _or(section.measure("jump"), usual.jump),
    )  # fmt: skip
    levels = [level for level in (gauge.guard, gauge.warning, gauge.guarantee) if level is not None]
    if levels != sorted(levels):
        section.problem("guard", Message("guard, warning and guarantee must rise"))
    if gauge.margin < 0:
        section.problem("margin", Message("must not be negative"))
    for key, metres in (("fall", gauge.fall), ("rise", gauge.rise), ("jump", gauge.jump)):
        if metres <= 0:
            section.problem(key, Message("must be above 0"))
    section.close()
    return gauge


def _or(found: Decimal | None, usual: Decimal) -> Decimal:
    return usual if found is None else found


def _route(section: Section, gauges: Mapping[str, Gauge], templates: Mapping[str, Template]) -> Route:
    asked = {question.id for template in templates.values() for question in template.questions}
    found = section.sections("points")
    if not 1 <= len(found) <= MOST_POINTS:
        section.problem("points", Message("must hold 1 to {most} entries", {"most": MOST_POINTS}))
    points = tuple(_point(one, n, gauges, asked) for n, one in enumerate(found, start=1))
    route = Route(_id(section), section.name(), section.text("grid", required=True), points)
    section.close()
    return route


def _point(section: Section, number: int, gauges: Mapping[str, Gauge], asked: set[str]) -> Point:
    point = Point(
        number,
        section.name(),
        _optional_name(section, "hazard"),
        section.text("gauge"),
        section.text("place"),
        section.texts("asks"),
    )
    if point.gauge and point.gauge not in gauges:
        section.problem("gauge", Message("there is no {id}", {"id": point.gauge}))
    for unknown in [one for one in point.asks if one not in asked]:
        section.problem("asks", Message("there is no {id}", {"id": unknown}))
    section.close()
    return point
