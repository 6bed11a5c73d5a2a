"""Drafts survive whatever happens to their file: what can be read is offered, the spoiled file kept aside."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from app.services.drafts import Drafts

WHOLE = {"line": "双河一 应急 井盖“冲开”\n23:52", "~new": "ab" * 16}


def laid(folder: Path, raw: bytes) -> Drafts:
    """The drafts of a desk whose form ``blow`` has this file."""
    folder.mkdir(exist_ok=True)
    (folder / "desk.blow.json").write_bytes(raw)
    return Drafts(folder, "desk")


def test_a_draft_broken_off_anywhere_gives_back_what_was_written_before(tmp_path: Path) -> None:
    """Cut at every byte: never an error, always the beginning of what was typed, and the file stays as it was."""
    raw = json.dumps(WHOLE, ensure_ascii=False).encode()
    for cut in range(1, len(raw)):
        folder = tmp_path / str(cut)
        left = laid(folder, raw[:cut]).recover("blow")
        assert Path(left.spoiled).read_bytes() == raw[:cut]
        assert WHOLE["line"].startswith(left.typed.get("line", ""))
        assert not list(folder.glob("*.json"))
    assert left.typed["line"] == WHOLE["line"]


@pytest.mark.parametrize(
    "raw",
    [b"", b"\x00" * 50, b"\xff\xfe{", b"[" * 200_000, b"[1, 2]", b"null", b'"x"', b"{} {}", b'{"line": "\\ud800"'],
)
def test_a_file_that_is_no_draft_is_named_and_kept(tmp_path: Path, raw: bytes) -> None:
    """Nothing is raised, a new draft is written beside it."""
    drafts = laid(tmp_path, raw)
    left = drafts.recover("blow")
    assert Path(left.spoiled).read_bytes() == raw
    assert drafts.save("blow", WHOLE)
    assert drafts.recover("blow").typed == WHOLE
    assert drafts.recover("blow").spoiled == ""


def test_a_draft_of_another_version_gives_its_texts(tmp_path: Path) -> None:
    """Fields that are no text are left out, the file is kept."""
    left = laid(tmp_path, b'{"version": 7, "line": "x", "more": {"a": 1}}').recover("blow")
    assert left.typed == {"line": "x"}
    assert left.spoiled


def test_a_folder_in_its_place_and_a_folder_that_takes_nothing_are_no_error(tmp_path: Path) -> None:
    """Kept aside, or said why not."""
    (tmp_path / "desk.blow.json").mkdir()
    drafts = Drafts(tmp_path, "desk")
    assert drafts.recover("blow").spoiled
    assert drafts.save("blow", WHOLE)
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    nowhere = Drafts(blocked, "desk")
    assert not nowhere.save("blow", WHOLE)
    assert nowhere.trouble
    assert Drafts(blocked, "desk").recover("blow").typed == {}


def test_bytes_of_a_broken_terminal_are_kept(tmp_path: Path) -> None:
    """Half a character is a text like any other."""
    drafts = Drafts(tmp_path, "desk")
    typed = {"line": os.fsdecode(b"\xe4\xba")}
    assert drafts.save("blow", typed)
    assert drafts.load("blow") == typed


def test_what_the_disk_refuses_waits_in_the_program(tmp_path: Path) -> None:
    """A folder that cannot be made: the words are still handed back, until they are sent or the disk takes them."""
    (tmp_path / "state").write_text("no folder")
    drafts = Drafts(tmp_path / "state", "desk")
    assert not drafts.save("blow", WHOLE)
    assert drafts.trouble
    assert drafts.load("blow") == WHOLE
    drafts.drop("blow")
    assert drafts.load("blow") == {}
    assert not drafts.save("blow", WHOLE)
    (tmp_path / "state").unlink()
    assert drafts.save("blow", {"line": "双河一"})
    assert drafts.load("blow") == {"line": "双河一"}
