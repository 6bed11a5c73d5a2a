"""Everything the product refuses or cannot do, as one tree.

WanggeError
├── Refused             exit 1: a rule says no; nothing was written
│   ├── IllegalMove     the case is not in a state that allows it (names the moves that are possible)
│   ├── NotPermitted    the acting member does not hold a role that may do it (domain 2.10)
│   ├── Conflict        somebody else was faster; names who and what (behaviours 12)
│   ├── DuplicateFound  an open case looks the same; candidates are named (decisions 17)
│   └── NotFound        no such case, member, department …
├── BadInput            exit 2: what was typed cannot be understood or is incomplete
└── StoreTrouble        exit 3: the database cannot be used (see ``Trouble``)
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from app.domain.message import Message


class WanggeError(Exception):
    """Base of every error that is told to a person; ``message`` is what they read."""

    code = "error"
    exit_status = 1

    def __init__(self, message: Message) -> None:
        super().__init__(message.msgid)
        self.message = message


class Refused(WanggeError):
    """A rule says no; nothing was written."""

    code = "refused"


class IllegalMove(Refused):
    """The case's state does not allow the move; ``possible`` lists the actions that are."""

    code = "illegal_move"

    def __init__(self, message: Message, possible: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.possible = tuple(possible)


class NotPermitted(Refused):
    """The acting member holds no role that may do this (domain 2.10)."""

    code = "not_permitted"


class Conflict(Refused):
    """Somebody else changed it first; the message names who and what (behaviours 12)."""

    code = "conflict"


class DuplicateFound(Refused):
    """Open cases look like the same matter; ``candidates`` are their numbers (decisions 17)."""

    code = "duplicate_found"

    def __init__(self, message: Message, candidates: Sequence[str]) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


class NotFound(Refused):
    """What was named does not exist."""

    code = "not_found"


class BadInput(WanggeError):
    """What was typed cannot be understood or is incomplete; ``field`` says where, when known."""

    code = "bad_input"
    exit_status = 2

    def __init__(self, message: Message, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class Trouble(StrEnum):
    """Why a database cannot be used; one plain sentence each."""

    BUSY = "busy"
    FULL = "full"
    READ_ONLY = "read_only"
    NOT_OURS = "not_ours"
    NEWER = "newer"
    DAMAGED = "damaged"
    MISSING = "missing"
    NETWORK_FOLDER = "network_folder"
    UNREACHABLE = "unreachable"


class StoreTrouble(WanggeError):
    """The database cannot be used; ``trouble`` says why, nothing was written."""

    code = "store"
    exit_status = 3

    def __init__(self, message: Message, trouble: Trouble) -> None:
        super().__init__(message)
        self.trouble = trouble
