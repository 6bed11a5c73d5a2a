"""The rules for rounds as a file: the shipped one is whole, and whatever is wrong with another is named."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain.checklist import AnswerKind
from app.domain.errors import BadInput
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
