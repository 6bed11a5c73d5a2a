"""`wangge round due`, `plans`, `plan`, `unplan`: rounds that are due, and the plans they come from (behaviours 16)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from app.cli.parser import Parser
from app.cli.people import grid_code, place_code
from app.cli.session import Answer, Session
from app.cli.times import coming_instant, past_moment
from app.cli.tongue import N_
from app.domain.due_round import DueRound
from app.domain.errors import BadInput
from app.domain.events import Json
from app.domain.message import Message
from app.domain.org import Role
from app.domain.plan_words import read_weekdays, read_windows
from app.domain.recurrence import Days
from app.domain.round_plan import WALKERS, Guard, RoundPlan
from app.domain.text import normalise_width
from app.render.planned import due_cells, plan_cells
from app.render.sight import Sight
from app.render.table import columns
from app.services.patrol_plans import MOST_TOGETHER
from app.services.round_plans import PlanWanted

BACK, AHEAD = timedelta(hours=12), timedelta(hours=24)


def due(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    """Planned rounds from twelve hours back to a day ahead."""
    parser.text("since", N_("from when on; without it: twelve hours back"), "TIME")
    options = parser.parse_args(arguments)
    now = session.now
    since = past_moment(options.since, now, session.zone, "since").at if options.since else now - BACK
    found = session.house.round_plans.due(since, now + AHEAD)
    document: dict[str, Json] = {"due": [_due_document(session, one) for one in found]}
    return Answer(document, lambda: _due_lines(session.sight, found))


def _due_document(session: Session, one: DueRound) -> dict[str, Json]:
    round_ = session.shaper.members(one.line) if one.line else None
    return {**session.shaper.members(one.planned), "name": session.words.name(one.name), "round": round_}


def _due_lines(sight: Sight, found: Sequence[DueRound]) -> Iterator[str]:
    if not found:
        yield sight.t("No round is due: see the plans, and the rules for rounds.")
    yield from columns(due_cells(one, sight) for one in found)


def plans(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    """Every plan in force, and the posture they go by."""
    parser.parse_args(arguments)
    found, guard = session.house.round_plans.in_force()
    document: dict[str, Json] = {
        "posture": guard.posture.value, "plans": [_plan_document(session, one, guard) for one in found],
    }  # fmt: skip
    return Answer(document, lambda: _plan_lines(session.sight, found, guard))


def _plan_document(session: Session, plan: RoundPlan, guard: Guard) -> dict[str, Json]:
    every = plan.interval(guard.posture)
    return {
        "id": plan.id, "name": session.words.name(plan.name), "template": plan.template, "route": plan.route,
        "grid": plan.grid, "windows": [f"{one.opens:%H:%M}-{one.closes:%H:%M}" for one in plan.windows],
        "days": plan.days.value, "weekdays": [day + 1 for day in sorted(plan.weekdays)],
        "every_minutes": int(every.day.total_seconds() // 60) if every else None,
        "every_minutes_night": int(every.night.total_seconds() // 60) if every else None,
        "team": plan.together(guard.posture), "role": plan.role.value, "place": plan.place, "permit": plan.permit,
        "whistle": plan.whistle, "until": session.shaper.instant(plan.until) if plan.until else None,
        "set_by": plan.set_by,
    }  # fmt: skip


def _plan_lines(sight: Sight, found: Sequence[RoundPlan], guard: Guard) -> Iterator[str]:
    yield sight.t("Posture: {posture}", posture=sight.words.enum(guard.posture))
    if not found:
        yield sight.t("There is no plan of rounds: load rules with plans, or set one.")
    yield from columns(plan_cells(one, guard.posture, sight) for one in found)


def plan(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    """Set a plan."""
    parser.operand("checklist", N_("what is asked: its id or name, see wangge round checklists"))
    parser.several("window", N_("from when to when, such as 07:00-07:40; may be repeated"), "HH:MM-HH:MM")
    parser.text("grid", N_("grid: code or short name; without it: the one of the route"), "GRID")
    parser.text("route", N_("along which route: its id or name; without one: the whole grid"), "ROUTE")
    parser.text("name", N_("what it is called; without it: as the checklist"))
    parser.choice("days", N_("on which days; without it: every day"), Days)
    parser.several("weekday", N_("only on these days of the week: mon … sun, 一 … 日"), "DAY[,…]")
    parser.text("team", N_("how many walk together; without it: one by day"), "N")
    parser.choice("role", N_("whose round it is, who is reminded of it; without it: the grid's members"), WALKERS)
    parser.text("place", N_("the vending zone that timed trade rests on: code or name"), "PLACE")
    parser.text("permit", N_("the permit it rests on"))
    parser.text("case", N_("the plan ends when this case is closed"), "NUMBER")
    parser.text("until", N_("the plan ends then"), "TIME")
    options = parser.parse_args(arguments)
    street, house = session.street, session.house
    book = house.patrol_rules.current()
    template = named(options.checklist, {one.id: one.name for one in book.templates.values()},
                     N_("There is no checklist {id}."), "template")  # fmt: skip
    route = options.route and named(
        options.route, {one.id: one.name for one in book.routes.values()}, N_("There is no route {id}."), "route"
    )
    wanted = PlanWanted(
        options.name, template, read_windows(",".join(options.window), "window"),
        grid_code(street, options.grid) if options.grid else "", route or "",
        Days(options.days) if options.days else Days.ANY,
        read_weekdays(",".join(options.weekday), "weekday"), _team(options.team),
        place_code(street, options.place) if options.place else "", options.permit,
        house.whistles.find(options.case) if options.case else None,
        coming_instant(options.until, session.now, session.zone, "until") if options.until else None,
        Role(options.role) if options.role else Role.GRID_MEMBER,
    )  # fmt: skip
    return _plan_answer(session, house.round_plans.set(session.actor(), session.request_id, wanted))


def unplan(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    """End a plan."""
    parser.operand("id", N_("which plan: see wangge round plans"))
    options = parser.parse_args(arguments)
    gone = session.house.round_plans.end(session.actor(), session.request_id, options.id.strip())
    return _plan_answer(session, gone)


def _plan_answer(session: Session, found: RoundPlan) -> Answer:
    _, guard = session.house.round_plans.in_force()
    return Answer(
        {"plan": _plan_document(session, found, guard)},
        lambda: columns([plan_cells(found, guard.posture, session.sight)]),
    )


def _team(text: str) -> int:
    if not text:
        return 1
    wanted = normalise_width(text).strip()
    if not wanted.isascii() or not wanted.isdigit() or not 1 <= int(wanted) <= MOST_TOGETHER:
        raise BadInput(Message("A team is 1 to {most} people.", {"most": MOST_TOGETHER}), "team")
    return int(wanted)


def named(text: str, names: Mapping[str, object], unknown_id: str, field: str) -> str:
    """The id meant by an id or a name in either language."""
    wanted = normalise_width(text).strip().casefold()
    for id_, name in names.items():
        if wanted in (id_, *(normalise_width(str(getattr(name, one))).casefold() for one in ("zh", "en"))):
            return id_
    raise BadInput(Message(unknown_id, {"id": text}), field)
