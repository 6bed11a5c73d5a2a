"""What the trade calls each state, kind and word of a case (domain 8); msgids, translated when shown."""

from __future__ import annotations

from app.domain.dues import DueKind
from app.domain.events import EventKind
from app.domain.message import N_
from app.domain.whistle import (
    AssignmentRole,
    AssignmentState,
    Precision,
    RequestKind,
    RequestState,
    Severity,
    Source,
    Waiting,
    WhistleState,
)

WHISTLE_STATES: dict[WhistleState, str] = {
    WhistleState.DRAFT: N_("draft"),
    WhistleState.PENDING_APPROVAL: N_("pending approval"),
    WhistleState.OPEN: N_("open"),
    WhistleState.CONSULTING: N_("in consultation"),
    WhistleState.SUSPENDED: N_("suspended"),
    WhistleState.AWAITING_CHECK: N_("awaiting check"),
    WhistleState.REOPENED: N_("reopened"),
    WhistleState.CLOSED: N_("closed"),
    WhistleState.RATED: N_("rated"),
    WhistleState.REJECTED: N_("rejected"),
    WhistleState.WITHDRAWN: N_("withdrawn"),
    WhistleState.MERGED: N_("joined to another case"),
}

ASSIGNMENT_STATES: dict[AssignmentState, str] = {
    AssignmentState.NOTIFIED: N_("whistled for"),
    AssignmentState.ACKNOWLEDGED: N_("acknowledged"),
    AssignmentState.EN_ROUTE: N_("on the way"),
    AssignmentState.REPORTED_IN: N_("reported in"),
    AssignmentState.WORKING: N_("working"),
    AssignmentState.DONE: N_("done"),
    AssignmentState.RELEASED: N_("released"),
}

ASSIGNMENT_ROLES: dict[AssignmentRole, str] = {
    AssignmentRole.LEAD: N_("lead"),
    AssignmentRole.ASSIST: N_("assist"),
}

SEVERITIES: dict[Severity, str] = {
    Severity.NORMAL: N_("normal"),
    Severity.URGENT: N_("urgent"),
    Severity.CRITICAL: N_("critical"),
}

SOURCES: dict[Source, str] = {
    Source.PATROL: N_("patrol"),
    Source.CALL: N_("phone call"),
    Source.HOTLINE_12345: N_("12345 hotline"),
    Source.PETITION: N_("petition"),
    Source.UPPER_LEVEL: N_("upper level"),
    Source.MEETING: N_("meeting"),
    Source.OTHER: N_("other"),
}

PRECISIONS: dict[Precision, str] = {Precision.EXACT: N_("exact"), Precision.APPROX: N_("about")}

REQUEST_KINDS: dict[RequestKind, str] = {
    RequestKind.RETURN: N_("return"),
    RequestKind.EXTENSION: N_("extension"),
    RequestKind.SUSPENSION: N_("suspension"),
}

REQUEST_STATES: dict[RequestState, str] = {
    RequestState.PENDING: N_("waiting for a decision"),
    RequestState.GRANTED: N_("granted"),
    RequestState.REFUSED: N_("refused"),
}

WAITING: dict[Waiting, str] = {
    Waiting.SUBMIT: N_("to be blown"),
    Waiting.APPROVAL: N_("approval"),
    Waiting.LEVEL_UP: N_("raise to zone"),
    Waiting.DISPATCH: N_("dispatch"),
    Waiting.ACKNOWLEDGE: N_("acknowledge"),
    Waiting.REPORT_IN: N_("report in"),
    Waiting.WORK: N_("handling"),
    Waiting.CONSULTATION: N_("consultation"),
    Waiting.REVIEW: N_("suspended"),
    Waiting.CHECK: N_("check"),
    Waiting.RATING: N_("rating"),
    Waiting.NOTHING: N_("nothing"),
}

DUES: dict[DueKind, str] = {
    DueKind.DRAFT_STALE: N_("draft not blown"),
    DueKind.APPROVAL: N_("approval due"),
    DueKind.DISPATCH: N_("dispatch due"),
    DueKind.ACKNOWLEDGE: N_("acknowledge due"),
    DueKind.REPORT_IN_HALF: N_("half of the time to report in"),
    DueKind.REPORT_IN: N_("report-in due"),
    DueKind.ZONE_PLATFORM: N_("tell the zone"),
    DueKind.FEEDBACK: N_("feedback due"),
    DueKind.MADE_SAFE: N_("made safe due"),
    DueKind.CONSULT: N_("consultation due"),
    DueKind.CLOSE_HALF: N_("half of the time to close"),
    DueKind.CLOSE: N_("close due"),
    DueKind.CHECK: N_("check due"),
    DueKind.REVIEW: N_("review of the suspension"),
    DueKind.RATE: N_("rating due"),
    DueKind.RATE_HALF: N_("return call: not rated yet"),
    DueKind.SUPERVISE: N_("overdue: supervise"),
    DueKind.LEADER: N_("overdue: tell the leader"),
    DueKind.NEW: N_("new emergency"),
    DueKind.RAISED: N_("raised to you"),
    DueKind.APPROVAL_ASKED: N_("waits for approval"),
    DueKind.SUMMONED: N_("whistled for"),
    DueKind.REWORK: N_("check not passed: rework"),
    DueKind.DECIDE: N_("waits for a decision"),
    DueKind.STILL_ON_IT: N_("still on it?"),
    DueKind.REPORT_PHONE: N_("phone report due"),
    DueKind.REPORT_WRITTEN: N_("written report due"),
    DueKind.REPORT_FOLLOW_UP: N_("follow-up report due"),
    DueKind.REPORT_FINAL: N_("final report due"),
    DueKind.AGAIN: N_("still waits"),
}

EVENTS: dict[EventKind, str] = {
    EventKind.DRAFTED: N_("draft saved"),
    EventKind.REVISED: N_("facts changed"),
    EventKind.BLOWN: N_("whistle blown"),
    EventKind.APPROVED: N_("approved"),
    EventKind.REJECTED: N_("rejected"),
    EventKind.WITHDRAWN: N_("withdrawn"),
    EventKind.LEVELLED_UP: N_("raised"),
    EventKind.LEVEL_SKIPPED: N_("raised, level skipped"),
    EventKind.DISPATCHED: N_("departments whistled for"),
    EventKind.NOTED: N_("note"),
    EventKind.MADE_SAFE: N_("made safe"),
    EventKind.CHECKED: N_("checked on the spot"),
    EventKind.RATED: N_("rated"),
    EventKind.COUNTERSIGNED: N_("rating countersigned"),
    EventKind.REOPENED: N_("reopened"),
    EventKind.SUSPENDED: N_("suspended"),
    EventKind.RESUMED: N_("resumed"),
    EventKind.CONSULTATION_STARTED: N_("consultation started"),
    EventKind.CONSULTATION_CONCLUDED: N_("consultation concluded"),
    EventKind.JOINED: N_("joined to another case"),
    EventKind.DUPLICATE_REPORTED: N_("same report again"),
    EventKind.SUSPENSION_REQUESTED: N_("suspension asked for"),
    EventKind.SUSPENSION_DECIDED: N_("suspension decided"),
    EventKind.PLAN_APPLIED: N_("new plan applied"),
    EventKind.CORRECTED: N_("entry corrected"),
    EventKind.UNDONE: N_("undone"),
    EventKind.ACKNOWLEDGED: N_("acknowledged"),
    EventKind.EN_ROUTE: N_("on the way"),
    EventKind.REPORTED_IN: N_("reported in"),
    EventKind.WORK_NOTED: N_("work note"),
    EventKind.DONE: N_("done"),
    EventKind.RELEASED: N_("released"),
    EventKind.RETURN_REQUESTED: N_("return asked for"),
    EventKind.RETURN_DECIDED: N_("return decided"),
    EventKind.EXTENSION_REQUESTED: N_("extension asked for"),
    EventKind.EXTENSION_DECIDED: N_("extension decided"),
    EventKind.NO_SHOW: N_("did not come in time"),
    EventKind.WENT_QUIET: N_("no word for too long"),
    EventKind.REPORTED_UP: N_("reported up the line"),
    EventKind.REMINDED: N_("reminded"),
    EventKind.ESCALATED: N_("nobody answered: the next told"),
    EventKind.CALLED: N_("phoned, no answer"),
    EventKind.ANSWERED: N_("answered"),
    EventKind.SNOOZED: N_("snoozed"),
    EventKind.PASSED_ON: N_("passed on"),
    EventKind.REMINDER_SET: N_("reminder set"),
    EventKind.REMINDER_ENDED: N_("reminder taken away"),
    EventKind.ROUTES_SET: N_("channels chosen"),
    EventKind.PATROLS_LOADED: N_("rules for rounds loaded"),
    EventKind.MAP_LOADED: N_("map loaded"),
    EventKind.ROUND_STARTED: N_("round begun"),
    EventKind.ROUND_ANSWERED: N_("round answered"),
    EventKind.FINDING_SETTLED: N_("finding looked at"),
    EventKind.ROUND_ENDED: N_("round ended"),
    EventKind.WARNING_RECORDED: N_("warning recorded"),
    EventKind.WARNING_CANCELLED: N_("warning ended"),
    EventKind.RESPONSE_RECORDED: N_("response level recorded"),
    EventKind.RESPONSE_ENDED: N_("response level ended"),
    EventKind.POSTURE_CHANGED: N_("posture changed"),
    EventKind.EVACUATION_LISTED: N_("household to leave"),
    EventKind.EVACUATION_CALLED: N_("household called, no answer"),
    EventKind.EVACUATION_ANSWERED: N_("household answered"),
    EventKind.EVACUATED: N_("household left"),
    EventKind.EVACUATION_RETURNED: N_("household back home"),
    EventKind.ROUND_CHECKED_IN: N_("team is well"),
    EventKind.ROUND_MISSED: N_("round missed"),
    EventKind.ROUNDS_PLANNED: N_("rounds planned"),
    EventKind.PLAN_SET: N_("plan of rounds set"),
    EventKind.PLAN_ENDED: N_("plan of rounds ended"),
    EventKind.GAUGE_READ: N_("gauge read"),
    EventKind.GAUGE_DROPPED: N_("gauge reading struck out"),
    EventKind.GAUGES_IMPORTED: N_("gauge readings loaded"),
    EventKind.LEVEL_CROSSED: N_("turn of the water"),
    EventKind.SPOT_RECORDED: N_("solved on the spot"),
    EventKind.SHIFT_OPENED: N_("shift opened"),
    EventKind.ORG_LOADED: N_("organisation loaded"),
    EventKind.POLICY_LOADED: N_("policy loaded"),
    EventKind.STATION_CREATED: N_("station created"),
    EventKind.CLOCK_SET: N_("drill clock set"),
}
