"""Checklists changed on the desk: questions, their order, new checklists, levels; who may not only looks."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4
from weakref import WeakSet

import pytest
from textual.pilot import Pilot

from app.domain.actor import Channel
from app.domain.checklist import AnswerKind
from app.domain.patrol_book import PatrolBook
from app.domain.whistle import Severity
from app.main import CommandCenter
from app.render.rule_book import Part, Sheet
from app.screens.checklists import ChecklistSheet
from app.screens.confirm import Confirm
from app.screens.dialogs.duty import DutyDialog
from app.screens.dialogs.gauge_levels import LevelsDialog
from app.screens.dialogs.new_checklist import NewChecklist
from app.screens.dialogs.question import QuestionDialog
from app.screens.rounds import RoundsMode
from app.services.patrol_edit import with_question
from app.services.rounds import Told
from app.widgets.fields.line import LineField
from tests.ui.helping import has_keys, mode, open_desk, post, text, until
from tests.ui.night_house import Night

ADMIN = "JF-GL"
ORDER = "street_order"
ASKED: WeakSet[CommandCenter] = WeakSet()
"""Desks that asked who sits there."""


def rules(night: Night) -> PatrolBook:
    """The rules in force."""
    return night.house.patrol_rules.current()


def asked(night: Night, template: str = ORDER) -> list[str]:
    """Ids of the questions of a checklist in their order."""
    return [one.id for one in rules(night).templates[template].questions]


async def at_the_desk(app: CommandCenter, pilot: Pilot[None]) -> None:
    """Whoever is not on the roster is asked who sits here; they stay."""
    if night_shift_lacks(app) and app not in ASKED:
        ASKED.add(app)
        await until(lambda: isinstance(app.screen, DutyDialog) and has_keys(app))
        await pilot.press("escape")
    await until(lambda: app.screen is mode(app))


def night_shift_lacks(app: CommandCenter) -> bool:
    """Whether the one at the desk is not on duty tonight."""
    return app.seat.actor is not None and app.seat.actor.member == ADMIN


async def opened(app: CommandCenter, pilot: Pilot[None], template: str = ORDER, question: str = "") -> ChecklistSheet:
    """The sheet with the cursor on a checklist, or on a question of it."""
    await until(lambda: mode(app).situation().actor is not None)
    await at_the_desk(app, pilot)
    await pilot.press("ctrl+t")
    await until(lambda: isinstance(app.screen, ChecklistSheet) and has_keys(app))
    sheet = app.screen
    assert isinstance(sheet, ChecklistSheet)
    sheet._sheets.move_to(Sheet(Part.TEMPLATE, template))
    await until(lambda: sheet._shown == Sheet(Part.TEMPLATE, template))
    if question:
        await pilot.press("enter")
        sheet._held.move_to(question)
        await until(lambda: sheet.question is not None and sheet.question.id == question)
    return sheet


async def form(app: CommandCenter, kind: type) -> None:
    """A form stands, and Enter sends it."""
    await until(lambda: isinstance(app.screen, kind) and has_keys(app))
    await until(lambda: not app.screen._deaf)  # type: ignore[attr-defined]


def write(app: CommandCenter, field: str, words: str) -> None:
    """Words in a field of the form."""
    widget = app.screen.rows[field].widget  # type: ignore[attr-defined]
    line = widget if isinstance(widget, LineField) else widget.line
    line.value = words


async def test_a_question_is_changed_in_a_form(night: Night) -> None:
    """Only what was changed; the next version is in force and shown, the cursor where it was."""
    before = rules(night).templates[ORDER]
    first = before.questions[0]
    async with open_desk(night, member=ADMIN) as (app, pilot):
        sheet = await opened(app, pilot, question=first.id)
        await pilot.press("enter")
        await form(app, QuestionDialog)
        write(app, "zh", "路面：破损、积水、井盖")
        app.screen.rows["severity"].widget.value = "urgent"  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until(lambda: app.screen is sheet)
        now = rules(night).templates[ORDER].questions[0]
        assert (now.name.zh, now.severity) == ("路面：破损、积水、井盖", Severity.URGENT)
        assert (now.name.en, now.calls, now.matter) == (first.name.en, first.calls, first.matter)
        assert sheet._held.cursor == first.id
        await until(lambda: "路面：破损、积水、井盖" in text(app))
        assert [one.id for one in rules(night).templates[ORDER].questions] == [one.id for one in before.questions]


async def test_a_round_under_way_keeps_its_questions(night: Night) -> None:
    """Its checklist on the desk is the one it began with; the sheet says so, and a new round asks the new one."""
    told = Told(night.actor(), uuid4(), "SH-G01-A", Channel.RADIO)
    night.house.rounds.start(told, ORDER, "JF-SH-G01", ["SH-G01-A", "SH-G01-B"])
    first = rules(night).templates[ORDER].questions[0]
    async with open_desk(night, (160, 45), member=ADMIN) as (app, pilot):
        await at_the_desk(app, pilot)
        await pilot.press("3")
        await until(lambda: isinstance(mode(app), RoundsMode) and mode(app).walking.whole is not None)  # type: ignore[attr-defined]
        sheet = await opened(app, pilot, question=first.id)
        await pilot.press("enter")
        await form(app, QuestionDialog)
        assert "正在走的轮次不变" in text(app)
        write(app, "zh", "新的问法")
        await pilot.press("enter")
        await until(lambda: app.screen is sheet)
        await pilot.press("escape")
        await until(lambda: app.screen is mode(app))
        await until(lambda: first.name.zh[:6] in text(app))
        assert "新的问法" not in text(app)
    again = night.house.rounds.start(
        Told(night.actor(), uuid4(), "SH-G01-A", Channel.RADIO), ORDER, "JF-SH-G02", ["SH-G01-A", "SH-G01-B"]
    )
    assert again.walk.template.questions[0].name.zh == "新的问法"


@pytest.mark.parametrize(
    ("zh", "en", "id_"), [("路面水深", "Depth of water", "depth_of_water"), ("路面水深", "", "lmss")]
)
async def test_a_question_is_added_below_the_one_under_the_cursor(night: Night, zh: str, en: str, id_: str) -> None:
    """Its id is proposed from the English name or the initials; bounds are asked only where there are numbers."""
    second = asked(night)[1]
    async with open_desk(night, member=ADMIN) as (app, pilot):
        sheet = await opened(app, pilot, question=second)
        await pilot.press("f2")
        await form(app, QuestionDialog)
        assert app.screen.rows["high"].hidden  # type: ignore[attr-defined]
        write(app, "zh", zh)
        write(app, "en", en)
        app.screen.rows["kind"].widget.value = "depth"  # type: ignore[attr-defined]
        await until(lambda: not app.screen.rows["high"].hidden)  # type: ignore[attr-defined]
        write(app, "high", "３０")
        write(app, "calls", "水深，depth")
        await pilot.press("enter")
        await until(lambda: app.screen is sheet)
        assert asked(night)[2] == id_
        added = rules(night).templates[ORDER].question(id_)
        assert added is not None
        assert (added.kind, added.high, added.calls) == (AnswerKind.DEPTH, Decimal(30), ("水深", "depth"))
        await until(lambda: sheet._held.cursor == id_)


async def test_keys_typed_ahead_reach_the_form(night: Night) -> None:
    """F2 and what is typed after it, in one breath."""
    async with open_desk(night, member=ADMIN) as (app, pilot):
        await opened(app, pilot, question=asked(night)[0])
        for key in ("f2", *"绿化带缺株", "tab", *"hedge"):
            post(app, key)
        await form(app, QuestionDialog)
        screen = app.screen
        assert isinstance(screen, QuestionDialog)
        await until(
            lambda: (screen.text("zh"), screen.text("en"), screen.text("id")) == ("绿化带缺株", "hedge", "hedge")
        )


async def test_questions_move_and_go(night: Night) -> None:
    """F6 twice in one breath is two places; F7 asks, naming it; the last question of a checklist stays."""
    ids = asked(night)
    async with open_desk(night, member=ADMIN) as (app, pilot):
        sheet = await opened(app, pilot, question=ids[0])
        post(app, "f6")
        post(app, "f6")
        await until(lambda: asked(night)[:3] == [ids[1], ids[2], ids[0]])
        await pilot.press("f5")
        await until(lambda: asked(night)[:3] == [ids[1], ids[0], ids[2]])
        assert sheet._held.cursor == ids[0]
        await until(lambda: not sheet.busy)
        await pilot.press("f7")
        await until(lambda: isinstance(app.screen, Confirm))
        assert "正在走的轮次保留" in text(app)
        await pilot.press("enter")
        await until(lambda: ids[0] not in asked(night))
        await until(lambda: sheet._held.cursor == ids[2])


async def test_a_new_checklist_begins_with_the_questions_of_another(night: Night) -> None:
    """Named and given an id; the cursor is on it."""
    async with open_desk(night, member=ADMIN) as (app, pilot):
        sheet = await opened(app, pilot)
        await pilot.press("f4")
        await form(app, NewChecklist)
        write(app, "zh", "夜市秩序")
        write(app, "en", "Night market")
        await pilot.press("enter")
        await until(lambda: app.screen is sheet)
        made = rules(night).templates["night_market"]
        assert made.questions == rules(night).templates[ORDER].questions
        await until(lambda: sheet._sheets.cursor == Sheet(Part.TEMPLATE, "night_market"))


async def test_levels_of_a_gauge_are_entered(night: Night) -> None:
    """What does not rise is said at its field, and nothing is written."""
    async with open_desk(night, member=ADMIN) as (app, pilot):
        sheet = await opened(app, pilot)
        gauge = next(iter(rules(night).gauges))
        sheet._sheets.move_to(Sheet(Part.GAUGE, gauge))
        await pilot.press("enter", "enter")
        await form(app, LevelsDialog)
        write(app, "guard", "200.5")
        write(app, "warning", "200")
        version = rules(night).version
        await pilot.press("enter")
        await until(lambda: "不能低于上一条水位线" in text(app))
        assert (rules(night).version, app.screen.rows["warning"].wrong) == (version, True)  # type: ignore[attr-defined]
        write(app, "warning", "201.25")
        await pilot.press("enter")
        await until(lambda: app.screen is sheet)
        entered = rules(night).gauges[gauge]
        assert (entered.guard, entered.warning, entered.guarantee) == (Decimal("200.5"), Decimal("201.25"), None)
        await until(lambda: "201.25 m" in text(app))


@pytest.mark.slow
async def test_what_is_wrong_is_said_at_its_field(night: Night) -> None:
    """No name, a number that is none, bounds the wrong way round, an id that is taken or no id."""
    ids = asked(night)
    async with open_desk(night, member=ADMIN) as (app, pilot):
        await opened(app, pilot, question=ids[0])
        await pilot.press("f2")
        await form(app, QuestionDialog)
        screen = app.screen
        assert isinstance(screen, QuestionDialog)
        wrong = [
            ({}, "zh"), ({"zh": "井深"}, ""), ({"low": "x"}, "low"), ({"low": "9", "high": "3"}, "low"),
            ({"low": "1", "high": "3", "id": ids[1]}, "id"), ({"id": "Well Depth"}, "id"),
        ]  # fmt: skip
        for fields, field in wrong:
            for name, words in fields.items():
                write(app, name, words)
            if not field:
                screen.rows["kind"].widget.value = "number"  # type: ignore[attr-defined]
                continue
            await until(lambda: not screen._deaf)
            await pilot.press("enter")
            await until(lambda field=field: screen.rows[field].wrong)  # type: ignore[misc]
            assert asked(night) == ids


async def test_two_who_change_at_once_lose_nothing(night: Night) -> None:
    """Other fields of the same question stay; the same field is written over only after it was said."""
    first = rules(night).templates[ORDER].questions[0]
    admin = night.actor(ADMIN)
    async with open_desk(night, member=ADMIN) as (app, pilot):
        sheet = await opened(app, pilot, question=first.id)
        await pilot.press("enter")
        await form(app, QuestionDialog)
        write(app, "en", "surface of the road")
        write(app, "zh", "我的问法")
        night.house.patrol_rules.change(
            lambda t: with_question(t, ORDER, first.id, {"zh": "别人的问法", "severity": "critical"}), admin, uuid4()
        )
        await pilot.press("enter")
        await until(lambda: "刚被别人改过" in text(app))
        assert "现为：别人的问法" in text(app)
        assert rules(night).templates[ORDER].questions[0].name.zh == "别人的问法"
        await until(lambda: not app.screen._deaf)  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until(lambda: app.screen is sheet)
        now = rules(night).templates[ORDER].questions[0]
        assert (now.name.zh, now.name.en, now.severity) == ("我的问法", "surface of the road", Severity.CRITICAL)


async def test_who_may_not_change_looks_and_is_told_who_may(night: Night) -> None:
    """Every key of change is grey in the help, and says why."""
    before = asked(night)
    async with open_desk(night) as (app, pilot):
        sheet = await opened(app, pilot, question=before[0])
        await until(lambda: "街道管理员" in text(app).splitlines()[-4] + text(app).splitlines()[-5] + text(app))
        for key in ("enter", "f2", "f4", "f5", "f6", "f7"):
            await pilot.press(key)
            assert app.screen is sheet
        assert asked(night) == before
        await pilot.press("ctrl+t")
        await until(lambda: app.screen is mode(app))


async def test_a_draft_of_a_question_is_back(night: Night) -> None:
    """Left with Esc, opened again: what was changed stands there, nothing was written."""
    first = rules(night).templates[ORDER].questions[0]
    async with open_desk(night, member=ADMIN) as (app, pilot):
        sheet = await opened(app, pilot, question=first.id)
        await pilot.press("enter")
        await form(app, QuestionDialog)
        write(app, "caution_zh", "两人同去")
        await pilot.press("escape")
        await until(lambda: app.screen is sheet)
        await pilot.press("enter")
        await form(app, QuestionDialog)
        screen = app.screen
        assert isinstance(screen, QuestionDialog)
        await until(lambda: screen.text("caution_zh") == "两人同去")
        assert rules(night).templates[ORDER].questions[0] == first


async def test_routes_are_looked_at_and_it_is_said_where_they_change(night: Night) -> None:
    """Points with what is dangerous there; the commands that change them are named."""
    async with open_desk(night, (160, 45), member=ADMIN) as (app, pilot):
        sheet = await opened(app, pilot)
        sheet._sheets.move_to(Sheet(Part.ROUTE, "wanrong_shuanghe"))
        await until(lambda: "round template" in text(app) and "round load" in text(app))
        hazards = [one.hazard.zh for one in rules(night).routes["wanrong_shuanghe"].points if one.hazard]
        assert hazards
        assert hazards[0][:6] in text(app)
