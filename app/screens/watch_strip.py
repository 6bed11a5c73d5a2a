"""Two panes of the duty desk beside each other: the rounds of this night, and the line of the river."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from textual.app import ComposeResult
from textual.containers import Horizontal

from app.screens.water_pane import WaterPane
from app.widgets.row_list import RowList

if TYPE_CHECKING:
    from app.domain.patrol_row import PatrolRow
    from app.render.sight import Sight
    from app.render.words import Words
    from app.screens.seat import Fresh


class WatchStrip(Horizontal):
    """Stands where a street has rounds or readings, and the screen room for them."""

    def __init__(self) -> None:
        super().__init__(id="watch")
        self.walks: RowList[PatrolRow] = RowList(id="walks", titles=False)
        self.river = WaterPane(id="river")
        self.has_rounds = self.has_water = False
        self._rows: tuple[PatrolRow, ...] = ()

    def compose(self) -> ComposeResult:
        """Rounds on the left, water on the right."""
        yield self.walks
        yield self.river

    @property
    def wanted(self) -> bool:
        """Whether there is anything to show."""
        return self.has_rounds or self.has_water

    @property
    def round_under_cursor(self) -> UUID | None:
        """What Enter opens: its row in the rounds mode."""
        chosen = self.walks.chosen
        return chosen.key if chosen is not None else None

    def speak(self, words: Words) -> None:
        """Columns and empty texts."""
        from app.render.patrol_list import strip_columns
        from app.render.teaching import no_round_here

        self.walks.set_columns(strip_columns(words), no_round_here(words))

    def fill(self, fresh: Fresh, sight: Sight) -> None:
        """Put what was read into both."""
        if fresh.walks is not None:
            self._rows, self.has_rounds = fresh.walks, bool(fresh.walks)
        if fresh.water is not None:
            self.has_water = any(one.latest is not None for one in fresh.water.gauges)
            self.river.show_water(fresh.water, sight)
        self.river.display = self.has_water
        self.retouch(sight)

    def retouch(self, sight: Sight) -> None:
        """The rounds as the clock has it now."""
        from app.render.patrol_list import patrol_row, patrol_title

        self.walks.set_title(patrol_title(self._rows, sight))
        self.walks.sync(self._rows, lambda row: patrol_row(row, sight), lambda row: row.key)
