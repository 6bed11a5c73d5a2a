"""What decides how a value looks: the language, the glyphs, the street, and the instant it is looked at."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.message import Message, Param
from app.domain.org import Role
from app.domain.street_index import StreetIndex
from app.render.clock import MINUTE, day, hm
from app.render.glyphs import Glyphs
from app.render.rows import Tone
from app.render.words import Words

NEAR = timedelta(hours=20)
"""Within this span a time of day is unmistakable."""

SOON = timedelta(minutes=10)
"""A limit this near is amber."""


@dataclass(frozen=True, slots=True)
class Sight:
    """One street at one instant, as one desk sees it."""

    words: Words
    glyphs: Glyphs
    street: StreetIndex
    zone: ZoneInfo
    now: datetime

    def t(self, msgid: str, /, **params: Param) -> str:
        """A text of ours."""
        return self.words.t(msgid, **params)

    def say(self, message: Message) -> str:
        """A sentence of the domain."""
        return self.words.say(message, self.now)

    def name(self, code: str) -> str:
        """The name behind any code; the program itself has one too."""
        if code == "system":
            return self.words.t("the program")
        return self.words.name(self.street.label(code))

    def short(self, code: str) -> str:
        """The short name of a unit or department."""
        named = self.street.known_units.get(code) or self.street.known_departments.get(code)
        return self.words.name(named.short) if named and named.short.zh else self.name(code)

    def person(self, code: str) -> str:
        """A member without the unit that stands before the dot: 双河一网格·网格员甲 → 网格员甲.

        Zone and departments keep theirs: 区平台·值班员 is not the street's own duty officer.
        """
        whole = self.name(code)
        member = self.street.known_members.get(code)
        if member and any(post.role in (Role.ZONE_PLATFORM, Role.DEPT_LIAISON) for post in member.posts):
            return whole
        return whole.rsplit("·", 1)[-1].strip() if "·" in whole else whole

    def person_of(self, code: str, team: Collection[str]) -> str:
        """A member among others: with the grid in front, or by the whole name, where another has the same short one."""
        short = self.person(code)
        alike = any(self.person(other) == short for other in team if other != code)
        if not alike:
            return short
        longer = self._with_grid(code)
        return self.name(code) if any(self._with_grid(other) == longer for other in team if other != code) else longer

    def _with_grid(self, code: str) -> str:
        member = self.street.known_members.get(code)
        grid = self.short(member.grid) if member is not None and member.grid else ""
        return f"{grid}·{self.person(code)}" if grid else self.person(code)

    def people(self, team: Sequence[str]) -> tuple[str, ...]:
        """Several members, each so that it is told from the others."""
        return tuple(self.person_of(code, team) for code in team)

    def stamp(self, at: datetime | None) -> str:
        """``00:08`` today, ``07-02 23:52`` on another day; empty for none."""
        if at is None:
            return ""
        clock = hm(at, self.zone)
        return clock if self.same_day(at, self.now) else f"{day(at, self.zone)} {clock}"

    def near(self, at: datetime | None) -> str:
        """``23:56`` of this night or day, ``07-02`` when it is longer ago: for narrow columns."""
        if at is None:
            return ""
        return hm(at, self.zone) if abs(self.now - at) < NEAR else day(at, self.zone)

    def same_day(self, one: datetime, other: datetime) -> bool:
        """Whether two instants lie on one day of the street."""
        return one.astimezone(self.zone).date() == other.astimezone(self.zone).date()

    def left(self, deadline: datetime) -> str:
        """What is left of a limit: ``+00:09``, overdue ``-01:20``; within a minute in seconds."""
        rest = deadline - self.now
        if abs(rest) >= MINUTE:
            return self.words.left(rest)
        return ("-" if rest < -rest else "+") + self.words.t("{n}s", n=int(abs(rest).total_seconds()))

    def urgency(self, deadline: datetime | None) -> Tone:
        """Red when the limit is broken, amber when it is near."""
        if deadline is None:
            return Tone.QUIET
        if deadline < self.now:
            return Tone.DANGER
        return Tone.SOON if deadline - self.now <= SOON else Tone.PLAIN
