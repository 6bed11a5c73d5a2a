"""Elements of a warning message as texts, instants and codes; what is odd is said once (domain 4.5, reliability 11)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from app.domain.errors import BadInput
from app.domain.message import Message
from app.domain.text import NOTE_CAP, clean
from app.domain.warning_words import parse_instant
from app.services.xml_tree import Node

E = TypeVar("E", bound=StrEnum)

_CAP = ("urn:oasis:names:tc:emergency:cap", "http://www.incident.com/cap")
LONGEST_KEY = 300
"""Characters of an identifier or a sender."""
_CODES = {
    "实际": "actual", "演练": "exercise", "演习": "exercise", "测试": "test", "系统": "system", "草稿": "draft",
    "首次": "alert", "预警": "alert", "发布": "alert", "更新": "update", "变更": "update", "解除": "cancel",
    "取消": "cancel", "确认": "ack", "错误": "error",
}  # fmt: skip
"""Statuses and types as programs with a Chinese face write them."""
MOST_NOTES = 20
MOST_OTHERS = 200
"""Elements that no standard names and that are kept all the same."""


class Fields:
    """Reads one message; ``notes`` collects what was odd, each once."""

    def __init__(self, zone: ZoneInfo, message: Node) -> None:
        """Elements are of the message's own namespace, CAP's or none; or of the one that has its identifier."""
        self.zone = zone
        self._spaces = {"", message.space}
        if not self.children(message, "identifier"):
            self._spaces |= {child.space for child in message.children if child.name.casefold() == "identifier"}
        self.notes: list[Message] = []

    def note(self, message: Message) -> None:
        """Say something about the message."""
        if message not in self.notes and len(self.notes) < MOST_NOTES:
            self.notes.append(message)

    # -- elements ----------------------------------------------------------------------------
    def children(self, node: Node, *names: str) -> list[Node]:
        """The children of a name that belong to the message; elements of other namespaces are none."""
        wanted = [name.casefold() for name in names]
        return [child for child in node.children if child.name.casefold() in wanted and self._ours(child)]

    def _ours(self, child: Node) -> bool:
        return child.space in self._spaces or child.space.startswith(_CAP)

    def text(self, node: Node, *names: str) -> str:
        """The text of the first child of a name that has one, as written but for what nobody can see."""
        texts = (child.text for child in self.children(node, *names))
        text = clean(next((text for text in texts if text), ""), one_line=False)
        if len(text) > NOTE_CAP:
            raise self.too_long(names[0], NOTE_CAP)
        return text

    def line(self, node: Node, *names: str) -> str:
        """The same on one line."""
        return " ".join(self.text(node, *names).split())

    def key(self, node: Node, name: str) -> str:
        """What names a message."""
        text = self.line(node, name)
        if len(text) > LONGEST_KEY:
            raise self.too_long(name, LONGEST_KEY)
        return text

    def code(self, node: Node, name: str, usual: E) -> E:
        """A status or a type; the usual one where the message names none, BadInput for one that nobody knows."""
        given = self.line(node, name)
        if not given:
            self.note(Message("it has no {element}: taken for {usual}",
                              {"element": name, "usual": usual.value.title()}))  # fmt: skip
            return usual
        try:
            return type(usual)(_CODES.get(given, given.casefold()))
        except ValueError as error:
            raise BadInput(Message("its {element} “{given}” is not known", {"element": name, "given": given[:40]}),
                           name) from error  # fmt: skip

    def instant(self, node: Node, *names: str) -> datetime | None:
        """An instant in UTC; None where there is none or it cannot be read, which is noted."""
        name, given = names[0], self.line(node, *names)
        if not given:
            return None
        found = parse_instant(given, self.zone)
        if found is None:
            self.note(Message("its {element} “{given}” is no time", {"element": name, "given": given[:40]}))
            return None
        at, bare = found
        if bare:
            self.note(Message("its times have no offset: taken for the street's time"))
        return at

    def lines(self, node: Node, name: str) -> tuple[str, ...]:
        """The texts of every child of a name, each on one line; empty ones are left out."""
        return tuple(filter(None, (self.one_line(child) for child in self.children(node, name))))

    def pairs(self, node: Node, *names: str) -> tuple[tuple[str, str], ...]:
        """``valueName`` and ``value`` of every child of a name; one that holds a text alone has no name."""
        return tuple(
            (
                self.line(child, "valueName", "name"),
                self.line(child, "value") or ("" if child.children else self.one_line(child)),
            )
            for child in self.children(node, *names)
        )

    def others(self, node: Node, known: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """What stands in it beside the elements of the standard, ``parent/child`` where it lies deeper."""
        named = frozenset(name.casefold() for name in known)
        found: list[tuple[str, str]] = []
        waiting = [
            (child.name, child)
            for child in reversed(node.children)
            if child.name.casefold() not in named and self._ours(child)
        ]
        while waiting and len(found) < MOST_OTHERS:
            name, child = waiting.pop()
            text = self.one_line(child)
            if text:
                found.append((name, text))
            waiting += [(f"{name}/{below.name}", below) for below in reversed(child.children)]
        return tuple(found)

    def one_line(self, node: Node) -> str:
        """The own text of an element on one line."""
        text = " ".join(clean(node.text, one_line=False).split())
        if len(text) > NOTE_CAP:
            raise self.too_long(node.name, NOTE_CAP)
        return text

    @staticmethod
    def too_long(name: str, most: int) -> BadInput:
        """A text that nobody would keep whole: never cut, refused."""
        return BadInput(Message("its {element} is longer than {n} characters", {"element": name, "n": most}), "file")
