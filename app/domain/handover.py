"""The handover between two shifts: what is open, what was said of it, who accepted what, who signed (domain 6.2).

The list is the system's: nobody types what is open, and nobody can leave anything out (behaviours 26). An acceptance
is of an item as it stood then; when the item changes, it is to be accepted again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from app.domain.message import N_, Name
from app.domain.org import Shift
from app.domain.whistle import Waiting, WhistleState


class HandoverState(StrEnum):
    """draft → handed (the outgoing shift has signed) → taken (the incoming one has)."""

    DRAFT = "draft"
    HANDED = "handed"
    TAKEN = "taken"


class ItemKind(StrEnum):
    """What is handed over, in the order of the template (domain 6.2)."""

    CASE = "case"
    """未结哨: every case on the board."""
    ROUND = "round"
    """未完巡查: a team that is out."""
    PLANNED = "planned"
    """A round that is due now and that nobody has begun."""
    REPORT = "report"
    """待续报: a report up the line."""
    RETURN_CALL = "return_call"
    """待回访: closed, and who blew it is still to be asked."""
    LOG = "log"
    """An entry of the shift log that is open (未了)."""
    TASK = "task"
    """An action item of a briefing that is not done, whenever it is due."""


GROUPS: dict[ItemKind, str] = {
    ItemKind.CASE: N_("Open whistles"),
    ItemKind.ROUND: N_("Rounds under way"),
    ItemKind.PLANNED: N_("Rounds to begin"),
    ItemKind.REPORT: N_("Reports due"),
    ItemKind.RETURN_CALL: N_("Return calls"),
    ItemKind.LOG: N_("Open in the log"),
    ItemKind.TASK: N_("Action items"),
}
"""What each kind is called; msgids."""


class Why(StrEnum):
    """Why an item is critical: then the outgoing officer says something about it, and it is read back."""

    EMERGENCY = "emergency"
    """An emergency whistle."""
    SEVERE = "severe"
    """Urgent or critical by its severity."""
    OVERDUE = "overdue"
    """Its limit has passed."""
    SOON = "soon"
    """A report up the line is due within the hour."""
    OUTSIDE = "outside"
    """People are out on a round."""


SOON = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is open. ``mark`` changes whenever the thing does."""

    kind: ItemKind
    id: str
    """Id of the case, round, planned round; number of the log's entry or of the action item."""
    number: str
    text: str
    mark: str
    name: Name | None = None
    """Instead of a text that somebody typed: of a round."""
    grid: str = ""
    due_at: datetime | None = None
    why: tuple[Why, ...] = ()
    whistle_id: UUID | None = None
    state: WhistleState | None = None
    waiting: Waiting | None = None
    departments: tuple[str, ...] = ()
    """Those still waited for."""
    who: tuple[str, ...] = ()
    """Members: the team of a round, who does an action item."""
    part: str = ""
    """Which report."""

    @property
    def key(self) -> str:
        """What it is known by: ``case:<id>``, ``report:<id>:report_follow_up``."""
        return f"{self.kind.value}:{self.id}{':' if self.part else ''}{self.part}"

    @property
    def critical(self) -> bool:
        """Whether it needs a line of the outgoing officer, and is read back.

        The rule: an emergency; an urgent or critical matter; whatever is past its limit; a report up the line that is
        due within the hour; a team that is out.
        """
        return bool(self.why)


@dataclass(frozen=True, slots=True)
class Told:
    """What the outgoing officer said of an item."""

    text: str
    by: str
    at: datetime
    mark: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """That the incoming officer accepted an item; ``text`` = what is to be done, in their own words (read-back)."""

    text: str
    by: str
    at: datetime
    mark: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item with what was said of it."""

    item: Item
    told: Told | None = None
    accepted: Accepted | None = None

    @property
    def is_accepted(self) -> bool:
        """Whether it was accepted as it stands now."""
        return self.accepted is not None and self.accepted.mark == self.item.mark and not self.silent

    @property
    def changed(self) -> bool:
        """Whether it was accepted and is another one since."""
        return self.accepted is not None and self.accepted.mark != self.item.mark

    @property
    def silent(self) -> bool:
        """Whether the outgoing officer still has to say something about it."""
        return self.item.critical and self.told is None


@dataclass(frozen=True, slots=True)
class Gear:
    """One piece of the equipment list; ``ok`` None = nobody has looked yet."""

    code: str
    name: Name
    ok: bool | None = None
    remark: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReliefNote:
    """A note for the relief (提醒接班人); ``after`` = added once both had signed."""

    id: UUID
    text: str
    by: str
    at: datetime
    after: bool = False


@dataclass(frozen=True, slots=True)
class HandoverRecord:
    """One handover as it is kept."""

    id: UUID
    version: int
    state: HandoverState
    outgoing: str
    """Code of the shift that hands over."""
    opened_at: datetime
    opened_by: str
    incoming: str = ""
    """Code of the shift that took over; empty until it has."""
    handed_at: datetime | None = None
    handed_by: str = ""
    taken_at: datetime | None = None
    taken_by: str = ""


@dataclass(frozen=True, slots=True)
class HandoverSheet:
    """Everything that is shown of a handover, nothing of how."""

    outgoing: Shift
    items: tuple[ItemLine, ...] = ()
    gear: tuple[Gear, ...] = ()
    notes: tuple[ReliefNote, ...] = ()
    incoming: Shift | None = None
    """Who takes over; while nobody has, the roster's next shift, if it has one."""
    handed_by: str = ""
    handed_at: datetime | None = None
    taken_by: str = ""
    taken_at: datetime | None = None

    def of(self, kind: ItemKind) -> tuple[ItemLine, ...]:
        """Items of one kind."""
        return tuple(line for line in self.items if line.item.kind is kind)

    def line(self, key: str) -> ItemLine | None:
        """One item by its key."""
        return next((line for line in self.items if line.item.key == key), None)

    @property
    def critical(self) -> tuple[ItemLine, ...]:
        """Those that are critical."""
        return tuple(line for line in self.items if line.item.critical)

    @property
    def silent(self) -> tuple[ItemLine, ...]:
        """Critical ones of which the outgoing officer has said nothing."""
        return tuple(line for line in self.items if line.silent)

    @property
    def unaccepted(self) -> tuple[ItemLine, ...]:
        """Those that nobody has accepted as they stand."""
        return tuple(line for line in self.items if not line.is_accepted)

    @property
    def unlooked(self) -> tuple[Gear, ...]:
        """Equipment that nobody has looked at."""
        return tuple(one for one in self.gear if one.ok is None)


@dataclass(frozen=True, slots=True)
class HandoverFile:
    """A handover as it is shown. ``record`` None = nobody has begun it yet."""

    sheet: HandoverSheet
    digest: str
    """What was looked at: whoever signs says it, so that nothing changes unseen."""
    record: HandoverRecord | None = None
    additions: tuple[ReliefNote, ...] = ()
    """What was added once both had signed."""

    @property
    def state(self) -> HandoverState:
        """How far it is."""
        return self.record.state if self.record is not None else HandoverState.DRAFT


class Step(StrEnum):
    """What is to be done next, by whom."""

    LINES = "lines"
    """The outgoing officer says something about each critical item."""
    EQUIPMENT = "equipment"
    """The outgoing officer goes through the equipment."""
    SIGN_OUT = "sign_out"
    ROSTER = "roster"
    """Nobody is on the roster: the relief opens its shift."""
    ACCEPT = "accept"
    SIGN_IN = "sign_in"
    DONE = "done"


def next_step(file: HandoverFile) -> Step:
    """The next step of a handover: one sentence says it on every screen."""
    sheet = file.sheet
    if file.state is HandoverState.TAKEN:
        return Step.DONE
    if sheet.silent:
        return Step.LINES
    if sheet.unlooked:
        return Step.EQUIPMENT
    if file.state is HandoverState.DRAFT:
        return Step.SIGN_OUT
    if sheet.incoming is None:
        return Step.ROSTER
    return Step.ACCEPT if sheet.unaccepted else Step.SIGN_IN


_ORDER = tuple(ItemKind)


def in_order(items: Iterable[Item]) -> list[Item]:
    """Critical ones first, then by kind, then the soonest limit; those without one last."""

    def place(item: Item) -> tuple[bool, int, bool, float, str, str]:
        due = item.due_at.timestamp() if item.due_at else 0.0
        return not item.critical, _ORDER.index(item.kind), item.due_at is None, due, item.number, item.key

    return sorted(items, key=place)


def mark_of(*facts: object) -> str:
    """A short digest of what an item is made of."""
    return sha256("\x1f".join(map(str, facts)).encode()).hexdigest()[:16]


def counted(sheet: HandoverSheet) -> Iterator[tuple[ItemKind, int]]:
    """How many there are of each kind, those of the template also where there are none."""
    always = (ItemKind.CASE, ItemKind.ROUND, ItemKind.REPORT, ItemKind.RETURN_CALL)
    for kind in ItemKind:
        number = len(sheet.of(kind))
        if number or kind in always:
            yield kind, number
