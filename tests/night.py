"""The night of 2–3 July 2020 as facts to compare with, however it was recorded (domain 9, decisions 21).

The command lines of docs/cli.md and the screen's own test both play this night; what came of it must equal
what stands here. Fixed by the report are the patrol, the six departments and "before dawn"; the minutes are
those of domain 9, and where it gives only a span, ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


def local(text: str) -> datetime:
    """An instant in UTC from the street's local time ``07-03 00:08`` of 2020."""
    return datetime.fromisoformat(f"2020-{text}:00").replace(tzinfo=ZONE).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Summoned:
    """One department of the night; instants to the minute, UTC."""

    department: str
    role: str
    acknowledged_at: datetime
    reported_in_at: datetime
    done_at: datetime
    late: bool = False
    """Acknowledged later than the five minutes of an emergency."""


def _summoned(department: str, role: str, heard: str, came: str, done: str, *, late: bool = False) -> Summoned:
    return Summoned(department, role, local(f"07-03 {heard}"), local(f"07-03 {came}"), local(f"07-03 {done}"), late)


NUMBER = "W-20200702-01"
KIND = "emergency"
SEVERITY = "critical"
GRID = "JF-SH-G01"
BLOWER = "SH-G01-A"
"""网格员甲, one of the two who patrolled the river: blown on their behalf, by phone."""
OFFICER = "JF-ZB1"
"""值班员甲, who sits at the desk all night."""
PLATFORM = "ZP-1"
"""The zone platform's officer on duty, who dispatches by phone."""

OPENS_AT = local("07-02 23:53")
"""Where ``wangge demo`` starts: the finding is saved as a draft."""
FOUND_AT = local("07-02 23:52")
"""About then: the report says only "midnight"."""
BLOWN_AT = local("07-02 23:56")
LEVELLED_UP_AT = local("07-03 00:04")
DISPATCHED_AT = local("07-03 00:08")

LEAD = "utilities_center"
DEPARTMENTS = (
    _summoned("utilities_center", "lead", "00:09", "00:26", "05:25"),
    _summoned("emergency_bureau", "assist", "00:10", "00:27", "04:58"),
    _summoned("enforcement_brigade", "assist", "00:11", "00:28", "05:10"),
    _summoned("beauty_office", "assist", "00:12", "00:31", "05:12"),
    _summoned("safety_bureau", "assist", "00:14", "00:34", "05:02", late=True),
    _summoned("social_affairs", "assist", "00:15", "00:37", "05:20", late=True),
)
"""In the order in which they came; the two who answered later than five minutes are marked."""

TAPED_AT = local("07-03 00:30")
"""The walkway is taped: a note."""
REPORTS_AT = tuple(local(f"07-03 {clock}") for clock in ("00:20", "01:20", "02:20", "03:20", "04:20", "04:55", "06:00"))
"""First report 00:20, follow-up reports 01:20–04:20, one once the cover was fitted, the final report."""
MADE_SAFE_AT = local("07-03 00:42")
COVER_FITTED_AT = local("07-03 04:50")
"""A work note of the lead."""
CHECKED_AT = local("07-03 05:30")
"""On the spot by the patroller, before dawn; this closes the case."""
RATED_AT = local("07-03 07:15")
SCORE = 5
STATE = "rated"

PHONE, TERMINAL = "phone", "terminal"


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One entry of the timeline, however it was typed: when it happened (UTC), what, for which department and whom."""

    at: datetime
    kind: str
    department: str = ""
    on_behalf_of: str = ""
    channel: str = TERMINAL


def timeline() -> list[Entry]:
    """The whole night from the blowing to the rating, in the order of the clock."""
    entries = [
        Entry(BLOWN_AT, "blown", "", BLOWER, PHONE), Entry(LEVELLED_UP_AT, "levelled_up"),
        Entry(DISPATCHED_AT, "dispatched", "", PLATFORM, PHONE), Entry(MADE_SAFE_AT, "made_safe"),
        Entry(COVER_FITTED_AT, "work_noted", LEAD, LEAD, PHONE), Entry(CHECKED_AT, "checked", "", BLOWER, PHONE),
        Entry(RATED_AT, "rated", "", BLOWER, PHONE), Entry(TAPED_AT, "noted"),
        *(Entry(at, "reported_up") for at in REPORTS_AT),
    ]  # fmt: skip
    for one in DEPARTMENTS:
        told = (one.department, one.department, PHONE)
        entries += [Entry(one.acknowledged_at, "acknowledged", *told), Entry(one.reported_in_at, "reported_in", *told),
                    Entry(one.done_at, "done", *told)]  # fmt: skip
    return sorted(entries)


WRITTEN_LATER = {"emergency_bureau": local("07-03 00:12"), "enforcement_brigade": local("07-03 00:12")}
"""Acknowledgements written down together with a third, each with its own earlier time: department → recorded at."""

REPORT_IN_LIMIT_MINUTES = 30
LATEST_REPORT_IN_MINUTES = 29


def minute(instant: datetime) -> datetime:
    """An instant without its seconds, UTC: the precision of this page."""
    return instant.astimezone(UTC).replace(second=0, microsecond=0)
