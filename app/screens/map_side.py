"""What stands in the place of the grids: their list, or the map where one is loaded, wanted, and finds room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from textual.widget import Widget

from app.domain.message import Message
from app.settings import Settings, remembered_grids
from app.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.screen import Screen

    from app.domain.grid_status import GridStatus
    from app.domain.street_map import StreetMap
    from app.render.sight import Sight
    from app.widgets.street_map import StreetMapPane

WIDE, HIGH = 160, 45
"""Columns and lines from which the map stands there unless the list was asked for."""


class MapSide:
    """Part of the duty desk. The map widget is imported when there is a map to show."""

    def __init__(self, desk: Screen[Any], rows: RowList[Any], settings: Settings) -> None:
        self._desk = desk
        self._rows = rows
        self._settings = settings
        self._choice: str | None = None
        """``map``, ``list`` or empty; None = the remembered choice was not read yet."""
        self._map: StreetMap | None = None
        self._grids: Sequence[GridStatus] = ()
        self._sight: Sight | None = None
        self._no_room: tuple[int, int] | None = None
        """The size of the screen at which the map found none."""
        self.pane: StreetMapPane | None = None

    @property
    def shown(self) -> bool:
        """Whether the map stands there."""
        return self._desk.has_class("-map")

    def front(self) -> Widget:
        """What stands there, list or map."""
        return self.pane if self.shown and self.pane is not None else self._rows

    def fill(self, street_map: StreetMap | None, grids: Sequence[GridStatus], sight: Sight) -> None:
        """The map as it was just read (None = not read this time) and the grids as they are now."""
        self._map = street_map or self._map
        self._grids, self._sight = grids, sight
        self.arrange()

    def arrange(self) -> None:
        """Map or list, by what was chosen and by the room there is; what has the keys keeps them."""
        size = (self._desk.size.width, self._desk.size.height)
        if self._no_room not in (None, size):
            self._no_room = None
        wanted = self._map is not None and self._wants_map(*size) and self._no_room is None
        self._put(wanted)
        if wanted and self._map is not None and self._sight is not None:
            self._standing().show(self._map, self._grids, self._sight)

    def _wants_map(self, width: int, height: int) -> bool:
        if self._choice is None:
            self._choice = remembered_grids(self._settings)
        return self._choice == "map" or (not self._choice and width >= WIDE and height >= HIGH)

    def _put(self, wanted: bool) -> None:
        if wanted == self.shown:
            return
        had_keys = self.front().has_focus
        self._desk.set_class(wanted, "-map")
        if wanted:
            self._standing().choose(str(self._rows.cursor))
        if had_keys:
            self.front().focus()

    def _standing(self) -> StreetMapPane:
        """The map's widget, put beside the list the first time."""
        if self.pane is None:
            from app.widgets.street_map import StreetMapPane

            self.pane = StreetMapPane(id="map")
            if isinstance(self._rows.parent, Widget):
                self._rows.parent.mount(self.pane, after=self._rows)
        return self.pane

    def swap(self, say: Callable[[Message], object], load: Message) -> str:
        """Map instead of list or list instead of map; returns what is wanted from now on, empty when nothing changed.

        ``load`` says how a map is loaded, where there is none.
        """
        if self._map is None:
            say(load)
            return ""
        self._choice = "list" if self.shown else "map"
        self._no_room = None
        self.arrange()
        if self.shown:
            self.front().focus()
        return self._choice

    def no_room(self, say: Callable[[Message], object]) -> None:
        """The map said that it does not fit: the list instead, until the size is another."""
        pane = self.pane
        if pane is None or not self.shown or pane.fits(pane.size.width, pane.size.height):
            return
        self._no_room = (self._desk.size.width, self._desk.size.height)
        self.arrange()
        if self._choice == "map":
            say(Message("There is no room for the map here; the list stands in for it."))
