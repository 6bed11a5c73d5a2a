"""Cases in memory for tests: the real decisions and the real fold, with no store between them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import pytest

from app.domain.actor import SYSTEM_ACTOR, Actor, Channel
from app.domain.decision import Around
from app.domain.dues import Due, DueKind
from app.domain.errors import BadInput, WanggeError
from app.domain.events import Event
from app.domain.facts import Facts
from app.domain.fold import rebuild
from app.domain.intent import Intent, Value
from app.domain.lifecycle import decide
from app.domain.message import Message
from app.domain.moves import Action
from app.domain.policy import Policy, WhistleKind
from app.domain.street_index import StreetIndex
from app.domain.whistle import Assignment, AssignmentState, Case, Precision, RequestKind, Whistle, WhistleState
from app.samples import POLICY, STREET, sample_text
from app.services.holidays_cn import with_chinese_holidays
from app.services.org_file import read_org_toml
from app.services.policy_file import read_policy

ZONE = ZoneInfo("Asia/Shanghai")
SPACE = UUID("5e0c1f6e-0000-4000-8000-000000000001")

OFFICER, OFFICER_B, LEADER, LEADER_B = "JF-ZB1", "JF-ZB2", "JF-DB", "JF-ZR"
ADMIN, PLATFORM = "JF-GL", "ZP-1"
MEMBER, MEMBER_B, SECRETARY, DEPUTY = "SH-G01-A", "SH-G01-B", "SH-SEC", "SH-DEP"
GRID = "JF-SH-G01"

UTILITIES, EMERGENCY, BRIGADE = "utilities_center", "emergency_bureau", "enforcement_brigade"
BEAUTY, SAFETY, SOCIAL = "beauty_office", "safety_bureau", "social_affairs"
LIAISONS = {
    UTILITIES: "GGZX-1", EMERGENCY: "YJJ-1", BRIGADE: "ZFD-1", BEAUTY: "MLB-1", SAFETY: "AJJ-1", SOCIAL: "SWJ-1",
}  # fmt: skip

WHY = "不是网格自己能办的"


def at(text: str) -> datetime:
    """An instant in UTC from the street's local time: ``2020-07-02 23:52``, seconds optional."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


@cache
def street() -> StreetIndex:
    """The sample street."""
    return StreetIndex(read_org_toml(sample_text(STREET), STREET))


@cache
def policy() -> Policy:
    """The default policy as version 1, with the working days of 2020."""
    plain = read_policy(sample_text(POLICY), version=1)
    return replace(plain, calendar=with_chinese_holidays(plain.calendar, (2020,)))


def actor(code: str, station: str = "desk-1") -> Actor:
    """A member of the sample street, at a desk."""
    if code == "system":
        return SYSTEM_ACTOR
    member = street().members[code]
    return Actor(member.code, member.posts, member.grid, station=station)


def facts(kind: WhistleKind = WhistleKind.EMERGENCY, **changes: object) -> Facts:
    """Facts complete enough to be blown."""
    texts = {"title": "井盖被冲走，洞口翻水", "place_text": "双河大桥旁", "exposed": "晨练的人", "why": WHY}
    plain = Facts(kind, GRID, texts, matter="manhole")
    return replace(plain, **changes)  # type: ignore[arg-type]


def said(message: Message) -> str:
    """A message with everything it names, for looking into."""
    return f"{message.msgid} {message.params}"


@contextmanager
def refused(kind: type[WanggeError], words: str = "", field: str = "") -> Iterator[None]:
    """What is done inside is refused: with these words somewhere in the sentence, about this field."""
    with pytest.raises(kind) as caught:
        yield
    assert words in said(caught.value.message)
    assert not field or (isinstance(caught.value, BadInput) and caught.value.field == field)


class CaseBook:
    """One case: events so far, the street's clock and the policy versions it may run under."""

    def __init__(self, now: str = "2020-07-02 23:56", rules: Policy | None = None) -> None:
        self.now = at(now)
        self.policies = {1: rules or policy()}
        self.events: list[Event] = []
        self.id = uuid5(SPACE, "case")
        self._asked = 0
        self.next_number = "W-20200702-01"
        self.other_state = WhistleState.OPEN
        """State of the case that this one is joined into."""

    # -- as it stands -------------------------------------------------------------------------
    @property
    def case(self) -> Case:
        return rebuild(self.events, self.policies.__getitem__)[0]

    @property
    def whistle(self) -> Whistle:
        return self.case.whistle

    @property
    def state(self) -> WhistleState:
        return self.whistle.state

    @property
    def dues(self) -> tuple[Due, ...]:
        return rebuild(self.events, self.policies.__getitem__)[1]

    def due(self, kind: DueKind, department: str = "") -> Due:
        """The one pending due of a kind, of a department when one is named."""
        ids = {a.id for a in self.case.assignments if a.department == department} if department else {None}
        (found,) = [due for due in self.dues if due.kind is kind and due.assignment_id in ids]
        return found

    def due_kinds(self) -> set[DueKind]:
        return {due.kind for due in self.dues}

    def of(self, department: str) -> Assignment:
        found = self.case.current(department)
        assert found is not None
        return found

    def kinds(self) -> list[str]:
        return [event.kind.value for event in self.events]

    # -- acting -------------------------------------------------------------------------------
    def do(
        self,
        action: Action,
        by: str = OFFICER,
        *,
        on: str | None = None,
        clock: str = "",
        told: str = "",
        occurred: str = "",
        channel: Channel | None = None,
        seen: int | None = None,
        station: str = "desk-1",
        precision: Precision = Precision.EXACT,
        **args: Value,
    ) -> Event:
        """Do one action; ``told`` = on whose behalf (by phone unless a channel is named), ``on`` = department."""
        event = self.decide(action, by, on=on, clock=clock, told=told, occurred=occurred, channel=channel, seen=seen,
                            station=station, precision=precision, **args)  # fmt: skip
        self.events.append(event)
        return event

    def decide(
        self,
        action: Action,
        by: str = OFFICER,
        *,
        on: str | None = None,
        clock: str = "",
        told: str = "",
        occurred: str = "",
        channel: Channel | None = None,
        seen: int | None = None,
        station: str = "desk-1",
        precision: Precision = Precision.EXACT,
        **args: Value,
    ) -> Event:
        """The event an action would make, without recording it."""
        self.now = self._day(clock) if clock else self.now
        self._asked += 1
        if on is not None:
            args["department"] = on
        intent = Intent(
            action,
            actor(by, station),
            uuid5(SPACE, f"{self._asked}"),
            args,
            on_behalf_of=told,
            channel=channel or (Channel.PHONE if told else Channel.TERMINAL),
            occurred_at=self._day(occurred) if occurred else None,
            precision=precision,
            seen=seen,
        )
        case = self.case if self.events else None
        event = decide(case, self.id, intent, self._around(case, args.get("into")))
        words_id = uuid5(event.id, "words") if event.words else None
        return replace(event, seq=len(self.events) + 1, words_id=words_id)

    def _around(self, case: Case | None, into: Value | None = None) -> Around:
        newest = max(self.policies)
        other = None
        if case and isinstance(into, UUID):
            other = replace(case.whistle, id=into, number="W-20200702-09", state=self.other_state)
        return Around(
            now=self.now,
            policy=self.policies[case.whistle.policy_version if case else newest],
            street=street(),
            events=tuple(self.events),
            next_number=lambda: self.next_number,
            current_policy_version=newest,
            other=other,
        )

    def _day(self, text: str) -> datetime:
        """A full local time, or ``HH:MM`` as the next such time not before the clock's day minus twelve hours."""
        if len(text) > 8:
            return at(text)
        local = self.now.astimezone(ZONE)
        hour, minute, *second = (int(part) for part in text.split(":"))
        found = local.replace(hour=hour, minute=minute, second=second[0] if second else 0, microsecond=0)
        if found - local > timedelta(hours=12):
            found -= timedelta(days=1)
        elif local - found > timedelta(hours=12):
            found += timedelta(days=1)
        return found.astimezone(UTC)

    def later(self, **span: float) -> CaseBook:
        """Let time pass."""
        self.now += timedelta(**span)
        return self

    # -- whole stretches ----------------------------------------------------------------------
    def blown(self, kind: WhistleKind = WhistleKind.EMERGENCY, **changes: object) -> CaseBook:
        self.do(Action.BLOW, told=MEMBER, facts=facts(kind, **changes))
        return self

    def opened(self, kind: WhistleKind = WhistleKind.EMERGENCY) -> CaseBook:
        """Open: an emergency at once, the rest approved by the community's deputy secretary."""
        self.blown(kind)
        if self.state is WhistleState.PENDING_APPROVAL:
            self.do(Action.APPROVE, DEPUTY)
        return self

    def dispatched(self, *departments: str, kind: WhistleKind = WhistleKind.EMERGENCY) -> CaseBook:
        """Raised to the zone and dispatched, the first department as lead."""
        self.opened(kind) if not self.events else None
        while self.whistle.level.value != "zone":
            self.do(Action.LEVEL_UP, LEADER)
        lead, *assists = departments or (UTILITIES,)
        self.do(Action.DISPATCH, PLATFORM, lead=lead, assists=tuple(assists))
        return self

    def brought_to(self, department: str, state: AssignmentState) -> CaseBook:
        """Take one department's assignment from notified to a state."""
        by = LIAISONS[department]
        steps = {
            AssignmentState.ACKNOWLEDGED: (Action.ACKNOWLEDGE, {}),
            AssignmentState.EN_ROUTE: (Action.EN_ROUTE, {}),
            AssignmentState.REPORTED_IN: (Action.REPORT_IN, {"person": "现场负责人"}),
            AssignmentState.WORKING: (Action.WORK_NOTE, {"note": "已到位"}),
            AssignmentState.DONE: (Action.DONE, {}),
        }
        if state is AssignmentState.RELEASED:
            self.do(Action.RELEASE, PLATFORM, on=department, reason="不需要了")
            return self
        order = list(steps)
        now = self.of(department).state
        for step in order[order.index(now) + 1 if now in order else 0 :]:
            if self.of(department).state is state:
                return self
            action, args = steps[step]
            if step is not AssignmentState.EN_ROUTE or state is AssignmentState.EN_ROUTE:
                self.do(action, by, on=department, **args)
        return self

    def in_state(self, state: WhistleState) -> CaseBook:
        """A case in a state of the whistle, with one department where the state has any."""
        W, routine = WhistleState, WhistleKind.ROUTINE
        if state is W.DRAFT:
            self.do(Action.DRAFT, told=MEMBER, facts=facts(routine))
        elif state is W.PENDING_APPROVAL:
            self.blown(routine)
        elif state is W.REJECTED:
            self.blown(routine).do(Action.REJECT, DEPUTY, reason="不属公共事务")
        elif state is W.WITHDRAWN:
            self.blown(routine).do(Action.WITHDRAW, MEMBER, reason="已自行处理")
        elif state is W.MERGED:
            self.blown(routine).do(Action.JOIN, into=uuid5(SPACE, "another"))
        elif state is W.REOPENED:
            self.in_state(W.CLOSED).do(Action.REOPEN, reason="又坏了")
        elif state is W.RATED:
            self.in_state(W.CLOSED).do(Action.RATE, MEMBER, score=4)
        else:
            self._running(state)
        return self

    def _running(self, state: WhistleState) -> None:
        W = WhistleState
        self.dispatched(UTILITIES)
        if state is W.CONSULTING:
            self.do(Action.CONSULT, PLATFORM, reason="职责不清")
        elif state is W.SUSPENDED:
            self.do(Action.SUSPEND, ADMIN, reason="等枯水期", until=self.now + timedelta(days=20))
        elif state in (W.AWAITING_CHECK, W.CLOSED):
            self.brought_to(UTILITIES, AssignmentState.DONE)
            if state is W.CLOSED:
                self.do(Action.CHECK, MEMBER_B, passed=True, remark="盖好了")

    def asked(self, kind: RequestKind, department: str = UTILITIES) -> CaseBook:
        """A request of a kind waits for a decision."""
        until = self.now + timedelta(hours=30)
        if kind is RequestKind.RETURN:
            self.do(Action.REQUEST_RETURN, LIAISONS[department], on=department, reason="权属不符")
        elif kind is RequestKind.EXTENSION:
            self.do(Action.REQUEST_EXTENSION, LIAISONS[department], on=department, reason="等配件", until=until)
        else:
            self.do(Action.REQUEST_SUSPENSION, MEMBER, reason="等枯水期", until=until)
        return self
