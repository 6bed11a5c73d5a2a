"""A new checklist with the questions of another one: there is something to change at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from app.domain.checklist import Template
from app.domain.errors import BadInput
from app.domain.ids import proposed_id
from app.domain.message import Message
from app.domain.patrol_book import PatrolBook
from app.render.paint import paint
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.rules_form import RulesForm, field_of
from app.services.patrol_changes import add_template
from app.widgets.fields.line import LineField
from app.widgets.fields.row import FieldRow


class NewChecklist(RulesForm):
    """Names and id; the questions are those of ``like``."""

    def __init__(self, context: DialogContext, like: Template) -> None:
        super().__init__(context, "new-checklist")
        self._like = like
        self._book: PatrolBook | None = None
        self.id_given = ""
        """The id of the checklist, once it was sent."""

    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("New checklist")

    def head(self) -> Content:
        """Where its questions come from."""
        n = len(self._like.questions)
        return paint(self.words.tn("With the question of {name}.", "With the {n} questions of {name}.", n,
                                   name=self._like.name))  # fmt: skip

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (keys.RECORD, keys.FIELD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow]:
        """Two names and an id."""
        t = self.words.t
        yield FieldRow(t("In Chinese"), LineField("zh", cap=60, placeholder=t("such as 雨中巡河")))
        yield FieldRow(t("In English"), LineField("en", cap=120))
        yield FieldRow(t("Id"), LineField("id", cap=40, placeholder=t("small letters, digits and _"), half_width=True))

    async def look_up(self) -> None:
        """The ids that there are."""
        self._book = await self.look()
        if self.stands:
            self.understood()

    def understood(self) -> None:
        """An id is proposed."""
        if "id" in self.rows:
            taken = self._book.templates if self._book else ()
            field_of(self.rows["id"], LineField).suggest(proposed_id(self.text("zh"), self.text("en"), taken))
        self.calm()

    async def act(self) -> PatrolBook:
        """Make it."""
        zh, self.id_given = self.text("zh"), self.text("id")
        if not zh:
            raise BadInput(Message("What is it called? In Chinese at least."), "zh")
        if not self.id_given:
            raise BadInput(Message("It needs an id: small letters, digits and _."), "id")
        return await self.write(add_template(self.id_given, zh, self.text("en"), self._like.id))
