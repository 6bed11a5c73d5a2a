"""`wangge handover`: the desk goes from one shift to the next, item by item (domain 6.2)."""

from __future__ import annotations

from collections.abc import Iterator

from app.cli.actions import Doing, run_action
from app.cli.papers import hand_out
from app.cli.parser import Parser, listed
from app.cli.session import Answer, Session
from app.cli.tongue import N_
from app.domain.errors import BadInput, Conflict, NotFound
from app.domain.events import Json
from app.domain.handover import GROUPS, HandoverFile, HandoverState, ItemKind, ItemLine, next_step
from app.domain.message import Message
from app.render.handover import (
    count_words,
    gear_words,
    item_number,
    named,
    note_words,
    people_words,
    said_lines,
    signature_words,
    stands_words,
    status_words,
    step_words,
    title_words,
    what_words,
    where_words,
    why_words,
)
from app.render.handover_paper import handover_paper
from app.render.table import columns

ACTIONS = {
    "show": N_("what is open and what is to be done next, or one that was signed"),
    "list": N_("handovers that both shifts have signed"),
    "tell": N_("outgoing: say what the relief must know about an item"),
    "note": N_("outgoing: a note for the relief; later an addition to a signed one"),
    "equipment": N_("outgoing: what is there and what is missing"),
    "accept": N_("incoming: accept an item; a critical one is read back"),
    "sign": N_("sign: first the outgoing shift, then the incoming one"),
    "export": N_("write it into a file"),
}
IS_MISSING = "="


def run(session: Session, arguments: list[str]) -> Answer | int:
    """Do one action of `wangge handover`."""
    doing: dict[str, Doing] = {
        "show": _show, "list": _list, "tell": _tell, "note": _note, "equipment": _equipment, "accept": _accept,
        "sign": _sign, "export": _export,
    }  # fmt: skip
    return run_action(session, "wangge handover", ACTIONS, doing, arguments)


# -- reading -------------------------------------------------------------------------------------
def _past_option(parser: Parser) -> None:
    parser.text("of", N_("one that was signed: its shift's code, or last"), "SHIFT")


def _file(session: Session, of: str) -> HandoverFile:
    """The one under way, or the signed one of a shift."""
    handovers = session.house.handovers
    if not of:
        return handovers.current()
    for record in handovers.taken(400):
        if of in ("last", record.outgoing):
            return handovers.file(record.id)
    raise NotFound(Message("Shift {code} has handed over nothing that both have signed.", {"code": of}))


def _show(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    _past_option(parser)
    options = parser.parse_args(arguments)
    return _answer(session, _file(session, options.of))


def _answer(session: Session, file: HandoverFile) -> Answer:
    return Answer({"handover": _document(session, file)}, lambda: _lines(session, file))


def _document(session: Session, file: HandoverFile) -> dict[str, Json]:
    shaper, sheet = session.shaper, file.sheet
    return {
        "state": file.state.value, "step": next_step(file).value, "say": step_words(file, session.sight),
        "digest": file.digest, "record": shaper.shape(file.record),
        "outgoing": shaper.shape(sheet.outgoing), "incoming": shaper.shape(sheet.incoming),
        "counts": {kind.value: len(sheet.of(kind)) for kind in ItemKind},
        "items": [
            {"key": line.item.key, "critical": line.item.critical, "is_accepted": line.is_accepted,
             "changed": line.changed, **_shaped(session, line)}
            for line in sheet.items
        ],
        "equipment": [shaper.shape(one) for one in sheet.gear],
        "notes": [shaper.shape(one) for one in sheet.notes],
        "handed_by": sheet.handed_by, "handed_at": shaper.shape(sheet.handed_at), "taken_by": sheet.taken_by,
        "taken_at": shaper.shape(sheet.taken_at), "additions": [shaper.shape(one) for one in file.additions],
    }  # fmt: skip


def _shaped(session: Session, line: ItemLine) -> dict[str, Json]:
    return {
        "item": session.shaper.shape(line.item), "told": session.shaper.shape(line.told),
        "accepted": session.shaper.shape(line.accepted),
    }  # fmt: skip


def _lines(session: Session, file: HandoverFile) -> Iterator[str]:
    sight, sheet = session.sight, file.sheet
    yield title_words(sheet, sight)
    yield people_words(sheet.outgoing, sight)
    yield count_words(sheet, sight)
    yield step_words(file, sight)
    places = {line.item.key: str(number) for number, line in enumerate(sheet.items, 1)}
    for critical in (True, False):
        lines = [line for line in sheet.items if line.item.critical is critical]
        if not lines:
            continue
        yield ""
        yield sight.t("Critical") if critical else sight.t("Everything else")
        table = list(columns(_cells(session, line, places[line.item.key]) for line in lines))
        for row, line in zip(table, lines, strict=True):
            yield row
            yield from (f"      {text}" for text in said_lines(line, sight))
    yield ""
    yield f"{sight.t('Equipment')}  " + "  ".join(gear_words(one, sight) for one in sheet.gear)
    for note in (*sheet.notes, *file.additions):
        yield f"{sight.t('For the relief')}  {note_words(note, sight)}"
    yield "  ".join(signature_words(file, sight))


def _cells(session: Session, line: ItemLine, place: str) -> tuple[str, ...]:
    sight, item = session.sight, line.item
    return (place, sight.t(GROUPS[item.kind]), item_number(item, sight), where_words(item, sight),
            what_words(item, sight), stands_words(item, sight), why_words(item, sight),
            f"[{status_words(line, sight)}]")  # fmt: skip


def _list(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.parse_args(arguments)
    records, sight = session.house.handovers.taken(), session.sight

    def lines() -> Iterator[str]:
        if not records:
            yield sight.t("No shift has handed over yet.")
        yield from columns(
            (one.outgoing, sight.glyphs.into, one.incoming, sight.name(one.handed_by), sight.stamp(one.handed_at),
             sight.name(one.taken_by), sight.stamp(one.taken_at))
            for one in records
        )  # fmt: skip

    return Answer({"handovers": [session.shaper.shape(one) for one in records]}, lines)


def _export(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operand("file", N_("where to: .docx, or .md; - for standard output"))
    _past_option(parser)
    options = parser.parse_args(arguments)
    file = _file(session, options.of)
    house, sight = session.house, session.sight
    issuer = sight.name(house.briefings.street())
    return hand_out(session, options.file, handover_paper(file, sight, issuer=issuer, drill=house.station.drill))


# -- the outgoing shift --------------------------------------------------------------------------
def _key(session: Session, file: HandoverFile, text: str) -> str:
    """An item by its place in the list, its number (``0702-01``, ``#3``) or its key; NotFound.

    A number that a case shares with its report is the case.
    """
    sight, wanted = session.sight, text.strip()
    lines = file.sheet.items
    if wanted.isdecimal() and 0 < int(wanted) <= len(lines):
        return lines[int(wanted) - 1].item.key
    found = [line.item for line in lines
             if wanted in (line.item.key, line.item.number) or wanted == item_number(line.item, sight)]  # fmt: skip
    if not found:
        raise NotFound(Message("{item} is not among what is open; see `wangge handover show`.", {"item": wanted}))
    return min(found, key=lambda item: item.kind is not ItemKind.CASE).key


def _tell(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operand("item", N_("its place in the list, its number or its key"))
    parser.operands("text", N_("what the relief must know"))
    options = parser.parse_args(arguments)
    handovers = session.house.handovers
    key = _key(session, handovers.current(), options.item)
    return _told(session, handovers.tell(session.actor(), session.request_id, key, " ".join(options.text)), key)


def _told(session: Session, file: HandoverFile, key: str) -> Answer:
    line, sight = file.sheet.line(key), session.sight

    def lines() -> Iterator[str]:
        if line is not None:
            yield f"{named(line.item, sight)}  [{status_words(line, sight)}]"
            yield from said_lines(line, sight)
        yield step_words(file, sight)

    return Answer({"handover": _document(session, file)}, lines)


def _note(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operands("text", N_("what the relief should know"))
    _past_option(parser)
    options = parser.parse_args(arguments)
    record = _file(session, options.of).record if options.of else None
    file = session.house.handovers.note(
        session.actor(), session.request_id, " ".join(options.text), record.id if record is not None else None
    )
    sight = session.sight
    return Answer({"handover": _document(session, file)},
                  lambda: [note_words((*file.sheet.notes, *file.additions)[-1], sight)])  # fmt: skip


def _equipment(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operands("pieces", N_("CODE = it is there, CODE=REMARK = what is missing; all = the rest is there"))
    options = parser.parse_args(arguments)
    handovers = session.house.handovers
    names = session.policy.equipment
    found: dict[str, str] = {}
    for text in listed(options.pieces):
        named_, sign, remark = text.partition(IS_MISSING)
        if named_ == "all":
            found |= {one.code: "" for one in handovers.current().sheet.unlooked if one.code not in found}
            continue
        codes = [code for code, name in names if named_ in (code, name.zh, name.en)]
        if not codes:
            raise NotFound(Message("There is no equipment {code} in the list.", {"code": named_}))
        if sign and not remark.strip():
            raise BadInput(Message("Say what is missing after the =."), "equipment")
        found[codes[0]] = remark.strip()
    file = handovers.equipment(session.actor(), session.request_id, found)
    sight = session.sight
    return Answer({"handover": _document(session, file)},
                  lambda: [*(gear_words(one, sight) for one in file.sheet.gear), step_words(file, sight)])  # fmt: skip


# -- the incoming shift, and both ----------------------------------------------------------------
def _accept(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operand("item", N_("its place in the list, its number or its key"))
    parser.operand("said", N_("read back what must be done; needed for a critical one"), required=False)
    parser.text("seen", N_("the mark of the item as it was looked at, from show --json"), "MARK")
    options = parser.parse_args(arguments)
    handovers = session.house.handovers
    key = _key(session, handovers.current(), options.item)
    file = handovers.accept(session.actor(), session.request_id, key, options.said, options.seen)
    return _told(session, file, key)


def _sign(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.text("seen", N_("the digest of what was looked at, from show --json; without it: as it is now"), "DIGEST")
    options = parser.parse_args(arguments)
    try:
        file = _signed(session, options.seen)
    except Conflict:
        if options.seen:
            raise
        file = _signed(session, "")
    sight = session.sight
    return Answer({"handover": _document(session, file)},
                  lambda: [*signature_words(file, sight), step_words(file, sight)])  # fmt: skip


def _signed(session: Session, seen: str) -> HandoverFile:
    """The outgoing shift signs first; once it has, the incoming one."""
    handovers = session.house.handovers
    file = handovers.current()
    sign = handovers.sign_in if file.state is HandoverState.HANDED else handovers.sign_out
    return sign(session.actor(), session.request_id, seen or file.digest)
