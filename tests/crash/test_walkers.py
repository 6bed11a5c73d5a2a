"""Killing whoever answers a round at any answer loses no answer that was acknowledged (behaviours 17)."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from app.bootstrap import found_house
from app.domain.checklist import AnswerKind
from app.domain.round import answer_words, answers_payload, fold_round
from app.settings import load_settings
from tests.crash.test_torture import ROOT, ground


def killed_walkers(folder: Path, answers: int, kills: int) -> None:
    """Walk under kills; then every acknowledged answer is an entry of its round and the one that stands in it."""
    database = ground(folder)
    command = [sys.executable, str(ROOT / "tests/crash/walkers.py"), str(database), str(folder)]
    ended = subprocess.run(
        [*command, "--answers", str(answers), "--kills", str(kills)], capture_output=True, text=True, timeout=1800
    )
    assert ended.returncode == 0, ended.stderr
    summary = json.loads(ended.stdout)
    print(summary)
    assert (summary["died"], summary["killed"] >= kills, summary["answers"] >= answers) == (0, True, True), ended.stderr
    house = found_house(load_settings(database=str(database)))
    lines = [json.loads(line) for line in (folder / "acknowledged.txt").read_text().splitlines()]
    assert len({line[0] for line in lines}) == len(lines)
    for round_id in {line[1] for line in lines}:
        file = house.rounds.file(UUID(hex=round_id))
        entries = {event.id.hex for event in file.events}
        mine = [line for line in lines if line[1] == round_id]
        assert {line[0] for line in mine} <= entries
        for _, _, payload, words in mine:
            item = (payload[0]["point"], payload[0]["question"])
            stands = {item: file.round.answers[item].answer}
            assert (answers_payload(stands), answer_words(stands)) == (payload, words)
        assert file.progress.asked == 15
        with house.store.read() as reads:
            line = reads.rounds.line(file.round.id)
        assert line is not None
        assert (line.progress, line.version) == (file.progress, fold_round(file.events).version)
    kinds = {file.walk.find((one[2][0]["point"], one[2][0]["question"]))[1].kind for one in lines}  # type: ignore[index]
    assert kinds == set(AnswerKind)
    house.close()
    plain = sqlite3.connect(database)
    assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    plain.close()


def test_killed_walkers_lose_no_answer(tmp_path: Path) -> None:
    """A small run."""
    killed_walkers(tmp_path, 60, 10)


@pytest.mark.slow
def test_five_hundred_answers_under_a_hundred_kills(tmp_path: Path) -> None:
    """The figure in full."""
    killed_walkers(tmp_path, 500, 100)
