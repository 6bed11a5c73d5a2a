"""The border words of a gauge's line: which gauge, how high, which way, how fast, and how much of the past."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.gauge import GaugeNow
from app.render.gauges import rate_words, standing_words, trend_words
from app.render.rows import Cell, Piece, Tone
from app.render.sight import Sight

DOT = Piece(" · ", Tone.QUIET)


def water_title(gauges: Sequence[GaugeNow], shown: GaugeNow | None, hours: int, sight: Sight) -> Cell:
    """``水位 双河大桥水尺 199.42 m ↑ 涨 +0.12 m/h · 24小时 · 1/2``."""
    title: Cell = (Piece(sight.t("Water level")),)
    if shown is None:
        return title
    title = (*title, Piece(" "), Piece(sight.words.name(shown.gauge.name), Tone.QUIET))
    if shown.latest is not None:
        tone = Tone.DANGER if shown.level is not None else Tone.STRONG if shown.fresh else Tone.QUIET
        title = (*title, Piece(" "), Piece(f"{shown.latest.metres} m", tone))
        moving = " ".join(part for part in (trend_words(shown.trend, sight), rate_words(shown.rate, sight)) if part)
        if moving:
            title = (*title, Piece(" "), Piece(moving))
        if not shown.fresh:
            title = (*title, DOT, Piece(sight.t("too old to go by"), Tone.SOON))
    if shown.level is not None:
        title = (*title, DOT, Piece(standing_words(shown, sight), Tone.DANGER))
    title = (*title, DOT, Piece(sight.t("{n} h", n=hours), Tone.QUIET))
    if len(gauges) > 1:
        nth = next(n for n, each in enumerate(gauges, 1) if each.gauge.id == shown.gauge.id)
        title = (*title, DOT, Piece(f"{nth}/{len(gauges)}", Tone.QUIET))
    return title


def no_gauge(sight: Sight) -> str:
    """What stands where the street has no gauge."""
    return sight.t("No gauge yet: gauges stand in the rules for rounds, with their levels.")
