"""Drafts of forms and the request numbers under which they are sent."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from app.screens.dialogs import kept
from app.screens.dialogs.blow import BlowLine
from app.screens.dialogs.keeping import DraftKeeper, Requests
from app.services import drafts
from app.services.drafts import Drafts
from tests.ui.dialogs.stage import Hall, on_stage, shown, type_text, wait_for


def keeper(folder: Path) -> DraftKeeper:
    """The keeper of a form called blow."""
    return DraftKeeper(Drafts(folder, "desk"), "blow")


def test_an_older_save_never_overwrites_a_newer_one(tmp_path: Path) -> None:
    """Lanes may finish in any order; what was typed last stays."""
    keeping = keeper(tmp_path)
    first, second = keeping.turn(), keeping.turn()
    keeping.save(second, {"line": "双河一 应急"})
    assert keeping.save(first, {"line": "双河"})
    assert keeping.load() == {"line": "双河一 应急"}


def test_a_late_save_never_brings_back_what_was_sent(tmp_path: Path) -> None:
    """Once dropped, a save that was under way is too late."""
    keeping = keeper(tmp_path)
    late, done = keeping.turn(), keeping.turn()
    keeping.drop(done)
    keeping.save(late, {"line": "双河一"})
    assert keeping.load() == {}


def test_one_number_until_it_succeeds() -> None:
    """A retry goes out under the same number, the next action under another."""
    requests = Requests()
    first = requests.number("new", {"line": "a"})
    assert requests.number("new", {"line": "b"}) == first
    requests.succeeded("new")
    assert requests.number("new", {"line": "b"}) != first


def test_a_restored_draft_keeps_its_number_only_unchanged() -> None:
    """What may have been stored before a crash is found again; another text is another matter."""
    before = Requests()
    number = before.number("new", {"line": "双河一 井盖"})
    kept = {"line": "双河一 井盖", **before.stored({"line": "双河一 井盖"})}
    same, changed = Requests(), Requests()
    assert same.restore(kept) == {"line": "双河一 井盖"}
    changed.restore(kept)
    assert same.number("new", {"line": "双河一 井盖"}) == number
    assert changed.number("new", {"line": "双河一 路灯"}) != number


def test_the_same_answers_in_another_language_are_sent_under_the_same_number() -> None:
    """A name that a field shows reads otherwise now; what was changed before that is another action."""
    before = Requests()
    number = before.number("blow", {"who": "网格员甲"})
    same, changed = Requests(), Requests()
    for requests in (same, changed):
        requests.restore({"who": "网格员甲", **before.stored({"who": "网格员甲"})})
    same.told_again({"who": "网格员甲"}, {"who": "grid member A"})
    assert same.number("blow", {"who": "grid member A"}) == number
    changed.told_again({"who": "网格员乙"}, {"who": "grid member B"})
    assert changed.number("blow", {"who": "grid member B"}) != number


def test_a_broken_number_in_a_draft_is_ignored() -> None:
    """A file somebody edited by hand costs nothing but the number."""
    requests = Requests()
    assert requests.restore({"line": "x", "~new": "no number"}) == {"line": "x"}
    assert requests.number("new", {"line": "x"})


async def test_a_spoiled_draft_and_a_full_disk_are_said_and_tried_again(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What can be read is back with the file named; while the disk refuses it says so once, then all is kept."""
    folder = hall.night.settings.drafts
    folder.mkdir(parents=True)
    (folder / "desk-1.blow.json").write_bytes('{"line": "双河一 应急 井盖'.encode())
    monkeypatch.setattr(kept, "SAVE_AFTER", 0.05)
    monkeypatch.setattr(kept, "TRY_AGAIN", 0.1)
    write, full = drafts.write_private, [True]

    def refuse(path: Path, text: str) -> None:
        if full:
            raise OSError(errno.ENOSPC, "full")
        write(path, text)

    monkeypatch.setattr(drafts, "write_private", refuse)
    dialog = BlowLine(hall.context())
    async with on_stage(dialog, (120, 36)) as (pilot, app):
        await wait_for(pilot, lambda: "spoiled-1。" in dialog.notice)
        assert "井盖" in shown(app)
        await type_text(pilot, "冲开")
        await wait_for(pilot, lambda: "磁盘已满" in shown(app))
        assert hall.drafts() == ()
        full.clear()
        await wait_for(pilot, lambda: hall.drafts() == ("blow",))
        await wait_for(pilot, lambda: "磁盘已满" not in shown(app))
        assert "冲开" in drafts.Drafts(folder, "desk-1").load("blow")["line"]
