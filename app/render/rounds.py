"""Rounds as lines of text: number, progress, what was answered where."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.checklist import Answer, Question, Verdict
from app.domain.message import N_, Message
from app.domain.patrol_row import PatrolWord
from app.domain.planned_round import Timing, timing_now
from app.domain.repeats import FoundProblem
from app.domain.round import Item
from app.domain.round_file import Progress, RoundFile, RoundLine
from app.render.board import case_number
from app.render.clock import hm
from app.render.rows import Tone
from app.render.sight import Sight
from app.render.table import columns

NUMBER = N_("R{number}")
"""A round's number as it is spoken."""

NTH = N_("no. {n} in {days} days")
"""The same problem at the same place again."""


RETOLD = N_("told again since it was solved on the spot")
"""Whether it still is solved was not asked yet."""


def spoken(number: str, sight: Sight) -> str:
    """``R-20200702-01`` → ``R0702-01``, 巡0702-01."""
    return sight.t(NUMBER, number=number[6:])


def still_out(code: str, number: str, sight: Sight) -> Message:
    """Somebody is on another round, as far as anybody knows."""
    return Message("{who} is still on {round}: is that one over?",
                   {"who": sight.person(code), "round": spoken(number, sight)})  # fmt: skip


def progress_words(progress: Progress, sight: Sight) -> str:
    """How far it has come."""
    done = sight.t("{n} of {all} answered", n=progress.answered, all=progress.asked)
    return " · ".join((done, *(text for text, _ in problem_words(progress, sight))))


def problem_words(progress: Progress, sight: Sight) -> Iterator[tuple[str, Tone]]:
    """Its problems: those that are not solved, and apart from them those that were solved on the spot."""
    if progress.unsolved:
        yield sight.words.tn("{n} problem", "{n} problems", progress.unsolved), Tone.DANGER
    if progress.handled:
        yield sight.t("{n} solved on the spot", n=progress.handled), Tone.GOOD


def how_words(voluntary: bool, timing: Timing | None, sight: Sight) -> str:
    """Voluntary, or when it was walked, measured by its window; nothing while that is open."""
    if voluntary:
        return sight.t("voluntary")
    return sight.words.enum(timing) if timing is not None else ""


def counted_as(file: RoundFile, sight: Sight) -> str:
    """Voluntary; or the window it belongs to, and whether it kept that."""
    due, ended_at = file.due, file.round.ended_at
    if due is None:
        return sight.t("voluntary") if file.round.planned is None else ""
    window = sight.t("due {span}", span=f"{hm(due.opens, sight.zone)}–{hm(due.closes, sight.zone)}")
    how = how_words(False, timing_now(due.timing, due.closes, ended_at, sight.now), sight)
    return f"{window} {how}".strip()


def answer_said(question: Question, answer: Answer, sight: Sight) -> str:
    """An answer in words: its number with unit and trend, what was said, and whether it is a problem."""
    word = sight.words.enum
    parts: list[str] = []
    if answer.verdict is Verdict.NOT_SEEN:
        return word(Verdict.NOT_SEEN)
    if answer.entries:
        parts.append(sight.words.listed(answer.entries))
    elif answer.number is not None:
        parts.append(f"{answer.number} {question.measured_in}".strip())
    if answer.trend is not None:
        parts.append(word(answer.trend))
    if answer.yes is not None:
        parts.append(sight.t("yes") if answer.yes else sight.t("no"))
    if answer.text:
        parts.append(answer.text)
    if answer.verdict is Verdict.PROBLEM or not parts:
        parts.insert(0, word(answer.verdict))
    return " ".join(parts)


def round_head(file: RoundFile, sight: Sight) -> str:
    """A round in one line."""
    found = file.round
    name = sight.words.name
    way = name(file.walk.route.name) if found.route else ""
    parts = [
        name(file.walk.template.name), sight.short(found.grid), way,
        sight.words.listed(sight.people(found.team)), sight.words.enum(found.state),
        progress_words(file.progress, sight), counted_as(file, sight),
    ]  # fmt: skip
    return f"{spoken(found.number, sight)}  {' · '.join(part for part in parts if part)}"


def round_lines(file: RoundFile, sight: Sight) -> Iterator[str]:
    """A round point by point; what is open says so."""
    found, name = file.round, sight.words.name
    yield round_head(file, sight)
    span = sight.stamp(found.started_at)
    yield f"{span} – {sight.stamp(found.ended_at)}" if found.ended_at else sight.t("since {at}", at=span)
    if found.alone_because:
        yield sight.t("fewer than the rules ask for: {reason}", reason=found.alone_because)
    if found.reason:
        yield sight.t("ended because: {reason}", reason=found.reason)
    for point in file.walk.route.points:
        hazard = f"  ({name(point.hazard)})" if point.hazard else ""
        yield ""
        yield f"{point.number} {name(point.name)}{hazard}"
        yield from columns(_item_cells(file, point.number, one, sight) for at, one in file.walk.items() if at is point)


def _item_cells(file: RoundFile, point: int, question: Question, sight: Sight) -> tuple[str, ...]:
    answered = file.round.answers.get((point, question.id))
    label = f"  {sight.words.name(question.name)}"
    if answered is None:
        return label, sight.t("not answered")
    said = answer_said(question, answered.answer, sight)
    whistle = file.whistles.get((point, question.id))
    blown = sight.t("whistle {number}", number=case_number(whistle, sight.words)) if whistle else ""
    return (
        label,
        said,
        sight.stamp(answered.at),
        sight.person_of(answered.by, file.round.team),
        " · ".join(part for part in (blown, *_became(file, (point, question.id), sight)) if part),
    )


def _became(file: RoundFile, item: Item, sight: Sight) -> Iterator[str]:
    """What was decided about a problem, and whether it is the same again."""
    settled = file.round.findings.get(item)
    if settled is not None:
        yield sight.words.enum(settled.severity)
        yield sight.t("solved on the spot") if settled.solved else sight.t(RETOLD) if settled.retold else ""
        if settled.competent is not None:
            yield sight.t("ours to solve") if settled.competent else sight.t("not ours to solve")
        yield from (settled.place, settled.exposed, settled.done, settled.photo)
    elif item in file.undecided:
        yield sight.t("not decided yet")
    if item in file.times:
        yield sight.t(NTH, n=file.times[item], days=file.within.days)


def finding_cells(file: RoundFile, one: FoundProblem, nth: int, sight: Sight) -> tuple[str, ...]:
    """A problem of a list: when, in which round, where, what, and what became of it."""
    asked = file.walk.find(one.item)
    what = sight.words.name(asked[1].short) if asked else one.question
    whistle = file.whistles.get(one.item)
    became = sight.t("whistle {number}", number=case_number(whistle, sight.words)) if whistle else ""
    became = sight.t("solved on the spot") if one.handled else became
    return (
        sight.stamp(one.at), spoken(one.number, sight), sight.short(one.grid),
        f"{one.point} {sight.words.name(asked[0].name) if asked else one.place}", what, sight.words.enum(one.severity),
        became, sight.t(NTH, n=nth, days=file.within.days) if nth > 1 else "",
    )  # fmt: skip


def line_cells(line: RoundLine, template: str, sight: Sight) -> tuple[str, ...]:
    """A round of a list."""
    return (
        spoken(line.number, sight), sight.stamp(line.started_at), template, sight.short(line.grid),
        sight.words.listed(sight.people(line.team)), sight.words.enum(PatrolWord.SILENT if line.silent else line.state),
        progress_words(line.progress, sight), how_words(line.planned is None, line.timing_now(sight.now), sight),
    )  # fmt: skip
