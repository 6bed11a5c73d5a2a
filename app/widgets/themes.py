"""The three looks of the desk: one accent, red and amber kept for what matters."""

from __future__ import annotations

from textual.theme import Theme

from app.domain.message import N_

NIGHT = Theme(
    name="night",
    primary="#6fb3d2",
    accent="#6fb3d2",
    foreground="#d6dce2",
    background="#11161b",
    surface="#11161b",
    panel="#1a2128",
    success="#86b98d",
    warning="#e0b05a",
    error="#ff7468",
    dark=True,
    variables={
        "quiet": "#8b96a1",
        "line": "#2f3a44",
        "cursor": "#1d3b4c",
        "resting": "#1c242c",
        "scrollbar": "#2f3a44",
        "scrollbar-background": "#11161b",
        "input-selection-background": "#6fb3d2 35%",
    },
)
"""For the night shift: the default."""

DAY = Theme(
    name="day",
    primary="#0a6a8c",
    accent="#0a6a8c",
    foreground="#1e252b",
    background="#f8f8f5",
    surface="#f8f8f5",
    panel="#eceeec",
    success="#18705a",
    warning="#965700",
    error="#a5121f",
    dark=False,
    variables={
        "quiet": "#626d76",
        "line": "#c9cfd3",
        "cursor": "#cfe6ef",
        "resting": "#e8ecee",
        "scrollbar": "#c9cfd3",
        "scrollbar-background": "#f8f8f5",
        "input-selection-background": "#0a6a8c 25%",
    },
)
"""For bright rooms."""

CONTRAST = Theme(
    name="contrast",
    primary="#7fd4ff",
    accent="#7fd4ff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    success="#8ff0a0",
    warning="#ffd75e",
    error="#ff9a90",
    dark=True,
    variables={
        "quiet": "#d4dae0",
        "line": "#a8b2bb",
        "cursor": "#00456f",
        "resting": "#303030",
        "scrollbar": "#a8b2bb",
        "scrollbar-background": "#000000",
        "input-selection-background": "#7fd4ff 45%",
        "text-muted": "#d4dae0",
        "text-disabled": "#a8b2bb",
        "foreground-muted": "#d4dae0",
    },
)
"""For tired eyes, bad screens and projectors: every text at seven to one or more."""

THEMES = (NIGHT, DAY, CONTRAST)
TITLES = {NIGHT.name: N_("night (dark)"), DAY.name: N_("day (light)"), CONTRAST.name: N_("high contrast")}


def theme_after(name: str) -> str:
    """The next look in the round; the first one after a look that is not ours."""
    names = [theme.name for theme in THEMES]
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]
