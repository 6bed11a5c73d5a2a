"""The shift log as lines: when, where from, about what, what was said, who wrote it (domain 6.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from app.domain.events import Event, EventKind
from app.domain.message import N_
from app.domain.org import Shift
from app.domain.shift_log import RECEIVED, LogEntry, LogLine, LogState
from app.domain.text import mask_phone
from app.domain.whistle import Precision
from app.render.clock import day, hm
from app.render.logged import FROM, SOURCES, logged_words
from app.render.news import what_happened
from app.render.paint import paint_text
from app.render.rows import WHOLE, Cell, Column, Piece, Row, Tone, one
from app.render.sight import Sight
from app.render.timeline import LATE, entry_words, told_words, topic_words, typed_words
from app.render.words import Words
from app.render.wrap import wrap

STREAMS: Mapping[str, str] = {
    "whistle": N_("whistle"),
    "round": N_("round"),
    "planned": N_("round"),
    "notice": N_("reminder"),
    "reminder": N_("reminder"),
    "household": N_("flood"),
    "warning": N_("flood"),
    "response": N_("flood"),
    "posture": N_("flood"),
    "gauge": N_("water"),
    "spot": N_("on the spot"),
    "org": N_("desk"),
    "log": N_("log"),
}
"""Which record an entry comes from, by the first part of its stream; msgids."""
SHOWN_LINES = 3
"""Lines of one entry in the list; Enter shows the rest."""


def log_columns(words: Words) -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column("at", words.t("Time"), 6, 10),
        Column("source", words.t("From"), 8, 6),
        Column("case", words.t("No."), 7, 7),
        Column("what", words.t("What happened"), 40, 9, most=200, least=20),
        Column("grid", words.t("Grid"), 8, 5),
        Column("who", words.t("Written by"), 10, 4, most=14),
    )


def what_width(fitted: Sequence[tuple[Column, int]], width: int) -> int:
    """Cells for what happened in the fitted table; before it is laid out a sensible width."""
    return next((cells for column, cells in fitted if column.id == "what"), max(20, width - 40))


def span_words(since: datetime, until: datetime, shift: Shift | None, sight: Sight) -> str:
    """``night shift 07-02 18:00–08:00``; of a stretch without a shift its times alone."""
    last = hm(until, sight.zone) if until - since <= timedelta(hours=24) else sight.stamp(until)
    span = f"{day(since, sight.zone)} {hm(since, sight.zone)}–{last}"
    return f"{sight.words.enum(shift.kind)} {span}" if shift is not None else span


def searched_words(line: LogLine, sight: Sight) -> str:
    """Everything of a line that a search looks at."""
    grid = sight.short(line.grid) if line.grid else ""
    parts = (mark_words(line, sight), log_words(line, sight), source_words(line, sight), line.number, line.title, grid)
    return " ".join((*parts, sight.person(line.event.actor)))


def log_rows(lines: Sequence[LogLine], sight: Sight, width: int, *, quiet: bool) -> list[Row]:
    """All lines by time, a heading per day; words run on below. ``quiet`` = those about reminders too."""
    rows: list[Row] = []
    before = None
    for line in lines:
        if line.quiet and not quiet:
            continue
        if before is None or not sight.same_day(line.at, before):
            text = f"{day(line.at, sight.zone)} {sight.words.weekday(line.at.astimezone(sight.zone))}"
            rows.append(Row(("day", text), {WHOLE: one(text, Tone.QUIET)}, still=True))
        before = line.at
        rows += _rows(line, sight, width)
    return rows


def _rows(line: LogLine, sight: Sight, width: int) -> Iterator[Row]:
    tone = Tone.QUIET if line.undone or line.quiet else Tone.PLAIN
    mark = "".join(piece.text for piece in _mark(line, sight))
    first, *more = wrap(mark + paint_text(log_words(line, sight)), width, most=SHOWN_LINES)
    alarm = Tone.DANGER if line.problems and not line.undone else tone
    cells: dict[str, Cell] = {
        "at": one(time_words(line, sight), tone),
        "source": one(source_words(line, sight), Tone.QUIET),
        "case": one(line.number[6:], Tone.QUIET),
        "what": (*_mark(line, sight), Piece(first[len(mark) :], alarm)),
        "grid": one(sight.short(line.grid) if line.grid else "", Tone.QUIET),
        "who": one(sight.person(line.event.actor), Tone.QUIET),
    }
    yield Row(line.event.id, cells)
    for number, text in enumerate(more, 1):
        yield Row((line.event.id, number), {"what": one(text, tone)}, still=True)


def time_words(line: LogLine, sight: Sight) -> str:
    """``23:52``, ``~23:50`` where it was only about then."""
    return ("~" if line.precision is Precision.APPROX else "") + hm(line.at, sight.zone)


def source_words(line: LogLine, sight: Sight) -> str:
    """Where it came from: of an entry as it was told, of anything else the record it stands in."""
    if line.entry is not None:
        return sight.t(SOURCES[line.entry.source])
    return sight.t(STREAMS.get(line.event.stream.partition("/")[0], N_("desk")))


def state_words(entry: LogEntry, sight: Sight) -> str:
    """``still open``, ``seen to``; nothing for a note."""
    if not entry.counts or entry.state is LogState.NOTED:
        return ""
    return sight.t("still open") if entry.state is LogState.OPEN else sight.t("seen to")


def log_words(line: LogLine, sight: Sight) -> str:
    """What a line says, whole, in one line: phone numbers masked."""
    if line.entry is not None:
        said = entry_text(line.entry, sight)
    elif line.problems:
        listed = tuple(
            sight.t("point {n} {what}", n=problem.point, what=problem.name)
            + (sight.t(": {text}", text=problem.said) if problem.said else "")
            for problem in line.problems
        )
        said = sight.t("found {what}", what=sight.words.listed(listed))
    elif line.more or line.quiet:
        said = _reminded((line.event, *line.more), sight)
    else:
        said = _happened(line.event, sight)
    if line.event.kind is EventKind.BLOWN and line.title not in said:
        said = sight.t("{said}: {words}", said=said, words=line.title)
    if line.walk is not None:
        said = sight.t("{walk}: {said}", walk=line.walk, said=said)
    if line.was is not None:
        said += " " + sight.t("[corrected, was {at}]", at=sight.stamp(line.was))
    elif line.event.recorded_at - line.at >= LATE:
        said += " " + sight.t("[written down {at}]", at=sight.stamp(line.event.recorded_at))
    if line.undone:
        said = sight.t("({what}) taken back", what=said) if line.entry is None else said
    return mask_phone(said)


def entry_text(entry: LogEntry, sight: Sight) -> str:
    """An entry in one line: caller, content, and each further column with its word."""
    said = logged_words(entry.texts, sight)
    closing = entry.closing.get("result")
    return sight.t("; ").join((said, sight.t(FROM["result"], text=closing))) if closing else said


def _mark(line: LogLine, sight: Sight) -> Iterator[Piece]:
    """``#12 open`` before an entry; that another one stands for it."""
    entry = line.entry
    if entry is None:
        return
    yield Piece(f"#{entry.number} ", Tone.QUIET)
    if not entry.counts:
        yield Piece(sight.t("[put right]") + " ", Tone.QUIET)
    elif entry.state is LogState.OPEN:
        yield Piece(sight.t("[open]") + " ", Tone.SOON)
    elif entry.state is LogState.CLOSED and entry.source in RECEIVED:
        yield Piece(sight.t("[closed]") + " ", Tone.QUIET)


def mark_words(line: LogLine, sight: Sight) -> str:
    """The same as text."""
    return "".join(piece.text for piece in _mark(line, sight)).strip()


def _happened(event: Event, sight: Sight) -> str:
    said = what_happened(event, sight)
    words = entry_words(event, sight)
    if event.kind is EventKind.LOG_CLOSED:
        said = sight.t("entry {n} closed", n=int(str(event.payload.get("number", 0))))
        words = typed_words(event)
    return sight.t("{said}: {words}", said=said, words=words) if words else said


def _reminded(mine: Sequence[Event], sight: Sight) -> str:
    """One reminder: what, who was called one after the other, who answered and when."""
    first, last = mine[0], mine[-1]
    said = sight.t("reminder: {topic}", topic=topic_words(first, sight))
    told: dict[str, None] = {}
    for event in mine:
        to = event.payload.get("to")
        told |= dict.fromkeys(sight.person(str(code)) for code in to) if isinstance(to, list) else {}
    if told:
        said += " " + sight.glyphs.into + " " + sight.words.listed(tuple(told))
    elif words := told_words(first, sight):
        said += " " + sight.glyphs.into + " " + words
    if last.kind is EventKind.ANSWERED and last is not first:
        who = sight.person(last.on_behalf_of or last.actor)
        said += f" {sight.glyphs.done} {sight.stamp(last.occurred_at)} {who}"
    typed = " ".join(text for event in mine for text in event.words.values())
    return " ".join(part for part in (said, typed) if part)
