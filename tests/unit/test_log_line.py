"""An entry of the shift log in one line: its columns, in Chinese and English, and what cannot be kept."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.log_line import LogLineRead, read_log_line
from app.domain.shift_log import COLUMNS, LogSource, LogState
from tests.unit.test_oneline import GAZETTEER, NOW, ZONE


def read(line: str) -> LogLineRead:
    """The line as it is read ten minutes after midnight."""
    return read_log_line(line, GAZETTEER, NOW, ZONE)


def clock(line: str) -> str:
    """The local time that was understood; empty for none."""
    moment = read(line).moment
    return moment.at.astimezone(ZONE).strftime("%m-%d %H:%M") if moment else ""


def test_every_column_of_the_template() -> None:
    """Time, source, phone and grid at the beginning; the rest behind strokes, in any order."""
    found = read(
        "23:40 电话 13800001111 双河一 路灯不亮 / 来电人 居民 / 指示 先报修 / 报 带班领导 23:42 / 处置 已派人 / 未了"
    )
    assert (found.source, found.grid, found.state) == (LogSource.PHONE, "JF-SH-G01", LogState.OPEN)
    assert dict(found.texts) == {
        "content": "双河一 路灯不亮", "phone": "13800001111", "caller": "居民", "instruction": "先报修",
        "told": "带班领导 23:42", "action": "已派人",
    }  # fmt: skip
    assert clock("23:40 电话 路灯不亮") == "07-02 23:40"
    assert not found.problems


@pytest.mark.parametrize(
    ("line", "source", "state", "texts"),
    [
        ("来访 居民问步行道何时开放/未了", LogSource.VISIT, LogState.OPEN, {"content": "居民问步行道何时开放"}),
        ("上级 州防指要求加密巡查", LogSource.SUPERIOR, LogState.NOTED, {"content": "州防指要求加密巡查"}),
        ("平台 转来店外经营／办结 已劝离", LogSource.PLATFORM, LogState.CLOSED,
         {"content": "转来店外经营", "result": "已劝离"}),
        ("radio the team is at point 4 / told duty leader", LogSource.RADIO, LogState.NOTED,
         {"content": "the team is at point 4", "told": "duty leader"}),
        ("对讲：四号点人员已撤", LogSource.RADIO, LogState.NOTED, {"content": "四号点人员已撤"}),
        ("换了电台电池", None, LogState.NOTED, {"content": "换了电台电池"}),
        ("路灯 2/3 不亮", None, LogState.NOTED, {"content": "路灯 2/3 不亮"}),
        ("报告上级后已办", None, LogState.NOTED, {"content": "报告上级后已办"}),
        ("000-0000-1234 停电 / 结果 已报电力 / 结果 明早来", LogSource.PHONE, LogState.NOTED,
         {"content": "停电", "phone": "000-0000-1234", "result": "已报电力 明早来"}),
    ],
)  # fmt: skip
def test_a_line_as_it_is_typed(line: str, source: LogSource | None, state: LogState, texts: dict[str, str]) -> None:
    """A source is a word of its own at the beginning; a stroke parts columns only before a word that names one."""
    found = read(line)
    assert (found.source, found.state, dict(found.texts)) == (source, state, texts)
    assert not found.problems


def test_a_time_inside_a_sentence_is_what_was_said() -> None:
    """Only at the beginning, or after the source, it is when it happened."""
    assert clock("居民说 23:10 就停电了") == ""
    assert clock("电话 23:10 居民说停电") == "07-02 23:10"
    assert clock("昨晚十一点半 巡查 栏杆松了") == "07-02 23:30"
    assert dict(read("居民说 23:10 就停电了").texts) == {"content": "居民说 23:10 就停电了"}


def test_a_case_is_named_by_its_number() -> None:
    """The board's number or the whole one; a date or a house number is none."""
    assert read("0702-01 州防指来电询问").case == "0702-01"
    assert read("电话 W-20200702-01 询问进展").case.upper() == "W-20200702-01"
    assert read("2020-07-02 的记录").case == ""
    assert read("河边路 1234-56号 停电").case == ""


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "is missing"), ("电话 / 未了", "is missing"), ("25:99 路灯不亮", "is no time"),
        ("05:00 路灯不亮", "has not come yet"), ("身份证 110101199003074233 来访", "identity or phone number"),
        ("电话 13800001111 他爱人 13900002222 停电", "identity or phone number"),
        ("停电 / 来电人 王 13900002222", "identity or phone number"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_said(line: str, why: str) -> None:
    """One phone number has its column; any other would stand in the text for everybody to read."""
    assert any(why in problem.msgid for problem in read(line).problems), read(line)


@given(st.text(alphabet="电话来访上级报结果办未了/／| 23:40双河一0702-01138００a#\n", max_size=80))
@settings(max_examples=200, deadline=None)
def test_nothing_that_is_typed_breaks_it(line: str) -> None:
    """Whatever is typed is read; only known columns come out, none of them empty."""
    found = read(line)
    assert set(found.texts) <= set(COLUMNS)
    assert all(found.texts.values())
