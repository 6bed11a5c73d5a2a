"""The blower's rating of a closed case: one digit, and a word if there is one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from app.domain.errors import BadInput
from app.domain.intent import Intent
from app.domain.message import N_, Message
from app.domain.moves import BY_ACTION, Action
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.case_line import case_head
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.speakers import Scene
from app.screens.dialogs.telling import Telling
from app.services.whistles import CaseFile, Outcome
from app.widgets.fields.choice import Choice, ChoiceField
from app.widgets.fields.line import NOTE_LINE_CAP, LineField
from app.widgets.fields.row import FieldRow

SCORES = (N_("bad"), N_("poor"), N_("fair"), N_("good"), N_("very good"))
"""Words for 1 to 5."""


class RateDialog(FormDialog[Outcome]):
    """1–5 by digit; it counts in the departments' appraisal (domain 2.6)."""

    def __init__(self, context: DialogContext, file: CaseFile) -> None:
        super().__init__(context, f"rate-{file.case.whistle.id.hex[:12]}")
        self.file: CaseFile = file
        whistle = file.case.whistle
        scene = Scene(context.street, context.actor, whistle.grid, blower=whistle.blower)
        self._telling = Telling(context, BY_ACTION[Action.RATE], scene)

    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Rate")

    def head(self) -> Content:
        """The case."""
        return case_head(self.context, self.file.row)

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (Way("1–5", N_("score")), keys.RECORD, keys.FIELD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow]:
        """Score, remark, who rates."""
        t = self.words.t
        scores = [Choice(str(n), t(word)) for n, word in enumerate(SCORES, 1)]
        yield FieldRow(t("Score"), ChoiceField("score", scores))
        yield FieldRow(t("Remark"), LineField("remark", cap=NOTE_LINE_CAP, placeholder=t("if anything")))
        yield self._telling.whose(t("Rated by"))
        yield self._telling.how(t("Told by"))
        yield self._telling.when(t("Rated at"))

    async def look_up(self) -> None:
        """Who is on duty tonight."""
        await self._telling.look_up(self)

    def understood(self) -> None:
        """The time beside its field."""
        self._telling.understood(self)

    async def act(self) -> Outcome:
        """Record the rating."""
        score = self.text("score")
        if not score:
            raise BadInput(Message("The score is a number from 1 to 5."), "score")
        told = self._telling.read(self)
        whistle = self.file.case.whistle
        intent = Intent(
            Action.RATE, self.context.actor, self.request("rate"), {"score": int(score), "remark": self.text("remark")},
            told.on_behalf_of, told.channel, told.occurred_at, told.precision, whistle.version,
        )  # fmt: skip
        return await self.act_on(whistle.id, intent)
