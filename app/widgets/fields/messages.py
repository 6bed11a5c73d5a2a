"""What a form field tells the form around it."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from textual.message import Message
from textual.widget import Widget

from app.domain import message as domain
from app.render.ways import Way
from app.widgets.deciding import awaits_decision


@runtime_checkable
class Field(Protocol):
    """What the form asks of every field: its name, what is typed in it, and how to put it back."""

    @property
    def field(self) -> str:
        """The name the rules know it by: ``grid``, ``occurred_at``, ``said`` …"""

    @property
    def typed(self) -> str:
        """What the person typed or chose, as text that ``restore`` understands; kept in the draft."""

    @property
    def untouched(self) -> bool:
        """Whether it still holds what it was opened with."""

    @property
    def ways(self) -> tuple[Way, ...]:
        """What keys do in it at the moment, besides those of the form."""

    def restore(self, typed: str) -> None:
        """Put back what was typed before; whatever was typed meanwhile stays."""


class FieldEdited(Message):
    """The person changed a field."""

    def __init__(self, field: str) -> None:
        super().__init__()
        self.field = field


class FieldEntered(Message):
    """Enter was pressed in a field."""

    def __init__(self, field: str) -> None:
        super().__init__()
        self.field = field


def enter(widget: Widget, field: str) -> None:
    """Tell the form that Enter was pressed: it decides whether it sends or goes on, and keys wait until it has."""
    awaits_decision(widget)
    widget.post_message(FieldEntered(field))


class FieldRemarked(Message):
    """A field has something to say about what was done in it; None takes the remark back."""

    def __init__(self, field: str, remark: domain.Message | None) -> None:
        super().__init__()
        self.field = field
        self.remark = remark


def no_digit(digit: str, digits: str) -> domain.Message:
    """A digit that stands on no line of the field with the cursor; other fields number from 1 too."""
    if not digits:
        return domain.Message("There is nothing to choose here.")
    span = digits if len(digits) == 1 else f"{digits[0]}–{digits[-1]}"
    return domain.Message("There is no {digit} in this field, only {digits}.", {"digit": digit, "digits": span})
