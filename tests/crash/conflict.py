"""Two programs change the same draft at the same moment, again and again: run as a program, prints one JSON summary.

    python tests/crash/conflict.py DATABASE ROUNDS

In each round both have read the case as it is, wait for each other, and change its facts. They tell each other over
pipes, never over locks.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.bootstrap import open_house
from app.domain.errors import Conflict
from app.domain.facts import Facts
from app.domain.intent import Intent
from app.domain.moves import Action
from app.domain.policy import WhistleKind
from app.render.words import Words
from app.services.house import House
from app.services.whistles import LookAlike
from app.settings import load_settings

MEMBERS = ("JF-ZB1", "JF-ZB2")
FACTS = Facts(WhistleKind.EMERGENCY, "JF-SH-G01", {"title": "路灯不亮"})


def draft(house: House) -> UUID:
    """The case both will change."""
    intent = Intent(Action.DRAFT, house.duty.actor(MEMBERS[0]), uuid4(), {"facts": FACTS})
    return house.whistles.blow(intent, LookAlike(is_new=True)).case.whistle.id


def change(database: str, case: UUID, member: str, rounds: int, ready: int, go: int, told: int) -> None:
    """Change the draft once a round; each outcome is one JSON line."""
    house = open_house(load_settings(database=database), station=f"desk-{member}")
    words = Words("en")
    for number in range(rounds):
        seen = house.whistles.file(case).case.whistle.version
        os.write(ready, b".")
        os.read(go, 1)
        title = f"{member} {number}"
        intent = Intent(Action.REVISE, house.duty.actor(member), uuid4(),
                        {"facts": replace(FACTS, texts={"title": title})}, seen=seen)  # fmt: skip
        try:
            house.whistles.act(case, intent)
            outcome = {"won": title}
        except Conflict as error:
            outcome = {"lost": title, "said": words.say(error.message)}
        os.write(told, (json.dumps(outcome) + "\n").encode())
        os.read(go, 1)


def run(database: str, rounds: int) -> dict[str, object]:
    """Fork both, keep them in step, gather what they tell."""
    house = open_house(load_settings(database=database))
    case = draft(house)
    desks = []
    for member in MEMBERS:
        (ready, tell_ready), (go, tell_go), (told, tell) = os.pipe(), os.pipe(), os.pipe()
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                change(database, case, member, rounds, tell_ready, go, tell)
                status = 0
            finally:
                os._exit(status)
        for end in (tell_ready, go, tell):
            os.close(end)
        desks.append((pid, ready, tell_go, os.fdopen(told, encoding="utf-8")))
    outcomes = []
    for _ in range(rounds):
        for _, ready, _, _ in desks:
            os.read(ready, 1)
        for _, _, go, _ in desks:
            os.write(go, b".")
        outcomes.append([json.loads(told.readline()) for _, _, _, told in desks])
        for _, _, go, _ in desks:
            os.write(go, b".")
    statuses = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid, _, _, _ in desks]
    file = house.whistles.file(case)
    titles = [event.words["title"] for event in file.events if "title" in event.words]
    return {"outcomes": outcomes, "titles": titles, "version": file.case.whistle.version, "statuses": statuses}


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1], int(sys.argv[2]))))
