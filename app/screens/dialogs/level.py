"""Records a response level from its document: level, issuer, number, from, until (behaviours 19)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.errors import BadInput
from app.domain.message import N_, Message
from app.domain.posture import ResponseLevel
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.flood_fields import text_of, texts_found
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.times import say_instant, since, until
from app.services.flood_entries import Recorded
from app.widgets.fields.choice import Choice, ChoiceField
from app.widgets.fields.hits import Hit
from app.widgets.fields.line import LineField
from app.widgets.fields.lookup import LookupField
from app.widgets.fields.row import FieldRow


class LevelDialog(FormDialog[Recorded]):
    """Never computed, never without issuer and number. The issuer's level that holds gives way to it."""

    aliases = {"begins_at": "from", "occurred_at": "from"}

    def __init__(self, context: DialogContext) -> None:
        super().__init__(context, "response-level")
        self._issuers: tuple[str, ...] = ()

    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Record a response level")

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (keys.RECORD, Way("1–4", N_("level")), keys.FIELD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow]:
        """As the document has it."""
        t = self.words.t
        levels = [Choice(one.value, self.words.enum(one)) for one in ResponseLevel]
        yield FieldRow(t("Which level"), ChoiceField("level", levels))
        hint = t("who issued the document: 州防汛抗旱指挥部")
        yield FieldRow(t("Issuer"), LookupField("issuer", self.find_issuer, free=True, placeholder=hint))
        yield FieldRow(t("Number of the document"), LineField("number"))
        yield FieldRow(
            t("Holds from"), LineField("from", half_width=True, classes="-short", placeholder=t("now"), cap=40)
        )
        ends = t("until it is ended")
        yield FieldRow(
            t("Holds until"), LineField("until", half_width=True, classes="-short", placeholder=ends, cap=40)
        )

    async def look_up(self) -> None:
        """Who issued levels before."""
        before = await self.context.submit(self.context.house.flood.levels)
        self._issuers = tuple(dict.fromkeys(one.issuer for one in before))

    def find_issuer(self, text: str) -> Sequence[Hit]:
        """Issuers of before."""
        return texts_found(self._issuers, text)

    def understood(self) -> None:
        """Times as they were understood."""
        say_instant(self, "from", since, self.words.when(self.now))
        say_instant(self, "until", until, "")
        self.calm()

    async def act(self) -> Recorded:
        """Record it."""
        level = self.text("level")
        if not level:
            raise BadInput(Message("Which level? Its digit chooses."), "level")
        begins = since(self.context, self.text("from"), "from")
        ends = until(self.context, self.text("until"), "until")
        actor, request, issuer = self.context.actor, self.request("level"), text_of(self, "issuer")
        return await self.submit(
            lambda: self.context.house.flood.add_level(
                actor, request, ResponseLevel(level), issuer, self.text("number"), begins_at=begins, until=ends
            )
        )
