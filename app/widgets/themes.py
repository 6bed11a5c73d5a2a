"""The two looks of the desk: one accent, red and amber kept for what matters."""

from __future__ import annotations

from textual.theme import Theme

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
    success="#2c7548",
    warning="#935400",
    error="#bd1f1f",
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

THEMES = (NIGHT, DAY)
