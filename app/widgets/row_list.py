"""A list that paints only the lines it shows; cursor, marks and scroll stay with their keys through every refresh."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from operator import is_
from typing import Any, TypeVar

from textual import events
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message

from app.render.rows import Row
from app.widgets.deciding import awaits_decision
from app.widgets.painted_rows import PaintedRows, Span

T = TypeVar("T")

MOST_RUN_ON = 3
"""Still rows below the cursor's that come into view with it."""
RIGHT = 3
"""The mouse button that asks what can be done."""


class RowList(PaintedRows[T], can_focus=True):
    """Items of any kind drawn as rows on demand. Knows keys, not cases: what a row means is the screen's business."""

    DEFAULT_CSS = """
    RowList {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        &:focus { background-tint: $foreground 0%; }
    }
    """
    BINDINGS = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(-1)", show=False),
        Binding("end", "edge(1)", show=False),
        Binding("enter", "choose", show=False),
    ]

    class Moved(Message):
        """The cursor came to rest on another row, or on none."""

        def __init__(self, rows: RowList[Any], key: Hashable | None) -> None:
            super().__init__()
            self.rows = rows
            self.key = key

        @property
        def control(self) -> RowList[Any]:
            """The list that sent it."""
            return self.rows

    class Chosen(Moved):
        """Enter or a double click on a row."""

    class Asked(Moved):
        """A right click on a row: what can be done to it?"""

    class Marked(Moved):
        """The marks changed."""

    class Neared(Message):
        """The rows that are here run out: more are wanted above (-1) or below (1); ``edge`` = the very last ones."""

        def __init__(self, rows: RowList[Any], step: int, *, edge: bool = False) -> None:
            super().__init__()
            self.rows = rows
            self.step = step
            self.edge = edge

        @property
        def control(self) -> RowList[Any]:
            """The list that sent it."""
            return self.rows

    def __init__(self, *, lasting: set[Any] | None = None, **arguments: Any) -> None:
        """``lasting`` = marks that somebody else holds: they stay when their rows leave the list."""
        super().__init__(**arguments)
        self._lasting = lasting is not None
        if lasting is not None:
            self._marks, self._markable = lasting, True
        self._places: dict[Hashable, int] = {}
        self._line = 0
        """Where the cursor is, or was when its row went away."""
        self._above = self._below = False
        """Whether there are rows before the first and after the last one that is here."""

    # -- what is shown -----------------------------------------------------------------------
    @property
    def cursor(self) -> Hashable | None:
        """Key of the row under the cursor; stays when that row goes away, until the cursor is moved."""
        return self._cursor

    @property
    def chosen(self) -> T | None:
        """The item under the cursor, if it is still in the list."""
        place = self._places.get(self._cursor)
        return None if place is None else self._items[place]

    @property
    def marks(self) -> tuple[Hashable, ...]:
        """Keys of the marked rows, in the list's order."""
        return tuple(key for key in self._keys if key in self._marks)

    @property
    def keys(self) -> tuple[Hashable, ...]:
        """Keys of all rows in their order."""
        return tuple(self._keys)

    def sync(
        self, items: Sequence[T], draw: Callable[[T], Row], key: Callable[[T], Hashable], *,
        more: tuple[bool, bool] = (False, False), lasts: Callable[[T], Span] | None = None,
    ) -> None:  # fmt: skip
        """Show these items. Cursor, marks and scroll stay with their keys; only what looks different is painted.

        ``more`` = there are others above and below them: ``Neared`` asks for them in time. ``lasts`` tells how long a
        row reads as it is drawn: what ``turn`` goes by.
        """
        self._draw, self._above, self._below = draw, *more
        self._lasts = lasts
        self._drawing += 1
        same = items is self._items or (len(items) == len(self._items) and all(map(is_, items, self._items)))
        if not same or self._cursor not in self._places:
            self._take(items, key)
        self.retouch()
        if self._below and self.virtual_size.height <= self.size.height:
            self._near(1)

    def _take(self, items: Sequence[T], key: Callable[[T], Hashable]) -> None:
        """Other items than before."""
        anchor, seen = self._anchor(), self._cursor_seen()
        self._items = items
        self._keys = [key(item) for item in items]
        self._places = {name: place for place, name in enumerate(self._keys)}
        if not self._lasting:
            self._marks &= self._places.keys()
        if self._cursor is None:
            self._start()
        elif self._cursor in self._places:
            self._line = self._places[self._cursor]
        height = len(self._keys) + self._top
        if height != self.virtual_size.height:
            self._set_height(height)
        self._hold(anchor, seen)

    def _set_height(self, height: int) -> None:
        """So many lines from now on; the screen is laid out anew only when the bar at the side comes or goes."""
        size, room = Size(self.size.width, height), self.container_size.height
        if room and (height > room) == (self.virtual_size.height > room):
            self.set_reactive(RowList.virtual_size, size)
            self._scroll_update(size)
            end = max(self._top, height - int(self.scroll_y))
            if end < self.size.height:  # rows that went from the end are blank lines now
                self.refresh(Region(0, end, self.size.width, self.size.height - end))
        else:
            self.virtual_size = size

    def visible_items(self) -> Sequence[T]:
        """The items on the screen, and a few beside it."""
        top = int(self.scroll_y)
        return self._items[top : top + max(1, self.size.height)]

    def lines_in_view(self) -> list[tuple[int, Hashable]]:
        """Line of the content and key of every row that is to be seen and can be gone to."""
        top, room = int(self.scroll_y), self.content_size.height - self._top
        shown = range(top, min(len(self._keys), top + room))
        return [(place - top + self._top, self._keys[place]) for place in shown if not self._still(place)]

    def show_cursor(self) -> None:
        """Scroll as little as it takes for the cursor's row to be seen."""
        if self._cursor in self._places:
            self._into_view()

    def move_to(self, key: Hashable) -> None:
        """Put the cursor on a row; nothing happens when it is not in the list."""
        if key in self._places:
            self._go(self._places[key])

    def to_visible(self) -> None:
        """When the cursor's row is not in the list: to the first row, because the person asked for another list."""
        if self._cursor not in self._places:
            self.action_edge(-1)

    def forget(self) -> None:
        """Another matter altogether: cursor, marks and scroll begin anew."""
        self._cursor, self._line = None, 0
        self._marks.clear()
        self._painted.clear()
        self._drawn.clear()
        self._strips.clear()
        self._scroll(0)

    def clear_marks(self) -> None:
        """Forget the marks."""
        if self._marks:
            self._marks.clear()
            self.retouch()

    # -- moving ------------------------------------------------------------------------------
    def action_move(self, step: int) -> None:
        """One row up or down. From a row that went away: to the row that now stands in its place."""
        gone = self._cursor is not None and self._cursor not in self._places
        self._go(self._line if gone and step > 0 else self._line + step, step)

    def action_page(self, step: int) -> None:
        """One screenful up or down."""
        self._go(self._line + step * max(1, self.size.height - self._top - 1), step)

    def action_edge(self, step: int) -> None:
        """To the first or the last row, of all and not only of those that are here."""
        self._go(0 if step < 0 else len(self._keys) - 1, -step)
        if self._above if step < 0 else self._below:
            self.post_message(self.Neared(self, step, edge=True))

    def action_choose(self) -> None:
        """Enter."""
        if self._cursor in self._places:
            awaits_decision(self)
            self.post_message(self.Chosen(self, self._cursor))

    def action_mark(self) -> None:
        """Mark or unmark the row under the cursor and go on to the next."""
        if self._cursor in self._places:
            self._marks ^= {self._cursor}
            self.post_message(self.Marked(self, self._cursor))
            self.action_move(1)
            self.retouch()

    def action_mark_all(self) -> None:
        """Mark all rows that are here, or none of them when all are."""
        every = set(self._keys)
        self._marks ^= every if every <= self._marks else every - self._marks
        self.post_message(self.Marked(self, self._cursor))
        self.retouch()

    def on_key(self, event: events.Key) -> None:
        """Space marks, half or full width, in lists where rows can be chosen together."""
        if (event.key == "space" or event.character == "\u3000") and self._markable:
            event.stop()
            event.prevent_default()
            self.action_mark()

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a second one chooses."""
        where = event.get_content_offset(self)  # the title's border is not a line of the list
        place = where.y - self._top + int(self.scroll_y) if where is not None else -1
        if where is None or where.y < self._top or not 0 <= place < len(self._keys):
            return
        self._go(place)
        if event.button == RIGHT:
            self.post_message(self.Asked(self, self._cursor))
        elif event.chain > 1:
            self.action_choose()

    def _start(self) -> None:
        """The cursor of a list that had none: its first selectable row."""
        for place in range(len(self._items)):
            if not self._still(place):
                self._cursor, self._line = self._keys[place], place
                self.post_message(self.Moved(self, self._cursor))
                return

    def _go(self, place: int, step: int = 1) -> None:
        """To a place, or past the still rows there in the direction of the step."""
        last = len(self._keys) - 1
        place = max(0, min(place, last))
        while 0 <= place <= last and self._still(place):
            place += 1 if step > 0 else -1
        if not 0 <= place <= last:
            if step < 0 and self._line <= self.size.height:
                self.scroll_to(y=0, animate=False)
            return
        before, self._line = self._cursor, place
        self._cursor = self._keys[place]
        self._into_view()
        if self._painted:  # else it scrolled, and all is painted anyway
            self.retouch()
        self._near(step)
        if self._cursor != before:
            self.post_message(self.Moved(self, self._cursor))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """The wheel and the bar come near the edges too."""
        super().watch_scroll_y(old_value, new_value)
        self._near(1 if new_value > old_value else -1)

    def _near(self, step: int) -> None:
        """Ask for more rows two screens before those that are here run out."""
        top, room = int(self.scroll_y), self.size.height
        if step > 0 and self._below and top + 3 * room > len(self._keys):
            self.post_message(self.Neared(self, 1))
        elif step < 0 and self._above and top < 2 * room:
            self.post_message(self.Neared(self, -1))

    def _still(self, place: int) -> bool:
        return self._draw is not None and self._row(place).still

    def _into_view(self) -> None:
        room = max(1, self.size.height - self._top)
        top = int(self.scroll_y)
        if self._begin < top:
            self._scroll(self._begin)
        elif self._end >= top + room:
            self._scroll(self._end - room + 1)

    @property
    def _begin(self) -> int:
        """The first line of what the cursor is on: the headings right above it come into view with it."""
        begin = self._line
        while begin > 0 and self._line - begin < MOST_RUN_ON and self._still(begin - 1):
            begin -= 1
        return begin

    @property
    def _end(self) -> int:
        """The last line of what the cursor is on: still rows below it run it on."""
        end = self._line
        while end + 1 < len(self._keys) and end - self._line < MOST_RUN_ON and self._still(end + 1):
            end += 1
        return end

    def _scroll(self, top: int) -> None:
        self.scroll_to(y=max(0, top), animate=False, force=True)

    def _anchor(self) -> tuple[Hashable, int] | None:
        """What stands in the first visible line, to hold it there; nothing when the list is at its top."""
        top = int(self.scroll_y)
        return (self._keys[top], top) if 0 < top < len(self._keys) else None

    def _cursor_seen(self) -> bool:
        """Whether the cursor's row is to be seen; the wheel may have left it behind."""
        top = int(self.scroll_y)
        return not self.size.height or top <= self._line < top + max(1, self.size.height - self._top)

    def _hold(self, anchor: tuple[Hashable, int] | None, seen: bool) -> None:
        """Where one was reading, and the cursor in sight if it was."""
        if anchor is not None and anchor[0] in self._places:
            self._scroll(self._places[anchor[0]])
        if seen and self._cursor in self._places and self.size.height:
            self._into_view()

    def on_resize(self) -> None:
        """Share the new width among the columns."""
        self._fit()
        if self._cursor in self._places:
            self._into_view()
        self.refresh()
