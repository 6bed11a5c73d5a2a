"""The duty desk as a person meets it: what is shown, what stays put, what a key does."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from app import main as app_main
from app.domain.moves import Action
from app.domain.policy import WhistleKind
from app.domain.whistle import Severity
from app.main import CommandCenter
from app.screens.confirm import Confirm
from app.screens.dialogs.duty import DutyDialog
from app.services.house import House
from app.services.policies import Policies
from app.services.seats import Seat
from app.settings import Settings, load_settings, remember_member, remembered_theme
from app.widgets.row_list import RowList
from app.widgets.themes import CONTRAST, DAY, NIGHT
from tests.ui.helping import board, case_of, colours, has_keys, lines, mode, open_desk, post, text, until
from tests.ui.night_house import LEADER, OFFICER, PLATFORM, Night

MANHOLE = "0702-05"


@pytest.mark.parametrize(
    ("size", "language"), [((120, 36), "zh"), ((80, 24), "zh"), ((160, 45), "zh"), ((120, 36), "en"), ((80, 24), "en")]
)
async def test_the_night_fits_every_screen(full: Night, size: tuple[int, int], language: str) -> None:
    """Header, board and hints stand on the screen at each size, and every line is exactly as wide as it."""
    full.speak(language)
    async with open_desk(full, size) as (app, _pilot):
        shown = text(app)
        assert ("演练" if language == "zh" else "DRILL") in lines(app)[0]
        assert "00:29" in lines(app)[0]
        assert MANHOLE in shown
        assert "井盖被倒灌的河水冲失" in shown
        assert " 3/6" in shown
        assert ("F2吹哨" if language == "zh" else "F2 Blow") in lines(app)[-1]
        assert {cell_len(line) for line in lines(app)} == {size[0]}


async def test_a_draft_alarms_nobody_and_a_silent_grid_has_no_data(night: Night) -> None:
    """A saved emergency is a draft in its grid's figures and no alarm; blown it is the grid's one emergency."""
    draft = night.blow(action=Action.DRAFT).case.whistle.id
    async with open_desk(night, (160, 45)) as (app, _pilot):
        await until(lambda: "草稿 1" in text(app))
        assert "告警" not in text(app)
        assert "应急 1" not in text(app)
        (line,) = [line for line in lines(app) if line.startswith((" ○ 双河一", " · 双河一", " ▲ 双河一"))]
        assert "草稿1" in line
        night.act(draft, Action.BLOW)
        app.reload()
        await until(lambda: any("! 双河一" in line and "应急哨1件" in line for line in lines(app)))
        assert "双河社区一网格 · 应急1" in text(app)


async def test_the_desk_wears_its_own_colours_and_changes_them(full: Night) -> None:
    """One accent from the first frame on; t changes every colour, also of rows painted by ourselves."""
    async with open_desk(full) as (app, pilot):
        assert {NIGHT.accent, NIGHT.foreground} <= colours(app)
        await pilot.press("t")
        await pilot.pause()
        assert {DAY.accent, DAY.foreground} <= colours(app)
        assert not {NIGHT.accent, NIGHT.foreground} & colours(app)
        await pilot.press("t")
        await until(lambda: remembered_theme(full.settings) == "contrast")
        assert "高对比" in text(app)
        assert {CONTRAST.accent, CONTRAST.foreground} <= colours(app)
        assert CommandCenter(full.settings).theme == "contrast"
        assert CommandCenter(replace(full.settings, theme="day")).theme == "day"


async def test_the_language_chosen_is_spoken_at_the_next_start(
    full: Night, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kept beside the look; the command line, the environment and the configuration go before it."""
    monkeypatch.setenv("WANGGE_HOME", str(tmp_path / "mine"))
    full.settings = replace(full.settings, state=tmp_path / "mine" / "state")
    full.house = replace(full.house, settings=full.settings)
    async with open_desk(full) as (_, pilot):
        await pilot.press("l")
        await until(lambda: load_settings().language == "en")
    assert load_settings(language="zh").language == "zh"
    config = tmp_path / "mine" / "config" / "config.toml"
    config.parent.mkdir()
    config.write_text('language = "zh"\n', encoding="utf-8")
    assert load_settings().language == "zh"


async def test_without_colours_and_in_ascii_the_cursor_and_every_state_still_show(
    full: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NO_COLOR: no colour leaves the program, the cursor's row is reversed; WANGGE_ASCII: no sign beside letters."""
    monkeypatch.setenv("NO_COLOR", "1")
    full.settings = replace(full.settings, ascii_glyphs=True)
    async with open_desk(full, (160, 45)) as (app, pilot):
        assert not colours(app)
        await case_of(app, MANHOLE)
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        reversed_ = [strip.text for strip in strips if any(part.style and part.style.reverse for part in strip)]
        assert any("0702-05" in line for line in reversed_)
        assert not set("●▲·…─│╭▇█○✓→▸") & set(text(app))
        await pilot.press("f2")
        await until(lambda: app.screen is not mode(app) and has_keys(app))
        assert not set("●▲·…─│╭▇█○✓→▸") & set(text(app))
        await pilot.press("escape")
        await until(lambda: app.screen is mode(app))
        await pilot.press("f5")
        await until(lambda: any("[ ]" in part.text and part.style and part.style.reverse
                                for strip in app.screen._compositor.render_strips() if "[ ] 4" in strip.text
                                for part in strip))  # fmt: skip


async def test_the_case_under_the_cursor_is_shown_in_full(full: Night) -> None:
    """Departments with times and lateness, and the timeline, follow the cursor."""
    async with open_desk(full) as (app, _pilot):
        await case_of(app, MANHOLE)
        for words in ("部门报到 3/6", "公共事业中心", "00:14 迟", "时间线 12", "已到双河大桥"):
            await until(lambda words=words: words in text(app))


async def test_what_another_desk_writes_appears_without_a_key(full: Night) -> None:
    """A whistle blown over a second connection: on the board soon, cursor, scroll and focus where they were."""
    other = full.another()
    async with open_desk(full) as (app, pilot):
        await case_of(app, MANHOLE)
        cursor, scroll, focus = board(app).cursor, board(app).scroll_y, app.focused
        other.blow("加油站旁边电杆冒火花", "JF-PPA-G02")
        await until(lambda: "电杆冒火花" in text(app), 1.5)
        await pilot.pause()
        assert (board(app).cursor, board(app).scroll_y, app.focused) == (cursor, scroll, focus)
        assert mode(app).case_name() == MANHOLE
    other.house.close()


async def test_a_key_after_a_refresh_acts_on_the_case_that_was_shown(full: Night) -> None:
    """A more dangerous case moves in above between two keys: F4 opens the dialog of the case under the cursor."""
    async with open_desk(full) as (app, pilot):
        file = await case_of(app, MANHOLE)
        full.blow("桥面护栏被撞断，有人受伤", "JF-SH-G01")
        app.reload()
        await pilot.press("f4")
        await until(lambda: app.screen is not mode(app))
        assert app.screen.file.case.whistle.id == file.case.whistle.id


async def test_a_case_that_left_the_board_is_not_replaced_by_its_neighbour(full: Night) -> None:
    """Rejected by another desk while the cursor is on it: the detail stays with it, F4 says it is over."""
    other = full.another()
    async with open_desk(full) as (app, pilot):
        file = await case_of(app, "0702-01")
        other.act(file.case.whistle.id, Action.REJECT, LEADER, reason="不属本街道")
        await until(lambda: file.case.whistle.id not in board(app).keys, 3)
        assert board(app).cursor == file.case.whistle.id
        await pilot.press("f4")
        await until(lambda: "无须再办" in text(app), 2)
        await pilot.press("up")
        await until(lambda: mode(app).case_name() not in ("", "0702-01"), 2)
    other.house.close()


@pytest.mark.slow
async def test_the_search_narrows_by_text_and_initials_and_survives_a_refresh(full: Night) -> None:
    """F3, 井盖: one row; after a refresh still; Esc shows all; initials find the same."""
    async with open_desk(full) as (app, pilot):
        rows = len(board(app).keys)
        await pilot.press("f3", *"井盖", "enter")
        await until(lambda: len(board(app).keys) == 1)
        full.blow("另一件事", "JF-SH-G03")
        app.reload()
        await until(lambda: app.seat.view is not None and len(app.seat.view.board.rows) == rows + 1)
        assert len(board(app).keys) == 1
        await pilot.press("escape")
        await until(lambda: len(board(app).keys) == rows + 1)
        await pilot.press("f3", *"jgbdg")
        await until(lambda: len(board(app).keys) == 1)


async def test_with_an_input_method_on_the_desk_still_answers(full: Night) -> None:
    """A Chinese character opens the search with it typed and says so once; ？ opens help; ２ changes the mode."""
    async with open_desk(full) as (app, pilot):
        await pilot.press("坡")
        await until(lambda: len(board(app).keys) == 1)
        assert "输入法开着" in text(app)
        await pilot.press("escape", "？")
        await until(lambda: app.screen is not mode(app))
        assert "帮助" in text(app)
        await pilot.press("escape", "２")
        await until(lambda: app.current_mode == "whistles" and has_keys(app))


async def test_help_greys_what_cannot_be_done_with_the_reason_and_enter_does_the_rest(night: Night) -> None:
    """On an empty board F4 needs a case; Enter on the command 哨单 goes there."""
    async with open_desk(night) as (app, pilot):
        await pilot.press("f1")
        await until(lambda: "现在能做什么" in text(app))
        assert "请先把光标放到一件哨上" in text(app)
        await pilot.press(*"whistles", "enter")
        await until(lambda: app.current_mode == "whistles" and has_keys(app))


async def test_hints_are_at_most_six_and_only_what_works(full: Night, tmp_path: Path) -> None:
    """With a case under the cursor F4 names its step; nobody on duty: nothing that writes is offered."""
    async with open_desk(full) as (app, pilot):
        await case_of(app, MANHOLE)
        await pilot.pause()
        assert "F4记报到" in lines(app)[-1]
        assert lines(app)[-1].count("F") <= 6
        app.seat.actor = None
        mode(app).speak()
        await pilot.pause()
        assert "F2吹哨" not in lines(app)[-1]
        assert "F1帮助" in lines(app)[-1]


async def test_the_language_changes_at_once(full: Night) -> None:
    """l: every pane in English, and back, with the cursor where it was."""
    async with open_desk(full) as (app, pilot):
        file = await case_of(app, MANHOLE)
        await pilot.press("l")
        await until(lambda: "Open whistles" in text(app))
        assert "Departments on site 3/6" in text(app)
        assert "未结哨" not in text(app)
        assert board(app).cursor == file.case.whistle.id
        await pilot.press("l")
        await until(lambda: "未结哨" in text(app))


async def test_undo_says_what_it_takes_back_and_asks(full: Night) -> None:
    """ctrl+z names entry and case in the header line; Esc leaves it, Enter takes it back by a new event."""
    async with open_desk(full) as (app, pilot):
        file = await case_of(app, MANHOLE)
        await pilot.press("ctrl+z")
        await until(lambda: isinstance(app.screen, Confirm))
        assert f"撤销 {MANHOLE} 00:28 的“执法 已报到”" in lines(app)[0]
        await pilot.press("escape")
        await pilot.press("ctrl+z")
        await until(lambda: isinstance(app.screen, Confirm))
        await pilot.press("enter")
        await until(lambda: "报到 2/6" in text(app))
        assert len(full.house.whistles.file(file.case.whistle.id).events) == len(file.events) + 1


async def test_the_search_of_a_mode_just_entered_has_the_keys(full: Night) -> None:
    """1 and F3 in one breath, again and again: the line that shows is the one that is typed into."""
    async with open_desk(full) as (app, pilot):
        for _ in range(5):
            await pilot.press("2")
            for key in ("1", "f3"):
                post(app, key)
            await until(lambda: bool(mode(app).query("#search")) and mode(app).query_one("#search").display)
            await pilot.pause()
            assert app.focused is not None
            assert app.focused.id == "search"
            await pilot.press("escape")


async def test_keys_pressed_before_the_rows_are_there_leave_a_whole_desk(full: Night) -> None:
    """Tab, another mode and the language while the database opens: every mode has all its panes in the end."""
    remember_member(full.settings, OFFICER)
    gate = asyncio.Event()
    app = CommandCenter(full.settings, full.house, clockwork=False)
    start = app._start

    async def late() -> None:
        await gate.wait()
        await start()

    app._start = late  # type: ignore[method-assign]
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("tab", "2", "tab", "1", "l", "l", "2")
        gate.set()
        await until(lambda: app._started)
        await until(lambda: "井盖" in text(app) and "时间线" in text(app))
        await pilot.press("1")
        await until(lambda: "网格 22" in text(app) and "没有派部门" in text(app))
        app.release()


async def test_what_still_comes_in_while_the_desk_ends_breaks_nothing(full: Night) -> None:
    """A key before ctrl+q was typed but is heard after it: the panes are filled once more, nothing crashes."""
    async with open_desk(full) as (app, _):
        await case_of(app, MANHOLE)
        await until(lambda: bool(mode(app).query("#upcoming")))
        app.leave(0)
        mode(app).refill()
        await mode(app).furnish()
        await mode(app).open_search("井盖")
        app.went_wrong(KeyError("late"), "start")
    assert app.return_code == 0
    assert app.last_word == ""


async def test_a_refusal_is_one_sentence_in_the_status_line(full: Night) -> None:
    """Somebody else writes while the question stands: undo is refused with who, nothing crashes."""
    other = full.another("JF-ZB2")
    async with open_desk(full) as (app, pilot):
        file = await case_of(app, MANHOLE)
        await pilot.press("ctrl+z")
        await until(lambda: isinstance(app.screen, Confirm))
        other.act(file.case.whistle.id, Action.NOTE, member="JF-ZB2", note="县里来电询问")
        await pilot.press("enter")
        await until(lambda: "值班员乙" in lines(app)[-2], 3)
    other.house.close()


async def test_an_unforeseen_error_is_told_and_logged_without_what_people_typed(full: Night) -> None:
    """A worker that dies of a bug: a calm sentence on the screen, types and places in a private file."""

    async def bug() -> None:
        secret = "张三 13800000000"
        raise KeyError(secret)

    async with open_desk(full) as (app, _pilot):
        app.run_worker(bug(), group="errand", exit_on_error=False)
        await until(lambda: "没有办成" in text(app))
    log = full.settings.state / "trouble.log"
    assert "KeyError" in log.read_text()
    assert "13800000000" not in log.read_text()
    assert log.stat().st_mode & 0o777 == 0o600


async def test_a_small_screen_stacks_list_detail_and_grids(full: Night) -> None:
    """80×24: Enter shows the case, Esc the list, Tab the grids and back."""
    async with open_desk(full, (80, 24)) as (app, pilot):
        await case_of(app, MANHOLE)
        await pilot.press("enter")
        await until(lambda: "部门报到 3/6" in text(app))
        assert "未结哨" not in text(app)
        await pilot.press("escape", "tab")
        await until(lambda: "湾溪社区" in text(app))
        await pilot.press("tab")
        await until(lambda: MANHOLE in text(app) and "湾溪社区" not in text(app))


async def test_grids_say_why_and_who_is_on_duty(full: Night) -> None:
    """The grid under the cursor shows its reasons and its people; Enter shows its whistles."""
    async with open_desk(full) as (app, pilot):
        assert "应急哨1件" in text(app)
        await pilot.press("shift+tab")
        await until(lambda: getattr(app.focused, "id", "") == "grids")
        assert "值守 网格员甲、网格员乙" in text(app)
        await pilot.press("enter")
        await until(lambda: len(board(app).keys) == 1)
        assert board(app).chosen is not None
        assert board(app).chosen.whistle.grid == "JF-SH-G01"


async def test_the_clocks_run_on_one_timer(full: Night) -> None:
    """Ten minutes later the report-in limit is broken and says so in red words; the header's time went on."""
    async with open_desk(full) as (app, pilot):
        await case_of(app, MANHOLE)
        assert "+00:08" in text(app) or "+00:09" in text(app)
        full.wall.add(minutes=10)
        mode(app).tick()
        await pilot.pause()
        assert "-00:01" in text(app)
        assert "00:39" in lines(app)[0]
        assert "超时" in text(app)


async def test_nobody_remembered_asks_who_is_on_duty(full: Night) -> None:
    """The first start: the dialog comes by itself; choosing shows the member in the header."""
    async with open_desk(full, member="") as (app, pilot):
        await until(lambda: app.screen is not mode(app))
        await pilot.press("enter")
        await until(lambda: app.seat.actor is not None)
        assert app.seat.actor is not None
        assert app.seat.actor.member == OFFICER


async def test_what_is_typed_before_it_is_asked_who_sits_here_answers_that_question(
    full: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a slow disk: Down and Enter of somebody in a hurry choose the second one; F10 still leaves."""
    taken, disk = app_main._take_seat, threading.Event()

    def slowly(settings: Settings, house: House) -> Seat:
        disk.wait(60.0)
        return taken(settings, house)

    looked_up = DutyDialog.look_up

    async def late(dialog: DutyDialog) -> None:
        await asyncio.sleep(0.5)
        await looked_up(dialog)

    monkeypatch.setattr(app_main, "_take_seat", slowly)
    monkeypatch.setattr(DutyDialog, "look_up", late)
    app = CommandCenter(full.settings, full.house, clockwork=False)
    async with app.run_test(size=(120, 36)):
        for key in ("down", "enter", "2"):
            post(app, key)
        await asyncio.sleep(0.5)
        disk.set()
        await until(lambda: app.current_mode == "whistles" and has_keys(app))
        assert app.seat.actor is not None
        assert app.seat.actor.member != OFFICER
        assert app.screen is mode(app)
        app.release()
    disk.clear()
    app = CommandCenter(full.another().settings, full.house, clockwork=False)
    async with app.run_test(size=(120, 36)):
        for key in ("enter", "f10"):
            post(app, key)
        await until(lambda: app._exit)
        disk.set()
        app.release()


async def test_whistles_show_every_state_and_those_of_the_last_days(full: Night) -> None:
    """Mode 2: rejected ones too; → goes through the groups of states."""
    full.wall.add(minutes=1)
    ended = full.blow("误报", "JF-SH-G03", kind=WhistleKind.ROUTINE, severity=Severity.NORMAL, why="x")
    full.act(ended.case.whistle.id, Action.REJECT, LEADER, reason="误报")
    async with open_desk(full) as (app, pilot):
        await pilot.press("2")
        await until(lambda: app.current_mode == "whistles" and len(board(app).keys) == 7)
        await pilot.press("left")
        await until(lambda: board(app).keys == (ended.case.whistle.id,))
        assert "不予立案" in text(app)


async def test_hostile_words_are_shown_as_they_are(full: Night) -> None:
    """Markup and escapes in a title, a note and a person's name neither crash nor run."""
    full.blow("[/] [@click=app.quit]点我[/] \x1b]0;x\x07", "JF-SH-G01", place_text="[b]桥[/b]")
    async with open_desk(full) as (app, pilot):
        await pilot.press("home")
        rows = [row for row in mode(app).rows() if row.title.startswith("[/]")]
        board(app).move_to(rows[0].whistle.id)
        await until(lambda: "[b]桥[/b]" in text(app))
        assert "[@click=app.quit]点我" in text(app)
        assert "\x1b" not in text(app)


async def test_a_read_only_database_says_so_and_offers_no_writing(full: Night) -> None:
    """只读 in the header, no F2 among the hints, and the key says why."""
    full.close_for_reading_only()
    async with open_desk(full) as (app, pilot):
        assert "只读" in lines(app)[0]
        assert "F2吹哨" not in lines(app)[-1]
        await pilot.press("f2")
        await until(lambda: "只读：" in text(app))


async def test_what_is_typed_while_a_dialog_opens_is_for_the_dialog(full: Night) -> None:
    """F2 and a whole line without a pause: every letter stands in the field, none acted as a command."""
    async with open_desk(full) as (app, _pilot):
        for key in ("f2", *"sh1 应急 2l 井盖？"):
            post(app, key)
        await until(lambda: "sh1 应急 2l 井盖？" in text(app))
        assert app.current_mode == "desk"
        assert app.seat.words.language == "zh"


async def test_what_is_typed_after_enter_in_the_menu_is_for_the_form_that_opens(full: Night) -> None:
    """F6, the move, and the words of its form without a pause: none is taken by the menu that closes."""
    async with open_desk(full) as (app, _pilot):
        await case_of(app, MANHOLE)
        board(app).focus()
        moves = [move.action for move in mode(app).situation().file.possible]  # type: ignore[union-attr]
        assert Action.NOTE in moves
        post(app, "f6")
        await until(lambda: type(app.screen).__name__ == "MovesMenu" and has_keys(app))
        rows = app.screen.query_one(RowList)
        rows.move_to(Action.NOTE)
        for key in ("enter", *"水位2m，已封路"):
            post(app, key)
        await until(lambda: "水位2m，已封路" in text(app))


async def test_e_corrects_the_entry_under_the_cursor(full: Night) -> None:
    """On the timeline e opens the correction of that entry, with its recorded time beside the field."""
    async with open_desk(full) as (app, pilot):
        await case_of(app, MANHOLE)
        await until(lambda: "时间线 12" in text(app))
        await pilot.press("tab", "tab", "end", "e")
        await until(lambda: "更正" in text(app) and app.screen is not mode(app))
        await until(lambda: "00:28" in text(app).split("╭", 1)[1].split("╰", 1)[0])


async def test_the_desk_learns_a_published_plan_once_a_day(full: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the start, off the way to the first rows: asked once, however often the desk reads again."""
    asked: list[bool] = []
    monkeypatch.setattr(Policies, "plan_is_missing", lambda *_: 2021)
    monkeypatch.setattr(Policies, "renew_calendar", lambda _: bool(asked.append(True)))
    async with open_desk(full) as (app, _):
        await until(lambda: bool(asked), 5)
        app.reload()
        await until(lambda: "2021" in text(app), 5)
        assert len(asked) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_requests_stand_in_the_case_at_80_by_24(full: Night, language: str) -> None:
    """A return asked for and refused: the reason and the decision on one screen; a case without requests has none."""
    full.speak(language)
    case = full.blow("线缆垂落", "JF-SH-G02", why="产权不清").case.whistle.id
    full.act(case, Action.LEVEL_UP)
    full.act(case, Action.DISPATCH, PLATFORM, lead="utilities_center")
    full.act(case, Action.REQUEST_RETURN, "utilities_center", department="utilities_center", reason="是弱电线缆")
    full.act(case, Action.DECIDE_RETURN, PLATFORM, department="utilities_center", granted=False, reason="先消除隐患")
    title = "申请 1" if language == "zh" else "Requests 1"
    async with open_desk(full, (80, 24)) as (app, pilot):
        await case_of(app, "0703-01")
        await pilot.press("enter")
        await until(lambda: title in text(app) and any("是弱电线缆" in line and "→" in line for line in lines(app)))
        (line,) = [line for line in lines(app) if "是弱电线缆" in line and "→" in line]
        assert ("不同意" if language == "zh" else "refused") in line
        assert {cell_len(line) for line in lines(app)} == {80}
        await pilot.press("escape")
        await case_of(app, MANHOLE)
        await pilot.press("enter")
        await until(lambda: "双河大桥" in text(app) and title not in text(app))


async def test_a_hint_that_finds_no_room_is_left_out_whole(full: Night) -> None:
    """In English at 60 columns no hint is cut; wider again they come back."""
    full.speak("en")
    async with open_desk(full, (60, 24)) as (app, pilot):
        await case_of(app, MANHOLE)
        await until(lambda: "F4" in lines(app)[-1])
        assert "…" not in lines(app)[-1]
        assert "F6" not in lines(app)[-1]
        await pilot.resize_terminal(100, 24)
        await until(lambda: "F6 All moves" in lines(app)[-1])


async def test_a_second_desk_of_one_machine_asks_who_sits_there(full: Night) -> None:
    """Whoever is remembered sits at the first desk, and its header points at them."""
    remember_member(full.settings, OFFICER)
    async with open_desk(full) as (first, _):
        assert not isinstance(first.screen, DutyDialog)
        assert "▸值班员甲" in lines(first)[0]
        async with open_desk(full.another()) as (second, _pilot):
            await until(lambda: isinstance(second.screen, DutyDialog))
