"""The header's second line before what holds the posture up was read: which one, and since when."""

from __future__ import annotations

from app.domain.posture import Colour, Posture, Standing
from app.render.rows import Cell, Piece, Tone
from app.render.sight import Sight

_TONES = {Posture.BLUE: Tone.ACCENT, Posture.RED: Tone.DANGER}


def posture_line(standing: Standing, sight: Sight) -> Cell:
    """``▲ 防汛黄色戒备 自07-02 17:42``; empty without a posture in force. No first row waits for more."""
    if standing.posture is Posture.SEASON:
        return ()
    tone = _TONES.get(standing.posture, Tone.SOON)
    said = sight.t("flood posture {posture}", posture=Colour(standing.posture.value))
    since = " " + sight.t("from {at}", at=sight.stamp(standing.since)) if standing.since else ""
    return (Piece(" "), Piece(f"{sight.glyphs.attention} ", tone), Piece(said, tone), Piece(since))
