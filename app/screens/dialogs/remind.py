"""Sets a reminder in one line: when, then what; for whom, and whether it must not be missed (domain 6.4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from app.domain.due_phrases import DuePhrase, find_due
from app.domain.errors import BadInput
from app.domain.message import N_, Message
from app.domain.reminder import Reminder
from app.domain.text import normalise_width
from app.render.paint import paint
from app.render.recurrence import recurrence_words
from app.render.sight import Sight
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.case_line import case_head
from app.screens.dialogs.form import FormDialog
from app.services.whistles import CaseFile
from app.widgets.fields.choice import Choice, ChoiceField
from app.widgets.fields.hits import Hit
from app.widgets.fields.line import LineField
from app.widgets.fields.lookup import LookupField
from app.widgets.fields.row import FieldRow
from app.widgets.fields.shown import Shown

LABELS = (N_("First"), N_("Repeats"), N_("What"))


class RemindDialog(FormDialog[Reminder]):
    """Enter sets it; what was understood stands below the line as it is typed."""

    aliases = {"due": "line", "text": "line", "id": "line"}

    def __init__(self, context: DialogContext, file: CaseFile | None = None) -> None:
        super().__init__(context, "remind")
        self.file = file

    @property
    def _sight(self) -> Sight:
        """How things look in the language of the moment."""
        context = self.context
        return Sight(self.words, context.glyphs, context.street, context.policy.calendar.zone, self.now)

    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Set a reminder")

    def head(self) -> Content:
        """The case it can be about."""
        return case_head(self.context, self.file.row) if self.file else Content("")

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (keys.RECORD, Way("1–2", N_("choice")), keys.FIELD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow | Shown]:
        """The line and what was understood, for whom, about the case, urgent or not."""
        t, actor = self.words.t, self.context.actor.member
        line = LineField("line", placeholder=t("when, then what: 明早8点 复查同段井盖 · 每天 16:00 收集社区情况"))
        yield FieldRow(t("In one line"), line)
        yield Shown([t(label) for label in LABELS], id="preview")
        name = self.words.name(self.context.street.label(actor)) if actor else ""
        yield FieldRow(t("Whom to remind"), LookupField("for", self._find, code=actor, label=name))
        if self.file is not None:
            about = [Choice("yes", t("about the case above")), Choice("no", t("about no case"))]
            yield FieldRow(t("Case"), ChoiceField("about", about, value="yes"))
        urgent = [Choice("no", t("waits on the screen")), Choice("yes", t("calls the next ones while nobody answers"))]
        yield FieldRow(t("Unanswered"), ChoiceField("urgent", urgent, value="no"))

    async def look_up(self) -> None:
        """Nothing more is read."""
        self.understood()

    def _read(self) -> tuple[DuePhrase, str] | None:
        return find_due(self.text("line"), self.now, self.context.policy.calendar)

    def understood(self) -> None:
        """What the line says."""
        shown, t = ["–", "–", "–"], self.words.t
        self.calm()
        try:
            found = self._read()
        except BadInput as error:
            self.status(self.words.say(error.message, self.now), "wrong")
            found = None
        if found is not None:
            due, text = found
            again = recurrence_words(due.recurrence, self._sight) if due.recurrence else t("once")
            if due.until_closed:
                again = f"{again} {t('until it is closed')}"
            shown = [self.words.when(due.at), again, text or "–"]
        lines = [(t(label), paint(value)) for label, value in zip(LABELS, shown, strict=True)]
        self.query_one("#preview", Shown).show(lines)

    def _find(self, text: str) -> Sequence[Hit]:
        wanted = normalise_width(text).strip().casefold()
        return [
            Hit(member.code, self.words.name(member.name), member.phone)
            for member in self.context.street.street.members
            if member.active
            and (not wanted or wanted in normalise_width(self.words.name(member.name)).casefold()
                 or member.code.casefold().startswith(wanted))
        ]  # fmt: skip

    async def act(self) -> Reminder:
        """Set it."""
        found = self._read()
        if found is None:
            raise BadInput(Message("Begin with a time: 明早8点, 30分钟后, 每天 16:00, tomorrow 8:00."), "line")
        due, text = found
        lookup = self.rows["for"].widget
        member = lookup.code if isinstance(lookup, LookupField) else ""
        if not member:
            raise BadInput(Message("Say who: F4 opens the list."), "for")
        about = self.file.case.whistle.id if self.file is not None and self.text("about") == "yes" else None
        request, actor = self.request("remind"), self.context.actor
        return await self.submit(
            lambda: self.context.house.reminders.add(
                actor, text, due, request, member=member, whistle_id=about, urgent=self.text("urgent") == "yes"
            )
        )
