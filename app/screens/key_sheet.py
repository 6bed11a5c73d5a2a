"""The help of one dialog: what its keys do now, those of the field with the cursor first; Enter presses one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len

from app.domain.message import Message
from app.domain.text import normalise_width
from app.render.rows import Cell, Column, Row, Tone, one
from app.render.ways import BACK, DOES_IT, EVERYWHERE, MOVE, Way
from app.render.words import Words
from app.render.wrap import wrap
from app.screens.answering import Answering
from app.screens.finding import initials
from app.screens.list_sheet import WIDE, ListSheet

AROUND = 6
"""Lines of the box besides the list: edges, the line above with its gap, two lines below."""


@dataclass(frozen=True, slots=True)
class Line:
    """One way in its group: the field it belongs to, the dialog, or everywhere."""

    group: str
    way: Way
    reason: Message | None = None
    """Why it does nothing at the moment."""


class KeySheet(ListSheet[str, Line]):
    """Closes with Textual's name of the key to be pressed in the dialog below, or with None."""

    HORIZONTAL_BREAKPOINTS = WIDE
    opened_by = ("help",)

    def __init__(self, dialog: Answering[Any]) -> None:
        super().__init__()
        self._dialog = dialog
        self._words = dialog.spoken()
        self._firsts: frozenset[str] = frozenset()
        """The first row of each group."""

    def spoken(self) -> Words:
        """As the dialog."""
        return self._words

    def title_text(self) -> str:
        """Which dialog it is about."""
        return self._words.t("Help: {dialog}", dialog=self._dialog.title_text())

    def ways(self) -> Sequence[Way]:
        """Its own keys."""
        return (DOES_IT, BACK, MOVE)

    def asks(self) -> str:
        """The empty line."""
        return self._words.t("type to find a key")

    def columns(self) -> Sequence[Column]:
        """Group, key, word, sentence."""
        lines = tuple(lines_of(self._dialog, self._words))
        group = max(cell_len(line.group) for line in lines)
        word = max(cell_len(self._words.t(line.way.word)) for line in lines)
        return (Column("group", "", min(group, 12), 8), Column("key", "", 9, 10),
                Column("word", "", min(word, 18), 9), Column("about", "", 20, 7, most=999))  # fmt: skip

    def fit_box(self) -> None:
        """As high as its lines need, and then it stays so while somebody types."""
        lines = len(tuple(lines_of(self._dialog, self._words)))
        self.query_one("#box").styles.height = min(AROUND + lines, 30)

    def nothing(self) -> Cell:
        """No way fits."""
        return one(self._words.t("No key is called that here."), Tone.QUIET)

    def items(self, typed: str) -> Iterable[Line]:
        """The ways whose key, word, sentence or pinyin initials have what was typed."""
        needle = normalise_width(typed).casefold()
        lines = lines_of(self._dialog, self._words)
        found = [line for line in lines if not needle or needle in self._searched(line.way)]
        self._firsts = frozenset({line.group: self.key_of(line) for line in reversed(found)}.values())
        return found

    def _searched(self, way: Way) -> str:
        said = f"{way.key} {self._words.t(way.word)} {self._words.t(way.about) if way.about else ''}"
        return f"{said} {initials(said)}".casefold()

    def key_of(self, item: Line) -> str:
        """Key and group: the same key may stand for a field and for the form."""
        return f"{item.group} {item.way.key}"

    def row(self, item: Line) -> Row:
        """The group is named in its first row only."""
        words, way = self._words, item.way
        about = words.say(item.reason) if item.reason else words.t(way.about) if way.about else ""
        return Row(self.key_of(item), {
            "group": one(item.group if self.key_of(item) in self._firsts else "", Tone.QUIET),
            "key": one(way.key, Tone.QUIET if item.reason else Tone.ACCENT),
            "word": one(words.t(way.word), Tone.QUIET if item.reason else Tone.STRONG),
            "about": one(about, Tone.QUIET),
        })  # fmt: skip

    def about(self, item: Line | None) -> Sequence[Cell]:
        """The whole sentence."""
        if item is None:
            return ()
        said = self._words.say(item.reason) if item.reason else ""
        text = said or (self._words.t(item.way.about) if item.way.about else self._words.t(item.way.word))
        return [one(line, Tone.QUIET) for line in wrap(f"{item.way.key}  {text}", self.room, most=2)]

    async def choose(self, item: Line) -> None:
        """Press it below; what has no one key is only explained."""
        if item.reason is not None:
            self._warn(self._words.say(item.reason))
        elif not item.way.press:
            self._warn(self._words.t("These are keys for the dialog itself: Esc, then {keys}.", keys=item.way.key))
        else:
            self.dismiss(item.way.press)

    def _warn(self, said: str) -> None:
        self.say([one(line, Tone.SOON) for line in wrap(said, self.room, most=2)])


def lines_of(dialog: Answering[Any], words: Words) -> Iterable[Line]:
    """The ways of the field with the cursor, of the dialog, and of every dialog."""
    t = words.t
    field, here = dialog.field_ways()
    for way in here:
        yield Line(field, way)
    taken = [way.key for way in here]
    for way in dialog.ways():
        if way.key not in taken:
            yield Line(t("Here"), way, dialog.why_not_here(way))
    for way in EVERYWHERE:
        yield Line(t("Everywhere"), way)
