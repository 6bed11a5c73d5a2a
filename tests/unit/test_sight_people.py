"""Members as they are called beside others: two of the same name are told apart by their grids."""

from __future__ import annotations

from datetime import UTC, datetime

from app.render.glyphs import Glyphs
from app.render.sight import Sight
from app.render.words import Words
from app.samples.script import ZONE
from tests.unit.cases import street


def test_two_of_the_same_name_are_told_apart_by_their_grids() -> None:
    """On a round through two grids both are 网格员甲; alone, or beside others, the short name is enough."""
    sight = Sight(Words("zh"), Glyphs(), street(), ZONE, datetime(2020, 7, 2, 15, tzinfo=UTC))
    assert sight.people(("SH-G01-A", "SH-G01-B")) == ("网格员甲", "网格员乙")
    assert sight.people(("SH-G01-A", "SH-G02-A", "SH-G01-B")) == ("双河一·网格员甲", "双河二·网格员甲", "网格员乙")
    assert sight.person_of("SH-G02-A", ("SH-G01-A", "SH-G02-A")) == "双河二·网格员甲"
    assert sight.person_of("SH-G02-A", ("SH-G02-A",)) == "网格员甲"
