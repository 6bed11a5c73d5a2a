"""Days and hours to come, as people type them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from app.screens.dialogs.ahead import parse_ahead
from tests.night import local

ZONE = ZoneInfo("Asia/Shanghai")
NOW = local("07-03 00:29")
"""A Friday."""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("7天后", "07-10 00:29"),
        ("+7d", "07-10 00:29"),
        ("＋7d", "07-10 00:29"),
        ("三天后", "07-06 00:29"),
        ("2小时后", "07-03 02:29"),
        ("1周后", "07-10 00:29"),
        ("10-09 9:00", "10-09 09:00"),
        ("10月9日 9点半", "10-09 09:30"),
        ("10月9日", "10-09 09:00"),
        ("2020-12-31 18:00", "12-31 18:00"),
        ("明天 8:00", "07-04 08:00"),
        ("后天下午3点", "07-05 15:00"),
        ("周一", "07-06 09:00"),
        ("18:00", "07-03 18:00"),
        ("00:10", "07-04 00:10"),
        ("08：00", "07-03 08:00"),
        ("tomorrow 8:00", "07-04 08:00"),
    ],
)
def test_what_is_typed_is_the_instant_that_is_meant(typed: str, meant: str) -> None:
    """Spans, dates, weekdays and bare times, half and full width."""
    assert parse_ahead(typed, NOW, ZONE) == local(meant)


@pytest.mark.parametrize("typed", ["", "尽快", "7", "25:00", "13-40 9:00", "10-09 9", "明天中间", "7d", "周八"])
def test_what_names_no_instant_is_none(typed: str) -> None:
    """Nothing is guessed."""
    assert parse_ahead(typed, NOW, ZONE) is None


def test_a_date_without_a_year_lies_ahead() -> None:
    """In July, 1 March is next year's."""
    found = parse_ahead("3-1 9:00", NOW, ZONE)
    assert found is not None
    assert found.astimezone(ZONE).year == 2021
