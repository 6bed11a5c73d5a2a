"""What a person wants to do to a case: one value for screens, command line and engine alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import TypeAlias
from uuid import UUID

from app.domain.actor import Actor, Channel
from app.domain.facts import Facts
from app.domain.moves import Action
from app.domain.whistle import Precision

Value: TypeAlias = str | int | bool | datetime | UUID | Facts | tuple[str, ...]


def no_values() -> Mapping[str, Value]:
    """An empty, unchangeable mapping of arguments."""
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Intent:
    """One action with its arguments. ``args`` holds values by ``Arg.name``, TEXT ones included."""

    action: Action
    actor: Actor
    request_id: UUID
    """Made by the client; the same id again changes nothing (reliability 4)."""
    args: Mapping[str, Value] = field(default_factory=no_values)
    on_behalf_of: str = ""
    """Code of the member, department or unit that is spoken for."""
    channel: Channel = Channel.TERMINAL
    occurred_at: datetime | None = None
    """When it happened; None = now. Phone-first: earlier than when it is recorded."""
    precision: Precision = Precision.EXACT
    seen: int | None = None
    """Version of the row the person saw; None = take the row as it is now."""

    def text(self, name: str) -> str:
        """A typed argument, or an empty text."""
        value = self.args.get(name, "")
        return value if isinstance(value, str) else ""

    def codes(self, name: str) -> tuple[str, ...]:
        """A list of codes, or an empty one."""
        value = self.args.get(name, ())
        return value if isinstance(value, tuple) else ()

    @property
    def decider(self) -> str:
        """Who really does it: the person spoken for, else the acting member."""
        return self.on_behalf_of or self.actor.member
