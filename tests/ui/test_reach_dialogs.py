"""Every dialog and sheet worked through to its end with an input method on: no key of it needs a letter."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from app.bootstrap import duty_clock
from app.cli.command_line import Options
from app.cli.desk import _begin, _write_template
from app.cli.session import Session
from app.domain.briefing import Section
from app.domain.moves import Action
from app.main import CommandCenter
from app.render.rule_book import Part, Sheet
from app.screens.answering import Answering
from app.screens.briefing_units import BriefingUnitSheet
from app.screens.checklists import ChecklistSheet
from app.screens.command_sheet import CommandSheet
from app.screens.confirm import Confirm
from app.screens.dialogs.alike import LookAlikes
from app.screens.dialogs.answer import AnswerDialog
from app.screens.dialogs.blow import BlowLine
from app.screens.dialogs.blow_finding import BlowFinding
from app.screens.dialogs.box import Box
from app.screens.dialogs.briefing import AttendDialog, BriefingNoteDialog, ItemDialog
from app.screens.dialogs.call_form import CallForm
from app.screens.dialogs.check import CheckDialog
from app.screens.dialogs.dispatch import DispatchDialog
from app.screens.dialogs.drop_reading import DropReading
from app.screens.dialogs.duty import DutyDialog
from app.screens.dialogs.end_round import EndRound
from app.screens.dialogs.flood_over import FloodOver
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.gauge_levels import LevelsDialog
from app.screens.dialogs.handover import (
    EquipmentDialog,
    HandoverAccept,
    HandoverLine,
    ItemForm,
    ReliefNoteDialog,
)
from app.screens.dialogs.household import HouseholdDialog, TakeOver
from app.screens.dialogs.household_call import HouseholdCall
from app.screens.dialogs.import_warnings import ImportWarnings
from app.screens.dialogs.kept import KeptBox
from app.screens.dialogs.level import LevelDialog
from app.screens.dialogs.log_entry import CloseLogEntry, LogEntryDialog
from app.screens.dialogs.lower import LowerDialog
from app.screens.dialogs.marked import MarkedDialog
from app.screens.dialogs.move import MoveDialog
from app.screens.dialogs.new_checklist import NewChecklist
from app.screens.dialogs.open_shift import OpenShift
from app.screens.dialogs.plan import PlanDialog
from app.screens.dialogs.question import QuestionDialog
from app.screens.dialogs.rate import RateDialog
from app.screens.dialogs.record import RecordDialog
from app.screens.dialogs.remind import RemindDialog
from app.screens.dialogs.report import ReportDialog
from app.screens.dialogs.rules_form import RulesForm
from app.screens.dialogs.said_by import SaidBy
from app.screens.dialogs.say_round import SayRound
from app.screens.dialogs.settle import SettleDialog
from app.screens.dialogs.signal import SignalDialog
from app.screens.dialogs.spot import SpotDialog
from app.screens.dialogs.start_round import StartRound
from app.screens.entry import EntryScreen
from app.screens.filter_sheet import FilterSheet
from app.screens.first_run import FirstRun
from app.screens.flood_sheet import FloodSheet
from app.screens.go_sheet import GoSheet
from app.screens.handover_sheet import HandoverSheet
from app.screens.jump import JumpScreen
from app.screens.key_sheet import KeySheet
from app.screens.list_sheet import ListSheet
from app.screens.marked_menu import MarkedMenu
from app.screens.marked_sheet import MarkedSheet
from app.screens.moves_menu import MovesMenu
from app.screens.phone_book import PhoneBook
from app.screens.plans import PlanSheet
from app.screens.presenter import Presenter
from app.screens.report_sheet import ReportSheet
from app.screens.text_sheet import ReadingSheet, TextSheet
from app.screens.too_small import TooSmall
from app.screens.worked_sheet import WorkedSheet
from app.widgets.row_list import RowList
from tests.ui import floods
from tests.ui.handing import RELIEF
from tests.ui.helping import case_of, has_keys, mode, open_desk, post, text, until
from tests.ui.night_house import LEADER, Night, settings_in
from tests.ui.random_keys import alphabet, nodes
from tests.ui.test_desk import MANHOLE
from tests.ui.test_flood_sheet import CAP
from tests.ui.test_reach import arrives, by_the_palette, shows_rows

BASES = {Answering, Box, KeptBox, FormDialog, ItemForm, ListSheet, ReadingSheet, RulesForm, WorkedSheet}
"""Not dialogs themselves."""
ADMIN = "JF-GL"
WITHOUT_RESULT = {
    ChecklistSheet, EntryScreen, FloodSheet, MarkedSheet, PhoneBook, PlanSheet, Presenter, TextSheet, TooSmall,
}  # fmt: skip
"""They only show something."""
Ended = dict[type[Screen[Any]], list[Any]]


class Hand:
    """Somebody whose input method is on; looks at the help of every dialog when it stands for the first time."""

    def __init__(self, app: CommandCenter, pilot: Pilot[None], seen: set[type[Screen[Any]]]) -> None:
        self.app, self.pilot, self.seen = app, pilot, seen

    async def press(self, *keys: str) -> None:
        """Only what arrives."""
        for key in keys:
            assert arrives(key), key
            post(self.app, key)
            await self.pilot.pause()

    async def types(self, words: str) -> None:
        """What the input method commits."""
        assert not any(c.isascii() and c.isalpha() for c in words)
        for character in words:
            post(self.app, character)
        await self.pilot.pause()

    async def opens(self, kind: type[Screen[Any]], *keys: str) -> Any:
        """These keys bring the dialog; the first time its help is opened over it and closed again."""
        await self.press(*keys)
        try:
            await until(lambda: isinstance(self.app.screen, kind))
        except AssertionError:
            raise AssertionError(text(self.app)) from None
        dialog = self.app.screen
        await until(lambda: dialog.is_mounted and (dialog.focused is not None or not dialog.focus_chain))
        if kind not in self.seen and isinstance(dialog, Answering) and "help" not in dialog.opened_by:
            self.seen.add(kind)
            await self.look_at_the_help(dialog)
        return dialog

    async def look_at_the_help(self, dialog: Answering[Any]) -> None:
        """F1, every way the dialog names is there, Esc, and the same field has the keys."""
        focused = dialog.focused
        post(self.app, "f1")
        await until(lambda: isinstance(self.app.screen, KeySheet) and bool(self.app.screen.list.keys))
        assert dialog.ways()
        assert isinstance(self.app.screen, KeySheet)
        shown = " ".join(map(str, self.app.screen.list.keys))
        assert all(way.key in shown for way in dialog.ways())
        post(self.app, "escape")
        await until(lambda: self.app.screen is dialog)
        assert dialog.focused is focused

    async def home(self) -> None:
        """Nothing lies over the desk; else the failure shows what does."""
        try:
            await until(lambda: self.app.screen is mode(self.app))
        except AssertionError:
            raise AssertionError(text(self.app)) from None

    @property
    def next_step(self) -> Action | None:
        """What F4 would ask for."""
        step = mode(self.app).situation().step
        return step.action if step else None

    async def points(self, at: object) -> None:
        """The arrows to a row of the sheet."""
        rows = self.app.screen.query_one(RowList)
        await until(lambda: at in rows.keys)
        while rows.cursor != at:
            await self.press("down")


@pytest.mark.slow
async def test_every_dialog_is_worked_through_without_a_letter(full: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms are sent, questions answered, menus chosen from, sheets closed; a dialog that is left out fails here."""
    ended: Ended = defaultdict(list)
    dismiss = Answering.dismiss

    def spy(dialog: Answering[Any], result: Any = None) -> Any:
        ended[type(dialog)].append(result)
        return dismiss(dialog, result)

    monkeypatch.setattr(Answering, "dismiss", spy)
    seen: set[type[Screen[Any]]] = set()
    await the_night(full, seen)
    await the_morning(full, seen)
    await the_reminders(full, seen)
    await the_flood(full, seen)
    await the_rounds(full, seen)
    await the_rules(full, seen)
    await the_log_and_the_briefing(full, seen)
    alphabet()  # every module is imported
    dialogs = set(nodes(Answering)) - BASES
    assert dialogs <= set(ended) | {TooSmall}
    unanswered = {kind for kind in dialogs - WITHOUT_RESULT if not any(result is not None for result in ended[kind])}
    assert not unanswered
    assert True in ended[Confirm]
    assert seen >= dialogs - {TooSmall, CommandSheet, KeySheet}


async def the_flood(night: Night, seen: set[type[Screen[Any]]]) -> None:
    """A signal, a level, a file, households; both end, the posture is lowered and that is taken back."""
    file = night.settings.home / "7" / "1"
    file.parent.mkdir(parents=True)
    file.write_text(CAP, encoding="utf-8")
    floods.naming_round(night.house, "河西路9号 两位老人")
    async with open_desk(night, member=LEADER) as (app, pilot):
        hand = Hand(app, pilot, seen)
        sheet = await hand.opens(FloodSheet, "9")
        await hand.opens(SignalDialog, "f2")
        await hand.types("暴雨黄色 县气象台")
        await hand.opens(FloodSheet, "enter")
        await hand.opens(LevelDialog, "f4")
        await hand.press("1", "down")
        await hand.types("县防指")
        await hand.press("down")
        await hand.types("22号")
        await hand.opens(FloodSheet, "enter")
        await hand.opens(ImportWarnings, "f5")
        app.screen.query_one("#field-path", Input).value = str(file)  # a path is pasted
        await hand.opens(TextSheet, "enter")
        await hand.opens(FloodSheet, "escape")
        await hand.opens(HouseholdDialog, "f8")
        await hand.types("东街11号")
        await hand.press("down", "f4", "enter")
        await hand.opens(FloodSheet, "enter")
        await hand.opens(TakeOver, "5")
        await until(lambda: "河西路9号" in text(app))
        await hand.opens(FloodSheet, "enter")
        await until(lambda: night.house.evacuation.households()[0].id in sheet._list.keys)
        sheet._list.move_to(night.house.evacuation.households()[0].id)
        await hand.opens(HouseholdCall, "3")
        await hand.types("文化站")
        await hand.opens(FloodSheet, "enter")
        for one in night.house.flood.show().signals:
            sheet._list.move_to(one.id)
            await hand.opens(FloodOver, "0")
            await hand.opens(FloodSheet, "enter")
        await until(lambda: night.house.flood.show().lower_to(night.wall.at) is not None)
        await hand.opens(LowerDialog, "f6")
        await hand.opens(Confirm, "enter")
        await hand.opens(FloodSheet, "enter")
        await hand.opens(Confirm, "f7")
        await hand.opens(FloodSheet, "enter")
        await hand.press("escape")
        await hand.home()


async def the_handover(app: CommandCenter, hand: Hand, night: Night) -> None:
    """A line on what is critical, the equipment, a note; the relief reads back, and looks at the case."""
    night.wall.set("07-03 07:50")
    app._asked_in = "N20200702"  # the clock goes back here, which it never does: nobody is asked who sits here
    await by_the_palette(app, "handover")
    sheet = await hand.opens(HandoverSheet)
    sheet._list.move_to(sheet.file.sheet.items[0].item.key)
    await hand.opens(HandoverLine, "enter")
    await hand.types("清淤队在路上")
    await hand.press("enter")
    await hand.opens(HandoverSheet)
    await hand.opens(EquipmentDialog, "f5")
    await hand.press("enter")
    await hand.opens(HandoverSheet)
    await hand.opens(ReliefNoteDialog, "f6")
    await hand.types("护栏有人看")
    await hand.press("enter")
    await hand.opens(HandoverSheet)
    app.seat.actor = app.seat.open_house().duty.actor(RELIEF)
    await until(lambda: sheet.file.sheet.items[0].told is not None)
    await hand.opens(HandoverAccept, "f4")
    await hand.types("半小时问一次")
    await hand.press("enter")
    await hand.opens(HandoverSheet)
    await until(lambda: sheet.file.sheet.items[0].is_accepted)
    sheet._list.move_to(sheet.file.sheet.items[0].item.key)
    await hand.press("f3")
    await hand.home()


async def the_log_and_the_briefing(night: Night, seen: set[type[Screen[Any]]]) -> None:
    """An entry is written and closed; a note, attendance and an item in the briefing; a reading struck out."""
    gauge = night.house.gauges.find("shuanghe_bridge")
    night.house.gauges.record(night.actor(), gauge, Decimal("199.41"), uuid4())
    async with open_desk(night) as (app, pilot):
        hand = Hand(app, pilot, seen)
        await hand.press("6")
        await until(lambda: app.current_mode == "log" and shows_rows(app))
        await hand.opens(LogEntryDialog, "6")
        await hand.types("楼道灯不亮 / 未了")
        await hand.press("enter")
        await hand.home()
        entry = night.house.log.open_entries()[0]
        await until(lambda: entry.id in mode(app).board.keys)
        mode(app).board.move_to(entry.id)
        await hand.opens(CloseLogEntry, "enter")
        await hand.types("已报修")
        await hand.press("enter")
        await hand.home()
        await hand.press("4")
        await until(lambda: app.current_mode == "briefing" and shows_rows(app))
        mode(app).board.move_to("hold/")
        await hand.opens(Presenter, "enter")
        await hand.press("space", "tab", "enter", "enter", "escape", "escape")
        await hand.home()
        mode(app).board.move_to(f"{Section.COORDINATION}/")
        await hand.opens(BriefingNoteDialog, "4")
        await hand.types("沿江井盖普查")
        await hand.press("enter")
        await hand.home()
        await by_the_palette(app, "briefing_attend")
        form = await hand.opens(AttendDialog)
        form.focus_field("recorder")
        await hand.press("enter")
        await hand.home()
        await by_the_palette(app, "briefing_item")
        item = await hand.opens(ItemDialog)
        await hand.types("30分钟后 复查井盖")
        item.focus_field("owner")
        await hand.press("f4", "enter", "enter")
        await hand.home()
        await by_the_palette(app, "briefing_unit")
        await hand.opens(BriefingUnitSheet)
        await hand.press("down", "enter")
        await hand.home()
        await by_the_palette(app, "drop_reading")
        drop = await hand.opens(DropReading)
        await until(lambda: bool(drop._readings))
        drop.focus_field("reason")
        await hand.types("看错了")
        await hand.press("enter")
        await hand.home()
        await the_handover(app, hand, night)


async def the_rounds(night: Night, seen: set[type[Screen[Any]]]) -> None:
    """A round is begun, told in one line, answered, ended; of two problems one is settled and one becomes a whistle."""
    async with open_desk(night) as (app, pilot):
        hand = Hand(app, pilot, seen)
        await by_the_palette(app, "start_round")
        start = await hand.opens(StartRound)
        await until(lambda: start._book is not None)
        await hand.press("down")
        await hand.types("万溶江")
        await hand.press("enter", "enter")
        await hand.home()
        await until(lambda: app.current_mode == "rounds" and mode(app).situation().round is not None)
        await hand.press("enter")
        await until(lambda: mode(app).situation().item is not None)
        await by_the_palette(app, "said_by")
        await hand.opens(SaidBy)
        await hand.press("enter")
        await hand.home()
        await by_the_palette(app, "say_round")
        await hand.opens(SayRound)
        await hand.types("2 好 / 6 好")
        await hand.press("enter")
        await hand.home()
        checklist = mode(app).query_one("#checklist", RowList)
        for item, after in (((1, "water"), ("1", "enter")), ((4, "covers"), ("escape",))):
            await until(lambda item=item: item in checklist.keys)  # type: ignore[misc]
            checklist.move_to(item)
            await hand.opens(SettleDialog, "2")
            await hand.press(*after)
            await hand.home()
        checklist.move_to((4, "covers"))
        blown = await hand.opens(BlowFinding, "f2")
        for _ in range(2):  # a case that looks alike is asked about first
            await hand.press("enter")
            await asyncio.sleep(1)
            if app.screen is not blown:
                break
        await hand.home()
        await by_the_palette(app, "end_round")
        await hand.opens(EndRound)
        await hand.types("雷暴")
        await hand.press("enter")
        await hand.home()


async def the_rules(night: Night, seen: set[type[Screen[Any]]]) -> None:
    """The street administrator changes a question, makes a checklist, enters a level; the officer plans a round."""
    async with open_desk(night, member=ADMIN) as (app, pilot):
        hand = Hand(app, pilot, seen)
        await hand.opens(DutyDialog)
        await hand.press("escape")
        await hand.home()
        await by_the_palette(app, "checklists")
        sheet = await hand.opens(ChecklistSheet)
        await hand.press("enter")
        await until(lambda: sheet.question is not None)
        await hand.opens(QuestionDialog, "enter")
        await until(lambda: not app.screen._deaf)  # type: ignore[attr-defined]
        await hand.types("，看清")
        await hand.press("enter")
        await until(lambda: app.screen is sheet)
        await hand.opens(NewChecklist, "f4")
        await until(lambda: not app.screen._deaf)  # type: ignore[attr-defined]
        await hand.types("夜市秩序")
        await hand.press("enter")
        await until(lambda: app.screen is sheet)
        await until(lambda: sheet._sheets.has_focus)
        sheet._sheets.move_to(Sheet(Part.GAUGE, "shuanghe_bridge"))
        await hand.press("enter")
        await hand.opens(LevelsDialog, "enter")
        await until(lambda: not app.screen._deaf)  # type: ignore[attr-defined]
        await hand.press("2", "0", "0", "enter")
        await until(lambda: app.screen is sheet)
        await hand.press("escape")
        await hand.home()
    async with open_desk(night) as (app, pilot):
        hand = Hand(app, pilot, seen)
        await by_the_palette(app, "plans")
        plans = await hand.opens(PlanSheet)
        await hand.opens(PlanDialog, "f2")
        await until(lambda: app.screen._ready.is_set() and not app.screen._deaf)  # type: ignore[attr-defined]
        await hand.types("街面秩序")
        await hand.press("tab")
        await hand.types("双河社区一网格")
        await hand.press("tab")
        await hand.types("０７：００－０７：４０")
        await hand.press("enter")
        await until(lambda: app.screen is plans)
        await hand.press("escape")
        await hand.home()


async def the_reminders(night: Night, seen: set[type[Screen[Any]]]) -> None:
    """One that waits is answered by a digit and Enter; another is set in one line."""
    assert duty_clock(night.house, "tick").tick().fired
    async with open_desk(night) as (app, pilot):
        hand = Hand(app, pilot, seen)
        await until(lambda: app.seat.duty is not None and bool(app.seat.duty.live))
        await hand.opens(AnswerDialog, "0")
        await hand.press("1", "enter")
        await hand.home()
        await by_the_palette(app, "remind")
        await until(lambda: isinstance(app.screen, RemindDialog) and has_keys(app))
        await hand.opens(RemindDialog)
        await hand.types("30分钟后 电话回访")
        await hand.press("enter")
        await hand.home()


async def the_morning(night: Night, seen: set[type[Screen[Any]]]) -> None:
    """A day without a roster: a shift is opened; whistles come in, one of them looks like another."""
    night.wall.set("07-08 09:00")
    async with open_desk(night, member=LEADER) as (app, pilot):
        hand = Hand(app, pilot, seen)
        duty = await hand.opens(DutyDialog, "f8")
        await until(lambda: bool(duty._list.code))
        await hand.types("带班")
        await hand.opens(OpenShift, "f4")
        await until(lambda: not app.screen._deaf)  # type: ignore[attr-defined]
        await hand.press("tab", "tab", "tab", "1")
        await hand.opens(DutyDialog, "enter")
        await until(lambda: duty._shift is not None)
        await hand.press("enter")
        await hand.home()
        for answer in ("", "f7"):
            await hand.opens(BlowLine, "f2")
            await hand.types("双河一 应急 双河大桥旁井盖冲开")
            await hand.press("enter")
            if answer:
                await hand.opens(LookAlikes)
                await hand.press(answer)
            await hand.home()
        await hand.opens(BlowLine, "f2")
        await hand.types("龙凤四 应急 龙凤安置房一楼进水")
        await hand.opens(KeySheet, "f1")
        await hand.points("这里 F2")
        await hand.opens(CallForm, "enter")
        await hand.press("f2")
        await hand.home()
        await hand.opens(SpotDialog, "f7")
        await hand.types("双河一 疏通下水道")
        await hand.press("enter")
        await hand.home()


async def the_night(full: Night, seen: set[type[Screen[Any]]]) -> None:
    """A full board: steps, records, menus, marks, sheets, and a terminal that becomes too small."""
    async with open_desk(full) as (app, pilot):
        hand = Hand(app, pilot, seen)
        await steps(hand)
        await marks(hand)
        await sheets(hand)
        await pilot.resize_terminal(40, 10)
        await until(lambda: isinstance(app.screen, TooSmall))
        await hand.press("f1", "enter", "1")
        await pilot.resize_terminal(120, 36)
        await hand.home()


async def steps(hand: Hand) -> None:
    """Check, rate, approve, dispatch, record, undo, and a look at an entry."""
    await case_of(hand.app, "0702-03")
    await hand.opens(CheckDialog, "f4")
    await hand.press("1", "tab")
    await hand.types("积水退去")
    await hand.press("enter")
    await hand.home()
    await until(lambda: hand.next_step is Action.RATE)
    await hand.opens(RateDialog, "f4")
    await hand.press("5", "enter")
    await hand.home()
    await case_of(hand.app, "0702-01")
    await hand.opens(MovesMenu, "f6")
    await hand.points(Action.NOTE)
    await hand.opens(MoveDialog, "enter")
    await hand.types("已告知商户")
    await hand.press("enter")
    await hand.home()
    await case_of(hand.app, "0702-02")
    await hand.opens(DispatchDialog, "f4")
    await hand.press("1", "enter")
    await hand.home()
    await case_of(hand.app, MANHOLE)
    await hand.opens(RecordDialog, "f5")
    await hand.press("4", "tab")
    await hand.types("王队")
    await hand.press("enter")
    await hand.types("到了")
    await hand.press("enter")
    await hand.home()
    await by_the_palette(hand.app, "report_form")
    await hand.opens(ReportSheet)
    await hand.opens(ReportDialog, "enter")
    await hand.press("enter")
    await hand.home()
    await by_the_palette(hand.app, "undo")
    await hand.opens(Confirm)
    await hand.press("enter")
    await hand.home()
    while hand.app.focused is None or hand.app.focused.id != "timeline":
        await hand.press("tab")
    await hand.opens(EntryScreen, "enter")
    await hand.press("enter")
    await hand.home()
    await hand.press("escape")


async def marks(hand: Hand) -> None:
    """A move that only one of the marked cases can take: the other is told of in a sheet."""
    await hand.press("space", "space", "space")
    await hand.opens(MarkedMenu, "f6")
    await hand.points(Action.WITHDRAW)
    await hand.opens(MarkedDialog, "enter")
    await hand.types("误报")
    await hand.opens(Confirm, "enter")
    await hand.press("enter")
    await hand.opens(MarkedSheet)
    await hand.press("enter")
    await hand.home()
    await hand.press("escape")


async def sheets(hand: Hand) -> None:
    """Help, phones, filter, go to, numbers."""
    await hand.opens(CommandSheet, "f1")
    await hand.opens(BlowLine, "enter")
    await hand.press("escape")
    await hand.home()
    await by_the_palette(hand.app, "phones")
    await hand.opens(PhoneBook)
    await hand.press("enter")
    await hand.home()
    await by_the_palette(hand.app, "narrow")
    await hand.opens(FilterSheet)
    await hand.press("enter")
    await hand.types("夜里")
    await hand.press("f2")
    await hand.home()
    await hand.opens(GoSheet, "f12")
    await hand.types("0702-05")
    await hand.press("enter")
    await hand.home()
    await by_the_palette(hand.app, "jump")
    await hand.opens(JumpScreen)
    await hand.press("1")
    await hand.home()


async def test_the_first_page_begins_without_a_letter(tmp_path: Any) -> None:
    """Arrows to the empty street, Enter, and there is a database; the digit of another choice asks for its path."""
    settings = settings_in(tmp_path)
    session = Session(Options(), settings)
    page = FirstRun(settings, lambda digit, path: _begin(session, digit, path), _write_template)
    async with page.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await pilot.press("f9", "f9", "escape")
        await pilot.press("down", "enter")
        await until(lambda: page.begun)
    assert session.settings.database.exists()
    session.close()


@pytest.mark.slow
async def test_the_flood_is_worked_through_without_a_letter(night: Night) -> None:
    """Every dialog of it, to its end, with a look at its help."""
    seen: set[type[Screen[Any]]] = set()
    await the_flood(night, seen)
    assert {SignalDialog, LevelDialog, ImportWarnings, HouseholdDialog, TakeOver, HouseholdCall, FloodOver, LowerDialog,
            FloodSheet, TextSheet} <= seen  # fmt: skip
