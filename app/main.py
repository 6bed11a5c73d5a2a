"""The desk as a program: first a frame, then the database, then whatever changes."""

from __future__ import annotations

import contextlib
import gc
import sys
import time
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.message import Message as TextualMessage
from textual.theme import Theme

from app.domain.errors import WanggeError
from app.domain.message import Message
from app.render.paint import paint_text
from app.render.rows import Tone
from app.screens.answering import Answering
from app.screens.command_app import CommandApp
from app.screens.duty_desk import DutyDesk
from app.screens.leaving import end_now, others_run
from app.screens.mode import ModeScreen
from app.screens.seat import Engine, Fresh, Wanted
from app.screens.steady import HUNG_UP
from app.screens.terminal import believe_the_terminal
from app.screens.trouble import log_trouble
from app.settings import Settings, remembered_theme
from app.widgets.themes import NIGHT, THEMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.actor import Actor
    from app.screens.feed import Feed
    from app.services.duty_view import DutyView
    from app.services.house import House
    from app.services.seats import Seat

SLOWEST = 30.0
"""Seconds between two looks at the clocks when nothing on the screen changes sooner."""
QUICKEST = 0.25


class Changed(TextualMessage):
    """Another process has written."""


class CommandCenter(CommandApp):
    """网格指挥台: opens the house after the first frame, keeps the screen true, and runs the clocks."""

    DEFAULT_MODE = "desk"
    CSS_PATH = Path(__file__).parent / "screens" / "mode.tcss"
    """The app's and not the screen's, or Textual would parse all styles twice before the first frame."""
    VARIABLES: ClassVar[dict[str, str]] = {
        "quiet": "#9aa6b2", "line": "#2f3a44", "cursor": "#1a394b", "resting": "#1c242c",
    }  # fmt: skip

    def __init__(self, settings: Settings, house: House | None = None, *, clockwork: bool = True) -> None:
        """``house`` is given by tests; else the start worker opens it. ``clockwork`` = the duty clock runs here too."""
        super().__init__(settings)
        self.ellipsis = "~" if settings.ascii_glyphs else "…"
        self._make_plain()
        self._given = house
        self._clockwork = clockwork
        self._feed: Feed | None = None
        self._begun = self._started = False
        self._settled = False
        """Whether it is known if somebody must be asked who sits here."""
        self._asked_in: str | None = None
        """The shift in which it was last asked, or known, who is on duty."""
        self._read_at = 0.0
        self._engine_troubles: dict[str, str] = {}
        """The last unforeseen error of each part of the duty clock: the same one is kept once."""
        self._place: Seat | None = None
        """Which of this machine's desks it is; held as long as it runs."""
        self._learned: date | None = None
        """The day on which this desk last asked whether the program knows a missing plan of working days."""
        self._dress()
        self.add_mode("desk", lambda: self._styled(DutyDesk(self.seat)))
        self.add_mode("whistles", self._whistles)
        self.add_mode("rounds", self._rounds)
        self.add_mode("reminders", self._reminders)
        self.add_mode("log", self._shift_log)
        self.add_mode("briefing", self._briefing)

    def _whistles(self) -> ModeScreen:
        from app.screens.whistles import WhistlesMode

        return self._styled(WhistlesMode(self.seat))

    def _rounds(self) -> ModeScreen:
        from app.screens.rounds import RoundsMode

        return self._styled(RoundsMode(self.seat))

    def _reminders(self) -> ModeScreen:
        from app.screens.reminders import RemindersMode

        return self._styled(RemindersMode(self.seat))

    def _shift_log(self) -> ModeScreen:
        from app.screens.shift_log import LogMode

        return self._styled(LogMode(self.seat))

    def _briefing(self) -> ModeScreen:
        from app.screens.briefing import BriefingMode

        return self._styled(BriefingMode(self.seat))

    def _styled(self, mode: ModeScreen) -> ModeScreen:
        """All styles are the app's and read already: tell Textual, or it reads them again for every new mode."""
        mode._css_update_count = self._css_update_count
        mode.fit(self.size.width, self.size.height)
        return mode

    # -- starting ----------------------------------------------------------------------------
    def _dress(self) -> None:
        """The theme before the first style is computed, so that nothing is computed twice."""
        for theme in THEMES:
            self.register_theme(theme)
        wanted = self.seat.settings.theme or remembered_theme(self.seat.settings)
        self.set_reactive(CommandCenter.theme, wanted if wanted in self.available_themes else NIGHT.name)
        self.stylesheet.set_variables(self.get_css_variables())

    def _make_plain(self) -> None:
        """Without colours none is sent; in ASCII every sign of the screen is translated before it is sent."""
        if self.no_color:
            from textual.filter import Monochrome, NoColor

            self._filters = [NoColor() if isinstance(one, Monochrome) else one for one in self._filters]
        if self.seat.settings.ascii_glyphs:
            from app.widgets.ascii_signs import AsciiSigns

            self._filters.append(AsciiSigns())

    def get_theme(self, theme_name: str) -> Theme | None:
        """Textual asks for the theme once a line; this answers without copying the table of themes."""
        return self._registered_themes.get(theme_name) or super().get_theme(theme_name)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colours for themes that do not know them."""
        return self.VARIABLES

    def on_mount(self) -> None:
        """The frame stands; now the database."""
        self.set_class(self.few_colours, "-plain")
        self.call_after_refresh(self._begin)

    def on_mode_lines_stands(self) -> None:
        """A sixtieth of a second sooner than the refresh that Textual would wait for."""
        self._begin()

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            self.beside(self._start, "start")

    async def _start(self) -> None:
        from app.services.lanes import Lanes

        settings, lanes = self.seat.settings, Lanes()
        self.seat.lanes = lanes
        house, self.seat.actor = await lanes.run(_open_house, settings, self._given)
        from app.screens.errands import Errands
        from app.screens.feed import Feed
        from app.services.drafts import Drafts

        self._place = await lanes.run(_take_seat, settings, house)
        self.seat.drafts = Drafts(settings.drafts, self._place.name)
        self.seat.house = house
        self._errands = Errands(self, self.seat, self.tell, self.reload)
        self._feed = Feed(house, lanes, self._wanted, self._show, self._slow)
        self._feed.ask()
        await self._feed.serve()
        await self._furnish()
        self.seat.watcher = await lanes.run(house.watch, self._heard)
        self._started = True
        if self._clockwork and not house.read_only:
            self.seat.engine = await lanes.run(_engine, house, self._trouble_in_engine)
            self.seat.engine_since = time.monotonic()
            await lanes.run(self.seat.engine.start)
        self.reload()
        self._tick()
        gc.freeze()
        gc.enable()

    async def _furnish(self) -> None:
        """The panes beside the list, in every mode that stands: the rows somebody waits for came first."""
        for stack in list(self._screen_stacks.values()):
            mode = stack[0] if stack else None
            if isinstance(mode, ModeScreen) and mode.is_mounted:
                await mode.furnish()
                mode.speak()

    def _heard(self) -> None:
        """Called on the watcher's thread."""
        if self.seat.engine is not None:
            self.seat.engine.heard()
        self.post_message(Changed())

    def _trouble_in_engine(self, part: str, error: BaseException) -> None:
        """Called on the engine's threads: what nobody foresaw is kept for those who mend it; the clock goes on."""
        if not isinstance(error, WanggeError) and self._engine_troubles.get(part) != type(error).__name__:
            self._engine_troubles[part] = type(error).__name__
            log_trouble(self.seat.settings.state, error, part)

    def release(self) -> None:
        """Let go of the watcher and the lanes; the house is closed by ``run_desk``."""
        if self.seat.watcher is not None:
            self.seat.watcher.stop()
        if self.seat.engine is not None:
            self.seat.engine.leave()
            self.seat.engine = None
        if self.seat.lanes is not None:
            self.seat.lanes.close()
        if self._place is not None:
            self._place.leave()
            self._place = None

    # -- reading -----------------------------------------------------------------------------
    def on_changed(self) -> None:
        """Somebody else wrote: read what is on the screen again."""
        self.seat.behind_since = self.seat.behind_since or time.monotonic()
        self.reload()

    def on_narrowed_screen_look(self, event: ModeScreen.Look) -> None:
        """The cursor is on another case, or another page or search is wanted."""
        self.reload(whole=event.whole, lists=event.lists)

    def reload(self, *, whole: bool = True, lists: bool = False) -> None:
        """Read again what is on the screen: everything, what is searched or paged, or only the case."""
        if self._feed is not None and self._feed.ask(whole=whole, lists=lists):
            self.beside(self._feed.serve, "feed")

    def _wanted(self) -> Wanted:
        mode = self.mode_screen
        return mode.wanted() if mode else Wanted()

    def _show(self, fresh: Fresh) -> None:
        seat, first = self.seat, self.seat.view is None
        seat.heard = time.monotonic()
        if fresh.view is not None:
            seat.view, seat.behind_since = fresh.view, None
            self._read_at = seat.heard
        if fresh.duty is not None:
            self._ring(fresh.duty)
            seat.duty = fresh.duty
        mode = self.mode_screen
        if mode is not None and mode.is_mounted:
            if first:
                mode.speak(fresh)
            else:
                mode.show(fresh)
        if fresh.view is not None:
            for over in self.screen_stack[1:]:
                if isinstance(over, Answering):
                    over.hear()
        if fresh.damage is not None:
            self.tell(self.seat.words.say(fresh.damage), Tone.DANGER)
        self._who_is_here()
        self._learn_the_plan()

    def _ring(self, duty: DutyView) -> None:
        """The bell, once for each urgent reminder that is new on this screen; at the start for none."""
        known = {file.notice.id for file in self.seat.duty.live} if self.seat.duty is not None else None
        silent = self.seat.settings.values.get("bell") is False
        if (
            known is not None
            and not silent
            and any(file.notice.urgent and file.notice.id not in known for file in duty.live)
        ):
            self.bell()

    def _learn_the_plan(self) -> None:
        """Once a day and after the start: a newer program may know the working days that the policy lacks."""
        seat = self.seat
        if not self._started or seat.view is None or seat.view.plan_missing is None or seat.read_only:
            return
        today = seat.now().date()
        if self._learned != today:
            self._learned = today
            self.beside(self._renew_calendar, "calendar")

    async def _renew_calendar(self) -> None:
        from app.domain.errors import StoreTrouble

        if self.seat.lanes is None:
            return
        with contextlib.suppress(StoreTrouble):  # another day will do
            if await self.seat.lanes.run(self.seat.open_house().policies.renew_calendar):
                self.reload()

    def _slow(self) -> None:
        self.tell(Message("Reading takes long; what is shown may be a little old."), Tone.SOON)

    def _tick(self) -> None:
        """One timer for all clocks, at the coarsest step that keeps them true."""
        mode, house = self.mode_screen, self.seat.house
        if mode is None or house is None:
            return
        if not self.terminal_lives():
            self.leave(HUNG_UP)
            return
        if time.monotonic() - self._read_at >= SLOWEST:
            self.reload()
        left = mode.tick() if mode.is_mounted else timedelta(seconds=1)
        speed = max(house.clock.speed, 0.001)
        self.set_timer(min(max(left.total_seconds() / speed + 0.02, QUICKEST), SLOWEST), self._tick)

    def _who_is_here(self) -> None:
        """Ask who is on duty, once a shift that holds the desk, when nobody is remembered or it is somebody else's.

        A second desk of this machine asks too: whoever is remembered sits at the first one.
        """
        seat, mode = self.seat, self.mode_screen
        if not self._started or seat.view is None or self._errands is None:
            return
        self._settled = True
        if seat.settings.acting or seat.read_only:
            return
        if not seat.view.street.members:  # no street yet: there is nobody to choose
            return
        shift = seat.view.holding.shift if seat.view.holding is not None else None
        code = shift.code if shift else ""
        if code == self._asked_in or mode is None or self.screen is not mode:
            return
        beside = self._asked_in is None and self._place is not None and not self._place.alone
        self._asked_in = code
        of_another = shift is not None and seat.actor is not None and seat.actor.member not in shift.people
        if beside or seat.actor is None or of_another:
            self._errand = self.beside(partial(self._errands.do_duty, mode.situation()), "errand")

    async def on_event(self, event: events.Event) -> None:
        """The way out waits for no database."""
        leaving = ("ctrl+q", *self.seat.keymap.of("quit"))
        if not self._settled and isinstance(event, events.Key) and not event.is_printable and event.key in leaving:
            await self.action_quit()
        else:
            await super().on_event(event)

    def _stands(self, event: events.Event) -> bool:
        """What is typed before the rows are there, or before it was asked who sits here, waits for them."""
        return self._settled and super()._stands(event)


def _open_house(settings: Settings, given: House | None) -> tuple[House, Actor | None]:
    """The database and who sat here last, on a lane: here the product's other half is imported."""
    house = given
    if house is None:
        from app.bootstrap import open_house

        house = open_house(settings)
    return house, _remembered_actor(house)


def _engine(house: House, on_trouble: Callable[[str, BaseException], None]) -> Engine:
    """The duty clock of this desk, not yet started: who leaves meanwhile starts none."""
    from app.bootstrap import engine

    return engine(house, "desk", lambda _round: None, on_trouble)


def _take_seat(settings: Settings, house: House) -> Seat:
    """A place of its own for this desk's drafts, on a lane: it touches the disk."""
    from app.services.seats import take_seat

    return take_seat(settings.drafts, settings.state / "desks", house.station.uuid)


def _remembered_actor(house: House) -> Actor | None:
    """Who sat here last, or was named on the command line; None when there is nobody."""
    from app.domain.errors import NotFound
    from app.settings import remembered_member

    code = house.settings.acting or remembered_member(house.settings)
    try:
        return house.duty.actor(code) if code else None
    except NotFound:
        return None


def run_desk(settings: Settings) -> int:
    """Open the desk and stay until it is left; the exit status. One sentence on stderr when something went wrong."""
    believe_the_terminal()
    app = CommandCenter(settings)
    app.dress_for_terminal()
    app.run()
    app.release()
    said = [app.last_word]
    if not app.last_word and app.seat.house is not None and app.seat.house.station.drill:
        from app.called import opens

        path = str(settings.database)
        said = [app.words().t("This drill is kept in {path}. Open it again:", path=path), opens(path)]
    with contextlib.suppress(OSError):  # the line may be gone
        for line in filter(None, said):
            print(paint_text(line), file=sys.stderr, flush=True)
    if app.seat.house is not None and not app.return_code:
        app.seat.house.close()
    if others_run():
        end_now(app.return_code or 0)
    return app.return_code or 0
