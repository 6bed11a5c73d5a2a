"""One case on one line, as dialogs name it: number, title, grid, where it stands."""

from __future__ import annotations

from textual.content import Content

from app.domain.whistle import Severity, WhistleState
from app.render.board import case_number
from app.render.paint import paint, paint_text
from app.screens.context import DialogContext
from app.services.ports import BoardRow
from app.widgets.fields.shown import MUTED


def case_line(context: DialogContext, row: BoardRow) -> str:
    """Number, title, grid, kind and state of a case, for lists."""
    words, whistle = context.words, row.whistle
    grid, kind = grid_name(context, whistle.grid), words.enum(whistle.kind)
    parts = [case_number(whistle, words), row.title, grid, kind, state_word(context, row)]
    return paint_text("  ".join(part for part in parts if part)).replace("\n", " ")


def case_head(context: DialogContext, row: BoardRow) -> Content:
    """The case a dialog is about, as its first line: the mark of danger, number, title; then grid, kind and state."""
    words, whistle = context.words, row.whistle
    danger = whistle.severity is Severity.CRITICAL
    mark = Content.styled("! ", "bold $text-error") if danger else Content("")
    first = Content.assemble(mark, (case_number(whistle, words), "bold"), "  ", paint(row.title.replace("\n", " ")))
    rest = [grid_name(context, whistle.grid), words.enum(whistle.kind), state_word(context, row)]
    return Content.assemble(first, "  ", paint(" · ".join(part for part in rest if part), MUTED))


def state_word(context: DialogContext, row: BoardRow) -> str:
    """The state, and how many departments are on site."""
    whistle = row.whistle
    state = context.words.enum(whistle.state)
    if whistle.assigned and whistle.state in (WhistleState.OPEN, WhistleState.REOPENED, WhistleState.CONSULTING):
        return context.words.t("{state}, on site {n}/{of}", state=state, n=whistle.reported_in, of=whistle.assigned)
    return state


def grid_name(context: DialogContext, code: str) -> str:
    """A grid with what the board calls it."""
    unit = context.street.known_units.get(code)
    if unit is None:
        return code
    return context.words.name(unit.short if unit.short.zh else unit.name)
