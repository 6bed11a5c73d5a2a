"""Who may do what, in their own name and by phone for others (domain 2.10, decisions 10, 13)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.actor import Actor, Channel
from app.domain.errors import BadInput, NotPermitted
from app.domain.moves import BY_ACTION, MOVES, Action, Row
from app.domain.org import Post, Role
from app.domain.permissions import PERSONAL, different_person, roles_of, standing, under
from tests.unit.cases import (
    BEAUTY,
    DEPUTY,
    GRID,
    LEADER,
    LIAISONS,
    MEMBER,
    OFFICER,
    PLATFORM,
    SECRETARY,
    UTILITIES,
    actor,
    policy,
    refused,
    street,
)

R = Role
HERE = {
    R.GRID_MEMBER: Post(R.GRID_MEMBER, GRID),
    R.GRID_LEADER: Post(R.GRID_LEADER, "JF-SH"),
    R.DUTY_OFFICER: Post(R.DUTY_OFFICER, "JF"),
    R.DUTY_LEADER: Post(R.DUTY_LEADER, "JF"),
    R.STREET_ADMIN: Post(R.STREET_ADMIN, "JF"),
    R.ZONE_PLATFORM: Post(R.ZONE_PLATFORM, "XXJKQ"),
    R.DEPT_LIAISON: Post(R.DEPT_LIAISON, UTILITIES),
    R.VIEWER: Post(R.VIEWER, "JF"),
}
GRIDS = {R.GRID_MEMBER, R.GRID_LEADER}
DESKS = {R.DUTY_OFFICER, R.DUTY_LEADER}
ANYONE = GRIDS | DESKS | {R.STREET_ADMIN, R.ZONE_PLATFORM, R.DEPT_LIAISON}

IN_OWN_NAME: dict[Action, set[Role]] = {
    Action.DRAFT: GRIDS | DESKS,
    Action.BLOW: GRIDS | DESKS,
    Action.REVISE: GRIDS | DESKS,
    Action.APPROVE: {R.GRID_LEADER, R.DUTY_LEADER},
    Action.REJECT: {R.GRID_LEADER, R.DUTY_LEADER},
    Action.WITHDRAW: GRIDS | DESKS,
    Action.LEVEL_UP: {R.GRID_LEADER} | DESKS,
    Action.SKIP_LEVEL: GRIDS | DESKS,
    Action.DISPATCH: {R.ZONE_PLATFORM},
    Action.ACKNOWLEDGE: {R.DEPT_LIAISON},
    Action.EN_ROUTE: {R.DEPT_LIAISON},
    Action.REPORT_IN: GRIDS | {R.DEPT_LIAISON},
    Action.MADE_SAFE: ANYONE,
    Action.NOTE: ANYONE,
    Action.REPORT: DESKS | {R.STREET_ADMIN},
    Action.WORK_NOTE: GRIDS | DESKS | {R.DEPT_LIAISON, R.ZONE_PLATFORM},
    Action.DONE: {R.DEPT_LIAISON},
    Action.RELEASE: {R.ZONE_PLATFORM},
    Action.CHECK: GRIDS,
    Action.RATE: GRIDS | DESKS,
    Action.COUNTERSIGN: {R.GRID_LEADER},
    Action.REOPEN: DESKS | {R.STREET_ADMIN},
    Action.SUSPEND: {R.STREET_ADMIN},
    Action.RESUME: {R.DUTY_LEADER, R.STREET_ADMIN},
    Action.CONSULT: {R.ZONE_PLATFORM, R.DUTY_LEADER, R.STREET_ADMIN},
    Action.CONCLUDE: {R.ZONE_PLATFORM, R.DUTY_LEADER, R.STREET_ADMIN},
    Action.JOIN: GRIDS | DESKS,
    Action.DUPLICATE: GRIDS | DESKS,
    Action.REQUEST_RETURN: {R.DEPT_LIAISON},
    Action.DECIDE_RETURN: {R.ZONE_PLATFORM},
    Action.REQUEST_EXTENSION: {R.DEPT_LIAISON},
    Action.DECIDE_EXTENSION: {R.DUTY_LEADER, R.ZONE_PLATFORM},
    Action.REQUEST_SUSPENSION: ANYONE,
    Action.DECIDE_SUSPENSION: {R.STREET_ADMIN},
    Action.APPLY_PLAN: {R.DUTY_LEADER, R.STREET_ADMIN},
    Action.CORRECT: ANYONE,
    Action.UNDO: ANYONE,
}
"""Domain 2.10 as a table of its own."""


def holding(post: Post) -> Actor:
    return Actor("somebody", (post,))


def stands(action: Action, who: Actor, told: str = "", channel: Channel = Channel.TERMINAL, grid: str = GRID,
           department: str = "", involved: tuple[str, ...] | None = (UTILITIES,)) -> Role:  # fmt: skip
    """The role under which the action is done in a case of Shuanghe Grid 1 with the utilities center."""
    move = BY_ACTION[action]
    named = department or (UTILITIES if move.row is Row.ASSIGNMENT else "")
    return standing(move, who, told, channel, grid, named, street(), involved=involved)


@pytest.mark.parametrize("action", Action)
def test_who_may_do_it_in_their_own_name(action: Action) -> None:
    """Exactly the roles of the table, and nobody else."""
    for role, post in HERE.items():
        if role in IN_OWN_NAME[action]:
            assert stands(action, holding(post)) is role
        else:
            with pytest.raises(NotPermitted):
                stands(action, holding(post))


@pytest.mark.parametrize("action", [action for action in Action if R.GRID_MEMBER in IN_OWN_NAME[action]])
def test_the_grid_s_people_reach_their_own_grid(action: Action) -> None:
    """A member acts in their grid, a secretary in their community, and neither in another."""
    for post, far in ((HERE[R.GRID_MEMBER], "JF-SH-G02"), (HERE[R.GRID_LEADER], "JF-LF-G01")):
        stands(action, holding(post))
        with pytest.raises(NotPermitted):
            stands(action, holding(post), grid=far)
    stands(action, holding(HERE[R.GRID_LEADER]), grid="JF-SH-G04")


@pytest.mark.parametrize("action", [action for action in Action if R.DEPT_LIAISON in IN_OWN_NAME[action]])
def test_a_department_acts_for_itself_and_where_it_was_sent(action: Action) -> None:
    """Own assignments only; in a case where it was never whistled for it has no say."""
    liaison = holding(Post(R.DEPT_LIAISON, BEAUTY))
    with pytest.raises(NotPermitted):
        stands(action, liaison)
    stands(action, liaison, department=BEAUTY if BY_ACTION[action].row is Row.ASSIGNMENT else "", involved=(BEAUTY,))


@pytest.mark.parametrize("action", Action)
def test_the_desk_records_for_everybody_by_phone(action: Action) -> None:
    """The officer does anything in the name of who may, never without saying how they were told."""
    codes = {R.GRID_MEMBER: MEMBER, R.GRID_LEADER: DEPUTY, R.ZONE_PLATFORM: PLATFORM, R.STREET_ADMIN: "JF-GL",
             R.DUTY_LEADER: LEADER, R.DEPT_LIAISON: LIAISONS[UTILITIES]}  # fmt: skip
    officer = actor(OFFICER)
    for role, code in codes.items():
        if role in IN_OWN_NAME[action]:
            assert stands(action, officer, code, Channel.PHONE) is R.DUTY_OFFICER
            with refused(BadInput, "how you were told", "channel"):
                stands(action, officer, code)
        else:
            with pytest.raises(NotPermitted):
                stands(action, officer, code, Channel.PHONE)


@pytest.mark.parametrize("action", Action)
def test_an_office_speaks_except_where_a_person_decides(action: Action) -> None:
    """A department, a grid or the platform may be named as a whole; a decision has a name (decisions 10)."""
    offices = {R.DEPT_LIAISON: UTILITIES, R.GRID_MEMBER: GRID, R.GRID_LEADER: "JF-SH", R.ZONE_PLATFORM: "XXJKQ"}
    for role, code in offices.items():
        if role not in IN_OWN_NAME[action]:
            continue
        if action in PERSONAL:
            with refused(NotPermitted, "name of the person"):
                stands(action, actor(OFFICER), code, Channel.PHONE)
        else:
            stands(action, actor(OFFICER), code, Channel.PHONE)


def test_nobody_speaks_for_others_away_from_the_desk() -> None:
    """Else a secretary could approve their own whistle in the deputy's name."""
    for action, by, told in (
        (Action.APPROVE, SECRETARY, DEPUTY),
        (Action.CHECK, MEMBER, "SH-G01-B"),
        (Action.DISPATCH, PLATFORM, "ZP-2"),
        (Action.APPROVE, SECRETARY, "JF-SH"),
        (Action.NOTE, MEMBER, UTILITIES),
    ):
        with refused(NotPermitted, "Only the desk"):
            stands(action, actor(by), told, Channel.PHONE)
    assert stands(Action.DONE, actor(LIAISONS[UTILITIES]), UTILITIES) is R.DEPT_LIAISON
    assert stands(Action.REPORT_IN, actor(MEMBER), UTILITIES, Channel.ON_SITE) is R.GRID_MEMBER


def test_the_refusal_names_who_may() -> None:
    """A sentence with the roles, in their order; the desk is asked for whom instead."""
    with refused(NotPermitted, "the zone platform"):
        stands(Action.DISPATCH, actor(MEMBER))
    with refused(NotPermitted, "on whose behalf"):
        stands(Action.DISPATCH, actor(OFFICER))
    with refused(NotPermitted, "nobody-known"):
        stands(Action.DISPATCH, actor(OFFICER), "nobody-known", Channel.PHONE)
    for move in MOVES:
        assert len(roles_of(move)) == len(move.roles)


def test_naming_oneself_is_naming_nobody() -> None:
    """The leader who names the leader acts in their own name; no channel is asked."""
    assert stands(Action.APPROVE, actor(LEADER), LEADER) is R.DUTY_LEADER


def test_a_member_with_two_posts_acts_under_the_one_that_may() -> None:
    """The first secretary is secretary and member: the role recorded is the one the move is for."""
    assert stands(Action.APPROVE, actor(SECRETARY)) is R.GRID_LEADER
    assert stands(Action.COUNTERSIGN, actor(SECRETARY), grid="JF-SH-G03") is R.GRID_LEADER


def test_the_program_may_do_what_it_must() -> None:
    """The engine writes ratings by default and what the clock finds, under its own role."""
    assert stands(Action.RATE, actor("system")) is R.SYSTEM


def test_the_policy_decides_who_adjudicates_returns_and_nothing_else() -> None:
    """Only that one move changes with the policy."""
    changed = replace(policy(), return_adjudicator=R.STREET_ADMIN)
    for move in MOVES:
        expected = {R.STREET_ADMIN} if move.action is Action.DECIDE_RETURN else move.roles
        assert under(move, changed).roles == expected
        assert under(move, policy()) == move


def test_somebody_else_is_another_member() -> None:
    """Not the requester, not the recorder."""
    different_person(LEADER, MEMBER, OFFICER)
    for involved in ((LEADER,), (MEMBER, LEADER)):
        with pytest.raises(NotPermitted):
            different_person(LEADER, *involved)
