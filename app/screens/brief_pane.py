"""The next briefing in a corner of the duty desk, while it is prepared and until it is signed; Enter opens it.

It is read beside everything else, after the rows, and never more often than it is worth: composing takes longer than
what the desk shows otherwise.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from textual import events
from textual.binding import Binding

from app.domain.errors import WanggeError
from app.screens.beside import beside
from app.screens.mode_lines import ModeLines
from app.widgets.lines import Lines

if TYPE_CHECKING:
    from datetime import datetime

    from app.domain.briefing_file import BriefingFile
    from app.screens.seat import Seat

FIRST = 2.0
"""Seconds after the panes stand until it is read: the first time its rules are loaded, and keys go before."""
OFTEN, SELDOM = 3.0, 60.0
"""Seconds between two readings at least: while it is shown, and while it is signed already."""


class BriefPane(Lines, can_focus=True):
    """Shown by the class ``-brief`` of its screen, which is set once it was read and is not signed."""

    BINDINGS = [Binding("enter", "open", show=False)]

    def __init__(self, seat: Seat) -> None:
        super().__init__(id="brief")
        self._seat = seat
        self._file: BriefingFile | None = None
        self._start: datetime | None = None
        """Planned start of the briefing that is near; None = none is."""
        self._read_at = time.monotonic() + FIRST - SELDOM
        self._reading = self._waiting = False

    @property
    def wanted(self) -> bool:
        """Whether there is one to be shown: the day's, not signed."""
        return self._file is not None and self._file.until == self._start and not self._file.signed

    def look(self) -> None:
        """Something was read for the desk, or time went on: whether it is near, and what it says now."""
        view = self._seat.view
        if view is None:
            return
        from app.domain.briefing_day import briefing_due

        self._start = briefing_due(view.policy, self._seat.now())
        self._show()
        if self._start is None or self._reading:
            return
        wait = self._read_at + (OFTEN if self.wanted else SELDOM) - time.monotonic()
        if wait <= 0:
            self._reading = True
            beside(self, self._read, "glance")
        elif (self.wanted or self._file is None) and not self._waiting:
            self._waiting = True
            self.set_timer(wait, self._look_again)

    def _look_again(self) -> None:
        self._waiting = False
        self.look()

    async def _read(self) -> None:
        seat = self._seat
        try:
            if seat.lanes is not None:
                briefings = seat.open_house().briefings
                unit = seat.briefing_unit
                self._file = await seat.lanes.run(lambda: briefings.draft(unit or briefings.street()))
        except WanggeError:  # the corner stays as it is; whoever opens the briefing is told why
            return
        finally:
            self._reading = False
            self._read_at = time.monotonic()
        if self.is_attached:
            self._show()

    def _show(self) -> None:
        sight, file = self._seat.sight(), self._file
        if self.wanted and sight is not None and file is not None:
            from app.render.briefing_glance import glance_lines, glance_title

            self.set_title(glance_title(file, sight))
            self.show(glance_lines(file, sight))
        self.screen.set_class(self.wanted, "-brief")

    def speak(self) -> None:
        """In the language of the desk."""
        self._show()

    def action_open(self) -> None:
        """Into the briefing."""
        self.screen.post_message(ModeLines.Do("briefing"))

    def on_click(self, event: events.Click) -> None:
        """A click does the same."""
        event.stop()
        event.prevent_default()
        self.action_open()
