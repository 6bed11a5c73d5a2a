"""The store: one database file, one transaction a call, tried again from the start when it was busy (decisions 3)."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from sqlalchemy import Engine, insert
from sqlalchemy.exc import DBAPIError

from app.domain.errors import StoreTrouble, Trouble
from app.domain.message import N_, Message
from app.services.ports import Raced, Reads, Writes
from db.migrations import HEAD
from db.repositories.archive import ArchiveReading
from db.repositories.cases import CaseReading
from db.repositories.dues import DueReading
from db.repositories.events import EventReading
from db.repositories.holding import HoldingReading
from db.repositories.numbers import NumberReading
from db.repositories.posture import PostureReading
from db.repositories.standing import StandingReading
from db.repositories.station import META, StationReading, StationWriting
from db.repositories.street import StreetReading
from db.repositories.street_writing import StreetWriting
from db.sqlite.birth import create as create_file
from db.sqlite.driver import BUSY_TIMEOUT, WAL_SAFE, driver
from db.sqlite.engine import WRITE, open_engine, settle_journal
from db.sqlite.folders import make_folder, refuse_network, why_read_only
from db.sqlite.recognise import FILES_IN_USE, reading_mode, recognise
from db.sqlite.search import has_full_text
from db.sqlite.trouble import explained, is_busy

if TYPE_CHECKING:
    from app.services.briefing_ports import BriefingReads, BriefingWrites
    from app.services.duty_ports import DutyReads, DutyWrites
    from app.services.flood_ports import FloodReads, FloodWrites
    from app.services.gauge_ports import GaugeReads, GaugeWrites
    from app.services.handover_ports import HandoverReads, HandoverWrites
    from app.services.log_ports import LogReads, LogWrites
    from app.services.map_ports import MapReads, MapWrites
    from app.services.round_ports import RoundReads, RoundWrites

T = TypeVar("T")

BUSY_BUDGET = 10.0
"""Seconds a write is tried for, from the first attempt on, before the database is said to be busy."""

MIGRATION_PATIENCE = 60.0
"""Seconds to wait for another program that is bringing the database to the new version."""

ASK_AGAIN = (0.001, 0.008)
"""Seconds between two requests for the write lock: the same for everybody, however long they have waited."""

RACES = 5
"""How often a write that met somebody else's event looks again."""


class SqlReads(
    StreetReading, ArchiveReading, StandingReading, NumberReading, StationReading, CaseReading, DueReading,
    PostureReading, EventReading, HoldingReading,
):  # fmt: skip
    """``app.services.ports.Reads`` over one transaction."""

    @cached_property
    def duty(self) -> DutyReads:
        """The duty clock's rows; no first row of a desk needs them."""
        from db.repositories.duty import DutyReading

        return DutyReading(self._connection, self._path)

    @cached_property
    def rounds(self) -> RoundReads:
        """Rounds and their rules."""
        from db.repositories.rounds import RoundReading

        return RoundReading(self._connection, self._path)

    @cached_property
    def flood(self) -> FloodReads:
        """The posture in force and what holds it up."""
        from db.repositories.flood import FloodReading

        return FloodReading(self._connection, self._path)

    @cached_property
    def gauges(self) -> GaugeReads:
        """Gauge readings."""
        from db.repositories.gauges import GaugeReading

        return GaugeReading(self._connection, self._path)

    @cached_property
    def maps(self) -> MapReads:
        """The street's map."""
        from db.repositories.street_maps import MapReading

        return MapReading(self._connection, self._path)

    @cached_property
    def log(self) -> LogReads:
        """The shift log."""
        from db.repositories.shift_log import LogReading

        return LogReading(self._connection, self._path)

    @cached_property
    def briefings(self) -> BriefingReads:
        """Briefings and action items."""
        from db.repositories.briefings import BriefingReading

        return BriefingReading(self._connection, self._path)

    @cached_property
    def handovers(self) -> HandoverReads:
        """Handovers."""
        from db.repositories.handovers import HandoverReading

        return HandoverReading(self._connection, self._path)


class SqlWrites(SqlReads, StreetWriting, StationWriting):
    """``app.services.ports.Writes`` over one transaction."""

    @cached_property
    def duty(self) -> DutyWrites:
        """Changes of the duty clock's rows."""
        from db.repositories.duty import DutyWriting

        return DutyWriting(self._connection, self._path)

    @cached_property
    def rounds(self) -> RoundWrites:
        """Changes of the same."""
        from db.repositories.rounds import RoundWriting

        return RoundWriting(self._connection, self._path)

    @cached_property
    def flood(self) -> FloodWrites:
        """Changes of the same."""
        from db.repositories.flood import FloodWriting

        return FloodWriting(self._connection, self._path)

    @cached_property
    def gauges(self) -> GaugeWrites:
        """Changes of the same."""
        from db.repositories.gauges import GaugeWriting

        return GaugeWriting(self._connection, self._path)

    @cached_property
    def maps(self) -> MapWrites:
        """Changes of the same."""
        from db.repositories.street_maps import MapWriting

        return MapWriting(self._connection, self._path)

    @cached_property
    def log(self) -> LogWrites:
        """Changes of the same."""
        from db.repositories.shift_log import LogWriting

        return LogWriting(self._connection, self._path)

    @cached_property
    def briefings(self) -> BriefingWrites:
        """Changes of the same."""
        from db.repositories.briefings import BriefingWriting

        return BriefingWriting(self._connection, self._path)

    @cached_property
    def handovers(self) -> HandoverWrites:
        """Changes of the same."""
        from db.repositories.handovers import HandoverWriting

        return HandoverWriting(self._connection, self._path)


class SqlStore:
    """``app.services.ports.Store`` over one SQLite file.

    Threads may share it: each call has a pooled connection of its own. A forked child gets new connections.
    """

    def __init__(self, path: Path, read_only: str, busy_budget: float, wal: bool = True) -> None:
        self.path = path
        self.read_only = read_only
        """Why the database can only be read (a msgid), or empty."""
        self._wal = wal
        self._budget = busy_budget
        self._closing = threading.Event()
        self._inode = FILES_IN_USE.enter(path)
        self._pid = os.getpid()
        self._engine = self._opened()

    @contextmanager
    def read(self) -> Iterator[Reads]:
        """One consistent snapshot; StoreTrouble when the file cannot be read."""
        with explained(self.path), self._current().connect() as connection:
            yield SqlReads(connection, self.path)

    def write(self, work: Callable[[Writes], T]) -> T:
        """Run ``work`` in one write transaction and commit; see the port.

        A busy database is tried again until the budget is used up or the store closes, a race some times.
        """
        if self.read_only:
            raise StoreTrouble(Message(self.read_only), Trouble.READ_ONLY)
        with explained(self.path):
            return self._persist(work)

    def _persist(self, work: Callable[[Writes], T]) -> T:
        until = time.monotonic() + self._budget
        races = 0
        while True:
            try:
                return self._attempt(work)
            except Raced:
                races += 1
                if races == RACES:
                    raise
            except (DBAPIError, driver.Error) as error:
                if not is_busy(error) or time.monotonic() >= until or self._closing.is_set():
                    raise
            self._closing.wait(random.uniform(*ASK_AGAIN))

    def close(self) -> None:
        """Give the connections back; a write that waits for a lock gives up."""
        if not self._closing.is_set():
            self._closing.set()
            self._current().dispose()
            FILES_IN_USE.leave(self._inode)

    def settle_journal(self) -> None:
        """Bring the file to the journal that is safe with this SQLite; StoreTrouble when a program prevents it."""
        with explained(self.path):
            journal = settle_journal(self._current())
        if journal == "wal" and not WAL_SAFE:
            sentence = N_("{path} is in use by a program with a newer SQLite; please close it first.")
            raise StoreTrouble(Message(sentence, {"path": str(self.path)}), Trouble.BUSY)

    # -- how ---------------------------------------------------------------------------------
    def _attempt(self, work: Callable[[Writes], T]) -> T:
        with self._current().connect().execution_options(**WRITE) as connection, connection.begin():
            return work(SqlWrites(connection, self.path))

    def _opened(self) -> Engine:
        mode = partial(reading_mode, self.path, self._wal) if self.read_only else None
        return open_engine(self.path, min(BUSY_TIMEOUT, self._budget), mode)

    def _current(self) -> Engine:
        """This process's engine. A child must neither use nor close its parent's connections: they are kept unused."""
        if self._pid != os.getpid():
            _OF_PARENTS.append(self._engine)
            self._engine, self._pid = self._opened(), os.getpid()
        return self._engine


_OF_PARENTS: list[Engine] = []

_NO_FULL_TEXT = N_(
    "The SQLite of this Python has no full-text search (FTS5), which {path} needs. Please install pysqlite3."
)


def open_store(
    path: Path, *, create: bool, drill: bool = False, street: str = "", busy_budget: float = BUSY_BUDGET
) -> SqlStore:
    """Open the database at ``path``; with ``create`` make it when there is none (``drill``, ``street`` are its marks).

    An older schema is brought up to date first, after a backup. What cannot be written is opened for
    reading. StoreTrouble says in a sentence why a file is refused; such a file is not touched.
    """
    path = path.resolve()
    refuse_network(path)
    if not has_full_text():
        raise StoreTrouble(Message(_NO_FULL_TEXT, {"path": str(path)}), Trouble.UNREACHABLE)
    found = recognise(path)
    if found is None:
        if not create:
            raise StoreTrouble(Message("There is no database {path}.", {"path": str(path)}), Trouble.MISSING)
        _create(path, drill, street)
        found = recognise(path)
        if found is None:
            raise StoreTrouble(Message("There is no database {path}.", {"path": str(path)}), Trouble.MISSING)
    read_only = why_read_only(path)
    if found.schema != HEAD:
        _bring_up_to_date(path, found.schema, read_only)
    if read_only:
        return SqlStore(path, read_only, busy_budget, found.wal)
    store = SqlStore(path, "", busy_budget)
    try:
        store.settle_journal()
    except BaseException:
        store.close()
        raise
    return store


def _create(path: Path, drill: bool, street: str) -> None:
    from db.migrations.run import migrate  # alembic is slow to import and rarely needed (decisions 32)

    def fill(made: Path) -> None:
        engine = open_engine(made)
        try:
            migrate(engine, made)
            with engine.connect().execution_options(**WRITE) as connection, connection.begin():
                row = {"id": 1, "uuid": uuid4(), "drill": drill, "street": street, "clock_speed": 1.0}
                connection.execute(insert(META), row)
        finally:
            engine.dispose()

    with explained(path, system=True):
        make_folder(path.parent)
        create_file(path, fill)


def _bring_up_to_date(path: Path, schema: str, read_only: str) -> None:
    from db.migrations.run import is_known, migrate

    if not is_known(schema):
        raise StoreTrouble(
            Message("{path} was written by a newer wangge. Please update this one.", {"path": str(path)}),
            Trouble.NEWER,
        )
    if read_only:
        raise StoreTrouble(
            Message("{path} must be brought to a new version, but may only be read.", {"path": str(path)}),
            Trouble.READ_ONLY,
        )
    from db.backup import back_up_beside

    engine = open_engine(path, MIGRATION_PATIENCE)
    try:
        with explained(path, system=True):
            migrate(engine, path, before=lambda: back_up_beside(path, HEAD))
    finally:
        engine.dispose()
