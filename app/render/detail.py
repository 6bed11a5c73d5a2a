"""One case in full: its facts in a few lines and one row per department (design 4, domain 2.7)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.domain.facts import TEXT_FIELDS
from app.domain.message import N_
from app.domain.text import mask_phone
from app.domain.whistle import (
    ON_SITE,
    Assignment,
    AssignmentRole,
    AssignmentState,
    Case,
    Precision,
    RequestState,
    late_acknowledge,
    no_show,
)
from app.render.board import case_number
from app.render.paint import paint_text
from app.render.rows import Cell, Column, Piece, Row, Tone, one
from app.render.sight import Sight
from app.render.words import Words
from app.render.wrap import flow, wrap

DOT = Piece(" · ", Tone.QUIET)


def department_columns(words: Words) -> tuple[Column, ...]:
    """The columns of the departments' table."""
    zh = words.language == "zh"
    return (
        Column("role", "", 4 if zh else 6, 8),
        Column("department", words.t("Department"), 12, 10, most=16 if zh else 18),
        Column("state", words.t("State"), 8 if zh else 12, 9),
        Column("acknowledged", words.t("Acked"), 8 if zh else 10, 5),
        Column("reported_in", words.t("On site at"), 8 if zh else 10, 7),
        Column("person", words.t("By whom"), 12 if zh else 10, 6, most=60),
        Column("done", words.t("Done"), 6, 4),
        Column("limit", words.t("Limit"), 6 if zh else 11, 3),
        Column("left", words.t("Left"), 7, 9, right=True),
    )


def department_row(assignment: Assignment, came: str, sight: Sight) -> Row:
    """One department of a case. ``came`` is the person who reported in on site."""
    a = assignment
    return Row(
        a.id,
        {
            "role": _role(a, sight),
            "department": one(_department(a, sight), Tone.QUIET if a.finished else Tone.STRONG),
            "state": _state(a, sight),
            "acknowledged": _stamped(a.acknowledged_at, late_acknowledge(a, sight.now), sight),
            "reported_in": _stamped(a.reported_in_at, no_show(a, sight.now), sight),
            "person": one(came or (sight.glyphs.dash if a.state in ON_SITE else ""), Tone.PLAIN),
            "done": one(sight.near(a.done_at or a.released_at), Tone.QUIET),
            "limit": one(sight.t(_LIMITS.get(a.state, "")) if next_limit(a) else "", Tone.QUIET),
            "left": _left(a, sight),
        },
    )


def _department(a: Assignment, sight: Sight) -> str:
    """Chinese names are short already; English ones would be cut."""
    return sight.name(a.department) if sight.words.language == "zh" else sight.short(a.department)


def _role(a: Assignment, sight: Sight) -> Cell:
    lead = a.role is AssignmentRole.LEAD
    return one(sight.t("lead") if lead else sight.t("assist"), Tone.ACCENT if lead else Tone.QUIET)


def _state(a: Assignment, sight: Sight) -> Cell:
    word = sight.words.enum(a.state)
    tone = {
        AssignmentState.NOTIFIED: Tone.PLAIN,
        AssignmentState.DONE: Tone.GOOD,
        AssignmentState.RELEASED: Tone.QUIET,
    }.get(a.state, Tone.PLAIN)
    if a.needs_attention:
        return (Piece(word, tone), Piece(" " + sight.t("quiet"), Tone.SOON))
    if a.rework_count and not a.finished:
        return (Piece(word, tone), Piece(" " + sight.t("rework {n}", n=a.rework_count), Tone.SOON))
    return one(word, tone)


def _stamped(at: datetime | None, late: bool, sight: Sight) -> Cell:
    """When it was done, with a mark when it was late; not yet and late says so alone."""
    if at is None:
        return one(sight.t("overdue"), Tone.DANGER) if late else one(sight.glyphs.dash, Tone.QUIET)
    if late:
        return (Piece(sight.near(at)), Piece(" " + sight.t("late"), Tone.SOON))
    return one(sight.near(at))


def _left(a: Assignment, sight: Sight) -> Cell:
    deadline = next_limit(a)
    return one(sight.left(deadline), sight.urgency(deadline)) if deadline else ()


_LIMITS = {
    AssignmentState.NOTIFIED: N_("acknowledge"),
    AssignmentState.ACKNOWLEDGED: N_("report in"),
    AssignmentState.EN_ROUTE: N_("report in"),
    AssignmentState.REPORTED_IN: N_("next word"),
    AssignmentState.WORKING: N_("next word"),
}
"""What the limit of ``next_limit`` is about; msgids."""


def next_limit(a: Assignment) -> datetime | None:
    """What the department must do next, until when; None when it is through."""
    if a.finished:
        return None
    if a.state is AssignmentState.NOTIFIED:
        return a.acknowledge_due
    return a.feedback_due if a.state in ON_SITE else a.report_in_due


def departments_title(case: Case, sight: Sight) -> str:
    """The border's words: 部门报到 3/6, or what the case waits for while nobody is sent."""
    whistle = case.whistle
    if not whistle.assigned:
        return sight.t("Departments")
    return sight.t("Departments on site {n}/{all}", n=whistle.reported_in, all=whistle.assigned)


def case_title(case: Case, sight: Sight) -> Cell:
    """The border's words: number, kind, severity, state, level, and whatever is out of the ordinary."""
    whistle = case.whistle
    loud = Tone.DANGER if whistle.danger == 0 else Tone.PLAIN
    pieces = [
        Piece(case_number(whistle, sight.words), Tone.STRONG),
        Piece("  "),
        Piece(sight.words.enum(whistle.kind), loud),
        DOT,
        Piece(sight.words.enum(whistle.severity), loud),
        DOT,
        Piece(sight.words.enum(whistle.state)),
        DOT,
        Piece(sight.t("{level} level", level=sight.words.enum(whistle.level))),
    ]
    for word, tone in _marks(case, sight):
        pieces += [DOT, Piece(word, tone)]
    return tuple(pieces)


def fact_lines(case: Case, title: str, texts: Mapping[str, str], sight: Sight, width: int) -> tuple[Cell, ...]:
    """The case in at most five lines: title, where, when and by whom, and what else is known."""
    whistle = case.whistle
    lines: list[Cell] = [one(line, Tone.STRONG) for line in wrap(paint_text(title), width, most=2)]
    about = sight.t("about ") if whistle.occurred_precision is Precision.APPROX else ""
    place = texts.get("place_text", "") or (sight.name(whistle.place) if whistle.place else "")
    where = [sight.name(whistle.grid), place, f"{about}{sight.stamp(whistle.occurred_at)}",
             sight.t("blown by {who}", who=sight.person(whistle.blower)), sight.words.enum(whistle.source)]  # fmt: skip
    lines += [one(line) for line in flow((paint_text(part) for part in where if part), width, most=2)]
    told = [f"{sight.t(label)} {_masked(name, texts[name])}" for name, label in TEXT_FIELDS.items()
            if name not in ("title", "place_text") and texts.get(name)]  # fmt: skip
    if told:
        lines += [one(line, Tone.QUIET) for line in flow((paint_text(part) for part in told), width, 2, "　")]
    return tuple(lines)


def _masked(name: str, text: str) -> str:
    return mask_phone(text) if name in ("caller", "callback") else text


def _marks(case: Case, sight: Sight) -> list[tuple[str, Tone]]:
    whistle = case.whistle
    marks: list[tuple[str, Tone]] = []
    if any(request.state is RequestState.PENDING for request in case.requests):
        marks.append((sight.t("a request waits"), Tone.SOON))
    if whistle.episode > 1:
        marks.append((sight.t("episode {n}", n=whistle.episode), Tone.SOON))
    if whistle.rework_count:
        marks.append((sight.t("rework {n}", n=whistle.rework_count), Tone.SOON))
    if whistle.ping_pong:
        marks.append((sight.t("passed to and fro"), Tone.SOON))
    if whistle.duplicate_count:
        marks.append((sight.t("reported again ×{n}", n=whistle.duplicate_count), Tone.SOON))
    if whistle.skipped_level:
        marks.append((sight.t("level skipped"), Tone.SOON))
    if whistle.made_safe_at:
        marks.append((sight.t("made safe {at}", at=sight.stamp(whistle.made_safe_at)), Tone.GOOD))
    if whistle.score is not None:
        score = sight.t("score {n}", n=whistle.score)
        marks.append((f"{score} ({sight.t('by default')})" if whistle.score_by_default else score, Tone.PLAIN))
    return marks
