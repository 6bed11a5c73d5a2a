"""A whole hour of triage by keyboard: twenty cases in, grouped, dispatched, two merged, three closed.

Only F-keys, digits, arrows, Enter, Space, Tab, Esc and Chinese words in fields; a second hour with an input method
that gives full-width digits, signs and letters.
"""

from __future__ import annotations

from collections import Counter

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from app.domain.moves import Action
from app.domain.policy import WhistleKind
from app.domain.whistle import Severity, WhistleState
from app.main import CommandCenter
from app.screens.confirm import Confirm
from app.screens.dialogs.blow import BlowLine
from app.screens.dialogs.marked import MarkedDialog
from app.screens.go_sheet import GoSheet
from app.screens.marked_menu import MarkedMenu
from app.widgets.row_list import RowList
from tests.ui.helping import board, has_keys, mode, open_desk, post, text, until
from tests.ui.night_house import LEADER, Night

PLAIN = frozenset({"enter", "escape", "tab", "up", "down", "home", "space", "backspace"})
TYPED = ("双河一 应急 双河大桥旁井盖冲开", "龙凤四 应急 安置房一楼进水", "湾溪三 应急 湾溪桥头电线垂落")
"""Blown at the desk, one line each."""
LAMPS, DRAINS, COVERS = 8, 6, 3


class Hand:
    """One person who types; ``wide`` = an input method makes digits, blanks and signs full-width."""

    def __init__(self, app: CommandCenter, pilot: Pilot[None], night: Night, wide: bool) -> None:
        self.app, self.pilot, self.night, self.wide = app, pilot, night, wide

    async def press(self, *keys: str) -> None:
        """Keys that every keyboard has with an input method on; anything else is a slip of the test."""
        for key in keys:
            assert key in PLAIN or (key[0] == "f" and key[1:].isdigit()) or key.isdigit()
            post(self.app, self._wide(key) if self.wide else key)
            await self.pilot.pause()

    @staticmethod
    def _wide(key: str) -> str:
        return {"space": "\u3000", "f3": "／", "f11": "ｗ", "f12": "ｇ"}.get(key) or (
            chr(ord(key) + 0xFEE0) if len(key) == 1 else key
        )

    async def types(self, words: str) -> None:
        """What an input method commits, character by character."""
        wide = words.translate({n: n + 0xFEE0 for n in range(0x21, 0x7F)} | {0x20: 0x3000}) if self.wide else words
        for character in wide:
            post(self.app, character)
        await self.pilot.pause()

    async def opens(self, key: str, screen: type[Screen[object]]) -> None:
        """A command key, and its dialog has the keys."""
        await self.press(key)
        await self.stands(screen)

    async def stands(self, screen: type[Screen[object]]) -> None:
        """Wait for a dialog."""
        await until(lambda: isinstance(self.app.screen, screen) and has_keys(self.app))

    async def confirms(self) -> None:
        """Enter sends, the question names the cases, Enter again; the marks are gone when all is done."""
        await self.press("enter")
        await until(lambda: isinstance(self.app.screen, Confirm))
        await self.press("enter")
        await until(lambda: self.app.screen is mode(self.app) and not self.app.seat.marks)
        self.night.wall.add(minutes=4)

    async def marks(self, words: str, count: int) -> None:
        """Search, keep it, and mark so many from the top."""
        await self.press("escape", "escape", "f3")
        await until(lambda: bool(mode(self.app).query("#search")) and mode(self.app).query_one("#search").display)
        await self.types(words)
        await until(lambda: self._found(words, count))
        await self.press("enter", "home", *["space"] * count)
        await until(lambda: len(self.app.seat.marks) == count)

    def _found(self, words: str, count: int) -> bool:
        """The list shows what was typed last."""
        desk = mode(self.app)
        hits = desk.hits
        fresh = hits is not None and hits.needle == desk.searched == words
        return fresh and len(board(self.app).keys) >= count

    async def chooses(self, key: str, action: Action) -> None:
        """The menu of the marked cases, the arrows to a move, Enter."""
        await self.opens(key, MarkedMenu)
        menu = self.app.screen.query_one(RowList)
        while menu.cursor is not action:
            await self.press("down")
        await self.press("enter")
        await self.stands(MarkedDialog)


@pytest.mark.slow
@pytest.mark.parametrize("wide", [False, True], ids=["as typed", "full width"])
async def test_an_hour_of_triage(night: Night, wide: bool) -> None:
    """Every case ends where the officer put it, with the words that were typed."""
    arrive(night)
    async with open_desk(night, member=LEADER) as (app, pilot):
        hand = Hand(app, pilot, night, wide)
        await until(lambda: len(board(app).keys) == LAMPS + DRAINS + COVERS)
        await blow_three(hand)
        await until(lambda: len(board(app).keys) == 20)
        await approve_and_merge(hand)
        await dispatch(hand)
        await close_three(hand)
        await look_around(hand)
    the_hour_as_it_was(night)


def arrive(night: Night) -> None:
    """Seventeen routine whistles from the grids."""
    for words, grid, count in (("路灯不亮", "JF-SH-G01", LAMPS), ("沟渠堵塞", "JF-LF-G04", DRAINS),
                               ("井盖异响", "JF-WX-G03", COVERS)):  # fmt: skip
        for n in range(count):
            night.blow(f"{words}第{'一二三四五六七八'[n]}处", grid, kind=WhistleKind.ROUTINE, severity=Severity.NORMAL)
            night.wall.add(seconds=30)


async def blow_three(hand: Hand) -> None:
    """F2 and a line each."""
    for line in TYPED:
        await hand.opens("f2", BlowLine)
        await hand.types(line)
        await hand.press("enter")
        await until(lambda: hand.app.screen is mode(hand.app))


async def approve_and_merge(hand: Hand) -> None:
    """The next step of all lamps and drains is the approval; the covers are one matter told three times."""
    await hand.marks("路灯", LAMPS)
    await hand.opens("f4", MarkedDialog)
    await hand.confirms()
    await hand.marks("沟渠", DRAINS)
    await hand.opens("f4", MarkedDialog)
    await hand.confirms()
    await hand.marks("异响", COVERS)
    await hand.chooses("f6", Action.JOIN)
    await hand.press("1")
    await hand.confirms()


async def dispatch(hand: Hand) -> None:
    """Six lamps to the first department of the list, raised to the zone platform on the way."""
    await hand.marks("路灯", 6)
    await hand.chooses("f6", Action.DISPATCH)
    await hand.press("1")
    await hand.confirms()


async def close_three(hand: Hand) -> None:
    """On site, done, checked: three of them."""
    await hand.marks("路灯", 3)
    await hand.chooses("f5", Action.REPORT_IN)
    await hand.press("tab")
    await hand.types("带队负责人")
    await hand.press("tab")
    await hand.types("到了，在查线路")
    await hand.confirms()
    await marks_again(hand)
    await hand.chooses("f5", Action.DONE)
    await hand.confirms()
    await marks_again(hand)
    await hand.opens("f4", MarkedDialog)
    await hand.press("1", "tab")
    await hand.types("灯亮了")
    await hand.confirms()


async def marks_again(hand: Hand) -> None:
    """The three that are on their way: the only ones of the search that have departments on site or done."""
    await hand.marks("带队负责人", 3)


async def look_around(hand: Hand) -> None:
    """The next case that needs the leader, and a number from anywhere."""
    await hand.press("escape", "escape", "f11")
    await until(lambda: "该您办" in text(hand.app))
    await hand.opens("f12", GoSheet)
    await hand.types("0702-18")
    await hand.press("enter")
    await until(lambda: hand.app.screen is mode(hand.app))
    await until(lambda: mode(hand.app).case_name() == "0702-18")


def the_hour_as_it_was(night: Night) -> None:
    """What the database says at the end."""
    cases = [night.house.whistles.file(night.house.whistles.find(f"W-20200702-{n:02}")) for n in range(1, 21)]
    states = Counter(file.case.whistle.state for file in cases)
    assert states == Counter({WhistleState.CLOSED: 3, WhistleState.MERGED: 2, WhistleState.OPEN: 14,
                              WhistleState.PENDING_APPROVAL: 1})  # fmt: skip
    assert sum(bool(file.case.outstanding()) for file in cases) == 3
    merged = {file.case.whistle.merged_into for file in cases if file.case.whistle.state is WhistleState.MERGED}
    assert len(merged) == 1
    closed = [file for file in cases if file.case.whistle.state is WhistleState.CLOSED]
    assert {file.row.title[:4] for file in closed} == {"路灯不亮"}
    assert all(file.events[-1].words["remark"] == "灯亮了" for file in closed)
    assert {file.case.whistle.kind for file in cases[17:]} == {WhistleKind.EMERGENCY}
