"""Jump mode: a number on every pane, row and chip that is to be seen; typing it goes there."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult

from app.domain.message import N_
from app.domain.text import normalise_width
from app.render.rows import Cell, Tone, one
from app.render.ways import BACK, Way
from app.render.words import Words
from app.screens.answering import Answering
from app.screens.signs import is_text
from app.widgets.lines import Lines
from app.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.screen import Screen

MOST = 100
"""Places that two digits can name."""
_BELOW_THE_DIGITS = dict(zip("qwertyuiop", "1234567890", strict=True))
"""Letters as a second way: each is the digit above it on the keyboard."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one can go: the cell of its number, and how to get there."""

    x: int
    y: int
    go: Callable[[], object]
    what: tuple[Hashable, ...] = ()
    """Which pane, row or chip it is, wherever it is shown."""


def numbers(count: int) -> list[str]:
    """So many numbers of one or two digits, none of them the beginning of another; the short ones first."""
    short = max(0, min(9, (MOST - count) // 9)) if count > 9 else count
    single = [str(digit) for digit in range(1, short + 1)]
    first = [str(digit % 10) for digit in range(short + 1, 11)]
    return (single + [tens + str(ones % 10) for tens in first for ones in range(1, 11)])[:count]


def places(screen: Screen[Any]) -> list[Place]:
    """Panes first, then chips, then the rows of every list, as far as they are to be seen."""
    lists = [rows for rows in screen.query(RowList) if rows.region and rows.visible and rows.can_focus]
    found = [Place(rows.region.x, rows.region.y, rows.focus, (rows.id,)) for rows in lists]
    found += [Place(pane.region.x, pane.region.y, pane.focus, (pane.id,))
              for pane in screen.query("#brief") if pane.region and pane.visible]  # fmt: skip
    for name in ("#chips", "#filters"):
        for chips in screen.query(name).results(Lines):
            found += _chips(chips)
    for rows in lists:
        found += _rows(rows)
    for pane in screen.query("#map"):
        if pane.region and pane.visible:
            found += _on_map(pane)
    return found[:MOST]


def _rows(rows: RowList[Any]) -> Iterator[Place]:
    area = rows.content_region
    for line, key in rows.lines_in_view():
        yield Place(area.x, area.y + line, partial(_to_row, rows, key), (rows.id, key))


def _to_row(rows: RowList[Any], key: Any) -> None:
    rows.focus()
    rows.move_to(key)


def _on_map(pane: Any) -> Iterator[Place]:
    area = pane.content_region
    yield Place(pane.region.x, pane.region.y, pane.focus, (pane.id,))
    for x, y, code in pane.names_in_view():
        yield Place(area.x + x, area.y + y, partial(_to_grid, pane, code), (pane.id, code))


def _to_grid(pane: Any, code: str) -> None:
    pane.focus()
    pane.go_to(code)


def _chips(chips: Lines) -> Iterator[Place]:
    area = chips.content_region
    for number, x in chips.pieces_in_view():
        yield Place(area.x + x, area.y, partial(_hit, chips, number), (chips.id, number))


def _hit(chips: Lines, number: int) -> None:
    chips.screen.post_message(Lines.Hit(chips, 0, number))


TYPE_IT = Way("0–9", N_("go there"), N_("The number that stands there; the letters Q to P below the digits do too."))


class JumpScreen(Answering[Place | None]):
    """The numbers over the dimmed desk. A number that is complete goes there at once; Esc leaves."""

    DEFAULT_CSS = """
    JumpScreen {
        background: $background 45%;
        .number { position: absolute; width: auto; height: 1; text-style: bold; }
        .number.-other { display: none; }
        #told { dock: bottom; width: 100%; height: 1; background: $panel; }
    }
    """

    def __init__(self, look: Callable[[], Sequence[Place]], words: Words) -> None:
        """``look`` finds the places as they are now on the screen below."""
        super().__init__()
        self._look = look
        found = look()
        self._places = dict(zip(numbers(len(found)), found, strict=False))
        self._words = words
        self._typed = ""

    def spoken(self) -> Words:
        """As the desk."""
        return self._words

    def title_text(self) -> str:
        """What it is."""
        return self._words.t("Go by number")

    def ways(self) -> Sequence[Way]:
        """Its keys."""
        return (TYPE_IT, BACK)

    async def retell(self, words: Words) -> None:
        """The names below are longer or shorter now: every number goes where its place went."""
        self._words = words
        if self.is_mounted:
            below = self.app.screen_stack[self.app.screen_stack.index(self) - 1]
            below.screen_layout_refresh_signal.subscribe(self, lambda _screen: self._follow())
            self.query_one("#told", Lines).show([self._told()])
            self._follow()

    def _follow(self) -> None:
        """Each number to where its place is now; the number of what is not to be seen any more goes away."""
        found = {place.what: place for place in self._look()}
        for number, before in list(self._places.items()):
            label, place = self.query_one(f"#n{number}"), found.get(before.what)
            if place is None:
                del self._places[number]
                label.display = False
            else:
                self._places[number] = place
                label.styles.offset = (place.x, place.y)

    def compose(self) -> ComposeResult:
        """A number at each place, and one line that says how it goes."""
        for number, place in self._places.items():
            label = Lines([one(number, Tone.CHIP)], classes="number", id=f"n{number}")
            label.styles.offset = (place.x, place.y)
            label.styles.width = cell_len(number)
            yield label
        yield Lines([self._told()], id="told")

    def _told(self) -> Cell:
        told = self._words.t("Go to: type the number (the letters Q to P below the digits do too) · Esc back")
        return one(f" {told}", Tone.PLAIN)

    def on_key(self, event: events.Key) -> None:
        """Digits, half or full width, or the letters below them."""
        event.stop()  # a character that is no digit stays with ``Answering``, which says so
        character = normalise_width(event.character or "").lower()
        digit = _BELOW_THE_DIGITS.get(character, character)
        if event.key == "backspace":
            self._narrow("")
        elif len(digit) == 1 and digit.isdecimal() and digit.isascii():
            self._narrow(self._typed + digit)
        elif not is_text(event.character) and not self.helps(event.key):
            self.dismiss(None)

    def on_click(self, event: events.Click) -> None:
        """The mouse goes to the number it points at, and leaves elsewhere."""
        for number, place in self._places.items():
            if place.y == event.screen_y and place.x <= event.screen_x < place.x + len(number):
                self.dismiss(place)
                return
        self.dismiss(None)

    def on_resize(self) -> None:
        """The places are elsewhere now."""
        if self._size_shown is not None and self._size_shown != self.app.size:
            self.dismiss(None)
        self._size_shown = self.app.size

    _size_shown: object = None

    def _narrow(self, typed: str) -> None:
        if typed in self._places:
            self.dismiss(self._places[typed])
            return
        fitting = [number for number in self._places if number.startswith(typed)]
        if not fitting:
            return
        self._typed = typed
        for number in self._places:
            self.query_one(f"#n{number}").set_class(number not in fitting, "-other")
