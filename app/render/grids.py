"""The grids of the street by community: glyph, word, reasons, and who is on duty (domain 2.9)."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.grid_status import GridStatus, GridWord
from app.domain.policy import WhistleKind
from app.domain.whistle import WhistleState
from app.render.rows import WHOLE, Cell, Column, Piece, Row, Tone, one
from app.render.sight import Sight
from app.render.words import Words
from app.render.wrap import wrap

TONES = {
    GridWord.ALARM: Tone.DANGER,
    GridWord.ATTENTION: Tone.SOON,
    GridWord.NORMAL: Tone.QUIET,
    GridWord.NOBODY: Tone.QUIET,
    GridWord.NO_DATA: Tone.QUIET,
}


NOT_NORMAL = (GridWord.ALARM, GridWord.ATTENTION, GridWord.NOBODY, GridWord.NO_DATA)
"""Words that are counted, the worst first."""


def grid_columns(words: Words) -> tuple[Column, ...]:
    """The columns of the pane of grids."""
    zh = words.language == "zh"
    return (
        Column("glyph", "", 1, 9),
        Column("grid", words.t("Grid"), 8 if zh else 13, 10),
        Column("word", words.t("Status"), 6 if zh else 9, 8),
        Column("why", words.t("Reason"), 8, 5, most=60),
    )


def grid_lines(grids: Sequence[GridStatus], sight: Sight) -> list[Row]:
    """One row a grid under a heading a community, in the street's order."""
    rows: list[Row] = []
    community = ""
    for status in grids:
        if status.grid.parent != community:
            community = status.grid.parent
            rows.append(Row(("community", community), {WHOLE: one(sight.name(community), Tone.QUIET)}, still=True))
        rows.append(grid_row(status, sight))
    return rows


def grid_row(status: GridStatus, sight: Sight) -> Row:
    """One grid: what is normal is quiet, what is not says why."""
    tone = TONES[status.word]
    loud = status.word in (GridWord.ALARM, GridWord.ATTENTION)
    why = ("；" if sight.words.language == "zh" else "; ").join(sight.say(reason) for reason in status.reasons)
    kinds = kinds_open(status, sight, but=WhistleKind.EMERGENCY)  # those are among the reasons
    return Row(
        status.grid.code,
        {
            "glyph": one(sight.glyphs.status(status.word), tone),
            "grid": one(sight.short(status.grid.code), Tone.STRONG if loud else Tone.PLAIN),
            "word": one(sight.words.enum(status.word), tone),
            "why": (
                Piece(why, Tone.PLAIN if loud else Tone.QUIET),
                Piece(f"{' ' if why and kinds else ''}{kinds}", Tone.QUIET),
            ),
        },
    )


def kinds_open(status: GridStatus, sight: Sight, but: WhistleKind | None = None) -> str:
    """Open cases by kind, ``应急1 日常2``, ``but`` one kind; a draft is named last, for it is not blown."""
    return " ".join(open_by_kind(status, sight, but))


def open_by_kind(status: GridStatus, sight: Sight, but: WhistleKind | None = None) -> list[str]:
    """Each kind of which cases are open, with their number."""
    between = "" if sight.words.language == "zh" else " "
    found = [(sight.words.enum(kind), status.figures.open.get(kind, 0)) for kind in WhistleKind if kind is not but]
    found.append((sight.words.enum(WhistleState.DRAFT), status.figures.drafts))
    return [f"{word}{between}{number}" for word, number in found if number]


def grid_detail_title(status: GridStatus, sight: Sight) -> Cell:
    """The border's words: the grid and its open cases by kind."""
    pieces = [Piece(sight.name(status.grid.code))]
    for kind in open_by_kind(status, sight):
        pieces += [Piece(" · ", Tone.QUIET), Piece(kind, Tone.STRONG)]
    return tuple(pieces)


def grid_detail(status: GridStatus, sight: Sight, width: int) -> tuple[Cell, ...]:
    """What the pane says of the grid under the cursor: its reasons, who is on duty, the last record."""
    tone = TONES[status.word]
    figures = status.figures
    duty = sight.words.listed(tuple(sight.person(code) for code in figures.on_duty))
    vacancies = sight.words.listed(tuple(sight.words.enum(role) for role in figures.vacancies))
    reasons = sight.words.listed(tuple(sight.say(reason) for reason in status.reasons))
    lines: list[Cell] = [one(reasons or sight.t("nothing to report"), tone if status.reasons else Tone.QUIET)]
    label = sight.t("Duty") + " "
    on_duty = wrap(label + (duty or sight.glyphs.dash), width, most=2)
    lines += [(Piece(label, Tone.QUIET), Piece(on_duty[0][len(label) :])), *map(one, on_duty[1:])]
    if rounds := rounds_words(status, sight):
        lines.append((Piece(sight.t("Rounds") + " ", Tone.QUIET), Piece(rounds)))
    if vacancies:
        lines.append((Piece(sight.t("Vacant") + " ", Tone.QUIET), Piece(vacancies)))
    else:
        lines.append((Piece(sight.t("Last record") + " ", Tone.QUIET),
                      Piece(sight.stamp(figures.last_record_at) or sight.glyphs.dash)))  # fmt: skip
    return tuple(lines)


def rounds_words(status: GridStatus, sight: Sight) -> str:
    """When a round was last begun there, and when the next is due; empty where there was none and none is due."""
    rounds = status.figures.rounds
    parts = (
        sight.t("last {at}", at=sight.stamp(rounds.last_at)) if rounds.last_at else "",
        sight.t("next {at}", at=sight.stamp(rounds.next_at)) if rounds.next_at else "",
    )
    return " · ".join(part for part in parts if part)


def grid_title(grids: Sequence[GridStatus], sight: Sight) -> Cell:
    """The border's words: how many grids, and how many of them are not normal."""
    pieces = [Piece(sight.t("Grids") + " "), Piece(str(len(grids)), Tone.STRONG)]
    for word in NOT_NORMAL:
        number = sum(status.word is word for status in grids)
        if number:
            name = sight.words.enum(word) + ("" if sight.words.language == "zh" else " ")
            pieces += [Piece(" · ", Tone.QUIET), Piece(name), Piece(str(number), TONES[word])]
    return tuple(pieces)


def grid_summary(grids: Sequence[GridStatus], sight: Sight) -> Cell:
    """All grids in one line for a small screen: those that are not normal by name, the rest as a number."""
    pieces: list[Piece] = [Piece(sight.t("Grids") + " "), Piece(f"{len(grids)}  ", Tone.STRONG)]
    for word in NOT_NORMAL:
        mine = [status for status in grids if status.word is word]
        if mine:
            names = " ".join(sight.short(status.grid.code) for status in mine) if word is GridWord.ALARM else len(mine)
            pieces.append(Piece(f"{sight.glyphs.status(word)}{sight.words.enum(word)} {names}  ", TONES[word]))
    return tuple(pieces)
