"""With an input method on: every command and every dialog by F-keys, digits, Enter, Space, Esc and arrows alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from app.commands import BY_ID, Need
from app.domain.actor import Channel
from app.domain.checklist import Answer, Verdict
from app.main import CommandCenter
from app.screens.briefing_units import BriefingUnitSheet
from app.screens.checklists import ChecklistSheet
from app.screens.command_sheet import CommandSheet
from app.screens.confirm import Confirm
from app.screens.dialogs.blow import BlowLine
from app.screens.dialogs.briefing import AttendDialog, BriefingNoteDialog, ItemDialog
from app.screens.dialogs.call_form import CallForm
from app.screens.dialogs.drop_reading import DropReading
from app.screens.dialogs.duty import DutyDialog
from app.screens.dialogs.end_round import EndRound
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.household import HouseholdDialog, TakeOver
from app.screens.dialogs.import_warnings import ImportWarnings
from app.screens.dialogs.level import LevelDialog
from app.screens.dialogs.log_entry import LogEntryDialog
from app.screens.dialogs.move import MoveDialog
from app.screens.dialogs.plan import PlanDialog
from app.screens.dialogs.record import RecordDialog
from app.screens.dialogs.remind import RemindDialog
from app.screens.dialogs.said_by import SaidBy
from app.screens.dialogs.say_round import SayRound
from app.screens.dialogs.settle import SettleDialog
from app.screens.dialogs.signal import SignalDialog
from app.screens.dialogs.spot import SpotDialog
from app.screens.dialogs.start_round import StartRound
from app.screens.entry import EntryScreen
from app.screens.filter_sheet import FilterSheet
from app.screens.flood_sheet import FloodSheet
from app.screens.go_sheet import GoSheet
from app.screens.handover_sheet import HandoverSheet
from app.screens.jump import JumpScreen
from app.screens.moves_menu import MovesMenu
from app.screens.phone_book import PhoneBook
from app.screens.plans import PlanSheet
from app.screens.presenter import Presenter
from app.screens.report_sheet import ReportSheet
from app.screens.rounds import RoundsMode
from app.screens.text_sheet import TextSheet
from app.services.rounds import Told
from app.widgets.row_list import RowList
from app.widgets.themes import NIGHT
from tests.ui.helping import board, case_of, has_keys, lines, mode, open_desk, post, text, until
from tests.ui.night_house import OFFICER, Night
from tests.ui.test_desk import MANHOLE

PLAIN = frozenset({"enter", "escape", "space", "up", "down", "left", "right", "tab"})


def arrives(key: str) -> bool:
    """Whether a key reaches the desk while an input method is on."""
    return key in PLAIN or key.isdigit() or (key[0] == "f" and key[1:].isdigit())


def opens(kind: type[Screen[Any]]) -> Callable[[CommandCenter], bool]:
    """A dialog stands."""
    return lambda app: isinstance(app.screen, kind)


def shows_rows(app: CommandCenter) -> bool:
    """Whether the mode stands and its list has something in it."""
    return bool(mode(app).query("#board")) and bool(board(app).keys)


DONE: dict[str, Callable[[CommandCenter], bool]] = {
    "help": opens(CommandSheet),
    "palette": opens(CommandSheet),
    "blow": opens(BlowLine),
    "call": opens(CallForm),
    "spot": opens(SpotDialog),
    "next": opens(FormDialog),
    "record": opens(RecordDialog),
    "moves": opens(MovesMenu),
    "plan_case": opens(PlanDialog),
    "report_form": opens(ReportSheet),
    "case_print": opens(TextSheet),
    "undo": opens(Confirm),
    "correct": opens(MoveDialog),
    "duty": opens(DutyDialog),
    "phones": opens(PhoneBook),
    "go": opens(GoSheet),
    "narrow": opens(FilterSheet),
    "jump": opens(JumpScreen),
    "search": lambda app: isinstance(app.focused, Input),
    "needs": lambda app: re.search(r"\d/\d", lines(app)[-2]) is not None,
    "repeat": lambda app: "还没有可重复" in text(app),
    "copy": lambda app: "已存于" in text(app) or "已复制" in text(app),
    "mark": lambda app: bool(app.seat.marks),
    "mark_all": lambda app: len(app.seat.marks) > 1,
    "widen": lambda app: app.seat.narrowed is None or not app.seat.narrowed.conditions(),
    "map": lambda app: "org map load" in text(app),
    "zoom": lambda app: bool(app.screen.query(".-zoomed")),
    "answer": lambda app: "没有等应答的提醒" in text(app),
    "remind": opens(RemindDialog),
    "rounds": lambda app: app.current_mode == "rounds",
    "start_round": opens(StartRound),
    "log": lambda app: app.current_mode == "log" and shows_rows(app),
    "log_entry": opens(LogEntryDialog),
    "log_line": opens(EntryScreen),
    "log_correct": lambda app: "先把光标移到日志的一条上" in text(app),
    "log_reminders": lambda app: getattr(mode(app), "_quiet", False),
    "handover": opens(HandoverSheet),
    "handover_print": opens(TextSheet),
    "briefing": lambda app: app.current_mode == "briefing" and shows_rows(app),
    "briefing_present": opens(Presenter),
    "briefing_note": opens(BriefingNoteDialog),
    "briefing_attend": opens(AttendDialog),
    "briefing_item": opens(ItemDialog),
    "briefing_sign": lambda app: "带班领导" in lines(app)[-2],  # an officer is told who signs
    "briefing_print": opens(TextSheet),
    "briefing_unit": opens(BriefingUnitSheet),
    "reminders": lambda app: app.current_mode == "reminders",
    "whistles": lambda app: app.current_mode == "whistles",
    "desk": lambda app: app.current_mode == "desk",
    "say_round": opens(SayRound),
    "said_by": opens(SaidBy),
    "finding": opens(SettleDialog),
    "round_ok": lambda app: "平安" in lines(app)[-2],
    "water": lambda app: bool(app.screen.query("#water.-zoomed")),
    "end_round": opens(EndRound),
    "drop_reading": opens(DropReading),
    "checklists": opens(ChecklistSheet),
    "plans": opens(PlanSheet),
    "theme": lambda app: app.theme != NIGHT.name,
    "flood": opens(FloodSheet),
    "signal": opens(SignalDialog),
    "level": opens(LevelDialog),
    "import_warnings": opens(ImportWarnings),
    "lower": lambda app: "没有防汛戒备" in text(app),
    "undo_posture": lambda app: "没有可撤回的戒备变动" in text(app),
    "household": opens(HouseholdDialog),
    "take_over": opens(TakeOver),
    "language": lambda app: app.seat.words.language == "en",
    "quit": lambda app: app._exit,
}
"""What is to be seen when a command was done."""


@pytest.mark.slow
async def test_every_command_is_reached_without_a_letter(full: Night) -> None:
    """By its own key where an input method lets it through, else by F9, arrows and Enter; on a case of the board."""
    assert set(DONE) == set(BY_ID)
    async with open_desk(full) as (app, pilot):
        for name, done in DONE.items():
            own = [key for key in app.seat.keymap.of(name) if arrives(key)]
            await begin(app, pilot, name)
            if own and name != "quit":
                post(app, own[0])
            else:
                await by_the_palette(app, name)
            await until(lambda done=done: done(app), 10)  # type: ignore[misc]


async def begin(app: CommandCenter, pilot: Pilot[None], name: str) -> None:
    """On the desk, the cursor on a case and, for the one command that asks for it, on an entry of its timeline."""
    await until(lambda: bool(mode(app).query("#board")))  # a mode that is entered for the first time is still built
    for _ in range(8):
        if app.screen is mode(app) and app.focused is board(app) and not app.seat.marks:
            break
        post(app, "escape")
        await pilot.pause()
    await until(lambda: app.screen is mode(app))
    if Need.CASE in BY_ID[name].needs:
        await case_of(app, MANHOLE)
    if BY_ID[name].needs & (Need.ROUND | Need.FINDING):
        await on_a_problem(app)
    app.tell("")
    if name == "correct":
        while app.focused is None or app.focused.id != "timeline":
            await pilot.press("tab")
        await until(lambda: mode(app).situation().entry is not None)


async def on_a_problem(app: CommandCenter) -> None:
    """The rounds mode with the cursor on a problem of a round that is walked."""
    house = app.seat.open_house()
    if not house.rounds.under_way():
        told = Told(house.duty.actor(OFFICER), uuid4(), "SH-G01-A", Channel.RADIO)
        begun = house.rounds.start(told, "street_order", "JF-SH-G01", ["SH-G01-A", "SH-G01-B"])
        house.rounds.answer(replace(told, request_id=uuid4()), begun.round.id, {(1, "road"): Answer(Verdict.PROBLEM)})
    post(app, "3")
    await until(lambda: isinstance(mode(app), RoundsMode) and mode(app).walking.whole is not None)  # type: ignore[attr-defined]
    post(app, "enter")
    checklist = mode(app).query_one("#checklist", RowList)
    await until(lambda: app.focused is checklist and (1, "road") in checklist.keys)
    checklist.move_to((1, "road"))


async def by_the_palette(app: CommandCenter, name: str) -> None:
    """F9, the arrows to the command, Enter."""
    post(app, "f9")
    await until(lambda: isinstance(app.screen, CommandSheet) and has_keys(app))
    rows = app.screen.query_one(RowList)
    await until(lambda: name in rows.keys)
    for _ in range(rows.keys.index(name)):
        post(app, "down")
    await until(lambda: rows.cursor == name)
    post(app, "enter")
    await until(lambda: not isinstance(app.screen, CommandSheet))
