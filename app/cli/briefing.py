"""`wangge briefing`: the morning briefing composed, spoken into, signed; action items (domain 6.1)."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from app.cli.actions import Doing, run_action
from app.cli.briefing_seen import overtaken, seen_of
from app.cli.papers import hand_out
from app.cli.parser import Parser, listed
from app.cli.people import grid_code, member_code
from app.cli.session import Answer, Session
from app.cli.times import coming_instant
from app.cli.tongue import N_
from app.domain.action_item import ActionItem
from app.domain.briefing import Section
from app.domain.briefing_file import BriefingFile
from app.domain.errors import BadInput, Conflict, NotFound
from app.domain.events import Json
from app.domain.message import Message
from app.domain.org import SixRole
from app.render.briefing import meta_words, numbers, section_lines, section_title, title_words, unknown_lines
from app.render.briefing_paper import addition_words, briefing_paper, signed_words
from app.render.briefing_parts import parts_title, table_lines
from app.render.table import columns

ACTIONS = {
    "show": N_("the next briefing as it would be now, or one that was signed"),
    "list": N_("briefings that were signed"),
    "note": N_("note what was said, before the briefing or during it"),
    "attend": N_("who is there, who is not, who chairs, who takes the notes"),
    "sign": N_("freeze it as it was looked at"),
    "export": N_("write it on paper: .docx or Markdown"),
    "items": N_("action items that are not done"),
    "item": N_("set an action item: who does what by when"),
    "done": N_("an action item was done, or is dropped"),
}


def run(session: Session, arguments: list[str]) -> Answer | int:
    """Do one action of `wangge briefing`."""
    doing: dict[str, Doing] = {
        "show": _show, "list": _list, "note": _note, "attend": _attend, "sign": _sign, "export": _export,
        "items": _items, "item": _item, "done": _done,
    }  # fmt: skip
    return run_action(session, "wangge briefing", ACTIONS, doing, arguments)


# -- reading -------------------------------------------------------------------------------------
def _unit_option(parser: Parser) -> None:
    parser.text("unit", N_("of which grid, community or street; without it: the street"), "UNIT")


def _unit(session: Session, text: str) -> str:
    """A unit by its code or short name; without any the street."""
    units = session.street.street.units
    if not text:
        return session.house.briefings.street()
    named = [
        unit.code for unit in units if text in (unit.code, unit.name.zh, unit.name.en, unit.short.zh, unit.short.en)
    ]
    if len(named) != 1:
        raise NotFound(Message("There is no unit {code}.", {"code": text}))
    return named[0]


def _file(session: Session, unit: str, day: str) -> BriefingFile:
    """The draft, or the signed one of a day."""
    briefings = session.house.briefings
    if not day:
        return briefings.draft(unit)
    zone = session.zone
    for record in briefings.signed(unit, 400):
        local = record.until_at.astimezone(zone)
        if day in (f"{local:%Y-%m-%d}", f"{local:%m-%d}"):
            return briefings.file(record.id)
    raise NotFound(Message("No briefing of {day} was signed.", {"day": day}))


def _show(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    _unit_option(parser)
    parser.text("day", N_("a signed one: 2020-07-03 or 07-03"), "DAY")
    options = parser.parse_args(arguments)
    file = _file(session, _unit(session, options.unit), options.day)
    return Answer({"briefing": _document(session, file)}, lambda: _lines(session, file))


def _document(session: Session, file: BriefingFile) -> dict[str, Json]:
    shaper, sight = session.shaper, session.sight
    return {
        "unit": file.unit, "since": shaper.instant(file.since), "until": shaper.instant(file.until),
        "signed": file.signed, "digest": file.digest, "record": shaper.shape(file.record),
        "figures": {one.count.value: {"value": one.value, "refs": [shaper.shape(ref) for ref in one.refs]}
                    for one in file.sheet.figures},
        "parts": [{"unit": part.unit, "figures": {one.count.value: one.value for one in part.figures}}
                  for part in file.sheet.parts],
        "sections": {section.value: [line.text for line in section_lines(section, file.sheet, sight)]
                     for section in Section},
        "sheet": shaper.shape(file.sheet), "unknown": list[Json](unknown_lines(file.sheet, sight)),
        "additions": [shaper.shape(note) for note in file.additions],
    }  # fmt: skip


def _lines(session: Session, file: BriefingFile) -> Iterator[str]:
    sight, sheet = session.sight, file.sheet
    yield title_words(file.unit, file.until, sight)
    yield meta_words(sheet, file.record, sight)
    for section in Section:
        head = section_title(section, sight)
        counted = " · ".join(number.text for number in numbers(section, sheet, sight))
        yield f"{head}  {counted}".rstrip()
        yield from (f"{'      ' if line.deep else '    '}{line.text}" for line in section_lines(section, sheet, sight))
    if sheet.parts:
        yield parts_title(sheet, sight)
        yield from (f"    {line.text}" for line in table_lines(sheet, sight, 0))
    unknown = unknown_lines(sheet, sight)
    if unknown and not file.signed:
        yield sight.t("Not known")
        yield from (f"    {text}" for text in unknown)
    if file.additions:
        yield sight.t("Added after signing")
        yield from (f"    {addition_words(note, sight)}" for note in file.additions)
    yield signed_words(file, sight)


def _list(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    _unit_option(parser)
    options = parser.parse_args(arguments)
    records = session.house.briefings.signed(_unit(session, options.unit))
    sight = session.sight

    def lines() -> Iterator[str]:
        if not records:
            yield sight.t("No briefing was signed yet.")
        yield from columns(
            (sight.stamp(one.until_at), sight.name(one.unit), sight.name(one.chair) if one.chair else "",
             sight.name(one.signed_by), sight.stamp(one.signed_at))
            for one in records
        )  # fmt: skip

    return Answer({"briefings": [session.shaper.shape(one) for one in records]}, lines)


def _export(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operand("file", N_("where to: .docx, or .md; - for standard output"))
    _unit_option(parser)
    parser.text("day", N_("a signed one: 2020-07-03 or 07-03"), "DAY")
    options = parser.parse_args(arguments)
    file = _file(session, _unit(session, options.unit), options.day)
    house, sight = session.house, session.sight
    issuer = sight.name(house.briefings.street())
    return hand_out(session, options.file, briefing_paper(file, sight, issuer=issuer, drill=house.station.drill))


# -- speaking ------------------------------------------------------------------------------------
def _note(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operands("text", N_("what was said"))
    _unit_option(parser)
    parser.choice("section", N_("in which section; without it: of one of the six roles"), Section)
    parser.choice("role", N_("which of the six roles speaks"), SixRole)
    parser.text("day", N_("an addition to a signed one: 2020-07-03 or 07-03"), "DAY")
    options = parser.parse_args(arguments)
    unit = _unit(session, options.unit)
    if bool(options.section) == bool(options.role):
        raise BadInput(Message("Say in which section, or which of the six roles speaks."), "section")
    record = _file(session, unit, options.day).record if options.day else None
    note = session.house.briefings.note(
        session.actor(), session.request_id, unit, Section(options.section) if options.section else Section.SIX_ROLES,
        " ".join(options.text), six_role=SixRole(options.role) if options.role else None,
        briefing_id=record.id if record else None,
    )  # fmt: skip
    sight = session.sight
    return Answer({"note": session.shaper.shape(note)}, lambda: [addition_words(note, sight)])


def _attend(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    _unit_option(parser)
    parser.several("here", N_("who is there"), "MEMBER[,…]")
    parser.several("away", N_("who is not, with the reason: MEMBER=REASON"), "MEMBER[=REASON]")
    parser.text("chair", N_("who chairs"), "MEMBER")
    parser.text("recorder", N_("who takes the notes"), "MEMBER")
    options = parser.parse_args(arguments)
    street = session.street
    away = {}
    for text in listed(options.away):
        who, _, why = text.partition("=")
        away[member_code(street, who.strip())] = why.strip()
    file = session.house.briefings.attend(
        session.actor(), session.request_id, _unit(session, options.unit),
        [member_code(street, text) for text in listed(options.here)], away,
        chair=member_code(street, options.chair) if options.chair else "",
        recorder=member_code(street, options.recorder) if options.recorder else "",
    )  # fmt: skip
    return Answer({"briefing": _document(session, file)}, lambda: [meta_words(file.sheet, file.record, session.sight)])


def _sign(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    _unit_option(parser)
    seen_help = N_("what was looked at: the digest from show --json, or a file with that answer; else as it is now")
    parser.text("seen", seen_help, "DIGEST|FILE")
    options = parser.parse_args(arguments)
    unit = _unit(session, options.unit)
    briefings, actor = session.house.briefings, session.actor()
    seen = seen_of(options.seen or briefings.draft(unit).digest)
    try:
        file = briefings.sign(actor, session.request_id, unit, seen.digest)
    except Conflict as error:
        if options.seen:
            raise overtaken(session, unit, seen) from error
        file = briefings.sign(actor, session.request_id, unit, briefings.draft(unit).digest)
    return Answer({"briefing": _document(session, file)}, lambda: [signed_words(file, session.sight)])


# -- action items --------------------------------------------------------------------------------
def _items(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    _unit_option(parser)
    options = parser.parse_args(arguments)
    found = session.house.action_items.open(_unit(session, options.unit))
    sight = session.sight

    def lines() -> Iterator[str]:
        if not found:
            yield sight.t("Nothing is left to do.")
        yield from columns(_item_cells(session, item) for item in found)

    return Answer({"items": [session.shaper.shape(item) for item in found]}, lines)


def _item(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operands("what", N_("what is to be done"))
    _unit_option(parser)
    parser.text("owner", N_("who does it"), "MEMBER", required=True)
    parser.text("due", N_("by when"), "TIME", required=True)
    parser.text("place", N_("where"))
    parser.text("grid", N_("grid: code or short name"), "GRID")
    parser.text("case", N_("about this case"), "NUMBER")
    options = parser.parse_args(arguments)
    whistle: UUID | None = session.house.whistles.find(options.case) if options.case else None
    item = session.house.action_items.add(
        session.actor(), session.request_id, _unit(session, options.unit), " ".join(options.what),
        member_code(session.street, options.owner), coming_instant(options.due, session.now, session.zone, "due"),
        place=options.place, grid=grid_code(session.street, options.grid) if options.grid else "", whistle_id=whistle,
    )  # fmt: skip
    return Answer({"item": session.shaper.shape(item)}, lambda: columns([_item_cells(session, item)]))


def _done(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operand("number", N_("which item: the number after #"))
    parser.operand("result", N_("what came of it"), required=False)
    parser.switch("dropped", N_("it is not to be done any more; say why"))
    options = parser.parse_args(arguments)
    items = session.house.action_items
    item = items.find(options.number)
    ended = items.end(session.actor(), session.request_id, item.id, options.result, done=not options.dropped)
    return Answer({"item": session.shaper.shape(ended)}, lambda: columns([_item_cells(session, ended)]))


def _item_cells(session: Session, item: ActionItem) -> tuple[str, ...]:
    sight = session.sight
    late = sight.t("[should have been done]") if item.done_at is None and item.due_at < sight.now else ""
    ended = sight.stamp(item.done_at) if item.done_at else ""
    return (f"#{item.number}", sight.stamp(item.due_at), item.texts.get("what", ""), sight.name(item.owner),
            item.texts.get("place", ""), late, ended, item.ending.get("result", ""))  # fmt: skip
