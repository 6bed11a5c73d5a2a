"""The handover by keyboard alone, two people at one desk: said, accepted, read back, signed; the header says who."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from app.bootstrap import duty_clock
from app.domain.handover import HandoverState, ItemKind
from app.domain.shift_log import LogState
from app.main import CommandCenter
from app.screens.confirm import Confirm
from app.screens.dialogs.answer import AnswerDialog
from app.screens.dialogs.duty import DutyDialog
from app.screens.dialogs.handover import EquipmentDialog, HandoverAccept, HandoverLine, ReliefNoteDialog
from app.screens.handover_sheet import HandoverSheet
from app.screens.text_sheet import TextSheet
from app.services.shift_log import Told
from tests.ui.handing import RELIEF
from tests.ui.helping import has_keys, lines, mode, open_desk, post, text, until
from tests.ui.night_house import OFFICER, Night
from tests.ui.test_reach import by_the_palette

SIZES = [(80, 24), (120, 36), (160, 45)]


@pytest.fixture
def morning(night: Night) -> Night:
    """Two cases and an open entry at 07:50."""
    night.blow()
    night.blow("路灯不亮", place="")
    night.house.log.add(night.actor(), uuid4(), Told({"content": "居民来电问停水"}, state=LogState.OPEN))
    night.wall.set("07-03 07:50")
    return night


async def stands(app: CommandCenter, kind: type) -> None:
    """A dialog with the keys."""
    await until(lambda: isinstance(app.screen, kind) and has_keys(app))


async def in_sheet(app: CommandCenter) -> HandoverSheet:
    """Open it by its name."""
    await by_the_palette(app, "handover")
    await stands(app, HandoverSheet)
    found = app.screen
    assert isinstance(found, HandoverSheet)
    return found


def types(app: CommandCenter, words: str) -> None:
    """What an input method commits."""
    for character in words:
        post(app, character)


async def sits_down(app: CommandCenter, sheet: HandoverSheet, name: str, member: str) -> None:
    """F8: somebody else is at this desk now."""
    post(app, "f8")
    await stands(app, DutyDialog)
    types(app, name)
    await until(lambda: name in text(app))
    post(app, "enter")
    await until(lambda: app.screen is sheet and app.seat.actor is not None and app.seat.actor.member == member)


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
async def test_a_shift_hands_over_at_one_desk(morning: Night, size: tuple[int, int]) -> None:
    """Every step by keys that an input method lets through, each saying what comes next; then the relief holds it."""
    desk = morning.house.handovers
    async with open_desk(morning, size) as (app, _pilot):
        sheet = await in_sheet(app)
        await until(lambda: "要紧事项各写一句" in text(app))
        for line in desk.current().sheet.silent:
            sheet._list.move_to(line.item.key)
            post(app, "enter")
            await stands(app, HandoverLine)
            types(app, "半小时问一次")
            post(app, "enter")
            await until(lambda key=line.item.key: app.screen is sheet and sheet.file.sheet.line(key).told is not None)
        await until(lambda: "清点设备物资" in text(app))
        post(app, "f5")
        await stands(app, EquipmentDialog)
        types(app, "")
        post(app, "enter")
        await until(lambda: app.screen is sheet and not sheet.file.sheet.unlooked)
        post(app, "f6")
        await stands(app, ReliefNoteDialog)
        types(app, "护栏有人看")
        post(app, "enter")
        await until(lambda: app.screen is sheet and bool(sheet.file.sheet.notes))
        post(app, "f7")
        await stands_question(app)
        post(app, "enter")
        await until(lambda: app.screen is sheet and sheet.file.state is HandoverState.HANDED)
        await until(lambda: "接班人：逐项接下" in text(app))
        morning.wall.set("07-03 08:12")
        await sits_down(app, sheet, "值班员丙", RELIEF)
        await until(lambda: "未接班" in text(app))
        sheet._list.move_to(sheet.file.sheet.items[0].item.key)
        for _ in sheet.file.sheet.items:
            line = sheet._list.chosen
            post(app, "enter")
            if line.item.critical:
                await stands(app, HandoverAccept)
                types(app, "半小时问一次清淤队")
                post(app, "enter")
            await until(lambda key=line.item.key: app.screen is sheet and sheet.file.sheet.line(key).is_accepted)
        await until(lambda: "接班人：请签字" in text(app))
        post(app, "f7")
        await stands_question(app)
        post(app, "enter")
        await until(lambda: app.screen is sheet and sheet.file.state is HandoverState.TAKEN)
        await until(lambda: "未接班" not in text(app))
        post(app, "9")
        await stands(app, TextSheet)
        assert "交接班记录 2020年7月3日 夜班→白班.docx" in {path.name for path in app.seat.settings.papers.iterdir()}
        post(app, "escape")
        await until(lambda: app.screen is sheet)
        post(app, "escape")
        await until(lambda: app.screen is mode(app) and "白班" in lines(app)[0])
    assert {row.whistle.owner for row in morning.house.desk.view().board.rows} == {RELIEF}


@pytest.mark.slow
async def test_enter_alone_hands_over_from_the_first_line_to_the_last_signature(morning: Night) -> None:
    """Wherever the cursor stands, Enter does what the row lacks, else what the sentence above says with its key."""
    async with open_desk(morning) as (app, _pilot):
        sheet = await in_sheet(app)
        silent = sheet.file.sheet.silent
        await until(lambda: "要紧事项各写一句（F2）" in text(app))
        sheet._list.move_to(f"gear:{sheet.file.sheet.gear[0].code}")
        post(app, "enter")
        await stands(app, EquipmentDialog)  # the row lacks it, whatever is said above
        post(app, "enter")
        await until(lambda: app.screen is sheet and not sheet.file.sheet.unlooked)
        for line in silent:
            post(app, "enter")
            await stands(app, HandoverLine)
            types(app, "半小时问一次")
            post(app, "enter")
            await until(lambda key=line.item.key: app.screen is sheet and sheet.file.sheet.line(key).told is not None)
        await until(lambda: "交班人：请签字（F7）" in text(app))
        sheet._list.move_to(silent[0].item.key)  # said already: Enter signs
        post(app, "enter")
        await stands_question(app)
        post(app, "enter")
        await until(lambda: app.screen is sheet and sheet.file.state is HandoverState.HANDED)
        await until(lambda: "仍由街道·值班员甲值班" in text(app))
        await until(lambda: "逐项接下（F8）" in text(app))
        morning.wall.set("07-03 08:12")
        post(app, "enter")
        await stands(app, DutyDialog)
        await until(lambda: app.screen.rows["member"].widget.code == RELIEF)  # type: ignore[attr-defined]
        post(app, "enter")
        await until(lambda: app.screen is sheet and app.seat.actor is not None and app.seat.actor.member == RELIEF)
        assert "仍由你" not in text(app)
        await until(lambda: "逐项接下（F4）" in text(app))
        for line in sheet.file.sheet.items:
            post(app, "enter")
            if line.item.critical:
                await stands(app, HandoverAccept)
                types(app, "半小时问一次清淤队")
                post(app, "enter")
            await until(lambda key=line.item.key: app.screen is sheet and sheet.file.sheet.line(key).is_accepted)
        await until(lambda: "接班人：请签字（F7）" in text(app))
        post(app, "enter")
        await stands_question(app)
        post(app, "enter")
        await until(lambda: app.screen is sheet and sheet.file.state is HandoverState.TAKEN)
        await until(lambda: "已交接" in text(app))
        edge = str(sheet.query_one("#box").border_subtitle)
        assert not any(key in edge for key in ("Enter", "F2", "F4", "F5", "F7")), edge
        sheet._list.move_to(silent[0].item.key)
        post(app, "f2")
        await until(lambda: "双方已签字：只能补充说明。" in text(app))


async def test_without_a_next_shift_signing_says_so(morning: Night) -> None:
    """The outgoing shift has signed, the roster has nobody after it: F7 says why it does nothing."""
    desk, officer = morning.house.handovers, morning.actor()
    for line in desk.current().sheet.silent:
        desk.tell(officer, uuid4(), line.item.key, "半小时问一次")
    desk.equipment(officer, uuid4(), {one.code: "" for one in desk.current().sheet.unlooked})
    desk.sign_out(officer, uuid4(), desk.current().digest)
    async with open_desk(morning) as (app, _pilot):
        sheet = await in_sheet(app)
        sheet._file = replace(sheet.file, sheet=replace(sheet.file.sheet, incoming=None))
        post(app, "f7")
        await until(lambda: "值班表里没有下一班：接班人先开班次（F8）。" in text(app))
        assert app.screen is sheet


async def stands_question(app: CommandCenter) -> None:
    """A question waits for its answer."""
    await until(lambda: isinstance(app.screen, Confirm))


async def test_who_may_not_is_told_and_the_case_is_one_key_away(morning: Night) -> None:
    """The relief signs too early, the wrong one accepts: a sentence below; F3 leads to the case."""
    async with open_desk(morning, member=RELIEF) as (app, _pilot):
        await until(lambda: app.screen is not mode(app) or "▸" in lines(app)[0] or app._settled)
        if isinstance(app.screen, DutyDialog):
            post(app, "escape")
            await until(lambda: app.screen is mode(app))
        sheet = await in_sheet(app)
        post(app, "f7")
        await stands_question(app)
        post(app, "enter")
        await until(lambda: "不在交班的班次里" in text(app))
        case = sheet.file.sheet.of(ItemKind.CASE)[0]
        sheet._list.move_to(case.item.key)
        post(app, "f4")
        await until(lambda: "先写清接班人要知道什么" in text(app))
        post(app, "f3")
        await until(lambda: app.screen is mode(app) and mode(app).selected == case.item.whistle_id)
    assert morning.house.handovers.current().record is None


async def test_the_header_says_who_holds_the_desk(morning: Night) -> None:
    """At 80 columns too: the night shift until the day shift signs, and for how long nobody has."""
    for language, shift, late in (("zh", "夜班", "未接班 12"), ("en", "Night shift", "not relieved, 12 min")):
        morning.speak(language)
        morning.wall.set("07-03 08:12")
        async with open_desk(morning, (80, 24), member=OFFICER) as (app, _pilot):
            await until(lambda late=late: bool(lines(app)) and late in text(app))
            assert shift in text(app), text(app)


async def test_the_reminder_of_the_handover_leads_to_it(night: Night) -> None:
    """A quarter of an hour before the end it is due; answered, the sheet opens."""
    duty_clock(night.house, "tick").tick()
    night.wall.set("07-03 07:46")
    assert not duty_clock(night.house, "tick").tick().troubles
    async with open_desk(night) as (app, _pilot):
        await until(lambda: app.seat.duty is not None and bool(app.seat.duty.live))
        names = [file.name.zh for file in app.seat.duty.live if file.name is not None]  # type: ignore[union-attr]
        assert names[0] == "准备交接班"
        post(app, "0")
        await stands(app, AnswerDialog)
        post(app, "enter")
        await stands(app, HandoverSheet)
