"""The checklist of a round as rows: points in walking order with what is dangerous there, questions, answers, cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.domain.checklist import Answer, AnswerKind, Question, Verdict
from app.domain.message import N_
from app.domain.round import Item
from app.domain.round_file import RoundFile
from app.domain.route import Point
from app.domain.walking import MEASURED
from app.domain.whistle import Severity, Whistle
from app.render.board import case_number
from app.render.rounds import NTH, answer_said, counted_as, problem_words, spoken
from app.render.rows import WHOLE, Cell, Column, Piece, Row, Tone, one
from app.render.sight import Sight
from app.render.words import Words

BAR = 4
"""Cells of the bar of a point."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a row is made of; equal ones look the same."""

    key: tuple[int, str]
    """The item; ``(point, "")`` is its heading, ``(point, "~")`` what is dangerous there, ``~id`` a caution."""
    point: Point
    question: Question | None = None
    answer: Answer | None = None
    at: str = ""
    by: str = ""
    saving: bool = False
    """On its way to the disk."""
    typed: str | None = None
    """What stands in the line that is open for it."""
    whistle: Whistle | None = None
    times: int = 1
    """The how many-th time the problem is there ``within`` so many days."""
    within: int = 0
    handled: bool = False
    """It was solved on the spot."""
    undecided: bool = False
    """Nobody said yet what becomes of it."""
    done: int = 0
    asked: int = 0


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """What the screen knows of answers and the disk does not yet."""

    saving: frozenset[Item] = frozenset()
    entry: Item | None = None
    typed: str = ""
    texts: Mapping[Item, str] = field(default_factory=dict)
    """Typed and not sent: refused, or left with Esc."""


NOTHING = OnTheWay()


def checklist_columns(words: Words) -> tuple[Column, ...]:
    """The columns; on a narrow screen question and answer stay longest."""
    return (
        Column("question", words.t("Question"), 36, 9, most=72, least=14),
        Column("answer", words.t("Answer"), 16, 10, most=34),
        Column("whistle", words.t("Whistle"), 7, 7),
        Column("at", words.t("Time"), 5, 5),
        Column("by", words.t("Said by"), 10, 3, most=20),
    )


def checklist_lines(file: RoundFile, sight: Sight, way: OnTheWay) -> tuple[Line, ...]:
    """Every line in walking order."""
    return tuple(_lines(file, sight, way))


def _lines(file: RoundFile, sight: Sight, way: OnTheWay) -> Iterator[Line]:
    for point in file.walk.route.points:
        mine = [question for here, question in file.walk.items() if here is point]
        done = sum((point.number, question.id) in file.round.answers for question in mine)
        yield Line((point.number, ""), point, done=done, asked=len(mine))
        if point.hazard is not None:
            yield Line((point.number, "~"), point)
        for question in mine:
            yield _asked(file, point, question, sight, way)
            if question.caution is not None:
                yield Line((point.number, f"~{question.id}"), point, question)


def _asked(file: RoundFile, point: Point, question: Question, sight: Sight, way: OnTheWay) -> Line:
    item = (point.number, question.id)
    answered = file.round.answers.get(item)
    by = sight.person_of(answered.by, file.round.team) if answered else ""
    return Line(
        item, point, question, answered.answer if answered else None,
        at=sight.near(answered.at) if answered else "", by=by,
        saving=item in way.saving, typed=way.typed if item == way.entry else way.texts.get(item),
        whistle=file.whistles.get(item), times=file.times.get(item, 1),
        within=file.within.days,
        undecided=item in file.undecided,
        handled=bool(item in file.round.findings and file.round.findings[item].solved),
    )  # fmt: skip


def checklist_row(line: Line, sight: Sight) -> Row:
    """One line; headings, hazards and cautions cannot be gone to."""
    question, glyphs = line.question, sight.glyphs
    if question is None and line.key[1] == "":
        return Row(line.key, {WHOLE: _heading(line, sight)}, still=True)
    if question is None and line.point.hazard is not None:
        said = f"  {glyphs.attention} {sight.words.name(line.point.hazard)}"
        return Row(line.key, {WHOLE: one(said, Tone.SOON)}, still=True)
    if question is None:
        return Row(line.key, {}, still=True)
    if line.key[1].startswith("~") and question.caution is not None:
        return Row(line.key, {WHOLE: one(f"      {sight.words.name(question.caution)}", Tone.SOON)}, still=True)
    number = case_number(line.whistle, sight.words) if line.whistle else ""
    return Row(
        line.key,
        {
            "question": (*_mark(line, sight), Piece(sight.words.name(question.name), _calm(line))),
            "answer": _answer(line, question, sight),
            "whistle": one(number, Tone.ACCENT),
            "at": one(line.at, Tone.QUIET),
            "by": one(line.by, Tone.QUIET),
        },
    )


def _heading(line: Line, sight: Sight) -> Cell:
    done = line.done == line.asked
    return (
        Piece(f"{line.point.number} ", Tone.ACCENT),
        Piece(sight.words.name(line.point.name), Tone.STRONG),
        Piece(f"  {line.done}/{line.asked}", Tone.GOOD if done else Tone.QUIET),
    )


def _mark(line: Line, sight: Sight) -> Cell:
    """A sign before the question: answered, a problem, not seen, on its way; blank while nothing is said."""
    glyphs = sight.glyphs
    if line.answer is None:
        return (Piece("  "),)
    if line.saving:
        return (Piece(f"{glyphs.ellipsis} ", Tone.QUIET),)
    sign, tone = {
        Verdict.OK: (glyphs.done, Tone.GOOD),
        Verdict.PROBLEM: (glyphs.alarm, Tone.DANGER),
        Verdict.NOT_SEEN: (glyphs.nobody, Tone.QUIET),
    }[line.answer.verdict]
    return (Piece(f"{sign} ", tone),)


def _calm(line: Line) -> Tone:
    if line.answer is None:
        return Tone.PLAIN
    return Tone.STRONG if line.answer.verdict is Verdict.PROBLEM else Tone.QUIET


def _answer(line: Line, question: Question, sight: Sight) -> Cell:
    if line.typed is not None:
        return (Piece(sight.glyphs.pointer, Tone.ACCENT), Piece(line.typed or " ", Tone.ACCENT))
    if line.answer is None:
        return one(_asks(question, sight), Tone.QUIET)
    said = answer_said(question, line.answer, sight)
    tone = Tone.QUIET if line.saving else _TONES[line.answer.verdict]
    if tone is Tone.DANGER and question.severity is not Severity.CRITICAL:
        tone = Tone.SOON
    cell = one(said, tone)
    if line.undecided and not line.saving:
        cell = (*cell, Piece(f" {sight.glyphs.attention} {sight.t('undecided')}", Tone.SOON))
    if line.handled:
        cell = (*cell, Piece(f" {sight.glyphs.done} {sight.t('solved on the spot')}", Tone.GOOD))
    if line.times > 1:
        cell = (*cell, Piece(" " + sight.t(NTH, n=line.times, days=line.within), Tone.SOON))
    return cell


_TONES = {Verdict.OK: Tone.PLAIN, Verdict.PROBLEM: Tone.DANGER, Verdict.NOT_SEEN: Tone.QUIET}


def _asks(question: Question, sight: Sight) -> str:
    """What is wanted of a question that nobody has answered: its unit, else nothing."""
    if question.kind in MEASURED and question.measured_in:
        return f"{sight.glyphs.dash} {question.measured_in}"
    return sight.glyphs.dash


def checklist_title(file: RoundFile, by: str, channel: str, sight: Sight) -> Cell:
    """Which round, how far, how many problems, and who is told to have said the answers."""
    progress = file.progress
    cell: Cell = (
        Piece(f"{spoken(file.round.number, sight)} ", Tone.QUIET),
        Piece(sight.words.name(file.walk.template.name), Tone.STRONG),
        Piece(f" {progress.answered}/{progress.asked}", Tone.PLAIN),
    )
    dot = Piece(" · ", Tone.QUIET)
    if file.round.alone_because and file.round.ended_at is None:
        cell = (*cell, dot, Piece(sight.t("fewer than asked for"), Tone.SOON))
    if counted := counted_as(file, sight):
        cell = (*cell, dot, Piece(counted, Tone.QUIET))
    for said, tone in problem_words(progress, sight):
        cell = (*cell, dot, Piece(said, tone))
    if file.round.ended_at is not None:
        return (*cell, dot, Piece(sight.words.enum(file.round.state), Tone.QUIET))
    if by:
        who = sight.person_of(by, file.round.team)
        cell = (*cell, dot, Piece(sight.t("{channel}: {who}", channel=channel, who=who), Tone.ACCENT))
    return cell


def point_columns(words: Words) -> tuple[Column, ...]:
    """The columns of the points along the route."""
    return (
        Column("n", "", 2, 10, right=True),
        Column("name", words.t("Point"), 12, 9, most=40),
        Column("bar", "", BAR, 5),
        Column("done", words.t("Answered"), 5 if words.language == "zh" else 8, 8, right=True),
    )


def point_row(line: Line, sight: Sight) -> Row:
    """A point with how far it has come."""
    done = bool(line.asked) and line.done == line.asked
    tone = Tone.GOOD if done else Tone.ACCENT if line.done else Tone.QUIET
    return Row(
        line.point.number,
        {
            "n": one(str(line.point.number), Tone.ACCENT),
            "name": one(sight.words.name(line.point.name), Tone.QUIET if done else Tone.PLAIN),
            "bar": one(sight.glyphs.bar(line.done / line.asked, BAR) if line.asked else "", tone),
            "done": one(f"{line.done}/{line.asked}", tone),
        },
    )


def is_measured(question: Question) -> bool:
    """Whether digits are its answer."""
    return question.kind in MEASURED


def kinds_of_key(question: Question) -> tuple[tuple[str, str], ...]:
    """Keys and msgids of what they say to a question; none where its answer is typed."""
    if question.kind is AnswerKind.STATE:
        return (("1", N_("in order")), ("2", N_("problem")), ("3", N_("not seen")))
    if question.kind is AnswerKind.YES_NO:
        return (("1", N_("yes")), ("2", N_("no")), ("3", N_("not seen")))
    if question.kind in MEASURED:
        trend = (("+ - =", N_("rising, falling, steady")),) if question.trend else ()
        return (("0–9", N_("the number")), *trend, ("n", N_("not seen")))
    return (("Enter", N_("type it")),)


def example(question: Question, words: Words) -> str:
    """What stands in the empty line of a question."""
    return words.t({
        AnswerKind.STATE: N_("what is wrong, or: in order, not seen"),
        AnswerKind.NUMBER: N_("a number, then + - = for rising, falling, steady"),
        AnswerKind.DEPTH: N_("centimetres, or none"),
        AnswerKind.COUNT: N_("how many"),
        AnswerKind.LIST: N_("one by one with a comma between, or none"),
        AnswerKind.YES_NO: N_("yes or no"),
        AnswerKind.TEXT: N_("in words"),
        AnswerKind.PHOTO: N_("where the photo lies, or who has it"),
    }[question.kind])  # fmt: skip
