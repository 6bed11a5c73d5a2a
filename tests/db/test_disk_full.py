"""A full disk costs a sentence and nothing else (reliability, "disk full, then freed")."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.db.children import in_child
from tests.db.fill_disk import fill

PROGRAM = Path(__file__).resolve().with_name("fill_disk.py")


def own_mounts() -> list[str]:
    """The command that gives a program mounts of its own without rights to anybody's; empty where there is none."""
    command = ["unshare", "-r", "-m"]
    if shutil.which("unshare") is None:
        return []
    probe = subprocess.run([*command, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, timeout=10)
    return command if probe.returncode == 0 else []


def test_a_full_disk_is_said_and_work_resumes_when_it_is_freed(tmp_path: Path) -> None:
    """On a disk of 3 MB: the write that does not fit is refused, reads go on, nothing acknowledged is lost."""
    unshare = own_mounts()
    if not unshare:
        pytest.skip("this system lets no program mount a disk of its own")
    script = (
        f"mount -t tmpfs -o size=3m tmpfs {shlex.quote(str(tmp_path))}"
        f" && head -c 400000 /dev/zero > {shlex.quote(str(tmp_path / 'ballast'))}"
        f" && exec {shlex.join([sys.executable, str(PROGRAM), str(tmp_path), '0'])}"
    )
    ended = subprocess.run([*unshare, "sh", "-c", script], capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert told["trouble"] == "full"
    assert told["kept"] == told["count"] != 0
    assert (told["readable"], told["lost"], told["sound"]) == (True, 0, True)


def test_a_file_that_may_not_grow_is_said_and_work_resumes(tmp_path: Path) -> None:
    """A quota instead of a full disk: refused in a sentence, nothing lost, and it goes on when there is room."""
    (line,) = in_child(lambda tell: tell(json.dumps(fill(tmp_path, 1_500_000))))
    told = json.loads(line)
    assert told["trouble"] in ("full", "unreachable")
    assert told["kept"] == told["count"] != 0
    assert (told["readable"], told["lost"], told["sound"]) == (True, 0, True)
