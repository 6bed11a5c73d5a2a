"""Which cases need a member: by role and reach, by broken limits at the desk, by requests that wait for him."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.domain.needs import Need, after, needs
from app.domain.org import UnitLevel
from app.domain.policy import WhistleKind
from app.domain.whistle import Precision, Request, RequestKind, RequestState, Severity, Waiting, Whistle, WhistleState
from tests.unit import cases
from tests.unit.cases import GRID, LEADER, MEMBER, OFFICER, PLATFORM, SECRETARY, UTILITIES

NOW = cases.at("2020-07-03 00:29")
W, S = Waiting, WhistleState
STATES = {W.APPROVAL: S.PENDING_APPROVAL, W.CHECK: S.AWAITING_CHECK, W.SUBMIT: S.DRAFT, W.REVIEW: S.SUSPENDED}


@dataclass(frozen=True)
class Row:
    """One line of the board."""

    whistle: Whistle
    departments: tuple[str, ...] = ()


def row(waiting: Waiting, left: int | None = 30, kind: WhistleKind = WhistleKind.ROUTINE, grid: str = GRID,
        departments: tuple[str, ...] = (), **more: Any) -> Row:  # fmt: skip
    """A case that waits for something, with so many minutes left."""
    deadline = None if left is None else NOW + timedelta(minutes=left)
    whistle = Whistle(
        uuid4(), STATES.get(waiting, S.OPEN), kind, Severity.NORMAL, grid, "JF-SH", 1, 1, MEMBER, OFFICER, NOW,
        Precision.EXACT, NOW, waiting=waiting, deadline_at=deadline, **more,
    )  # fmt: skip
    return Row(whistle, departments)


def found(member: str, *rows: Row, requests: tuple[Request, ...] = (), now: datetime = NOW) -> tuple[Need, ...]:
    """What needs a member."""
    return needs(rows, requests, cases.actor(member), cases.street(), cases.policy(), now)


@pytest.mark.parametrize(("member", "case", "why"), [
    (LEADER, row(W.APPROVAL), "approve"),
    (SECRETARY, row(W.APPROVAL), "approve"),
    (SECRETARY, row(W.APPROVAL, grid="JF-GNP-G02"), ""),
    (OFFICER, row(W.APPROVAL), ""),
    (OFFICER, row(W.APPROVAL, left=-1), "overdue"),
    (MEMBER, row(W.APPROVAL, left=-1), ""),
    (MEMBER, row(W.CHECK), "check"),
    (OFFICER, row(W.CHECK), ""),
    (PLATFORM, row(W.DISPATCH, level=UnitLevel.ZONE), "whistle for"),
    (OFFICER, row(W.LEVEL_UP, level=UnitLevel.COMMUNITY), "raise"),
    (OFFICER, row(W.LEVEL_UP, level=UnitLevel.STREET), ""),
    (OFFICER, row(W.LEVEL_UP, kind=WhistleKind.EMERGENCY, level=UnitLevel.STREET), "raise"),
    (OFFICER, row(W.ACKNOWLEDGE, left=-5), "have not acknowledged"),
    (OFFICER, row(W.ACKNOWLEDGE), ""),
    ("GGZX-1", row(W.ACKNOWLEDGE, departments=(UTILITIES,)), "acknowledge"),
    ("GGZX-1", row(W.REPORT_IN, departments=("safety_bureau",)), ""),
    (OFFICER, row(W.WORK, kind=WhistleKind.EMERGENCY), "made safe"),
    (LEADER, row(W.REVIEW, left=None), ""),
    (LEADER, row(W.REVIEW, left=-1), "review"),
    (OFFICER, row(W.SUBMIT, left=None), "draft"),
])  # fmt: skip
def test_who_is_needed_and_why(member: str, case: Row, why: str) -> None:
    """His own role can do the next step where he reaches; the desk takes care of every broken limit."""
    told = [cases.said(need.why) for need in found(member, case)]
    assert len(told) == bool(why)
    assert why in "".join(told)


def request(case: Row, kind: RequestKind, by: str = UTILITIES, written: str = OFFICER) -> Request:
    """A request that nobody has decided."""
    return Request(uuid4(), case.whistle.id, kind, RequestState.PENDING, by, written, NOW)


def test_a_request_waits_for_somebody_else_than_who_asked() -> None:
    """The zone platform decides a return; who wrote the request down does not decide about it."""
    case = row(W.REPORT_IN)
    asked = request(case, RequestKind.RETURN)
    assert "return" in cases.said(found(PLATFORM, case, requests=(asked,))[0].why)
    assert not found(PLATFORM, case, requests=(request(case, RequestKind.RETURN, written=PLATFORM),))
    longer = request(case, RequestKind.EXTENSION)
    assert "more time" in cases.said(found(LEADER, case, requests=(longer,))[0].why)


def test_emergencies_come_first_then_overdue_then_what_is_due_soonest() -> None:
    """And the key goes round and round."""
    later, soon = row(W.APPROVAL, left=90), row(W.APPROVAL, left=10)
    broken, danger = row(W.APPROVAL, left=-10), row(W.APPROVAL, left=50, kind=WhistleKind.EMERGENCY)
    ordered = found(LEADER, later, soon, broken, danger)
    assert [need.whistle_id for need in ordered] == [one.whistle.id for one in (danger, broken, soon, later)]
    cursor: UUID | None = None
    seen = []
    for _ in range(5):
        need = after(ordered, cursor)
        assert need is not None
        cursor = need.whistle_id
        seen.append(cursor)
    assert seen == [*(need.whistle_id for need in ordered), ordered[0].whistle_id]
    assert after((), cursor) is None
