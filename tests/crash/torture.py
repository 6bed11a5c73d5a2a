"""Service workers that are killed while they write: run as a program, prints one JSON summary.

    python tests/crash/torture.py DATABASE FOLDER --writes 20000 --kills 80 --workers 4 --seed 1

The parent imports the product, opens nothing, and forks the workers; each worker opens the database, plays whole cases
through the services and appends the id of every acknowledged action to its own file. The parent kills workers at random
and starts new ones until enough has been written and enough have been killed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.bootstrap import open_house
from app.domain.actor import Channel
from app.domain.facts import Facts
from app.domain.intent import Intent, Value
from app.domain.moves import Action
from app.domain.policy import WhistleKind
from app.services.house import House
from app.services.whistles import LookAlike, new_case_id
from app.settings import load_settings

DEPARTMENTS = ("utilities_center", "emergency_bureau", "enforcement_brigade")
OFFICER = "JF-ZB1"


def uuid_from(rng: random.Random) -> UUID:
    """A version-4 UUID from a seeded generator."""
    return UUID(int=rng.getrandbits(128), version=4)


def case_script(rng: random.Random) -> Iterator[tuple[Action, dict[str, Value], str]]:
    """One case from the whistle to the rating: action, arguments, on whose behalf."""
    grid = f"JF-SH-G0{rng.randint(1, 4)}"
    facts = Facts(WhistleKind.EMERGENCY, grid, {"title": f"井盖冲开 {rng.random()}"})
    patroller = f"{grid[3:]}-A"
    yield Action.BLOW, {"facts": facts}, patroller
    yield Action.LEVEL_UP, {}, ""
    lead, *assists = rng.sample(DEPARTMENTS, 3)
    yield Action.DISPATCH, {"lead": lead, "assists": tuple(assists)}, "XXJKQ"
    for department in (lead, *assists):
        yield Action.ACKNOWLEDGE, {"department": department}, department
    for department in (lead, *assists):
        report: dict[str, Value] = {"department": department, "person": "现场负责人", "said": "已到场"}
        yield Action.REPORT_IN, report, department
        yield Action.WORK_NOTE, {"department": department, "note": "处置中"}, ""
    yield Action.MADE_SAFE, {"note": "已围挡"}, ""
    for department in (lead, *assists):
        yield Action.DONE, {"department": department}, department
    yield Action.CHECK, {"passed": True, "remark": "现场核查通过"}, patroller
    yield Action.RATE, {"score": 5}, patroller


def work(database: str, acknowledged: Path, seed: int) -> None:
    """Play case after case until killed; every acknowledged action is one line of the file."""
    rng = random.Random(seed)
    house = open_house(load_settings(database=database), station=f"worker-{os.getpid()}")
    actor = house.duty.actor(OFFICER)
    handle = os.open(acknowledged, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    while True:
        case: UUID | None = None
        for action, args, behalf in case_script(rng):
            intent = Intent(action, actor, uuid_from(rng), args, on_behalf_of=behalf, channel=Channel.PHONE)
            case = act(house, case, intent)
            os.write(handle, f"{intent.request_id}\n".encode())


def act(house: House, case: UUID | None, intent: Intent) -> UUID:
    """Do one action through the services, as a desk would."""
    if case is None:
        house.whistles.blow(intent, LookAlike(is_new=True))
        return new_case_id(intent.request_id)
    house.whistles.act(case, intent)
    return case


def start(database: str, folder: Path, number: int) -> int:
    """Fork one worker; returns its process id."""
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        errors = os.open(folder / f"errors-{number}.txt", os.O_WRONLY | os.O_CREAT, 0o600)
        os.dup2(errors, 2)
        work(database, folder / f"acknowledged-{number}.txt", number)
    except Exception as error:  # noqa: BLE001  the parent reads whatever went wrong
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(status)


def written(folder: Path) -> int:
    """Acknowledged actions so far, by the size of the files (37 bytes a line)."""
    return sum(path.stat().st_size // 37 for path in folder.glob("acknowledged-*.txt"))


def run(database: str, folder: Path, writes: int, kills: int, workers: int, seed: int) -> dict[str, object]:
    """Keep ``workers`` writing and killing them until both figures are reached; returns the summary."""
    rng = random.Random(seed)
    began = time.monotonic()
    number = 0
    running: list[int] = []
    killed = died = 0
    while written(folder) < writes or killed < kills:
        while len(running) < workers:
            number += 1
            running.append(start(database, folder, number))
        pace = max(0.05, (time.monotonic() - began) / max(1, written(folder)) * (writes / max(1, kills)))
        time.sleep(rng.uniform(0.2, 1.8) * min(pace, 5.0))
        for pid in list(running):
            if os.waitpid(pid, os.WNOHANG)[0]:
                running.remove(pid)
                died += 1
        if died > workers:
            break
        if killed < kills and running:
            victim = rng.choice(running)
            os.kill(victim, signal.SIGKILL)
            os.waitpid(victim, 0)
            running.remove(victim)
            killed += 1
    for pid in running:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    seconds = time.monotonic() - began
    return {"written": written(folder), "killed": killed, "died": died, "workers": number, "seconds": round(seconds, 1)}


def main() -> int:
    """Read the arguments, run, print the summary."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--writes", type=int, default=500)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(json.dumps(run(given.database, given.folder, given.writes, given.kills, given.workers, given.seed)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
