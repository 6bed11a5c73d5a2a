"""The status line of a small screen: the key that opens the case is never crowded out."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from app.render.status_line import why_line

WHY = " 0702-05  Emergency services have not acknowledged yet"
OPENS = " · Enter opens the case"
REPORTS = ("written first report by 00:56", "report by 00:56")


@pytest.mark.parametrize("room", range(30, 130))
def test_the_key_stands_whole_and_the_report_only_beside_a_whole_reason(room: int) -> None:
    """At every width: it fits, ends with the key, and nothing is cut while a report takes room."""
    said = why_line(WHY, REPORTS, OPENS, room)
    assert cell_len(said) <= room
    assert said.endswith(OPENS)
    told = next((report for report in REPORTS if report in said), "")
    assert not told or said.startswith(WHY)
    assert (said == WHY + OPENS or bool(told)) == (room >= cell_len(WHY + OPENS))


def test_the_longest_wording_that_fits_is_told() -> None:
    """With room the name of the report, with less only that one is due."""
    assert REPORTS[0] in why_line(WHY, REPORTS, OPENS, 120)
    assert REPORTS[1] in why_line(WHY, REPORTS, OPENS, cell_len(WHY + OPENS) + cell_len(REPORTS[1]) + 3)
    assert why_line(" 0702-05  待公共事业中心签收", (), " · Enter 看详情", 30).endswith("… · Enter 看详情")
