"""One entry of a timeline as a line: what happened, with whom, who wrote it down for whom, and the words."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.events import Event
from app.domain.facts import TEXT_FIELDS
from app.domain.text import clean, mask_phone
from app.domain.timeline import Entry
from app.domain.whistle import Precision
from app.render.sight import Sight
from app.render.timeline import particulars


def entry_cells(sight: Sight, entry: Entry) -> tuple[str, ...]:
    """The columns of an entry: its number, when, what, who, particulars and words."""
    event = entry.event
    about = "~" if entry.precision is Precision.APPROX else ""
    what = sight.words.enum(event.kind)
    return (
        str(event.seq),
        about + sight.stamp(entry.at),
        sight.t("({what})", what=what) if entry.undone else what,
        _who(sight, event),
        " ".join(part for part in (*_particulars(sight, entry), *_said(event)) if part),
    )


def _particulars(sight: Sight, entry: Entry) -> Iterator[str]:
    event = entry.event
    if entry.corrected_by is not None:
        yield sight.t("[corrected, was {at}]", at=sight.stamp(event.occurred_at))
    if entry.corrects is not None:
        yield f"#{entry.corrects.seq} {sight.glyphs.into} {sight.stamp(event.occurred_at)}"
    department = event.payload.get("department")
    if isinstance(department, str) and department:
        yield sight.short(department)
    yield from particulars(event, sight)


def _said(event: Event) -> Iterator[str]:
    """What was typed, the facts' own order first; a number to call back never stands open on a shared screen."""
    order = {name: n for n, name in enumerate(TEXT_FIELDS)}
    for name, text in sorted(event.words.items(), key=lambda pair: order.get(pair[0], 99)):
        line = clean(text, one_line=True)
        yield mask_phone(line) if name in ("callback", "caller") else line


def _who(sight: Sight, event: Event) -> str:
    actor = sight.name(event.actor)
    if not event.on_behalf_of:
        return actor
    return sight.t(
        "{whom} ({how}, written down by {actor})",
        whom=sight.name(event.on_behalf_of), how=sight.words.enum(event.channel), actor=actor,
    )  # fmt: skip
