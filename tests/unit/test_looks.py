"""The three looks can be read: contrast measured as WCAG does, states told apart by colour-blind eyes too."""

from __future__ import annotations

import math

import pytest
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from textual.color import Color
from textual.theme import Theme

from app.domain.grid_status import GridWord
from app.widgets.ascii_signs import AsciiSigns, in_ascii
from app.widgets.street_map import GROUNDS
from app.widgets.themes import CONTRAST, DAY, NIGHT, SIXTEEN, THEMES, theme_after
from tests.seeing import EYES, contrast, seen_as

PLAIN_SIXTEEN = TerminalTheme(
    (0, 0, 0), (255, 255, 255),
    [(0, 0, 0), (170, 0, 0), (0, 170, 0), (170, 85, 0), (0, 0, 170), (170, 0, 170), (0, 170, 170), (170, 170, 170)],
    [(85, 85, 85), (255, 85, 85), (85, 255, 85), (255, 255, 85), (85, 85, 255), (255, 85, 255), (85, 255, 255),
     (255, 255, 255)],
)  # fmt: skip
"""The sixteen colours as a terminal has them that nobody has painted otherwise."""
TEXTS = ("foreground", "quiet", "accent", "success", "warning", "error")


def _value(theme: Theme, name: str) -> Color:
    found = theme.variables.get(name) or getattr(theme, name)
    return Color.parse(found)


TOLD_APART = (
    ("error", "warning"), ("error", "success"), ("warning", "success"), ("error", "foreground"),
    ("warning", "foreground"), ("error", "quiet"), ("warning", "quiet"),
)  # fmt: skip
LEAST_APART = 15.0
"""CIE 1976 ΔE*ab; some 2.3 is just to be seen, 10 is seen at a glance."""


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_of_a_look_can_be_read(theme: Theme) -> None:
    """4.5 to one on the desk, in its lines, under the cursor and where it rests; seven in the high contrast."""
    least = 7.0 if theme is CONTRAST else 4.5
    for name in TEXTS:
        for ground in ("background", "panel", "cursor", "resting"):
            found = contrast(_value(theme, name), _value(theme, ground))
            assert found >= least, (name, ground, found)
    assert contrast(_value(theme, "background"), _value(theme, "accent")) >= least  # chips are reversed


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_alarm_soon_good_and_plain_differ_for_every_eye(theme: Theme, eye: str) -> None:
    """Red, amber, green, plain and quiet text are told apart at a glance by colour-blind eyes too."""
    for one, other in TOLD_APART:
        a, b = (seen_as(_value(theme, name), EYES[eye]) for name in (one, other))
        assert math.dist(a, b) >= LEAST_APART, (one, other, math.dist(a, b))


@pytest.mark.parametrize("theme", SIXTEEN, ids=lambda theme: theme.name)
def test_sixteen_colours_are_the_terminals_own_and_can_be_read(theme: Theme) -> None:
    """Nothing has to be rounded to another colour, and no text is pale on its ground."""
    ground = _value(theme, "background")
    for name in TEXTS:
        colour = _value(theme, name)
        rounded = colour.rich_color.downgrade(ColorSystem.STANDARD)
        assert rounded.get_truecolor(PLAIN_SIXTEEN) == colour.rich_color.triplet, name
        assert contrast(colour, ground) >= 4.5, name


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


def test_text_is_readable_on_every_ground_of_the_map() -> None:
    """Names, status, water and borders between communities, over the colour of the area they stand in."""
    for theme in THEMES:
        variables = {**theme.variables, **{name: getattr(theme, name) for name in (
            "foreground", "background", "success", "warning", "error", "accent")}}  # fmt: skip
        least = 7.0 if theme.name == "contrast" else 4.5
        for word, (colour, share) in GROUNDS.items():
            ground = Color.parse(variables["background"]).blend(Color.parse(variables[colour]), share)
            own = {GridWord.ALARM: "error", GridWord.ATTENTION: "warning"}.get(word, "quiet")
            for name in ("foreground", "accent", own):
                assert contrast(Color.parse(variables[name]), ground) >= least, (theme.name, word, name)
