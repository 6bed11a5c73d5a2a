"""What a number of a briefing counts, thing by thing in words, each with the case it is about."""

from __future__ import annotations

from uuid import UUID

from app.domain.briefing import CaseLine, Figure, Ref, RefKind, Sheet
from app.render.briefing import COUNTS
from app.render.briefing_lines import case_words, note_words, problem_words, spot_words, task_words, walk_words
from app.render.sight import Sight


def counted_words(figure: Figure, sheet: Sheet, sight: Sight) -> list[tuple[str, UUID | None]]:
    """Each thing that a number counts in a line, with the case it is about; one line says that there is none."""
    if not figure.refs:
        return [(sight.t("{what}: nothing", what=sight.t(COUNTS[figure.count], n=0)), None)]
    return [_ref_words(ref, sheet, sight) for ref in figure.refs]


def _ref_words(ref: Ref, sheet: Sheet, sight: Sight) -> tuple[str, UUID | None]:
    cases = {str(line.id): line for line in (*sheet.open, *sheet.received)}
    if ref.kind is RefKind.CASE:
        line = cases.get(ref.id)
        return (case_words(line, sight), line.id) if line else (ref.id, None)
    if ref.kind is RefKind.ASSIGNMENT:
        return _assignment(ref, cases.get(ref.id), sight), UUID(ref.id)
    if ref.kind is RefKind.LOG:
        note = next((one for one in sheet.log if str(one.number) == ref.id), None)
        return (note_words(note, sight) if note else f"#{ref.id}"), None
    if ref.kind is RefKind.SPOT:
        spot = next((one for one in sheet.spots if one.ref == ref), None)
        return (spot_words(spot, sight) if spot else ref.id), None
    walk = next((one for one in sheet.walks if one.id == ref.id), None)
    if walk is not None:
        return walk_words(walk, sight), None
    problem = next((one for one in sheet.problems if one.ref == ref), None)
    if problem is not None:
        return problem_words(problem, sight), None
    task = next((one for one in sheet.tasks if one.ref == ref), None)
    return (task_words(task, sight) if task else ref.id), None


def _assignment(ref: Ref, line: CaseLine | None, sight: Sight) -> str:
    named = sight.short(ref.part)
    return f"{named} {line.number[6:]} {line.title}" if line else named
