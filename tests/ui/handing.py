"""What the forms of the handover are opened about."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from textual.app import App

from app.domain.handover import HandoverFile, ItemLine
from app.domain.shift_log import LogState
from app.screens.context import DialogContext
from app.screens.dialogs.handover import EquipmentDialog, HandoverAccept, HandoverLine, ReliefNoteDialog
from app.screens.handover_doings import HandoverDoings
from app.screens.handover_sheet import HandoverSheet
from app.services.house import House
from app.services.shift_log import Told
from tests.ui.night_house import OFFICER

SPACE = UUID("5e0c1f6e-0000-4000-8000-00000000a0c2")
RELIEF = "JF-ZB3"


def open_line(house: House) -> ItemLine:
    """The same open item however often it is asked for."""
    told = Told({"content": "居民来电问停水"}, state=LogState.OPEN, grid="JF-SH-G01")
    entry = house.log.add(house.duty.actor(OFFICER), uuid5(SPACE, "open"), told)
    line = house.handovers.current().sheet.line(f"log:{entry.number}")
    assert line is not None
    return line


def line(context: DialogContext) -> HandoverLine:
    """The outgoing officer's line."""
    return HandoverLine(context, open_line(context.house))


def accept(context: DialogContext) -> HandoverAccept:
    """What is read back."""
    return HandoverAccept(context, open_line(context.house))


def equipment(context: DialogContext) -> EquipmentDialog:
    """The equipment."""
    return EquipmentDialog(context, context.house.handovers.current())


def note(context: DialogContext) -> ReliefNoteDialog:
    """A note for the relief."""
    return ReliefNoteDialog(context, context.house.handovers.current())


def sheet(app: App[Any], context: DialogContext) -> HandoverSheet:
    """The whole sheet."""
    open_line(context.house)

    async def nothing(*_: HandoverFile) -> None:
        """Asked of nobody here."""

    doings = HandoverDoings(app, lambda: context, nothing, nothing)
    return HandoverSheet(context, context.house.handovers.current(), doings)
