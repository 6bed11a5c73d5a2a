"""Who is named at the beginning of a line, nearest first, and only when one alone is meant."""

from __future__ import annotations

import pytest

from app.domain.message import Name
from app.domain.named_first import named_first
from app.domain.org import Member

A = Member("SH-A", Name("双河一网格·网格员甲", "Shuanghe Grid 1 · grid member A"))
B = Member("SH-B", Name("双河一网格·网格员乙", "Shuanghe Grid 1 · grid member B"))
FAR = Member("GNP-A", Name("牯牛坪二网格·网格员甲", "Guniuping Grid 2 · grid member A"))
LEAD = Member("GNP-L", Name("王组长"))


@pytest.mark.parametrize(
    ("text", "code", "rest"),
    [
        ("网格员甲 去看夜市摊位", "SH-A", "去看夜市摊位"),
        ("网格员甲去看夜市摊位", "SH-A", "去看夜市摊位"),
        ("网格员乙:查井盖", "SH-B", "查井盖"),
        ("双河一网格·网格员乙，查井盖", "SH-B", "查井盖"),
        ("牯牛坪二网格网格员甲 查井盖", "GNP-A", "查井盖"),
        ("王组长：开会", "GNP-L", "开会"),
        ("Grid Member B look at the stalls", "SH-B", "look at the stalls"),
        ("sh-a 查井盖", "SH-A", "查井盖"),
        ("网格员甲", "SH-A", ""),
    ],
)
def test_a_name_leads_the_line(text: str, code: str, rest: str) -> None:
    """By name, by the part after the dot, by code, in full width or with a colon; the rest is what is to be done."""
    found = named_first(text, [[A, B], [A, B, FAR, LEAD]])
    assert found is not None
    assert (found[0].code, found[1]) == (code, rest)


@pytest.mark.parametrize("text", ["网格员甲乙 查井盖", "查井盖 网格员甲", "王组长办公室漏水", "grid member Ab goes"])
def test_what_is_no_name_stays_text(text: str) -> None:
    """Inside another word, or later in the line."""
    assert named_first(text, [[A, B, FAR, LEAD]]) is None


def test_two_of_that_name_are_nobody() -> None:
    """Nobody is guessed."""
    assert named_first("网格员甲 查井盖", [[], [A, FAR]]) is None
