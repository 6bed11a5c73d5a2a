"""One table of the policy TOML, read key by key; what is wrong or unknown is collected with its path."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from math import isfinite
from typing import TypeVar

from app.domain.message import Message, Name
from app.domain.policy import Limit
from app.domain.text import clean
from app.services.policy_limits import parse_limit
from app.services.problems import ProblemList

E = TypeVar("E", bound=StrEnum)

LONGEST_LIST = 1_000
MOST = 99_999
"""The largest measured number."""


class Section:
    """A table and its path. Every getter gives a value of its type; a bad one is a problem and gives the fallback."""

    def __init__(self, table: Mapping[str, object], path: str, problems: ProblemList) -> None:
        self.path = path
        self._table = table
        self._problems = problems
        self._seen: set[str] = set()

    def close(self) -> None:
        """Name every key that nobody asked for."""
        for key in self._table:
            if key not in self._seen:
                self.problem(key, Message("there is no such key"))

    def problem(self, key: str, reason: Message) -> None:
        """Add a sentence that names the key's path and the reason."""
        self._problems.add(Message("{path}: {reason}", {"path": self._path(key), "reason": reason}))

    def has(self, key: str) -> bool:
        """Whether the key stands there."""
        return key in self._table

    def section(self, key: str) -> Section:
        """The table under a key; an empty one when it is missing."""
        found = self._take(key)
        if not isinstance(found, dict):
            if found is not None:
                self.problem(key, Message("must be a table"))
            found = {}
        return Section(found, self._path(key), self._problems)

    def sections(self, key: str) -> list[Section]:
        """The tables of an array of tables; none when it is missing."""
        found = self._take(key)
        if found is None:
            return []
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            self.problem(key, Message("must be written as [[{table}]], one for each entry", {"table": key}))
            return []
        return [Section(one, f"{self._path(key)}[{n}]", self._problems) for n, one in enumerate(found, start=1)]

    def text(self, key: str, *, required: bool = False, cap: int = 60) -> str:
        """One line of text."""
        found = self._take(key)
        if isinstance(found, str):
            text = clean(found, one_line=True)
            if len(text) > cap:
                self.problem(key, Message("is longer than {cap} characters", {"cap": cap}))
                return ""
            if text or not required:
                return text
        elif found is not None:
            self.problem(key, Message("must be text"))
            return ""
        if required:
            self.problem(key, Message("must not be empty"))
        return ""

    def name(self) -> Name:
        """The name under the keys ``zh`` and ``en``."""
        return Name(self.text("zh", required=True), self.text("en", cap=120))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of short texts, each once."""
        found = self._take(key)
        if found is None:
            return ()
        if not isinstance(found, list) or len(found) > LONGEST_LIST or not all(isinstance(x, str) for x in found):
            self.problem(key, Message("must be a list of texts"))
            return ()
        texts = [clean(text, one_line=True) for text in found]
        return tuple(dict.fromkeys(text for text in texts if text))

    def whole(self, key: str, low: int, high: int, fallback: int) -> int:
        """A whole number from ``low`` to ``high``."""
        found = self._take(key)
        if found is None:
            return fallback
        if isinstance(found, bool) or not isinstance(found, int) or not low <= found <= high:
            self.problem(key, Message("must be a whole number from {low} to {high}", {"low": low, "high": high}))
            return fallback
        return found

    def measure(self, key: str) -> Decimal | None:
        """A measured number with three decimals at most, ``200.35``; None when the key is missing or wrong."""
        found = self._take(key)
        if found is None:
            return None
        number = Decimal(str(found)) if isinstance(found, int | float) and not isinstance(found, bool) else None
        if number is None or not number.is_finite() or abs(number) > MOST or number != round(number, 3):
            self.problem(key, Message("must be a number such as 200.35"))
            return None
        return number

    def numbers(self, key: str, count: int) -> tuple[float, ...] | None:
        """A list of so many finite numbers; None when the key is missing or wrong."""
        found = self._take(key)
        if found is None:
            return None
        if (
            isinstance(found, list)
            and len(found) == count
            and all(isinstance(one, int | float) and not isinstance(one, bool) and isfinite(one) for one in found)
        ):
            return tuple(map(float, found))
        self.problem(key, Message("must be a list of {n} numbers", {"n": count}))
        return None

    def wholes(self, key: str, low: int, high: int) -> frozenset[int]:
        """A list of whole numbers, such as years."""
        found = self._take(key)
        if found is None:
            return frozenset()
        if not isinstance(found, list) or not all(
            isinstance(one, int) and not isinstance(one, bool) and low <= one <= high for one in found
        ):
            self.problem(
                key, Message("must be a list of whole numbers from {low} to {high}", {"low": low, "high": high})
            )
            return frozenset()
        return frozenset(found)

    def flag(self, key: str, *, fallback: bool) -> bool:
        """``true`` or ``false``."""
        found = self._take(key)
        if found is None:
            return fallback
        if not isinstance(found, bool):
            self.problem(key, Message("must be true or false"))
            return fallback
        return found

    def chosen(self, enum: type[E], key: str) -> E | None:
        """A value of an enum by its code; None when the key is missing or wrong."""
        found = self._take(key)
        if found is None:
            return None
        for member in enum:
            if member.value == found:
                return member
        allowed = ", ".join(member.value for member in enum)
        self.problem(key, Message("must be one of: {allowed}", {"allowed": allowed}))
        return None

    def limit(self, key: str) -> Limit | None:
        """A limit such as ``"2 work hours"``; None when the key is missing or wrong."""
        found = self._take(key)
        if found is None:
            return None
        try:
            return parse_limit(found if isinstance(found, str) else "")
        except ValueError:
            self.problem(
                key,
                Message(
                    '"{text}" is no limit; write "30 min", "6 h", "2 days", "2 work hours", "1 work day" or "same day"',
                    {"text": str(found)[:60]},
                ),
            )
            return None

    def needed_limit(self, key: str, fallback: Limit) -> Limit:
        """A limit that must stand there."""
        found = self.limit(key)
        if found is None and not self.has(key):
            self.problem(key, Message("must not be empty"))
        return found or fallback

    def clock(self, key: str, fallback: time) -> time:
        """A time of day, ``"08:00"`` or TOML's own ``08:00:00``."""
        found = self._take(key)
        if found is None:
            return fallback
        try:
            clock = found if isinstance(found, time) else time.fromisoformat(str(found))
        except ValueError:
            clock = None
        if clock is None or clock.tzinfo is not None or clock.second or clock.microsecond:
            self.problem(key, Message('must be a time of day like "08:00"'))
            return fallback
        return clock

    def dates(self, key: str) -> frozenset[date]:
        """A list of dates, TOML's own ``2020-10-01`` or the same as text."""
        found = self._take(key)
        days: set[date] = set()
        if found is not None and not isinstance(found, list):
            self.problem(key, Message("must be a list of dates like 2020-10-01"))
            return frozenset()
        for one in found or ():
            try:
                if isinstance(one, datetime) or not isinstance(one, date | str):
                    raise ValueError(one)
                days.add(one if isinstance(one, date) else date.fromisoformat(one))
            except ValueError:
                self.problem(key, Message('"{text}" is no date like 2020-10-01', {"text": str(one)[:60]}))
        return frozenset(days)

    def _take(self, key: str) -> object:
        self._seen.add(key)
        return self._table.get(key)

    def _path(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key
