"""One entry of a timeline with all its words, for reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.domain.message import N_, Message
from app.domain.reports import NONE_YET, Reporting
from app.render.rows import Cell
from app.render.timeline import full_entry
from app.screens.text_sheet import TextSheet

if TYPE_CHECKING:
    from app.domain.events import Event
    from app.render.sight import Sight


class EntryScreen(TextSheet):
    """Its particulars in one line, then each text with its label."""

    def __init__(self, event: Event, sight: Sight, reports: Reporting = NONE_YET) -> None:
        super().__init__(Message(N_("Entry")), lambda _sight: (), sight)
        self._event = event
        self._reports = reports

    def written(self, width: int) -> Sequence[Cell]:
        """As a timeline shows it, with nothing cut."""
        return full_entry(self._event, self._sight, width, self._reports)
