"""A TOML text as a document; what is wrong with one is said by line and column, in the reader's language."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from app.domain.errors import BadInput
from app.domain.message import Message

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)\s*$")


def read_toml(text: str, name: str) -> dict[str, Any]:
    """The document; ``name`` is what sentences call the file. Raises BadInput when it is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(_sentence(name, str(error)), field=name) from error


def _sentence(name: str, detail: str) -> Message:
    place = _PLACE.search(detail)
    if place is None:
        return Message("{file} is no valid TOML: something is not closed at its end.", {"file": name})
    return Message(
        "{file} is no valid TOML: look at line {line}, column {column}, or just before.",
        {"file": name, "line": int(place[1]), "column": int(place[2])},
    )
