"""Text for people as code plus parameters, translated only when shown (decisions 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import TypeAlias, Union


def N_(msgid: str) -> str:
    """Mark an English msgid for the catalogue; returns it unchanged."""
    return msgid


@dataclass(frozen=True, slots=True)
class Name:
    """A name kept in both languages; ``en`` is optional and falls back to ``zh`` (decisions 5)."""

    zh: str
    en: str = ""

    def in_language(self, language: str) -> str:
        """The name for ``zh`` or ``en``; never empty when ``zh`` is not."""
        return self.en if language == "en" and self.en else self.zh


Param: TypeAlias = Union[str, int, float, datetime, date, timedelta, Name, "Message", tuple["Param", ...], None]


@dataclass(frozen=True, slots=True)
class Message:
    """An English msgid with ``{named}`` parameters; parameters may be names, instants or messages."""

    msgid: str
    params: Mapping[str, Param] = field(default_factory=lambda: MappingProxyType({}))


Said: TypeAlias = Message | str
"""A sentence for a person; a ``str`` stands in the language of the moment and cannot be said again in another."""
