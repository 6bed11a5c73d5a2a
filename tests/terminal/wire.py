"""What went over the line to a terminal, told apart: text, Textual's own control sequences, and anything else."""

from __future__ import annotations

import re
import unicodedata

_OWN = re.compile(
    r"\x1b\[\?2026l\x07"  # the bell of an urgent reminder: between two frames, where no stored text can stand
    r"|\x1b\[(?:[0-9;]*m"  # colours
    r"|[0-9]+;[0-9]+H"  # the cursor to a cell
    r"|\?(?:7|25|1000|1003|1004|1006|1015|1016|1049|2004|2026|2048)[hl]"  # screen, mouse, paste, frames
    r"|\?20(?:26|48)\$p"  # asks what the terminal can
    r"|>[0-9]+u|<u"  # keys in full
    r")|\x1b\]22;[a-z-]+\x07"  # shape of the pointer
    r"|\r\n|\r"
)
_COLOUR = re.compile(r"\x1b\[([0-9;]*)m")
_COLOURS = re.compile(r"(?:0|[1-9]|2[1-9]|39|49|[349][0-7]|10[0-7]|[34]8;(?:2;[0-9]+;[0-9]+;[0-9]+|5;[0-9]+))?")
_INVISIBLE = ("Cc", "Cf", "Cs", "Zl", "Zp")
_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
MARKS = 6
"""So many combining marks on one character are language; more are an attack."""


def foreign(sent: bytes) -> list[str]:
    """Everything that is neither plain visible text nor a sequence of Textual's, with what stands around it."""
    text = sent.decode("utf-8", "surrogateescape")
    found: list[str] = []
    at = 0
    marks = 0
    while at < len(text):
        own = _OWN.match(text, at)
        if own is not None:
            if (colour := _COLOUR.fullmatch(own.group())) and not _is_colour(colour[1]):
                found.append(_around(text, at))
            at = own.end()
            continue
        kind = unicodedata.category(text[at])
        marks = marks + 1 if kind.startswith("M") else 0
        if kind in _INVISIBLE or text[at] in _FILLERS or marks > MARKS:
            found.append(_around(text, at))
        at += 1
    return found


def _is_colour(given: str) -> bool:
    parts = re.findall(r"[34]8;(?:2;[0-9]+;[0-9]+;[0-9]+|5;[0-9]+)|[0-9]+", given)
    return all(_COLOURS.fullmatch(part) for part in parts)


def _around(text: str, at: int) -> str:
    return ascii(text[max(0, at - 30) : at + 30])


def restored(sent: bytes) -> list[str]:
    """What the program switched on and did not switch off again; empty = the terminal is as it was."""
    text = sent.decode("utf-8", "replace")
    on = {"1049": "alternate screen", "1000": "mouse", "1003": "mouse moves", "1006": "mouse codes",
          "1015": "old mouse codes", "1004": "focus reports", "2004": "bracketed paste", "2048": "sizes"}  # fmt: skip
    left = [name for mode, name in on.items() if text.rfind(f"\x1b[?{mode}h") > text.rfind(f"\x1b[?{mode}l")]
    if text.rfind("\x1b[?25l") > text.rfind("\x1b[?25h"):
        left.append("hidden cursor")
    if text.rfind("\x1b[?7l") > text.rfind("\x1b[?7h"):
        left.append("no line wrap")
    if re.search(r"\x1b\[>[0-9]+u", text) and "\x1b[<u" not in text:
        left.append("keys in full")
    if text.rfind("\x1b[?2026h") > text.rfind("\x1b[?2026l"):
        left.append("frame not shown")
    return left
