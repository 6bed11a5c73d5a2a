"""The evening of 2 July by keys alone: signal, level, four rounds, the whistle of the missing cover."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from textual.pilot import Pilot

from app.domain.checklist import Verdict
from app.domain.planned_round import Timing
from app.domain.policy import WhistleKind
from app.domain.posture import Posture
from app.domain.round import RoundState
from app.domain.round_file import RoundFile
from app.domain.whistle import Severity, Source
from app.main import CommandCenter
from app.screens.dialogs.blow_finding import BlowFinding
from app.screens.dialogs.end_round import EndRound
from app.screens.dialogs.settle import SettleDialog
from app.screens.dialogs.start_round import StartRound
from app.screens.flood_sheet import FloodSheet
from app.screens.rounds import RoundsMode
from app.screens.walking import Walking
from tests.ui import floods
from tests.ui.helping import has_keys, mode, open_desk, post, text, until
from tests.ui.night_house import Night

ZONE = ZoneInfo("Asia/Shanghai")
ROUNDS = ["18:00", "22:00", "02:00", "06:00"]
"""When the night's rounds are due: every four hours from the yellow signal on."""
COVERS = (4, "covers")
RAISED = (
    ("07-02 18:00", "1", Posture.BLUE, ["18:00", "00:00"]),
    ("07-02 18:20", "2", Posture.YELLOW, ["18:30", "22:30", "02:30"]),
)
"""A level by its digit, recorded at a time: the posture, and when the river is due then."""
TO_THE_COVER = ("1", "1", "1", "1", "8", "enter", "1", "0", "enter", "1", "0", "enter", "1", "1")
"""Keys from the gauge of point 1 to the cover of point 4; the line of a number needs an Enter."""
FROM_THE_COVER = ("1", "1", "0", "enter", "1", "1", "0", "enter", "1", "1", "无", "enter", "40", "enter", *"11111")
"""The rest of the river's 28 questions."""


def type_all(app: CommandCenter, *keys: str) -> None:
    """Every key as the terminal sends it; digits and Chinese in one breath."""
    for key in keys:
        for part in (key,) if key.isalpha() and key.isascii() else key:
            post(app, part)


def walking(app: CommandCenter) -> Walking:
    """The checklist on the screen."""
    found = mode(app)
    assert isinstance(found, RoundsMode)
    return found.walking


def due(night: Night) -> list[str]:
    """Local times at which the river is due, whatever became of the round."""
    now = night.wall.at
    found = night.house.round_plans.due(now - timedelta(hours=14), now + timedelta(hours=24))
    opens = [one.planned.opens for one in found if one.planned.plan == "river"]
    return [f"{at.astimezone(ZONE):%H:%M}" for at in opens]


async def flood_is_recorded(app: CommandCenter, night: Night) -> None:
    """9, the yellow signal in one line, response Ⅳ from its document, Esc."""
    post(app, "9")
    await until(lambda: isinstance(app.screen, FloodSheet) and has_keys(app))
    for key in ("f2", *"暴雨黄色 州气象台 17:40 至 明日11点", "enter"):
        post(app, key)
    await until(lambda: night.house.flood.show().posture is Posture.YELLOW)
    await until(lambda: isinstance(app.screen, FloodSheet) and has_keys(app))
    for key in ("f4", "1", "down", *"州防汛抗旱指挥部", "down", *"〔2020〕4号", "down", *"18:00", "enter"):
        post(app, key)
    await until(lambda: bool(night.house.flood.show().responses))
    await until(lambda: isinstance(app.screen, FloodSheet) and has_keys(app))
    post(app, "escape")
    await until(lambda: app.screen is app.mode_screen)


async def begins(app: CommandCenter, pilot: Pilot[None], nth: int) -> RoundFile:
    """3, to the round that is due, Enter twice; Enter again goes into its checklist."""
    await pilot.press("3")
    found = mode(app)
    assert isinstance(found, RoundsMode)
    app.reload()
    await until(lambda: app.current_mode == "rounds" and found._board.is_mounted)
    await pilot.press("escape", "home")
    await until(lambda: found.due is not None and f"{found.due.starts_at.astimezone(ZONE):%H:%M}" == ROUNDS[nth])
    await pilot.press("enter")
    await until(lambda: isinstance(app.screen, StartRound) and app.screen.text("counts") not in ("", "voluntary"))
    await pilot.press("enter")
    await until(lambda: app.screen is app.mode_screen and walking(app).file is not None and walking(app).open)
    await until(lambda: len(night_rounds(app)) == nth + 1)
    await pilot.press("enter")
    await until(lambda: walking(app).has_keys and walking(app).item == (1, "gauge"))
    file = walking(app).file
    assert file is not None
    return file


def night_rounds(app: CommandCenter) -> list[object]:
    """Rows of rounds that were begun."""
    found = mode(app)
    assert isinstance(found, RoundsMode)
    return [row for row in found._view.rows if row.round_id is not None] if found._view is not None else []


async def ends(app: CommandCenter, pilot: Pilot[None], night: Night, round_id: object) -> None:
    """q, Enter: every question was answered."""
    await asyncio.wait_for(walking(app).queue.empty(), 30)
    await pilot.press("q")
    await until(lambda: isinstance(app.screen, EndRound))
    await pilot.press("enter")
    await until(lambda: app.screen is app.mode_screen)
    await until(lambda: night.house.rounds.file(round_id).round.ended_at is not None)  # type: ignore[arg-type]


@pytest.mark.slow
async def test_the_evening_by_keys(night: Night) -> None:
    """Four rounds begun, walked and ended in their windows; at 23:52 the cover of point 4 is gone: F2 and Enter."""
    night.wall.set("07-02 18:00")
    floods.plans(night.house)
    walked = []
    async with open_desk(night) as (app, pilot):
        await flood_is_recorded(app, night)
        assert due(night)[:4] == ROUNDS
        for nth, (begun, metres) in enumerate((("07-02 18:25", "199.06"), ("07-02 22:50", "199.42"),
                                               ("07-03 02:10", "199.60"), ("07-03 06:05", "199.31"))):  # fmt: skip
            night.wall.set(begun)
            file = await begins(app, pilot, nth)
            walked.append(file.round.id)
            night.wall.add(minutes=30)
            type_all(app, f"{metres}+", "enter", *TO_THE_COVER)
            await until(lambda: walking(app).item == COVERS)
            if nth == 1:
                night.wall.set("07-02 23:52")
                type_all(app, *"缺失，洞口翻水", "enter")
                await until(lambda: isinstance(app.screen, SettleDialog) and has_keys(app))
                night.wall.set("07-02 23:56")
                post(app, "f2")
                await until(lambda: isinstance(app.screen, BlowFinding) and has_keys(app))
                post(app, "enter")
                await until(lambda: app.screen is app.mode_screen)
                await until(lambda: walking(app).has_keys and walking(app).item == (4, "walkway"))
            else:
                post(app, "1")
            type_all(app, *FROM_THE_COVER)
            await until(lambda: walking(app).file is not None and not walking(app).file.missing)  # type: ignore[union-attr]
            await ends(app, pilot, night, file.round.id)
        await until(lambda: text(app).count("已巡完") >= 4)
    files = [night.house.rounds.file(one) for one in walked]
    assert [(one.round.state, one.progress.answered, one.progress.asked) for one in files] == [
        (RoundState.FINISHED, 28, 28)] * 4  # fmt: skip
    assert [one.due.timing if one.due else None for one in files] == [Timing.ON_TIME] * 4
    assert [one.round.answers[COVERS].answer.verdict for one in files] == [
        Verdict.OK, Verdict.PROBLEM, Verdict.OK, Verdict.OK]  # fmt: skip
    the_whistle_carries_everything(night, files[1])


def the_whistle_carries_everything(night: Night, found: RoundFile) -> None:
    """Kind, grade, grid, place, matter, source, what was said, who found it and when; linked both ways."""
    case = found.whistles[COVERS]
    assert (case.kind, case.severity, case.grid, case.place, case.matter) == (
        WhistleKind.EMERGENCY, Severity.CRITICAL, "JF-SH-G01", "jifeng_walkway", "manhole")  # fmt: skip
    assert (case.source, case.source_number) == (Source.PATROL, f"{found.round.number}/4/covers")
    assert case.occurred_at == datetime(2020, 7, 2, 15, 52, tzinfo=UTC)
    whole = night.house.whistles.file(case.id)
    assert whole.words[case.words_id]["title"] == "井盖 缺失，洞口翻水"  # type: ignore[index]
    blown = whole.events[0]
    assert (blown.on_behalf_of, blown.recorded_at) == ("SH-G01-A", datetime(2020, 7, 2, 15, 56, tzinfo=UTC))


async def test_raising_the_level_by_keys_retimes_the_rounds(night: Night) -> None:
    """Outside the recorded night: every six hours under Ⅳ; Ⅲ from 18:20 on, every four from the next half hour."""
    night.wall.set("07-02 18:00")
    floods.plans(night.house)
    async with open_desk(night) as (app, _pilot):
        post(app, "9")
        await until(lambda: isinstance(app.screen, FloodSheet) and has_keys(app))
        for at, digit, posture, expected in RAISED:
            night.wall.set(at)
            for key in ("f4", digit, "down", *"州防汛抗旱指挥部", "down", *f"{digit}号", "enter"):
                post(app, key)
            await until(lambda posture=posture: night.house.flood.show().posture is posture)  # type: ignore[misc]
            await until(lambda: isinstance(app.screen, FloodSheet) and has_keys(app))
            waiting = [at for at in due(night) if at >= "18:00" or at < "06:30"]
            assert waiting[: len(expected)] == expected
        await until(lambda: "18:30" in text(app))
