"""Colours, levels and instants in the words of issuers; nothing that is a river or a county."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.hazard import RAISES, Hazard, hazard_of
from app.domain.posture import Colour, Posture, ResponseLevel
from app.domain.warning_words import colour_in, colour_named, colour_of_value, level_named, parse_instant, posture_named
from app.render.words import Language, Words

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("永顺县气象台发布暴雨黄色预警信号[Ⅲ级/较重]", Colour.YELLOW),
        ("变更暴雨橙色预警为红色", Colour.RED),
        ("将平山街道暴雨橙色预警信号降级为黄色，其余镇街不变", Colour.YELLOW),
        ("暴雨蓝色预警升级为暴雨黄色预警信号", Colour.YELLOW),
        ("Yellow Rainstorm Warning Signal", Colour.YELLOW),
        ("amber alert for heavy rain", Colour.ORANGE),
        ("Flood warning level: red", Colour.RED),
        ("Red River Flood Warning", None),
        ("Red Flag Warning", None),
        ("Orange County flash flood watch", None),
        ("黄河水情通报", None),
        ("", None),
    ],
)
def test_a_colour_is_said_of_a_warning_and_of_nothing_else(text: str, colour: Colour | None) -> None:
    """In either language; a river of that name is none."""
    assert colour_in(text) is colour


@pytest.mark.parametrize(
    ("text", "colour", "green"),
    [
        ("2; yellow; Moderate", Colour.YELLOW, False), ("1; green; Minor", None, True), ("红色", Colour.RED, False),
        ("Ⅱ级/严重", Colour.ORANGE, False), ("较重", Colour.YELLOW, False), ("orange", Colour.ORANGE, False),
        ("7", None, False),
    ],
)  # fmt: skip
def test_the_value_of_a_parameter_is_read(text: str, colour: Colour | None, green: bool) -> None:
    """Meteoalarm's triplet, a word, a level with its word; green is said and is none."""
    assert colour_of_value(text) == (colour, green)


def test_what_people_type_is_understood() -> None:
    """Colours and levels in a character, a word, a Roman or full-width digit."""
    assert [colour_named(one) for one in ("黄", "橙色", "Red", " blue ", "紫")] == [
        Colour.YELLOW, Colour.ORANGE, Colour.RED, Colour.BLUE, None,
    ]  # fmt: skip
    assert {level_named(one) for one in ("Ⅲ", "III", "3", "３", "三级", "Ⅲ级响应", "iii")} == {ResponseLevel.III}
    assert level_named("五") is None
    assert (posture_named("season"), posture_named("橙"), posture_named("x")) == (Posture.SEASON, Posture.ORANGE, None)


@pytest.mark.parametrize(
    ("text", "instant", "bare"),
    [
        ("2021-06-18T03:05:09+08:00", datetime(2021, 6, 17, 19, 5, 9, tzinfo=UTC), False),
        ("2021-06-18T03:05:09-00:00", datetime(2021, 6, 18, 3, 5, 9, tzinfo=UTC), False),
        ("2021-06-18T03:05:09.123Z", datetime(2021, 6, 18, 3, 5, 9, tzinfo=UTC), False),
        ("2021-06-18 03:05", datetime(2021, 6, 17, 19, 5, tzinfo=UTC), True),
        ("2021/6/18 3:05", datetime(2021, 6, 17, 19, 5, tzinfo=UTC), True),
        ("20210618030509", datetime(2021, 6, 17, 19, 5, 9, tzinfo=UTC), True),
        ("2021年6月18日3时05分", datetime(2021, 6, 17, 19, 5, tzinfo=UTC), True),
        ("2021-06-18T24:00:00+0800", datetime(2021, 6, 18, 16, 0, tzinfo=UTC), False),
        ("2021-06-18T03:05:09+08", datetime(2021, 6, 17, 19, 5, 9, tzinfo=UTC), False),
    ],
)
def test_times_are_read_as_they_are_written(text: str, instant: datetime, bare: bool) -> None:
    """With every kind of offset; without one it is the street's time, and that is said."""
    assert parse_instant(text, ZONE) == (instant, bare)


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "2021-13-01T00:00:00Z", "2021-02-30T01:00:00Z", "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-12:00", "2021-06-18T03:05:09+99:99", "2021-06-18T25:00:00Z",
    ],
)  # fmt: skip
def test_what_is_no_time_is_none(text: str) -> None:
    """Nothing is guessed."""
    assert parse_instant(text, ZONE) is None


@given(st.text(max_size=80))
def test_no_text_breaks_the_readers(text: str) -> None:
    """Whatever is written, the answer is a value or none."""
    parse_instant(text, ZONE)
    colour_in(text)
    colour_of_value(text)
    level_named(text)
    hazard_of(text)


def test_only_what_brings_water_raises_the_posture() -> None:
    """By its words, else by its type code; heat and fog do not, what nobody knows does."""
    assert hazard_of("山洪灾害气象风险") is Hazard.MOUNTAIN_FLOOD
    assert hazard_of("Heavy Rain") is Hazard.RAINSTORM
    assert hazard_of("", code="11B03") is Hazard.RAINSTORM
    assert hazard_of("高温") not in RAISES
    assert hazard_of("", code="11B17") not in RAISES
    assert hazard_of("未知灾种") in RAISES


@pytest.mark.parametrize(
    ("text", "hazard"),
    [
        ("重污染天气橙色预警", Hazard.AIR), ("Air quality alert", Hazard.AIR), ("地震预警", Hazard.EARTHQUAKE),
        ("Earthquake Warning", Hazard.EARTHQUAKE), ("登革热疫情提示", Hazard.HEALTH), ("食品安全预警", Hazard.HEALTH),
        ("危险化学品泄漏", Hazard.ACCIDENT), ("计划停水通知", Hazard.ACCIDENT), ("电信诈骗预警", Hazard.SECURITY),
        ("Child Abduction Emergency", Hazard.SECURITY), ("草地贪夜蛾", Hazard.PEST), ("海浪黄色警报", Hazard.SEA),
        ("Training of the drainage team", Hazard.OTHER), ("Thousands of windows", Hazard.OTHER),
        ("Industrial theatre", Hazard.OTHER), ("Amsterdam notice", Hazard.OTHER), ("Wheat harvest", Hazard.OTHER),
        ("heavy_rain", Hazard.RAINSTORM), ("Rainfall warning", Hazard.RAINSTORM), ("Flooding", Hazard.FLOOD),
        ("Dam failure", Hazard.FLOOD), ("High Winds", Hazard.GALE), ("Snowstorm", Hazard.SNOW),
        ("地震引发的山体滑坡", Hazard.GEOLOGICAL), ("海啸警报", Hazard.FLOOD), ("雷暴", Hazard.THUNDER_GALE),
        ("暴雨引发的安全生产事故", Hazard.RAINSTORM),
    ],
)  # fmt: skip
def test_words_of_other_hazards_and_words_within_words(text: str, hazard: Hazard) -> None:
    """What has nothing to do with water is known for what it is; "rain" is none in "training"."""
    assert hazard_of(text) is hazard


@pytest.mark.parametrize(
    ("code", "hazard"),
    [
        ("11A01", Hazard.FLOOD), ("11A02", Hazard.WATERLOGGING), ("11A51", Hazard.FLOOD), ("11A07", Hazard.DROUGHT),
        ("11B29", Hazard.AIR), ("11B99", Hazard.OTHER), ("11C01", Hazard.EARTHQUAKE), ("11D02", Hazard.GEOLOGICAL),
        ("11E04", Hazard.SEA), ("11F01", Hazard.PEST), ("11G01", Hazard.FIRE), ("12D01", Hazard.ACCIDENT),
        ("12G01", Hazard.FIRE), ("13A01", Hazard.HEALTH), ("14A01", Hazard.SECURITY), ("", Hazard.OTHER),
        ("99X01", Hazard.OTHER),
    ],
)  # fmt: skip
def test_codes_are_known_by_their_family(code: str, hazard: Hazard) -> None:
    """Accidents, diseases and earthquakes of the national list are no flood."""
    assert hazard_of("", code=code) is hazard
    assert (hazard in RAISES) is ((code[:3] in ("11A", "11D", "99X", "") and code != "11A07") or code == "11B99")


@pytest.mark.parametrize("hazard", [one for one in Hazard if one is not Hazard.OTHER])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_kind_that_is_chosen_by_its_label_is_that_kind(hazard: Hazard, language: Language) -> None:
    """The form keeps the label as what the warning is about."""
    assert hazard_of(Words(language).enum(hazard)) is hazard
