"""`wangge init`: founds a database with the default policy, with a street and a policy of its own when given."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import uuid5
from zoneinfo import ZoneInfo

from app.called import opens
from app.cli.files import read_street, read_text
from app.cli.people import member_code
from app.cli.session import Answer, Session, read_clock, station_name
from app.cli.tongue import N_
from app.domain.actor import SYSTEM_ACTOR
from app.domain.errors import Refused
from app.domain.events import Json
from app.domain.message import Message
from app.domain.street_index import StreetIndex
from app.files import private_folder
from app.services.org_file import STREET_ZONE
from app.services.policy_file import read_policy
from app.settings import remember_member


def run(session: Session, arguments: list[str]) -> Answer:
    """Found the database at ``--db``, or at the usual place."""
    parser = session.parser("wangge init", N_("Found a database with the default policy."))
    parser.switch("drill", N_("a drill for ever: only there the clock can be set, and nothing leaves the building"))
    parser.text("org", N_("organisation to load: .toml or .xlsx"), "FILE")
    parser.text("policy", N_("policy to load: .toml"), "FILE")
    options = parser.parse_args(arguments)
    found(session, drill=options.drill, org=options.org, policy=options.policy)
    station = session.house.station
    street = session.street.street
    document: dict[str, Json] = {
        "database": str(session.settings.database),
        "uuid": str(station.uuid),
        "drill": station.drill,
        "policy": session.policy.version,
        "units": len(street.units),
        "members": len(street.members),
    }
    return Answer(document, lambda: [str(session.settings.database)], session.misfits())


def found(session: Session, *, drill: bool = False, org: str = "", policy: str = "") -> None:
    """Found a database and go on with it. Files are read first, so that a faulty one leaves nothing behind.

    Raises Refused when the file exists, BadInput for faulty files; ``--as`` is remembered for the new database.
    """
    from app.bootstrap import found_house

    path = session.settings.database
    if path.exists():
        raise Refused(
            Message("{path} exists already. Open it with `{command}`, or name another file.",
                    {"path": str(path), "command": opens(str(path))})
        )  # fmt: skip
    rules = read_text(Path(policy)) if policy else ""
    zone = read_policy(rules, name=policy).calendar.zone if rules else STREET_ZONE
    street = read_street(Path(org), zone) if org else None
    begin = _beginning(session, zone, drill=drill)
    acting = session.settings.acting
    if acting and street is not None:
        acting = member_code(StreetIndex(street), acting)
        session.settings = replace(session.settings, acting=acting)
    if not session.options.database:
        private_folder(path.parent)
    house = found_house(session.settings, drill=drill, street=street, wall=begin, station=station_name())
    if rules:
        who = house.duty.actor(acting) if acting and street else SYSTEM_ACTOR
        house.policies.load(rules, who, uuid5(session.request_id, "policy"))
    house.close()
    session.open()
    if acting and street:
        remember_member(session.settings, acting)


@dataclass(frozen=True, slots=True)
class Beginning:
    """A clock that stands at the instant a drill begins, so that its first entries are not later than its clock."""

    at: datetime

    def now(self) -> datetime:
        """The instant."""
        return self.at

    def wall(self) -> datetime:
        """The instant."""
        return self.at


def _beginning(session: Session, zone: ZoneInfo, *, drill: bool) -> Beginning | None:
    if not session.options.clock:
        return None
    if not drill:
        raise Refused(Message("Only a drill database has a clock of its own; this one follows the wall clock."))
    return Beginning(read_clock(session.options.clock, zone)[0])
