"""The line over time in cells: exactly as wide as asked, whatever names, sizes and readings there are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from app.domain.gauge import Spot
from app.render.chart import Level, Plot, draw, silence_of
from app.render.glyphs import Glyphs
from app.render.rows import Piece, Tone, plain
from app.widgets.ascii_signs import in_ascii

ZONE = ZoneInfo("Asia/Shanghai")
UNTIL = datetime(2021, 6, 9, 4, 0, tzinfo=UTC)
LEVELS = (
    Level("设防水位", Decimal("31.40"), Tone.SOON), Level("保证水位", Decimal(36), Tone.DANGER)
)  # fmt: skip


def spots(*told: tuple[float, str]) -> tuple[Spot, ...]:
    """Readings so many hours before the end."""
    return tuple(Spot(UNTIL - timedelta(hours=hours), Decimal(metres)) for hours, metres in told)


def drawn(
    readings: tuple[Spot, ...], width: int, height: int, *, hours: int = 24, levels: tuple[Level, ...] = (),
    ascii_only: bool = False,
) -> list[str]:  # fmt: skip
    """The lines of a chart; each has the width."""
    plot = Plot(readings, UNTIL - timedelta(hours=hours), UNTIL, ZONE, levels, Glyphs(ascii_only))
    lines = [plain(row) for row in draw(plot, width, height)]
    assert [cell_len(line) for line in lines] == [width] * height
    return lines


RISE = spots((24, "31.00"), (18, "31.00"), (12, "31.20"), (6, "31.60"), (0, "31.60"))


def test_a_rise_is_drawn_in_dots() -> None:
    """Heights in metres, local hours, the date at midnight, the last value beside its mark; the line joins readings."""
    assert drawn(RISE, 34, 7) == [
        "    │                    ⢀⠔⠒⠒⠒⠒⠒⠒●",
        "31.5┤                  ⢀⠔⠁   31.60",
        "    │                ⡠⠊⠁          ",
        "    │              ⡠⠊             ",
        "    │          ⡠⠤⠊⠉               ",
        "31.0┤⠤⠤⠤⠤⠤⠤⠤⠤⠊⠉                   ",
        "       16:00     06-09     08:00  ",
    ]


def test_levels_are_dashed_and_named_and_far_ones_stand_at_the_edge() -> None:
    """A name is on its line, never over the curve; a level out of reach is told with an arrow."""
    lines = drawn(RISE, 60, 10, levels=LEVELS)
    assert lines[3] == "31.4┤╌ 设防水位 31.40 ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌⢀⠤⠊╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌"
    assert lines[0].startswith("31.6┤  ↑保证水位 36  ")
    assert lines[-1].split() == ["12:00", "16:00", "20:00", "06-09", "04:00", "08:00", "12:00"]
    below = drawn(spots((5, "39.10"), (0, "39.20")), 60, 10, levels=LEVELS)
    assert "↓保证水位 36" in below[-2]


def test_a_level_has_its_tone_and_the_mark_that_of_the_level_it_stands_at() -> None:
    """Colours come from tones alone."""
    plot = Plot(RISE, UNTIL - timedelta(hours=24), UNTIL, ZONE, LEVELS)
    pieces = [piece for row in draw(plot, 60, 10) for piece in row]
    assert Piece("●", Tone.SOON) in pieces
    assert {piece.tone for piece in pieces} <= {Tone.PLAIN, Tone.QUIET, Tone.ACCENT, Tone.SOON, Tone.DANGER}


def test_ascii_has_no_dots() -> None:
    """Stars, a plus at the heights, minus for levels; the names stay."""
    assert drawn(RISE, 34, 7, levels=LEVELS, ascii_only=True) == [
        "    |  ^保证水位 36      ********o",
        "31.5+                  **    31.60",
        "    |- 设防水位 31.40 *-----------",
        "    |             ***             ",
        "    |         ****                ",
        "31.0+*********                    ",
        "       16:00     06-09     08:00  ",
    ]
    assert all(in_ascii(line).isascii() for line in drawn(RISE, 50, 8))


def test_a_long_silence_is_not_bridged() -> None:
    """Readings each quarter of an hour with five hours missing: nothing is drawn in between."""
    held = spots(*((24 - n / 4, "31.00") for n in range(20)), *((14 - n / 4, "31.00") for n in range(56)))
    rows = drawn(held, 102, 8)
    drawn_at = [x for x in range(102) if any("⠀" < row[x] <= "⣿" for row in rows[:-1])]
    gaps = [later - earlier for earlier, later in pairwise(drawn_at)]
    assert max(gaps) > 18
    assert sorted(gaps)[-2] == 1
    assert silence_of([0, 14_400, 28_800]) == 28_800
    assert silence_of([0]) == 28_800
    assert silence_of([0, 300, 600]) == 3_600


def test_one_reading_is_a_mark() -> None:
    """With its value beside it."""
    text = "\n".join(drawn(spots((3, "31.25")), 40, 8))
    assert text.count("●") == 1
    assert "31.25" in text


def test_without_room_the_last_value_is_all() -> None:
    """No size raises; nothing is wider than the room."""
    assert drawn(RISE, 12, 2)[0].startswith("31.60 m")
    for width in range(1, 16):
        for height in range(1, 6):
            drawn(RISE, width, height, levels=LEVELS)
    assert drawn((), 20, 3) == [" " * 20] * 3


def test_peaks_between_columns_are_seen() -> None:
    """A minute's peak among thousands of readings reaches the top of the line."""
    flat = [(24 - n / 100, "31.00") for n in range(2_400)]
    flat[1_200] = (flat[1_200][0], "32.00")
    rows = drawn(spots(*flat), 60, 12)
    top = next(n for n, row in enumerate(rows) if any("⠀" < one <= "⣿" for one in row))
    assert top <= 1


NAMES = st.text(st.sampled_from("设防警戒水位abcé🙂 [/]"), min_size=0, max_size=30)
METRES = st.integers(-9_999_999, 99_999_999).map(lambda one: Decimal(one).scaleb(-3))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 72), METRES), max_size=60), st.lists(st.tuples(NAMES, METRES), max_size=3),
    st.integers(1, 90), st.integers(1, 25), st.booleans(), st.sampled_from([24, 72]),
)  # fmt: skip
def test_any_chart_has_exactly_its_size(
    readings: list[tuple[float, Decimal]], levels: list[tuple[str, Decimal]], width: int, height: int,
    ascii_only: bool, hours: int,
) -> None:  # fmt: skip
    """Chinese, wide and hostile names, heights of any size, a single column: every line is as wide as asked."""
    held = tuple(sorted(Spot(UNTIL - timedelta(hours=ago), metres) for ago, metres in readings))
    named = tuple(Level(name, metres, Tone.SOON) for name, metres in levels)
    drawn(held, width, height, hours=hours, levels=named, ascii_only=ascii_only)


@settings(deadline=None)
@given(st.lists(NAMES, max_size=6))
def test_wide_characters_are_written_over_whole(names: list[str]) -> None:
    """A name on top of another leaves no half of a character."""
    levels = tuple(Level(name, Decimal("31.3"), Tone.SOON) for name in names)
    drawn(RISE, 24, 6, levels=levels)
