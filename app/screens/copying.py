"""A case as text to wherever it can be pasted from, and the sentence that says honestly where it went."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.domain.message import Message, Said
from app.files import os_reason, write_private
from app.render.board import named
from app.render.case_page import case_page
from app.render.rows import Tone
from app.render.sight import Sight
from app.screens.seat import Seat
from app.services.clipboard import copy_natively

if TYPE_CHECKING:
    from app.screens.command_app import CommandApp
    from app.services.whistles import CaseFile

FILE = "copied.txt"


async def copy_case(
    app: CommandApp, seat: Seat, file: CaseFile, sight: Sight, say: Callable[[Said, Tone], None]
) -> None:  # fmt: skip
    """The desktop's clipboard; else the terminal's, which never answers, and a file of one's own beside it."""
    if seat.lanes is None:
        return
    text = "\n".join(case_page(sight, file)) + "\n"
    case = named(file.case.whistle)
    program = await seat.lanes.run(copy_natively, text)
    if program:
        say(Message("{case} is in the clipboard ({program}).", {"case": case, "program": program}), Tone.GOOD)
        return
    app.copy_to_clipboard(text)
    path = seat.settings.state / FILE
    try:
        await seat.lanes.run(write_private, path, text)
    except OSError as error:
        say(Message("{case} was sent to the terminal's clipboard, which never answers; no file: {reason}.",
                    {"case": case, "reason": os_reason(error)}), Tone.SOON)  # fmt: skip
        return
    say(Message("{case} lies in {path}; also sent to the terminal's clipboard, which never answers.",
                {"case": case, "path": str(path)}), Tone.GOOD)  # fmt: skip
