"""How a sample is told: steps with their street-local times, replayed through the real services."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from app.domain.actor import Channel
from app.domain.intent import Intent, Value
from app.domain.moves import BY_ACTION, Action, ArgType
from app.services.house import House
from app.services.whistles import LookAlike

ZONE = ZoneInfo("Asia/Shanghai")
SPACE = UUID("0c2c8f5a-7c2e-4a63-9a62-20200702be11")
"""Request ids of samples are derived from here: the same sample has the same ids wherever it is made."""


def local(text: str) -> datetime:
    """An instant in UTC from the street's local time ``2020-07-02 23:53``."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


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


Line = Step | Spot


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
    for n, line in enumerate(sorted(lines, key=lambda line: line.at)):
        at = local(line.at)
        if at > until:
            break
        meanwhile(at)
        clock.at = at
        request = uuid5(SPACE, f"{sample}/{n}")
        if isinstance(line, Spot):
            _record(house, line, request)
        else:
            _act(house, line, request, cases)
    meanwhile(until)
    clock.at = until


def _act(house: House, step: Step, request: UUID, cases: dict[str, UUID]) -> None:
    intent = Intent(
        action=step.action,
        actor=house.duty.actor(step.who),
        request_id=request,
        args=_arguments(step, cases),
        on_behalf_of=step.told,
        channel=step.channel,
        occurred_at=local(step.happened) if step.happened else None,
    )
    if step.case in cases:
        house.whistles.act(cases[step.case], intent)
    else:
        outcome = house.whistles.blow(intent, LookAlike(is_new=True))
        cases[step.case] = outcome.case.whistle.id


def _arguments(step: Step, cases: Mapping[str, UUID]) -> dict[str, Value]:
    args = dict(step.args)
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
