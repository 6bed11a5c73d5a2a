"""What the quick suite was last passed by: a whole `--all` straight after it does not run it again."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

NOTE = "quick-suite-passed.json"
"""Kept in .venv: made anew with it, and never part of the project."""


def fingerprint(root: Path) -> str:
    """Which files and which Python: the tree of the commit checked out; empty while anything differs from it."""
    here = ["git", "-C", str(root)]
    try:
        changed = subprocess.run([*here, "status", "--porcelain"], capture_output=True, check=True, text=True).stdout
        tree = subprocess.run([*here, "rev-parse", "HEAD^{tree}"], capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""
    return "" if changed.strip() else f"{tree.strip()} {sys.version}"


def remember(root: Path, tests: str) -> None:
    """The quick suite passed on ``tests``, a fingerprint; one that is empty, or changed meanwhile, proves nothing."""
    note = root / ".venv" / NOTE
    note.unlink(missing_ok=True)
    if tests and tests == fingerprint(root):
        note.write_text(json.dumps({"passed": tests}), encoding="utf-8")


def has_passed(root: Path) -> bool:
    """Whether the quick suite passed on exactly these files."""
    try:
        told = json.loads((root / ".venv" / NOTE).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(told, dict) and bool(told.get("passed")) and told["passed"] == fingerprint(root)
