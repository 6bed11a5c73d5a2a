"""Who is to leave, who was reached, who has left where to (叫应, domain 4.4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from app.domain.actor import Actor
from app.domain.errors import BadInput, Conflict, IllegalMove, NotFound
from app.domain.events import Event, EventKind, Json
from app.domain.flood import EvacuationCount, Household, HouseholdState
from app.domain.message import Message
from app.domain.permissions import records_in
from app.domain.round import fold_round
from app.domain.street_index import StreetIndex
from app.domain.text import clean
from app.services.flood_entries import entry, not_ahead, typed, words_of
from app.services.ports import Clock, Store, Writes
from app.services.requests import earlier
from app.services.streets import Streets

MANY = 500
"""People of one household, an old people's home among them."""
QUESTION = "households"
"""The question of a checklist whose answer names households to move (domain 4.3)."""

_Change = Callable[[Household, datetime, str], Household]
"""What an entry makes of a household: at an instant, by a member."""


class Evacuation:
    """Every call is one transaction; each attempt is an entry of its own. Errors are ``WanggeError``."""

    def __init__(self, store: Store, clock: Clock, streets: Streets) -> None:
        self._store = store
        self._clock = clock
        self._streets = streets

    def households(self, grid: str = "", *, returned: bool = False) -> tuple[Household, ...]:
        """Households to leave, called or gone, by number; with ``returned`` those back home too."""
        with self._store.read() as reads:
            found = reads.flood.households(returned=returned)
        return tuple(one for one in found if grid in ("", one.grid))

    def find(self, text: str) -> Household:
        """By number, ``12``, ``户12``, ``H12``; NotFound."""
        digits = text.strip().upper().lstrip("#＃H户").strip()
        found = None
        if digits.isdecimal() and len(digits) < 9:
            with self._store.read() as reads:
                found = reads.flood.household(int(digits))
        if found is None:
            raise NotFound(Message("There is no household {number}.", {"number": text.strip()}))
        return found

    def history(self, household_id: UUID) -> tuple[Household, tuple[Event, ...]]:
        """A household with everything that was recorded of it, the first entry first; NotFound."""
        with self._store.read() as reads:
            one = reads.flood.household_of(household_id)
            if one is None:
                raise NotFound(Message("There is no such household."))
            return one, reads.flood.events_on(_stream(one))

    def add(self, actor: Actor, request_id: UUID, grid: str, text: str, people: int = 0) -> Household:
        """List a household that is to leave; the same words in the same grid are the same household."""

        def work(writes: Writes) -> Household:
            listed = self._listed(writes, actor, request_id, uuid5(request_id, "household"), grid, text, people, None)
            return listed[0]

        return self._store.write(work)

    def take_over(self, actor: Actor, request_id: UUID, round_id: UUID) -> tuple[Household, ...]:
        """List the households that a round named; those that are listed already are left as they are."""

        def work(writes: Writes) -> tuple[Household, ...]:
            events = writes.rounds.events(round_id)
            if not events:
                raise NotFound(Message("There is no such round."))
            found = fold_round(events)
            names = [
                (point, text) for (point, question), one in sorted(found.answers.items()) if question == QUESTION
                for text in one.answer.entries
            ]  # fmt: skip
            if not names:
                raise IllegalMove(Message("The round names no household that is to leave."))
            new: list[Household] = []
            for point, text in names:
                id_ = uuid5(round_id, f"{QUESTION} {point} {text}")
                listed, fresh = self._listed(
                    writes, actor, uuid5(request_id, id_.hex), id_, found.grid, text, 0, round_id
                )
                new += [listed] if fresh else []
            return tuple(new)

        return self._store.write(work)

    def _listed(
        self, writes: Writes, actor: Actor, request_id: UUID, id_: UUID, grid: str, text: str, people: int,
        round_id: UUID | None,
    ) -> tuple[Household, bool]:  # fmt: skip
        """The household and whether it is new."""
        now, flood, street = self._clock.now(), writes.flood, self._streets.index(writes)
        texts = typed(text=text)
        if not texts:
            raise BadInput(Message("{what} is missing.", {"what": Message("Name or address")}), "text")
        if grid not in {unit.code for unit in street.grids}:
            raise BadInput(Message("There is no grid {code}.", {"code": grid}), "grid")
        if not 0 <= people <= MANY:
            raise BadInput(Message("{n} people? At most {most}.", {"n": people, "most": MANY}), "people")
        role = records_in(actor, grid, street)
        known = flood.household_of(id_) or next(
            (one for one in flood.households() if (one.grid, one.text) == (grid, texts["text"])), None
        )
        if known is not None or earlier(writes, request_id, actor, {EventKind.EVACUATION_LISTED}) is not None:
            if known is None:
                raise NotFound(Message("There is no such household."))
            return known, False
        household = Household(
            id_, flood.next_household(), 1, grid, people, HouseholdState.TO_CALL, 0, now, round_id=round_id,
            text=texts["text"],
        )  # fmt: skip
        payload: dict[str, Json] = {"number": household.number, "grid": grid, "people": people,
                                    "round": round_id.hex if round_id else ""}  # fmt: skip
        event = entry(
            request_id, actor, role, EventKind.EVACUATION_LISTED, _stream(household), 1, payload, texts, now, now
        )
        writes.append([event])
        flood.save_household(household, words_of(event))
        return household, True

    def call(
        self, actor: Actor, request_id: UUID, household_id: UUID, *, answered: bool, said: str = "", by: str = "",
        at: datetime | None = None, seen: int | None = None,
    ) -> Household:  # fmt: skip
        """Somebody called or knocked: they answered or not; ``by`` is who did, without it who acts.

        ``seen`` is the version on the screen: Conflict when somebody recorded something meanwhile (behaviours 12).
        """

        def change(one: Household, now: datetime, who: str) -> Household:
            if one.state in (HouseholdState.LEFT, HouseholdState.RETURNED):
                raise IllegalMove(Message("This household has left already."))
            unanswered = one.state if one.state is HouseholdState.ANSWERED else HouseholdState.NO_ANSWER
            return replace(
                one, state=HouseholdState.ANSWERED if answered else unanswered, calls=one.calls + 1, called_at=now,
                called_by=who, answered_at=now if answered and one.answered_at is None else one.answered_at,
            )  # fmt: skip

        kind = EventKind.EVACUATION_ANSWERED if answered else EventKind.EVACUATION_CALLED
        return self._moved(actor, request_id, household_id, kind, change, by, at, seen, said=said)

    def left(
        self, actor: Actor, request_id: UUID, household_id: UUID, to: str, *, by: str = "", at: datetime | None = None,
        people: int = 0, seen: int | None = None,
    ) -> Household:  # fmt: skip
        """They have left: where to, and who saw them out. Also without a call before."""
        if not to.strip():
            raise BadInput(Message("{what} is missing.", {"what": Message("Where to")}), "to")

        def change(one: Household, now: datetime, who: str) -> Household:
            if one.state in (HouseholdState.LEFT, HouseholdState.RETURNED):
                raise IllegalMove(Message("This household has left already."))
            return replace(one, state=HouseholdState.LEFT, left_at=now, moved_by=who, people=people or one.people)

        return self._moved(actor, request_id, household_id, EventKind.EVACUATED, change, by, at, seen, to=to)

    def returned(
        self, actor: Actor, request_id: UUID, household_id: UUID, *, at: datetime | None = None, seen: int | None = None
    ) -> Household:
        """They are back home: the household leaves the list."""

        def change(one: Household, now: datetime, _who: str) -> Household:
            if one.state is not HouseholdState.LEFT:
                raise IllegalMove(Message("This household has not left."))
            return replace(one, state=HouseholdState.RETURNED, returned_at=now)

        return self._moved(actor, request_id, household_id, EventKind.EVACUATION_RETURNED, change, "", at, seen)

    def _moved(
        self, actor: Actor, request_id: UUID, household_id: UUID, kind: EventKind, change: _Change, by: str,
        at: datetime | None, seen: int | None, **words: str,
    ) -> Household:  # fmt: skip
        texts = typed(**{name: clean(text, one_line=True) for name, text in words.items()})

        def work(writes: Writes) -> Household:
            one = writes.flood.household_of(household_id)
            if one is None:
                raise NotFound(Message("There is no such household."))
            if earlier(writes, request_id, actor, {kind}) is not None:
                return one
            now, street = self._clock.now(), self._streets.index(writes)
            if seen is not None and one.version != seen:
                raise _overtaken(one, writes.flood.events_on(_stream(one))[-1], street)
            when, who = at or now, by or actor.member
            not_ahead(when, now, "at")
            if when < one.added_at:
                raise BadInput(Message("It was listed later, at {at}.", {"at": one.added_at}), "at")
            if who not in street.known_members:
                raise NotFound(Message("There is no member {code}.", {"code": who}))
            role = records_in(actor, one.grid, street)
            after = replace(change(one, when, who), version=one.version + 1)
            payload: dict[str, Json] = {"number": one.number, "by": who, "state": after.state.value,
                                        "calls": after.calls, "people": after.people}  # fmt: skip
            event = entry(request_id, actor, role, kind, _stream(one), after.version, payload, texts, when, now)
            writes.append([event])
            left = event.words_id if kind is EventKind.EVACUATED else None
            writes.flood.save_household(after, words_of(event), left)
            return writes.flood.household_of(household_id) or after

        return self._store.write(work)


def counts(households: Sequence[Household], grids: Sequence[str]) -> tuple[EvacuationCount, ...]:
    """How far each grid is, in the street's order; grids without a household are left out."""
    found = []
    for grid in dict.fromkeys((*grids, *(one.grid for one in households))):
        mine = [one for one in households if one.grid == grid and one.state is not HouseholdState.RETURNED]
        if mine:
            found.append(EvacuationCount(
                grid, len(mine), sum(one.people for one in mine), sum(one.calls > 0 for one in mine),
                sum(one.answered_at is not None for one in mine), sum(one.left_at is not None for one in mine),
                sum(one.state is HouseholdState.NO_ANSWER for one in mine),
            ))  # fmt: skip
    return tuple(found)


def _overtaken(one: Household, last: Event, street: StreetIndex) -> Conflict:
    """Somebody recorded something of it meanwhile: who, what and when."""
    return Conflict(Message(
        "H{number} meanwhile: {state} by {who}, {at}. Nothing of yours was written; the same key writes it now.",
        {"number": one.number, "state": one.state, "who": street.label(last.actor), "at": last.occurred_at},
    ))  # fmt: skip


def _stream(household: Household) -> str:
    return f"household/{household.id.hex}"
