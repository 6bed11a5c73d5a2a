"""The facts of a whistle as one line gives them, with what the person chose where the line left it open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.facts import Facts, missing
from app.domain.line_fields import LineField
from app.domain.oneline import Understood
from app.domain.policy import Policy, WhistleKind
from app.domain.whistle import Precision, Severity, Source

HOTLINE = "12345"


@dataclass(frozen=True, slots=True)
class LineFacts:
    """Facts as far as they are known, and which fields still hold the whistle back."""

    facts: Facts
    kind_known: bool
    gaps: frozenset[str]
    """``kind``, or fields that ``missing`` names."""


def facts_of(
    understood: Understood, chosen: Mapping[LineField, str], asked: Mapping[str, str], policy: Policy
) -> LineFacts:
    """What the line, the choices and the answers that a line rarely holds (``asked``, by field) say together."""
    kind = understood.kind or _chosen_kind(chosen) or understood.proposed_kind
    grid = understood.grid or _still_offered(understood, chosen, LineField.GRID)
    place = understood.place or _still_offered(understood, chosen, LineField.PLACE)
    texts = {**asked, "title": understood.title, "callback": understood.phone}
    moment = understood.moment
    facts = Facts(
        kind=kind or WhistleKind.ROUTINE,
        grid=grid,
        texts={name: text for name, text in texts.items() if text},
        severity=_severity(understood.severity, kind),
        place=place,
        matter=understood.matter.code if understood.matter else "",
        source=_source(understood),
        source_number=understood.source_number,
        occurred_at=moment.at if moment else None,
        precision=Precision.APPROX if moment and moment.approximate else Precision.EXACT,
    )
    gaps = missing(facts, needs_approval=kind is not None and policy.kinds[kind].needs_approval)
    return LineFacts(facts, kind is not None, frozenset(gaps if kind is not None else ("kind", *gaps)))


def _chosen_kind(chosen: Mapping[LineField, str]) -> WhistleKind | None:
    code = chosen.get(LineField.KIND, "")
    return WhistleKind(code) if code else None


def _still_offered(understood: Understood, chosen: Mapping[LineField, str], field: LineField) -> str:
    """What was chosen, as long as the line still leaves that choice."""
    code = chosen.get(field, "")
    return code if code in understood.choices.get(field, ()) else ""


def _severity(said: Severity | None, kind: WhistleKind | None) -> Severity:
    """An emergency is critical whatever milder word the line has; only the full form lowers it."""
    return Severity.CRITICAL if kind is WhistleKind.EMERGENCY else said or Severity.NORMAL


def _source(understood: Understood) -> Source:
    if understood.source_number.startswith(HOTLINE):
        return Source.HOTLINE_12345
    return Source.CALL if understood.phone else Source.PATROL
