"""An entry of the shift log in one line, wherever it is told: in the log, and in the timeline of its case."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.message import N_
from app.domain.shift_log import LogSource
from app.domain.text import mask_phone
from app.render.sight import Sight

SOURCES: Mapping[LogSource, str] = {
    LogSource.PHONE: N_("phone"),
    LogSource.RADIO: N_("radio"),
    LogSource.PLATFORM: N_("platform"),
    LogSource.VISIT: N_("came in person"),
    LogSource.PATROL: N_("patrol"),
    LogSource.SUPERIOR: N_("higher office"),
    LogSource.DESK: N_("duty room"),
}
LABELS_OF = ("told", "instruction", "action", "result")
"""Columns that stand behind the content with a word each, in this order."""
FROM = {"told": N_("told {text}"), "instruction": N_("instruction: {text}"), "action": N_("action: {text}"),
        "result": N_("result: {text}")}  # fmt: skip


def logged_words(texts: Mapping[str, str], sight: Sight) -> str:
    """Caller with the number masked, content, and each further column with its word."""
    caller = " ".join(part for part in (texts.get("caller", ""), mask_phone(texts.get("phone", ""))) if part)
    content = texts.get("content", "")
    parts = [sight.t("{who}: {said}", who=caller, said=content) if caller else content]
    parts += [sight.t(FROM[name], text=texts[name]) for name in LABELS_OF if texts.get(name)]
    return sight.t("; ").join(parts)
