"""The check on the spot after all departments are done: passed closes the case, failed sends departments back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from app.domain.errors import BadInput
from app.domain.intent import Intent
from app.domain.message import N_, Message
from app.domain.moves import BY_ACTION, Action
from app.domain.whistle import AssignmentRole, AssignmentState
from app.render.paint import paint
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
from app.widgets.fields.pick import Item, PickField
from app.widgets.fields.row import FieldRow
from app.widgets.fields.shown import MUTED, Shown

PASSED, FAILED = "passed", "failed"


class CheckDialog(FormDialog[Outcome]):
    """Whoever blew it, or another member of the grid, saw it with their own eyes; never the department."""

    def __init__(self, context: DialogContext, file: CaseFile) -> None:
        super().__init__(context, f"check-{file.case.whistle.id.hex[:12]}")
        self.file: CaseFile = file
        whistle = file.case.whistle
        scene = Scene(context.street, context.actor, whistle.grid, blower=whistle.blower)
        self._telling = Telling(context, BY_ACTION[Action.CHECK], scene)

    # -- the form ------------------------------------------------------------------------------
    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Check on the spot")

    def head(self) -> Content:
        """The case."""
        return case_head(self.context, self.file.row)

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (Way("1–2", N_("passed or not")), keys.RECORD, keys.FIELD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow | Shown]:
        """The result and what follows from it, what was seen, who must come back, who saw it."""
        t = self.words.t
        results = [Choice(PASSED, t("passed")), Choice(FAILED, t("not passed"))]
        yield FieldRow(t("Result"), ChoiceField("passed", results))
        yield Shown([t("Then")], id="then")
        yield FieldRow(t("What was seen"), LineField("remark", cap=NOTE_LINE_CAP))
        yield FieldRow(t("Who must come back"), self._again(), hidden=True)
        yield self._telling.whose(t("Checked by"))
        yield self._telling.how(t("Told by"))
        yield self._telling.when(t("Checked at"))

    def _again(self) -> PickField:
        finished = [a for a in self.file.case.episode_assignments() if a.state is AssignmentState.DONE]
        items = [
            Item(a.department, self.words.name(self.context.street.label(a.department)), self.words.enum(a.role))
            for a in finished
        ]
        lead = [a.department for a in finished if a.role is AssignmentRole.LEAD]
        return PickField("departments", items, taken=lead or [item.value for item in items], rows=6)

    async def look_up(self) -> None:
        """Who is on duty tonight."""
        await self._telling.look_up(self)

    def understood(self) -> None:
        """Say what will follow."""
        result = self.text("passed")
        self.rows["departments"].hidden = result != FAILED
        self.query_one("#then", Shown).show([(self.words.t("Then"), self._then(result))])
        self._telling.understood(self)

    def _then(self, result: str) -> Content:
        t = self.words.t
        if result == PASSED:
            days = self.context.policy.rate_within.days
            return paint(t("the case is closed; the rating is due within {days} days", days=days), "$text-success")
        if result == FAILED:
            pick = self.rows["departments"].widget
            taken = pick.taken if isinstance(pick, PickField) else ()
            names = tuple(self.context.street.label(code) for code in taken)
            count = self.file.case.whistle.rework_count + 1
            text = t("rework no. {n}: back to {departments}, who are told why", n=count, departments=names)
            return paint(text, "$text-warning")
        return paint(t("1 closes the case, 2 sends departments back"), MUTED)

    # -- sending -------------------------------------------------------------------------------
    async def act(self) -> Outcome:
        """Record the check."""
        result = self.text("passed")
        if not result:
            raise BadInput(Message("Passed or not?"), "passed")
        if not self.text("remark"):
            raise BadInput(Message("Write down what was seen."), "remark")
        told = self._telling.read(self)
        pick = self.rows["departments"].widget
        again = pick.taken if isinstance(pick, PickField) and result == FAILED else ()
        whistle = self.file.case.whistle
        intent = Intent(
            Action.CHECK, self.context.actor, self.request("check"),
            {"passed": result == PASSED, "remark": self.text("remark"), "departments": again}, told.on_behalf_of,
            told.channel, told.occurred_at, told.precision, whistle.version,
        )  # fmt: skip
        return await self.act_on(whistle.id, intent)
