"""What stands in the shift log of a stretch of time: entries of its own, and what happened elsewhere (domain 6.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from app.domain.checklist import Verdict
from app.domain.effective import corrections, taken_back
from app.domain.events import OF_NOTICES, Event, EventKind
from app.domain.message import Name
from app.domain.round import answers_of
from app.domain.round_file import RoundLine
from app.domain.shift_log import FLOWS, LogEntry, LogLine, Problem
from app.services.patrol_rules import PatrolRules
from app.services.ports import BoardRow, Reads


def lines_in(
    reads: Reads, rules: PatrolRules, since: datetime, until: datetime, *, after_seq: int | None = None
) -> tuple[LogLine, ...]:
    """Each event of [since, until) in one line, at the time at which it now counts as having been, the earliest first.

    What belongs to one reminder is one line, at its first entry. With ``after_seq`` also what happened before ``since``
    and was written down only after that commit number.
    """
    events = _events(reads, since, until)
    here = {event.id for event in events}
    late = reads.log.written_late(since, after_seq, FLOWS) if after_seq is not None else ()
    late_ids = {event.id for event in late} - here
    events += [event for event in late if event.id in late_ids]
    gone, mended = _later(reads, events)
    entries = {
        entry.id: entry for entry in reads.log.entries({event.id for event in events if event.kind is EventKind.LOGGED})
    }
    about = [*(event.whistle_id for event in events), *(entry.whistle_id for entry in entries.values())]
    rows = _rows(reads, about)
    walks = _Walks(reads, rules)
    lines = []
    for event in events:
        by = mended.get(event.id)
        counted = by or event
        if since <= counted.occurred_at < until or (event.id in late_ids and counted.occurred_at < since):
            line = walks.told(_line(event, entries.get(event.id), rows))
            lines.append(replace(
                line, at=counted.occurred_at, precision=counted.occurred_precision,
                undone=line.undone or event.id in gone, was=event.occurred_at if by is not None else None,
            ))  # fmt: skip
    lines.sort(key=lambda line: (line.at, line.event.seq))
    return tuple(_together(line for line in lines if _says_something(line)))


def _events(reads: Reads, since: datetime, until: datetime) -> list[Event]:
    """Entries of the stretch, those that were corrected into it too."""
    found = reads.log.events_in(since, until, FLOWS | {EventKind.CORRECTED})
    events = {event.id: event for event in found if event.kind is not EventKind.CORRECTED}
    moved_here = {event.corrects for event in found if event.kind is EventKind.CORRECTED and event.corrects}
    known = reads.log.events_by_id(moved_here - set(events))
    return [*events.values(), *(event for event in known if event.kind in FLOWS)]


def _later(
    reads: Reads, events: Sequence[Event]
) -> tuple[frozenset[UUID | None], Mapping[UUID | None, Event]]:  # fmt: skip
    """Which of them were taken back, and which corrections of their times count."""
    about = reads.log.corrections_of({event.id for event in events})
    about_those = reads.log.corrections_of({event.id for event in about if event.kind is EventKind.CORRECTED})
    history = sorted({event.id: event for event in (*about, *about_those)}.values(), key=lambda event: event.seq)
    return taken_back(history), corrections(history)


def _line(event: Event, entry: LogEntry | None, rows: Mapping[UUID | None, BoardRow]) -> LogLine:
    row = rows.get(entry.whistle_id if entry and entry.whistle_id else event.whistle_id)
    grid = entry.grid if entry else ""
    if not grid and row is not None:
        grid = row.whistle.grid
    if not grid and isinstance(named := event.payload.get("grid"), str):
        grid = named
    return LogLine(
        event, event.occurred_at, event.occurred_precision, entry, row.whistle.number if row else "",
        row.title if row else "", grid, undone=entry is not None and not entry.counts,
    )  # fmt: skip


def _rows(reads: Reads, ids: Iterable[UUID | None]) -> Mapping[UUID | None, BoardRow]:
    return {row.whistle.id: row for row in reads.rows(sorted({id_ for id_ in ids if id_ is not None}))}


def _says_something(line: LogLine) -> bool:
    """Of the answers of a round only problems are news."""
    return line.event.kind is not EventKind.ROUND_ANSWERED or bool(line.problems)


def _together(lines: Iterable[LogLine]) -> Iterator[LogLine]:
    """The same with one line for each reminder."""
    kept: list[LogLine] = []
    place: dict[object, int] = {}
    for line in lines:
        notice = line.event.payload.get("notice") if line.event.kind in OF_NOTICES else None
        if notice is not None and notice in place:
            first = kept[place[notice]]
            kept[place[notice]] = replace(first, more=(*first.more, line.event))
            continue
        if notice is not None:
            place[notice] = len(kept)
        kept.append(line)
    return iter(kept)


class _Walks:
    """What rounds are called, each read once."""

    def __init__(self, reads: Reads, rules: PatrolRules) -> None:
        self._reads = reads
        self._rules = rules
        self._known: dict[UUID, RoundLine | None] = {}

    def told(self, line: LogLine) -> LogLine:
        """The line with the name of its round, its grid, and the problems it tells of."""
        kind, _, digits = line.event.stream.partition("/")
        if kind != "round":
            return line
        round_id = UUID(digits)
        if round_id not in self._known:
            self._known[round_id] = self._reads.rounds.line(round_id)
        found = self._known[round_id]
        if found is None:
            return line
        problems = tuple(self._problems(line.event, found)) if line.event.kind is EventKind.ROUND_ANSWERED else ()
        return replace(line, walk=self._name(found), grid=line.grid or found.grid, problems=problems)

    def _name(self, found: RoundLine) -> Name:
        book = self._rules.version(self._reads, found.rules_version)
        route, template = book.routes.get(found.route), book.templates.get(found.template)
        return route.name if route else template.name if template else Name(found.template)

    def _problems(self, event: Event, found: RoundLine) -> Iterator[Problem]:
        template = self._rules.version(self._reads, found.rules_version).templates.get(found.template)
        names = {question.id: question.name for question in template.questions} if template else {}
        for (point, question), answer in answers_of(event):
            if answer.verdict is Verdict.PROBLEM:
                yield Problem(point, names.get(question, Name(question)), answer.text)
