"""The posture in force with what holds it up, read in one snapshot; raised in one transaction (behaviours 19)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from app.domain.actor import SYSTEM_ACTOR, Actor, Channel
from app.domain.events import Event, EventKind, Json
from app.domain.flood import FloodView, what_is_over
from app.domain.org import Role
from app.domain.posture import Posture, Standing, strictest
from app.domain.warned_area import Here
from app.services.flood_ports import Often, Replan, Water, no_plans, no_replan, no_water
from app.services.ports import Raced, Reads, Writes

STREAM = "posture"
"""The stream of the posture: its version is the posture row's."""


def flood_view(reads: Reads, now: datetime, water: Water = no_water, *, whole: bool = True) -> FloodView:
    """What is in force; without ``whole`` a street in season is told by one row alone."""
    standing = reads.posture()
    if standing.posture is Posture.SEASON and not whole:
        return FloodView(standing)
    flood = reads.flood
    view = FloodView(standing, flood.signals_open(now), flood.responses_open(now), water(reads, now))
    lower = view.lower_to(now)
    if lower is None or standing.since is None:
        return view
    since = standing.since
    return replace(view, over=what_is_over(flood.signals_closed(since), flood.responses_closed(since), lower, now))


def next_beginning(reads: Reads, now: datetime) -> datetime | None:
    """When something that is recorded comes into force next: the duty clock raises the posture then."""
    flood = reads.flood
    return FloodView(signals=flood.signals_open(now), responses=flood.responses_open(now)).next_at(now)


@dataclass(frozen=True, slots=True)
class Cause:
    """The entry by which the posture changes: ``warning/<hex>``, ``response/<hex>``, ``lower`` or ``clock``."""

    what: str
    version: int
    event: UUID
    """The entry's own id; ids of what follows from it are derived from it."""


class Postures:
    """Puts postures in force. The one place where that happens, so that rounds are planned anew each time."""

    def __init__(
        self, water: Water = no_water, replan: Replan = no_replan, often: Often = no_plans,
        here: Callable[[Reads], Here] = lambda _reads: Here(),
    ) -> None:  # fmt: skip
        self.water = water
        self.replan = replan
        self.often = often
        self.here = here
        """Which warnings are for the street."""

    def view(self, reads: Reads, now: datetime, *, whole: bool = True) -> FloodView:
        """What is in force, and how often it has the street's rounds walked."""
        view = flood_view(reads, now, self.water, whole=whole)
        return view if view.posture is Posture.SEASON else replace(view, every=self.often(reads, view.posture))

    def raised(self, writes: Writes, actor: Actor, role: Role, cause: Cause, now: datetime) -> FloodView:
        """Raise the posture at once where what is in force asks for more; it never lowers."""
        view = self.view(writes, now)
        asked = view.asked(now)
        if asked.rank <= view.posture.rank:
            return view
        self.change(writes, actor, role, cause, view.standing, asked, now)
        return self.view(writes, now)

    def by_the_clock(self, writes: Writes, now: datetime) -> bool:
        """The same for what begins by itself; the entry's id is that of every program that gets there."""
        before = writes.posture()
        cause = Cause("clock", 0, uuid5(writes.station().uuid, f"posture {before.version + 1}"))
        return self.raised(writes, SYSTEM_ACTOR, Role.SYSTEM, cause, now).standing.version != before.version

    def corrected(
        self, writes: Writes, actor: Actor, role: Role, request: UUID, reading_at: datetime, now: datetime
    ) -> None:  # fmt: skip
        """A gauge's reading recorded at ``reading_at`` was wrong: what the clock raised for it alone goes back.

        Where anything else once asked for the posture, or a person changed it since, it stays until it is lowered.
        """
        standing = writes.posture()
        event = writes.event(standing.by_event) if standing.by_event else None
        if event is None or event.kind is not EventKind.POSTURE_CHANGED:
            return
        if event.payload["cause"] != "clock" or event.recorded_at < reading_at:
            return
        view = self.view(writes, now)
        if view.over or view.lower_to(now) is None:
            return
        before, since = Posture(str(event.payload["before"])), event.payload["before_since"]
        after = strictest((before, view.asked(now)))
        if after.rank >= standing.posture.rank:
            return
        self.change(
            writes, actor, role, Cause("clock", 0, uuid5(request, "posture back")), standing, after, now,
            takes_back=event.id,
            since=datetime.fromisoformat(since) if after is before and isinstance(since, str) else None,
        )  # fmt: skip

    def change(
        self, writes: Writes, actor: Actor, role: Role, cause: Cause, before: Standing, after: Posture, now: datetime,
        *, words: Mapping[str, str] | None = None, takes_back: UUID | None = None, on_behalf_of: str = "",
        channel: Channel = Channel.TERMINAL, since: datetime | None = None,
    ) -> Standing:  # fmt: skip
        """Put another posture in force, by an entry of its own, and have the rounds planned anew.

        ``takes_back`` is the entry that is undone, ``since`` when the posture that comes back was put in force.
        """
        event = Event(
            id=cause.event if cause.what in ("lower", "clock") or takes_back else uuid5(cause.event, STREAM),
            stream=STREAM, stream_version=before.version + 1,
            kind=EventKind.UNDONE if takes_back else EventKind.POSTURE_CHANGED,
            payload=_payload(before, after, cause, undoes=takes_back is not None), actor=actor.member, role=role,
            on_behalf_of=on_behalf_of, channel=channel, words=words or {},
            words_id=uuid5(cause.event, "posture words") if words else None,
            occurred_at=now, recorded_at=now, corrects=takes_back, station=actor.station,
        )  # fmt: skip
        writes.append([event])
        standing = Standing(after, since or now, before.version + 1, event.id)
        if not writes.flood.set_standing(standing):
            raise Raced(f"posture {standing.version}")
        self.replan(writes, before.posture, after, now)
        return standing


def _payload(before: Standing, after: Posture, cause: Cause, *, undoes: bool) -> dict[str, Json]:
    payload: dict[str, Json] = {
        "before": before.posture.value, "after": after.value, "cause": cause.what, "cause_version": cause.version,
        "before_since": before.since.isoformat() if before.since else None,
    }  # fmt: skip
    return payload | {"kind": EventKind.POSTURE_CHANGED.value} if undoes else payload
