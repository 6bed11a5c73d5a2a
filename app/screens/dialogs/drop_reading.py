"""Strikes out a gauge's reading that was misread or mistyped: which one, and why; it is kept in the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.domain.errors import BadInput
from app.domain.gauge import Reading
from app.domain.message import N_, Message
from app.domain.route import Gauge
from app.render.gauges import reading_cells
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.flood_fields import plain
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.sights import sight_of
from app.services.flood_entries import Recorded
from app.services.gauges import Dropped
from app.services.water_view import late_readings
from app.widgets.fields.filtering import FilteringList
from app.widgets.fields.hits import Hit
from app.widgets.fields.line import NOTE_LINE_CAP, LineField
from app.widgets.fields.row import FieldRow

STRIKE_OUT = Way("Enter", N_("strike out"), N_("Level, alarms and posture are then those without it."))


class DropReading(FormDialog[tuple[Gauge, Dropped, Recorded]]):
    """Result: at which gauge, what was struck out, and what became of the posture."""

    def __init__(self, context: DialogContext) -> None:
        super().__init__(context, "drop-reading")
        self._readings: Mapping[str, tuple[Gauge, Reading]] | None = None

    # -- the form ------------------------------------------------------------------------------
    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Strike out a reading")

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (STRIKE_OUT, FilteringList.POINT, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow]:
        """The readings of the last days, and why."""
        t = self.words.t
        rows = max(4, min(12, self.app.size.height - 14))
        yield FieldRow(t("Reading"), FilteringList("reading", self.find, placeholder=t("level or time"), rows=rows))
        yield FieldRow(t("Reason"), LineField("reason", cap=NOTE_LINE_CAP, placeholder=t("misread, mistyped …")))

    async def look_up(self) -> None:
        """What was read at any gauge, the latest first."""
        found = await self.context.submit(late_readings, self.context.house)
        self._readings = {f"{gauge.id}/{one.at.isoformat()}": (gauge, one) for gauge, one in found}
        if self.stands:
            self._list.narrow()
            self.understood()

    @property
    def _list(self) -> FilteringList:
        found = self.rows["reading"].widget
        assert isinstance(found, FilteringList)
        return found

    def find(self, text: str) -> Sequence[Hit]:
        """By gauge, time or level."""
        wanted, sight = plain(text), sight_of(self.context)
        hits = []
        for code, (gauge, one) in (self._readings or {}).items():
            at, metres, trend, source = reading_cells(one, sight)
            label = f"{at}  {metres}  {self.words.name(gauge.name)}"
            if wanted in plain(label):
                hits.append(Hit(code, label, "  ".join(filter(None, (trend, source)))))
        return hits

    def understood(self) -> None:
        """Say so when there is none."""
        self.calm()
        if self._readings is not None and not self._readings:
            self.status(self.words.t("No gauge was read in the last days."))

    # -- sending -------------------------------------------------------------------------------
    async def act(self) -> tuple[Gauge, Dropped, Recorded]:
        """Strike it out."""
        house, actor = self.context.house, self.context.actor
        chosen = (self._readings or {}).get(self._list.code)
        if chosen is None:
            raise BadInput(Message("Which reading?"), "reading")
        gauge, reading = chosen
        request, reason = self.request("drop"), self.text("reason")

        def strike_out() -> tuple[Gauge, Dropped, Recorded]:
            before = house.flood.show().posture
            dropped = house.gauges.drop(actor, gauge, reading.at, request, reason=reason)
            return gauge, dropped, Recorded(house.flood.show(), before)

        return await self.submit(strike_out)
