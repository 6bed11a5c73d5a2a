"""`wangge clock`: the street's time; a drill's is set by ``--clock`` before any verb (decisions 20)."""

from __future__ import annotations

from app.cli.session import Answer, Session
from app.cli.tongue import N_


def run(session: Session, arguments: list[str]) -> Answer:
    """Show the clock."""
    session.parser("wangge clock", N_("The street's clock. --clock ISO[xSPEED] sets a drill's.")).parse_args(arguments)
    clock, drill = session.house.clock, session.house.station.drill
    now = session.now
    local = now.astimezone(session.zone)
    lines = [f"{local:%Y-%m-%d} {session.words.weekday(local.date())} {local:%H:%M:%S}"]
    if drill:
        lines.append(session.words.t("drill, speed {speed}", speed=f"{clock.speed:g}"))
    return Answer({"now": session.shaper.instant(now), "drill": drill, "speed": clock.speed}, lambda: lines)
