"""The call's ask-list as a form: a call that needs every answer, what one line began, facts that change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.binding import Binding
from textual.content import Content

from app.domain.errors import BadInput
from app.domain.facts import ASK_LIST, TEXT_FIELDS, Facts, missing, still_to_ask
from app.domain.gazetteer import Gazetteer
from app.domain.intent import Intent
from app.domain.message import N_, Message
from app.domain.moves import BY_ACTION, Action
from app.domain.oneline import understand
from app.domain.policy import WhistleKind
from app.domain.whistle import Severity, Source
from app.render.paint import paint, paint_text
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.alike import create
from app.screens.dialogs.case_facts import facts_of_case
from app.screens.dialogs.case_line import case_head, grid_name
from app.screens.dialogs.facts_rows import FactsRows
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.preview import lead_words
from app.screens.dialogs.speakers import Scene
from app.screens.dialogs.telling import Telling, say_time
from app.services.whistles import CaseFile, Outcome
from app.widgets.fields.choice import ChoiceField
from app.widgets.fields.lookup import LookupField
from app.widgets.fields.row import FieldRow
from app.widgets.fields.shown import MUTED, Shown

NEW = "new"
SAVE = Way("F2", N_("save"), keys.MISSING)
BLOW = Way("F2", N_("blow"), keys.MISSING)
NEXT_FIELD = Way("Enter", N_("next field"), N_("From the last field it sends, as F2 does from anywhere."))
TRIAGE: tuple[tuple[str, str], ...] = (
    (N_("1 In danger?"), N_("call 110/119/120, then emergency; guard it")),
    (N_("2 Grid can do it?"), N_("do it on the spot and record it; no whistle")),
    (N_("3 One department?"), N_("routine whistle with one lead")),
    (N_("4 Several?"), N_("joint enforcement, or tough with lead and assists")),
    (N_("5 Forbidden, but needed?"), N_("tough, with a consultation")),
    (N_("6 Not ours, or running?"), N_("reject with the reason, or join it")),
)
"""What the person at the desk decides first (domain 2.8)."""
_STEPS = {WhistleKind.EMERGENCY: (0,), WhistleKind.ROUTINE: (2,), WhistleKind.JOINT_ENFORCEMENT: (3,),
          WhistleKind.TOUGH: (3, 4)}  # fmt: skip


class CallForm(FormDialog[Outcome]):
    """Enter goes on, F2 sends from anywhere. With ``case`` it changes that case's facts instead of blowing."""

    enter_sends = False
    sending_key = "F2"
    aliases = {"place": "place_text", "facts": "title"}
    BINDINGS = [Binding("f2", "send", show=False), Binding("f5", "save_draft", show=False)]

    def __init__(
        self, context: DialogContext, facts: Facts | None = None, case: CaseFile | None = None, form: str = ""
    ) -> None:
        name = form or (f"revise-{case.case.whistle.id.hex[:12]}" if case else "call")
        super().__init__(context, name)
        self.file = case
        self._facts = facts_of_case(case) if case else facts
        self._rows = FactsRows(context, self._facts)
        self._gazetteer = Gazetteer.of(context.street.street, context.policy)
        self._telling = Telling(context, BY_ACTION[Action.BLOW], self._scene(self._facts))
        self._as_draft = False

    # -- the form ------------------------------------------------------------------------------
    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Change the facts") if self.file else self.words.t("Take a call")

    def head(self) -> Content:
        """The case, when there is one."""
        return case_head(self.context, self.file.row) if self.file else Content("")

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        if self.file:
            return (SAVE, NEXT_FIELD, keys.FIELD, keys.LEAVE)
        return (BLOW, NEXT_FIELD, keys.SAVE_DRAFT, keys.FIELD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow | Shown]:
        """The ask-list, then triage, then who and how."""
        t = self.words.t
        yield from self._rows.where_and_what()
        yield from self._rows.source()
        yield from self._rows.grade()
        yield Shown([t(question) for question, _ in TRIAGE], id="triage")
        yield self._rows.why()
        yield Shown([t("Still to ask")], id="to-ask")
        if self.file is None:
            yield self._telling.whose(t("Blown by"))
            yield self._telling.how(t("Told by"))

    async def look_up(self) -> None:
        """Who is on duty tonight."""
        await self._telling.look_up(self)

    # -- understanding -------------------------------------------------------------------------
    def understood(self) -> None:
        """Time, grid and lead beside their fields; the triage step that fits what is chosen."""
        say_time(self.context, self)
        self._show_matter()
        self._show_triage()
        self._show_unasked()
        kind = self.text("kind")
        self.rows["why"].hidden = not (kind and self.context.policy.kinds[WhistleKind(kind)].needs_approval)
        if self.file is None:
            grid, place = self.rows["grid"].widget, self.rows["place_text"].widget
            code = grid.code if isinstance(grid, LookupField) else ""
            source = Source(self.text("source") or Source.OTHER)
            self._telling.moved(self, self._scene(Facts(WhistleKind.ROUTINE, code, {}, source=source)))
            self._telling.understood(self)
            if isinstance(place, LookupField) and isinstance(grid, LookupField) and not code and place.code:
                there = self.context.street.places[place.code].grid
                grid.suggest(there, grid_name(self.context, there))

    def _show_matter(self) -> None:
        lookup = self.rows["matter"].widget
        matter = self.context.policy.matter(lookup.code) if isinstance(lookup, LookupField) else None
        self.rows["matter"].say_aside(lead_words(self.context, matter) if matter else "")

    def _show_triage(self) -> None:
        kind, severity = self.text("kind"), self.text("severity")
        fitting = {0} if severity == Severity.CRITICAL else set(_STEPS[WhistleKind(kind)] if kind else range(6))
        tall = self.app.size.height >= 34
        lines = []
        for n, (question, answer) in enumerate(TRIAGE):
            if tall or n in fitting:
                style = "" if n in fitting else MUTED
                lines.append((self.words.t(question), paint(self.words.t(answer), style)))
        self.query_one("#triage", Shown).show(lines)

    def _show_unasked(self) -> None:
        """The questions without an answer, while there are any: a call is soon over (domain 2.8)."""
        t = self.words.t
        left = still_to_ask({name: self.text(name) for name in ASK_LIST if name in self.rows})
        named = self.words.listed(tuple(t(TEXT_FIELDS[name]) for name in left))
        said = Content.styled(paint_text(named), "$text-warning") if left else paint(t("everything is asked"), MUTED)
        self.query_one("#to-ask", Shown).show([(t("Still to ask"), said)])

    def edited(self, field: str) -> None:
        """What happened proposes type, severity and kind until the person chooses them."""
        if field == "title" and self.file is None:
            self._propose()
        super().edited(field)

    def _propose(self) -> None:
        read = understand(self.text("title"), self._gazetteer, self.now, self.words.zone)
        matter, severity, kind = (self.rows[name].widget for name in ("matter", "severity", "kind"))
        if read.matter is not None and isinstance(matter, LookupField):
            matter.suggest(read.matter.code, self.words.name(read.matter.name))
        if read.severity is not None and isinstance(severity, ChoiceField):
            severity.suggest(read.severity.value)
        if read.proposed_kind is not None and isinstance(kind, ChoiceField):
            kind.suggest(read.proposed_kind.value)

    def _scene(self, facts: Facts | None) -> Scene:
        grid = facts.grid if facts else ""
        called = facts is None or facts.source is not Source.PATROL
        return Scene(self.context.street, self.context.actor, grid, own_name=called)

    # -- sending -------------------------------------------------------------------------------
    def action_save_draft(self) -> None:
        """Save it as a draft whistle that anybody can blow later."""
        if self.file is None:
            self._as_draft = True
            self.action_send()

    async def act(self) -> Outcome | None:
        """Blow it, save it as a draft, or change the facts of the case."""
        as_draft, self._as_draft = self._as_draft, False
        facts = self._rows.read(self)
        if self.file is not None:
            return await self._revise(self.file, facts)
        if not as_draft:
            self._complete_enough(facts)
        told = self._telling.read(self)
        intent = Intent(
            Action.DRAFT if as_draft else Action.BLOW, self.context.actor, self.request(NEW), {"facts": facts},
            told.on_behalf_of, told.channel,
        )  # fmt: skip
        return await create(self, intent, facts)

    def _complete_enough(self, facts: Facts) -> None:
        """Name what is missing, all of it, and go to the first."""
        kind = self.text("kind")
        needs_approval = bool(kind) and self.context.policy.kinds[facts.kind].needs_approval
        gaps = missing(facts, needs_approval=needs_approval)
        if gaps:
            labels = tuple(Message(TEXT_FIELDS.get(gap, "Grid")) for gap in gaps)
            raise BadInput(Message("Still missing: {what}.", {"what": labels}), gaps[0])
        if not kind:
            raise BadInput(Message("Which kind of whistle?"), "kind")

    async def look_again(self, file: CaseFile) -> None:
        """The case as somebody else left it: what they changed is not overwritten by what stood here before."""
        self._rows = self._rows.renewed(self, facts_of_case(file))
        await super().look_again(file)
        self.understood()

    async def _revise(self, file: CaseFile, facts: Facts) -> Outcome:
        whistle = file.case.whistle
        intent = Intent(
            Action.REVISE, self.context.actor, self.request("revise"), {"facts": facts}, seen=whistle.version
        )
        return await self.act_on(whistle.id, intent)
