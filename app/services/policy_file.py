"""Reads the street's policy from a commented TOML: every number and default list of the trade (decisions 7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain.due_phrases import parse_due
from app.domain.errors import BadInput
from app.domain.message import Message, Name
from app.domain.org import Role
from app.domain.policy import (
    AGAIN,
    EscalationStep,
    KindPolicy,
    Limit,
    LimitUnit,
    MatterType,
    Policy,
    StandingReminder,
    WhistleKind,
    WorkCalendar,
)
from app.services.policy_json import policy_from_json, policy_to_json
from app.services.policy_limits import longer
from app.services.policy_section import Section
from app.services.problems import ProblemList, Problems
from app.services.toml_text import read_toml

__all__ = ["PolicyProblems", "policy_from_json", "policy_to_json", "read_policy"]

FILE = "policy"
"""What sentences call a policy that has no file."""

_PLACEHOLDER = Limit(1, LimitUnit.MINUTE)
"""Stands for a limit that was already named as a problem; never leaves the reader."""

ORDER = (("acknowledge", "report_in"), ("acknowledge", "close"), ("report_in", "close"), ("close", "close_at_most"))
"""Limits of one kind that follow one another, where they count in the same way."""

_ADJUDICATORS = (Role.ZONE_PLATFORM, Role.STREET_ADMIN, Role.DUTY_LEADER)
"""Who may decide a return (decisions 13)."""


class PolicyProblems(Problems):
    """The policy was refused whole; ``problems`` names key path and reason of each."""


def read_policy(text: str, *, name: str = FILE, version: int = 0) -> Policy:
    """The policy that a TOML text describes, as the numbered ``version``; a key left out keeps its default.

    ``name`` is what sentences call the file.
    Every kind must be there with its limits. Raises PolicyProblems (wrong or unknown keys) or BadInput (no TOML).
    """
    document = read_toml(text, name)
    problems = ProblemList(name)
    root = Section(document, "", problems)
    policy = _policy(root, version)
    root.close()
    problems.refuse(PolicyProblems)
    return policy


def _policy(root: Section, version: int) -> Policy:
    default = Policy(version=version, calendar=WorkCalendar(), kinds={})
    plan = _escalation(root.sections("escalation"))
    case = root.section("case")
    severity = root.section("severity")
    policy = Policy(
        version=version,
        calendar=_calendar(root.section("calendar")),
        kinds=MappingProxyType(_kinds(root.section("kinds"), plan)),
        types=_types(root.sections("types")),
        remind_at_percent=case.whole("remind_at_percent", 1, 99, default.remind_at_percent),
        return_adjudicator=_adjudicator(case, default.return_adjudicator),
        reopen_within=timedelta(days=case.whole("reopen_days", 1, 3_650, default.reopen_within.days)),
        repeat_within=timedelta(days=case.whole("repeat_days", 1, 366, default.repeat_within.days)),
        duplicate_within=timedelta(hours=_hours(case, "duplicate_hours", 720, default.duplicate_within)),
        undo_within=timedelta(minutes=_minutes(case, "undo_minutes", 1_440, default.undo_within)),
        rate_within=timedelta(days=case.whole("rate_days", 1, 365, default.rate_within.days)),
        default_score=case.whole("default_score", 1, 5, default.default_score),
        draft_stale_after=timedelta(hours=_hours(case, "draft_stale_hours", 720, default.draft_stale_after)),
        quiet_after=timedelta(minutes=_minutes(case, "quiet_minutes", 10_080, default.quiet_after)),
        still_on_it_within=timedelta(minutes=_minutes(case, "still_on_it_minutes", 1_440, default.still_on_it_within)),
        no_record_after=timedelta(hours=_hours(case, "no_record_hours", 8_760, default.no_record_after)),
        emergency_numbers=_emergency_numbers(root.sections("emergency_numbers")),
        critical_words=severity.texts("critical"),
        urgent_words=severity.texts("urgent"),
        reminders=_reminders(root.sections("reminders")),
        equipment=_equipment(root.sections("equipment")) or default.equipment,
    )
    case.close()
    severity.close()
    return policy


def _hours(section: Section, key: str, high: int, default: timedelta) -> int:
    return section.whole(key, 1, high, default // timedelta(hours=1))


def _minutes(section: Section, key: str, high: int, default: timedelta) -> int:
    return section.whole(key, 1, high, default // timedelta(minutes=1))


def _calendar(section: Section) -> WorkCalendar:
    """Working days and hours; ``off`` and ``on`` are the street's own changes to the published plan."""
    default = WorkCalendar()
    written = section.text("zone") or default.zone.key
    try:
        zone = ZoneInfo(written)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        section.problem("zone", Message('there is no time zone "{zone}"', {"zone": written}))
        zone = default.zone
    opens = section.clock("opens", default.opens)
    closes = section.clock("closes", default.closes)
    if closes <= opens:
        section.problem("closes", Message("must be later than the opening"))
    off = section.dates("off")
    on = section.dates("on")
    for day in sorted(off & on):
        section.problem("on", Message("{day} stands in both lists", {"day": day}))
    published = section.wholes("published", 1950, 2200)
    section.close()
    return WorkCalendar(zone, opens, closes, off, on, published)


def _kinds(kinds: Section, plan: tuple[EscalationStep, ...]) -> dict[WhistleKind, KindPolicy]:
    """All kinds of whistle; each must be there."""
    found = {kind: _kind(kinds, kind, plan) for kind in WhistleKind if kinds.has(kind.value)}
    for kind in WhistleKind:
        if kind not in found:
            kinds.problem(kind.value, Message("must not be empty"))
    kinds.close()
    return found


def _kind(kinds: Section, kind: WhistleKind, plan: tuple[EscalationStep, ...]) -> KindPolicy:
    section = kinds.section(kind.value)
    policy = KindPolicy(
        kind=kind,
        needs_approval=section.flag("needs_approval", fallback=kind is not WhistleKind.EMERGENCY),
        acknowledge=section.needed_limit("acknowledge", _PLACEHOLDER),
        report_in=section.needed_limit("report_in", _PLACEHOLDER),
        first_feedback=section.needed_limit("first_feedback", _PLACEHOLDER),
        feedback_every=section.needed_limit("feedback_every", _PLACEHOLDER),
        close=section.needed_limit("close", _PLACEHOLDER),
        made_safe=section.limit("made_safe"),
        close_at_most=section.limit("close_at_most"),
        consult=section.limit("consult"),
        approval=section.limit("approval"),
        dispatch=section.needed_limit("dispatch", _PLACEHOLDER),
        check=section.needed_limit("check", _PLACEHOLDER),
        zone_platform_after=section.limit("zone_platform_after"),
        escalation=_escalation(section.sections("escalation")) if section.has("escalation") else plan,
        supervise_after=section.limit("supervise_after"),
        leader_after=section.limit("leader_after"),
        again=section.limit("again") or AGAIN,
        asks_when_quiet=section.flag("asks_when_quiet", fallback=kind is WhistleKind.EMERGENCY),
        report_phone=section.limit("report_phone"),
        report_written=section.limit("report_written"),
        report_follow_up=section.limit("report_follow_up"),
        report_final=section.limit("report_final"),
    )
    for sooner, later in ORDER:
        limits = (getattr(policy, sooner), getattr(policy, later))
        if not any(limit is _PLACEHOLDER for limit in limits) and longer(*limits):
            section.problem(sooner, Message('must not be longer than "{later}"', {"later": later}))
    section.close()
    return policy


def _escalation(steps: Sequence[Section]) -> tuple[EscalationStep, ...]:
    """The plan that finds a person who answers (behaviours 6)."""
    plan = []
    for step in steps:
        tell = step.chosen(Role, "tell")
        if tell in (None, Role.SYSTEM, Role.VIEWER):
            if tell is not None or not step.has("tell"):
                step.problem("tell", Message("must be the role of a person who can act"))
            tell = Role.DUTY_LEADER
        plan.append(EscalationStep(tell or Role.DUTY_LEADER, step.needed_limit("after", _PLACEHOLDER)))
        step.close()
    return tuple(plan)


def _types(sections: Sequence[Section]) -> tuple[MatterType, ...]:
    """The types of matter; codes are unique and a lead does not assist itself."""
    types: dict[str, MatterType] = {}
    for section in sections:
        matter = MatterType(
            code=section.text("code", required=True, cap=40),
            name=section.name(),
            words=section.texts("words"),
            lead=section.text("lead", cap=40),
            assists=section.texts("assists"),
            standard_code=section.text("standard_code", cap=20),
            kind=section.chosen(WhistleKind, "kind"),
        )
        section.close()
        if matter.code in types:
            section.problem("code", Message('"{code}" stands there twice', {"code": matter.code}))
        if matter.lead in matter.assists:
            section.problem("assists", Message('"{department}" leads already', {"department": matter.lead}))
        types[matter.code] = matter
    return tuple(types.values())


def _adjudicator(case: Section, fallback: Role) -> Role:
    role = case.chosen(Role, "return_adjudicator")
    if role is not None and role not in _ADJUDICATORS:
        allowed = ", ".join(one.value for one in _ADJUDICATORS)
        case.problem("return_adjudicator", Message("must be one of: {allowed}", {"allowed": allowed}))
    return role or fallback


def _emergency_numbers(sections: Sequence[Section]) -> tuple[tuple[str, Name], ...]:
    """The numbers that come before everything else: 110, 119, 120."""
    numbers = []
    for section in sections:
        numbers.append((section.text("number", required=True, cap=20), section.name()))
        section.close()
    return tuple(numbers)


def _equipment(sections: Sequence[Section]) -> tuple[tuple[str, Name], ...]:
    """What is gone through at each handover; a code stands once."""
    found: dict[str, Name] = {}
    for section in sections:
        code, name = section.text("code", required=True, cap=40), section.name()
        if code in found:
            section.problem("code", Message("stands here twice"))
        found[code] = name
        section.close()
    return tuple(found.items())


def _reminders(sections: Sequence[Section]) -> tuple[StandingReminder, ...]:
    """What the room is reminded of again and again: a time as a person types it, or so long before each handover."""
    found: dict[str, StandingReminder] = {}
    for section in sections:
        code, name = section.text("code", required=True, cap=40), section.name()
        at, before = section.text("at"), section.limit("before_handover")
        if bool(at) == (before is not None):
            section.problem("at", Message('write either "at" or "before_handover"'))
        elif at and not _comes_again(at):
            section.problem(
                "at", Message('"{text}" is no time that comes again; write "每个工作日 07:50"', {"text": at})
            )
        if before is not None and (before.unit not in _SPANS or not 1 <= before.n <= 24 * 60):
            section.problem("before_handover", Message('must be minutes or hours, such as "15 min"'))
        if code in found:
            section.problem("code", Message("stands there twice"))
        tell = section.chosen(Role, "tell") or Role.DUTY_OFFICER
        if tell not in _DESK_ROLES:
            section.problem("tell", Message("must be duty_officer, duty_leader, street_admin or zone_platform"))
        span = before.n * _SPANS.get(before.unit, timedelta(0)) if before is not None else None
        found[code] = StandingReminder(code, name, tell, at, span, section.flag("urgent", fallback=False))
        section.close()
    return tuple(found.values())


_SPANS = {LimitUnit.MINUTE: timedelta(minutes=1), LimitUnit.HOUR: timedelta(hours=1)}
_DESK_ROLES = frozenset({Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.STREET_ADMIN, Role.ZONE_PLATFORM})


def _comes_again(text: str) -> bool:
    """Whether a phrase names times that come again and again."""
    try:
        phrase = parse_due(text, datetime(2020, 7, 1, tzinfo=UTC), WorkCalendar())
    except BadInput:
        return False
    return phrase is not None and phrase.recurrence is not None and not phrase.until_closed
