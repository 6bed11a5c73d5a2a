"""Plain text in columns: aligned by the cells a terminal draws, not by characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len

from app.render.paint import pad, paint_cells

GAP = "  "


def columns(rows: Iterable[Sequence[str]], head: Sequence[str] = ()) -> Iterator[str]:
    """Lines with every column as wide as its widest cell; columns that are empty throughout are left out."""
    body = [[paint_cells(cell) for cell in row] for row in rows]
    used = [n for n in range(max(map(len, body), default=0)) if any(n < len(row) and row[n] for row in body)]
    lines = [[row[n] if n < len(row) else "" for n in used] for row in ([list(head)] if head else []) + body]
    widths = [max(cell_len(line[n]) for line in lines) for n in range(len(used))] if lines else []
    for line in lines:
        yield GAP.join(pad(text, width) for text, width in zip(line, widths, strict=True)).rstrip()
