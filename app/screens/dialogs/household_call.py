"""What became of a household: called and answered or not, left where to, back home; by whom and when (叫应)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from textual.content import Content

from app.domain.errors import Conflict, IllegalMove
from app.domain.flood import Household
from app.domain.message import N_, Message
from app.domain.text import mask_phone
from app.render.paint import paint
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.case_line import grid_name
from app.screens.dialogs.flood_fields import code_of, members_found
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.household import people_field, people_of
from app.screens.dialogs.telling import read_time, say_time
from app.widgets.fields.choice import Choice, ChoiceField
from app.widgets.fields.hits import Hit
from app.widgets.fields.line import NOTE_LINE_CAP, LineField
from app.widgets.fields.lookup import LookupField
from app.widgets.fields.row import FieldRow


class Came(StrEnum):
    """What can be recorded of a household, in the order of its digits."""

    ANSWERED = "answered"
    NO_ANSWER = "no_answer"
    LEFT = "left"
    RETURNED = "returned"


SAID = {
    Came.ANSWERED: N_("answered"), Came.NO_ANSWER: N_("no answer"), Came.LEFT: N_("left"),
    Came.RETURNED: N_("back home"),
}  # fmt: skip


class HouseholdCall(FormDialog[Household]):
    """With everything that can be said of it; the digits of the sheet record the usual without a form."""

    aliases = {"at": "occurred_at"}

    def __init__(self, context: DialogContext, household: Household, came: Came = Came.ANSWERED) -> None:
        super().__init__(context, f"household-{household.id.hex[:12]}")
        self._household, self._came = household, came
        self.first_field = "to" if came is Came.LEFT else ""

    # -- the form ------------------------------------------------------------------------------
    def title_text(self) -> str:
        """Which household."""
        return self.words.t("H{number}", number=self._household.number)

    def head(self) -> Content:
        """Name or address, grid, where it stands."""
        one, words = self._household, self.words
        people = words.tn("{n} person", "{n} people", one.people) if one.people else ""
        told = (mask_phone(one.text), grid_name(self.context, one.grid), people, words.enum(one.state))
        return paint(" · ".join(part for part in told if part))

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (keys.RECORD, Way("1–4", N_("what became of it")), keys.FIELD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow]:
        """What, where to, by whom, what was said, when."""
        t = self.words.t
        yield FieldRow(t("Came of it"), ChoiceField("came", [Choice(one.value, t(word)) for one, word in SAID.items()],
                                                    value=self._came.value))  # fmt: skip
        left = self._came is Came.LEFT
        yield FieldRow(t("Where to"), LineField("to", placeholder=t("where to: 双河社区活动中心")), hidden=not left)
        yield FieldRow(t("People"), people_field(t("as listed")), hidden=not left)
        own = self.words.name(self.context.street.label(self.context.actor.member))
        yield FieldRow(t("By"), LookupField("by", self.find_member, placeholder=t("{who} (in own name)", who=own)))
        yield FieldRow(t("Said"), LineField("said", cap=NOTE_LINE_CAP, placeholder=t("if anything")), hidden=left)
        yield FieldRow(
            t("At"), LineField("occurred_at", half_width=True, classes="-short", placeholder=t("now"), cap=40)
        )

    def find_member(self, text: str) -> Sequence[Hit]:
        """Those of the grid first."""
        return members_found(self.context, text, grid=self._household.grid)

    def understood(self) -> None:
        """Only what is asked for what became of it."""
        came = self.text("came")
        if "to" in self.rows:
            called = came in (Came.ANSWERED, Came.NO_ANSWER)
            for field, shown in (("to", came == Came.LEFT), ("people", came == Came.LEFT),
                                 ("by", came != Came.RETURNED), ("said", called)):  # fmt: skip
                self.rows[field].hidden = not shown
        say_time(self.context, self)
        self.calm()

    # -- sending -------------------------------------------------------------------------------
    async def act(self) -> Household:
        """Record it; who has changed it meanwhile is told, and the next Enter is about it as it is."""
        evacuation, one = self.context.house.evacuation, self._household
        came, request = Came(self.text("came")), self.request("came")
        at, _ = read_time(self.context, self.text("occurred_at"))
        by = code_of(self, "by")
        people = people_of(self)
        try:
            return await self.submit(self._record, came, request, by, at, people)
        except (Conflict, IllegalMove):
            self._household = await self.context.submit(evacuation.find, str(one.number))
            self.show_head()
            raise

    def _record(self, came: Came, request: UUID, by: str, at: datetime | None, people: int) -> Household:
        """On a lane."""
        evacuation, actor, one = self.context.house.evacuation, self.context.actor, self._household
        if came is Came.LEFT:
            return evacuation.left(
                actor, request, one.id, self.text("to"), by=by, at=at, people=people, seen=one.version
            )
        if came is Came.RETURNED:
            return evacuation.returned(actor, request, one.id, at=at, seen=one.version)
        return evacuation.call(actor, request, one.id, answered=came is Came.ANSWERED, said=self.text("said"), by=by,
                               at=at, seen=one.version)  # fmt: skip


def recorded_household(one: Household) -> Message:
    """What is said below the list."""
    return Message("H{number}: {state}, recorded.", {"number": one.number, "state": one.state})
