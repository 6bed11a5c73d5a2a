"""What each due row is about: whom it concerns first, who is called when nobody answers (domain 2.4, behaviours 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.dues import DueKind
from app.domain.org import Role
from app.domain.policy import EscalationStep, KindPolicy, Limit, LimitUnit, Policy, WhistleKind


class Audience(StrEnum):
    """Whom a notice is for, before it is known who that is tonight; roles of the escalation plan are among them."""

    BLOWER = "blower"
    """Who blew it, or whoever of the grid is on duty."""
    GRID_MEMBER = "grid_member"
    GRID_LEADER = "grid_leader"
    DUTY_OFFICER = "duty_officer"
    DUTY_LEADER = "duty_leader"
    STREET_ADMIN = "street_admin"
    ZONE_PLATFORM = "zone_platform"
    DEPARTMENT = "department"
    """The department's stationed officer."""
    BACKUP = "backup"
    """Its others: the backup, then its liaisons."""
    APPROVER = "approver"
    LEVEL = "level"
    """The people of the level at which the case stands."""
    DECIDER = "decider"
    """Who may decide what was asked for."""
    MEMBER = "member"
    """The one who is named."""


@dataclass(frozen=True, slots=True)
class Topic:
    """How a due row is told. ``tell`` is told at once, all of them."""

    tell: tuple[Audience, ...]
    escalates: bool = True
    """Whether the next ones are called while nobody answers."""
    urgent: bool = True
    """Whether it is urgent in an emergency, or where people may be hurt."""
    replaces: frozenset[DueKind] = frozenset()
    """Notices of the same case and department that say less: they end when this one comes."""


A, K = Audience, DueKind

TOPICS: Mapping[DueKind, Topic] = {
    K.DRAFT_STALE: Topic((A.BLOWER,), escalates=False, urgent=False),
    K.APPROVAL_ASKED: Topic((A.APPROVER,), escalates=False),
    K.APPROVAL: Topic((A.APPROVER, A.DUTY_OFFICER), replaces=frozenset({K.APPROVAL_ASKED})),
    K.NEW: Topic((A.GRID_MEMBER, A.GRID_LEADER, A.DUTY_LEADER)),
    K.RAISED: Topic((A.LEVEL,), replaces=frozenset({K.NEW, K.RAISED})),
    K.DISPATCH: Topic((A.LEVEL, A.DUTY_OFFICER), replaces=frozenset({K.NEW, K.RAISED})),
    K.SUMMONED: Topic((A.DEPARTMENT,), escalates=False),
    K.ACKNOWLEDGE: Topic((A.DEPARTMENT, A.DUTY_OFFICER), replaces=frozenset({K.SUMMONED})),
    K.REPORT_IN_HALF: Topic((A.DEPARTMENT,), escalates=False, urgent=False),
    K.REPORT_IN: Topic(
        (A.DEPARTMENT, A.DUTY_LEADER), replaces=frozenset({K.REPORT_IN_HALF, K.SUMMONED, K.ACKNOWLEDGE})
    ),
    K.ZONE_PLATFORM: Topic((A.ZONE_PLATFORM,), replaces=frozenset({K.REPORT_IN})),
    K.SUPERVISE: Topic((A.DEPARTMENT, A.DUTY_LEADER), replaces=frozenset({K.REPORT_IN, K.CLOSE})),
    K.LEADER: Topic((A.STREET_ADMIN,), replaces=frozenset({K.REPORT_IN, K.CLOSE, K.SUPERVISE})),
    K.FEEDBACK: Topic((A.DEPARTMENT,), replaces=frozenset({K.FEEDBACK})),
    K.STILL_ON_IT: Topic((A.DUTY_OFFICER,), replaces=frozenset({K.STILL_ON_IT})),
    K.REWORK: Topic((A.DEPARTMENT,), escalates=False),
    K.MADE_SAFE: Topic((A.DUTY_LEADER, A.ZONE_PLATFORM)),
    K.CONSULT: Topic((A.ZONE_PLATFORM, A.STREET_ADMIN), urgent=False),
    K.CLOSE_HALF: Topic((A.DUTY_OFFICER,), escalates=False, urgent=False),
    K.CLOSE: Topic((A.DUTY_OFFICER, A.DUTY_LEADER), replaces=frozenset({K.CLOSE_HALF})),
    K.CHECK: Topic((A.BLOWER,)),
    K.REVIEW: Topic((A.STREET_ADMIN,), urgent=False),
    K.RATE_HALF: Topic((A.BLOWER,), escalates=False, urgent=False),
    K.RATE: Topic((), escalates=False, urgent=False, replaces=frozenset({K.RATE_HALF})),
    K.DECIDE: Topic((A.DECIDER,)),
    K.REPORT_PHONE: Topic((A.DUTY_OFFICER,)),
    K.REPORT_WRITTEN: Topic((A.DUTY_OFFICER,), replaces=frozenset({K.REPORT_PHONE})),
    K.REPORT_FOLLOW_UP: Topic((A.DUTY_OFFICER,), replaces=frozenset({K.REPORT_FOLLOW_UP})),
    K.REPORT_FINAL: Topic((A.DUTY_OFFICER,), urgent=False, replaces=frozenset({K.REPORT_FOLLOW_UP})),
    K.AGAIN: Topic((A.LEVEL, A.DUTY_OFFICER), urgent=False, replaces=frozenset({K.AGAIN})),
}
"""Every kind of due row. A due rating is given by default and needs nobody (domain 2.7)."""

OF_THE_GRID = frozenset({A.BLOWER, A.GRID_MEMBER, A.GRID_LEADER, A.LEVEL, A.APPROVER})
_ABOVE = frozenset({Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.STREET_ADMIN, Role.ZONE_PLATFORM})
_FIRST_WAIT = Limit(5, LimitUnit.MINUTE)


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the way to a person who answers: who is told, so long after the step before."""

    tell: tuple[Audience, ...]
    after: Limit | None = None
    """None = at once: the first step."""


def rungs(kind: DueKind, rules: KindPolicy, policy: Policy) -> tuple[Rung, ...]:
    """The steps of a due row under the plan that its case has frozen (behaviours 6, 7).

    What concerns a department calls its other people before anybody of the street. The grid and its community are
    called only about what is theirs to do.
    """
    topic = TOPICS[kind]
    first = Rung(topic.tell)
    if not topic.escalates:
        return (first,)
    of_the_grid = bool(set(topic.tell) & OF_THE_GRID)
    plan = [step for step in rules.escalation if of_the_grid or step.tell in _ABOVE]
    steps = [Rung((Audience(step.tell.value),), step.after) for step in plan if Audience(step.tell.value)]
    if A.DEPARTMENT in topic.tell:
        wait = rules.escalation[0].after if rules.escalation else _FIRST_WAIT
        steps.insert(0, Rung((A.BACKUP,), wait))
    if kind is DueKind.STILL_ON_IT:
        minutes = max(int(policy.still_on_it_within.total_seconds() // 60), 1)
        steps.insert(0, Rung((A.DUTY_LEADER,), Limit(minutes, LimitUnit.MINUTE)))
    return (first, *(step for step in steps if step.tell != topic.tell))


def rungs_of_reminder(tell: Audience, escalation: tuple[EscalationStep, ...]) -> tuple[Rung, ...]:
    """The steps of a reminder that must not be missed: whom it is for, the desk, the duty leader."""
    waits = [step.after for step in escalation] or [_FIRST_WAIT]
    steps = (Rung((tell,)), Rung((A.DUTY_OFFICER,), waits[0]), Rung((A.DUTY_LEADER,), waits[-1]))
    return (steps[0], *(step for step in steps[1:] if step.tell != (tell,)))


def is_urgent(kind: DueKind, whistle_kind: WhistleKind, critical: bool) -> bool:
    """Whether it must be delivered at least once, and be snoozed with a reason only (behaviours 21, 23)."""
    return TOPICS[kind].urgent and (whistle_kind is WhistleKind.EMERGENCY or critical)
