"""Reads the features of a GeoJSON text (RFC 7946), whatever was written into it, and names all that is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.errors import BadInput
from app.domain.message import Message
from app.services.problems import ProblemList

LARGEST = 4_000_000
"""Characters of a file; a street of twenty grids takes about twenty thousand."""
MOST_FEATURES = 5_000
MOST_POSITIONS = 100_000

Position = tuple[float, float]

AREA, LINE, PLACE = "area", "line", "place"
_SORTS = {"Polygon": (AREA, 2), "MultiPolygon": (AREA, 3), "LineString": (LINE, 1), "MultiLineString": (LINE, 2),
          "Point": (PLACE, 0), "MultiPoint": (PLACE, 1)}  # fmt: skip
"""Type of a geometry → what it is, and how many lists its positions lie in."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature: rings of an area (closed, the repeated last position taken off), lines, or places of one each."""

    number: int
    """Its place in the file, from 1: sentences name it by that."""
    sort: str
    lines: tuple[tuple[Position, ...], ...]
    properties: Mapping[str, Any]


def read_json(text: str, file: str) -> dict[str, Any]:
    """The collection as JSON; BadInput when it is none, too long or nested too deep."""
    if len(text) > LARGEST:
        raise BadInput(Message("{file} is too large to be such a file.", {"file": file}), file)
    try:
        document = json.loads(text.removeprefix("\ufeff"))
    except RecursionError as error:
        raise BadInput(Message("{file} is no map: it is nested too deep.", {"file": file}), file) from error
    except json.JSONDecodeError as error:
        said = Message("{file} is no GeoJSON: line {line}, column {column} cannot be read.",
                       {"file": file, "line": error.lineno, "column": error.colno})  # fmt: skip
        raise BadInput(said, file) from error
    except ValueError as error:  # a number of thousands of digits
        raise BadInput(Message("{file} is no GeoJSON: a number in it is too long.", {"file": file}), file) from error
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise BadInput(Message("{file} is no GeoJSON FeatureCollection.", {"file": file}), file)
    return document


def read_features(document: Mapping[str, Any], bounds: tuple[float, float], problems: ProblemList) -> list[Feature]:
    """Every feature that can be drawn; the others are problems. ``bounds``: largest |x| and |y| of a position."""
    features = document.get("features")
    if not isinstance(features, list):
        problems.add(Message("{what} must be a list", {"what": "features"}))
        return []
    if len(features) > MOST_FEATURES:
        problems.add(Message("it has {n} features; at most {most} are read", {"n": len(features),
                                                                                  "most": MOST_FEATURES}))  # fmt: skip
        return []
    reader = _Reader(bounds, problems)
    return [found for number, feature in enumerate(features, 1) if (found := reader.feature(number, feature))]


class _FaultError(Exception):
    """Why a feature or a position cannot be drawn; ends nothing but it."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.msgid)
        self.reason = reason


class _Reader:
    """Counts positions over the whole file: beyond the most that are read, it looks at no more."""

    def __init__(self, bounds: tuple[float, float], problems: ProblemList) -> None:
        self._bounds = bounds
        self._problems = problems
        self._read = 0
        self._number = 0

    def feature(self, number: int, feature: object) -> Feature | None:
        """One feature, None when it cannot be drawn."""
        self._number, before = number, self._problems.total
        try:
            found = self._feature(feature)
        except _FaultError as fault:
            self._wrong(fault.reason)
            return None
        return found if self._problems.total == before else None

    def _feature(self, feature: object) -> Feature:
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            raise _FaultError(Message("it is no Feature"))
        properties, geometry = feature.get("properties"), feature.get("geometry")
        if not isinstance(properties, dict) and properties is not None:
            raise _FaultError(Message("{what} must be a table of names and values", {"what": "properties"}))
        if not isinstance(geometry, dict):
            raise _FaultError(Message("it has no geometry"))
        kind = geometry.get("type")
        if not isinstance(kind, str) or kind not in _SORTS:
            raise _FaultError(Message("its geometry is none of {known}", {"known": ", ".join(_SORTS)}))
        sort, depth = _SORTS[kind]
        before = self._problems.total
        lines = tuple(self._lines(geometry.get("coordinates"), depth))
        if self._problems.total == before and not lines:
            raise _FaultError(Message("it has no coordinates"))
        if sort == AREA:
            lines = tuple(self._ring(line) for line in lines)
        return Feature(self._number, sort, lines, properties or {})

    def _lines(self, value: object, depth: int) -> Iterator[tuple[Position, ...]]:
        """Positions, line by line; ``depth`` lists lie around each position."""
        if depth == 0:
            yield from self._line([value], least=1)
        elif not isinstance(value, list):
            raise _FaultError(Message("its coordinates must be lists of positions"))
        elif depth == 1:
            yield from self._line(value, least=2)
        else:
            for part in value:
                yield from self._lines(part, depth - 1)

    def _line(self, values: Sequence[object], least: int) -> Iterator[tuple[Position, ...]]:
        self._read += len(values)
        if self._read > MOST_POSITIONS:
            if self._read - len(values) <= MOST_POSITIONS:
                self._wrong(Message("the file has more than {most} positions", {"most": MOST_POSITIONS}))
            return
        found = []
        for value in values:
            try:
                found.append(self._position(value))
            except _FaultError as fault:
                self._wrong(fault.reason)
        if len(found) == len(values) < least:
            self._wrong(Message("a line needs two positions"))
        if len(found) == len(values) >= least:
            yield tuple(found)

    def _position(self, value: object) -> Position:
        if not isinstance(value, list) or len(value) < 2 or not all(_is_number(part) for part in value[:2]):
            raise _FaultError(Message("{value} is no position of two numbers", {"value": _shown(value)}))
        x, y = value[:2]
        if not (abs(x) <= self._bounds[0] and abs(y) <= self._bounds[1]):  # what is no number lies nowhere
            raise _FaultError(Message("{value} lies outside of what is read, ±{x}, ±{y}", {
                "value": _shown(value), "x": self._bounds[0], "y": self._bounds[1]}))  # fmt: skip
        return float(x), float(y)

    def _ring(self, line: tuple[Position, ...]) -> tuple[Position, ...]:
        if line[0] != line[-1]:
            self._wrong(Message("a ring is not closed: it begins at {begin} and ends at {end}",
                                {"begin": _shown(list(line[0])), "end": _shown(list(line[-1]))}))  # fmt: skip
        elif len(set(line)) < 3:
            self._wrong(Message("a ring needs three different positions and the first once more"))
        return line[:-1]

    def _wrong(self, reason: Message) -> None:
        self._problems.add(Message("feature {n}: {reason}", {"n": self._number, "reason": reason}))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shown(value: object) -> str:
    """The beginning of what stands there."""
    written = str(value)[:60] if not isinstance(value, list) else "[" + ", ".join(str(part)[:20] for part in value[:3])
    return written + ("]" if isinstance(value, list) else "")
