"""Whistles for departments: the proposed ones on top and why, one lead, and the case raised first if it must be.

What a consultation decided about the lead goes before what the policy proposes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from textual.content import Content

from app.domain.consulted import consulted_lead
from app.domain.errors import BadInput
from app.domain.gazetteer import Gazetteer
from app.domain.intent import Intent, Value
from app.domain.message import Message
from app.domain.moves import BY_ACTION, Action
from app.domain.oneline import understand
from app.domain.org import UnitLevel
from app.domain.payloads import NEXT_LEVEL
from app.domain.policy import MatterType
from app.domain.whistle import AssignmentRole, Precision
from app.render.paint import paint
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.case_line import case_head
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.preview import lead_words
from app.screens.dialogs.speakers import Scene, may_in_own_name
from app.screens.dialogs.telling import Telling, read_time, say_time
from app.services.whistles import CaseFile, Outcome
from app.widgets.fields.choice import Choice, ChoiceField
from app.widgets.fields.line import NOTE_LINE_CAP, LineField
from app.widgets.fields.pick import Item, PickField
from app.widgets.fields.row import FieldRow
from app.widgets.fields.shown import MUTED, Shown

RAISE = "raise"


class DispatchDialog(FormDialog[Outcome]):
    """Space or the digit takes a department, L or F6 makes it lead, Enter sends. Result: the dispatch."""

    aliases = {"lead": "departments", "assists": "departments", "department": "departments"}
    first_field = "departments"

    def __init__(self, context: DialogContext, file: CaseFile) -> None:
        super().__init__(context, f"dispatch-{file.case.whistle.id.hex[:12]}")
        self.file: CaseFile = file
        self._consulted = consulted_lead(file.case, file.events)
        self._matter, self._word = self._type_of_matter(context, file)
        self._telling = Telling(context, BY_ACTION[Action.DISPATCH], self._scene())

    # -- the form ------------------------------------------------------------------------------
    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Whistle for departments")

    def head(self) -> Content:
        """The case."""
        return case_head(self.context, self.file.row)

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (keys.SEND, PickField.TAKE, PickField.LEAD, PickField.ALL, keys.LEAVE, replace(keys.FIELD, edge=False))

    def form_rows(self) -> Iterable[FieldRow | Shown]:
        """Raising first when it must be, the departments, then who, how and when."""
        t = self.words.t
        if self._steps():
            yes_no = [Choice("yes", t("yes, {levels}", levels=self._way())), Choice("no", t("no"))]
            yield FieldRow(t("Raise it first"), ChoiceField("raise", yes_no, value="yes"))
            raised = LineField("raised_at", half_width=True, classes="-short", placeholder=t("now"), cap=40)
            yield FieldRow(t("Raised at"), raised)
        yield Shown([t("Proposed")], id="proposed")
        yield FieldRow(t("Departments"), self._departments())
        yield self._telling.whose(t("Dispatched by"))
        yield self._telling.how(t("Told by"))
        yield self._telling.when(t("Dispatched at"))
        yield FieldRow(t("What was said"), LineField("said", cap=NOTE_LINE_CAP, placeholder=t("if anything")))

    async def look_up(self) -> None:
        """Who is on duty tonight."""
        await self._telling.look_up(self)

    def understood(self) -> None:
        """What the policy proposes and why; the times beside their fields."""
        self.query_one("#proposed", Shown).show([(self.words.t("Proposed"), self._why())])
        self._telling.understood(self)
        say_time(self.context, self, "raised_at")

    async def look_again(self, file: CaseFile) -> None:
        """The case as somebody else left it: who was sent already can be taken no more, the others stay taken."""
        await super().look_again(file)
        pick = self.rows["departments"].widget
        assert isinstance(pick, PickField)
        lead, items = pick.lead, self._items()
        able = {item.value for item in items if not item.closed}
        pick.offer(items, (), [code for code in pick.taken if code in able])
        pick.lead = lead if lead in able else ""
        if "raise" in self.rows and not self._steps():
            for name in ("raise", "raised_at"):
                self.rows[name].hidden = True

    def _departments(self) -> PickField:
        proposed = self._proposed()
        decided = self._consulted if self._consulted in proposed else ""
        running = {a.department: a for a in self.file.case.outstanding()}
        led = self._is_led()
        taken = [code for code in proposed if code not in running and (code == decided or not running)]
        return PickField(
            "departments", self._items(), taken=taken, lead=taken[0] if taken and (decided or not led) else "",
            lead_word=self.words.t("lead"), assist_word=self.words.t("assist"), first_leads=not led,
        )  # fmt: skip

    def _is_led(self) -> bool:
        """Whether a department that was whistled for before leads already."""
        return any(one.role is AssignmentRole.LEAD for one in self.file.case.outstanding())

    def _items(self) -> list[Item]:
        """The proposed ones first; who was sent already is closed."""
        t, street = self.words.t, self.context.street
        proposed = self._proposed()
        decided = self._consulted if self._consulted in proposed else ""
        running = {a.department: a for a in self.file.case.outstanding()}
        codes = [*proposed, *(code for code in street.departments if code not in proposed)]
        items = []
        for code in codes:
            note = t("proposed") if code in proposed else street.departments[code].remit
            note = t("decided in the consultation") if code == decided else note
            sent = running.get(code)
            if sent is not None:
                note = t("sent already · {state}", state=self.words.enum(sent.state))
            items.append(Item(code, self.words.name(street.label(code)), note, closed=sent is not None))
        return items

    def _proposed(self) -> list[str]:
        matter: MatterType | None = self._matter
        codes = [self._consulted, *((matter.lead, *matter.assists) if matter else ())]
        return [code for code in dict.fromkeys(codes) if code in self.context.street.departments]

    @staticmethod
    def _type_of_matter(context: DialogContext, file: CaseFile) -> tuple[MatterType | None, str]:
        """The case's type; else what its title points to, with the word that does."""
        known = context.policy.matter(file.case.whistle.matter)
        if known is not None:
            return known, ""
        gazetteer = Gazetteer.of(context.street.street, context.policy)
        read = understand(file.row.title, gazetteer, context.house.clock.now(), context.words.zone)
        return read.matter, read.matter_word

    def _why(self) -> Content:
        if self._consulted in self._proposed():
            lead = self.words.name(self.context.street.label(self._consulted))
            decided = self.words.t("decided in the consultation")
            return paint(f"{self.context.glyphs.into} {lead}  {decided}")
        if self._matter is None or not self._proposed():
            return paint(self.words.t("no type of matter: the first one taken leads, F6 changes that"), MUTED)
        said = f"{self.words.name(self._matter.name)} {lead_words(self.context, self._matter)}"
        if self._word:
            said = f"{said}  {self.words.t('from “{word}”', word=self._word)}"
        return paint(said)

    # -- raising -------------------------------------------------------------------------------
    def _steps(self) -> list[UnitLevel]:
        """The levels the case must be raised through to reach the zone platform."""
        level, steps = self.file.case.whistle.level, []
        while level is not UnitLevel.ZONE:
            level = NEXT_LEVEL[level]
            steps.append(level)
        return steps

    def _way(self) -> str:
        levels = [self.file.case.whistle.level, *self._steps()]
        return f" {self.context.glyphs.into} ".join(self.words.enum(level) for level in levels)

    def _scene(self) -> Scene:
        whistle = self.file.case.whistle
        return Scene(self.context.street, self.context.actor, whistle.grid, blower=whistle.blower)

    # -- sending -------------------------------------------------------------------------------
    async def act(self) -> Outcome:
        """Raise it level by level if asked to, then whistle for the departments."""
        pick = self.rows["departments"].widget
        assert isinstance(pick, PickField)
        if not pick.taken:
            raise BadInput(Message("Take at least one department."), "departments")
        if not pick.lead and not self._is_led():
            raise BadInput(Message("Name one lead department: put the cursor on it and press F6."), "departments")
        told = self._telling.read(self)
        if self._steps():
            await self._raise()
        whistle = self.file.case.whistle
        args: dict[str, Value] = {"lead": pick.lead, "assists": pick.assists, "said": self.text("said")}
        intent = Intent(
            Action.DISPATCH, self.context.actor, self.request("dispatch"), args, told.on_behalf_of, told.channel,
            told.occurred_at, told.precision, whistle.version,
        )  # fmt: skip
        return await self.act_on(whistle.id, intent)

    async def _raise(self) -> None:
        if self.text("raise") == "no":
            raise BadInput(Message("Departments are whistled for by the zone platform: raise the case first."), "raise")
        at, precision = read_time(self.context, self.text("raised_at"), "raised_at")
        scene = self._scene()
        move = BY_ACTION[Action.LEVEL_UP]
        if not may_in_own_name(move, scene):
            raise BadInput(Message("Somebody at the street's desk has to raise it first."), "raise")
        for level in self._steps():
            whistle = self.file.case.whistle
            intent = Intent(
                Action.LEVEL_UP, self.context.actor, self.request(f"{RAISE} {level}"), occurred_at=at,
                precision=precision if at else Precision.EXACT, seen=whistle.version,
            )  # fmt: skip
            await self.act_on(whistle.id, intent)
            self.file = await self.submit(self.context.house.whistles.file, whistle.id)
            self.show_head()
        for name in ("raise", "raised_at"):
            self.rows[name].hidden = True
