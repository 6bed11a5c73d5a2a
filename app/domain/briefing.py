"""The morning briefing as it is composed: sections of facts, and numbers that are the lists they count (domain 6.1).

A briefing of a unit covers [since, until): each event belongs to exactly one of them (decisions 37). What was written
down only after a briefing was signed belongs to the next one, marked as late, so that nothing is lost between two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app.domain.message import N_, Name
from app.domain.org import ShiftKind, SixRole
from app.domain.policy import WhistleKind
from app.domain.posture import Colour, Posture, ResponseLevel
from app.domain.whistle import Severity, Waiting, WhistleState


class Section(StrEnum):
    """The sections in their order (domain 6.1)."""

    NIGHT = "night"
    WARNINGS = "warnings"
    OPEN = "open"
    ROUNDS = "rounds"
    SIX_ROLES = "six_roles"
    TODAY = "today"
    COORDINATION = "coordination"
    REVIEW = "review"
    SAFETY = "safety"


SECTIONS: dict[Section, str] = {
    Section.NIGHT: N_("The night"),
    Section.WARNINGS: N_("Warnings and response"),
    Section.OPEN: N_("Open whistles"),
    Section.ROUNDS: N_("Rounds"),
    Section.SIX_ROLES: N_("Round of the six roles"),
    Section.TODAY: N_("Today"),
    Section.COORDINATION: N_("Needs help"),
    Section.REVIEW: N_("To review"),
    Section.SAFETY: N_("Safety"),
}
"""What each is called; msgids."""

TYPED = (Section.COORDINATION, Section.SAFETY)
"""Sections that hold what people type and what follows from the posture."""


class Count(StrEnum):
    """What is counted. Every number opens the list that it counts, and is its length."""

    RECEIVED = "received"
    """接报 of the night: cases blown, entries of the log that others brought, small things phoned about."""
    HANDLED = "handled"
    """已办: of those, the ones that the street saw to itself."""
    HANDED_ON = "handed_on"
    """移交: of those, the ones that went to departments, whatever became of them since."""
    UNSETTLED = "unsettled"
    """未了: of those, the ones that are neither: somebody must still see to them."""
    RECEIVED_BY_DAY = "received_by_day"
    """夜班前接报: the same of the rest of the stretch, before the night."""
    OPEN = "open"
    EMERGENCY = "emergency"
    OVERDUE = "overdue"
    DUE_TODAY = "due_today"
    REPORT_IN_DUE = "report_in_due"
    """Departments that reported in, or did not in time, within the stretch."""
    REPORT_IN_ON_TIME = "report_in_on_time"
    """Of those, the ones that were on site within the limit (decisions 36: 按时报到率)."""
    LATE_ACKNOWLEDGED = "late_acknowledged"
    """Departments that acknowledged after the limit."""
    ROUNDS_WALKED = "rounds_walked"
    ROUNDS_MISSED = "rounds_missed"
    PROBLEMS = "problems"
    SOLVED = "solved"
    """Of the problems, those that were solved on the spot."""
    SPOTS = "spots"
    """随手解决: what was solved on the spot without a whistle (domain 2.8, step 2)."""
    REPEATED = "repeated"
    """Problems that were there three times within thirty days (复发)."""
    TO_REVIEW = "to_review"
    """Emergencies that went out without approval."""
    TASKS = "tasks"
    UNDONE = "undone"
    """Action items of earlier briefings that are not done."""


class RefKind(StrEnum):
    """What a list holds."""

    CASE = "case"
    LOG = "log"
    ASSIGNMENT = "assignment"
    ROUND = "round"
    PLANNED = "planned"
    PROBLEM = "problem"
    ITEM = "item"
    REMINDER = "reminder"
    SPOT = "spot"


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """One thing that a number counts; ``part`` is the department of an assignment, the question of a problem."""

    kind: RefKind
    id: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number: the length of its list."""

    count: Count
    refs: tuple[Ref, ...]

    @property
    def value(self) -> int:
        """How many."""
        return len(self.refs)


@dataclass(frozen=True, slots=True)
class Part:
    """The share of a unit below in every number; an empty unit = what belongs to none of them."""

    unit: str
    figures: tuple[Figure, ...]

    def figure(self, count: Count) -> Figure:
        """Its share of a number."""
        return next((one for one in self.figures if one.count is count), Figure(count, ()))


@dataclass(frozen=True, slots=True)
class Story:
    """An emergency of the stretch by its times; None for what has not happened (domain 6.5)."""

    number: str
    title: str
    grid: str
    place: str
    occurred_at: datetime
    blown_at: datetime | None = None
    dispatched_at: datetime | None = None
    departments: int = 0
    acknowledged: int = 0
    acknowledged_first: datetime | None = None
    acknowledged_last: datetime | None = None
    acknowledged_late: int = 0
    reported_in: int = 0
    reported_in_first: datetime | None = None
    reported_in_last: datetime | None = None
    longest: timedelta | None = None
    """From being whistled for to being on site, of the last one to come."""
    made_safe_at: datetime | None = None
    done_at: datetime | None = None
    """When the last department was done."""
    checked_at: datetime | None = None
    passed: bool | None = None
    state: WhistleState = WhistleState.OPEN
    reports: tuple[tuple[str, datetime], ...] = ()
    """Reports up the line: kind, and when."""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case as a list of the briefing shows it."""

    id: UUID
    number: str
    title: str
    grid: str
    kind: WhistleKind
    severity: Severity
    state: WhistleState
    waiting: Waiting
    departments: tuple[str, ...]
    """Those still waited for."""
    deadline_at: datetime | None
    overdue: bool
    due_today: bool


@dataclass(frozen=True, slots=True)
class LogNote:
    """An entry of the log that was received, or is open."""

    id: UUID
    number: int
    at: datetime
    grid: str
    text: str
    open: bool
    received: bool


@dataclass(frozen=True, slots=True)
class SpotLine:
    """Something small that was solved on the spot."""

    ref: Ref
    at: datetime
    grid: str
    what: str
    by: str
    """Who did it."""
    brought: bool
    """Somebody phoned the desk about it: it counts as received (接报)."""


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """A shift of the stretch with its people."""

    kind: ShiftKind
    starts_at: datetime
    ends_at: datetime
    leader: str
    officers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignalLine:
    """A warning signal that was in force within the stretch."""

    event: Name
    colour: Colour | None
    issuer: Name
    since: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class ResponseLine:
    """A response level that was in force within the stretch."""

    level: ResponseLevel
    issuer: str
    number: str
    since: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class WalkLine:
    """A round that was begun in the stretch, or missed in it."""

    id: str
    number: str
    """Empty for one that nobody began."""
    name: Name
    grid: str
    at: datetime
    ended_at: datetime | None
    answered: int
    asked: int
    problems: int
    complete: bool
    missed: bool = False


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A problem that was found on a round of the stretch."""

    ref: Ref
    number: str
    """Of its round."""
    what: Name
    place: str
    grid: str
    at: datetime
    severity: Severity
    handled: bool
    times: int
    """The how many-th time within what the policy calls a repeat."""
    case: str = ""
    """Number of the case that it became."""


@dataclass(frozen=True, slots=True)
class TaskLine:
    """Something that is to be done today: when, what, who, where."""

    ref: Ref
    at: datetime | None
    text: str
    name: Name | None = None
    """Instead of a text that somebody typed."""
    owner: str = ""
    place: str = ""
    grid: str = ""
    late: bool = False
    """It should have been done before."""


@dataclass(frozen=True, slots=True)
class NoteLine:
    """What was said: by hand, before the briefing or during it."""

    id: UUID
    section: Section
    text: str
    by: str
    at: datetime
    six_role: SixRole | None = None
    corrects: UUID | None = None
    after: bool = False
    """It was added once the briefing was signed."""


@dataclass(frozen=True, slots=True)
class Present:
    """Whether a member was there; ``why`` when not."""

    member: str
    here: bool
    why: str = ""
    six_roles: tuple[SixRole, ...] = ()
    """Which of the six roles the member has."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A briefing as composed: everything that is shown, nothing of how."""

    unit: str
    since: datetime
    until: datetime
    posture: Posture
    figures: tuple[Figure, ...]
    shifts: tuple[ShiftLine, ...] = ()
    stories: tuple[Story, ...] = ()
    received: tuple[CaseLine, ...] = ()
    """Cases blown in the stretch, whatever became of them."""
    spots: tuple[SpotLine, ...] = ()
    night_from: datetime | None = None
    """When the night of the stretch began (decisions 37); None where it has none."""
    log: tuple[LogNote, ...] = ()
    signals: tuple[SignalLine, ...] = ()
    responses: tuple[ResponseLine, ...] = ()
    open: tuple[CaseLine, ...] = ()
    walks: tuple[WalkLine, ...] = ()
    problems: tuple[ProblemLine, ...] = ()
    review: tuple[CaseLine, ...] = ()
    tasks: tuple[TaskLine, ...] = ()
    notes: tuple[NoteLine, ...] = ()
    present: tuple[Present, ...] = ()
    late: int = 0
    """Entries of an earlier stretch that were written down after its briefing was signed."""
    unknown: tuple[str, ...] = ()
    """What is not known, as msgids of ``UNKNOWN``."""
    parts: tuple[Part, ...] = ()
    """Every number shared among the units below: communities of a street, grids of a community."""

    def figure(self, count: Count) -> Figure:
        """The number of a kind; empty when nothing is counted."""
        return next((one for one in self.figures if one.count is count), Figure(count, ()))

    def notes_of(self, section: Section) -> Iterator[NoteLine]:
        """What was said in a section; what was put right is left out."""
        gone = {note.corrects for note in self.notes}
        yield from (note for note in self.notes if note.section is section and note.id not in gone)


NO_SHIFT, NO_GAUGE, NO_ATTENDANCE, NO_ROUND, SILENT = (
    N_("No shift stands in the roster for this night: who was on duty is not known."),
    N_("No gauge was read in this time: how high the water stood is not known."),
    N_("Who is present was not recorded yet."),
    N_("No round was begun in this time."),
    N_("Not everybody has spoken: nothing is noted of {roles}."),
)
"""What is said instead of nothing."""
UNKNOWN = (NO_SHIFT, NO_GAUGE, NO_ATTENDANCE, NO_ROUND, SILENT)
