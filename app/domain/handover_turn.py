"""Whose turn it is at a handover, and what Enter does about a row of its sheet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.handover import Gear, HandoverFile, HandoverState, ItemLine, Step, next_step


class Doing(StrEnum):
    """What somebody at the sheet does."""

    LINE = "line"
    ACCEPT = "accept"
    EQUIPMENT = "equipment"
    SIGN = "sign"
    WHO = "who"
    CASE = "case"


STEP_DOES: dict[Step, Doing] = {
    Step.LINES: Doing.LINE, Step.EQUIPMENT: Doing.EQUIPMENT, Step.SIGN_OUT: Doing.SIGN, Step.ROSTER: Doing.WHO,
    Step.ACCEPT: Doing.ACCEPT, Step.SIGN_IN: Doing.SIGN,
}  # fmt: skip
"""What each step asks for; Step.DONE asks for nothing."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What is done; ``line`` = about which item."""

    doing: Doing
    line: ItemLine | None = None


def sides(file: HandoverFile, member: str) -> tuple[bool, bool]:
    """Whether a member may write for the outgoing shift, and accept for the incoming one."""
    sheet = file.sheet
    if file.state is HandoverState.TAKEN:
        return False, False
    coming = sheet.incoming is not None and member in sheet.incoming.people and member != sheet.handed_by
    return member in sheet.outgoing.people, coming


def asked_of(file: HandoverFile, member: str) -> Doing | None:
    """What the next step asks of who is at the desk: of an outgoing shift that signed, that the relief sits down."""
    doing = STEP_DOES.get(next_step(file))
    relieves = file.state is HandoverState.HANDED and doing in (Doing.ACCEPT, Doing.SIGN)
    return Doing.WHO if relieves and not sides(file, member)[1] else doing


def turn_at(file: HandoverFile, chosen: object, member: str) -> Turn | None:
    """What Enter does with the cursor on ``chosen``: what that row still asks for, else what the next step asks for.

    None where nothing is to be done.
    """
    line = chosen if isinstance(chosen, ItemLine) else None
    if file.state is HandoverState.TAKEN:
        return Turn(Doing.CASE, line) if line is not None else None
    leaving, coming = sides(file, member)
    accepts = coming and not (leaving and file.state is HandoverState.DRAFT)
    if line is not None and accepts and not line.is_accepted:
        return Turn(Doing.ACCEPT, line)
    if line is not None and not accepts and line.silent:
        return Turn(Doing.LINE, line)
    if isinstance(chosen, Gear) and chosen.ok is None:
        return Turn(Doing.EQUIPMENT)
    doing = asked_of(file, member)
    if doing is None:
        return None
    left = {Doing.LINE: file.sheet.silent, Doing.ACCEPT: file.sheet.unaccepted}.get(doing, ())
    return Turn(doing, left[0] if left else None)
