"""The desk as a program: first a frame, then the database; modes and commands in one place each."""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual._callback import invoke
from textual.binding import Binding
from textual.message import Message as TextualMessage

from app.commands import BY_ID, COMMANDS, Need, Situation, refusal
from app.render.paint import paint_text
from app.render.rows import Tone
from app.render.words import Words, words_for
from app.screens.duty_desk import DutyDesk
from app.screens.mode import ModeScreen
from app.screens.seat import Fresh, Seat, Wanted
from app.screens.steady import SteadyApp
from app.settings import Settings
from app.widgets.themes import DAY, NIGHT, THEMES

if TYPE_CHECKING:
    from app.screens.errands import Errands
    from app.screens.feed import Feed
    from app.services.house import House

SLOWEST = 30.0
"""Seconds between two looks at the clocks when nothing on the screen changes sooner."""
QUICKEST = 0.25
WIDE = "fullwidth_"
"""How Textual's names of full-width signs begin."""


class Changed(TextualMessage):
    """Another process has written."""


class CommandCenter(SteadyApp):
    """网格指挥台. Holds the seat; everything a person does comes through ``action_command``."""

    ENABLE_COMMAND_PALETTE = False
    ESCAPE_TO_MINIMIZE = False
    DEFAULT_MODE = "desk"
    BINDINGS = [Binding(",".join(command.keys), f"command('{command.id}')", show=False) for command in COMMANDS]
    VARIABLES: ClassVar[dict[str, str]] = {
        "quiet": "#8b96a1", "line": "#2f3a44", "cursor": "#1d3b4c", "resting": "#1c242c",
    }  # fmt: skip

    def __init__(self, settings: Settings, house: House | None = None) -> None:
        """``house`` is given by tests; else the start worker opens it."""
        super().__init__(settings)
        self.seat = Seat(settings, words_for("en" if settings.language == "en" else "zh"))
        self.ellipsis = "~" if settings.ascii_glyphs else "…"
        self._given = house
        self._feed: Feed | None = None
        self._errands: Errands | None = None
        self._input_method_told = False
        self._started = False
        self._asked_in: str | None = None
        """The shift in which it was last asked, or known, who is on duty."""
        self._read_at = 0.0
        self.add_mode("desk", lambda: DutyDesk(self.seat))
        self.add_mode("whistles", self._whistles)

    def _whistles(self) -> ModeScreen:
        from app.screens.whistles import WhistlesMode

        return WhistlesMode(self.seat)

    def words(self) -> Words:
        """The language of the moment."""
        return self.seat.words

    def tell(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        """A sentence in the status line of the mode."""
        mode = self.mode_screen
        if mode is not None and mode.is_mounted:
            mode.say(text, tone)

    # -- starting ----------------------------------------------------------------------------
    def on_load(self) -> None:
        """Before the terminal is touched."""
        super().on_load()
        for theme in THEMES:
            self.register_theme(theme)
        wanted = self.seat.settings.theme
        self.theme = wanted if wanted in self.available_themes else NIGHT.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colours for themes that do not know them."""
        return self.VARIABLES

    def on_mount(self) -> None:
        """The frame stands; now the database."""
        self.call_after_refresh(lambda: self.run_worker(self._start(), group="start", exit_on_error=False))

    async def _start(self) -> None:
        from app.services.lanes import Lanes

        lanes = self.seat.lanes = Lanes()
        house = self._given if self._given is not None else await lanes.run(_open_house, self.seat.settings)
        from app.screens.errands import Errands
        from app.screens.feed import Feed
        from app.services.drafts import Drafts

        self.seat.drafts = Drafts(self.seat.settings.drafts, "desk")
        self.seat.house = house
        self._errands = Errands(self, self.seat, self.tell, self._reload)
        self._feed = Feed(house, lanes, self._wanted, self._show, self._slow)
        self._feed.ask()
        await self._feed.serve()
        self.seat.watcher = await lanes.run(house.watch, self._heard)
        self.seat.actor = await lanes.run(_remembered_actor, house)
        self._started = True
        self._reload()
        self._tick()
        gc.freeze()
        gc.enable()

    def _heard(self) -> None:
        """Called on the watcher's thread."""
        self.post_message(Changed())

    def release(self) -> None:
        """Let go of the watcher and the lanes; the house is closed by ``run_desk``."""
        if self.seat.watcher is not None:
            self.seat.watcher.stop()
        if self.seat.lanes is not None:
            self.seat.lanes.close()

    # -- reading -----------------------------------------------------------------------------
    def on_changed(self) -> None:
        """Somebody else wrote: read what is on the screen again."""
        self.seat.behind_since = self.seat.behind_since or time.monotonic()
        self._reload()

    def on_mode_screen_look(self, event: ModeScreen.Look) -> None:
        """The cursor is on another case."""
        self._reload(whole=event.whole)

    def _reload(self, *, whole: bool = True) -> None:
        if self._feed is not None and self._feed.ask(whole=whole):
            self.run_worker(self._feed.serve(), group="feed", exit_on_error=False)

    def _wanted(self) -> Wanted:
        mode = self.mode_screen
        return mode.wanted() if mode else Wanted()

    def _show(self, fresh: Fresh) -> None:
        seat, first = self.seat, self.seat.view is None
        seat.heard = time.monotonic()
        if fresh.view is not None:
            seat.view, seat.behind_since = fresh.view, None
            self._read_at = seat.heard
        mode = self.mode_screen
        if mode is not None and mode.is_mounted:
            if first:
                mode.speak()
            mode.show(fresh)
        self._who_is_here()

    def _slow(self) -> None:
        self.tell(self.seat.words.t("The database is busy; what is shown may be a little old."), Tone.SOON)

    def _tick(self) -> None:
        """One timer for all clocks, at the coarsest step that keeps them true."""
        mode, house = self.mode_screen, self.seat.house
        if mode is None or house is None:
            return
        if not self.terminal_lives():
            self.leave(129)
            return
        if time.monotonic() - self._read_at >= SLOWEST:
            self._reload()
        left = mode.tick() if mode.is_mounted else timedelta(seconds=1)
        speed = max(house.clock.speed, 0.001)
        self.set_timer(min(max(left.total_seconds() / speed + 0.02, QUICKEST), SLOWEST), self._tick)

    def _who_is_here(self) -> None:
        """Ask who is on duty, once a shift, when nobody is remembered or the shift is somebody else's."""
        seat, mode = self.seat, self.mode_screen
        if not self._started or seat.view is None or self._errands is None or seat.settings.acting or seat.read_only:
            return
        shift = seat.view.shift
        code = shift.code if shift else ""
        if code == self._asked_in or mode is None or self.screen is not mode:
            return
        self._asked_in = code
        if seat.actor is None or (shift is not None and seat.actor.member not in (shift.leader, *shift.officers)):
            self.run_worker(self._errands.do_duty(mode.situation()), group="errand", exit_on_error=False)

    # -- commands ----------------------------------------------------------------------------
    @property
    def mode_screen(self) -> ModeScreen | None:
        """The mode below whatever dialogs are open."""
        stack = self.screen_stack if self._screen_stacks.get(self.current_mode) else []
        return stack[0] if stack and isinstance(stack[0], ModeScreen) else None

    async def on_event(self, event: events.Event) -> None:
        """Full-width signs mean the keys they look like, wherever no field takes them."""
        if isinstance(event, events.Key) and (event.key.startswith(WIDE) or not (event.character or "a").isascii()):
            from textual.widgets import Input, TextArea

            if not isinstance(self.focused, Input | TextArea):
                event = _half_width(event)
        await super().on_event(event)

    async def action_command(self, name: str) -> None:
        """A key asks for a command; the case is the one under the cursor at this moment."""
        mode = self.mode_screen
        if mode is None or self.screen is not mode:
            return
        now = mode.situation()
        command = BY_ID.get(name)
        if command and Need.CASE in command.needs and now.ready and now.file is None and mode.selected is not None:
            self.run_worker(self._after_reading(name, mode), group="errand", exit_on_error=False)
        else:
            await self._do(name, now)

    async def _after_reading(self, name: str, mode: ModeScreen) -> None:
        """The cursor just came here and the case is still being read: wait for it, then do the command to it."""
        wanted = mode.selected
        self._reload(whole=False)
        for _ in range(80):
            await asyncio.sleep(0.025)
            if mode.selected != wanted or self.screen is not mode:
                return
            now = mode.situation()
            if now.file is not None:
                await self._do(name, now)
                return

    async def _do(self, name: str, now: Situation) -> None:
        command = BY_ID.get(name)
        reason = refusal(command, now) if command else None
        if reason is not None:
            self.tell(self.seat.words.say(reason), Tone.SOON)
            return
        own = getattr(self, f"_do_{name}", None)
        if own is not None:
            await invoke(own, now)
        elif self._errands is not None:
            self.run_worker(getattr(self._errands, f"do_{name}")(now), group="errand", exit_on_error=False)

    async def on_mode_screen_do(self, event: ModeScreen.Do) -> None:
        """Asked for by mouse, or by Enter in a pane."""
        await self.action_command(event.command)

    def on_mode_screen_input_method(self) -> None:
        """Said once: letters cannot arrive now, function keys can."""
        if not self._input_method_told:
            self._input_method_told = True
            self.tell(self.seat.words.t("The input method is on: what you type is searched for; F-keys work as ever."))

    def _do_help(self, now: Situation) -> None:
        self._sheet(now, self.seat.words.t("Help: what can be done now"))

    def _do_palette(self, now: Situation) -> None:
        self._sheet(now, self.seat.words.t("Commands"))

    def _sheet(self, now: Situation, title: str) -> None:
        from app.screens.command_sheet import CommandSheet

        async def chosen(name: str | None) -> None:
            if name is not None:
                await self._do(name, now)

        self.push_screen(CommandSheet(now, self.seat.words, title), chosen)

    def _do_search(self, _now: Situation) -> None:
        mode = self.mode_screen
        if mode is not None:
            mode.open_search()

    async def _do_desk(self, _now: Situation) -> None:
        await self._to("desk")

    async def _do_whistles(self, _now: Situation) -> None:
        await self._to("whistles")

    async def _to(self, name: str) -> None:
        """Change the mode before the next key is looked at, so that it belongs to what is seen."""
        if self.current_mode == name:
            return
        await self.switch_mode(name)
        mode = self.mode_screen
        if mode is not None:
            mode.speak()
        self._reload()

    def _do_language(self, _now: Situation) -> None:
        self.seat.words = words_for("zh" if self.seat.words.language == "en" else "en")
        mode = self.mode_screen
        if mode is not None:
            mode.speak()

    def _do_theme(self, _now: Situation) -> None:
        self.theme = DAY.name if self.theme == NIGHT.name else NIGHT.name

    def _do_quit(self, _now: Situation) -> None:
        self.leave(0)


def _half_width(event: events.Key) -> events.Key:
    """The key that a full-width character stands for; the event itself when it stands for none."""
    import unicodedata

    from textual.keys import _character_to_key

    from app.domain.text import normalise_width

    character = event.character
    if not character and event.key.startswith(WIDE):
        character = unicodedata.lookup(event.key.replace("_", " "))
    plain = normalise_width(character or "")
    return events.Key(_character_to_key(plain), plain) if plain.isascii() and plain.strip() else event


def _open_house(settings: Settings) -> House:
    """Open the database, on a lane: here the product's other half is imported."""
    from app.bootstrap import open_house

    return open_house(settings)


def _remembered_actor(house: House) -> Any:
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
    app = CommandCenter(settings)
    app.run()
    app.release()
    if app.last_word:
        print(paint_text(app.last_word), file=sys.stderr)
    if app.seat.house is not None and not app.return_code:
        app.seat.house.close()
    return app.return_code or 0
