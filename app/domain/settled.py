"""What was decided about a problem of a round: how grave, who is exposed, solved on the spot or not (domain 2.8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.events import Json
from app.domain.whistle import Severity

WORDS = ("place", "exposed", "done", "photo")
"""Fields of a finding that are typed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem that was looked at. ``handled`` = solved on the spot: no whistle is needed and it is counted."""

    severity: Severity
    handled: bool
    competent: bool | None = None
    """Whether the grid can and may solve it itself; None = nobody said."""
    place: str = ""
    """Where exactly; empty = at the point."""
    exposed: str = ""
    """Who is affected, who could be hurt."""
    done: str = ""
    """What was done on the spot."""
    photo: str = ""
    """Where the photo lies or who has it, and what else is to be noted; the program keeps no picture."""
    at: datetime | None = None
    """When it was decided; None before it is recorded."""
    by: str = ""
    retold: bool = False
    """Solved on the spot, and told as a problem again since: whether it still is solved has to be asked."""

    @property
    def solved(self) -> bool:
        """Whether it was solved on the spot, for all that was told since."""
        return self.handled and not self.retold


def finding_payload(finding: Finding) -> dict[str, Json]:
    """Its codes; what was typed lies in the entry's words under ``WORDS``."""
    return {"severity": finding.severity.value, "competent": finding.competent, "handled": finding.handled}


def finding_words(finding: Finding) -> dict[str, str]:
    """What was typed, as far as anything was."""
    return {name: text for name in WORDS if (text := str(getattr(finding, name)))}


def finding_of(payload: Mapping[str, Json], words: Mapping[str, str], at: datetime, by: str) -> Finding:
    """The finding that an entry tells of."""
    competent = payload["competent"]
    return Finding(
        Severity(str(payload["severity"])), bool(payload["handled"]), None if competent is None else bool(competent),
        words.get("place", ""), words.get("exposed", ""), words.get("done", ""),
        words.get("photo", ""), at, by,
    )  # fmt: skip
