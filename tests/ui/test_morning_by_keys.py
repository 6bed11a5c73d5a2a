"""The morning of 3 July by keys: composed, held, noted, signed, on paper, and the shift handed over at one desk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from textual.pilot import Pilot
from textual.screen import Screen

from app.domain.briefing import Count
from app.domain.handover import HandoverState
from app.main import CommandCenter
from app.samples.build import build_sample
from app.screens.briefing import BriefingMode
from app.screens.command_sheet import CommandSheet
from app.screens.confirm import Confirm
from app.screens.dialogs.briefing import BriefingNoteDialog
from app.screens.dialogs.handover import EquipmentDialog, HandoverAccept, HandoverLine
from app.screens.handover_sheet import HandoverSheet
from app.screens.presenter import Presenter
from app.settings import remember_member
from app.widgets.row_list import RowList
from tests.night import local
from tests.ui.helping import mode, post, text, until
from tests.ui.night_house import FakeWall, settings_in

OFFICER, LEADER, RELIEF = "JF-ZB1", "JF-DB", "JF-ZB3"
UNIT = "JF-SH-G01"


class Room:
    """Who sits at the one desk of the room, with ten fingers and the screen."""

    def __init__(self, app: CommandCenter, pilot: Pilot[None], wall: FakeWall) -> None:
        self.app, self.pilot, self.wall = app, pilot, wall

    async def stands(self, kind: type[Screen[Any]]) -> None:
        """This screen has the keys."""
        await until(lambda: isinstance(self.app.screen, kind) and self.app.screen.is_mounted)
        await self.pilot.pause()

    async def types(self, said: str) -> None:
        """As an input method commits it."""
        for character in said:
            post(self.app, character)
        await self.pilot.pause()

    async def command(self, said: str) -> None:
        """F9, a few words, Enter."""
        await until(lambda: self.app.screen is self.app.mode_screen)
        await self.pilot.press("f9")
        await self.stands(CommandSheet)
        await self.types(said)
        await until(lambda: said in text(self.app), 5)
        await self.pilot.press("enter")

    async def sits(self, member: str) -> None:
        """F8 on the sheet: somebody else is at this desk now."""
        await self.pilot.press("f8")
        await until(lambda: not isinstance(self.app.screen, HandoverSheet))
        await self.types(member)
        await self.pilot.press("enter")
        await until(lambda: isinstance(self.app.screen, HandoverSheet) and self.app.seat.actor is not None
                    and self.app.seat.actor.member == member)  # fmt: skip
        await self.pilot.pause()


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    """The leader at the desk at 07:55, the whole night behind them."""
    wall = FakeWall(local("07-03 07:55"))
    settings = settings_in(tmp_path)
    house = build_sample(settings, "night", local("07-03 07:55"), wall=wall)
    remember_member(settings, LEADER)
    app = CommandCenter(settings, house, clockwork=False)
    async with app.run_test(size=(120, 36)) as pilot:
        await until(lambda: app.seat.view is not None and app._started and app.seat.actor is not None)
        yield Room(app, pilot, wall)
        app.release()
    house.close()


@pytest.mark.slow
async def test_the_morning_by_keys(room: Room, tmp_path: Path) -> None:
    """Nothing but keys and a few words; afterwards the database, the papers and the header say the same."""
    await compose_hold_sign(room)
    await on_paper(room, tmp_path)
    await hand_over(room)


async def compose_hold_sign(room: Room) -> None:
    """4, the grid's own, held in front of everybody with a note, signed."""
    app, pilot = room.app, room.pilot
    await pilot.press("4")
    await until(lambda: isinstance(app.mode_screen, BriefingMode) and app.mode_screen.briefing is not None)
    await room.command("哪里的晨会")
    await until(lambda: app.screen is not app.mode_screen)
    await room.types("双河一")
    await pilot.press("enter")
    shown = mode(app)
    assert isinstance(shown, BriefingMode)
    await until(lambda: shown.briefing is not None and shown.briefing.unit == UNIT)
    assert shown.briefing is not None
    assert [shown.briefing.sheet.figure(one).value for one in (Count.RECEIVED, Count.HANDLED, Count.HANDED_ON)] == [
        3, 2, 1,
    ]  # fmt: skip
    await room.command("开晨会")
    await room.stands(Presenter)
    await pilot.press("space")
    await until(lambda: "00:09–00:15 签收 6/6（2 家超时），00:26–00:37 报到 6/6（最迟 29 分钟）" in text(app))
    await pilot.press("f2")
    await room.stands(BriefingNoteDialog)
    await room.types("步行道七点半已开放")
    await pilot.press("enter")
    await room.stands(Presenter)
    await until(lambda: "步行道七点半已开放" in text(app))
    await pilot.press("escape")
    await until(lambda: app.screen is shown)
    await until(lambda: shown.briefing is not None and "步行道七点半已开放" in str(shown.briefing.sheet.notes))
    await room.command("签发晨会")
    await room.stands(Confirm)
    await pilot.press("enter")
    await until(lambda: len(app.seat.open_house().briefings.signed(UNIT)) == 1)


async def on_paper(room: Room, folder: Path) -> None:
    """What was signed, as a document and as Markdown."""
    await room.command("打印晨会")
    await until(lambda: any(folder.rglob("*.docx")) and any(folder.rglob("*.md")))
    (paper,), (plain,) = folder.rglob("*.docx"), folder.rglob("*.md")
    await until(lambda: plain.stat().st_size > 0)
    printed = "\n".join(line.text for line in Document(str(paper)).paragraphs)
    for fact in ("接报 3 · 已办 2 · 移交 1", "步行道七点半已开放", "沿江井盖普查，请街道牵头"):
        assert fact in printed
        assert fact in plain.read_text("utf-8")
    await until(lambda: "已存为两个文件" in text(room.app))
    await room.pilot.press("escape")


async def hand_over(room: Room) -> None:
    """The night's officer says and signs, the day's reads back, accepts, signs: desk and cases are theirs."""
    app, pilot, house = room.app, room.pilot, room.app.seat.open_house()
    await room.command("交接班")
    await room.stands(HandoverSheet)
    await room.sits(OFFICER)
    await pilot.press("f2")
    await room.stands(HandoverLine)
    await room.types("绑扎每班看一次，等执法上午到场")
    await pilot.press("enter")
    await room.stands(HandoverSheet)
    await pilot.press("f5")
    await room.stands(EquipmentDialog)
    await room.types("齐")
    await pilot.press("enter")
    await room.stands(HandoverSheet)
    await pilot.press("f7")
    await room.stands(Confirm)
    await pilot.press("enter")
    await until(lambda: house.handovers.current().state is HandoverState.HANDED)
    await room.stands(HandoverSheet)
    room.wall.set("07-03 08:02")
    house.clock.refresh()
    await room.sits(RELIEF)
    lines = house.handovers.current().sheet.items
    for line in lines:
        sheet = app.screen
        assert isinstance(sheet, HandoverSheet)
        sheet.query_one(RowList).move_to(line.item.key)
        await pilot.press("f4")
        if line.item.critical:
            await room.stands(HandoverAccept)
            await room.types("每班看绑扎")
            await pilot.press("enter")
        await room.stands(HandoverSheet)
        await until(lambda key=line.item.key: _accepted(room, key))  # type: ignore[misc]
    await pilot.press("f7")
    await room.stands(Confirm)
    await pilot.press("enter")
    await until(lambda: house.handovers.current().sheet.outgoing.code == "D20200703")
    owners = {row.whistle.number: row.whistle.owner for row in house.desk.view().board.rows}
    assert owners
    assert set(owners.values()) == {RELIEF}
    await pilot.press("escape")
    await until(lambda: "白班" in text(app).splitlines()[0])


def _accepted(room: Room, key: str) -> bool:
    line = room.app.seat.open_house().handovers.current().sheet.line(key)
    return line is not None and line.is_accepted
