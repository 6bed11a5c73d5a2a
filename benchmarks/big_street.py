"""Makes a street with very many closed cases once, keeps it in the cache folder, and lends it to benchmarks.

Cases are folded from their events by the product's own rules and written through its own tables, only in bulk:
whatever reads such a file cannot tell it from one that grew case by case. A closed case has the fewest events
that rebuild it (decisions 31); one in four had a department on site.
"""

from __future__ import annotations

import gc
import os
import random
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, update

from app.bootstrap import found_house
from app.domain.actor import SYSTEM_ACTOR, Channel
from app.domain.due_history import DueKey, key_of
from app.domain.dues import Due, DueKind
from app.domain.events import Event, EventKind, Json, assignment_stream, whistle_stream
from app.domain.fold import rebuild
from app.domain.org import Role
from app.domain.policy import Policy, WhistleKind
from app.domain.whistle import Case, left_board_at
from app.samples import STREET, sample_text
from app.samples.script import ScriptClock
from app.services.org_file import read_org_toml
from app.settings import Settings
from benchmarks.year_of_rounds import walk_days
from db.migrations import HEAD
from db.migrations.run import migrate
from db.repositories.cases import END_OF_TIME, UNKNOWN
from db.repositories.numbers import short_number
from db.repositories.rows import canonical, values_of
from db.repositories.search_rows import fill_search
from db.repositories.words import digest_of
from db.sqlite.engine import WRITE, open_engine
from db.tables.base import table
from db.tables.cases import AssignmentRow, DueRow, DueState, WhistleRow
from db.tables.events import EventRow, WordsRow
from db.tables.station import MetaRow

EDITION = 3
"""Raised when the cases are made otherwise: kept files of another edition are made anew, those of an earlier schema
are migrated."""

NOW = datetime(2020, 7, 2, 16, 40, tzinfo=UTC)
"""Where the drill clock of a lent street stands: 00:40 of the night, street time."""

DAYS = 2_900
"""The closed cases lie in so many days before the night."""

BYTES_A_CASE = 4_500
"""Room on the disk that one case needs while the file is made."""

ON_SITE = {WhistleKind.EMERGENCY: timedelta(minutes=31), WhistleKind.JOINT_ENFORCEMENT: timedelta(minutes=122)}
"""From the whistle until somebody must be on site, with the minutes that approval and dispatch take here."""

EMERGENCIES = timedelta(minutes=28)
"""Limits that lie so near are those of emergencies: their time on site has begun before ``NOW``."""

OLDEST = 2_000
"""Minutes since the longest open case was blown: each hour of it fires again."""

AT_ONCE = 2_000
"""Cases in one statement."""

K = EventKind
GRIDS = tuple(
    (f"JF-{community}-G{n:02d}", f"JF-{community}")
    for community, most in (("SH", 4), ("GNP", 4), ("LF", 4), ("WX", 4), ("MLP", 3), ("PPA", 3))
    for n in range(1, most + 1)
)
MATTERS = ("井盖被冲走，洞口翻水", "路灯不亮", "排洪沟堵了", "垃圾没人清", "电动车堵住楼道", "流动摊贩占道",
           "墙皮脱落要砸人", "水管爆了", "树倒了压住电线", "夜里施工吵人", "狗没拴绳", "下水道反味")  # fmt: skip
PLACES = ("双河大桥旁", "溶江小区门口", "建材市场后街", "安置小区3栋", "小学围墙边", "农贸市场东口", "产业园南门")
DEPARTMENTS = ("utilities_center", "emergency_bureau", "enforcement_brigade", "beauty_office", "safety_bureau")


class NoRoom(Exception):
    """The disk is too full for the file that was asked for."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many cases a street has; ``clocks`` = the limits of the open ones lie so far apart, from a minute ago on.

    With ``days`` the closed ones fill so many days up to the night, and rounds were walked on each of them.
    """

    closed: int
    open: int = 2_000
    clocks: timedelta | None = None
    days: int = 0

    @property
    def before(self) -> int:
        """Numbers of a day that its rounds have taken: their problems became whistles."""
        return 5_000 if self.days else 0


def lend(size: Size) -> Path:
    """The kept file of a size, made first when there is none. Raises NoRoom.

    Its clock stands still at ``NOW``: no desk's duty clock writes into it, and each run finds what the last one found.
    """
    clocks = f"-{size.clocks.seconds}s" if size.clocks else ""
    days = f"-{size.days}d" if size.days else ""
    named = f"street-{size.closed}-{size.open}{clocks}{days}"
    kept = cache_folder() / f"{named}-{HEAD}-{EDITION}.db"
    if not kept.exists():
        _bring_up(kept, sorted(kept.parent.glob(f"{named}-[0-9]*-{EDITION}.db")))
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        need, free = (size.closed + size.open) * BYTES_A_CASE, shutil.disk_usage(kept.parent).free
        if free < 2 * need:
            raise NoRoom(f"{size.closed} cases need {need >> 20} MB in {kept.parent}, of {free >> 20} MB free")
        made = kept.with_name(f".{kept.name}.{os.getpid()}.new")
        try:
            make(made, size)
            made.replace(kept)
        finally:
            for leftover in (made, *(made.with_name(made.name + end) for end in ("-wal", "-shm", "-journal"))):
                leftover.unlink(missing_ok=True)
    _set_clock(kept, 0.0)
    return kept


def lend_copy(size: Size, folder: Path, *, runs: bool = False) -> Path:
    """A copy to write into; ``runs`` = its clock goes on from ``NOW``. Raises NoRoom."""
    copied = Path(shutil.copy(lend(size), folder))
    _set_clock(copied, 1.0 if runs else 0.0)
    return copied


def _bring_up(kept: Path, earlier: list[Path]) -> None:
    """Migrate the newest file of an earlier schema, as the product does, without keeping a copy; the others go."""
    for path in earlier[:-1]:
        path.unlink()
    for path in earlier[-1:]:
        engine = open_engine(path)
        try:
            migrate(engine, path)
        finally:
            engine.dispose()
        path.replace(kept)


def cache_folder() -> Path:
    """WANGGE_CACHE, else the user's cache folder."""
    own = os.environ.get("WANGGE_CACHE", "")
    root = os.environ.get("XDG_CACHE_HOME", "") or Path.home() / ".cache"
    return Path(own) if own else Path(root) / "wangge"


def make(path: Path, size: Size) -> None:
    """Write the whole street into a new file; the oldest case first, as they would have come."""
    settings = Settings(path.parent, path.parent / "config.toml", path.parent, path)
    wall = ScriptClock(NOW - timedelta(hours=4))
    house = found_house(settings, drill=True, street=read_org_toml(sample_text(STREET), STREET), wall=wall, at=NOW)
    try:
        policy = house.policies.current()
        if size.days:
            walk_days(house, size.days, whistled=1)
    finally:
        house.close()
    engine = open_engine(path)
    gc.disable()
    try:
        pooled = engine.raw_connection()  # the pool hands out this one again
        for setting in ("foreign_keys=OFF", "synchronous=OFF", "journal_mode=MEMORY", "cache_size=-600000"):
            pooled.cursor().execute(f"PRAGMA {setting}")
        pooled.close()
        with engine.connect().execution_options(**WRITE) as connection, connection.begin():
            _fill(connection, size, policy)
        with engine.connect().execution_options(**WRITE) as connection, connection.begin():
            fill_search(connection)
    finally:
        gc.enable()
        engine.dispose()


def _set_clock(path: Path, speed: float) -> None:
    engine = open_engine(path)
    try:
        with engine.connect().execution_options(**WRITE) as connection, connection.begin():
            values = {"clock_drill_at": NOW, "clock_real_at": datetime.now(UTC), "clock_speed": speed}
            connection.execute(update(table(MetaRow)).values(values))
    finally:
        engine.dispose()


# -- writing ---------------------------------------------------------------------------------
_TABLES = {row: insert(table(row)) for row in (WordsRow, WhistleRow, AssignmentRow, DueRow, EventRow)}


def _fill(connection: Connection, size: Size, policy: Policy) -> None:
    rows: dict[type[Any], list[dict[str, Any]]] = {row: [] for row in _TABLES}
    for n, told in enumerate(_all(size), 1):
        _add(rows, told, *_until_now(told, policy))
        if n % AT_ONCE == 0 or n == size.closed + size.open:
            for row, statement in _TABLES.items():
                if rows[row]:
                    connection.execute(statement, rows[row])
                rows[row].clear()
            if sys.stderr.isatty():
                print(f"\r  making a street: {n} cases", end="", file=sys.stderr, flush=True)
    if sys.stderr.isatty():
        print(file=sys.stderr)


def _until_now(told: _Told, policy: Policy) -> tuple[Case, tuple[Due, ...]]:
    """The case at ``NOW``: whatever was due before then has fired, though nobody was told of it."""
    while True:
        case, dues = rebuild(told.events, lambda _: policy)
        due = next((due for due in dues if due.at <= NOW and key_of(due) not in told.fired), None)
        if due is None:
            return case, dues
        told.fires(due, case)


def _add(rows: Mapping[type[Any], list[dict[str, Any]]], told: _Told, case: Case, dues: Iterable[Due]) -> None:
    """The rows that the product would have written for a case."""
    whistle = case.whistle
    limits = {"short_number": short_number(whistle.number), "board_at": whistle.deadline_at or END_OF_TIME}
    rows[WhistleRow].append({**values_of(whistle, empty=UNKNOWN), **limits, "left_at": left_board_at(whistle)})
    rows[AssignmentRow] += [{**values_of(a), "position": n} for n, a in enumerate(case.assignments)]
    rows[DueRow] += [
        {"whistle_id": whistle.id, "assignment_id": due.assignment_id, "kind": due.kind, "nth": due.nth, "at": due.at,
         "state": DueState.FIRED if key_of(due) in told.fired else DueState.PENDING} for due in dues
    ]  # fmt: skip
    for event in told.events:
        digest = None
        if event.words_id is not None:
            body, salt = canonical(event.words), event.id.hex
            digest = digest_of(salt, body)
            rows[WordsRow].append({"id": event.words_id, "digest": digest, "salt": salt, "body": body})
        rows[EventRow].append({
            "id": event.id, "stream": event.stream, "stream_version": event.stream_version, "kind": event.kind,
            "schema": event.schema, "payload": canonical(event.payload), "corrects": None, "actor": event.actor,
            "role": event.role, "on_behalf_of": "", "channel": event.channel, "words_id": event.words_id,
            "words_digest": digest, "occurred_at": event.occurred_at, "occurred_precision": event.occurred_precision,
            "recorded_at": event.recorded_at, "station": "bench", "whistle_id": event.whistle_id,
        })  # fmt: skip


# -- telling ---------------------------------------------------------------------------------
class _Told:
    """One case as a row of facts, each a minute after the one before."""

    def __init__(self, chance: random.Random, number: str, at: datetime, kind: WhistleKind) -> None:
        self.id = UUID(int=chance.getrandbits(128), version=4)
        self.events: list[Event] = []
        self.fired: set[DueKey] = set()
        self._chance, self._at = chance, at
        self._versions: dict[str, int] = {}
        grid, community = chance.choice(GRIDS)
        self.add(
            K.BLOWN,
            {"kind": kind.value, "severity": chance.choice(("critical", "normal")),
             "grid": grid, "community": community, "matter": "", "source": "patrol", "policy": 1,
             "approval": kind is not WhistleKind.EMERGENCY, "number": number},
            {"title": chance.choice(MATTERS), "place_text": f"{chance.choice(PLACES)}{chance.randrange(1, 200)}号"},
        )  # fmt: skip
        if kind is not WhistleKind.EMERGENCY:
            self.add(K.APPROVED, {"level": "street"})

    @property
    def at(self) -> datetime:
        """The instant of the next fact."""
        return self._at

    def add(self, kind: EventKind, payload: Mapping[str, Json], words: Mapping[str, str] | None = None) -> _Told:
        """One more fact, on a department's stream when it names one."""
        stream = whistle_stream(self.id)
        if "department" in payload:
            stream = assignment_stream(self.id, str(payload["department"]), 1)
        version = self._versions[stream] = self._versions.get(stream, 0) + 1
        id_ = UUID(int=self._chance.getrandbits(128), version=4)
        self.events.append(
            Event(id_, stream, version, kind, payload, "JF-ZB1", Role.DUTY_OFFICER, self._at, self._at,
                  words=words or {}, words_id=UUID(int=self._chance.getrandbits(128), version=4) if words else None,
                  whistle_id=self.id, station="bench")
        )  # fmt: skip
        self._at += timedelta(minutes=1)
        return self

    def fires(self, due: Due, case: Case) -> None:
        """The entries that the duty clock would have made of a due row, at its instant."""
        payload: dict[str, Json] = {
            "due": due.kind.value, "nth": due.nth, "at": due.at.isoformat(), "step": 1,
            "assignment": due.assignment_id.hex if due.assignment_id else None,
        }  # fmt: skip
        self.fired.add(key_of(due))
        self._by_the_clock(K.REMINDED, f"notice/{self._chance.getrandbits(128):032x}", payload, due.at)
        late = next((a for a in case.assignments if a.id == due.assignment_id), None)
        if due.kind is DueKind.REPORT_IN and late is not None:
            stream = assignment_stream(self.id, late.department, late.nth)
            self._by_the_clock(K.NO_SHOW, stream, {"department": late.department, "nth": late.nth}, due.at)

    def _by_the_clock(self, kind: EventKind, stream: str, payload: Mapping[str, Json], at: datetime) -> None:
        version = self._versions[stream] = self._versions.get(stream, 0) + 1
        id_ = UUID(int=self._chance.getrandbits(128), version=4)
        self.events.append(
            Event(id_, stream, version, kind, payload, SYSTEM_ACTOR.member, Role.SYSTEM, at, at, channel=Channel.SYSTEM,
                  whistle_id=self.id, station="bench")
        )  # fmt: skip

    def sent(self, *departments: str) -> _Told:
        """Departments are whistled for, the first as lead."""
        called: list[Json] = [
            {"code": code, "role": "assist" if n else "lead", "nth": 1} for n, code in enumerate(departments)
        ]
        return self.add(K.DISPATCHED, {"departments": called})

    def on_site(self, department: str) -> _Told:
        """Somebody of the department is there."""
        return self.add(K.REPORTED_IN, {"department": department, "nth": 1}, {"person": "值班师傅"})


def _all(size: Size) -> Iterator[_Told]:
    chance = random.Random(size.closed)
    days = size.days or DAYS
    first = NOW - timedelta(days=days)
    step = timedelta(days=days if size.days else days - 2) / max(1, size.closed)
    day, nth = "", 0
    for n in range(size.closed):
        at = first + n * step
        today = f"{at:%Y%m%d}"
        day, nth = today, 1 if today != day else nth + 1
        yield _closed(
            _Told(chance, f"W-{today}-{size.before + nth:02d}", at, _kind(n)), n, chance, all_rated=size.days > 0
        )
    for n in range(size.open):
        yield _open(n, size, chance)


def _kind(n: int) -> WhistleKind:
    return WhistleKind.EMERGENCY if n % 3 else WhistleKind.ROUTINE


def _closed(told: _Told, n: int, chance: random.Random, *, all_rated: bool) -> _Told:
    if n % 20 == 0:
        return told.add(K.WITHDRAWN, {}, {"reason": "已自行处理"})
    if n % 4 == 1:
        department = chance.choice(DEPARTMENTS)
        told.sent(department).on_site(department).add(K.DONE, {"department": department, "nth": 1})
    told.add(K.CHECKED, {"passed": True})
    by_default = n % 5 <= 2
    if by_default and not all_rated and told.at > NOW - timedelta(days=3):
        return told
    return told.add(K.RATED, {"score": 5, "default": by_default})


def _open(n: int, size: Size, chance: random.Random) -> _Told:
    number = f"W-{NOW:%Y%m%d}-{2 * size.before + n + 1:02d}"
    if size.clocks:  # the first should have been on site a minute ago
        limit, department = NOW - timedelta(minutes=1) + n * size.clocks, chance.choice(DEPARTMENTS)
        kind = WhistleKind.EMERGENCY if limit < NOW + EMERGENCIES else WhistleKind.JOINT_ENFORCEMENT
        told = _Told(chance, number, limit - ON_SITE[kind], kind).sent(department)
        return told.add(K.ACKNOWLEDGED, {"department": department, "nth": 1})
    told = _Told(chance, number, NOW - timedelta(minutes=5 + n % OLDEST), _kind(n))
    departments = chance.sample(DEPARTMENTS, 1 + n % 3)
    if n % 5:
        told.sent(*departments)
        return told.on_site(departments[0]) if n % 2 else told
    return told


if __name__ == "__main__":
    print(lend(Size(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2_000)))
