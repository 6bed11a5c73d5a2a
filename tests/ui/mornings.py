"""What the forms of the shift log and of the briefing are opened about."""

from __future__ import annotations

from uuid import UUID, uuid5

from app.domain.briefing import Section
from app.domain.shift_log import LogEntry, LogSource, LogState
from app.main import CommandCenter
from app.screens.briefing_doings import BriefingDoings
from app.screens.context import DialogContext
from app.screens.dialogs.briefing import AttendDialog, BriefingNoteDialog, ItemDialog
from app.screens.dialogs.log_entry import CloseLogEntry, LogEntryDialog
from app.screens.presenter import Presenter
from app.services.house import House
from app.services.shift_log import Told
from tests.ui.night_house import OFFICER

SPACE = UUID("5e0c1f6e-0000-4000-8000-00000000a0b1")
UNIT = "JF-SH-G01"


def open_entry(house: House) -> LogEntry:
    """The same open entry however often it is asked for."""
    told = Told({"content": "楼道灯不亮"}, LogSource.PHONE, LogState.OPEN, grid=UNIT)
    return house.log.add(house.duty.actor(OFFICER), uuid5(SPACE, "open"), told)


def entry_form(context: DialogContext) -> LogEntryDialog:
    """A new entry of the log."""
    return LogEntryDialog(context)


def closing(context: DialogContext) -> CloseLogEntry:
    """An entry is closed."""
    return CloseLogEntry(context, open_entry(context.house))


def note(context: DialogContext) -> BriefingNoteDialog:
    """A note in the briefing of a grid."""
    return BriefingNoteDialog(context, context.house.briefings.draft(UNIT), Section.SIX_ROLES)


def attend(context: DialogContext) -> AttendDialog:
    """Who is there."""
    return AttendDialog(context, context.house.briefings.draft(UNIT))


def item(context: DialogContext) -> ItemDialog:
    """An action item."""
    return ItemDialog(context, context.house.briefings.draft(UNIT))


def presenter(app: CommandCenter) -> Presenter:
    """The briefing of a grid in front of everybody."""
    seat = app.seat
    file = seat.open_house().briefings.draft(UNIT)
    return Presenter(seat.context, file, seat.meeting_of(file), BriefingDoings(app, seat.context))
