"""Whistling for departments and recording what they report, by keys alone."""

from __future__ import annotations

from uuid import UUID

import pytest

from app.domain.actor import Channel
from app.domain.facts import Facts
from app.domain.moves import Action
from app.domain.org import UnitLevel
from app.domain.policy import WhistleKind
from app.domain.whistle import AssignmentState
from app.screens.dialogs.dispatch import DispatchDialog
from app.screens.dialogs.record import RecordDialog
from tests.night import local
from tests.ui.dialogs.stage import Hall, on_stage, quiet, shown, type_text, wait_for
from tests.ui.helping import post
from tests.ui.night_house import LEADER, PLATFORM, play_until


def blown(hall: Hall) -> UUID:
    """The manhole, blown at 23:56 and still with the street."""
    facts = Facts(WhistleKind.EMERGENCY, "JF-SH-G01", {"title": "井盖冲开"}, matter="manhole")
    return hall.night.house.whistles.blow(hall.night.intent(Action.BLOW, facts=facts)).case.whistle.id


async def test_dispatch_raises_first_and_takes_the_proposed_lead(hall: Hall) -> None:
    """Enter alone: raised to the zone, the policy's lead whistled for on behalf of the zone platform."""
    case = blown(hall)
    async with on_stage(DispatchDialog(hall.context(), hall.file(case))) as (pilot, app):
        text = shown(app)
        assert "井盖缺损 → 公共事业中心" in text
        assert "街道 → 开发区" in text
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(app.results))
    outcome = app.results[0]
    assert outcome.case.whistle.level is UnitLevel.ZONE
    assert [(a.department, a.role.value) for a in outcome.case.assignments] == [("utilities_center", "lead")]
    assert (outcome.event.on_behalf_of, outcome.event.channel) == (PLATFORM, Channel.PHONE)
    kinds = [event.kind.value for event in hall.file(case).events]
    assert kinds == ["blown", "levelled_up", "dispatched"]


async def test_digits_take_departments_and_typed_times_are_kept(hall: Hall) -> None:
    """Six departments by digit, raised 23:51 and dispatched 23:52 as typed."""
    case = blown(hall)
    hall.night.wall.set("07-03 00:02")
    async with on_stage(DispatchDialog(hall.context(), hall.file(case))) as (pilot, app):
        await pilot.press("2", "3", "4", "5", "6")
        app.dialog.rows["raised_at"].widget.focus()
        await type_text(pilot, "23:51")
        app.dialog.rows["occurred_at"].widget.focus()
        await type_text(pilot, "２３：５２")
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(app.results))
    events = hall.file(case).events
    assert [event.occurred_at for event in events[1:]] == [local("07-02 23:51"), local("07-02 23:52")]
    assert len(app.results[0].case.assignments) == 6


async def test_a_failed_dispatch_keeps_the_raising_and_the_choice(hall: Hall) -> None:
    """Raised, but the time of dispatch is no time: the case is raised once, Enter later only dispatches."""
    case = blown(hall)
    async with on_stage(DispatchDialog(hall.context(), hall.file(case))) as (pilot, app):
        app.dialog.rows["occurred_at"].widget.focus()
        await type_text(pilot, "25:99")
        await pilot.press("enter")
        await wait_for(pilot, lambda: app.dialog.rows["occurred_at"].wrong)
        assert "25:99" in shown(app)
        await pilot.pause(0.7)
        await pilot.press("ctrl+u", "enter")
        await wait_for(pilot, lambda: bool(app.results))
    assert [event.kind.value for event in hall.file(case).events] == ["blown", "levelled_up", "dispatched"]


async def test_departments_already_sent_are_dim_and_cannot_be_taken(hall: Hall) -> None:
    """At 00:29 six are on their way; only another one can be added, as an assist."""
    case = play_until(hall.night, "07-03 00:29")
    async with on_stage(DispatchDialog(hall.context(), hall.file(case))) as (pilot, app):
        assert "已派" in shown(app)
        await pilot.press("1", "8", "enter")
        await wait_for(pilot, lambda: bool(app.results))
    added = app.results[0].event.payload["departments"]
    assert added == [{"code": "police_station", "role": "assist", "nth": 1}]


@pytest.mark.slow
async def test_report_in_of_three_departments_at_once(hall: Hall) -> None:
    """F7 takes all that can; each needs who came, all need what was said; Enter goes on until nothing is missing."""
    case = play_until(hall.night, "07-03 00:29")
    async with on_stage(RecordDialog(hall.context(), hall.file(case))) as (pilot, app):
        assert app.dialog.text("action") == "report_in"
        await pilot.press("f7")
        await pilot.press("enter")
        await wait_for(pilot, lambda: app.dialog.rows["person-beauty_office"].wrong)
        await pilot.pause(0.7)
        for department, person in (("beauty_office", "甲"), ("safety_bureau", "乙"), ("social_affairs", "丙")):
            assert app.dialog.rows[f"person-{department}"].widget.has_focus
            await type_text(pilot, person)
            await pilot.press("enter")
            await pilot.pause()
        assert app.dialog.rows["spoken"].widget.has_focus
        await pilot.press("enter")
        await wait_for(pilot, lambda: app.dialog.rows["spoken"].wrong)
        await pilot.pause(0.7)
        await type_text(pilot, "三家同车到")
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(app.results))
    outcomes = app.results[0]
    assert [o.event.payload["department"] for o in outcomes] == ["beauty_office", "safety_bureau", "social_affairs"]
    assert [o.event.on_behalf_of for o in outcomes] == ["beauty_office", "safety_bureau", "social_affairs"]
    assert outcomes[1].event.words["person"] == "乙"
    assert outcomes[0].event.words == {"person": "甲", "said": "三家同车到"}
    assert outcomes[2].case.whistle.reported_in == 6


async def test_f7_takes_all_from_every_field_and_a_digit_that_stands_nowhere_is_answered(hall: Hall) -> None:
    """On what is recorded, in the line of words; a digit of the other list is told which there are."""
    case = play_until(hall.night, "07-03 00:29")
    async with on_stage(RecordDialog(hall.context(), hall.file(case))) as (pilot, app):
        await quiet(pilot, app)
        for field in ("action", "spoken", "occurred_at"):
            app.dialog.focus_field(field)
            await pilot.press("f7")
            await wait_for(pilot, lambda: len(app.dialog.pick.taken) == 3)
            assert app.dialog.rows[field].widget.has_focus
            await pilot.press("f7")
            await wait_for(pilot, lambda: app.dialog.pick.taken == ())
        for field, digit, said in (("action", "6", "没有6，只有1–5"), ("departments", "7", "没有7，只有1–6"),
                                   ("departments", "1", "1现在不能选")):  # fmt: skip
            app.dialog.focus_field(field)
            await pilot.press(digit)
            await wait_for(pilot, lambda said=said: said in shown(app))
        assert app.dialog.text("action") == "report_in"
        assert app.dialog.pick.taken == ()


async def test_tab_in_one_breath_with_the_digit_reaches_the_line_that_has_just_appeared(hall: Hall) -> None:
    """The department's digit and Tab without waiting: who came is asked next, not the time below."""
    case = play_until(hall.night, "07-03 00:29")
    async with on_stage(RecordDialog(hall.context(), hall.file(case))) as (pilot, app):
        await quiet(pilot, app)
        for key in ("4", "tab"):
            post(app, key)
        await wait_for(pilot, lambda: not app.dialog.rows["departments"].widget.has_focus)
        assert app.dialog.rows["person-beauty_office"].widget.has_focus


async def test_what_failed_is_named_and_stays(hall: Hall) -> None:
    """Somebody else recorded one of them meanwhile: the other two are sent, the one is named with the reason."""
    case = play_until(hall.night, "07-03 00:29")
    seen = hall.file(case)
    hall.night.act(case, Action.REPORT_IN, "safety_bureau", department="safety_bureau", person="甲", said="到了")
    async with on_stage(RecordDialog(hall.context(), seen)) as (pilot, app):
        await pilot.press("f7")
        for department in ("beauty_office", "safety_bureau", "social_affairs"):
            app.dialog.rows[f"person-{department}"].widget.focus()
            await type_text(pilot, "乙")
        app.dialog.rows["spoken"].widget.focus()
        await type_text(pilot, "到了")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "已记2家" in shown(app))
        assert "安监局" in shown(app)
        assert app.results == []
    states = {a.department: a.state for a in hall.file(case).case.assignments}
    assert states["social_affairs"] is AssignmentState.REPORTED_IN


async def test_done_by_digit_with_a_time_and_other_words(hall: Hall) -> None:
    """The action by digit, the departments on site are taken, no words are put into anybody's mouth."""
    case = play_until(hall.night, "07-03 00:37")
    async with on_stage(RecordDialog(hall.context(), hall.file(case))) as (pilot, app):
        app.dialog.rows["action"].widget.focus()
        await pilot.press("5")
        await pilot.pause()
        assert app.dialog.text("spoken") == ""
        app.dialog.rows["departments"].widget.focus()
        await pilot.press("1")
        app.dialog.rows["occurred_at"].widget.focus()
        await type_text(pilot, "约00:30")
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(app.results))
    (outcome,) = app.results[0]
    assert outcome.event.kind.value == "done"
    assert outcome.event.payload["department"] == "utilities_center"
    assert (outcome.event.occurred_at, outcome.event.occurred_precision.value) == (local("07-03 00:30"), "approx")


async def test_a_liaison_reports_in_own_name(hall: Hall) -> None:
    """At a desk of the department itself nobody else is named and no channel is needed."""
    case = play_until(hall.night, "07-03 00:08")
    file = hall.file(case)
    async with on_stage(RecordDialog(hall.context("AJJ-1"), file, Action.ACKNOWLEDGE, ("safety_bureau",))) as (
        pilot,
        app,
    ):
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(app.results))
    (outcome,) = app.results[0]
    assert (outcome.event.actor, outcome.event.on_behalf_of, outcome.event.channel) == ("AJJ-1", "", Channel.TERMINAL)


@pytest.mark.parametrize("action", [Action.WORK_NOTE, Action.DONE])
async def test_a_note_is_asked_for(hall: Hall, action: Action) -> None:
    """A work note without words is refused beside its field; nothing is written."""
    case = play_until(hall.night, "07-03 00:37")
    async with on_stage(RecordDialog(hall.context(LEADER), hall.file(case), action, ("utilities_center",))) as (
        pilot,
        app,
    ):
        app.dialog.rows["spoken"].widget.focus()
        await pilot.press("ctrl+u", "enter")
        if action is Action.DONE:  # its note may be empty
            await wait_for(pilot, lambda: bool(app.results))
        else:
            await wait_for(pilot, lambda: app.dialog.rows["spoken"].wrong)
            assert app.results == []


async def test_a_hostile_title_is_only_text_in_every_dialog_about_the_case(hall: Hall) -> None:
    """Brackets stay brackets in the head; nothing runs, nothing is drawn but text."""
    title = "[/] [@click=app.quit]井盖[red]"
    facts = Facts(WhistleKind.EMERGENCY, "JF-SH-G01", {"title": title}, matter="manhole")
    case = hall.night.house.whistles.blow(hall.night.intent(Action.BLOW, facts=facts)).case.whistle.id
    async with on_stage(DispatchDialog(hall.context(), hall.file(case))) as (pilot, app):
        assert title in shown(app)
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(app.results))
    async with on_stage(RecordDialog(hall.context(), hall.file(case))) as (_pilot, app):
        assert title in shown(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 45)])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_longest_dialogs_fit_every_size_in_both_languages(
    hall: Hall, size: tuple[int, int], language: str
) -> None:
    """The whole border is on the screen; what does not fit scrolls with the cursor."""
    case = play_until(hall.night, "07-03 00:29")
    dialog = RecordDialog(hall.context(language=language), hall.file(case))
    async with on_stage(dialog, size) as (pilot, _app):
        await pilot.press("f7")
        dialog.rows["channel"].widget.focus()
        await pilot.pause()
        box, last = dialog.query_one("#box").region, dialog.rows["channel"].widget.region
        assert box.bottom <= size[1]
        assert box.right <= size[0]
        assert box.contains_region(last)


async def test_the_lead_of_the_consultation_is_proposed_before_the_policys(hall: Hall) -> None:
    """Six are on their way; the consultation named another lead: Enter alone whistles for it as lead, and says why."""
    case = play_until(hall.night, "07-03 00:29")
    hall.night.act(case, Action.CONSULT, PLATFORM, reason="职责不清")
    hall.night.act(case, Action.CONCLUDE, PLATFORM, present="各部门", decision="派出所主办", lead="police_station",
                   until=local("07-04 18:00"))  # fmt: skip
    async with on_stage(DispatchDialog(hall.context(), hall.file(case))) as (pilot, app):
        assert "会商定为主办" in shown(app)
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(app.results))
    sent = app.results[0].event.payload["departments"]
    assert sent == [{"code": "police_station", "role": "lead", "nth": 1}]
    async with on_stage(DispatchDialog(hall.context(), hall.file(case))) as (_pilot, app):
        assert "会商定为主办" not in shown(app)
