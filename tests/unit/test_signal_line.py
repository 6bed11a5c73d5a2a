"""A warning signal in one line: its parts in any order, in both languages, and lines that say little or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.posture import Colour
from app.domain.signal_line import SignalLine, read_signal

LINES = {
    "暴雨黄色 州气象台 16:25 至 明早7点": SignalLine("暴雨", Colour.YELLOW, "州气象台", "", "16:25", "明早7点"),
    "州气象台16:25发布暴雨黄色预警信号，有效至07-05 06:00": SignalLine(
        "暴雨", Colour.YELLOW, "州气象台", "", "16:25", "07-05 06:00"
    ),
    "山洪灾害 橙 县水利局 第8号": SignalLine("山洪灾害", Colour.ORANGE, "县水利局", "第8号"),
    "红旗县气象台 雷雨大风 蓝色": SignalLine("雷雨大风", Colour.BLUE, "红旗县气象台"),
    "暴雨 红色 湘西州气象台 湘汛〔2020〕5号 7月4号3点": SignalLine(
        "暴雨", Colour.RED, "湘西州气象台", "湘汛〔2020〕5号", "7月4号3点"
    ),
    "Amber rainstorm warning by Prefecture Weather Office at 21:10 until 03:00": SignalLine(
        "rainstorm", Colour.ORANGE, "Prefecture Weather Office", "", "21:10", "03:00"
    ),
    "台风": SignalLine("台风"),
    "红": SignalLine("", Colour.RED),
    "": SignalLine(),
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_understood(line: str) -> None:
    """Every part is found where it stands; what is not said is empty."""
    assert read_signal(line) == LINES[line]


@given(st.text(max_size=400))
def test_any_text_is_read_without_an_error(line: str) -> None:
    """Nothing typed breaks it, and nothing is invented: each part but the colour stands in the line."""
    read = read_signal(line)
    assert read.issued in line
    assert read.until in line
    assert read.number in line
    assert all(len(part) <= 300 for part in (read.event, read.issuer))
