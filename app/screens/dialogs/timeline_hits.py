"""The entries of a case's timeline as something to choose from: when, who, what."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.events import Event, EventKind
from app.domain.text import normalise_width
from app.screens.context import DialogContext
from app.services.whistles import CaseFile
from app.widgets.fields.hits import Hit

NOT_CORRECTED = (EventKind.UNDONE, EventKind.CORRECTED)
"""An undoing and a correction stand as they are; a wrong one is followed by another."""


def entries(context: DialogContext, file: CaseFile, text: str) -> Sequence[Hit]:
    """Entries that hold the text in their line, newest first."""
    wanted = normalise_width(text).strip().casefold()
    hits = [entry_hit(context, event) for event in reversed(file.events) if event.kind not in NOT_CORRECTED]
    return [hit for hit in hits if not wanted or wanted in normalise_width(hit.label).casefold()]


def entry_hit(context: DialogContext, event: Event) -> Hit:
    """``07-03 00:26 公共事业中心 报到``."""
    words = context.words
    department = event.payload.get("department")
    who = words.name(context.street.label(department)) if isinstance(department, str) and department else ""
    parts = [words.when(event.occurred_at), who, words.enum(event.kind)]
    return Hit(event.id.hex, " ".join(part for part in parts if part), words.name(context.street.label(event.actor)))
