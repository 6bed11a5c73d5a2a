"""`wangge org map`: the street's map loaded from GeoJSON, and shown as text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.cli.actions import action_of
from app.cli.files import read_text
from app.cli.session import Answer, Session
from app.cli.tongue import N_
from app.domain.actor import SYSTEM_ACTOR
from app.domain.errors import NotFound
from app.domain.events import Json
from app.domain.grid_status import GridStatus
from app.domain.message import Message
from app.domain.street_map import StreetMap
from app.render.map_labels import plan_names
from app.render.map_raster import raster
from app.render.rows import plain
from app.render.sight import Sight
from app.render.street_map import Shown, map_legend, paint_map, status_widths

ACTIONS = {
    "load": N_("load a map of the street, GeoJSON, as the next version"),
    "show": N_("the map as it stands, what is drawn on it and what is missing"),
}
WIDTH, HEIGHT = 78, 32
"""Cells of a map in text."""


def run(session: Session, arguments: list[str]) -> Answer | int:
    """Do one action of `wangge org map`."""
    name, rest = action_of(session, "wangge org map", ACTIONS, arguments), arguments[1:]
    if isinstance(name, int):
        return name
    parser = session.parser(f"wangge org map {name}", ACTIONS[name])
    if name == "load":
        parser.operand("path", N_("the file"))
    options = parser.parse_args(rest)
    return _load(session, Path(options.path)) if name == "load" else _show(session)


def _load(session: Session, path: Path) -> Answer:
    text = read_text(path)
    maps = session.house.maps
    before = maps.current()
    actor = session.actor() if session.street.street.members else SYSTEM_ACTOR
    found = maps.load(text, actor, session.request_id, name=path.name)
    changed = before is None or before.version != found.version
    document = _document(session, found) | {"changed": changed}
    said = N_("Map {version} is loaded.") if changed else N_("Nothing has changed.")
    return Answer(document, lambda: [
        session.words.t(said, version=found.version), *_facts(session.sight, found, session.house.desk.view().grids),
    ])  # fmt: skip


def _show(session: Session) -> Answer:
    found = session.house.maps.current()
    if found is None:
        raise NotFound(Message("No map of the street is loaded yet."))
    return Answer(_document(session, found), lambda: _picture(session, found))


def _document(session: Session, found: StreetMap) -> dict[str, Json]:
    name, street = session.words.name, session.street
    return {
        "version": found.version,
        "digest": found.digest,
        "schematic": found.schematic,
        "width_m": round(found.size[0], 1),
        "height_m": round(found.size[1], 1),
        "grids": [area.grid for area in found.areas],
        "missing": list[Json](found.missing([unit.code for unit in street.grids])),
        "rivers": [name(river.name) for river in found.rivers],
        "landmarks": [{"name": name(one.name), "kind": one.kind} for one in found.landmarks],
        "left_aside": found.left_aside,
    }


def _picture(session: Session, found: StreetMap) -> Iterator[str]:
    """The map with the statuses of this moment, in characters alone."""
    sight, grids = session.sight, session.house.desk.view().grids
    picture = raster(found, WIDTH, HEIGHT)
    names = {area.grid: sight.short(area.grid) for area in found.areas}
    rivers = [sight.words.name(river.name) for river in found.rivers]
    plan = plan_names(picture, names, rivers, status_widths(sight))
    statuses = {status.grid.code: status for status in grids}
    for line in paint_map(Shown(picture, plan, statuses, names), sight):
        yield "".join(patch.text for patch in line).rstrip()
    yield plain(map_legend(grids, found, sight))
    yield from _facts(sight, found, grids)


def _facts(sight: Sight, found: StreetMap, grids: tuple[GridStatus, ...]) -> Iterator[str]:
    t, tn = sight.t, sight.words.tn
    said = [t("Map {version}", version=found.version), tn("{n} grid drawn", "{n} grids drawn", len(found.areas))]
    if found.schematic:
        said.append(t("schematic map"))
    yield " · ".join(said)
    missing = found.missing([status.grid.code for status in grids])
    if missing:
        yield t("Not on the map: {names}", names=sight.words.listed(tuple(sight.short(code) for code in missing)))
    if found.left_aside:
        yield tn("{n} feature is neither grid nor river nor place and is left aside.",
                 "{n} features are neither grid nor river nor place and are left aside.", found.left_aside)  # fmt: skip
