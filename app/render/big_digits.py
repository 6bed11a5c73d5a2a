"""Numbers that are read from the back of a room: three lines of half blocks a digit."""

from __future__ import annotations

DIGITS = {
    "0": ("█▀█", "█ █", "▀▀▀"),
    "1": ("▀█ ", " █ ", "▀▀▀"),
    "2": ("▀▀█", "█▀▀", "▀▀▀"),
    "3": ("▀▀█", " ▀█", "▀▀▀"),
    "4": ("█ █", "▀▀█", "  ▀"),
    "5": ("█▀▀", "▀▀█", "▀▀▀"),
    "6": ("█▀▀", "█▀█", "▀▀▀"),
    "7": ("▀▀█", "  █", "  ▀"),
    "8": ("█▀█", "█▀█", "▀▀▀"),
    "9": ("█▀█", "▀▀█", "▀▀▀"),
}
LINES = 3
"""Lines of the screen that a number takes."""


def big(value: int) -> tuple[str, ...]:
    """The lines of a number that is nought or more, all equally long."""
    signs = [DIGITS[sign] for sign in str(value)]
    return tuple(" ".join(sign[line] for sign in signs) for line in range(LINES))
