"""`wangge org`: the organisation loaded from a file, shown, written to a workbook (domain 1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from app.cli.files import read_street
from app.cli.session import Answer, Session
from app.cli.table import columns
from app.cli.tongue import N_
from app.cli.verbs import group_help, unknown, wants_help
from app.domain.actor import SYSTEM_ACTOR
from app.domain.errors import BadInput
from app.domain.events import Json
from app.domain.message import Message
from app.domain.org import Member, Street, Unit, UnitLevel
from app.render.sight import Sight
from app.services.org_tables import TABLES
from app.services.ports import LoadReport
from app.services.street_changes import some_names

ACTIONS = {
    "load": N_("load an organisation, .toml or .xlsx: rows are updated by code, missing ones retired"),
    "template": N_("write an empty workbook to fill in"),
    "show": N_("units, departments and members as they stand"),
    "export": N_("write the organisation as a workbook"),
}


def run(session: Session, arguments: list[str]) -> Answer | int:
    """Do one action of `wangge org`."""
    if not arguments or wants_help(arguments):
        print(group_help(session.tongue, "wangge org", ACTIONS.items()))
        return 0 if arguments else 2
    name, rest = arguments[0], arguments[1:]
    if name not in ACTIONS:
        raise unknown("wangge org", name, ACTIONS)
    parser = session.parser(f"wangge org {name}", ACTIONS[name])
    if name != "show":
        parser.operand("path", N_("the file"))
    if name == "load":
        parser.switch("retire", N_("retire what is missing, even much of a table or what open cases stand on"))
    options = parser.parse_args(rest)
    if name == "show":
        return _show(session)
    path = Path(options.path)
    if name == "load":
        return _load(session, path, retire=options.retire)
    return {"template": _template, "export": _export}[name](session, path)


def _load(session: Session, path: Path, *, retire: bool) -> Answer:
    before, seen = session.house.streets.standing()
    street = read_street(path, session.zone, before)
    actor = session.actor() if before.members else SYSTEM_ACTOR
    report = session.house.streets.load(street, actor, session.request_id, retire=retire, seen=seen)
    return Answer(_report(report), lambda: _report_lines(session.sight, report, before))


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


def _show(session: Session) -> Answer:
    document = session.shaper.members(session.street.street)
    return Answer(document, lambda: _show_lines(session.sight))


def _show_lines(sight: Sight) -> Iterator[str]:
    t, street = sight.t, sight.street
    yield t("Units")
    yield from columns(_unit(sight, unit) for unit in _tree(street.street.units))
    yield ""
    yield t("Departments")
    yield from columns(
        (one.code, sight.words.name(one.name), one.duty_phone, sight.name(one.stationed) if one.stationed else "")
        for one in street.street.departments
    )
    yield ""
    yield t("Members")
    yield from columns(_member(sight, member) for member in street.street.members)


def _tree(units: tuple[Unit, ...], parent: str = "") -> Iterator[Unit]:
    """Units with what belongs to each right below it."""
    for unit in units:
        if unit.parent == parent:
            yield unit
            yield from _tree(units, unit.code)


def _unit(sight: Sight, unit: Unit) -> tuple[str, ...]:
    depth = list(UnitLevel).index(unit.level)
    residents = f"{unit.residents:,}" if unit.residents else ""
    return (
        "  " * depth + unit.code,
        sight.words.name(unit.name),
        sight.words.enum(unit.level),
        residents,
        unit.landmarks,
    )


def _member(sight: Sight, member: Member) -> tuple[str, ...]:
    posts = " ".join(f"{sight.words.enum(post.role)}@{post.at}" for post in member.posts)
    return member.code, sight.words.name(member.name), sight.short(member.grid) if member.grid else "", posts
