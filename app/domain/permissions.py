"""Who may do what: the acting member's own roles, or by phone on behalf of somebody who may (domain 2.10)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from app.domain.actor import Actor, Channel
from app.domain.errors import BadInput, NotPermitted
from app.domain.message import Message
from app.domain.moves import Action, Move
from app.domain.org import Post, Role, UnitLevel
from app.domain.policy import Policy, WhistleKind
from app.domain.street_index import StreetIndex
from app.domain.whistle import Whistle

STREET_WIDE = frozenset({Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.STREET_ADMIN, Role.ZONE_PLATFORM, Role.SYSTEM})
"""Roles whose reach is the whole street; the others reach only what their post covers."""

DESK = frozenset({Role.DUTY_OFFICER, Role.DUTY_LEADER})
"""Who may speak for others by phone; a call comes to the desk."""

PERSONAL = frozenset(
    {
        Action.APPROVE,
        Action.REJECT,
        Action.DECIDE_RETURN,
        Action.DECIDE_EXTENSION,
        Action.DECIDE_SUSPENSION,
        Action.COUNTERSIGN,
    }
)
"""Decisions that a person makes, never an office: on behalf of them, a member must be named (decisions 10)."""


def under(move: Move, policy: Policy, whistle: Whistle | None = None) -> Move:
    """The move with the roles it has in this street and for this case.

    Who adjudicates returns is the policy's choice (decisions 13). From the street on, the desk raises an
    emergency; whether anything else goes to the zone platform, the duty leader decides (domain 2.10).
    """
    if move.action is Action.DECIDE_RETURN:
        return replace(move, roles=frozenset({policy.return_adjudicator}))
    if move.action is Action.LEVEL_UP and whistle is not None and whistle.level is UnitLevel.STREET:
        emergency = whistle.kind is WhistleKind.EMERGENCY
        return replace(move, roles=DESK if emergency else frozenset({Role.DUTY_LEADER}))
    return move


def standing(
    move: Move,
    actor: Actor,
    on_behalf_of: str,
    channel: Channel,
    grid: str,
    department: str,
    street: StreetIndex,
    *,
    involved: Collection[str] | None = None,
) -> Role:
    """The role under which the move is made; NotPermitted says who may.

    ``grid`` is the case's grid, ``department`` the assignment's department or empty. ``involved`` are the
    departments of the case: a department has no part in the cases of others. None = not known yet.
    """
    if Role.SYSTEM in actor.roles():
        return Role.SYSTEM
    departments = (department,) if department else involved
    own = _reaching(move, actor.posts, grid, departments, street)
    if on_behalf_of in ("", actor.member):
        if own is not None:
            return own
        if actor.roles() & DESK:
            raise NotPermitted(Message("Say on whose behalf: this is for {roles}.", {"roles": roles_of(move)}))
        raise _not_for(actor.member, move, street)
    if actor.roles() & DESK:
        _relayed(move, on_behalf_of, channel, grid, departments, street)
        return Role.DUTY_OFFICER if Role.DUTY_OFFICER in actor.roles() else Role.DUTY_LEADER
    if own is None:
        raise _not_for(actor.member, move, street)
    if not _speaks_for(move, actor, on_behalf_of):
        raise NotPermitted(Message("Only the desk records what others say."))
    return own


def in_own_name(
    move: Move, actor: Actor, grid: str, departments: Collection[str] | None, street: StreetIndex
) -> bool:  # fmt: skip
    """Whether the acting member may make the move in a grid, or for one of the departments, naming nobody."""
    return _reaching(move, actor.posts, grid, departments, street) is not None


def _relayed(
    move: Move,
    on_behalf_of: str,
    channel: Channel,
    grid: str,
    departments: Collection[str] | None,
    street: StreetIndex,
) -> None:
    if move.action in PERSONAL and on_behalf_of not in street.known_members:
        raise NotPermitted(Message("A decision needs the name of the person who made it, not of an office."))
    if _reaching(move, street.speaks_as(on_behalf_of), grid, departments, street) is None:
        raise _not_for(on_behalf_of, move, street)
    if channel is Channel.TERMINAL:
        raise BadInput(Message("Say how you were told: by phone, by radio, on site, at a meeting."), "channel")


def _speaks_for(move: Move, actor: Actor, on_behalf_of: str) -> bool:
    """Away from the desk: for one's own department or unit, and who is on the spot for who came there."""
    if move.action in PERSONAL:
        return False
    return move.words_on_behalf or any(post.at == on_behalf_of for post in actor.posts)


def _not_for(who: str, move: Move, street: StreetIndex) -> NotPermitted:
    return NotPermitted(
        Message("{who} may not do this: it is for {roles}.", {"who": street.label(who), "roles": roles_of(move)})
    )


def _reaching(
    move: Move, posts: Iterable[Post], grid: str, departments: Collection[str] | None, street: StreetIndex
) -> Role | None:
    for post in posts:
        if post.role not in move.roles:
            continue
        if post.role is Role.DEPT_LIAISON:
            if departments is None or post.at in departments:
                return post.role
        elif post.role in STREET_WIDE or not grid or street.covers(post.at, grid):
            return post.role
    return None


ROLE_LABELS: dict[Role, Message] = {
    Role.GRID_MEMBER: Message("grid members"),
    Role.GRID_LEADER: Message("the community's grid leader"),
    Role.DUTY_OFFICER: Message("the duty officer"),
    Role.DUTY_LEADER: Message("the duty leader"),
    Role.STREET_ADMIN: Message("the street administrator"),
    Role.ZONE_PLATFORM: Message("the zone platform"),
    Role.DEPT_LIAISON: Message("the department itself"),
    Role.VIEWER: Message("viewers"),
    Role.SYSTEM: Message("the program"),
}


def roles_of(move: Move) -> tuple[Message, ...]:
    """Who may make a move, as text, in the order of the roles."""
    return tuple(ROLE_LABELS[role] for role in Role if role in move.roles)


def different_person(decider: str, *involved: str) -> None:
    """A decision is made by another member, never the requester or recorder (decisions 10)."""
    if decider in involved:
        raise NotPermitted(Message("Somebody else must decide: not who asked for it, nor who recorded it."))


def records_in(actor: Actor, grid: str, street: StreetIndex) -> Role:
    """The role under which something of a grid is recorded: its own people, or the desk (domain 2.10)."""
    for post in actor.posts:
        if post.role in DESK:
            return post.role
        if post.role in (Role.GRID_MEMBER, Role.GRID_LEADER) and street.covers(post.at, grid):
            return post.role
    who = street.label(actor.member)
    raise NotPermitted(Message("{who} may not record in this grid: its own people and the desk do.", {"who": who}))


READS_GAUGES = (*sorted(DESK), Role.STREET_ADMIN, Role.GRID_LEADER, Role.GRID_MEMBER, Role.ZONE_PLATFORM)
"""Who may record what a gauge shows: it says the same to everybody."""


def records_gauges(actor: Actor, street: StreetIndex) -> Role:
    """The role under which gauge readings are recorded; NotPermitted for those who only look on."""
    held = actor.roles()
    role = next((role for role in (*READS_GAUGES, Role.SYSTEM) if role in held), None)
    if role is None:
        raise NotPermitted(Message("{who} may not do this: it is for {roles}.", {
            "who": street.label(actor.member), "roles": tuple(ROLE_LABELS[one] for one in READS_GAUGES)}))  # fmt: skip
    return role


def administers(actor: Actor, street: StreetIndex) -> None:
    """Organisation and policy are the street administrator's (domain 2.10); NotPermitted for anybody else.

    Before anybody holds that post, nobody could: then whoever is there may.
    """
    if actor.roles() & {Role.STREET_ADMIN, Role.SYSTEM}:
        return
    if any(member.holds(Role.STREET_ADMIN) for member in street.street.members):
        raise NotPermitted(
            Message(
                "{who} may not do this: it is for {roles}.",
                {"who": street.label(actor.member), "roles": (ROLE_LABELS[Role.STREET_ADMIN],)},
            )
        )
