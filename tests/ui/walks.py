"""A round with a problem in it, for tests of the forms about rounds."""

from __future__ import annotations

from uuid import uuid4

from app.domain.actor import Channel
from app.domain.checklist import Answer, Verdict
from app.domain.round_file import RoundFile
from app.screens.context import DialogContext
from app.screens.dialogs.blow_finding import BlowFinding
from app.screens.dialogs.end_round import EndRound
from app.screens.dialogs.said_by import SaidBy
from app.screens.dialogs.say_round import SayRound
from app.screens.dialogs.settle import SettleDialog, Teller
from app.services.house import House
from app.services.rounds import Told

FIRST, SECOND = "SH-G01-A", "SH-G01-B"
COVERS = (4, "covers")
TELLER = Teller(FIRST, Channel.RADIO)


def walked(house: House, officer: str) -> RoundFile:
    """The round under way with a problem at the covers of point 4; begun when there is none."""
    running = house.rounds.under_way()
    if running:
        return house.rounds.file(running[0].id)

    def told() -> Told:
        return Told(house.duty.actor(officer), uuid4(), FIRST, Channel.RADIO)

    begun = house.rounds.start(told(), "river_flood", "JF-SH-G01", [FIRST, SECOND], route="wanrong_shuanghe")
    return house.rounds.answer(told(), begun.round.id, {COVERS: Answer(Verdict.PROBLEM)})


async def nothing_waits() -> None:
    """Every answer is on the disk."""


def settle(context: DialogContext, file: RoundFile) -> SettleDialog:
    """The form about the problem."""
    return SettleDialog(context, file, COVERS, TELLER, nothing_waits)


def blow(context: DialogContext, file: RoundFile) -> BlowFinding:
    """The whistle for it."""
    return BlowFinding(context, file, COVERS, TELLER)


def say(context: DialogContext, file: RoundFile) -> SayRound:
    """Several answers in one line."""
    return SayRound(context, file, TELLER)


def end(context: DialogContext, file: RoundFile) -> EndRound:
    """Its end."""
    return EndRound(context, file, TELLER)


def said_by(context: DialogContext, file: RoundFile) -> SaidBy:
    """Who says the answers."""
    return SaidBy(context, file, TELLER)
