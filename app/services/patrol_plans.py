"""Reads plans of rounds, their times and check-ins out of the street's rules (domain 4.2, 4.4, 5)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from app.domain.checklist import Template
from app.domain.message import Message
from app.domain.org import Role
from app.domain.patrol_book import CheckInRule, TimesRule
from app.domain.plan_words import window_of
from app.domain.policy import LimitUnit
from app.domain.posture import Posture
from app.domain.recurrence import Days
from app.domain.round_plan import WALKERS, Every, RoundPlan, Span, Window
from app.domain.route import Route
from app.domain.topics import Audience
from app.domain.warned_area import Here
from app.services.policy_section import Section

MOST_TOGETHER = 20
"""Members that walk a round together, at most."""
SHORTEST, LONGEST = timedelta(minutes=10), timedelta(days=31)
"""Between two rounds of a plan."""

_UNITS = {
    LimitUnit.MINUTE: timedelta(minutes=1), LimitUnit.HOUR: timedelta(hours=1), LimitUnit.DAY: timedelta(days=1),
}  # fmt: skip
_DAY = re.compile(r"(\d{2})-(\d{2})")


def read_plan(
    section: Section, plan_id: str, templates: Mapping[str, Template], routes: Mapping[str, Route]
) -> RoundPlan:
    """One ``[[plans]]``: a template along a route, or through a whole grid, in windows or by the posture."""
    template, route = section.text("template", required=True), section.text("route")
    if template and template not in templates:
        section.problem("template", Message("there is no {id}", {"id": template}))
    if route and route not in routes:
        section.problem("route", Message("there is no {id}", {"id": route}))
    grid = section.text("grid") or (routes[route].grid if route in routes else "")
    if not grid:
        section.problem("grid", Message("needs a route or a grid"))
    elif route in routes and routes[route].grid != grid:
        section.problem("grid", Message("{route} leads through {grid}.", {"route": route, "grid": routes[route].grid}))
    plan = RoundPlan(
        plan_id, section.name(), template, grid, route, read_windows(section), section.chosen(Days, "days") or Days.ANY,
        frozenset(n - 1 for n in section.wholes("weekdays", 1, 7)), _season(section), _every(section.section("every")),
        _team(section.section("team")), _role(section), _length(section, "soon"),
        section.text("place"), section.text("permit", cap=120), section.text("whistle"),
    )  # fmt: skip
    if not plan.windows and not plan.every:
        section.problem("windows", Message("needs windows, or how often under a posture"))
    section.close()
    return plan


def read_windows(section: Section) -> tuple[Window, ...]:
    """Windows such as ``"07:00-07:40"``."""
    found = []
    for text in section.texts("windows"):
        window = window_of(text)
        if window is None:
            section.problem("windows", Message('"{text}" is no window such as 07:00-07:40', {"text": text[:60]}))
        else:
            found.append(window)
    return tuple(found)


def read_times(section: Section) -> TimesRule:
    """``[times]``."""
    usual = TimesRule()
    rule = TimesRule(
        _length(section, "ahead") or usual.ahead, _length(section, "soon") or usual.soon,
        section.whole("start_within", 1, 100, usual.start_within), _length(section, "early") or usual.early,
        _length(section, "end") or usual.end,
    )  # fmt: skip
    section.close()
    return rule


def read_check_in(section: Section) -> CheckInRule:
    """``[check_in]``: by posture how often."""
    usual = CheckInRule()
    every = {one: length for one in Posture if (length := _length(section, one.value)) is not None}
    rule = replace(usual, every=MappingProxyType(every)) if every else usual
    rule = replace(rule, grace=_length(section, "grace") or usual.grace)
    section.close()
    return rule


def read_here(section: Section) -> Here:
    """``[here]``: how the street is found in warnings that are imported."""
    at = section.numbers("at", 2)
    if at is not None and not (-90 <= at[0] <= 90 and -180 <= at[1] <= 180):
        section.problem("at", Message("must be latitude and longitude, such as [28.31, 109.74]"))
        at = None
    here = Here(section.texts("names"), section.texts("codes"), (at[0], at[1]) if at else None)
    section.close()
    return here


def read_on_post(section: Section) -> Mapping[Posture, tuple[Audience, ...]]:
    """``[on_post]``: by posture the audiences that are on post."""
    found: dict[Posture, tuple[Audience, ...]] = {}
    allowed = (Audience.GRID_MEMBER, Audience.GRID_LEADER, Audience.DUTY_OFFICER, Audience.DUTY_LEADER,
               Audience.STREET_ADMIN, Audience.ZONE_PLATFORM)  # fmt: skip
    for one in Posture:
        told = section.texts(one.value)
        for unknown in [text for text in told if text not in {who.value for who in allowed}]:
            section.problem(one.value, Message("there is no {id}", {"id": unknown}))
        if told:
            found[one] = tuple(who for who in allowed if who.value in told)
    section.close()
    return MappingProxyType(found)


def _length(section: Section, key: str) -> timedelta | None:
    found = section.limit(key)
    if found is None:
        return None
    if found.unit not in _UNITS:
        section.problem(key, Message("counts round the clock: minutes, hours or days"))
        return None
    return found.n * _UNITS[found.unit]


def _every(section: Section) -> Mapping[Posture, Every]:
    found: dict[Posture, Every] = {}
    for one in Posture:
        day, night = _length(section, one.value), _length(section, f"{one.value}_night")
        for key, length in ((one.value, day), (f"{one.value}_night", night)):
            if length is not None and not SHORTEST <= length <= LONGEST:
                section.problem(key, Message("must be between {low} and {high}", {"low": SHORTEST, "high": LONGEST}))
        if day is not None:
            found[one] = Every(day, night or day)
        elif night is not None:
            section.problem(one.value, Message("must not be empty"))
    section.close()
    return MappingProxyType(found)


def _team(section: Section) -> Mapping[Posture, int]:
    found = {one: section.whole(one.value, 1, MOST_TOGETHER, 1) for one in Posture if section.has(one.value)}
    section.close()
    return MappingProxyType(found)


def _role(section: Section) -> Role:
    found = section.chosen(Role, "role") or Role.GRID_MEMBER
    if found not in WALKERS:
        section.problem("role", Message("must be one of: {allowed}", {"allowed": ", ".join(WALKERS)}))
    return found


def _season(section: Section) -> Span | None:
    first, last = _day_of_year(section, "from"), _day_of_year(section, "to")
    if (first is None) is not (last is None):
        section.problem("to", Message("from and to belong together"))
    return Span(first, last) if first and last else None


def _day_of_year(section: Section, key: str) -> tuple[int, int] | None:
    text = section.text(key)
    if not text:
        return None
    match = _DAY.fullmatch(text)
    try:
        day = date(2000, int(match[1]), int(match[2])) if match else None
    except ValueError:
        day = None
    if day is None:
        section.problem(key, Message("must be a day of the year such as 04-01"))
        return None
    return day.month, day.day
