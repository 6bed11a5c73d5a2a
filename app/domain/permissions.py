"""Who may do what: the acting member's own roles, or by phone on behalf of somebody who may (domain 2.10)."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.actor import Actor, Channel
from app.domain.errors import BadInput, NotPermitted
from app.domain.message import Message
from app.domain.moves import Action, Move
from app.domain.org import Post, Role
from app.domain.street_index import StreetIndex

STREET_WIDE = frozenset({Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.STREET_ADMIN, Role.ZONE_PLATFORM, Role.SYSTEM})
"""Roles whose reach is the whole street; the others reach only what their post covers."""

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


def standing(
    move: Move, actor: Actor, on_behalf_of: str, channel: Channel, grid: str, department: str, street: StreetIndex
) -> Role:
    """The role under which the move is made; NotPermitted says who may.

    ``grid`` is the case's grid, ``department`` the assignment's department or empty.
    """
    if Role.SYSTEM in actor.roles():
        return Role.SYSTEM
    own = _reaching(move, actor.posts, grid, department, street)
    if own is not None and not _must_be_relayed(move, own, on_behalf_of, street):
        return own
    if Role.DUTY_OFFICER in actor.roles() or Role.DUTY_LEADER in actor.roles():
        return _relayed(move, actor, on_behalf_of, channel, grid, department, street)
    raise NotPermitted(
        Message(
            "{who} may not do this: it is for {roles}.", {"who": street.label(actor.member), "roles": roles_of(move)}
        )
    )


def _must_be_relayed(move: Move, own: Role, on_behalf_of: str, street: StreetIndex) -> bool:
    """A desk role that names somebody else speaks for them, even where it could act in its own name."""
    return bool(on_behalf_of) and own in (Role.DUTY_OFFICER, Role.DUTY_LEADER)


def _relayed(
    move: Move, actor: Actor, on_behalf_of: str, channel: Channel, grid: str, department: str, street: StreetIndex
) -> Role:
    if not on_behalf_of:
        raise NotPermitted(Message("Say on whose behalf: this is for {roles}.", {"roles": roles_of(move)}))
    posts = street.speaks_as(on_behalf_of)
    if move.action in PERSONAL and on_behalf_of not in street.members:
        raise NotPermitted(Message("A decision needs the name of the person who made it, not of an office."))
    if _reaching(move, posts, grid, department, street) is None:
        raise NotPermitted(
            Message(
                "{who} may not do this: it is for {roles}.",
                {"who": street.label(on_behalf_of), "roles": roles_of(move)},
            )
        )
    if channel is Channel.TERMINAL:
        raise BadInput(Message("Say how you were told: by phone, by radio, on site, at a meeting."), "channel")
    return Role.DUTY_OFFICER if Role.DUTY_OFFICER in actor.roles() else Role.DUTY_LEADER


def _reaching(move: Move, posts: Iterable[Post], grid: str, department: str, street: StreetIndex) -> Role | None:
    for post in posts:
        if post.role not in move.roles:
            continue
        if post.role is Role.DEPT_LIAISON:
            if not department or post.at == department:
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
