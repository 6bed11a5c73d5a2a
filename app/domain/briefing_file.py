"""A briefing with everything that is shown of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.action_item import ActionItem
from app.domain.briefing import NoteLine, Sheet
from app.domain.briefing_record import BriefingRecord, BriefingState


@dataclass(frozen=True, slots=True)
class BriefingFile:
    """A briefing as it is shown. ``record`` None = nobody has opened the draft yet."""

    unit: str
    since: datetime
    until: datetime
    sheet: Sheet
    digest: str
    """What was looked at: whoever signs says it, so that nothing changes unseen."""
    record: BriefingRecord | None = None
    additions: tuple[NoteLine, ...] = ()
    """What was added once it was signed."""
    items: tuple[ActionItem, ...] = ()
    """Items of the unit that are not done."""

    @property
    def signed(self) -> bool:
        """Whether it is frozen."""
        return self.record is not None and self.record.state is BriefingState.SIGNED
