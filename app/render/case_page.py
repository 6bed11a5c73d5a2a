"""One case as plain text on a page: for the command line, the clipboard and files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.domain.asked import asked
from app.domain.events import Event
from app.domain.facts import TEXT_FIELDS
from app.domain.finding import joined_sources
from app.domain.reports import Reporting
from app.domain.text import clean, mask_phone
from app.domain.timeline import by_time
from app.domain.whistle import Assignment, Case, Precision, Waiting, Whistle, late_acknowledge, no_show
from app.render.entry_text import entry_cells
from app.render.report_words import duty_words
from app.render.requests import request_answer, request_question
from app.render.sight import Sight
from app.render.table import columns


class CaseText(Protocol):
    """What a page is made of."""

    @property
    def case(self) -> Case:
        """The case."""

    @property
    def events(self) -> tuple[Event, ...]:
        """Its entries, words included."""

    @property
    def timeline(self) -> tuple[Event, ...]:
        """The same with the entries of the shift log about it."""

    @property
    def reports(self) -> Reporting:
        """Its reports up the line."""

    @property
    def words(self) -> Mapping[UUID, Mapping[str, str]]:
        """Typed texts by words id."""


def case_name(whistle: Whistle) -> str:
    """The number of a case, or the beginning of its id while it has none."""
    return whistle.number or whistle.id.hex[:8]


def left(sight: Sight, deadline: datetime | None) -> str:
    """What is left of a limit; empty when there is none."""
    return sight.left(deadline) if deadline else ""


def waits(sight: Sight, whistle: Whistle) -> str:
    """What a case waits for, with how many departments are there: 报到 3/6; empty when it waits for nothing."""
    if whistle.waiting is Waiting.NOTHING:
        return ""
    word = sight.words.enum(whistle.waiting)
    counted = {
        Waiting.ACKNOWLEDGE: whistle.acknowledged,
        Waiting.REPORT_IN: whistle.reported_in,
        Waiting.WORK: whistle.done,
    }.get(whistle.waiting)
    return word if counted is None else f"{word} {counted}/{whistle.assigned}"


def case_page(sight: Sight, file: CaseText) -> Iterator[str]:
    """Everything of one case on a page, as plain text."""
    t, word, whistle = sight.t, sight.words.enum, file.case.whistle
    head = [case_name(whistle), word(whistle.kind), word(whistle.severity), word(whistle.state)]
    yield "  ".join([*head, *([t("passed to and fro")] if whistle.ping_pong else [])])
    yield from columns(fact_rows(sight, file))
    if file.case.assignments:
        yield ""
        yield from columns(
            [_department(sight, one, whistle.episode) for one in file.case.assignments],
            (t("Department"), t("Role"), t("State"), t("Whistled for"), t("Acknowledge"), t("Report in on site"),
             t("Done at"), ""),
        )  # fmt: skip
    if requests := asked(file.case, file.words, file.events):
        yield ""
        yield from columns(
            [(request_question(one, sight), request_answer(one, sight)) for one in requests],
            (t("Request"), t("Decision")),
        )
    yield ""
    yield from timeline_lines(sight, file)


def timeline_lines(sight: Sight, file: CaseText) -> Iterator[str]:
    """The entries by the time they happened, taken back ones in brackets, corrected ones with what they said."""
    t = sight.t
    yield from columns(
        [entry_cells(sight, entry, file.reports) for entry in by_time(file.timeline)],
        ("#", t("When"), t("What"), t("Who"), t("Particulars")),
    )


def fact_rows(sight: Sight, file: CaseText) -> Iterator[tuple[str, str]]:
    """What is known of the case: label and words."""
    t, word, whistle = sight.t, sight.words.enum, file.case.whistle
    typed = file.words.get(whistle.words_id, {}) if whistle.words_id else {}
    yield t("Grid"), f"{sight.name(whistle.grid)} · {sight.name(whistle.community)}"
    if whistle.place:
        yield t("Place"), sight.name(whistle.place)
    for name, label in TEXT_FIELDS.items():
        if text := clean(typed.get(name, ""), one_line=True):
            yield t(label), mask_phone(text) if name in ("callback", "caller") else text
    about = "~" if whistle.occurred_precision is Precision.APPROX else ""
    yield t("Happened"), about + f"{whistle.occurred_at.astimezone(sight.zone):%Y-%m-%d %H:%M}"
    yield t("Source"), " ".join(part for part in (word(whistle.source), whistle.source_number) if part)
    if joined := joined_sources(file.events):
        yield t("Joined by"), sight.words.listed(joined)
    yield t("Blown by"), sight.name(whistle.blower)
    yield t("Level"), word(whistle.level)
    if waiting := waits(sight, whistle):
        yield t("Waits for"), " ".join((waiting, left(sight, whistle.deadline_at))).strip()
    for duty in file.reports.duties:
        yield t("Report up the line"), duty_words(duty, sight)
    if whistle.score is not None:
        score = t("{n} of 5", n=whistle.score)
        yield t("Score"), f"{score} ({t('by default')})" if whistle.score_by_default else score


def _department(sight: Sight, a: Assignment, episode: int) -> tuple[str, ...]:
    """One department; who is through has no limit left, and once a case was reopened each names its episode."""
    t, word = sight.t, sight.words.enum
    late = late_acknowledge(a, sight.now)
    marks = [t("late")] if no_show(a, sight.now) else []
    marks += [t("quiet")] if a.needs_attention else []
    marks += [t("episode {n}", n=a.episode)] if episode > 1 else []
    return (
        sight.name(a.department),
        word(a.role),
        word(a.state),
        sight.stamp(a.notified_at),
        _limited(sight, a.acknowledged_at, None if a.finished else a.acknowledge_due) + ("!" if late else ""),
        _limited(sight, a.reported_in_at, None if a.finished else a.report_in_due),
        sight.stamp(a.done_at or a.released_at),
        " ".join(marks),
    )


def _limited(sight: Sight, at: datetime | None, due: datetime | None) -> str:
    """When it was done, or what is left for it while it still has to be."""
    return sight.stamp(at) if at else left(sight, due)
