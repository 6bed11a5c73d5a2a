"""The map pane as lines of patches: coloured areas with names and status, borders, water, and a legend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from rich.cells import cell_len

from app.domain.grid_status import GridStatus, GridWord
from app.domain.street_map import StreetMap
from app.render.grids import NOT_NORMAL, TONES, grid_title
from app.render.map_labels import LEAST, Plan, Slot, fitted
from app.render.map_raster import NOBODY, Raster
from app.render.map_raster import Side as Corners
from app.render.paint import paint_cells
from app.render.rows import Cell, Piece, Tone
from app.render.sight import Sight

LEAST_WIDTH, LEAST_HEIGHT = 40, 14
"""Cells below which the list of grids says more than a map, its legend's line included."""

_BOX = "    ┐┑ ┒┓ ─ ┌┬┭┎┰┱  ━┍┮┯┏┲┳ ┘┙│┤┥ ┧┪└┴┵├┼┽┟╁╅┕┶┷┝┾┿┢╆╈ ┚┛ ┦┩┃┨┫┖┸┹┞╀╃┠╂╉┗┺┻┡╄╇┣╊╋"
"""Border signs by 27 × up + 9 × right + 3 × down + left; each 0 for no line, 1 for a light, 2 for a heavy one."""
_BRAILLE = 0x2800


def status_widths(sight: Sight) -> tuple[int, ...]:
    """Cells of the longest status: glyph, word and number of whistles; glyph and word; glyph and number."""
    word = 2 + max(cell_len(sight.words.enum(word)) for word in GridWord)
    number = 1 + cell_len(sight.t("W{n}", n=1))
    return word + number, word, 1 + number


class Patch(NamedTuple):
    """Some cells of one line that look the same."""

    text: str
    tone: Tone
    ground: GridWord | None = None
    """Status of the grid to which they belong; None outside of every one."""


Line = tuple[Patch, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a map is painted of: its cells, the places of names, the status of each grid, which one is chosen."""

    picture: Raster
    plan: Plan
    statuses: Mapping[str, GridStatus]
    names: Mapping[str, str]
    chosen: str = ""
    lit: bool = False
    """Whether the pane has the keys."""


def paint_map(shown: Shown, sight: Sight) -> list[Line]:
    """One line of patches for each line of the raster, exactly as wide."""
    canvas = _Canvas(shown, sight)
    canvas.borders()
    canvas.water()
    for code, slot in shown.plan.slots.items():
        if slot is not None:
            canvas.name(code, slot)
    return canvas.lines()


class _Canvas:
    """Cells of a map: a sign and a tone each. A wide character stands in its first cell, its second is empty."""

    def __init__(self, shown: Shown, sight: Sight) -> None:
        picture = shown.picture
        self._shown, self._sight = shown, sight
        self._chosen = picture.grids.index(shown.chosen) if shown.chosen in picture.grids else NOBODY - 1
        self._signs = [[" "] * picture.width for _ in range(picture.height)]
        self._tones = [[Tone.PLAIN] * picture.width for _ in range(picture.height)]

    def borders(self) -> None:
        """Lines between grids, brighter between communities, heavy around the chosen grid."""
        picture, street = self._shown.picture, self._sight.street
        parents = {NOBODY: ""}
        for number, code in enumerate(picture.grids):
            unit = street.known_units.get(code)
            parents[number] = unit.parent if unit else code
        light: dict[Corners, tuple[str, Tone]] = {}
        for (x, y), corners in picture.edges.items():
            found = light.get(corners)
            if found is None:
                found = light[corners] = self._border(corners, parents)
            self._signs[y][x], self._tones[y][x] = found

    def _border(self, corners: Corners, parents: Mapping[int, str]) -> tuple[str, Tone]:
        nw, ne, sw, se = corners
        arms = [self._weight(one, other) for one, other in ((nw, ne), (ne, se), (sw, se), (nw, sw))]
        up, right, down, left = arms
        if 2 in arms:
            tone = Tone.ACCENT if self._shown.lit else Tone.QUIET
        else:
            tone = Tone.QUIET if len({parents[one] for one in corners}) > 1 else Tone.LINE
        if self._sight.glyphs.ascii:
            sign = "#" if 2 in arms else "|" if up and down and not (right or left) else "+"
            return "-" if sign == "+" and not (up or down) else sign, tone
        return _BOX[27 * up + 9 * right + 3 * down + left], tone

    def _weight(self, one: int, other: int) -> int:
        return 0 if one == other else 2 if self._chosen in (one, other) else 1

    def water(self) -> None:
        """Rivers with their names, and landmarks."""
        picture, glyphs = self._shown.picture, self._sight.glyphs
        for (x, y), bits in picture.water.items():
            self._put(x, y, "~" if glyphs.ascii else chr(_BRAILLE + bits), Tone.WATER)
        for written in self._shown.plan.waters:
            self._put(written.x - 1, written.y, f" {paint_cells(written.text)} ", Tone.WATER)
        for x, y in picture.marks:
            self._put(x, y, glyphs.landmark, Tone.STRONG)

    def name(self, code: str, slot: Slot) -> None:
        """A grid's name, and below or before it its status."""
        name, status = paint_cells(self._shown.names.get(code, code)), self._shown.statuses.get(code)
        chosen = code == self._shown.chosen
        loud = status is not None and status.word in (GridWord.ALARM, GridWord.ATTENTION)
        tone = Tone.ACCENT if chosen and self._shown.lit else Tone.STRONG if chosen or loud else Tone.PLAIN
        ellipsis = self._sight.glyphs.ellipsis
        if slot.lines == 1:
            self._in_one_line(slot, status, Piece(name, tone), ellipsis)
            return
        self._centred(slot, 0, (Piece(fitted(name, slot.width, ellipsis), tone),))
        self._centred(slot, 1, _status(status, slot.width, self._sight))

    def _in_one_line(self, slot: Slot, status: GridStatus | None, name: Piece, ellipsis: str) -> None:
        if status is None:
            self._centred(slot, 0, (Piece(fitted(name.text, slot.width, ellipsis), name.tone),))
            return
        glyph = Piece(self._sight.glyphs.status(status.word), TONES[status.word])
        number = _number(status, self._sight)
        rest = slot.width - 1 - cell_len(number)
        if rest < LEAST:
            number, rest = "", slot.width - 1
        gap = " " if cell_len(name.text) < rest else ""
        cut = fitted(name.text, rest - len(gap), ellipsis) if rest > 1 else ""
        self._centred(slot, 0, (glyph, Piece(gap + cut, name.tone), Piece(number, Tone.STRONG)))

    def _centred(self, slot: Slot, line: int, cell: Cell) -> None:
        x = slot.x + (slot.width - sum(cell_len(piece.text) for piece in cell)) // 2
        for text, tone in cell:
            self._put(x, slot.y + line, text, tone)
            x += cell_len(text)

    def _put(self, x: int, y: int, text: str, tone: Tone) -> None:
        signs, tones = self._signs[y], self._tones[y]
        for character in text:
            wide = cell_len(character)
            if wide == 0:
                if x > 0:
                    signs[x - 1] += character
                continue
            if not (x >= 0 and x + wide <= len(signs)):
                return
            signs[x], tones[x] = character, tone
            if wide == 2:
                signs[x + 1], tones[x + 1] = "", tone
            x += wide

    def lines(self) -> list[Line]:
        """Cells that look the same, joined."""
        picture, statuses = self._shown.picture, self._shown.statuses
        words: dict[int, GridWord | None] = {NOBODY: None}
        for number, code in enumerate(picture.grids):
            status = statuses.get(code)
            words[number] = status.word if status else None
        grounds = [[words[owner] for owner in owners] for owners in picture.owners]
        for (x, y), corners in picture.edges.items():
            if NOBODY in corners:  # the outline of the street stands on the ground of the pane
                grounds[y][x] = None
        made = []
        for signs, tones, ground in zip(self._signs, self._tones, grounds, strict=True):
            cells = zip(signs, tones, ground, strict=True)
            runs = groupby(cells, key=lambda cell: cell[1:])
            made.append(tuple(Patch("".join(sign for sign, _, _ in run), *look) for look, run in runs))
        return made


def _status(status: GridStatus | None, width: int, sight: Sight) -> Cell:
    """Glyph and word, then how many whistles are open; of what has no room, the word goes first."""
    if status is None:
        return ()
    tone = TONES[status.word]
    glyph, word = sight.glyphs.status(status.word), f" {sight.words.enum(status.word)}"
    number = _number(status, sight)
    for parts in ((glyph, word, number), (glyph, "", number), (glyph, word, ""), (glyph, "", "")):
        if sum(map(cell_len, parts)) <= width:
            return (Piece(parts[0] + parts[1], tone), Piece(parts[2], Tone.STRONG))
    return ()


def _number(status: GridStatus, sight: Sight) -> str:
    """How many whistles are open, with a blank before it."""
    return f" {sight.t('W{n}', n=status.open)}" if status.open else ""


def map_title(grids: Sequence[GridStatus], street_map: StreetMap, sight: Sight) -> Cell:
    """The border's words: that of the list, and that the map is a schematic one."""
    cell = grid_title(grids, sight)
    if not street_map.schematic:
        return cell
    return (*cell[:2], Piece(" · ", Tone.QUIET), Piece(sight.t("schematic map")), *cell[2:])


def map_legend(grids: Sequence[GridStatus], street_map: StreetMap, sight: Sight) -> Cell:
    """What is not on the map comes first, the worst of it by name; then what the signs mean."""
    off = set(street_map.missing([status.grid.code for status in grids]))
    pieces: list[Piece] = []
    if off:
        loud = [status for word in NOT_NORMAL[:2] for status in grids
                if status.word is word and status.grid.code in off]  # fmt: skip
        pieces.append(Piece(sight.t("{n} not on the map", n=len(off)), Tone.SOON if loud else Tone.QUIET))
        for status in loud:
            named = f" {sight.glyphs.status(status.word)}{sight.short(status.grid.code)}"
            pieces.append(Piece(named, TONES[status.word]))
    water = "~" if sight.glyphs.ascii else "⠶⠶"
    signs = [(water, sight.words.name(river.name), Tone.WATER) for river in street_map.rivers]
    signs += [(sight.glyphs.landmark, sight.words.name(one.name), Tone.STRONG) for one in street_map.landmarks]
    signs.append((sight.t("W{n}", n="n"), sight.t("n whistles open"), Tone.STRONG))
    signs += [(sight.glyphs.status(word), sight.words.enum(word), TONES[word]) for word in NOT_NORMAL[:3]]
    for sign, meaning, tone in signs:
        if pieces:
            pieces.append(Piece(" · ", Tone.QUIET))
        pieces += [Piece(f"{sign} ", tone), Piece(meaning, Tone.QUIET)]
    return tuple(pieces)
