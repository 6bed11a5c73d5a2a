"""Small maps for tests: GeoJSON of rectangles, and the shipped map read once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.street_map import StreetMap
from app.samples import MAP, sample_text
from app.services.street_map_file import read_street_map

Box = tuple[float, float, float, float]
"""West, south, east, north."""

SHIPPED = read_street_map(sample_text(MAP))


def ring(box: Box) -> list[list[float]]:
    """The closed outline of a box."""
    west, south, east, north = box
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def area(grid: object, *rings: object) -> dict[str, Any]:
    """A feature of one grid with these rings, the first around the others."""
    return feature({"grid": grid}, "Polygon", list(rings))


def feature(properties: object, kind: object, coordinates: object) -> dict[str, Any]:
    """Any feature."""
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def written(features: Sequence[object], **ours: object) -> str:
    """The text of a collection in metres, unless ``ours`` says otherwise."""
    marks = {"units": "metres", **ours}
    return json.dumps({"type": "FeatureCollection", "wangge": marks, "features": features})


def boxes(found: Mapping[str, Box], **ours: object) -> StreetMap:
    """A map of grids that are boxes."""
    return read_street_map(written([area(grid, ring(box)) for grid, box in found.items()], **ours))
