"""The line of a gauge as a pane: arrows change between a day and three, and from gauge to gauge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.message import Message as TextualMessage

from app.render.rows import Cell, one
from app.widgets.line_chart import LineChart

if TYPE_CHECKING:
    from app.render.sight import Sight
    from app.services.water_view import WaterView

SPANS = (24, 72)
"""Hours that the line may show."""


class WaterPane(LineChart, can_focus=True):
    """Which gauge, and how much of the past, is the seat's: both modes show the same."""

    zoomable = True
    BINDINGS = [
        Binding("left", "span(0)", show=False), Binding("right", "span(1)", show=False),
        Binding("space", "other_span", show=False), Binding("enter", "other_span", show=False),
        Binding("up", "gauge(-1)", show=False), Binding("down", "gauge(1)", show=False),
    ]  # fmt: skip

    class Wanted(TextualMessage):
        """Another gauge or another span is wanted."""

        def __init__(self, gauge: str, hours: int) -> None:
            super().__init__()
            self.gauge = gauge
            self.hours = hours

    _view: WaterView | None = None

    def show_water(self, view: WaterView, sight: Sight) -> None:
        """Put what was read into the pane."""
        from app.render.gauges import plot_of, teaching
        from app.render.water import no_gauge, water_title

        self._view = view
        self.set_title(water_title(view.gauges, view.shown, view.hours, sight))
        if view.shown is None:
            self.show_plot(None, no_gauge(sight))
            return
        gauge = view.shown.gauge
        self.show_plot(plot_of(gauge, view.spots, view.since, view.until, sight),
                       teaching(gauge, view.shown.latest, view.hours, sight))  # fmt: skip

    def say_nothing(self, title: str) -> None:
        """Before anything was read."""
        self.set_title(_alone(title))

    def action_span(self, nth: int) -> None:
        """A day, or three."""
        if self._view is not None and SPANS[nth] != self._view.hours:
            self._want(0, SPANS[nth])

    def action_other_span(self) -> None:
        """The other one of the two."""
        if self._view is not None:
            self._want(0, SPANS[self._view.hours == SPANS[0]])

    def action_gauge(self, step: int) -> None:
        """The gauge before or after this one."""
        if self._view is not None:
            self._want(step, self._view.hours)

    def _want(self, step: int, hours: int) -> None:
        view = self._view
        if view is None or view.shown is None:
            return
        ids = [each.gauge.id for each in view.gauges]
        self.post_message(self.Wanted(ids[(ids.index(view.shown.gauge.id) + step) % len(ids)], hours))


def _alone(title: str) -> Cell:
    return one(title)
