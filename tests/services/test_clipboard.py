"""The desktop's clipboard: the right program, no shell, no waiting, and the truth about whether it took the text."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from app.services import clipboard
from app.services.clipboard import copy_natively, programs

HOSTILE = "双河大桥 $(touch /tmp/x) `id` ; rm -rf ~ \x1b]52;c;AAAA\x07 \ud800\n"


def machine(folder: Path, name: str, script: str) -> dict[str, str]:
    """An environment with one such program and a display."""
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return {"PATH": f"{folder}:{os.defpath}", "DISPLAY": ":0"}


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")
def test_the_program_gets_the_text_as_it_is(tmp_path: Path) -> None:
    """By its standard input, nothing of it read by a shell."""
    there = machine(tmp_path, "xsel", f"cat > {tmp_path}/got")
    assert copy_natively(HOSTILE, there, "linux") == "xsel"
    assert (tmp_path / "got").read_bytes() == HOSTILE.encode(errors="replace")


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")
def test_one_that_fails_or_hangs_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal and a program without an end are no success; neither holds the desk up."""
    assert copy_natively("x", machine(tmp_path, "xclip", "exit 1"), "linux") == ""
    monkeypatch.setattr(clipboard, "PATIENCE", 0.2)
    before = time.monotonic()
    assert copy_natively("x", machine(tmp_path, "xclip", "exec sleep 5"), "linux") == ""
    assert time.monotonic() - before < 3


@pytest.mark.parametrize(("environment", "platform", "first"), [
    ({}, "linux", ""), ({}, "darwin", "pbcopy"), ({"DISPLAY": ":0"}, "linux", "xclip"),
    ({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, "linux", "wl-copy"), ({"WSL_DISTRO_NAME": "u"}, "linux", "clip.exe"),
    ({"TERMUX_VERSION": "1"}, "linux", "termux-clipboard-set"),
])  # fmt: skip
def test_only_what_has_a_display_is_tried(environment: dict[str, str], platform: str, first: str) -> None:
    """Over a bare line there is nothing to try."""
    found = list(programs(environment, platform))
    assert (found[0][0] if found else "") == first
