"""Who may do what at a handover: the people of the outgoing shift, and those of a shift that may relieve it."""

from __future__ import annotations

from datetime import datetime

from app.domain.actor import Actor
from app.domain.errors import IllegalMove, NotPermitted
from app.domain.handover import HandoverRecord
from app.domain.message import Message, Param
from app.domain.org import Role, Shift
from app.domain.street_index import StreetIndex
from app.services.flood_entries import role_of
from app.services.handover_sheet import candidates
from app.services.ports import Reads

SIGNS = (Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.STREET_ADMIN)
"""Under which roles people stand in a shift of the desk (domain 2.10)."""


def signs(actor: Actor, street: StreetIndex) -> Role:
    """The role under which a step is recorded; NotPermitted says who may."""
    return role_of(actor, SIGNS, street)


def of_the_outgoing(actor: Actor, record: HandoverRecord, reads: Reads, street: StreetIndex) -> None:
    """NotPermitted for everybody but the shift that hands over; the street administrator may stand in."""
    shift = reads.shift(record.outgoing)
    people = shift.people if shift is not None else ()
    if actor.member not in people and Role.STREET_ADMIN not in actor.roles():
        raise NotPermitted(Message("{who} is not of the shift that hands over; that is {people}.",
                                   {"who": street.label(actor.member), "people": _names(people, street)}))  # fmt: skip


def of_the_relief(actor: Actor, record: HandoverRecord, reads: Reads, street: StreetIndex, now: datetime) -> Shift:
    """The shift in which the actor takes over; IllegalMove when they stand in none that may."""
    outgoing = reads.shift(record.outgoing)
    able = candidates(reads, outgoing, now) if outgoing is not None else ()
    mine = [shift for shift in able if actor.member in shift.people]
    if mine:
        return mine[-1]
    told: dict[str, Param] = {"who": street.label(actor.member)}
    if not able:
        raise IllegalMove(Message(
            "{who} cannot take over: the roster has no shift that follows. Open the next shift first.", told
        ))  # fmt: skip
    told["people"] = _names(able[-1].people, street)
    raise IllegalMove(Message("{who} is not on duty in the shift that follows; that is {people}.", told))


def may_add(actor: Actor, record: HandoverRecord, reads: Reads, street: StreetIndex) -> None:
    """NotPermitted for everybody but the two shifts."""
    shifts = [shift for shift in (reads.shift(record.outgoing), reads.shift(record.incoming)) if shift is not None]
    people = tuple(dict.fromkeys(code for shift in shifts for code in shift.people))
    if actor.member not in people and Role.STREET_ADMIN not in actor.roles():
        raise NotPermitted(Message("{who} stands in neither of the two shifts; these are {people}.",
                                   {"who": street.label(actor.member), "people": _names(people, street)}))  # fmt: skip


def _names(people: tuple[str, ...], street: StreetIndex) -> tuple[Param, ...]:
    return tuple(street.label(code) for code in people)
