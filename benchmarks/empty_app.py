"""The least a Textual program can be: what every start is compared with."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class EmptyApp(App[None]):
    """One line of text."""

    def compose(self) -> ComposeResult:
        """The line that the benchmark waits for."""
        yield Static("nothing-but-a-frame")


if __name__ == "__main__":
    EmptyApp().run()
