"""`wangge round checklists`, `checklist`, `ask`, `unask`, `load`, `template`: what rounds go by (domain 4, 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path

from app.cli.files import read_text
from app.cli.parser import Parser, listed
from app.cli.round_plans import named
from app.cli.session import Answer, Session
from app.cli.tongue import N_
from app.domain.checklist import AnswerKind, Template
from app.domain.errors import BadInput
from app.domain.events import Json
from app.domain.message import Message
from app.domain.patrol_book import PatrolBook
from app.domain.text import normalise_width
from app.domain.whistle import Severity
from app.files import write_new
from app.render.checklists import question_cells
from app.render.sight import Sight
from app.render.table import columns
from app.services.patrol_edit import Field, with_question, with_template, without_question

TAKE_AWAY = "-"
"""As a value: the key is taken away."""


class Wanted(StrEnum):
    """The answer that is in order."""

    YES = "yes"
    NO = "no"


def checklists(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    """What is asked, and the routes; with an id the questions of one checklist."""
    parser.operand("checklist", N_("id or name of one checklist; without it: all, and the routes"), required=False)
    options = parser.parse_args(arguments)
    book = session.house.patrol_rules.current()
    if options.checklist:
        template = book.templates[_checklist(book, options.checklist)]
        return Answer(_template_document(session, template), lambda: _template_lines(session.sight, template))
    document: dict[str, Json] = {
        "version": book.version,
        "checklists": [{"id": one.id, "name": session.words.name(one.name), "questions": len(one.questions)}
                       for one in book.templates.values()],
        "routes": [{"id": one.id, "name": session.words.name(one.name), "grid": one.grid, "points": len(one.points)}
                   for one in book.routes.values()],
    }  # fmt: skip
    return Answer(document, lambda: _book_lines(session.sight, book))


def _template_document(session: Session, template: Template) -> dict[str, Json]:
    return {
        "id": template.id, "name": session.words.name(template.name),
        "questions": [session.shaper.members(one) for one in template.questions],
    }  # fmt: skip


def _template_lines(sight: Sight, template: Template) -> Iterator[str]:
    yield f"{template.id}  {sight.words.name(template.name)}"
    yield from columns(question_cells(one, sight) for one in template.questions)


def _book_lines(sight: Sight, book: PatrolBook) -> Iterator[str]:
    t, tn, name = sight.t, sight.words.tn, sight.words.name
    yield t("Version {n}", n=book.version) if book.version else t("As shipped; the first round makes it version 1.")
    yield t("At night ({begins}–{ends}) at least {n} together.", begins=f"{book.night.begins:%H:%M}",
            ends=f"{book.night.ends:%H:%M}", n=book.night.team)  # fmt: skip
    yield ""
    yield t("Checklists")
    yield from columns((one.id, name(one.name), tn("{n} question", "{n} questions", len(one.questions)))
                       for one in book.templates.values())  # fmt: skip
    yield ""
    yield t("Routes")
    yield from columns((one.id, name(one.name), sight.short(one.grid), tn("{n} point", "{n} points", len(one.points)))
                       for one in book.routes.values())  # fmt: skip


# -- changing ----------------------------------------------------------------------------------
def checklist(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    """Make a checklist."""
    parser.operand("id", N_("small letters, digits and _"))
    parser.text("zh", N_("its Chinese name"), required=True)
    parser.text("en", N_("its English name"))
    parser.text("like", N_("with the questions of this one: id or name"), "CHECKLIST")
    options = parser.parse_args(arguments)
    book = session.house.patrol_rules.current()
    like = _checklist(book, options.like) if options.like else ""
    return _changed(
        session, options.id, lambda text: with_template(text, options.id, options.zh, options.en, like=like)
    )  # fmt: skip


def ask(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    """Add a question, or change what is named of one."""
    parser.operand("checklist", N_("id or name of the checklist"))
    parser.operand("question", N_("id of the question: a new one is added, a known one is changed"))
    parser.text("zh", N_("what is asked, in Chinese"))
    parser.text("en", N_("what is asked, in English"))
    parser.choice("kind", N_("how it is answered; without it: ok, problem or not seen"), AnswerKind)
    parser.text("unit", N_("unit of a number; - takes it away"))
    parser.text("low", N_("below it a number is a problem; - takes it away"), "NUMBER")
    parser.text("high", N_("above it a number is a problem; - takes it away"), "NUMBER")
    parser.choice("severity", N_("what a problem is taken for at first"), Severity)
    parser.text("matter", N_("type of matter of its whistle; - takes it away"), "CODE")
    parser.several("calls", N_("what it is called by radio"), "WORD[,…]")
    parser.several("critical_words", N_("words that make a problem critical: missing, gone"), "WORD[,…]")
    parser.several("urgent_words", N_("words that make it urgent where none of those was said: shifted"), "WORD[,…]")
    parser.text("caution_zh", N_("what to keep in mind, in Chinese; - takes it away"))
    parser.text("caution_en", N_("what to keep in mind, in English; - takes it away"))
    parser.yes_or_no("trend", ("trend", N_("rising or falling is asked too")), ("no-trend", N_("it is not")))
    parser.choice("wants", N_("of yes and no, the one that is in order"), Wanted)
    parser.text("after", N_("a new question stands after this one; without it: at the end"), "QUESTION")
    options = parser.parse_args(arguments)
    book = session.house.patrol_rules.current()
    template = _checklist(book, options.checklist)
    fields: dict[str, Field] = {}
    for name in ("zh", "en", "kind", "unit", "severity", "matter", "caution_zh", "caution_en", "wants"):
        if value := getattr(options, name):
            fields[name] = "" if value == TAKE_AWAY else str(value)
    for name in ("low", "high"):
        if value := getattr(options, name):
            fields[name] = "" if value == TAKE_AWAY else _number(value, name)
    for name in ("calls", "critical_words", "urgent_words"):
        if value := getattr(options, name):
            fields[name] = listed(value)
    if options.trend is not None:
        fields["trend"] = options.trend
    known = book.templates[template].question(options.question)
    if known is None and "zh" not in fields:
        raise BadInput(Message("{what} is missing.", {"what": Message("What is asked")}), "zh")
    if known is not None and not fields:
        raise BadInput(Message("Say what is to be changed."), "zh")
    return _changed(
        session, template, lambda text: with_question(text, template, options.question, fields, after=options.after)
    )  # fmt: skip


def unask(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    """Take a question away."""
    parser.operand("checklist", N_("id or name of the checklist"))
    parser.operand("question", N_("id of the question"))
    options = parser.parse_args(arguments)
    template = _checklist(session.house.patrol_rules.current(), options.checklist)
    return _changed(session, template, lambda text: without_question(text, template, options.question))


def _changed(session: Session, template: str, change: Callable[[str], str]) -> Answer:
    book = session.house.patrol_rules.change(change, session.actor(), session.request_id)
    asked = book.templates[template]

    def lines() -> Iterator[str]:
        yield session.words.t("Version {n} is in force.", n=book.version)
        yield from _template_lines(session.sight, asked)

    return Answer({"version": book.version, **_template_document(session, asked)}, lines)


def _checklist(book: PatrolBook, text: str) -> str:
    return named(text, {one.id: one.name for one in book.templates.values()}, N_("There is no checklist {id}."),
                 "template")  # fmt: skip


def _number(text: str, field: str) -> Decimal:
    try:
        number = Decimal(normalise_width(text).strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise BadInput(Message("“{text}” is no number.", {"text": text[:40]}), field)
    return number


# -- files -------------------------------------------------------------------------------------
def load(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    """Load rules as the next version."""
    parser.operand("path", N_("the file"))
    options = parser.parse_args(arguments)
    before = session.house.patrol_rules.current().version
    book = session.house.patrol_rules.load(
        read_text(Path(options.path)), session.actor(), session.request_id, name=options.path
    )
    return Answer(
        {"version": book.version, "before": before, "changed": book.version != before},
        lambda: [session.words.t("Version {n} is in force.", n=book.version)],
    )


def template(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    """Write the rules in force to a file."""
    parser.operand("path", N_("the file"))
    options = parser.parse_args(arguments)
    write_new(Path(options.path), session.house.patrol_rules.text().encode("utf-8"))
    return Answer({"path": options.path}, lambda: [str(options.path)])
