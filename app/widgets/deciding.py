"""A dialog that was asked something by Enter and has still to decide: keys wait until it has."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from textual.widget import Widget


@runtime_checkable
class Deciding(Protocol):
    """A screen that knows what was entered in it and is not looked at yet."""

    undecided: Widget | None
    """What was entered and waits for the decision."""


def awaits_decision(widget: Widget) -> None:
    """Enter was pressed in this widget and its message is on its way to the screen."""
    if isinstance(widget.screen, Deciding):
        widget.screen.undecided = widget
