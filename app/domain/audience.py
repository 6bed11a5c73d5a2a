"""Who an audience is tonight: the shift's people, those who hold a post, a department's officers (domain 2.10, 6.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from app.domain.org import Member, Role, Shift, UnitLevel
from app.domain.street_index import StreetIndex
from app.domain.topics import Audience
from app.domain.whistle import Whistle


@dataclass(frozen=True, slots=True)
class Around:
    """What it takes to know who somebody is: the street, the running shift, the case and the department, if any."""

    street: StreetIndex
    shift: Shift | None
    whistle: Whistle | None = None
    department: str = ""
    decider: Role = Role.ZONE_PLATFORM
    """The role that decides what was asked for."""
    member: str = ""
    grid: str = ""
    """Where there is no case: the grid it concerns."""
    everywhere: bool = False
    """Whether it concerns the whole street: then all who hold a post in its grids are meant, not the nearest."""

    @property
    def place(self) -> str:
        """The grid of the case, or of what is told of."""
        return self.whistle.grid if self.whistle else self.grid


@dataclass(frozen=True, slots=True)
class OnPost:
    """One kind of people who are on post, and who that is now; nobody where no member holds it."""

    audience: Audience
    members: tuple[str, ...]
    """Member codes."""


def people(audience: Audience, around: Around) -> tuple[str, ...]:
    """Codes of the active members who are the audience now, whom to tell first first; empty when there is nobody."""
    found = _WHO[audience](around)
    members = around.street.members
    return tuple(dict.fromkeys(code for code in found if code in members and members[code].active))


def _on_duty_in_the_grid(around: Around) -> Iterable[str]:
    """Those on duty in the case's grid; without a roster for it, its members."""
    grid = around.place
    on_duty = around.shift.grid_duty if around.shift else ()
    duty = [entry.member for entry in on_duty if entry.grid == grid or around.everywhere]
    return duty or _holders(around, Role.GRID_MEMBER, grid)


def _holders(around: Around, role: Role, grid: str = "") -> list[str]:
    """Who holds a role, for a grid where one is named: the nearest posts first."""
    found = [
        (post.at != grid, member.code)
        for member in around.street.street.members
        for post in member.posts
        if post.role is role and (not grid or around.street.covers(post.at, grid))
    ]
    return [code for _, code in sorted(found, key=lambda one: one[0])]


def _leaders_of_the_grid(around: Around) -> list[str]:
    return _holders(around, Role.GRID_LEADER, around.place)


def _blower(around: Around) -> Iterable[str]:
    blower = around.whistle.blower if around.whistle else ""
    member = around.street.members.get(blower)
    if member is not None and _works_in_the_grid(member, around):
        return (blower, *_on_duty_in_the_grid(around))
    return _on_duty_in_the_grid(around)


def _works_in_the_grid(member: Member, around: Around) -> bool:
    grid = around.whistle.grid if around.whistle else ""
    roles = (Role.GRID_MEMBER, Role.GRID_LEADER)
    return any(post.role in roles and around.street.covers(post.at, grid) for post in member.posts)


def _officers(around: Around) -> Iterable[str]:
    return around.shift.officers if around.shift else _holders(around, Role.DUTY_OFFICER)


def _leader(around: Around) -> Iterable[str]:
    return (around.shift.leader,) if around.shift else _holders(around, Role.DUTY_LEADER)


def _department(around: Around) -> list[str]:
    """The stationed officer, the backup, then whoever speaks for the department."""
    department = around.street.departments.get(around.department)
    if department is None:
        return []
    liaisons = [
        member.code
        for member in around.street.street.members
        if any(post.role is Role.DEPT_LIAISON and post.at == department.code for post in member.posts)
    ]
    return list(dict.fromkeys(code for code in (department.stationed, department.backup, *liaisons) if code))


def _level(around: Around) -> Iterable[str]:
    level = around.whistle.level if around.whistle else UnitLevel.STREET
    return _OF_LEVEL[level](around)


def _decider(around: Around) -> Iterable[str]:
    return _leader(around) if around.decider is Role.DUTY_LEADER else _holders(around, around.decider)


_OF_LEVEL: Mapping[UnitLevel, Callable[[Around], Iterable[str]]] = {
    UnitLevel.GRID: _on_duty_in_the_grid,
    UnitLevel.COMMUNITY: lambda around: _leaders_of_the_grid(around)[:1],
    UnitLevel.STREET: _leader,
    UnitLevel.ZONE: lambda around: _holders(around, Role.ZONE_PLATFORM)[:1],
}
_WHO: Mapping[Audience, Callable[[Around], Iterable[str]]] = {
    Audience.BLOWER: lambda around: list(_blower(around))[:1],
    Audience.GRID_MEMBER: _on_duty_in_the_grid,
    Audience.GRID_LEADER: lambda around: _leaders_of_the_grid(around)[: None if around.everywhere else 1],
    Audience.DUTY_OFFICER: _officers,
    Audience.DUTY_LEADER: _leader,
    Audience.STREET_ADMIN: lambda around: _holders(around, Role.STREET_ADMIN)[:1],
    Audience.ZONE_PLATFORM: lambda around: _holders(around, Role.ZONE_PLATFORM)[:1],
    Audience.DEPARTMENT: lambda around: _department(around)[:1],
    Audience.BACKUP: lambda around: _department(around)[1:],
    Audience.APPROVER: lambda around: _leaders_of_the_grid(around)[:1] or list(_leader(around)),
    Audience.LEVEL: _level,
    Audience.DECIDER: _decider,
    Audience.MEMBER: lambda around: (around.member,),
}
