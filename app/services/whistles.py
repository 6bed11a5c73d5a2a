"""The whistle's use cases: load the history, decide, fold, save, in one transaction (design 2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from app.domain.decision import Around
from app.domain.dues import Due
from app.domain.effective import effective
from app.domain.errors import Conflict, DuplicateFound, NotFound
from app.domain.events import Event, EventKind, assignment_stream, whistle_stream
from app.domain.facts import Facts
from app.domain.fold import rebuild
from app.domain.intent import Intent
from app.domain.lifecycle import decide, possible
from app.domain.message import Message
from app.domain.moves import BY_ACTION, Action, Move
from app.domain.permissions import standing
from app.domain.reports import NONE_YET, Reporting
from app.domain.street_index import StreetIndex
from app.domain.text import clean
from app.domain.whistle import BOARD_STATES, Case, Whistle, WhistleState
from app.services.policies import Policies
from app.services.ports import BoardRow, Clock, Reads, Store, Writes
from app.services.reports import logged_about, reporting_of
from app.services.requests import earlier
from app.services.streets import Streets
from app.services.telling import Moment, no_longer_true, withdraw

ACKNOWLEDGING = frozenset({EventKind.ACKNOWLEDGED, EventKind.EN_ROUTE, EventKind.REPORTED_IN})
"""Who sets out or comes on site has heard."""

LEAVES: Mapping[Action, frozenset[EventKind]] = {
    Action.BLOW: frozenset({EventKind.BLOWN, EventKind.DRAFTED, EventKind.DUPLICATE_REPORTED, EventKind.JOINED}),
    Action.DRAFT: frozenset({EventKind.DRAFTED, EventKind.BLOWN, EventKind.DUPLICATE_REPORTED}),
}
"""What a request to blow or to save may have left, when it was not a whistle of its own: one report, one number."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action came to: the case as it stands now and the event, new or already known."""

    case: Case
    event: Event
    already_known: bool = False
    """The same request, report or acknowledgement was there before; nothing was written twice."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything a detail shows of one case, read in one snapshot."""

    case: Case
    row: BoardRow
    events: tuple[Event, ...]
    """In commit order, words included."""
    words: Mapping[UUID, Mapping[str, str]]
    """Typed texts by words id."""
    possible: tuple[Move, ...]
    reports: Reporting = NONE_YET
    """Reports up the line: which went up, which is due."""
    logged: tuple[Event, ...] = ()
    """Entries of the shift log about it; they are no entries of its own."""

    @property
    def timeline(self) -> tuple[Event, ...]:
        """Everything that is read as its history: its own entries, and those of the shift log about it."""
        return (*self.events, *self.logged) if self.logged else self.events


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Whether a report that looks like an open case is joined, new, or still to be decided (decisions 17)."""

    into: UUID | None = None
    is_new: bool = False


Joined = Callable[[Writes, str, UUID, Event], None]


class Whistles:
    """All actions on cases. Every call is one transaction; errors are ``WanggeError`` with nothing written."""

    def __init__(
        self, store: Store, clock: Clock, policies: Policies, streets: Streets, joined: Joined | None = None
    ) -> None:  # fmt: skip
        """``joined`` is told of every report that joins a case: its source number, the case, and the entry there."""
        self._joined = joined
        self._store = store
        self._clock = clock
        self._policies = policies
        self._streets = streets

    # -- asking ------------------------------------------------------------------------------
    def find(self, number: str) -> UUID:
        """The id behind a number as people write it; NotFound otherwise."""
        with self._store.read() as reads:
            return self._found(reads, number)

    def file(self, whistle_id: UUID) -> CaseFile:
        """One case with timeline and words; NotFound when it does not exist."""
        with self._store.read() as reads:
            case, row, events = reads.case(whistle_id), reads.row(whistle_id), reads.events_of(whistle_id)
            plan = reads.current_policy_version()
            logged = logged_about(reads, case.whistle) if case else ()
        if case is None or row is None:
            raise NotFound(Message("There is no such case."))
        words = {event.words_id: event.words for event in events if event.words_id is not None}
        reports = reporting_of(case.whistle, events, self._policies)
        return CaseFile(case, row, events, words, possible(case, plan), reports, logged)

    def look_alikes(self, facts: Facts) -> tuple[BoardRow, ...]:
        """Open cases that may be the same matter: same grid, type and landmark within the policy's span."""
        with self._store.read() as reads:
            return self._look_alikes(reads, facts)

    # -- acting ------------------------------------------------------------------------------
    def blow(self, intent: Intent, look_alike: LookAlike | None = None) -> Outcome:
        """Blow a new whistle, or save it as a draft (``Action.DRAFT``).

        The same source number joins by itself; a look-alike is refused with its candidates unless
        ``look_alike`` says join or new (decisions 17).
        """
        choice = look_alike or LookAlike()

        def work(writes: Writes) -> Outcome:
            known = self._known(writes, intent)
            if known is not None:
                return known
            facts = intent.args.get("facts")
            if isinstance(facts, Facts):
                into = self._same_report(writes, facts, choice)
                if into is not None:
                    return self._again(writes, into, facts, intent)
            return self._apply(writes, new_case_id(intent.request_id), intent)

        return self._store.write(work)

    def act(self, whistle_id: UUID, intent: Intent, look_alike: LookAlike | None = None) -> Outcome:
        """Do one action to a case. A second acknowledgement is recorded once and is no error (behaviours 5).

        A draft that is blown is compared with the open cases as a new whistle is: see ``blow``.
        """

        def work(writes: Writes) -> Outcome:
            known = self._known(writes, intent)
            if known is not None:
                if known.case.whistle.id != whistle_id:
                    raise Conflict(Message("This request number was used for something else."))
                return known
            if intent.action is Action.ACKNOWLEDGE:
                again = self._acknowledged_before(writes, whistle_id, intent)
                if again is not None:
                    return again
            if intent.action is Action.BLOW:
                into = self._same_as_draft(writes, whistle_id, intent, look_alike or LookAlike())
                if into is not None:
                    return self._join(writes, whistle_id, replace(intent, action=Action.JOIN, args={"into": into}))
            if intent.action is Action.JOIN:
                return self._join(writes, whistle_id, intent)
            return self._apply(writes, whistle_id, intent)

        return self._store.write(work)

    # -- how ---------------------------------------------------------------------------------
    def _apply(
        self, writes: Writes, whistle_id: UUID, intent: Intent, other: Whistle | None = None, source: str = ""
    ) -> Outcome:  # fmt: skip
        events = writes.events_of(whistle_id)
        case = self._case(events) if events else None
        if case is None and intent.action not in (Action.DRAFT, Action.BLOW):
            raise NotFound(Message("There is no such case."))
        around = replace(self._around(writes, case, events), other=other)
        event = decide(case, whistle_id, intent, around)
        if source:
            event = replace(event, payload={**event.payload, "source_number": source})
        return self._store_event(writes, events, event)

    def _again(self, writes: Writes, into: UUID, facts: Facts, intent: Intent) -> Outcome:
        """The same report again, on the timeline of the case it joins; both sides know of the other."""
        source = clean(facts.source_number, one_line=True)
        intent = replace(intent, action=Action.DUPLICATE, args={"said": _title(facts)})
        outcome = self._apply(writes, into, intent, source=source)
        if source and self._joined is not None:
            self._joined(writes, source, into, outcome.event)
        return outcome

    def _store_event(self, writes: Writes, events: tuple[Event, ...], event: Event) -> Outcome:
        if event.words and event.words_id is None:
            event = replace(event, words_id=uuid5(event.id, "words"))
        stored = writes.append([event])
        case, dues = rebuild([*events, *stored], self._policies.version)
        writes.save_case(case, dues)
        self._end_notices(writes, case, dues, undone=event.kind is EventKind.UNDONE)
        return Outcome(case, stored[-1])

    def _end_notices(self, writes: Writes, case: Case, dues: Sequence[Due], *, undone: bool) -> None:
        """What was told of the case and is no longer so needs no answer; what an undo made untrue is corrected."""
        live = writes.duty.notices_of(case.whistle.id, live=True)
        over = no_longer_true(live, dues)
        if over:
            withdraw(writes, over, Moment(self._clock.now(), self._clock.wall()), untrue=undone)

    def _case(self, events: tuple[Event, ...]) -> Case:
        return rebuild(events, self._policies.version)[0]

    def _around(self, reads: Writes, case: Case | None, events: tuple[Event, ...]) -> Around:
        current = reads.current_policy_version()
        policy = self._policies.version(case.whistle.policy_version if case else current)
        now = self._clock.now()
        day = now.astimezone(policy.calendar.zone).date()
        return Around(
            now=now,
            policy=policy,
            street=self._street(reads),
            events=events,
            next_number=lambda: reads.next_number(day),
            current_policy_version=current,
        )

    def _street(self, reads: Reads) -> StreetIndex:
        return self._streets.index(reads)

    def _known(self, reads: Reads, intent: Intent) -> Outcome | None:
        """The outcome of an earlier call with the same request id."""
        event = earlier(
            reads, intent.request_id, intent.actor, LEAVES.get(intent.action, {BY_ACTION[intent.action].event})
        )
        if event is None:
            return None
        case = reads.case(event.whistle_id) if event.whistle_id else None
        if case is None:
            raise NotFound(Message("There is no such case."))
        return Outcome(case, event, already_known=True)

    def _acknowledged_before(self, reads: Reads, whistle_id: UUID, intent: Intent) -> Outcome | None:
        case = reads.case(whistle_id)
        mine = case.current(intent.text("department")) if case else None
        if case is None or mine is None or mine.acknowledged_at is None:
            return None
        standing(
            BY_ACTION[Action.ACKNOWLEDGE], intent.actor, intent.on_behalf_of, intent.channel, case.whistle.grid,
            mine.department, self._street(reads),
        )  # fmt: skip
        stream = assignment_stream(whistle_id, mine.department, mine.nth)
        heard = [e for e in effective(reads.events_of(whistle_id)) if e.stream == stream and e.kind in ACKNOWLEDGING]
        return Outcome(case, heard[0], already_known=True) if heard else None

    def _same_report(self, reads: Reads, facts: Facts, choice: LookAlike, *, but: UUID | None = None) -> UUID | None:
        number = clean(facts.source_number, one_line=True)
        if number:
            for whistle in reads.by_source_number(number):
                if whistle.state in BOARD_STATES and whistle.id != but:
                    return whistle.id
        if choice.into is not None or choice.is_new:
            return choice.into
        candidates = [row for row in self._look_alikes(reads, facts) if row.whistle.id != but]
        if candidates:
            numbers = tuple(row.whistle.number or row.whistle.id.hex[:8] for row in candidates)
            raise DuplicateFound(
                Message("This looks like {cases}: join it, or say that it is a new matter.", {"cases": numbers}),
                numbers,
            )
        return None

    def _same_as_draft(self, reads: Reads, whistle_id: UUID, intent: Intent, choice: LookAlike) -> UUID | None:
        """The open case that a draft about to be blown is the same matter as; asked of drafts only."""
        case = reads.case(whistle_id)
        if case is None or case.whistle.state is not WhistleState.DRAFT:
            return None
        facts = intent.args.get("facts")
        if not isinstance(facts, Facts):
            whistle = case.whistle
            facts = Facts(whistle.kind, whistle.grid, {}, place=whistle.place, matter=whistle.matter,
                          source_number=whistle.source_number, occurred_at=whistle.occurred_at)  # fmt: skip
        return self._same_report(reads, facts, choice, but=whistle_id)

    def _look_alikes(self, reads: Reads, facts: Facts) -> tuple[BoardRow, ...]:
        if not facts.matter and not facts.place:
            return ()
        policy = self._policies.version(reads.current_policy_version())
        since = (facts.occurred_at or self._clock.now()) - policy.duplicate_within
        return reads.look_alikes(facts.grid, facts.matter, facts.place, since)

    def _join(self, writes: Writes, whistle_id: UUID, intent: Intent) -> Outcome:
        """Join a case into another; who does it must have a say in both."""
        into = intent.args.get("into")
        events = writes.events_of(into) if isinstance(into, UUID) else ()
        other = self._case(events).whistle if events else None
        outcome = self._apply(writes, whistle_id, intent, other)
        if other is not None:
            standing(
                BY_ACTION[Action.DUPLICATE], intent.actor, intent.on_behalf_of, intent.channel, other.grid, "",
                self._street(writes),
            )  # fmt: skip
            self._tell_the_other(writes, outcome, intent, other, events)
        return outcome

    def _tell_the_other(
        self, writes: Writes, outcome: Outcome, intent: Intent, other: Whistle, events: tuple[Event, ...]
    ) -> None:
        """A joined case leaves its entry on the timeline of the case it joined."""
        event = Event(
            id=uuid5(intent.request_id, "joined"),
            stream=whistle_stream(other.id),
            stream_version=other.version + 1,
            kind=EventKind.DUPLICATE_REPORTED,
            payload={"from": outcome.case.whistle.id.hex, "from_number": outcome.case.whistle.number},
            actor=intent.actor.member,
            role=outcome.event.role,
            on_behalf_of=intent.on_behalf_of,
            channel=intent.channel,
            occurred_at=outcome.event.occurred_at,
            recorded_at=outcome.event.recorded_at,
            whistle_id=other.id,
            station=intent.actor.station,
        )
        self._store_event(writes, events, event)

    @staticmethod
    def _found(reads: Reads, number: str) -> UUID:
        found = reads.find(number.strip())
        if found is None:
            raise NotFound(Message("There is no case {number}.", {"number": number.strip()}))
        return found


def new_case_id(request_id: UUID) -> UUID:
    """The id of the case a request creates: derived, so that a repeated request names the same case."""
    return uuid5(request_id, "whistle")


def _title(facts: Facts) -> str:
    return facts.texts.get("title", "")
