"""CSV of gauge readings as stations, offices and spreadsheets write them, and as nobody should (reliability 11)."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.checklist import Trend
from app.domain.errors import BadInput
from app.domain.message import Name
from app.domain.route import Gauge
from app.render.words import words_for
from app.services.gauge_file import LARGEST, GaugeFile, read_gauge_csv

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2021, 6, 9, 4, 0, tzinfo=UTC)
GAUGES: Mapping[str, Gauge] = {
    "ferry": Gauge("ferry", Name("老渡口水尺", "Old Ferry")), "weir": Gauge("weir", Name("三江坝")),
}  # fmt: skip
HEAD = "gauge,time,level\n"


def read(text: str | bytes) -> GaugeFile:
    """What a file holds."""
    raw = text if isinstance(text, bytes) else text.encode()
    return read_gauge_csv(raw, GAUGES, ZONE, NOW)


def said(file: GaugeFile) -> list[str]:
    """The sentences about bad lines."""
    return [words_for("en").say(problem) for problem in file.problems]


@pytest.mark.parametrize(
    "raw",
    [
        b"gauge,time,level,trend\nferry,2021-06-08 23:30,88.15,rising\n",
        "\ufeff测站,时间,水位,涨落\r\n老渡口水尺,2021/6/8 23:30,88.15,涨\r\n".encode(),
        "水位(m);涨落;备注;站名;观测时间\n88.150;涨;夜;老渡口水尺;2021年6月8日23时30分\n".encode("gb18030"),
        b"Time\tStation\tLevel (m)\tTrend\n2021-06-08T15:30:00Z\tOLD FERRY\t+88.15 m\tup\n",
        '"时间","水位","水尺","水势"\n"2021.6.8 23:30:00","８８．１５","ferry","涨"\n\n,,,\n'.encode("gbk"),
        "测站,时间,水位（米）,涨落,\nferry,2021-06-08T23:30:00.250+08:00,88.15,涨,\n".encode(),
        "编码,名称,时间,水位,水势\nferry,老渡口水尺,2021-06-08 23:30,88.15,涨\n".encode(),
        "测站编码,测站名称,时间,水位,水势\n61501200,老渡口水尺,2021-06-08 23:30,88.15,涨\n".encode(),
        b"sep=;\r\ngauge;time;level;trend\r\nferry;2021-06-08 23:30;88.15;rising\r\n",
        '\ufeff"sep=,"\r\n测站,时间,水位,涨落\r\nferry,2021-06-08 23:30,88.15,涨\r\n'.encode(),
        b"sep=\t\ngauge\ttime\tlevel\ttrend\nferry\t2021-06-08 23:30\t88.15\trising\n",
        "测站\t时间\t水位\t涨落\r\n老渡口水尺\t2021/6/8 23:30\t88.15\t涨\r\n".encode("utf-16"),
        b"\xfe\xff" + "测站,时间,水位,涨落\nferry,2021/6/8 23:30,88.15,涨\n".encode("utf-16-be"),
        "测站,时间,水位,涨落\nferry,2021/6/8 23:30,88.15,涨\n".encode("utf-16-le"),
        "测站，时间，水位，涨落\n老渡口水尺，2021/6/8 23:30，88.15，涨\n".encode(),
        "测站,时间,水位,涨落\n老渡口水尺，2021/6/8 23:30，88.15，涨\n".encode(),
        "测站；时间；水位；涨落\n老渡口水尺；2021/6/8 23:30；88.15；涨\n".encode("gb18030"),
    ],
    ids=[
        "plain",
        "bom",
        "gb18030",
        "tabs",
        "quoted",
        "trailing",
        "code and name",
        "name alone known",
        "sep",
        "sep quoted",
        "sep tab",
        "utf-16",
        "utf-16 be",
        "utf-16 bare",
        "full-width",
        "mixed",
        "full-width semicolons",
    ],
)
def test_files_of_every_house_say_the_same(raw: bytes) -> None:
    """Headings in both languages and any order, three delimiters, four ways to write a time."""
    (one,) = read(raw).readings
    assert (one.gauge, one.at, one.metres, one.trend) == (
        "ferry", datetime(2021, 6, 8, 15, 30, tzinfo=UTC), Decimal("88.15"), Trend.RISING)  # fmt: skip
    assert read(raw).problems == ()


def test_other_columns_are_named_and_midnight_is_the_next_day() -> None:
    """Nothing is dropped in silence."""
    file = read("gauge,time,level,流量,备注\nweir,2021-06-08 24:00,5,77,\n")
    assert file.ignored == ("流量", "备注")
    assert file.readings[0].at == datetime(2021, 6, 8, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("ferri,2021-06-08 23:30,88.15", "no gauge “ferri”"),
        (",2021-06-08 23:30,88.15", "no gauge “”"),
        ("ferry,08/06/2021 23:30,88.15", "no time"),
        ("ferry,2021-02-30 23:30,88.15", "no time"),
        ("ferry,2021-06-08 25:30,88.15", "no time"),
        ("ferry,2021-06-08,88.15", "no time"),
        ("ferry,0001-01-01 00:00,88.15", "no time"),
        ("ferry,2021-06-09 12:06,88.15", "has not come yet"),
        ("ferry,2021-06-08 23:30,88,15", "4 columns instead of 3"),
        ('ferry,2021-06-08 23:30,"88,15"', "with a point"),
        ("ferry,2021-06-08 23:30,", "no level"),
        ("ferry,2021-06-08 23:30,88.1555", "no level"),
        ("ferry,2021-06-08 23:30,1234500000", "no level"),
        ("ferry,2021-06-08 23:30,1e3", "no level"),
        ("ferry,2021-06-08 23:30,NaN", "no level"),
        ("ferry,2021-06-08 23:30,٨٨", "no level"),
        ("ferry,2021-06-08 23:30,=1+1", "no level"),
        ("ferry", "no time"),
        ('ferry,"2021-06-08 23:30,88.15', "quotation mark"),
        ("ferry," + "x" * 5_000, "longer than"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(line: str, sentence: str) -> None:
    """Its number and its reason; the lines around it are whole."""
    file = read(f"{HEAD}ferry,2021-06-08 20:00,88.00\n{line}\nweir,2021-06-08 21:00,5.1\n")
    (problem,) = said(file)
    assert problem.startswith("line 3: ")
    assert sentence in problem
    assert [(one.line, one.gauge) for one in file.readings] == [(2, "ferry"), (4, "weir")]


def test_code_and_name_of_two_gauges_are_a_bad_line() -> None:
    """Nobody guesses which of them is meant; either alone is enough."""
    lines = (
        "ferry,三江坝,2021-06-08 20:00,88",
        "ferry,,2021-06-08 20:00,88",
        ",三江坝,2021-06-08 20:00,88",
        "x,y,2021-06-08 20:00,8",
    )
    file = read("编码,名称,时间,水位\n" + "\n".join(lines))
    assert said(file) == ["line 2: “ferry 三江坝” are two gauges", "line 5: there is no gauge “x y”"]
    assert [one.gauge for one in file.readings] == ["ferry", "weir"]


def test_lines_are_counted_as_the_file_has_them() -> None:
    """Also below a line that names the separator."""
    assert said(read("sep=;\n\ngauge;time;level\nnobody;2021-06-08 20:00;8\n")) == [
        "line 4: there is no gauge “nobody”"
    ]


def test_a_trend_that_is_none_is_named() -> None:
    """Also the digit that a decimal comma leaves behind."""
    file = read("gauge,time,level,trend\nferry,2021-06-08 20:00,88,5\nferry,2021-06-08 20:15,88,-\n")
    assert said(file) == ["line 2: “5” is none of 涨, 落, 平 (rising, falling, steady)"]
    assert file.readings[0].trend is None


def test_one_instant_has_one_reading() -> None:
    """Said twice alike it is one; said otherwise the later line is named."""
    file = read(f"{HEAD}ferry,2021-06-08 20:00,88\nferry,2021-06-08 20:00,88.00\nferry,2021-06-08T12:00Z,89\n")
    assert len(file.readings) == 1
    assert said(file) == ["line 4: line 2 says otherwise for the same instant"]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "empty"),
        (b"\n \r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        ("gauge,time\nx,y\n".encode("utf-16"), "not found: level"),
        (b"gauge,time,level\0\n", "UTF-16 or GB18030"),
        (b"\xff\xfe\xfa\x81\x20", "UTF-16 or GB18030"),
        (b"PK\x03\x04\x14\x00\x06\x00", "UTF-16 or GB18030"),
        (b"sep=;\n", "not found: gauge, time, level"),
        (b"gauge,when,level\nferry,1,2\n", "not found: time"),
        (b"ferry,2021-06-08 20:00,88\n", "not found: gauge, time, level"),
        ("gauge,time,level,水位\n".encode(), "twice"),
        (b'gauge,"time,level\n', "quotation mark"),
        (b"x" * (LARGEST + 1), "larger than"),
    ],
)
def test_what_is_no_such_file_is_a_sentence(raw: bytes, sentence: str) -> None:
    """Nothing is read of it."""
    with pytest.raises(BadInput) as caught:
        read(raw)
    assert sentence in words_for("en").say(caught.value.message)


@pytest.mark.slow
def test_ten_megabytes_of_junk_end_at_once() -> None:
    """Every line is bad; a thousand are named, all are counted."""
    begin = time.monotonic()
    file = read(HEAD + "\x1b]52;c;!\x07,,\n" * 400_000)
    assert (len(file.problems), file.bad, file.readings) == (1_000, 400_000, ())
    assert time.monotonic() - begin < 25


@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_raise_anything_but_a_sentence(raw: bytes, headed: bool) -> None:
    """Whatever stands in a file."""
    with suppress(BadInput):
        file = read(HEAD.encode() + raw if headed else raw)
        assert all(words_for("zh").say(problem) for problem in file.problems)
