"""A row for each argument of a move, made from its type, and the value that stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from app.domain.errors import BadInput
from app.domain.intent import Value
from app.domain.message import Message
from app.domain.moves import Action, Arg, ArgType, Move, Row
from app.domain.text import normalise_width
from app.domain.whistle import Assignment, RequestKind
from app.render.board import case_number
from app.screens.context import DialogContext
from app.screens.dialogs.ahead import parse_ahead
from app.screens.dialogs.case_line import case_line
from app.screens.dialogs.timeline_hits import entries
from app.services.ports import BoardRow
from app.services.whistles import CaseFile
from app.widgets.fields.choice import Choice, ChoiceField
from app.widgets.fields.hits import Hit
from app.widgets.fields.line import NOTE_LINE_CAP, LineField
from app.widgets.fields.lookup import LookupField
from app.widgets.fields.pick import Item, PickField
from app.widgets.fields.row import FieldRow

YES, NO = "yes", "no"
_DECIDED = {
    Action.DECIDE_RETURN: RequestKind.RETURN,
    Action.DECIDE_EXTENSION: RequestKind.EXTENSION,
}


class MoveRows:
    """The rows of one move's arguments for one case."""

    def __init__(self, context: DialogContext, file: CaseFile, move: Move, entry: UUID | None = None) -> None:
        self.context = context
        self.file = file
        self.move = move
        self.open_cases: Sequence[BoardRow] = ()
        """Cases a duplicate may join; read from the store after the form is shown."""
        self._entry = entry

    # -- rows ----------------------------------------------------------------------------------
    def rows(self) -> Iterable[FieldRow]:
        """One row for each argument, in the order of the life cycle's table."""
        for arg in self.move.args:
            make = self._makers().get(arg.type)
            if make is not None:
                yield make(arg)

    def _makers(self) -> Mapping[ArgType, Callable[[Arg], FieldRow]]:
        return {
            ArgType.TEXT: self._text,
            ArgType.DEPARTMENT: self._department,
            ArgType.DEPARTMENTS: self._departments,
            ArgType.INSTANT: self._instant,
            ArgType.SCORE: self._score,
            ArgType.FLAG: self._flag,
            ArgType.CASE: self._case,
            ArgType.EVENT: self._event,
        }

    def _label(self, arg: Arg) -> str:
        return self.context.words.t(arg.label)

    def _text(self, arg: Arg) -> FieldRow:
        placeholder = "" if arg.required else self.context.words.t("if anything")
        return FieldRow(self._label(arg), LineField(arg.name, cap=NOTE_LINE_CAP, placeholder=placeholder))

    def _department(self, arg: Arg) -> FieldRow:
        """The department the move is about: one of the case's; any other one: looked up."""
        if arg.name == "department" and self.move.row is Row.ASSIGNMENT:
            codes = [assignment.department for assignment in self.able()]
            choices = [Choice(code, self._name(code)) for code in codes]
            return FieldRow(self._label(arg), ChoiceField(arg.name, choices, value=codes[0] if len(codes) == 1 else ""))
        placeholder = self.context.words.t("if any")
        return FieldRow(self._label(arg), LookupField(arg.name, self.find_department, placeholder=placeholder))

    def _departments(self, arg: Arg) -> FieldRow:
        items = [Item(code, self._name(code)) for code in self.context.street.departments]
        return FieldRow(self._label(arg), PickField(arg.name, items, rows=6))

    def _instant(self, arg: Arg) -> FieldRow:
        placeholder = self.context.words.t("+7d, 10-09 9:00")
        return FieldRow(
            self._label(arg), LineField(arg.name, half_width=True, classes="-short", placeholder=placeholder, cap=40)
        )

    def _score(self, arg: Arg) -> FieldRow:
        choices = [Choice(str(score), self.context.words.t("points")) for score in range(1, 6)]
        return FieldRow(self._label(arg), ChoiceField(arg.name, choices))

    def _flag(self, arg: Arg) -> FieldRow:
        t = self.context.words.t
        return FieldRow(self._label(arg), ChoiceField(arg.name, [Choice(YES, t("yes")), Choice(NO, t("no"))]))

    def _case(self, arg: Arg) -> FieldRow:
        placeholder = self.context.words.t("number, or a word of its title")
        return FieldRow(self._label(arg), LookupField(arg.name, self.find_case, placeholder=placeholder))

    def _event(self, arg: Arg) -> FieldRow:
        hits = [hit for hit in self.find_entry("") if self._entry and hit.code == self._entry.hex]
        code, label = (hits[0].code, hits[0].label) if hits else ("", "")
        placeholder = self.context.words.t("Down lists the timeline")
        return FieldRow(
            self._label(arg), LookupField(arg.name, self.find_entry, code=code, label=label, placeholder=placeholder)
        )

    # -- look-ups ------------------------------------------------------------------------------
    def able(self) -> list[Assignment]:
        """Departments of the case that this move can be about now."""
        case = self.file.case
        found = []
        for assignment in case.episode_assignments():
            current = case.current(assignment.department) == assignment
            asked = _DECIDED.get(self.move.action)
            legal = current and assignment.state in self.move.assignment_states
            if legal and (asked is None or case.pending(asked, assignment.id)):
                found.append(assignment)
        return found

    def find_department(self, text: str) -> Sequence[Hit]:
        """Departments by a part of their name or remit."""
        wanted = _plain(text)
        return [
            Hit(code, self._name(code), department.remit)
            for code, department in self.context.street.departments.items()
            if not wanted or any(wanted in _plain(key) for key in (self._name(code), code, department.remit))
        ]

    def find_case(self, text: str) -> Sequence[Hit]:
        """Other open cases by number or title; those of the same grid first."""
        wanted, mine = _plain(text), self.file.case.whistle
        rows = [row for row in self.open_cases if row.whistle.id != mine.id]
        rows.sort(key=lambda row: row.whistle.grid != mine.grid)
        hits = []
        for row in rows:
            number, line = case_number(row.whistle, self.context.words), case_line(self.context, row)
            if not wanted or wanted in _plain(line) or wanted in row.whistle.number.casefold():
                hits.append(Hit(row.whistle.id.hex, number, line, number))
        return hits

    def find_entry(self, text: str) -> Sequence[Hit]:
        """Entries of the timeline."""
        return entries(self.context, self.file, text)

    # -- reading -------------------------------------------------------------------------------
    def values(self, rows: Mapping[str, FieldRow], now: datetime) -> dict[str, Value]:
        """What stands in the rows, by argument; BadInput names the row that is missing or cannot be understood."""
        values: dict[str, Value] = {}
        for arg in self.move.args:
            row = rows.get(arg.name)
            if row is None:
                continue
            value = self._value(arg, row, now)
            if value is None and arg.required:
                raise BadInput(Message("{what} is missing.", {"what": Message(arg.label)}), arg.name)
            if value is not None:
                values[arg.name] = value
        return values

    def _value(self, arg: Arg, row: FieldRow, now: datetime) -> Value | None:
        widget = row.widget
        typed = row.content_field.typed.strip()
        if isinstance(widget, LookupField):
            return self._looked_up(arg, widget)
        if isinstance(widget, PickField):
            return widget.taken or None
        if not typed:
            return None
        if arg.type is ArgType.INSTANT:
            return self.instant(arg, typed, now)
        if arg.type is ArgType.FLAG:
            return typed == YES
        return int(typed) if arg.type is ArgType.SCORE else typed

    def instant(self, arg: Arg, typed: str, now: datetime) -> datetime:
        """The instant to come that is typed."""
        at = parse_ahead(typed, now, self.context.words.zone)
        if at is None:
            raise BadInput(Message("This is no time to come; type it like +7d, 10-09 9:00 or 18:00."), arg.name)
        return at

    def _looked_up(self, arg: Arg, lookup: LookupField) -> Value | None:
        code = lookup.code
        if lookup.line.value.strip() and not code:
            raise BadInput(Message("Nothing of that name; F4 opens the list."), arg.name)
        if not code:
            return None
        return UUID(hex=code) if arg.type in (ArgType.CASE, ArgType.EVENT) else code

    def _name(self, code: str) -> str:
        return self.context.words.name(self.context.street.label(code))


def _plain(text: str) -> str:
    return normalise_width(text).strip().casefold()
