"""Colours of tones and row states, taken from the theme's variables: no style rule has to be matched per widget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rich.style import Style
from textual.color import Color
from textual.style import Style as VisualStyle
from textual.widget import Widget

from app.render.rows import Tone


@dataclass(frozen=True, slots=True)
class Look:
    """Which theme variables colour a tone or a state; empty = as the widget is."""

    color: str = ""
    background: str = ""
    bold: bool = False


LOOKS: Mapping[str, Look] = {
    Tone.PLAIN: Look("foreground"),
    Tone.STRONG: Look("foreground", bold=True),
    Tone.QUIET: Look("quiet"),
    Tone.ACCENT: Look("accent"),
    Tone.GOOD: Look("success"),
    Tone.SOON: Look("warning"),
    Tone.DANGER: Look("error", bold=True),
    Tone.LINE: Look("line"),
    Tone.WATER: Look("accent"),
    Tone.CHIP: Look("background", "accent"),
    "titles": Look("quiet"),
    "cursor": Look(background="cursor"),
    "resting": Look(background="resting"),
}


def style_of(widget: Widget, *names: str) -> Style:
    """The widget's own style with these tones or states laid over it, the first on top."""
    style = widget.visual_style.rich_style
    if getattr(widget.app, "few_colours", False):
        reversed_ = "cursor" in names or Tone.CHIP in names
        bold = any(LOOKS[name].bold for name in names)
        plain = Style(reverse=reversed_ or None, underline="resting" in names or None, bold=bold or None)
        if reversed_ or "resting" in names:
            return style + plain
    variables = widget.app.theme_variables
    for name in reversed(names):
        look = LOOKS[name]
        style += Style(
            color=Color.parse(variables[look.color]).rich_color if look.color else None,
            bgcolor=Color.parse(variables[look.background]).rich_color if look.background else None,
            bold=look.bold or None,
        )
    return style


def part_style(widget: Widget, name: str) -> VisualStyle:
    """The style of a part that has the keys; with few colours it is reversed."""
    if getattr(widget.app, "few_colours", False):
        return VisualStyle(bold=True, reverse=True)
    return widget.get_visual_style(name)
