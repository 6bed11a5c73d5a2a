"""The rules for rounds as two lists: checklists, gauges and routes; beside them what the one under the cursor holds."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from app.called import called
from app.domain.checklist import AnswerKind, Question, Template
from app.domain.gauge import levels_of
from app.domain.message import N_
from app.domain.patrol_book import PatrolBook
from app.domain.policy import Policy
from app.domain.posture import WaterLevel
from app.domain.route import Gauge, Point, Route
from app.domain.whistle import Severity
from app.render.checklists import bounds_words, kind_words
from app.render.rows import WHOLE, Cell, Column, Row, Tone, one
from app.render.sight import Sight
from app.render.words import Words


class Part(StrEnum):
    """What the rules hold."""

    TEMPLATE = "template"
    GAUGE = "gauge"
    ROUTE = "route"


class Sheet(NamedTuple):
    """One checklist, gauge or route by its id; a heading has none."""

    part: Part
    id: str


Line = Question | tuple[str, str] | Point
"""What stands in the list at the right: a question, a level with its value, a point."""

HEADINGS = {Part.TEMPLATE: N_("Checklists"), Part.GAUGE: N_("Gauges"), Part.ROUTE: N_("Routes")}
SEVERITY_TONES = {Severity.NORMAL: Tone.QUIET, Severity.URGENT: Tone.SOON, Severity.CRITICAL: Tone.DANGER}


def sheets_of(book: PatrolBook) -> list[Sheet]:
    """Headings and what stands below them."""
    found: list[Sheet] = []
    for part, held in ((Part.TEMPLATE, book.templates), (Part.GAUGE, book.gauges), (Part.ROUTE, book.routes)):
        if held:
            found += [Sheet(part, ""), *(Sheet(part, id_) for id_ in held)]
    return found


def sheet_columns() -> tuple[Column, ...]:
    """Name and how many."""
    return (Column("name", "", 12, 9, most=40), Column("n", "", 5, 10, right=True))


def sheet_row(sheet: Sheet, book: PatrolBook, sight: Sight) -> Row:
    """A heading, or one of the rules."""
    tn, name = sight.words.tn, sight.words.name
    if not sheet.id:
        return Row(sheet, {WHOLE: one(sight.t(HEADINGS[sheet.part]), Tone.QUIET)}, still=True)
    if sheet.part is Part.TEMPLATE:
        template = book.templates[sheet.id]
        called_, held = template.name, str(len(template.questions))
    elif sheet.part is Part.GAUGE:
        gauge = book.gauges[sheet.id]
        called_, held = gauge.name, "" if levels_of(gauge) else sight.glyphs.dash
    else:
        route = book.routes[sheet.id]
        called_, held = route.name, tn("{n} pt", "{n} pts", len(route.points))
    return Row(sheet, {"name": one(name(called_)), "n": one(held, Tone.QUIET)})


def book_title(book: PatrolBook, sight: Sight) -> str:
    """What it is, and which version."""
    version = sight.t("version {n}", n=book.version) if book.version else sight.t("as shipped")
    return f"{sight.t('Checklists')} · {version}"


# -- right -------------------------------------------------------------------------------------
def line_columns(part: Part, words: Words) -> tuple[Column, ...]:
    """The columns for what is shown."""
    zh = words.language == "zh"
    if part is Part.TEMPLATE:
        return (
            Column("no", "", 2, 10, right=True), Column("name", words.t("Asked"), 18, 9, most=64, least=14),
            Column("kind", words.t("Answered by"), 15, 7, most=34),
            Column("bounds", words.t("Problem when"), 9 if zh else 12, 5, most=24),
            Column("severity", words.t("Severity"), 8, 6),
        )  # fmt: skip
    if part is Part.GAUGE:
        return (
            Column("name", words.t("Level"), 12 if zh else 16, 9),
            Column("value", words.t("Entered"), 20, 8, most=60),
        )
    return (
        Column("no", "", 2, 10, right=True), Column("name", words.t("Point"), 16, 9, most=30),
        Column("hazard", words.t("Danger"), 18, 6, most=60), Column("at", words.t("Gauge, place"), 14, 5, most=30),
    )  # fmt: skip


def lines_of(sheet: Sheet | None, book: PatrolBook, sight: Sight) -> Sequence[Line]:
    """What it holds."""
    if sheet is None or not sheet.id:
        return ()
    if sheet.part is Part.TEMPLATE:
        return book.templates[sheet.id].questions
    if sheet.part is Part.ROUTE:
        return book.routes[sheet.id].points
    return _gauge_lines(book.gauges[sheet.id], sight)


def line_key(line: Line) -> str | int:
    """What it is known by."""
    return line.id if isinstance(line, Question) else line.number if isinstance(line, Point) else line[0]


def line_row(line: Line, place: int, book: PatrolBook, sight: Sight) -> Row:
    """One line; ``place`` counts from 1."""
    name = sight.words.name
    if isinstance(line, Question):
        tone = SEVERITY_TONES[line.severity]
        return Row(line.id, {
            "no": one(str(place), Tone.QUIET), "name": one(name(line.name)),
            "kind": one(_kind(line, sight), Tone.QUIET), "bounds": one(bounds_words(line, sight), Tone.QUIET),
            "severity": one(sight.words.enum(line.severity) if line.severity is not Severity.NORMAL else "", tone),
        })  # fmt: skip
    if isinstance(line, Point):
        gauge = book.gauges.get(line.gauge)
        at = [name(gauge.name)] if gauge else []
        at += [sight.name(line.place)] if line.place else []
        return Row(line.number, {
            "no": one(str(line.number), Tone.QUIET), "name": one(name(line.name)),
            "hazard": one(name(line.hazard) if line.hazard else "", Tone.SOON),
            "at": one(sight.words.listed(tuple(at)), Tone.QUIET),
        })  # fmt: skip
    return Row(
        line[0],
        {"name": one(line[0]), "value": one(line[1], Tone.QUIET if line[1] == sight.glyphs.dash else Tone.STRONG)},
    )


def line_title(sheet: Sheet | None, book: PatrolBook, sight: Sight) -> str:
    """What stands above the list at the right."""
    if sheet is None or not sheet.id:
        return ""
    held: Template | Gauge | Route
    if sheet.part is Part.TEMPLATE:
        held = book.templates[sheet.id]
        return f"{sight.words.name(held.name)} · {sight.words.tn('{n} question', '{n} questions', len(held.questions))}"
    if sheet.part is Part.GAUGE:
        return sight.words.name(book.gauges[sheet.id].name)
    held = book.routes[sheet.id]
    return f"{sight.words.name(held.name)} · {sight.short(held.grid)}"


def about_line(sheet: Sheet | None, line: Line | None, policy: Policy, sight: Sight) -> str:
    """All that the row has no room for; of a route, where it is changed."""
    t = sight.t
    if isinstance(line, Question):
        matter = policy.matter(line.matter)
        parts = (
            t("by radio: {calls}", calls=sight.words.listed(line.calls)) if line.calls else "",
            t("matter: {name}", name=matter.name) if matter else "",
            t("mind: {what}", what=line.caution) if line.caution else "",
        )  # fmt: skip
        return " · ".join((sight.words.name(line.name), *filter(None, parts)))
    if sheet is not None and sheet.part is Part.ROUTE:
        return t("Routes are changed in the file: {wangge} round template FILE writes it, {wangge} round load FILE "
                 "loads it.", wangge=called())  # fmt: skip
    if sheet is not None and sheet.part is Part.GAUGE:
        return t("Metres above its datum; crossing a level is told once. Only levels that the street has verified.")
    return ""


def nothing_asked(sight: Sight) -> Cell:
    """An empty list at the right."""
    return one(sight.t("Nothing stands here."), Tone.QUIET)


def _kind(question: Question, sight: Sight) -> str:
    """Most are asked for a state: of these the name is enough."""
    return sight.t("in order?") if question.kind is AnswerKind.STATE else kind_words(question, sight)


def _gauge_lines(gauge: Gauge, sight: Sight) -> list[tuple[str, str]]:
    t, word = sight.t, sight.words.enum
    levels = dict(levels_of(gauge))
    lines = [(word(one), f"{levels[one]} m" if one in levels else sight.glyphs.dash) for one in WaterLevel]
    return [
        *lines,
        (t("margin"), f"{gauge.margin} m"),
        (t("fall"), f"{gauge.fall} m"),
        (t("rise"), f"{gauge.rise} m"),
        (t("jump"), t("{metres} m an hour", metres=str(gauge.jump))),
        (t("valid for"), t("{n} h", n=int(gauge.stale.total_seconds() // 3600))),
    ]
