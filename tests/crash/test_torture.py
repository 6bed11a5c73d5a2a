"""Nothing acknowledged is ever lost, whoever is killed and whoever else is looking."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.bootstrap import found_house
from app.domain.fold import rebuild
from app.domain.org import Role
from app.samples import sample_text
from app.services.org_file import read_org_toml
from app.settings import load_settings
from tests.terminal.pty_screen import PtyScreen

ROOT = Path(__file__).resolve().parents[2]


def ground(folder: Path) -> Path:
    """A database with the sample street and nothing else."""
    database = folder / "wangge.db"
    street = read_org_toml(sample_text("jifeng.toml"), "jifeng.toml")
    found_house(load_settings(database=str(database)), street=street).close()
    return database


def torture(database: Path, folder: Path, writes: int, kills: int) -> dict[str, int]:
    """Run the workers to the end; returns their summary."""
    folder.mkdir()
    command = [sys.executable, str(ROOT / "tests/crash/torture.py"), str(database), str(folder)]
    ended = subprocess.run(
        [*command, "--writes", str(writes), "--kills", str(kills)], capture_output=True, text=True, timeout=3600
    )
    assert ended.returncode == 0, ended.stderr
    summary: dict[str, int] = json.loads(ended.stdout)
    print(summary)
    return summary


def nothing_lost(database: Path, folder: Path, summary: dict[str, int]) -> None:
    """Every acknowledged id is an event, no error was written, the file is sound, state equals history."""
    assert summary["died"] == 0, [p.read_text() for p in folder.glob("errors-*.txt") if p.stat().st_size]
    ids = [line for path in folder.glob("acknowledged-*.txt") for line in path.read_text().split()]
    assert len(ids) == summary["written"] == len(set(ids))
    assert [p.name for p in folder.glob("errors-*.txt") if p.stat().st_size] == []
    house = found_house(load_settings(database=str(database)))
    with house.store.read() as reads:
        seq = 0
        stored, cases = set(), set()
        while page := reads.changes_since(seq, 1000):
            seq = page[-1].seq
            cases |= {change.whistle_id for change in page if change.whistle_id}
        for case_id in cases:
            events = reads.events_of(case_id)
            stored |= {str(event.id) for event in events if event.role is not Role.SYSTEM}  # not by a desk
            assert rebuild(events, house.policies.version)[0] == reads.case(case_id)
    house.close()
    assert set(ids) <= stored, f"{len(set(ids) - stored)} acknowledged actions are gone"
    assert len(stored) - len(ids) <= summary["workers"], "more was written than could have been under way"
    plain = sqlite3.connect(database)
    assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    plain.close()


def test_killed_workers_lose_nothing(tmp_path: Path) -> None:
    """A small run: four workers, six of them killed."""
    database = ground(tmp_path)
    summary = torture(database, tmp_path / "run", 300, 6)
    assert summary["killed"] >= 6
    nothing_lost(database, tmp_path / "run", summary)


@pytest.mark.slow
def test_twenty_thousand_writes_under_eighty_kills(tmp_path: Path) -> None:
    """The figure in full: 20,000 actions, 80 kills, two desks watching and a loop of 100 commands."""
    database = ground(tmp_path)
    environment = dict(os.environ, WANGGE_HOME=str(tmp_path / "home"), WANGGE_LANG="en")
    desk = [sys.executable, "-m", "app", "--db", str(database), "--as", "JF-ZB1"]
    desks = [PtyScreen(desk, cols=120, rows=36, env=environment, cwd=ROOT) for _ in range(2)]
    commands: list[tuple[int, str]] = []
    ended = threading.Event()

    def ask() -> None:
        for _ in range(100):
            asked = subprocess.run(
                [sys.executable, "-m", "app", "--db", str(database), "status", "--json"],
                capture_output=True, text=True, env=environment, cwd=ROOT, timeout=60,
            )  # fmt: skip
            commands.append((asked.returncode, asked.stderr))
            if ended.wait(0.5):
                continue

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        for screen in desks:
            screen.wait_for("Open whistles", timeout=60)
        summary = torture(database, tmp_path / "run", 20_000, 80)
    finally:
        ended.set()
        asking.join()
        texts = [screen.text() for screen in desks]
        alive = [screen.alive for screen in desks]
        for screen in desks:
            screen.close()
    assert summary["killed"] >= 80
    assert summary["written"] >= 20_000
    assert [said for said in commands if said != (0, "")] == []
    assert len(commands) == 100
    assert alive == [True, True]
    for text in texts:
        assert "busy" not in text.lower(), text
        assert "error" not in text.lower(), text
    nothing_lost(database, tmp_path / "run", summary)
