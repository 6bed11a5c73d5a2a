"""Briefings of a unit: composed anew at every look, spoken into, signed once and frozen then (domain 6.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from uuid import UUID, uuid5

from app.domain.actor import Actor
from app.domain.briefing import NoteLine, Present, Section
from app.domain.briefing_day import next_stretch
from app.domain.briefing_file import BriefingFile
from app.domain.briefing_record import BriefingRecord, BriefingState
from app.domain.compose import compose
from app.domain.errors import BadInput, Conflict, NotFound
from app.domain.events import FROZEN, Event, EventKind, Json
from app.domain.local_time import at_local
from app.domain.message import Message
from app.domain.org import SixRole, UnitLevel
from app.domain.text import NOTE_CAP, TITLE_CAP, accept
from app.services.briefing_entries import SPEAKS, entry, may_sign, no_personal_number
from app.services.briefing_facts import Said, Stretch, gather
from app.services.briefing_units import BriefingUnits
from app.services.flood_entries import role_of
from app.services.patrol_rules import PatrolRules
from app.services.policies import Policies
from app.services.ports import Clock, Reads, Store, Writes
from app.services.requests import earlier
from app.services.sheet_json import sheet_from, sheet_text
from app.services.streets import Streets


class Briefings:
    """Every call is one transaction. Errors are ``WanggeError``."""

    def __init__(self, store: Store, clock: Clock, policies: Policies, streets: Streets, rules: PatrolRules) -> None:
        self._store = store
        self._clock = clock
        self._policies = policies
        self._streets = streets
        self._rules = rules
        self._units = BriefingUnits(streets)

    # -- reading -------------------------------------------------------------------------------
    def units(self) -> tuple[str, ...]:
        """Codes of the units that hold briefings, in the street's order."""
        return self._units.all()

    def street(self) -> str:
        """Code of the street itself."""
        return next(unit.code for unit in self._streets.current().street.units if unit.level is UnitLevel.STREET)

    def draft(self, unit: str) -> BriefingFile:
        """The next briefing of a unit as it would be now; NotFound for a unit that holds none."""
        with self._store.read() as reads:
            return self._draft(reads, self._units.unit(unit))

    def of_today(self, unit: str) -> BriefingFile:
        """What a desk shows: the one that was signed today, until closing time; else the next one."""
        now, calendar = self._clock.now(), self._policies.current().calendar
        today = now.astimezone(calendar.zone).date()
        at_work = now < at_local(today, calendar.closes, calendar.zone)
        with self._store.read() as reads:
            code = self._units.unit(unit)
            for record in reads.briefings.latest(code, 2):
                held = record.until_at.astimezone(calendar.zone).date() == today
                if at_work and held and record.state is BriefingState.SIGNED:
                    return self._file(reads, record)
            return self._draft(reads, code)

    def file(self, briefing_id: UUID) -> BriefingFile:
        """One briefing: a draft as it would be now, a signed one as it was signed."""
        with self._store.read() as reads:
            record = reads.briefings.briefing(briefing_id)
            if record is None:
                raise NotFound(Message("There is no such briefing."))
            return self._file(reads, record)

    def signed(self, unit: str, limit: int = 30) -> tuple[BriefingRecord, ...]:
        """Signed ones of a unit, the latest first."""
        with self._store.read() as reads:
            found = reads.briefings.latest(self._units.unit(unit), limit)
        return tuple(record for record in found if record.state is BriefingState.SIGNED)

    def _draft(self, reads: Reads, unit: str) -> BriefingFile:
        records = reads.briefings.latest(unit, 2)
        if records and records[0].state is BriefingState.DRAFT:
            return self._file(reads, records[0])
        before = records[0] if records else None
        since, until = next_stretch(
            before.until_at if before else None, self._clock.now(), self._policies.current().calendar
        )
        return self._composed(reads, Stretch(unit, since, until, before.through_seq if before else None), None)

    def _file(self, reads: Reads, record: BriefingRecord) -> BriefingFile:
        if record.state is BriefingState.SIGNED:
            text = reads.briefings.frozen(record.id)
            if not text:
                raise NotFound(Message("What was signed has been emptied: its time has passed."))
            sheet = sheet_from(text)
            after = tuple(note for note in reads.briefings.notes(record.id) if note.after)
            items = reads.briefings.items_open(self._units.below(record.unit))
            return BriefingFile(
                record.unit, record.since_at, record.until_at, sheet, _digest(text), record, after, items
            )
        before = next((one for one in reads.briefings.latest(record.unit, 3) if one.until_at <= record.since_at), None)
        after_seq = before.through_seq if before and before.state is BriefingState.SIGNED else None
        return self._composed(reads, Stretch(record.unit, record.since_at, record.until_at, after_seq), record)

    def _composed(self, reads: Reads, stretch: Stretch, record: BriefingRecord | None) -> BriefingFile:
        items = reads.briefings.items_open(self._units.below(stretch.unit))
        said = Said(items=items)
        if record is not None:
            said = Said(reads.briefings.notes(record.id), reads.briefings.present(record.id), items)
        now, policy = self._clock.now(), self._policies.current()
        sheet = compose(gather(reads, self._rules, self._streets.index(reads), policy, stretch, said, now))
        return BriefingFile(stretch.unit, stretch.since, stretch.until, sheet, _digest(sheet_text(sheet)), record,
                            items=items)  # fmt: skip

    # -- speaking ------------------------------------------------------------------------------
    def note(
        self, actor: Actor, request_id: UUID, unit: str, section: Section, text: str, *,
        six_role: SixRole | None = None, corrects: UUID | None = None, briefing_id: UUID | None = None,
    ) -> NoteLine:  # fmt: skip
        """Note what was said. In a signed briefing it is an addition, with its author and time (behaviours 25)."""
        kept = accept(text, NOTE_CAP, "note", one_line=True)
        if not kept:
            raise BadInput(Message("{what} is missing.", {"what": Message("Note")}), "text")
        no_personal_number(kept, "text")
        if (section is Section.SIX_ROLES) != (six_role is not None):
            raise BadInput(Message("Say which of the six roles speaks."), "six_role")

        def work(writes: Writes) -> NoteLine:
            record = self._record(writes, actor, request_id, self._units.unit(unit), briefing_id)
            known = next((note for note in writes.briefings.notes(record.id) if note.id == request_id), None)
            if earlier(writes, request_id, actor, {EventKind.BRIEFING_NOTED}) is not None and known is not None:
                return known
            now, after = self._clock.now(), record.state is BriefingState.SIGNED
            if corrects is not None and corrects not in {note.id for note in writes.briefings.notes(record.id)}:
                raise NotFound(Message("There is no such note in this briefing."))
            line = NoteLine(request_id, section, kept, actor.member, now, six_role, corrects, after)
            payload: dict[str, Json] = {
                "briefing": record.id.hex, "section": section.value, "six_role": six_role.value if six_role else "",
                "after": after,
            }  # fmt: skip
            self._write(writes, actor, request_id, EventKind.BRIEFING_NOTED, _stream(record), payload, {"text": kept})
            writes.briefings.add_note(record.id, line, uuid5(request_id, "words"))
            return line

        return self._store.write(work)

    def attend(
        self, actor: Actor, request_id: UUID, unit: str, here: Sequence[str], away: Mapping[str, str], *,
        chair: str = "", recorder: str = "",
    ) -> BriefingFile:  # fmt: skip
        """Who is there, who is not and why, who chairs and takes the notes; it replaces what was recorded before."""
        whys = {code: accept(why, TITLE_CAP, "why", one_line=True) for code, why in away.items()}
        for why in whys.values():
            no_personal_number(why, "away")

        def work(writes: Writes) -> BriefingFile:
            street = self._streets.index(writes)
            record = self._record(writes, actor, request_id, self._units.unit(unit), None)
            if earlier(writes, request_id, actor, {EventKind.BRIEFING_ATTENDED}) is not None:
                return self._file(writes, record)
            for code in (*here, *away, *filter(None, (chair, recorder))):
                if code not in street.members:
                    raise NotFound(Message("There is no member {code}.", {"code": code}))
            if both := set(here) & set(away):
                raise BadInput(Message("{who} cannot be here and away.", {"who": street.label(min(both))}), "away")
            payload: dict[str, Json] = {
                "briefing": record.id.hex, "here": list[Json](here), "away": list[Json](away), "chair": chair,
                "recorder": recorder,
            }  # fmt: skip
            typed = {code: why for code, why in whys.items() if why}
            event = self._write(writes, actor, request_id, EventKind.BRIEFING_ATTENDED, _stream(record), payload, {})
            words = self._reasons(writes, actor, event, record, typed)
            present = [
                *(Present(code, here=True) for code in here),
                *(Present(code, False, whys[code]) for code in away),
            ]
            writes.briefings.set_present(record.id, present, words)
            named = replace(record, version=record.version + 1, chair=chair or record.chair,
                            recorder=recorder or record.recorder)  # fmt: skip
            self._saved(writes, named)
            return self._file(writes, named)

        return self._store.write(work)

    def _reasons(
        self, writes: Writes, actor: Actor, event: Event, record: BriefingRecord, typed: Mapping[str, str]
    ) -> dict[str, UUID]:  # fmt: skip
        """Why members are away, each in words of its own."""
        found = {}
        for code, why in typed.items():
            id_ = uuid5(event.id, f"away {code}")
            payload: dict[str, Json] = {"briefing": record.id.hex, "away": [code]}
            self._write(writes, actor, id_, EventKind.BRIEFING_ATTENDED, _stream(record), payload, {"why": why})
            found[code] = uuid5(id_, "words")
        return found

    # -- signing -------------------------------------------------------------------------------
    def sign(self, actor: Actor, request_id: UUID, unit: str, seen: str) -> BriefingFile:
        """Freeze the draft as it was seen: ``seen`` is its digest.

        Conflict when anything in it changed since: the new one must be looked at first (behaviours 27). BadInput names
        the place of a text that looks like an identity or phone number.
        """

        def work(writes: Writes) -> BriefingFile:
            street = self._streets.index(writes)
            known = earlier(writes, request_id, actor, {EventKind.BRIEFING_SIGNED})
            if known is not None:
                record = writes.briefings.briefing(UUID(str(known.payload["briefing"])))
                if record is None:
                    raise NotFound(Message("There is no such briefing."))
                return self._file(writes, record)
            record = self._record(writes, actor, request_id, self._units.unit(unit), None)
            file, now = self._file(writes, record), self._clock.now()
            if file.digest != seen:
                raise Conflict(Message("It changed since you looked: read it once more, then sign."))
            role = may_sign(actor, street, file.sheet, record.until_at, now)
            text, words_id = sheet_text(file.sheet), uuid5(request_id, "words")
            payload: dict[str, Json] = {"briefing": record.id.hex, "unit": unit, "until": record.until_at.isoformat()}
            event = entry(request_id, actor, role, EventKind.BRIEFING_SIGNED, _stream(record),
                           writes.stream_version(_stream(record)) + 1, payload, {FROZEN: text}, now)  # fmt: skip
            (stored,) = writes.append([event])
            signed = replace(record, version=record.version + 1, state=BriefingState.SIGNED, signed_at=now,
                             signed_by=actor.member, through_seq=stored.seq)  # fmt: skip
            self._saved(writes, signed, words_id)
            return self._file(writes, signed)

        return self._store.write(work)

    # -- how -----------------------------------------------------------------------------------
    def _record(
        self, writes: Writes, actor: Actor, request_id: UUID, unit: str, briefing_id: UUID | None
    ) -> BriefingRecord:  # fmt: skip
        """The draft of a unit, opened when nobody has; or a certain one, to which something is added."""
        if briefing_id is not None:
            found = writes.briefings.briefing(briefing_id)
            if found is None or found.unit != unit:
                raise NotFound(Message("There is no such briefing."))
            return found
        records = writes.briefings.latest(unit, 1)
        if records and records[0].state is BriefingState.DRAFT:
            return records[0]
        now, id_ = self._clock.now(), uuid5(request_id, "briefing")
        since, until = next_stretch(records[0].until_at if records else None, now, self._policies.current().calendar)
        role = role_of(actor, SPEAKS, self._streets.index(writes))
        record = BriefingRecord(id_, 1, unit, BriefingState.DRAFT, since, until, now, actor.member)
        payload: dict[str, Json] = {"unit": unit, "since": since.isoformat(), "until": until.isoformat()}
        writes.append([entry(id_, actor, role, EventKind.BRIEFING_OPENED, _stream(record), 1, payload, {}, now)])
        writes.briefings.save_briefing(record)
        return record

    def _write(
        self, writes: Writes, actor: Actor, id_: UUID, kind: EventKind, stream: str, payload: Mapping[str, Json],
        words: Mapping[str, str],
    ) -> Event:  # fmt: skip
        role = role_of(actor, SPEAKS, self._streets.index(writes))
        version = writes.stream_version(stream) + 1
        event = entry(id_, actor, role, kind, stream, version, payload, words, self._clock.now())
        writes.append([event])
        return event

    def _saved(self, writes: Writes, record: BriefingRecord, words_id: UUID | None = None) -> None:
        if not writes.briefings.save_briefing(record, words_id):
            raise Conflict(Message("Somebody else changed it meanwhile."))


def _stream(record: BriefingRecord) -> str:
    return f"briefing/{record.id.hex}"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
