"""What happened as one sentence a line: for bad links, logs and screen readers (design 4, plain mode)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.domain.dues import DueKind
from app.domain.events import OF_NOTICES, Event, EventKind, Json
from app.domain.flood import spoken
from app.domain.message import N_, Param
from app.domain.posture import Posture
from app.domain.whistle import Precision, Whistle
from app.render.labels import LABELS
from app.render.paint import paint_cells
from app.render.sight import Sight
from app.render.timeline import LATE, entry_words, told_words, topic_words, typed_words

TITLE, SAID = 30, 120
"""Cells of a case's title and of the words of an entry; the case itself has all of them."""

SENTENCES: Mapping[EventKind, str] = {
    EventKind.DRAFTED: N_("{who} saved a draft"),
    EventKind.REVISED: N_("{who} changed the facts"),
    EventKind.BLOWN: N_("{who} blew the whistle"),
    EventKind.APPROVED: N_("{who} approved it"),
    EventKind.REJECTED: N_("{who} rejected it"),
    EventKind.WITHDRAWN: N_("{who} withdrew it"),
    EventKind.LEVELLED_UP: N_("{who} raised it"),
    EventKind.LEVEL_SKIPPED: N_("{who} raised it past a level"),
    EventKind.DISPATCHED: N_("{who} whistled for departments"),
    EventKind.NOTED: N_("{who} noted"),
    EventKind.MADE_SAFE: N_("{who}: nobody is in danger any more"),
    EventKind.CHECKED: N_("{who} checked on the spot"),
    EventKind.RATED: N_("{who} rated it"),
    EventKind.COUNTERSIGNED: N_("{who} countersigned the rating"),
    EventKind.REOPENED: N_("{who} reopened it"),
    EventKind.SUSPENDED: N_("{who} suspended it"),
    EventKind.RESUMED: N_("{who} resumed it"),
    EventKind.CONSULTATION_STARTED: N_("{who} started a consultation"),
    EventKind.CONSULTATION_CONCLUDED: N_("{who} concluded the consultation"),
    EventKind.JOINED: N_("{who} joined it to another case"),
    EventKind.DUPLICATE_REPORTED: N_("the same report came again"),
    EventKind.SUSPENSION_REQUESTED: N_("{who} asks to suspend it"),
    EventKind.SUSPENSION_DECIDED: N_("{who} decided about the suspension"),
    EventKind.PLAN_APPLIED: N_("{who} applied the new plan"),
    EventKind.CORRECTED: N_("{who} corrected the time of an entry to {at}"),
    EventKind.UNDONE: N_("{who} took back: {what}"),
    EventKind.ACKNOWLEDGED: N_("{department} acknowledged"),
    EventKind.EN_ROUTE: N_("{department} is on the way"),
    EventKind.REPORTED_IN: N_("{department} has reported in"),
    EventKind.WORK_NOTED: N_("{department} reports"),
    EventKind.DONE: N_("{department} is done"),
    EventKind.RELEASED: N_("{department} was released"),
    EventKind.RETURN_REQUESTED: N_("{department} asks to return it"),
    EventKind.RETURN_DECIDED: N_("{who} decided about the return of {department}"),
    EventKind.EXTENSION_REQUESTED: N_("{department} asks for more time"),
    EventKind.EXTENSION_DECIDED: N_("{who} decided about more time for {department}"),
    EventKind.NO_SHOW: N_("{department} did not come in time"),
    EventKind.WENT_QUIET: N_("{department} has given no word for too long"),
    EventKind.REPORTED_UP: N_("{who} reported up the line"),
    EventKind.REMINDED: N_("{to} reminded: {topic}"),
    EventKind.ESCALATED: N_("nobody answered “{topic}”, now told: {to}"),
    EventKind.CALLED: N_("{who} was phoned about “{topic}” and did not answer"),
    EventKind.ANSWERED: N_("{who} answered “{topic}”"),
    EventKind.SNOOZED: N_("{who} put “{topic}” off"),
    EventKind.PASSED_ON: N_("{who} passed “{topic}” on to {to}"),
    EventKind.REMINDER_SET: N_("{who} set a reminder"),
    EventKind.REMINDER_ENDED: N_("{who} took a reminder away"),
    EventKind.PATROLS_LOADED: N_("{who} loaded the rules for rounds"),
    EventKind.MAP_LOADED: N_("{who} loaded the street's map"),
    EventKind.ROUND_STARTED: N_("{who} began a round"),
    EventKind.ROUND_ANSWERED: N_("{who} recorded answers of a round"),
    EventKind.FINDING_SETTLED: N_("{who} recorded what became of a finding"),
    EventKind.FINDING_LINKED: N_("{who} joined a finding to an open case"),
    EventKind.ROUND_ENDED: N_("{who} ended a round"),
    EventKind.WARNING_RECORDED: N_("{who} recorded a warning"),
    EventKind.WARNING_CANCELLED: N_("{who} ended a warning"),
    EventKind.RESPONSE_RECORDED: N_("{who} recorded a response level"),
    EventKind.RESPONSE_ENDED: N_("{who} ended a response level"),
    EventKind.POSTURE_CHANGED: N_("{who} changed the flood posture to {to}"),
    EventKind.EVACUATION_LISTED: N_("{who} listed a household to leave"),
    EventKind.EVACUATION_CALLED: N_("{who} called a household that did not answer"),
    EventKind.EVACUATION_ANSWERED: N_("{who} reached a household"),
    EventKind.EVACUATED: N_("{who} saw a household out"),
    EventKind.EVACUATION_RETURNED: N_("{who} recorded a household back home"),
    EventKind.ROUND_CHECKED_IN: N_("{who}: the team is well"),
    EventKind.ROUND_MISSED: N_("a round was missed"),
    EventKind.ROUNDS_PLANNED: N_("rounds that are due were brought in line"),
    EventKind.PLAN_SET: N_("{who} set a plan of rounds"),
    EventKind.PLAN_ENDED: N_("{who} ended a plan of rounds"),
    EventKind.GAUGE_READ: N_("{who} recorded a gauge reading"),
    EventKind.GAUGE_DROPPED: N_("{who} struck out a gauge reading"),
    EventKind.GAUGES_IMPORTED: N_("{who} loaded gauge readings"),
    EventKind.LEVEL_CROSSED: N_("the water crossed a level, or falls"),
    EventKind.BRIEFING_OPENED: N_("{who} opened a briefing"),
    EventKind.BRIEFING_NOTED: N_("{who} noted in the briefing"),
    EventKind.BRIEFING_ATTENDED: N_("{who} recorded who is at the briefing"),
    EventKind.BRIEFING_SIGNED: N_("{who} signed the briefing"),
    EventKind.ITEM_SET: N_("{who} set an action item"),
    EventKind.ITEM_ENDED: N_("{who} ended an action item"),
    EventKind.HANDOVER_OPENED: N_("{who} began the handover"),
    EventKind.HANDOVER_NOTED: N_("{who} noted in the handover"),
    EventKind.HANDOVER_CHECKED: N_("{who} went through the equipment"),
    EventKind.HANDOVER_ACCEPTED: N_("{who} accepted an item of the handover"),
    EventKind.SIGNED_OUT: N_("{who} signed out: the relief has not signed yet"),
    EventKind.SIGNED_IN: N_("{who} signed in and holds the desk"),
    EventKind.HANDED_OVER: N_("handed over to {to}"),
    EventKind.ROUTES_SET: N_("{who} chose how somebody is reached"),
    EventKind.LOGGED: N_("{who} wrote in the log"),
    EventKind.LOG_CLOSED: N_("{who} closed an entry of the log"),
    EventKind.SPOT_RECORDED: N_("{who} solved something on the spot"),
    EventKind.SHIFT_OPENED: N_("{who} opened a shift"),
    EventKind.ORG_LOADED: N_("{who} loaded the organisation"),
    EventKind.POLICY_LOADED: N_("{who} loaded a policy"),
    EventKind.STATION_CREATED: N_("the database was founded"),
    EventKind.CLOCK_SET: N_("the drill's clock was set to {at}"),
}
"""What each kind of entry says; a test holds it against every kind there is."""

OF_GAUGES = frozenset({EventKind.GAUGE_READ, EventKind.GAUGE_DROPPED, EventKind.LEVEL_CROSSED})
"""Entries that say how high the water is."""

UNTOLD = N_("{topic}, nobody has to be told")
"""What an entry says about a limit that ran out while another reminder says enough."""

ABOUT: Mapping[EventKind, str] = {
    EventKind.CORRECTED: N_("{who} corrected the time of “{what}” from {was} to {at}"),
    EventKind.UNDONE: N_("{who} took back “{what}” of {at}"),
}
"""What an entry about another entry says when that one is known."""

LIMITS: Mapping[DueKind, str] = {
    DueKind.DRAFT_STALE: N_("the draft was not blown in time"),
    DueKind.APPROVAL: N_("it was not approved in time, overdue"),
    DueKind.DISPATCH: N_("no department was whistled for in time, overdue"),
    DueKind.ACKNOWLEDGE: N_("{departments} did not acknowledge in time, overdue"),
    DueKind.REPORT_IN_HALF: N_("{departments}: report-in time half over"),
    DueKind.REPORT_IN: N_("{departments} did not report in in time, overdue"),
    DueKind.ZONE_PLATFORM: N_("{departments} still did not report in: tell the zone platform"),
    DueKind.FEEDBACK: N_("{departments}: the next report is due"),
    DueKind.MADE_SAFE: N_("it was not made safe in time, overdue"),
    DueKind.CONSULT: N_("no consultation was concluded in time, overdue"),
    DueKind.CLOSE_HALF: N_("the time to close is half over"),
    DueKind.CLOSE: N_("it was not closed in time, overdue"),
    DueKind.CHECK: N_("nobody checked on the spot in time, overdue"),
    DueKind.REVIEW: N_("the suspension is to be looked at again"),
    DueKind.RATE: N_("it was not rated in time"),
    DueKind.SUPERVISE: N_("{departments}: still overdue, the duty leader supervises"),
    DueKind.LEADER: N_("{departments}: still overdue, the leader is told"),
    DueKind.RATE_HALF: N_("it is not rated yet: call back who blew it"),
    DueKind.NEW: N_("a new emergency: grid, community and street are told"),
    DueKind.RAISED: N_("it was raised: the next ones are to act"),
    DueKind.APPROVAL_ASKED: N_("it waits for approval"),
    DueKind.SUMMONED: N_("{departments} whistled for"),
    DueKind.REWORK: N_("{departments}: the check was not passed"),
    DueKind.DECIDE: N_("a request waits for a decision"),
    DueKind.STILL_ON_IT: N_("no word for too long: still on it?"),
    DueKind.REPORT_PHONE: N_("the first report by phone is due"),
    DueKind.REPORT_WRITTEN: N_("the first report in writing is due"),
    DueKind.REPORT_FOLLOW_UP: N_("the follow-up report is due"),
    DueKind.REPORT_FINAL: N_("the final report is due"),
    DueKind.AGAIN: N_("it still waits"),
}
"""What each limit says that ran out."""


def event_sentence(event: Event, whistle: Whistle | None, title: str, sight: Sight, about: Event | None = None) -> str:
    """``00:26 0702-01 Shuanghe 1 manhole…: utilities has reported in (on site 3/6): words``.

    ``whistle`` is the case as the entry left it; None where an entry concerns no case. ``about`` is the entry that
    an undo takes back or a correction puts right.
    """
    said = what_happened(event, sight, about)
    if tally := _tally(event, whistle, sight):
        said += sight.t(" ({tally})", tally=tally)
    said_already = event.kind in OF_NOTICES
    words = paint_cells(
        typed_words(event) if said_already else entry_words(event, sight), SAID, ellipsis=sight.glyphs.ellipsis
    )
    if words and words != title:
        said = sight.t("{said}: {words}", said=said, words=words)
    at = event.recorded_at if event.kind is EventKind.CORRECTED else event.occurred_at
    some = "~" if event.occurred_precision is Precision.APPROX and event.kind is not EventKind.CORRECTED else ""
    if event.recorded_at - at >= LATE:
        said += " " + sight.t("[written down {at}]", at=sight.stamp(event.recorded_at))
    return line(some + sight.stamp(at), case_words(whistle, title, sight) if whistle else "", said, sight)


def what_happened(event: Event, sight: Sight, about: Event | None = None) -> str:
    """``utilities has reported in``: an entry without its time, its case and what was typed."""
    return _said_about(event, about, sight) if about and event.kind in ABOUT else _said(event, sight)


def limit_sentence(at: datetime, kind: DueKind, departments: Sequence[str], whistle: Whistle, title: str,
                   sight: Sight) -> str:  # fmt: skip
    """``00:23 0702-01 Shuanghe 1 manhole…: work safety did not report in in time, overdue``."""
    names = sight.words.listed(tuple(sight.short(code) for code in departments))
    said = sight.t(LIMITS[kind], departments=names)
    return line(sight.stamp(at), case_words(whistle, title, sight), said, sight)


def line(at: str, about: str, said: str, sight: Sight) -> str:
    """One line: when, about which case, what."""
    return f"{at} " + (sight.t("{said}: {words}", said=about, words=said) if about else said)


def case_words(whistle: Whistle, title: str, sight: Sight) -> str:
    """The case as a line names it: number, grid, the beginning of its title."""
    named = whistle.number[6:] or sight.words.enum(whistle.state)
    short = paint_cells(title, TITLE, ellipsis=sight.glyphs.ellipsis)
    return " ".join(part for part in (named, sight.short(whistle.grid), short) if part)


def what_it_was(event: Event, sight: Sight) -> str:
    """An entry named in another one: ``utilities reported in``."""
    department, what = event.payload.get("department"), sight.words.enum(event.kind)
    return f"{sight.short(department)} {what}" if isinstance(department, str) and department else what


def _said_about(event: Event, about: Event, sight: Sight) -> str:
    at, was = (about.occurred_at, about.occurred_at) if event.kind is EventKind.UNDONE else _times(event, about)
    return sight.t(ABOUT[event.kind], who=_who(event, sight), what=what_it_was(about, sight), at=sight.stamp(at),
                   was=sight.stamp(was))  # fmt: skip


def _times(event: Event, about: Event) -> tuple[datetime, datetime]:
    """The time an entry was corrected to, and the one it counted with before."""
    was = event.payload.get("was")
    return event.occurred_at, datetime.fromisoformat(was) if isinstance(was, str) else about.occurred_at


def _said(event: Event, sight: Sight) -> str:
    payload = event.payload
    department = payload.get("department")
    undone = payload.get("kind")
    what = LABELS[EventKind].get(undone, "") if isinstance(undone, str) else ""
    until = payload.get("drill_at")
    at = datetime.fromisoformat(until) if isinstance(until, str) else event.occurred_at
    if event.kind in OF_GAUGES and "metres" in payload:
        from app.render.gauges import gauge_news  # charts and all: only where a gauge was read

        return gauge_news(event, sight, _who(event, sight))
    untold = event.kind is EventKind.REMINDED and "to" not in payload
    return sight.t(
        UNTOLD if untold else SENTENCES[event.kind], who=_who(event, sight), what=sight.t(what),
        department=sight.short(department) if isinstance(department, str) and department else _who(event, sight),
        at=sight.stamp(at), topic=topic_words(event, sight),
        to=_posture(payload.get("after")) or told_words(event, sight),
    )  # fmt: skip


def _posture(code: Json) -> Param:
    return spoken(Posture(code)) if isinstance(code, str) and code in set(Posture) else ""


def _who(event: Event, sight: Sight) -> str:
    code = event.on_behalf_of or event.actor
    return sight.short(code) if code in sight.street.known_departments else sight.person(code)


def _tally(event: Event, whistle: Whistle | None, sight: Sight) -> str:
    """How many departments have come so far, where the entry is one of them."""
    if whistle is None or not whistle.assigned:
        return ""
    if event.kind is EventKind.REPORTED_IN:
        return sight.t("on site {n}/{of}", n=whistle.reported_in, of=whistle.assigned)
    if event.kind is EventKind.ACKNOWLEDGED:
        return sight.t("acknowledged {n}/{of}", n=whistle.acknowledged, of=whistle.assigned)
    return sight.t("done {n}/{of}", n=whistle.done, of=whistle.assigned) if event.kind is EventKind.DONE else ""
