"""What departments asked for and what was decided, side by side: the reason left, the decision right (domain 2.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len

from app.domain.asked import Asked
from app.domain.whistle import RequestState
from app.render.paint import pad, paint_text
from app.render.rows import Cell, Piece, Tone, one
from app.render.sight import Sight
from app.render.wrap import wrap

BESIDE = 64
"""From this width on the decision stands beside the reason, below it else."""

LINES_EACH = 3
"""Lines one reason or decision may take."""

_TONES = {RequestState.PENDING: Tone.SOON, RequestState.GRANTED: Tone.GOOD, RequestState.REFUSED: Tone.PLAIN}


def request_question(one_: Asked, sight: Sight) -> str:
    """``退哨 公共 10-23 10:30 权属不符``: what, which department, who when, why, until when."""
    request = one_.request
    by = request.requested_by if request.requested_by != one_.department else ""
    parts = [
        sight.words.enum(request.kind),
        sight.short(one_.department) if one_.department else "",
        sight.person(by) if by else "",
        sight.stamp(request.requested_at),
        sight.t("until {at}", at=sight.stamp(request.until)) if request.until else "",
    ]
    return _said(" ".join(part for part in parts if part), one_.texts.values(), sight)


def request_answer(one_: Asked, sight: Sight) -> str:
    """``不同意 区平台·值班员 11:20 属你单位``: the decision, who sent instead, by whom when, why."""
    request = one_.request
    if one_.pending:
        return sight.words.enum(request.state)
    parts = [
        sight.t("lapsed") if one_.lapsed else sight.words.enum(request.state),
        sight.t("sent instead: {department}", department=sight.short(one_.to)) if one_.to else "",
        sight.person(request.decided_by),
        sight.stamp(request.decided_at),
    ]
    return _said(" ".join(part for part in parts if part), one_.decision_texts.values(), sight)


def request_lines(requests: Sequence[Asked], sight: Sight, width: int, most: int) -> list[Cell]:
    """All of them in at most ``most`` lines of ``width`` cells; what finds no room is counted."""
    lines: list[Cell] = []
    for place, one_ in enumerate(requests):
        left = len(requests) - place
        mine = list(_beside(one_, sight, width) if width >= BESIDE else _below(one_, sight, width))
        room = most - len(lines) - (1 if left > 1 else 0)
        if len(mine) > room and place:
            return [*lines, one(sight.t("{n} more in the timeline", n=left), Tone.QUIET)]
        lines += mine[: max(room, 1)]
    return lines


def _said(head: str, texts: Iterable[str], sight: Sight) -> str:
    spoken = " ".join(" ".join(paint_text(text).split()) for text in texts if text)
    if not spoken:
        return head
    return f"{head}：{spoken}" if sight.words.language == "zh" else f"{head}: {spoken}"


def _beside(one_: Asked, sight: Sight, width: int) -> Iterator[Cell]:
    half = (width - 3) // 2
    question = wrap(request_question(one_, sight), half, LINES_EACH)
    answer = wrap(request_answer(one_, sight), width - 3 - half, LINES_EACH)
    for n in range(max(len(question), len(answer))):
        asked = question[n] if n < len(question) else ""
        decided = answer[n] if n < len(answer) else ""
        yield (
            Piece(pad(asked, half)),
            Piece(f" {sight.glyphs.into if not n else ' '} ", Tone.QUIET),
            Piece(decided, _TONES[one_.request.state]),
        )


def _below(one_: Asked, sight: Sight, width: int) -> Iterator[Cell]:
    yield from (one(line) for line in wrap(request_question(one_, sight), width, LINES_EACH))
    mark = f"{sight.glyphs.into} "
    for n, line in enumerate(wrap(request_answer(one_, sight), width - cell_len(mark), LINES_EACH)):
        yield (Piece(mark if not n else "  ", Tone.QUIET), Piece(line, _TONES[one_.request.state]))
