"""The list of the rounds mode: what is walked, what is over, how far each has come."""

from __future__ import annotations

from datetime import timedelta

from app.domain.patrol_row import PatrolRow, PatrolWord
from app.domain.planned_round import Timing
from app.domain.round_file import Progress
from app.render.glyphs import Glyphs
from app.render.rounds import how_words, problem_words, spoken
from app.render.rows import Cell, Column, Piece, Row, Tone, one
from app.render.sight import Sight
from app.render.words import Words

BAR = 4
"""Cells of the bar of what is answered."""

TONES = {
    PatrolWord.SILENT: Tone.DANGER,
    PatrolWord.UNDER_WAY: Tone.ACCENT,
    PatrolWord.FINISHED: Tone.GOOD,
    PatrolWord.INCOMPLETE: Tone.SOON,
    PatrolWord.LATE: Tone.SOON,
    PatrolWord.PLANNED: Tone.QUIET,
    PatrolWord.MISSED: Tone.DANGER,
}


def patrol_columns(words: Words) -> tuple[Column, ...]:
    """The columns; the wider the list the more of them."""
    zh = words.language == "zh"
    return (
        Column("word", words.t("Stands"), 8 if zh else 12, 9),
        Column("what", words.t("Round"), 10 if zh else 14, 11, most=28, least=8),
        Column("where", words.t("Where"), 10, 5, most=30),
        Column("team", words.t("Who walks"), 14, 2, most=26),
        Column("bar", "", BAR, 3),
        Column("done", words.t("Answered"), 6 if zh else 8, 7, right=True),
        Column("problems", words.t("Problems"), 4 if zh else 8, 6, right=True),
        Column("since", words.t("Time"), 5, 10),
        Column("left", words.t("Window"), 6 if zh else 9, 8, right=True),
        Column("number", words.t("No."), 8, 1),
    )


def strip_columns(words: Words) -> tuple[Column, ...]:
    """The columns of the duty desk: where each stands, when, which, how far, how long it has, or if it kept that."""
    zh = words.language == "zh"
    return (
        Column("word", words.t("Stands"), 8 if zh else 12, 11),
        Column("since", words.t("Time"), 5, 12),
        Column("where", words.t("Where"), 10, 10, most=30, least=8),
        Column("done", words.t("Answered"), 6 if zh else 8, 9, right=True),
        Column("problems", words.t("Problems"), 2, 5, right=True),
        Column("left", words.t("Window"), 6 if zh else 9, 8, right=True),
    )


def patrol_mark(word: PatrolWord, glyphs: Glyphs) -> str:
    """The sign of where a round stands."""
    return {
        PatrolWord.SILENT: glyphs.alarm,
        PatrolWord.UNDER_WAY: glyphs.pointer,
        PatrolWord.FINISHED: glyphs.done,
        PatrolWord.INCOMPLETE: glyphs.attention,
        PatrolWord.LATE: glyphs.attention,
        PatrolWord.PLANNED: glyphs.nobody,
        PatrolWord.MISSED: glyphs.failed,
    }[word]


def patrol_row(row: PatrolRow, sight: Sight) -> Row:
    """One round."""
    name, over = sight.words.name, row.ended_at is not None
    calm = Tone.QUIET if over else Tone.PLAIN
    tone = TONES[row.word]
    where = name(row.route) if row.route else sight.short(row.grid)
    progress = row.progress
    return Row(
        row.key,
        {
            "word": (Piece(patrol_mark(row.word, sight.glyphs) + " ", tone), Piece(sight.words.enum(row.word), tone)),
            "what": one(name(row.template), Tone.QUIET if over else Tone.STRONG),
            "where": one(where, calm),
            "team": one(sight.words.listed(sight.people(row.team)), Tone.QUIET),
            "bar": one(_bar(progress, sight), tone),
            "done": one(f"{progress.answered}/{progress.asked}" if progress else "", calm),
            "problems": _problems(progress, sight),
            "since": one(sight.near(row.ended_at or row.starts_at), Tone.QUIET),
            "left": _window(row, sight),
            "number": one(spoken(row.number, sight) if row.number else "", Tone.QUIET),
        },
    )


def _bar(progress: Progress | None, sight: Sight) -> str:
    return sight.glyphs.bar(progress.answered / progress.asked, BAR) if progress and progress.asked else ""


def _problems(progress: Progress | None, sight: Sight) -> Cell:
    """Those that are not solved; with none of them, those that were solved on the spot."""
    if progress is None or not progress.problems:
        return one("", Tone.QUIET)
    solved = f"{sight.glyphs.done}{progress.handled}"
    return one(str(progress.unsolved), Tone.DANGER) if progress.unsolved else one(solved, Tone.GOOD)


def _window(row: PatrolRow, sight: Sight) -> Cell:
    """What is left of its window; once it is over whether it was kept; voluntary where there is none."""
    left = row.left(sight.now)
    if left is not None:
        return one(sight.words.left(left), Tone.DANGER if left < timedelta(0) else Tone.PLAIN)
    return one(how_words(row.voluntary, row.timing, sight), Tone.SOON if row.timing is Timing.LATE else Tone.QUIET)


def patrol_title(rows: tuple[PatrolRow, ...], sight: Sight) -> Cell:
    """How many are walked and how many are over."""
    running = sum(row.word in (PatrolWord.UNDER_WAY, PatrolWord.SILENT) for row in rows)
    over = sum(row.ended_at is not None for row in rows)
    problems = sum(row.progress.problems for row in rows if row.progress)
    handled = sum(row.progress.handled for row in rows if row.progress)
    cell: Cell = (Piece(sight.t("Rounds") + " "), Piece(str(running), Tone.STRONG))
    if len(rows) > running + over:
        cell = (*cell, Piece(" · ", Tone.QUIET), Piece(sight.t("due {n}", n=len(rows) - running - over)))
    if over:
        cell = (*cell, Piece(" · ", Tone.QUIET), Piece(sight.t("over {n}", n=over), Tone.QUIET))
    for said, tone in problem_words(Progress(0, 0, problems, handled), sight):
        cell = (*cell, Piece(" · ", Tone.QUIET), Piece(said, tone))
    return cell
