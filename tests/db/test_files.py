"""What is not a database of ours, or may not be written, is said in one sentence and left as it is (reliability)."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.domain.errors import StoreTrouble, Trouble
from db.sqlite import folders
from db.sqlite.folders import file_system, refuse_network
from db.unit_of_work import open_store
from tests.db.children import NOBODY, Tell, give_up_rights, in_child

Picture = dict[str, tuple[int, int, bytes]]


def picture(folder: Path) -> Picture:
    """Everything in a folder: size, time of change and bytes of each file."""
    return {
        entry.name: (entry.stat().st_size, entry.stat().st_mtime_ns, entry.read_bytes() if entry.is_file() else b"")
        for entry in folder.iterdir()
    }


def foreign(path: Path, journal: str) -> None:
    """A database of another program, with something in it."""
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA journal_mode={journal}")
    connection.execute("CREATE TABLE meta (id INTEGER)")
    connection.execute("PRAGMA user_version=7")
    connection.commit()
    connection.close()


def cut(database: Path, path: Path, length: int) -> None:
    """The beginning of a real database."""
    path.write_bytes(database.read_bytes()[:length])


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize(
    ("kind", "trouble", "said"),
    [
        ("empty", Trouble.NOT_OURS, "is empty"),
        ("text", Trouble.NOT_OURS, "not a wangge database"),
        ("folder", Trouble.NOT_OURS, "not a file"),
        ("foreign", Trouble.NOT_OURS, "another program"),
        ("foreign wal", Trouble.NOT_OURS, "another program"),
        ("cut in the header", Trouble.DAMAGED, "damaged"),
        ("cut after a page", Trouble.DAMAGED, "damaged"),
        ("cut at the end", Trouble.DAMAGED, "damaged"),
        ("under a file", Trouble.UNREACHABLE, "cannot be reached"),
    ],
)
def test_what_is_not_ours_is_recognised_and_not_touched(
    kind: str, trouble: Trouble, said: str, create: bool, bare_database: Path, tmp_path: Path
) -> None:
    """With and without leave to create: one sentence that names the path, and not a byte or time changes."""
    path = tmp_path / "some.db"
    size = bare_database.stat().st_size
    make: dict[str, Callable[[], object]] = {
        "empty": lambda: path.touch(),
        "text": lambda: path.write_text("网格指挥台\n" * 1000, encoding="utf-8"),
        "folder": lambda: path.mkdir(),
        "foreign": lambda: foreign(path, "delete"),
        "foreign wal": lambda: foreign(path, "wal"),
        "cut in the header": lambda: cut(bare_database, path, 60),
        "cut after a page": lambda: cut(bare_database, path, 4096),
        "cut at the end": lambda: cut(bare_database, path, size - 5000),
        "under a file": lambda: path.write_text("x"),
    }
    make[kind]()
    asked = path / "inner.db" if kind == "under a file" else path
    before = picture(tmp_path)
    with pytest.raises(StoreTrouble, match=said) as caught:
        open_store(asked, create=create)
    assert caught.value.trouble is trouble
    assert caught.value.message.params["path"] == str(asked)
    assert picture(tmp_path) == before


def test_a_missing_database_is_not_made_unasked(tmp_path: Path) -> None:
    """Without leave to create nothing appears, no folder either."""
    with pytest.raises(StoreTrouble) as caught:
        open_store(tmp_path / "none" / "at all.db", create=False)
    assert caught.value.trouble is Trouble.MISSING
    assert list(tmp_path.iterdir()) == []


def look(path: Path, create: bool) -> dict[str, object]:
    """Open, read and try to write; what came of it."""
    told: dict[str, object] = {}
    try:
        store = open_store(path, create=create)
        told["read_only"] = store.read_only
        with store.read() as reads:
            told["units"] = len(reads.street().units)
            told["open"] = reads.open_count()
        try:
            store.write(lambda writes: writes.set_street("written"))
        except StoreTrouble as trouble:
            told["write"] = [trouble.trouble, trouble.message.msgid]
        store.close()
    except StoreTrouble as trouble:
        told["refused"] = trouble.trouble
    return told


def as_nobody(*paths: Path, create: bool = False) -> list[dict[str, object]]:
    """Look at each as a user without rights to everything."""

    def work(tell: Tell) -> None:
        give_up_rights()
        for path in paths:
            tell(json.dumps(look(path, create)))

    return [json.loads(line) for line in in_child(work)]


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that the user of ``as_nobody`` owns and can reach."""
    folder = Path(tempfile.mkdtemp())
    lend(folder, 0o600, 0o700)
    yield folder
    for inner in (folder, *folder.iterdir()):
        inner.chmod(0o700)
    shutil.rmtree(folder)


def lend(folder: Path, of_file: int, of_folder: int) -> None:
    """Give folder and files to that user with these rights."""
    entries = list(folder.iterdir())
    for entry in entries:
        entry.chmod(of_file)
    folder.chmod(of_folder)
    if os.getuid() == 0:
        for entry in (*entries, folder):
            os.chown(entry, NOBODY, NOBODY)


FILE = "This user may only read the database."
FOLDER = "This user may only read the folder of the database."


def test_a_database_that_may_only_be_read_is_shown(street_database: Path, shared: Path) -> None:
    """View mode with either journal: it says why, reads work, a write is refused so, and nothing is touched or made."""
    rights = [(0o400, 0o700, FILE), (0o600, 0o500, FOLDER), (0o400, 0o500, FILE)]
    paths: list[Path] = []
    reasons: list[str] = []
    before: list[Picture] = []
    for journal in ("wal", "delete"):
        for of_file, of_folder, why in rights:
            folder = shared / str(len(paths))
            folder.mkdir()
            path = Path(shutil.copy(street_database, folder / "wangge.db"))
            connection = sqlite3.connect(path)
            connection.execute(f"PRAGMA journal_mode={journal}")
            connection.close()
            before.append(picture(folder))
            lend(folder, of_file, of_folder)
            paths.append(path)
            reasons.append(why)
    told = as_nobody(*paths)
    assert told == [{"read_only": why, "units": 30, "open": 0, "write": [Trouble.READ_ONLY, why]} for why in reasons]
    for path in paths:
        path.parent.chmod(0o700)
    assert [picture(path.parent) for path in paths] == before


def test_what_may_not_even_be_read_is_said_so(street_database: Path, shared: Path) -> None:
    """No rights to the file or its folder: a sentence, no traceback, with leave to create too."""
    paths = []
    for of_file, of_folder in ((0o000, 0o700), (0o600, 0o000)):
        folder = shared / f"{of_file:o}"
        folder.mkdir()
        paths.append(Path(shutil.copy(street_database, folder / "wangge.db")))
        lend(folder, of_file, of_folder)
    assert as_nobody(*paths) == as_nobody(*paths, create=True) == [{"refused": Trouble.UNREACHABLE}] * 2


def test_a_folder_that_may_not_be_written_gets_no_database(shared: Path) -> None:
    """Creating there is refused in a sentence and leaves nothing."""
    lend(shared, 0o600, 0o500)
    assert as_nobody(shared / "new.db", create=True) == [{"refused": Trouble.READ_ONLY}]
    assert list(shared.iterdir()) == []


def test_sqlites_own_files_of_a_killed_program_are_used(street_database: Path, shared: Path) -> None:
    """What a killed program had committed to the journal is there for the next one."""
    path = Path(shutil.copy(street_database, shared / "wangge.db"))

    def write_and_die(_: Tell) -> None:
        store = open_store(path, create=False)
        store.write(lambda writes: writes.set_street("kept"))
        os._exit(0)

    in_child(write_and_die)
    store = open_store(path, create=False)
    with store.read() as reads:
        assert reads.station().street == "kept"
    store.close()


def test_a_killed_program_with_a_rollback_journal_is_recovered(street_database: Path, tmp_path: Path) -> None:
    """Where WAL is not safe: pages half written by a killed program are rolled back by the next one."""
    path = Path(shutil.copy(street_database, tmp_path / "wangge.db"))

    def write_half_and_die(_: Tell) -> None:
        connection = sqlite3.connect(path, isolation_level=None)
        for statement in (
            "PRAGMA journal_mode=DELETE",
            "PRAGMA cache_size=2",
            "BEGIN IMMEDIATE",
            "UPDATE place SET hazard = hex(zeroblob(3000))",
            "UPDATE member SET phone = hex(zeroblob(3000))",
        ):
            connection.execute(statement)
        os._exit(0)

    in_child(write_half_and_die)
    assert path.with_name("wangge.db-journal").stat().st_size
    store = open_store(path, create=False)
    with store.read() as reads:
        assert {len(place.hazard) > 1000 for place in reads.street().places} == {False}
    store.close()


MOUNTS = """\
/dev/vda / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
/dev/vdb /home/local xfs rw 0 0
//box/share /mnt/my\\040share cifs rw 0 0
me@far:/ /mnt/far fuse.sshfs rw 0 0
C: /mnt/c 9p rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/wangge.db", "ext4"),
        ("/home/a/wangge.db", "nfs4"),
        ("/home/local/wangge.db", "xfs"),
        ("/homely/wangge.db", "ext4"),
        ("/mnt/my share/wangge.db", "cifs"),
        ("/mnt/far/x/y.db", "fuse.sshfs"),
        ("/mnt/c/wangge.db", "9p"),
    ],
)
def test_the_file_system_of_a_path_is_that_of_the_nearest_mount(path: str, kind: str) -> None:
    """The longest mount point above the path decides; spaces in names are understood."""
    assert file_system(Path(path), MOUNTS) == kind
    assert (kind in folders.NETWORK) is (kind not in ("ext4", "xfs"))


def test_a_network_folder_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is created there, and the sentence names the kind."""
    table = tmp_path / "mounts"
    table.write_text(f"/dev/vda / ext4 rw 0 0\nserver:/x {tmp_path / 'net'} nfs rw 0 0\n")
    (tmp_path / "net").mkdir()
    monkeypatch.setattr(folders, "MOUNTS", table)
    with pytest.raises(StoreTrouble) as caught:
        open_store(tmp_path / "net" / "wangge.db", create=True)
    assert caught.value.trouble is Trouble.NETWORK_FOLDER
    assert caught.value.message.params["kind"] == "nfs"
    assert list((tmp_path / "net").iterdir()) == []
    refuse_network(tmp_path / "wangge.db")


def test_a_sandbox_whose_root_is_a_share_is_let_pass() -> None:
    """A 9p root belongs to one sandbox alone."""
    assert file_system(Path("/var/wangge.db"), "none / 9p rw 0 0\n") == ""
