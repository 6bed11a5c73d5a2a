"""Records a warning signal as it was read or heard: one line fills the fields, which can be typed too (domain 4.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.command_find import fit_of
from app.domain.errors import BadInput
from app.domain.hazard import Hazard
from app.domain.message import N_, Message
from app.domain.posture import Colour
from app.domain.signal_line import read_signal
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.flood_fields import plain, text_of, texts_found
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.telling import read_time, say_time
from app.screens.dialogs.times import say_instant, since, time_field, until
from app.services.flood_entries import Recorded
from app.widgets.fields.choice import Choice, ChoiceField
from app.widgets.fields.hits import Hit
from app.widgets.fields.line import LineField
from app.widgets.fields.lookup import LookupField
from app.widgets.fields.row import FieldRow

COLOURS = Way("1–4", N_("colour"), N_("With the cursor on the colours: blue, yellow, orange, red."))


class SignalDialog(FormDialog[Recorded]):
    """Enter records it, and the posture rises at once where it asks for more. Result: what was recorded."""

    aliases = {"occurred_at": "issued_at", "begins_at": "from"}

    def __init__(self, context: DialogContext) -> None:
        super().__init__(context, "signal")
        self._issuers: tuple[str, ...] = ()

    # -- the form ------------------------------------------------------------------------------
    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Record a warning signal")

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (keys.RECORD, COLOURS, keys.LIST, keys.FIELD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow]:
        """The line, then what it fills."""
        t = self.words.t
        line = LineField(
            "line", placeholder=t("kind and colour, issuer, when, until: 暴雨黄色 州气象台 17:40 至 明早6点")
        )
        yield FieldRow(t("In one line"), line)
        yield FieldRow(t("Kind of weather"), LookupField("event", self.find_kind, free=True))
        colours = [Choice(one.value, self.words.enum(one)) for one in Colour]
        yield FieldRow(t("Colour"), ChoiceField("colour", colours))
        yield FieldRow(t("Issuer"), LookupField("issuer", self.find_issuer, free=True))
        yield FieldRow(t("Issued at"), time_field("issued_at", t("now")))
        yield FieldRow(t("Holds from"), time_field("from", t("when it was issued")))
        yield FieldRow(t("Holds until"), time_field("until", t("cancelled or replaced")))
        yield FieldRow(t("Number"), LineField("number", placeholder=t("if it has one")))
        yield FieldRow(t("Area"), LineField("area", placeholder=t("where it holds, if it says so")))

    async def look_up(self) -> None:
        """Who issued signals before."""
        before = await self.context.submit(self.context.house.flood.warnings.since)
        self._issuers = tuple(dict.fromkeys(one.issuer.zh for one in before))

    # -- understanding -------------------------------------------------------------------------
    def find_kind(self, text: str) -> Sequence[Hit]:
        """Kinds of weather by name or initials."""
        wanted = plain(text)
        named = {one: self.words.enum(one) for one in Hazard if one is not Hazard.OTHER}
        return [Hit(one.value, name) for one, name in named.items()
                if not wanted or fit_of(wanted, (name,), (one.value,)) is not None]  # fmt: skip

    def find_issuer(self, text: str) -> Sequence[Hit]:
        """Issuers of before."""
        return texts_found(self._issuers, text)

    def understood(self) -> None:
        """What the line says goes into the fields that nobody has touched; times are shown as they were understood."""
        read = read_signal(self.text("line"))
        for field, text in (("event", read.event), ("issuer", read.issuer)):
            lookup = self.rows[field].widget if field in self.rows else None
            if isinstance(lookup, LookupField):
                lookup.suggest(text, text)
        for field, text in (("issued_at", read.issued), ("until", read.until), ("number", read.number)):
            line = self.rows[field].widget if field in self.rows else None
            if isinstance(line, LineField):
                line.suggest(text)
        colours = self.rows["colour"].widget if "colour" in self.rows else None
        if isinstance(colours, ChoiceField):
            colours.suggest(read.colour.value if read.colour else "")
        say_time(self.context, self, "issued_at")
        say_instant(self, "from", since, "")
        say_instant(self, "until", until, "")
        self.calm()

    # -- sending -------------------------------------------------------------------------------
    async def act(self) -> Recorded:
        """Record it."""
        event, issuer, colour = text_of(self, "event"), text_of(self, "issuer"), self.text("colour")
        if not event:
            raise BadInput(Message("{what} is missing.", {"what": Message("Kind of weather")}), "event")
        if not colour:
            raise BadInput(Message("Which colour? Its digit chooses."), "colour")
        issued_at, _ = read_time(self.context, self.text("issued_at"), "issued_at")
        begins = since(self.context, self.text("from"), "from")
        ends = until(self.context, self.text("until"), "until")
        actor, request = self.context.actor, self.request("signal")
        return await self.submit(
            lambda: self.context.house.flood.warnings.add(
                actor, request, Colour(colour), event, issuer, issued_at=issued_at, begins_at=begins,
                until=ends, number=self.text("number"), area=self.text("area"),
            )
        )  # fmt: skip
