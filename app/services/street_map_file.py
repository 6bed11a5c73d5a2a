"""Reads the map of a street from GeoJSON: areas by ``grid``, rivers, landmarks, in degrees or plain metres."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from math import cos, radians
from typing import Any

from app.domain.errors import BadInput
from app.domain.message import Message, Name
from app.domain.street_map import Area, Landmark, Point, River, StreetMap, ring_area
from app.domain.text import NAME_CAP, accept
from app.services.geojson import AREA, LINE, PLACE, Feature, Position, read_features, read_json
from app.services.problems import ProblemList, Problems

FILE = "map.geojson"
OURS = "wangge"
"""Member of the collection that tells what GeoJSON cannot: ``schematic`` and ``units``."""
RIVER = "river"
DEGREES, METRES = "degrees", "metres"
BOUNDS = {DEGREES: (180.0, 90.0), METRES: (1e7, 1e7)}
METRES_PER_DEGREE = 111_195.0
"""Of a sphere with the earth's mean radius."""
LEAST_AREA = 1.0
"""Square metres; less is a slip of the pen."""


class MapProblems(Problems):
    """The map was refused whole; ``problems`` names each fault with the number of its feature."""


def digest_of(text: str) -> str:
    """What tells one map from another: SHA-256 of its text, hex."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_street_map(text: str, name: str = FILE, *, grids: Collection[str] | None = None) -> StreetMap:
    """The map that a text describes. ``grids``: codes that may have an area; None = any.

    ``name`` is what sentences call the file. Raises MapProblems with everything wrong, BadInput when it is no
    GeoJSON at all. Grids without an area are no fault: ``StreetMap.missing`` names them.
    """
    document = read_json(text, name)
    problems = ProblemList(name)
    schematic, units = _marks(document.get(OURS), problems)
    features = read_features(document, BOUNDS[units], problems)
    known = [feature for feature in features if feature.sort != AREA or _says_a_grid(feature, grids, problems)]
    if not problems.total and not any(feature.sort == AREA for feature in known):
        problems.add(Message("it has no area of a grid: a Polygon with the property {grid}", {"grid": "grid"}))
    problems.refuse(MapProblems)
    plane = _Plane([position for feature in known if feature.sort == AREA
                    for ring in feature.lines for position in ring], units)  # fmt: skip
    areas = tuple(_areas(known, plane, problems))
    rivers, landmarks = tuple(_rivers(known, plane, problems)), tuple(_landmarks(known, plane, problems))
    problems.refuse(MapProblems)
    drawn = sum(feature.sort == AREA or _kind(feature) != "" for feature in known)
    return StreetMap(areas, rivers, landmarks, schematic, digest_of(text), left_aside=len(known) - drawn)


def _marks(ours: object, problems: ProblemList) -> tuple[bool, str]:
    """Whether the map is a schematic one, and its units."""
    if ours is None:
        return False, DEGREES
    marks = ours if isinstance(ours, dict) else {}
    schematic, units = marks.get("schematic", False), marks.get("units", DEGREES)
    if not isinstance(ours, dict):
        problems.add(Message("{what} must be a table of names and values", {"what": OURS}))
    if not isinstance(schematic, bool):
        problems.add(Message("{field} is true or false", {"field": f"{OURS}.schematic"}))
    if not isinstance(units, str) or units not in BOUNDS:
        problems.add(Message("{field} is one of {known}", {"field": f"{OURS}.units", "known": ", ".join(BOUNDS)}))
        units = METRES
    return schematic is True, units


def _says_a_grid(feature: Feature, grids: Collection[str] | None, problems: ProblemList) -> bool:
    code = feature.properties.get("grid")
    if not isinstance(code, str) or not code.strip():
        problems.add(Message("feature {n}: {reason}", {
            "n": feature.number, "reason": Message("an area must name its {grid}", {"grid": "grid"})}))  # fmt: skip
    elif grids is not None and code.strip() not in grids:
        problems.add(Message("feature {n}: {reason}", {
            "n": feature.number, "reason": Message("there is no grid {code}", {"code": code.strip()[:NAME_CAP]}),
        }))  # fmt: skip
    else:
        return True
    return False


def _kind(feature: Feature) -> str:
    """What a line or place is, if it is drawn: a river, or a place that says its kind."""
    kind = feature.properties.get("kind")
    if not isinstance(kind, str) or (feature.sort == LINE and kind != RIVER):
        return ""
    return kind.strip()


class _Plane:
    """Puts positions onto a plane of metres whose north-western corner is that of the areas (equirectangular)."""

    def __init__(self, corners: Iterable[Position], units: str) -> None:
        xs, ys = zip(*corners, strict=True)
        self._left, self._top = min(xs), max(ys)
        self._metres = (1.0, 1.0)
        if units == DEGREES:
            middle = (min(ys) + max(ys)) / 2
            self._metres = METRES_PER_DEGREE * cos(radians(middle)), METRES_PER_DEGREE

    def line(self, positions: Iterable[Position]) -> tuple[Point, ...]:
        """The same positions in metres."""
        x, y = self._metres
        return tuple(((lon - self._left) * x, (self._top - lat) * y) for lon, lat in positions)


def _areas(features: Iterable[Feature], plane: _Plane, problems: ProblemList) -> Iterator[Area]:
    """One each grid: a grid that stands in several features has all their parts."""
    parts: dict[str, list[tuple[Point, ...]]] = {}
    for feature in features:
        if feature.sort == AREA:
            rings = [plane.line(ring) for ring in feature.lines]
            if abs(ring_area(rings[0])) < LEAST_AREA:
                problems.add(Message("feature {n}: {reason}", {
                    "n": feature.number, "reason": Message("its area is empty")}))  # fmt: skip
            parts.setdefault(str(feature.properties["grid"]).strip(), []).extend(rings)
    for grid, rings in parts.items():
        yield Area(grid, tuple(rings))


def _rivers(features: Iterable[Feature], plane: _Plane, problems: ProblemList) -> Iterator[River]:
    for feature in features:
        if feature.sort == LINE and _kind(feature):
            name = _name(feature, problems)
            yield River(name, tuple(plane.line(line) for line in feature.lines))


def _landmarks(features: Iterable[Feature], plane: _Plane, problems: ProblemList) -> Iterator[Landmark]:
    for feature in features:
        if feature.sort == PLACE and _kind(feature):
            name = _name(feature, problems)
            for line in feature.lines:
                for at in plane.line(line):
                    yield Landmark(name, _kind(feature), at)


def _name(feature: Feature, problems: ProblemList) -> Name:
    """``name`` and, for English, ``name_en``."""
    zh = _text(feature.properties, "name")
    en = _text(feature.properties, "name_en")
    if not zh:
        problems.add(Message("feature {n}: {reason}", {
            "n": feature.number, "reason": Message("it needs a {name} of 1 to {most} characters",
                                                   {"name": "name", "most": NAME_CAP})}))  # fmt: skip
    return Name(zh, en)


def _text(properties: Mapping[str, Any], field: str) -> str:
    """A name that can be shown; empty when there is none or it is too long."""
    value = properties.get(field)
    try:
        return accept(value, NAME_CAP, "name", one_line=True) if isinstance(value, str) else ""
    except BadInput:
        return ""
