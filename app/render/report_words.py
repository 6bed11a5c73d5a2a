"""What reports up the line are called, and what is left of their limits: 初报, 续报一, 迟报 (domain 6.3, 8)."""

from __future__ import annotations

from datetime import datetime

from app.domain.dues import DueKind
from app.domain.message import N_
from app.domain.reports import Report, ReportDuty, Reporting, ReportKind
from app.render.rows import Cell, Piece, Tone
from app.render.sight import Sight

NUMERALS = "一二三四五六七八九十"
_DUES = {DueKind.REPORT_PHONE: N_("first report by phone"), DueKind.REPORT_WRITTEN: N_("first report in writing")}


def numeral(n: int) -> str:
    """续报一 … 续报十, 续报十一 … 续报二十, then digits."""
    if n <= len(NUMERALS):
        return NUMERALS[n - 1]
    return f"十{NUMERALS[n - 11]}" if n < 20 else str(n)


def report_name(kind: ReportKind, number: int, sight: Sight) -> str:
    """初报, 续报一, 终报."""
    if kind is ReportKind.FIRST:
        return sight.t("first report")
    if kind is ReportKind.FINAL:
        return sight.t("final report")
    return sight.t("follow-up report {n}", n=numeral(number) if sight.words.language == "zh" else number)


def duty_name(duty: ReportDuty, sight: Sight) -> str:
    """The same; of a first one also whether by phone or in writing."""
    return sight.t(_DUES[duty.due]) if duty.due in _DUES else report_name(duty.kind, duty.number, sight)


def sent_name(report: Report, sight: Sight) -> str:
    """A report that went up: 电话初报, 续报一."""
    if report.kind is ReportKind.FIRST:
        return sight.t("first report by phone") if report.by_phone else sight.t("first report in writing")
    return report_name(report.kind, report.number, sight)


def duty_cell(reports: Reporting, sight: Sight) -> Cell:
    """``信息报送 续报一 01:20 前 +00:12``: the nearest limit; empty when nothing is due."""
    duty = reports.duty
    if duty is None:
        return ()
    tone = sight.urgency(duty.at)
    said = sight.t("{report} by {at}", report=duty_name(duty, sight), at=sight.stamp(duty.at))
    pieces: Cell = (Piece(sight.t("Report up the line") + " ", Tone.QUIET), Piece(said + " ", Tone.STRONG),
              Piece(sight.left(duty.at), tone))  # fmt: skip
    if duty.at < sight.now:
        pieces = (*pieces, Piece(" " + sight.t("overdue"), Tone.DANGER))
    return pieces


def duty_words(duty: ReportDuty, sight: Sight) -> str:
    """``续报一 01:20 前，还剩 00:12`` or ``已超时 00:05``."""
    left = sight.left(duty.at)
    parts = {"report": duty_name(duty, sight), "at": sight.stamp(duty.at), "left": left[1:]}
    if duty.at < sight.now:
        return sight.t("{report} by {at}, overdue by {left}", **parts)
    return sight.t("{report} by {at}, {left} left", **parts)


def late_mark(report: Report, sight: Sight) -> str:
    """The mark of a report that went up late; empty for one in time."""
    return late_words(report.limit, sight) if report.late and report.limit else ""


def late_words(limit: datetime, sight: Sight) -> str:
    """迟报, with the limit that was not kept."""
    return sight.t("[late, limit {at}]", at=sight.stamp(limit))
