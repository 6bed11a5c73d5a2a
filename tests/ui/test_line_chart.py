"""The chart as a widget: it fills its room at every size, paints what changed, and teaches while it is empty."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from textual.app import App, ComposeResult
from textual.geometry import Region

from app.domain.gauge import Spot
from app.render.chart import Level, Plot, draw
from app.render.rows import Tone, plain
from app.widgets.line_chart import LineChart
from app.widgets.themes import NIGHT

UNTIL = datetime(2021, 6, 9, 4, 0, tzinfo=UTC)
TEACHING = "老渡口水尺还没有读数。\x1b[2J[/] 巡查报来的水位会画在这里。"
PLOT = Plot(
    tuple(Spot(UNTIL - timedelta(hours=20 - n), Decimal(3100 + n).scaleb(-2)) for n in range(20)),
    UNTIL - timedelta(hours=24), UNTIL, ZoneInfo("Asia/Shanghai"),
    (Level("设防水位", Decimal("31.15"), Tone.SOON),),
)  # fmt: skip


class Shown(App[None]):
    """One chart alone."""

    def __init__(self) -> None:
        super().__init__()
        self.chart = LineChart()
        self.register_theme(NIGHT)
        self.theme = NIGHT.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colours."""
        return {"quiet": "#888888", "line": "#444444", "cursor": "#224466", "resting": "#222222"}

    def compose(self) -> ComposeResult:
        """The chart."""
        yield self.chart


def seen(chart: LineChart) -> list[str]:
    """What stands on the screen."""
    return [chart.render_line(y).text for y in range(chart.size.height)]


def expected(plot: Plot, width: int, height: int) -> list[str]:
    """The same by the drawing alone."""
    return [plain(row) for row in draw(plot, width, height)]


@contextmanager
def painted(chart: LineChart) -> Iterator[list[Region]]:
    """The regions that are asked to be painted meanwhile; none named = all of it."""
    regions: list[Region] = []
    usual = chart.refresh

    def noted(*some: Region, **how: bool) -> LineChart:
        regions.extend(some or [chart.size.region])
        return usual(*some, **how)

    chart.refresh = noted  # type: ignore[method-assign,assignment]
    try:
        yield regions
    finally:
        chart.refresh = usual  # type: ignore[method-assign]


async def test_it_is_drawn_for_every_size() -> None:
    """Wider, narrower, too small: always as the drawing is for that size."""
    app = Shown()
    async with app.run_test(size=(60, 12)) as pilot:
        app.chart.show_plot(PLOT, TEACHING)
        await pilot.pause()
        assert seen(app.chart) == expected(PLOT, 60, 12)
        for width, height in ((100, 20), (30, 6), (8, 2), (80, 24)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            assert seen(app.chart) == expected(PLOT, width, height)


async def test_only_what_changed_is_painted() -> None:
    """The same readings paint nothing; another name of a level its line alone."""
    app = Shown()
    async with app.run_test(size=(60, 12)) as pilot:
        app.chart.show_plot(PLOT, TEACHING)
        await pilot.pause()
        with painted(app.chart) as regions:
            app.chart.show_plot(replace(PLOT), TEACHING)
        assert regions == []
        other = replace(PLOT, levels=(Level("警戒水位", Decimal("31.15"), Tone.SOON),))
        with painted(app.chart) as regions:
            app.chart.show_plot(other, TEACHING)
        assert [(region.height, region.width) for region in regions] == [(1, 60)]
        assert seen(app.chart) == expected(other, 60, 12)


async def test_without_readings_it_teaches() -> None:
    """In lines that fit, hostile text as text; readings take its place, and it theirs."""
    app = Shown()
    async with app.run_test(size=(24, 6)) as pilot:
        app.chart.show_plot(None, TEACHING)
        await pilot.pause()
        text = "".join(line.strip() for line in seen(app.chart))
        assert "还没有读数" in text
        assert "[/]" in text
        assert "\x1b" not in text
        app.chart.show_plot(PLOT, TEACHING)
        await pilot.pause()
        assert seen(app.chart) == expected(PLOT, 24, 6)
        app.chart.show_plot(replace(PLOT, spots=()), TEACHING)
        await pilot.pause()
        assert "还没有读数" in "".join(seen(app.chart))
