"""The rows of a move for many cases, and what is sent to each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from app.domain.errors import BadInput
from app.domain.intent import Intent, Value
from app.domain.message import Message
from app.domain.moves import Action, Arg, ArgType, Move, Row
from app.domain.org import Role, UnitLevel
from app.domain.payloads import NEXT_LEVEL
from app.domain.permissions import under
from app.render.board import case_number
from app.render.paint import paint_cells
from app.screens.context import DialogContext
from app.screens.dialogs.move_rows import MoveRows
from app.screens.dialogs.speakers import Scene, may_in_own_name, proposed
from app.screens.dialogs.telling import Telling, Told
from app.services.whistles import CaseFile
from app.widgets.fields.choice import Choice, ChoiceField
from app.widgets.fields.hits import Hit
from app.widgets.fields.lookup import LookupField
from app.widgets.fields.pick import Item, PickField
from app.widgets.fields.row import FieldRow

if TYPE_CHECKING:
    from app.screens.dialogs.marked import MarkedDialog

DIGITS = 9
"""Choices that a digit reaches; of more cases the one that stays is looked up."""
TITLE_ROOM = 48


@dataclass(frozen=True, slots=True)
class Sending:
    """What goes to one case: the steps before, and the move."""

    file: CaseFile
    intents: tuple[Intent, ...]
    department: str = ""

    def last(self, seen: int | None) -> Intent:
        """The move itself; after steps of its own it has seen what they left."""
        return replace(self.intents[-1], seen=seen) if len(self.intents) > 1 else self.intents[-1]


class MarkedRows(MoveRows):
    """Departments of any of the cases, the case that stays among them; all else as for one case."""

    def __init__(self, context: DialogContext, files: Sequence[CaseFile], move: Move) -> None:
        super().__init__(context, files[0], move)
        self.files = files
        self.telling = Telling(context, move, self._scene(files[0]))
        self._whose: dict[tuple[UUID, str, str], str] = {}
        """In whose name, by case, department and shift: looked for once."""

    def rows(self) -> Iterable[FieldRow]:
        """The arguments, then whose, how and when."""
        t = self.context.words.t
        if self.move.action is Action.DISPATCH:
            yield FieldRow(t("Departments"), self._to_whistle_for())
            yield from (self._text(arg) for arg in self.move.args if arg.type is ArgType.TEXT)
        else:
            yield from super().rows()
        yield self.telling.when(t("At"))
        yield self.telling.whose(t("On behalf of"), placeholder=t("whoever it is in each case"))
        yield self.telling.how(t("Told by"))

    def understood(self, form: MarkedDialog) -> None:
        """The time beside its field."""
        self.telling.understood(form)
        form.rows["channel"].hidden = not any(self._behalf(file, code, Told()) for file, code in self._targets(form))

    # -- rows of their own ---------------------------------------------------------------------
    def _department(self, arg: Arg) -> FieldRow:
        if arg.name != "department" or self.move.row is not Row.ASSIGNMENT:
            return super()._department(arg)
        t, words = self.context.words.t, self.context.words
        counts: dict[str, int] = {}
        for file in self.files:
            for code in self._able_in(file):
                counts[code] = counts.get(code, 0) + 1
        items = [Item(code, self._name(code), t("in {n} of {of} cases", n=n, of=len(self.files)))
                 for code, n in sorted(counts.items(), key=lambda one: -one[1])]  # fmt: skip
        taken = [item.value for item in items] if len(items) == 1 else []
        return FieldRow(words.t("Departments"), PickField("department", items, taken=taken, rows=8))

    def _to_whistle_for(self) -> PickField:
        street, t = self.context.street, self.context.words.t
        items = [Item(code, self._name(code), street.departments[code].remit) for code in street.departments]
        return PickField("departments", items, lead_word=t("lead"), assist_word=t("assist"), first_leads=True, rows=10)

    def _departments(self, arg: Arg) -> FieldRow:
        """Who must come back: departments that any of the cases has."""
        known = dict.fromkeys(a.department for file in self.files for a in file.case.episode_assignments())
        return FieldRow(self._label(arg), PickField(arg.name, [Item(code, self._name(code)) for code in known], rows=6))

    def _case(self, arg: Arg) -> FieldRow:
        t = self.context.words.t
        if len(self.files) > DIGITS:
            return FieldRow(t("Stays"), LookupField(arg.name, self.find_case, placeholder=t("which one stays")))
        choices = [Choice(hit.code, paint_cells(f"{hit.label} {hit.note}", TITLE_ROOM)) for hit in self.find_case("")]
        return FieldRow(t("Stays"), ChoiceField(arg.name, choices))

    def find_case(self, text: str) -> Sequence[Hit]:
        """The marked cases by number or title."""
        wanted = text.strip().casefold()
        hits = []
        for file in self.files:
            number = case_number(file.case.whistle, self.context.words)
            if wanted in f"{number} {file.row.title}".casefold():
                hits.append(Hit(file.case.whistle.id.hex, number, file.row.title, number))
        return hits

    # -- what is sent --------------------------------------------------------------------------
    def stays(self, form: MarkedDialog) -> CaseFile | None:
        """The case that the others are merged into."""
        if self.move.action is not Action.JOIN:
            return None
        code = form.text("into").partition("\t")[0]
        return next((file for file in self.files if file.case.whistle.id.hex == code), None)

    def plan(self, form: MarkedDialog) -> tuple[Sending, ...]:
        """One sending for each case and department; BadInput names the row that is missing."""
        stays = self.stays(form)
        if self.move.action is Action.JOIN:
            form.must(stays, Message("Which case stays?"), "into")
        values = self._answers(form)
        told = self.telling.read(form)
        plan = [self._sending(form, file, code, values, told) for file, code in self._targets(form) if file != stays]
        if not plan:
            raise BadInput(Message("Take at least one department."), "department")
        return tuple(plan)

    def _answers(self, form: MarkedDialog) -> dict[str, Value]:
        if self.move.action is Action.DISPATCH:
            pick = form.rows["departments"].widget
            assert isinstance(pick, PickField)
            form.must(pick.taken, Message("Take at least one department."), "departments")
            return {"lead": pick.lead, "assists": pick.assists, "said": form.text("said")}
        values = self.values(form.rows, form.now)
        values.pop("department", None)
        into = values.get("into")
        if isinstance(into, str):
            values["into"] = UUID(hex=into)
        if self.move.action is Action.WORK_NOTE or (self.move.words_on_behalf and not form.text("said")):
            name = "note" if self.move.action is Action.WORK_NOTE else "said"
            form.must(form.text(name), Message("Write down what was said."), name)
        return values

    def _targets(self, form: MarkedDialog) -> list[tuple[CaseFile, str]]:
        """Each case, or each department that was taken in each case that has it and can do this now."""
        if self.move.row is not Row.ASSIGNMENT:
            return [(file, "") for file in self.files]
        pick = form.rows["department"].widget
        taken = pick.taken if isinstance(pick, PickField) else ()
        return [(file, code) for file in self.files for code in self._able_in(file) if code in taken]

    def _sending(
        self, form: MarkedDialog, file: CaseFile, code: str, values: dict[str, Value], told: Told
    ) -> Sending:  # fmt: skip
        whistle, assignment = file.case.whistle, file.case.current(code) if code else None
        behalf = self._behalf(file, code, told)
        args = {**values, "department": code} if code else values
        intent = Intent(
            self.move.action, self.context.actor, form.request(f"{self.move.action.value} {whistle.id.hex} {code}"),
            args, behalf, form.channel(behalf), told.occurred_at, told.precision,
            assignment.version if assignment else whistle.version,
        )  # fmt: skip
        return Sending(file, (*self._raised_first(form, file, told), intent), code)

    def _raised_first(self, form: MarkedDialog, file: CaseFile, told: Told) -> list[Intent]:
        """A dispatch raises the case to the zone platform, level by level, in the desk's own name."""
        steps: list[Intent] = []
        level, seen = file.case.whistle.level, file.case.whistle.version
        while self.move.action is Action.DISPATCH and level is not UnitLevel.ZONE:
            level = NEXT_LEVEL[level]
            request = form.request(f"raise {level} {file.case.whistle.id.hex}")
            steps.append(Intent(Action.LEVEL_UP, self.context.actor, request, occurred_at=told.occurred_at,
                                precision=told.precision, seen=None if steps else seen))  # fmt: skip
        return steps

    def _behalf(self, file: CaseFile, code: str, told: Told) -> str:
        """Whoever was named; else the department itself, or who would be proposed were it this case alone."""
        if told.on_behalf_of:
            return told.on_behalf_of
        shift = self.telling.shift
        key = (file.case.whistle.id, code, shift.code if shift else "")
        if key not in self._whose:
            self._whose[key] = self._proposed(file, code)
        return self._whose[key]

    def _proposed(self, file: CaseFile, code: str) -> str:
        scene = self._scene(file, code)
        move = under(self.move, self.context.policy, file.case.whistle)
        if code and Role.DEPT_LIAISON in move.roles:
            own = move.action is not Action.WORK_NOTE and may_in_own_name(move, scene)
            return "" if own else code
        return proposed(move, replace(scene, shift=self.telling.shift))

    def _able_in(self, file: CaseFile) -> list[str]:
        """Departments of a case that the move can be about now."""
        rows = MoveRows(self.context, file, self.move)
        return list(dict.fromkeys(assignment.department for assignment in rows.able()))

    def _scene(self, file: CaseFile, department: str = "") -> Scene:
        whistle = file.case.whistle
        asked = [who for request in file.case.requests for who in (request.requested_by, request.recorded_by)]
        return Scene(self.context.street, self.context.actor, whistle.grid, department=department,
                     blower=whistle.blower, involved=(whistle.blower, whistle.owner, *asked))  # fmt: skip
