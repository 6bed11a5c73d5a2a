"""The next briefing at a glance, for a corner of the duty desk: its numbers, and what is still missing (domain 6.1)."""

from __future__ import annotations

from app.domain.briefing import Count
from app.domain.briefing_file import BriefingFile
from app.domain.compose import silent_roles
from app.render.clock import hm
from app.render.rows import Cell, Piece, Tone, one
from app.render.sight import Sight


def glance_title(file: BriefingFile, sight: Sight) -> Cell:
    """``晨会 08:00 · 未签``."""
    at = hm(file.until, sight.zone)
    return (Piece(sight.t("Briefing {at}", at=at), Tone.STRONG), Piece(" · "), Piece(sight.t("not signed"), Tone.SOON))


def glance_lines(file: BriefingFile, sight: Sight) -> list[Cell]:
    """``夜班 3 · 未结 2 · 今日 4``, and below it ``缺 签到、六大员5员``."""
    sheet = file.sheet
    counted = sight.t(
        "night {night} · open {open} · today {today}", night=sheet.figure(Count.RECEIVED).value,
        open=sheet.figure(Count.OPEN).value, today=sheet.figure(Count.TASKS).value,
    )  # fmt: skip
    missing = [] if sheet.present else [sight.t("attendance")]
    if silent := len(silent_roles(sheet.notes)):
        missing.append(sight.words.tn("{n} of the six roles", "{n} of the six roles", silent))
    if not missing:
        return [one(counted), one(sight.t("Everything is there; it can be signed."), Tone.QUIET)]
    return [one(counted), one(sight.t("missing: {what}", what=sight.words.listed(tuple(missing))), Tone.SOON)]
