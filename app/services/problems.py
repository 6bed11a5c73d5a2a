"""Collects everything wrong with a file, so that a person mends it in one go instead of line by line."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.errors import BadInput, Refused
from app.domain.message import Message

KEPT = 20
"""How many problems are kept for reading; the rest is only counted."""


class Problems(BadInput):
    """A file that was refused whole: nothing of it was loaded.

    ``problems`` holds one sentence each, at most ``KEPT``; ``total`` counts all that were found.
    """

    code = "bad_file"

    def __init__(self, file: str, problems: Sequence[Message], total: int) -> None:
        if total == 1:
            message = Message("{file} was not loaded: {problem}", {"file": file, "problem": problems[0]})
        else:
            message = Message("{file} was not loaded; {count} problems were found.", {"file": file, "count": total})
        super().__init__(message, field=file)
        self.problems = tuple(problems)
        self.total = total


class NotUnderstood(BadInput):
    """A line of several answers of which some are none: nothing of it is recorded, so that it can be said again whole.

    ``problems`` holds a sentence for each part that is not understood.
    """

    code = "bad_line"

    def __init__(self, problems: Sequence[Message], parts: int) -> None:
        if len(problems) == 1:
            message = Message("Nothing is recorded. {problem}", {"problem": problems[0]})
        else:
            message = Message("Nothing is recorded: {n} of {all} parts are not understood.",
                              {"n": len(problems), "all": parts})  # fmt: skip
        super().__init__(message, "line")
        self.problems = tuple(problems[:KEPT])
        self.total = len(problems)


class NotLoaded(Refused):
    """A file that was understood but would take away or rewrite what should stay; ``problems`` says what.

    ``overridable``: it is loaded all the same when ``--retire`` says that it is meant.
    """

    code = "not_loaded"

    def __init__(self, problems: Sequence[Message], *, overridable: bool) -> None:
        if len(problems) == 1:
            message = Message("Nothing was loaded. {problem}", {"problem": problems[0]})
        else:
            message = Message("Nothing was loaded, for {count} reasons.", {"count": len(problems)})
        if overridable:
            message = Message("{reason} If that is meant, add --retire.", {"reason": message})
        super().__init__(message)
        self.problems = tuple(problems[:KEPT])
        self.total = len(problems)


class ProblemList:
    """What was found wrong so far in one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.total = 0
        self._kept: list[Message] = []

    def add(self, problem: Message) -> None:
        """Count a problem and keep its sentence while there is room."""
        self.total += 1
        if len(self._kept) < KEPT:
            self._kept.append(problem)

    def refuse(self, error: type[Problems]) -> None:
        """Raise ``error`` when anything was found; otherwise do nothing."""
        if self.total:
            raise error(self.file, self._kept, self.total)
