"""The three looks can be read: contrast measured as WCAG does, states told apart by colour-blind eyes too."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from app.widgets.ascii_signs import AsciiSigns, in_ascii
from app.widgets.themes import CONTRAST, DAY, NIGHT, THEMES, theme_after

TEXTS = ("foreground", "quiet", "accent", "success", "warning", "error")


def _value(theme: Theme, name: str) -> Color:
    found = theme.variables.get(name) or getattr(theme, name)
    return Color.parse(found)


def _linear(part: int) -> float:
    share = part / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _light(color: Color) -> float:
    return 0.2126 * _linear(color.r) + 0.7152 * _linear(color.g) + 0.0722 * _linear(color.b)


def _ratio(one: Color, other: Color) -> float:
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def _deuteranope(color: Color) -> tuple[float, float, float]:
    """What an eye without the green cones sees (Viénot 1999), as linear red, green, blue."""
    r, g, b = _linear(color.r), _linear(color.g), _linear(color.b)
    yellow = 0.29275 * r + 0.70725 * g
    return yellow, yellow, b - 0.02234 * r + 0.02234 * g


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_of_a_look_can_be_read(theme: Theme) -> None:
    """4.5 to one on the desk and in its lines, seven in the high contrast; the cursor's row stays readable."""
    least = 7.0 if theme is CONTRAST else 4.5
    for name in TEXTS:
        for ground in ("background", "panel"):
            assert _ratio(_value(theme, name), _value(theme, ground)) >= least, (name, ground)
        on_cursor = _ratio(_value(theme, name), _value(theme, "cursor"))
        assert on_cursor >= (4.5 if theme is CONTRAST else 3.0), (name, on_cursor)
    assert _ratio(_value(theme, "background"), _value(theme, "accent")) >= least  # chips are reversed


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_states_differ_for_colour_blind_eyes(theme: Theme) -> None:
    """Danger, soon and good are apart in what a deuteranope sees, in lightness or in blue."""
    states = [_deuteranope(_value(theme, name)) for name in ("error", "warning", "success")]
    for place, one in enumerate(states):
        for other in states[place + 1 :]:
            brighter = (max(one[0], other[0]) + 0.05) / (min(one[0], other[0]) + 0.05)
            assert brighter >= 1.2 or abs(one[2] - other[2]) >= 0.08, (theme.name, one, other)


def test_t_goes_round_the_looks() -> None:
    """Night, day, contrast, night; from a look of somebody else's to the first."""
    assert [theme_after(name) for name in (NIGHT.name, DAY.name, CONTRAST.name)] == ["day", "contrast", "night"]
    assert theme_after("nord") == "night"


def test_ascii_leaves_no_sign_and_moves_nothing() -> None:
    """Borders, bars, dots, arrows and the library's own signs become ASCII of the same width; letters stay."""
    signs = "╭─╮│╰╯┏━┓▇▅▎█…·●○▲✓✗▸→←↑↓–“”"
    assert in_ascii(signs).isascii()
    assert len(in_ascii(signs)) == len(signs)
    assert in_ascii("双河 ● 报到") == "双河 * 报到"
    (segment,) = AsciiSigns().apply([Segment("▲ 一", Style(bold=True))], Color.parse("black"))
    assert (segment.text, segment.style) == ("* 一", Style(bold=True))
