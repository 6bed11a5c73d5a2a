"""A paper as Markdown that reads as it is, and prints."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.domain.text import visible
from app.render.paper import Heading, Item, Paper, Para, Table

_SIGN = re.compile(r"[\\`*_\[\]<>]|&(?=#?\w+;)")
"""What Markdown takes for something else wherever it stands."""
_BEGINS = re.compile(r"(?=#{1,6}(?:\s|$)|[-+](?:\s|$)|~{3}|[-=|:][-=|: ]*$)")
"""The same at the beginning of a line: headings, lists, fences, rules, the second line of a table."""
_BAR = "\\|"
_NUMBERED = re.compile(r"([0-9]{1,9})(?=[.)](?:\s|$))")


def markdown(paper: Paper) -> Iterator[str]:
    """Line by line; what was typed never turns into a sign of Markdown."""
    if paper.drill:
        yield from (f"**{_line(paper.drill)}**", "")
    if paper.issuer:
        yield from (_line(paper.issuer), "")
    yield f"# {_line(paper.title)}"
    if paper.meta:
        yield from ("", _line(paper.meta))
    before: object = None
    for block in paper.blocks:
        if not (isinstance(block, Item) and isinstance(before, Item)):
            yield ""
        match block:
            case Heading():
                yield f"{'#' * (block.level + 1)} {_line(block.text)}"
            case Para():
                mark = "**" if block.strong and block.text.strip() else ""
                yield from _flow(block.text, mark, mark)
            case Item():
                yield from _flow(block.text, "  - " if block.deep else "- ")
            case Table():
                yield from _table(block)
        before = block
    if paper.signatures:
        yield ""
        yield from (f"{_line(line)}  " for line in paper.signatures)


def _flow(text: str, before: str = "", behind: str = "") -> Iterator[str]:
    """A text with its line breaks, each line as far in as the first."""
    lines = [_plain(line) for line in map(str.strip, visible(text).split("\n")) if line] or [""]
    margin = " " * len(before) if before.endswith(" ") else ""
    for n, line in enumerate(lines):
        yield f"{margin if n else before}{line}{'  ' if n + 1 < len(lines) else behind}"


def _table(table: Table) -> Iterator[str]:
    yield _row(table.head)
    yield f"| {' | '.join(['---'] * len(table.head))} |"
    yield from map(_row, table.rows)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(_line(cell).replace('|', _BAR) for cell in cells)} |"


def _line(text: str) -> str:
    """One line, whatever was typed."""
    return _plain(" ".join(visible(text).split()))


def _plain(line: str) -> str:
    """A line as text and nothing else."""
    line = _SIGN.sub(lambda sign: f"\\{sign[0]}", line)
    if number := _NUMBERED.match(line):
        return f"{number[1]}\\{line[number.end() :]}"
    return f"\\{line}" if _BEGINS.match(line) else line
