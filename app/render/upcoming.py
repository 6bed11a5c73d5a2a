"""What the duty clock does within the hour: when, what, which case, and the key that prevents it (design 4)."""

from __future__ import annotations

from app.domain.coming import Coming
from app.domain.dues import DueKind
from app.domain.notice import OF_REMINDERS
from app.domain.plan import Step
from app.domain.watch_topics import WatchTopic, is_watch
from app.keymap import Keymap
from app.render.clock import hm
from app.render.rounds import spoken
from app.render.rows import Cell, Column, Piece, Row, Tone, one
from app.render.sight import Sight
from app.render.words import Words


def upcoming_columns(words: Words) -> tuple[Column, ...]:
    """The columns of the next hour."""
    return (
        Column("at", words.t("Time"), 5, 9),
        Column("what", words.t("What"), 12, 8, most=30),
        Column("case", words.t("No."), 7, 6),
        Column("key", words.t("Key"), 3, 7),
    )


def upcoming_row(line: Coming, sight: Sight, keymap: Keymap) -> Row:
    """One line."""
    return Row(
        line.key,
        {
            "at": one(hm(line.at, sight.zone), sight.urgency(line.at)),
            "what": _what(line, sight),
            "case": one(_number(line, sight), Tone.QUIET),
            "key": one(keymap.key(line.command) if line.command else "", Tone.ACCENT),
        },
    )


def _number(line: Coming, sight: Sight) -> str:
    """Of its case, or of its round as it is spoken."""
    if is_watch(line.topic) and line.number:
        return spoken(line.number, sight)
    return line.number[6:] or sight.glyphs.dash


def _what(line: Coming, sight: Sight) -> Cell:
    count: Cell = (Piece(sight.t(" ×{n}", n=line.count), Tone.STRONG),) if line.count > 1 else ()
    if line.topic == OF_REMINDERS:
        said = line.text or (sight.words.name(line.name) if line.name else sight.t("reminder"))
    elif is_watch(line.topic):
        name = sight.words.name(line.name) if line.name else ""
        said = " ".join(part for part in (name, sight.words.enum(WatchTopic(line.topic))) if part)
    else:
        said = sight.words.enum(DueKind(line.topic))
    if line.step is Step.ESCALATE:
        return (Piece(sight.t("calls next: "), Tone.SOON), Piece(said), *count)
    return (Piece(said), *count)
