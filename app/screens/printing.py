"""A paper from the desk into one's folder of papers, and a box that says where it lies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.domain.message import Message
from app.files import os_reason, printable
from app.papers import PLAIN, print_paper
from app.render.paper import Paper
from app.render.sight import Sight
from app.screens.text_sheet import TextSheet

if TYPE_CHECKING:
    from app.screens.command_app import CommandApp
    from app.screens.seat import Seat


async def print_out(app: CommandApp, seat: Seat, paper: Paper, mark: str = "") -> None:
    """Write it as .docx and as .md, beside the screen, and say where or why not; comes back when that was read.

    ``mark`` stands behind the title in the names of the files: ``draft``.
    """
    sight, folder = seat.sight(), seat.settings.papers
    if seat.lanes is None or sight is None:
        return
    try:
        path = await seat.lanes.run(print_paper, folder, paper, seat.words.language, mark)
    except OSError as error:
        why = Message("Nothing was written: {why}.", {"why": os_reason(error)})
        await app.push_screen_wait(
            TextSheet(Message("Not printed"), lambda shown: [shown.say(why), printable(folder)], sight)
        )
        return

    def lines(shown: Sight) -> Iterator[str]:
        yield printable(path)
        yield printable(path.with_name(f"{path.name.removesuffix(path.suffix)}{PLAIN}"))
        yield ""
        yield shown.t("Word and WPS open the first and print it; the second is plain text. Only you may read them.")

    await app.push_screen_wait(TextSheet(Message("Printed into two files"), lines, sight))
