"""The desktop's clipboard by the small program that the machine has for it: no shell, a short time, no output read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping

PATIENCE = 2.0
"""Seconds that such a program may take."""


def programs(environment: Mapping[str, str], platform: str) -> Iterator[tuple[str, ...]]:
    """The command lines worth trying here, the likeliest first; none without a display."""
    if platform == "darwin":
        yield ("pbcopy",)
    if environment.get("WAYLAND_DISPLAY"):
        yield ("wl-copy", "--type", "text/plain;charset=utf-8")
    if environment.get("DISPLAY"):
        yield ("xclip", "-selection", "clipboard", "-in")
        yield ("xsel", "--clipboard", "--input")
    if environment.get("TERMUX_VERSION"):
        yield ("termux-clipboard-set",)
    if platform == "win32" or environment.get("WSL_DISTRO_NAME"):
        yield ("clip.exe",)


def copy_natively(text: str, environment: Mapping[str, str] | None = None, platform: str = sys.platform) -> str:
    """Hand a text to the first program that takes it; its name, empty when none did. Not for the event loop."""
    environment = os.environ if environment is None else environment
    for program in programs(environment, platform):
        path = shutil.which(program[0], path=environment.get("PATH"))
        if path and _given(path, program, text):
            return program[0]
    return ""


def _given(path: str, program: tuple[str, ...], text: str) -> bool:
    """Whether it ended well. Output goes nowhere: such programs stay in the background and would hold a pipe open."""
    content = text.encode("utf-16-le" if program[0] == "clip.exe" else "utf-8", errors="replace")
    try:
        done = subprocess.run(
            [path, *program[1:]], input=content, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            timeout=PATIENCE, check=False, start_new_session=True,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
