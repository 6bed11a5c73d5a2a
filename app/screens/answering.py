"""Screens that keep exactly one focus, and dialogs that answer exactly once, when they are on top."""

from __future__ import annotations

from typing import TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from app.domain import message as domain
from app.screens.signs import is_text

R = TypeVar("R")


class FocusKept(Screen[R]):
    """Whatever is hidden, removed or resized: the keys always belong to something that is seen."""

    def watch_focused(self, focused: Widget | None) -> None:
        """What had the keys is gone: somebody else takes them, once the screen is laid out again."""
        if focused is None and self.is_mounted:
            self.call_after_refresh(self.refocus)

    def refocus(self) -> None:
        """Give the keys to where they belong when nothing has them."""
        if self.focused is not None or not self.is_attached:
            return
        home = self.home()
        chain = self.focus_chain
        if home is not None and home in chain:
            self.set_focus(home)
        elif chain:
            self.set_focus(chain[0])

    def home(self) -> Widget | None:
        """Where the keys belong at first; None = the first that takes them."""
        return None


class Answering(ModalScreen[R], FocusKept[R]):
    """A second Enter of the same instant answers nothing, and an answer waits while something lies over the dialog."""

    class Unused(Message):
        """Text was typed or pasted that nothing in the dialog takes; for the app, because the dialog may close."""

        def __init__(self, remark: domain.Message) -> None:
            super().__init__()
            self.remark = remark

    _answered = False
    _answer: tuple[R | None] | None = None

    def dismiss(self, result: R | None = None) -> AwaitComplete:
        """Close with a result, the first one given; not before the dialog is on top."""
        if self._answered or self._answer is not None:
            return AwaitComplete()
        if not self.is_active:
            self._answer = (result,)
            return AwaitComplete()
        self._answered = True
        return super().dismiss(result)

    def on_key(self, event: events.Key) -> None:
        """A character that came up to here was taken by nobody."""
        if is_text(event.character):
            event.stop()
            self.app.post_message(self.Unused(domain.Message(
                "No text is taken here: use digits, arrows, Enter or Esc."
            )))  # fmt: skip

    def on_paste(self, event: events.Paste) -> None:
        """A paste that came up to here was taken by nobody."""
        event.stop()
        self.app.post_message(self.Unused(domain.Message("Not pasted: no text is taken here.")))

    def on_screen_resume(self) -> None:
        """Nothing lies over it any more."""
        if self._answer is not None:
            (result,), self._answer = self._answer, None
            self.dismiss(result)
