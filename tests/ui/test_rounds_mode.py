"""The rounds mode: the list, the checklist, one key an answer, the line, the forms, and nothing lost on the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import time
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from textual.pilot import Pilot

from app.domain.actor import Channel
from app.domain.checklist import Answer, Trend, Verdict
from app.domain.errors import Refused, StoreTrouble, Trouble
from app.domain.message import Message, Name
from app.domain.patrol_row import PatrolRow, PatrolWord
from app.domain.policy import WhistleKind
from app.domain.round_file import RoundFile
from app.domain.round_plan import Window
from app.domain.settled import Finding
from app.domain.whistle import Severity, Source
from app.main import CommandCenter
from app.samples.script import local
from app.screens.dialogs.blow_finding import BlowFinding
from app.screens.dialogs.end_round import EndRound
from app.screens.dialogs.said_by import SaidBy
from app.screens.dialogs.say_round import SayRound
from app.screens.dialogs.settle import SettleDialog
from app.screens.dialogs.start_round import StartRound
from app.screens.rounds import RoundsMode
from app.screens.walking import Walking
from app.services.round_plans import PlanWanted
from app.services.rounds import Told
from tests.ui.helping import has_keys, lines, mode, open_desk, post, text, until
from tests.ui.night_house import Night

FIRST, SECOND = "SH-G01-A", "SH-G01-B"
COVERS = (4, "covers")
BEFORE = local("2020-07-02 23:20")


def begin(night: Night, template: str = "river_flood", route: str = "wanrong_shuanghe") -> UUID:
    """A round of two along the river."""
    told = Told(night.actor(), uuid4(), FIRST, Channel.RADIO)
    return night.house.rounds.start(told, template, "JF-SH-G01", [FIRST, SECOND], route=route).round.id


def stored(night: Night, round_id: UUID) -> RoundFile:
    """A round as the disk has it."""
    return night.house.rounds.file(round_id)


def walking(app: CommandCenter) -> Walking:
    """The checklist on the screen."""
    found = mode(app)
    assert isinstance(found, RoundsMode)
    return found.walking


@asynccontextmanager
async def in_checklist(
    night: Night, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[CommandCenter, Pilot[None]]]:
    """The desk with the checklist of the first round under the keys."""
    async with open_desk(night, size) as (app, pilot):
        await pilot.press("3")
        await until(lambda: app.current_mode == "rounds" and walking(app).file is not None)
        await pilot.press("enter")
        await until(lambda: walking(app).checklist.has_focus)
        yield app, pilot


async def written(app: CommandCenter) -> None:
    """Wait until no answer is on its way."""
    await asyncio.wait_for(walking(app).queue.empty(), 20)


def type_at_once(app: CommandCenter, *keys: str) -> None:
    """Every key without waiting for what comes of the one before."""
    for key in keys:
        post(app, key)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 45)])
async def test_a_question_is_answered_with_one_key(night: Night, size: tuple[int, int]) -> None:
    """Each in its own entry, said by the leader by radio; the cursor goes on to what is open."""
    round_id = begin(night)
    async with in_checklist(night, size) as (app, pilot):
        assert walking(app).item == (1, "gauge")
        type_at_once(app, *"200.17+", "enter", "1", "o", "3")
        await until(lambda: len(walking(app).queue.waiting) == 0 and walking(app).item == (2, "water"))
        await written(app)
        file = stored(night, round_id)
        assert file.round.answers[1, "gauge"].answer == Answer(Verdict.OK, Decimal("200.17"), Trend.RISING)
        assert [file.round.answers[1, name].answer.verdict for name in ("water", "dike", "seepage")] == [
            Verdict.OK, Verdict.OK, Verdict.NOT_SEEN]  # fmt: skip
        said = [event for event in file.events if event.kind.value == "round_answered"]
        assert [(len(event.payload["answers"]), event.on_behalf_of, event.channel) for event in said] == [  # type: ignore[arg-type]
            (1, FIRST, Channel.RADIO)] * 4  # fmt: skip
        await pilot.pause()
        assert "4/28" in text(app)


async def test_digits_switch_modes_only_outside_the_checklist(night: Night) -> None:
    """In the list 1 goes to the desk; in the checklist it answers, and the hint line says so."""
    round_id = begin(night)
    async with in_checklist(night) as (app, pilot):
        await pilot.press("down")
        assert "1正常  2有问题  3未看" in lines(app)[-1]
        await pilot.press("1")
        await written(app)
        assert (app.current_mode, list(stored(night, round_id).round.answers)) == ("rounds", [(1, "water")])
        await pilot.press("9")
        assert app.current_mode == "rounds"
        await pilot.press("escape")
        await pilot.pause()
        assert "1正常" not in lines(app)[-1]
        await pilot.press("1")
        await until(lambda: app.current_mode == "desk" and has_keys(app))


async def test_full_width_digits_answer(night: Night) -> None:
    """As an input method sends them."""
    round_id = begin(night)
    async with in_checklist(night) as (app, pilot):
        await pilot.press("down")
        type_at_once(app, "１", "２")
        await until(lambda: isinstance(app.screen, SettleDialog))
        await pilot.press("escape")
        await written(app)
        found = stored(night, round_id).round.answers
        assert [found[1, name].answer.verdict for name in ("water", "dike")] == [Verdict.OK, Verdict.PROBLEM]


async def test_a_chinese_character_opens_the_line_and_never_the_search(night: Night) -> None:
    """What is typed is a problem in words; Esc leaves it standing in the row, Enter goes on with it."""
    round_id = begin(night)
    async with in_checklist(night) as (app, pilot):
        walking(app).checklist.move_to((5, "garages"))
        type_at_once(app, *"挡水板", "escape")
        await until(lambda: not walking(app).entry.display)
        await pilot.pause()
        assert "▸挡水板" in text(app)
        assert not stored(night, round_id).round.answers
        type_at_once(app, *"缺两块", "enter")
        await until(lambda: isinstance(app.screen, SettleDialog))
        await written(app)
        answer = stored(night, round_id).round.answers[5, "garages"].answer
        assert (answer.verdict, answer.text) == (Verdict.PROBLEM, "挡水板缺两块")
        assert not app.screen.query("#search")


async def test_what_is_no_answer_stays_in_its_row_with_a_sentence(night: Night) -> None:
    """Nothing is written and nothing typed is lost; Backspace goes back to what was answered."""
    round_id = begin(night)
    async with in_checklist(night) as (app, pilot):
        type_at_once(app, *"2..1", "enter")
        await until(lambda: not walking(app).entry.display)
        await pilot.pause()
        assert "199.42" in lines(app)[-2]
        assert "▸2..1" in text(app)
        await pilot.press("enter", "ctrl+u", *"201", "enter")
        await written(app)
        assert stored(night, round_id).round.answers[1, "gauge"].answer.number == 201
        assert walking(app).item == (1, "water")
        await pilot.press("backspace")
        assert walking(app).item == (1, "gauge")
        await pilot.press("space", *"桥墩侧读数", "enter")
        await written(app)
        answer = stored(night, round_id).round.answers[1, "gauge"].answer
        assert (answer.number, answer.text) == (201, "桥墩侧读数")


async def test_a_note_asks_nothing_and_a_problem_told_again_asks_again(night: Night) -> None:
    """What was solved on the spot stays so with a word beside it; told again, nothing is taken for solved."""
    round_id = begin(night)
    night.house.rounds.answer(_told(night), round_id, {COVERS: Answer(Verdict.PROBLEM)})
    night.house.rounds.settle(_told(night), round_id, COVERS, Finding(Severity.URGENT, True, done="已复位"))
    async with in_checklist(night) as (app, pilot):
        walking(app).checklist.move_to(COVERS)
        await pilot.press("space", *"已拍照", "enter")
        await written(app)
        kept = stored(night, round_id)
        assert (kept.round.answers[COVERS].answer.text, kept.progress.handled) == ("已拍照", 1)
        assert not isinstance(app.screen, SettleDialog)
        walking(app).checklist.move_to(COVERS)
        await pilot.press("2")
        await until(lambda: isinstance(app.screen, SettleDialog))
        await until(lambda: "当场处置后又报有问题" in text(app))
        form = app.screen
        assert isinstance(form, SettleDialog)
        assert (form.text("handled"), form.text("severity")) == ("", "urgent")
        await pilot.press("escape")
        assert stored(night, round_id).undecided == (COVERS,)


@pytest.mark.slow
async def test_each_problem_of_a_line_is_asked_about_one_after_another(night: Night) -> None:
    """The gravest first; Esc leaves one for later, and the end of the round names it."""
    round_id = begin(night)
    async with in_checklist(night) as (app, pilot):
        await pilot.press("h")
        await until(lambda: isinstance(app.screen, SayRound))
        type_at_once(app, *"3 步行道 湿滑 / 4 井盖 缺失 / 4 好 / 5 水深 42")
        await until(lambda: "5 水深 42" in text(app) and "指的是哪一项" in text(app))
        await until(lambda: "有问题 湿滑" in text(app))
        assert text(app).index("? 5 水深 42") < text(app).index("有问题 湿滑")
        type_at_once(app, *["backspace"] * 5, *"积水 42")
        await until(lambda: "缺失" in text(app) and "42 cm" in text(app))
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, SettleDialog))
        await until(lambda: "发现问题 1/3" in text(app) and "4 吉凤家园背后绿化步行道 · 井盖" in text(app))
        await pilot.press("escape")
        await until(lambda: "发现问题 2/3" in text(app) and "42 cm" in text(app))
        await pilot.press("1", "enter")
        await until(lambda: "发现问题 3/3" in text(app) and "湿滑" in text(app))
        await pilot.press("1", "enter")
        await until(lambda: app.screen is app.mode_screen)
        file = stored(night, round_id)
        assert (file.undecided, file.progress.handled) == ((COVERS,), 2)
        walking(app).checklist.move_to(COVERS)
        await until(lambda: text(app).count("▲ 待定") == 1)
        await pilot.press("q")
        await until(lambda: isinstance(app.screen, EndRound))
        await until(lambda: "待定处理" in text(app) and "4 井盖 有问题 缺失" in text(app))


def _told(night: Night) -> Told:
    return Told(night.actor(), uuid4(), FIRST, Channel.RADIO)


async def test_a_reading_that_looks_like_a_slip_is_asked_about(night: Night) -> None:
    """It stays in its row, the hand goes back to it; Enter twice records it, another number is judged anew."""
    gauge = night.house.gauges.find("shuanghe_bridge")
    night.house.gauges.record(night.actor(), gauge, Decimal("199.35"), uuid4(), at=BEFORE)
    round_id = begin(night)
    async with in_checklist(night) as (app, pilot):
        type_at_once(app, *"1999.42", "enter")
        await until(lambda: "尚未记录" in text(app) and walking(app).item == (1, "gauge"))
        await pilot.pause()
        assert "▸1999.42" in text(app)
        assert stored(night, round_id).round.answers == {}
        post(app, "enter")
        await until(lambda: walking(app).entry.display and walking(app).entry.has_focus_within)
        type_at_once(app, *["backspace"] * 7, *"1999.52", "enter")
        await until(lambda: "1999.52 米" in text(app) and walking(app).item == (1, "gauge"))
        post(app, "enter")
        await until(lambda: walking(app).entry.display and walking(app).entry.has_focus_within)
        post(app, "enter")
        await until(lambda: (1, "gauge") in stored(night, round_id).round.answers)
        assert night.house.gauges.now(gauge).latest is not None


async def test_a_slip_in_the_radio_s_line_is_asked_about(night: Night) -> None:
    """Nothing of the line is recorded; Enter once more records all of it."""
    gauge = night.house.gauges.find("shuanghe_bridge")
    night.house.gauges.record(night.actor(), gauge, Decimal("199.35"), uuid4(), at=BEFORE)
    round_id = begin(night)
    async with in_checklist(night) as (app, pilot):
        await pilot.press("h")
        await until(lambda: isinstance(app.screen, SayRound))
        type_at_once(app, *"1 水位 1999.42 / 6 好", "enter")
        await until(lambda: "再按回车" in text(app))
        assert stored(night, round_id).round.answers == {}
        dialog = app.screen
        assert isinstance(dialog, SayRound)
        await until(lambda: not dialog._deaf and not dialog._under_way)
        post(app, "enter")
        await until(lambda: (1, "gauge") in stored(night, round_id).round.answers)


async def test_answers_typed_faster_than_the_disk_are_written_in_their_order(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the database is busy they are kept and said to be; a refused one gives its row back."""
    round_id = begin(night, "street_order", "")
    real, calls = night.house.rounds.answer, []

    def busy(*args: object, **how: object) -> RoundFile:
        calls.append(args[2])
        if len(calls) in (2, 3):
            raise StoreTrouble(Message("The database is busy."), Trouble.BUSY)
        if len(calls) == 6:
            raise Refused(Message("No."))
        return real(*args, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(night.house.rounds, "answer", busy)
    monkeypatch.setattr("app.screens.answer_queue.TRY_AGAIN", 0.4)
    async with in_checklist(night) as (app, pilot):
        type_at_once(app, *"131311")
        await until(lambda: len(calls) == 3)
        await pilot.pause()
        assert "条应答已保留" in lines(app)[-2]
        drafts = night.settings.drafts
        await until(lambda: any("walk-answers" in path.name for path in drafts.glob("*")))
        await written(app)
        await pilot.pause()
        answers = stored(night, round_id).round.answers
        order = [question.id for _, question in stored(night, round_id).walk.items()]
        assert [answers[1, name].answer.verdict.value for name in order[:3]] == ["ok", "not_seen", "ok"]
        assert (1, order[3]) not in answers
        assert (1, order[5]) in answers
        assert "未登记" in lines(app)[-2]
        await until(lambda: not any("walk-answers" in path.name for path in drafts.glob("*")))


async def test_what_could_not_be_written_is_written_by_the_next_run(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Answers that waited and a line that was not sent come back after the desk went down."""
    round_id = begin(night)
    real = night.house.rounds.answer

    def locked(*_args: object, **_how: object) -> RoundFile:
        raise StoreTrouble(Message("The database is busy."), Trouble.BUSY)

    monkeypatch.setattr(night.house.rounds, "answer", locked)
    async with in_checklist(night) as (app, pilot):
        await pilot.press("down", "1", "1", *"渗水")
        await until(lambda: len(walking(app).queue.waiting) == 2)
        mode(app).keep_now()
    monkeypatch.setattr(night.house.rounds, "answer", real)
    async with in_checklist(night) as (app, pilot):
        await until(lambda: len(stored(night, round_id).round.answers) == 2)
        await until(lambda: "▸渗水" in text(app))


async def test_the_night_s_finding_is_an_emergency_two_keys_after_the_answer(night: Night) -> None:
    """By keys alone from the empty mode; the whistle carries everything and both know each other."""
    night.wall.set("07-02 23:31")
    async with open_desk(night) as (app, pilot):
        await pilot.press("3", "o")
        await until(lambda: isinstance(app.screen, StartRound) and app.screen._book is not None)
        await pilot.pause()
        await pilot.press("down", *"wrj", "enter", "enter")
        await until(lambda: app.screen is app.mode_screen and app.current_mode == "rounds")
        await until(lambda: walking(app).file is not None)
        await pilot.press("enter")
        night.wall.set("07-02 23:52")
        type_at_once(app, *"199.42+", "enter", *"1111", *"8", "enter", "1", *"0", "enter", "1", "0", "enter", *"11")
        await until(lambda: walking(app).item == COVERS)
        type_at_once(app, "2", "f2")
        await until(lambda: isinstance(app.screen, BlowFinding))
        await pilot.pause()
        await pilot.press("enter")
        await until(lambda: app.screen is app.mode_screen)
        file = walking(app).file
        assert file is not None
        case = stored(night, file.round.id).whistles[COVERS]
        assert (case.kind, case.grid, case.severity, case.matter, case.source, case.source_number) == (
            WhistleKind.EMERGENCY,
            "JF-SH-G01",
            Severity.CRITICAL,
            "manhole",
            Source.PATROL,
            "R-20200702-01/4/covers",
        )
        whole = night.house.whistles.file(case.id)
        words = whole.words[case.words_id]  # type: ignore[index]
        assert words["place_text"] == "吉凤家园背后绿化步行道"
        assert words["title"].startswith("井盖")
        assert whole.events[0].on_behalf_of == FIRST
        assert whole.events[0].channel is Channel.RADIO
        await until(lambda: "0702-01" in text(app).split("井盖、雨水箅子", 1)[1].splitlines()[0])


async def test_a_small_thing_is_solved_on_the_spot(night: Night) -> None:
    """1, Enter: recorded and counted; the answer was on the disk before the form was sent."""
    round_id = begin(night)
    async with in_checklist(night) as (app, pilot):
        walking(app).checklist.move_to((3, "walkway"))
        await pilot.press("2")
        await until(lambda: isinstance(app.screen, SettleDialog))
        await until(lambda: (3, "walkway") in stored(night, round_id).round.answers)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, SettleDialog)
        await pilot.press("1", "enter")
        await until(lambda: app.screen is app.mode_screen)
        assert stored(night, round_id).progress.handled == 1
        await until(lambda: "当场" in text(app))


async def test_a_round_is_told_in_one_line_and_ended(night: Night) -> None:
    """Nothing is recorded while a part is not understood; missing points are named; a reason ends it."""
    round_id = begin(night)
    async with in_checklist(night) as (app, pilot):
        await pilot.press("h")
        await until(lambda: isinstance(app.screen, SayRound))
        type_at_once(app, *"3 步行道 积水 / 6 好 / 7 好", "enter")
        await until(lambda: app.screen.rows["line"].wrong)  # type: ignore[attr-defined]
        assert "没有 7 号点" in text(app)
        assert not stored(night, round_id).round.answers
        await pilot.press("escape")
        await until(lambda: app.screen is app.mode_screen)
        await pilot.press("h")
        await until(lambda: isinstance(app.screen, SayRound) and "6 好 / 7 好" in text(app))
        await pilot.press(*["backspace"] * 6)
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, SettleDialog))
        await pilot.press("escape")
        await until(lambda: app.screen is app.mode_screen)
        assert len(stored(night, round_id).round.answers) == 6
        await pilot.press("q")
        await until(lambda: isinstance(app.screen, EndRound))
        assert "5 吉凤家园地下车库入口" in text(app)
        await pilot.press("enter")
        await until(lambda: app.screen.rows["reason"].wrong)  # type: ignore[attr-defined]
        assert stored(night, round_id).round.ended_at is None
        type_at_once(app, *"雷暴", "enter")
        await until(lambda: stored(night, round_id).round.ended_at is not None)
        assert stored(night, round_id).round.reason == "雷暴"


async def test_two_rounds_keep_their_cursors_and_who_says_them(night: Night) -> None:
    """Another row is another checklist; what was chosen for one does not hold for the other."""
    river, order = begin(night), begin(night, "street_order", "")
    async with in_checklist(night) as (app, pilot):
        first = walking(app).file.round.id  # type: ignore[union-attr]
        await pilot.press("down", "down", "ctrl+r")
        await until(lambda: isinstance(app.screen, SaidBy))
        await pilot.press("2", "down", "1", "enter")
        await until(lambda: app.screen is app.mode_screen)
        here = walking(app).item
        await pilot.press("escape", "down")
        await until(lambda: walking(app).file.round.id != first)  # type: ignore[union-attr]
        await pilot.press("enter", "1")
        await written(app)
        await pilot.press("escape", "up")
        await until(lambda: walking(app).file.round.id == first)  # type: ignore[union-attr]
        await pilot.pause()
        assert walking(app).item == here
        await pilot.press("enter", "1")
        await written(app)
        both = {round_id: stored(night, round_id).events[-1] for round_id in (river, order)}
        other = next(one for one in both if one != first)
        assert (both[first].on_behalf_of, both[first].channel) == (SECOND, Channel.PHONE)
        assert (both[other].on_behalf_of, both[other].channel) == (FIRST, Channel.RADIO)


async def test_a_new_desk_goes_on_where_the_round_was_left(night: Night) -> None:
    """The cursor stands on the first question without an answer."""
    round_id = begin(night)
    told = Told(night.actor(), uuid4(), FIRST, Channel.RADIO)
    night.house.rounds.answer(told, round_id, {(1, name): Answer(Verdict.OK) for name in ("gauge", "water", "dike")})
    async with in_checklist(night) as (app, _pilot):
        assert walking(app).item == (1, "seepage")


async def test_another_s_answer_never_moves_the_hand(night: Night) -> None:
    """Written by another desk while the line is open here: the line, its text and the cursor stay."""
    round_id = begin(night)
    async with in_checklist(night) as (app, pilot):
        await pilot.press(*"200")
        other = night.another()
        other.house.rounds.answer(Told(other.actor(), uuid4(), SECOND, Channel.PHONE), round_id,
                                  {(2, "water"): Answer(Verdict.PROBLEM)})  # fmt: skip
        other.house.close()
        app.reload()
        await until(lambda: (2, "water") in walking(app).file.round.answers)  # type: ignore[union-attr]
        await pilot.press(*".5", "enter")
        await written(app)
        assert stored(night, round_id).round.answers[1, "gauge"].answer.number == Decimal("200.5")


async def test_what_is_due_is_begun_with_enter(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its checklist and way are proposed; there is nothing to answer before."""
    row = PatrolRow(
        uuid4(), PatrolWord.LATE, Name("夜间巡河"), "JF-SH-G01", Name("万溶江"), night.wall.at,
        until=night.wall.at, template_id="river_flood", route_id="wanrong_shuanghe",
    )  # fmt: skip
    monkeypatch.setattr("app.services.rounds_view._due_rows", lambda *_: [row])
    async with open_desk(night) as (app, pilot):
        await pilot.press("3")
        await until(lambda: app.current_mode == "rounds" and "夜间巡河" in text(app))
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, StartRound) and app.screen._book is not None)
        await until(lambda: "汛期巡河" in text(app) and "万溶江双河大桥段" in text(app))
        await pilot.press("enter")
        await until(lambda: app.screen is app.mode_screen)
        await until(lambda: walking(app).file is not None)
        assert walking(app).file.round.route == "wanrong_shuanghe"  # type: ignore[union-attr]


@pytest.mark.parametrize("voluntary", [False, True])
async def test_what_is_due_is_begun_or_a_voluntary_one(night: Night, *, voluntary: bool) -> None:
    """The planned round under the cursor is offered with its window; another one is one digit away."""
    wanted = PlanWanted("守桥", "river_flood", (Window(time(23, 15), time(1, 45)),), route="wanrong_shuanghe", team=2)
    plan = night.house.round_plans.set(night.actor(), uuid4(), wanted)
    async with open_desk(night) as (app, pilot):
        await pilot.press("3")
        await until(lambda: app.current_mode == "rounds" and "守桥" in text(app))
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, StartRound) and "1 时段 23:15–01:45" in text(app))
        form = app.screen
        assert isinstance(form, StartRound)
        if voluntary:
            counts = form.rows["counts"].widget
            counts.focus()
            await until(lambda: counts.has_focus)
            await pilot.press("2")
            await until(lambda: form.text("counts") == "voluntary")
        await pilot.press("enter")
        await until(lambda: app.screen is app.mode_screen and walking(app).file is not None)
        file = stored(night, walking(app).file.round.id)  # type: ignore[union-attr]
        assert (file.due.plan if file.due else None) == (None if voluntary else plan.id)
        await until(lambda: ("自发" if voluntary else "时段 23:15–01:45") in text(app))


async def test_the_form_asks_for_as_many_as_the_posture_does(night: Night) -> None:
    """By night two; a plan that wants nine says so beside who walks, and asks why fewer go."""
    wanted = PlanWanted("守桥", "river_flood", (Window(time(3), time(4)),), route="wanrong_shuanghe", team=9)
    night.house.round_plans.set(night.actor(), uuid4(), wanted)
    async with open_desk(night) as (app, pilot):
        await pilot.press("3")
        await until(lambda: app.current_mode == "rounds" and "守桥" in text(app))
        await pilot.press("o")
        await until(lambda: isinstance(app.screen, StartRound) and "此巡查须 9 人同行" in text(app))
        assert "03:00 才开始" in text(app)
        form = app.screen
        assert isinstance(form, StartRound)
        assert not form.rows["reason"].hidden
        await pilot.press("enter")
        await until(lambda: "请写明同行人员" in text(app))
