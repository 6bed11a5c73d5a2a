"""`wangge demo`: a sample in a fresh drill database, then the desk on it (decisions 21)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from app.called import opens
from app.cli.desk import run_desk, say_where
from app.cli.people import member_code
from app.cli.session import Answer, Session
from app.cli.tongue import N_
from app.domain.errors import BadInput, Refused
from app.domain.events import Json
from app.domain.local_time import at_local
from app.domain.message import Message
from app.domain.street_index import StreetIndex
from app.files import private_folder
from app.samples import STREET as JIFENG
from app.samples import sample_text
from app.services.org_file import read_org_toml
from app.settings import remember_member

NIGHT, STREET = "night", "street"
DAYS = {NIGHT: date(2020, 7, 2), STREET: date(2020, 10, 26)}
"""The local day on which each sample begins."""
ZONE = ZoneInfo("Asia/Shanghai")
_NOON = time(12)
_CLOCK = re.compile("([0-9]{1,2})[:：]([0-9]{2})")


def run(session: Session, arguments: list[str]) -> Answer | int:
    """Make the sample; open the desk unless ``--make``."""
    parser = session.parser("wangge demo", N_("Open the night of 2 July 2020 in a fresh drill database."))
    parser.switch("street", N_("the street on 26 October 2020 instead: every state, campaigns"))
    parser.text("at", N_("where to begin: 00:40, or ISO"), "HH:MM|ISO")
    parser.switch("make", N_("only make the file and say where it is"))
    options = parser.parse_args(arguments)
    sample = STREET if options.street else NIGHT
    at = _begin(options.at, sample) if options.at else None
    path = make(session, sample, at)
    if options.make:
        document: dict[str, Json] = {
            "database": str(path),
            "sample": sample,
            "drill": True,
            "now": session.shaper.instant(session.now),
        }
        return Answer(document, lambda: [str(path)])
    say_where(session)
    session.close()
    return run_desk(session)


def make(session: Session, sample: str, at: datetime | None) -> Path:
    """Fill a fresh file with a sample and go on with it; ``--as`` is remembered for that file.

    At ``--db`` when that was given, which must not exist yet (Refused), else under the program's own folder.
    NotFound for an unknown member, before anything is made.
    """
    from app.bootstrap import WallClock, demo_path
    from app.samples.build import build_sample

    wall = WallClock()
    path = session.settings.database if session.options.database else demo_path(session.settings, sample, wall.wall())
    if path.exists():
        raise Refused(
            Message("{path} exists already. Open it with `{command}`, or name another file.",
                    {"path": str(path), "command": opens(str(path))})
        )  # fmt: skip
    acting = session.settings.acting
    if acting:
        acting = member_code(StreetIndex(read_org_toml(sample_text(JIFENG), JIFENG)), acting)
    if not session.options.database:
        private_folder(path.parent)
    session.settings = replace(session.settings, database=path, acting=acting)
    session.adopt(build_sample(session.settings, sample, at, wall))
    if acting:
        remember_member(session.settings, acting)
    return path


def _begin(text: str, sample: str) -> datetime:
    """Where the sample begins; a bare time of the night after noon is of 2 July, before it of 3 July."""
    clock = _CLOCK.fullmatch(text.strip())
    try:
        if clock is None:
            at = datetime.fromisoformat(text)
            return (at if at.tzinfo else at.replace(tzinfo=ZONE)).astimezone(UTC)
        local = time(int(clock[1]), int(clock[2]))
    except ValueError as error:
        raise BadInput(
            Message("{text} is no time: write it like 18:00 or 2020-07-05 18:00.", {"text": text}), "at"
        ) from error
    after_midnight = sample == NIGHT and local < _NOON
    return at_local(DAYS[sample] + timedelta(days=after_midnight), local, ZONE)
