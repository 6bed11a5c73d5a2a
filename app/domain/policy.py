"""The street's policy: every number and default list of the trade, as one immutable value (decisions 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.domain.message import Name
from app.domain.org import Role


class WhistleKind(StrEnum):
    """The kinds of whistle by urgency (domain 2.2)."""

    EMERGENCY = "emergency"
    JOINT_ENFORCEMENT = "joint_enforcement"
    ROUTINE = "routine"
    TOUGH = "tough"


class LimitUnit(StrEnum):
    """How a limit counts: round the clock, in working hours, or in working days (decisions 18)."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WORK_MINUTE = "work_minute"
    WORK_HOUR = "work_hour"
    WORK_DAY = "work_day"
    SAME_DAY = "same_day"
    """Until the end of working hours of the same local day; from outside working hours, of the next working day."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A length of time in the trade's units, e.g. ``Limit(2, LimitUnit.WORK_HOUR)``; n ≥ 1, except SAME_DAY (0)."""

    n: int
    unit: LimitUnit

    @property
    def round_the_clock(self) -> bool:
        """True when nights and holidays count."""
        return self.unit in (LimitUnit.MINUTE, LimitUnit.HOUR, LimitUnit.DAY)


EQUIPMENT: tuple[tuple[str, Name], ...] = (
    ("phone", Name("电话", "phone")),
    ("radio", Name("电台", "radio")),
    ("torch", Name("手电", "torches")),
    ("vehicle", Name("车辆", "vehicle")),
    ("keys", Name("钥匙", "keys")),
)
"""The equipment of a duty room (设备物资, domain 6.2), where the policy names none."""

AGAIN = Limit(1, LimitUnit.WORK_DAY)
"""How long it takes until a case that still waits is brought up again, where the policy does not say."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Working days and hours of the street: Monday to Friday, less ``off``, plus ``on`` (调休)."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    opens: time = time(8, 0)
    closes: time = time(18, 0)
    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()
    published: frozenset[int] = frozenset()
    """Years whose holiday plan is known; other years follow the weekday rule and the screen says so."""


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """One step of the plan that finds a person who answers (behaviours 6): whom, after how long without an answer."""

    tell: Role
    after: Limit


@dataclass(frozen=True, slots=True)
class KindPolicy:
    """Limits of one kind of whistle (domain 2.4). None = the kind has no such limit."""

    kind: WhistleKind
    needs_approval: bool
    acknowledge: Limit
    report_in: Limit
    first_feedback: Limit
    feedback_every: Limit
    close: Limit
    dispatch: Limit
    """How long an open whistle may wait for its first department."""
    check: Limit
    """How long ``awaiting_check`` may wait for the check on the spot."""
    made_safe: Limit | None = None
    close_at_most: Limit | None = None
    """How far extensions may move the close limit, counted from ``open``; None = no cap."""
    consult: Limit | None = None
    approval: Limit | None = None
    """How long an approval may wait before it is reminded."""
    zone_platform_after: Limit | None = None
    """How long after a breached limit the zone platform is told (emergency: 15 min)."""
    escalation: tuple[EscalationStep, ...] = ()
    supervise_after: Limit | None = None
    """督办: so long after a broken limit the duty leader presses; None = this kind has no such rung."""
    leader_after: Limit | None = None
    """So long after a broken limit the street's leader is told."""
    again: Limit = AGAIN
    """How long after everything due was said a case that still waits is brought up again."""
    asks_when_quiet: bool = False
    """Whether an acknowledged case without any entry is asked after (behaviours 10)."""
    report_phone: Limit | None = None
    """信息报送: the first report up the line by phone, counted from the start (domain 6.3)."""
    report_written: Limit | None = None
    report_follow_up: Limit | None = None
    """From each report to the next."""
    report_final: Limit | None = None
    """From closing."""


@dataclass(frozen=True, slots=True)
class MatterType:
    """A type of matter with the words that point to it and the department that leads by default (domain 9)."""

    code: str
    name: Name
    words: tuple[str, ...]
    lead: str
    assists: tuple[str, ...] = ()
    standard_code: str = ""
    """Code in the urban-management standard's lists, e.g. ``0406`` (domain 3), when one fits."""
    kind: WhistleKind | None = None
    """Kind proposed for this type, when the type decides it."""


@dataclass(frozen=True, slots=True)
class StandingReminder:
    """What the room expects to be reminded of again and again (domain 6.4): ``at`` or ``before_handover``."""

    code: str
    name: Name
    tell: Role
    at: str = ""
    """When, as a person would type it: ``每个工作日 07:50``."""
    before_handover: timedelta | None = None
    """So long before each shift ends."""
    urgent: bool = False
    """Whether the next ones are called while nobody answers."""


@dataclass(frozen=True, slots=True)
class Policy:
    """One numbered version of the street's policy; a case freezes the version it started under."""

    version: int
    calendar: WorkCalendar
    kinds: Mapping[WhistleKind, KindPolicy]
    types: tuple[MatterType, ...] = ()
    remind_at_percent: int = 50
    return_adjudicator: Role = Role.ZONE_PLATFORM
    reopen_within: timedelta = timedelta(days=30)
    repeat_within: timedelta = timedelta(days=30)
    """A problem of a round found at the same place again within this long is a repeat (复发, domain 2.8)."""
    duplicate_within: timedelta = timedelta(hours=24)
    undo_within: timedelta = timedelta(minutes=10)
    rate_within: timedelta = timedelta(days=3)
    default_score: int = 5
    draft_stale_after: timedelta = timedelta(hours=24)
    quiet_after: timedelta = timedelta(minutes=60)
    still_on_it_within: timedelta = timedelta(minutes=5)
    no_record_after: timedelta = timedelta(hours=24)
    """A grid with nobody on duty or no record for this long is grey (domain 2.9)."""
    emergency_numbers: tuple[tuple[str, Name], ...] = ()
    critical_words: tuple[str, ...] = ()
    """Words in a report that say people are exposed now: severity 特急 (domain 2.8, 1)."""
    urgent_words: tuple[str, ...] = ()
    """Words that say it cannot wait for working hours: severity 紧急."""

    reminders: tuple[StandingReminder, ...] = ()
    equipment: tuple[tuple[str, Name], ...] = EQUIPMENT
    """What is gone through at each handover: code and name (domain 6.2)."""

    def reminder(self, code: str) -> StandingReminder | None:
        """The standing reminder with this code, if the policy has it."""
        return next((one for one in self.reminders if one.code == code), None)

    def matter(self, code: str) -> MatterType | None:
        """The matter type with this code, if the policy has it."""
        return next((matter for matter in self.types if matter.code == code), None)
