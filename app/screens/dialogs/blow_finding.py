"""Blows the whistle for a problem of a round: everything that was answered is filled in, Enter sends it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from textual.content import Content

from app.domain.facts import TEXT_FIELDS, Facts, missing
from app.domain.finding import finding_facts
from app.domain.oneline import Understood
from app.domain.policy import WhistleKind
from app.domain.round import Item
from app.domain.round_file import RoundFile
from app.domain.text import TITLE_CAP
from app.domain.whistle import Severity
from app.render.paint import paint
from app.render.rounds import answer_said, spoken
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.blow import ANSWERS, BLOW, BlowLine
from app.screens.dialogs.line_facts import LineFacts
from app.screens.dialogs.preview import Reasons
from app.screens.dialogs.settle import Teller
from app.screens.dialogs.sights import sight_of
from app.screens.dialogs.speakers import Scene
from app.widgets.fields.choice import Choice, ChoiceField
from app.widgets.fields.line import NOTE_LINE_CAP, LineField
from app.widgets.fields.row import FieldRow
from app.widgets.fields.shown import Shown


class BlowFinding(BlowLine):
    """What happened, how grave and of which kind can still be changed; place, grid and source number come along."""

    def __init__(self, context: DialogContext, file: RoundFile, item: Item, teller: Teller) -> None:
        self._facts = finding_facts(
            file.round, file.walk, item, context.words.name, {one.code for one in context.policy.types},
            places={place.code for place in context.street.street.places},
        )  # fmt: skip
        self._round, self._item = file, item
        self._blower = teller.by or file.round.answers[item].by
        self._teller = teller
        super().__init__(context, form=f"blow-finding-{file.round.id.hex[:12]}-{item[0]}-{item[1]}")

    # -- the form ------------------------------------------------------------------------------
    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Blow the whistle for a finding")

    def head(self) -> Content:
        """The round, the point, and what was answered."""
        sight, found = sight_of(self.context), self._round.walk.find(self._item)
        answered = self._round.round.answers.get(self._item)
        if found is None or answered is None:
            return Content("")
        point, question = found
        said = answer_said(question, answered.answer, sight)
        number = spoken(self._round.round.number, sight)
        return paint(
            f"{number} · {point.number} {self.words.name(point.name)} · {self.words.name(question.short)} {said}"
        )

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (BLOW, keys.SAVE_DRAFT, keys.FIELD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow | Shown]:
        """What can be changed, then what was understood, what a kind asks for, and who blows."""
        t, facts = self.words.t, self._facts
        yield FieldRow(t("What happened"), LineField("line", value=facts.texts.get("title", ""), cap=TITLE_CAP))
        kinds = [Choice(kind.value, self.words.enum(kind)) for kind in WhistleKind]
        yield FieldRow(t("Kind"), ChoiceField("kind", kinds, value=facts.kind.value))
        grades = [Choice(grade.value, self.words.enum(grade)) for grade in Severity]
        yield FieldRow(t("Severity"), ChoiceField("severity", grades, value=facts.severity.value))
        for name, example in ANSWERS.items():
            answer = LineField(name, value=facts.texts.get(name, ""), placeholder=t(example),
                               cap=TITLE_CAP if name == "place_text" else NOTE_LINE_CAP)  # fmt: skip
            yield FieldRow(t(TEXT_FIELDS[name]), answer, hidden=name == "why")
        photo = facts.texts.get("photo", "")
        yield FieldRow(t(TEXT_FIELDS["photo"]), LineField("photo", value=photo, cap=NOTE_LINE_CAP), hidden=not photo)
        yield Shown(self._preview.labels(), id="preview")
        yield self._telling.whose(t("Blown by"))
        yield self._telling.how(t("Told by"), self._teller.channel)
        yield self._telling.when(t("Blown at"))

    # -- understanding -------------------------------------------------------------------------
    def reading(self) -> tuple[LineFacts, Reasons, Understood | None]:
        """What was found, as it was changed here."""
        facts = self._as_changed()
        needs = self.context.policy.kinds[facts.kind].needs_approval
        return LineFacts(facts, True, frozenset(missing(facts, needs_approval=needs))), Reasons(), None

    def _as_changed(self) -> Facts:
        if "kind" not in self.rows:
            return self._facts
        kind = WhistleKind(self.text("kind"))
        severity = Severity(self.text("severity"))
        texts = {name: self.text(name) for name in (*ANSWERS, "photo") if self.text(name)}
        texts = {**self._facts.texts, "title": self.text("line"), **texts}
        return replace(self._facts, kind=kind, severity=severity, texts={k: v for k, v in texts.items() if v})

    def understood(self) -> None:
        """Show it; what only some kinds ask for comes and goes with the kind."""
        read, reasons, _ = self.reading()
        lines = self._preview.lines(read.facts, True, reasons, read.gaps)
        self.query_one("#preview", Shown).show(lines)
        self.rows["why"].hidden = not self.context.policy.kinds[read.facts.kind].needs_approval
        self._telling.moved(self, self._scene(read.facts))
        self._telling.understood(self)
        self._warn(read.facts, None)

    def edited(self, field: str) -> None:
        """An emergency is critical, and something critical an emergency, until somebody chooses otherwise."""
        severity = self.rows["severity"].widget
        if field == "kind" and self.text("kind") == WhistleKind.EMERGENCY and isinstance(severity, ChoiceField):
            severity.suggest(Severity.CRITICAL.value)
        super().edited(field)

    def _scene(self, _facts: Facts | None) -> Scene:
        return Scene(self.context.street, self.context.actor, self._facts.grid, blower=self._blower)

    def action_full_form(self) -> None:
        """This is the full form."""
