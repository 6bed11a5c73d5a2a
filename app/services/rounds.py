"""Walking a round: begun, answered as it is told, ended (domain 4.3, 4.4, 5; behaviours 16–18)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from app.domain.actor import Actor, Channel
from app.domain.checklist import Answer
from app.domain.errors import BadInput, IllegalMove, NotFound
from app.domain.events import Event, EventKind, Json
from app.domain.local_time import AHEAD
from app.domain.message import Message
from app.domain.patrol_book import PatrolBook
from app.domain.permissions import records_in
from app.domain.radio import LONGEST_LINE
from app.domain.repeats import FoundProblem, found_problems, nth_times
from app.domain.round import (
    Item,
    Round,
    Walk,
    answer_words,
    answers_payload,
    fold_round,
    round_stream,
)
from app.domain.round_file import RoundFile, RoundLine
from app.domain.settled import Finding, finding_payload, finding_words
from app.domain.street_index import StreetIndex
from app.domain.text import NOTE_CAP, TITLE_CAP, clean, normalise_width, within
from app.domain.together import together
from app.services.finding_links import finding_of_source, whistles_of_round
from app.services.gauges import Gauges
from app.services.patrol_rules import PatrolRules
from app.services.planned import begun, chosen, ended, heard_from, next_check_in, planned_for
from app.services.planning import Planner
from app.services.policies import Policies
from app.services.ports import Clock, Reads, Store, Writes
from app.services.requests import earlier
from app.services.round_checks import able_to_walk, named_missing, still_under_way, walk_along
from app.services.streets import Streets
from app.services.telling import Moment

_FULL = re.compile(r"R-\d{8}-\d{2,}")
_SPOKEN = re.compile(r"(?:R|巡)?(?P<number>\d{4}-\d{2,})")


@dataclass(frozen=True, slots=True)
class Told:
    """Who recorded something, for whom, how and when it was told; ``by`` empty = who acts, ``at`` None = now."""

    actor: Actor
    request_id: UUID
    by: str = ""
    channel: Channel = Channel.TERMINAL
    at: datetime | None = None


class Rounds:
    """Every call is one transaction: what is recorded is on the disk; errors are ``WanggeError``, nothing written."""

    def __init__(
        self, store: Store, clock: Clock, policies: Policies, streets: Streets, rules: PatrolRules, planner: Planner,
        gauges: Gauges,
    ) -> None:  # fmt: skip
        self._store = store
        self._clock = clock
        self._policies = policies
        self._streets = streets
        self._rules = rules
        self._planner = planner
        self._gauges = gauges

    # -- reading -----------------------------------------------------------------------------
    def find(self, text: str) -> UUID:
        """A round by ``R-20200702-01``, ``0702-01``, ``R0702-01`` or ``巡0702-01``; NotFound."""
        wanted = normalise_width(text).strip().upper()
        spoken = _SPOKEN.fullmatch(wanted)
        year = self._clock.now().astimezone(self._policies.current().calendar.zone).year
        numbers = [f"R-{year - back}{spoken['number']}" for back in (0, 1)] if spoken else []
        with self._store.read() as reads:
            for number in [wanted] if _FULL.fullmatch(wanted) else numbers:
                found = reads.rounds.by_number(number)
                if found is not None:
                    return found
        raise NotFound(Message("There is no round {number}.", {"number": text.strip()}))

    def file(self, round_id: UUID) -> RoundFile:
        """A round with everything; NotFound."""
        with self._store.read() as reads:
            return self._file(reads, round_id)

    def under_way(self) -> tuple[RoundLine, ...]:
        """Rounds that are being walked, the longest first."""
        with self._store.read() as reads:
            return reads.rounds.under_way()

    def since(self, since: datetime) -> tuple[RoundLine, ...]:
        """Rounds begun since an instant, the latest first."""
        with self._store.read() as reads:
            return reads.rounds.since(since)

    def problems(self, since: datetime) -> tuple[FoundProblem, ...]:
        """Problems found since an instant, the latest first."""
        with self._store.read() as reads:
            return reads.rounds.problems_since(since)

    def times_of(self, problems: Sequence[FoundProblem]) -> tuple[int, ...]:
        """The how many-th time each of them is, within what the policy calls a repeat."""
        with self._store.read() as reads:
            within = self._within(reads)
            found = [nth_times([one], reads.rounds.problems_alike(one, one.at - within), within) for one in problems]
        return tuple(times.get(one.item, 1) for one, times in zip(problems, found, strict=True))

    def whistles_of(self, problems: Sequence[FoundProblem]) -> tuple[str, ...]:
        """The number of the whistle that each of them became; empty where it became none."""
        with self._store.read() as reads:
            files = {round_id: self._file(reads, round_id) for round_id in {one.round_id for one in problems}}
        cases = [files[one.round_id].whistles.get(one.item) for one in problems]
        return tuple(case.number if case is not None else "" for case in cases)

    def walk_of(self, line: RoundLine) -> Walk:
        """What a listed round asks, by the rules it began with."""
        return self.walks_of([line])[line.id]

    def walks_of(self, lines: Sequence[RoundLine]) -> Mapping[UUID, Walk]:
        """What listed rounds ask, each by the rules it began with."""
        with self._store.read() as reads:
            street = self._streets.index(reads)
            books = {line.id: self._rules.version(reads, line.rules_version) for line in lines}
            return {line.id: walk_along(books[line.id], line.template, line.route, line.grid, street) for line in lines}

    def _file(self, reads: Reads, round_id: UUID) -> RoundFile:
        events = reads.rounds.events(round_id)
        if not events:
            raise NotFound(Message("There is no such round."))
        found = fold_round(events)
        book = self._rules.version(reads, found.rules_version)
        walk = walk_along(book, found.template, found.route, found.grid, self._streets.index(reads))
        whistles = whistles_of_round(reads, found, events)
        return RoundFile(found, walk, events, whistles, *self._times(reads, found, walk),
                         reads.rounds.planned_of(round_id))  # fmt: skip

    # -- walking -----------------------------------------------------------------------------
    def start(
        self, told: Told, template: str, grid: str, team: Sequence[str], *, route: str = "", alone: str = "",
        due: UUID | None = None, voluntary: bool = False,
    ) -> RoundFile:  # fmt: skip
        """Begin a round through a grid, along a route if one is named; ``team``: member codes, who leads it first.

        So many walk together as night, posture and plans ask for; ``alone`` is the reason where fewer go (domain 4.2,
        4.4). It is the round that is due there, if one is, or the planned round ``due``;
        ``voluntary`` = it is another one.
        """
        round_id = uuid5(told.request_id, "round")
        members = tuple(dict.fromkeys(team))

        def work(writes: Writes) -> RoundFile:
            if earlier(writes, told.request_id, told.actor, {EventKind.ROUND_STARTED}) is not None:
                return self._file(writes, round_id)
            street = self._streets.index(writes)
            if grid not in {unit.code for unit in street.grids}:
                raise BadInput(Message("There is no grid {code}.", {"code": grid}), "grid")
            book = self._rules.settled(writes)
            walk = walk_along(book, template, route, grid, street)
            if route and walk.route.grid != grid:
                raise BadInput(Message("{route} leads through {grid}.", {
                    "route": walk.route.name, "grid": street.label(walk.route.grid)}), "route")  # fmt: skip
            able_to_walk(members, street)
            at = self._when(told)
            zone = self._policies.version(writes.current_policy_version()).calendar.zone
            why = clean(within(alone, NOTE_CAP, "reason"), one_line=True)
            posture = self._planner.guard(writes, self._clock.now()).posture
            wanted = together(self._planner.plans(writes, book), posture, book.night, at.astimezone(zone),
                              template=template, grid=grid, route=route)  # fmt: skip
            few = len(members) < wanted.n
            if few and not why:
                raise BadInput(wanted.lacking, "team")
            planned = None
            if not voluntary:
                way = (template, route, grid, at, book)
                planned = chosen(writes, due, *way) if due is not None else planned_for(writes, *way)
            number = writes.rounds.next_number(at.astimezone(zone).date())
            payload: dict[str, Json] = {
                "number": number, "template": template, "route": route, "grid": grid, "rules": book.version,
                "team": list[Json](members), "few": few, "planned": planned.id.hex if planned else None,
            }  # fmt: skip
            event = self._event(told, street, round_id, 1, EventKind.ROUND_STARTED, payload,
                                {"alone": why} if why else {}, grid, members, at)  # fmt: skip
            after = self._kept(writes, RoundFile(fold_round([event]), walk, ()), event, book)
            if planned is not None:
                begun(writes, planned, after.round, self._moment())
            return replace(after, due=writes.rounds.planned_of(round_id))

        return self._store.write(work)

    def answer(
        self, told: Told, round_id: UUID, answers: Mapping[Item, Answer], *, said: str = "", noted: bool = False,
        sure: bool = False,
    ) -> RoundFile:  # fmt: skip
        """Record answers, each to a question that is asked at its point; ``said`` is the radio line as typed.

        A later answer to the same question is the one that stands; the earlier one stays in the entries. ``noted`` =
        only the words beside it are new: its time, and what was decided about a problem, stay as they are. Doubtful,
        and nothing written, where a gauge's reading looks like a slip and nobody is ``sure`` of it.
        """

        def work(writes: Writes) -> RoundFile:
            file = self._file(writes, round_id)
            if earlier(writes, told.request_id, told.actor, {EventKind.ROUND_ANSWERED}) is not None:
                return file
            still_under_way(file.round)
            if not answers:
                raise BadInput(Message("{what} is missing.", {"what": Message("Answer")}), "answers")
            for point, question in answers:
                if file.walk.find((point, question)) is None:
                    raise BadInput(Message("{id} is not asked at point {n}.", {"id": question, "n": point}), "answers")
            line = clean(within(said, LONGEST_LINE, "note"), one_line=True)
            words = answer_words(answers) | ({"line": line} if line else {})
            after = self._recorded(writes, told, file, EventKind.ROUND_ANSWERED,
                                   {"answers": answers_payload(answers), **({"noted": True} if noted else {})},
                                   words)  # fmt: skip
            if not noted:  # what the gauge shows was said before
                self._gauges.heard(writes, after, answers, sure=sure)
            return after

        return self._store.write(work)

    def end(self, told: Told, round_id: UUID, *, reason: str = "") -> RoundFile:
        """End a round: finished when everything was answered, else incomplete with a ``reason`` (behaviours 16)."""

        def work(writes: Writes) -> RoundFile:
            file = self._file(writes, round_id)
            if earlier(writes, told.request_id, told.actor, {EventKind.ROUND_ENDED}) is not None:
                return file
            still_under_way(file.round)
            why = clean(within(reason, NOTE_CAP, "reason"), one_line=True)
            if file.missing and not why:
                raise BadInput(
                    Message("Not answered yet: {missing}. Answer it, or say why it stays open.",
                            {"missing": named_missing(file.missing)}), "reason")  # fmt: skip
            missing: list[Json] = [{"point": point.number, "question": one.id} for point, one in file.missing]
            payload: dict[str, Json] = {"complete": not missing, "missing": missing}
            words = {"reason": why} if why else {}
            after = self._recorded(writes, told, file, EventKind.ROUND_ENDED, payload, words)
            ended(writes, after.round, after.walk, self._moment())
            return replace(after, due=writes.rounds.planned_of(round_id))

        return self._store.write(work)

    def check_in(self, told: Told, round_id: UUID, *, said: str = "") -> RoundFile:
        """The team is well: heard of by whoever is told so (domain 4.4)."""

        def work(writes: Writes) -> RoundFile:
            file = self._file(writes, round_id)
            if earlier(writes, told.request_id, told.actor, {EventKind.ROUND_CHECKED_IN}) is not None:
                return file
            still_under_way(file.round)
            words = clean(within(said, NOTE_CAP, "said"), one_line=True)
            return self._recorded(
                writes, told, file, EventKind.ROUND_CHECKED_IN, {}, {"said": words} if words else {}
            )  # fmt: skip

        return self._store.write(work)

    def settle(self, told: Told, round_id: UUID, item: Item, finding: Finding) -> RoundFile:
        """Record what was decided about a problem: how grave, who is exposed, solved on the spot or not.

        Also once the round is over; said again, the last word stands. BadInput where nothing is a problem,
        IllegalMove where it is said to be solved on the spot and is a whistle already.
        """

        def work(writes: Writes) -> RoundFile:
            file = self._file(writes, round_id)
            if earlier(writes, told.request_id, told.actor, {EventKind.FINDING_SETTLED}) is not None:
                return file
            if item not in file.round.problems:
                raise BadInput(Message("What was answered there is no problem."), "question")
            if finding.handled and item in file.whistles:
                raise IllegalMove(Message("It is whistle {number} already: close that instead.",
                                          {"number": file.whistles[item].number[6:]}))  # fmt: skip
            words = {name: clean(within(text, TITLE_CAP if name == "place" else NOTE_CAP, name), one_line=True)
                     for name, text in finding_words(finding).items()}  # fmt: skip
            payload: dict[str, Json] = {"point": item[0], "question": item[1], **finding_payload(finding)}
            return self._recorded(writes, told, file, EventKind.FINDING_SETTLED, payload, words)

        return self._store.write(work)

    def joined(self, writes: Writes, source: str, whistle_id: UUID, entry: Event) -> None:
        """Part of joining a report to an open case: where the report is a finding, its round knows the case too.

        ``entry`` is what the case says of it: who joined it, how and when.
        """
        found = finding_of_source(writes, source)
        if found is None:
            return
        file, item = self._file(writes, found[0]), found[1]
        case = file.whistles.get(item)
        if case is not None and case.id == whistle_id:
            return
        event = replace(
            entry, id=uuid5(entry.id, "linked"), stream=round_stream(found[0]), stream_version=file.round.version + 1,
            kind=EventKind.FINDING_LINKED, words={}, words_id=None, whistle_id=None,
            payload={"point": item[0], "question": item[1], "whistle": whistle_id.hex},
        )  # fmt: skip
        self._kept(writes, file, event, self._rules.version(writes, file.round.rules_version))

    # -- entries -----------------------------------------------------------------------------
    def _recorded(
        self, writes: Writes, told: Told, file: RoundFile, kind: EventKind, payload: Mapping[str, Json],
        words: Mapping[str, str],
    ) -> RoundFile:  # fmt: skip
        found, at = file.round, self._when(told)
        if at < found.started_at:
            raise BadInput(Message("The round began later, at {at}.", {"at": found.started_at}), "at")
        street = self._streets.index(writes)
        event = self._event(told, street, found.id, found.version + 1, kind, payload, words, found.grid, found.team, at)
        return self._kept(writes, file, event, self._rules.version(writes, found.rules_version))

    def _kept(self, writes: Writes, file: RoundFile, event: Event, book: PatrolBook) -> RoundFile:
        (stored,) = writes.append([event])
        events = (*file.events, stored)
        after = replace(file, round=fold_round(events), events=events)
        calendar = self._policies.version(writes.current_policy_version()).calendar
        guard = self._planner.guard(writes, self._clock.now())
        check_in = next_check_in(writes, after.round, book, guard, calendar)
        writes.rounds.save(after.round, after.progress, stored.recorded_at, check_in)
        writes.rounds.save_problems(after.round.id, found_problems(after.round, after.walk))
        heard_from(writes, after.round.id, self._moment())
        times, within = self._times(writes, after.round, after.walk)
        return replace(after, times=times, within=within)

    def _times(self, reads: Reads, found: Round, walk: Walk) -> tuple[Mapping[Item, int], timedelta]:
        """The how many-th time each of its problems is, within how long."""
        mine, within = found_problems(found, walk), self._within(reads)
        alike = (other for one in mine for other in reads.rounds.problems_alike(one, one.at - within))
        return nth_times(mine, alike, within), within

    def _within(self, reads: Reads) -> timedelta:
        """How long a problem is a repeat of another: as the policy has it now."""
        return self._policies.version(reads.current_policy_version()).repeat_within

    def _moment(self) -> Moment:
        return Moment(self._clock.now(), self._clock.wall())

    def _event(
        self, told: Told, street: StreetIndex, round_id: UUID, version: int, kind: EventKind,
        payload: Mapping[str, Json], words: Mapping[str, str], grid: str, team: Sequence[str], at: datetime,
    ) -> Event:  # fmt: skip
        by = told.by or (told.actor.member if told.actor.member in team else team[0])
        if by != told.actor.member:
            if by not in team:
                raise BadInput(Message("{who} does not walk this round.", {"who": street.label(by)}), "by")
            if told.channel is Channel.TERMINAL:
                raise BadInput(Message("Say how you were told: by phone, by radio, on site, at a meeting."), "channel")
        return Event(
            id=told.request_id, stream=round_stream(round_id), stream_version=version, kind=kind, payload=payload,
            actor=told.actor.member, role=records_in(told.actor, grid, street),
            on_behalf_of="" if by == told.actor.member else by, channel=told.channel, words=words,
            words_id=uuid5(told.request_id, "words") if words else None, occurred_at=at,
            recorded_at=self._clock.now(), station=told.actor.station,
        )  # fmt: skip

    def _when(self, told: Told) -> datetime:
        now = self._clock.now()
        at = told.at or now
        if at > now + AHEAD:
            raise BadInput(Message("{at} has not come yet; it is {now}.", {"at": at, "now": now}), "at")
        return at
