"""The rows of the call's ask-list (domain 2.8), and the facts that stand in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from app.domain.facts import TEXT_FIELDS, Facts
from app.domain.policy import WhistleKind
from app.domain.text import NAME_CAP, TITLE_CAP, normalise_width
from app.domain.whistle import Precision, Severity, Source
from app.screens.context import DialogContext
from app.screens.dialogs.box import Box
from app.screens.dialogs.case_line import grid_name
from app.screens.dialogs.preview import lead_words
from app.screens.dialogs.telling import read_time
from app.widgets.fields.choice import Choice, ChoiceField
from app.widgets.fields.hits import Hit
from app.widgets.fields.line import NOTE_LINE_CAP, LineField
from app.widgets.fields.lookup import LookupField
from app.widgets.fields.row import FieldRow

NOTES = ("exposed", "spreading", "on_scene", "done_already", "told")
"""Texts of the ask-list between what happened and whom to call back, in the order they are asked."""


class FactsRows:
    """Builds the rows for given facts, or for none, and reads them back."""

    def __init__(self, context: DialogContext, facts: Facts | None) -> None:
        self.context = context
        self._facts = facts
        self._texts = dict(facts.texts) if facts else {}

    def renewed(self, form: Box[Any], facts: Facts) -> FactsRows:
        """The case was changed under the form: fields nobody touched follow, the others say what stands there now."""
        fresh = FactsRows(self.context, facts)
        before, after = self._by_name(), fresh._by_name()
        for name, row in after.items():
            mine, shown = form.rows[name], _shown(row)
            if shown == _shown(before[name]):
                continue
            if not mine.content_field.untouched:
                mine.say_note(self.context.words.t("Now it says: {text}", text=shown or "–"))
            elif isinstance(mine.widget, LookupField) and isinstance(row.widget, LookupField):
                mine.widget.suggest(row.widget.code, shown)
            elif isinstance(mine.widget, LineField | ChoiceField):
                mine.widget.suggest(row.content_field.typed)
        return fresh

    def _by_name(self) -> dict[str, FieldRow]:
        rows = (*self.where_and_what(), *self.source(), *self.grade(), self.why())
        return {row.content_field.field: row for row in rows}

    # -- rows ----------------------------------------------------------------------------------
    def where_and_what(self) -> Iterable[FieldRow]:
        """What, which grid, where, when, and the rest of the list in the order it is asked."""
        t = self.context.words.t
        yield self._text("title", cap=TITLE_CAP)
        yield FieldRow(t("Grid"), self._grid())
        yield FieldRow(t("Where, landmark"), self._place())
        yield FieldRow(t("Happened at"), self._when())
        for name in NOTES:
            yield self._text(name)
        yield self._text("caller", cap=NAME_CAP)
        yield self._text("callback", cap=NAME_CAP)

    def source(self) -> Iterable[FieldRow]:
        """Where the report came from, with its number there."""
        words = self.context.words
        now = self._facts.source if self._facts else Source.CALL
        choices = [Choice(source.value, words.enum(source)) for source in Source]
        yield FieldRow(words.t("Source"), ChoiceField("source", choices, value=now.value))
        number = LineField(
            "source_number", value=self._facts.source_number if self._facts else "", half_width=True, cap=40
        )
        yield FieldRow(words.t("Source number"), number)

    def grade(self) -> Iterable[FieldRow]:
        """Type of matter, severity, kind: what triage decides."""
        words, facts = self.context.words, self._facts
        matter = self.context.policy.matter(facts.matter) if facts else None
        lookup = LookupField("matter", self.find_matter, code=matter.code if matter else "",
                             label=words.name(matter.name) if matter else "")  # fmt: skip
        yield FieldRow(words.t("Type of matter"), lookup)
        severities = [Choice(severity.value, words.enum(severity)) for severity in Severity]
        now = facts.severity if facts else Severity.NORMAL
        yield FieldRow(words.t("Severity"), ChoiceField("severity", severities, value=now.value))
        kinds = [Choice(kind.value, words.enum(kind)) for kind in WhistleKind]
        yield FieldRow(words.t("Kind"), ChoiceField("kind", kinds, value=facts.kind.value if facts else ""))

    def why(self) -> FieldRow:
        """Asked where the kind waits for approval."""
        return self._text("why")

    def _text(self, name: str, cap: int = NOTE_LINE_CAP) -> FieldRow:
        field = LineField(name, value=self._texts.get(name, ""), cap=cap, half_width=name == "callback")
        return FieldRow(self.context.words.t(TEXT_FIELDS[name]), field)

    def _when(self) -> LineField:
        at = self._facts.occurred_at if self._facts else None
        about = self._facts is not None and self._facts.precision is Precision.APPROX
        value = f"{'约' if about else ''}{at.astimezone(self.context.words.zone):%Y-%m-%d %H:%M}" if at else ""
        placeholder = self.context.words.t("now")
        return LineField("occurred_at", value=value, half_width=True, placeholder=placeholder, classes="-short", cap=40)

    def _grid(self) -> LookupField:
        code = self._facts.grid if self._facts else ""
        return LookupField("grid", self.find_grid, code=code, label=grid_name(self.context, code) if code else "")

    def _place(self) -> LookupField:
        code = self._facts.place if self._facts else ""
        label = self.context.words.name(self.context.street.label(code)) if code else ""
        return LookupField(
            "place_text", self.find_place, code=code, label=self._texts.get("place_text") or label, free=True
        )

    # -- look-ups ------------------------------------------------------------------------------
    def find_grid(self, text: str) -> Sequence[Hit]:
        """Grids by a part of their name, or by letters of their code: ``sh1``, ``SH-G01``."""
        wanted, hits = _plain(text), []
        for unit in self.context.street.grids:
            code = unit.code.casefold().split("-")
            keys = [_plain(unit.name.zh), _plain(unit.short.zh), _plain(unit.name.en), _plain(unit.short.en)]
            starts = (unit.code.casefold(), "-".join(code[1:]), "".join(code[1:]), _short_code(code))
            if not wanted or any(wanted in key for key in keys) or any(key.startswith(wanted) for key in starts):
                hits.append(Hit(unit.code, grid_name(self.context, unit.code), unit.landmarks))
        return hits

    def find_place(self, text: str) -> Sequence[Hit]:
        """Places by a part of their name or alias, or by pinyin initials; those of the grid first."""
        wanted, hits = _plain(text), []
        for place in self.context.street.street.places:
            names = [place.name.zh, place.name.en, *place.aliases]
            initials = any(key.startswith(wanted) for key in place.pinyin.casefold().split())
            if wanted and (initials or any(wanted in _plain(name) for name in names)):
                name = self.context.words.name(place.name)
                hits.append(Hit(place.code, name, grid_name(self.context, place.grid)))
        return hits

    def find_matter(self, text: str) -> Sequence[Hit]:
        """Types of matter by a part of their name or of the words that point to them."""
        wanted, words = _plain(text), self.context.words
        return [
            Hit(matter.code, words.name(matter.name), lead_words(self.context, matter))
            for matter in self.context.policy.types
            if not wanted or any(wanted in _plain(key) for key in (matter.name.zh, matter.name.en, *matter.words))
        ]

    # -- reading -------------------------------------------------------------------------------
    def read(self, form: Box[Any]) -> Facts:
        """The facts as they stand in the form; BadInput when a time or a name cannot be understood."""
        at, precision = read_time(self.context, form.text("occurred_at"))
        kind, place = form.text("kind"), self._code(form, "place_text")
        texts = {name: form.text(name) if name in form.rows else self._texts.get(name, "")
                 for name in TEXT_FIELDS if name != "place_text"}  # fmt: skip
        where = form.rows["place_text"].widget
        texts["place_text"] = where.line.value.strip() if isinstance(where, LookupField) else ""
        return Facts(
            kind=WhistleKind(kind) if kind else WhistleKind.ROUTINE,
            grid=self._code(form, "grid"),
            texts={name: text for name, text in texts.items() if text},
            severity=Severity(form.text("severity") or Severity.NORMAL),
            place=place,
            matter=self._code(form, "matter"),
            source=Source(form.text("source") or Source.OTHER),
            source_number=form.text("source_number"),
            occurred_at=at,
            precision=precision,
        )

    def _code(self, form: Box[Any], field: str) -> str:
        widget = form.rows[field].widget
        return widget.code if isinstance(widget, LookupField) else ""


def _shown(row: FieldRow) -> str:
    """What a person reads in a field."""
    field = row.widget
    if isinstance(field, LookupField):
        return field.line.value
    if isinstance(field, ChoiceField):
        return next((choice.label for choice in field.choices if choice.value == field.value), "")
    return row.content_field.typed


def _plain(text: str) -> str:
    return normalise_width(text).strip().casefold()


def _short_code(parts: Sequence[str]) -> str:
    """``sh1`` for JF-SH-G01."""
    return "".join(parts[1:-1]) + parts[-1].lstrip("g0") if len(parts) > 2 else ""
