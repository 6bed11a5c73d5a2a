"""A database is made and changed whole or not at all, by however many programs at once (reliability 5)."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import time
from contextlib import ExitStack
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.domain.errors import StoreTrouble, Trouble
from app.services.ports import ArchiveQuery, Named, SearchQuery, SearchWord
from db.migrations import HEAD
from db.migrations.run import migrate
from db.sqlite.birth import create, empty_file
from db.sqlite.driver import WAL_SAFE, connect
from db.sqlite.engine import open_engine
from db.unit_of_work import open_store
from tests.db.children import Tell, child, in_child
from tests.db.raw import by_hand
from tests.db.saving import save
from tests.db.searching import kept
from tests.db.story import START, STORIES, Story, story

ROOT = Path(__file__).resolve().parents[2]


def meet(path: Path, gate: Path, tell: Tell) -> None:
    """Wait for the gate, open the database, tell who it is."""
    while not gate.exists():
        time.sleep(0.001)
    store = open_store(path, create=True, drill=True)
    with store.read() as reads:
        station = reads.station()
    store.close()
    tell(f"{station.uuid} {station.schema}")


def start_together(folder: Path, processes: int, rounds: int) -> None:
    """Let processes create the same database at the same moment, round after round."""
    for number in range(rounds):
        path, gate = folder / f"{number}.db", folder / f"{number}.gate"
        with ExitStack() as stack:
            work = partial(meet, path, gate)
            children = [stack.enter_context(child(work)) for _ in range(processes)]
            gate.touch()
            met = [one.line() for one in children]
            assert [one.status() for one in children] == [0] * processes
        assert len(set(met)) == 1, "they met different databases"
        assert met[0].split()[1] == HEAD
    beside = {".db", ".db-wal", ".db-shm", ".gate"}
    assert {entry.name.lstrip("0123456789") for entry in folder.iterdir()} <= beside


@pytest.mark.slow
def test_eight_processes_create_one_database(tmp_path: Path) -> None:
    """All succeed, all meet the same database, nothing else is left in the folder."""
    start_together(tmp_path, processes=8, rounds=1)


@pytest.mark.slow
def test_eight_processes_create_one_database_ten_times(tmp_path: Path) -> None:
    """The same, ten rounds."""
    start_together(tmp_path, processes=8, rounds=10)


def test_a_killed_creation_leaves_nothing_at_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """kill -9 while the tables are made: the next program creates the database as if nothing had been."""
    path = tmp_path / "killed.db"

    def create(tell: Tell) -> None:
        def slow(engine: Engine, made: Path) -> None:
            migrate(engine, made)
            tell("made")
            time.sleep(60)

        monkeypatch.setattr("db.migrations.run.migrate", slow)
        open_store(path, create=True)

    with child(create) as killed:
        assert killed.line() == "made"
        killed.kill()
    assert not path.exists()
    store = open_store(path, create=True)
    with store.read() as reads:
        assert reads.station().schema == HEAD
    store.close()


REVISION = '''
"""A later revision, for tests."""
import time
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "{name}", "{before}", None, None
def upgrade():
    {body}
'''

REBUILD = """with op.batch_alter_table("words", recreate="always") as words:
        words.add_column(sa.Column("extra", sa.String()))"""


def history(folder: Path, *bodies: str) -> Path:
    """A folder of revisions: the real ones and then those with these bodies."""
    folder.mkdir()
    for revision in (ROOT / "db/migrations/versions").glob("*.py"):
        (folder / revision.name).write_text(revision.read_text(encoding="utf-8"), encoding="utf-8")
    before = HEAD
    for number, body in enumerate(bodies):
        name = f"t{number}"
        (folder / f"{name}.py").write_text(REVISION.format(name=name, before=before, body=body), encoding="utf-8")
        before = name
    return folder


def test_rebuilding_a_parent_keeps_its_children(database: Path, tmp_path: Path) -> None:
    """A revision that rebuilds the words table loses no row anywhere, and references are on again after it."""
    store = open_store(database, create=False)
    told = story("rated")
    case = save(store, told)
    store.close()
    engine = open_engine(database)
    migrate(engine, database, versions=history(tmp_path / "versions", REBUILD))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(extra), count(*) FROM words").one() == (
            0,
            len(case.assignments) * 5 + 1,
        )
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert connection.exec_driver_sql("SELECT count(*) FROM event").scalar() == len(told.events)
    engine.dispose()


@pytest.mark.parametrize(
    "body",
    [
        'op.execute("DELETE FROM number_day"); op.drop_table("number_day")',
        'op.execute("DROP TRIGGER words_no_delete"); op.execute("DELETE FROM words")',
    ],
)
def test_a_revision_that_loses_rows_is_taken_back(body: str, database: Path, tmp_path: Path) -> None:
    """Rows that are fewer than before, or references to nothing, undo the whole migration."""
    store = open_store(database, create=False)
    save(store, story("rated"))
    store.write(lambda writes: writes.next_number(date(2020, 7, 2)))
    store.close()
    engine = open_engine(database)
    with pytest.raises(StoreTrouble, match="stays as it was"):
        migrate(engine, database, versions=history(tmp_path / "versions", body))
    engine.dispose()
    store = open_store(database, create=False)
    with store.read() as reads:
        assert reads.events_of(story("rated").id)[0].words
    store.close()


def test_a_killed_migration_leaves_the_old_database(database: Path, tmp_path: Path) -> None:
    """kill -9 between two revisions: the database is at the old one, unlocked, and the next attempt succeeds."""
    at = tmp_path / "between"
    slow = history(tmp_path / "slow", REBUILD, f"open({str(at)!r}, 'x').close(); time.sleep(60)")
    with child(lambda _: migrate(open_engine(database), database, versions=slow)) as killed:
        while not at.exists():
            time.sleep(0.01)
        killed.kill()
    store = open_store(database, create=False)
    store.write(lambda writes: writes.set_street("JF-after"))
    store.close()
    engine = open_engine(database)
    migrate(engine, database, versions=history(tmp_path / "quick", REBUILD))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT street FROM meta").scalar() == "JF-after"
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "t0"
    engine.dispose()


def test_a_street_of_the_first_revision_is_brought_up_whole(database: Path, tmp_path: Path) -> None:
    """What was loaded before 0002 stands afterwards, cases still name their places, and new kinds are taken."""
    old = tmp_path / "old.db"
    first = tmp_path / "first"
    first.mkdir()
    source = ROOT / "db/migrations/versions/0001_first_night.py"
    (first / source.name).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    empty_file(old)
    engine = open_engine(old)
    migrate(engine, old, versions=first)
    engine.dispose()
    with by_hand(old) as connection:
        connection.execute("ATTACH DATABASE ? AS now", (str(database),))
        for table in ("unit", "member", "place"):
            names = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
            columns = ", ".join(names)
            kind = "CASE kind WHEN 'vending_zone' THEN 'road' WHEN 'service_center' THEN 'building' ELSE kind END"
            wanted = columns.replace("kind", kind) if table == "place" else columns
            connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {wanted} FROM now.{table}")
        count = connection.execute("SELECT count(*) FROM main.place").fetchone()
        connection.commit()
    engine = open_engine(old)
    migrate(engine, old)
    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*), count(own_pinyin) FROM place").one() == (*count, 0)
        assert connection.exec_driver_sql("SELECT count(managed_by) FROM member").scalar() == 0
        connection.exec_driver_sql("UPDATE place SET kind = 'vending_zone' WHERE code = 'longfeng_b3'")
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    engine.dispose()


OLD_KINDS = (
    "draft_stale", "approval", "dispatch", "acknowledge", "report_in_half", "report_in", "zone_platform", "feedback",
    "made_safe", "consult", "close_half", "close", "check", "review", "rate",
)  # fmt: skip
"""Kinds of due rows that there were before 0005."""


def as_it_was(database: Path, folder: Path, revision: int) -> Path:
    """A database of an earlier revision with everything of this one that it could hold."""
    old, versions = folder / "old.db", folder / "versions"
    versions.mkdir()
    for source in sorted((ROOT / "db/migrations/versions").glob("0*.py"))[:revision]:
        shutil.copy(source, versions / source.name)

    def fill(made: Path) -> None:
        engine = open_engine(made)
        migrate(engine, made, versions=versions)
        engine.dispose()

    create(old, fill)
    with by_hand(old) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("ATTACH DATABASE ? AS now", (str(database),))
        tables = [row[0] for row in connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")]
        for table in tables:
            if table in ("alembic_version", "sqlite_sequence") or table.startswith("search"):
                continue
            names = ", ".join(f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info({table})"))
            only = f" WHERE kind IN {OLD_KINDS}" if table == "due" else ""
            connection.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM now.{table}{only}")
        connection.commit()
    return old


def test_cases_of_the_second_revision_are_found_and_stand_in_the_archive(database: Path, tmp_path: Path) -> None:
    """What 0003 derives of cases written before it is what it would have written with them."""
    store = open_store(database, create=False)
    save(store, Story("into", number="W-20200701-01", start=START - timedelta(days=1)).blow())
    for n, name in enumerate(STORIES):
        number = f"W-20200703-{n + 1:02d}"
        save(store, STORIES[name][1](Story(name, number=number, start=START + timedelta(hours=n))))
    with store.read() as reads:
        archive = reads.archive(ArchiveQuery())
    store.close()
    old = as_it_was(database, tmp_path, 2)
    store = open_store(old, create=False)
    with store.read() as reads:
        assert reads.station().schema == HEAD
        assert reads.archive(ArchiveQuery()) == archive
    assert len(archive.rows) == 5
    assert kept(old) == kept(database)
    assert len(kept(old)) == len(STORIES) + 1
    store.close()


def test_cases_of_the_third_revision_are_found_by_their_owner(database: Path) -> None:
    """What 0004 adds to the rows of search is what the program writes, and the index finds by it."""
    store = open_store(database, create=False)
    save(store, Story("into", number="W-20200701-01", start=START - timedelta(days=1)).blow())
    save(store, story("returned"))
    store.close()
    with by_hand(database) as connection:
        connection.execute("UPDATE whistle SET owner = 'JF-ZB2' WHERE number LIKE 'W-20200702%'")
        connection.execute("UPDATE alembic_version SET version_num = '0003'")
        connection.execute("DROP INDEX ix_whistle_next_due")
        connection.execute("DROP INDEX ix_event_corrects")
        for table in (
            "outbox",
            "notice",
            "reminder",
            "route",
            "engine",
            "engine_module",
            "household",
            "handover_entry",
            "handover_gear",
            "handover",
            "briefing_note",
            "briefing_present",
            "action_item",
            "briefing",
            "log_entry",
            "finding",
            "planned_round",
            "round_plan",
            "round",
            "round_day",
            "patrol_rules",
            "warning_reference",
            "warning",
            "warning_file",
            "response_level",
            "posture",
            "gauge_reading",
            "gauge_told",
            "street_map",
        ):
            connection.execute(f"DROP TABLE {table}")
        connection.commit()
    store = open_store(database, create=False)
    with store.read() as reads:
        assert reads.station().schema == HEAD
        owned = reads.search_ids(SearchQuery((SearchWord("", (Named("member", "JF-ZB2"),)),)))
    assert len(owned) == 1
    brought_up = kept(database)
    store.write(lambda writes: writes.rebuild_search())
    assert kept(database) == brought_up
    store.close()


def test_an_older_database_is_backed_up_and_brought_up(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opening brings the schema up after a backup beside the file, 0600, that still has the old one; once."""
    versions = history(tmp_path / "versions", REBUILD)
    monkeypatch.setattr("db.unit_of_work.HEAD", "t0")
    import db.migrations.run as run

    monkeypatch.setattr(run, "configuration", lambda _=None, made=run.configuration: made(versions))
    for _ in range(2):
        open_store(database, create=False).close()
    (backup,) = database.parent.glob("*.before-t0*")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with by_hand(backup) as old, by_hand(database) as new:
        assert old.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
        assert new.execute("SELECT version_num FROM alembic_version").fetchone() == ("t0",)
        assert (
            old.execute("SELECT count(*) FROM unit").fetchone() == new.execute("SELECT count(*) FROM unit").fetchone()
        )


def test_a_newer_database_is_refused_and_left_as_it_is(database: Path) -> None:
    """Even with changes a killed program left in the journal: not a byte of the file moves."""

    def leave_behind(_: Tell) -> None:
        connection = connect(database)
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        os._exit(0)

    in_child(leave_behind)
    assert database.with_name("wangge.db-wal").exists() is WAL_SAFE
    before = untouched(database)
    with pytest.raises(StoreTrouble, match="newer") as caught:
        open_store(database, create=True)
    assert caught.value.trouble is Trouble.NEWER
    assert untouched(database) == before


def untouched(path: Path) -> tuple[bytes, int, bytes]:
    """All that must not change: bytes, time of change, and the journal beside it."""
    beside = path.with_name(path.name + "-wal")
    return path.read_bytes(), path.stat().st_mtime_ns, beside.read_bytes() if beside.exists() else b""


def test_opening_a_current_database_does_not_load_alembic(database: Path) -> None:
    """The version check is one SELECT (decisions 32)."""
    code = (
        "import sys; from pathlib import Path; from db.unit_of_work import open_store\n"
        "open_store(Path(sys.argv[1]), create=False).close()\n"
        "print([name for name in ('alembic', 'mako', 'pypinyin') if name in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(database)], cwd=ROOT, capture_output=True, text=True)
    assert (ended.stdout, ended.stderr) == ("[]\n", "")


def test_due_rows_of_the_fourth_revision_stay_as_they_are(database: Path, tmp_path: Path) -> None:
    """What 0005 makes anew holds every row in its state, and kinds that nobody knew before are taken."""
    store = open_store(database, create=False)
    save(store, Story("into", number="W-20200701-01", start=START - timedelta(days=1)).blow())
    for n, name in enumerate(STORIES):
        save(store, STORIES[name][1](Story(name, number=f"W-20200703-{n + 1:02d}", start=START + timedelta(hours=n))))
    store.close()
    old = as_it_was(database, tmp_path, 4)
    rows = "SELECT id, whistle_id, assignment_id, kind, nth, at, state FROM due ORDER BY id"
    with by_hand(old) as connection:
        connection.execute("UPDATE due SET state = 'fired' WHERE kind = 'close_half'")
        connection.commit()
        before = connection.execute(rows).fetchall()
    assert before
    open_store(old, create=False).close()
    with by_hand(old) as connection:
        assert connection.execute(rows).fetchall() == before
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("UPDATE due SET kind = 'new' WHERE id = (SELECT min(id) FROM due WHERE nth = 1)")
        assert connection.execute("SELECT count(*) FROM notice").fetchone() == (0,)
