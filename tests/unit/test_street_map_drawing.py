"""The map as it is read: glyph and word by each name, names over no border, water, selection, legend, ASCII."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from app.domain.grid_status import GridFigures, GridStatus, GridWord
from app.domain.org import Street
from app.domain.policy import WhistleKind
from app.domain.street_index import StreetIndex
from app.domain.street_map import StreetMap
from app.render.glyphs import Glyphs
from app.render.grids import TONES
from app.render.map_labels import Plan, fitted, plan_names
from app.render.map_raster import Raster, raster
from app.render.rows import Tone, plain
from app.render.sight import Sight
from app.render.street_map import Line, Shown, map_legend, map_title, paint_map, status_widths
from app.render.words import words_for
from app.samples import STREET, sample_text
from app.services.org_file import read_org_toml
from tests.unit.maps import SHIPPED, boxes

INDEX = StreetIndex(read_org_toml(sample_text(STREET), STREET), Street())
ALL = {unit.code: GridWord.NORMAL for unit in INDEX.grids}
SIZES = [(58, 27), (48, 25), (78, 15), (64, 27), (110, 40)]


def sight(language: str = "zh", *, ascii_only: bool = False) -> Sight:
    """The sample street as a desk sees it."""
    return Sight(
        words_for(language), Glyphs(ascii_only), INDEX, ZoneInfo("Asia/Shanghai"), datetime(2020, 7, 2, tzinfo=UTC)
    )


def statuses(words: Mapping[str, GridWord], opened: Mapping[str, int] | None = None) -> list[GridStatus]:
    """The street's grids in these states, with so many routine whistles open."""
    return [
        GridStatus(unit, words[unit.code], (), GridFigures({WhistleKind.ROUTINE: (opened or {}).get(unit.code, 0)}))
        for unit in INDEX.grids
    ]


def drawn(
    street_map: StreetMap, size: tuple[int, int], found: list[GridStatus], seen: Sight, chosen: str = "",
    *, lit: bool = False,
) -> tuple[Raster, Plan, list[Line]]:  # fmt: skip
    """The map at a size."""
    names = {one.grid: seen.short(one.grid) for one in street_map.areas}
    picture = raster(street_map, *size)
    rivers = [seen.words.name(river.name) for river in street_map.rivers]
    plan = plan_names(picture, names, rivers, status_widths(seen))
    by_code = {status.grid.code: status for status in found}
    return picture, plan, paint_map(Shown(picture, plan, by_code, names, chosen, lit), seen)


def text(lines: list[Line]) -> list[str]:
    """Without colours."""
    return ["".join(patch.text for patch in line) for line in lines]


def test_two_grids_with_a_river_exactly_as_they_look() -> None:
    """Light borders, a heavy one around the chosen grid; name and status in the middle; the outline shared."""
    street_map = boxes({"JF-SH-G01": (0, 0, 60, 40), "JF-SH-G02": (60, 0, 120, 40)})
    found = statuses(ALL | {"JF-SH-G01": GridWord.ALARM}, {"JF-SH-G01": 2})
    _, _, lines = drawn(street_map, (31, 6), found, sight(), "JF-SH-G02", lit=True)
    assert text(lines) == [
        "┌──────────────┲━━━━━━━━━━━━━━┓",
        "│              ┃              ┃",
        "│    双河一    ┃    双河二    ┃",
        "│  ! 告警 哨2  ┃    · 正常    ┃",
        "│              ┃              ┃",
        "└──────────────┺━━━━━━━━━━━━━━┛",
    ]
    tones = {patch.text.strip(): patch.tone for patch in lines[2] + lines[3]}
    assert (tones["双河一"], tones["双河二"]) == (Tone.STRONG, Tone.ACCENT)
    assert (tones["! 告警"], tones["哨2"], tones["· 正常"]) == (Tone.DANGER, Tone.STRONG, TONES[GridWord.NORMAL])
    grounds = {patch.ground for patch in lines[2] if patch.text.strip()}
    assert grounds == {None, GridWord.ALARM, GridWord.NORMAL}


def test_in_ascii_the_same_is_readable() -> None:
    """Every sign but names is ASCII; the chosen grid is set off."""
    found = statuses(ALL | {"JF-MLP-G02": GridWord.ATTENTION})
    _, _, lines = drawn(SHIPPED, (60, 26), found, sight("en", ascii_only=True), "JF-GNP-G02")
    shown = "\n".join(text(lines))
    assert shown.isascii()
    assert "####" in shown
    assert "~~~~" in shown
    assert "* Attention" in shown
    assert "Guniuping 2" in shown


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_grid_has_its_glyph_beside_or_below_its_name(size: tuple[int, int], language: str) -> None:
    """Never colour alone, at every size; every line is exactly as wide as the map, and names stay on their own grid."""
    seen = sight(language)
    marks = [GridWord.ALARM, GridWord.ATTENTION, GridWord.NORMAL, GridWord.NOBODY]
    found = statuses({code: marks[n % 4] for n, code in enumerate(ALL)}, {"JF-GNP-G03": 12})
    picture, plan, lines = drawn(SHIPPED, size, found, seen)
    assert plan.whole
    assert {cell_len(line) for line in text(lines)} == {size[0]}
    for status in found:
        slot = plan.slots[status.grid.code]
        assert slot is not None
        own = {picture.at(x, y) for x in range(slot.x, slot.x + slot.width) for y in range(slot.y, slot.y + slot.lines)}
        assert own == {status.grid.code}
        assert not any((x, slot.y) in picture.edges for x in range(slot.x, slot.x + slot.width))
        beside = "".join(cut(lines[slot.y + line], slot.x, slot.width) for line in range(slot.lines))
        assert seen.glyphs.status(status.word) in beside, beside
        assert seen.short(status.grid.code)[-1] in beside, beside


def cut(line: Line, begin: int, width: int) -> str:
    """Some cells of a line."""
    shown, x = "", 0
    for character in "".join(patch.text for patch in line):
        if begin <= x < begin + width:
            shown += character
        x += cell_len(character)
    return shown


def test_names_stand_still_while_statuses_change() -> None:
    """Where a name stands depends on map, size and language alone."""
    seen = sight()
    quiet = text(drawn(SHIPPED, (58, 27), statuses(ALL), seen)[2])
    loud = text(drawn(SHIPPED, (58, 27), statuses(dict.fromkeys(ALL, GridWord.ALARM), dict.fromkeys(ALL, 3)), seen)[2])
    for code in ALL:
        name = seen.short(code)
        before, after = (
            [cell_len(line[: line.find(name)]) for line in lines if name in line] for lines in (quiet, loud)
        )
        assert before == after
        assert before


def test_the_river_is_named_where_it_runs_and_hides_no_name() -> None:
    """In both languages at the usual size."""
    for language, name in (("zh", " 万溶江 "), ("en", " Wanrong River ")):
        lines = text(drawn(SHIPPED, (100, 40), statuses(ALL), sight(language))[2])
        (line,) = [line for line in lines if name in line]
        assert any(0x2800 < ord(character) < 0x2900 for character in line)


def test_grids_that_are_not_on_the_map_are_told_the_worst_by_name() -> None:
    """A grid in alarm is never lost because nobody drew it; the title says that the map is a schematic one."""
    seen = sight()
    some = boxes({code: (n * 40.0, 0, n * 40 + 40.0, 40) for n, code in enumerate(list(ALL)[:20])}, schematic=True)
    found = statuses(ALL | {"JF-PPA-G02": GridWord.ALARM, "JF-SH-G01": GridWord.ALARM})
    assert plain(map_legend(found, some, seen)).startswith("图上缺 2 格 !捧捧坳二 · 哨n")
    assert plain(map_title(found, some, seen)).startswith("网格 22 · 示意图 · 告警2")
    assert "示意图" not in plain(map_title(found, boxes({"JF-SH-G01": (0, 0, 9, 9)}), seen))
    assert plain(map_legend(statuses(ALL), SHIPPED, sight("en"))).startswith("⠶⠶ Wanrong River · ╪ Shuanghe Bridge")


@settings(max_examples=200)
@given(st.sampled_from(["牯牛坪一", "Pengpeng'ao 12", "双河", "A", "长" * 30, "No. 7 North"]), st.integers(1, 16))
def test_a_name_that_is_cut_keeps_its_number(name: str, width: int) -> None:
    """At most so many cells, no character halved; the end of the name is what tells one grid from the next."""
    shown = fitted(name, width, "…")
    assert cell_len(shown) <= width
    if cell_len(name) <= width:
        assert shown == name
    elif width >= 6 and name != "长" * 30:
        assert shown.endswith(name[-1])


def test_hostile_names_never_leave_their_cells() -> None:
    """Marks, wide characters and escapes in a name: each line stays as wide as the map."""
    seen = sight()
    names = ["\x1b[31m红", "e\u0301" * 9, "\u200b", "", "[/b]双", "👩‍👩‍👧‍👦家"]
    codes = list(ALL)[: len(names)]
    street_map = boxes({code: (n * 60.0, 0, n * 60 + 60.0, 60) for n, code in enumerate(codes)})
    picture = raster(street_map, 80, 12)
    by_code = dict(zip(codes, names, strict=True))
    plan = plan_names(picture, by_code, [], status_widths(seen))
    found = {status.grid.code: status for status in statuses(ALL)}
    for line in paint_map(Shown(picture, plan, found, by_code), seen):
        shown = "".join(patch.text for patch in line)
        assert "\x1b" not in shown
        assert cell_len(shown) == 80


def test_a_repaint_is_cheap() -> None:
    """Sixty by twenty-five, everything but the raster, which is kept: promised in 5 ms, allowed five times as much."""
    seen, found = sight(), statuses(ALL)
    names = {one.grid: seen.short(one.grid) for one in SHIPPED.areas}
    picture = raster(SHIPPED, 60, 25)
    plan = plan_names(picture, names, ["万溶江"], status_widths(seen))
    shown = Shown(picture, plan, {status.grid.code: status for status in found}, names, "JF-SH-G01", lit=True)
    paint_map(shown, seen)
    best = min(_timed(shown, seen) for _ in range(20))
    assert best < 0.025, f"{best * 1000:.1f} ms"


def _timed(shown: Shown, seen: Sight) -> float:
    began = time.perf_counter()
    paint_map(shown, seen)
    return time.perf_counter() - began
