"""The phone book: whom one can call now, the departments of the case under the cursor first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.phones import Phone
from app.domain.text import normalise_width
from app.render.phones import phone_columns, phone_rows, phone_text
from app.render.rows import Cell, Column, Row, Tone, one
from app.render.sight import Sight
from app.render.ways import BACK, MOVE, Way
from app.render.words import Words
from app.screens.finding import initials
from app.screens.list_sheet import ListSheet

CALLING = "call/"
"""Keys of those who are to be phoned begin so: ``call/NOTICE/MEMBER``."""


class PhoneBook(ListSheet[str, Row]):
    """Type to narrow it down, by name, number or initials. Enter on who is to be phoned now: did they answer?"""

    opened_by = ("phones",)
    has_about = False

    def __init__(self, phones: Sequence[Phone], sight: Sight) -> None:
        super().__init__()
        self._phones = phones
        self._sight = sight

    def spoken(self) -> Words:
        """As the desk."""
        return self._sight.words

    def title_text(self) -> str:
        """What it is."""
        return self._sight.t("Phone book")

    def ways(self) -> Sequence[Way]:
        """Its own keys."""
        return (BACK, MOVE)

    def asks(self) -> str:
        """The empty line."""
        return self._sight.t("type a name, a number or initials")

    def columns(self) -> Sequence[Column]:
        """Who, what, number."""
        return phone_columns(self._sight.words)

    def nothing(self) -> Cell:
        """Nobody fits."""
        return one(self._sight.t("Nobody is called that."), Tone.QUIET)

    def items(self, typed: str) -> Iterable[Row]:
        """Those whom every word fits."""
        wanted = normalise_width(typed).casefold().split()
        return phone_rows([phone for phone in self._phones if self._fits(phone, wanted)], self._sight)

    def _fits(self, phone: Phone, wanted: Sequence[str]) -> bool:
        text = normalise_width(phone_text(phone, self._sight)) if wanted else ""
        return all(
            word in text or (word.isascii() and word.isalpha() and word in initials(text)) for word in wanted
        )  # fmt: skip

    def row(self, item: Row) -> Row:
        """As it is."""
        return item

    def key_of(self, item: Row) -> object:
        """As the row says."""
        return item.key

    async def action_choose(self) -> None:
        """Enter on somebody who is to be phoned gives their key; else it goes back."""
        self.catch_up()
        chosen = self.list.chosen
        key = chosen.key if chosen is not None else None
        self.dismiss(key if isinstance(key, str) and key.startswith(CALLING) else None)
