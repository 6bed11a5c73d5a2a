"""The next hour: the engine's plan on a copy of what is pending, and the command that prevents each line (design 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from app.domain.due_round import DueRound
from app.domain.dues import DueKind
from app.domain.message import Name
from app.domain.notice import OF_REMINDERS
from app.domain.notice_file import NoticeFile, ReminderFile
from app.domain.plan import DutyState, Planned, Step, ahead
from app.domain.planned_round import PlannedState, Stage, stage_at, stages_left
from app.domain.watch_topics import WatchTopic

HALVES = frozenset({DueKind.REPORT_IN_HALF, DueKind.CLOSE_HALF, DueKind.RATE_HALF})
"""Told to those concerned; nobody at the desk has to prevent them."""

K = DueKind
PREVENTS: Mapping[DueKind, str] = {
    K.DRAFT_STALE: "next", K.APPROVAL: "next", K.DISPATCH: "next", K.CHECK: "next", K.CONSULT: "next",
    K.CLOSE: "next", K.RATE: "next", K.REVIEW: "moves", K.MADE_SAFE: "next", K.AGAIN: "next",
    K.ACKNOWLEDGE: "record", K.REPORT_IN: "record", K.ZONE_PLATFORM: "record", K.FEEDBACK: "record",
    K.SUPERVISE: "record", K.LEADER: "record", K.STILL_ON_IT: "record",
    K.REPORT_PHONE: "moves", K.REPORT_WRITTEN: "moves", K.REPORT_FOLLOW_UP: "moves", K.REPORT_FINAL: "moves",
}  # fmt: skip
"""By kind of due row the command whose entry makes it untrue, so that it never fires."""


ROUND_TOPICS = {
    Stage.START: WatchTopic.ROUND_START, Stage.LATE: WatchTopic.ROUND_LATE, Stage.END: WatchTopic.ROUND_MISSED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coming:
    """One line of the next hour; ``count`` departments share it."""

    at: datetime
    step: Step
    topic: str
    """A ``DueKind``, or ``reminder``."""
    whistle_id: UUID | None
    number: str
    text: str = ""
    """Of a reminder: as typed."""
    name: Name | None = None
    """Of a standing reminder."""
    command: str = ""
    """What prevents it; empty where nothing has to."""
    count: int = 1

    @property
    def key(self) -> tuple[datetime, Step, str, UUID | None, str]:
        """What tells a line from the others."""
        return self.at, self.step, self.topic, self.whistle_id, self.text


@dataclass(frozen=True, slots=True)
class NextHour:
    """What will happen soon, soonest first."""

    lines: tuple[Coming, ...] = ()
    more: bool = False
    """Others come later within the hour: so many lines nobody reads."""


def coming(
    state: DutyState, notices: Sequence[NoticeFile], reminders: Sequence[ReminderFile], now: datetime, until: datetime,
    rounds: Sequence[DueRound] = (),
) -> tuple[Coming, ...]:  # fmt: skip
    """What the clock will do after ``now`` and up to ``until`` if nobody does anything; same lines counted together."""
    files = {file.notice.id: file for file in notices}
    texts = {file.reminder.id: file for file in reminders}
    lines: dict[object, Coming] = {}
    for planned in ahead(state, now, until):
        line = _line(planned, files, texts)
        if line is not None:
            known = lines.get(line.key)
            lines[line.key] = replace(known, count=known.count + 1) if known else line
    walks = [line for due in rounds if (line := _of_round(due, now)) is not None and line.at <= until]
    return tuple(sorted([*lines.values(), *walks], key=lambda line: line.at))


def _of_round(due: DueRound, now: datetime) -> Coming | None:
    """When a planned round begins, is late, or must be done: what of it comes next."""
    left = [one for one in stages_left(due.planned) if one is not Stage.SOON and stage_at(due.planned, one) > now]
    if not left:
        return None
    topic = ROUND_TOPICS[left[0]]
    if left[0] is Stage.END and due.planned.state is PlannedState.UNDER_WAY:
        topic = WatchTopic.ROUND_UNFINISHED
    number = due.line.number if due.line else ""
    return Coming(stage_at(due.planned, left[0]), Step.SAY, topic.value, None, number, name=due.name, command="rounds")


def _line(
    planned: Planned, files: Mapping[UUID, NoticeFile], texts: Mapping[UUID, ReminderFile]
) -> Coming | None:  # fmt: skip
    if planned.planned is not None:
        return None  # told by what comes next of it
    if planned.walking is not None:
        return Coming(planned.at, planned.step, WatchTopic.CHECK_IN.value, None, planned.number, command="rounds")
    if planned.due is not None:
        kind = planned.due.kind
        if kind in HALVES:
            return None
        return Coming(
            planned.at, planned.step, kind.value, planned.whistle_id, planned.number, command=PREVENTS.get(kind, "")
        )
    if planned.notice is not None:
        file = files.get(planned.notice.id)
        if planned.step is Step.LAPSE or file is None:
            return None
        number = file.row.whistle.number if file.row else ""
        return Coming(
            planned.at, planned.step, planned.notice.topic, planned.whistle_id, number, file.text, file.name, "answer"
        )
    found = texts.get(planned.reminder.id) if planned.reminder is not None else None
    if found is None:
        return None
    return Coming(planned.at, planned.step, OF_REMINDERS, planned.whistle_id, found.number, found.text, found.name)
