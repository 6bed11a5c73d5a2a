"""Drafts of forms and the request numbers under which they are sent."""

from __future__ import annotations

from pathlib import Path

from app.screens.dialogs.keeping import DraftKeeper, Requests
from app.services.drafts import Drafts


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


def test_a_broken_number_in_a_draft_is_ignored() -> None:
    """A file somebody edited by hand costs nothing but the number."""
    requests = Requests()
    assert requests.restore({"line": "x", "~new": "no number"}) == {"line": "x"}
    assert requests.number("new", {"line": "x"})
