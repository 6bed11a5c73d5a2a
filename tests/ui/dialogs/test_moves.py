"""Moves made from the life cycle's table: every argument by keys, the right person proposed, refusals kept."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from app.domain.actor import Channel
from app.domain.events import EventKind
from app.domain.moves import BY_ACTION, MOVES, Action
from app.domain.policy import WhistleKind
from app.domain.whistle import Severity, WhistleState
from app.screens.dialogs.move import MoveDialog
from tests.night import local
from tests.ui.dialogs.stage import Hall, on_stage, shown, type_text, wait_for
from tests.ui.night_house import LEADER, PLATFORM, play_until

OWN_DIALOGS = {
    Action.DRAFT, Action.REVISE, Action.BLOW, Action.DISPATCH, Action.ACKNOWLEDGE, Action.EN_ROUTE, Action.REPORT_IN,
    Action.WORK_NOTE, Action.DONE, Action.CHECK, Action.RATE, Action.REPORT,
}  # fmt: skip


def lamp(hall: Hall, *, approved: bool = False) -> UUID:
    """A routine matter that waits for approval, or has it."""
    blown = hall.night.blow("路灯不亮", kind=WhistleKind.ROUTINE, severity=Severity.NORMAL, why="要公共事业中心修",
                            behalf="SH-G01-A")  # fmt: skip
    case = blown.case.whistle.id
    if approved:
        hall.night.act(case, Action.APPROVE, LEADER)
    return case


def dialog(hall: Hall, case: UUID, action: Action, entry: UUID | None = None) -> MoveDialog:
    """The dialog of a move on a case."""
    return MoveDialog(hall.context(), hall.file(case), BY_ACTION[action], entry)


@pytest.mark.slow
async def test_every_move_has_a_form_that_fits(hall: Hall) -> None:
    """Each move of the table opens at 80×24 with its title and its whole border, and Esc leaves it."""
    case = play_until(hall.night, "07-03 00:29")
    moves = [move for move in MOVES if move.action not in OWN_DIALOGS]
    async with on_stage(dialog(hall, case, moves[0].action)) as (pilot, app):
        for move in moves:
            if app.screen is not app.dialog:
                app.dialog = dialog(hall, case, move.action)
                app.push_screen(app.dialog)
                await wait_for(pilot, lambda: app.screen is app.dialog and bool(app.dialog.rows))
                await pilot.pause()
            text = shown(app)
            assert app.dialog.words.t(move.label) in text
            assert "╰" in text
            left = app.dialog
            await pilot.press("escape")
            await wait_for(pilot, lambda left=left: app.screen is not left)


async def test_approval_is_the_shift_leaders_and_nobody_elses_name(hall: Hall) -> None:
    """The leader of tonight's shift is proposed; one Enter approves in their name by phone."""
    async with on_stage(dialog(hall, lamp(hall), Action.APPROVE)) as (pilot, app):
        assert "街道·带班领导" in shown(app)
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(app.results))
    event = app.results[0].event
    assert (event.on_behalf_of, event.channel) == (LEADER, Channel.PHONE)
    assert app.results[0].case.whistle.state is WhistleState.OPEN


async def test_another_person_is_found_by_a_part_of_the_name(hall: Hall) -> None:
    """The community's leader instead: typed, pointed at, taken, sent."""
    async with on_stage(dialog(hall, lamp(hall), Action.REJECT)) as (pilot, app):
        await type_text(pilot, "不属公共事务")
        app.dialog.rows["on_behalf_of"].widget.focus()
        await pilot.press("ctrl+u")
        await type_text(pilot, "第一书记")
        await pilot.press("enter")
        await pilot.pause()
        assert app.dialog.rows["on_behalf_of"].widget.code == "SH-SEC"
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(app.results))
    assert app.results[0].event.on_behalf_of == "SH-SEC"
    assert app.results[0].case.whistle.state is WhistleState.REJECTED


async def test_somebody_who_may_not_is_refused_beside_the_field(hall: Hall) -> None:
    """A name that is not in the list: the text stays, nothing is written."""
    case = lamp(hall)
    async with on_stage(dialog(hall, case, Action.REJECT)) as (pilot, app):
        await type_text(pilot, "重复")
        app.dialog.rows["on_behalf_of"].widget.focus()
        await pilot.press("ctrl+u")
        await type_text(pilot, "王五")
        await pilot.press("enter")
        await wait_for(pilot, lambda: app.dialog.rows["on_behalf_of"].wrong)
        assert "王五" in shown(app)
        assert "重复" in shown(app)
    assert hall.file(case).case.whistle.state is WhistleState.PENDING_APPROVAL


async def test_suspension_until_a_day_to_come(hall: Hall) -> None:
    """``7天后`` is understood beside the field and stored as that instant; the street's administrator decides."""
    case = lamp(hall, approved=True)
    async with on_stage(dialog(hall, case, Action.SUSPEND)) as (pilot, app):
        await type_text(pilot, "等电缆到货")
        await pilot.press("down")
        await type_text(pilot, "七天后")
        await pilot.pause()
        assert "2020-07-09 23:50" in shown(app)
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(app.results))
    assert app.results[0].case.whistle.review_at == hall.night.wall.at + timedelta(days=7)


async def test_a_return_is_decided_by_digit_for_the_department_that_asked(hall: Hall) -> None:
    """The one department with a request is chosen already; 2 refuses; the zone platform's officer decides."""
    case = play_until(hall.night, "07-03 00:16")
    hall.night.act(case, Action.REQUEST_RETURN, "safety_bureau", department="safety_bureau", reason="不属我局")
    async with on_stage(dialog(hall, case, Action.DECIDE_RETURN)) as (pilot, app):
        assert app.dialog.text("department") == "safety_bureau"
        app.dialog.rows["granted"].widget.focus()
        await pilot.press("2", "down")
        await type_text(pilot, "安全隐患归安监")
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(app.results))
    event = app.results[0].event
    assert event.payload["granted"] is False
    assert event.on_behalf_of == PLATFORM


async def test_a_case_joins_another_found_by_a_word_of_its_title(hall: Hall) -> None:
    """Open cases are listed under the line; Enter takes one, Enter again joins."""
    first, second = lamp(hall), lamp(hall)
    async with on_stage(dialog(hall, second, Action.JOIN)) as (pilot, app):
        await type_text(pilot, "路灯")
        await pilot.press("enter", "enter")
        await wait_for(pilot, lambda: bool(app.results))
    assert app.results[0].case.whistle.merged_into == first


async def test_an_entry_is_corrected_by_choosing_it_from_the_timeline(hall: Hall) -> None:
    """The entry under the cursor is chosen already; reason and time are typed; the timeline gains an entry."""
    case = play_until(hall.night, "07-03 00:29")
    entry = next(event for event in hall.file(case).events if event.kind.value == "reported_in")
    async with on_stage(dialog(hall, case, Action.CORRECT, entry.id)) as (pilot, app):
        app.dialog.rows["reason"].widget.focus()
        await type_text(pilot, "看错表")
        app.dialog.rows["occurred_at"].widget.focus()
        await type_text(pilot, "00:24")
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(app.results))
    assert app.results[0].event.corrects == entry.id
    assert app.results[0].event.occurred_at == local("07-03 00:24")


async def test_a_correction_needs_the_time_and_asks_for_it(hall: Hall) -> None:
    """Without a time the cursor goes to it; nothing is written."""
    case = play_until(hall.night, "07-03 00:29")
    entry = hall.file(case).events[0].id
    async with on_stage(dialog(hall, case, Action.CORRECT, entry)) as (pilot, app):
        app.dialog.rows["reason"].widget.focus()
        await type_text(pilot, "看错表")
        await pilot.press("enter")
        await wait_for(pilot, lambda: app.dialog.rows["occurred_at"].wrong)
        assert app.dialog.rows["occurred_at"].widget.has_focus


async def test_a_conflict_names_who_was_faster_and_the_next_enter_is_about_the_case_as_it_is(hall: Hall) -> None:
    """Somebody approved meanwhile: nothing is written, the case is read again, the text stays."""
    case = lamp(hall, approved=True)
    seen = hall.file(case)
    hall.night.act(case, Action.LEVEL_UP, LEADER)
    async with on_stage(MoveDialog(hall.context(), seen, BY_ACTION[Action.SUSPEND])) as (pilot, app):
        await type_text(pilot, "等材料")
        await pilot.press("down")
        await type_text(pilot, "+7d")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "值班员甲" in shown(app))
        assert app.results == []
        assert app.dialog.text("reason") == "等材料"
        await pilot.pause(0.7)
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(app.results))
    assert app.results[0].case.whistle.state is WhistleState.SUSPENDED


async def test_words_of_a_move_that_is_too_late_are_kept_as_a_note(hall: Hall) -> None:
    """Somebody suspended it first: who, when and what is named, nothing is lost, F7 writes the words into the case."""
    case = lamp(hall, approved=True)
    seen = hall.file(case)
    until = hall.night.wall.at + timedelta(days=7)
    hall.night.act(case, Action.SUSPEND, "JF-GL", reason="等审批", until=until)
    async with on_stage(MoveDialog(hall.context(), seen, BY_ACTION[Action.SUSPEND]), (120, 36)) as (pilot, app):
        await type_text(pilot, "等材料")
        await pilot.press("down")
        await type_text(pilot, "+7d")
        await pilot.press("enter", "enter")
        await wait_for(pilot, lambda: "F7" in shown(app))
        assert "已记录：挂账" in shown(app)
        assert "23:50" in shown(app)
        assert app.dialog.text("reason") == "等材料"
        assert app.results == []
        await pilot.press("f7", "f7")
        await wait_for(pilot, lambda: bool(app.results))
    assert [outcome.event.kind for outcome in app.results] == [EventKind.NOTED]
    assert hall.file(case).events[-1].words["note"].startswith("等材料")
