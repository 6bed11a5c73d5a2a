"""One entry of a timeline as a line: what happened, with whom, who wrote it down for whom, and the words."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.events import Event, Json
from app.domain.facts import TEXT_FIELDS
from app.domain.org import UnitLevel
from app.domain.text import clean, mask_phone
from app.domain.whistle import AssignmentRole, Precision
from app.render.sight import Sight


def entry_cells(sight: Sight, event: Event, *, undone: bool) -> tuple[str, ...]:
    """The columns of an entry: its number, when, what, who, particulars and words."""
    about = "~" if event.occurred_precision is Precision.APPROX else ""
    what = sight.words.enum(event.kind)
    return (
        str(event.seq),
        about + sight.stamp(event.occurred_at),
        f"({what})" if undone else what,
        _who(sight, event),
        " ".join(part for part in (*_particulars(sight, event), *_said(event)) if part),
    )


def _particulars(sight: Sight, event: Event) -> Iterator[str]:
    payload = event.payload
    department, departments = payload.get("department"), payload.get("departments")
    if isinstance(department, str) and department:
        yield sight.short(department)
    if isinstance(departments, list):
        yield " ".join(_summoned(sight, one) for one in departments)
    level = payload.get("to")
    if isinstance(level, str) and level in tuple(UnitLevel):
        yield "→ " + sight.words.enum(UnitLevel(level))
    if "passed" in payload:
        yield sight.t("passed") if payload["passed"] is True else sight.t("failed")
    if "granted" in payload:
        yield sight.t("granted") if payload["granted"] is True else sight.t("refused")
    score = payload.get("score")
    if isinstance(score, int):
        yield sight.t("{n} of 5", n=score)


def _summoned(sight: Sight, entry: Json) -> str:
    if not isinstance(entry, dict):
        return sight.short(str(entry))
    lead = entry.get("role") == AssignmentRole.LEAD.value
    mark = f"({sight.words.enum(AssignmentRole.LEAD)})" if lead else ""
    return sight.short(str(entry.get("code", ""))) + mark


def _said(event: Event) -> Iterator[str]:
    """What was typed, the facts' own order first; a number to call back never stands open on a shared screen."""
    order = {name: n for n, name in enumerate(TEXT_FIELDS)}
    for name, text in sorted(event.words.items(), key=lambda pair: order.get(pair[0], 99)):
        line = clean(text, one_line=True)
        yield mask_phone(line) if name in ("callback", "caller") else line


def _who(sight: Sight, event: Event) -> str:
    actor = sight.name(event.actor)
    if not event.on_behalf_of:
        return actor
    return sight.t(
        "{whom} ({how}, written down by {actor})",
        whom=sight.name(event.on_behalf_of), how=sight.words.enum(event.channel), actor=actor,
    )  # fmt: skip
