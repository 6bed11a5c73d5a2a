"""What a one-line whistle is made of; apart from what reads it, for labels are needed at every start."""

from __future__ import annotations

from enum import StrEnum


class LineField(StrEnum):
    """What can be recognised in a one-line whistle."""

    GRID = "grid"
    KIND = "kind"
    WHAT = "what"
    PLACE = "place"
    TIME = "time"
    MATTER = "matter"
    SEVERITY = "severity"
    PHONE = "phone"
    SOURCE_NUMBER = "source_number"
