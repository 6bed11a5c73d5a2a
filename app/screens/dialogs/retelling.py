"""A form said again in the other language: what is typed, chosen and complained about stays, and so does the cursor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.widget import Widget

from app.widgets.fields.completing import CompletingLine
from app.widgets.fields.filtering import FilteringList
from app.widgets.fields.line import LineField
from app.widgets.fields.lookup import LookupField
from app.widgets.fields.pick import PickField

if TYPE_CHECKING:
    from textual.widgets.input import Selection

    from app.screens.dialogs.box import Box

OURS = "app.screens."


@dataclass(frozen=True, slots=True)
class Stand:
    """How a form stands: what was typed, which field has the cursor and where in it, what lists point at."""

    typed: dict[str, str]
    focus: str
    selections: dict[str, Selection]
    pointed: dict[str, int]


def stand_of(form: Box[Any]) -> Stand:
    """Before it is built anew."""
    rows = form.rows
    focus = next((name for name, row in rows.items() if row.widget.has_focus or row.widget.has_focus_within), "")
    lines = {name: line.selection for name, row in rows.items() for line in _lines(row.widget)}
    return Stand(form.typed(), focus, lines, {name: at for name, row in rows.items() for at in _pointed(row.widget)})


def stand_again(form: Box[Any], stand: Stand) -> None:
    """After it was built anew; a field that only shows because of another comes with the second round."""
    for _ in range(2):
        for name, typed in stand.typed.items():
            field = form.rows[name].content_field if name in form.rows else None
            if field is not None and field.untouched and field.typed != typed:
                field.restore(typed)
        form.understood()
    for name, row in form.rows.items():
        if isinstance(row.widget, LookupField):
            row.widget.call_again()
        for line in _lines(row.widget):
            if name in stand.selections:
                line.selection = stand.selections[name]
        _point(row.widget, stand.pointed.get(name, 0))
    form.focus_field(stand.focus)


def swap(holder: object, old: object, new: object) -> None:
    """Whatever parts of a form hold the old words or the old context hold the new one."""
    seen: set[int] = set()

    def walk(part: object) -> None:
        if id(part) in seen or not hasattr(part, "__dict__"):
            return
        seen.add(id(part))
        for name, value in list(vars(part).items()):
            if value is old:
                setattr(part, name, new)
            elif type(value).__module__.startswith(OURS) and not isinstance(value, Widget):
                walk(value)

    walk(holder)


def _lines(widget: Widget) -> Iterable[LineField]:
    if isinstance(widget, LineField):
        yield widget
    elif isinstance(widget, CompletingLine | FilteringList | LookupField):
        yield widget.line


def _pointed(widget: Widget) -> Iterable[int]:
    if isinstance(widget, PickField):
        yield widget.cursor
    elif isinstance(widget, FilteringList):
        yield widget.list.cursor


def _point(widget: Widget, at: int) -> None:
    if isinstance(widget, PickField):
        widget.cursor = min(at, max(0, len(widget.items) - 1))
    elif isinstance(widget, FilteringList):
        widget.narrow()
        widget.list.cursor = min(at, max(0, len(widget.list.hits) - 1))
