"""The flood by keyboard alone: recorded, re-timed, lowered, undone, imported; households called by one key each."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from app.domain.actor import Channel
from app.domain.flood import HouseholdState
from app.domain.planned_round import PlannedState
from app.domain.posture import Colour, Posture, ResponseLevel
from app.main import CommandCenter
from app.screens.confirm import Confirm
from app.screens.dialogs.duty import DutyDialog
from app.screens.dialogs.flood_over import FloodOver
from app.screens.dialogs.household import HouseholdDialog, TakeOver
from app.screens.dialogs.household_call import HouseholdCall
from app.screens.dialogs.import_warnings import ImportWarnings
from app.screens.dialogs.level import LevelDialog
from app.screens.dialogs.lower import LowerDialog
from app.screens.dialogs.signal import SignalDialog
from app.screens.flood_sheet import FloodSheet
from app.screens.text_sheet import TextSheet
from tests.night import local
from tests.ui import floods
from tests.ui.helping import has_keys, lines, mode, open_desk, post, text, until
from tests.ui.night_house import LEADER, SECRETARY, Night
from tests.ui.test_reach import arrives

SIZES = [(80, 24), (120, 36), (160, 45)]
CAP = """<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>YS-71</identifier><sender>yongshun</sender>
<sent>2020-07-02T23:20:00+08:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
<info><language>zh-CN</language><category>Met</category><event>暴雨橙色预警信号</event><urgency>Immediate</urgency>
<severity>Severe</severity><certainty>Observed</certainty><expires>2020-07-03T05:00:00+08:00</expires>
<senderName>永顺县气象台</senderName><headline>暴雨橙色预警</headline></info></alert>"""


async def stands(app: CommandCenter, kind: type) -> None:
    """A dialog with the keys."""
    await until(lambda: isinstance(app.screen, kind) and has_keys(app))


async def in_sheet(app: CommandCenter) -> FloodSheet:
    """Open it by its digit."""
    post(app, "9")
    await stands(app, FloodSheet)
    found = app.screen
    assert isinstance(found, FloodSheet)
    return found


def head(app: CommandCenter) -> str:
    """The header line; empty while nothing is drawn."""
    shown = lines(app)
    return shown[0] if shown else ""


def send(app: CommandCenter, *keys: str) -> None:
    """Keys as an input method lets them through: no letter among them."""
    for key in keys:
        if len(key) > 1 and not (key[0].isascii() and key[0].isalpha()):  # a text, not the name of a key
            for character in key:
                post(app, character)
        else:
            assert arrives(key) or not key.isalpha() or not key.isascii(), key
            post(app, key)


def planned(night: Night) -> list[tuple[object, object]]:
    """Windows of the rounds that are due, soonest first."""
    now = night.wall.at
    due = night.house.round_plans.due(now - timedelta(hours=6), now + timedelta(hours=24))
    return [(one.planned.opens, one.planned.posture) for one in due if one.planned.state is PlannedState.PLANNED]


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
async def test_signal_and_level_are_recorded_in_one_breath_and_retime_the_rounds(
    night: Night, size: tuple[int, int]
) -> None:
    """With an input method on: 9, F2, one line, Enter, F4, digit, issuer, number, Enter; not a key is lost."""
    floods.plans(night.house)
    before = planned(night)
    async with open_desk(night, size) as (app, pilot):
        send(app, "9", "f2", "暴雨黄色 州气象台 22:35 至 明早5点", "enter")
        await until(lambda: night.house.flood.show().posture is Posture.YELLOW)
        await stands(app, FloodSheet)
        await until(lambda: "暴雨黄色" in text(app) and "生效中" in text(app))
        send(app, "f4", "1", "down", "县防指", "down", "〔2020〕17号", "down", "19:10", "enter")
        await until(lambda: bool(night.house.flood.show().responses))
        await stands(app, FloodSheet)
        view = night.house.flood.show()
        assert [(one.colour, one.issuer.zh) for one in view.signals] == [(Colour.YELLOW, "州气象台")]
        assert [(one.level, one.issuer, one.number) for one in view.responses] == [
            (ResponseLevel.IV, "县防指", "〔2020〕17号")
        ]
        assert view.responses[0].begins_at == local("07-02 19:10")
        after = planned(night)
        assert after != before
        assert {posture for _, posture in after} == {Posture.YELLOW}
        await until(lambda: "后续巡查" in text(app) and text(app).count("万溶江巡河") >= 2)
        await pilot.pause()
        send(app, "escape")
        await until(lambda: app.screen is mode(app) and "防汛Ⅳ级" in lines(app)[1])


async def test_a_signal_without_a_colour_or_with_a_wrong_time_is_said_beside_its_field(night: Night) -> None:
    """Nothing is written, what is typed stays, and comes back as a draft."""
    async with open_desk(night) as (app, pilot):
        await in_sheet(app)
        send(app, "f2", "暴雨 县气象台", "enter")
        await until(lambda: "什么颜色" in text(app))
        dialog = app.screen
        assert isinstance(dialog, SignalDialog)
        send(app, "2")
        await until(lambda: dialog.text("colour") == "yellow" and not dialog._deaf)
        dialog.focus_field("until")
        send(app, "明年", "enter")
        await until(lambda: "看不懂这个时间" in text(app))
        assert not night.house.flood.show().signals
        await until(lambda: not dialog.busy)
        send(app, "escape")
        await stands(app, FloodSheet)
        send(app, "f2")
        await until(
            lambda: isinstance(app.screen, SignalDialog) and "暴雨 县气象台" in text(app) and "明年" in text(app)
        )
        await pilot.pause()


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_lowering_asks_in_the_header_and_undo_restores(night: Night, language: str) -> None:
    """On the word of the duty leader by phone; the question names what is lowered and what it means for rounds."""
    night.speak(language)
    floods.lowerable(night.house)
    asks = {"zh": ("戒备由橙色降为", "决定？"), "en": ("Lower orange → ", "decided?")}[language]
    async with open_desk(night) as (app, _pilot):
        await in_sheet(app)
        send(app, "f6")
        await stands(app, LowerDialog)
        dialog = app.screen
        assert isinstance(dialog, LowerDialog)
        await until(lambda: dialog._ready.is_set())
        send(app, "enter")
        await until(lambda: isinstance(app.screen, Confirm))
        await until(lambda: all(part in head(app) for part in asks))
        assert night.house.flood.show().posture is Posture.ORANGE
        send(app, "enter")
        await until(lambda: night.house.flood.show().posture is Posture.SEASON)
        await stands(app, FloodSheet)
        event = night.house.flood.what_undo_takes_back()
        assert event is not None
        assert (event.on_behalf_of, event.channel) == (LEADER, Channel.PHONE)
        send(app, "f7")
        await until(lambda: isinstance(app.screen, Confirm))
        await until(lambda: ("下调" if language == "zh" else "lowering") in head(app))
        send(app, "enter")
        await until(lambda: night.house.flood.show().posture is Posture.ORANGE)
        await until(lambda: ("可降为" if language == "zh" else "may be lowered") in text(app))


async def test_esc_at_the_question_lowers_nothing_and_what_is_held_up_is_named(night: Night) -> None:
    """F6 with a signal in force says which, before anything is asked; F7 with nothing to take back says so."""
    async with open_desk(night) as (app, _pilot):
        sheet = await in_sheet(app)
        send(app, "f7")
        await until(lambda: "没有可撤回的戒备变动" in text(app))
        floods.signal(night.house)
        send(app, "f6")
        await until(lambda: "没有可降的" in text(app) and "永顺县气象台" in text(app))
        assert app.screen is sheet
        night.house.flood.warnings.cancel(night.actor(), uuid4(), night.house.flood.show().signals[0].id)
        send(app, "f6")
        await stands(app, LowerDialog)
        dialog = app.screen
        await until(lambda: dialog._ready.is_set())  # type: ignore[attr-defined]
        send(app, "enter")
        await until(lambda: isinstance(app.screen, Confirm))
        send(app, "escape")
        await until(lambda: app.screen is dialog)
        assert night.house.flood.show().posture is Posture.ORANGE


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_head_says_who_is_on_post_and_what_rounds_keep_to(night: Night, size: tuple[int, int]) -> None:
    """A line each on a small screen; the list keeps its room."""
    floods.plans(night.house)
    floods.signal(night.house)
    async with open_desk(night, size) as (app, _pilot):
        sheet = await in_sheet(app)
        await until(lambda: "到岗：值班员 " in text(app) and "驾驶员待命" in text(app))
        assert sheet._list.size.height >= size[1] // 3


async def test_undo_takes_a_signal_back_whole(night: Night) -> None:
    """The signal goes with the posture it raised."""
    floods.signal(night.house)
    async with open_desk(night) as (app, _pilot):
        await in_sheet(app)
        send(app, "f7")
        await until(lambda: isinstance(app.screen, Confirm) and "永顺县气象台暴雨橙色预警" in head(app))
        send(app, "enter")
        await until(lambda: night.house.flood.show().posture is Posture.SEASON)
        assert not night.house.flood.show().signals
        await until(lambda: "目前没有防汛戒备" in text(app))


async def test_signal_and_level_under_the_cursor_end(night: Night) -> None:
    """0 asks why; the posture stays; 6 shows what is over too."""
    signal, level = floods.signal(night.house), floods.level(night.house)
    async with open_desk(night) as (app, _pilot):
        sheet = await in_sheet(app)
        await until(lambda: sheet._list.cursor == signal.id)
        send(app, "0")
        await stands(app, FloodOver)
        send(app, "县台解除", "enter")
        await until(lambda: night.house.flood.warnings.find(signal.identifier).ended_at is not None)
        assert night.house.flood.warnings.find(signal.identifier).reason == "县台解除"
        await stands(app, FloodSheet)
        await until(lambda: signal.id not in sheet._list.keys)
        send(app, "down", "up")
        sheet._list.move_to(level.id)
        send(app, "enter")
        await stands(app, FloodOver)
        send(app, "enter")
        await until(lambda: not night.house.flood.show().responses)
        assert night.house.flood.show().posture is Posture.ORANGE
        await stands(app, FloodSheet)
        send(app, "6")
        await until(lambda: {signal.id, level.id} <= set(sheet._list.keys))
        send(app, "6")
        await until(lambda: signal.id not in sheet._list.keys)


@pytest.mark.parametrize("size", SIZES)
async def test_households_are_called_by_one_key_each(night: Night, size: tuple[int, int]) -> None:
    """Answered, no answer, left where to, back home: each attempt logged, and the counters with it."""
    floods.household(night.house)
    floods.household(night.house, "临河巷19号 一家四口", people=4)
    async with open_desk(night, size) as (app, _pilot):
        sheet = await in_sheet(app)
        first, second = night.house.evacuation.households()
        sheet._list.move_to(first.id)
        send(app, "2")
        await until(lambda: night.house.evacuation.find("1").state is HouseholdState.NO_ANSWER)
        await until(lambda: "未应答 1" in text(app))
        await until(lambda: sheet._list.chosen.calls == 1)  # type: ignore[union-attr]
        send(app, "１")
        await until(lambda: night.house.evacuation.find("1").state is HouseholdState.ANSWERED)
        await until(lambda: "应答 1" in text(app))
        await until(lambda: sheet._list.chosen.calls == 2)  # type: ignore[union-attr]
        assert sheet._list.cursor == first.id
        send(app, "3", "双河文化站", "enter")
        await until(lambda: night.house.evacuation.find("1").state is HouseholdState.LEFT)
        await stands(app, FloodSheet)
        assert night.house.evacuation.find("1").to == "双河文化站"
        await until(lambda: "已转移 1" in text(app) and (size[0] == 80 or "双河文化站" in text(app)))
        send(app, "4")
        await until(lambda: night.house.evacuation.find("1").state is HouseholdState.RETURNED)
        await until(lambda: first.id not in sheet._list.keys and second.id in sheet._list.keys)
        with night.house.store.read() as reads:
            entries = reads.flood.events_on(f"household/{first.id.hex}")
        assert [event.actor for event in entries] == [night.actor().member] * 5


async def test_every_entry_of_a_household_is_read_with_one_key(night: Night) -> None:
    """Each call with what was said, over the sheet; back again the cursor stands where it stood."""
    one = floods.household(night.house)
    night.house.evacuation.call(night.actor(), uuid4(), one.id, answered=False, said="打13911112222没人接")
    async with open_desk(night) as (app, _pilot):
        sheet = await in_sheet(app)
        sheet._list.move_to(one.id)
        send(app, "8")
        await stands(app, TextSheet)
        await until(lambda: "第 1 次" in text(app) and "139****2222" in text(app))
        send(app, "escape")
        await stands(app, FloodSheet)
        assert sheet._list.cursor == one.id


async def test_who_was_faster_is_named_and_the_next_key_counts(night: Night) -> None:
    """Another desk calls the same household meanwhile: nothing of ours is written until it was seen."""
    one = floods.household(night.house)
    async with open_desk(night) as (app, _pilot):
        sheet = await in_sheet(app)
        sheet._list.move_to(one.id)
        other = night.another(LEADER)
        other.house.evacuation.call(other.actor(LEADER), uuid4(), one.id, answered=True)
        other.house.close()
        assert sheet._list.chosen.version == 1  # type: ignore[union-attr]
        send(app, "2")
        await until(lambda: "刚由" in text(app) and "已应答" in text(app))
        assert night.house.evacuation.find("1").calls == 1
        await until(lambda: sheet._list.chosen.version == 2)  # type: ignore[union-attr]
        send(app, "2")
        await until(lambda: night.house.evacuation.find("1").calls == 2)


async def test_what_others_write_appears_and_the_cursor_stays(night: Night) -> None:
    """A signal of another desk comes on top; the household under the cursor keeps it."""
    for text_ in ("西街2号", "西街4号", "西街6号"):
        floods.household(night.house, text_)
    async with open_desk(night) as (app, _pilot):
        sheet = await in_sheet(app)
        middle = night.house.evacuation.households()[1]
        sheet._list.move_to(middle.id)
        other = night.another()
        floods.signal(other.house)
        other.house.close()
        app.reload()
        await until(lambda: "暴雨橙色" in text(app))
        assert sheet._list.cursor == middle.id


async def test_a_household_is_listed_with_its_grid_found_by_initials_and_called_by_somebody(night: Night) -> None:
    """F8, words, grid, people; Enter on it opens the form with who called and what was said."""
    async with open_desk(night) as (app, pilot):
        sheet = await in_sheet(app)
        await pilot.press("f8")
        await stands(app, HouseholdDialog)
        for key in ("东", "街", "8", "号", "down", *"shs", "enter", "down", "3", "enter"):
            post(app, key)
        await until(lambda: len(night.house.evacuation.households()) == 1)
        await stands(app, FloodSheet)
        one = night.house.evacuation.find("1")
        assert (one.grid, one.people, one.text) == ("JF-SH-G03", 3, "东街8号")
        await until(lambda: sheet._list.cursor == one.id)
        send(app, "enter")
        await stands(app, HouseholdCall)
        dialog = app.screen
        assert isinstance(dialog, HouseholdCall)
        send(app, "2")
        await until(lambda: dialog.text("came") == "no_answer")
        dialog.focus_field("by")
        for key in "SH-G01-A":
            post(app, key)
        await until(lambda: dialog.rows["by"].content_field.typed.startswith("SH-G01-A"))
        dialog.focus_field("said")
        send(app, "敲门无人", "enter")
        await until(lambda: night.house.evacuation.find("1").calls == 1)
        await stands(app, FloodSheet)
        assert night.house.evacuation.find("1").called_by == "SH-G01-A"


async def test_households_of_a_round_are_taken_over(night: Night) -> None:
    """5 lists the rounds that name some; Enter takes the first."""
    floods.naming_round(night.house, "河西路3号 孕妇", "河西路5号地下室")
    async with open_desk(night) as (app, _pilot):
        await in_sheet(app)
        send(app, "5")
        await until(lambda: isinstance(app.screen, TakeOver) and "河西路3号" in text(app))
        send(app, "enter")
        await until(lambda: len(night.house.evacuation.households()) == 2)
        await stands(app, FloodSheet)
        await until(lambda: "需转移住户 2" in text(app))


async def test_a_folder_is_imported_and_each_file_is_answered_for(night: Night, tmp_path: Path) -> None:
    """The good one raises the posture, the bad one is named with its reason; a path that is wrong is said beside it."""
    folder = tmp_path / "收到"
    folder.mkdir()
    (folder / "1.xml").write_text(CAP, encoding="utf-8")
    (folder / "2.xml").write_text("<alert><broken", encoding="utf-8")
    async with open_desk(night) as (app, pilot):
        await in_sheet(app)
        send(app, "f5")
        await stands(app, ImportWarnings)
        app.screen.query_one("#field-path", Input).value = str(folder / "3.xml")
        send(app, "enter")
        await until(lambda: "3.xml：" in text(app))
        await until(lambda: not app.screen._deaf)  # type: ignore[attr-defined]
        app.screen.query_one("#field-path", Input).value = str(folder)
        await pilot.pause()
        send(app, "enter")
        await stands_text(app)
        await until(lambda: all(said in text(app) for said in ("永顺县气象台", "2.xml", "✗")))
        send(app, "enter")
        await stands(app, FloodSheet)
        await until(lambda: "录入 1 条，跳过 1 项" in text(app))
        assert night.house.flood.show().posture is Posture.ORANGE
        send(app, "enter")
        await stands_text(app)
        await until(lambda: "YS-71" in text(app))


async def stands_text(app: CommandCenter) -> None:
    """A text to read."""
    await until(lambda: isinstance(app.screen, TextSheet))
    await until(lambda: any("│" in line and "·" in line for line in lines(app)))


async def test_who_may_not_is_told_who_may(night: Night) -> None:
    """A community secretary reads everything; what is recorded is refused in a sentence and stays typed."""
    async with open_desk(night, member=SECRETARY) as (app, _pilot):
        await stands(app, DutyDialog)
        send(app, "escape")
        await until(lambda: app.screen is mode(app))
        await in_sheet(app)
        send(app, "f2", "暴雨蓝色 县气象台", "enter")
        await stands(app, SignalDialog)
        await until(lambda: app.screen.complaint is not None)  # type: ignore[attr-defined]
        assert not night.house.flood.show().signals


async def test_read_only_the_sheet_opens_and_says_why_nothing_is_written(night: Night) -> None:
    """Every doing answers with the reason; reading goes on."""
    floods.signal(night.house)
    night.close_for_reading_only()
    async with open_desk(night) as (app, _pilot):
        sheet = await in_sheet(app)
        for key in ("f2", "f4", "f5", "f6", "f7", "f8"):
            sheet._said = None
            send(app, key)
            await until(lambda: sheet._said is not None)
            assert "只读" in text(app)
            assert app.screen is sheet


async def test_digits_without_a_household_and_chinese_text_do_nothing_but_say_so(night: Night) -> None:
    """No text is taken in the list; a digit says what it is for; 9 closes it again."""
    floods.signal(night.house)
    async with open_desk(night) as (app, _pilot):
        await in_sheet(app)
        send(app, "1")
        await until(lambda: "先把光标移到一户上" in text(app))
        send(app, "汛")
        await until(lambda: "这里不" in text(app))
        send(app, "9")
        await until(lambda: app.screen is mode(app))


async def test_tab_goes_from_part_to_part(night: Night) -> None:
    """Signals, levels, rounds, households, and round again."""
    floods.plans(night.house)
    signal, level, one = floods.signal(night.house), floods.level(night.house), floods.household(night.house)
    async with open_desk(night) as (app, pilot):
        sheet = await in_sheet(app)
        seen = [sheet._list.cursor]
        for _ in range(4):
            await pilot.press("tab")
            seen.append(sheet._list.cursor)
        assert (seen[0], seen[1], seen[3], seen[4]) == (signal.id, level.id, one.id, signal.id)


async def by_keys(app: CommandCenter, pilot: Pilot[None], *keys: str) -> None:
    """Press and rest."""
    await pilot.press(*keys)
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_sheet_fits_and_teaches_when_nothing_is_in_force(
    night: Night, size: tuple[int, int], language: str
) -> None:
    """Each empty part says what stands there and which key makes it; the edge names keys; nothing runs over."""
    night.speak(language)
    async with open_desk(night, size) as (app, pilot):
        await in_sheet(app)
        await pilot.pause()
        shown = text(app)
        said = {"zh": ("F2 录入", "F4 按文件录入", "F8 列入一户", "F1 帮助"),
                "en": ("F2 records", "F4 records", "F8 lists", "F1 help")}[language]  # fmt: skip
        assert all(part in shown for part in said), shown
        assert all(len(line) <= size[0] for line in lines(app))
        await by_keys(app, pilot, "f1")
        await until(lambda: "F6" in text(app) and "F7" in text(app))


async def test_the_level_form_asks_for_what_the_document_has(night: Night) -> None:
    """Without level, issuer or number it stays, with the cursor where something is missing."""
    async with open_desk(night) as (app, _pilot):
        await in_sheet(app)
        send(app, "f4")
        await stands(app, LevelDialog)
        dialog = app.screen
        assert isinstance(dialog, LevelDialog)
        send(app, "enter")
        await until(lambda: "几级" in text(app))
        send(app, "3")
        await until(lambda: not dialog._deaf)
        send(app, "enter")
        await until(lambda: dialog.rows["issuer"].wrong)
        assert not night.house.flood.show().responses
