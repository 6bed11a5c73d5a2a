"""What runs out within the hour: when, what, which case (design 4)."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from app.domain.dues import DueKind
from app.render.clock import hm
from app.render.rows import Column, Piece, Row, Tone, one
from app.render.sight import Sight
from app.render.words import Words


class Limit(Protocol):
    """A limit that runs out."""

    @property
    def at(self) -> datetime:
        """When."""

    @property
    def kind(self) -> DueKind:
        """Which limit."""

    @property
    def number(self) -> str:
        """Number of the case."""

    @property
    def count(self) -> int:
        """How many departments share it."""


def upcoming_columns(words: Words) -> tuple[Column, ...]:
    """The columns of the next hour."""
    return (
        Column("at", words.t("Time"), 5, 9),
        Column("what", words.t("What"), 12, 8, most=30),
        Column("case", words.t("No."), 7, 7),
    )


def upcoming_row(limit: Limit, sight: Sight) -> Row:
    """One limit."""
    count = sight.t(" ×{n}", n=limit.count) if limit.count > 1 else ""
    return Row(
        (limit.at, limit.kind, limit.number),
        {
            "at": one(hm(limit.at, sight.zone), sight.urgency(limit.at)),
            "what": (Piece(sight.words.enum(limit.kind)), Piece(count, Tone.STRONG)),
            "case": one(limit.number[6:] or sight.glyphs.dash, Tone.QUIET),
        },
    )
