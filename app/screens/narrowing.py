"""The errand of the filter: opens the sheet over the mode, and keeps what somebody gave a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from textual.app import App

from app.domain.case_filter import EVERY_CASE, CaseFilter, View
from app.domain.errors import Refused
from app.domain.message import Message, Said
from app.files import os_reason
from app.render.rows import Tone
from app.screens.filter_sheet import FilterSheet
from app.screens.mode import ModeScreen
from app.screens.seat import Seat
from app.services.views import add_view, read_views


def mode_of(app: App[Any]) -> ModeScreen:
    """The mode below the dialogs; RuntimeError before there is one, which no command allows."""
    mode = app.screen_stack[0]
    if not isinstance(mode, ModeScreen):
        raise RuntimeError("no mode stands")
    return mode


async def choose_filter(app: App[Any], seat: Seat, say: Callable[[Said, Tone], None]) -> None:
    """Let somebody choose; what they name is written to the configuration and becomes a view at once."""
    mode, sight = mode_of(app), seat.sight()
    if sight is None:
        return

    def show(narrowed: CaseFilter, search: str) -> None:
        mode.needle = search
        mode.narrow(narrowed)

    now = View("", seat.narrowed or EVERY_CASE, mode.needle)
    view = await app.push_screen_wait(FilterSheet(sight, seat.views(), now, show))
    if view is None or seat.lanes is None:
        return
    try:
        await seat.lanes.run(add_view, seat.settings.config, view)
        values = {**seat.settings.values, "views": await seat.lanes.run(read_views, seat.settings.config)}
    except OSError as error:
        told = {"file": str(seat.settings.config), "reason": os_reason(error)}
        raise Refused(Message("{file} cannot be written: {reason}", told)) from error
    seat.settings = replace(seat.settings, values=values)
    mode.refill()
    say(Message("The view {name} is kept.", {"name": view.name}), Tone.GOOD)
