"""Warnings: typed in or imported, ended by the messages that say so, and the posture raised at once (domain 4.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid5

from app.domain.actor import Actor
from app.domain.errors import BadInput, IllegalMove, NotFound
from app.domain.events import Event, EventKind, Json
from app.domain.flood import Aside, Ending, FloodView, Signal, SignalSource, parts_text
from app.domain.hazard import BROAD, hazard_of
from app.domain.local_time import AHEAD
from app.domain.message import Message, Name
from app.domain.org import Role
from app.domain.posture import Colour
from app.domain.warning import Alert, CapStatus, MsgType, Reference
from app.services.flood_entries import RECORDS, Recorded, entry, not_ahead, role_of, typed, words_of
from app.services.flood_view import Cause, Postures
from app.services.flood_words import alert_values
from app.services.policies import Policies
from app.services.ports import Clock, Store, Writes
from app.services.requests import earlier
from app.services.streets import Streets

MONTH = timedelta(days=30)
ENDING = (MsgType.UPDATE, MsgType.CANCEL)
"""Messages that end what they refer to."""
FEW_NAMED = 3
"""Messages that a sentence names."""


class Warnings:
    """Every call is one transaction, the change of the posture and what follows from it included."""

    def __init__(
        self, store: Store, clock: Clock, policies: Policies, streets: Streets, postures: Postures
    ) -> None:  # fmt: skip
        self._store = store
        self._clock = clock
        self._policies = policies
        self._streets = streets
        self._postures = postures

    # -- reading -----------------------------------------------------------------------------
    def since(self, since: datetime | None = None) -> tuple[Signal, ...]:
        """Every warning recorded since an instant (a month), the latest first."""
        with self._store.read() as reads:
            return reads.flood.signals_since(since or self._clock.now() - MONTH)

    def find(self, text: str) -> Signal:
        """A warning by its identifier or the beginning of its id (4 digits or more); NotFound, BadInput."""
        with self._store.read() as reads:
            found = reads.flood.signals_beginning(text.strip())
        if len(found) > 1:
            raise BadInput(Message("Several begin with {id}: write more of it.", {"id": text.strip()}), "id")
        if not found:
            raise NotFound(Message("There is no warning {id}.", {"id": text.strip()}))
        return found[0]

    def message(self, signal_id: UUID) -> Alert | None:
        """The whole message of an imported warning, every language; None for one that was typed in."""
        from app.services.cap import read_one

        with self._store.read() as reads:
            body, signal = reads.flood.file_of(signal_id), reads.flood.signal(signal_id)
            zone = self._policies.version(reads.current_policy_version()).calendar.zone
        if body is None or signal is None:
            return None
        return read_one(body, zone, signal.identifier, signal.sender, signal.sent)

    def take_effect(self) -> bool:
        """Raise the posture for what has begun by itself; whether this call did. Exactly one engine does."""
        now = self._clock.now()
        with self._store.read() as reads:
            view = self._postures.view(reads, now)
            if view.asked(now).rank <= view.posture.rank:
                return False
        return self._store.write(lambda writes: self._postures.by_the_clock(writes, now))

    # -- recording ---------------------------------------------------------------------------
    def add(
        self, actor: Actor, request_id: UUID, colour: Colour, event: str, issuer: str, *,
        issued_at: datetime | None = None, begins_at: datetime | None = None, until: datetime | None = None,
        number: str = "", area: str = "",
    ) -> Recorded:  # fmt: skip
        """Record a signal as it was read or heard; one of the same issuer and kind gives way to it."""
        now = self._clock.now()
        sent = issued_at or now
        texts = typed(event=event, issuer=issuer, number=number, area=area)
        for name, label in (("event", Message("Kind of weather")), ("issuer", Message("Issuer"))):
            if not texts.get(name):
                raise BadInput(Message("{what} is missing.", {"what": label}), name)
        not_ahead(sent, now, "issued_at")
        if until is not None and until <= (begins_at or sent):
            raise BadInput(Message("It would end before it begins."), "until")
        hazard = hazard_of(texts["event"])
        named = texts.get("number") or f"{hazard}-{colour}"
        kind = _digest(texts["event"]) if hazard in BROAD else ""
        signal = Signal(
            uuid5(request_id, "warning"), 1, named, f"typed-{_digest(texts['issuer'])}{kind}", sent, CapStatus.ACTUAL,
            MsgType.ALERT, SignalSource.TYPED, colour, hazard, "", counts=True, begins_at=begins_at or sent,
            expires_at=until, ended_at=None, ended_as=None, ended_by=None, recorded_at=now, recorded_by=actor.member,
        )  # fmt: skip

        def work(writes: Writes) -> Recorded:
            role = role_of(actor, RECORDS, self._streets.index(writes))
            return self._add_signal(writes, actor, role, request_id, signal, texts)

        return self._store.write(work)

    def add_message(self, actor: Actor, request_id: UUID, alert: Alert, content: bytes) -> Recorded:
        """Record a message that was read from a file; the same message again writes nothing.

        An update or a cancellation ends what it refers to, also when that comes in later. Tests and exercises are
        kept and are never in force; in a drill an exercise is.
        """
        return self._store.write(
            lambda writes: self._add_messages(writes, actor, [(request_id, alert, content)], alone=True)[0]
        )

    def add_messages(self, actor: Actor, batch: Sequence[tuple[UUID, Alert, bytes]]) -> tuple[Recorded, ...]:
        """Several with the request and the file of each, in one transaction: all of them are recorded or none.

        What they come to tells the posture alone: what is in force is read again only where one of them raises it.
        """
        return self._store.write(lambda writes: self._add_messages(writes, actor, batch, alone=False))

    def _add_messages(
        self, writes: Writes, actor: Actor, batch: Sequence[tuple[UUID, Alert, bytes]], *, alone: bool
    ) -> tuple[Recorded, ...]:
        now = self._clock.now()
        role = role_of(actor, RECORDS, self._streets.index(writes))
        drill, here = writes.station().drill, self._postures.here(writes)
        made: list[Recorded] = []
        for request_id, alert, content in batch:
            id_ = uuid5(request_id, f"{alert.identifier},{alert.sender},{alert.sent.isoformat()}")
            values = alert_values(alert, drill=drill, here=here)
            begins = max(values.begins_at, alert.sent) if alert.sent > now else values.begins_at
            signal = Signal(
                uuid5(id_, "warning"), 1, alert.identifier, alert.sender, alert.sent, alert.status, alert.msg_type,
                SignalSource.CAP, values.colour, values.hazard, values.type_code, values.counts, begins,
                values.expires_at, None, None, None, now, actor.member, also=values.also, aside=values.aside,
            )  # fmt: skip
            made.append(self._add_signal(writes, actor, role, id_, signal, values.texts, alert.references, content,
                                         alone=alone))  # fmt: skip
        return tuple(made)

    def _add_signal(
        self, writes: Writes, actor: Actor, role: Role, request_id: UUID, signal: Signal, texts: Mapping[str, str],
        references: Sequence[Reference] = (), content: bytes | None = None, *, alone: bool = True,
    ) -> Recorded:  # fmt: skip
        now, flood, standing = self._clock.now(), writes.flood, writes.posture()
        before = standing.posture
        seen = earlier(writes, request_id, actor, {EventKind.WARNING_RECORDED}) is not None
        known = flood.signal(signal.id) if seen else flood.signal_of(signal.identifier, signal.sender, signal.sent)
        if known is not None:
            if signal.source is SignalSource.TYPED and known.colour is not signal.colour:
                raise IllegalMove(Message("This signal is recorded already, as {colour}: take it back first.",
                                          {"colour": known.colour}))  # fmt: skip
            view = self._postures.view(writes, now) if alone else FloodView(standing)
            return Recorded(view, before, known, known=True, told=_differing(known, signal, texts))
        event = entry(
            request_id, actor, role, EventKind.WARNING_RECORDED, f"warning/{signal.id.hex}", 1, _signal_payload(signal),
            texts, signal.sent, now,
        )  # fmt: skip
        writes.append([event])
        flood.add_signal(signal, words_of(event), references, content)
        ended = self._end_earlier(writes, actor, role, signal, references, event)
        told = _loose(writes, signal, references, now) if _ends(signal) and not ended else ()
        if signal.sent > now + AHEAD:
            told = (Message("it says that it was sent at {at}, which has not come yet", {"at": signal.sent}), *told)
        stored = flood.signal(signal.id)
        raises = stored is not None and stored.in_force(now) and stored.posture.rank > before.rank
        view = FloodView(standing)
        if alone or raises:
            view = self._postures.raised(writes, actor, role, Cause(f"warning/{signal.id.hex}", 1, event.id), now)
        return Recorded(view, before, stored, ended=ended, told=told)

    def _end_earlier(
        self, writes: Writes, actor: Actor, role: Role, signal: Signal, references: Sequence[Reference], event: Event
    ) -> tuple[Signal, ...]:
        """What the message updates or cancels comes to its end; so does the message itself if a later one said so."""
        flood, ended = writes.flood, list[Signal]()
        if signal.source is SignalSource.TYPED:
            standing = flood.signals_open(signal.begins_at)
            ended = [one for one in standing if one.id != signal.id and one.sender == signal.sender
                     and one.hazard is signal.hazard and one.sent <= signal.sent]  # fmt: skip
        elif _ends(signal):
            found = (one for reference in references for one in flood.named_by(reference))
            ended = [one for one in found if one.id != signal.id and _reaches(signal, one)]
        for one in dict.fromkeys(ended):
            if one.ended_at is None or one.ended_at > signal.begins_at:
                self._ended(writes, actor, role, one, signal, event)
        later = [one for one in flood.naming(signal.identifier, signal.sender, signal.sent)
                 if _ends(one) and _reaches(one, signal)]  # fmt: skip
        if later:
            self._ended(writes, actor, role, signal, later[-1], event)
        return tuple(dict.fromkeys(ended))

    def _ended(self, writes: Writes, actor: Actor, role: Role, one: Signal, by: Signal, event: Event) -> None:
        how = Ending.CANCELLED if _lifts(by) else Ending.SUPERSEDED
        at = max(by.begins_at, one.begins_at)
        payload: dict[str, Json] = {"by": by.id.hex, "how": how.value, "at": at.isoformat()}
        writes.append([
            entry(uuid5(event.id, f"ends {one.id.hex}"), actor, role, EventKind.WARNING_CANCELLED,
                        f"warning/{one.id.hex}", one.version + 1, payload, {}, event.occurred_at, event.recorded_at)
        ])  # fmt: skip
        writes.flood.end_signal(one, at, how, by.id)

    def cancel(self, actor: Actor, request_id: UUID, signal_id: UUID, *, reason: str = "") -> Recorded:
        """A signal was lifted: it ends now. The posture stays until somebody lowers it."""
        texts = typed(reason=reason)

        def work(writes: Writes) -> Recorded:
            now, signal = self._clock.now(), writes.flood.signal(signal_id)
            if signal is None:
                raise NotFound(Message("There is no such warning."))
            before = writes.posture().posture
            if earlier(writes, request_id, actor, {EventKind.WARNING_CANCELLED}) is None:
                role = role_of(actor, RECORDS, self._streets.index(writes))
                if signal.over(now):
                    raise IllegalMove(Message("It is over already."))
                event = entry(
                    request_id, actor, role, EventKind.WARNING_CANCELLED, f"warning/{signal.id.hex}",
                    signal.version + 1, {"by": "", "how": Ending.CANCELLED.value, "at": now.isoformat()}, texts,
                    now, now,
                )  # fmt: skip
                writes.append([event])
                writes.flood.end_signal(signal, now, Ending.CANCELLED, None, event.words_id)
            view = self._postures.view(writes, now)
            return Recorded(view, before, writes.flood.signal(signal_id))

        return self._store.write(work)


def _lifts(signal: Signal) -> bool:
    """Whether a message says that the danger is over, as its type or in its words (解除)."""
    return signal.msg_type is MsgType.CANCEL or signal.aside is Aside.LIFTED


def _ends(signal: Signal) -> bool:
    """Whether a message ends what it refers to."""
    return signal.msg_type in ENDING or _lifts(signal)


def _loose(writes: Writes, signal: Signal, references: Sequence[Reference], now: datetime) -> tuple[Message, ...]:
    """What is to be said of a message that should end something and ended nothing."""
    missing = tuple(one.identifier for one in references if not writes.flood.named_by(one))
    if not references:
        told = [Message("it refers to no message: nothing was ended by it")]
    elif missing:
        told = [Message("it refers to {identifiers}, not recorded here", {"identifiers": missing[:FEW_NAMED]})]
    else:
        return ()
    standing = tuple(
        Message("#{id} {event}", {"id": one.id.hex[:8], "event": one.event})
        for one in writes.flood.signals_standing(signal.sender, signal.hazard, now, FEW_NAMED + 1)
        if one.id != signal.id
    )
    if standing and (_lifts(signal) or signal.counts):
        told.append(Message("still in force from this sender: {what}; end it by hand if it is meant",
                            {"what": standing[:FEW_NAMED]}))  # fmt: skip
    return tuple(told)


def _differing(known: Signal, again: Signal, texts: Mapping[str, str]) -> tuple[Message, ...]:
    """That a message of the same number, sender and time says something else than the one that is recorded."""
    theirs = [Name(texts.get(name, ""), texts.get(f"{name}_en", "")) for name in ("event", "headline", "area")]
    if again.source is SignalSource.TYPED or (
        (known.status, known.msg_type, known.colour, known.expires_at, known.event, known.headline, known.area)
        == (again.status, again.msg_type, again.colour, again.expires_at, *theirs)
    ):
        return ()
    return (Message("it differs from the message recorded under this number: what was recorded stays"),)


def _reaches(later: Signal, earlier_one: Signal) -> bool:
    """Whether a message can end another: a test never ends what is in force."""
    return later.counts or later.status is earlier_one.status


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def _signal_payload(signal: Signal) -> dict[str, Json]:
    return {
        "identifier": signal.identifier, "sender": signal.sender, "sent": signal.sent.isoformat(),
        "status": signal.status.value, "type": signal.msg_type.value, "source": signal.source.value,
        "colour": signal.colour.value if signal.colour else None, "hazard": signal.hazard.value,
        "code": signal.type_code, "counts": signal.counts, "begins": signal.begins_at.isoformat(),
        "expires": signal.expires_at.isoformat() if signal.expires_at else None,
        **({"also": parts_text(signal.also)} if signal.also else {}),
        **({"aside": signal.aside.value} if signal.aside else {}),
    }  # fmt: skip
