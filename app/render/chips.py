"""What a list is narrowed to, as chips: each can be taken away by a click."""

from __future__ import annotations

from app.domain.case_filter import CaseFilter
from app.domain.policy import WhistleKind
from app.render.rows import Cell, Piece, Tone
from app.render.sight import Sight


def condition_words(sort: str, code: str, sight: Sight) -> str:
    """One condition in words: a kind, a unit's or department's short name, or that only overdue cases are shown."""
    if sort == "overdue":
        return sight.t("overdue only")
    return sight.words.enum(WhistleKind(code)) if sort == "kinds" else sight.short(code)


def filter_cell(narrowed: CaseFilter, shown: int, sight: Sight, key: str) -> Cell:
    """The line of chips, how many cases they leave, and the ``key`` that takes all away.

    Piece 1, 3, 5 … is the chip of condition 0, 1, 2 …: see ``CaseFilter.conditions``.
    """
    pieces = [Piece(sight.t("Only "), Tone.QUIET)]
    for sort, code in narrowed.conditions():
        pieces += [Piece(f" {condition_words(sort, code, sight)} ", Tone.CHIP), Piece(" ")]
    pieces[-1] = Piece("  " + sight.t("{n} shown · {key} shows all", n=shown, key=key), Tone.QUIET)
    return tuple(pieces)
