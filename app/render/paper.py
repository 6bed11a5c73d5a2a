"""What is printed, whatever the file: a briefing, a handover, a case file, a report form as one plain value.

``app/render/markdown.py`` and ``app/render/docx.py`` write it; nobody else knows how either looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.render.clock import hm
from app.render.report_words import numeral
from app.render.sight import Sight


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, already numbered as the document numbers it (``一、``; below it ``（一）``)."""

    text: str
    level: int = 1
    """1 = of a section, 2 = within one."""


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; ``strong`` = it must not be read over."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list; ``deep`` = it belongs to the line above."""

    text: str
    deep: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below a head; every row is as long as the head. ``widths`` share the page's width, equal when empty."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()


Block = Heading | Para | Item | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document in one language."""

    title: str
    blocks: tuple[Block, ...]
    issuer: str = ""
    """Who issues it, above the title: the street's name."""
    meta: str = ""
    """One line below the title: who chairs, of which shift, of which case."""
    signatures: tuple[str, ...] = ()
    """Lines at the end, to the right: who signed and when, or that nobody has."""
    drill: str = ""
    """What a drill says on every page; empty in earnest."""


def section(number: int, title: str, sight: Sight) -> Heading:
    """The heading of a section, counted from 1: ``一、处置情况``, ``1 Measures``."""
    return Heading(f"{numeral(number)}、{title}" if sight.words.language == "zh" else f"{number} {title}")


def drill_mark(sight: Sight, *, drill: bool) -> str:
    """The words that a drill's paper carries on every page."""
    return sight.t("DRILL – not a real incident") if drill else ""


def paper_date(at: datetime, sight: Sight) -> str:
    """``2020年7月3日`` without leading noughts, as GB/T 9704 has it; ``2020-07-03``."""
    local = at.astimezone(sight.zone)
    wide = "" if sight.words.language == "zh" else "02"
    return sight.t("{year}-{month}-{day}", year=local.year, month=format(local.month, wide),
                   day=format(local.day, wide))  # fmt: skip


def paper_stamp(at: datetime, sight: Sight) -> str:
    """Date and time in full: a paper is read on other days than it was printed."""
    return f"{paper_date(at, sight)} {hm(at, sight.zone)}"
