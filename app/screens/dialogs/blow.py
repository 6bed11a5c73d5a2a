"""Blows a whistle from one line, understood as it is typed; or a draft that somebody saved, with one Enter."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from textual.binding import Binding
from textual.content import Content

from app.domain.errors import BadInput
from app.domain.facts import TEXT_FIELDS, Facts, missing
from app.domain.gazetteer import Gazetteer, complete
from app.domain.intent import Intent
from app.domain.line_fields import LineField as Part
from app.domain.message import N_, Message
from app.domain.moves import BY_ACTION, Action
from app.domain.oneline import Understood, understand
from app.domain.policy import WhistleKind
from app.domain.text import TITLE_CAP
from app.domain.whistle import Severity, Source
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.alike import asking, create
from app.screens.dialogs.call_form import CallForm
from app.screens.dialogs.case_facts import facts_of_case
from app.screens.dialogs.case_line import case_head, grid_name
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.line_facts import LineFacts, facts_of
from app.screens.dialogs.preview import Preview, Reasons, reasons_of
from app.screens.dialogs.speakers import Scene
from app.screens.dialogs.telling import Telling, Told
from app.services.whistles import CaseFile, Outcome
from app.widgets.fields.choice import Choice, ChoiceField
from app.widgets.fields.completing import CompletingLine
from app.widgets.fields.hits import Hit
from app.widgets.fields.line import NOTE_LINE_CAP, LineField
from app.widgets.fields.row import FieldRow
from app.widgets.fields.shown import Shown

BLOW = Way("Enter", N_("blow"), keys.MISSING)
FULL_FORM = Way("F2", N_("full form"), N_("Every question one by one; what the line says is taken over."))
NEW = "new"
"""One request number for whatever this dialog creates: blown or saved, never both."""
ANSWERS = {
    "place_text": N_("by which landmark"),
    "exposed": N_("who is affected, who could be hurt"),
    "why": N_("what the grid cannot do by itself"),
}
"""What a line rarely says and a whistle that waits for approval must (domain 2.7), with what stands in the field."""
ASKED = (Part.GRID, Part.KIND, Part.PLACE)
"""What is asked for by digit when the line leaves it open, in this order."""


class BlowLine(FormDialog[Outcome]):
    """One line for a new whistle; with a draft case, its facts and one Enter. Result: what came of it."""

    aliases = {"title": "line", "grid": "line", "place": "line", "facts": "line", "source_number": "line"}
    BINDINGS = [
        Binding("f2", "full_form", show=False),
        Binding("f5", "save_draft", show=False),
    ]

    def __init__(self, context: DialogContext, draft_case: CaseFile | None = None, form: str = "blow") -> None:
        super().__init__(context, f"blow-{draft_case.case.whistle.id.hex[:12]}" if draft_case else form)
        self.file = draft_case
        self._gazetteer = Gazetteer.of(context.street.street, context.policy)
        self._chosen: dict[Part, str] = {}
        self._asking: Part | None = None
        self._in_full_form = False
        self._preview = Preview(context)
        self._telling = Telling(context, BY_ACTION[Action.BLOW], self._scene(None))
        self._as_draft = False

    # -- the form ------------------------------------------------------------------------------
    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Blow the saved draft") if self.file else self.words.t("Blow a whistle")

    def head(self) -> Content:
        """The draft, when there is one."""
        return case_head(self.context, self.file.row) if self.file else Content("")

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        own = (BLOW, CompletingLine.COMPLETE, FULL_FORM, keys.SAVE_DRAFT, keys.LEAVE, replace(keys.FIELD, edge=False))
        return [way for way in own if not self.file or way not in (CompletingLine.COMPLETE, keys.SAVE_DRAFT)]

    def form_rows(self) -> Iterable[FieldRow | Shown]:
        """The line, what was understood, and what only the person can say."""
        t = self.words.t
        if self.file is None:
            line = CompletingLine("line", self._complete, placeholder=t("e.g. sh1 emergency manhole cover gone 23:52"))
            yield FieldRow(t("In one line"), line)
        yield Shown(self._preview.labels(), id="preview")
        yield FieldRow(t("Which one"), ChoiceField("ask", ()), hidden=True)
        for name, example in ANSWERS.items():
            answer = LineField(name, cap=TITLE_CAP if name == "place_text" else NOTE_LINE_CAP, placeholder=t(example))
            yield FieldRow(t(TEXT_FIELDS[name]), answer, hidden=True)
        yield self._telling.whose(t("Blown by"))
        yield self._telling.how(t("Told by"))
        yield self._telling.when(t("Blown at"))

    async def look_up(self) -> None:
        """Who is on duty tonight."""
        await self._telling.look_up(self)

    # -- understanding -------------------------------------------------------------------------
    def reading(self) -> tuple[LineFacts, Reasons, Understood | None]:
        """What is known now, from the line or from the draft."""
        asked = {name: self.text(name) for name in ANSWERS if name in self.rows}
        if self.file is not None:
            return self._of_draft(self.file, asked), Reasons(), None
        understood = understand(self.text("line"), self._gazetteer, self.now, self.words.zone)
        reasons = reasons_of(understood)
        if Part.KIND in self._chosen:
            reasons = replace(reasons, kind="")  # chosen by hand: no word of the line is the reason
        return facts_of(understood, self._chosen, asked, self.context.policy), reasons, understood

    def understood(self) -> None:
        """Show it, ask what is open, and propose who blew it."""
        read, reasons, understood = self.reading()
        blank = understood is not None and not understood.line
        gaps = frozenset() if blank else read.gaps
        self.query_one("#preview", Shown).show(self._preview.lines(read.facts, read.kind_known, reasons, gaps))
        wanted = self._answers_wanted(read)
        for name in ANSWERS:
            self.rows[name].hidden = name not in wanted and self.rows[name].content_field.untouched
        self._ask(read, understood)
        self._telling.moved(self, self._scene(read.facts))
        self._telling.understood(self)
        self._warn(read.facts, understood)

    def _answers_wanted(self, read: LineFacts) -> set[str]:
        """The answers that a whistle which waits for approval must have, as far as line and draft lack them."""
        if not read.kind_known or not self.context.policy.kinds[read.facts.kind].needs_approval:
            return set()
        known = {"place_text"} if read.facts.place else set()
        return set(ANSWERS) - known - self._saved_texts()

    def _warn(self, facts: Facts, understood: Understood | None) -> None:
        """What contradicts itself; else, when people are in danger, whom to call first."""
        if understood is not None and understood.problems:
            self.status(" ".join(self.words.say(problem, self.now) for problem in understood.problems), "wrong")
        elif facts.severity is Severity.CRITICAL and (understood is None or understood.line):
            numbers = self._preview.emergency_numbers()
            self.status(self.words.t("People in danger: first {numbers}", numbers=numbers) if numbers else "", "wrong")
        else:
            self.calm()

    def _ask(self, read: LineFacts, understood: Understood | None) -> None:
        """Offer by digit what the line leaves open."""
        self._asking = None
        codes: tuple[str, ...] = ()
        if understood is not None and understood.line:
            kinds = tuple(kind.value for kind in WhistleKind)
            choices = {**understood.choices, **({} if read.kind_known else {Part.KIND: kinds})}
            known = {Part.GRID: read.facts.grid, Part.PLACE: read.facts.place, Part.KIND: read.kind_known}
            self._asking = next((part for part in ASKED if choices.get(part) and not known[part]), None)
            codes = choices[self._asking] if self._asking else ()
        row = self.rows["ask"]
        row.hidden = self._asking is None
        ask = row.widget
        if isinstance(ask, ChoiceField) and tuple(c.value for c in ask.choices) != codes:
            ask.offer([Choice(code, self._label(code)) for code in codes], "")

    def _label(self, code: str) -> str:
        if code in {kind.value for kind in WhistleKind}:
            return self.words.enum(WhistleKind(code))
        return grid_name(self.context, code) if code in self.context.street.units else self.words.name(
            self.context.street.label(code)
        )  # fmt: skip

    def edited(self, field: str) -> None:
        """A choice made by digit fills the gap, and the cursor goes where something is still missing."""
        chosen = self.text("ask") if field == "ask" else ""
        if chosen and self._asking is not None:
            self._chosen[self._asking] = chosen
        super().edited(field)
        if chosen:
            open_ones = (name for name in ANSWERS if not self.rows[name].hidden and not self.text(name))
            self.focus_field("ask" if self._asking else next(open_ones, "line"))

    def cleared(self) -> None:
        """What was chosen by digit belonged to the old line."""
        self._chosen.clear()

    def _complete(self, before: str) -> Sequence[Hit]:
        words = self.words
        return [
            Hit(found.code, words.name(found.name), "", found.text, found.replaces)
            for found in complete(before, self._gazetteer)
        ]

    def _scene(self, facts: Facts | None) -> Scene:
        case = self.file.case.whistle if self.file else None
        grid = facts.grid if facts else case.grid if case else ""
        called = facts is not None and facts.source is not Source.PATROL
        blower = case.blower if case else ""
        return Scene(self.context.street, self.context.actor, grid, blower=blower, own_name=called)

    # -- a draft somebody saved ----------------------------------------------------------------
    def _of_draft(self, file: CaseFile, asked: Mapping[str, str]) -> LineFacts:
        facts = facts_of_case(file)
        facts = replace(facts, texts={**facts.texts, **{name: text for name, text in asked.items() if text}})
        needs = self.context.policy.kinds[facts.kind].needs_approval
        return LineFacts(facts, True, frozenset(missing(facts, needs_approval=needs)))

    def _saved_texts(self) -> set[str]:
        return set(facts_of_case(self.file).texts) if self.file else set()

    async def look_again(self, file: CaseFile) -> None:
        """The draft as somebody else left it."""
        await super().look_again(file)
        self.understood()

    # -- sending -------------------------------------------------------------------------------
    def action_save_draft(self) -> None:
        """Save it as a draft whistle that anybody can blow later."""
        if self.file is None:
            self._as_draft = True
            self.action_send()

    async def act(self) -> Outcome | None:
        """Blow it, save it, or join it to a case that is the same matter."""
        as_draft, self._as_draft = self._as_draft, False
        read, _, understood = self.reading()
        if understood is not None and understood.wrong_time is not None:
            raise BadInput(understood.wrong_time, "line")
        if not as_draft:
            self._complete_enough(read)
        told = self._telling.read(self)
        action = Action.DRAFT if as_draft else Action.BLOW
        if self.file is not None:
            case = self.file.case.whistle.id
            intent = self._intent(action, read.facts, told)
            return await asking(self, read.facts, lambda choice: self.act_on(case, intent, choice), but=case)
        return await create(self, self._intent(action, read.facts, told), read.facts)

    def _complete_enough(self, read: LineFacts) -> None:
        """Ask for the first thing that is missing, where it is answered."""
        for gap, field, sentence in (
            ("grid", "ask" if self._asking is Part.GRID else "line", Message("Which grid?")),
            ("kind", "ask", Message("Which kind of whistle?")),
            ("title", "line", Message("Say what happened.")),
            ("place_text", "place_text", Message("Say where, by which landmark.")),
            ("exposed", "exposed", Message("Say who is affected.")),
            ("why", "why", Message("Say why it is beyond the grid's own power.")),
        ):
            if gap in read.gaps:
                raise BadInput(sentence, field)

    def _intent(self, action: Action, facts: Facts, told: Told) -> Intent:
        return Intent(
            action, self.context.actor, self.request(NEW), {"facts": facts}, told.on_behalf_of, told.channel,
            told.occurred_at, told.precision, self.file.case.whistle.version if self.file else None,
        )  # fmt: skip

    # -- the full form -------------------------------------------------------------------------
    def action_full_form(self) -> None:
        """Go on in the full form, with everything taken over; pressed twice it opens once."""
        if not self._in_full_form and not self.over:
            self._in_full_form = True
            self.background(self._full_form_closed, "full form")

    async def _full_form_closed(self) -> None:
        try:
            await self._full_form()
        finally:
            self._in_full_form = False

    async def _full_form(self) -> None:
        if self.file is not None:
            changed = await self.app.push_screen_wait(CallForm(self.context, case=self.file))
            if changed is not None:
                self.file = await self.context.submit(self.context.house.whistles.file, self.file.case.whistle.id)
                self.show_head()
                self.understood()
            return
        read, _, _ = self.reading()
        name = f"call-{zlib.crc32(self.text('line').encode()):08x}"
        outcome = await self.app.push_screen_wait(CallForm(self.context, facts=read.facts, form=name))
        if outcome is not None:
            await self.finish(outcome)
