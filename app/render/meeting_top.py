"""The two lines above each page of a briefing in front of everybody: where one is, how long already, the title."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from rich.cells import cell_len

from app.domain.briefing_file import BriefingFile
from app.render.clock import day, hm
from app.render.meeting import Room, Slide
from app.render.rows import Cell, Piece, Tone
from app.render.sight import Sight

AGENDA = (timedelta(minutes=10), timedelta(minutes=20))
"""How long it should take, from and to (domain 6.1)."""
BETWEEN = Piece("   ")


@dataclass(frozen=True, slots=True)
class Head:
    """What the first line says; ``changed`` = somebody wrote something that the page does not show yet."""

    file: BriefingFile
    number: int
    total: int
    began_at: datetime
    changed: bool = False


def top_line(head: Head, sight: Sight, margin: str, width: int) -> Cell:
    """Which briefing, which page, how long already, and the clock at the right edge."""
    file = head.file
    weekday = sight.words.weekday(file.until.astimezone(sight.zone))
    unit = sight.short(file.unit)
    when = f"{day(file.until, sight.zone)} {weekday}"
    names = (f"{sight.t('Morning briefing')} {unit} {when}", f"{unit} {when}", unit)
    spent, tone = timer_words(sight.now - head.began_at, sight)
    right = [
        Piece(sight.t("page {n} of {of}", n=head.number, of=head.total), Tone.QUIET), BETWEEN, Piece(spent, tone),
        BETWEEN, Piece(hm(sight.now, sight.zone), Tone.STRONG),
    ]  # fmt: skip
    if head.changed:
        right = [Piece(sight.t("changed since"), Tone.SOON), BETWEEN, *right]
    room = width - 2 * len(margin) - sum(cell_len(piece.text) for piece in right) - 2
    left = Piece(next((name for name in names if cell_len(name) <= room), unit), Tone.QUIET)
    return (Piece(margin), left, Piece(" " * max(2, room + 2 - cell_len(left.text))), *right)


def title_line(page: Slide, room: Room, *, opened: bool) -> Cell:
    """The title, set wide where there is room, and which part of it the page is; ``opened`` = it is a list."""
    part = f"  ({page.part + 1}/{page.of})" if page.of > 1 else ""
    title = page.title if opened else spaced(page.title)
    if cell_len(title) + len(part) > room.width:
        title = page.title
    return Piece(title, Tone.ACCENT if opened else Tone.STRONG), Piece(part, Tone.QUIET)


def spaced(title: str) -> str:
    """A title set wide: ``二、 预 警``; Latin letters in capitals."""
    return " ".join(title.upper()) if title.isascii() else " ".join(title).replace(" 、", "、").replace("   ", "  ")


def timer_words(span: timedelta, sight: Sight) -> tuple[str, Tone]:
    """How long it has been going on, against how long it should take."""
    minutes = int(span.total_seconds() // 60)
    low, high = (int(limit.total_seconds() // 60) for limit in AGENDA)
    tone = Tone.QUIET if span < AGENDA[0] else Tone.PLAIN if span < AGENDA[1] else Tone.SOON
    return sight.t("{n} min of {low}–{high}", n=minutes, low=low, high=high), tone
