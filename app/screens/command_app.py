"""From a key, a click or the palette to the command it means, for the case that was under the cursor at that moment."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from inspect import isawaitable
from typing import TYPE_CHECKING

from textual import events
from textual.binding import Binding
from textual.message import Message as TextualMessage
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input
from textual.worker import Worker

from app.commands import BY_ID, COMMANDS, DEFAULT_KEYS, Command, Need, Situation, refusal
from app.domain.message import N_, Message, Said
from app.keymap import Keymap
from app.render.rows import Tone
from app.render.words import Words, words_for
from app.screens.answering import Answering
from app.screens.mode import ModeScreen
from app.screens.seat import Seat
from app.screens.signs import is_text, is_wide, plain_key
from app.screens.steady import SteadyApp
from app.screens.type_ahead import LONGEST, TypeAhead
from app.settings import Settings
from app.widgets.themes import TITLES, theme_after

if TYPE_CHECKING:
    from app.screens.errands import Errands
    from app.widgets.search import FindLine

HANDS_BACK = "hands-back"
"""Class of a line that gives the keys to a list again with Enter or Esc: the next ones wait until it has."""
LEAST_WIDTH, LEAST_HEIGHT = 60, 16
"""Columns and lines that the desk needs; at 80×24 everything has its place."""


class CommandApp(SteadyApp):
    """Knows every command and the modes; what a command does to cases is an errand's business."""

    ENABLE_COMMAND_PALETTE = False
    ESCAPE_TO_MINIMIZE = False
    BINDINGS = [
        Binding("ctrl+q", "quit", show=False, priority=True),  # in dialogs too, and while one is still sending
        Binding("ctrl+l", "language", show=False, priority=True),
    ]

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.seat = Seat(settings, words_for("en" if settings.language == "en" else "zh"), _keymap(settings))
        for command in COMMANDS:
            if self.seat.keymap.of(command.id):
                self.bind(",".join(self.seat.keymap.of(command.id)), f"command('{command.id}')", show=False)
        self._opening = frozenset(key for keys in self.seat.keymap.keys.values() for key in keys)
        """Keys after which another screen may stand."""
        self._errands: Errands | None = None
        self._input_method_told = False
        self._warned = False
        """Whether it was said that leaving loses words."""
        self._errand: Worker[object] | None = None
        """The last errand, while it runs."""
        self._travelling: events.Event | None = None
        """A key or paste on its way through the widgets that may open a dialog or the search."""
        self._coming_back = False
        """It bubbled up to the app: what it asks for is done when the app comes to it, though nobody stops it now."""
        self._set_out = 0.0
        """When it set out: what had the keys may be gone, and it with it."""
        self._carrier: Widget | None = None
        """What it was given to; with it gone the key comes back no more."""
        self._ahead = TypeAhead(self._stands, self.post_message)

    def reload(self, *, whole: bool = True, lists: bool = False) -> None:
        """Read again what is on the screen."""
        raise NotImplementedError

    async def on_resize(self, event: events.Resize) -> None:
        """Below the least size one sentence covers everything, until there is room again."""
        size, top = event.size, self.screen
        small = 0 < size.width < LEAST_WIDTH or 0 < size.height < LEAST_HEIGHT
        if small == (top.id == "too-small"):
            return
        from app.screens.too_small import TooSmall

        if small:
            await self.push_screen(TooSmall(self.seat.words, LEAST_WIDTH, LEAST_HEIGHT))
        elif isinstance(top, TooSmall):
            await self.pop_screen()
            top.give_back()

    def words(self) -> Words:
        """The language of the moment."""
        return self.seat.words

    def leaving_key(self) -> str:
        """The key that leaves the desk."""
        return self.seat.keymap.way("quit")

    def tell(self, said: Said, tone: Tone = Tone.PLAIN) -> None:
        """A sentence in the status line of the mode."""
        mode = self.mode_screen
        if mode is not None and mode.is_mounted:
            mode.say(said, tone)

    @property
    def mode_screen(self) -> ModeScreen | None:
        """The mode below whatever dialogs are open."""
        stack = self.screen_stack if self._on_top else []
        return stack[0] if stack and isinstance(stack[0], ModeScreen) else None

    def post_message(self, message: TextualMessage) -> bool:
        """A key that no widget took comes back here: only what it asks for then is its end."""
        if message is self._travelling:
            self._coming_back = True
        return super().post_message(message)

    async def on_event(self, event: events.Event) -> None:
        """Keys wait for a dialog that is opening; full-width signs mean what they look like where no field has them."""
        typed = isinstance(event, events.Key | events.Paste)
        arriving = typed and not event.is_forwarded
        if (arriving or (typed and self._on_top and not self.screen.is_mounted)) and self._ahead.keep(event):
            return
        if typed and not self._on_top:
            return  # the desk is going down, its screens are gone
        if arriving and isinstance(event, events.Key) and is_wide(event) and not isinstance(self.focused, Input):
            event = plain_key(event, self._opening)
        if arriving and self._may_open(event):
            self._travelling, self._carrier, self._set_out = event, self.focused, time.monotonic()
            self._coming_back = False
        elif event is self._travelling:
            self._carrier = None  # it is back: what it asks for is done now
        await super().on_event(event)
        if event is self._travelling and not (arriving and event.is_forwarded):  # it came back, or never went
            self._travelling = None

    def _may_open(self, event: events.Event) -> bool:
        """Whether after this key or paste the next one may be meant for something else than what has the keys now."""
        if self.screen is not self.mode_screen:
            top = self.screen
            if not isinstance(event, events.Key) or not isinstance(top, Answering):
                return False
            return not event.is_printable or top.may_open(
                event.key
            )  # Tab, arrows, Enter: another field may have the keys
        if isinstance(event, events.Key) and event.key in ("enter", "escape") and HANDS_BACK in self._classes_in_focus:
            return True
        if isinstance(event, events.Key) and event.key in self._opening:
            return True
        text = isinstance(event, events.Paste) or (isinstance(event, events.Key) and is_text(event.character))
        return text and not isinstance(self.focused, Input)

    @property
    def _on_top(self) -> bool:
        """Whether there is any screen: before the first one and after the last one there is none."""
        return bool(self._screen_stacks.get(self.current_mode))

    @property
    def _classes_in_focus(self) -> frozenset[str]:
        return self.focused.classes if self.focused is not None else frozenset()

    def _stands(self, event: events.Event) -> bool:
        """Whether the screen that this key or paste is meant for stands."""
        if not self._on_top:
            return False
        screen = self.screen
        if self._travelling is not None and time.monotonic() - self._set_out > LONGEST:
            self._travelling = None
        travelling = self._travelling
        under_way = travelling is not None and (self._coming_back or not travelling._stop_propagation)
        lost = self._carrier is not None and not self._carrier.is_attached
        if not screen.is_mounted or (under_way and not lost):
            return False
        if isinstance(screen, Answering) and (not screen.settled or (screen.soon_over and _is_meant_for_later(event))):
            return False
        if isinstance(screen, ModalScreen):
            return screen.focused is not None or not screen.focus_chain
        return self._errand is None or not self._errand.is_running

    async def action_command(self, name: str) -> None:
        """A key asks for a command; the case is the one under the cursor at this moment."""
        mode = self.mode_screen
        if mode is None or self.screen is not mode:
            return
        now = mode.situation()
        command = BY_ID.get(name)
        if command and self._waits_for_the_case(command, now) and mode.in_reach is not None:
            self._errand = self.beside(partial(self._after_reading, name, mode), "errand")
        else:
            await self._do(name, now)

    def begin(self, name: str) -> None:
        """Do a command for what is under the cursor at this moment; keys wait until it is seen what it opens."""
        mode = self.mode_screen
        if mode is not None:
            self._errand = self.beside(partial(self._do, name, mode.situation()), "errand")

    @staticmethod
    def _waits_for_the_case(command: Command, now: Situation) -> bool:
        """Whether the case under the cursor must be read first; marked ones are read by the command itself."""
        return Need.CASE in command.needs and now.ready and now.file is None and not (command.many and now.marks)

    async def _after_reading(self, name: str, mode: ModeScreen) -> None:
        """The cursor just came here and the case is still being read: wait for it, then do the command to it."""
        wanted = mode.selected
        self.reload(whole=False)
        for _ in range(80):
            await asyncio.sleep(0.025)
            if mode.selected != wanted or self.screen is not mode:
                return
            now = mode.situation()
            if now.file is not None:
                await self._do(name, now)
                return
        self.tell(self.seat.words.t("This case is still being read; press the key again in a moment."), Tone.SOON)

    async def _do(self, name: str, now: Situation) -> None:
        command = BY_ID.get(name)
        reason = refusal(command, now) if command else None
        if reason is not None:
            self.tell(reason, Tone.SOON)
            return
        own = getattr(self, f"_do_{name}", None)
        if own is not None:
            answer = own(now)
            if isawaitable(answer):
                await answer
        elif self._errands is not None:
            errand = getattr(self._errands, f"do_{name}")
            self._errand = self.beside(partial(errand, now), "errand")

    async def on_mode_lines_do(self, event: ModeScreen.Do) -> None:
        """Asked for by mouse, or by Enter in a pane."""
        await self.action_command(event.command)

    def on_mode_screen_input_method(self) -> None:
        """Said once: letters cannot arrive now, function keys can."""
        if not self._input_method_told:
            self._input_method_told = True
            self.tell(Message("The input method is on: what you type is searched for; F-keys work as ever."))

    def on_find_line_remarked(self, event: FindLine.Remarked) -> None:
        """What became of something typed or pasted into the line of a list."""
        self._answer_text(event.remark)

    def on_answering_unused(self, event: Answering.Unused) -> None:
        """Text came to a dialog that takes none: never without a word."""
        self._answer_text(event.remark)

    def _answer_text(self, said: Said) -> None:
        """In the edge of the box that lies over the status line, where there is one; else in that line."""
        box = self.screen.query("#box") if self.screen is not self.mode_screen else ()
        if box:
            from app.render.paint import paint

            box.first().border_subtitle = paint(self.seat.words.told(said), "$text-warning")
        else:
            self.tell(said, Tone.SOON)

    def _do_help(self, now: Situation) -> None:
        self._sheet(now, N_("Help: what can be done now"))

    def _do_palette(self, now: Situation) -> None:
        self._sheet(now, N_("Commands"))

    def _sheet(self, now: Situation, title: str) -> None:
        from app.screens.command_sheet import CommandSheet

        async def chosen(name: str | None) -> None:
            if name is not None:
                await self._do(name, now)

        self.push_screen(CommandSheet(now, self.seat.words, title), chosen)

    async def _do_search(self, _now: Situation) -> None:
        mode = self.mode_screen
        if mode is not None:
            await mode.open_search()

    def _do_mark(self, _now: Situation) -> None:
        if self.mode_screen is not None:
            self.mode_screen.mark()

    def _do_mark_all(self, _now: Situation) -> None:
        if self.mode_screen is not None:
            self.mode_screen.mark_all()

    async def _do_desk(self, _now: Situation) -> None:
        await self.to_mode("desk")

    async def _do_rounds(self, _now: Situation) -> None:
        await self.to_mode("rounds")

    async def _do_water(self, _now: Situation) -> None:
        """The line of the gauge over the whole screen, in the rounds mode, where it stands."""
        from app.screens.rounds import RoundsMode

        await self.to_mode("rounds")
        mode = self.mode_screen
        if isinstance(mode, RoundsMode):
            mode.show_water()

    async def _do_reminders(self, _now: Situation) -> None:
        await self.to_mode("reminders")

    async def _do_briefing(self, now: Situation) -> None:
        """The briefing; there, the same key notes something."""
        if now.mode != "briefing":
            await self.to_mode("briefing")
        elif (reason := refusal(BY_ID["briefing_note"], now)) is not None:
            self.tell(reason, Tone.SOON)
        else:
            self.begin("briefing_note")

    async def _do_log(self, now: Situation) -> None:
        """The log; there, the same key writes an entry."""
        if now.mode != "log":
            await self.to_mode("log")
        elif (reason := refusal(BY_ID["log_entry"], now)) is not None:
            self.tell(reason, Tone.SOON)
        else:
            self.begin("log_entry")

    async def _do_whistles(self, _now: Situation) -> None:
        """What the desk finds only among ended cases is searched for there too."""
        desk = self.mode_screen
        carried = desk.searched if desk is not None and desk.in_reach is None and desk.hits and desk.hits.ended else ""
        await self.to_mode("whistles")
        mode = self.mode_screen
        if carried and mode is not None and mode is not desk:
            mode.needle = carried
            mode.search()

    async def to_mode(self, name: str) -> None:
        """Change the mode before the next key is looked at, so that it belongs to what is seen."""
        if self.current_mode == name:
            return
        await self.switch_mode(name)
        mode = self.mode_screen
        if mode is not None:
            mode.speak()
        self.reload()

    async def _do_map(self, _now: Situation) -> None:
        """The grids' map or list on the duty desk; from elsewhere the desk comes first, and the map with it."""
        from app.screens.duty_desk import DutyDesk
        from app.settings import remember_grids

        here = self.current_mode == "desk"
        await self.to_mode("desk")
        desk, seat = self.mode_screen, self.seat
        if not isinstance(desk, DutyDesk) or (not here and desk.map_side.shown):
            return
        wanted = desk.swap_map()
        if wanted and seat.lanes is not None:
            self.beside(partial(seat.lanes.run, remember_grids, seat.settings, wanted), "look")

    def _do_zoom(self, _now: Situation) -> None:
        if self.mode_screen is not None:
            self.mode_screen.zoom()

    def _do_jump(self, _now: Situation) -> None:
        from app.screens.jump import JumpScreen, Place, places

        def chosen(place: Place | None) -> None:
            if place is not None:
                place.go()

        mode = self.mode_screen
        if mode is not None:
            self.push_screen(JumpScreen(partial(places, mode), self.seat.words), chosen)

    async def _do_language(self, _now: Situation) -> None:
        await self.action_language()

    async def action_language(self) -> None:
        """The other language, on the desk and in whatever lies over it; the next start speaks it too."""
        from app.settings import remember_language

        words = self.seat.words = words_for("zh" if self.seat.words.language == "en" else "en")
        if self.seat.lanes is not None:
            self.beside(partial(self.seat.lanes.run, remember_language, self.seat.settings, words.language), "look")
        mode = self.mode_screen
        if mode is not None and mode.is_mounted:
            mode.speak()
            mode.say_again()
        for screen in self.screen_stack[1:] if mode is not None else ():
            if isinstance(screen, Answering):
                await screen.retell(words)
        if mode is not None:
            mode.check_idle()  # while a form was built anew, the layout behind it had to wait: wake it again

    def _do_theme(self, _now: Situation) -> None:
        from app.settings import remember_theme

        seat = self.seat
        self.theme = theme_after(self.theme)
        self.tell(Message("Look: {theme}.", {"theme": Message(TITLES[self.theme])}))
        if seat.lanes is not None:
            self.beside(partial(seat.lanes.run, remember_theme, seat.settings, self.theme), "look")

    async def _do_quit(self, _now: Situation) -> None:
        await self.action_quit()

    async def action_quit(self) -> None:
        """What was typed and cannot be kept is said first: it would end with the desk. Asked once more, it leaves."""
        drafts = self.seat.drafts
        for screen in self.screen_stack:
            keep = getattr(screen, "keep_now", None)
            if keep is not None:
                keep()
        if drafts is None or not drafts.unkept or self._warned:
            self.leave(0)
            return
        self._warned = True
        key = self.leaving_key() if self.screen is self.mode_screen else "Ctrl+Q"
        self._answer_text(Message("Words you typed cannot be kept: {reason}. {key} once more leaves without them.",
                                  {"reason": drafts.trouble, "key": key}))  # fmt: skip


def _is_meant_for_later(event: events.Event) -> bool:
    """Whether what comes while a dialog sends is for what stands afterwards; more Enters, Esc and Ctrl keys are not."""
    return not isinstance(event, events.Key) or (
        event.key not in ("enter", "escape", "f10") and not event.key.startswith("ctrl+")
    )


def _keymap(settings: Settings) -> Keymap:
    """The usual keys, or what the configuration makes of them."""
    if not settings.values.get("keys"):
        return DEFAULT_KEYS
    from app.key_rules import keymap_of

    return keymap_of(settings.values["keys"], settings.config)
