"""Every form that is typed into keeps its words: through a kill, a change of language, a disk that refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from app.domain.moves import BY_ACTION, MOVES, Action
from app.domain.notice_file import NoticeFile
from app.domain.patrol_book import PatrolBook
from app.screens.dialogs import kept
from app.screens.dialogs.answer import AnswerDialog
from app.screens.dialogs.blow import BlowLine
from app.screens.dialogs.blow_finding import BlowFinding
from app.screens.dialogs.briefing import AttendDialog, BriefingNoteDialog, ItemDialog
from app.screens.dialogs.call_form import CallForm
from app.screens.dialogs.check import CheckDialog
from app.screens.dialogs.dispatch import DispatchDialog
from app.screens.dialogs.drop_reading import DropReading
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
from app.screens.dialogs.household import HouseholdDialog
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
from app.screens.dialogs.say_round import SayRound
from app.screens.dialogs.settle import SettleDialog
from app.screens.dialogs.signal import SignalDialog
from app.screens.dialogs.spot import SpotDialog
from app.screens.dialogs.start_round import StartRound
from app.widgets.fields.choice import ChoiceField
from app.widgets.fields.completing import CompletingLine
from app.widgets.fields.line import LineField
from app.widgets.fields.pick import PickField
from tests.ui import floods, handing, mornings, walks
from tests.ui.dialogs.stage import Hall, on_stage, shown, wait_for
from tests.ui.dialogs.test_moves import OWN_DIALOGS
from tests.ui.night_house import OFFICER, notice_of, play_until

Make = Callable[[Hall, UUID], KeptBox[Any]]

NOTICES: dict[UUID, NoticeFile] = {}


def about(hall: Hall, case: UUID) -> NoticeFile:
    """The same reminder however often its form is opened."""
    return NOTICES.setdefault(case, notice_of(case, hall.file(case).row, hall.night.wall.at))


def rules_of(hall: Hall) -> PatrolBook:
    """The rules for rounds."""
    return hall.night.house.patrol_rules.current()


FORMS: dict[type[KeptBox[Any]], Make] = {
    AnswerDialog: lambda hall, case: AnswerDialog(hall.context(), about(hall, case)),
    BlowLine: lambda hall, _case: BlowLine(hall.context()),
    CallForm: lambda hall, _case: CallForm(hall.context()),
    CheckDialog: lambda hall, case: CheckDialog(hall.context(), hall.file(case)),
    DispatchDialog: lambda hall, case: DispatchDialog(hall.context(), hall.file(case)),
    MarkedDialog: lambda hall, case: MarkedDialog(hall.context(), [hall.file(case)], BY_ACTION[Action.NOTE]),
    MoveDialog: lambda hall, case: MoveDialog(hall.context(), hall.file(case), BY_ACTION[Action.REQUEST_EXTENSION]),
    OpenShift: lambda hall, _case: OpenShift(hall.context(), hall.context().actor),
    RateDialog: lambda hall, case: RateDialog(hall.context(), hall.file(case)),
    RemindDialog: lambda hall, case: RemindDialog(hall.context(), hall.file(case)),
    RecordDialog: lambda hall, case: RecordDialog(hall.context(), hall.file(case), Action.REPORT_IN),
    ReportDialog: lambda hall, case: ReportDialog(hall.context(), hall.file(case)),
    SpotDialog: lambda hall, _case: SpotDialog(hall.context()),
    StartRound: lambda hall, _case: StartRound(hall.context()),
    SayRound: lambda hall, _case: walks.say(hall.context(), walks.walked(hall.night.house, OFFICER)),
    EndRound: lambda hall, _case: walks.end(hall.context(), walks.walked(hall.night.house, OFFICER)),
    SettleDialog: lambda hall, _case: walks.settle(hall.context(), walks.walked(hall.night.house, OFFICER)),
    BlowFinding: lambda hall, _case: walks.blow(hall.context(), walks.walked(hall.night.house, OFFICER)),
    QuestionDialog: lambda hall, _case: QuestionDialog(
        hall.context(), rules_of(hall).templates["river_flood"], rules_of(hall).templates["river_flood"].questions[7]
    ),
    NewChecklist: lambda hall, _case: NewChecklist(hall.context(), rules_of(hall).templates["river_flood"]),
    LevelsDialog: lambda hall, _case: LevelsDialog(hall.context(), rules_of(hall).gauges["shuanghe_bridge"]),
    DropReading: lambda hall, _case: DropReading(hall.context()),
    PlanDialog: lambda hall, case: PlanDialog(hall.context(), hall.file(case)),
    SignalDialog: lambda hall, _case: SignalDialog(hall.context()),
    LevelDialog: lambda hall, _case: LevelDialog(hall.context()),
    FloodOver: lambda hall, _case: floods.over(hall.context()),
    ImportWarnings: lambda hall, _case: ImportWarnings(hall.context()),
    LowerDialog: lambda hall, _case: floods.lower(hall.context()),
    HouseholdDialog: lambda hall, _case: HouseholdDialog(hall.context()),
    LogEntryDialog: lambda hall, _case: mornings.entry_form(hall.context()),
    CloseLogEntry: lambda hall, _case: mornings.closing(hall.context()),
    BriefingNoteDialog: lambda hall, _case: mornings.note(hall.context()),
    AttendDialog: lambda hall, _case: mornings.attend(hall.context()),
    HandoverLine: lambda hall, _case: handing.line(hall.context()),
    HandoverAccept: lambda hall, _case: handing.accept(hall.context()),
    EquipmentDialog: lambda hall, _case: handing.equipment(hall.context()),
    ReliefNoteDialog: lambda hall, _case: handing.note(hall.context()),
    ItemDialog: lambda hall, _case: mornings.item(hall.context()),
    HouseholdCall: lambda hall, _case: floods.call(hall.context()),
}
"""How each kind of form is opened."""
QUICK = (BlowLine, DispatchDialog)
"""Tried every time; the others in the long tests."""


def kinds_of_forms() -> set[type[KeptBox[Any]]]:
    """Every form of the program that keeps a draft."""
    found: set[type[KeptBox[Any]]] = set()
    waiting: list[type[KeptBox[Any]]] = [KeptBox]
    while waiting:
        below = [kind for kind in waiting.pop().__subclasses__() if kind.__module__.startswith("app.")]
        found |= {kind for kind in below if kind.keeps_draft and kind not in (FormDialog, ItemForm, RulesForm)}
        waiting += below
    return found


def fill_in(form: KeptBox[Any]) -> dict[str, str]:
    """Words, choices and departments that nobody has proposed; what then stands in the form."""
    for row in form.rows.values():
        field = row.widget
        if isinstance(field, CompletingLine):
            field.line.value = "双河一 应急 井盖冲开"
        elif isinstance(field, LineField):
            field.value = "10-09 9:00" if field.half_width else "沟口还有淤泥"
        elif isinstance(field, ChoiceField):
            field.action_step(1)
        elif isinstance(field, PickField):
            field.action_all()
    form.understood()
    return form.typed()


def test_every_form_is_known_here() -> None:
    """A new form is tested from its first day."""
    assert kinds_of_forms() == set(FORMS)


async def there_and_back(hall: Hall, form: KeptBox[Any], make: Callable[[], KeptBox[Any]]) -> None:
    """Fill it in, kill the program once the draft is on the disk, and open the form in a new one."""
    name = form._keeper._form
    path = hall.night.settings.drafts / f"desk-1.{name}.json"
    async with on_stage(form, (120, 50)) as (pilot, _):
        typed = fill_in(form)
        assert typed
        await wait_for(pilot, lambda: form._kept and path.exists() and form._stored != {})
        left = path.read_bytes()
        await form.drop_draft()
    path.write_bytes(left)  # as a kill leaves it: nothing that comes after the last save
    later = make()
    async with on_stage(later, (120, 50)) as (pilot, app):
        await wait_for(pilot, lambda: "已恢复" in shown(app))
        assert later.typed() == typed
        await later.drop_draft()


@pytest.mark.parametrize("kind", [kind if kind in QUICK else pytest.param(kind, marks=pytest.mark.slow)
                                  for kind in FORMS], ids=lambda kind: kind.__name__)  # fmt: skip
async def test_a_kill_takes_no_word_out_of_any_form(
    hall: Hall, kind: type[KeptBox[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was filled in comes back as it stood, in every kind of form."""
    monkeypatch.setattr(kept, "SAVE_AFTER", 0.02)
    case = (
        play_until(hall.night, "07-03 00:29")
        if kind not in (BlowLine, CallForm, OpenShift, SpotDialog)
        else UUID(int=0)
    )
    await there_and_back(hall, FORMS[kind](hall, case), lambda: FORMS[kind](hall, case))


@pytest.mark.slow
async def test_every_move_of_the_table_keeps_its_words_too(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dispatch, correct, feedback, requests and decisions: whatever the move asks for."""
    monkeypatch.setattr(kept, "SAVE_AFTER", 0.02)
    case = play_until(hall.night, "07-03 00:29")
    for move in MOVES:
        if move.action not in OWN_DIALOGS and move.args:
            file = hall.file(case)
            make = lambda move=move, file=file: MoveDialog(hall.context(), file, move)  # noqa: E731
            await there_and_back(hall, make(), make)


async def test_a_state_folder_that_cannot_be_written_is_said_and_costs_no_word(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form says that nothing is kept; left and opened again at the same desk, the words are there."""
    monkeypatch.setattr(kept, "SAVE_AFTER", 0.02)
    folder = hall.night.settings.drafts
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way")
    context = hall.context()
    form = BlowLine(context)
    async with on_stage(form, (120, 36)) as (pilot, app):
        typed = fill_in(form)
        await wait_for(pilot, lambda: "无法留存" in form.notice)
        await pilot.press("escape")
        await wait_for(pilot, lambda: app.screen is not form)
        later = BlowLine(context)
        app.push_screen(later)
        await wait_for(pilot, lambda: app.screen is later and "已恢复" in shown(app))
        assert later.typed() == typed
