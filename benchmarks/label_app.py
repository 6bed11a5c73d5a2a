"""The least a Textual program can do on a key: change one label. What every key of the desk is compared with."""

from __future__ import annotations

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Label


class LabelApp(App[None]):
    """A label that counts keys."""

    def compose(self) -> ComposeResult:
        """The one label."""
        yield Label("keys so far: 0", id="count")

    def on_mount(self) -> None:
        """Nothing was pressed yet."""
        self._keys = 0

    def on_key(self, _event: events.Key) -> None:
        """One more."""
        self._keys += 1
        self.query_one("#count", Label).update(f"keys so far: {self._keys}")


if __name__ == "__main__":
    LabelApp().run()
