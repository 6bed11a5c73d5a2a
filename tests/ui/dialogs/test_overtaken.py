"""Whatever the dialog: who was faster is named with when and what, and everything typed stands where it stood."""

from __future__ import annotations

from uuid import UUID

from app.domain.events import EventKind
from app.domain.moves import Action
from app.screens.dialogs.check import CheckDialog
from app.screens.dialogs.dispatch import DispatchDialog
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.record import RecordDialog
from app.widgets.fields.pick import PickField
from tests.ui.dialogs.stage import Act, Hall, Stage, on_stage, shown, type_text, wait_for
from tests.ui.night_house import PLATFORM, summon_few

UTILITIES, EMERGENCY = "utilities_center", "emergency_bureau"


def raised(hall: Hall) -> UUID:
    """A case at the zone platform."""
    case = hall.night.blow("排洪沟堵塞", behalf="SH-G01-A").case.whistle.id
    hall.night.act(case, Action.LEVEL_UP)
    return case


async def open_next(pilot: Act, app: Stage, dialog: FormDialog[object]) -> None:
    """The next dialog on the same stage."""
    app.results.clear()
    app.dialog = dialog
    app.push_screen(dialog, app.results.append)
    await wait_for(pilot, lambda: app.screen is dialog and bool(dialog.rows) and dialog.focused is not None)
    await pilot.pause()


async def test_dispatch_report_in_and_check_are_overtaken_without_losing_a_word(hall: Hall) -> None:
    """A dispatch goes out on the case as it is with the next Enter; what cannot be sent any more becomes a note."""
    sent, came = raised(hall), raised(hall)
    checked = hall.night.blow("沟堵了", behalf="SH-G01-A").case.whistle.id
    hall.night.act(came, Action.DISPATCH, PLATFORM, lead=UTILITIES, assists=())
    summon_few(hall.night, checked, UTILITIES)
    files = {case: hall.file(case) for case in (sent, came, checked)}
    hall.night.act(sent, Action.DISPATCH, PLATFORM, lead=UTILITIES, assists=())
    hall.night.act(came, Action.REPORT_IN, UTILITIES, department=UTILITIES, person="甲", said="到了")
    hall.night.act(checked, Action.CHECK, "SH-G01-A", passed=True, remark="通了", departments=())
    dispatch = DispatchDialog(hall.context(), files[sent])
    async with on_stage(dialog := dispatch, (120, 40)) as (pilot, app):
        pick = dialog.rows["departments"].widget
        assert isinstance(pick, PickField)
        pick.taken, pick.lead = (EMERGENCY,), EMERGENCY
        await pilot.press("enter", "enter")
        await wait_for(pilot, lambda: "已记录：派部门" in shown(app))
        assert pick.taken == (EMERGENCY,)
        assert next(item for item in pick.items if item.value == UTILITIES).closed
        assert app.results == []
        await pilot.press("escape")
        await wait_for(pilot, lambda: app.screen is not dispatch)

        record = RecordDialog(hall.context(), files[came], Action.REPORT_IN, (UTILITIES,))
        await open_next(pilot, app, record)
        for name, row in record.rows.items():
            if name.startswith("person"):
                row.content_field.restore("张工")
        record.rows["spoken"].content_field.restore("已到桥头")
        await pilot.press("enter", "enter")
        await wait_for(pilot, lambda: "F7" in shown(app))
        assert "已报到" in shown(app)
        assert record.text("spoken") == "已到桥头"
        await pilot.press("f7", "f7")
        await wait_for(pilot, lambda: bool(app.results))
        assert hall.file(came).events[-1].kind is EventKind.NOTED
        assert "已到桥头" in hall.file(came).events[-1].words["note"]

        check = CheckDialog(hall.context(), files[checked])
        await open_next(pilot, app, check)
        await pilot.press("1", "down")
        await type_text(pilot, "沟口还有淤泥")
        await pilot.press("enter", "enter")
        await wait_for(pilot, lambda: "F7" in shown(app))
        assert check.text("remark") == "沟口还有淤泥"
        assert app.results == []
        await pilot.press("f7")
        await wait_for(pilot, lambda: bool(app.results) or "F7" not in shown(app))
        assert "沟口还有淤泥" in hall.file(checked).events[-1].words.get("note", "")
