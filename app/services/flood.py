"""Response levels and the posture in force: recorded from their documents, raised at once, lowered by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from app.domain.actor import Actor, Channel
from app.domain.errors import BadInput, IllegalMove
from app.domain.events import Event, EventKind, Json
from app.domain.flood import Ending, FloodView, Response, holding, spoken
from app.domain.message import Message
from app.domain.org import Role
from app.domain.posture import Posture, ResponseLevel
from app.domain.round_plan import Every
from app.services.flood_entries import (
    LOWERS,
    RECORDS,
    Recorded,
    entry,
    not_ahead,
    relayed,
    role_of,
    typed,
    words_of,
)
from app.services.flood_undo import Undoable, may_be_undone, newest, take_back
from app.services.flood_view import Cause, Postures, next_beginning
from app.services.policies import Policies
from app.services.ports import Clock, Store, Writes
from app.services.posture_told import LOWER
from app.services.requests import earlier
from app.services.streets import Streets
from app.services.warnings import Warnings

MONTH = timedelta(days=30)


class Flood:
    """Every call is one transaction, the change of the posture and what follows from it included.

    ``postures`` holds how high the gauges are, and what is done when the posture changes; ``told`` asks whether it is
    to be lowered, inside a transaction.
    """

    def __init__(
        self, store: Store, clock: Clock, policies: Policies, streets: Streets, postures: Postures | None = None,
        told: Callable[[Writes, FloodView, datetime], bool] = lambda _writes, _view, _now: False,
    ) -> None:  # fmt: skip
        self._store = store
        self._clock = clock
        self._streets = streets
        self._postures = postures or Postures()
        self._told = told
        self._asked: tuple[int, Posture | None] | None = None
        """For which posture, and how low, it was last looked whether the duty leader was asked."""
        self.warnings = Warnings(store, clock, policies, streets, self._postures)

    # -- reading -----------------------------------------------------------------------------
    def show(self) -> FloodView:
        """What is in force, what holds it up, and whether it may be lowered."""
        with self._store.read() as reads:
            return self._postures.view(reads, self._clock.now())

    def rhythms(self) -> Mapping[Posture, Every | None]:
        """How often the street's plans have a round walked under each posture; None where no plan goes by it."""
        with self._store.read() as reads:
            return {posture: self._postures.often(reads, posture) for posture in Posture}

    def levels(self, since: datetime | None = None) -> tuple[Response, ...]:
        """Every response level recorded since an instant (a month), the latest first."""
        with self._store.read() as reads:
            return reads.flood.responses_since(since or self._clock.now() - MONTH)

    def next_instant(self) -> datetime | None:
        """When something that is recorded comes into force next: the duty clock raises the posture then."""
        with self._store.read() as reads:
            return next_beginning(reads, self._clock.now())

    # -- by the duty clock -------------------------------------------------------------------
    def take_effect(self) -> bool:
        """Raise the posture for what has begun by itself; whether this call did. Exactly one engine does."""
        return self.warnings.take_effect()

    def ask_to_lower(self) -> bool:
        """Once nothing holds the posture up any more the duty leader is asked, once; whether this call did."""
        now = self._clock.now()
        with self._store.read() as reads:
            view = self._postures.view(reads, now, whole=False)
            lower = view.lower_to(now)
            asked = reads.duty.live_of_subject(LOWER) if view.posture is not Posture.SEASON else ()
        known = (view.standing.version, lower)
        if known == self._asked or (lower is None and not asked):
            return False
        asks = self._store.write(lambda writes: self._told(writes, self._postures.view(writes, now), now))
        self._asked = known
        return asks

    # -- response levels ---------------------------------------------------------------------
    def add_level(
        self, actor: Actor, request_id: UUID, level: ResponseLevel, issuer: str, number: str, *,
        begins_at: datetime | None = None, until: datetime | None = None,
    ) -> Recorded:  # fmt: skip
        """Record a response level as its document gives it; BadInput without issuer or number (behaviours 19).

        The issuer's level that holds at that time gives way to it.
        """
        now = self._clock.now()
        begins = begins_at or now
        texts = typed(issuer=issuer, number=number)
        for name, label in (("issuer", Message("Issuer")), ("number", Message("Number of the document"))):
            if not texts.get(name):
                raise BadInput(Message("{what} is missing.", {"what": label}), name)
        if until is not None and until <= begins:
            raise BadInput(Message("It would end before it begins."), "until")
        response = Response(uuid5(request_id, "response"), 1, level, begins, until, None, None, None, now, actor.member)

        def work(writes: Writes) -> Recorded:
            before, flood = writes.posture().posture, writes.flood
            if earlier(writes, request_id, actor, {EventKind.RESPONSE_RECORDED}) is not None:
                view = self._postures.view(writes, now)
                return Recorded(view, before, response=flood.response(response.id), known=True)
            role = role_of(actor, RECORDS, self._streets.index(writes))
            mine = [one for one in flood.responses_open(begins) if one.issuer == texts["issuer"]]
            if any(one.number == texts["number"] and one.level is level for one in mine):
                raise IllegalMove(Message("This level is recorded already."))
            event = entry(
                request_id, actor, role, EventKind.RESPONSE_RECORDED, f"response/{response.id.hex}", 1,
                {"level": level.value, "from": begins.isoformat(), "until": until.isoformat() if until else None},
                texts, begins, now,
            )  # fmt: skip
            writes.append([event])
            flood.add_response(response, words_of(event))
            for one in mine:
                self._end_level(writes, actor, role, one, max(begins, one.begins_at), Ending.SUPERSEDED, response.id,
                                uuid5(event.id, f"ends {one.id.hex}"), {})  # fmt: skip
            cause = Cause(f"response/{response.id.hex}", 1, event.id)
            view = self._postures.raised(writes, actor, role, cause, now)
            return Recorded(view, before, response=flood.response(response.id))

        return self._store.write(work)

    def end_level(
        self, actor: Actor, request_id: UUID, *, reason: str = "", at: datetime | None = None,
        level_id: UUID | None = None,
    ) -> Recorded:  # fmt: skip
        """The response is over: the level named, else the strictest in force. The posture stays until it is lowered."""
        texts = typed(reason=reason)

        def work(writes: Writes) -> Recorded:
            now, before = self._clock.now(), writes.posture().posture
            ends = at or now
            not_ahead(ends, now, "at")
            view = self._postures.view(writes, now)
            ended = writes.flood.response(level_id) if level_id else view.response_at(now)
            if earlier(writes, request_id, actor, {EventKind.RESPONSE_ENDED}) is None:
                role = role_of(actor, RECORDS, self._streets.index(writes))
                if ended is None:
                    raise IllegalMove(Message("No response level is in force."))
                if ended.over(now):
                    raise IllegalMove(Message("It is over already."))
                if ends < ended.begins_at:
                    raise BadInput(Message("It would end before it begins."), "at")
                self._end_level(writes, actor, role, ended, ends, Ending.ENDED, None, request_id, texts)
            view = self._postures.view(writes, now)
            return Recorded(view, before, response=writes.flood.response(ended.id) if ended else None)

        return self._store.write(work)

    def _end_level(
        self, writes: Writes, actor: Actor, role: Role, one: Response, at: datetime, how: Ending, by: UUID | None,
        event_id: UUID, texts: Mapping[str, str],
    ) -> None:  # fmt: skip
        payload: dict[str, Json] = {"by": by.hex if by else "", "how": how.value, "at": at.isoformat()}
        event = entry(event_id, actor, role, EventKind.RESPONSE_ENDED, f"response/{one.id.hex}", one.version + 1,
                            payload, texts, at, self._clock.now())  # fmt: skip
        writes.append([event])
        writes.flood.end_response(one, at, how, by, event.words_id)

    # -- the posture -------------------------------------------------------------------------
    def lower(
        self, actor: Actor, request_id: UUID, to: Posture | None = None, *, reason: str = "", by: str = "",
        channel: Channel = Channel.TERMINAL,
    ) -> Recorded:  # fmt: skip
        """Lower the posture; the duty leader or the street administrator does, or the desk for who of them said so.

        ``to`` None = as low as may be. IllegalMove names what still holds it up.
        """
        texts = typed(reason=reason)

        def work(writes: Writes) -> Recorded:
            now, street = self._clock.now(), self._streets.index(writes)
            view = self._postures.view(writes, now)
            before = view.posture
            if earlier(writes, request_id, actor, {EventKind.POSTURE_CHANGED}) is None:
                whom = "" if by == actor.member else by
                role = relayed(actor, whom, channel, street) if whom else role_of(actor, LOWERS, street)
                lowest = view.asked(now) if to is None else to
                _may_lower(view, lowest, now)
                self._postures.change(
                    writes, actor, role, Cause("lower", 0, request_id), view.standing, lowest, now, words=texts,
                    on_behalf_of=whom, channel=channel,
                )  # fmt: skip
                view = self._postures.view(writes, now)
            return Recorded(view, before)

        return self._store.write(work)

    def undo(self, actor: Actor, request_id: UUID, *, seen: UUID | None = None) -> Recorded:
        """Take back the newest entry about the flood, this desk's own and at most ten minutes old (decisions 16).

        What it had replaced comes back, and where it changed the posture the rounds are planned anew. ``seen`` is the
        id of the entry that was asked about: Conflict when another one is the newest by now.
        """

        def work(writes: Writes) -> Recorded:
            now, before, taken = self._clock.now(), writes.posture().posture, None
            if earlier(writes, request_id, actor, {EventKind.UNDONE}) is None:
                role = role_of(actor, RECORDS, self._streets.index(writes))
                taken = take_back(writes, self._postures, actor, role, request_id, now, seen).what
            return Recorded(self._postures.view(writes, now), before, taken_back=taken)

        return self._store.write(work)

    def to_undo(self, actor: Actor) -> Undoable:
        """The entry that ``undo`` would take back; IllegalMove says why none."""
        with self._store.read() as reads:
            return may_be_undone(reads, actor, self._clock.now())

    def what_undo_takes_back(self) -> Event | None:
        """The entry that ``undo`` would take back, whoever made it; None when there is none."""
        with self._store.read() as reads:
            found = newest(reads, self._clock.now())
            return found.event if found is not None else None


def why_not_lowered(view: FloodView, now: datetime) -> Message | None:
    """Why nothing is to be lowered; None when something may be."""
    if view.posture is Posture.SEASON:
        return Message("No posture is in force.")
    if view.lower_to(now) is None:
        return Message("Nothing is to be lowered: {holding} is in force.", {"holding": holding(view, now)})
    return None


def _may_lower(view: FloodView, to: Posture, now: datetime) -> None:
    reason = why_not_lowered(view, now)
    if reason is not None:
        raise IllegalMove(reason)
    if to.rank >= view.posture.rank:
        raise IllegalMove(
            Message("The posture is {posture}: {to} is no lower.", {"posture": spoken(view.posture), "to": spoken(to)})
        )
    if to.rank < view.asked(now).rank:
        raise IllegalMove(
            Message("It cannot be lowered to {to}: {holding}.", {"to": spoken(to), "holding": holding(view, now)})
        )  # fmt: skip
