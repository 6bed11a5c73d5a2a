"""A case on paper: its file with everything that was written down about it (处置单, domain 6.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from app.domain.asked import asked
from app.domain.effective import effective
from app.domain.events import OF_NOTICES, EventKind
from app.domain.reports import Report
from app.domain.text import mask_personal
from app.domain.timeline import by_time
from app.domain.whistle import Assignment
from app.render.case_page import CaseText, case_name, fact_rows
from app.render.entry_text import entry_cells
from app.render.paper import Block, Paper, Para, Table, drill_mark, section
from app.render.report_words import duty_words, late_mark, sent_name
from app.render.requests import request_answer, request_question
from app.render.sight import Sight
from app.render.timeline import FACTS, notice_words, notices_of, stands

FACT_WIDTHS = (1, 4)
ENTRY_WIDTHS = (3, 3, 5, 9)


def case_paper(file: CaseText, sight: Sight, *, issuer: str = "", drill: bool = False) -> Paper:
    """The whole case: facts, departments with their limits, requests, reports up the line, every entry by its time."""
    whistle, word = file.case.whistle, sight.words.enum
    meta = " · ".join((word(whistle.kind), word(whistle.severity), word(whistle.state)))
    made = sight.t("Printed {at}", at=f"{sight.now.astimezone(sight.zone):%Y-%m-%d %H:%M}")
    return Paper(
        sight.t("Case file {case}", case=case_name(whistle)), tuple(_numbered(_sections(file, sight), sight)), issuer,
        meta, (made,), drill_mark(sight, drill=drill),
    )  # fmt: skip


def _numbered(sections: Iterator[tuple[str, Sequence[Block]]], sight: Sight) -> Iterator[Block]:
    for n, (title, blocks) in enumerate(sections, 1):
        yield section(n, title, sight)
        yield from blocks


def _sections(file: CaseText, sight: Sight) -> Iterator[tuple[str, Sequence[Block]]]:
    t = sight.t
    facts = tuple((label, mask_personal(_line(text))) for label, text in fact_rows(sight, file))
    yield t("The matter"), (Table((t("Item"), t("What is known")), facts, FACT_WIDTHS),)
    if file.case.assignments:
        yield t("Departments"), (_departments(file, sight),)
    if requests := asked(file.case, file.words, file.events):
        rows = tuple((_line(request_question(one, sight)), _line(request_answer(one, sight))) for one in requests)
        yield t("Requests and decisions"), (Table((t("Request"), t("Decision")), rows),)
    if file.reports.sent or file.reports.duties:
        yield t("Reports up the line"), tuple(_reports(file, sight))
    yield t("Timeline"), (_timeline(file, sight),)


def _departments(file: CaseText, sight: Sight) -> Table:
    t = sight.t
    head = (t("Department"), t("Role"), t("Whistled for"), t("Acknowledge"), t("Report in on site"), t("By whom"),
            t("Feedback"), t("Done at"))  # fmt: skip
    return Table(head, tuple(_department(a, file, sight) for a in file.case.assignments), (5, 3, 3, 5, 5, 5, 4, 4))


def _department(a: Assignment, file: CaseText, sight: Sight) -> tuple[str, ...]:
    came = file.words.get(a.report_in_words_id, {}) if a.report_in_words_id else {}
    fed = [e.occurred_at for e in effective(file.events) if e.kind is EventKind.WORK_NOTED
           and e.payload.get("department") == a.department and e.occurred_at >= a.notified_at]  # fmt: skip
    feedback = sight.t("{at}, {n} times", at=sight.stamp(min(fed)), n=len(fed)) if fed else sight.t("none")
    ended = sight.stamp(a.done_at or a.released_at)
    return (
        sight.name(a.department), sight.words.enum(a.role), sight.stamp(a.notified_at),
        _kept(a.acknowledged_at, a.acknowledge_due, a, sight), _kept(a.reported_in_at, a.report_in_due, a, sight),
        mask_personal(_line(came.get("person", ""))), feedback,
        f"{ended} {sight.words.enum(a.state)}".strip() if a.finished else sight.words.enum(a.state),
    )  # fmt: skip


def _kept(at: datetime | None, due: datetime, a: Assignment, sight: Sight) -> str:
    """When it was done and whether that was in time; how long it is overdue while it was not."""
    limit = sight.stamp(due)
    if at is not None:
        return sight.t("{at} in time", at=sight.stamp(at)) if at <= due else sight.t(
            "{at} late, limit {limit}", at=sight.stamp(at), limit=limit)  # fmt: skip
    if a.finished:
        return ""
    return sight.t("overdue, limit {limit}", limit=limit) if due < sight.now else sight.t(
        "not yet, limit {limit}", limit=limit)  # fmt: skip


def _reports(file: CaseText, sight: Sight) -> Iterator[Block]:
    t = sight.t
    if file.reports.sent:
        head = (t("Report"), t("When"), t("Reported to"), t("What was reported"), t("Limit"))
        yield Table(head, tuple(_report(one, sight) for one in file.reports.sent), (3, 3, 4, 10, 4))
    yield from (Para(duty_words(duty, sight), strong=duty.at < sight.now) for duty in file.reports.duties)


def _report(report: Report, sight: Sight) -> tuple[str, ...]:
    words = report.event.words
    limit = sight.t("in time, limit {limit}", limit=sight.stamp(report.limit)) if report.limit else sight.t("none")
    return (
        sent_name(report, sight), sight.stamp(report.at), mask_personal(_line(words.get("reported_to", ""))),
        mask_personal(_line(words.get("said", ""))), late_mark(report, sight) or limit,
    )  # fmt: skip


def _timeline(file: CaseText, sight: Sight) -> Table:
    """Every entry by the time it happened; who was called and who answered is one row for each reminder."""
    t = sight.t
    notices = notices_of(file.timeline)
    rows = []
    for entry in by_time(file.timeline):
        if not stands(entry, notices):
            continue
        _, when, what, who, said = entry_cells(sight, entry, file.reports)
        if entry.event.kind in OF_NOTICES:
            said = notice_words(notices[entry.event.payload.get("notice")], sight)
        elif entry.event.kind in FACTS:
            said = entry.event.words.get("title", "")  # the rest stands above
        rows.append((when, what, who, mask_personal(_line(said))))
    return Table((t("When"), t("What"), t("Who"), t("Particulars")), tuple(rows), ENTRY_WIDTHS)


def _line(text: str) -> str:
    return " ".join(text.split())
