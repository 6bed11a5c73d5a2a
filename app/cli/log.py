"""`wangge log`: the shift log, shown, written in one line, corrected by new entries (domain 6.2)."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from uuid import UUID

from app.cli.actions import Doing, run_action
from app.cli.parser import Parser
from app.cli.people import grid_code, place_code
from app.cli.session import Answer, Session
from app.cli.times import past_moment
from app.cli.tongue import N_
from app.domain.errors import BadInput
from app.domain.events import Json
from app.domain.gazetteer import Gazetteer
from app.domain.log_line import read_log_line
from app.domain.message import Message
from app.domain.shift_log import LogEntry, LogLine, LogSource, LogState
from app.domain.text import mask_phone
from app.domain.whistle import Precision
from app.render.shift_log import entry_text, log_words, mark_words, source_words, time_words
from app.render.table import columns
from app.services.shift_log import LogPage, Told

ACTIONS = {
    "show": N_("the log of a shift: what was written, and what happened elsewhere"),
    "add": N_("write an entry in one line"),
    "correct": N_("put an entry right by a new one"),
    "close": N_("an open entry was seen to"),
    "open": N_("entries that somebody must still see to"),
}
COLUMNS = ("caller", "phone", "told", "instruction", "action", "result")


def run(session: Session, arguments: list[str]) -> Answer | int:
    """Do one action of `wangge log`."""
    doing: dict[str, Doing] = {"show": _show, "add": _add, "correct": _correct, "close": _close, "open": _open}
    return run_action(session, "wangge log", ACTIONS, doing, arguments)


def _show(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.text("shift", N_("code of a shift; without it: the one that runs now"), "SHIFT")
    parser.text("since", N_("from when on, instead of a shift"), "TIME")
    parser.text("until", N_("up to when"), "TIME")
    parser.switch("before", N_("the log of the shift before"))
    parser.switch("all", N_("reminders too: who was told, who answered"))
    options = parser.parse_args(arguments)
    page = _page(session, options)
    document: dict[str, Json] = {
        "shift": session.shaper.shape(page.shift), "since": session.shaper.instant(page.since),
        "until": session.shaper.instant(page.until),
        "lines": [_line_document(session, line) for line in page.lines if options.all or not line.quiet],
        "open": [_entry_document(session, entry) for entry in page.open],
    }  # fmt: skip
    return Answer({"log": document}, lambda: _lines(session, page, options.all))


def _page(session: Session, options: Namespace) -> LogPage:
    if options.shift and options.since:
        raise BadInput(
            Message("{option} and {other} exclude each other.", {"option": "--shift", "other": "--since"}), "since"
        )
    if options.until and not options.since:
        raise BadInput(Message("{what} is missing.", {"what": "--since"}), "since")
    log, now, zone = session.house.log, session.now, session.zone
    if options.since:
        since = past_moment(options.since, now, zone, "since").at
        until = past_moment(options.until, now, zone, "until").at if options.until else None
        if until is not None and until <= since:
            raise BadInput(Message("The end must be later than the beginning."), "until")
        return log.page(since=since, until=until)
    page = log.page(shift=options.shift)
    if options.before:
        earlier = log.beside(page, -1)
        if earlier is None:
            raise BadInput(Message("The roster has no shift before this one."), "before")
        return earlier
    return page


def _add(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    return _write(session, parser, arguments, None)


def _correct(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operand("number", N_("which entry: the number after #"))
    return _write(session, parser, arguments, "number")


def _write(session: Session, parser: Parser, arguments: list[str], corrects: str | None) -> Answer:
    parser.operands("line", N_("time, where from, what: 23:40 电话 双河一 路灯不亮 / 报 带班领导 / 未了"))
    parser.choice("source", N_("where it came from"), LogSource)
    parser.text("at", N_("when it happened; without it: now"), "TIME")
    parser.text("case", N_("about this case"), "NUMBER")
    parser.text("grid", N_("grid: code or short name"), "GRID")
    parser.text("place", N_("registered place: code, name or alias"), "PLACE")
    for name, about in (
        ("caller", N_("who called or came")), ("phone", N_("their number; shown masked")),
        ("told", N_("who was told of it, and when")), ("instruction", N_("what they said is to be done")),
        ("action", N_("what was done")), ("result", N_("what came of it")),
    ):  # fmt: skip
        parser.text(name, about)
    parser.choice("state", N_("noted, open or closed; without it as the line says"), LogState)
    options = parser.parse_args(arguments)
    before = session.house.log.find(options.number) if corrects else None
    entry = session.house.log.add(
        session.actor(), session.request_id, _told(session, options, before), corrects=before.id if before else None
    )
    return _answer(session, entry)


def _told(session: Session, options: Namespace, before: LogEntry | None) -> Told:
    """What the line says, options win; of an entry that is put right what neither says stays."""
    street, now, zone = session.street, session.now, session.zone
    gazetteer = Gazetteer.of(street.street, session.policy)
    read = read_log_line(" ".join(options.line), gazetteer, now, zone)
    if read.problems:
        raise BadInput(read.problems[0], "line")
    moment = past_moment(options.at, now, zone, "at") if options.at else read.moment
    number = options.case or read.case
    place = place_code(street, options.place) if options.place else read.place
    said = {name: text for name in COLUMNS if (text := getattr(options, name))}
    kept = before.texts if before else {}
    return Told(
        {**{name: text for name, text in kept.items() if name in ("caller", "phone")}, **read.texts, **said},
        LogSource(options.source) if options.source else read.source or (before.source if before else LogSource.DESK),
        LogState(options.state) if options.state else read.state,
        moment.at if moment else None,
        Precision.APPROX
        if (moment.approximate if moment else before and before.precision is Precision.APPROX)
        else Precision.EXACT,
        grid_code(street, options.grid) if options.grid else read.grid or (before.grid if before else ""),
        place or (before.place if before else ""),
        _case(session, number) if number else before.whistle_id if before else None,
    )


def _case(session: Session, number: str) -> UUID:
    return session.house.whistles.find(number)


def _close(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operand("number", N_("which entry: the number after #"))
    parser.operand("result", N_("what came of it"), required=False)
    parser.text("at", N_("when it happened; without it: now"), "TIME")
    options = parser.parse_args(arguments)
    entry = session.house.log.find(options.number)
    at = past_moment(options.at, session.now, session.zone, "at").at if options.at else None
    return _answer(session, session.house.log.close(session.actor(), session.request_id, entry.id, options.result, at))


def _open(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.parse_args(arguments)
    found = session.house.log.open_entries()
    sight = session.sight

    def lines() -> Iterator[str]:
        if not found:
            yield sight.t("Nothing in the log is open.")
        yield from columns(_entry_cells(session, entry) for entry in found)

    return Answer({"open": [_entry_document(session, entry) for entry in found]}, lines)


def _answer(session: Session, entry: LogEntry) -> Answer:
    return Answer({"entry": _entry_document(session, entry)}, lambda: columns([_entry_cells(session, entry)]))


def _entry_cells(session: Session, entry: LogEntry) -> tuple[str, ...]:
    sight = session.sight
    state = sight.t("[open]") if entry.counts and entry.state is LogState.OPEN else ""
    return (f"#{entry.number}", sight.stamp(entry.at), state, sight.short(entry.grid) if entry.grid else "",
            entry_text(entry, sight))  # fmt: skip


def _entry_document(session: Session, entry: LogEntry) -> dict[str, Json]:
    document = session.shaper.members(entry)
    texts = {name: mask_phone(text) for name, text in entry.texts.items()}
    return {**document, "texts": dict[str, Json](texts)}


def _line_document(session: Session, line: LogLine) -> dict[str, Json]:
    sight = session.sight
    return {
        "event": str(line.event.id), "kind": line.event.kind.value, "at": session.shaper.instant(line.at),
        "recorded_at": session.shaper.instant(line.event.recorded_at), "precision": line.precision.value,
        "source": line.entry.source.value if line.entry else line.event.stream.partition("/")[0],
        "number": line.number, "grid": line.grid, "by": line.event.actor, "undone": line.undone,
        "reminder": line.quiet, "entry": _entry_document(session, line.entry) if line.entry else None,
        "events": [str(event.id) for event in (line.event, *line.more)], "message": log_words(line, sight),
    }  # fmt: skip


def _lines(session: Session, page: LogPage, whole: bool) -> Iterator[str]:
    sight = session.sight
    shift = page.shift
    if shift is not None:
        yield sight.t(
            "Shift log: {kind} {since}–{until}  leader {leader}  officers {officers}",
            kind=shift.kind, since=sight.stamp(page.since), until=sight.stamp(page.until),
            leader=sight.name(shift.leader), officers=tuple(sight.name(code) for code in shift.officers),
        )  # fmt: skip
    else:
        yield sight.t("Log, no shift in the roster: {since}–{until}", since=sight.stamp(page.since),
                      until=sight.stamp(page.until))  # fmt: skip
    shown = [line for line in page.lines if whole or not line.quiet]
    if not shown:
        yield sight.t("Nothing was recorded.")
    yield from columns(
        (time_words(line, sight), source_words(line, sight), line.number[6:],
         " ".join(part for part in (mark_words(line, sight), log_words(line, sight)) if part))
        for line in shown
    )  # fmt: skip
    hidden = len(page.lines) - len(shown)
    if hidden:
        yield session.words.tn("{n} reminder not shown (--all)", "{n} reminders not shown (--all)", hidden)
    if page.open:
        yield sight.t("Open: {numbers}", numbers=" ".join(f"#{entry.number}" for entry in page.open))
