"""Files and rows that cannot be read or written: a word on the screen, a sentence, and nothing is touched."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from app.__main__ import main
from tests.terminal.desk import CASE, DRY, OFFICER, ROOT, command, environment, lay, open_desk
from tests.terminal.pty_screen import PtyScreen

BOX = "╭"
AS_ANYBODY = (
    "import ctypes, os, sys; libc = ctypes.CDLL(None); [libc.prctl(24, n, 0, 0, 0) for n in (1, 2)];"
    " os.execvp(sys.argv[1], sys.argv[1:])"
)
"""Becomes a program for which file modes count even when root starts it."""


# -- files that cannot be used ---------------------------------------------------------------------
def modes_count(folder: Path) -> bool:
    """Whether ``AS_ANYBODY`` makes the mode of a folder count here."""
    probe = "import os, sys; sys.exit(os.access(sys.argv[1], os.W_OK))"
    wrapped = [sys.executable, "-I", "-c", AS_ANYBODY, sys.executable, "-c", probe, str(folder)]
    return subprocess.run(wrapped).returncode == 0


@pytest.mark.parametrize(("of_file", "of_folder"), [(0o400, 0o500), pytest.param(0o600, 0o500, marks=pytest.mark.slow)])
def test_what_may_only_be_read_is_shown_and_says_so(tmp_path: Path, of_file: int, of_folder: int) -> None:
    """只读 stands in the header, every action is refused by a sentence, nothing is made or changed."""
    folder = tmp_path / "closed"
    folder.mkdir()
    database = lay(folder)
    before = database.read_bytes()
    database.chmod(of_file)
    folder.chmod(of_folder)
    if not modes_count(folder):
        pytest.skip("here a file's mode binds nobody")
    env = environment(tmp_path / "home")
    wrapped = [sys.executable, "-I", "-c", AS_ANYBODY, *command(database)]
    try:
        with PtyScreen(wrapped, env=env, cwd=ROOT) as screen:
            screen.wait_for(CASE, 60)
            assert "只读" in screen.lines()[0]
            for key in ("f2", "f4", "f5", "f7", "c", "u"):
                screen.press(key)
                screen.wait_for("只读：当前用户只能查看")
                assert BOX not in screen.text()
            screen.press("down")
            screen.wait_for(f"{DRY}  ")
            screen.press("f10")
            assert screen.ended(10) == 0
        note = ["whistle", "note", "W-20200702-01", "--note", "不该写进去", "--as", OFFICER]
        refused = subprocess.run([*wrapped[:4], sys.executable, "-m", "app", "--db", str(database), *note],
                                 env=env, cwd=ROOT, capture_output=True, text=True, timeout=60)  # fmt: skip
        assert (refused.returncode, refused.stdout) == (3, "")
        assert len(refused.stderr.splitlines()) == 1
    finally:
        folder.chmod(0o700)
    assert database.read_bytes() == before
    assert [path.name for path in folder.iterdir()] == [database.name]


def unusable(folder: Path) -> dict[str, Path]:
    """One file of each kind that is not, or no longer, a database this program can use."""
    good = lay(folder).read_bytes()
    files = {
        "nothing": b"", "text": "网格指挥台\n".encode() * 500, "zeros": bytes(8192), "cut": good[: len(good) // 2],
        "cut in the header": good[:60],
    }  # fmt: skip
    paths = {name: folder / f"{name}.db" for name in (*files, "foreign", "newer")}
    for name, content in files.items():
        paths[name].write_bytes(content)
    foreign = sqlite3.connect(paths["foreign"])
    foreign.executescript("CREATE TABLE customer (id INTEGER PRIMARY KEY); INSERT INTO customer VALUES (1);")
    foreign.close()
    paths["newer"].write_bytes(good)
    newer = sqlite3.connect(paths["newer"])
    newer.execute("UPDATE alembic_version SET version_num = '9999_from_the_future'")
    newer.commit()
    newer.execute("PRAGMA journal_mode=DELETE")
    newer.close()
    return paths


def test_a_file_that_cannot_be_used_is_one_line_and_stays_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit status 3 and one sentence on the command line; not a byte is changed, nothing is made beside it."""
    monkeypatch.setenv("WANGGE_HOME", str(tmp_path / "home"))
    files = unusable(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    for name, path in files.items():
        for verb in (["status"], ["whistle", "list", "--json"], ["--as", OFFICER, "shift", "show"]):
            assert main(["--db", str(path), *verb]) == 3, name
            printed = capsys.readouterr()
            assert (printed.out, len(printed.err.splitlines())) == ("", 1), name
            assert path.name in printed.err, name
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


@pytest.mark.parametrize("kind", ["newer", *(pytest.param(k, marks=pytest.mark.slow) for k in
                                   ("cut", "nothing", "text", "zeros", "cut in the header", "foreign"))])  # fmt: skip
def test_the_desk_says_why_it_cannot_open(tmp_path: Path, kind: str) -> None:
    """The terminal is given back, then one sentence, status 3; the file is untouched."""
    path = unusable(tmp_path)[kind]
    before = path.read_bytes()
    with open_desk(path, wait="") as screen:
        assert screen.ended(30) == 3
        assert screen.left_clean()
        said = screen.last_words()
    assert path.name in said
    assert len(said.splitlines()) == 1
    assert path.read_bytes() == before


# -- rows that cannot be read ----------------------------------------------------------------------
BAD = (
    "kind = 'garbled'", "state = 'beyond'", "created_at = 'yesterday'", "deadline_at = '9999-99-99 00:00:00.000000'",
)  # fmt: skip


def crowd(database: Path, cases: int, bad: int) -> None:
    """Copy one case until there are so many open ones, and spoil some past every check."""
    plain = sqlite3.connect(database)
    plain.execute("PRAGMA ignore_check_constraints=ON")
    columns = [row[1] for row in plain.execute("PRAGMA table_info(whistle)")]
    new = {"id": "lower(hex(randomblob(16)))", "number": "printf('W-20200703-%02d', :n)",
           "short_number": "printf('0703-%02d', :n)"}  # fmt: skip
    chosen = ", ".join(new.get(name, name) for name in columns)
    source = f"FROM whistle WHERE short_number = '{DRY}'"
    (present,) = plain.execute("SELECT count(*) FROM whistle").fetchone()
    for n in range(1, cases - present + 1):
        plain.execute(f"INSERT INTO whistle ({', '.join(columns)}) SELECT {chosen} {source}", {"n": n})
    for n in range(bad):
        plain.execute(f"UPDATE whistle SET {BAD[n % len(BAD)]} WHERE number = ?", (f"W-20200703-{n * 17 + 3:02d}",))
    plain.commit()
    plain.close()


@pytest.mark.slow
def test_twenty_spoiled_rows_of_five_hundred_are_counted_and_the_rest_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """480 rows can be walked to the last, 20 are said to be unreadable, on the desk and on the command line."""
    monkeypatch.setenv("WANGGE_HOME", str(tmp_path / "home"))
    database = lay(tmp_path)
    crowd(database, 500, 20)
    assert main(["--db", str(database), "--json", "whistle", "list", "--limit", "1000"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert (len(listed["cases"]), listed["unreadable"], listed["more"]) == (480, 20, False)
    last = listed["cases"][-1]["number"].removeprefix("W-2020")
    with open_desk(database, cols=160) as screen:
        screen.wait_for("读不出 20", 30)
        screen.wait_for("未结哨 500")
        assert "只列出" not in screen.settle()
        screen.press("end")
        screen.wait_for(f"{last}  ", 20)
        screen.press("home")
        screen.wait_for(f"{CASE}  ", 20)
    main(["--db", str(database), "--lang", "en", "whistle", "list", "--limit", "1000"])
    assert "20 cases cannot be read." in capsys.readouterr().out
    main(["--db", str(database), "--lang", "en", "status"])
    assert "There are more" in capsys.readouterr().out


SPOILED = (
    "UPDATE words SET body = CAST(x'7b227469746c65223a22c4e3227d' AS TEXT) WHERE id = {words}",
    "UPDATE words SET body = '[1]' WHERE id = {words}",
    "UPDATE words SET body = '{{\"title\": 5' WHERE id = {words}",
    "UPDATE unit SET name_zh = CAST(x'c4e3' AS TEXT) WHERE code = 'JF-SH-G01'",
    "UPDATE event SET payload = '{{' WHERE kind = 'dispatched'",
    "UPDATE event SET kind = 'who knows' WHERE kind = 'dispatched'",
    "UPDATE event SET actor = CAST(x'ff' AS TEXT)",
    "UPDATE assignment SET department = 'nobody' WHERE position = 0",
    "UPDATE policy SET body = '{{}}'",
    "DELETE FROM meta",
)
"""Texts that are no UTF-8, no JSON or no object, codes nobody knows, a policy and an identity that are gone."""
WORDS_OF_CASE = f"(SELECT words_id FROM whistle WHERE short_number = '{CASE}')"


def spoil(database: Path, statement: str) -> None:
    """Run a statement past every check and trigger."""
    plain = sqlite3.connect(database)
    plain.execute("PRAGMA ignore_check_constraints=ON")
    for (trigger,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        plain.execute(f"DROP TRIGGER {trigger}")
    assert plain.execute(statement.format(words=WORDS_OF_CASE)).rowcount > 0
    plain.commit()
    plain.close()


@pytest.mark.slow
def test_what_cannot_be_read_is_a_sentence_and_never_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each kind of damage: an answer, or one line and status 3; no exception leaves the program."""
    monkeypatch.setenv("WANGGE_HOME", str(tmp_path / "home"))
    for statement in SPOILED:
        database = lay(tmp_path)
        spoil(database, statement)
        for verb in (["status"], ["whistle", "list"], ["whistle", "show", "W-20200702-01"]):
            status = main(["--db", str(database), *verb])
            printed = capsys.readouterr()
            assert status in (0, 3), (statement, verb)
            assert len(printed.err.splitlines()) == (1 if status else 0), (statement, verb)


def test_the_desk_leaves_when_what_it_cannot_do_without_is_spoiled(tmp_path: Path) -> None:
    """No empty frame that looks like a quiet night: the terminal is given back, one sentence, status 3."""
    database = lay(tmp_path)
    spoil(database, "UPDATE policy SET body = '{{}}'")
    with open_desk(database, wait="") as screen:
        assert screen.ended(30) == 3
        assert screen.left_clean()
        assert len(screen.last_words().splitlines()) == 1


@pytest.mark.slow
def test_one_spoiled_case_leaves_the_rest_in_reach(tmp_path: Path) -> None:
    """Its history cannot be read: that is said, and what others write and the next case are shown as ever."""
    database = lay(tmp_path)
    case = f"(SELECT id FROM whistle WHERE short_number = '{CASE}')"
    spoil(database, f"UPDATE event SET payload = '{{{{' WHERE whistle_id = {case}")
    with open_desk(database) as screen:
        screen.wait_for("有一条记录无法读取", 30)
        line = ["--line", "双河二 应急 电杆冒火花", "--on-behalf-of", "SH-G02-A", "--channel", "phone"]
        other = [*command(database), "whistle", "blow", *line]
        done = subprocess.run(other, env=environment(tmp_path), cwd=ROOT, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        screen.wait_for("电杆冒火花", 30)
        screen.press("down")
        screen.wait_for(f"{DRY}  ")
        screen.press("f6")
        screen.wait_for(BOX)
