"""How soon a desk shows what another process has written: from the commit to the cells on the screen."""

from __future__ import annotations

import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from uuid import uuid4

from app.bootstrap import open_house
from app.domain.actor import Channel
from app.domain.facts import Facts
from app.domain.intent import Intent
from app.domain.moves import Action
from app.domain.policy import WhistleKind
from app.services.whistles import LookAlike
from app.settings import load_settings
from benchmarks.harness import ROOT, Figure, Terminal, program

NAME = "live"
OFFICER = "JF-ZB1"


def run(quick: bool) -> list[Figure]:
    """The promise to the second desk (decisions 29): median at most 0.3 s."""
    with tempfile.TemporaryDirectory(prefix="wangge-bench-") as folder:
        environ = {"WANGGE_HOME": folder}
        night = Path(folder) / "night.db"
        make = [str(word) for word in program("--db", night, "demo", "--at", "00:40", "--make")]
        subprocess.run(make, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        with Terminal(program("--db", night, "--lang", "zh", "--as", OFFICER), environ=environ) as terminal:
            terminal.wait_for("0702-01", 60.0)
            terminal.read(1.0)
            seconds = [_seen_after(night, terminal, number) for number in range(5 if quick else 25)]
    return [Figure("another process's change on screen, median", statistics.median(seconds), "s", 0.3)]


def _seen_after(night: Path, terminal: Terminal, number: int) -> float:
    """Seconds from the return of a commit by another connection to its title on the desk's terminal."""
    house = open_house(load_settings(database=str(night)), station="bench")
    title = f"试{number:03d}井盖"
    facts = Facts(WhistleKind.EMERGENCY, "JF-SH-G02", {"title": title})
    intent = Intent(Action.BLOW, house.duty.actor(OFFICER), uuid4(), {"facts": facts}, "SH-G02-A", Channel.PHONE)
    house.whistles.blow(intent, LookAlike(is_new=True))
    committed = time.monotonic()
    terminal.wait_for(title, 10.0)
    seen = time.monotonic()
    house.close()
    terminal.read(0.2)
    return seen - committed
