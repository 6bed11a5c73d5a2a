"""A signal was lifted, or the response is over: why, or by which message; the posture stays until it is lowered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from app.domain.flood import Response, Signal
from app.render.flood import level_cells, signal_cells
from app.render.paint import paint
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.sights import sight_of
from app.screens.dialogs.telling import read_time, say_time
from app.services.flood_entries import Recorded
from app.widgets.fields.line import NOTE_LINE_CAP, LineField
from app.widgets.fields.row import FieldRow


class FloodOver(FormDialog[Recorded]):
    """Enter ends what its head names. Result: what was recorded."""

    aliases = {"at": "occurred_at"}

    def __init__(self, context: DialogContext, what: Signal | Response) -> None:
        super().__init__(context, f"over-{what.id.hex[:12]}")
        self._what = what

    def title_text(self) -> str:
        """What the box is for."""
        if isinstance(self._what, Signal):
            return self.words.t("The signal is cancelled")
        return self.words.t("The response is over")

    def head(self) -> Content:
        """Which one, and that the posture stays."""
        sight = sight_of(self.context)
        cells = (
            signal_cells(self._what, sight)[1:] if isinstance(self._what, Signal) else level_cells(self._what, sight)
        )
        stays = self.words.t("The posture stays until somebody lowers it.")
        return Content("\n").join([paint("  ".join(cell for cell in cells if cell)), paint(stays, "$text-muted")])

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (keys.RECORD, keys.FIELD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow]:
        """Why; for a response also since when."""
        t = self.words.t
        why = LineField("reason", cap=NOTE_LINE_CAP, placeholder=t("by which message or document, if anything"))
        yield FieldRow(t("Reason"), why)
        if isinstance(self._what, Response):
            yield FieldRow(t("Over since"), LineField("occurred_at", half_width=True, classes="-short", cap=40,
                                                 placeholder=t("now")))  # fmt: skip

    def understood(self) -> None:
        """The time as it was understood."""
        say_time(self.context, self)
        self.calm()

    async def act(self) -> Recorded:
        """End it."""
        flood, actor, what = self.context.house.flood, self.context.actor, self._what
        reason, request = self.text("reason"), self.request("over")
        if isinstance(what, Signal):
            return await self.submit(flood.warnings.cancel, actor, request, what.id, reason=reason)
        at, _ = read_time(self.context, self.text("occurred_at"))
        return await self.submit(flood.end_level, actor, request, reason=reason, at=at, level_id=what.id)
