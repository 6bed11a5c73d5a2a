"""What one open desk holds: the house, who sits there, the language, and the last picture of the street."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from app.commands import DEFAULT_KEYS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from app.domain.actor import Actor
    from app.domain.briefing import Sheet
    from app.domain.briefing_file import BriefingFile
    from app.domain.case_filter import CaseFilter, View
    from app.domain.coming import NextHour
    from app.domain.message import Message
    from app.domain.patrol_row import PatrolRow
    from app.domain.street_map import StreetMap
    from app.keymap import Keymap
    from app.render.sight import Sight
    from app.render.words import Words
    from app.screens.archive_window import ArchiveAnswer, ArchiveWish
    from app.screens.context import DialogContext
    from app.screens.meeting import Look, Meeting
    from app.screens.repeating import LastMove
    from app.services.desk import DeskView
    from app.services.drafts import Drafts
    from app.services.duty_view import DutyView
    from app.services.house import House, Watcher
    from app.services.lanes import Lanes
    from app.services.ports import BoardRow
    from app.services.rounds_view import RoundsView
    from app.services.shift_log import LogPage
    from app.services.water_view import WaterView
    from app.services.whistles import CaseFile
    from app.settings import Settings


class Engine(Protocol):
    """The duty clock as the desk sees it."""

    @property
    def last_tick(self) -> float | None:
        """Monotonic second of its last round; None before the first."""

    @property
    def owner(self) -> str:
        """Its name among the programs that run the clock."""

    def start(self) -> None:
        """Begin; nothing happens after ``leave``."""

    def heard(self) -> None:
        """Somebody wrote: look again."""

    def leave(self) -> None:
        """End it, within seconds."""


@dataclass(slots=True)
class Seat:
    """One desk. Only the app changes it; screens read it when they are told to show something."""

    settings: Settings
    words: Words
    keymap: Keymap = DEFAULT_KEYS
    """Which keys ask for what at this desk."""
    house: House | None = None
    lanes: Lanes | None = None
    drafts: Drafts | None = None
    actor: Actor | None = None
    view: DeskView | None = None
    duty: DutyView | None = None
    """What waits for an answer; None before the first look."""
    engine: Engine | None = None
    """The duty clock that runs in this program; None in a program that only reads."""
    engine_since: float = 0.0
    """Monotonic second at which it was started."""
    heard: float = 0.0
    """Monotonic second at which what is shown was read."""
    watcher: Watcher | None = None
    go_to: UUID | None = None
    """A case this desk has just made: the cursor goes there once it is on the board."""
    round_to: UUID | None = None
    """A round this desk has just begun: the cursor of the list goes there."""
    guest: BoardRow | None = None
    """A case that was gone to and is outside what the lists show: it stands on top of them."""
    last: LastMove | None = None
    """The last move made at this desk, for doing it again."""
    group: str = ""
    """The group of states that the whistles mode shows when it is entered next: ``to_rate`` or ``drafts``."""
    narrowed: CaseFilter | None = None
    """What the lists of every mode are narrowed to until somebody takes it away; None = every case."""
    marks: set[UUID] = field(default_factory=set)
    """Cases marked in the lists of every mode; they stay marked when they leave a list."""
    water: tuple[str, int] = ("", 24)
    """Which gauge the line shows and how many hours of it; an empty id = the foremost gauge."""
    briefing_unit: str = ""
    """Of which unit the briefing is shown; empty = the street's."""
    briefing_next: bool = False
    """The next briefing is shown though today's was signed and stands."""
    looks: dict[tuple[str, str, datetime], Look] = field(default_factory=dict)
    """How each member looked at each briefing last, by member, unit and planned start."""
    meeting: Meeting | None = None
    """The briefing that was held last in front of everybody: it goes on where it was left."""
    behind_since: float | None = None
    """Monotonic second at which a change was heard that is not on the screen yet."""

    @property
    def read_only(self) -> str:
        """Why nothing can be written (a msgid), or empty."""
        return self.house.read_only if self.house else ""

    def now(self) -> datetime:
        """The street's instant; only once the house is open."""
        return self.open_house().clock.now()

    def age(self) -> float:
        """Seconds for which what is shown may no longer be true: since an unread change, or since any answer."""
        if self.behind_since is not None:
            return time.monotonic() - self.behind_since
        return time.monotonic() - max(self.heard, self.watcher.heard_at if self.watcher else 0.0)

    def engine_age(self) -> float | None:
        """Seconds since the duty clock of this program went round; None when it runs none."""
        if self.engine is None:
            return None
        return time.monotonic() - (self.engine.last_tick or self.engine_since)

    def open_house(self) -> House:
        """The house; RuntimeError before it is open, which no command allows."""
        if self.house is None:
            raise RuntimeError("the house is not open")
        return self.house

    def sight(self) -> Sight | None:
        """How things look at this instant; None before the first picture."""
        if self.view is None or self.house is None:
            return None
        from app.render.glyphs import Glyphs
        from app.render.sight import Sight

        zone = self.view.policy.calendar.zone
        return Sight(self.words.in_zone(zone), Glyphs(self.settings.ascii_glyphs), self.view.street, zone, self.now())

    def meeting_of(self, file: BriefingFile) -> Meeting:
        """The meeting of a briefing: the one that was left, or a new one that begins now."""
        from app.screens.meeting import Look, Meeting

        if self.meeting is None or (self.meeting.unit, self.meeting.until) != (file.unit, file.until):
            self.meeting = Meeting(file.unit, file.until, self.now(), Look(file.sheet, self.now()))
        return self.meeting

    def look_of(self, file: BriefingFile) -> Look:
        """The last look at a briefing of who sits here: what changed since is marked; the first one is now."""
        from app.screens.meeting import Look

        return self.looks.setdefault(self._look_key(file), Look(file.sheet, self.now()))

    def look_again(self, file: BriefingFile) -> None:
        """Who sits here has seen it as it is in ``file``."""
        from app.screens.meeting import Look

        self.looks[self._look_key(file)] = Look(file.sheet, self.now())

    def wrote(self, file: BriefingFile, more: Callable[[Sheet], Sheet]) -> None:
        """Who sits here wrote something in it: that alone is seen, what others wrote stays news."""
        from app.screens.meeting import Look

        key, held = self._look_key(file), self.meeting
        if (look := self.looks.get(key)) is not None:
            self.looks[key] = Look(more(look.sheet), look.at)
        if held is not None and (held.unit, held.until) == (file.unit, file.until):
            held.look = Look(more(held.look.sheet), held.look.at)

    def _look_key(self, file: BriefingFile) -> tuple[str, str, datetime]:
        return self.actor.member if self.actor else "", file.unit, file.until

    def views(self) -> tuple[View, ...]:
        """The named views of the configuration, checked when the desk was started."""
        if not self.settings.values.get("views"):
            return ()
        from app.services.views import views_of

        return views_of(self.settings.values, self.settings.config)

    def context(self) -> DialogContext:
        """What a dialog is given, once the house is open; with nobody at the desk the actor has no name."""
        from app.domain.actor import Actor
        from app.render.glyphs import Glyphs
        from app.screens.context import DialogContext

        if self.view is None or self.lanes is None or self.drafts is None:
            raise RuntimeError("the desk is not ready")
        words = self.words.in_zone(self.view.policy.calendar.zone)
        return DialogContext(self.open_house(), self.lanes, words, Glyphs(self.settings.ascii_glyphs), self.drafts,
                             self.actor or Actor(""), self.view.street, self.view.policy)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LogWish:
    """Which stretch of the log: [since, until), or ``step`` shifts from it; None = the shift that runs now."""

    since: datetime | None = None
    until: datetime | None = None
    step: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a screen needs read for it."""

    selected: UUID | None = None
    upcoming: bool = False
    """What the duty clock does within the hour."""
    needle: str = ""
    """What is searched for; empty = nothing."""
    archive: ArchiveWish | None = None
    """A page of the cases that left the board."""
    reminders: bool = False
    """Reminders that will come, and what was answered."""
    rounds: bool = False
    """The rounds of today."""
    round_id: UUID | None = None
    """The one that is read with its checklist; None = the first."""
    street_map: bool = False
    """The street's map."""
    walks: bool = False
    """The rounds of today as rows, without any checklist."""
    water: tuple[str, int] | None = None
    """Of which gauge, and how many hours; an empty id = the foremost one."""
    log: LogWish | None = None
    """A stretch of the shift log."""
    briefing: str | None = None
    """Of which unit; empty = the street's."""
    briefing_next: bool = False
    """The next one, though today's was signed."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: ids of cases on the board, and how many others, up to ``MANY`` + 1."""

    needle: str
    on_board: frozenset[UUID]
    ended: int


@dataclass(frozen=True, slots=True)
class Fresh:
    """What was read. None = not asked for this time."""

    view: DeskView | None
    selected: UUID | None
    file: CaseFile | None
    damage: Message | None = None
    """Why the case could not be read."""
    upcoming: NextHour | None = None
    found: Found | None = None
    archive: ArchiveAnswer | None = None
    duty: DutyView | None = None
    rounds: RoundsView | None = None
    street_map: StreetMap | None = None
    walks: tuple[PatrolRow, ...] | None = None
    water: WaterView | None = None
    log: LogPage | None = None
    briefing: BriefingFile | None = None

    @property
    def only_case(self) -> bool:
        """Whether nothing but the case under the cursor was read."""
        lists = (self.view, self.upcoming, self.found, self.archive, self.log, self.briefing)
        return all(read is None for read in lists)
