"""Who does something: the acting member with role, station and machine identity (decisions 3, 10)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.org import Post, Role


class Channel(StrEnum):
    """How a fact reached the desk (domain 2.7: channel)."""

    TERMINAL = "terminal"
    PHONE = "phone"
    RADIO = "radio"
    MEETING = "meeting"
    ON_SITE = "on_site"
    PLATFORM = "platform"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """The acting member as chosen at the desk, beside the operating system's identity (decisions 10)."""

    member: str
    """Member code, or ``system`` for the program itself."""
    posts: tuple[Post, ...] = ()
    grid: str = ""
    os_uid: int = -1
    host: str = ""
    station: str = ""
    """Name of the desk or process that wrote, e.g. ``desk-1``."""

    def roles(self) -> frozenset[Role]:
        """Every role the member holds anywhere."""
        return frozenset(post.role for post in self.posts)


SYSTEM_ACTOR = Actor(member="system", posts=(Post(Role.SYSTEM, at=""),))
"""The program itself, for what it writes on its own (engine, migrations, samples)."""
