"""Plans of rounds as rows: what, where, how often as things stand, and when the next one is due."""

from __future__ import annotations

from app.domain.due_round import DueRound
from app.domain.message import Name
from app.domain.patrol_book import PatrolBook
from app.domain.plan_line import PlanBoard, PlanLine
from app.domain.planned_round import PlannedState
from app.domain.posture import Posture
from app.domain.round_plan import Guard
from app.render.clock import hm
from app.render.planned import plan_cells, planned_state, rhythm_words
from app.render.rows import Column, Row, Tone, one
from app.render.sight import Sight
from app.render.words import Words


def plan_columns(words: Words) -> tuple[Column, ...]:
    """The wider the list the more of them; name and next round stay."""
    zh = words.language == "zh"
    return (
        Column("name", words.t("Plan"), 14 if zh else 18, 12, most=30, least=10),
        Column("grid", words.t("Grid"), 8 if zh else 12, 9, most=14),
        Column("rhythm", words.t("How often"), 18, 8, most=44, least=12),
        Column("next", words.t("Next due"), 17, 11, most=20),
        Column("state", words.t("Stands"), 10 if zh else 14, 5, most=26),
        Column("team", words.t("Together"), 5 if zh else 9, 4),
        Column("end", words.t("Ends"), 12 if zh else 16, 6, most=24),
        Column("resting", words.t("Permit, place"), 10, 3, most=30),
        Column("by", words.t("Set by"), 8, 2, most=14),
    )


def plan_row(line: PlanLine, guard: Guard, sight: Sight) -> Row:
    """One plan."""
    _, name, grid, rhythm, team, resting, end, by = plan_cells(line.plan, guard.posture, sight)
    late = (
        line.planned is not None and line.planned.state is PlannedState.PLANNED and sight.now >= line.planned.start_by
    )
    state = planned_state(DueRound(line.planned, line.plan.name), sight) if line.planned else ""
    return Row(line.plan.id, {
        "name": one(name, Tone.STRONG), "grid": one(grid), "rhythm": one(rhythm),
        "next": one(next_words(line, sight), Tone.SOON if late else Tone.PLAIN),
        "state": one(state, Tone.SOON if late else Tone.QUIET), "team": one(team, Tone.QUIET),
        "end": one(end, Tone.QUIET), "resting": one(resting, Tone.QUIET), "by": one(by, Tone.QUIET),
    })  # fmt: skip


def next_words(line: PlanLine, sight: Sight) -> str:
    """``07-03 07:00–07:40``; a dash where nothing comes."""
    if line.opens is None or line.closes is None:
        return sight.glyphs.dash
    return f"{sight.stamp(line.opens)}–{hm(line.closes, sight.zone)}"


def plan_about(line: PlanLine, book: PatrolBook, posture: Posture, sight: Sight) -> str:
    """All of a plan, for the lines below the list."""
    plan, t = line.plan, sight.t
    template, route = book.templates.get(plan.template), book.routes.get(plan.route)
    _, name, grid, _, team, resting, end, by = plan_cells(plan, posture, sight)
    words = sight.words.name
    parts = (
        words(template.name) if template and template.name != plan.name else "",
        words(route.name) if route else t("the whole of {grid}", grid=grid),
        rhythm_words(plan, posture, sight), team, resting, end,
        t("set by {who}", who=by) if plan.set_by else t("in the rules, [[plans]] {id}", id=plan.id),
    )  # fmt: skip
    return " · ".join((name, *filter(None, parts)))


def plan_text(line: PlanLine, book: PatrolBook, sight: Sight) -> str:
    """What the list is searched by."""
    plan = line.plan
    named: list[Name] = [plan.name]
    named += [book.templates[plan.template].name] if plan.template in book.templates else []
    named += [book.routes[plan.route].name] if plan.route in book.routes else []
    words = [part for name in named for part in (name.zh, name.en)]
    return " ".join(
        (*words, plan.id, sight.name(plan.grid), sight.short(plan.grid), plan.whistle, plan.permit)
    ).casefold()


def board_title(board: PlanBoard, sight: Sight) -> str:
    """How many, and under which posture."""
    return sight.t("Plans of rounds · {n} · posture {posture}", n=len(board.lines), posture=board.guard.posture)
