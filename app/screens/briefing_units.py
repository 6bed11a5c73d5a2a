"""Of which unit the briefing is shown: the street, a community, a grid; typed or chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.org import Unit
from app.domain.text import normalise_width
from app.render.rows import Cell, Column, Row, Tone, one
from app.render.sight import Sight
from app.render.ways import BACK, MOVE, Way
from app.render.words import Words
from app.screens.finding import initials
from app.screens.list_sheet import ListSheet


class BriefingUnitSheet(ListSheet[str, Unit]):
    """Type to narrow it down, by name, initials or code. Enter gives the unit's code."""

    has_about = False

    def __init__(self, units: Sequence[Unit], sight: Sight) -> None:
        super().__init__()
        self._units = units
        self._sight = sight

    def spoken(self) -> Words:
        """As the desk."""
        return self._sight.words

    def title_text(self) -> str:
        """What it is."""
        return self._sight.t("Briefing of…")

    def ways(self) -> Sequence[Way]:
        """Its own keys."""
        return (BACK, MOVE)

    def asks(self) -> str:
        """The empty line."""
        return self._sight.t("type a name or initials")

    def columns(self) -> Sequence[Column]:
        """Level and name."""
        return (Column("level", "", 10, 8), Column("name", "", 30, 10, most=60))

    def nothing(self) -> Cell:
        """Nothing fits."""
        return one(self._sight.t("Nothing is called that."), Tone.QUIET)

    def items(self, typed: str) -> Iterable[Unit]:
        """Those whom every word fits."""
        wanted = normalise_width(typed).casefold().split()
        return [unit for unit in self._units if all(self._fits(unit, word) for word in wanted)]

    def _fits(self, unit: Unit, word: str) -> bool:
        text = f"{unit.name.zh} {unit.name.en} {unit.short.zh} {unit.short.en} {unit.code}".casefold()
        return word in text or (word.isascii() and word.isalpha() and word in initials(unit.name.zh))

    def row(self, item: Unit) -> Row:
        """Level and name."""
        level = one(self._sight.words.enum(item.level), Tone.QUIET)
        return Row(item.code, {"level": level, "name": one(self._sight.words.name(item.name))})

    def key_of(self, item: Unit) -> object:
        """Its code."""
        return item.code

    async def choose(self, item: Unit) -> None:
        """Enter."""
        self.dismiss(item.code)
