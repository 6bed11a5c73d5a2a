"""A case, its departments and its timeline as JSON (decisions 30; shapes are listed in docs/cli.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from app.cli.session import Session
from app.domain.asked import asked
from app.domain.events import Event, Json, typed_texts
from app.domain.text import mask_phone
from app.domain.timeline import Entry, entries
from app.domain.whistle import Assignment, late_acknowledge, no_show
from app.services.ports import BoardRow
from app.services.whistles import CaseFile

_UTC = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+\+00:00")


def row_document(session: Session, row: BoardRow) -> dict[str, Json]:
    """One line of the board: the whistle's fields, its title, and the departments still waited for."""
    shaper = session.shaper
    return {
        **shaper.members(row.whistle),
        "title": row.title,
        "place_text": row.place_text,
        "departments": list[Json](row.departments),
    }


def case_document(session: Session, file: CaseFile) -> dict[str, Json]:
    """Everything of a case: its line, the words, one object per department, requests, timeline, what is possible."""
    shaper, now = session.shaper, session.now
    whistle = file.case.whistle
    return {
        **row_document(session, file.row),
        "now": shaper.instant(now),
        "texts": dict(file.words.get(whistle.words_id, {}) if whistle.words_id else {}),
        "assignments": [assignment_document(session, one, file.words, now) for one in file.case.assignments],
        "requests": [
            {
                **shaper.members(one.request),
                "department": one.department,
                "texts": dict(one.texts),
                "decision_texts": dict(one.decision_texts),
                "to": one.to,
                "lapsed": one.lapsed,
            }
            for one in asked(file.case, file.words, file.events)
        ],
        "reports": reports_document(session, file),
        "timeline": timeline_document(session, file),
        "possible": [move.action.value for move in file.possible],
    }


def assignment_document(
    session: Session, assignment: Assignment, words: Mapping[UUID, Mapping[str, str]], now: datetime
) -> dict[str, Json]:
    """One department's part, with what is derived from its limits at ``now`` and who came."""
    came = words.get(assignment.report_in_words_id, {}) if assignment.report_in_words_id else {}
    document = session.shaper.members(assignment)
    del document["whistle_id"]
    return {
        **document,
        "person": came.get("person", ""),
        "late_acknowledge": late_acknowledge(assignment, now),
        "no_show": no_show(assignment, now),
    }


def reports_document(session: Session, file: CaseFile) -> dict[str, Json]:
    """The reports up the line: those that went up, each against its limit, and until when the next ones must."""
    shaper = session.shaper
    return {
        "sent": [
            {"id": str(one.event.id), "report": one.kind.value, "nth_follow_up": one.number, "by_phone": one.by_phone,
             "at": shaper.instant(one.at), "limit": shaper.instant(one.limit) if one.limit else None, "late": one.late}
            for one in file.reports.sent
        ],
        "due": [
            {"report": one.kind.value, "nth_follow_up": one.number, "due": one.due.value, "at": shaper.instant(one.at)}
            for one in file.reports.duties
        ],
    }  # fmt: skip


def timeline_document(session: Session, file: CaseFile) -> list[Json]:
    """The entries in commit order, each with the time it counts with.

    ``undone`` marks those that were taken back; of a corrected one ``was`` is what it said and ``corrected_by`` the
    correction's id.
    """
    return [
        {
            **event_document(session, entry.event),
            "occurred_at": session.shaper.instant(_counted(entry)),
            "occurred_precision": entry.precision.value,
            "undone": entry.undone,
            "was": session.shaper.instant(entry.event.occurred_at) if entry.corrected_by else None,
            "corrected_by": str(entry.corrected_by.id) if entry.corrected_by else None,
        }
        for entry in entries(file.timeline)
    ]


def _counted(entry: Entry) -> datetime:
    """A correction keeps the time it gives; ``at`` is where it stands among the others."""
    return entry.event.occurred_at if entry.corrects else entry.at


def event_document(session: Session, event: Event) -> dict[str, Json]:
    """One entry: what, who, for whom, how, when it happened and when it was written down."""
    document = session.shaper.members(event)
    for name in ("stream", "stream_version", "schema", "whistle_id"):
        del document[name]
    payload = {name: _local(session, value) for name, value in event.payload.items()}
    words = typed_texts(event)
    document["words"] = {name: mask_phone(text) if name == "phone" else text for name, text in words.items()}
    return {**document, "payload": payload, "department": event.payload.get("department", "")}


def _local(session: Session, value: Json) -> Json:
    """A payload's instant, kept as ISO in UTC, with the street's offset; anything else as it is."""
    if not (isinstance(value, str) and _UTC.fullmatch(value)):
        return value
    return session.shaper.instant(datetime.fromisoformat(value))
