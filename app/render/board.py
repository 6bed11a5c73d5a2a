"""The board of whistles: one row a case, columns that come with the width (design 4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from app.domain.whistle import BOARD_STATES, Severity, Waiting, Whistle, WhistleState
from app.render.clock import MINUTE
from app.render.rows import Cell, Column, Piece, Row, Tone, one
from app.render.sight import NEAR, Sight
from app.render.words import Words

BAR = 4
"""Cells of the bar of what is left."""
HOUR = timedelta(hours=1)


class CaseRow(Protocol):
    """What a row of the board is made of."""

    @property
    def whistle(self) -> Whistle:
        """The case."""

    @property
    def title(self) -> str:
        """What happened."""

    @property
    def place_text(self) -> str:
        """Where."""

    @property
    def departments(self) -> tuple[str, ...]:
        """Codes of the departments still waited for."""


def board_columns(words: Words) -> tuple[Column, ...]:
    """The columns; the wider the list the more of them."""
    zh = words.language == "zh"
    return (
        Column("danger", "", 1, 10),
        Column("number", words.t("No."), 7, 10),
        Column("title", words.t("Matter"), 27 if zh else 25, 11, most=36, least=18),
        Column("place", words.t("Where"), 14, 2, most=28),
        Column("grid", words.t("Grid"), 8 if zh else 13, 7),
        Column("kind", words.t("Kind"), 8 if zh else 13, 3, most=8 if zh else 17),
        Column("waiting", words.t("Waits for"), 12 if zh else 15, 8, most=14 if zh else 18),
        Column("departments", words.t("Outstanding"), 14, 1, most=44),
        Column("since", words.t("Since"), 5, 5),
        Column("left", words.t("Left"), 7, 9, right=True),
        Column("bar", "", BAR, 4),
    )


def case_number(whistle: Whistle, words: Words) -> str:
    """``0702-01`` as the board shows it, or that it is a draft."""
    return whistle.number[6:] if whistle.number else words.enum(WhistleState.DRAFT)


def named(whistle: Whistle) -> str:
    """The same for a message: a draft is named in the language in which that is said."""
    return whistle.number[6:] if whistle.number else WhistleState.DRAFT


def board_row(row: CaseRow, sight: Sight) -> Row:
    """One case of the board."""
    whistle = row.whistle
    over = whistle.state not in BOARD_STATES
    calm = Tone.QUIET if over else Tone.PLAIN
    return Row(
        whistle.id,
        {
            "danger": _danger(whistle, sight),
            "number": one(case_number(whistle, sight.words), Tone.QUIET if not whistle.number else calm),
            "title": one(row.title, calm if over or whistle.danger else Tone.STRONG),
            "place": one(_place(row, sight), Tone.QUIET),
            "grid": one(sight.short(whistle.grid), calm),
            "kind": one(sight.words.enum(whistle.kind), Tone.QUIET),
            "waiting": waiting_cell(whistle, sight),
            "departments": one(" ".join(sight.short(code) for code in row.departments), Tone.QUIET),
            "since": one(sight.near(whistle.opened_at or whistle.created_at), Tone.QUIET),
            "left": _left(whistle, sight),
            "bar": _bar(whistle, sight),
        },
    )


def reads_so(row: CaseRow, sight: Sight) -> tuple[datetime, datetime]:
    """From when until when a row of the board reads as it does now: its limit counts, its time of day ages.

    While a limit is counted in seconds that is no time at all.
    """
    whistle, now = row.whistle, sight.now
    ends = [now + HOUR]
    if whistle.deadline_at is not None and whistle.state in BOARD_STATES:
        rest = whistle.deadline_at - now
        into = abs(rest) % MINUTE
        ends.append(now if abs(rest) <= MINUTE else now + (into if rest > timedelta(0) else MINUTE - into))
    ages = (whistle.opened_at or whistle.created_at) + NEAR
    if ages > now:
        ends.append(ages)
    return now, min(ends)


def _place(row: CaseRow, sight: Sight) -> str:
    return row.place_text or (sight.name(row.whistle.place) if row.whistle.place else "")


def _danger(whistle: Whistle, sight: Sight) -> Cell:
    if whistle.state not in BOARD_STATES:
        return one(sight.glyphs.done, Tone.QUIET)
    if whistle.danger == 0:
        return one(sight.glyphs.alarm, Tone.DANGER)
    if whistle.danger == 1 or whistle.severity is not Severity.NORMAL:
        return one(sight.glyphs.attention, Tone.SOON)
    return one(sight.glyphs.normal, Tone.QUIET)


_COUNTED = {Waiting.ACKNOWLEDGE: "acknowledged", Waiting.REPORT_IN: "reported_in", Waiting.WORK: "done"}


def waiting_cell(whistle: Whistle, sight: Sight) -> Cell:
    """Whom the case waits for, with how many have come: 报到 3/6; an ended case says how it ended."""
    if whistle.state is WhistleState.MERGED:
        return one(sight.t("joined"), Tone.QUIET)
    if whistle.state not in BOARD_STATES and whistle.state is not WhistleState.CLOSED:
        return one(sight.words.enum(whistle.state), Tone.QUIET)
    word = sight.words.enum(whistle.waiting)
    counted = _COUNTED.get(whistle.waiting)
    pieces = [Piece(word, Tone.QUIET if whistle.waiting is Waiting.REVIEW else Tone.PLAIN)]
    if counted and whistle.assigned:
        pieces.append(Piece(f" {getattr(whistle, counted)}/{whistle.assigned}", Tone.STRONG))
    if whistle.rework_count:
        pieces.append(Piece(" " + sight.t("redo {n}", n=whistle.rework_count), Tone.SOON))
    return tuple(pieces)


def _left(whistle: Whistle, sight: Sight) -> Cell:
    if whistle.deadline_at is None or whistle.state not in BOARD_STATES:
        return ()
    return one(sight.left(whistle.deadline_at), sight.urgency(whistle.deadline_at))


def started_at(whistle: Whistle) -> datetime:
    """When the running limit began, as near as the case itself tells."""
    began = {
        Waiting.APPROVAL: whistle.submitted_at,
        Waiting.CHECK: whistle.awaiting_check_at,
        Waiting.CONSULTATION: whistle.consulting_at,
        Waiting.ACKNOWLEDGE: whistle.dispatched_at,
        Waiting.REPORT_IN: whistle.dispatched_at,
    }
    return began.get(whistle.waiting) or whistle.opened_at or whistle.created_at


def _bar(whistle: Whistle, sight: Sight) -> Cell:
    """What is left as a bar that empties towards the limit; a broken limit has none left."""
    deadline = whistle.deadline_at
    if deadline is None or whistle.state not in BOARD_STATES or deadline <= sight.now:
        return ()
    whole = (deadline - started_at(whistle)).total_seconds()
    share = (deadline - sight.now).total_seconds() / whole if whole > 0 else 1.0
    tone = sight.urgency(deadline)
    return one(sight.glyphs.bar(share, BAR), Tone.QUIET if tone is Tone.PLAIN else tone)


def up_to(number: int, most: int) -> int | str:
    """A number that was counted no further than one beyond ``most``: ``1000+``."""
    return number if number <= most else f"{most}+"


def board_title(counts: Sequence[tuple[str, int | str, Tone]]) -> Cell:
    """The counters of the border line: those that are not zero, and always the first."""
    pieces: list[Piece] = []
    for place, (word, number, tone) in enumerate(counts):
        if place and not number:
            continue
        if pieces:
            pieces.append(Piece(" · ", Tone.QUIET))
        pieces += [Piece(f"{word} ", Tone.PLAIN), Piece(str(number), tone)]
    return tuple(pieces)
