"""What each code is called on the screen: one msgid for every member of every enum a person may meet."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from app.domain import labels
from app.domain.actor import Channel
from app.domain.checklist import Trend, Verdict
from app.domain.dues import DueKind
from app.domain.events import EventKind
from app.domain.flood import Aside, Ending, HouseholdState, SignalSource
from app.domain.grid_status import GridWord
from app.domain.hazard import Hazard
from app.domain.line_fields import LineField
from app.domain.message import N_
from app.domain.org import (
    Employment,
    FourParty,
    PartyBranch,
    PartyLevel,
    PlaceKind,
    Role,
    ShiftKind,
    SixRole,
    UnitLevel,
    UnitType,
)
from app.domain.patrol_row import PatrolWord
from app.domain.planned_round import PlannedState, Timing
from app.domain.policy import LimitUnit, WhistleKind
from app.domain.posture import Colour, Posture, ResponseLevel, WaterLevel
from app.domain.round import RoundState
from app.domain.warning import CapStatus, MsgType
from app.domain.watch_topics import WatchTopic
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

LABELS: dict[type[StrEnum], Mapping[Any, str]] = {
    Colour: {
        Colour.BLUE: N_("blue"),
        Colour.YELLOW: N_("yellow"),
        Colour.ORANGE: N_("orange"),
        Colour.RED: N_("red"),
    },
    ResponseLevel: {
        ResponseLevel.IV: N_("Ⅳ"),
        ResponseLevel.III: N_("Ⅲ"),
        ResponseLevel.II: N_("Ⅱ"),
        ResponseLevel.I: N_("Ⅰ"),
    },
    WaterLevel: {
        WaterLevel.GUARD: N_("guard level"),
        WaterLevel.WARNING: N_("warning level"),
        WaterLevel.GUARANTEE: N_("guarantee level"),
    },
    Hazard: {
        Hazard.RAINSTORM: N_("rainstorm"),
        Hazard.TYPHOON: N_("typhoon"),
        Hazard.FLOOD: N_("flood"),
        Hazard.MOUNTAIN_FLOOD: N_("mountain flood"),
        Hazard.WATERLOGGING: N_("waterlogging"),
        Hazard.GEOLOGICAL: N_("geological hazard"),
        Hazard.THUNDER_GALE: N_("thunderstorm and gale"),
        Hazard.LIGHTNING: N_("lightning"),
        Hazard.GALE: N_("gale"),
        Hazard.HAIL: N_("hail"),
        Hazard.TORNADO: N_("tornado"),
        Hazard.SNOW: N_("snowstorm"),
        Hazard.COLD: N_("cold"),
        Hazard.HEAT: N_("heat"),
        Hazard.FOG: N_("fog and haze"),
        Hazard.SAND: N_("sandstorm"),
        Hazard.DROUGHT: N_("drought"),
        Hazard.ROAD_ICE: N_("icy roads"),
        Hazard.FIRE: N_("fire danger"),
        Hazard.AIR: N_("air pollution"),
        Hazard.EARTHQUAKE: N_("earthquake"),
        Hazard.SEA: N_("high waves"),
        Hazard.SPACE: N_("space weather"),
        Hazard.PEST: N_("plant pests"),
        Hazard.HEALTH: N_("danger to health"),
        Hazard.ACCIDENT: N_("accident"),
        Hazard.SECURITY: N_("danger to security"),
        Hazard.OTHER: N_("other hazard"),
    },
    CapStatus: {
        CapStatus.ACTUAL: N_("actual"),
        CapStatus.EXERCISE: N_("exercise"),
        CapStatus.SYSTEM: N_("system message"),
        CapStatus.TEST: N_("test"),
        CapStatus.DRAFT: N_("draft message"),
    },
    MsgType: {
        MsgType.ALERT: N_("warning"),
        MsgType.UPDATE: N_("update"),
        MsgType.CANCEL: N_("cancellation"),
        MsgType.ACK: N_("receipt"),
        MsgType.ERROR: N_("error message"),
    },
    SignalSource: {
        SignalSource.TYPED: N_("typed in"),
        SignalSource.CAP: N_("imported"),
    },
    Aside: {
        Aside.LIFTED: N_("says that it is lifted"),
        Aside.ELSEWHERE: N_("not for this street"),
    },
    Ending: {
        Ending.CANCELLED: N_("cancelled"),
        Ending.SUPERSEDED: N_("replaced"),
        Ending.ENDED: N_("ended"),
        Ending.UNDONE: N_("taken back"),
    },
    HouseholdState: {
        HouseholdState.TO_CALL: N_("to be called"),
        HouseholdState.NO_ANSWER: N_("no answer"),
        HouseholdState.ANSWERED: N_("answered"),
        HouseholdState.LEFT: N_("left"),
        HouseholdState.RETURNED: N_("back home"),
    },
    PatrolWord: {
        PatrolWord.LATE: N_("overdue"),
        PatrolWord.PLANNED: N_("planned"),
        PatrolWord.MISSED: N_("missed"),
        PatrolWord.SILENT: N_("no word"),
        PatrolWord.UNDER_WAY: N_("under way"),
        PatrolWord.FINISHED: N_("finished"),
        PatrolWord.INCOMPLETE: N_("incomplete"),
    },
    WatchTopic: {
        WatchTopic.ROUND_SOON: N_("soon"),
        WatchTopic.ROUND_START: N_("begins"),
        WatchTopic.ROUND_LATE: N_("late if nobody begins"),
        WatchTopic.ROUND_MISSED: N_("missed"),
        WatchTopic.ROUND_UNFINISHED: N_("to be done by"),
        WatchTopic.ROUND_TO_END: N_("to be ended"),
        WatchTopic.ROUND_TOO_FEW: N_("too few at night"),
        WatchTopic.CHECK_IN: N_("check-in due"),
        WatchTopic.LEVEL_CROSSED: N_("water level"),
        WatchTopic.WATER_FALLING: N_("the water falls"),
        WatchTopic.POSTURE: N_("posture"),
        WatchTopic.MAY_LOWER: N_("posture may be lowered"),
    },
    PlannedState: {
        PlannedState.PLANNED: N_("planned"),
        PlannedState.UNDER_WAY: N_("under way"),
        PlannedState.DONE: N_("finished"),
        PlannedState.INCOMPLETE: N_("incomplete"),
        PlannedState.MISSED: N_("missed"),
        PlannedState.DROPPED: N_("dropped"),
    },
    Timing: {
        Timing.EARLY: N_("early"),
        Timing.ON_TIME: N_("on time"),
        Timing.LATE: N_("late"),
    },
    Posture: {
        Posture.SEASON: N_("nothing in force"),
        Posture.BLUE: N_("blue or IV"),
        Posture.YELLOW: N_("yellow or III"),
        Posture.ORANGE: N_("orange or II"),
        Posture.RED: N_("red or I"),
    },
    RoundState: {
        RoundState.UNDER_WAY: N_("under way"),
        RoundState.FINISHED: N_("finished"),
        RoundState.INCOMPLETE: N_("incomplete"),
    },
    Verdict: {
        Verdict.OK: N_("in order"),
        Verdict.PROBLEM: N_("problem"),
        Verdict.NOT_SEEN: N_("not seen"),
    },
    Trend: {
        Trend.RISING: N_("rising"),
        Trend.STEADY: N_("steady"),
        Trend.FALLING: N_("falling"),
    },
    UnitLevel: {
        UnitLevel.ZONE: N_("Zone"),
        UnitLevel.STREET: N_("Street"),
        UnitLevel.COMMUNITY: N_("Community"),
        UnitLevel.GRID: N_("Grid"),
    },
    Role: {
        Role.GRID_MEMBER: N_("Grid member"),
        Role.GRID_LEADER: N_("Grid leader"),
        Role.DUTY_OFFICER: N_("Duty officer"),
        Role.DUTY_LEADER: N_("Duty leader"),
        Role.STREET_ADMIN: N_("Street administrator"),
        Role.ZONE_PLATFORM: N_("Zone platform"),
        Role.DEPT_LIAISON: N_("Department liaison"),
        Role.VIEWER: N_("Viewer"),
        Role.SYSTEM: N_("System"),
    },
    SixRole: {
        SixRole.OPINION_SURVEYOR: N_("Opinion surveyor"),
        SixRole.DISPUTE_MEDIATOR: N_("Dispute mediator"),
        SixRole.URBAN_ENFORCER: N_("Urban enforcer"),
        SixRole.POLICY_PUBLICIST: N_("Policy publicist"),
        SixRole.SERVICE_HELPER: N_("Service helper"),
        SixRole.DEMOCRACY_SUPERVISOR: N_("Democracy supervisor"),
    },
    PartyLevel: {
        PartyLevel.ZONE_COMMITTEE: N_("Zone Party working committee"),
        PartyLevel.STREET_COMMITTEE: N_("Street Party working committee"),
        PartyLevel.COMMUNITY_BRANCH: N_("Community Party branch"),
        PartyLevel.GRID_PARTY_GROUP: N_("Grid Party group"),
        PartyLevel.PARTY_MEMBER: N_("Party member"),
    },
    FourParty: {
        FourParty.RESIDENT_UNIT: N_("Resident unit"),
        FourParty.ENTERPRISE: N_("Enterprise"),
        FourParty.OWNERS_COMMITTEE: N_("Owners' committee"),
        FourParty.RESIDENT: N_("Resident"),
    },
    PartyBranch: {
        PartyBranch.CLASSIFIED: N_("Classified"),
        PartyBranch.JOINT: N_("Joint"),
        PartyBranch.AFFILIATED: N_("Affiliated"),
    },
    UnitType: {
        UnitType.DEPARTMENT: N_("Department"),
        UnitType.RESIDENT_UNIT: N_("Resident unit"),
        UnitType.ENTERPRISE: N_("Enterprise"),
        UnitType.NEW_ORG: N_("New organisation"),
        UnitType.OWNERS_COMMITTEE: N_("Owners' committee"),
        UnitType.PROPERTY_COMPANY: N_("Property company"),
        UnitType.SOCIAL_ORG: N_("Social organisation"),
        UnitType.ECONOMIC_ORG: N_("Economic organisation"),
        UnitType.MASS_ORG: N_("Mass organisation"),
    },
    Employment: {Employment.FULL: N_("Full-time"), Employment.PART: N_("Part-time")},
    PlaceKind: {
        PlaceKind.ESTATE: N_("Estate"),
        PlaceKind.FIRM: N_("Firm"),
        PlaceKind.MARKET: N_("Market or shops"),
        PlaceKind.BUILDING: N_("Building"),
        PlaceKind.SCHOOL: N_("School"),
        PlaceKind.BRIDGE: N_("Bridge"),
        PlaceKind.RIVER: N_("River"),
        PlaceKind.ROAD: N_("Road"),
        PlaceKind.WALKWAY: N_("Walkway"),
        PlaceKind.SERVICE_CENTER: N_("Service center"),
        PlaceKind.VENDING_ZONE: N_("Vending zone"),
        PlaceKind.OTHER: N_("Other"),
    },
    ShiftKind: {
        ShiftKind.DAY: N_("Day shift"),
        ShiftKind.NIGHT: N_("Night shift"),
        ShiftKind.STANDBY: N_("Standby"),
    },
    Channel: {
        Channel.TERMINAL: N_("Terminal"),
        Channel.PHONE: N_("Phone"),
        Channel.RADIO: N_("Radio"),
        Channel.MEETING: N_("Meeting"),
        Channel.ON_SITE: N_("On site"),
        Channel.PLATFORM: N_("Platform"),
        Channel.SYSTEM: N_("System"),
    },
    WhistleKind: {
        WhistleKind.EMERGENCY: N_("Emergency"),
        WhistleKind.JOINT_ENFORCEMENT: N_("Joint enforcement"),
        WhistleKind.ROUTINE: N_("Routine"),
        WhistleKind.TOUGH: N_("Tough case"),
    },
    LimitUnit: {
        LimitUnit.MINUTE: N_("minutes"),
        LimitUnit.HOUR: N_("hours"),
        LimitUnit.DAY: N_("days"),
        LimitUnit.WORK_MINUTE: N_("working minutes"),
        LimitUnit.WORK_HOUR: N_("working hours"),
        LimitUnit.WORK_DAY: N_("working days"),
        LimitUnit.SAME_DAY: N_("the same day"),
    },
    GridWord: {
        GridWord.ALARM: N_("Alarm"),
        GridWord.ATTENTION: N_("Attention"),
        GridWord.NORMAL: N_("Normal"),
        GridWord.NOBODY: N_("Nobody"),
        GridWord.NO_DATA: N_("No data"),
    },
    LineField: {
        LineField.GRID: N_("Grid"),
        LineField.KIND: N_("Kind"),
        LineField.WHAT: N_("What happened"),
        LineField.PLACE: N_("Place"),
        LineField.TIME: N_("Time"),
        LineField.MATTER: N_("Type of matter"),
        LineField.SEVERITY: N_("Severity"),
        LineField.PHONE: N_("Phone"),
        LineField.SOURCE_NUMBER: N_("Source number"),
    },
    WhistleState: labels.WHISTLE_STATES,
    AssignmentState: labels.ASSIGNMENT_STATES,
    AssignmentRole: labels.ASSIGNMENT_ROLES,
    Severity: labels.SEVERITIES,
    Source: labels.SOURCES,
    Precision: labels.PRECISIONS,
    RequestKind: labels.REQUEST_KINDS,
    RequestState: labels.REQUEST_STATES,
    Waiting: labels.WAITING,
    DueKind: labels.DUES,
    EventKind: labels.EVENTS,
}
"""By enum class, because members of different enums may be equal strings (``grid``, ``other``)."""


def label(member: StrEnum) -> str:
    """The msgid of an enum member; its code when it has no label."""
    return LABELS.get(type(member), {}).get(member, member.value)
