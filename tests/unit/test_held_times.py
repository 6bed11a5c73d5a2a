"""From when and until when a document holds: the same words on the command line and in a form."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.domain.errors import BadInput
from app.domain.held_times import holds_from, holds_until
from app.domain.policy import WorkCalendar

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2020, 7, 2, 18, 5, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("18:00", "2020-07-02 18:00", "2020-07-03 18:00"),
        ("20:00", "2020-07-02 20:00", "2020-07-02 20:00"),
        ("06:00", "2020-07-02 06:00", "2020-07-03 06:00"),
        ("明早6点", "2020-07-03 06:00", "2020-07-03 06:00"),
        ("6小时后", "2020-07-03 00:05", "2020-07-03 00:05"),
        ("10分钟前", "2020-07-02 17:55", "2020-07-02 17:55"),
        ("07-03 08:00", "2020-07-03 08:00", "2020-07-03 08:00"),
        ("2020-07-05 18:00", "2020-07-05 18:00", "2020-07-05 18:00"),
        ("2020-07-05", "2020-07-05 00:00", "2020-07-05 00:00"),
        ("2020-07-01t10:00z", "2020-07-01 18:00", "2020-07-01 18:00"),
    ],
)
def test_a_bare_time_was_for_a_from_and_will_be_for_an_until(text: str, begins: str, ends: str) -> None:
    """Typed at 18:05; what names its day is what it says, before or after now."""
    for read, local in ((holds_from, begins), (holds_until, ends)):
        assert read(text, NOW, WorkCalendar(ZONE), "at").astimezone(ZONE) == datetime.fromisoformat(local).replace(
            tzinfo=ZONE
        )


@pytest.mark.parametrize("text", ["", "25:00", "whenever", "每天 18:00", "2020-13-01"])
def test_what_is_no_time_is_refused(text: str) -> None:
    """With the field it was typed in."""
    for read in (holds_from, holds_until):
        with pytest.raises(BadInput) as refused:
            read(text, NOW, WorkCalendar(ZONE), "at")
        assert refused.value.field == "at"
