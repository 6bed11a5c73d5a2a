"""Records what departments report by phone: acknowledged, on the way, on site, at work, done; several at once."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from textual.content import Content

from app.domain.actor import Channel
from app.domain.errors import BadInput, Refused, StoreTrouble, WanggeError
from app.domain.intent import Intent, Value
from app.domain.message import N_, Message
from app.domain.moves import BY_ACTION, Action, Move
from app.domain.next_step import next_step
from app.domain.text import TITLE_CAP
from app.domain.whistle import Assignment
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.case_line import case_head
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.overtaken import by_whom, newer, typed_words
from app.screens.dialogs.speakers import Scene, may_in_own_name
from app.screens.dialogs.telling import RELAYED, Telling, Told, say_time
from app.services.whistles import CaseFile, Outcome
from app.widgets.fields.choice import Choice, ChoiceField
from app.widgets.fields.line import NOTE_LINE_CAP, LineField
from app.widgets.fields.pick import Item, PickField
from app.widgets.fields.row import FieldRow

ACTIONS = (Action.ACKNOWLEDGE, Action.EN_ROUTE, Action.REPORT_IN, Action.WORK_NOTE, Action.DONE)
ROOM_FOR_NAMES = 110
"""Columns of a terminal from which on departments are called by their whole names."""
PERSON = "person-"
"""How the names of the rows begin that ask who came."""
WANTS_WORDS = {
    Action.REPORT_IN: N_("what they said, e.g. with five people and a pump"),
    Action.WORK_NOTE: N_("what they said"),
}
"""Where words must stand (behaviours 5), with an example in the empty field; nobody is made to say anything."""


class RecordDialog(FormDialog[tuple[Outcome, ...]]):
    """One action for every department taken. Result: what came of each; those that failed stay in the form."""

    aliases = {"department": "departments", "said": "spoken", "note": "spoken"}
    first_field = "departments"

    def __init__(
        self, context: DialogContext, file: CaseFile, action: Action | None = None, departments: Sequence[str] = ()
    ) -> None:
        self.file: CaseFile = file
        self._action = action if action in ACTIONS else self._likely()
        super().__init__(context, f"record-{file.case.whistle.id.hex[:12]}-{self._action.value}")
        self.file = file
        self._wanted = tuple(departments)
        self._telling = Telling(context, BY_ACTION[self._action], self._scene())
        self._sent: list[Outcome] = []

    # -- the form ------------------------------------------------------------------------------
    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Record what departments report")

    def head(self) -> Content:
        """The case."""
        return case_head(self.context, self.file.row)

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (keys.RECORD, PickField.TAKE, PickField.ALL, keys.FIELD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow]:
        """What, who, who came, when, by whom and how it was told."""
        t = self.words.t
        choices = [Choice(action.value, t(BY_ACTION[action].label)) for action in ACTIONS]
        yield FieldRow(t("To record"), ChoiceField("action", choices, value=self._action.value))
        pick = PickField("departments", self._items(), taken=self._taken(), rows=8)
        yield FieldRow(t("Departments"), pick)
        for assignment in self.file.case.episode_assignments():
            yield self._person(assignment)
        yield self._telling.when(t("At"))
        spoken = LineField("spoken", placeholder=self._example(), cap=NOTE_LINE_CAP)
        yield FieldRow(t("What was said"), spoken)
        yield self._telling.whose(t("Said by"), placeholder=t("the department itself"))
        how = [Choice(channel.value, self.words.enum(channel)) for channel in RELAYED]
        yield FieldRow(t("Told by"), ChoiceField("channel", how, value=RELAYED[0].value))

    def _person(self, assignment: Assignment) -> FieldRow:
        """A line for who came: always typed; the stationed officer is only named as a hint."""
        street = self.context.street
        department = street.departments.get(assignment.department)
        officer = department.stationed if department else ""
        name = self.words.name(street.label(officer)) if officer in street.members else ""
        hint = self.words.t("who is there, e.g. {name}", name=name) if name else ""
        field = LineField(person_field(assignment.department), placeholder=hint, cap=TITLE_CAP)
        return FieldRow(self.words.t("{department} on site", department=self._short(assignment.department)), field)

    # -- understanding -------------------------------------------------------------------------
    @property
    def action(self) -> Action:
        """What is being recorded."""
        return Action(self.text("action") or self._action)

    @property
    def pick(self) -> PickField:
        """The list of departments."""
        pick = self.rows["departments"].widget
        assert isinstance(pick, PickField)
        return pick

    def entered(self, field: str) -> None:
        """Enter on a name goes on to what is still to be said; with nothing missing it sends."""
        if field.startswith(PERSON):
            wanted = [person_field(code) for code in self.pick.taken] + ["spoken"]
            missing = next((name for name in wanted if not self.text(name)), "")
            if missing and self.text(field):
                self.focus_field(missing)
                return
        super().entered(field)

    def edited(self, field: str) -> None:
        """Another action: other departments can be taken, other words are asked for."""
        if field == "action" and self.action is not self._action:
            self._action = self.action
            self.pick.offer(self._items(), self._taken(), self._still_taken())
            spoken = self.rows["spoken"].widget
            if isinstance(spoken, LineField):
                spoken.placeholder = self._example()
        super().edited(field)

    def understood(self) -> None:
        """Who came is asked only for those that report in."""
        taken = self.pick.taken
        for assignment in self.file.case.episode_assignments():
            row = self.rows.get(person_field(assignment.department))
            if row is not None:
                row.hidden = self._action is not Action.REPORT_IN or assignment.department not in taken
        say_time(self.context, self)

    def _example(self) -> str:
        """What the field of words says while it is empty."""
        return self.words.t(WANTS_WORDS[self._action]) if self._action in WANTS_WORDS else ""

    def _likely(self) -> Action:
        step = next_step(self.file.case)
        return step.action if step and step.action in ACTIONS else Action.WORK_NOTE

    def _items(self) -> list[Item]:
        """Every department of the episode; those that cannot do this now say where they stand."""
        move, items = BY_ACTION[self._action], []
        for assignment in self.file.case.episode_assignments():
            able = self.file.case.current(assignment.department) == assignment and _can(assignment, move)
            name = self._named(assignment.department)
            note = f"{self.words.enum(assignment.role)} · {self.words.enum(assignment.state)}"
            items.append(Item(assignment.department, name, note, closed=not able))
        return items

    def _taken(self) -> list[str]:
        """Those asked for; else the only one whose turn it is. No guess among several: Enter would make it true."""
        able = [item.value for item in self._items() if not item.closed]
        wanted = [code for code in self._wanted if code in able]
        if wanted or self._wanted:
            return wanted
        waited = [code for code in self.file.row.departments if code in able] or able
        return waited if len(waited) == 1 else []

    def _still_taken(self) -> list[str] | None:
        """Those the person has taken, as far as they can do what is recorded now; None while they touched nothing."""
        if self.pick.untouched:
            return None
        able = {item.value for item in self._items() if not item.closed}
        return [code for code in self.pick.taken if code in able]

    def _named(self, code: str) -> str:
        """Chinese names are short already; English ones would cut what is said beside them."""
        if self.words.language != "zh" and self.app.size.width < ROOM_FOR_NAMES:
            return self._short(code)
        return self.words.name(self.context.street.label(code))

    def _short(self, code: str) -> str:
        department = self.context.street.departments.get(code)
        return self.words.name(
            department.short if department and department.short.zh else self.context.street.label(code)
        )

    def _scene(self, department: str = "") -> Scene:
        whistle = self.file.case.whistle
        return Scene(
            self.context.street, self.context.actor, whistle.grid, department=department, blower=whistle.blower
        )

    # -- sending -------------------------------------------------------------------------------
    async def act(self) -> tuple[Outcome, ...] | None:
        """Record it for one department after the other; what failed is named and stays."""
        if not self.pick.taken:
            raise BadInput(Message("Take at least one department."), "departments")
        intents = {code: self._intent(code) for code in self.pick.taken}
        failed: dict[str, WanggeError] = {}
        for code, intent in intents.items():
            try:
                outcome = await self.submit(self.context.house.whistles.act, self.file.case.whistle.id, intent)
            except StoreTrouble as error:
                failed |= dict.fromkeys((c for c in intents if c not in self._recorded()), error)
                break
            except WanggeError as error:
                failed[code] = error
            else:
                self._sent.append(outcome)
        if not failed:
            return tuple(self._sent)
        await self._keep_failed(failed, of=len(intents))
        return None

    def _intent(self, code: str) -> Intent:
        """The intent for one department; its request number belongs to the action and the department."""
        assignment = self.file.case.current(code)
        told = self._told(code)
        args: dict[str, Value] = {"department": code}
        if self._action is Action.REPORT_IN:
            args["person"] = self.text(person_field(code))
            if not args["person"]:
                raise BadInput(Message("Who is on site?"), person_field(code))
        args["note" if self._action in (Action.WORK_NOTE, Action.DONE) else "said"] = self.text("spoken")
        if self._action in WANTS_WORDS and not self.text("spoken"):
            raise BadInput(Message("Write down what was said."), "spoken")
        return Intent(
            self._action, self.context.actor, self.request(f"{self._action.value} {code}"), args, told.on_behalf_of,
            told.channel, told.occurred_at, told.precision, assignment.version if assignment else None,
        )  # fmt: skip

    def _told(self, code: str) -> Told:
        """Who said it: somebody named, else the department itself, else its own liaison at this desk."""
        told = self._telling.read(self)
        if told.on_behalf_of:
            return told
        if self._action is not Action.WORK_NOTE and may_in_own_name(BY_ACTION[self._action], self._scene(code)):
            return told
        channel = self.text("channel")
        return replace(told, on_behalf_of=code, channel=Channel(channel))

    def _recorded(self) -> set[str]:
        return {str(outcome.event.payload.get("department")) for outcome in self._sent}

    async def _keep_failed(self, failed: dict[str, WanggeError], of: int) -> None:
        """Read the case again, take only the failed departments, and name them with their reasons."""
        self.hold_enter()
        whistle_id = self.file.case.whistle.id
        reasons = list({self.words.say(error.message): error.message for error in failed.values()}.values())
        named = tuple(self.context.street.label(code) for code in failed)
        meanwhile: Message | None = None
        with contextlib.suppress(StoreTrouble):
            before = self.file
            self.file = await self.submit(self.context.house.whistles.file, whistle_id)
            meanwhile = self._meanwhile(before)
        self.show_head()
        self._wanted = tuple(failed)
        self.pick.offer(self._items(), (), tuple(failed))
        self.understood()
        self._strand(failed)
        if meanwhile is not None:
            reasons = [meanwhile, *(reasons if self.stranded else ())]
        done = of - len(failed)
        said = Message("{n} recorded. Not recorded: {departments}.", {"n": done, "departments": named})
        for reason in reasons:
            said = Message("{said} {more}", {"said": said, "more": reason})
        self.complain("", self._with_note(said))

    def _meanwhile(self, before: CaseFile) -> Message | None:
        """What others wrote since the person looked; this dialog's own entries are no news."""
        mine = {outcome.event.id for outcome in self._sent}
        events = tuple(event for event in newer(before, self.file) if event.id not in mine)
        return by_whom(events, self.context) if events else None

    def _strand(self, failed: Mapping[str, WanggeError]) -> None:
        """None of those that failed can do it any more, and there are words."""
        able = {item.value for item in self._items() if not item.closed}
        refused = all(isinstance(error, Refused) for error in failed.values())
        self.stranded = refused and not able & set(failed) and bool(typed_words(self))


def person_field(department: str) -> str:
    """The name of the row that asks who came for a department."""
    return f"{PERSON}{department}"


def _can(assignment: Assignment, move: Move) -> bool:
    return assignment.state in move.assignment_states
