"""Composition root: the only place that knows the database, the wall clock and all services at once."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from app.domain.actor import SYSTEM_ACTOR
from app.domain.org import Street
from app.services.clocks import StreetClock
from app.services.desk import Desk
from app.services.duty import Duty
from app.services.house import House
from app.services.policies import Policies
from app.services.ports import Clock
from app.services.streets import Streets
from app.settings import Settings
from db.changes import ChangeWatcher
from db.sqlite.driver import driver
from db.unit_of_work import SqlStore, open_store

if TYPE_CHECKING:
    from app.engine.duty_clock import DutyClock, Round
    from app.engine.running import Running
    from app.engine.sending import Sending


class WallClock:
    """The machine's clock: the only reading of it in the program."""

    def now(self) -> datetime:
        """The machine's instant, aware UTC."""
        return datetime.now(UTC)

    def wall(self) -> datetime:
        """The machine's instant, aware UTC."""
        return datetime.now(UTC)


def open_house(settings: Settings, *, wall: Clock | None = None, station: str = "") -> House:
    """Open an existing database; StoreTrouble says why not."""
    return _furnish(settings, open_store(settings.database, create=False), wall or WallClock(), station)


def found_house(
    settings: Settings,
    *,
    drill: bool = False,
    street: Street | None = None,
    wall: Clock | None = None,
    station: str = "",
    at: datetime | None = None,
) -> House:
    """Create a database with the default policy, and with a street when one is given.

    ``at`` is the time a drill will be set to: its working days must be known too.
    An existing database is opened as it is and nothing is loaded into it.
    """
    fresh = not settings.database.exists()
    store = open_store(settings.database, create=True, drill=drill)
    house = _furnish(settings, store, wall or WallClock(), station)
    with house.store.read() as reads:
        bare = reads.current_policy_version() == 0
    if fresh or bare:
        from app.samples import sample_text

        house.policies.load(sample_text("policy.toml"), SYSTEM_ACTOR, uuid4(), at=at)
        if street is not None:
            house.streets.load(street, SYSTEM_ACTOR, uuid4())
    return house


def duty_clock(house: House, role: str, log: Callable[[str, BaseException], None] | None = None) -> DutyClock:
    """The duty clock over an open house; ``role`` is ``desk``, ``watch`` or ``tick``."""
    from app.engine.duty_clock import DutyClock
    from app.engine.round_clock import RoundClock

    common = (house.store, house.clock, house.policies, house.streets)
    rounds = RoundClock(*common, house.patrol_rules, house.planner, lambda: house.flood.take_effect(),
                        lambda: house.flood.ask_to_lower())  # fmt: skip
    return DutyClock(*common, rounds, role, log)


def sending(house: House, owner: str) -> Sending:
    """The sender over an open house, by the channels that this machine's file names. A drill sends nothing."""
    from app.engine.sending import Sending
    from app.outgoing import Ways, composer

    ways = Ways(house.settings.channels)
    return Sending(house.store, house.clock, owner, dict if house.station.drill else ways.read, composer(house))


def engine(
    house: House, role: str, on_round: Callable[[Round], None], on_trouble: Callable[[str, BaseException], None]
) -> Running:
    """The duty clock with its drive and its sender, not started yet."""
    from app.engine.running import Running

    clock = duty_clock(house, role, on_trouble)
    after = _with_heartbeat(house, on_round)
    return Running(
        clock, sending(house, clock.owner), house.clock.wall, after, lambda error: on_trouble("engine", error)
    )  # fmt: skip


def _with_heartbeat(house: House, on_round: Callable[[Round], None]) -> Callable[[Round], None]:
    """After each round also a sign of life to the address of the configuration, if it names one; a drill sends none."""
    url = house.settings.values.get("heartbeat")
    if not isinstance(url, str) or not url or house.station.drill:
        return on_round
    from app.channels.ping import ping
    from app.engine.heartbeat import Heartbeat

    heartbeat = Heartbeat(lambda: ping(url))

    def after(done: Round) -> None:
        heartbeat.after(done)
        on_round(done)

    return after


def _furnish(settings: Settings, store: SqlStore, wall: Clock, desk_name: str) -> House:
    clock = StreetClock(wall, store)
    policies = Policies(store, clock)
    streets = Streets(store, clock)
    with store.read() as reads:
        station = reads.station()

    def watch(on_change: Callable[[], None]) -> ChangeWatcher:
        watcher = ChangeWatcher(settings.database, on_change)
        watcher.start()
        return watcher

    house = House(
        settings=settings,
        store=store,
        clock=clock,
        policies=policies,
        streets=streets,
        desk=Desk(store, clock, policies, streets),
        duty=Duty(store, clock, streets, desk_name or station_name()),
        station=station,
        read_only=store.read_only,
        watch=watch,
        shipped_patrols=_shipped_patrols,
    )
    house.desk.flood = lambda reads, now: house.postures.view(reads, now)
    return house


def _shipped_patrols() -> str:
    from app.samples import PATROLS, sample_text

    return sample_text(PATROLS)


def station_name() -> str:
    """A name for this process as a desk: who can undo its own last action (decisions 16)."""
    return f"{os.getpid()}-{uuid4().hex[:6]}"


def demo_path(settings: Settings, name: str, wall: datetime) -> Path:
    """A fresh file for a sample, named by its start."""
    return settings.home / "demo" / f"{name}-{wall:%Y%m%d-%H%M%S}-{uuid4().hex[:4]}.db"


def sqlite_version() -> str:
    """The SQLite that is used, as it names itself."""
    return str(driver.sqlite_version)
