"""Forms of every kind while a second desk writes first: who, when and what is named, and no word is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import pytest

from app.domain.events import EventKind
from app.domain.facts import Facts
from app.domain.moves import BY_ACTION, Action
from app.domain.policy import WhistleKind
from app.domain.whistle import Severity
from app.screens.dialogs.blow import BlowLine
from app.screens.dialogs.call_form import CallForm
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.move import MoveDialog
from app.screens.dialogs.rate import RateDialog
from app.screens.repeating import LastMove, for_one
from app.services.whistles import CaseFile
from tests.night import local
from tests.ui.dialogs.stage import Hall, on_stage, shown, wait_for
from tests.ui.night_house import LEADER, Night, summon_few

SECOND = "JF-ZB2"
"""Who writes at the other desk: 值班员乙."""
WORDS = "沟口还有淤泥"
"""What the person types."""


def facts(**texts: str) -> Facts:
    """A routine matter that can be blown."""
    said = {"title": "路灯不亮", "place_text": "社区服务中心旁", "exposed": "附近居民", "why": "网格无力处置"}
    return Facts(WhistleKind.ROUTINE, "JF-SH-G01", {**said, **texts}, Severity.NORMAL)


def closed(hall: Hall) -> UUID:
    """A case whose check was passed."""
    case = hall.night.blow("排洪沟堵塞", behalf="SH-G01-A").case.whistle.id
    summon_few(hall.night, case, "utilities_center")
    hall.night.act(case, Action.CHECK, "SH-G01-A", passed=True, remark="好")
    return case


def draft(hall: Hall) -> UUID:
    """A saved draft that lacks who is affected."""
    blown = hall.night.blow("路灯不亮", kind=WhistleKind.ROUTINE, severity=Severity.NORMAL, action=Action.DRAFT,
                            exposed="", why="")  # fmt: skip
    return blown.case.whistle.id


def waiting(hall: Hall) -> UUID:
    """A routine whistle that waits for approval."""
    return hall.night.blow("路灯不亮", kind=WhistleKind.ROUTINE, severity=Severity.NORMAL).case.whistle.id


def correction(night: Night, case: UUID, at: str) -> None:
    """The second desk corrects the time of the first entry."""
    entry = night.house.whistles.file(case).events[0].id
    intent = night.intent(Action.CORRECT, member=SECOND, entry=entry, reason="看错表")
    night.house.whistles.act(case, replace(intent, occurred_at=local(at)))


def again(hall: Hall, file: CaseFile) -> FormDialog[Any]:
    """The last move offered once more."""
    form = MoveDialog(hall.context(LEADER), file, BY_ACTION[Action.REJECT])
    form.offered = for_one(LastMove(Action.REJECT, {"reason": WORDS}), file.case)
    return form


@dataclass(frozen=True)
class Race:
    """One form, what is typed into it, and what the second desk does meanwhile."""

    case: Callable[[Hall], UUID]
    form: Callable[[Hall, CaseFile], FormDialog[Any]]
    typed: dict[str, str]
    first: Callable[[Night, UUID], object]
    what: str
    """What the sentence says the other did."""
    left: EventKind
    """What stands in the case in the end: the same action, or a note with the words."""
    key: str = "enter"


RACES = {
    "rate": Race(
        closed, lambda hall, file: RateDialog(hall.context(), file), {"score": "4", "remark": WORDS},
        lambda night, case: night.act(case, Action.RATE, "SH-G01-A", SECOND, score=3, remark="一般"), "评价",
        EventKind.NOTED,
    ),
    "facts": Race(
        draft, lambda hall, file: CallForm(hall.context(), case=file), {"exposed": WORDS},
        lambda night, case: night.act(case, Action.REVISE, "", SECOND, facts=facts(title="路灯全灭", exposed="学生")),
        "修改事项", EventKind.REVISED, "f2",
    ),
    "draft": Race(
        draft, lambda hall, file: BlowLine(hall.context(), file), {"exposed": WORDS, "why": "要公共事业中心修"},
        lambda night, case: night.act(case, Action.BLOW, "SH-G01-A", SECOND, facts=facts()), "吹哨", EventKind.NOTED,
    ),
    "correct": Race(
        waiting, lambda hall, file: MoveDialog(hall.context(), file, BY_ACTION[Action.CORRECT], file.events[0].id),
        {"reason": WORDS, "occurred_at": "23:41"}, lambda night, case: correction(night, case, "07-02 23:45"), "更正",
        EventKind.CORRECTED,
    ),
    "repeat": Race(
        waiting, again, {}, lambda night, case: night.act(case, Action.APPROVE, LEADER, SECOND), "批准",
        EventKind.NOTED,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ["facts", "correct", *(pytest.param(name, marks=pytest.mark.slow)
                                                        for name in ("rate", "draft", "repeat"))])  # fmt: skip
async def test_whoever_was_faster_is_named_and_every_word_is_still_there(hall: Hall, name: str) -> None:
    """The first Enter writes nothing and names who, when and what; the next one, or F7, brings the words in."""
    race = RACES[name]
    case = race.case(hall)
    form = race.form(hall, hall.file(case))
    hall.night.wall.add(minutes=3)
    async with on_stage(form, (120, 40)) as (pilot, app):
        for field, text in race.typed.items():
            form.rows[field].content_field.restore(text)
        await pilot.pause()
        second = hall.night.another(SECOND)
        race.first(second, case)
        second.house.close()
        before = len(hall.file(case).events)
        await pilot.press(race.key)
        await wait_for(pilot, lambda: "值班员乙" in shown(app))
        said = shown(app)
        assert f"{hall.night.wall.at.astimezone(form.words.zone):%H:%M}" in said
        assert race.what in said
        assert WORDS in said
        assert ("F7" if race.left is EventKind.NOTED else f"再按 {form.sending_key} 按现状发出") in said
        assert (len(hall.file(case).events), app.results) == (before, [])
        if race.left is EventKind.NOTED:
            await pilot.press("f7")
        else:
            await wait_for(pilot, lambda: not form._deaf)
            await pilot.press(race.key)
        await wait_for(pilot, lambda: bool(app.results))
    file = hall.file(case)
    assert (file.events[-1].kind, len(file.events)) == (race.left, before + 1)
    assert WORDS in " ".join(file.events[-1].words.values())
    assert hall.drafts() == ()


async def test_what_another_changed_is_not_overwritten_by_what_stood_in_the_form(hall: Hall) -> None:
    """Fields nobody touched follow the other's change, a touched one says what stands there now."""
    case = draft(hall)
    form = CallForm(hall.context(), case=hall.file(case))
    async with on_stage(form, (120, 50)) as (pilot, app):
        form.rows["exposed"].content_field.restore(WORDS)
        second = hall.night.another(SECOND)
        second.act(
            case, Action.REVISE, "", SECOND, facts=facts(title="路灯全灭", exposed="学生", callback="13800000000")
        )
        second.house.close()
        await pilot.press("f2")
        await wait_for(pilot, lambda: "值班员乙" in shown(app))
        assert (form.text("title"), form.text("callback")) == ("路灯全灭", "13800000000")
        assert form.text("exposed") == WORDS
        await wait_for(pilot, lambda: "现在是：学生" in shown(app))
        await wait_for(pilot, lambda: not form._deaf)
        await pilot.press("f2")
        await wait_for(pilot, lambda: bool(app.results))
    words = hall.file(case).events[-1].words
    assert (words["title"], words["callback"], words["exposed"]) == ("路灯全灭", "13800000000", WORDS)


async def test_an_entry_that_was_taken_back_meanwhile_is_not_corrected(hall: Hall) -> None:
    """It says so, with who took it back, and the time that was typed stays."""
    case = waiting(hall)
    second = hall.night.another(SECOND)
    noted = second.act(case, Action.NOTE, member=SECOND, note="来电询问").event.id
    form = MoveDialog(hall.context(), hall.file(case), BY_ACTION[Action.CORRECT], noted)
    second.act(case, Action.UNDO, member=SECOND)
    second.house.close()
    async with on_stage(form, (120, 36)) as (pilot, app):
        form.rows["reason"].content_field.restore(WORDS)
        form.rows["occurred_at"].content_field.restore("23:41")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "值班员乙" in shown(app) and "撤销" in shown(app))
        assert form.text("occurred_at") == "23:41"
        assert "F7" in shown(app)
        assert app.results == []
