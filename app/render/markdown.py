"""A paper as Markdown that reads as it is, and prints."""

from __future__ import annotations

from collections.abc import Iterator

from app.render.paper import Heading, Item, Paper, Para, Table


def markdown(paper: Paper) -> Iterator[str]:
    """Line by line; what was typed never turns into a sign of Markdown."""
    if paper.drill:
        yield from (f"**{_plain(paper.drill)}**", "")
    if paper.issuer:
        yield from (_plain(paper.issuer), "")
    yield f"# {_plain(paper.title)}"
    if paper.meta:
        yield from ("", _plain(paper.meta))
    before: object = None
    for block in paper.blocks:
        if not (isinstance(block, Item) and isinstance(before, Item)):
            yield ""
        match block:
            case Heading():
                yield f"{'#' * (block.level + 1)} {_plain(block.text)}"
            case Para():
                yield f"**{_plain(block.text)}**" if block.strong else _plain(block.text)
            case Item():
                yield f"{'  ' if block.deep else ''}- {_plain(block.text)}"
            case Table():
                yield from _table(block)
        before = block
    if paper.signatures:
        yield ""
        yield from (f"{_plain(line)}  " for line in paper.signatures)


def _table(table: Table) -> Iterator[str]:
    yield _row(table.head)
    yield _row(("---",) * len(table.head))
    yield from (_row(tuple(_plain(cell) for cell in row)) for row in table.rows)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _plain(text: str) -> str:
    """Signs that Markdown would take for something else."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>" else sign for sign in text)
