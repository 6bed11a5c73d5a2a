"""The briefing in front of everybody: one section a page over the whole screen, for a projector (domain 6.1).

What somebody else writes meanwhile is taken over when the page is turned: nothing moves under the eyes of those who
read it. What is noted here stands there at once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical

from app.domain.briefing import Section
from app.domain.briefing_file import BriefingFile
from app.domain.compose import silent_roles
from app.domain.errors import Conflict, WanggeError
from app.domain.message import Message
from app.render.briefing_changes import Since
from app.render.briefing_changes import since as since_
from app.render.meeting import CLOSING, PRESENT, WIDEST, Room, Slide, opened, places, slides
from app.render.meeting_top import Head, title_line, top_line
from app.render.rows import Cell, Piece, Tone, one
from app.render.sight import Sight
from app.render.ways import Way
from app.render.words import Words
from app.screens.answering import Answering
from app.screens.beside import beside
from app.screens.briefing_doings import BriefingDoings
from app.screens.context import DialogContext
from app.screens.dialogs.sights import sight_of
from app.screens.first_digits import FirstDigits
from app.screens.meeting import Look, Meeting
from app.screens.presenter_ways import page_ways
from app.screens.signs import is_text
from app.screens.told import Told
from app.widgets.lines import Lines

MARGIN = 4
"""Cells left and right of a page at least."""


class Presenter(Answering[None]):
    """Pages forward, back and by number; notes, attendance, action items and signing without leaving."""

    CSS_PATH = "presenter.tcss"
    BINDINGS = [
        Binding("space,right,pagedown,down", "turn(1)", show=False),
        Binding("left,pageup,up,backspace", "turn(-1)", show=False),
        Binding("enter", "enter", show=False),
        Binding("tab", "point(1)", show=False),
        Binding("shift+tab", "point(-1)", show=False),
        Binding("home", "end(0)", show=False),
        Binding("end", "end(-1)", show=False),
        Binding("escape,f10", "leave", show=False),
        Binding("f2", "note", show=False),
        Binding("f4", "attend", show=False),
        Binding("f5", "item", show=False),
        Binding("f6", "sign", show=False),
    ]

    def __init__(
        self, context: Callable[[], DialogContext], file: BriefingFile, meeting: Meeting, doings: BriefingDoings, *,
        refusal: Message | None = None, changed: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        """``refusal`` = why nothing can be written here; ``changed`` is called when something was."""
        super().__init__()
        self._desk = context
        self._words = context().words
        self._file = file
        self._fresh = file
        """As it was read last; the page shows it once it is turned."""
        self._meeting = meeting
        self._doings = doings
        self._refusal = refusal
        self._changed = changed
        self._count: str | None = None
        """The number whose list is open, or the unit below whose lists are."""
        self._count_part = 0
        self._pointed: int | None = None
        """Which of the page's numbers is pointed at."""
        self._reading = self._again = False
        self._opening = 0
        """Doings under way that ask something: until their dialog stands, keys wait."""
        self._said: tuple[Message, Tone] | None = None
        self._digits: FirstDigits[tuple[str, int]] = FirstDigits()
        """Each jumps; a text that follows at once takes them back."""
        self._number = [1, 1]
        """Of the page that is shown, and how many there are."""

    # -- what it says of itself ----------------------------------------------------------------
    def spoken(self) -> Words:
        """As the desk."""
        return self._words

    def title_text(self) -> str:
        """What it is."""
        return self._words.t("Hold the briefing")

    @property
    def sight(self) -> Sight:
        """How things look at this instant."""
        return sight_of(self._desk())

    @property
    def file(self) -> BriefingFile:
        """What is shown."""
        return self._file

    def ways(self) -> Sequence[Way]:
        """Those of the page first."""
        opened, pointed = self._count is not None, self._pointed is not None
        return page_ways(self._place, opened=opened, pointed=pointed, signed=self._file.signed)

    @property
    def settled(self) -> bool:
        """Not while a dialog is on its way."""
        return super().settled and not self._opening

    def may_open(self, key: str) -> bool:
        """Any text may begin a note: what is typed next is for it."""
        return super().may_open(key) or not key.isdigit()

    # -- layout --------------------------------------------------------------------------------
    def compose(self) -> ComposeResult:
        """Where one is, the title, the page, a sentence."""
        box = Vertical(id="box")
        box.border_subtitle = self.edge()
        with box:
            yield Lines(id="top")
            yield Lines(id="title")
            yield Lines(id="page")
            yield Lines(id="said")

    def on_mount(self) -> None:
        """The first page, and the clock."""
        self.set_interval(1.0, self._tick)
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        """Pages are made for the room that there is."""
        self.call_after_refresh(self._draw)

    async def retell(self, words: Words) -> None:
        """In the other language."""
        self._words = words.in_zone(self._words.zone)
        if self.is_mounted:
            self._draw()

    # -- pages ---------------------------------------------------------------------------------
    @property
    def _room(self) -> Room:
        """The page less its margins; what is hidden yet has the room of the screen."""
        size = self.query_one("#page", Lines).size
        return Room(max(20, min(WIDEST, size.width - 2 * MARGIN)), max(6, size.height))

    @property
    def _place(self) -> str:
        known = places(self._file)
        return self._meeting.place if self._meeting.place in known else known[0]

    @property
    def _since(self) -> Since | None:
        """What changed since the meeting began, or since signing was refused."""
        look = self._meeting.look
        return since_(look.sheet, look.at, self._file.sheet)

    def shown(self) -> tuple[Slide, int, int]:
        """The page that is shown, its number from one, and how many there are; of an open list its own."""
        sight, room = self.sight, self._room
        if self._count is not None:
            pages = opened(self._count, self._file, sight, room)
            part = min(self._count_part, len(pages) - 1)
            return pages[part], part + 1, len(pages)
        before = total = 0
        page: Slide | None = None
        since = self._since
        for place in places(self._file):
            chosen = self._pointed if place == self._place else None
            pages = slides(place, self._file, sight, room, chosen, since)
            if place == self._place:
                part = self._meeting.part = max(0, min(self._meeting.part, len(pages) - 1))
                page, before = pages[part], total + part + 1
            total += len(pages)
        assert page is not None
        return page, before, total

    def _draw(self) -> None:
        if not self.is_mounted:
            return
        page, *self._number = self.shown()
        margin = Piece(self._margin)
        self.query_one("#top", Lines).show([self._top()])
        self.query_one("#title", Lines).show([(margin, *title_line(page, self._room, opened=self._count is not None))])
        self.query_one("#page", Lines).show([(margin, *line) for line in page.lines])
        said = one(self._words.say(self._said[0], self.sight.now), self._said[1]) if self._said is not None else ()
        self.query_one("#said", Lines).show([(margin, *said)])
        for box in self.query("#box"):
            box.border_subtitle = self.edge()

    @property
    def _margin(self) -> str:
        return " " * max(0, (self.query_one("#page", Lines).size.width - self._room.width) // 2)

    def _top(self) -> Cell:
        """Which briefing, which page, how long already, and the clock at the right edge."""
        number, total = self._number
        changed = self._fresh.digest != self._file.digest and self._count is None
        head = Head(self._file, number, total, self._meeting.began_at, changed=changed)
        return top_line(head, self.sight, self._margin, self.query_one("#top", Lines).size.width)

    def _tick(self) -> None:
        """The clock and the timer; nothing else moves."""
        if self.is_mounted and self.is_attached:
            self.query_one("#top", Lines).show([self._top()])

    # -- reading -------------------------------------------------------------------------------
    def hear(self) -> None:
        """Somebody wrote, or time went on: read it again."""
        if self._reading:
            self._again = True
            return
        self._reading = True
        beside(self, self._read, "briefing")

    async def _read(self, *, at_once: bool = False) -> None:
        try:
            while True:
                self._again = False
                fresh = await self._desk().submit(self._look)
                if fresh is not None:
                    self._fresh = fresh
                if not self._again:
                    break
        finally:
            self._reading = False
        if self.is_attached and not self.over:
            if at_once:
                self._file = self._fresh
            self._draw() if at_once else self._tick()

    def _look(self) -> BriefingFile | None:
        """The same briefing as it is now, on a lane: a draft, or as it was signed meanwhile."""
        briefings, file = self._desk().house.briefings, self._file
        found = briefings.file(file.record.id) if file.record is not None else briefings.draft(file.unit)
        if found.until == file.until:
            return found
        signed = next((one for one in briefings.signed(file.unit, 3) if one.until_at == file.until), None)
        return briefings.file(signed.id) if signed is not None else None

    # -- keys ----------------------------------------------------------------------------------
    def _go(self, place: str, part: int = 0) -> None:
        """To another page: what changed meanwhile is seen there."""
        self._file = self._fresh
        self._meeting.place, self._meeting.part = place, part
        self._count = self._pointed = self._said = None
        self._draw()

    def action_turn(self, step: int) -> None:
        """The next page, or the one before."""
        if self._count is not None:
            pages = opened(self._count, self._file, self.sight, self._room)
            self._count_part = max(0, min(self._count_part + step, len(pages) - 1))
            self._draw()
            return
        sight, room = self.sight, self._room
        place, part = self._place, self._meeting.part + step
        if 0 <= part < len(slides(place, self._file, sight, room, since=self._since)):
            self._go(place, part)
            return
        known = places(self._file)
        number = known.index(place) + step
        if not 0 <= number < len(known):
            self.say(Message("This is the last page.") if step > 0 else Message("This is the first page."), Tone.QUIET)
            return
        place = known[number]
        last = len(slides(place, self._fresh, sight, room)) - 1 if step < 0 else 0
        self._go(place, last)

    def _jump(self, digit: int) -> None:
        """To a section by its number; nought is who is there."""
        sections = list(Section)
        if digit == 0:
            self._go(PRESENT)
        elif digit <= len(sections):
            self._go(sections[digit - 1].value)

    def action_end(self, place: int) -> None:
        """The first or the last page."""
        self._go(places(self._file)[place])

    def action_point(self, step: int) -> None:
        """The next number of the page."""
        page, _, _ = self.shown()
        if self._count is not None:
            return
        if not page.targets:
            self.say(Message("No number stands on this page."), Tone.QUIET)
            return
        first = 0 if step > 0 else len(page.targets) - 1
        self._pointed = first if self._pointed is None else (self._pointed + step) % len(page.targets)
        self._said = None
        self._draw()

    def action_enter(self) -> None:
        """The list of the number pointed at, back from it, else the next page."""
        page, _, _ = self.shown()
        if self._count is not None:
            self._count = None
            self._draw()
        elif self._pointed is not None and self._pointed < len(page.targets):
            self._count, self._count_part = page.targets[self._pointed], 0
            self._draw()
        else:
            self.action_turn(1)

    def action_leave(self) -> None:
        """Out of a list, from a number, else back to the desk."""
        if self._count is not None:
            self._count = None
            self._draw()
        elif self._pointed is not None:
            self._pointed = None
            self._draw()
        else:
            self.dismiss(None)

    def on_click(self, event: events.Click) -> None:
        """A click on the page is the next one; on a key of the edge that key."""
        if event.style.meta.get("key") is None and event.widget is not self:
            event.stop()
            event.prevent_default()
            self.action_turn(1)

    def on_key(self, event: events.Key) -> None:
        """A letter or a Chinese character begins a note with it typed; a digit jumps, unless the text goes on."""
        typed = event.character or ""
        if typed.isascii() and typed.isdigit():
            event.stop()
            event.prevent_default()
            self._digits.add(typed, event.time, (self._place, self._meeting.part))
            self._jump(int(typed))
        elif is_text(typed or None) or typed.isalpha():
            self._typed_text(event, typed)

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted begins a note too."""
        self._typed_text(event, event.text)

    def _typed_text(self, event: events.Key | events.Paste, text: str) -> None:
        """It begins a note on the page where its first sign was typed."""
        event.stop()
        event.prevent_default()
        digits, origin = self._digits.take(event.time)
        if origin is not None:
            self._go(*origin)
        self._note(digits + text)

    # -- doing ---------------------------------------------------------------------------------
    def action_note(self) -> None:
        """Note what is said."""
        self._note("")

    def _note(self, typed: str) -> None:
        place = self._place
        section = Section(place) if place in set(Section) else None
        silent = silent_roles(self._file.sheet.notes) if section is Section.SIX_ROLES else ()
        self._begin(lambda: self._doings.note(self._file, section, typed, next(iter(silent), None)))

    def action_attend(self) -> None:
        """Who is there; of a signed one no more."""
        if self._file.signed:
            self.say(Message("It is signed: note what was missing, it is added."), Tone.QUIET)
        else:
            self._begin(lambda: self._doings.attend(self._file))

    def action_item(self) -> None:
        """Set an action item."""
        self._begin(lambda: self._doings.item(self._file))

    def action_sign(self) -> None:
        """Freeze it, as it is shown."""
        if self._file.signed:
            self.say(Message("It is signed already."), Tone.QUIET)
        else:
            self._begin(self._sign)

    async def _sign(self) -> Told:
        """What is asked about is what was read last."""
        self._go(CLOSING)
        asked = self._file
        try:
            signed = await self._doings.sign(asked, self._since)
        except Conflict:
            self._meeting.look = Look(asked.sheet, self.sight.now)
            raise
        if signed is None:
            return None
        self._fresh = signed
        self._go(CLOSING)
        return Message("Signed.")

    def say(self, said: Message, tone: Tone = Tone.GOOD) -> None:
        """Below the page, until it is turned."""
        self._said = said, tone
        self._draw()

    def _begin(self, doing: Callable[[], Awaitable[Told]]) -> None:
        """Do it beside the screen; keys wait until the dialog stands that it asks with."""
        if self._refusal is not None:
            self.say(self._refusal, Tone.SOON)
            return
        self._opening += 1
        beside(self, partial(self._done, doing), "briefing doing")

    async def _done(self, doing: Callable[[], Awaitable[Told]]) -> None:
        try:
            said = await doing()
        except WanggeError as error:
            self._opening -= 1
            await self._read(at_once=isinstance(error, Conflict))
            self.say(error.message, Tone.SOON)
            return
        self._opening -= 1
        if said is not None:
            self._changed()
            await self._read(at_once=True)
            self.say(said)
