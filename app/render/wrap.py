"""Text broken into lines of terminal cells: Chinese breaks anywhere, words of Latin letters stay whole."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.cells import cell_len

_ATOM = re.compile(r"[!-~×]+|\s+|.", re.DOTALL)
_NO_START = frozenset("，。、；：？！）》」』”’…—·,.;:?!)")
"""Closing punctuation never starts a line."""


def wrap(text: str, width: int, most: int = 0) -> list[str]:
    """Lines of at most ``width`` cells; with ``most`` the last one allowed ends in … when there is more."""
    width = max(width, 4)
    lines = [line for paragraph in text.split("\n") for line in _paragraph(paragraph, width)]
    if most and len(lines) > most:
        kept = lines[:most]
        kept[-1] = _head(kept[-1], width - 1) + "…"
        return kept
    return lines or [""]


def flow(parts: Iterable[str], width: int, most: int = 0, between: str = " · ") -> list[str]:
    """Parts one after another with a mark between them; a line ends between two parts where it can."""
    lines: list[str] = []
    line = ""
    for part in parts:
        longer = f"{line}{between}{part}" if line else part
        if not line or cell_len(longer) <= width:
            line = longer
        else:
            lines.append(line)
            line = part
    if line:
        lines.append(line)
    return wrap("\n".join(lines), width, most)


def _paragraph(text: str, width: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for atom in _ATOM.findall(text):
        if cell_len(line) + cell_len(atom) <= width:
            line += atom if line or not atom.isspace() else ""
            continue
        if atom in _NO_START and line:
            lines.append(line[:-1].rstrip())
            line = line[-1] + atom
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = "" if atom.isspace() else atom
        while cell_len(line) > width:
            head = _head(line, width)
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _head(text: str, width: int) -> str:
    used = 0
    for position, character in enumerate(text):
        used += cell_len(character)
        if used > width:
            return text[:position]
    return text
