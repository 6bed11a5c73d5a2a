"""What Enter does at a handover, row by row and step by step; and how the people of a shift are named."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.domain.handover import (
    Accepted,
    Gear,
    HandoverFile,
    HandoverRecord,
    HandoverSheet,
    HandoverState,
    Item,
    ItemKind,
    ItemLine,
    Told,
    Why,
)
from app.domain.handover_turn import Doing, Turn, asked_of, turn_at
from app.domain.message import Name
from app.domain.org import Shift, ShiftKind
from app.render.glyphs import Glyphs
from app.render.handover import people_words
from app.render.sight import Sight
from app.render.words import Words
from tests.unit.cases import street

NOW = datetime(2020, 7, 3, 7, 50, tzinfo=ZoneInfo("Asia/Shanghai"))
OUT = Shift("N", ShiftKind.NIGHT, NOW - timedelta(hours=12), NOW, "lead", ("out",))
IN = Shift("D", ShiftKind.DAY, NOW, NOW + timedelta(hours=10), "lead2", ("in",))
TOLD, TAKEN = Told("盯住", "out", NOW, "m"), Accepted("问一次", "in", NOW, "m")
GRAVE = ItemLine(Item(ItemKind.CASE, "1", "1", "井盖", "m", why=(Why.EMERGENCY,)))
PLAIN = ItemLine(Item(ItemKind.LOG, "2", "#2", "停水", "m"))
RADIO = Gear("radio", Name("电台"))


def file(state: HandoverState, *lines: ItemLine, gear: Gear = RADIO, incoming: Shift | None = IN) -> HandoverFile:
    """A handover so far."""
    by = "" if state is HandoverState.DRAFT else "out"
    record = HandoverRecord(UUID(int=1), 1, state, "N", NOW, "out")
    return HandoverFile(HandoverSheet(OUT, lines, (gear,), (), incoming, handed_by=by), "", record)


def test_enter_does_what_the_row_lacks_else_what_is_said_above() -> None:
    """The outgoing officer, then the relief, at every step; a finished row is never opened again."""
    told, there = replace(GRAVE, told=TOLD), replace(RADIO, ok=True)
    draft, handed = HandoverState.DRAFT, HandoverState.HANDED
    begun = file(draft, GRAVE, PLAIN)
    assert turn_at(begun, GRAVE, "out") == Turn(Doing.LINE, GRAVE)
    assert turn_at(begun, PLAIN, "out") == Turn(Doing.LINE, GRAVE)
    assert turn_at(begun, RADIO, "out") == Turn(Doing.EQUIPMENT)
    assert turn_at(file(draft, told, PLAIN), told, "out") == Turn(Doing.EQUIPMENT)
    ready = file(draft, told, PLAIN, gear=there)
    assert [turn_at(ready, row, "out") for row in (told, PLAIN, there, None)] == [Turn(Doing.SIGN)] * 4
    signed = file(handed, told, PLAIN, gear=there)
    assert [turn_at(signed, row, "out") for row in (told, PLAIN, there)] == [Turn(Doing.WHO)] * 3
    assert turn_at(signed, PLAIN, "in") == Turn(Doing.ACCEPT, PLAIN)
    assert turn_at(signed, there, "in") == Turn(Doing.ACCEPT, told)
    whole = file(handed, replace(told, accepted=TAKEN), replace(PLAIN, accepted=TAKEN), gear=there)
    assert turn_at(whole, whole.sheet.items[0], "in") == Turn(Doing.SIGN)
    assert asked_of(whole, "out") is Doing.WHO
    assert turn_at(file(handed, told, gear=there, incoming=None), told, "out") == Turn(Doing.WHO)
    over = file(HandoverState.TAKEN, told, gear=there)
    assert (turn_at(over, told, "in"), turn_at(over, there, "in")) == (Turn(Doing.CASE, told), None)


def test_no_post_is_said_twice() -> None:
    """A leader who is called so is not announced as one; anybody else is."""
    organised = street()
    members = organised.known_members
    sight = Sight(Words("zh"), Glyphs(), organised, ZoneInfo("Asia/Shanghai"), NOW)
    leader = next(code for code, one in members.items() if one.name.zh.endswith("带班领导"))
    officer = next(code for code, one in members.items() if "值班员" in one.name.zh.rsplit("·", 1)[-1])
    other = next(code for code, one in members.items() if "网格员" in one.name.zh)
    assert people_words(replace(OUT, leader=leader, officers=(officer,)), sight).startswith("带班领导  值班员")
    both = people_words(replace(OUT, leader=other, officers=(officer, other)), sight)
    assert both.startswith("带班 ")
    assert "  值班员 值班员" in both
