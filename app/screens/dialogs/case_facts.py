"""The facts of a case as its forms show them: codes from the whistle, texts from the words it names."""

from __future__ import annotations

from app.domain.facts import TEXT_FIELDS, Facts
from app.services.whistles import CaseFile


def facts_of_case(file: CaseFile) -> Facts:
    """The ask-list as it was last filled in; texts that retention has emptied are missing."""
    whistle = file.case.whistle
    words = file.words.get(whistle.words_id, {}) if whistle.words_id else {}
    return Facts(
        kind=whistle.kind,
        grid=whistle.grid,
        texts={name: text for name, text in words.items() if name in TEXT_FIELDS and text},
        severity=whistle.severity,
        place=whistle.place,
        matter=whistle.matter,
        source=whistle.source,
        source_number=whistle.source_number,
        occurred_at=whistle.occurred_at,
        precision=whistle.occurred_precision,
    )
