"""Action items of briefings: who is to do what by when; a reminder calls them, and none is forgotten (domain 6.1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from app.domain.action_item import ActionItem, ItemState
from app.domain.actor import Actor
from app.domain.errors import BadInput, Conflict, IllegalMove, NotFound
from app.domain.events import EventKind, Json
from app.domain.message import Message
from app.domain.reminder import ONCE, Reminder, ReminderState
from app.domain.text import NOTE_CAP, TITLE_CAP, accept
from app.domain.topics import Audience
from app.services.briefing_entries import SPEAKS, entry, no_personal_number
from app.services.briefing_units import BriefingUnits
from app.services.flood_entries import role_of
from app.services.ports import Clock, Store, Writes
from app.services.reminders import end_reminder, set_reminder
from app.services.requests import earlier
from app.services.streets import Streets


class ActionItems:
    """Every call is one transaction. Errors are ``WanggeError``."""

    def __init__(self, store: Store, clock: Clock, streets: Streets) -> None:
        self._store = store
        self._clock = clock
        self._streets = streets
        self._units = BriefingUnits(streets)

    def open(self, unit: str) -> tuple[ActionItem, ...]:
        """Items of a unit that are not done, the soonest due first; of the street those of all its units."""
        with self._store.read() as reads:
            return reads.briefings.items_open(self._units.below(self._units.unit(unit)))

    def find(self, text: str) -> ActionItem:
        """An item by its number; NotFound."""
        digits = text.strip().lstrip("#＃")
        found = None
        if digits.isdecimal() and len(digits) < 9:
            with self._store.read() as reads:
                found = reads.briefings.item_numbered(int(digits))
        if found is None:
            raise NotFound(Message("There is no action item {number}.", {"number": text.strip()}))
        return found

    def add(
        self, actor: Actor, request_id: UUID, unit: str, what: str, owner: str, due_at: datetime, *, place: str = "",
        grid: str = "", whistle_id: UUID | None = None,
    ) -> ActionItem:  # fmt: skip
        """Somebody is to do something by a time: a reminder calls them, and it stands in every briefing until done."""
        texts = {
            name: accept(text, TITLE_CAP, name, one_line=True) for name, text in (("what", what), ("place", place))
        }
        texts = {name: text for name, text in texts.items() if text}
        if not texts.get("what"):
            raise BadInput(Message("{what} is missing.", {"what": Message("What is to be done")}), "what")
        for name, text in texts.items():
            no_personal_number(text, name)

        def work(writes: Writes) -> ActionItem:
            if earlier(writes, request_id, actor, {EventKind.ITEM_SET}) is not None:
                known = writes.briefings.item(request_id)
                if known is None:
                    raise NotFound(Message("There is no such action item."))
                return known
            street, now = self._streets.index(writes), self._clock.now()
            if owner not in street.members or not street.members[owner].active:
                raise NotFound(Message("There is no member {code}.", {"code": owner}))
            if due_at <= now:
                raise BadInput(Message("{at} has passed; it is {now}.", {"at": due_at, "now": now}), "due")
            records = writes.briefings.latest(self._units.unit(unit), 1)
            role = role_of(actor, SPEAKS, street)
            reminder = Reminder(
                id=uuid5(request_id, "reminder"), state=ReminderState.ACTIVE, version=1, tell=Audience.MEMBER,
                member=owner, set_by=actor.member, created_at=now, urgent=False, next_at=due_at, next_key=ONCE,
                recurrence=None, words_id=uuid5(request_id, "reminder words"), whistle_id=whistle_id,
                until_closed=False,
            )  # fmt: skip
            item = ActionItem(
                request_id, writes.briefings.next_item(), 1, unit, records[0].id if records else None, ItemState.OPEN,
                owner, due_at, actor.member, now, grid, whistle_id, reminder.id, texts=texts,
            )  # fmt: skip
            payload: dict[str, Json] = {"number": item.number, "unit": unit, "owner": owner, "due": due_at.isoformat(),
                                        "grid": grid, "case": whistle_id.hex if whistle_id else ""}  # fmt: skip
            writes.append([entry(request_id, actor, role, EventKind.ITEM_SET, _stream(item), 1, payload, texts, now)])
            set_reminder(writes, reminder, actor, uuid5(request_id, "set reminder"), now, texts["what"])
            writes.briefings.save_item(item, uuid5(request_id, "words"))
            return item

        return self._store.write(work)

    def end(
        self, actor: Actor, request_id: UUID, item_id: UUID, result: str = "", *, done: bool = True
    ) -> ActionItem:  # fmt: skip
        """It was done, or with ``done=False`` is not to be done any more, which needs a reason."""
        kept = accept(result, NOTE_CAP, "note", one_line=True)
        if not done and not kept:
            raise BadInput(Message("Say why it is not to be done."), "reason")
        no_personal_number(kept, "result")

        def work(writes: Writes) -> ActionItem:
            item = writes.briefings.item(item_id)
            if item is None:
                raise NotFound(Message("There is no such action item."))
            if earlier(writes, request_id, actor, {EventKind.ITEM_ENDED}) is not None:
                return item
            if item.state is not ItemState.OPEN:
                raise IllegalMove(Message("Action item {number} is done already.", {"number": item.number}))
            now, role = self._clock.now(), role_of(actor, SPEAKS, self._streets.index(writes))
            state = ItemState.DONE if done else ItemState.DROPPED
            words = {"result": kept} if kept else {}
            after = replace(
                item, version=item.version + 1, state=state, done_at=now, done_by=actor.member, ending=words
            )
            payload: dict[str, Json] = {"number": item.number, "state": state.value}
            event = entry(request_id, actor, role, EventKind.ITEM_ENDED, _stream(item), after.version, payload,
                           words, now)  # fmt: skip
            writes.append([event])
            reminder = writes.duty.reminder(item.reminder_id) if item.reminder_id is not None else None
            if reminder is not None and reminder.state is ReminderState.ACTIVE:
                end_reminder(writes, reminder, actor, uuid5(request_id, "end reminder"), now, self._clock.wall())
            if not writes.briefings.save_item(after, uuid5(item.id, "words"), event.words_id):
                raise Conflict(Message("Somebody else changed it meanwhile."))
            return after

        return self._store.write(work)


def _stream(item: ActionItem) -> str:
    return f"item/{item.id.hex}"
