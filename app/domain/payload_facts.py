"""Payloads of what a case is about: drafted, revised, blown (domain 2.7, 2.8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.decision import Decision
from app.domain.effective import effective
from app.domain.errors import BadInput, IllegalMove
from app.domain.events import Event, EventKind, Json
from app.domain.facts import TEXT_FIELDS, Facts, missing
from app.domain.local_time import AHEAD
from app.domain.message import Message
from app.domain.org import UnitLevel
from app.domain.policy import WhistleKind
from app.domain.text import clean
from app.domain.whistle import Severity, WhistleState


def _facts(d: Decision) -> dict[str, Json]:
    facts = d.intent.args.get("facts")
    if not isinstance(facts, Facts):
        return {}
    before = d.case.whistle if d.case else None
    offered = {grid.code for grid in d.around.street.grids} | ({before.grid} if before else set())
    if facts.grid and facts.grid not in offered:
        raise BadInput(Message("There is no grid {code}.", {"code": facts.grid}), "grid")
    kept = before is not None and facts.place == before.place
    if facts.place and not kept and facts.place not in d.around.street.places:
        raise BadInput(Message("There is no place {code}.", {"code": facts.place}), "place")
    if facts.occurred_at and facts.occurred_at > d.around.now + AHEAD:
        raise BadInput(
            Message("{at} has not come yet; it is {now}.", {"at": facts.occurred_at, "now": d.around.now}),
            "occurred_at",
        )
    emergency = facts.kind is WhistleKind.EMERGENCY
    severity = Severity.CRITICAL if emergency and facts.severity is Severity.NORMAL else facts.severity
    known = d.case.whistle if d.case else None
    when, precision = facts.occurred_at, facts.precision
    if when is None:
        when, precision = (known.occurred_at, known.occurred_precision) if known else (d.occurred, d.intent.precision)
    return {
        "kind": facts.kind.value,
        "severity": severity.value,
        "grid": facts.grid,
        "community": d.around.street.community_of(facts.grid),
        "place": facts.place,
        "matter": facts.matter,
        "source": facts.source.value,
        "source_number": clean(facts.source_number, one_line=True),
        "occurred_at": when.isoformat(),
        "precision": precision.value,
        "policy": known.policy_version if known else d.around.current_policy_version,
    }


def draft(d: Decision) -> dict[str, Json]:
    """A draft may lack anything but its grid."""
    payload = _facts(d)
    if not payload.get("grid"):
        raise BadInput(Message("{what} is missing.", {"what": Message("Grid")}), "grid")
    return payload


def revise(d: Decision) -> dict[str, Json]:
    """A blown case keeps what it needed to be blown, and cannot slip past its approval (decisions 12)."""
    payload = draft(d)
    facts = d.intent.args["facts"]
    if d.whistle.state in (WhistleState.DRAFT, WhistleState.REJECTED) or not isinstance(facts, Facts):
        return payload
    kinds = d.around.policy.kinds
    needs_approval = kinds[facts.kind].needs_approval
    texts = facts.texts or _texts_so_far(d.around.events)
    _complete(facts.kind, facts.grid, facts.place, texts, needs_approval=needs_approval)
    if d.whistle.state is WhistleState.PENDING_APPROVAL:
        return payload if needs_approval else payload | {"approval": False, "told": _told(d, facts.grid)}
    if needs_approval and not kinds[d.whistle.kind].needs_approval:
        raise IllegalMove(
            Message("A whistle of this kind needs approval: withdraw this one and blow a new one, or keep its kind.")
        )
    return payload


def blow(d: Decision) -> dict[str, Json]:
    """New or from a draft; the number is given here and kept when a rejected case is blown again (decisions 6)."""
    payload = _facts(d)
    texts: Mapping[str, str] = _texts_so_far(d.around.events)
    if d.case is not None and not payload:
        kind, grid, place = d.case.whistle.kind, d.case.whistle.grid, d.case.whistle.place
    else:
        facts = d.intent.args.get("facts")
        if not isinstance(facts, Facts):
            raise BadInput(Message("{what} is missing.", {"what": Message("The matter")}), "facts")
        kind, texts, grid, place = facts.kind, facts.texts or texts, facts.grid, facts.place
    needs_approval = d.around.policy.kinds[kind].needs_approval
    _complete(kind, grid, place, texts, needs_approval=needs_approval)
    told = [] if needs_approval else _told(d, grid)
    number = _number_so_far(d) or d.around.next_number()
    return {**payload, "approval": needs_approval, "number": number, "told": told}


def _complete(kind: WhistleKind, grid: str, place: str, texts: Mapping[str, str], *, needs_approval: bool) -> None:
    gaps = missing(Facts(kind, grid, texts, place=place), needs_approval=needs_approval)
    if gaps:
        labels = tuple(Message(TEXT_FIELDS.get(gap, "Grid")) for gap in gaps)
        raise BadInput(Message("Still missing: {what}.", {"what": labels}), gaps[0])


def _number_so_far(d: Decision) -> str:
    """The case's number, also when the blowing that gave it was undone: one case, one number (decisions 6)."""
    if d.case and d.case.whistle.number:
        return d.case.whistle.number
    given = (e.payload.get("number") for e in d.around.events if e.kind is EventKind.BLOWN)
    return next((number for number in given if isinstance(number, str)), "")


def _told(d: Decision, grid: str) -> list[Json]:
    """Community and street hear of an emergency at once (behaviours 9)."""
    street = d.around.street.unit_at(UnitLevel.STREET)
    return [d.around.street.community_of(grid), street.code if street else ""]


def _texts_so_far(events: Sequence[Event]) -> dict[str, str]:
    for event in reversed(effective(events)):
        if event.kind in (EventKind.DRAFTED, EventKind.REVISED, EventKind.BLOWN) and event.words:
            return dict(event.words)
    return {}
