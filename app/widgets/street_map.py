"""The street's map: arrows go to the neighbour on that side, a click chooses; only lines that changed are painted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.color import Color
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from app.domain.grid_status import GridStatus, GridWord
from app.domain.map_moves import Moves, Side, map_moves
from app.domain.street_map import StreetMap
from app.render.map_labels import Plan, plan_names
from app.render.map_raster import Raster, raster
from app.render.paint import ELLIPSIS
from app.render.rows import Cell, Piece, Tone, whole_parts
from app.render.sight import Sight
from app.render.street_map import (
    LEAST_HEIGHT,
    LEAST_WIDTH,
    Line,
    Shown,
    map_legend,
    map_title,
    paint_map,
    status_widths,
)
from app.widgets.cells import set_cells
from app.widgets.deciding import awaits_decision
from app.widgets.titles import Titled
from app.widgets.tones import style_of

GROUNDS: Mapping[GridWord, tuple[str, float]] = {
    GridWord.ALARM: ("error", 0.20),
    GridWord.ATTENTION: ("warning", 0.11),
    GridWord.NORMAL: ("success", 0.11),
    GridWord.NOBODY: ("foreground", 0.06),
    GridWord.NO_DATA: ("foreground", 0.06),
}
"""By the word of a grid, the theme's colour that shines through its area, and how much."""
LINE_SHARE = 0.3
"""How much brighter than other lines one between two grids is: it lies on coloured ground."""
RIGHT = 3
"""The mouse button that asks what can be done."""


class StreetMapPane(Titled, can_focus=True):
    """Knows grids by code, not what choosing one means: that is the screen's business, as with ``RowList``."""

    DEFAULT_CSS = "StreetMapPane:focus { background-tint: $foreground 0%; }"
    BINDINGS = [
        Binding("left", "side('left')", show=False),
        Binding("right", "side('right')", show=False),
        Binding("up,k", "side('up')", show=False),
        Binding("down,j", "side('down')", show=False),
        Binding("enter", "choose", show=False),
    ]
    zoomable = True

    class Moved(Message):
        """Another grid is chosen."""

        def __init__(self, pane: StreetMapPane, key: str) -> None:
            super().__init__()
            self.pane = pane
            self.key = key

        @property
        def control(self) -> StreetMapPane:
            """The map that sent it."""
            return self.pane

    class Chosen(Moved):
        """Enter or a double click on a grid."""

    class Fitting(Message):
        """Whether the map finds room in the size it has now: else its parent shows something else instead."""

        def __init__(self, pane: StreetMapPane, *, fits: bool) -> None:
            super().__init__()
            self.pane = pane
            self.fits = fits

        @property
        def control(self) -> StreetMapPane:
            """The map that sent it."""
            return self.pane

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._map: StreetMap | None = None
        self._grids: Sequence[GridStatus] = ()
        self._sight: Sight | None = None
        self._moves: Moves = {}
        self._chosen = ""
        self._rasters: dict[tuple[str, int, int], Raster] = {}
        """By the map's digest and the size: a terminal that goes between two sizes draws each once."""
        self._plans: dict[tuple[object, ...], Plan] = {}
        self._lines: list[Line] = []
        self._legend: Cell = ()
        self._styles: dict[tuple[Tone, GridWord | None], Style] = {}

    # -- what is shown -----------------------------------------------------------------------
    @property
    def cursor(self) -> str:
        """Code of the chosen grid; stays while its status changes, and when another map is loaded."""
        return self._chosen

    def show(self, street_map: StreetMap, grids: Sequence[GridStatus], sight: Sight) -> None:
        """Show these statuses; the chosen grid stays, and only lines that look otherwise are painted."""
        if self._map is None or self._map.digest != street_map.digest:
            self._moves = map_moves({area.grid: area.centre for area in street_map.areas})
        self._map, self._grids, self._sight = street_map, tuple(grids), sight
        self.set_title(map_title(grids, street_map, sight))
        self._draw()

    def choose(self, code: str) -> None:
        """Put the cursor on a grid; one that is not on the map leaves none chosen there."""
        if code != self._chosen:
            self._chosen = code
            self._draw()

    def names_in_view(self) -> list[tuple[int, int, str]]:
        """Cell of the content at which the name of each grid begins, and the grid's code."""
        if not self._lines:
            return []
        slots = self._plan(self.size.width, self.size.height - 1).slots
        return [(slot.x, slot.y, code) for code, slot in slots.items() if slot is not None]

    def fits(self, width: int, height: int) -> bool:
        """Whether a content of this size shows every grid."""
        if width < LEAST_WIDTH or height < LEAST_HEIGHT or self._map is None or self._sight is None:
            return False
        return self._plan(width, height - 1).whole

    def _picture(self, width: int, height: int) -> Raster:
        assert self._map is not None
        key = self._map.digest, width, height
        if key not in self._rasters:
            if len(self._rasters) >= 8:
                self._rasters.clear()
            self._rasters[key] = raster(self._map, width, height)
        return self._rasters[key]

    def _plan(self, width: int, height: int) -> Plan:
        assert self._map is not None
        assert self._sight is not None
        sight, names = self._sight, self._names()
        rivers = tuple(sight.words.name(river.name) for river in self._map.rivers)
        below = status_widths(sight)
        key = self._map.digest, width, height, tuple(names.items()), rivers, below
        if key not in self._plans:
            if len(self._plans) >= 8:
                self._plans.clear()
            self._plans[key] = plan_names(self._picture(width, height), names, rivers, below)
        return self._plans[key]

    def _names(self) -> dict[str, str]:
        assert self._map is not None
        assert self._sight is not None
        return {area.grid: self._sight.short(area.grid) for area in self._map.areas}

    def _draw(self) -> None:
        """Work the picture out and paint the lines that look otherwise than before."""
        width, height = self.size.width, self.size.height - 1
        if self._map is None or self._sight is None or width <= 0 or height <= 0:
            return
        if not self.fits(width, height + 1):
            self._lines, self._legend = [], ()
            self.refresh()
            return
        shown = Shown(self._picture(width, height), self._plan(width, height),
                      {status.grid.code: status for status in self._grids}, self._names(), self._chosen,
                      self.has_focus)  # fmt: skip
        lines = paint_map(shown, self._sight)
        legend = (Piece(" "), *whole_parts(map_legend(self._grids, self._map, self._sight), width - 1))
        before = (*self._lines, self._legend) if len(self._lines) == len(lines) else ()
        self._lines, self._legend = lines, legend
        changed = [y for y, line in enumerate((*lines, legend)) if not before or before[y] != line]
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def render_line(self, y: int) -> Strip:
        """One line of the map; below it the legend."""
        width = self.size.width
        blank = self._style(Tone.PLAIN, None)
        if y < len(self._lines):
            pieces = [Segment(text, self._style(tone, ground)) for text, tone, ground in self._lines[y]]
            return Strip(pieces).adjust_cell_length(width, blank)
        if y == len(self._lines) and self._legend:
            parts = set_cells(self._legend, width, ellipsis=getattr(self.app, "ellipsis", ELLIPSIS))
            return Strip([Segment(text, self._style(tone or Tone.PLAIN, None)) for text, tone in parts])
        return Strip([Segment(" " * width, blank)], width)

    def notify_style_update(self) -> None:
        """Theme or focus changed: look the colours up again."""
        super().notify_style_update()
        self._styles.clear()
        self.refresh()

    def watch_has_focus(self, has_focus: bool) -> None:
        """The outline of the chosen grid rests when the map loses the focus."""
        super().watch_has_focus(has_focus)
        self._draw()

    def _style(self, tone: Tone, ground: GridWord | None) -> Style:
        found = self._styles.get((tone, ground))
        if found is None:
            found = style_of(self, tone)
            few = getattr(self.app, "few_colours", False)
            variables = self.app.theme_variables
            if tone is Tone.LINE and not few:
                mixed = Color.parse(variables["line"]).blend(Color.parse(variables["quiet"]), LINE_SHARE)
                found += Style(color=mixed.rich_color)
            if ground is not None and not few:
                name, share = GROUNDS[ground]
                mixed = Color.parse(variables["background"]).blend(Color.parse(variables[name]), share)
                found += Style(bgcolor=mixed.rich_color)
            self._styles[tone, ground] = found
        return found

    # -- moving ------------------------------------------------------------------------------
    def action_side(self, side: str) -> None:
        """To the neighbour on that side; from a grid that is not on the map, to the first one there."""
        found = self._moves.get(self._chosen, {}).get(Side(side)) if self._chosen in self._moves else None
        if self._chosen not in self._moves and self._map is not None:
            found = self._map.areas[0].grid
        if found:
            self._go(found)

    def action_choose(self) -> None:
        """Enter."""
        if self._chosen in self._moves:
            awaits_decision(self)
            self.post_message(self.Chosen(self, self._chosen))

    def go_to(self, code: str) -> None:
        """Put the cursor on a grid, as a person does: it is told."""
        self._go(code)

    def _go(self, code: str) -> None:
        if code != self._chosen:
            self.choose(code)
            self.post_message(self.Moved(self, code))

    def on_click(self, event: events.Click) -> None:
        """A click chooses the grid below it, a second one shows its whistles."""
        where = event.get_content_offset(self)
        if where is None or not self._lines or event.button == RIGHT:
            return
        code = self._picture(self.size.width, self.size.height - 1).at(where.x, where.y)
        if code:
            self._go(code)
            if event.chain > 1:
                self.action_choose()

    # -- room --------------------------------------------------------------------------------
    def on_resize(self) -> None:
        """Draw it for the new size, and say whether there is room."""
        self._draw()
        self.tell_fitting()

    def tell_fitting(self) -> None:
        """Say whether the map fits where it stands, once it has a size."""
        if self._map is not None and self.size.width and self.size.height:
            self.post_message(self.Fitting(self, fits=bool(self._lines)))

    def show_cursor(self) -> None:
        """Everything is always in sight: for who zooms panes of any kind."""
