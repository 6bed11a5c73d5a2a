"""What is signed as text and back: the same facts give the same text."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

from app.domain.briefing import Sheet

S = TypeVar("S")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def frozen_text(value: Any) -> str:
    """A value as canonical JSON: sorted keys, no spaces, Chinese as it is."""
    kind: Any = type(value)
    return json.dumps(_adapter(kind).dump_python(value, mode="json"), ensure_ascii=False, sort_keys=True,
                      separators=(",", ":"))  # fmt: skip


def frozen_value(kind: type[S], text: str) -> S:
    """The value that a text holds; ValueError when it holds none of this kind."""
    kept: Any = kind
    value: S = _adapter(kept).validate_json(text)
    return value


def sheet_text(sheet: Sheet) -> str:
    """A briefing as text."""
    return frozen_text(sheet)


def sheet_from(text: str) -> Sheet:
    """The briefing that a text holds; ValueError when it holds none."""
    return frozen_value(Sheet, text)
