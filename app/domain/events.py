"""What happened, as append-only facts: codes, ids, numbers and times; typed text lies in words (decisions 1, 2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias
from uuid import UUID

from app.domain.actor import Channel
from app.domain.org import Role
from app.domain.whistle import Precision

Json: TypeAlias = str | int | float | bool | list["Json"] | dict[str, "Json"] | None


class EventKind(StrEnum):
    """Every kind of fact the product records. One action writes one event on each stream it changes."""

    DRAFTED = "drafted"
    REVISED = "revised"
    BLOWN = "blown"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    LEVELLED_UP = "levelled_up"
    LEVEL_SKIPPED = "level_skipped"
    DISPATCHED = "dispatched"
    NOTED = "noted"
    MADE_SAFE = "made_safe"
    CHECKED = "checked"
    RATED = "rated"
    COUNTERSIGNED = "countersigned"
    REOPENED = "reopened"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    CONSULTATION_STARTED = "consultation_started"
    CONSULTATION_CONCLUDED = "consultation_concluded"
    JOINED = "joined"
    DUPLICATE_REPORTED = "duplicate_reported"
    SUSPENSION_REQUESTED = "suspension_requested"
    SUSPENSION_DECIDED = "suspension_decided"
    PLAN_APPLIED = "plan_applied"
    CORRECTED = "corrected"
    UNDONE = "undone"
    ACKNOWLEDGED = "acknowledged"
    EN_ROUTE = "en_route"
    REPORTED_IN = "reported_in"
    WORK_NOTED = "work_noted"
    DONE = "done"
    RELEASED = "released"
    RETURN_REQUESTED = "return_requested"
    RETURN_DECIDED = "return_decided"
    EXTENSION_REQUESTED = "extension_requested"
    EXTENSION_DECIDED = "extension_decided"
    NO_SHOW = "no_show"
    WENT_QUIET = "went_quiet"
    REPORTED_UP = "reported_up"
    """信息报送: a first, follow-up or final report went up the line."""
    REMINDED = "reminded"
    """A due row fired: somebody was told."""
    ESCALATED = "escalated"
    """Nobody answered: the next ones were told."""
    CALLED = "called"
    """Somebody was phoned and did not answer."""
    ANSWERED = "answered"
    """叫应: somebody has it in hand."""
    SNOOZED = "snoozed"
    PASSED_ON = "passed_on"
    """It was given to somebody else."""
    REMINDER_SET = "reminder_set"
    REMINDER_ENDED = "reminder_ended"
    PATROLS_LOADED = "patrols_loaded"
    """The rules for rounds: what is asked, and where they lead."""
    ROUND_STARTED = "round_started"
    ROUND_ANSWERED = "round_answered"
    FINDING_SETTLED = "finding_settled"
    """What was decided about a problem of a round: solved on the spot, or not."""
    FINDING_LINKED = "finding_linked"
    """It is the same matter as an open case, which it joined."""
    ROUND_ENDED = "round_ended"
    WARNING_RECORDED = "warning_recorded"
    """A warning signal was typed in or imported."""
    WARNING_CANCELLED = "warning_cancelled"
    RESPONSE_RECORDED = "response_recorded"
    """A response level was recorded from its document."""
    RESPONSE_ENDED = "response_ended"
    POSTURE_CHANGED = "posture_changed"
    """The posture in force was raised, or lowered by somebody who may."""
    EVACUATION_LISTED = "evacuation_listed"
    """叫应: a household is to leave."""
    EVACUATION_CALLED = "evacuation_called"
    """It was tried, and nobody answered."""
    EVACUATION_ANSWERED = "evacuation_answered"
    EVACUATED = "evacuated"
    EVACUATION_RETURNED = "evacuation_returned"
    ROUND_CHECKED_IN = "round_checked_in"
    """At night: the team is well."""
    ROUND_MISSED = "round_missed"
    """Its window is over and nobody began it."""
    ROUNDS_PLANNED = "rounds_planned"
    """Rounds that are due were created, or due no more."""
    PLAN_SET = "plan_set"
    PLAN_ENDED = "plan_ended"
    GAUGE_READ = "gauge_read"
    GAUGE_DROPPED = "gauge_dropped"
    """A reading was struck out: it was misread or mistyped."""
    GAUGES_IMPORTED = "gauges_imported"
    LEVEL_CROSSED = "level_crossed"
    """Also that the water falls: what a reading makes news."""
    BRIEFING_OPENED = "briefing_opened"
    """The draft of a unit's next briefing."""
    BRIEFING_NOTED = "briefing_noted"
    BRIEFING_ATTENDED = "briefing_attended"
    """Who is there, who chairs and who takes the notes."""
    BRIEFING_SIGNED = "briefing_signed"
    ITEM_SET = "item_set"
    """An action item of a briefing: who is to do what by when."""
    ITEM_ENDED = "item_ended"
    """It was done, or is not to be done any more."""
    HANDOVER_OPENED = "handover_opened"
    """The handover of the shift that holds the desk is being prepared."""
    HANDOVER_NOTED = "handover_noted"
    """A line on an item, or a note for the relief."""
    HANDOVER_CHECKED = "handover_checked"
    """Equipment was gone through."""
    HANDOVER_ACCEPTED = "handover_accepted"
    """The incoming officer accepted an item."""
    SIGNED_OUT = "signed_out"
    """The outgoing shift signed."""
    SIGNED_IN = "signed_in"
    """The incoming shift signed: it holds the desk from here on."""
    HANDED_OVER = "handed_over"
    """A case has another owner: its shift handed over. It changes nothing else in the case."""
    ROUTES_SET = "routes_set"
    """By which channels a member is reached."""
    SPOT_RECORDED = "spot_recorded"
    LOGGED = "logged"
    """An entry of the shift log; one that names an earlier one puts it right."""
    LOG_CLOSED = "log_closed"
    """An open entry of the log was seen to."""
    SHIFT_OPENED = "shift_opened"
    ORG_LOADED = "org_loaded"
    MAP_LOADED = "map_loaded"
    """The street's map."""
    POLICY_LOADED = "policy_loaded"
    STATION_CREATED = "station_created"
    CLOCK_SET = "clock_set"


OF_NOTICES = frozenset(
    {
        EventKind.REMINDED,
        EventKind.ESCALATED,
        EventKind.CALLED,
        EventKind.ANSWERED,
        EventKind.SNOOZED,
        EventKind.PASSED_ON,
    }
)
"""Entries about who was told and who answered: they change nothing in the case itself."""

BESIDE = OF_NOTICES | {EventKind.HANDED_OVER}
"""Entries on the timeline of a case that are no step of it: they neither are undone nor stand in the way."""

NO_WORDS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Event:
    """One fact. ``seq`` is the commit order (0 until stored); clocks read ``occurred_at``, folding goes by ``seq``."""

    id: UUID
    """Made by the client: sending the same id again writes nothing and is no error (reliability 4)."""
    stream: str
    stream_version: int
    kind: EventKind
    payload: Mapping[str, Json]
    actor: str
    role: Role
    occurred_at: datetime
    recorded_at: datetime
    on_behalf_of: str = ""
    channel: Channel = Channel.TERMINAL
    words: Mapping[str, str] = field(default_factory=lambda: NO_WORDS)
    """What was typed, by field; empty when there was nothing or retention has emptied it."""
    words_id: UUID | None = None
    occurred_precision: Precision = Precision.EXACT
    corrects: UUID | None = None
    whistle_id: UUID | None = None
    station: str = ""
    schema: int = 1
    seq: int = 0


FROZEN = "sheet"
"""The field of the words that holds a briefing or a handover as it was signed: nobody typed it."""


def typed_texts(event: Event) -> Mapping[str, str]:
    """What people typed, by field: what was signed is no such text and is not shown among entries."""
    if FROZEN not in event.words:
        return event.words
    return {name: text for name, text in event.words.items() if name != FROZEN}


def whistle_stream(whistle_id: UUID) -> str:
    """The stream of a case: its version is the whistle's."""
    return f"whistle/{whistle_id.hex}"


def owner_stream(whistle_id: UUID) -> str:
    """The stream of who owns a case: a handover leaves the version of the whistle as it is (decisions 4)."""
    return f"whistle/{whistle_id.hex}/owner"


def assignment_stream(whistle_id: UUID, department: str, nth: int) -> str:
    """The stream of one department's assignment: its version is the assignment's."""
    return f"whistle/{whistle_id.hex}/{department}/{nth}"
