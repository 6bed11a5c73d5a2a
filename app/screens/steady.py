"""An app that never shows a traceback, never prints what people typed, and always leaves a clean terminal."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from textual import events
from textual.app import App
from textual.widgets import Input
from textual.worker import Worker, WorkerState

from app.domain.errors import WanggeError
from app.domain.message import Message, Said
from app.render.rows import Tone
from app.render.words import Words
from app.screens.beside import Work, beside
from app.screens.bursts import Burst, keep_bursts_together
from app.screens.leaving import end_at_the_latest, leave_on_signals
from app.screens.terminal import forgive_bytes
from app.screens.trouble import log_trouble
from app.settings import Settings
from app.widgets.themes import SIXTEEN

CRASHED = 70
"""Exit status after an error nobody foresaw."""
HUNG_UP = 129
"""Exit status when the terminal is gone, as after SIGHUP."""


class SteadyApp(App[None]):
    """The edges of the program: worker errors, crashes, signals, the end."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._last_word = ""
        """The one sentence for stderr once the terminal is back."""

    def dress_for_terminal(self) -> None:
        """Before it runs: on a terminal of sixteen colours the looks are made of exactly these."""
        if not self.no_color and self.console.color_system == "standard":
            for theme in SIXTEEN:
                self.register_theme(theme)
            self.stylesheet.set_variables(self.get_css_variables())

    @property
    def few_colours(self) -> bool:
        """Without colours, or with sixteen of them, what has the keys is reversed instead of tinted."""
        return self.no_color or (not self.is_headless and self.console.color_system in (None, "standard"))

    def words(self) -> Words:
        """The language of the moment."""
        raise NotImplementedError

    def tell(self, said: Said, tone: Tone = Tone.PLAIN) -> None:
        """A sentence on the screen."""
        raise NotImplementedError

    def leaving_key(self) -> str:
        """The key that leaves the desk."""
        raise NotImplementedError

    def release(self) -> None:
        """Let go of watchers and lanes."""

    def beside(self, work: Work, group: str) -> Worker[object]:
        """Work beside whatever is on the screen."""
        return beside(self, work, group)

    # -- signals -----------------------------------------------------------------------------
    def on_load(self) -> None:
        """Before the terminal is touched."""
        forgive_bytes()
        keep_bursts_together()
        leave_on_signals(asyncio.get_running_loop(), self.leave)

    async def on_event(self, event: events.Event) -> None:
        """What came in one go is keys or a paste, as what has the keys at this moment takes it."""
        if isinstance(event, Burst):
            in_field = bool(self._screen_stacks.get(self.current_mode)) and isinstance(self.focused, Input)
            for meant in event.meant(in_field):
                await self.on_event(meant)
        else:
            await super().on_event(event)

    def leave(self, status: int = 0, last_word: str = "") -> None:
        """End in order: drafts are kept, the terminal is put back; after a few seconds in any case."""
        self._last_word = self._last_word or last_word
        for screen in self.screen_stack if self._running else ():
            keep = getattr(screen, "keep_now", None)
            if keep is not None:
                keep()
        if status > 128:
            end_at_the_latest(status)
        self.release()
        self.exit(return_code=status)

    async def action_quit(self) -> None:
        """ctrl+q works in dialogs too; what is typed there is kept."""
        self.leave(0)

    def action_help_quit(self) -> None:
        """ctrl+c."""
        self.tell(Message("{key} leaves the desk.", {"key": self.leaving_key()}))

    def terminal_lives(self) -> bool:
        """Whether anybody can still see the screen; a hung-up line ends the program."""
        if self.is_headless or self.is_inline:
            return True
        try:
            stream = sys.__stdin__
            return stream is None or stream.isatty()
        except (OSError, ValueError):
            return False

    # -- errors ------------------------------------------------------------------------------
    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """The one handler of what goes wrong in the background."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.went_wrong(event.worker.error, event.worker.group)

    def went_wrong(self, error: BaseException, doing: str) -> None:
        """A refusal is told; a database that cannot be opened ends the program; all else is logged and told."""
        if doing == "start":  # without a street there is nothing to stay for
            if isinstance(error, WanggeError):
                self.leave(error.exit_status, self.words().say(error.message))
            else:
                self._crash(error)
        elif isinstance(error, WanggeError):
            self.tell(error.message, Tone.SOON)
        else:
            path = log_trouble(self._settings.state, error, doing)
            told = {"file": str(path)}
            self.tell(Message("That did not work; nothing was written. Details: {file}", told), Tone.DANGER)

    def _handle_exception(self, error: Exception) -> None:
        """An error in the screen itself: no traceback with variables, one sentence, status 70."""
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        if isinstance(error, WanggeError) and error.exit_status != CRASHED:
            self._last_word = self._last_word or self.words().say(error.message)
        self._crash(error)

    def panic(self, *_renderables: Any) -> None:
        """Textual calls this with a traceback when reading the keyboard failed, most often because the line is gone."""
        if not self.terminal_lives():
            self.leave(HUNG_UP)
            return
        self._crash(sys.exc_info()[1] or OSError("terminal"))

    def _crash(self, error: BaseException) -> None:
        path = log_trouble(self._settings.state, error, "leaving" if self._exit else "screen")
        if not self._exit:  # who is leaving has said why, and is told nothing that is over
            self._return_code = CRASHED
            self._last_word = self._last_word or self.words().t(
                "The desk had to stop; nothing that was recorded is lost. Details: {file}", file=str(path)
            )
        self.release()
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        """What Textual would print holds local variables: our one sentence comes from ``run_desk``."""
        self._exit_renderables.clear()

    @property
    def last_word(self) -> str:
        """What to print once the terminal is back, or empty."""
        return self._last_word

    def notify(self, message: str, **_more: Any) -> None:
        """No toasts: a dialog's remark goes to the status line."""
        self.tell(message)
