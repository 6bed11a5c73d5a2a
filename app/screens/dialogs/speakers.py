"""On whose behalf a move may be recorded, and who is proposed (domain 2.10)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.actor import Actor, Channel
from app.domain.errors import WanggeError
from app.domain.message import Name
from app.domain.moves import Action, Move
from app.domain.org import Member, Role, Shift
from app.domain.permissions import PERSONAL, standing
from app.domain.street_index import StreetIndex

OF_THE_GRID = frozenset({Action.BLOW, Action.CHECK, Action.RATE})
"""What the grid does and the desk only writes down: somebody of the grid is proposed even where the desk may itself."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody in whose name a move may be recorded; an empty code is the acting member."""

    code: str
    name: Name


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a move happens: what decides who may speak for whom."""

    street: StreetIndex
    actor: Actor
    grid: str
    shift: Shift | None = None
    department: str = ""
    involved: tuple[str, ...] = ()
    """Who asked for it, blew it or recorded it: never proposed for a decision about it."""
    blower: str = ""
    own_name: bool = False
    """A caller spoke to the desk itself: nobody of the grid is behind it."""


def _of_the_case(scene: Scene) -> list[str]:
    """The case's own department and grid where they are retired: nobody else can speak for them."""
    offered = scene.street.departments.keys() | scene.street.units.keys()
    return [code for code in (scene.department, scene.grid) if code and code not in offered]


def may_in_own_name(move: Move, scene: Scene) -> bool:
    """Whether the acting member may make the move without naming anybody."""
    return _may(move, scene, "")


def speakers(move: Move, scene: Scene) -> tuple[Speaker, ...]:
    """Everybody the move may be recorded for, the likeliest first; the acting member first when they may."""
    street = scene.street
    offices = [] if move.action in PERSONAL else [*street.departments, *street.units, *_of_the_case(scene)]
    people = [member.code for member in street.street.members if member.active and member.posts]
    able = [code for code in (*people, *offices) if code != scene.actor.member and _may(move, scene, code)]
    order = {code: n for n, code in enumerate(_likely(move, scene))}
    ranked = sorted(able, key=lambda code: (order.get(code, 99), able.index(code)))
    found = tuple(Speaker(code, street.label(code)) for code in ranked)
    if may_in_own_name(move, scene):
        return (Speaker("", street.label(scene.actor.member)), *found)
    return found


def proposed(move: Move, scene: Scene) -> str:
    """Code of who is proposed: empty = the acting member, or nobody fits."""
    desk = scene.actor.roles() & {Role.DUTY_OFFICER, Role.DUTY_LEADER}
    relays = move.action in OF_THE_GRID and desk and scene.grid and not scene.own_name
    relays = relays and scene.actor.member != scene.blower
    if may_in_own_name(move, scene) and not relays:
        return ""
    able = {speaker.code for speaker in speakers(move, scene)}
    return next((code for code in _likely(move, scene) if code in able), "")


def _may(move: Move, scene: Scene, code: str) -> bool:
    channel = Channel.PHONE if code else Channel.TERMINAL
    try:
        standing(move, scene.actor, code, channel, scene.grid, scene.department, scene.street)
    except WanggeError:
        return False
    return True


def _likely(move: Move, scene: Scene) -> Sequence[str]:
    """Codes in the order in which they are proposed: by the role that the move is for."""
    found: list[str] = []
    if Role.DEPT_LIAISON in move.roles and scene.department:
        found.append(scene.department)
    if Role.GRID_MEMBER in move.roles:
        found += on_duty(scene.street, scene.grid, scene.shift, first=scene.blower)
    if Role.ZONE_PLATFORM in move.roles:
        found += _holding(scene.street, Role.ZONE_PLATFORM)
    if Role.GRID_LEADER in move.roles and Role.DUTY_LEADER not in move.roles:
        found += _holding(scene.street, Role.GRID_LEADER)
    if Role.DUTY_LEADER in move.roles:
        found += ([scene.shift.leader] if scene.shift else []) + _holding(scene.street, Role.DUTY_LEADER)
    if Role.STREET_ADMIN in move.roles:
        found += _holding(scene.street, Role.STREET_ADMIN)
    involved = set(scene.involved) if move.action in PERSONAL else set()
    return [code for code in dict.fromkeys(found) if code not in involved]


def on_duty(street: StreetIndex, grid: str, shift: Shift | None, *, first: str = "") -> list[str]:
    """Who speaks for a grid tonight: the blower, then the shift's member there, then its other members."""
    rostered = [duty.member for duty in shift.grid_duty if duty.grid == grid] if shift else []
    members = [m.code for m in street.street.members if m.grid == grid and m.active and m.holds(Role.GRID_MEMBER)]
    blower = [first] if first in members else []
    return list(dict.fromkeys([*blower, *rostered, *members]))


def _holding(street: StreetIndex, role: Role) -> list[str]:
    return [member.code for member in _active(street) if member.holds(role)]


def _active(street: StreetIndex) -> Iterable[Member]:
    return (member for member in street.street.members if member.active)
