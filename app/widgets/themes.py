"""The three looks of the desk: one accent, red and amber kept for what matters."""

from __future__ import annotations

from collections.abc import Sequence

from textual.theme import Theme

from app.domain.message import N_

NIGHT = Theme(
    name="night",
    primary="#74b9d8",
    accent="#74b9d8",
    foreground="#d9dfe5",
    background="#11161b",
    surface="#11161b",
    panel="#1a2128",
    success="#86dab2",
    warning="#e6bc50",
    error="#f57c6d",
    dark=True,
    variables={
        "quiet": "#9aa6b2",
        "line": "#2f3a44",
        "cursor": "#1a394b",
        "resting": "#1c242c",
        "scrollbar": "#2f3a44",
        "scrollbar-background": "#11161b",
        "input-selection-background": "#74b9d8 35%",
        "text-muted": "#9aa6b2",
        "text-disabled": "#9aa6b2",
        "foreground-muted": "#9aa6b2",
    },
)
"""For the night shift: the default."""

DAY = Theme(
    name="day",
    primary="#07607f",
    accent="#07607f",
    foreground="#1e252b",
    background="#f8f8f5",
    surface="#f8f8f5",
    panel="#eceeec",
    success="#096a4a",
    warning="#8a5200",
    error="#9a1424",
    dark=False,
    variables={
        "quiet": "#515c65",
        "line": "#c9cfd3",
        "cursor": "#cde6f0",
        "resting": "#e8ecee",
        "scrollbar": "#c9cfd3",
        "scrollbar-background": "#f8f8f5",
        "input-selection-background": "#07607f 25%",
        "text-muted": "#515c65",
        "text-disabled": "#515c65",
        "foreground-muted": "#515c65",
    },
)
"""For bright rooms."""

CONTRAST = Theme(
    name="contrast",
    primary="#8fdcff",
    accent="#8fdcff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    success="#54e275",
    warning="#ffe24a",
    error="#ffb0a6",
    dark=True,
    variables={
        "quiet": "#d4dae0",
        "line": "#a8b2bb",
        "cursor": "#003658",
        "resting": "#303030",
        "scrollbar": "#a8b2bb",
        "scrollbar-background": "#000000",
        "input-selection-background": "#8fdcff 45%",
        "text-muted": "#d4dae0",
        "text-disabled": "#c4ccd3",
        "foreground-muted": "#d4dae0",
    },
)
"""For tired eyes, bad screens and projectors: every text at seven to one or more."""


def _of_sixteen(name: str, colours: Sequence[str], *, dark: bool) -> Theme:
    """A look of a terminal's own sixteen colours, named exactly: the nearest one of another colour may be unreadable.

    Ground, text, quiet text, accent, good, soon, danger, and the line.
    """
    ground, text, quiet, accent, good, soon, danger, line = colours
    return Theme(
        name=name, primary=accent, accent=accent, foreground=text, background=ground, surface=ground, panel=ground,
        success=good, warning=soon, error=danger, dark=dark,
        variables={
            "quiet": quiet, "line": line, "cursor": ground, "resting": ground, "scrollbar": line,
            "scrollbar-background": ground, "input-selection-background": accent, "text-muted": quiet,
            "text-disabled": quiet, "foreground-muted": quiet,
        },
    )  # fmt: skip


_DARK_SIXTEEN = ("#000000", "#ffffff", "#aaaaaa", "#55ffff", "#55ff55", "#ffff55", "#ff5555", "#aaaaaa")
_LIGHT_SIXTEEN = ("#ffffff", "#000000", "#555555", "#0000aa", "#0000aa", "#aa00aa", "#aa0000", "#555555")
THEMES = (NIGHT, DAY, CONTRAST)
SIXTEEN = (
    _of_sixteen(NIGHT.name, _DARK_SIXTEEN, dark=True),
    _of_sixteen(DAY.name, _LIGHT_SIXTEEN, dark=False),
    _of_sixteen(CONTRAST.name, _DARK_SIXTEEN, dark=True),
)
"""The same looks where the terminal has sixteen colours; what has the keys is reversed there."""
TITLES = {NIGHT.name: N_("night (dark)"), DAY.name: N_("day (light)"), CONTRAST.name: N_("high contrast")}


def theme_after(name: str) -> str:
    """The next look in the round; the first one after a look that is not ours."""
    names = [theme.name for theme in THEMES]
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]
