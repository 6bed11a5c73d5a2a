"""Two desks on one machine never write over each other's drafts, and what a dead one left comes up again."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from app.services.drafts import Drafts
from app.services.seats import Seat, take_seat

STREET, DRILL = UUID(int=1 << 100), UUID(int=2 << 100)


def sit(folder: Path, station: UUID = STREET) -> Seat:
    return take_seat(folder / "drafts", folder / "desks", station)


def drafts(folder: Path, seat: Seat) -> Drafts:
    return Drafts(folder / "drafts", seat.name)


def test_each_desk_has_drafts_of_its_own(tmp_path: Path) -> None:
    """The second desk beside the first; the seat that was left is taken again."""
    first, second = sit(tmp_path), sit(tmp_path)
    drafts(tmp_path, first).save("blow", {"line": "桥头井盖"})
    drafts(tmp_path, second).save("blow", {"line": "桥尾路灯"})
    assert drafts(tmp_path, first).load("blow") == {"line": "桥头井盖"}
    first.leave()
    again = sit(tmp_path)
    assert again.name == first.name
    assert drafts(tmp_path, again).load("blow") == {"line": "桥头井盖"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "desks").iterdir()} == {0o600}
    for seat in (second, again):
        seat.leave()


def test_a_drill_s_drafts_stay_in_the_drill(tmp_path: Path) -> None:
    """Another database is another room."""
    drill = sit(tmp_path, DRILL)
    drafts(tmp_path, drill).save("blow", {"line": "演练的井盖"})
    drill.leave()
    street = sit(tmp_path)
    assert drafts(tmp_path, street).forms() == ()
    street.leave()


def test_what_a_dead_desk_left_comes_up_at_the_next(tmp_path: Path) -> None:
    """The second desk was killed and only one is opened again; its own drafts come first, nothing is written over."""
    first, second = sit(tmp_path), sit(tmp_path)
    drafts(tmp_path, first).save("blow", {"line": "自己的"})
    drafts(tmp_path, second).save("blow", {"line": "别人的"})
    drafts(tmp_path, second).save("call", {"title": "接了一半的电话"})
    first.leave()
    second.leave()
    next_one = sit(tmp_path)
    assert drafts(tmp_path, next_one).load("blow") == {"line": "自己的"}
    assert drafts(tmp_path, next_one).load("call") == {"title": "接了一半的电话"}
    assert drafts(tmp_path, second).load("blow") == {"line": "别人的"}
    next_one.leave()


def test_a_killed_process_holds_no_seat(tmp_path: Path) -> None:
    """Its lock ends with it, kill -9 included."""
    script = (
        "import sys, time; from pathlib import Path; from uuid import UUID; from app.services.seats import take_seat\n"
        "seat = take_seat(Path(sys.argv[1]), Path(sys.argv[2]), UUID(sys.argv[3]))\n"
        "print(seat.name, flush=True); time.sleep(60)"
    )
    folders = [str(tmp_path / "drafts"), str(tmp_path / "desks")]
    with subprocess.Popen(
        [sys.executable, "-c", script, *folders, STREET.hex], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        theirs = other.stdout.readline().strip()
        beside = sit(tmp_path)
        other.kill()
        other.wait()
    after = sit(tmp_path)
    assert (theirs != beside.name, after.name) == (True, theirs)
    for seat in (beside, after):
        seat.leave()


@pytest.mark.skipif(os.name == "nt", reason="modes of folders mean nothing there")
def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    """A file stands where the folder should be: the desk opens, drafts say themselves that they are not kept."""
    (tmp_path / "desks").write_text("")
    seat = sit(tmp_path)
    assert seat.lock == -1
    seat.leave()


def test_a_desk_knows_whether_another_one_is_open(tmp_path: Path) -> None:
    """Whatever number it has itself: the first seat may be free while somebody sits at the second."""
    first, second = sit(tmp_path), sit(tmp_path)
    assert (first.alone, second.alone) == (True, False)
    assert sit(tmp_path, DRILL).alone
    first.leave()
    third = sit(tmp_path)
    assert (third.name, third.alone) == (first.name, False)
    second.leave()
    third.leave()
    assert sit(tmp_path).alone
