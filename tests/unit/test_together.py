"""How many walk together: the strictest of plans, posture and night (domain 4.2, 4.4)."""

from __future__ import annotations

import pytest

from app.domain.message import Name
from app.domain.patrol_night import NightRule
from app.domain.posture import Posture
from app.domain.round_plan import RoundPlan
from app.domain.together import Together, night_ahead, together
from app.samples.script import ZONE, local

RIVER = RoundPlan("river", Name("巡河"), "flood", "G1", "river",
                  team={Posture.SEASON: 1, Posture.BLUE: 2, Posture.RED: 4})  # fmt: skip
NIGHT = NightRule(team=3)


@pytest.mark.parametrize(
    ("posture", "clock", "way", "asked"),
    [
        (Posture.SEASON, "12:00", "river", Together(1)),
        (Posture.SEASON, "23:00", "river", Together(3, night=True)),
        (Posture.ORANGE, "12:00", "river", Together(2, posture=Posture.ORANGE)),
        (Posture.ORANGE, "23:00", "river", Together(3, night=True)),
        (Posture.RED, "23:00", "river", Together(4, posture=Posture.RED)),
        (Posture.RED, "12:00", "", Together(1, posture=Posture.RED)),
    ],
)
def test_the_strictest_rule_holds(posture: Posture, clock: str, way: str, asked: Together) -> None:
    """Of the plans only those that lead along the same way."""
    at = local(f"2020-07-02 {clock}").astimezone(ZONE)
    found = together([RIVER], posture, NIGHT, at, template="flood", grid="G1", route=way)
    assert found == asked
    assert found.n in found.lacking.params.values()


def test_along_a_dangerous_way_every_checklist_takes_as_many() -> None:
    """What the posture adds counts for the way; what a plan wants in every season is its own."""
    noon = local("2020-07-02 12:00").astimezone(ZONE)
    trade = RoundPlan("trade", Name("疏导点"), "trade", "G1", "river", team={Posture.SEASON: 3})
    for posture, n in ((Posture.SEASON, 1), (Posture.ORANGE, 2), (Posture.RED, 4)):
        assert together([RIVER, trade], posture, NIGHT, noon, template="litter", grid="G1", route="river").n == n


@pytest.mark.parametrize(
    ("clock", "size", "closes", "said"),
    [
        ("18:55", 1, None, True), ("18:55", 3, None, False), ("13:00", 1, None, False), ("13:00", 1, "18:30", False),
        ("13:00", 2, "20:00", True), ("23:00", 1, None, False),
    ],
)  # fmt: skip
def test_who_sets_out_before_the_night_hears_what_it_asks_for(
    clock: str, size: int, closes: str | None, *, said: bool
) -> None:
    """Where it is near, or the window reaches into it."""
    now = local(f"2020-07-02 {clock}")
    until = local(f"2020-07-02 {closes}") if closes else None
    found = night_ahead(size, NIGHT, now, ZONE, until)
    assert (found is not None) == said
    assert found is None or found.params == {"at": local("2020-07-02 19:00"), "n": 3}
