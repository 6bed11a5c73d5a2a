"""What `wangge round` says of a round: its document and its lines, and which command comes next (domain 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from app.called import called
from app.cli.session import Answer, Session
from app.domain.events import Json
from app.domain.radio import Heard
from app.domain.round import Item
from app.domain.round_file import RoundFile
from app.render.rounds import answer_said, round_head
from app.render.sight import Sight
from app.render.table import columns

SETTLE, BLOW = "{wangge} round settle {number} {item} --handled --done …", "{wangge} round blow {number} {item}"


def round_answer(session: Session, file: RoundFile, lines: Callable[[], Iterable[str]] | None = None) -> Answer:
    return Answer({"round": round_document(session, file)}, lines or (lambda: [round_head(file, session.sight)]))


def round_document(session: Session, file: RoundFile) -> dict[str, Json]:
    """A round with every question, and the window it belongs to."""
    shaper = session.shaper
    items: list[Json] = []
    for point, question in file.walk.items():
        answered = file.round.answers.get((point.number, question.id))
        items.append({
            "point": point.number, "place": session.words.name(point.name), "question": question.id,
            "asks": session.words.name(question.name), "answer": shaper.shape(answered.answer) if answered else None,
            "at": shaper.instant(answered.at) if answered else None, "by": answered.by if answered else None,
            "whistle": case.number if (case := file.whistles.get((point.number, question.id))) else None,
            "finding": shaper.shape(file.round.findings.get((point.number, question.id))),
            "times": file.times.get((point.number, question.id), 1),
        })  # fmt: skip
    whole = shaper.members(replace(file.round, answers={}, findings={}, links={}))
    del whole["answers"], whole["findings"], whole["links"]
    undecided: list[Json] = [{"point": point, "question": question} for point, question in file.undecided]
    window = {"opens": shaper.instant(file.due.opens), "closes": shaper.instant(file.due.closes),
              "timing": shaper.shape(file.due.timing)} if file.due else None  # fmt: skip
    return {**whole, "window": window, "progress": shaper.shape(file.progress), "undecided": undecided, "items": items}


def heard_document(session: Session, one: Heard) -> dict[str, Json]:
    return {
        "said": one.said, "point": one.point.number if one.point else None,
        "question": one.question.id if one.question else None,
        "answer": session.shaper.shape(one.answer),
        "stays": session.shaper.shape(one.stays),
        "trouble": session.words.say(one.trouble) if one.trouble else None,
    }  # fmt: skip


def heard_lines(sight: Sight, heard: Sequence[Heard]) -> Iterator[str]:
    yield from columns(_heard_cells(sight, one) for one in heard)


def _heard_cells(sight: Sight, one: Heard) -> tuple[str, ...]:
    name = sight.words.name
    answer = one.answer or one.stays
    if one.trouble is not None or one.point is None or one.question is None or answer is None:
        return "?", one.said, sight.say(one.trouble) if one.trouble else ""
    said = answer_said(one.question, answer, sight)
    return (
        f"{one.point.number} {name(one.point.name)}", name(one.question.name),
        sight.t("stays: {said}", said=said) if one.answer is None else said,
    )  # fmt: skip


def next_lines(sight: Sight, file: RoundFile, items: Sequence[Item]) -> Iterator[str]:
    """Of each problem of which nobody said what becomes of it: the commands that say it."""
    number = file.round.number[6:]
    for item in items:
        if item not in file.undecided or (found := file.walk.find(item)) is None:
            continue
        what, said = sight.words.name(found[1].short), answer_said(found[1], file.round.answers[item].answer, sight)
        yield sight.t("Not decided yet: {n} {what} {said}. Next, one of:", n=item[0], what=what, said=said)
        for command in (SETTLE, BLOW):
            yield f"  {command.format(wangge=called(), number=number, item=f'{item[0]} {item[1]}')}"
