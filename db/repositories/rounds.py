"""Rounds and the rules they go by (domain 4, 5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, func, insert, select, text, update

from app.domain.events import Event
from app.domain.repeats import FoundProblem
from app.domain.round import Round, round_stream
from app.domain.round_file import Progress, RoundLine
from app.services.round_ports import MOST
from db.repositories.cases import RECORDED
from db.repositories.events import EVENT, EVENTS, event_of
from db.repositories.planned import NOT_HEARD_SINCE, PLANNED, PlannedReading, PlannedWriting
from db.repositories.rows import AnyRow
from db.tables.base import table
from db.tables.rounds import LISTENED_FOR, UNDER_WAY, FindingRow, PatrolRulesRow, RoundDayRow, RoundRow

RULES = table(PatrolRulesRow)
ROUND = table(RoundRow)
ROUND_DAY = table(RoundDayRow)
FINDING = table(FindingRow)
_R = ROUND.c
_F = FINDING.c

_NEWEST_RULES = select(func.max(RULES.c.version))
_RULES = select(RULES.c.body).where(RULES.c.version == bindparam("version"))
_OF_ROUND = EVENTS.where(EVENT.c.stream == bindparam("stream")).order_by(EVENT.c.stream_version)
_OF_PLAN = select(PLANNED).where(PLANNED.c.round_id == _R.id).correlate(ROUND).limit(1)
_LINE = select(
    _R.id, _R.number, _R.version, _R.state, _R.template, _R.route, _R.grid, _R.rules_version, _R.team, _R.started_at,
    _R.ended_at, _R.asked, _R.answered, _R.problems, _R.planned, _R.check_in_at,
    select(func.count()).where(_F.round_id == _R.id, _F.handled.is_(True)).correlate(ROUND).scalar_subquery(),
    _OF_PLAN.with_only_columns(PLANNED.c.closes).scalar_subquery(),
    _OF_PLAN.with_only_columns(PLANNED.c.timing).scalar_subquery(),
    and_(text(f"round.{UNDER_WAY}"), NOT_HEARD_SINCE),
)  # fmt: skip
_BY_ID = _LINE.where(_R.id == bindparam("round"))
_UNDER_WAY = _LINE.where(text(f"round.{UNDER_WAY}")).order_by(_R.started_at, _R.id).limit(bindparam("at_most"))
_SINCE = (
    _LINE.where(_R.started_at >= bindparam("since"))
    .order_by(_R.started_at.desc(), _R.id)
    .limit(bindparam("at_most"))
)  # fmt: skip
_SILENT = (
    _LINE.where(text(f"round.{LISTENED_FOR}"), _R.check_in_at <= bindparam("until"))
    .order_by(_R.check_in_at, _R.id)
    .limit(bindparam("at_most"))
)
_LISTEN = update(ROUND).where(
    _R.id == bindparam("round"), text(f"round.{UNDER_WAY}"), _R.check_in_at.is_not_distinct_from(bindparam("known"))
)
_BY_NUMBER = select(_R.id).where(_R.number == bindparam("number"))
_FOUND = select(
    _F.round_id, _R.number, _F.point, _F.question, _F.kind, _F.place, _F.grid, _F.route, _F.at, _F.severity,
    _F.handled,
).join(ROUND, _R.id == _F.round_id)  # fmt: skip
_ALIKE = _FOUND.where(
    _F.grid == bindparam("grid"), _F.kind == bindparam("kind"), _F.place == bindparam("place"),
    _F.at >= bindparam("since"), _F.at <= bindparam("until"),
)  # fmt: skip
_FINDINGS = _FOUND.where(_F.at >= bindparam("since")).order_by(_F.at.desc(), _F.round_id, _F.point, _F.question)
_FORGET = delete(FINDING).where(_F.round_id == bindparam("of_round"))
_UPDATE = update(ROUND).where(_R.id == bindparam("round"))
_NEXT_NUMBER = (
    update(ROUND_DAY)
    .where(ROUND_DAY.c.day == bindparam("of_day"))
    .values(last=ROUND_DAY.c.last + 1)
    .returning(ROUND_DAY.c.last)
)


class RoundReading(PlannedReading):
    """``app.services.round_ports.RoundReads`` over one transaction."""

    def rules_version(self) -> int:
        """The newest version of the rules, 0 when none was loaded."""
        return self._connection.scalar(_NEWEST_RULES) or 0

    def rules_text(self, version: int) -> str | None:
        """A version as it was loaded."""
        return self._connection.scalar(_RULES, {"version": version})

    def events(self, round_id: UUID) -> tuple[Event, ...]:
        """The entries of a round in their order."""
        return tuple(self._all(_OF_ROUND, event_of, {"stream": round_stream(round_id)}))

    def line(self, round_id: UUID) -> RoundLine | None:
        """One round as a list shows it."""
        return self._one(_BY_ID, _line, {"round": round_id})

    def by_number(self, number: str) -> UUID | None:
        """By full number."""
        return self._connection.scalar(_BY_NUMBER, {"number": number})

    def under_way(self, limit: int = MOST) -> tuple[RoundLine, ...]:
        """Rounds that are being walked, the longest first."""
        return tuple(self._all(_UNDER_WAY, _line, {"at_most": limit}))

    def since(self, since: datetime, limit: int = MOST) -> tuple[RoundLine, ...]:
        """Rounds begun since an instant, the latest first."""
        return tuple(self._all(_SINCE, _line, {"since": since, "at_most": limit}))

    def problems_alike(self, one: FoundProblem, since: datetime) -> tuple[FoundProblem, ...]:
        """Problems of the same kind at the same place, from an instant until this one; the one itself too."""
        wanted = {"grid": one.grid, "kind": one.kind, "place": one.place, "since": since, "until": one.at}
        return tuple(self._all(_ALIKE, _problem, wanted))

    def problems_since(self, since: datetime, limit: int = MOST) -> tuple[FoundProblem, ...]:
        """Problems found since an instant, the latest first."""
        return tuple(self._all(_FINDINGS.limit(limit), _problem, {"since": since}))

    def check_ins_due(self, until: datetime, limit: int = MOST) -> tuple[RoundLine, ...]:
        """Rounds from which somebody should have been heard by an instant."""
        return tuple(self._all(_SILENT, _line, {"until": until, "at_most": limit}))


class RoundWriting(RoundReading, PlannedWriting):
    """``app.services.round_ports.RoundWrites`` over one transaction."""

    def add_rules(self, body: str, at: datetime) -> int:
        """Store the next version of the rules; returns its number."""
        version = self.rules_version() + 1
        digest = sha256(body.encode()).hexdigest()
        self._connection.execute(insert(RULES), {"version": version, "body": body, "digest": digest, "loaded_at": at})
        return version

    def next_number(self, day: date) -> str:
        """The next number of a street day."""
        last = self._connection.scalar(_NEXT_NUMBER, {"of_day": day})
        if last is None:
            last = 1
            self._connection.execute(insert(ROUND_DAY), {"day": day, "last": last})
        return f"R-{day:%Y%m%d}-{last:02d}"

    def save(
        self, found: Round, progress: Progress, recorded_at: datetime, check_in_at: datetime | None
    ) -> None:  # fmt: skip
        """Write where a round stands."""
        row: dict[str, Any] = {
            "id": found.id, "number": found.number, "version": found.version, "state": found.state,
            "template": found.template, "route": found.route, "grid": found.grid,
            "rules_version": found.rules_version, "team": " ".join(found.team), "started_at": found.started_at,
            "ended_at": found.ended_at, "asked": progress.asked, "answered": progress.answered,
            "problems": progress.problems, "planned": found.planned, "heard_at": found.heard_at,
            "check_in_at": check_in_at,
        }  # fmt: skip
        if not self._connection.execute(_UPDATE, {**row, "round": found.id}).rowcount:
            self._connection.execute(insert(ROUND), row)
        self._connection.execute(RECORDED, {"grid": found.grid, "at": recorded_at})

    def listen(self, round_id: UUID, known: datetime | None, check_in_at: datetime | None) -> bool:
        """Move the next check-in of a round under way."""
        moved = _LISTEN.values(check_in_at=check_in_at)
        return self._connection.execute(moved, {"round": round_id, "known": known}).rowcount == 1

    def save_problems(self, round_id: UUID, problems: Sequence[FoundProblem]) -> None:
        """The problems of a round as they stand now, in the place of those before."""
        self._connection.execute(_FORGET, {"of_round": round_id})
        if problems:
            self._connection.execute(insert(FINDING), [
                {"round_id": one.round_id, "point": one.point, "question": one.question, "kind": one.kind,
                 "place": one.place, "grid": one.grid, "route": one.route, "at": one.at, "severity": one.severity,
                 "handled": one.handled} for one in problems
            ])  # fmt: skip


def _problem(row: AnyRow) -> FoundProblem:
    return FoundProblem(*row)


def _line(row: AnyRow) -> RoundLine:
    (id_, number, version, state, template, route, grid, rules, team, started_at, ended_at, asked, answered, problems,
     planned, check_in_at, handled, closes, timing, silent) = row  # fmt: skip
    return RoundLine(
        id_, number, version, state, template, route, grid, rules, tuple(team.split()), started_at, ended_at,
        Progress(asked, answered, problems, handled), planned, check_in_at, closes, timing,
        bool(silent),
    )  # fmt: skip
