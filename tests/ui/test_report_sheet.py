"""The report up the line on the desk: filled from the case, counted down, sent in two keys, printed; the case too."""

from __future__ import annotations

from uuid import uuid4

import pytest
from rich.cells import cell_len

from app.domain.events import EventKind
from app.domain.moves import Action
from app.domain.reports import ReportKind
from app.domain.shift_log import LogSource, LogState
from app.main import CommandCenter
from app.screens.dialogs.log_entry import LogEntryDialog
from app.screens.dialogs.report import ReportDialog
from app.screens.report_sheet import ReportSheet
from app.screens.text_sheet import TextSheet
from app.services.shift_log import Told
from app.widgets.row_list import RowList
from tests.ui.helping import case_of, has_keys, lines, mode, open_desk, post, text, until
from tests.ui.night_house import Night
from tests.ui.test_desk import MANHOLE

SIZES = [(80, 24), (160, 45)]


async def form_stands(app: CommandCenter) -> ReportSheet:
    """The form of the case under the cursor, by the command of the palette."""
    app.begin("report_form")
    await until(lambda: isinstance(app.screen, ReportSheet) and app.screen.is_mounted and "接报时间" in text(app))
    sheet = app.screen
    assert isinstance(sheet, ReportSheet)
    return sheet


@pytest.mark.parametrize("size", SIZES)
async def test_the_form_is_read_and_sent_in_two_keys(full: Night, size: tuple[int, int]) -> None:
    """Which report, its limit and what is left; Enter and Enter, and it went up; the next one counts down."""
    async with open_desk(full, size) as (app, _pilot):
        file = await case_of(app, MANHOLE)
        await form_stands(app)
        shown = text(app)
        for words in (
            "信息报送单（初报）", "书面初报 00:56 前报出，还剩 00:27", "接报时间", "2020-07-02 23:56", "待核",
            "早起过桥的居民",
        ):  # fmt: skip
            assert words in shown, shown
        assert all(len(line) <= size[0] for line in lines(app))
        full.act(file.case.whistle.id, Action.MADE_SAFE, note="洞口围好了")
        app.on_changed()
        sheet = app.screen
        assert isinstance(sheet, ReportSheet)
        await until(lambda: any("洞口围好了" in piece.text for cell in sheet.written(70) for piece in cell))
        post(app, "enter")
        await until(lambda: isinstance(app.screen, ReportDialog) and has_keys(app))
        dialog = app.screen
        assert isinstance(dialog, ReportDialog)
        await until(lambda: "已按这一件填好" in text(app))
        assert dialog.text("said").startswith("井盖被倒灌的河水冲失，洞口翻水")
        post(app, "enter")
        await until(lambda: app.screen is mode(app))
        after = full.house.whistles.file(file.case.whistle.id)
        assert [one.kind for one in after.reports.sent] == [ReportKind.FIRST]
        assert "派出 6 家" in after.reports.sent[0].event.words["said"]
        assert "洞口围好了" in after.reports.sent[0].event.words["said"]
        await until(lambda: "续报一 01:29 前" in text(app))


async def test_it_scrolls_and_prints(full: Night) -> None:
    """Down to its end at 80×24; F2 prints the form, F6 the case, each into two files named by the case."""
    full.house.log.add(full.actor(), uuid4(), Told(
        {"content": "区里来电询问", "phone": "13800001111"}, LogSource.PHONE, LogState.NOTED,
        whistle_id=next(row.whistle.id for row in full.house.desk.view().board.rows if MANHOLE in row.whistle.number),
    ))  # fmt: skip
    async with open_desk(full, (80, 24)) as (app, _pilot):
        await case_of(app, MANHOLE)
        sheet = await form_stands(app)
        for _ in range(40):
            post(app, "down")
        await until(lambda: "记录" in text(app))
        assert "区里来电询问" in text(app)
        assert "138****1111" in text(app)
        post(app, "f2")
        await until(lambda: isinstance(app.screen, TextSheet))
        folder = app.seat.settings.papers
        assert any(path.name.startswith("信息报送单（初报） W-20200702-05") for path in folder.iterdir())
        post(app, "escape")
        await until(lambda: app.screen is mode(app))
        assert not sheet.is_attached
        await form_stands(app)
        post(app, "f6")
        await until(lambda: isinstance(app.screen, TextSheet))
        paper = next(path for path in folder.iterdir() if path.name == "案卷 W-20200702-05.md").read_text("utf-8")
        assert "区里来电询问" in paper
        assert "13800001111" not in paper


async def test_in_english_nothing_is_cut(full: Night) -> None:
    """Lines are wrapped beside the bar of a long form; the line below the board has a short word for the limit."""
    full.speak("en")
    async with open_desk(full, (84, 24)) as (app, _pilot):
        await case_of(app, MANHOLE)
        await until(lambda: "report by 00:56 · Enter opens the case" in text(app))
        app.begin("report_form")
        await until(lambda: isinstance(app.screen, ReportSheet) and "Measures taken" in text(app))
        assert not any("…" in line for line in lines(app)[1:-3])


async def test_the_countdown_and_lateness_stand_in_the_case(full: Night) -> None:
    """Until when, and how late; the entry in the timeline says so; an entry of the log stands there too."""
    async with open_desk(full, (160, 45)) as (app, _pilot):
        file = await case_of(app, MANHOLE)
        await until(lambda: "书面初报 00:56 前 +00:27" in text(app))
        full.wall.set("07-03 01:06")
        told = Told({"content": "区里来电询问"}, LogSource.PHONE, whistle_id=file.case.whistle.id)
        full.house.log.add(full.actor(), uuid4(), told)
        full.act(file.case.whistle.id, Action.NOTE, note="还没报")
        app.reload()
        await until(lambda: "书面初报 00:56 前 -00:10 超时" in text(app))
        await until(lambda: "值班日志 #1" in text(app) and "区里来电询问" in text(app))
        full.act(file.case.whistle.id, Action.REPORT, said="书面报出")
        app.reload()
        await until(lambda: "〔迟报，限 00:56〕" in text(app))
        await until(lambda: "续报一 02:06 前 +01:00" in text(app))


async def test_a_case_that_cannot_be_reported_says_why(full: Night) -> None:
    """The form of a draft is read; the report itself is refused with its reason."""
    async with open_desk(full) as (app, _pilot):
        draft = next(row for row in mode(app).rows() if not row.whistle.number)
        mode(app).board.move_to(draft.whistle.id)
        await until(lambda: mode(app).situation().file is not None)
        await form_stands(app)
        post(app, "enter")
        await until(lambda: app.screen is mode(app) and "不能办这一步" in lines(app)[-2])
        events = full.house.whistles.file(draft.whistle.id).events
        assert EventKind.REPORTED_UP not in [event.kind for event in events]


async def test_an_entry_of_the_log_is_put_right_from_the_timeline(full: Night) -> None:
    """The command that corrects an entry opens the log's own form for it."""
    async with open_desk(full, (160, 45)) as (app, pilot):
        file = await case_of(app, MANHOLE)
        told = Told({"content": "区里来电"}, LogSource.PHONE, whistle_id=file.case.whistle.id)
        entry = full.house.log.add(full.actor(), uuid4(), told)
        app.reload()
        await until(lambda: "值班日志 #1" in text(app))
        while app.focused is None or app.focused.id != "timeline":
            await pilot.press("tab")
        mode(app).query_one("#timeline", RowList).move_to(entry.id)
        await until(lambda: mode(app).situation().entry == entry.id)
        app.begin("correct")
        await until(lambda: isinstance(app.screen, LogEntryDialog) and has_keys(app))
        post(app, "ctrl+u")
        for character in "街道来电":
            post(app, character)
        post(app, "enter")
        await until(lambda: app.screen is mode(app) and "街道来电" in text(app))
        assert "值班日志 #2" in text(app)


async def test_hostile_text_stays_text(full: Night) -> None:
    """Markup, marks of direction and a word without end: shown as typed, wrapped, nothing over the edge."""
    title = "[red]井盖[/red] \u202e倒写 " + "长" * 150
    case = full.blow(title, exposed="x" * 400, callback="13911112222").case.whistle
    full.act(case.id, Action.NOTE, note="[link=http://a]点[/link]\n\n第二行 13833334444")
    async with open_desk(full, (80, 24)) as (app, _pilot):
        await case_of(app, case.number[-5:])
        sheet = await form_stands(app)
        assert "[red]井盖[/red]" in text(app)
        assert all(cell_len(line) <= 80 for line in lines(app))
        shown = "".join(piece.text for cell in sheet.written(70) for piece in cell)
        assert "\u202e" not in shown
        assert ("139****2222" in shown, "138****4444" in shown) == (True, True)
        assert ("13911112222" in shown, "13833334444" in shown) == (False, False)
        assert "[link=http://a]点[/link] 第二行" in shown
