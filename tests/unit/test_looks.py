"""The three looks can be read: contrast measured as WCAG does, states told apart by colour-blind eyes too."""

from __future__ import annotations

import math

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


Matrix = tuple[tuple[float, float, float], ...]
EYES: dict[str, Matrix] = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanope": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranope": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanope": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
"""What an eye makes of linear red, green and blue (Machado 2009, severity 1)."""
TOLD_APART = (
    ("error", "warning"), ("error", "success"), ("warning", "success"), ("error", "foreground"),
    ("warning", "foreground"), ("error", "quiet"), ("warning", "quiet"),
)  # fmt: skip
LEAST_APART = 15.0
"""CIE 1976 ΔE*ab; some 2.3 is just to be seen, 10 is seen at a glance."""


def _lab(color: Color, eye: Matrix) -> tuple[float, float, float]:
    light = (_linear(color.r), _linear(color.g), _linear(color.b))
    r, g, b = (min(1.0, max(0.0, sum(k * part for k, part in zip(row, light, strict=True)))) for row in eye)
    x, y, z = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116
        for part in (
            (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
            0.2126 * r + 0.7152 * g + 0.0722 * b,
            (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_of_a_look_can_be_read(theme: Theme) -> None:
    """4.5 to one on the desk, in its lines, under the cursor and where it rests; seven in the high contrast."""
    least = 7.0 if theme is CONTRAST else 4.5
    for name in TEXTS:
        for ground in ("background", "panel", "cursor", "resting"):
            found = _ratio(_value(theme, name), _value(theme, ground))
            assert found >= least, (name, ground, found)
    assert _ratio(_value(theme, "background"), _value(theme, "accent")) >= least  # chips are reversed


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_alarm_soon_good_and_plain_differ_for_every_eye(theme: Theme, eye: str) -> None:
    """Red, amber, green, plain and quiet text are told apart at a glance by colour-blind eyes too."""
    for one, other in TOLD_APART:
        a, b = (_lab(_value(theme, name), EYES[eye]) for name in (one, other))
        assert math.dist(a, b) >= LEAST_APART, (one, other, math.dist(a, b))


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
