"""A composed briefing as text and back: the same facts give the same text, which is what is signed."""

from __future__ import annotations

import json
from functools import cache

from pydantic import TypeAdapter

from app.domain.briefing import Sheet


@cache
def _adapter() -> TypeAdapter[Sheet]:
    return TypeAdapter(Sheet)


def sheet_text(sheet: Sheet) -> str:
    """Canonical JSON: sorted keys, no spaces, Chinese as it is."""
    return json.dumps(_adapter().dump_python(sheet, mode="json"), ensure_ascii=False, sort_keys=True,
                      separators=(",", ":"))  # fmt: skip


def sheet_from(text: str) -> Sheet:
    """The briefing that a text holds; ValueError when it holds none."""
    return _adapter().validate_json(text)
