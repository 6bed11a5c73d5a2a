"""The handover between two shifts: prepared, accepted item by item, signed by both; nobody leaves before (domain 6.2).

At the second signature, in one transaction, the desk and every open case go to the shift that takes over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from uuid import UUID, uuid5

from app.domain.actor import Actor
from app.domain.errors import BadInput, Conflict, IllegalMove, NotFound
from app.domain.events import FROZEN, EventKind, Json, owner_stream
from app.domain.handover import (
    GROUPS,
    HandoverFile,
    HandoverRecord,
    HandoverSheet,
    HandoverState,
    ItemKind,
    ItemLine,
)
from app.domain.handover_entry import EntrySort, GearCheck, HandoverEntry
from app.domain.holding import Holding
from app.domain.message import N_, Message, Name, Param
from app.domain.org import Shift
from app.domain.text import NOTE_CAP, TITLE_CAP, accept
from app.services.briefing_entries import entry, no_personal_number
from app.services.handover_people import may_add, of_the_outgoing, of_the_relief, signs
from app.services.handover_sheet import additions, sheet_now
from app.services.holding import holding_now
from app.services.patrol_rules import PatrolRules
from app.services.policies import Policies
from app.services.ports import Clock, Reads, Store, Writes
from app.services.requests import earlier
from app.services.sheet_json import frozen_text, frozen_value
from app.services.streets import Streets

NO_HOLDER = N_("No shift holds the desk: open one first.")


class Handovers:
    """Every call is one transaction. Errors are ``WanggeError``."""

    def __init__(self, store: Store, clock: Clock, policies: Policies, streets: Streets, rules: PatrolRules) -> None:
        self._store = store
        self._clock = clock
        self._policies = policies
        self._streets = streets
        self._rules = rules

    # -- reading -------------------------------------------------------------------------------
    def holding(self) -> Holding | None:
        """The shift that holds the desk now; its end may have passed."""
        with self._store.read() as reads:
            return holding_now(reads, self._clock.now())

    def current(self) -> HandoverFile:
        """The handover of the shift that holds the desk, as it stands now; NotFound where none does."""
        with self._store.read() as reads:
            return self._current(reads)

    def file(self, handover_id: UUID) -> HandoverFile:
        """One handover: under way as it is now, signed by both as it was signed."""
        with self._store.read() as reads:
            record = reads.handovers.handover(handover_id)
            if record is None:
                raise NotFound(Message("There is no such handover."))
            return self._file(reads, record)

    def taken(self, limit: int = 30) -> tuple[HandoverRecord, ...]:
        """Those that both have signed, the latest first."""
        with self._store.read() as reads:
            return reads.handovers.taken(limit)

    def _current(self, reads: Reads) -> HandoverFile:
        record = reads.handovers.under_way()
        return self._file(reads, record) if record is not None else self._composed(reads, self._holder(reads), None)

    def _holder(self, reads: Reads) -> Shift:
        found = holding_now(reads, self._clock.now())
        if found is None:
            raise NotFound(Message(NO_HOLDER))
        return found.shift

    def _file(self, reads: Reads, record: HandoverRecord) -> HandoverFile:
        if record.state is HandoverState.TAKEN:
            text = reads.handovers.frozen(record.id)
            if not text:
                raise NotFound(Message("What was signed has been emptied: its time has passed."))
            sheet = frozen_value(HandoverSheet, text)
            return HandoverFile(sheet, _digest(text), record, additions(reads.handovers.entries(record.id)))
        outgoing = reads.shift(record.outgoing)
        if outgoing is None:
            raise NotFound(Message("There is no shift {code}.", {"code": record.outgoing}))
        return self._composed(reads, outgoing, record)

    def _composed(self, reads: Reads, outgoing: Shift, record: HandoverRecord | None) -> HandoverFile:
        sheet = sheet_now(
            reads, self._rules, self._streets.index(reads), self._policies.version, outgoing, record, self._clock.now()
        )
        return HandoverFile(sheet, _digest(frozen_text(sheet)), record)

    # -- the outgoing shift --------------------------------------------------------------------
    def tell(self, actor: Actor, request_id: UUID, key: str, text: str) -> HandoverFile:
        """The outgoing officer's line on an item; a later one counts instead of an earlier one."""
        kept = _line(text, "line", Message("What the relief must know"))

        def work(writes: Writes, record: HandoverRecord) -> None:
            line = self._item(writes, record, key)
            of_the_outgoing(actor, record, writes, self._streets.index(writes))
            self._note(writes, actor, request_id, record, EntrySort.TOLD, kept, line)

        return self._write(actor, request_id, EventKind.HANDOVER_NOTED, work)

    def note(self, actor: Actor, request_id: UUID, text: str, handover_id: UUID | None = None) -> HandoverFile:
        """A note for the relief. To one that both have signed it is an addition, with its author and time."""
        kept = _line(text, "note", Message("Note"))

        def work(writes: Writes, record: HandoverRecord) -> None:
            after = record.state is HandoverState.TAKEN
            (may_add if after else of_the_outgoing)(actor, record, writes, self._streets.index(writes))
            self._note(writes, actor, request_id, record, EntrySort.ADDITION if after else EntrySort.NOTE, kept)

        return self._write(actor, request_id, EventKind.HANDOVER_NOTED, work, handover_id)

    def equipment(self, actor: Actor, request_id: UUID, found: Mapping[str, str]) -> HandoverFile:
        """Go through pieces of the equipment: by code what is missing of each, empty = it is there."""
        names = dict(self._policies.current().equipment)
        for code in found:
            if code not in names:
                raise NotFound(Message("There is no equipment {code} in the list.", {"code": code}))
        remarks = {code: accept(text, TITLE_CAP, "remark", one_line=True) for code, text in found.items()}
        for text in remarks.values():
            no_personal_number(text, "remark")

        def work(writes: Writes, record: HandoverRecord) -> None:
            of_the_outgoing(actor, record, writes, self._streets.index(writes))
            now = self._clock.now()
            for number, (code, remark) in enumerate(remarks.items()):
                id_ = request_id if not number else uuid5(request_id, code)
                payload: dict[str, Json] = {"handover": record.id.hex, "equipment": code, "ok": not remark}
                words = {"text": remark} if remark else {}
                self._append(writes, actor, id_, EventKind.HANDOVER_CHECKED, record, payload, words)
                check = GearCheck(code, not remark, actor.member, now, remark)
                writes.handovers.set_gear(record.id, check, uuid5(id_, "words") if remark else None)

        if not remarks:
            raise BadInput(Message("{what} is missing.", {"what": Message("Equipment")}), "equipment")
        return self._write(actor, request_id, EventKind.HANDOVER_CHECKED, work)

    def sign_out(self, actor: Actor, request_id: UUID, seen: str) -> HandoverFile:
        """The outgoing shift signs what it has seen: ``seen`` is the digest. It keeps the desk until it is relieved.

        IllegalMove while a critical item has no line or a piece of equipment was not looked at; Conflict when
        anything changed since.
        """

        def work(writes: Writes, record: HandoverRecord) -> None:
            file = self._file(writes, record)
            of_the_outgoing(actor, record, writes, self._streets.index(writes))
            if record.state is HandoverState.HANDED:
                raise IllegalMove(Message(
                    "{who} has signed for the outgoing shift already, at {at}.",
                    {"who": self._named(writes, record.handed_by), "at": record.handed_at},
                ))  # fmt: skip
            _unchanged(file, seen)
            _complete(file.sheet)
            now = self._clock.now()
            self._append(writes, actor, request_id, EventKind.SIGNED_OUT, record, {"handover": record.id.hex}, {})
            self._saved(writes, replace(record, version=record.version + 1, state=HandoverState.HANDED, handed_at=now,
                                        handed_by=actor.member))  # fmt: skip

        return self._write(actor, request_id, EventKind.SIGNED_OUT, work)

    # -- the incoming shift --------------------------------------------------------------------
    def accept(self, actor: Actor, request_id: UUID, key: str, said: str = "", mark: str = "") -> HandoverFile:
        """The incoming officer accepts one item; ``mark`` = how it stood when it was looked at.

        A critical one is read back: ``said`` is what must be done, in their own words (BadInput without). Conflict
        when it changed since; IllegalMove while the outgoing officer has said nothing about a critical one.
        """
        kept = accept(said, NOTE_CAP, "said", one_line=True)
        no_personal_number(kept, "said")

        def work(writes: Writes, record: HandoverRecord) -> None:
            line = self._item(writes, record, key)
            of_the_relief(actor, record, writes, self._streets.index(writes), self._clock.now())
            if mark and mark != line.item.mark:
                raise Conflict(Message("{item} changed since you looked: read it once more, then accept it.",
                                       {"item": _named_item(line)}))  # fmt: skip
            if line.silent:
                raise IllegalMove(_silent(line))
            if line.item.critical and not kept:
                raise BadInput(Message("It is critical: read back what must be done."), "said")
            self._note(writes, actor, request_id, record, EntrySort.ACCEPTED, kept, line)

        return self._write(actor, request_id, EventKind.HANDOVER_ACCEPTED, work)

    def sign_in(self, actor: Actor, request_id: UUID, seen: str) -> HandoverFile:
        """The incoming shift signs: from here on it holds the desk, and every open case is its own.

        IllegalMove while the outgoing shift has not signed, or an item is not accepted as it stands now; Conflict when
        anything changed since it was looked at.
        """

        def work(writes: Writes, record: HandoverRecord) -> None:
            file, now = self._file(writes, record), self._clock.now()
            incoming = of_the_relief(actor, record, writes, self._streets.index(writes), now)
            if record.state is not HandoverState.HANDED:
                raise IllegalMove(Message("The outgoing shift has not signed yet."))
            if actor.member == record.handed_by:
                raise IllegalMove(Message("{who} signed for the outgoing shift: somebody else takes over.",
                                          {"who": self._named(writes, actor.member)}))  # fmt: skip
            _complete(file.sheet)
            if left := file.sheet.unaccepted:
                raise IllegalMove(_unaccepted(left))
            _unchanged(file, seen)
            sheet = replace(file.sheet, incoming=incoming, taken_by=actor.member, taken_at=now)
            payload: dict[str, Json] = {"handover": record.id.hex, "shift": incoming.code, "from": record.outgoing}
            words = {FROZEN: frozen_text(sheet)}
            self._append(writes, actor, request_id, EventKind.SIGNED_IN, record, payload, words)
            after = replace(record, version=record.version + 1, state=HandoverState.TAKEN, taken_at=now,
                            taken_by=actor.member, incoming=incoming.code)  # fmt: skip
            self._saved(writes, after, uuid5(request_id, "words"))
            self._own(writes, actor, request_id, record, sheet)

        return self._write(actor, request_id, EventKind.SIGNED_IN, work, begin=False)

    def _own(
        self, writes: Writes, actor: Actor, request_id: UUID, record: HandoverRecord, sheet: HandoverSheet
    ) -> None:
        """Every open case goes to who signed in: an entry on each, and its owner."""
        now, role = self._clock.now(), signs(actor, self._streets.index(writes))
        ids = [line.item.whistle_id for line in sheet.of(ItemKind.CASE) if line.item.whistle_id is not None]
        payload: dict[str, Json] = {"owner": actor.member, "to": [actor.member], "handover": record.id.hex}
        writes.append([
            replace(
                entry(uuid5(request_id, f"case {id_.hex}"), actor, role, EventKind.HANDED_OVER, owner_stream(id_),
                      writes.stream_version(owner_stream(id_)) + 1, payload, {}, now),
                whistle_id=id_,
            )
            for id_ in ids
        ])  # fmt: skip
        writes.handovers.own(ids, actor.member)
        writes.search_anew(ids)

    # -- how -----------------------------------------------------------------------------------
    def _write(
        self, actor: Actor, request_id: UUID, kind: EventKind, work: Callable[[Writes, HandoverRecord], None],
        handover_id: UUID | None = None, *, begin: bool = True,
    ) -> HandoverFile:  # fmt: skip
        """One step of a handover, begun when nobody has; what was done already under this number is not done again."""

        def step(writes: Writes) -> HandoverFile:
            known = earlier(writes, request_id, actor, {kind})
            if known is not None:
                handover_id_ = UUID(str(known.payload["handover"]))
                record = writes.handovers.handover(handover_id_)
                if record is None:
                    raise NotFound(Message("There is no such handover."))
                return self._file(writes, record)
            record = self._known(writes, handover_id) or (self._begin(writes, actor, request_id) if begin else None)
            if record is None:
                raise IllegalMove(self._nothing(writes))
            work(writes, record)
            after = writes.handovers.handover(record.id)
            assert after is not None  # it was read or written in this transaction
            return self._file(writes, after)

        return self._store.write(step)

    def _known(self, reads: Reads, handover_id: UUID | None) -> HandoverRecord | None:
        """A certain one, else the one under way."""
        if handover_id is None:
            return reads.handovers.under_way()
        found = reads.handovers.handover(handover_id)
        if found is None:
            raise NotFound(Message("There is no such handover."))
        return found

    def _nothing(self, reads: Reads) -> Message:
        last = reads.handovers.taken(1)
        if not last:
            return Message("The outgoing shift has not signed yet.")
        told: dict[str, Param] = {"who": self._named(reads, last[0].taken_by), "at": last[0].taken_at}
        return Message("Nothing is being handed over; {who} took over at {at}.", told)

    def _begin(self, writes: Writes, actor: Actor, request_id: UUID) -> HandoverRecord:
        outgoing, now, id_ = self._holder(writes), self._clock.now(), uuid5(request_id, "handover")
        record = HandoverRecord(id_, 1, HandoverState.DRAFT, outgoing.code, now, actor.member)
        payload: dict[str, Json] = {"handover": id_.hex, "shift": outgoing.code}
        self._append(writes, actor, id_, EventKind.HANDOVER_OPENED, record, payload, {})
        writes.handovers.save(record)
        return record

    def _item(self, writes: Writes, record: HandoverRecord, key: str) -> ItemLine:
        if record.state is HandoverState.TAKEN:
            raise IllegalMove(Message("Both have signed: only a note can be added."))
        line = self._file(writes, record).sheet.line(key)
        if line is None:
            raise NotFound(Message("{item} is not open any more.", {"item": key}))
        return line

    def _note(
        self, writes: Writes, actor: Actor, request_id: UUID, record: HandoverRecord, sort: EntrySort, text: str,
        line: ItemLine | None = None,
    ) -> None:  # fmt: skip
        key, mark = (line.item.key, line.item.mark) if line is not None else ("", "")
        payload: dict[str, Json] = {"handover": record.id.hex, "sort": sort.value, "item": key, "mark": mark}
        words = {"text": text} if text else {}
        kind = EventKind.HANDOVER_ACCEPTED if sort is EntrySort.ACCEPTED else EventKind.HANDOVER_NOTED
        self._append(writes, actor, request_id, kind, record, payload, words)
        written = HandoverEntry(request_id, sort, key, mark, actor.member, self._clock.now(), text)
        writes.handovers.add_entry(record.id, written, uuid5(request_id, "words") if text else None)

    def _append(
        self, writes: Writes, actor: Actor, id_: UUID, kind: EventKind, record: HandoverRecord,
        payload: Mapping[str, Json], words: Mapping[str, str],
    ) -> None:  # fmt: skip
        stream = f"handover/{record.id.hex}"
        role = signs(actor, self._streets.index(writes))
        version = writes.stream_version(stream) + 1
        writes.append([entry(id_, actor, role, kind, stream, version, payload, words, self._clock.now())])

    def _saved(self, writes: Writes, record: HandoverRecord, words_id: UUID | None = None) -> None:
        if not writes.handovers.save(record, words_id):
            raise Conflict(Message("Somebody else changed it meanwhile."))

    def _named(self, reads: Reads, code: str) -> Name | str:
        return self._streets.index(reads).label(code)


# -- what stands in the way ------------------------------------------------------------------------
def _line(text: str, field: str, what: Message) -> str:
    """A line as it is kept; BadInput for none, a personal number, or one that is too long."""
    kept = accept(text, NOTE_CAP, field, one_line=True)
    if not kept:
        raise BadInput(Message("{what} is missing.", {"what": what}), field)
    no_personal_number(kept, field)
    return kept


def _unchanged(file: HandoverFile, seen: str) -> None:
    if file.digest != seen:
        raise Conflict(Message("It changed since you looked: read it once more, then sign."))


def _complete(sheet: HandoverSheet) -> None:
    """IllegalMove while the outgoing shift has left something out."""
    if silent := sheet.silent:
        raise IllegalMove(_silent(silent[0]))
    if unlooked := sheet.unlooked:
        names = tuple(one.name for one in unlooked)
        raise IllegalMove(Message("Go through the equipment first: {names}.", {"names": names}))


def _silent(line: ItemLine) -> Message:
    return Message("{item} is critical: the outgoing officer first says what the relief must know.",
                   {"item": _named_item(line)})  # fmt: skip


def _unaccepted(left: tuple[ItemLine, ...]) -> Message:
    told: dict[str, Param] = {"n": len(left), "item": _named_item(left[0])}
    if left[0].changed:
        return Message("Not accepted as it stands now: {n}, first {item}, which changed since.", told)
    return Message("Not accepted yet: {n}, first {item}.", told)


def _named_item(line: ItemLine) -> Message:
    item = line.item
    what: Param = item.name or item.text
    if item.number:
        return Message("{group} {number} {what}", {"group": Message(GROUPS[item.kind]), "number": item.number,
                                                   "what": what})  # fmt: skip
    return Message("{group} {what}", {"group": Message(GROUPS[item.kind]), "what": what})


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
