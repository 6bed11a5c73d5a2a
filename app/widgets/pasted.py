"""What a list is searched for when something is pasted: one line of it, and what must be said about the rest."""

from __future__ import annotations

from app.domain.message import Message
from app.render.paint import paint_cells

LONGEST = 4_000
"""Characters of a line that are still looked at: invisible ones and blanks do not count against the room."""


def pasted_line(text: str, room: int) -> tuple[str, Message | None]:
    """The first line of a paste, and a sentence when that is not all of it; nothing of a line that is too long."""
    lines = [line for line in text.splitlines() if line.strip()]
    first = lines[0] if lines else ""
    if len(first) <= LONGEST:
        first = " ".join(paint_cells(first).split())
    if not first:
        return "", Message("Nothing was pasted: there is no text in it.")
    if len(first) > room:
        return "", Message("Not pasted: {count} characters, at most {cap} fit here.",
                           {"count": len(first), "cap": room})  # fmt: skip
    if len(lines) > 1:
        return first, Message("Only the first of {lines} pasted lines is searched for.", {"lines": len(lines)})
    return first, None
