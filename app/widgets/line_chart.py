"""A line over time that fills its room: drawn anew for every size, repainted where it changed."""

from __future__ import annotations

from collections.abc import Sequence

from textual.geometry import Region, Size
from textual.strip import Strip

from app.render.chart import Plot, draw
from app.render.rows import Cell, Piece, Tone
from app.render.wrap import wrap
from app.widgets.lines import Lines


class LineChart(Lines):
    """Shows a ``Plot``; without readings, what to do so that there are some."""

    DEFAULT_CSS = "LineChart { height: 1fr; }"

    _plot: Plot | None = None
    _teaching = ""
    _drawn_for = Size(0, 0)

    def show_plot(self, plot: Plot | None, teaching: str) -> None:
        """Show the readings, or ``teaching`` where there are none; only lines that changed are painted."""
        if (plot, teaching) != (self._plot, self._teaching):
            self._plot, self._teaching = plot, teaching
            self._draw()

    def show(self, lines: Sequence[Cell]) -> None:
        """Lines of the chart; their number is the widget's height and moves nothing else."""
        before, self._lines = self._lines, tuple(lines)
        if len(before) != len(self._lines):
            self.refresh()
            return
        changed = [y for y, (old, new) in enumerate(zip(before, self._lines, strict=True)) if old != new]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def on_resize(self) -> None:
        """As wide and high as there is room."""
        self._draw()

    def render_line(self, y: int) -> Strip:
        """One line; painted before it was told of its new size, it is drawn for that size first."""
        if self.size != self._drawn_for:
            self._drawn_for = self.size
            self._lines = self._made()
        return super().render_line(y)

    def _draw(self) -> None:
        self._drawn_for = self.size
        self.show(self._made())

    def _made(self) -> tuple[Cell, ...]:
        width, height = self.size
        if self._plot is not None and self._plot.spots:
            return draw(self._plot, width, height)
        told = [(Piece(line, Tone.QUIET),) for line in wrap(self._teaching, width - 2)] if width > 2 else []
        return tuple((Piece(" "), *line) for line in told[:height])
