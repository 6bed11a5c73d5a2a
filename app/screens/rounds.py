"""Mode 3, 巡查: the rounds of today, and the checklist of the one under the cursor, answered by one key each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from app.commands import Situation
from app.render.rows import Piece, Tone, one
from app.screens.mode import ModeScreen
from app.screens.seat import Fresh, Seat, Wanted
from app.screens.walking import Walking
from app.screens.water_pane import WaterPane
from app.widgets.lines import Lines
from app.widgets.row_list import RowList

if TYPE_CHECKING:
    from app.domain.patrol_row import PatrolRow
    from app.domain.round import Item
    from app.render.board import CaseRow
    from app.screens.command_app import CommandApp
    from app.services.rounds_view import RoundsView


class RoundsMode(ModeScreen):
    """Left the list, right the checklist; on a small screen the list, and the checklist behind Enter."""

    mode_id = "rounds"

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._board: RowList[Any] = RowList(id="board")
        self._points: RowList[Any] = RowList(id="points", rests=False)
        self._water = WaterPane(id="water")
        self.walking = Walking(self)
        self._view: RoundsView | None = None

    def panes(self) -> ComposeResult:
        """The body."""
        with Horizontal(id="body", classes="-rounds"):
            with Vertical(id="middle"):
                yield self._board
                yield self._water
            with Vertical(id="walk"):
                yield self.walking.checklist
                yield self.walking.entry
            yield self._points

    @property
    def desk(self) -> CommandApp:
        """The program around it."""
        from app.screens.command_app import CommandApp

        if not isinstance(self.app, CommandApp):
            raise TypeError("a mode belongs to the desk")
        return self.app

    # -- what is chosen ----------------------------------------------------------------------
    @property
    def open_round(self) -> UUID | None:
        """The round under the cursor of the list."""
        row = self._board.chosen if self.is_mounted else None
        return row.round_id if row is not None else None

    @property
    def selected(self) -> UUID | None:
        """The case that the finding under the cursor became."""
        file, item = self.walking.file, self.walking.item
        case = file.whistles.get(item) if file is not None and item is not None else None
        return case.id if case is not None and self.walking.has_keys else None

    @property
    def in_reach(self) -> UUID | None:
        """The same."""
        return self.selected

    @property
    def due(self) -> PatrolRow | None:
        """The round under the cursor that nobody has begun."""
        row = self._board.chosen if self.is_mounted else None
        return row if row is not None and row.round_id is None else None

    def wanted(self) -> Wanted:
        """The list and the round under its cursor, and the case of a finding."""
        return Wanted(self.selected, rounds=True, round_id=self.open_round, water=self.seat.water)

    def rows(self) -> list[CaseRow]:
        """No cases of its own."""
        return []

    def situation(self) -> Situation:
        """With the round and the question under the cursor."""
        file = self.walking.whole
        item: Item | None = self.walking.item if self.walking.has_keys else None
        return replace(super().situation(), round=file, item=item)

    # -- filling -----------------------------------------------------------------------------
    def speak_panes(self) -> None:
        """Columns, titles and empty texts."""
        words = self.seat.words
        if self.sight is None:
            self._board.set_title(one(words.t("Rounds")))
            self._water.say_nothing(words.t("Water level"))
            return
        from app.render.checklist import point_columns
        from app.render.patrol_list import patrol_columns
        from app.render.teaching import no_round

        self._board.set_columns(patrol_columns(words), no_round(words, self.seat.keymap.way))
        self._points.set_columns(point_columns(words))
        self._points.set_title(one(words.t("Along the way")))
        self.walking.speak(words)
        self.desk.beside(self.walking.recover, "draft")

    def fill(self, fresh: Fresh) -> None:
        """Put what was read into the panes."""
        if fresh.rounds is not None:
            self._view = fresh.rounds
        self.retouch()
        if fresh.water is not None and self.sight is not None:
            self._water.show_water(fresh.water, self.sight)
        chosen = self._board.chosen
        if chosen is None or chosen.round_id is None:
            self.walking.read(None)
        elif fresh.rounds is not None and fresh.rounds.file is not None:
            self.walking.read(fresh.rounds.file)
        self.show_hints()

    def retouch(self) -> None:
        """The list and the checklist as they read now."""
        sight, view = self.sight, self._view
        if sight is None or view is None:
            return
        from app.render.patrol_list import patrol_row, patrol_title

        self._board.set_title(patrol_title(view.rows, sight))
        self._board.sync(view.rows, lambda row: patrol_row(row, sight), lambda row: row.key)
        if self.seat.round_to in self._board.keys:
            self._board.move_to(self.seat.round_to)
            self.seat.round_to = None
        self.walking.show()

    def show_points(self) -> None:
        """The points along the way, on a screen that has room for them."""
        from app.render.checklist import NOTHING, checklist_lines, point_row

        sight, file = self.sight, self.walking.whole
        if sight is None:
            return
        lines = checklist_lines(file, sight, NOTHING) if file is not None else ()
        heads = [line for line in lines if line.key[1] == ""]
        self._points.sync(heads, lambda line: point_row(line, sight), lambda line: line.point.number)

    def deadlines(self) -> Iterable[timedelta]:
        """The ends of the windows in the list."""
        from app.render.clock import changes_in

        if self.sight is not None and self._view is not None:
            for row in self._view.rows:
                if row.until is not None and row.ended_at is None:
                    yield changes_in(row.until, self.sight.now)

    # -- moving ------------------------------------------------------------------------------
    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Another round, or another question; of a case that it became everything is read."""
        event.prevent_default()
        if event.rows is self._board:
            self.walking.leave()
            self.call_after_refresh(self.post_message, self.Look())
        elif event.rows is self.walking.checklist:
            self.walking.rest()
            if self.selected is not None or self.file is not None:
                self.post_message(self.Look())
            self.show_hints()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Enter begins what is due, or goes into the checklist; there a problem's form, else the question's line."""
        event.prevent_default()
        self.unzoom()
        if event.rows is self._board and self.open_round is None:
            self.post_message(self.Do("start_round"))
        elif event.rows is self._board:
            self.add_class("-detail")
            self.walking.checklist.focus()
        elif event.rows is self._points and isinstance(event.key, int):
            self.add_class("-detail")
            self.walking.to_point(event.key)
        elif event.rows is self.walking.checklist:
            self.walking.choose()

    def on_row_list_asked(self, event: RowList.Asked) -> None:
        """A right click on a question does what Enter does."""
        event.prevent_default()
        if event.rows is self.walking.checklist:
            self.walking.choose()

    def on_descendant_focus(self) -> None:
        """What digits do has changed."""
        self.show_hints()

    def on_water_pane_wanted(self, event: WaterPane.Wanted) -> None:
        """Another gauge, or another span."""
        self.seat.water = (event.gauge, event.hours)
        self.post_message(self.Look(whole=True))

    def show_water(self) -> None:
        """The line of the gauge alone, over the whole body."""
        self.zoom_on(self._water)
        self.set_focus(self._water)

    # -- hints -------------------------------------------------------------------------------
    def show_hints(self) -> None:
        """While the checklist has the keys: what they say to the question under the cursor; then the commands."""
        ways = self.walking.ways() if self.is_mounted else ()
        if not ways:
            super().show_hints()
            return
        from rich.cells import cell_len

        from app.commands import hint_of, hints

        pieces: list[Piece] = []
        for key, word in ways:
            pieces += [Piece(f" {key}", Tone.ACCENT), Piece(self._word(word) + " ")]
        now, shown = self.situation(), [""] * len(ways)
        room = self.size.width - sum(cell_len(piece.text) for piece in pieces)
        for command in hints(now):
            key, word = f" {now.keymap.key(command.id)}", self._word(hint_of(command, now))
            if cell_len(key + word) + 1 > room:
                break
            room -= cell_len(key + word) + 1
            shown.append(command.id)
            pieces += [Piece(key, Tone.ACCENT), Piece(word + " ")]
        self._shown_hints = tuple(shown)
        self.query_one("#hints", Lines).show([tuple(pieces)])

    def on_lines_hit(self, event: Lines.Hit) -> None:
        """A click on what a key says presses it."""
        ways = self.walking.ways()
        if event.lines.id == "hints" and event.piece // 2 < len(ways):
            event.prevent_default()
            self.walking.press(ways[event.piece // 2][0])

    def on_input_changed(self, event: Input.Changed) -> None:
        """What is typed of an answer is shown in its row; the search goes on to what every mode does."""
        if event.input is self.walking.entry:
            event.prevent_default()
            self.walking.typing()

    def keep_now(self) -> None:
        """What is typed and not sent, before the program goes down."""
        self.walking.keep_now()
