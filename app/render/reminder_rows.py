"""The list of reminders: what waits for an answer, what was missed while nothing ran, what comes, what is over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol, TypeAlias

from rich.cells import cell_len

from app.domain.message import N_
from app.domain.notice import NoticeState
from app.domain.notice_file import NoticeFile, ReminderFile
from app.domain.outbox import OutboxState
from app.render.audiences import audience_words
from app.render.notices import is_missed, sentence, state_words, to_whom
from app.render.paint import paint_cells
from app.render.recurrence import recurrence_words
from app.render.rows import WHOLE, Cell, Column, Piece, Row, Tone, one
from app.render.sight import Sight
from app.render.words import Words


class EngineTold(Protocol):
    """A program that runs the duty clock."""

    @property
    def owner(self) -> str:
        """Its name."""

    @property
    def role(self) -> str:
        """``desk`` or ``watch``."""

    @property
    def host(self) -> str:
        """Its machine."""

    @property
    def ticked_at(self) -> datetime:
        """Its last sign of life, machine time."""


Item: TypeAlias = NoticeFile | ReminderFile | str
"""A row's source; a text is the heading of a group (msgid)."""

DUE, MISSED, LATER, OVER = N_("Waits for an answer"), N_("Came due while nothing ran"), N_("Later"), N_("Over")
LEAST_SAID = 12
"""Cells of the first sentence that stay in the narrowest line."""
UNSENT = frozenset({OutboxState.FAILED, OutboxState.IN_DOUBT})


def reminder_columns(words: Words) -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column("at", words.t("Time"), 11, 10),
        Column("what", words.t("What"), 31, 9, most=60, least=12),
        Column("case", words.t("No."), 7, 6),
        Column("whom", words.t("For"), 14, 5, most=26),
        Column("state", words.t("Stands"), 16, 4, most=30),
    )


def items(
    live: Sequence[NoticeFile], later: Sequence[ReminderFile], ended: Sequence[NoticeFile]
) -> Iterator[Item]:  # fmt: skip
    """Everything in its order, each group under its heading."""
    waiting = [file for file in live if not is_missed(file.notice)]
    missed = [file for file in live if is_missed(file.notice)]
    answered = [file for file in ended if file.notice.state is not NoticeState.WITHDRAWN]
    for heading, files in ((DUE, waiting), (MISSED, missed), (LATER, later), (OVER, answered)):
        if files:
            yield heading
            yield from files


def key_of(item: Item) -> object:
    """What tells a row from the others."""
    if isinstance(item, str):
        return ("group", item)
    return item.notice.id if isinstance(item, NoticeFile) else item.reminder.id


def reminder_row(item: Item, sight: Sight) -> Row:
    """One line of the list."""
    if isinstance(item, str):
        return Row(key_of(item), {WHOLE: one(sight.t(item), Tone.QUIET)}, still=True)
    return _notice_row(item, sight) if isinstance(item, NoticeFile) else _later_row(item, sight)


def _notice_row(file: NoticeFile, sight: Sight) -> Row:
    notice = file.notice
    said = sentence(notice, file.text, file.name, sight)
    tone = Tone.QUIET if not notice.live else Tone.DANGER if notice.urgent else Tone.PLAIN
    unsent = any(parcel.state in UNSENT for parcel in file.parcels)
    mark: Cell = (Piece(sight.t("[not sent] "), Tone.DANGER),) if unsent and notice.live else ()
    return Row(
        notice.id,
        {
            "at": one(_at(notice.due_at, sight), tone),
            "what": (*mark, Piece(said[:1].upper() + said[1:], tone)),
            "case": one(file.row.whistle.number[6:] if file.row else "", Tone.QUIET),
            "whom": one(to_whom(notice, sight), Tone.PLAIN if notice.told else Tone.SOON),
            "state": one(state_words(notice, sight), Tone.QUIET),
        },
    )


def _later_row(file: ReminderFile, sight: Sight) -> Row:
    reminder = file.reminder
    said = file.text or (sight.words.name(file.name) if file.name else sight.t("reminder"))
    whom = sight.person(reminder.member) if reminder.member else audience_words(reminder.tell, sight)
    return Row(
        reminder.id,
        {
            "at": one(_at(reminder.next_at, sight), Tone.QUIET),
            "what": one(said),
            "case": one(file.number[6:], Tone.QUIET),
            "whom": one(whom, Tone.QUIET),
            "state": one(recurrence_words(reminder.recurrence, sight) if reminder.recurrence else "", Tone.QUIET),
        },
    )


def _at(at: datetime | None, sight: Sight) -> str:
    return sight.stamp(at)


def notice_line(live: Sequence[NoticeFile], unsent: int, sight: Sight, key: str, room: int) -> Cell:
    """What waits for an answer, for the line below every mode: how many, and the first of them; empty when nothing.

    In ``room`` cells it is the sentence that is cut, never the key that answers.
    """
    if not live:
        return ()
    first = live[0]
    notice = first.notice
    tone = Tone.DANGER if notice.urgent else Tone.SOON
    number = f"{first.row.whistle.number[6:]} " if first.row and first.row.whistle.number else ""
    said = sentence(notice, first.text, first.name, sight)
    count = Piece(f" {sight.t('{n} unanswered', n=len(live))} ", Tone.CHIP if notice.urgent else tone)
    after = (
        *((Piece(f" {sight.t('{n} not sent', n=unsent)}", Tone.DANGER),) if unsent else ()),
        Piece(f" {sight.t('{key} answers', key=key)}" if key else "", Tone.QUIET),
    )
    left = room - sum(cell_len(piece.text) for piece in (count, *after))
    return (count, Piece(paint_cells(f" {number}{said}", max(left, LEAST_SAID)), tone), *after)


def engine_line(engines: Sequence[EngineTold], own: str, wall: datetime, sight: Sight) -> Cell:
    """Which programs run the duty clock, and when each last left a sign of life; who ticked last comes first."""
    if not engines:
        return one(sight.t("the duty clock runs nowhere"), Tone.DANGER)
    said = []
    for engine in engines:
        names = {"desk": N_("a desk on {host}"), "watch": N_("watch on {host}")}
        here = engine.owner == own
        who = sight.t("this desk") if here else sight.t(names.get(engine.role, "{host}"), host=engine.host)
        seconds = max(0, int((wall - engine.ticked_at).total_seconds()))
        said.append(sight.t("duty clock: {who}, {n}s ago", who=who, n=seconds))
    return one(sight.words.listed(tuple(said)), Tone.QUIET)
