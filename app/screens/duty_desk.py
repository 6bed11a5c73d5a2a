"""Mode 1, 值班台: the grids of the street, the open whistles, and the case under the cursor (design 4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical

from app.domain.message import N_, Message
from app.render.rows import Piece, Tone, one
from app.screens.map_side import MapSide
from app.screens.mode import ModeScreen
from app.screens.seat import Fresh, Seat, Wanted
from app.widgets.lines import Lines
from app.widgets.row_list import RowList
from app.widgets.titles import Titled

if TYPE_CHECKING:
    from app.domain.coming import Coming
    from app.domain.grid_status import GridStatus
    from app.domain.street_map import StreetMap
    from app.render.board import CaseRow
    from app.render.rows import Row
    from app.screens.brief_pane import BriefPane
    from app.screens.watch_strip import WatchStrip
    from app.screens.water_pane import WaterPane
    from app.widgets.street_map import StreetMapPane


FEW = 6
"""So many open cases, whatever of them is shown, leave the case under the cursor more room."""

LEADS = {
    N_("Open whistles"): "all", N_("emergency"): "emergency", N_("overdue"): "overdue", N_("to be rated"): "to_rate",
    N_("drafts"): "drafts",
}  # fmt: skip
"""Counts of the board's title whose cases a click shows."""


class DutyDesk(ModeScreen):
    """Left the grids, right the board above the case; on a small screen the board, and the case behind Enter."""

    mode_id = "desk"
    BINDINGS = [Binding("tab", "pane(1)", show=False), Binding("shift+tab", "pane(-1)", show=False)]

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._board: RowList[CaseRow] = RowList(id="board", lasting=seat.marks)
        self._grids: RowList[Row] = RowList(id="grids", titles=False)
        self.map_side = MapSide(self, self._grids, seat.settings)
        self._upcoming: RowList[Coming] = RowList(id="upcoming", titles=False)
        self._grid_lines = Lines(id="grid-detail")
        self._summary = Lines(id="summary")
        self._strip: WatchStrip | None = None
        """Rounds and river; made with the panes that come after the first rows."""
        self._brief: BriefPane | None = None
        """The day's briefing until it is signed; made with them."""
        self._soon: tuple[Coming, ...] = ()
        """The next hour, less what has passed."""
        self._more = False
        self._warned = False
        """Whether the grids have a column for the signal in force."""

    def panes(self) -> ComposeResult:
        """The body."""
        with Horizontal(id="body"):
            yield Vertical(id="left")
            with Vertical(id="middle"):
                yield self._board
                yield self.case_panes

    async def furnish(self) -> None:
        """The panes beside the board."""
        if self.is_attached and not self._grids.is_attached:
            from app.screens.brief_pane import BriefPane
            from app.screens.watch_strip import WatchStrip

            self._strip, self._brief = WatchStrip(), BriefPane(self.seat)
            await self.query_one("#left").mount(self._grids, self._grid_lines, self._upcoming, self._brief)
            await self.query_one("#middle").mount(self._summary, before=self._board)
            await self.query_one("#middle").mount(self._strip, after=self._board)
            await super().furnish()

    # -- filling -----------------------------------------------------------------------------
    def wanted(self) -> Wanted:
        """The case under the cursor, and, once rows are shown, the next hour and the map."""
        return Wanted(self.selected, upcoming=self.sight is not None, needle=self.searched,
                      street_map=self._grids.is_attached, walks=self._strip is not None,
                      water=self.seat.water if self._strip is not None else None)  # fmt: skip

    def speak_panes(self) -> None:
        """Columns, titles and empty texts."""
        words = self.seat.words
        self.set_class(words.language == "en", "-en")
        if self.sight is None:
            opening = one(words.t("Opening the database…"), Tone.QUIET)
            self._board.set_title(one(words.t("Open whistles")))
            self._grids.set_title(one(words.t("Grids")))
            self._board.set_columns((), opening)
            self._grids.set_columns((), opening)
            self.case_panes.speak(words, ready=False)
            return
        from app.render.board import board_columns
        from app.render.grids import grid_columns
        from app.render.teaching import no_grid, nothing_soon
        from app.render.upcoming import upcoming_columns

        self._board.set_columns(board_columns(words), self.nothing_here())
        self._grids.set_columns(grid_columns(words, warned=self._warned), no_grid(words))
        self._upcoming.set_columns(upcoming_columns(words), nothing_soon(words))
        self.case_panes.speak(words, ready=True, way=self.seat.keymap.way)
        if self._strip is not None:
            self._strip.speak(words)
        if self._brief is not None:
            self._brief.speak()

    def rows(self) -> list[CaseRow]:
        """The open cases."""
        return list(self.seat.view.board.rows) if self.seat.view else []

    def fill(self, fresh: Fresh) -> None:
        """Put what was read into the panes."""
        sight = self.sight
        if sight is None or self.seat.view is None:
            return
        if fresh.upcoming is not None:
            self._soon, self._more = fresh.upcoming.lines, fresh.upcoming.more
        if not fresh.only_case:
            self.retouch()
            self._fill_grids(self.seat.view.grids, fresh.street_map)
            self._fill_strip(fresh)
        if fresh.view is not None and self._brief is not None:
            self._brief.look()
        if fresh.selected == self.selected:
            self.case_panes.show(self.file if self.in_reach else None, sight)

    def _fill_strip(self, fresh: Fresh) -> None:
        if self._strip is not None and self.sight is not None:
            self._strip.fill(fresh, self.sight)
            self.set_class(self._strip.wanted, "-watch")

    def retouch(self) -> None:
        """Board, departments and the next hour with the clocks as they are now."""
        sight = self.sight
        if sight is None or self.seat.view is None:
            return
        from app.render.board import board_row, reads_so

        self.set_class(len(self.seat.view.board.rows) <= FEW, "-few")
        self._board_title()
        shown = self.with_guest(self.found(self.rows()))
        self.show_filter(len(shown))
        self._board.set_empty(self.nothing_here())
        self._board.sync(shown, lambda row: board_row(row, sight), lambda row: row.whistle.id,
                         lasts=lambda row: reads_so(row, sight))  # fmt: skip
        self.case_panes.retouch(sight)
        self._fill_upcoming()

    def turn(self) -> None:
        """The rows whose clock reads otherwise, the departments, the next hour."""
        sight = self.sight
        if sight is None or self.seat.view is None:
            return
        from app.render.board import board_row, reads_so

        self._board.turn(lambda row: board_row(row, sight), lambda row: reads_so(row, sight), sight.now)
        self.case_panes.retouch(sight)
        self._fill_upcoming()

    def _board_title(self) -> None:
        view, sight = self.seat.view, self.sight
        if view is None or sight is None:
            return
        from app.render.board import board_title, up_to
        from app.services.ports import MANY

        counts, t = view.counts, sight.t
        cell = board_title([
            (t("Open whistles"), counts.open, Tone.STRONG), (t("emergency"), counts.emergency, Tone.DANGER),
            (t("overdue"), counts.overdue, Tone.DANGER), (t("unreadable"), view.board.unreadable, Tone.SOON),
            (t("listed"), len(view.board.rows) if view.board.more else 0, Tone.SOON),
            (t("due today"), counts.due_today, Tone.PLAIN), (t("not yet on site"), counts.reporting, Tone.PLAIN),
            (t("follow-ups due"), counts.feedback_due, Tone.SOON),
            (t("to be rated"), up_to(counts.to_rate, MANY), Tone.PLAIN), (t("drafts"), counts.draft, Tone.PLAIN),
        ])  # fmt: skip
        cell = (*cell[:2], *self.marked_cell(), *cell[2:])
        if self.needle:
            searched = one(" " + t("· search “{needle}”", needle=self.needle), Tone.ACCENT)
            if self.hits is not None and self.hits.ended:
                more = str(up_to(self.hits.ended, MANY))
                searched = (*searched, Piece(" " + t("· ended {n}: key 2", n=more), Tone.QUIET))
            cell = (*cell[:2], *searched, *cell[2:])  # before the counters that a narrow line may cut
        self._board.set_title(cell)

    def on_titled_title_hit(self, event: Titled.TitleHit) -> None:
        """A click on a count of the board, on its word or its number, shows what it counts; once more, all again."""
        leads = {f"{self.seat.words.t(word)} ": lead for word, lead in LEADS.items()}
        around = [piece.text for piece in event.shown[max(0, event.place - 1) : event.place + 1]]
        lead = next((leads[text] for text in reversed(around) if text in leads), None)
        if event.titled is not self._board or lead is None:
            return
        from app.domain.case_filter import EVERY_CASE
        from app.domain.policy import WhistleKind

        narrowed = self.seat.narrowed or EVERY_CASE
        if lead == "all":
            self.widen()
        elif lead == "overdue":
            self.narrow(narrowed.toggled("overdue", ""))
        elif lead == "emergency":
            self.narrow(narrowed.toggled("kinds", WhistleKind.EMERGENCY.value))
        else:
            self.seat.group = lead
            self.post_message(self.Do("whistles"))

    def _fill_grids(self, grids: tuple[GridStatus, ...], street_map: StreetMap | None) -> None:
        sight = self.sight
        if sight is None or not self._grids.is_attached:
            return
        from app.render.grids import grid_columns, grid_lines, grid_summary, grid_title
        from app.render.teaching import no_grid

        warned = any(status.figures.warning for status in grids)
        if warned is not self._warned:
            self._warned = warned
            self.set_class(warned, "-warned")
            words = self.seat.words
            self._grids.set_columns(grid_columns(words, warned=warned), no_grid(words))
        self._grids.set_title(grid_title(grids, sight))
        self._grids.sync(grid_lines(grids, sight), lambda row: row, lambda row: row.key)
        self._summary.show([grid_summary(grids, sight)])
        self.map_side.fill(street_map, grids, sight)
        self._grid_detail()

    def _grid_detail(self) -> None:
        sight, view = self.sight, self.seat.view
        if sight is None or view is None:
            return
        from app.render.grids import grid_detail, grid_detail_title

        under = next((status for status in view.grids if status.grid.code == self._grids.cursor), None)
        self._grid_lines.set_title(grid_detail_title(under, sight) if under else ())
        width = max(10, self._grid_lines.size.width)
        self._grid_lines.show(grid_detail(under, sight, width) if under else [()])

    def _fill_upcoming(self) -> None:
        sight = self.sight
        if sight is None or not self._grids.is_attached:  # not furnished yet, or the app is ending
            return
        from app.render.upcoming import upcoming_row
        from app.services.desk import SOON

        if self._soon and self._soon[0].at <= sight.now:
            self._soon = tuple(line for line in self._soon if line.at > sight.now)
        shown = f"{SOON}+" if self._more else len(self._soon)
        self._upcoming.set_title(one(sight.t("Next hour {n}", n=shown)))
        self._upcoming.sync(self._soon, lambda line: upcoming_row(line, sight, self.seat.keymap), lambda line: line.key)

    def deadlines(self) -> Iterable[timedelta]:
        """The limits on the screen: of the board, of the departments and of the next hour."""
        from app.render.clock import changes_in

        if self.sight is not None:
            for row in self._board.visible_items():
                if row.whistle.deadline_at is not None:
                    yield changes_in(row.whistle.deadline_at, self.sight.now)
            yield from self.case_panes.deadlines()

    def on_water_pane_wanted(self, event: WaterPane.Wanted) -> None:
        """Another gauge, or another span of its line."""
        self.seat.water = (event.gauge, event.hours)
        self.post_message(self.Look(whole=True))

    # -- moving ------------------------------------------------------------------------------
    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Another grid; of another case the mode itself is told too."""
        if event.rows.id == "grids":
            self._grid_detail()
            if self.map_side.pane is not None:
                self.map_side.pane.choose(str(event.key))

    def on_street_map_pane_moved(self, event: StreetMapPane.Moved) -> None:
        """Another grid of the map: the list's cursor goes with it, and what is said of the grid."""
        self._grids.move_to(event.key)

    def on_street_map_pane_chosen(self, event: StreetMapPane.Chosen) -> None:
        """Enter on a grid of the map shows its whistles."""
        self._show_only(event.key)

    def on_street_map_pane_fitting(self, event: StreetMapPane.Fitting) -> None:
        """Below its least size the list stands in for the map."""
        if not event.fits:
            self.map_side.no_room(self.say)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Enter on a grid shows its whistles, on a limit its case."""
        if event.rows is self._grids and self.sight is not None:
            self._show_only(str(event.key))
        elif self._strip is not None and event.rows is self._strip.walks:
            self.unzoom()
            self.seat.round_to = self._strip.round_under_cursor
            self.post_message(self.Do("rounds"))
        elif event.rows is self._upcoming and self._upcoming.chosen is not None:
            self.unzoom()
            if self._upcoming.chosen.whistle_id is not None:
                self._board.move_to(self._upcoming.chosen.whistle_id)
            self._board.focus()

    def _show_only(self, unit: str) -> None:
        self.unzoom()
        self.remove_class("-grids")
        self._only(unit)
        self._board.focus()

    def _only(self, unit: str) -> None:
        """Only this grid or community; once more, every one again."""
        from app.domain.case_filter import EVERY_CASE

        narrowed = self.seat.narrowed or EVERY_CASE
        units = frozenset() if narrowed.units == {unit} else frozenset({unit})
        self.narrow(replace(narrowed, units=units))

    def action_pane(self, step: int) -> None:
        """Tab: the next pane; on a small screen from the board to the grids and back."""
        if not self._grids.is_attached:
            return
        self.unzoom()
        stacked = self.has_class("-narrow") or self.has_class("-short")
        if not stacked or self.has_class("-detail"):
            self.focus_next() if step > 0 else self.focus_previous()
        elif self.has_class("-grids"):
            self.remove_class("-grids")
            self._board.focus()
        else:
            self._to_grids()

    def _to_grids(self) -> None:
        """On a small screen: the grids instead of the board."""
        self.remove_class("-detail")
        self.add_class("-grids")
        self.map_side.front().focus()
        self.call_after_refresh(self._grid_detail)  # its lines are as wide as the screen now

    def swap_map(self) -> str:
        """Map instead of list or list instead of map; on a small screen the one asked for comes to the front."""
        from app.called import called

        if not self._grids.is_attached:
            return ""
        self.unzoom()
        stacked = self.has_class("-narrow") or self.has_class("-short")
        if stacked and not self.has_class("-grids") and self.map_side.shown:
            self._to_grids()
            return ""
        how = Message("No map of the street is loaded yet: `{wangge} org map load FILE`.", {"wangge": called()})
        wanted = self.map_side.swap(self.say, how)
        if stacked and wanted:
            self._to_grids()
        return wanted

    def on_resize(self) -> None:
        """The map comes and goes with the room."""
        self.call_after_refresh(self.map_side.arrange)
