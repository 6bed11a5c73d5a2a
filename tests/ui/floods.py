"""A flood of its own for tests of the sheet and its forms: a signal, a level, households to leave."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from app.bootstrap import duty_clock
from app.domain.actor import Channel
from app.domain.checklist import Answer, Verdict
from app.domain.flood import Household, Response, Signal
from app.domain.message import Message
from app.domain.posture import Colour, ResponseLevel
from app.screens.dialogs.flood_over import FloodOver
from app.screens.dialogs.household_call import HouseholdCall
from app.screens.dialogs.lower import LowerDialog
from app.screens.flood_doings import FloodDoings
from app.screens.flood_sheet import FloodSheet
from app.screens.text_sheet import TextSheet
from app.services.evacuation import QUESTION
from app.services.flood_board import flood_board
from app.services.house import House
from app.services.rounds import Told
from tests.ui.night_house import LEADER, OFFICER

SPACE = UUID("b8f0a3d2-9d26-4c0e-9d7e-5a3f0c1b2e77")
GRID = "JF-SH-G02"


def signal(house: House, colour: Colour = Colour.ORANGE) -> Signal:
    """An orange signal of 25 minutes ago that holds for five hours."""
    now = house.clock.now()
    done = house.flood.warnings.add(
        house.duty.actor(OFFICER), uuid5(SPACE, f"signal {colour} {now}"), colour, "暴雨", "永顺县气象台",
        issued_at=now - timedelta(minutes=25), until=now + timedelta(hours=5),
    )  # fmt: skip
    assert done.signal is not None
    return done.signal


def level(house: House) -> Response:
    """A response of level Ⅳ from two hours ago."""
    standing = house.flood.show().responses
    if standing:
        return standing[0]
    done = house.flood.add_level(
        house.duty.actor(OFFICER), uuid5(SPACE, f"level {house.clock.now()}"), ResponseLevel.IV, "县防指", "9号",
        begins_at=house.clock.now() - timedelta(hours=2),
    )  # fmt: skip
    assert done.response is not None
    return done.response


def plans(house: House) -> None:
    """The street's plans of rounds are in the database, and what is due by them."""
    house.store.write(house.planner.settled)
    duty_clock(house, "tick").tick()


def household(house: House, text: str = "临河巷17号 独居老人", grid: str = GRID, people: int = 2) -> Household:
    """One that is to leave."""
    return house.evacuation.add(house.duty.actor(OFFICER), uuid5(SPACE, f"{grid} {text}"), grid, text, people)


def naming_round(house: House, *names: str) -> UUID:
    """A round whose answers name households to move."""

    def told() -> Told:
        return Told(house.duty.actor(OFFICER), uuid5(SPACE, f"round {names} {house.rounds.under_way()}"),
                    "SH-G01-A", Channel.RADIO)  # fmt: skip

    begun = house.rounds.start(told(), "river_flood", "JF-SH-G01", ["SH-G01-A", "SH-G01-B"], route="wanrong_shuanghe")
    item = next((point.number, question.id) for point, question in begun.walk.items() if question.id == QUESTION)
    answer = Told(house.duty.actor(OFFICER), uuid5(SPACE, f"names {names}"), "SH-G01-A", Channel.RADIO)
    house.rounds.answer(answer, begun.round.id, {item: Answer(Verdict.OK, entries=tuple(names))})
    return begun.round.id


def lowerable(house: House) -> None:
    """A posture that nothing holds up any more."""
    found = signal(house)
    house.flood.warnings.cancel(house.duty.actor(LEADER), uuid5(SPACE, f"over {found.id}"), found.id)


def sheet(app: Any) -> FloodSheet:
    """The sheet over the desk, with a signal and a household."""
    house = app.seat.open_house()
    if not house.flood.show().signals:
        signal(house)
    household(house)
    context = app.seat.context()
    return FloodSheet(context, flood_board(house), FloodDoings(app, app.seat.context))


def over(context: Any) -> FloodOver:
    """The end of a response level."""
    return FloodOver(context, level(context.house))


def lower(context: Any) -> LowerDialog:
    """Lowering."""
    if context.house.flood.show().lower_to(context.house.clock.now()) is None:
        lowerable(context.house)
    return LowerDialog(context, context.house.flood.show(), context.house.flood.rhythms())


def call(context: Any) -> HouseholdCall:
    """What became of a household."""
    return HouseholdCall(context, household(context.house))


def text_sheet(app: Any) -> TextSheet:
    """Lines to read."""
    return TextSheet(Message("Flood"), lambda sight: [sight.t("Flood"), ""] * 3, app.seat.sight())
