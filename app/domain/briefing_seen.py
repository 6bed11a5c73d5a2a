"""A look at a briefing with what its reader wrote since: nobody is told as news what they said themselves."""

from __future__ import annotations

from dataclasses import replace

from app.domain.briefing import (
    NO_ATTENDANCE,
    SILENT,
    Count,
    Figure,
    NoteLine,
    Part,
    Present,
    Ref,
    Sheet,
    TaskLine,
)
from app.domain.compose import silent_roles


def with_note(look: Sheet, note: NoteLine) -> Sheet:
    """As it was looked at, and this note."""
    notes = (*(one for one in look.notes if one.id != note.id), note)
    unknown = tuple(text for text in look.unknown if text != SILENT or silent_roles(notes))
    return replace(look, notes=notes, unknown=unknown)


def with_present(look: Sheet, present: tuple[Present, ...]) -> Sheet:
    """As it was looked at, and who is there."""
    return replace(look, present=present, unknown=tuple(text for text in look.unknown if text != NO_ATTENDANCE))


def with_task(look: Sheet, task: TaskLine) -> Sheet:
    """As it was looked at, and this action item, wherever it is counted; ``task`` belongs to no grid."""
    tasks = sorted(
        (*(one for one in look.tasks if one.ref != task.ref), task),
        key=lambda one: (one.at is None, one.at or look.until, one.ref),
    )
    order = [one.ref for one in tasks]
    parts = look.parts
    if parts:
        rest = next((one for one in parts if not one.unit), None) or Part(
            "", tuple(Figure(figure.count, ()) for figure in look.figures)
        )
        rest = replace(rest, figures=_counted(rest.figures, task.ref, order))
        parts = (*(one for one in parts if one.unit), rest)
    return replace(look, tasks=tuple(tasks), figures=_counted(look.figures, task.ref, order), parts=parts)


def _counted(figures: tuple[Figure, ...], ref: Ref, order: list[Ref]) -> tuple[Figure, ...]:
    """With the item among the tasks, in the order of their list."""
    return tuple(
        replace(one, refs=tuple(sorted({*one.refs, ref}, key=order.index))) if one.count is Count.TASKS else one
        for one in figures
    )
