"""The header's second line: what is in force, whole or shortened, never wider than the screen (design 4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from rich.cells import cell_len

from app.domain.flood import Aside, FloodView, Part, Response, Signal, SignalSource, holding
from app.domain.grid_status import GridFigures, grid_status
from app.domain.hazard import Hazard
from app.domain.message import Name
from app.domain.posture import Colour, Posture, ResponseLevel, Standing, WaterLevel
from app.domain.round_plan import Every
from app.domain.warning import CapStatus, MsgType
from app.render.flood import flood_line, flood_lines, signal_cells, signal_state, signal_words
from app.render.flood_sheet import flood_row
from app.render.glyphs import Glyphs
from app.render.grids import grid_columns, grid_row
from app.render.rows import Tone, plain
from app.render.sight import Sight
from app.render.words import Language, Words
from tests.unit.cases import GRID, MEMBER, at, policy, street

NOW = at("2021-06-18 05:20")
SIGNAL = Signal(
    UUID(int=1), 1, "one", "s", at("2021-06-18 03:05"), CapStatus.ACTUAL, MsgType.ALERT, SignalSource.CAP,
    Colour.ORANGE, Hazard.RAINSTORM, "11B03", True, at("2021-06-18 03:05"), at("2021-06-18 09:05"), None, None, None,
    NOW, "JF-ZB1", Name("暴雨", "Rainstorm"), Name("永顺县气象台", "Yongshun observatory"),
)  # fmt: skip
RESPONSE = Response(
    UUID(int=2), 1, ResponseLevel.III, at("2021-06-17 21:30"), None, None, None, None, NOW, "JF-ZB1", "县防指", "7号"
)  # fmt: skip
EVERY = Every(timedelta(hours=2), timedelta(hours=1))
VIEW = FloodView(Standing(Posture.ORANGE, at("2021-06-18 03:07"), 2), (SIGNAL,), (RESPONSE,), every=EVERY)


def sight(language: Language = "zh", now: object = NOW, ascii_only: bool = False) -> Sight:
    return Sight(Words(language), Glyphs(ascii_only), street(), policy().calendar.zone, now)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "width", "said"),
    [
        ("zh", 120, " ▲ 防汛Ⅲ级 自06-17 21:30 · 暴雨橙色 03:05 永顺县气象台 · 巡查每2小时一轮，夜间每1小时一轮"),
        ("zh", 80, " ▲ 防汛Ⅲ级 自06-17 21:30 · 暴雨橙色 03:05 · 巡查每2小时一轮，夜间每1小时一轮"),
        ("en", 160, " ▲ flood response Ⅲ from 06-17 21:30 · orange Rainstorm 03:05 Yongshun observatory · rounds"),
        ("en", 80, " ▲ flood response Ⅲ from 06-17 21:30 · orange Rainstorm 03:05"),
    ],
)  # fmt: skip
def test_the_line_says_level_signal_and_rounds(language: Language, width: int, said: str) -> None:
    """Whole where there is room; the issuer goes first, then what can be looked up."""
    assert plain(flood_line(VIEW, sight(language), width)).startswith(said)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [80, 100, 120, 160])
def test_the_line_keeps_to_the_width(language: Language, width: int) -> None:
    """With three signals, a gauge, a level and a posture that may be lowered; names of the longest kind."""
    long = Name("湘西土家族苗族自治州气象台", "Observatory of the autonomous prefecture")
    sent = [SIGNAL.sent + timedelta(minutes=n) for n in range(3)]
    signals = tuple(replace(SIGNAL, id=UUID(int=n), issuer=long, sent=one) for n, one in enumerate(sent))
    view = replace(VIEW, standing=Standing(Posture.RED, NOW, 3), signals=signals, water=WaterLevel.GUARD)
    line = flood_line(view, sight(language), width)
    assert cell_len(plain(line)) < width
    assert Posture.RED.value in plain(line) or "红色" in plain(line)


def test_in_season_there_is_no_line() -> None:
    """The header is one line as long as nothing is in force."""
    assert flood_line(FloodView(), sight(), 120) == ()


def test_without_a_level_the_posture_itself_is_named() -> None:
    """Since when it is in force; in ASCII where the glyphs are."""
    view = replace(VIEW, responses=())
    assert plain(flood_line(view, sight(), 120)).startswith(" ▲ 防汛橙色戒备 自03:07 · 暴雨橙色")
    assert plain(flood_line(view, sight(ascii_only=True), 120)).startswith(" * ")


def test_what_ran_out_since_it_was_read_is_seen_at_once() -> None:
    """The clock alone makes it lowerable: nothing has to be read anew."""
    later = NOW + timedelta(hours=4)
    said = plain(flood_line(VIEW, sight(now=later), 160))
    assert "可降为黄色" in said
    assert "暴雨橙色" not in said
    assert VIEW.lower_to(NOW) is None
    assert VIEW.lower_to(later) is Posture.YELLOW


def test_colours_are_words_and_tones() -> None:
    """Red is for red alone."""
    tones = {piece.text: piece.tone for piece in flood_line(VIEW, sight(), 120)}
    assert tones["暴雨橙色"] is Tone.SOON
    red = replace(VIEW, signals=(replace(SIGNAL, colour=Colour.RED),), standing=Standing(Posture.RED, NOW, 3))
    assert {piece.text: piece.tone for piece in flood_line(red, sight(), 120)}["暴雨红色"] is Tone.DANGER


def test_the_same_signal_typed_and_imported_is_shown_once() -> None:
    """Same colour, kind, issuer and time."""
    typed = replace(SIGNAL, id=UUID(int=9), source=SignalSource.TYPED, event=Name("暴雨"), issuer=Name("永顺县气象台"))
    assert len(replace(VIEW, signals=(SIGNAL, typed)).signals_at(NOW)) == 1


def test_a_colour_is_said_once() -> None:
    """Also where the issuer's own words have it, and what else the message warns of beside it."""
    own = replace(SIGNAL, event=Name("暴雨橙色预警信号", "Orange Rainstorm Signal"))
    assert (signal_words(own, sight()), signal_words(own, sight("en"))) == tuple(
        own.event.in_language(one) for one in ("zh", "en")
    )
    both = replace(SIGNAL, also=(Part(Hazard.GALE, Colour.BLUE), Part(Hazard.HAIL, None)))
    assert "（另有大风蓝色、冰雹）" in "".join(signal_cells(both, sight()))
    assert "(also blue gale, hail)" in "".join(signal_cells(both, sight("en")))
    assert " +大风蓝色、冰雹" in "".join(plain(cell) for cell in flood_row(both, sight()).cells.values())


def test_why_a_warning_does_not_count_is_said() -> None:
    """For another place, or lifted; of one that was recorded before that was noted, both."""
    for aside, said in ((Aside.ELSEWHERE, "不涉及本街道"), (Aside.LIFTED, "预警解除"), (None, "非本街道范围或已解除")):
        assert signal_state(replace(SIGNAL, counts=False, aside=aside), sight()) == said


def test_the_lists_name_everything() -> None:
    """Level with its document, signal with its span, and what holds the posture."""
    lines = "\n".join(flood_lines(VIEW, sight()))
    for word in ("防汛戒备：橙色", "Ⅲ级响应", "县防指", "7号", "永顺县气象台", "生效中", "09:05"):
        assert word in lines
    assert [message.msgid for message in holding(VIEW, NOW)] == [
        "{event} {colour} of {issuer}", "response {level} of {issuer}",
    ]  # fmt: skip


def test_signals_that_say_the_same_hold_the_posture_once() -> None:
    """A feed of one office is one reason; another colour or issuer is another, the strictest first."""
    sent = [replace(SIGNAL, id=UUID(int=n), sent=SIGNAL.sent - timedelta(minutes=n)) for n in range(30)]
    blue = replace(SIGNAL, id=UUID(int=99), colour=Colour.BLUE)
    said = [dict(one.params)["colour"] for one in holding(replace(VIEW, signals=(*sent, blue), responses=()), NOW)]
    assert said == [Colour.ORANGE, Colour.BLUE]


def test_grids_have_a_column_for_the_signal_only_while_one_is_in_force() -> None:
    """Its colour as a word; blue asks for no attention."""
    unit = street().units[GRID]
    figures = GridFigures(open={}, on_duty=(MEMBER,), last_record_at=NOW, warning=Colour.BLUE)
    status = grid_status(unit, figures, policy(), NOW)
    assert status.reasons == ()
    assert plain(grid_row(status, sight()).cells["warning"]) == "蓝色"
    yellow = grid_status(unit, replace(figures, warning=Colour.YELLOW), policy(), NOW)
    assert [sight().say(reason) for reason in yellow.reasons] == ["黄色预警"]
    level = grid_status(unit, replace(figures, warning=None, response=ResponseLevel.III), policy(), NOW)
    assert [sight().say(reason) for reason in level.reasons] == ["Ⅲ级响应"]
    assert "warning" not in {column.id for column in grid_columns(Words("zh"))}
    assert "warning" in {column.id for column in grid_columns(Words("zh"), warned=True)}
