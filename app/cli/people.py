"""Codes behind what people type: a code, a full or short name, or the end of one (网格员甲) where only one fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.domain.errors import BadInput, NotFound
from app.domain.message import Message
from app.domain.org import Department, Member, Place, Unit
from app.domain.policy import Policy
from app.domain.street_index import StreetIndex
from app.domain.text import normalise_width

Named = Member | Department | Unit | Place


def member_code(street: StreetIndex, text: str) -> str:
    """The member meant; NotFound for nobody, BadInput when several fit."""
    found = _one(text, street.street.members, "as")
    if not found:
        raise NotFound(Message("There is no member {code}.", {"code": text}))
    return found


def speaker_code(street: StreetIndex, text: str) -> str:
    """Who is spoken for: a member, a department or a unit; retired ones too, since open cases may name them."""
    now, before = street.street, street.retired
    found = _one(text, (*now.members, *now.departments, *now.units), "on_behalf_of")
    found = found or _one(text, (*before.members, *before.departments, *before.units), "on_behalf_of")
    if not found:
        raise NotFound(Message("There is nobody called {code}: no member, department or unit.", {"code": text}))
    return found


def department_code(street: StreetIndex, text: str, field: str = "department") -> str:
    """The department meant; a retired one when no other is: a case may have called it. Nothing new is sent to it."""
    found = _one(text, street.street.departments, field) or _one(text, street.retired.departments, field)
    if not found:
        raise BadInput(Message("There is no department {code}.", {"code": text}), field)
    return found


def grid_code(street: StreetIndex, text: str) -> str:
    """The grid meant; a retired one when no other is: open cases may lie there. Nothing new is blown from it."""
    found = _one(text, street.grids, "grid") or _one(text, street.retired_grids, "grid")
    if not found:
        raise BadInput(Message("There is no grid {code}.", {"code": text}), "grid")
    return found


def place_code(street: StreetIndex, text: str) -> str:
    """The registered place meant; what is in no register goes into the words, not here."""
    found = _one(text, street.street.places, "place")
    if not found:
        raise BadInput(Message("There is no place {code}.", {"code": text}), "place")
    return found


def matter_code(policy: Policy, text: str) -> str:
    """The type of matter meant, by code or name."""
    wanted = _folded(text)
    for matter in policy.types:
        if wanted in (_folded(matter.code), _folded(matter.name.zh), _folded(matter.name.en)):
            return matter.code
    raise BadInput(Message("There is no type of matter {code}.", {"code": text}), "matter")


def _one(text: str, rows: Iterable[Named], field: str) -> str:
    """The only code that fits best: by code, else by whole name, else by its last part; empty for none."""
    wanted = _folded(text)
    known = list(rows)
    by_code = [row.code for row in known if _folded(row.code) == wanted]
    by_name = [row.code for row in known if wanted in _names(row)]
    by_end = [row.code for row in known if isinstance(row, Member) and wanted in _ends(row)]
    for found in (by_code, by_name, by_end):
        if len(found) == 1:
            return found[0]
        if found:
            raise BadInput(Message("{text} fits several: {choices}. Say which.",
                                   {"text": text, "choices": tuple(found[:8])}), field)  # fmt: skip
    return ""


def _names(row: Named) -> Iterator[str]:
    yield _folded(row.name.zh)
    yield _folded(row.name.en)
    if isinstance(row, (Department, Unit)):
        yield _folded(row.short.zh)
        yield _folded(row.short.en)
    if isinstance(row, Place):
        yield from map(_folded, row.aliases)


def _ends(member: Member) -> Iterator[str]:
    for name in (member.name.zh, member.name.en):
        yield _folded(name.rpartition("·")[2])


def _folded(text: str) -> str:
    """For comparison only; something no one types for an empty name."""
    return normalise_width(text).strip().casefold() or "\0"
