"""What somebody looked at before signing: the digest, or the answer of `wangge briefing show --json` in a file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from app.called import called
from app.cli.files import read_text
from app.cli.session import Session
from app.domain.briefing import Sheet
from app.domain.briefing_changes import compare
from app.domain.errors import BadInput, Conflict
from app.domain.message import Message
from app.render.briefing_changes import changes_words
from app.services.sheet_json import sheet_from


@dataclass(frozen=True, slots=True)
class Seen:
    """The digest, and the facts where they were kept."""

    digest: str
    sheet: Sheet | None = None


def seen_of(text: str) -> Seen:
    """A digest as it stands, or what a file of that name holds; BadInput for a file that is no such answer."""
    path = Path(text)
    if not path.is_file():
        return Seen(text)
    try:
        shown = json.loads(read_text(path))["briefing"]
        return Seen(str(shown["digest"]), sheet_from(json.dumps(shown["sheet"])))
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(Message(
            "{file} does not hold what `{wangge} briefing show --json` says.",
            {"file": str(path), "wangge": called()},
        ), "seen") from error  # fmt: skip


def overtaken(session: Session, unit: str, seen: Seen) -> Conflict:
    """Why it is not signed: what changed where that is known, else how to find out."""
    if seen.sheet is None:
        return Conflict(Message(
            "It changed since you looked: `{wangge} briefing show` says how it is now. With --seen FILE, the answer of "
            "show --json, what changed would be said.", {"wangge": called()},
        ))  # fmt: skip
    now = json.dumps(session.shaper.shape(session.house.briefings.draft(unit).sheet))
    what = changes_words(compare(seen.sheet, sheet_from(now)), session.sight)
    return Conflict(Message("It changed since you looked: {what}. Read it once more, then sign.", {"what": what}))
