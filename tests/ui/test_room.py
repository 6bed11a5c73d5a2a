"""What each size of terminal has room for, in both languages: columns, whole titles, nothing cut that matters."""

from __future__ import annotations

from app.main import CommandCenter
from app.widgets.row_list import RowList
from tests.ui.helping import board, case_of, lines, mode, open_desk, text, until
from tests.ui.night_house import Night

COLUMNS = {
    ("zh", 80, 24): "哨号 事项 网格 等待 起 剩余",
    ("zh", 120, 36): "哨号 事项 网格 等待 起 剩余",
    ("zh", 160, 45): "哨号 事项 地点 网格 哨类 等待 未到部门 起 剩余",
    ("zh", 200, 60): "哨号 事项 地点 网格 哨类 等待 未到部门 起 剩余",
    ("en", 80, 24): "No. Matter Grid Waits for Left",
    ("en", 120, 36): "No. Matter Grid Waits for Since Left",
    ("en", 160, 45): "No. Matter Where Grid Kind Waits for Since Left",
    ("en", 200, 60): "No. Matter Where Grid Kind Waits for Still to come Since Left",
}
"""The columns of the board by language and size."""


def _titles(app: CommandCenter) -> str:
    return " ".join(column.title for column, _ in board(app).fitted if column.title)


def _pane(app: CommandCenter, name: str) -> str:
    """What stands in a pane, its title too."""
    pane = mode(app).query_one(name, RowList)
    area = pane.region
    found = []
    for line in lines(app)[area.y : area.bottom]:
        cells = "".join(character + "\0" * (len(character.encode("gb18030", "replace")) == 2 and character > "⺀")
                        for character in line)  # fmt: skip
        found.append(cells[area.x : area.right].replace("\0", ""))
    return "\n".join(found)


async def test_every_size_has_its_columns_in_both_languages(full: Night) -> None:
    """The board gains columns with the width; titles end with whole parts; limits of the next hour are not cut."""
    async with open_desk(full, (120, 36)) as (app, pilot):
        await case_of(app, "0702-05")
        for language in ("zh", "en"):
            if language == "en":
                await pilot.press("l")
            for (spoken, width, height), columns in COLUMNS.items():
                if spoken != language:
                    continue
                await pilot.resize_terminal(width, height)
                await until(lambda width=width: mode(app).size.width == width)  # type: ignore[misc]
                await pilot.pause()
                assert _titles(app) == columns, (language, width)
                titles = [pane.border_title for pane in mode(app).query(RowList) if pane.display]
                assert not any("…" in str(title) for title in titles), titles
                if width >= 160:
                    coming = _pane(app, "#upcoming")
                    assert "0702-05" in coming
                    assert "…" not in coming, coming
                    assert "报到到期" in coming or "report-in due" in coming
                if width == 160:
                    assert ("By whom" if language == "en" else "到场人员") in text(app)
