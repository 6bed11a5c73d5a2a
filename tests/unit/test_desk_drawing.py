"""What the desk draws, as pure values: columns that share a width, wrapped Chinese, the next step, the clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from app.render.board import board_row, board_title, reads_so, up_to
from app.render.clock import changes_in
from app.render.glyphs import Glyphs
from app.render.header import HeaderFacts, header_line
from app.render.rows import GAP, Column, Piece, Tone, fit
from app.render.sight import Sight
from app.render.words import Language, Words
from app.render.wrap import flow, wrap
from app.services.ports import BoardRow
from app.widgets.cells import set_cells
from tests.unit.cases import CaseBook, street

NOW = datetime(2020, 7, 2, 16, 29, tzinfo=UTC)
OPEN = CaseBook().opened().whistle


def test_columns_go_by_rank_and_come_back_with_the_width() -> None:
    """The least wanted column goes first; the title takes what is left."""
    columns = (Column("no", "", 7, 9), Column("title", "", 20, 10, most=40), Column("since", "", 5, 1))
    assert [column.id for column, _ in fit(columns, 30)] == ["no", "title"]
    wide = {column.id: cells for column, cells in fit(columns, 60)}
    assert wide == {"no": 7, "title": 46, "since": 5}


def test_the_title_gives_way_before_a_column_that_must_be_seen() -> None:
    """A column of a high rank stays as long as the title keeps its least width."""
    columns = (Column("title", "", 20, 11, least=12), Column("waits", "", 10, 8), Column("left", "", 5, 9))
    assert {column.id: cells for column, cells in fit(columns, 32)} == {"title": 15, "waits": 10, "left": 5}
    assert {column.id: cells for column, cells in fit(columns, 29)} == {"title": 12, "waits": 10, "left": 5}
    assert [column.id for column, _ in fit(columns, 28)] == ["title", "left"]


@given(st.integers(1, 200))
def test_columns_never_overflow(width: int) -> None:
    """At any width the shown columns with their gaps fit, and one always stands."""
    columns = tuple(Column(name, "", cells, rank, most=cells * rank) for rank, (name, cells) in
                    enumerate((("a", 3), ("b", 12), ("c", 30), ("d", 8)), 1))  # fmt: skip
    fitted = fit(columns, width)
    assert fitted
    assert sum(cells for _, cells in fitted) + GAP * (len(fitted) - 1) <= width


@given(st.text(alphabet="井盖冲失，。abc DEF 12·", max_size=80), st.integers(4, 40))
def test_wrapping_keeps_every_character_within_the_width(text: str, width: int) -> None:
    """No line is wider than asked, nothing but blanks is lost."""
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_line_of_parts_breaks_between_them() -> None:
    """No line begins or ends with the mark between two parts."""
    assert flow(["双河一网格", "双河大桥", "巡查"], 22) == ["双河一网格 · 双河大桥", "巡查"]
    for line in flow(["双河社区一网格", "双河大桥旁人行道", "约 23:52", "网格员甲吹哨", "巡查"], 30):
        assert not line.startswith(("·", " "))
        assert not line.rstrip().endswith("·")


@given(
    st.lists(st.sampled_from(["井盖", "ab", "，", "…", "0702-01 ", ""]), max_size=9), st.integers(1, 30), st.booleans()
)
def test_cells_are_exactly_as_wide_as_asked(texts: list[str], width: int, right: bool) -> None:
    """Cut or padded, never half a character, whatever the tones."""
    set_ = set_cells(tuple(Piece(text, Tone.PLAIN) for text in texts), width, right)
    assert sum(cell_len(text) for text, _ in set_) == width


@pytest.mark.parametrize(
    ("left", "expected"),
    [(timedelta(minutes=9, seconds=20), 20), (timedelta(seconds=40), 1), (timedelta(minutes=-3, seconds=-10), 50)],
)
def test_a_clock_is_drawn_again_when_it_reads_otherwise(left: timedelta, expected: float) -> None:
    """Minutes change once a minute, the last minute every second, overdue counts up."""
    assert changes_in(NOW + left, NOW).total_seconds() == pytest.approx(expected)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_missing_plan_is_told_before_what_everybody_knows(language: Language) -> None:
    """At 80 columns a long street name gives way to the word that next year's working days are not known."""
    words = Words(language)
    sight = Sight(words, Glyphs(), street(), ZoneInfo("Asia/Shanghai"), NOW)
    facts = HeaderFacts(street="某某经济技术开发区某某街道办事处(含某某新城片区)", shift=None, acting="JF-ZB1", age=0.0,
                        drill=True, plan_missing=2021)  # fmt: skip
    line = "".join(piece.text for piece in header_line(facts, sight, 80))
    assert cell_len(line) < 80
    assert "2021" in line
    assert facts.street not in line


def test_a_counter_that_stops_says_that_there_are_more() -> None:
    """Counted to one beyond a thousand it reads 1000+, and nothing to count is left out."""
    said = board_title([("open", 2000, Tone.STRONG), ("to be rated", up_to(1001, 1000), Tone.PLAIN)])
    assert "".join(piece.text for piece in said) == "open 2000 · to be rated 1000+"
    assert up_to(1000, 1000) == 1000
    assert len(board_title([("open", 0, Tone.STRONG), ("to be rated", up_to(0, 1000), Tone.PLAIN)])) == 2


@given(
    left=st.integers(-90_000, 400_000),
    opened=st.integers(-80_000, -60_000) | st.integers(-1_000_000, 0),
    share=st.floats(0, 0.999),
)
def test_a_row_reads_the_same_as_long_as_it_says(left: int, opened: int, share: float) -> None:
    """Whatever limit runs and however long ago it began; the bar beside it may be an eighth of a cell behind."""
    whistle = replace(OPEN, deadline_at=NOW + timedelta(seconds=left), opened_at=NOW + timedelta(seconds=opened))
    row = BoardRow(whistle, "井盖移位", "桥头")
    since, until = reads_so(row, sight_at(NOW))
    assert since == NOW <= until

    def cells(at: datetime) -> dict[str, object]:
        return {name: cell for name, cell in board_row(row, sight_at(at)).cells.items() if name != "bar"}

    assert cells(NOW + share * (until - NOW)) == cells(NOW)
    assert until - NOW <= timedelta(hours=1)


def sight_at(now: datetime) -> Sight:
    """The street in Chinese at an instant."""
    return Sight(Words("zh"), Glyphs(), street(), ZoneInfo("Asia/Shanghai"), now)
