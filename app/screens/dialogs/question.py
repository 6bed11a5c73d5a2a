"""One question of a checklist: what is asked, how it is answered, beyond what it is a problem and of which kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from textual.content import Content

from app.domain.checklist import AnswerKind, Question, Template
from app.domain.errors import BadInput
from app.domain.ids import proposed_id
from app.domain.message import N_, Message
from app.domain.patrol_book import PatrolBook
from app.domain.route import Gauge
from app.domain.text import normalise_width
from app.domain.whistle import Severity
from app.render.checklists import KINDS
from app.render.paint import paint
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.rules_form import RulesForm, field_of
from app.services.patrol_changes import add_question, change_question, changed, fields_of
from app.services.patrol_edit import Field
from app.services.patrol_file import MEASURED
from app.widgets.fields.choice import Choice, ChoiceField
from app.widgets.fields.hits import Hit
from app.widgets.fields.line import LineField
from app.widgets.fields.lookup import LookupField
from app.widgets.fields.row import FieldRow
from app.widgets.fields.shown import MUTED

YES, NO = "yes", "no"
ZH_CAP, EN_CAP, CAUTION_CAP, UNIT_CAP, ID_CAP = 60, 120, 200, 10, 40
"""Characters that the rules allow."""
_DIVIDES = re.compile("[,，、;；]")


class QuestionDialog(RulesForm):
    """Changes ``question``, or adds one behind ``after``; only what was changed is written."""

    def __init__(
        self, context: DialogContext, template: Template, question: Question | None, after: Question | None = None
    ) -> None:
        super().__init__(context, f"question-{template.id}-{question.id if question else ''}")
        self._template = template
        self._first = self._seen = question
        """As it was when the form was opened, and as it is known to be by now."""
        self._after = after
        self.id_given = question.id if question else ""
        """The id of the question, once it was sent."""

    # -- the form ------------------------------------------------------------------------------
    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Add a question") if self._seen is None else self.words.t("Change a question")

    def head(self) -> Content:
        """Of which checklist, and what becomes of rounds under way."""
        t, name = self.words.t, self.words.name
        if self._seen is not None:
            where = t("{checklist}, question {n}", checklist=self._template.name,
                      n=[one.id for one in self._template.questions].index(self._seen.id) + 1)  # fmt: skip
        elif self._after is not None:
            where = t("{checklist}, after “{question}”", checklist=self._template.name, question=self._after.short)
        else:
            where = name(self._template.name)
        keep = t("Rounds under way keep theirs; the next ones ask this.")
        return Content.assemble((paint(where).plain, "bold"), "  ", paint(keep, MUTED))

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (keys.RECORD, Way("1–8", N_("choice")), keys.FIELD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow]:
        """As the file has them, in plain words."""
        t, held = self.words.t, fields_of(self._seen) if self._seen else {}

        def line(name: str, label: str, cap: int, hint: str = "", *, narrow: bool = False) -> FieldRow:
            value = held.get(name, "")
            return FieldRow(label, LineField(name, value=str(value), cap=cap, placeholder=hint, half_width=narrow))

        yield line("zh", t("In Chinese"), ZH_CAP, t("what is asked, such as 井盖、雨水箅子：缺失、移位"))
        yield line("en", t("In English"), EN_CAP)
        kinds = [Choice(kind.value, t(KINDS[kind])) for kind in AnswerKind]
        yield FieldRow(
            t("Answered by"), ChoiceField("kind", kinds, value=str(held.get("kind", AnswerKind.STATE.value)))
        )
        yield line("unit", t("Unit"), UNIT_CAP, "m")
        yield line("low", t("Problem below"), 12, narrow=True)
        yield line("high", t("Problem above"), 12, narrow=True)
        trend = [Choice(NO, t("no")), Choice(YES, t("yes"))]
        yield FieldRow(t("Rising or falling"), ChoiceField("trend", trend, value=YES if held.get("trend") else NO))
        wants = [Choice("", t("either")), Choice(YES, t("yes")), Choice(NO, t("no"))]
        yield FieldRow(t("In order is"), ChoiceField("wants", wants, value=str(held.get("wants", ""))))
        grades = [Choice(grade.value, self.words.enum(grade)) for grade in Severity]
        severity = str(held.get("severity", Severity.NORMAL.value))
        yield FieldRow(t("A problem is"), ChoiceField("severity", grades, value=severity))
        matter = self.context.policy.matter(str(held.get("matter", "")))
        name = self.words.name(matter.name) if matter else str(held.get("matter", ""))
        code = str(held.get("matter", ""))
        yield FieldRow(
            t("Its whistle is about"), LookupField("matter", self.find_matter, code=code, label=name, free=True)
        )
        calls = held.get("calls", ())
        said = "、".join(calls) if isinstance(calls, tuple) else ""
        yield FieldRow(
            t("Called by radio"), LineField("calls", value=said, placeholder=t("short names, such as 井盖、cover"))
        )
        yield line("caution_zh", t("Mind, in Chinese"), CAUTION_CAP, t("what to keep in mind before going near"))
        yield line("caution_en", t("Mind, in English"), CAUTION_CAP)
        if self._seen is None:
            yield line("id", t("Id"), ID_CAP, t("small letters, digits and _"), narrow=True)

    def understood(self) -> None:
        """Only what fits the way it is answered is asked for; an id is proposed for a new question."""
        if "kind" not in self.rows:
            return
        kind = self._kind
        self.rows["unit"].hidden = kind not in (AnswerKind.NUMBER, AnswerKind.COUNT)
        self.rows["low"].hidden = self.rows["high"].hidden = kind not in MEASURED
        self.rows["trend"].hidden = kind is not AnswerKind.NUMBER
        self.rows["wants"].hidden = kind is not AnswerKind.YES_NO
        if "id" in self.rows:
            taken = {one.id for one in self._template.questions}
            field_of(self.rows["id"], LineField).suggest(proposed_id(self.text("zh"), self.text("en"), taken))
        self.calm()

    @property
    def _kind(self) -> AnswerKind:
        return AnswerKind(field_of(self.rows["kind"], ChoiceField).value or AnswerKind.STATE)

    def find_matter(self, text: str) -> Sequence[Hit]:
        """Types of matter by name, pinyin initials or code."""
        named = ((one.code, one.name, one.words) for one in self.context.policy.types)
        return self.fitting(text, ((code, name, self.words.listed(words[:3])) for code, name, words in named))

    # -- sending -------------------------------------------------------------------------------
    async def act(self) -> PatrolBook:
        """Write what was changed."""
        if not self.text("zh"):
            raise BadInput(Message("What is asked? In Chinese at least."), "zh")
        fields = self._fields()
        if self._seen is not None:
            told = changed(fields_of(self._first or self._seen), fields)
            return await self.write(change_question(self._template.id, self._seen, told)) if told else await self.look()
        self.id_given = self.text("id")
        if not self.id_given:
            raise BadInput(Message("It needs an id: small letters, digits and _."), "id")
        after = self._after.id if self._after is not None else ""
        return await self.write(add_question(self._template.id, self.id_given, fields, after))

    def overtaken_by(self, found: Question | Gauge) -> dict[str, str]:
        """What is compared with from now on is the question as somebody else left it."""
        if not isinstance(found, Question):
            return {}
        self._seen = found
        said = {name: str(value) for name, value in fields_of(found).items() if isinstance(value, str | Decimal)}
        matter = self.context.policy.matter(found.matter)
        return {**said, "kind": self.words.t(KINDS[found.kind]), "severity": self.words.enum(found.severity),
                "trend": self.words.t("yes") if found.trend else self.words.t("no"),
                "calls": self.words.listed(found.calls),
                "matter": self.words.name(matter.name) if matter else found.matter}  # fmt: skip

    def _fields(self) -> dict[str, Field]:
        """As the file writes them; what is not asked for is empty."""
        matter = field_of(self.rows["matter"], LookupField)
        if matter.line.value.strip() and not matter.code:
            raise BadInput(Message("There is no such type of matter: F4 opens the list."), "matter")
        low, high = self._number("low"), self._number("high")
        if isinstance(low, Decimal) and isinstance(high, Decimal) and low > high:
            raise BadInput(Message("It must not be above the other bound."), "low")
        calls = tuple(dict.fromkeys(part.strip() for part in _DIVIDES.split(self.text("calls")) if part.strip()))
        return {
            "zh": self.text("zh"), "en": self.text("en"), "kind": self._kind.value, "calls": calls,
            "unit": self.text("unit"), "low": low, "high": high, "trend": self.text("trend") == YES,
            "wants": self.text("wants"), "severity": self.text("severity"), "matter": matter.code,
            "caution_zh": self.text("caution_zh"), "caution_en": self.text("caution_en"),
        }  # fmt: skip

    def _number(self, field: str) -> Decimal | str:
        text = normalise_width(self.text(field))
        return number_of(text, field) if text else ""


def number_of(text: str, field: str) -> Decimal:
    """A number as it is typed, three decimals at most; BadInput for anything else."""
    try:
        number = Decimal(normalise_width(text).strip().removesuffix("m").removesuffix("米").strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number != round(number, 3):
        raise BadInput(Message("“{text}” is no number such as 200.35.", {"text": text[:40]}), field)
    return number
