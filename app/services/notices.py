"""What a person does about a notice: answer it, snooze it, pass it on, say that somebody did not answer (叫应)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from app.domain.actor import Actor, Channel
from app.domain.errors import BadInput, Conflict, IllegalMove, NotFound
from app.domain.events import NO_WORDS, Event, EventKind, Json
from app.domain.fold import rebuild
from app.domain.message import Message
from app.domain.notice import Notice, NoticeState
from app.domain.notice_file import NoticeFile
from app.domain.outbox import Parcel
from app.domain.policy import Policy
from app.domain.text import NOTE_CAP, clean, within
from app.domain.whistle import Case
from app.services.notice_events import notice_event
from app.services.policies import Policies
from app.services.ports import Clock, Reads, Store, Writes
from app.services.requests import earlier
from app.services.streets import Streets
from app.services.telling import Moment, Teller

LONGEST_SNOOZE = timedelta(days=7)
_EVER = datetime.min.replace(tzinfo=UTC)


class Notices:
    """Answers to notices; every call is one transaction, errors are ``WanggeError`` with nothing written."""

    def __init__(self, store: Store, clock: Clock, policies: Policies, streets: Streets) -> None:
        self._store = store
        self._clock = clock
        self._policies = policies
        self._streets = streets
        self._teller = Teller(policies, streets)

    # -- reading -----------------------------------------------------------------------------
    def live(self) -> tuple[NoticeFile, ...]:
        """What nobody has answered yet: urgent ones first, then the longest due."""
        with self._store.read() as reads:
            found = reads.duty.live_notices()
            return self._files(reads, sorted(found, key=lambda one: (not one.urgent, one.due_at, str(one.id))))

    def ended(self, since: datetime) -> tuple[NoticeFile, ...]:
        """What is over since an instant, the latest first."""
        with self._store.read() as reads:
            return self._files(reads, reads.duty.ended_notices(since))

    def find(self, text: str) -> Notice:
        """A live or ended notice by its id, or the beginning of it (8 digits or more); NotFound, BadInput."""
        wanted = text.strip().lower().replace("-", "")
        with self._store.read() as reads:
            if len(wanted) == 32:
                whole = reads.duty.notice(_uuid(wanted, text))
                matches = [whole] if whole else []
            else:
                everything = [*reads.duty.live_notices(), *reads.duty.ended_notices(_EVER)]
                matches = [one for one in everything if len(wanted) >= 4 and one.id.hex.startswith(wanted)]
        if len(matches) > 1:
            raise BadInput(Message("Several begin with {id}: write more of it.", {"id": text.strip()}), "id")
        if not matches:
            raise NotFound(Message("There is no reminder {id}.", {"id": text.strip()}))
        return matches[0]

    # -- acting ------------------------------------------------------------------------------
    def answer(
        self, notice_id: UUID, actor: Actor, request_id: UUID, *, for_member: str = "", said: str = "",
        channel: Channel = Channel.TERMINAL, seen: int | None = None,
    ) -> Notice:  # fmt: skip
        """Somebody has it in hand: the acting member, or ``for_member`` who said so by phone."""
        return self._act(
            notice_id, actor, request_id, EventKind.ANSWERED, seen,
            lambda notice, now: replace(
                notice, state=NoticeState.ANSWERED, step_at=None, answered_by=self._known(for_member or actor.member),
                ended_at=now,
            ),
            said=said, for_member=for_member, channel=channel,
        )  # fmt: skip

    def snooze(
        self, notice_id: UUID, actor: Actor, request_id: UUID, until: datetime, *, reason: str = "",
        seen: int | None = None,
    ) -> Notice:  # fmt: skip
        """Be quiet until an instant; an urgent one needs a reason (behaviours 23)."""

        def change(notice: Notice, now: datetime) -> Notice:
            if notice.urgent and not reason.strip():
                raise BadInput(Message("It is urgent: say why it can wait."), "reason")
            if until <= now:
                raise BadInput(Message("{what} must lie ahead.", {"what": Message("Until")}), "until")
            if until > now + LONGEST_SNOOZE:
                raise BadInput(Message("A reminder can wait seven days at most."), "until")
            return replace(notice, state=NoticeState.SNOOZED, step_at=until)

        return self._act(notice_id, actor, request_id, EventKind.SNOOZED, seen, change, said=reason)

    def pass_on(
        self, notice_id: UUID, actor: Actor, request_id: UUID, to: str, *, said: str = "", seen: int | None = None
    ) -> Notice:
        """Give it to somebody else, who is told at once; the plan goes on from there when they do not answer."""

        def change(notice: Notice, _now: datetime) -> Notice:
            return replace(notice, state=NoticeState.WAITING, told=(self._known(to),), step=notice.step + 1)

        return self._act(notice_id, actor, request_id, EventKind.PASSED_ON, seen, change, said=said, tells=True)

    def no_answer(
        self, notice_id: UUID, actor: Actor, request_id: UUID, member: str, *, seen: int | None = None
    ) -> Notice:
        """A member was phoned and did not answer: logged, and the next ones are told at once (behaviours 22)."""
        return self._act(
            notice_id, actor, request_id, EventKind.CALLED, seen, lambda notice, _now: notice,
            for_member=self._known(member), channel=Channel.PHONE, goes_on=True,
        )  # fmt: skip

    def files(self, notice_ids: Sequence[UUID]) -> tuple[NoticeFile, ...]:
        """These notices, whatever became of them; those that are not there are left out."""
        with self._store.read() as reads:
            return self._files(reads, [one for id_ in notice_ids if (one := reads.duty.notice(id_))])

    # -- how ---------------------------------------------------------------------------------
    def _files(self, reads: Reads, notices: Sequence[Notice]) -> tuple[NoticeFile, ...]:
        return files_of(reads, notices, self._policies.version(reads.current_policy_version()))

    def _known(self, member: str) -> str:
        if member not in self._streets.current().members:
            raise NotFound(Message("There is no member {code}.", {"code": member}))
        return member

    def _act(
        self,
        notice_id: UUID,
        actor: Actor,
        request_id: UUID,
        kind: EventKind,
        seen: int | None,
        change: Callable[[Notice, datetime], Notice],
        *,
        said: str = "",
        for_member: str = "",
        channel: Channel = Channel.TERMINAL,
        tells: bool = False,
        goes_on: bool = False,
    ) -> Notice:
        text = clean(within(said, NOTE_CAP, "said"), one_line=False)

        def work(writes: Writes) -> Notice:
            notice = writes.duty.notice(notice_id)
            if notice is None:
                raise NotFound(Message("There is no such reminder."))
            if earlier(writes, request_id, actor, {kind}) is not None:
                return notice
            self._still_open(writes, notice, seen)
            moment = Moment(self._clock.now(), self._clock.wall())
            changed = replace(change(notice, moment.now), version=notice.version + 1)
            case = self._case(writes, changed)
            if tells:
                changed = self._teller.hand_to(writes, changed, case, moment)
            else:
                writes.duty.save_notice(changed)
            if not changed.live:
                writes.duty.drop_unsent(changed.id)
            payload: dict[str, Json] = {"to": list(changed.told), "step": changed.step}
            if kind is EventKind.SNOOZED and changed.step_at:
                payload["until"] = changed.step_at.isoformat()
            entry = notice_event(
                changed, kind, moment.now, payload, actor=actor, event_id=request_id, on_behalf_of=for_member,
                channel=channel, words={"said": text} if text else NO_WORDS,
            )  # fmt: skip
            entries = [entry]
            if goes_on:
                plan = self._teller.plan_of(writes, changed, case)
                if len(plan) > 1:
                    entries.append(self._teller.next(writes, changed, case, changed.step + 1, moment))
            self._store_entries(writes, changed, entries)
            found = writes.duty.notice(notice_id)
            return found or changed

        return self._store.write(work)

    def _still_open(self, writes: Writes, notice: Notice, seen: int | None) -> None:
        """Refuse what somebody else has answered already, naming who (behaviours 12)."""
        street = self._streets.index(writes)
        if notice.state is NoticeState.ANSWERED:
            told = {"who": street.label(notice.answered_by), "at": notice.ended_at}
            raise Conflict(Message("{who} answered it at {at}. Nothing was written.", told))
        if not notice.live:
            raise IllegalMove(Message("It is over already: what it said is no longer so."))
        if seen is not None and notice.version != seen:
            raise Conflict(Message("Somebody did something about it meanwhile. Nothing was written; look again."))

    def _case(self, writes: Writes, notice: Notice) -> Case | None:
        return writes.case(notice.whistle_id) if notice.whistle_id else None

    def _store_entries(self, writes: Writes, notice: Notice, entries: list[Event]) -> None:
        """Append; what a person says of a case is a sign of life in it, so that its rows are brought in line."""
        writes.append(entries)
        if notice.whistle_id is not None:
            case, rows = rebuild(writes.events_of(notice.whistle_id), self._policies.version)
            writes.save_case(case, rows)


def files_of(reads: Reads, notices: Sequence[Notice], policy: Policy) -> tuple[NoticeFile, ...]:
    """Notices with their cases, texts and messages, in the order given."""
    rows = {row.whistle.id: row for row in reads.rows(_once(one.whistle_id for one in notices))}
    reminders = _once(one.reminder_id for one in notices)
    texts = reads.duty.reminder_texts(reminders)
    standing = {one: policy.reminder(found.code) for one in reminders if (found := reads.duty.reminder(one))}
    parcels: dict[UUID, list[Parcel]] = {}
    for parcel in reads.duty.parcels_of([one.id for one in notices]):
        parcels.setdefault(parcel.notice_id, []).append(parcel)
    files = []
    for one in notices:
        known = standing.get(one.reminder_id) if one.reminder_id else None
        files.append(
            NoticeFile(
                one,
                row=rows.get(one.whistle_id) if one.whistle_id else None,
                text=texts.get(one.reminder_id, "") if one.reminder_id else "",
                name=known.name if known else None,
                parcels=tuple(parcels.get(one.id, ())),
            )
        )
    return tuple(files)


def _once(ids: Iterable[UUID | None]) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(one for one in ids if one is not None))


def _uuid(digits: str, typed: str) -> UUID:
    try:
        return UUID(digits)
    except ValueError as error:
        raise NotFound(Message("There is no reminder {id}.", {"id": typed.strip()})) from error
