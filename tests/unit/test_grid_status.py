"""The status word of a grid with its reasons, worst first (domain 2.9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.grid_rounds import GridRounds
from app.domain.grid_status import GridFigures, GridWord, grid_status
from app.domain.org import SixRole
from app.domain.policy import WhistleKind
from app.domain.posture import Colour, Posture, ResponseLevel, WaterLevel
from tests.unit.cases import GRID, MEMBER, at, policy, street

NOW = at("2020-07-03 00:40")
UNIT = street().units[GRID]
QUIET = GridFigures(open={}, on_duty=(MEMBER,), last_record_at=NOW)
ROUTINE = {WhistleKind.ROUTINE: 2}


@pytest.mark.parametrize(
    ("figures", "word", "reasons"),
    [
        (QUIET, GridWord.NORMAL, []),
        (replace(QUIET, open=ROUTINE), GridWord.NORMAL, []),
        (replace(QUIET, open={WhistleKind.EMERGENCY: 1}), GridWord.ALARM, ["emergency open"]),
        (replace(QUIET, open=ROUTINE, overdue=1, report_in_overdue=1), GridWord.ALARM, ["report-in overdue"]),
        (
            replace(QUIET, open=ROUTINE, overdue=3, report_in_overdue=1),
            GridWord.ALARM,
            ["report-in overdue", "{n} overdue"],
        ),
        (replace(QUIET, open=ROUTINE, overdue=1), GridWord.ATTENTION, ["{n} overdue"]),
        (replace(QUIET, vacancies=(SixRole.OPINION_SURVEYOR,)), GridWord.ATTENTION, ["vacancies"]),
        (replace(QUIET, rounds=GridRounds(silent=1)), GridWord.ALARM, ["no word"]),
        (replace(QUIET, rounds=GridRounds(late=3, pressing=1)), GridWord.ALARM, ["not walked", "round late"]),
        (replace(QUIET, rounds=GridRounds(late=2)), GridWord.ATTENTION, ["round late"]),
        (replace(QUIET, on_duty=()), GridWord.NOBODY, ["nobody on duty"]),
        (replace(QUIET, last_record_at=None), GridWord.NO_DATA, ["no record"]),
        (replace(QUIET, on_duty=(), last_record_at=None), GridWord.NOBODY, ["nobody on duty", "no record"]),
        (replace(QUIET, drafts=1), GridWord.NORMAL, []),
        (replace(QUIET, posture=Posture.BLUE, warning=Colour.BLUE), GridWord.NORMAL, []),
        (replace(QUIET, posture=Posture.YELLOW, warning=Colour.YELLOW), GridWord.ATTENTION, ["{colour} signal"]),
        (replace(QUIET, posture=Posture.RED, water=WaterLevel.GUARANTEE), GridWord.ATTENTION, ["a gauge at"]),
        (replace(QUIET, posture=Posture.RED), GridWord.ATTENTION, ["flood posture"]),
        (
            replace(QUIET, posture=Posture.ORANGE, warning=Colour.BLUE, response=ResponseLevel.III),
            GridWord.ATTENTION,
            ["flood posture", "response"],
        ),
        (
            replace(QUIET, on_duty=(), vacancies=(SixRole.OPINION_SURVEYOR,)),
            GridWord.ATTENTION,
            ["vacancies", "nobody on duty"],
        ),
        (
            replace(QUIET, on_duty=(), open={WhistleKind.EMERGENCY: 2}, overdue=1),
            GridWord.ALARM,
            ["emergency open", "{n} overdue", "nobody on duty"],
        ),
    ],
)
def test_the_worst_reason_gives_the_word(figures: GridFigures, word: GridWord, reasons: list[str]) -> None:
    """Alarm before attention before nobody before normal; every reason is told, the worst first."""
    status = grid_status(UNIT, figures, policy(), NOW)
    assert status.word is word
    assert len(status.reasons) == len(reasons)
    assert all(part in message.msgid for part, message in zip(reasons, status.reasons, strict=True))
    assert status.open == sum(figures.open.values())


@pytest.mark.parametrize("hours", [24, 6])
def test_silence_is_measured_by_the_policy(hours: int) -> None:
    """A grid without a record for as long as the policy says is grey, and not a minute sooner."""
    rules = replace(policy(), no_record_after=timedelta(hours=hours))
    figures = replace(QUIET, last_record_at=NOW - timedelta(hours=hours))
    assert grid_status(UNIT, figures, rules, NOW).word is GridWord.NORMAL
    later = grid_status(UNIT, figures, rules, NOW + timedelta(seconds=1))
    assert later.word is GridWord.NO_DATA
    assert later.reasons[0].params == {"hours": hours}
