"""What a round that somebody walks means for the round that was due: begun, ended, heard from (behaviours 16, 18)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from app.domain.errors import BadInput, IllegalMove, NotFound
from app.domain.message import Message
from app.domain.patrol_book import PatrolBook
from app.domain.planned_round import (
    LATEST,
    PlannedRound,
    PlannedState,
    completed_at,
    due_here,
    fits,
    planned_stream,
    timing_of,
)
from app.domain.policy import WorkCalendar
from app.domain.round import Round, RoundState, Walk, round_stream
from app.domain.round_plan import Guard
from app.domain.watch_topics import WatchTopic
from app.services.ports import Reads, Writes
from app.services.telling import Moment, withdraw
from app.services.watch_notices import watch_notice_id


def planned_for(reads: Reads, template: str, route: str, grid: str, at: datetime, book: PatrolBook) -> (
    PlannedRound | None
):  # fmt: skip
    """The planned round that somebody begins at an instant; None = nobody waits for it, it is voluntary."""
    near = reads.rounds.planned_between(at - LATEST, at + LATEST)
    mine = [one for one in near if (one.template, one.route, one.grid) == (template, route, grid)]
    return due_here(mine, at, book.times.early)


def chosen(
    reads: Reads, planned: UUID, template: str, route: str, grid: str, at: datetime, book: PatrolBook
) -> PlannedRound:  # fmt: skip
    """The planned round that somebody names to begin it; a sentence where it cannot be that one."""
    found = reads.rounds.planned(planned)
    if found is None or found.state is PlannedState.DROPPED:
        raise NotFound(Message("That round is due no more."))
    if (found.template, found.route, found.grid) != (template, route, grid):
        raise BadInput(Message("The round that is due there asks for another checklist or way."), "way")
    if found.state not in (PlannedState.PLANNED, PlannedState.MISSED):
        raise IllegalMove(Message("Somebody has begun that round already."))
    if not fits(found, at, book.times.early):
        raise BadInput(Message("Its window opens at {at}: begin it from {since} on, or a voluntary one now.",
                               {"at": found.opens, "since": found.opens - book.times.early}), "counts")  # fmt: skip
    if at > found.closes + LATEST:
        raise BadInput(Message("It was missed more than a day ago: begin a voluntary one."), "counts")
    return found


def begun(writes: Writes, planned: PlannedRound, found: Round, moment: Moment) -> None:
    """Nobody has to be reminded of it any more, only of its end."""
    missed = planned.state is PlannedState.MISSED
    walked = replace(
        planned, state=PlannedState.UNDER_WAY, round_id=found.id, version=planned.version + 1,
        next_at=None if missed else planned.closes,
    )  # fmt: skip
    writes.rounds.save_planned(walked)
    withdraw(writes, writes.duty.live_of_subject(planned_stream(planned.id)), moment)


def ended(writes: Writes, found: Round, walk: Walk, moment: Moment) -> None:
    """Done, with every answer, early, on time or late; or incomplete. What was said of it is over."""
    withdraw(writes, writes.duty.live_of_subject(round_stream(found.id)), moment)
    planned = writes.rounds.planned_of(found.id)
    if planned is None:
        return
    done = completed_at(found, walk) or found.ended_at or moment.now
    state = PlannedState.DONE if found.state is RoundState.FINISHED else PlannedState.INCOMPLETE
    writes.rounds.save_planned(
        replace(planned, state=state, timing=timing_of(planned, done), next_at=None, version=planned.version + 1)
    )
    withdraw(writes, writes.duty.live_of_subject(planned_stream(planned.id)), moment)


def next_check_in(
    reads: Reads, found: Round, book: PatrolBook, guard: Guard, calendar: WorkCalendar
) -> datetime | None:  # fmt: skip
    """When the clock looks after the team next: at night, counted from the last word, and at once as a night begins
    that finds too few on their way (domain 4.4)."""
    if found.state is not RoundState.UNDER_WAY or found.heard_at is None:
        return None
    hear_by = book.night.hear_by(found.heard_at, book.check_in.interval(guard.posture), calendar.zone)
    too_few = too_few_at(reads, found, book, calendar)
    return min((at for at in (hear_by, too_few) if at is not None), default=None)


def too_few_at(reads: Reads, found: Round, book: PatrolBook, calendar: WorkCalendar) -> datetime | None:
    """When the night begins for a team that set out by day and is too small for it.

    None where it is large enough, where somebody said why fewer go, and once the desk was told.
    """
    if found.alone_because or len(found.team) >= book.night.team:
        return None
    if book.night.holds(found.started_at.astimezone(calendar.zone)):
        return None
    told = reads.duty.notice(watch_notice_id(round_stream(found.id), WatchTopic.ROUND_TOO_FEW))
    return None if told is not None else book.night.begins_after(found.started_at, calendar.zone)


def heard_from(writes: Writes, round_id: UUID, moment: Moment) -> None:
    """Somebody spoke with the team: nobody need be called about it. That too few walk at night stays so."""
    live = writes.duty.live_of_subject(round_stream(round_id))
    withdraw(writes, [one for one in live if one.topic != WatchTopic.ROUND_TOO_FEW], moment)
