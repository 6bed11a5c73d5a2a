"""The levels of a gauge as the street has verified them: guard, warning, guarantee, and the margin (domain 4.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from textual.content import Content

from app.domain.checklist import Question
from app.domain.errors import BadInput
from app.domain.message import Message
from app.domain.patrol_book import PatrolBook
from app.domain.posture import WaterLevel
from app.domain.route import Gauge
from app.render.paint import paint
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.question import number_of
from app.screens.dialogs.rules_form import RulesForm
from app.services.patrol_changes import LEVELS, change_levels
from app.widgets.fields.line import LineField
from app.widgets.fields.row import FieldRow
from app.widgets.fields.shown import MUTED

NUMBER_CAP = 12


class LevelsDialog(RulesForm):
    """An empty level is one that is not entered; the margin has a usual value."""

    def __init__(self, context: DialogContext, gauge: Gauge) -> None:
        super().__init__(context, f"levels-{gauge.id}")
        self._first = self._seen = gauge
        """As it was when the form was opened, and as it is known to be by now."""

    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Levels of a gauge")

    def head(self) -> Content:
        """Which one, and what to enter."""
        told = self.words.t("Only what the street has verified; empty = not entered.")
        return Content.assemble((paint(self.words.name(self._seen.name)).plain, "bold"), "  ", paint(told, MUTED))

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (keys.RECORD, keys.FIELD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow]:
        """A number each."""
        t, word = self.words.t, self.words.enum
        labels = (*(word(level) for level in WaterLevel), t("margin"))
        for name, label in zip(LEVELS, labels, strict=True):
            metres = getattr(self._seen, name)
            hint = t("m below a level before it is over") if name == "margin" else t("m, such as 200.35")
            yield FieldRow(label, LineField(name, value="" if metres is None else str(metres), cap=NUMBER_CAP,
                                            placeholder=hint, half_width=True))  # fmt: skip

    def understood(self) -> None:
        """Nothing but the complaint."""
        self.calm()

    def overtaken_by(self, found: Question | Gauge) -> dict[str, str]:
        """Compared from now on with what somebody else entered."""
        if not isinstance(found, Gauge):
            return {}
        self._seen = found
        return {name: f"{getattr(found, name)} m" for name in LEVELS if getattr(found, name) is not None}

    async def act(self) -> PatrolBook:
        """Enter what was changed."""
        entered: dict[str, Decimal | None] = {}
        for name in LEVELS:
            text = self.text(name)
            entered[name] = number_of(text, name) if text else None
        if entered["margin"] is None:
            entered["margin"] = Gauge("", self._seen.name).margin
        self._rises(entered)
        told = {name: metres for name, metres in entered.items() if metres != getattr(self._first, name)}
        return await self.write(change_levels(self._seen, told)) if told else await self.look()

    @staticmethod
    def _rises(entered: dict[str, Decimal | None]) -> None:
        below: Decimal | None = None
        for name in LEVELS[:3]:
            metres = entered[name]
            if metres is not None and below is not None and metres < below:
                raise BadInput(Message("It must not lie below the level before it."), name)
            below = metres if metres is not None else below
