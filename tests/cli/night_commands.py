"""Takes the command lines of the night out of docs/cli.md, as somebody would copy them into a shell."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "cli.md"


def night_commands(named: str = "The night") -> list[list[str]]:
    """The words after ``wangge`` of every command in a section of the document; continued lines are joined."""
    section = DOCUMENT.read_text(encoding="utf-8").split(f"\n## {named}\n", 1)[1].split("\n## ", 1)[0]
    lines: list[str] = []
    for block in re.findall(r"^```sh\n(.*?)^```", section, re.DOTALL | re.MULTILINE):
        lines += block.replace("\\\n", " ").splitlines()
    commands = [shlex.split(line) for line in lines if line.strip()]
    assert all(words[0] == "wangge" for words in commands)
    return [words[1:] for words in commands]
