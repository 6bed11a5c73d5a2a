"""Random keys raise nothing, leave one focus, and never send anything without a case (behaviours 29).

A failure names its seed; ``WANGGE_KEYS=17`` plays the sequences of seed 17 alone.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from textual.screen import ModalScreen

from app.screens.answering import Answering
from tests.ui.helping import mode, open_desk, post, until
from tests.ui.night_house import Night
from tests.ui.random_keys import SEQUENCES, alphabet, play

ALL = 1000
"""Sequences in full, half of them at 80×24, half in English."""
SEEDS = [int(os.environ["WANGGE_KEYS"])] if os.environ.get("WANGGE_KEYS") else range(1, ALL // SEQUENCES + 1)


@pytest.mark.parametrize("seed", [1001, 1002])
async def test_a_slice_of_random_keys_breaks_nothing(full: Night, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight sequences in each language and size."""
    await play(full, seed, monkeypatch, 8)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
async def test_a_thousand_sequences_of_random_keys(full: Night, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is raised, one focus stays, Esc leads home, every write names a case or comes from a whole form."""
    await play(full, seed, monkeypatch)


def test_every_bound_key_is_played_but_leaving() -> None:
    """The alphabet comes from the desk's own bindings."""
    assert {"f2", "f4", "ctrl+s", "escape", "tab", "l", "a"} <= set(alphabet())
    assert not {"f10", "ctrl+q"} & set(alphabet())


async def test_leaving_in_the_midst_of_keys_ends_the_desk(full: Night) -> None:
    """F10 on the board, ctrl+q with a form half typed: it ends, whatever is typed behind it."""
    async with open_desk(full) as (app, _pilot):
        for key in ("f2", "井", "盖", "ctrl+q", "x", "enter", "f4"):
            post(app, key)
        await until(lambda: not app.is_running or app._exit, 10)
    async with open_desk(full) as (app, _pilot):
        await until(lambda: app.screen is mode(app))
        for key in ("down", "f10", "f2", "井"):
            post(app, key)
        await until(lambda: not app.is_running or app._exit, 10)
    assert app._exception is None


def test_every_dialog_answers_once_and_keeps_a_focus() -> None:
    """No dialog is a bare modal screen: a second Enter of the same instant would close what lies below it."""
    alphabet()
    bare = [
        kind for kind in _all(ModalScreen) if kind.__module__.startswith("app.") and not issubclass(kind, Answering)
    ]
    assert bare == []


def _all(kind: type[Any]) -> list[type[Any]]:
    return [one for child in kind.__subclasses__() for one in (child, *_all(child))]
