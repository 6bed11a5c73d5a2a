"""The timeline of a case: when, what, who on whose behalf by which channel, and the words (domain 2.7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from rich.cells import cell_len

from app.domain.actor import Channel
from app.domain.dues import DueKind
from app.domain.events import OF_NOTICES, Event, EventKind, Json, typed_texts
from app.domain.facts import REPORT_TEXTS, TEXT_FIELDS
from app.domain.message import N_
from app.domain.notice import OF_REMINDERS
from app.domain.org import UnitLevel
from app.domain.reports import NONE_YET, Reporting
from app.domain.shift_log import COLUMNS, LogSource
from app.domain.text import mask_phone
from app.domain.timeline import Entry, by_time
from app.domain.watch_topics import WatchTopic, is_watch
from app.domain.whistle import AssignmentRole, Precision
from app.render.clock import day, hm
from app.render.logged import SOURCES, logged_words
from app.render.paint import paint_text
from app.render.report_words import late_mark, sent_name
from app.render.rows import GAP, WHOLE, Cell, Column, Piece, Row, Tone, one
from app.render.sight import Sight
from app.render.words import Words
from app.render.wrap import wrap

LATE = timedelta(minutes=10)
"""Written down this much after it happened, an entry says when it was."""

BESIDE = "  "
"""Between what happened and words that find room in the same column."""

SHOWN_LINES = 3
"""Lines of words an entry shows in the list; Enter shows all."""


REPORTS: Mapping[str, str] = {
    "phone": N_("first report by phone"),
    "written": N_("first report in writing"),
    "follow_up": N_("follow-up report"),
    "final": N_("final report"),
}
"""Which report up the line an entry is (信息报送, domain 6.3)."""

MASKED = frozenset({"callback", "caller", "phone"})
"""Typed texts in which a number stands masked on the screen."""

FACTS = frozenset({EventKind.DRAFTED, EventKind.BLOWN, EventKind.REVISED})
"""Their words stand above the timeline already; the list repeats the title alone."""


def timeline_columns(words: Words) -> tuple[Column, ...]:
    """The columns of the timeline."""
    zh = words.language == "zh"
    return (
        Column("at", words.t("Time"), 6, 10),
        Column("what", words.t("What"), 15 if zh else 24, 9, most=18 if zh else 24),
        Column("said", words.t("Words"), 16 if zh else 18, 8, most=60),
        Column("who", words.t("Who"), 12 if zh else 18, 7, most=20 if zh else 26),
        Column("writer", words.t("Noted by"), 10 if zh else 16, 2),
    )


def timeline_rows(
    events: Sequence[Event], sight: Sight, width: int, *, below: bool = False, reports: Reporting = NONE_YET
) -> list[Row]:
    """All entries by the time they happened, a heading per day; words run on below when they are long.

    ``width`` is what the column of words has; with ``below`` there is none, and they stand below what happened.
    A reminder is one entry, whoever was called and whoever answered. ``reports`` tells which report up the line an
    entry is, and whether it was late.
    """
    notices = notices_of(events)
    shown = [entry for entry in by_time(events) if stands(entry, notices)]
    rows: list[Row] = []
    for number, entry in enumerate(shown):
        if not number or not sight.same_day(entry.at, shown[number - 1].at):
            rows.append(_heading(entry.at, sight))
        rows += _entry(entry, sight, width, below, notices, reports)
    return rows


NoticeEntries: TypeAlias = Mapping[object, Sequence[Event]]
"""Entries about each notice in their order, by the notice's id."""


def notices_of(events: Sequence[Event]) -> NoticeEntries:
    found: dict[object, list[Event]] = {}
    for event in events:
        if event.kind in OF_NOTICES:
            found.setdefault(event.payload.get("notice"), []).append(event)
    return found


def stands(entry: Entry, notices: NoticeEntries) -> bool:
    """Whether an entry has a line of its own: corrections have none, of a notice the first has."""
    event = entry.event
    if event.kind in OF_NOTICES:
        return notices[event.payload.get("notice")][0].id == event.id
    return event.kind is not EventKind.CORRECTED or entry.undone


def notice_words(mine: Sequence[Event], sight: Sight) -> str:
    """One reminder: what, who was called one after the other, who answered and when."""
    told: dict[str, None] = {}
    asked = [event.payload["to"] for event in mine if event.kind is not EventKind.ANSWERED and "to" in event.payload]
    for to in asked:
        told |= dict.fromkeys(map(str, to)) if isinstance(to, list) else {}
    names = sight.words.listed(tuple(sight.person(code) for code in told))
    if asked and not told:
        names = sight.t("nobody on duty")
    last = mine[-1]
    end = ""
    if last.kind is EventKind.ANSWERED:
        who = sight.person(last.on_behalf_of or last.actor)
        end = f"{sight.glyphs.done} {sight.stamp(last.occurred_at)} {who}"
        names = "" if who == names else names  # said once
    elif last.kind is EventKind.SNOOZED:
        end = sight.words.enum(last.kind)
    said = " ".join(text for event in mine for text in event.words.values())
    parts = (topic_words(mine[0], sight), f"{sight.glyphs.into} {names}" if names else "", end, said)
    return "　".join(part for part in parts if part) if sight.words.language == "zh" else "  ".join(filter(None, parts))


def _heading(at: datetime, sight: Sight) -> Row:
    text = f"{day(at, sight.zone)} {sight.words.weekday(at.astimezone(sight.zone))}"
    return Row(("day", text), {WHOLE: one(text, Tone.QUIET)}, still=True)


def _entry(
    entry: Entry, sight: Sight, width: int, below: bool, notices: NoticeEntries, reports: Reporting
) -> Iterator[Row]:  # fmt: skip
    event = entry.event
    mine = notices.get(event.payload.get("notice"), ()) if event.kind in OF_NOTICES else ()
    about = "~" if entry.precision is Precision.APPROX else ""
    answered = bool(mine) and mine[-1].kind is EventKind.ANSWERED
    tone = Tone.QUIET if entry.undone or event.kind is EventKind.UNDONE or answered else Tone.PLAIN
    what = sight.words.enum(event.kind)
    words = notice_words(mine, sight) if mine else entry_words(event, sight, reports)
    lines = wrap(paint_text(words), width, most=SHOWN_LINES)
    cells: dict[str, Cell] = {
        "at": one(f"{hm(entry.at, sight.zone)}{about}", tone),
        "what": _what(event, sight.t("({what}) taken back", what=what) if entry.undone else what, tone, sight),
        "said": (Piece(lines[0], tone), *_marks(entry, sight, reports)),
        "who": _who(event, sight),
        "writer": one(sight.person(event.actor), Tone.QUIET) if event.on_behalf_of else (),
    }
    column, more = "said", lines[1:]
    if below:
        column, more = "what", [line for line in lines if line]
        beside = sum(cell_len(piece.text) for piece in cells["what"]) + len(BESIDE) + cell_len(lines[0]) <= width
        if len(more) == 1 and beside:
            cells["what"] = (*cells["what"], Piece(BESIDE + more.pop(), Tone.QUIET))
        cells["what"] = (*cells["what"], *_marks(entry, sight, reports))
    yield Row(event.id, cells)
    for number, line in enumerate(more, 1):
        yield Row((event.id, number), {column: one(line, Tone.QUIET if below else tone)}, still=True)


def _what(event: Event, word: str, tone: Tone, sight: Sight) -> Cell:
    department = event.payload.get("department")
    strong = Tone.DANGER if event.kind in (EventKind.NO_SHOW, EventKind.WENT_QUIET) else tone
    if isinstance(department, str) and department:
        return (Piece(sight.short(department) + " ", Tone.STRONG if tone is Tone.PLAIN else tone), Piece(word, strong))
    return one(word, strong)


def _marks(entry: Entry, sight: Sight, reports: Reporting) -> Iterator[Piece]:
    event = entry.event
    report = reports.of(event)
    if report is not None and report.late:
        yield Piece(" " + late_mark(report, sight), Tone.DANGER)
    if entry.corrected_by is not None:
        yield Piece(" " + sight.t("[corrected, was {at}]", at=sight.stamp(event.occurred_at)), Tone.SOON)
    elif event.recorded_at - entry.at >= LATE:
        yield Piece(" " + sight.t("[written down {at}]", at=sight.stamp(event.recorded_at)), Tone.QUIET)


def _who(event: Event, sight: Sight) -> Cell:
    """Who did it and how it was heard; the acting member alone is quiet, they write everything."""
    if not event.on_behalf_of:
        return one(sight.person(event.actor), Tone.QUIET)
    named = sight.street.known_departments.get(event.on_behalf_of)
    speaker = sight.short(event.on_behalf_of) if named else sight.person(event.on_behalf_of)
    channel = "" if event.channel is Channel.TERMINAL else f"·{sight.words.enum(event.channel)}"
    return (Piece(speaker), Piece(channel, Tone.QUIET))


def typed_words(event: Event) -> str:
    """What was typed alone, on one line."""
    return " ".join(" ".join(text.split()) for text in typed_texts(event).values())


_LAST = len(TEXT_FIELDS)
_ORDER = {name: n for n, name in enumerate(TEXT_FIELDS)} | {name: _LAST + n for n, name in enumerate(REPORT_TEXTS, 1)}


def typed_in_order(event: Event) -> list[tuple[str, str]]:
    """What was typed, by name: the ask-list in its order, what else was said, the further columns of a report."""
    return sorted(typed_texts(event).items(), key=lambda pair: _ORDER.get(pair[0], _LAST))


def labelled(name: str, line: str, sight: Sight) -> str:
    """What was typed, with the name of its column where it would not be understood without: in a report."""
    label = REPORT_TEXTS.get(name)
    return sight.t("{column}: {text}", column=sight.t(label), text=line) if label else line


def entry_words(event: Event, sight: Sight, reports: Reporting = NONE_YET) -> str:
    """The particulars of an entry and what was typed, on one line."""
    parts = [*particulars(event, sight, reports)]
    if event.kind is EventKind.LOGGED:
        return " ".join((*parts, logged_words(event.words, sight)))
    for name, text in typed_in_order(event):
        if event.kind in FACTS and name != "title":
            continue
        line = " ".join(text.split())
        parts.append(mask_phone(line) if name in MASKED else labelled(name, line, sight))
    return "　".join(part for part in parts if part) if sight.words.language == "zh" else "  ".join(filter(None, parts))


def particulars(event: Event, sight: Sight, reports: Reporting = NONE_YET) -> Iterator[str]:
    """What an entry says beside its words: departments, level, lead, decision, score, until when."""
    payload = event.payload
    if event.kind in (EventKind.LOGGED, EventKind.LOG_CLOSED):
        source = payload.get("source")
        yield sight.t("shift log #{n}", n=int(str(payload.get("number", 0))))
        if isinstance(source, str) and source in list(LogSource):
            yield sight.t(SOURCES[LogSource(source)])
    if event.kind in OF_NOTICES:
        yield topic_words(event, sight)
        told = told_words(event, sight)
        if told and event.kind is not EventKind.ANSWERED and event.kind is not EventKind.CALLED:
            yield f"{sight.glyphs.into} {told}"
    report = payload.get("report")
    sent = reports.of(event)
    if sent is not None or isinstance(report, str):
        yield sent_name(sent, sight) if sent else sight.t(REPORTS[str(report)])
    departments = payload.get("departments")
    if isinstance(departments, list) and departments:
        yield sight.words.listed(tuple(_summoned(entry, sight) for entry in departments))
    level = payload.get("to")
    if isinstance(level, str) and level in list(UnitLevel):
        yield f"{sight.glyphs.into} {sight.words.enum(UnitLevel(level))}"
    elif isinstance(level, str) and level:
        yield f"{sight.glyphs.into} {sight.short(level)}"
    into, joined = payload.get("into_number"), payload.get("from_number")
    if isinstance(into, str) and into:
        yield f"{sight.glyphs.into} {into[6:]}"
    if isinstance(joined, str) and joined:
        yield sight.t("from {case}", case=joined[6:])
    source = payload.get("source_number")
    if event.kind is EventKind.DUPLICATE_REPORTED and isinstance(source, str):
        yield sight.t("from {case}", case=source)
    lead = payload.get("lead")
    if isinstance(lead, str) and lead:
        yield sight.t("lead {department}", department=sight.short(lead))
    if "passed" in payload:
        yield sight.t("passed") if payload["passed"] is True else sight.t("failed: rework")
    if "granted" in payload:
        yield sight.t("granted") if payload["granted"] is True else sight.t("refused")
    score = payload.get("score")
    if isinstance(score, int):
        yield sight.t("score {n}", n=score) + (
            sight.t(" ({what})", what=sight.t("by default")) if payload.get("default") is True else ""
        )
    until = payload.get("until")
    if isinstance(until, str) and until:
        yield sight.t("until {at}", at=sight.stamp(datetime.fromisoformat(until)))


def topic_words(event: Event, sight: Sight) -> str:
    """What an entry about a notice is about: the label of its due row, or that it is a reminder."""
    topic = event.payload.get("topic")
    if topic == OF_REMINDERS or not isinstance(topic, str):
        return sight.t("reminder")
    if is_watch(topic):
        return sight.words.enum(WatchTopic(topic))
    return sight.words.enum(DueKind(topic))


def told_words(event: Event, sight: Sight) -> str:
    """Who was told, by name; that nobody was there to be told, where that is so; empty where nobody was to be."""
    to = event.payload.get("to")
    if to is None:
        return ""
    people = tuple(sight.person(str(code)) for code in to) if isinstance(to, list) else ()
    return sight.words.listed(people) if people else sight.t("nobody on duty")


def _summoned(entry: Json, sight: Sight) -> str:
    if not isinstance(entry, dict):
        return sight.short(str(entry))
    lead = entry.get("role") == AssignmentRole.LEAD.value
    mark = sight.t("({what})", what=sight.t("lead")) if lead else ""
    return sight.short(str(entry.get("code", ""))) + mark


def said_width(width: int, columns: Sequence[tuple[Column, int]]) -> tuple[int, bool]:
    """Cells for the words in a fitted table, and whether they stand below what happened for lack of a column.

    Before the table is laid out a sensible width.
    """
    fitted = {column.id: cells for column, cells in columns}
    if "said" in fitted or "what" not in fitted:
        return fitted.get("said", max(20, width - 20 - GAP)), False
    return fitted["what"], True


def full_entry(event: Event, sight: Sight, width: int, reports: Reporting = NONE_YET) -> list[Cell]:
    """An entry with all its words, for reading: one line of particulars, then each typed text with its label."""
    lines: list[Cell] = [
        (Piece(sight.stamp(event.occurred_at) + " "), Piece(sight.words.enum(event.kind), Tone.STRONG), Piece("  "),
         *_who(event, sight)),
        one(sight.t("written down {at} by {who}", at=sight.stamp(event.recorded_at), who=sight.person(event.actor)),
            Tone.QUIET),
    ]  # fmt: skip
    lines += [one(line) for part in particulars(event, sight, reports) for line in wrap(part, width)]
    for name, text in typed_texts(event).items():
        label = TEXT_FIELDS.get(name) or REPORT_TEXTS.get(name) or COLUMNS.get(name)
        lines.append(())
        if label:
            lines.append(one(sight.t(label), Tone.QUIET))
        shown = mask_phone(text) if name in MASKED else text
        lines += [one(line) for line in wrap(paint_text(shown), width)]
    return lines
