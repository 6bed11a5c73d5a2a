"""How a sample is told: steps with their street-local times, replayed through the real services."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from app.domain.actor import Channel
from app.domain.facts import Facts
from app.domain.finding import finding_facts
from app.domain.intent import Intent, Value
from app.domain.moves import BY_ACTION, Action, ArgType
from app.domain.plan_words import window_of
from app.domain.posture import Colour, ResponseLevel
from app.domain.radio import told_answers, understand_radio
from app.domain.recurrence import Days
from app.domain.settled import Finding
from app.samples.morning_steps import AttendStep, ItemStep, LogStep, MorningStep, NoteStep, tell
from app.services.house import House
from app.services.round_plans import PlanWanted
from app.services.rounds import Told
from app.services.whistles import LookAlike

ZONE = ZoneInfo("Asia/Shanghai")
SPACE = UUID("0c2c8f5a-7c2e-4a63-9a62-20200702be11")
"""Request ids of samples are derived from here: the same sample has the same ids wherever it is made."""


def local(text: str) -> datetime:
    """An instant in UTC from the street's local time ``2020-07-02 23:53``."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Found:
    """A problem that was told on a round."""

    round: str
    """Key of the round."""
    point: int
    question: str


@dataclass(frozen=True, slots=True)
class RoundStep:
    """One entry of a round, told by radio ``by`` one of its team and written down by ``who``; ``load`` = its rules."""

    at: str
    round: str
    what: Literal["load", "start", "say", "settle", "end"]
    who: str
    by: str = ""
    line: str = ""
    """As it is said by radio."""
    team: tuple[str, ...] = ()
    template: str = ""
    route: str = ""
    reason: str = ""
    point: int = 0
    question: str = ""
    finding: Finding | None = None
    """What was decided about the problem there."""


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A plan of rounds that ``who`` sets, with its windows as they are typed."""

    at: str
    who: str
    name: str
    template: str
    windows: tuple[str, ...]
    grid: str = ""
    route: str = ""
    days: Days = Days.ANY
    place: str = ""
    permit: str = ""
    case: str = ""
    """Key of the case that it ends with."""


@dataclass(frozen=True, slots=True)
class FloodStep:
    """A warning signal or a response level as it is written down from its document."""

    at: str
    who: str
    what: Literal["signal", "level"]
    degree: str
    """Colour or level."""
    issuer: str
    number: str
    begins: str
    """Local time at which it was issued, or holds from."""
    until: str = ""
    event: str = ""
    """What a signal warns of."""


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of a case: recorded ``at`` (local), by ``who``, about the case with this key."""

    at: str
    case: str
    action: Action
    who: str
    on: str = ""
    """Department, for moves about one."""
    told: str = ""
    """On whose behalf it is recorded."""
    channel: Channel = Channel.TERMINAL
    happened: str = ""
    """Local time at which it happened, when that is not when it was recorded."""
    args: Mapping[str, Value] = field(default_factory=dict)
    """By argument name; ``until`` may be a local time and ``into`` the key of another case."""
    found: Found | None = None
    """The finding of a round that it is about: its facts are those of the round, beside what ``args`` say."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Something small that was solved on the spot, without a whistle (domain 1, row 43)."""

    at: str
    who: str
    kind: str
    grid: str
    title: str
    by: str = ""
    place: str = ""
    matter: str = ""
    note: str = ""
    channel: Channel = Channel.TERMINAL


Line = Step | Spot | RoundStep | PlanStep | FloodStep | MorningStep


def later(at: str, minutes: int) -> str:
    """A local time some minutes on."""
    return f"{datetime.fromisoformat(at) + timedelta(minutes=minutes):%Y-%m-%d %H:%M}"


def typed(at: str, case: str, action: Action, who: str, *, on: str = "", happened: str = "", **args: Value) -> Step:
    """Somebody does it in their own name, at a terminal."""
    return Step(at, case, action, who, on=on, happened=happened, args=args)


def phoned(
    at: str, case: str, action: Action, told: str, *, who: str, on: str = "", happened: str = "", **args: Value
) -> Step:
    """Told by phone and written down by the desk."""
    return Step(at, case, action, who, on=on, told=told, channel=Channel.PHONE, happened=happened, args=args)


class ScriptClock:
    """A clock that stands where the script is."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """The script's instant."""
        return self.at

    def wall(self) -> datetime:
        """The script's instant: that night there was no other."""
        return self.at


def play(
    house: House, clock: ScriptClock, sample: str, lines: Iterable[Line], until: datetime,
    meanwhile: Callable[[datetime], None],
) -> None:  # fmt: skip
    """Replay the lines recorded not later than ``until``; ``clock`` is the one the house was opened with.

    ``meanwhile`` lets time pass up to an instant: what became due on the way.
    """
    cases: dict[str, UUID] = {}
    rounds: dict[str, UUID] = {}
    for n, line in enumerate(sorted(lines, key=lambda line: line.at)):
        at = local(line.at)
        if at > until:
            break
        meanwhile(at)
        clock.at = at
        request = uuid5(SPACE, f"{sample}/{n}")
        if isinstance(line, Spot):
            _record(house, line, request)
        elif isinstance(line, RoundStep):
            _walk(house, line, request, rounds)
        elif isinstance(line, FloodStep):
            _warn(house, line, request)
        elif isinstance(line, PlanStep):
            _plan(house, line, request, cases)
        elif isinstance(line, LogStep | AttendStep | NoteStep | ItemStep):
            tell(house, line, request, cases, local(line.due) if isinstance(line, ItemStep) else None)
        else:
            _act(house, line, request, cases, rounds)
    meanwhile(until)
    clock.at = until


def _warn(house: House, step: FloodStep, request: UUID) -> None:
    actor, begins = house.duty.actor(step.who), local(step.begins)
    until = local(step.until) if step.until else None
    if step.what == "signal":
        house.flood.warnings.add(
            actor, request, Colour(step.degree), step.event, step.issuer, number=step.number, issued_at=begins,
            until=until,
        )  # fmt: skip
    else:
        level = ResponseLevel(step.degree)
        house.flood.add_level(actor, request, level, step.issuer, step.number, begins_at=begins, until=until)


def _plan(house: House, step: PlanStep, request: UUID, cases: Mapping[str, UUID]) -> None:
    windows = tuple(window for text in step.windows if (window := window_of(text)) is not None)
    house.round_plans.set(house.duty.actor(step.who), request, PlanWanted(
        step.name, step.template, windows, step.grid, step.route, step.days, place=step.place, permit=step.permit,
        whistle=cases[step.case] if step.case else None,
    ))  # fmt: skip


def _walk(house: House, step: RoundStep, request: UUID, rounds: dict[str, UUID]) -> None:
    if step.what == "load":
        house.patrol_rules.load(house.patrol_rules.text(), house.duty.actor(step.who), request)
        return
    told = Told(house.duty.actor(step.who), request, step.by, Channel.RADIO)
    if step.what == "start":
        grid = house.patrol_rules.current().routes[step.route].grid
        rounds[step.round] = house.rounds.start(told, step.template, grid, step.team, route=step.route).round.id
    elif step.finding is not None:
        house.rounds.settle(told, rounds[step.round], (step.point, step.question), step.finding)
    elif step.what == "end":
        house.rounds.end(told, rounds[step.round], reason=step.reason)
    else:
        file = house.rounds.file(rounds[step.round])
        heard = understand_radio(step.line, file.walk.route, file.walk.template, file.round.answers)
        house.rounds.answer(told, rounds[step.round], told_answers(heard), said=step.line)


def _found(house: House, found: Found, facts: Facts, rounds: Mapping[str, UUID]) -> Facts:
    """What is known from the round, beside what was said of it."""
    file = house.rounds.file(rounds[found.round])
    street = house.streets.current()
    known = finding_facts(
        file.round, file.walk, (found.point, found.question), lambda name: name.zh,
        {one.code for one in house.policies.current().types}, places={one.code for one in street.street.places},
    )  # fmt: skip
    texts = {**known.texts, **facts.texts}
    return replace(known, texts=texts, precision=facts.precision)


def _act(
    house: House, step: Step, request: UUID, cases: dict[str, UUID], rounds: Mapping[str, UUID]
) -> None:  # fmt: skip
    intent = Intent(
        action=step.action,
        actor=house.duty.actor(step.who),
        request_id=request,
        args=_arguments(house, step, cases, rounds),
        on_behalf_of=step.told,
        channel=step.channel,
        occurred_at=local(step.happened) if step.happened else None,
    )
    if step.case in cases:
        house.whistles.act(cases[step.case], intent)
    else:
        outcome = house.whistles.blow(intent, LookAlike(is_new=True))
        cases[step.case] = outcome.case.whistle.id


def _arguments(
    house: House, step: Step, cases: Mapping[str, UUID], rounds: Mapping[str, UUID]
) -> dict[str, Value]:  # fmt: skip
    args = dict(step.args)
    facts = args.get("facts")
    if step.found is not None and isinstance(facts, Facts):
        args["facts"] = _found(house, step.found, facts, rounds)
    if step.on:
        args["department"] = step.on
    for arg in BY_ACTION[step.action].args:
        value = args.get(arg.name)
        if arg.type is ArgType.CASE and isinstance(value, str):
            args[arg.name] = cases[value]
        elif arg.type is ArgType.INSTANT and isinstance(value, str):
            args[arg.name] = local(value)
    return args


def _record(house: House, spot: Spot, request: UUID) -> None:
    texts = {"title": spot.title, "note": spot.note} if spot.note else {"title": spot.title}
    house.duty.record_spot(
        house.duty.actor(spot.who), spot.kind, spot.grid, texts, request, place=spot.place, matter=spot.matter,
        by=spot.by, channel=spot.channel,
    )  # fmt: skip
