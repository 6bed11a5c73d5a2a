"""Which codes of the street a word of a search means: the word stands in the name, or the code begins with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.domain.gazetteer import KIND_WORDS
from app.domain.initials import WINDOW, initials_key, windows
from app.domain.message import Name
from app.domain.policy import MatterType
from app.domain.search_text import plain
from app.domain.street_index import StreetIndex


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a code is known by, folded."""

    sort: str
    code: str
    names: tuple[str, ...]
    initials: frozenset[str]
    """Keys of its initials, and those typed for it by hand."""


class StreetNames:
    """Names of one street and policy, folded once; retired rows too, since old cases stand on them."""

    def __init__(self, street: StreetIndex, types: Sequence[MatterType]) -> None:
        self.street = street
        self.types = types
        self._entries = tuple(_entries(street, types))

    def meant_by(self, word: str) -> tuple[tuple[str, str], ...]:
        """``(sort, code)`` of everything a folded word means; nothing for one Latin letter or digit."""
        if not word.isascii():
            return tuple((one.sort, one.code) for one in self._entries if any(word in name for name in one.names))
        if len(word) < 2:
            return ()
        return tuple((one.sort, one.code) for one in self._entries if _is_begun_by(one, word))


def _is_begun_by(entry: _Entry, word: str) -> bool:
    """Latin words begin the code, a word of a name, or the initials from any character on."""
    return (
        plain(entry.code).startswith(word)
        or any(f" {word}" in f" {name}" for name in entry.names)
        or any(initials.startswith(word) for initials in entry.initials)
        or (len(word) > WINDOW and entry.initials.issuperset(windows(word)))
    )


def _entries(street: StreetIndex, types: Sequence[MatterType]) -> Iterator[_Entry]:
    for unit in street.known_units.values():
        yield _entry("unit", unit.code, _both(unit.name, unit.short))
    for department in street.known_departments.values():
        yield _entry("department", department.code, _both(department.name, department.short))
    for place in street.known_places.values():
        yield _entry("place", place.code, (*_both(place.name), *place.aliases), place.own_pinyin)
    for member in street.known_members.values():
        yield _entry("member", member.code, _both(member.name))
    for kind, words in KIND_WORDS.items():
        yield _entry("kind", kind.value, words)
    for matter in types:
        yield _entry("matter", matter.code, _both(matter.name))


def _entry(sort: str, code: str, names: Iterable[str], initials: str = "") -> _Entry:
    known = tuple(plain(name) for name in names if name)
    keys = " ".join((*map(initials_key, known), initials.casefold())).split()
    return _Entry(sort, code, known, frozenset(keys))


def _both(*names: Name) -> tuple[str, ...]:
    return tuple(text for name in names for text in (name.zh, name.en))
