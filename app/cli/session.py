"""One run of a verb: settings, the opened house, who acts, and the one answer it gives (decisions 10, 20, 30).

The desk starts through here too, so what only some verbs need is imported where it is needed (decisions 32).
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID, uuid4, uuid5

from app.called import as_called, called
from app.cli.tongue import Tongue
from app.domain.errors import BadInput
from app.domain.message import Message
from app.render.words import Words
from app.settings import Settings, remembered_member

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from app.cli.command_line import Options
    from app.cli.parser import Parser
    from app.cli.shapes import Shaper
    from app.domain.actor import Actor
    from app.domain.events import Json
    from app.domain.policy import Policy
    from app.domain.street_index import StreetIndex
    from app.render.sight import Sight
    from app.services.house import House

_CLOCK = re.compile(r"(?P<at>.+?)(?:\s*[xX×](?P<speed>[0-9]+(?:\.[0-9]+)?))?", re.DOTALL)


def no_lines() -> Iterable[str]:
    """An answer that has nothing to say in words."""
    return ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a verb came to: a document for ``--json`` and, made only when wanted, lines for people."""

    document: Mapping[str, Json]
    lines: Callable[[], Iterable[str]] = field(default=no_lines)
    warnings: tuple[str, ...] = ()
    """What was done all the same but may not be meant: on standard error, in JSON as ``warnings``."""


class Session:
    """Everything a verb works with. The database is opened when the verb first asks for it."""

    def __init__(self, options: Options, settings: Settings) -> None:
        self.options = options
        self.settings = settings
        self.tongue = Tongue(settings.language)
        self.words = Words("en" if settings.language == "en" else "zh")
        self._house: House | None = None

    # -- the house ---------------------------------------------------------------------------
    @property
    def house(self) -> House:
        """The database, opened when it is first asked for."""
        return self._house or self.open()

    def open(self) -> House:
        """Open the database and set its drill clock as ``--clock`` asks; StoreTrouble says why not."""
        from app.bootstrap import open_house

        return self.adopt(open_house(self.settings, station=station_name()))

    def adopt(self, house: House) -> House:
        """Work with a house that was opened or founded elsewhere; it is closed with the session."""
        self._house = house
        self.settings = house.settings
        if self.options.clock:
            self._set_clock(house)
        return house

    def close(self) -> None:
        """Let go of the database, if it was opened."""
        if self._house is not None:
            self._house.close()
            self._house = None

    def _set_clock(self, house: House) -> None:
        """Set the drill's clock once for this request: a repeated request finds its own entry and goes on."""
        from app.domain.actor import SYSTEM_ACTOR
        from app.services.clocks import set_drill_clock

        at, speed = read_clock(self.options.clock, self.zone)
        request = uuid5(self.request_id, "clock")
        with house.store.read() as reads:
            known = reads.event(request)
        if known is None:
            who = self.actor() if self._member() else SYSTEM_ACTOR
            set_drill_clock(house.store, house.clock, at, speed, who, request)
        house.clock.refresh()

    # -- who, when, where --------------------------------------------------------------------
    @cached_property
    def request_id(self) -> UUID:
        """The id of this request: given, or made here."""
        if not self.options.request_id:
            return uuid4()
        try:
            return UUID(self.options.request_id)
        except ValueError as error:
            raise BadInput(Message("{text} is no UUID.", {"text": self.options.request_id}), "request_id") from error

    @property
    def street(self) -> StreetIndex:
        """The organisation as it stands."""
        return self.house.streets.current()

    @property
    def policy(self) -> Policy:
        """The policy in force."""
        return self.house.policies.current()

    @property
    def zone(self) -> ZoneInfo:
        """The street's zone."""
        return self.policy.calendar.zone

    @property
    def now(self) -> datetime:
        """The street's instant, aware UTC."""
        return self.house.clock.now()

    def actor(self) -> Actor:
        """Who acts: ``--as``, else the member remembered for this user and database, else BadInput says how."""
        from app.cli.people import member_code

        member = self._member()
        if not member:
            raise BadInput(
                Message(
                    "Say who acts: --as MEMBER, a code or name. `{wangge} org show` lists the members.",
                    {"wangge": called()},
                ),
                "as",
            )
        return self.house.duty.actor(member_code(self.street, member))

    def acting(self) -> str:
        """The code of who acts, for what may be read without saying it; empty when nobody was named."""
        from app.cli.people import member_code

        member = self._member()
        return member_code(self.street, member) if member else ""

    def _member(self) -> str:
        return self.settings.acting or remembered_member(self.settings)

    @property
    def sight(self) -> Sight:
        """The street at this instant, as lines of text show it."""
        from app.render.glyphs import Glyphs
        from app.render.sight import Sight

        zone = self.zone
        return Sight(self.words.in_zone(zone), Glyphs(self.settings.ascii_glyphs), self.street, zone, self.now)

    # -- in and out --------------------------------------------------------------------------
    def parser(self, prog: str, about: str) -> Parser:
        """An empty parser for one action; ``about`` is a msgid."""
        from app.cli.parser import Parser

        return Parser(self.tongue, as_called(prog), about)

    def misfits(self) -> tuple[str, ...]:
        """What of the policy in force does not fit the street as it stands, one sentence each."""
        from app.services.policy_fit import misfits

        return tuple(self.words.say(one) for one in misfits(self.policy, self.street))

    @property
    def shaper(self) -> Shaper:
        """Makes JSON of the domain's values."""
        from app.cli.shapes import Shaper

        return Shaper(self.zone, self.words.say)


def station_name() -> str:
    """One name for all commands of an operating-system user, so that undo works from one to the next."""
    return f"cli-{os.getuid()}" if hasattr(os, "getuid") else "cli"


def read_clock(text: str, zone: ZoneInfo) -> tuple[datetime, float]:
    """``2020-07-03T00:08x60`` as an instant and a speed; without an offset it is the street's time."""
    match = _CLOCK.fullmatch(text.strip())
    try:
        at = datetime.fromisoformat(match["at"] if match else "")
    except ValueError as error:
        raise BadInput(
            Message("{text} is no clock: write it like 2020-07-03T00:08 or 2020-07-03T00:08x60.", {"text": text}),
            "clock",
        ) from error
    speed = float(match["speed"]) if match and match["speed"] else 1.0
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC), speed
