"""Reminders on the desk: a line that takes no key from anybody, the list, an answer by two keys, one set in a line."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from app.bootstrap import duty_clock
from app.domain.due_phrases import DuePhrase
from app.domain.moves import Action
from app.domain.notice import NoticeState
from app.screens.confirm import Confirm
from app.screens.dialogs.answer import AnswerDialog
from app.screens.dialogs.remind import RemindDialog
from tests.ui.helping import case_of, lines, mode, open_desk, post, text, until
from tests.ui.night_house import OFFICER, Night

MANHOLE = "0702-05"


def tick(night: Night) -> None:
    """One round of the duty clock, by another program."""
    done = duty_clock(night.house, "tick").tick()
    assert not done.troubles


@pytest.mark.parametrize(("language", "said"), [("zh", "待应答"), ("en", "unanswered")])
async def test_what_waits_stands_below_every_mode_and_two_keys_answer_it(
    full: Night, language: str, said: str
) -> None:  # fmt: skip
    """The most pressing first; 0 and Enter: in hand, by whoever sits here; the focus stays where it was."""
    full.speak(language)
    tick(full)
    async with open_desk(full) as (app, pilot):
        await until(lambda: said in lines(app)[-2])
        focused = app.focused
        first = app.seat.duty.live[0].notice  # type: ignore[union-attr]
        assert first.urgent
        for key in "21":
            await pilot.press(key)
            await until(lambda: said in lines(app)[-2])
        assert app.focused is focused
        await pilot.press("0")
        await until(lambda: isinstance(app.screen, AnswerDialog))
        await pilot.press("enter")
        await until(lambda: app.screen is mode(app))
        with full.house.store.read() as reads:
            after = reads.duty.notice(first.id)
        assert after is not None
        assert (after.state, after.answered_by) == (NoticeState.ANSWERED, OFFICER)
        await until(lambda: app.seat.duty is not None and first.id not in [f.notice.id for f in app.seat.duty.live])


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_key_that_answers_is_never_cut_away(full: Night, language: str, size: tuple[int, int]) -> None:
    """When the line has no room it is the sentence that is cut, not how to answer it."""
    full.speak(language)
    full.wall.set("07-03 00:54")
    tick(full)
    async with open_desk(full, size) as (app, _):
        said = app.seat.words.t("{key} answers", key="0")
        await until(lambda: said in lines(app)[-2])


async def test_the_list_shows_due_missed_later_and_over_beside_the_case(full: Night) -> None:
    """Mode 5: every group, the case of the reminder under the cursor beside it, its keys act on that case."""
    tick(full)
    full.wall.set("07-03 00:38")
    tick(full)
    async with open_desk(full, (160, 45)) as (app, pilot):
        await pilot.press("5")
        await until(lambda: "等待应答" in text(app) and "将要来" in text(app))
        await until(lambda: mode(app).situation().file is not None)
        await until(lambda: "部门报到" in text(app))
        assert "关机期间到期" in text(app)
        assert "准备晨会" in text(app)
        live = len(app.seat.duty.live)  # type: ignore[union-attr]
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, AnswerDialog))
        await pilot.press("enter")
        await until(lambda: app.focused is mode(app).board)
        await until(lambda: app.seat.duty is not None and len(app.seat.duty.live) == live - 1)
        await until(lambda: "已结束" in text(app))
        await pilot.press("f3")
        for letter in "晨会":
            post(app, letter)
        await until(lambda: "准备晨会" in text(app) and "收集社区情况" not in text(app))


async def test_an_urgent_one_is_put_off_only_with_a_reason(full: Night) -> None:
    """The form says so and keeps what was typed (behaviours 23)."""
    tick(full)
    async with open_desk(full) as (app, pilot):
        await until(lambda: app.seat.duty is not None and bool(app.seat.duty.live))
        first = app.seat.duty.live[0].notice  # type: ignore[union-attr]
        await pilot.press("0")
        await until(lambda: isinstance(app.screen, AnswerDialog))
        await pilot.press("4", "enter")
        await until(lambda: "为什么可以等" in text(app))
        for _ in range(3):
            await pilot.press("down")
        for letter in "在路上":
            post(app, letter)
        await pilot.pause(0.8)
        await pilot.press("enter")
        await until(lambda: app.screen is mode(app))
        with full.house.store.read() as reads:
            after = reads.duty.notice(first.id)
        assert after is not None
        assert after.state is NoticeState.SNOOZED
        assert after.step_at == full.wall.at + timedelta(minutes=10)


async def test_one_line_sets_a_reminder_about_the_case(full: Night) -> None:
    """i, the line, Enter; what was understood stands below it before anything is written."""
    async with open_desk(full) as (app, pilot):
        file = await case_of(app, MANHOLE)
        await pilot.press("i")
        await until(lambda: isinstance(app.screen, RemindDialog))
        for letter in "30分钟后 复查同段井盖":
            post(app, letter)
        await until(lambda: "复查同段井盖" in text(app) and "00:59" in text(app))
        await pilot.press("enter")
        await until(lambda: app.screen is mode(app))
        (found,) = [one for one in full.house.reminders.active() if one.text]
        assert (found.text, found.reminder.whistle_id) == ("复查同段井盖", file.case.whistle.id)
        assert found.reminder.next_at == full.wall.at + timedelta(minutes=30)


async def test_the_desk_runs_the_clock_itself(full: Night) -> None:
    """Nothing else ticks: what comes due while the desk stands is told and shown without a key."""
    house = full.house
    house.reminders.add(house.duty.actor(OFFICER), "看水位", DuePhrase(full.wall.at + timedelta(seconds=30)), uuid4())
    async with open_desk(full, clockwork=True) as (app, _):
        await until(lambda: app.seat.engine is not None and app.seat.engine.last_tick is not None)
        assert "看水位" not in [file.text for file in house.notices.live()]
        full.wall.add(seconds=31)
        await until(lambda: app.seat.duty is not None and "看水位" in [file.text for file in app.seat.duty.live])
    assert app.seat.engine is None


async def test_what_the_departments_do_takes_the_line_away(full: Night) -> None:
    """Who reports in needs no call any more: the reminder is gone without anybody answering it."""
    full.wall.set("07-03 00:40")
    tick(full)
    async with open_desk(full) as (app, _):
        file = await case_of(app, MANHOLE)
        late = [f.notice for f in app.seat.duty.live if f.notice.topic == "report_in"]  # type: ignore[union-attr]
        assert late
        for notice in late:
            full.act(file.case.whistle.id, Action.REPORT_IN, notice.department, department=notice.department,
                     person="带队负责人", said="到了")  # fmt: skip
        await until(lambda: app.seat.duty is not None
                    and not any(f.notice.topic == "report_in" for f in app.seat.duty.live))  # fmt: skip


async def test_the_phone_book_begins_with_whom_to_phone_now(full: Night) -> None:
    """p, Enter, Enter: phoned, answered, in the name of whoever was told (叫应)."""
    tick(full)
    async with open_desk(full) as (app, pilot):
        await until(lambda: app.seat.duty is not None and bool(app.seat.duty.live))
        first = next(f.notice for f in app.seat.duty.live if f.notice.urgent)  # type: ignore[union-attr]
        await pilot.press("p")
        await until(lambda: "现在要打的电话" in text(app))
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, AnswerDialog) and "[2 电话：接了]" in text(app))
        await pilot.press("enter")
        await until(lambda: app.screen is mode(app))
        with full.house.store.read() as reads:
            after = reads.duty.notice(first.id)
        assert after is not None
        assert (after.state, after.answered_by) == (NoticeState.ANSWERED, first.told[0])


async def test_one_that_comes_later_is_taken_away_by_its_owner_and_a_standing_one_is_not(full: Night) -> None:
    """Enter in the list asks once, naming it; what stands in the policy says so."""
    house = full.house
    mine = house.reminders.add(
        house.duty.actor(OFFICER), "看水位", DuePhrase(full.wall.at + timedelta(hours=2)), uuid4()
    )
    tick(full)
    standing = next(one.reminder for one in house.reminders.active() if one.reminder.code)
    async with open_desk(full, (160, 45)) as (app, pilot):
        await pilot.press("5")
        await until(lambda: standing.id in mode(app).board.keys and mine.id in mode(app).board.keys)
        mode(app).board.move_to(standing.id)
        await pilot.press("enter")
        await until(lambda: "固定提醒" in text(app))
        mode(app).board.move_to(mine.id)
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, Confirm))
        assert "看水位" in text(app)
        await pilot.press("escape")
        await until(lambda: app.screen is mode(app))
        assert mine.id in [one.reminder.id for one in house.reminders.active()]
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, Confirm))
        await pilot.press("enter")
        await until(lambda: "已撤掉" in text(app) and mine.id not in mode(app).board.keys)
        assert mine.id not in [one.reminder.id for one in house.reminders.active()]
