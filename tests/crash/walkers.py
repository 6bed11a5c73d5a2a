"""Walkers of rounds that are killed at random answers: run as a program, prints one JSON summary.

    python tests/crash/walkers.py DATABASE FOLDER --answers 500 --kills 100 --seed 1

The parent forks one walker at a time. It goes on with the round that is open, or begins one, and answers question after
question, each in its own transaction; what was acknowledged is one line of a file. The parent kills it at a random
moment, until enough has been answered and enough walkers have been killed. Its rounds have fifteen questions.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import time
from decimal import Decimal
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.bootstrap import open_house
from app.domain.actor import Channel
from app.domain.checklist import Answer, AnswerKind, Question, Trend, Verdict
from app.domain.round import answer_words, answers_payload
from app.domain.round_file import RoundFile
from app.domain.walking import next_open
from app.services.house import House
from app.services.rounds import Told
from app.settings import load_settings

OFFICER, ADMIN, TEAM, GRID = "JF-ZB1", "JF-GL", ("SH-G01-A", "SH-G01-B"), "JF-SH-G01"
TEMPLATE, ROUTE = "every_kind", "under_the_bridge"
KINDS = (
    "state", "number", "depth", "count", "list", "yes_no", "text", "photo", "state", "number", "state", "list",
    "yes_no", "text", "depth",
)  # fmt: skip
"""Fifteen questions, every kind of answer among them."""
ITEMS = "\n".join(
    f'    {{ id = "q{n}", kind = "{kind}", zh = "问{n}", en = "Question {n}"{", trend = true" * (n == 1)} }},'
    for n, kind in enumerate(KINDS)
)
RULES = f"""
[[templates]]
id = "{TEMPLATE}"
zh = "各种应答"
en = "Every kind of answer"
questions = [
{ITEMS}
]
[[gauges]]
id = "staff"
zh = "桥下水尺"
en = "Staff gauge"
[[routes]]
id = "{ROUTE}"
zh = "桥下"
en = "Under the bridge"
grid = "{GRID}"
points = [{{ zh = "桥下", en = "Under the bridge", gauge = "staff" }}]
"""


def told(house: House, rng: random.Random) -> Told:
    """Told to the desk by radio, under a number of its own."""
    number = UUID(int=rng.getrandbits(128), version=4)
    return Told(house.duty.actor(OFFICER), number, TEAM[0], Channel.RADIO)


def goes_on(house: House, rng: random.Random) -> RoundFile:
    """The round that is open, where it was left; else a new one."""
    running = house.rounds.under_way()
    if running:
        return house.rounds.file(running[0].id)
    return house.rounds.start(told(house, rng), TEMPLATE, GRID, TEAM, route=ROUTE)


def said_to(question: Question, rng: random.Random) -> Answer:
    """Some answer of the question's kind with all that belongs to it; one in eight was not seen."""
    if not rng.randrange(8):
        return Answer(Verdict.NOT_SEEN)
    verdict, words = rng.choice((Verdict.OK, Verdict.PROBLEM)), f"第{rng.randint(1, 999)}处，“水 ≥ 膝”"
    return {
        AnswerKind.STATE: lambda: Answer(verdict, text=words if verdict is Verdict.PROBLEM else ""),
        AnswerKind.NUMBER: lambda: Answer(verdict, Decimal(rng.randint(-999, 99999)).scaleb(-2),
                                          rng.choice((None, *Trend)), text=words),
        AnswerKind.DEPTH: lambda: Answer(verdict, Decimal(rng.randint(0, 400))),
        AnswerKind.COUNT: lambda: Answer(Verdict.OK, Decimal(rng.randint(0, 60)), text=words),
        AnswerKind.LIST: lambda: Answer(verdict, entries=tuple(f"{n} 号楼{n}0{n}" for n in range(rng.randint(1, 5)))),
        AnswerKind.YES_NO: lambda: Answer(verdict, yes=rng.random() < 0.5, text=words),
        AnswerKind.TEXT: lambda: Answer(Verdict.OK, text=words * rng.randint(1, 20)),
        AnswerKind.PHOTO: lambda: Answer(verdict, text=f"照片 IMG_{rng.randint(1, 9999):04d}.jpg 在网格员甲手机"),
    }[question.kind]()  # fmt: skip


def walk(database: str, acknowledged: Path, seed: int) -> None:
    """Answer after answer until killed."""
    rng = random.Random(seed)
    house = open_house(load_settings(database=database), station=f"walker-{os.getpid()}")
    handle = os.open(acknowledged, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    while True:
        file = goes_on(house, rng)
        asked = {(point.number, question.id): question for point, question in file.walk.items()}
        item = next_open(list(asked), file.round.answers, None)
        if item is None:
            house.rounds.end(told(house, rng), file.round.id)
            continue
        given, answer = told(house, rng), said_to(asked[item], rng)
        house.rounds.answer(given, file.round.id, {item: answer}, sure=True)
        line = [given.request_id.hex, file.round.id.hex, answers_payload({item: answer}), answer_words({item: answer})]
        os.write(handle, (json.dumps(line) + "\n").encode())


def count(path: Path) -> int:
    """Answers acknowledged so far."""
    return path.read_bytes().count(b"\n") if path.exists() else 0


def main() -> None:
    """Fork, wait, kill, again."""
    options = argparse.ArgumentParser()
    options.add_argument("database")
    options.add_argument("folder", type=Path)
    options.add_argument("--answers", type=int, default=500)
    options.add_argument("--kills", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    rng, path = random.Random(asked.seed), asked.folder / "acknowledged.txt"
    house = open_house(load_settings(database=asked.database), station="rules")
    house.patrol_rules.load(RULES, house.duty.actor(ADMIN), UUID(int=rng.getrandbits(128), version=4))
    house.close()
    killed = died = 0
    while killed < asked.kills or count(path) < asked.answers:
        before, wanted = count(path), rng.randint(1, 9)
        child = os.fork()
        if child == 0:
            try:
                walk(asked.database, path, rng.getrandbits(48) ^ os.getpid())
            finally:
                os._exit(1)
        ended = (0, 0)
        until = time.monotonic() + 60
        while count(path) < before + wanted and ended == (0, 0) and time.monotonic() < until:
            ended = os.waitpid(child, os.WNOHANG)
        time.sleep(rng.uniform(0, 0.01))  # somewhere in the next answer
        if ended == (0, 0):
            os.kill(child, signal.SIGKILL)
            ended = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(ended[1])
        died += os.WIFEXITED(ended[1])
        if died > 3:
            break
    print(json.dumps({"answers": count(path), "killed": killed, "died": died}))


if __name__ == "__main__":
    main()
