"""The shift log: entries in one line, corrected by new ones; what else happened stands in it by itself (domain 6.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from app.domain.actor import Actor
from app.domain.errors import BadInput, Conflict, IllegalMove, NotFound
from app.domain.events import Event, EventKind, Json
from app.domain.local_time import AHEAD
from app.domain.message import Message
from app.domain.org import Role, Shift
from app.domain.shift_log import COLUMNS, LOG_CAP, LogEntry, LogLine, LogSource, LogState
from app.domain.street_index import StreetIndex
from app.domain.text import accept, looks_personal
from app.domain.whistle import Precision
from app.services.flood_entries import role_of
from app.services.log_lines import lines_in
from app.services.patrol_rules import PatrolRules
from app.services.ports import Clock, Reads, Store, Writes
from app.services.requests import earlier
from app.services.streets import Streets

WRITES = (Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.STREET_ADMIN, Role.GRID_LEADER, Role.GRID_MEMBER)
"""Who keeps the log: the desk of the street, or of a grid station (domain 2.10)."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as it is typed, before it is kept."""

    texts: Mapping[str, str]
    """By column of ``shift_log.COLUMNS``; ``content`` must be there."""
    source: LogSource = LogSource.DESK
    state: LogState = LogState.NOTED
    at: datetime | None = None
    """When it happened; None = now."""
    precision: Precision = Precision.EXACT
    grid: str = ""
    place: str = ""
    whistle_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class LogPage:
    """A stretch of the log, [since, until): its lines, the earliest first, each event once."""

    since: datetime
    until: datetime
    shift: Shift | None
    """The shift it is the log of; None where the roster has none."""
    lines: tuple[LogLine, ...]
    open: tuple[LogEntry, ...]
    """Entries of the whole log that somebody must still see to."""


class ShiftLog:
    """Every call is one transaction. Errors are ``WanggeError``."""

    def __init__(self, store: Store, clock: Clock, streets: Streets, rules: PatrolRules) -> None:
        self._store = store
        self._clock = clock
        self._streets = streets
        self._rules = rules

    # -- reading -------------------------------------------------------------------------------
    def page(self, *, shift: str = "", since: datetime | None = None, until: datetime | None = None) -> LogPage:
        """The log of a shift by its code, of a stretch of time, or of the shift that runs now.

        Where the roster has no shift now: of the last 24 hours. NotFound for an unknown shift.
        """
        now = self._clock.now()
        with self._store.read() as reads:
            if since is not None:
                end = until or now + AHEAD
                return self._page(reads, _only(reads.shifts_in(since, end), since, end), since, end)
            found = reads.shift(shift) if shift else reads.shift_at(now)
            if found is None and shift:
                raise NotFound(Message("There is no shift {code}.", {"code": shift}))
            if found is None:
                return self._page(reads, None, now - DAY, now + AHEAD)
            return self._page(reads, found, found.starts_at, found.ends_at)

    def beside(self, page: LogPage, step: int) -> LogPage | None:
        """The log of the shift before (``-1``) or after (``1``) this one, the gap between two shifts as well."""
        with self._store.read() as reads:
            if step < 0:
                until = page.since
                found = reads.shifts_in(until - 31 * DAY, until)
                last = max((one for one in found if one.starts_at < until), key=lambda one: one.ends_at, default=None)
                if last is None:
                    return None
                if last.ends_at < until:
                    return self._page(reads, None, last.ends_at, until)
                return self._page(reads, last, last.starts_at, min(last.ends_at, until))
            since = page.until
            if since > self._clock.now():
                return None
            found = reads.shifts_in(since, since + 31 * DAY)
            after = min((one for one in found if one.ends_at > since), key=lambda one: one.starts_at, default=None)
            if after is None or after.starts_at > since:
                end = after.starts_at if after else self._clock.now() + AHEAD
                return self._page(reads, None, since, max(end, since + timedelta(seconds=1)))
            return self._page(reads, after, since, after.ends_at)

    def find(self, text: str) -> LogEntry:
        """An entry by its number, ``12`` or ``#12``; NotFound."""
        digits = text.strip().lstrip("#＃")
        found = None
        if digits.isdecimal() and len(digits) < 9:
            with self._store.read() as reads:
                found = reads.log.numbered(int(digits))
        if found is None:
            raise NotFound(Message("There is no entry {number} in the log.", {"number": text.strip()}))
        return found

    def open_entries(self) -> tuple[LogEntry, ...]:
        """What somebody must still see to, the oldest first."""
        with self._store.read() as reads:
            return reads.log.open_entries()

    def _page(self, reads: Reads, shift: Shift | None, since: datetime, until: datetime) -> LogPage:
        return LogPage(since, until, shift, lines_in(reads, self._rules, since, until), reads.log.open_entries())

    # -- writing -------------------------------------------------------------------------------
    def add(self, actor: Actor, request_id: UUID, told: Told, *, corrects: UUID | None = None) -> LogEntry:
        """Keep an entry. ``corrects`` = the entry that it puts right, which then counts no more.

        BadInput for what cannot be kept, Conflict when that entry was put right or closed meanwhile.
        """
        texts = _kept(told.texts)

        def work(writes: Writes) -> LogEntry:
            if earlier(writes, request_id, actor, {EventKind.LOGGED}) is not None:
                found = writes.log.entry(request_id)
                if found is None:
                    raise NotFound(Message("There is no such entry in the log."))
                return found
            street, now = self._streets.index(writes), self._clock.now()
            before = _corrected(writes, corrects, street) if corrects is not None else None
            at = told.at or (before.at if before else now)
            if at > now + AHEAD:
                raise BadInput(Message("{at} has not come yet; it is {now}.", {"at": at, "now": now}), "at")
            role = role_of(actor, WRITES, street)
            grid = _grid(told, street)
            shift = writes.shift_at(now)
            entry = LogEntry(
                request_id, writes.log.next_number(), 1, told.source, told.state, at, told.precision, now,
                actor.member, shift.code if shift else "", grid, told.place, told.whistle_id, corrects,
                closed_at=at if told.state is LogState.CLOSED else None,
                closed_by=actor.member if told.state is LogState.CLOSED else "", texts=texts,
            )  # fmt: skip
            payload: dict[str, Json] = {
                "number": entry.number, "source": entry.source.value, "state": entry.state.value, "grid": grid,
                "place": told.place, "case": told.whistle_id.hex if told.whistle_id else "",
            }  # fmt: skip
            event = Event(
                request_id, f"log/{request_id.hex}", 1, EventKind.LOGGED, payload, actor.member, role, at, now,
                words=texts, words_id=uuid5(request_id, "words"), occurred_precision=told.precision,
                corrects=corrects, station=actor.station,
            )  # fmt: skip
            writes.append([event])
            writes.log.add_entry(entry, uuid5(request_id, "words"))
            return entry

        return self._store.write(work)

    def close(
        self, actor: Actor, request_id: UUID, entry_id: UUID, result: str = "", at: datetime | None = None
    ) -> LogEntry:
        """An open entry was seen to: what came of it. IllegalMove for one that is not open."""
        texts = _kept({"result": result}, content=False)

        def work(writes: Writes) -> LogEntry:
            entry = writes.log.entry(entry_id)
            if entry is None:
                raise NotFound(Message("There is no such entry in the log."))
            if earlier(writes, request_id, actor, {EventKind.LOG_CLOSED}) is not None:
                return entry
            if entry.state is not LogState.OPEN or not entry.counts:
                raise IllegalMove(Message("Entry {number} is not open.", {"number": entry.number}))
            now = self._clock.now()
            when = at or now
            if when > now + AHEAD:
                raise BadInput(Message("{at} has not come yet; it is {now}.", {"at": when, "now": now}), "at")
            if when < entry.at:
                raise BadInput(Message("It was written for {at}, later.", {"at": entry.at}), "at")
            role = role_of(actor, WRITES, self._streets.index(writes))
            after = replace(entry, state=LogState.CLOSED, version=entry.version + 1, closed_at=when,
                            closed_by=actor.member, closing=texts)  # fmt: skip
            words_id = uuid5(request_id, "words") if texts else None
            writes.append([Event(
                request_id, f"log/{entry.id.hex}", entry.version + 1, EventKind.LOG_CLOSED, {"number": entry.number},
                actor.member, role, when, now, words=texts, words_id=words_id, station=actor.station,
            )])  # fmt: skip
            writes.log.close_entry(after, words_id)
            return after

        return self._store.write(work)


def _only(shifts: Sequence[Shift], since: datetime, until: datetime) -> Shift | None:
    """The shift that a stretch of time is; None for any other stretch."""
    return next((one for one in shifts if one.starts_at <= since and one.ends_at >= until), None)


def _kept(texts: Mapping[str, str], *, content: bool = True) -> dict[str, str]:
    """Texts as they are kept; BadInput for one that is missing, too long, or holds a personal number."""
    kept = {name: accept(text, LOG_CAP, name, one_line=True) for name, text in texts.items() if name in COLUMNS}
    kept = {name: text for name, text in kept.items() if text}
    if content and not kept.get("content"):
        raise BadInput(Message("{what} is missing.", {"what": Message("Content")}), "content")
    for name, text in kept.items():
        if name != "phone" and looks_personal(text):
            said = Message("This looks like an identity or phone number; leave it out of the text.")
            raise BadInput(said, name)
    return kept


def _corrected(writes: Writes, entry_id: UUID, street: StreetIndex) -> LogEntry:
    before = writes.log.entry(entry_id)
    if before is None:
        raise NotFound(Message("There is no such entry in the log."))
    if not before.counts:
        by = writes.log.entry(before.corrected_by) if before.corrected_by else None
        raise Conflict(Message(
            "Entry {number} was put right already, by {who} in entry {other}.",
            {"number": before.number, "who": street.label(by.by) if by else "", "other": by.number if by else 0},
        ))  # fmt: skip
    return before


def _grid(told: Told, street: StreetIndex) -> str:
    if told.place and told.place not in street.places:
        raise BadInput(Message("There is no place {code}.", {"code": told.place}), "place")
    grid = told.grid or (street.places[told.place].grid if told.place else "")
    if grid and grid not in street.units:
        raise BadInput(Message("There is no grid {code}.", {"code": grid}), "grid")
    return grid
