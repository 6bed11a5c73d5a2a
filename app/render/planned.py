"""Rounds that are due and the plans they come from, as lines of text."""

from __future__ import annotations

from datetime import timedelta

from app.domain.due_round import DueRound
from app.domain.message import N_
from app.domain.org import Role
from app.domain.planned_round import PlannedRound, PlannedState
from app.domain.posture import Posture
from app.domain.recurrence import Days
from app.domain.round_plan import Every, RoundPlan
from app.render.clock import hm
from app.render.rounds import progress_words, spoken
from app.render.sight import Sight

DAYS = {Days.ANY: N_("every day"), Days.WORKING: N_("working days"), Days.OFF: N_("days off")}
WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def window_words(planned: PlannedRound, sight: Sight) -> str:
    """``22:00–02:00``, with the day where it is another one."""
    return f"{sight.stamp(planned.opens)}–{hm(planned.closes, sight.zone)}"


def planned_state(due: DueRound, sight: Sight) -> str:
    """Where it stands: planned with what is left, late, under way, done on time, missed."""
    planned, word = due.planned, sight.words.enum
    if planned.state is PlannedState.PLANNED:
        if sight.now >= planned.start_by:
            return sight.t("late: nobody has begun it")
        if sight.now >= planned.opens:
            return sight.t("due now, to begin by {at}", at=hm(planned.start_by, sight.zone))
        return sight.t("planned")
    if planned.state is PlannedState.UNDER_WAY and sight.now > planned.closes:
        return sight.t("under way, window over")
    if planned.timing is not None:
        return sight.t("{state}, {timing}", state=word(planned.state), timing=word(planned.timing))
    return word(planned.state)


def due_cells(due: DueRound, sight: Sight) -> tuple[str, ...]:
    """A planned round of a list."""
    line, planned = due.line, due.planned
    return (
        window_words(planned, sight), sight.words.name(due.name), sight.short(planned.grid), planned_state(due, sight),
        spoken(line.number, sight) if line else sight.words.tn("{n} person", "{n} people", planned.team),
        progress_words(line.progress, sight) if line else "", planned.whistle[6:],
    )  # fmt: skip


def span_words(span: timedelta, sight: Sight) -> str:
    """``4 h``, ``30 min``, ``1 day``."""
    minutes = int(span.total_seconds() // 60)
    if minutes % (24 * 60) == 0:
        return sight.words.tn("{n} day", "{n} days", minutes // (24 * 60))
    return sight.t("{n} h", n=minutes // 60) if minutes % 60 == 0 else sight.t("{n} min", n=minutes)


def every_words(every: Every, sight: Sight) -> str:
    """How often: by day and by night where they differ."""
    if every.day == every.night:
        return sight.t("every {span}", span=span_words(every.day, sight))
    return sight.t("every {day}, at night every {night}", day=span_words(every.day, sight),
                   night=span_words(every.night, sight))  # fmt: skip


def rhythm_words(plan: RoundPlan, posture: Posture, sight: Sight) -> str:
    """How often it is due as things stand: by its windows, or by the posture."""
    every = plan.interval(posture)
    if every is not None:
        return every_words(every, sight)
    windows = sight.words.listed(tuple(f"{one.opens:%H:%M}–{one.closes:%H:%M}" for one in plan.windows))
    days = sight.t(DAYS[plan.days])
    if plan.weekdays:
        days = sight.words.listed(tuple(sight.t(WEEKDAYS[day]) for day in sorted(plan.weekdays)))
    season = ""
    if plan.season is not None:
        (first_month, first), (last_month, last) = plan.season.first, plan.season.last
        season = f" ({first_month:02d}-{first:02d} – {last_month:02d}-{last:02d})"
    return f"{days} {windows}{season}" if windows else sight.t("only under a posture")


def team_words(plan: RoundPlan, posture: Posture, sight: Sight) -> str:
    """How many go; who, where it is not the grid's members."""
    people = sight.words.tn("{n} person", "{n} people", plan.together(posture))
    return people if plan.role is Role.GRID_MEMBER else f"{sight.words.enum(plan.role)} {people}"


def plan_cells(plan: RoundPlan, posture: Posture, sight: Sight) -> tuple[str, ...]:
    """A plan of a list."""
    end = sight.t("until {case} is closed", case=plan.whistle[6:]) if plan.whistle else ""
    if plan.until is not None:
        end = sight.t("until {at}", at=sight.stamp(plan.until))
    resting = " ".join(part for part in (plan.permit, sight.name(plan.place) if plan.place else "") if part)
    return (
        plan.id, sight.words.name(plan.name), sight.short(plan.grid), rhythm_words(plan, posture, sight),
        team_words(plan, posture, sight), resting, end,
        sight.person(plan.set_by) if plan.set_by else sight.t("in the rules"),
    )  # fmt: skip
