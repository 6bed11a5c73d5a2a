"""`wangge org`: the organisation loaded from a file, shown, written to a workbook; its map (domain 1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from app.cli.actions import action_of
from app.cli.files import read_street
from app.cli.parser import listed
from app.cli.session import Answer, Session
from app.cli.tongue import N_
from app.domain.actor import SYSTEM_ACTOR
from app.domain.errors import BadInput
from app.domain.events import Json
from app.domain.message import Message
from app.domain.org import Street
from app.domain.staffing import staffing
from app.render.sight import Sight
from app.render.table import columns
from app.services.org_tables import TABLES
from app.services.ports import LoadReport
from app.services.street_changes import some_names

ACTIONS = {
    "load": N_("load an organisation, .toml or .xlsx: rows are updated by code, missing ones retired"),
    "template": N_("write an empty workbook to fill in"),
    "show": N_("the organisation as it stands, all of it or one table"),
    "export": N_("write the organisation as a workbook"),
    "map": N_("the map of the street: load, show"),
}


def run(session: Session, arguments: list[str]) -> Answer | int:
    """Do one action of `wangge org`."""
    name, rest = action_of(session, "wangge org", ACTIONS, arguments), arguments[1:]
    if isinstance(name, int):
        return name
    if name == "map":
        from app.cli.street_map import run as run_map

        return run_map(session, rest)
    parser = session.parser(f"wangge org {name}", ACTIONS[name])
    if name == "show":
        parser.operand("table", N_("one table or several with commas; without it: all"), required=False)
    else:
        parser.operand("path", N_("the file"))
    if name == "load":
        parser.switch("retire", N_("retire what is missing, even much of a table or what open cases stand on"))
    options = parser.parse_args(rest)
    if name == "show":
        return _show(session, options.table or "")
    path = Path(options.path)
    if name == "load":
        return _load(session, path, retire=options.retire)
    return {"template": _template, "export": _export}[name](session, path)


def _load(session: Session, path: Path, *, retire: bool) -> Answer:
    before, seen = session.house.streets.standing()
    street = read_street(path, session.zone, before)
    actor = session.actor() if before.members else SYSTEM_ACTOR
    report = session.house.streets.load(street, actor, session.request_id, retire=retire, seen=seen)
    return Answer(_report(report), lambda: _report_lines(session.sight, report, before), session.misfits())


def _report(report: LoadReport) -> dict[str, Json]:
    def codes(tables: Mapping[str, tuple[str, ...]]) -> dict[str, Json]:
        return {table: list[Json](rows) for table, rows in tables.items() if rows}

    return {"added": codes(report.added), "updated": codes(report.updated), "retired": codes(report.retired)}


def _report_lines(sight: Sight, report: LoadReport, before: Street) -> Iterator[str]:
    t = sight.t
    tables = sorted({*report.added, *report.updated, *report.retired})
    body = [
        (table, *(str(len(part.get(table, ()))) for part in (report.added, report.updated, report.retired)))
        for table in tables
    ]
    if not any(count != "0" for row in body for count in row[1:]):
        yield t("Nothing has changed.")
        return
    yield from columns(body, (t("Table"), t("new"), t("changed"), t("retired")))
    for table, codes in report.retired.items():
        label = next(one.label for one in TABLES if one.key == table)
        yield t("Retired, {table}: {names}", table=label, names=some_names(before, table, codes))


def _template(session: Session, path: Path) -> Answer:
    from app.services.org_sheet import write_org_template

    write_org_template(_workbook(path), session.settings.language)
    return Answer({"path": str(path)}, lambda: [str(path)])


def _export(session: Session, path: Path) -> Answer:
    from app.services.org_sheet import write_org_sheet

    street = session.street.street
    write_org_sheet(street, _workbook(path), language=session.settings.language, zone=session.zone)
    return Answer({"path": str(path)}, lambda: [str(path)])


def _workbook(path: Path) -> Path:
    if path.suffix.casefold() != ".xlsx":
        raise BadInput(Message("{file} must end in .xlsx.", {"file": str(path)}), "path")
    return path


def _show(session: Session, tables: str) -> Answer:
    from app.cli.org_text import SHOWN, org_lines

    asked = listed([tables]) if tables else []
    for table in asked:
        if table not in SHOWN:
            allowed = ", ".join(SHOWN)
            said = Message('there is no table "{table}"; known are: {allowed}', {"table": table, "allowed": allowed})
            raise BadInput(said, "table")
    street, shaper = session.street.street, session.shaper
    document = shaper.members(street)
    if asked:
        document = {key: part for key, part in document.items() if key in asked}
    if not asked or "parties" in asked:
        document["staffing"] = shaper.shape(staffing(street))
    return Answer(document, lambda: org_lines(session.sight, asked))
