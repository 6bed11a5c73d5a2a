"""The rules for rounds as a file: the shipped one is whole, and whatever is wrong with another is named."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from app.domain.checklist import AnswerKind, Template
from app.domain.errors import BadInput
from app.domain.policy import WhistleKind
from app.domain.route import asked_at
from app.domain.whistle import Severity
from app.samples import PATROLS, POLICY, STREET, sample_text
from app.services.org_file import read_org_toml
from app.services.patrol_file import PatrolProblems, read_patrols
from app.services.policy_file import read_policy

SHIPPED = read_patrols(sample_text(PATROLS), version=1)
SMALL = """
[[templates]]
id = "t"
zh = "题"
questions = [{ id = "q", kind = "depth", zh = "水深", high = 15 }]
[[gauges]]
id = "g"
zh = "水尺"
guard = 200.1
warning = 201
[[routes]]
id = "r"
zh = "线路"
grid = "JF-SH-G01"
points = [{ zh = "桥下", gauge = "g", asks = ["q"] }]
"""


def test_the_shipped_rules_are_whole() -> None:
    """Every list of the domain page, in both languages; what they name is in the policy and the street."""
    assert set(SHIPPED.templates) == {
        "river_flood", "river_daily", "street_order", "school_hours", "timed_trade", "fire_safety", "elder_visit",
        "construction", "illegal_building", "enrol_visit",
    }  # fmt: skip
    matters = {"", *(one.code for one in read_policy(sample_text(POLICY)).types)}
    street = read_org_toml(sample_text(STREET), STREET)
    names = [one.name for one in (*SHIPPED.templates.values(), *SHIPPED.routes.values(), *SHIPPED.gauges.values())]
    for template in SHIPPED.templates.values():
        for question in template.questions:
            names += [question.name, *([question.caution] if question.caution else [])]
            assert question.matter in matters
            assert question.calls or question.kind in (AnswerKind.TEXT, AnswerKind.LIST)
    for route in SHIPPED.routes.values():
        assert route.grid in {unit.code for unit in street.units}
        names += [point.name for point in route.points] + [point.hazard for point in route.points if point.hazard]
    assert all(name.zh and name.en for name in names)
    flood = SHIPPED.templates["river_flood"]
    assert len(flood.questions) == 15
    covers = flood.question("covers")
    assert covers is not None
    assert (covers.severity, covers.matter) == (Severity.CRITICAL, "manhole")


FLOOD_PAGE = {
    "gauge": (AnswerKind.NUMBER, "", Severity.NORMAL),
    "water": (AnswerKind.STATE, "flood", Severity.NORMAL),
    "dike": (AnswerKind.STATE, "flood", Severity.URGENT),
    "seepage": (AnswerKind.STATE, "flood", Severity.CRITICAL),
    "outfalls": (AnswerKind.STATE, "waterlogging", Severity.URGENT),
    "covers": (AnswerKind.STATE, "manhole", Severity.CRITICAL),
    "walkway": (AnswerKind.STATE, "waterlogging", Severity.NORMAL),
    "low_spot": (AnswerKind.DEPTH, "waterlogging", Severity.URGENT),
    "garages": (AnswerKind.STATE, "waterlogging", Severity.NORMAL),
    "electricity": (AnswerKind.STATE, "power_line", Severity.CRITICAL),
    "slopes": (AnswerKind.STATE, "flood", Severity.NORMAL),
    "people": (AnswerKind.COUNT, "", Severity.NORMAL),
    "households": (AnswerKind.LIST, "", Severity.NORMAL),
    "warned": (AnswerKind.YES_NO, "", Severity.NORMAL),
    "stock": (AnswerKind.COUNT, "", Severity.NORMAL),
}
"""The river's page: how each is answered, what kind of case a problem is, how grave (domain 4.3)."""


def test_each_question_is_answered_as_the_page_has_it() -> None:
    """Kinds, matters and severities of the flood; the eight of a timed trade; when a household is visited again."""
    flood = SHIPPED.templates["river_flood"]
    assert {one.id: (one.kind, one.matter, one.severity) for one in flood.questions} == FLOOD_PAGE
    trade = SHIPPED.templates["timed_trade"]
    assert [one.id for one in trade.questions] == ["time", "place", "line", "cart", "cleaning", "lanes", "clean", "gas"]
    again = SHIPPED.templates["enrol_visit"].question("again")
    assert again is not None
    assert again.kind is AnswerKind.TEXT


@pytest.mark.parametrize("template", SHIPPED.templates.values(), ids=lambda one: one.id)
def test_a_problem_is_a_matter_that_the_policy_knows(template: Template) -> None:
    """So that the whistle comes with its lead; only what no department is for has none. None is of the tough kind."""
    tough = {one.code for one in read_policy(sample_text(POLICY)).types if one.kind is WhistleKind.TOUGH}
    states = (AnswerKind.STATE, AnswerKind.YES_NO, AnswerKind.DEPTH)
    bare = {one.id for one in template.questions if one.kind in states and not one.matter}
    assert bare <= {"board", "warned", "told"}
    assert not tough & {one.matter for one in template.questions}


def test_the_file_shows_a_plan_for_each_checklist() -> None:
    """As comments: without the # they are plans that can be loaded as they stand."""
    shown = re.compile(r"(?:^# .*\n)+", re.MULTILINE)
    text = shown.sub(
        lambda block: re.sub("(?m)^# ", "", block[0]) if block[0].startswith("# [[plans]]") else block[0],
        sample_text(PATROLS),
    )
    plans = read_patrols(text).plans.values()
    assert {one.template for one in plans} == set(SHIPPED.templates)


def test_the_gauge_is_read_where_it_stands() -> None:
    """At the other points of the river nobody is asked for a level; a point's own list goes before."""
    route, flood = SHIPPED.routes["wanrong_shuanghe"], SHIPPED.templates["river_flood"]
    assert [any(q.id == "gauge" for q in asked_at(point, flood)) for point in route.points] == [True] + [False] * 5
    small = read_patrols(SMALL)
    assert [one.id for one in asked_at(small.routes["r"].points[0], small.templates["t"])] == ["q"]
    assert (small.gauges["g"].guard, small.gauges["g"].guarantee) == (Decimal("200.1"), None)


@pytest.mark.parametrize(
    ("was", "becomes", "path"),
    [
        ('id = "t"', 'id = "T 1"', "templates[1].id"),
        ('kind = "depth"', 'kind = "colour"', "templates[1].questions[1].kind"),
        ('kind = "depth"', 'kind = "state"', "templates[1].questions[1].kind"),
        ("high = 15", "high = 15, low = 20", "templates[1].questions[1].low"),
        ("high = 15", 'high = "viel"', "templates[1].questions[1].high"),
        ("high = 15", "high = 15, depth = 1", "templates[1].questions[1].depth"),
        ("high = 15", 'high = 15, wants = "yes"', "templates[1].questions[1].wants"),
        ("high = 15", "high = 15, trend = true", "templates[1].questions[1].trend"),
        ("guard = 200.1", "guard = 202", "gauges[1].guard"),
        ("guard = 200.1", "guard = inf", "gauges[1].guard"),
        ('gauge = "g"', 'gauge = "h"', "routes[1].points[1].gauge"),
        ('asks = ["q"]', 'asks = ["w"]', "routes[1].points[1].asks"),
        ('zh = "桥下"', "", "routes[1].points[1].zh"),
        ("[[gauges]]", '[[gauges]]\nid = "g"\nzh = "重"\n[[gauges]]', "gauges"),
        ("[[routes]]", '[[routes]]\nid = "s"\nzh = "空"\ngrid = "x"\npoints = []\n[[routes]]', "routes[1].points"),
        ('questions = [{ id = "q"',
         'questions = [{ id = "q", kind = "text", zh = "重" }, { id = "q"', "templates[1].questions"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_its_path(was: str, becomes: str, path: str) -> None:
    """Nothing of such a file is taken."""
    assert was in SMALL
    text = SMALL.replace(was, becomes, 1).replace("{ ,", "{")
    with pytest.raises(PatrolProblems) as refused:
        read_patrols(text)
    assert path in [problem.params["path"] for problem in refused.value.problems]


def test_no_toml_is_named_by_its_line() -> None:
    """As every other file."""
    with pytest.raises(BadInput) as refused:
        read_patrols("[[templates]\nid = 1")
    assert refused.value.message.params["line"] == 1
