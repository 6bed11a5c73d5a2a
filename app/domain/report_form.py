"""The form of a report up the line (信息报送单), filled from the case and from nothing else (domain 6.2, 6.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.domain.dues import DueKind
from app.domain.effective import effective
from app.domain.events import NO_WORDS, Event, EventKind, assignment_stream
from app.domain.facts import REPORT_TEXTS, TEXT_FIELDS
from app.domain.finding import joined_sources
from app.domain.message import N_, Name
from app.domain.org import UnitLevel
from app.domain.reports import ENDED, Report, ReportDuty, Reporting, ReportKind
from app.domain.timeline import Entry, by_time
from app.domain.whistle import Assignment, Case, Whistle


class FormField(StrEnum):
    """The columns of a report (domain 6.2, "fields confirmed"), in their order."""

    RECEIVED_AT = "received_at"
    SOURCE = "source"
    OCCURRED_AT = "occurred_at"
    PLACE = "place"
    NATURE = "nature"
    SCOPE = "scope"
    CASUALTIES = "casualties"
    TREND = "trend"
    LEADERS = "leaders"
    MEASURES = "measures"
    REQUEST = "request"
    TOLD = "told"
    RECORDER = "recorder"


FIELD_LABELS: Mapping[FormField, str] = {
    FormField.RECEIVED_AT: N_("Received at"),
    FormField.SOURCE: N_("Source"),
    FormField.OCCURRED_AT: N_("Happened at"),
    FormField.PLACE: N_("Place"),
    FormField.NATURE: N_("Nature"),
    FormField.SCOPE: N_("Scope"),
    FormField.CASUALTIES: N_("Casualties and loss"),
    FormField.TREND: N_("Trend"),
    FormField.LEADERS: N_("Leaders on site"),
    FormField.MEASURES: N_("Measures taken"),
    FormField.REQUEST: N_("What is asked for"),
    FormField.TOLD: N_("Already reported to"),
    FormField.RECORDER: N_("Recorded by"),
}
"""Msgids."""

OF_FACTS = {FormField.SCOPE: "exposed", FormField.TREND: "spreading", FormField.LEADERS: "on_scene"}
"""What the ask-list of the call says of a column."""

MAY_BE_UNKNOWN = (FormField.SCOPE, FormField.CASUALTIES, FormField.TREND, FormField.LEADERS)
"""Columns that are printed as not known yet as long as nobody said them; they hold nothing up (domain 6.3)."""

MEASURES = frozenset(
    {
        EventKind.BLOWN, EventKind.LEVELLED_UP, EventKind.LEVEL_SKIPPED, EventKind.DISPATCHED, EventKind.NOTED,
        EventKind.MADE_SAFE, EventKind.CHECKED, EventKind.WORK_NOTED, EventKind.DONE, EventKind.RELEASED,
        EventKind.CONSULTATION_STARTED, EventKind.CONSULTATION_CONCLUDED, EventKind.SUSPENDED, EventKind.RESUMED,
        EventKind.SUSPENSION_DECIDED, EventKind.RETURN_DECIDED, EventKind.EXTENSION_DECIDED, EventKind.NO_SHOW,
        EventKind.REOPENED, EventKind.DUPLICATE_REPORTED, EventKind.LOGGED,
        EventKind.LOG_CLOSED,
    }
)  # fmt: skip
"""Entries that say what was done; when departments acknowledged and reported in stands with the departments."""

TELLING = frozenset({DueKind.NEW.value, DueKind.RAISED.value})
"""Reminders whose answer says that somebody knows of the case (叫应)."""

_SUMMONED = (EventKind.ACKNOWLEDGED, EventKind.EN_ROUTE, EventKind.REPORTED_IN, EventKind.DONE, EventKind.RELEASED)


@dataclass(frozen=True, slots=True)
class ToldUp:
    """Who was told, and when. One of ``text``, ``level``, ``member`` and ``report`` says who."""

    at: datetime | None
    text: str = ""
    level: UnitLevel | None = None
    member: str = ""
    report: Report | None = None
    """A report that went up; ``text`` is to whom, where it was said."""


@dataclass(frozen=True, slots=True)
class OnSite:
    """One department and what it did since the last report; an instant is None where it says nothing new."""

    assignment: Assignment
    acknowledged_at: datetime | None
    reported_in_at: datetime | None
    person: str
    """Who came, as it was told."""
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReportForm:
    """One report as it would go up now, or as it went up."""

    kind: ReportKind
    number: int
    """Of a follow-up: 续报一 = 1."""
    whistle: Whistle
    at: datetime
    """As of when it is filled."""
    received_at: datetime
    facts: Mapping[str, str]
    """The ask-list's texts by ``TEXT_FIELDS``; of a later report only those that changed since the last one."""
    texts: Mapping[FormField, str]
    """What was said of a column and is news in this report."""
    unknown: tuple[FormField, ...]
    """Columns of which nobody has said anything yet, in this report or an earlier one."""
    title: str
    place_text: str
    joined: tuple[str, ...]
    """Source numbers of other reports of the same matter."""
    departments: tuple[OnSite, ...]
    assigned: int
    on_site: int
    """Departments that came, of ``assigned``, whenever that was."""
    done: int
    measures: tuple[Entry, ...]
    told: tuple[ToldUp, ...]
    recorder: str = ""
    """Member code; empty = nobody said who writes it."""
    matter: Name | None = None
    """Type of matter; None when the case names none."""
    before: Report | None = None
    """The report before this one: what it told is not told again."""
    sent: Report | None = None
    """The report that this form is of, when it has gone up."""
    duties: tuple[ReportDuty, ...] = ()
    """Until when it must go up; empty when nothing is due."""

    @property
    def first(self) -> bool:
        """Whether it tells the whole story."""
        return self.before is None

    @property
    def said(self) -> str:
        """What was reported, of one that went up."""
        return self.sent.event.words.get("said", "") if self.sent else ""


@dataclass(frozen=True, slots=True)
class Filling:
    """What a form is filled from."""

    case: Case
    events: Sequence[Event]
    """The case's own entries in commit order."""
    reports: Reporting
    now: datetime
    recorder: str = ""
    logged: Sequence[Event] = ()
    """Entries of the shift log about the case."""
    matter: Name | None = None
    """What its type of matter is called."""


def report_form(known: Filling) -> ReportForm:
    """The next report as it would go up now."""
    reports = known.reports
    form = _form(known, _basis(reports.kind, reports.before), NO_WORDS)
    return replace(form, kind=reports.kind, number=reports.number, duties=reports.duties)


def form_of(known: Filling, report: Report) -> ReportForm:
    """A report that went up, as it was then: ``known`` ends with its entry."""
    sent = known.reports.sent
    earlier = [one for one in sent if one.event.seq < report.event.seq and _same_episode(known, one)]
    before = max(earlier, key=lambda one: (one.at, one.event.seq), default=None)
    words = report.event.words
    form = _form(known, _basis(report.kind, before), words)
    duty = (ReportDuty(report.kind, report.number, DueKind.REPORT_FOLLOW_UP, report.limit),) if report.limit else ()
    return replace(
        form, kind=report.kind, number=report.number, sent=report, duties=duty, at=report.at,
        told=tuple(one for one in form.told if one.report is None or one.report.event.id != report.event.id)
        + ((ToldUp(report.at, words["reported_to"], report=report),) if words.get("reported_to") else ()),
    )  # fmt: skip


def _basis(kind: ReportKind, before: Report | None) -> Report | None:
    """What a report need not tell again: a first one in writing tells everything, whatever was said by phone."""
    return None if kind is ReportKind.FIRST else before


def _same_episode(known: Filling, report: Report) -> bool:
    begun = max((e.seq for e in effective(known.events) if e.kind is EventKind.REOPENED), default=0)
    return report.event.seq > begun


def _form(known: Filling, before: Report | None, own: Mapping[str, str]) -> ReportForm:
    case, whistle = known.case, known.case.whistle
    said = _said_before(known)
    facts: Mapping[str, str] = _facts_of(known.events)
    if before is not None:
        earlier = _facts_of([e for e in known.events if e.seq <= before.event.seq])
        changed: Mapping[str, str] = {name: text for name, text in facts.items() if earlier.get(name, "") != text}
    else:
        changed = facts
    texts = {column: changed[name] for column, name in OF_FACTS.items() if changed.get(name)}
    texts |= {FormField(name): own[name] for name in REPORT_TEXTS if name in set(FormField) and own.get(name)}
    departments = tuple(_departments(known, before))
    ever = {column for column, name in OF_FACTS.items() if facts.get(name)} | said.keys() | texts.keys()
    if any(a.reported_in_at for a in case.episode_assignments()):
        ever.add(FormField.LEADERS)
    if before is not None and whistle.state in ENDED:
        texts = {column: said[column] for column in (FormField.CASUALTIES,) if column in said} | texts
    mine = case.episode_assignments()
    return ReportForm(
        ReportKind.FIRST, 0, whistle, known.now, _received(known.events, whistle), changed, texts,
        tuple(column for column in MAY_BE_UNKNOWN if column not in ever), facts.get("title", ""),
        facts.get("place_text", ""), joined_sources(known.events), departments, len(mine),
        sum(a.reported_in_at is not None for a in mine), sum(a.done_at is not None for a in mine),
        tuple(_measures(known, before)), tuple(_told(known, facts, before)), known.recorder, known.matter, before,
    )  # fmt: skip


def _received(events: Sequence[Event], whistle: Whistle) -> datetime:
    """When the desk, or the grid, first heard of it."""
    return min((e.occurred_at for e in effective(events)), default=whistle.created_at)


def _facts_of(events: Sequence[Event]) -> Mapping[str, str]:
    """The ask-list as it stood after these entries."""
    texts: Mapping[str, str] = NO_WORDS
    for event in effective(events):
        if event.kind in (EventKind.DRAFTED, EventKind.BLOWN, EventKind.REVISED) and event.words:
            texts = event.words
    return {name: text for name, text in texts.items() if name in TEXT_FIELDS and text.strip()}


def _said_before(known: Filling) -> dict[FormField, str]:
    """The latest word of each column in a report of this episode."""
    found: dict[FormField, str] = {}
    for report in known.reports.sent:
        if _same_episode(known, report):
            words = report.event.words
            found |= {FormField(name): words[name] for name in REPORT_TEXTS if name in set(FormField) and name in words}
    return found


def _news(at: datetime, seq: int, before: Report | None) -> bool:
    """Whether the last report could not tell it: it happened later, or was written down only later."""
    return before is None or at > before.at or seq > before.event.seq


def _tells(event: Event, before: Report | None) -> bool:
    return _news(event.occurred_at, event.seq, before)


def _departments(known: Filling, before: Report | None) -> Iterator[OnSite]:
    """Departments of this episode that did something since the last report."""
    people = {event.words_id: event.words.get("person", "") for event in known.events if event.words_id is not None}
    written = {(e.stream, e.kind): e.seq for e in effective(known.events) if e.kind in _SUMMONED}
    for a in known.case.episode_assignments():
        stream = assignment_stream(a.whistle_id, a.department, a.nth)

        def new(at: datetime | None, kind: EventKind, stream: str = stream) -> datetime | None:
            return at if at is not None and _news(at, written.get((stream, kind), 0), before) else None

        shown = OnSite(
            a, new(a.acknowledged_at, EventKind.ACKNOWLEDGED), new(a.reported_in_at, EventKind.REPORTED_IN),
            people.get(a.report_in_words_id, "") if a.report_in_words_id else "", new(a.done_at, EventKind.DONE),
        )  # fmt: skip
        called = new(a.notified_at, EventKind.DISPATCHED)
        if before is None or called or shown.acknowledged_at or shown.reported_in_at or shown.done_at:
            yield shown


def _measures(known: Filling, before: Report | None) -> Iterator[Entry]:
    """What was done since the last report, by time; what was taken back only if a report had told of it."""
    events = [*known.events, *known.logged]
    ends: dict[UUID | None, int] = {e.corrects: e.seq for e in events if e.corrects is not None}
    for entry in by_time(events):
        event = entry.event
        if event.kind not in MEASURES:
            continue
        if entry.undone:
            told = before is not None and event.seq < before.event.seq < ends.get(event.id, 0)
            if told:
                yield entry
            continue
        mended = entry.corrected_by is not None and before is not None and entry.corrected_by.seq > before.event.seq
        if mended or _news(entry.at, event.seq, before):
            yield entry


def _told(known: Filling, facts: Mapping[str, str], before: Report | None) -> Iterator[ToldUp]:
    """Who knows of it: told before the call, the levels it was raised to, who answered, the reports."""
    found: list[ToldUp] = []
    if before is None and facts.get("told"):
        found.append(ToldUp(None, facts["told"]))
    for event in effective(known.events):
        if event.kind in (EventKind.LEVELLED_UP, EventKind.LEVEL_SKIPPED):
            level = event.payload.get("to")
            if isinstance(level, str) and level in set(UnitLevel) and _tells(event, before):
                found.append(ToldUp(event.occurred_at, level=UnitLevel(level)))
        elif event.kind is EventKind.ANSWERED and event.payload.get("topic") in TELLING and _tells(event, before):
            who = event.on_behalf_of or event.actor
            if who != known.case.whistle.blower:
                found.append(ToldUp(event.occurred_at, member=who))
    found += [
        ToldUp(one.at, one.event.words.get("reported_to", ""), report=one)
        for one in known.reports.sent
        if _same_episode(known, one)
    ]
    yield from sorted(found, key=lambda one: (one.at is not None, one.at or known.now))
