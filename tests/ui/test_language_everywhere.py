"""The language changes under every dialog there is: it then looks as if opened in it, and nothing typed is lost."""

from __future__ import annotations

import asyncio
import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

import app.screens
from app.domain.case_filter import EVERY_CASE, View
from app.domain.events import EventKind
from app.domain.goals import CaseGoals, Goal, places_and_people
from app.domain.message import Message
from app.domain.moves import BY_ACTION, Action
from app.domain.notice_file import NoticeFile
from app.domain.patrol_book import PatrolBook
from app.domain.phones import phone_book
from app.domain.round_plan import Window
from app.main import CommandCenter
from app.screens import feed
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
from app.screens.dialogs.marked import MarkedDialog, Refusal
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
from app.screens.flood_sheet import FloodSheet
from app.screens.go_sheet import GoSheet
from app.screens.handover_sheet import HandoverSheet
from app.screens.jump import JumpScreen, places
from app.screens.key_sheet import KeySheet
from app.screens.list_sheet import ListSheet
from app.screens.marked_menu import MarkedMenu
from app.screens.marked_sheet import MarkedSheet
from app.screens.moves_menu import MovesMenu
from app.screens.phone_book import PhoneBook
from app.screens.plans import PlanSheet
from app.screens.presenter import Presenter
from app.screens.report_errands import filled
from app.screens.report_sheet import ReportSheet
from app.screens.text_sheet import ReadingSheet, TextSheet
from app.screens.too_small import TooSmall
from app.screens.worked_sheet import WorkedSheet
from app.services.round_plans import PlanWanted
from app.services.whistles import CaseFile
from app.widgets.fields.choice import ChoiceField
from app.widgets.fields.line import LineField
from app.widgets.fields.pick import PickField
from app.widgets.row_list import RowList
from app.widgets.search import FindLine
from tests.ui import floods, handing, mornings, walks
from tests.ui.helping import case_of, lines, mode, open_desk, until
from tests.ui.night_house import OFFICER, Night, notice_of

SHARED = {Box, KeptBox, FormDialog, ItemForm, ListSheet, ReadingSheet, RulesForm, WorkedSheet}
"""What dialogs are made of; never opened themselves."""


@pytest.fixture(autouse=True)
def quiet_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two pictures are compared: on a busy machine one of them might say that reading takes long."""
    monkeypatch.setattr(feed, "SLOW", 3600.0)


@dataclass
class Desk:
    """An open desk and what its dialogs are about."""

    app: CommandCenter
    running: CaseFile
    """Six departments on their way."""
    done: CaseFile
    """Waits for the check."""

    def context(self) -> Any:
        """What forms are given."""
        return self.app.seat.context()

    def sight(self) -> Any:
        """What sheets are given."""
        return self.app.seat.sight()

    def move(self, action: Action) -> MoveDialog:
        """A form made from the table of moves."""
        return MoveDialog(self.context(), self.running, BY_ACTION[action])

    def notice(self) -> NoticeFile:
        """A reminder that waits for an answer."""
        return notice_of(self.running.case.whistle.id, self.running.row, self.app.seat.now())

    def goals(self) -> tuple[Goal, ...]:
        """Where one can go."""
        assert self.app.seat.view is not None
        return tuple(places_and_people(self.app.seat.view.street))

    def below(self, dialog: Answering[Any]) -> Answering[Any]:
        """A dialog that stands on the desk already."""
        self.app.push_screen(dialog)
        return dialog

    def refused(self) -> list[Refusal]:
        """A refusal of a marked case."""
        return [Refusal(self.done.case.whistle.id, Message("The database is not open yet."))]


def rules_of(desk: Desk) -> PatrolBook:
    """The rules for rounds, which have their own version once somebody planned a round."""
    house = desk.context().house
    if not house.round_plans.in_force()[0]:
        order = PlanWanted("", "street_order", (Window(time(7), time(8)),), "JF-SH-G01")
        house.round_plans.set(desk.context().actor, uuid4(), order)
    return house.patrol_rules.current()


async def _no_cases(_typed: str) -> CaseGoals:
    return CaseGoals()


DIALOGS: dict[type[Screen[Any]], Callable[[Desk], Screen[Any]]] = {
    AnswerDialog: lambda d: AnswerDialog(d.context(), d.notice()),
    BlowLine: lambda d: BlowLine(d.context()),
    CallForm: lambda d: CallForm(d.context(), case=d.running),
    CheckDialog: lambda d: CheckDialog(d.context(), d.done),
    DispatchDialog: lambda d: DispatchDialog(d.context(), d.running),
    DutyDialog: lambda d: DutyDialog(d.context()),
    MarkedDialog: lambda d: MarkedDialog(d.context(), [d.running, d.done], BY_ACTION[Action.NOTE], d.refused()),
    MoveDialog: lambda d: d.move(Action.REQUEST_SUSPENSION),
    OpenShift: lambda d: OpenShift(d.context(), d.context().actor),
    RateDialog: lambda d: RateDialog(d.context(), d.done),
    RemindDialog: lambda d: RemindDialog(d.context(), d.running),
    RecordDialog: lambda d: RecordDialog(d.context(), d.running, Action.REPORT_IN),
    ReportDialog: lambda d: ReportDialog(d.context(), d.running),
    ReportSheet: lambda d: ReportSheet(filled(d.app.seat, d.running), d.sight(), d.app.seat.now),
    SpotDialog: lambda d: SpotDialog(d.context()),
    StartRound: lambda d: StartRound(d.context()),
    SayRound: lambda d: walks.say(d.context(), walks.walked(d.context().house, OFFICER)),
    EndRound: lambda d: walks.end(d.context(), walks.walked(d.context().house, OFFICER)),
    SettleDialog: lambda d: walks.settle(d.context(), walks.walked(d.context().house, OFFICER)),
    BlowFinding: lambda d: walks.blow(d.context(), walks.walked(d.context().house, OFFICER)),
    SaidBy: lambda d: walks.said_by(d.context(), walks.walked(d.context().house, OFFICER)),
    SignalDialog: lambda d: SignalDialog(d.context()),
    LevelDialog: lambda d: LevelDialog(d.context()),
    FloodOver: lambda d: floods.over(d.context()),
    ImportWarnings: lambda d: ImportWarnings(d.context()),
    LowerDialog: lambda d: floods.lower(d.context()),
    HouseholdDialog: lambda d: HouseholdDialog(d.context()),
    TakeOver: lambda d: TakeOver(d.context()),
    HouseholdCall: lambda d: floods.call(d.context()),
    FloodSheet: lambda d: floods.sheet(d.app),
    TextSheet: lambda d: floods.text_sheet(d.app),
    LookAlikes: lambda d: LookAlikes(d.context(), [d.running.row, d.done.row]),
    Confirm: lambda d: Confirm(lambda words: words.t("Undo"), d.sight().words),
    CommandSheet: lambda d: CommandSheet(mode(d.app).situation(), d.app.seat.words, "Commands"),
    EntryScreen: lambda d: EntryScreen(d.running.events[0], d.sight()),
    FilterSheet: lambda d: FilterSheet(d.sight(), (View("mine", EVERY_CASE),), View(""), lambda _filter, _search: None),
    GoSheet: lambda d: GoSheet(d.sight(), d.goals(), _no_cases),
    JumpScreen: lambda d: JumpScreen(partial(places, mode(d.app)), d.app.seat.words),
    KeySheet: lambda d: KeySheet(d.below(MovesMenu(d.app.seat, d.running))),
    MarkedMenu: lambda d: MarkedMenu(d.app.seat, [d.running, d.done]),
    MarkedSheet: lambda d: MarkedSheet(Message("The database is not open yet."), d.refused(), [d.done], d.sight()),
    MovesMenu: lambda d: MovesMenu(d.app.seat, d.running),
    PhoneBook: lambda d: PhoneBook(phone_book(d.sight().street, None, (), ""), d.sight()),
    ChecklistSheet: lambda d: ChecklistSheet(d.context(), rules_of(d), None),
    QuestionDialog: lambda d: QuestionDialog(
        d.context(), rules_of(d).templates["river_flood"], rules_of(d).templates["river_flood"].questions[7]
    ),
    NewChecklist: lambda d: NewChecklist(d.context(), rules_of(d).templates["river_flood"]),
    DropReading: lambda d: DropReading(d.context()),
    LevelsDialog: lambda d: LevelsDialog(d.context(), rules_of(d).gauges["shuanghe_bridge"]),
    PlanSheet: lambda d: PlanSheet(
        d.context(),
        d.context().house.round_plans.board(),
        rules_of(d),
        None,
        lambda context, like: PlanDialog(context, like=like),
    ),
    PlanDialog: lambda d: PlanDialog(d.context(), d.running),
    LogEntryDialog: lambda d: mornings.entry_form(d.context()),
    CloseLogEntry: lambda d: mornings.closing(d.context()),
    BriefingNoteDialog: lambda d: mornings.note(d.context()),
    AttendDialog: lambda d: mornings.attend(d.context()),
    ItemDialog: lambda d: mornings.item(d.context()),
    HandoverLine: lambda d: handing.line(d.context()),
    HandoverAccept: lambda d: handing.accept(d.context()),
    EquipmentDialog: lambda d: handing.equipment(d.context()),
    ReliefNoteDialog: lambda d: handing.note(d.context()),
    HandoverSheet: lambda d: handing.sheet(d.app, d.context()),
    Presenter: lambda d: mornings.presenter(d.app),
    BriefingUnitSheet: lambda d: BriefingUnitSheet(d.sight().street.street.units, d.sight()),
    TooSmall: lambda d: TooSmall(d.app.seat.words, 60, 16),
}
"""How each is opened."""


def every_dialog() -> set[type]:
    """Every class of the program that lies over the desk and is answered."""
    for module in pkgutil.walk_packages(app.screens.__path__, "app.screens."):
        importlib.import_module(module.name)
    found, waiting = set(), [Answering]
    while waiting:
        below = [kind for kind in waiting.pop().__subclasses__() if kind.__module__.startswith("app.")]
        found |= set(below)
        waiting += below
    return found - SHARED


def test_every_dialog_is_known_here() -> None:
    """A new dialog is said in both languages from its first day."""
    assert every_dialog() == set(DIALOGS)


QUICK = (LookAlikes, Confirm, JumpScreen, MarkedSheet)


async def test_questions_numbers_and_lists_change_their_language(full: Night) -> None:
    """Those that are asked in the midst of something."""
    await told_again(full, QUICK)


@pytest.mark.slow
async def test_every_dialog_changes_its_language(full: Night) -> None:
    """All the others."""
    await told_again(full, tuple(kind for kind in DIALOGS if kind not in QUICK))


async def told_again(night: Night, kinds: tuple[type[Screen[Any]], ...]) -> None:
    """Open each in Chinese, fill it in and change the language: as if it had been opened and filled in in English."""
    async with open_desk(night, (120, 36)) as (desk, pilot):
        here = Desk(desk, await case_of(desk, "0702-05"), await case_of(desk, "0702-03"))
        await case_of(desk, "0702-05")
        for kind in kinds:
            await speak(desk, "en")
            wanted = await opened(here, pilot, kind)
            await closed(desk)
            await speak(desk, "zh")
            chinese = await opened(here, pilot, kind)
            assert chinese.text != wanted.text
            await pilot.press("ctrl+l")
            now = await settled(here, pilot)
            if isinstance(desk.screen, JumpScreen):  # fewer rows in English: numbers stay with theirs
                numbers_stay(desk.screen, now, wanted)
                await closed(desk)
                continue
            assert now.text == wanted.text, f"{kind.__name__}\n{now.text}\n---- as opened in English:\n{wanted.text}"
            assert now.focus == chinese.focus, kind
            pairs = zip(now.cursors, chinese.cursors, strict=True)
            assert all(before in (after, None) for after, before in pairs), kind  # None: "1" fits no name in Chinese
            for name, (value, cursor) in chinese.typed.items():
                assert now.typed[name][0] == wanted.typed[name][0]
                if value == now.typed[name][0]:  # a person or place is named in the other language now
                    assert now.typed[name][1] == cursor, (kind, name)
            await closed(desk)


def numbers_stay(jump: JumpScreen, now: Look, wanted: Look) -> None:
    """Every number stands where its pane, row or chip is now, and the line below is in the other language."""
    assert now.text.splitlines()[-1] == wanted.text.splitlines()[-1]
    found = {place.what: (place.x, place.y) for place in jump._look()}
    assert len(jump._places) > 20
    for number, place in jump._places.items():
        label = jump.query_one(f"#n{number}")
        assert found[place.what] == (place.x, place.y) == (label.region.x, label.region.y)


@dataclass
class Look:
    """What is to be seen of a dialog, and where its cursors are."""

    text: str
    typed: dict[str, tuple[str, int]]
    focus: str
    cursors: tuple[object, ...]


def look(desk: CommandCenter) -> Look:
    """The screen below the header, whose pulse tells the seconds."""
    screen = desk.screen
    typed = {str(line.id): (line.value, line.cursor_position) for line in screen.query(Input)}
    focus = str(screen.focused.id if screen.focused else "")
    return Look("\n".join(lines(desk)[1:]), typed, focus, tuple(rows.cursor for rows in screen.query(RowList)))


async def settled(here: Desk, pilot: Pilot[None]) -> Look:
    """What it looks like once nothing changes any more."""
    seen: list[Look] = []
    for _ in range(200):
        await pilot.pause()
        seen.append(look(here.app))
        idle = all(worker.is_finished for worker in here.app.workers)
        torn = getattr(here.app.screen, "torn", False)
        if idle and not torn and len(seen) > 3 and seen[-1] == seen[-2] == seen[-3]:
            return seen[-1]
        await asyncio.sleep(0.01)
    raise AssertionError("it never came to rest")


async def opened(here: Desk, pilot: Pilot[None], kind: type[Screen[Any]]) -> Look:
    """Open it and fill it in."""
    screen = DIALOGS[kind](here)
    here.app.push_screen(screen)
    await until(lambda: here.app.screen is screen and screen.is_mounted)
    await settled(here, pilot)
    if isinstance(screen, Box):
        fill_in(screen)
    elif screen.query("RowList, HitList"):
        await pilot.press(*("1" if screen.query(FindLine) else ()), "down", "down")
    return await settled(here, pilot)


def fill_in(form: Box[Any]) -> None:
    """Something in every field of words, the second of every choice, the cursor in the midst of it all."""
    for row in form.rows.values():
        widget = row.widget
        if isinstance(widget, LineField):
            widget.value = "12:00 on time"
            widget.cursor_position = 4
        elif isinstance(widget, ChoiceField):
            widget.action_step(1)
        elif isinstance(widget, PickField):
            widget.action_move(1)
            widget.action_take()
    form.action_next()


async def speak(desk: CommandCenter, language: str) -> None:
    """The desk in this language."""
    if desk.seat.words.language != language:
        await desk.action_language()


async def closed(desk: CommandCenter) -> None:
    """Away with it and with what was typed."""
    while (screen := desk.screen) is not mode(desk):
        assert isinstance(screen, Answering)
        if isinstance(screen, KeptBox):
            await screen.drop_draft()
        screen.dismiss(None)
        await until(lambda screen=screen: desk.screen is not screen and not screen.is_attached)  # type: ignore[misc]


async def test_the_open_search_line_asks_in_the_other_language(full: Night) -> None:
    """Its example changes, what is typed and the cursor in it stay, and the list stays narrowed."""
    async with open_desk(full, (120, 36)) as (desk, pilot):
        await pilot.press("f3")
        await until(lambda: "可用拼音首字母" in lines(desk)[-2] + lines(desk)[-1])
        await pilot.press("ctrl+l")
        await until(lambda: "pinyin initials too" in lines(desk)[-2] + lines(desk)[-1])
        await pilot.press(*"井盖", "left", "ctrl+l")
        line = mode(desk).query_one("#search", FindLine)
        await until(lambda: desk.seat.words.language == "zh")
        assert (line.value, line.cursor_position, line.has_focus) == ("井盖", 1, True)
        await until(lambda: 0 < len(mode(desk).board.keys) < 4)


async def test_a_sentence_in_the_status_line_is_said_again_or_goes_away(full: Night) -> None:
    """What is known by its meaning speaks the new language at once; what is mere text does not stay in the old one."""
    async with open_desk(full, (120, 36)) as (app, pilot):
        await pilot.press("t")
        await until(lambda: any("外观：" in line for line in lines(app)))
        await pilot.press("l")
        await until(lambda: any("Look: " in line for line in lines(app)))
        app.tell("a word of the old language")
        await until(lambda: any("of the old language" in line for line in lines(app)))
        await pilot.press("l")
        await until(lambda: not any("of the old language" in line for line in lines(app)))
        mode(app).say(Message("{case}: {what}, recorded.", {"case": "0702-01", "what": EventKind.BLOWN}))
        await until(lambda: any("0702-01" in line and "已记录" in line for line in lines(app)[-3:]))
        await pilot.press("l")
        await until(lambda: any("0702-01: whistle blown, recorded." in line for line in lines(app)))
