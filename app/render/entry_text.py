"""One entry of a timeline as a line: what happened, with whom, who wrote it down for whom, and the words."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.events import Event, EventKind
from app.domain.reports import NONE_YET, Reporting
from app.domain.text import clean, mask_phone
from app.domain.timeline import Entry
from app.domain.whistle import Precision
from app.render.logged import logged_words
from app.render.report_words import late_mark
from app.render.sight import Sight
from app.render.timeline import MASKED, labelled, particulars, typed_in_order


def entry_cells(sight: Sight, entry: Entry, reports: Reporting = NONE_YET) -> tuple[str, ...]:
    """The columns of an entry: its number, when, what, who, particulars and words."""
    event = entry.event
    about = "~" if entry.precision is Precision.APPROX else ""
    what = sight.words.enum(event.kind)
    return (
        str(event.seq),
        about + sight.stamp(entry.at),
        sight.t("({what})", what=what) if entry.undone else what,
        _who(sight, event),
        " ".join(part for part in (*_particulars(sight, entry, reports), *_said(event, sight)) if part),
    )


def _particulars(sight: Sight, entry: Entry, reports: Reporting) -> Iterator[str]:
    event = entry.event
    report = reports.of(event)
    if report is not None and report.late:
        yield late_mark(report, sight)
    if entry.corrected_by is not None:
        yield sight.t("[corrected, was {at}]", at=sight.stamp(event.occurred_at))
    if entry.corrects is not None:
        yield f"#{entry.corrects.seq} {sight.glyphs.into} {sight.stamp(event.occurred_at)}"
    department = event.payload.get("department")
    if isinstance(department, str) and department:
        yield sight.short(department)
    yield from particulars(event, sight, reports)


def _said(event: Event, sight: Sight) -> Iterator[str]:
    """What was typed, the facts' own order first; a number to call back never stands open on a shared screen."""
    if event.kind is EventKind.LOGGED:
        yield logged_words(event.words, sight)
        return
    for name, text in typed_in_order(event):
        line = clean(text, one_line=True)
        yield mask_phone(line) if name in MASKED else labelled(name, line, sight)


def _who(sight: Sight, event: Event) -> str:
    actor = sight.name(event.actor)
    if not event.on_behalf_of:
        return actor
    return sight.t(
        "{whom} ({how}, written down by {actor})",
        whom=sight.name(event.on_behalf_of), how=sight.words.enum(event.channel), actor=actor,
    )  # fmt: skip
