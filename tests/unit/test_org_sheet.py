"""The organisation workbook: round trips, the template, the oddities of sheet programs, and files that are refused."""

from __future__ import annotations

import io
import re
import stat
import struct
import time
import zipfile
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.errors import BadInput, Refused
from app.domain.message import Message, Name
from app.domain.org import Contact, Place, PlaceKind, Street, Unit, UnitLevel
from app.domain.text import clean
from app.samples import STREET, sample_text
from app.services.org_file import OrgProblems, read_org_toml
from app.services.org_sheet import read_org_sheet, write_org_sheet, write_org_template
from app.services.org_tables import TABLES

Cell = str | float | bool | datetime | None


def write_book(path: Path, sheets: dict[str, Sequence[Sequence[Cell]]]) -> Path:
    """A workbook as a person might have made it, cell types included."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        dated = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, datetime):
                        sheet.write_datetime(number, place, cell, dated)
                    elif cell is not None:
                        sheet.write(number, place, cell)
    return path


def problems(path: Path) -> list[tuple[str, str, str, str]]:
    """Table, row, column and reason of each problem of a workbook that must be refused."""
    with pytest.raises(OrgProblems) as refused:
        read_org_sheet(path)
    found = []
    for problem in refused.value.problems:
        reason = problem.params.get("reason")
        where = (problem.params.get("table", problem.params.get("sheet")), problem.params.get("row", ""))
        column = problem.params.get("column", "")
        said = reason.msgid if isinstance(reason, Message) else problem.msgid
        found.append((str(where[0]), str(where[1]), column if isinstance(column, str) else str(column), said))
    return found


def sheet_xml(path: Path) -> str:
    """The XML of every sheet of a workbook."""
    with zipfile.ZipFile(path) as packed:
        return "".join(packed.read(name).decode() for name in packed.namelist() if "worksheets/" in name)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_demo_street_survives_a_round_trip(tmp_path: Path, language: str) -> None:
    """What is exported and read back is the same street, whatever the language of its header."""
    street = read_org_toml(sample_text(STREET), STREET)
    path = tmp_path / "street.xlsx"
    write_org_sheet(street, path, language=language)
    assert read_org_sheet(path) == street
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


TEXTS = st.text(max_size=40).map(lambda text: clean(text, one_line=True)).filter(lambda text: len(text) <= 60)
WORDS = st.text("双河大桥ab =+-@_x005F#'\"<&", min_size=1, max_size=12).map(lambda text: clean(text, one_line=True))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(TEXTS.filter(bool), min_size=1, max_size=5),
    note=TEXTS,
    aliases=st.lists(WORDS.filter(bool), max_size=3, unique=True),
)
def test_any_clean_text_survives_a_round_trip(tmp_path: Path, names: list[str], note: str, aliases: list[str]) -> None:
    """Signs that mean something to a sheet program are text here and stay text."""
    street = Street(
        units=(
            Unit("S", UnitLevel.STREET, Name("街道")),
            Unit("C", UnitLevel.COMMUNITY, Name("社区"), "S"),
            Unit("G", UnitLevel.GRID, Name("网格"), "C"),
        ),
        contacts=tuple(Contact(f"C{n}", Name(name, note), note=note) for n, name in enumerate(names)),
        places=(Place("P", Name(names[0]), "G", PlaceKind.ROAD, tuple(aliases)),),
    )
    path = tmp_path / "street.xlsx"
    path.unlink(missing_ok=True)
    write_org_sheet(street, path)
    assert read_org_sheet(path) == street


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "{=1}", "=HYPERLINK(1)", "http://x.cn"])
def test_no_cell_is_a_formula_or_a_link(tmp_path: Path, start: str) -> None:
    """Text that looks like a formula is written as text (reliability 11)."""
    path = tmp_path / "street.xlsx"
    write_org_sheet(Street(contacts=(Contact("C", Name(start), note=start),)), path)
    xml = sheet_xml(path)
    assert "<f>" not in xml
    assert "hyperlink" not in xml
    assert 't="s"' in xml


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_template_reads_as_an_empty_street(tmp_path: Path, language: str) -> None:
    """Notes and examples are marked and not read; one sheet for each table."""
    path = tmp_path / "template.xlsx"
    write_org_template(path, language)
    assert read_org_sheet(path) == Street()
    with zipfile.ZipFile(path) as packed:
        book = packed.read("xl/workbook.xml").decode()
    assert re.findall(r'<sheet name="([^"]+)"', book) == [table.label.in_language(language) for table in TABLES]
    assert "<dataValidation " in sheet_xml(path)
    assert "<f>" not in sheet_xml(path)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_examples_of_the_template_are_a_valid_street_once_unmarked(tmp_path: Path, language: str) -> None:
    """Taking the mark away from every example gives a street without a problem: the examples teach no mistake."""
    from python_calamine import load_workbook

    path = tmp_path / "template.xlsx"
    write_org_template(path, language)
    book = load_workbook(path)
    mark = re.compile("# (例|Example) ")
    sheets: dict[str, Sequence[Sequence[Cell]]] = {}
    for name in book.sheet_names:
        header, notes, *examples = book.get_sheet_by_name(name).to_python()
        assert str(notes[0]).startswith("# ")
        assert all(mark.match(str(row[0])) for row in examples)
        sheets[name] = [[str(c) for c in header], *([mark.sub("", str(c)) for c in row] for row in examples)]
    street = read_org_sheet(write_book(tmp_path / "filled.xlsx", sheets))
    assert len(street.units) == 4
    assert all((street.departments, street.members, street.committee, street.chain, street.contacts))
    assert street.shifts[0].grid_duty


def test_nothing_is_ever_overwritten(tmp_path: Path) -> None:
    """An existing file is refused and left as it is."""
    path = tmp_path / "mine.xlsx"
    path.write_bytes(b"precious")
    for write in (lambda: write_org_template(path, "zh"), lambda: write_org_sheet(Street(), path)):
        with pytest.raises(Refused) as refused:
            write()
        assert "already exists" in refused.value.message.msgid
    assert path.read_bytes() == b"precious"


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    """A path that cannot be written is one sentence, not a traceback."""
    with pytest.raises(Refused) as refused:
        write_org_template(tmp_path / "no" / "x.xlsx", "zh")
    assert refused.value.message.msgid == "{path} cannot be written: {reason}"


def test_oddities_of_sheet_programs_are_understood(tmp_path: Path) -> None:
    """Numbers for codes, dates for times, free column order, titles in English, blank rows and a blank sheet."""
    path = write_book(
        tmp_path / "odd.xlsx",
        {
            "说明": [],
            "Members": [[None], [None, "名称*", " Code "], [None, "甲", 1.0], [], [None, "乙", 2], [None, "  "], []],
            "shifts": [
                ["班别", "编码", "开始", "结束", "值班员", "带班领导"],
                [
                    "night",
                    "N1",
                    datetime(2020, 7, 2, 18, 0),  # noqa: DTZ001
                    "2020/7/3 8:00",
                    "1、2",
                    1,
                ],
            ],
            "contacts": [["编码", "名称", "电话"], ["C", "商家", 13800000000.0]],
        },
    )
    street = read_org_sheet(path)
    assert [(member.code, member.name.zh) for member in street.members] == [("1", "甲"), ("2", "乙")]
    shift = street.shifts[0]
    assert (shift.starts_at, shift.ends_at) == (
        datetime(2020, 7, 2, 10, 0, tzinfo=UTC),
        datetime(2020, 7, 3, 0, 0, tzinfo=UTC),
    )
    assert (shift.leader, shift.officers) == ("1", ("1", "2"))
    assert street.contacts[0].phone == "13800000000"


def test_a_column_is_named_without_the_star_of_the_template(tmp_path: Path) -> None:
    """The star says that a column must be filled; it is no part of its name."""
    path = write_book(tmp_path / "star.xlsx", {"联系单位": [["编码*", "名称*"], ["C", None]]})
    with pytest.raises(OrgProblems) as refused:
        read_org_sheet(path)
    assert [problem.params["column"] for problem in refused.value.problems] == ["名称"]


def test_problems_name_the_sheet_and_row_that_the_person_sees(tmp_path: Path) -> None:
    """Row numbers are those of the sheet program, words those of the sheet's own header."""
    path = write_book(
        tmp_path / "bad.xlsx",
        {
            "人员": [
                ["编码", "名称", "网格", "微信", "名称"],
                [],
                ["A", "甲", "G1"],
                ["A", 2.5, None, "x"],
                ["B", True, None, None, None, "stray"],
            ],
            "Sheet9": [["something"]],
        },
    )
    assert sorted(problems(path)) == sorted(
        [
            ("人员", "", "微信", '{table}: there is no column "{column}"'),
            ("人员", "", "名称", '{table}: the column "{column}" stands there twice'),
            ("人员", "3 (A)", "网格", 'there is no "{code}"'),
            ("人员", "4 (A)", "编码", "the same stands in row {row}"),
            ("人员", "5", "", "{table}, row {row}: a cell stands in a column without a header"),
            ("人员", "5 (B)", "名称", "must be text, not a yes or no"),
            ("Sheet9", "", "", 'there is no table for the sheet "{sheet}"'),
        ]
    )


def test_a_required_column_that_is_missing_is_named_in_both_languages(tmp_path: Path) -> None:
    """With no header to quote, the sentence uses the column's own name."""
    path = write_book(tmp_path / "short.xlsx", {"Contacts": [["Code"], ["C"]]})
    [found] = problems(path)
    assert "Name (Chinese)" in found[2]
    assert found[3] == "must not be empty"


def bomb(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


def lying_bomb(path: Path) -> Path:
    """A part that unpacks to 60 MB and says it is 100 bytes long, with a checksum to match."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 60_000_000)
    content = whole.getvalue().replace(struct.pack("<I", 60_000_000), struct.pack("<I", 100))
    content = content.replace(_checksum(60_000_000), _checksum(100))
    path.write_bytes(content)
    return path


def _checksum(length: int) -> bytes:
    return struct.pack("<I", zlib.crc32(b"0" * length))


def far_cells(path: Path, cells: bytes) -> Path:
    """A real workbook whose first sheet was given these rows."""
    source = io.BytesIO()
    with xlsxwriter.Workbook(source) as book:
        book.add_worksheet("contacts").write(0, 0, "code")
    with zipfile.ZipFile(source) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData>" + cells + b"</sheetData>", parts[sheet])
    return bomb(path, parts)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.write_bytes(b""), "no workbook"),
        (lambda path: path.write_bytes(b"code,zh\n1,2\n"), "no workbook"),
        (lambda path: path.write_bytes(b"PK\x03\x04" + b"\0" * 200), "no workbook"),
        (lambda path: bomb(path, {"a.txt": b"a"}), "no workbook"),
        (lambda path: bomb(path, {"xl/sharedStrings.xml": b"0" * 51 * 1024 * 1024}), "larger than"),
        (lambda path: bomb(path, {"xl/sharedStrings.xml": b"0" * 5_000_000}), "times its size"),
        (lambda path: bomb(path, {f"{n}": b"" for n in range(2_001)}), "larger than"),
        (lying_bomb, "no workbook"),
        (
            lambda path: far_cells(path, b'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'),
            "too far apart",
        ),
        (
            lambda path: far_cells(path, b'<row r="1"><c r="AMJ1"/></row><row r="1048576"><c><v>1</v></c></row>'),
            "too far apart",
        ),
        (lambda path: path.mkdir(), "cannot be read"),
        (lambda path: None, "cannot be read"),
    ],
    ids=[
        "empty", "csv", "torn", "other zip", "50 MB", "ratio", "many parts", "lying", "far", "far unplaced",
        "folder", "missing",
    ],
)  # fmt: skip
def test_what_is_no_workbook_or_too_large_is_refused_at_once(tmp_path: Path, make: object, said: str) -> None:
    """Bombs and other files are refused by one sentence before a sheet program opens them (reliability 11)."""
    assert callable(make)
    path = tmp_path / "bad.xlsx"
    make(path)
    began = time.perf_counter()
    with pytest.raises(BadInput) as refused:
        read_org_sheet(path)
    assert time.perf_counter() - began < 5
    assert said in refused.value.message.msgid
    assert refused.value.message.params["file"] == "bad.xlsx"


def test_styled_rows_far_below_are_no_reason_to_refuse(tmp_path: Path) -> None:
    """Some programs write an empty last row 1048576; it holds no cell."""
    path = far_cells(
        tmp_path / "styled.xlsx",
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c></row><row r="1048576" ht="12.8"></row>',
    )
    assert read_org_sheet(path) == Street()
