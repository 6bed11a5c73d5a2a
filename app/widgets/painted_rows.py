"""The painting half of the list of our own: lines drawn on demand, columns fitted to the width, changed cells only."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from app.render.paint import ELLIPSIS
from app.render.rows import GAP, WHOLE, Cell, Column, Row, Tone, fit
from app.widgets.cells import set_cells
from app.widgets.framed_lines import FramedLines
from app.widgets.titles import Titled
from app.widgets.tones import style_of

T = TypeVar("T")

LEAD = 2
"""Cells before the first column of a list whose rows can be marked."""

THUMB_STEPS = 8
"""Places in one cell at which the thumb of a scroll bar can be seen to begin."""

MOST_KEPT = 600
"""Rows kept as they were drawn, before all are let go."""

Span = tuple[datetime, datetime]
"""From when until when a row reads the same, as far as time goes: [first, last)."""

Look = tuple[Row, bool, bool]
"""What stands in a line: its row, whether the cursor is on it, whether it is marked."""


class PaintedRows(Titled, ScrollView, Generic[T]):
    """Items, columns and a cursor as they are to be seen; who moves the cursor is ``RowList``'s business."""

    def __init__(
        self, *, titles: bool = True, markable: bool = False, rests: bool = True, lit: bool = False, **arguments: Any
    ) -> None:
        super().__init__(**arguments)
        self._styles_cache = FramedLines()
        self._columns: tuple[Column, ...] = ()
        self._items: Sequence[T] = ()
        self._keys: list[Hashable] = []
        self._draw: Callable[[T], Row] | None = None
        self._top = 1 if titles else 0
        self._markable = markable
        self._rests = rests
        """Whether the cursor is seen while the focus is elsewhere."""
        self._lit = lit
        """Whether the cursor looks as if the list had the focus: a field beside it has the keys."""
        self._marks: set[Hashable] = set()
        self._cursor: Hashable | None = None
        self._painted: dict[int, Look] = {}
        self._drawn: dict[Hashable, tuple[int, Row, Span | None]] = {}
        """Rows as drawn last, by key, for which drawing, and how long they read so."""
        self._lasts: Callable[[T], Span] | None = None
        self._drawing = 0
        """Raised when rows are to be drawn otherwise or of other items."""
        self._strips: dict[tuple[Hashable, tuple[str, ...], bool], tuple[Row, Strip]] = {}
        """Rows as painted last, by key, state and mark; good as long as the row is the same one."""
        self._fitted: tuple[tuple[Column, int], ...] = ()
        self._fitted_to = 0
        """The width that the columns share."""
        self._styles: dict[tuple[str, ...], Style] = {}
        self._empty: Cell = ()

    def set_columns(self, columns: Sequence[Column], empty: Cell = ()) -> None:
        """Columns by priority and what stands in an empty list; repaints all."""
        self._columns, self._empty = tuple(columns), empty
        self._fit()
        self.refresh()

    def set_empty(self, empty: Cell) -> None:
        """What stands in the list while it has no rows."""
        if empty != self._empty:
            self._empty = empty
            if not self._items:
                self.refresh()

    @property
    def fitted(self) -> tuple[tuple[Column, int], ...]:
        """The columns on the screen with their widths."""
        return self._fitted

    def turn(self, draw: Callable[[T], Row], lasts: Callable[[T], Span], now: datetime) -> None:
        """Time went on and nothing else: draw anew only the rows that read otherwise by now.

        A list that counts seconds in one row costs that row each second and not all of them.
        """
        self._draw, self._lasts = draw, lasts
        self._drawing += 1
        first = int(self.scroll_y)
        for key in self._keys[first : first + max(0, self.size.height - self._top)]:
            known = self._drawn.get(key)
            if known is not None and known[2] is not None and known[2][0] <= now < known[2][1]:
                self._drawn[key] = self._drawing, *known[1:]
        self.retouch()

    def retouch(self) -> None:
        """Repaint the cells that changed: clocks, language of a word, cursor, marks."""
        regions: list[Region] = []
        for y in range(self._top, self.size.height):
            before, after = self._painted.get(y), self._look(y)
            if before != after:
                regions += self._regions(y, before, after)
        if regions:
            self.refresh(*regions)

    def notify_style_update(self) -> None:
        """Theme or focus changed: look the colours up again."""
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()
        self.refresh()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """What was painted stands elsewhere now; the titles stay."""
        if self.show_vertical_scrollbar:
            self._move_bar(new_value)
        if round(old_value) != round(new_value):
            self._painted.clear()
            self.refresh(Region(0, self._top, self.size.width, max(1, self.size.height - self._top)))

    def _move_bar(self, position: float) -> None:
        """Paint the bar again only when it would look otherwise: in a long list it rarely does."""
        bar = self.vertical_scrollbar
        beyond, height = max(1, bar.window_virtual_size - bar.window_size), bar.size.height
        room = height - max(1, bar.window_size * height / max(1, bar.window_virtual_size))
        before, after = (int(room * (at / beyond) * THUMB_STEPS) for at in (bar.position, position))
        if before == after and 0 < position < beyond:
            bar.set_reactive(ScrollBar.position, position)
        else:
            bar.position = position

    def watch_has_focus(self, has_focus: bool) -> None:
        """The cursor rests when the list loses the focus."""
        super().watch_has_focus(has_focus)
        self._painted.clear()
        self.refresh()

    def _fit(self) -> None:
        self._fitted_to = self.size.width
        self._fitted = fit(self._columns, max(1, self.scrollable_content_region.width - self._lead - 1))
        self._painted.clear()
        self._strips.clear()

    @property
    def _lead(self) -> int:
        return LEAD if self._markable else 1

    def _look(self, y: int) -> Look | None:
        """What stands in a line: its row, whether the cursor is on it, whether it is marked."""
        place = y - self._top + int(self.scroll_y)
        if self._draw is None or not 0 <= place < len(self._items):
            return None
        key = self._keys[place]
        return self._row(place), key == self._cursor, key in self._marks

    def _row(self, place: int) -> Row:
        """The row of an item, drawn once for each drawing; the same object as before when it looks the same."""
        key = self._keys[place]
        known = self._drawn.get(key)
        if known is not None and known[0] == self._drawing:
            return known[1]
        item = self._items[place]
        row = self._draw(item) if self._draw is not None else Row(key, {})
        if known is not None and known[1] == row:
            row = known[1]
        if len(self._drawn) >= MOST_KEPT:
            self._drawn.clear()
        self._drawn[key] = self._drawing, row, self._lasts(item) if self._lasts is not None else None
        return row

    def _regions(self, y: int, before: Look | None, after: Look | None) -> list[Region]:
        """Where a line has changed."""
        width = self.size.width
        if before is None or after is None or before[1:] != after[1:] or WHOLE in after[0].cells:
            return [Region(0, y, width, 1)]
        found = []
        x = self._lead
        for column, cells in self._fitted:
            if before[0].cells.get(column.id) != after[0].cells.get(column.id):
                found.append(Region(x, y, cells, 1))
            x += cells + GAP
        return found

    def render_line(self, y: int) -> Strip:
        """One line: titles, a row, or what an empty list says."""
        width = self.size.width
        if width != self._fitted_to:  # painted before it was told of its new size
            self._fit()
        if y < self._top:
            return self._strip([(((column.title, Tone.PLAIN),), cells, column.right) for column, cells in self._fitted],
                               ("titles",), " " * self._lead, width)  # fmt: skip
        look = self._look(y)
        if look is None:
            self._painted.pop(y, None)
            return self._empty_line(y, width)
        self._painted[y] = look
        row, under_cursor, marked = look
        state = self._state() if under_cursor else ()
        name = row.key, state, marked
        kept = self._strips.get(name)
        if kept is None or kept[0] is not row:
            if len(self._strips) >= MOST_KEPT:
                self._strips.clear()
            kept = self._strips[name] = row, self._row_strip(row, state, marked, width)
        return kept[1]

    def _row_strip(self, row: Row, state: tuple[str, ...], marked: bool, width: int) -> Strip:
        lead = ("●" if marked else "").ljust(self._lead)
        if WHOLE in row.cells:
            return self._strip([(row.cells[WHOLE], width - self._lead - 1, False)], state, lead, width)
        return self._strip([(row.cells.get(column.id, ()), cells, column.right) for column, cells in self._fitted],
                           state, lead, width)  # fmt: skip

    def _state(self) -> tuple[str, ...]:
        return ("cursor",) if self.has_focus or self._lit else ("resting",) if self._rests else ()

    def _empty_line(self, y: int, width: int) -> Strip:
        if self._items or y != self._top or not self._empty:
            return Strip([Segment(" " * width, self._style())], width)
        return self._strip([(self._empty, width - self._lead - 1, False)], (), " " * self._lead, width)

    def _strip(self, parts: list[tuple[Any, int, bool]], state: tuple[str, ...], lead: str, width: int) -> Strip:
        base = self._style(*state)
        pieces = [(lead, self._style("accent", *state) if lead.strip() else base)]
        for number, (cell, cells, right) in enumerate(parts):
            if number:
                pieces.append((" " * GAP, base))
            pieces += [
                (text, base if tone is None or "titles" in state else self._style(tone, *state))
                for text, tone in set_cells(cell, cells, right, self._ellipsis)
            ]
        return Strip(list(_joined(pieces))).adjust_cell_length(width, base)

    @property
    def _ellipsis(self) -> str:
        return getattr(self.app, "ellipsis", ELLIPSIS)

    def _style(self, *names: str) -> Style:
        found = self._styles.get(names)
        if found is None:
            found = self._styles[names] = style_of(self, *names)
        return found


def _joined(pieces: Iterable[tuple[str, Style]]) -> Iterator[Segment]:
    """As few segments as look the same: each costs the terminal and every frame; blanks show their ground alone."""
    text, style = "", Style.null()
    for more, its in pieces:
        if text and (its == style or (its.bgcolor == style.bgcolor and not more.strip(" ") and _is_bare(style))):
            text += more
            continue
        if text:
            yield Segment(text, style)
        text, style = more, its
    if text:
        yield Segment(text, style)


def _is_bare(style: Style) -> bool:
    """Whether a blank in this style is nothing but its ground."""
    return not (style.underline or style.reverse or style.strike)
