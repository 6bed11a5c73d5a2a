"""The organisation of a street as a workbook: reads it, writes it, and writes the template to fill in."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from app.domain.message import Message
from app.domain.org import Street
from app.domain.text import clean, normalise_width
from app.files import write_new
from app.services.org_cells import write_cell, yes_no
from app.services.org_file import EMPTY, STREET_ZONE, load_tables
from app.services.org_labels import LABELS, choice, choices
from app.services.org_rows import RawRow, RawTable
from app.services.org_street import rows_of
from app.services.org_tables import TABLES, CellKind, Column, Table, Value
from app.services.problems import ProblemList
from app.services.sheet_bounds import bounded_workbook, not_a_workbook

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

ASIDE = "#"
"""A row whose code begins so is not read: the notes and the examples of the template. No code begins so."""

VALIDATED_ROWS = 2_000
"""How far down a column offers its list of values."""


def read_org_sheet(path: Path, *, zone: ZoneInfo = STREET_ZONE, standing: Street = EMPTY) -> Street:
    """The street that a workbook (.xlsx) describes: one sheet for each table, the header in either language.

    A sheet without rows says nothing, as one that is missing: its table stays as it is in ``standing``.
    Local times are of ``zone``. Raises OrgProblems or BadInput as ``read_org_toml`` does; a file over
    the bounds of ``sheet_bounds`` is refused before it is opened.
    """
    from python_calamine import CalamineError, load_workbook

    problems = ProblemList(path.name)
    try:
        book = load_workbook(bounded_workbook(path))
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    except CalamineError as error:
        raise not_a_workbook(path.name) from error
    tables: list[RawTable] = []
    for sheet in sheets:
        table = _table_named(sheet.name)
        if table is None:
            if any(not _blank(cell) for line in sheet.to_python() for cell in line):
                problems.add(Message('there is no table for the sheet "{sheet}"', {"sheet": sheet.name}))
        else:
            tables.append(_raw_table(table, sheet, problems))
    return load_tables([table for table in tables if table.rows], zone, problems, standing)


def _table_named(title: str) -> Table | None:
    wanted = _folded(title)
    return next((one for one in TABLES if wanted in (one.key, _folded(one.label.zh), _folded(one.label.en))), None)


def _column_named(table: Table, header: str) -> Column | None:
    wanted = _folded(header).rstrip("* ")
    return next(
        (one for one in table.columns if wanted in (one.key, _folded(one.label.zh), _folded(one.label.en))),
        None,
    )


def _blank(cell: object) -> bool:
    return isinstance(cell, str) and not cell.strip()


def _folded(text: str) -> str:
    return normalise_width(clean(text, one_line=True)).casefold()


def _raw_table(table: Table, sheet: CalamineSheet, problems: ProblemList) -> RawTable:
    """The rows under a sheet's header, its first row that is not blank, without blank and set-aside rows."""
    lines = [
        (number, line)
        for number, line in enumerate(sheet.to_python(skip_empty_area=False), start=1)
        if not all(_blank(cell) for cell in line)
    ]
    if not lines:
        return RawTable(table, sheet.name, {}, ())
    columns = _columns(table, sheet.name, lines[0][1], problems)
    rows = []
    for number, line in lines[1:]:
        cells = {column.key: line[place] for place, column in columns.items()}
        if str(cells.get(table.columns[0].key, "")).lstrip().startswith(ASIDE):
            continue
        beyond = next((place for place, cell in enumerate(line) if place not in columns and not _blank(cell)), None)
        if beyond is not None and str(lines[0][1][beyond]).strip() == "":
            problems.add(
                Message(
                    "{table}, row {row}: a cell stands in a column without a header",
                    {"table": sheet.name, "row": str(number)},
                )
            )
        rows.append(RawRow(number, cells))
    headers = {column.key: str(lines[0][1][place]).strip().rstrip("* ") for place, column in columns.items()}
    return RawTable(table, sheet.name, headers, rows)


def _columns(table: Table, title: str, header: Sequence[object], problems: ProblemList) -> dict[int, Column]:
    """Which place of the header is which column; unknown and repeated ones are problems."""
    columns: dict[int, Column] = {}
    for place, cell in enumerate(header):
        text = str(cell).strip()
        if not text:
            continue
        column = _column_named(table, text)
        if column is None:
            reason = Message('{table}: there is no column "{column}"', {"table": title, "column": text})
            problems.add(reason)
        elif column in columns.values():
            problems.add(Message('{table}: the column "{column}" stands there twice', {"table": title, "column": text}))
        else:
            columns[place] = column
    return columns


def write_org_template(path: Path, language: str) -> None:
    """An empty workbook to fill in, in ``zh`` or ``en``: header, notes, examples and lists of values.

    Notes and examples begin with ``#`` and are not read. Raises Refused when the file exists or cannot be
    written.
    """
    examples = {table.key: [_example(table, row) for row in table.examples] for table in TABLES}
    write_new(path, _workbook(examples, language, STREET_ZONE, template=True))


def write_org_sheet(street: Street, path: Path, *, language: str = "zh", zone: ZoneInfo = STREET_ZONE) -> None:
    """The street as a workbook that ``read_org_sheet`` reads back as the same street; no cell is a formula.

    Raises Refused when the file exists or cannot be written.
    """
    write_new(path, _workbook(rows_of(street), language, zone, template=False))


def _example(table: Table, written: Mapping[str, str]) -> Mapping[str, Value]:
    """An example row with its codes replaced by enum values, so that it can be shown in either language."""
    row: dict[str, Value] = dict(written)
    for column in table.columns:
        text = written.get(column.key, "")
        if text and column.enum is not None:
            row[column.key] = tuple(filter(None, (choice(column.enum, part) for part in text.split(";"))))
    return row


def _workbook(
    rows: Mapping[str, Sequence[Mapping[str, Value]]], language: str, zone: ZoneInfo, *, template: bool
) -> bytes:
    """The bytes of a workbook with one sheet for each table."""
    import xlsxwriter

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4"})
        quiet = book.add_format({"italic": True, "font_color": "#707070", "text_wrap": True, "valign": "top"})
        for table in TABLES:
            sheet = book.add_worksheet(table.label.in_language(language))
            sheet.freeze_panes(1, 1)
            for place, column in enumerate(table.columns):
                star = "*" if column.required else ""
                sheet.write_string(0, place, column.label.in_language(language) + star, bold)
                sheet.set_column(place, place, 24 if column.cap > 40 else 16)
                _offer_values(sheet, place, column, language)
            first = 1
            if template:
                _write_notes(sheet, table, language, quiet)
                first = 2
            for number, row in enumerate(rows[table.key], start=first):
                _write_row(sheet, number, table, row, language, zone, quiet if template else None)
    return content.getvalue()


def _write_notes(sheet: Any, table: Table, language: str, style: Any) -> None:
    """The second row of a template: what each column expects."""
    for place, column in enumerate(table.columns):
        note = column.note.in_language(language)
        if place == 0:
            note = f"{ASIDE} {note}"
        sheet.write_string(1, place, note, style)


def _write_row(
    sheet: Any,
    number: int,
    table: Table,
    row: Mapping[str, Value],
    language: str,
    zone: ZoneInfo,
    example_style: Any,
) -> None:
    """One row of values; with a style it is an example, marked in its first cell."""
    for place, column in enumerate(table.columns):
        cell = write_cell(row.get(column.key), language, zone)
        if example_style is not None and place == 0:
            cell = f"{ASIDE} {'Example' if language == 'en' else '例'} {cell}"
        if isinstance(cell, int):
            sheet.write_number(number, place, cell, example_style)
        elif cell:
            sheet.write_string(number, place, cell, example_style)


def _offer_values(sheet: Any, place: int, column: Column, language: str) -> None:
    """A drop-down for a column that holds one of a few values."""
    if column.kind is CellKind.FLAG:
        source = list(yes_no(language))
    elif column.kind is CellKind.CHOICE and column.enum is not None:
        source = [LABELS[one].in_language(language) for one in choices(column.enum)]
    else:
        return
    sheet.data_validation(1, place, VALIDATED_ROWS, place, {"validate": "list", "source": source})
