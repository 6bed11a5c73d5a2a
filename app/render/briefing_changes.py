"""What changed in a briefing since somebody looked at it, in words: old → new for numbers, a mark beside lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.domain.briefing import (
    CaseLine,
    LogNote,
    NoteLine,
    Present,
    ProblemLine,
    ResponseLine,
    Section,
    Sheet,
    ShiftLine,
    SignalLine,
    SpotLine,
    Story,
    TaskLine,
    WalkLine,
)
from app.domain.briefing_changes import Change, Changes, Moved, Thing, compare
from app.domain.posture import Posture
from app.render.briefing import COUNTS, OF_SECTION, Said, section_lines, section_title
from app.render.briefing_lines import (
    case_words,
    note_words,
    problem_words,
    spot_words,
    story_lines,
    task_words,
    walk_words,
)
from app.render.rows import Tone
from app.render.sight import Sight

MARK = "●"
"""Beside a line that was not there, or said something else, when it was looked at."""
MOST_NUMBERS = 3
"""Numbers that a sentence names."""


@dataclass(frozen=True, slots=True)
class Since:
    """A look at a briefing, and what changed since."""

    sheet: Sheet
    """As it was looked at."""
    at: datetime
    changes: Changes

    def fresh(self, section: Section, after: Sheet, sight: Sight) -> frozenset[str]:
        """Lines of a section that did not stand there at that look."""
        known = {line.text for line in section_lines(section, self.sheet, sight)}
        return frozenset(line.text for line in section_lines(section, after, sight) if line.text not in known)

    def touched(self, section: Section) -> bool:
        """Whether anything of a section changed."""
        moved = {one.count for one in self.changes.numbers}
        return bool(self.changes.of(section)) or bool(moved & set(OF_SECTION.get(section, ())))


def since(sheet: Sheet, at: datetime, now: Sheet) -> Since | None:
    """What changed since a look; None when nothing did."""
    changes = compare(sheet, now)
    return Since(sheet, at, changes) if changes else None


def moved_words(one: Moved, sight: Sight) -> str:
    """``未结 5 → 6``; where it counts other things than before but as many, the number alone."""
    shown = sight.t("{before} → {after}", before=one.before, after=one.after) if one.before != one.after else one.after
    return sight.t(COUNTS[one.count], n=shown)


def changes_words(changes: Changes, sight: Sight) -> str:
    """One sentence: the numbers that moved, how many lines are others."""
    moved = [one for one in changes.numbers if one.before != one.after]
    parts = [moved_words(one, sight) for one in moved[:MOST_NUMBERS]]
    if changes.lines:
        parts.append(sight.words.tn("{n} line is new or another", "{n} lines are new or others", len(changes)))
    return sight.words.listed(tuple(parts)) or sight.t("lists behind numbers are others")


def change_lines(changes: Changes, sight: Sight) -> Iterator[Said]:
    """Everything that changed, section by section: numbers, what came, what says something else, what went."""
    named: set[object] = set()
    for section in (*Section, None):
        lines = changes.of(section)
        numbers = [one for one in changes.numbers if section and one.count in OF_SECTION.get(section, ())
                   and one.count not in named and one.before != one.after]  # fmt: skip
        named |= {one.count for one in numbers}
        if not lines and not numbers:
            continue
        yield Said(section_title(section, sight) if section else sight.t("Attendance and what is not known"),
                   Tone.STRONG)  # fmt: skip
        if numbers:
            yield Said(" · ".join(moved_words(one, sight) for one in numbers), Tone.SOON, deep=True)
        for one in lines:
            yield from _change(one, sight)


def _change(one: Change, sight: Sight) -> Iterator[Said]:
    """One line: 新, 改 with what it said before, 去."""
    if one.after is None and one.before is not None:
        yield Said(sight.t("gone: {what}", what=_words(one.before, sight)), Tone.QUIET, deep=True)
    elif one.before is None and one.after is not None:
        yield Said(sight.t("new: {what}", what=_words(one.after, sight)), Tone.SOON, deep=True)
    elif one.before is not None and one.after is not None:
        before, after = _words(one.before, sight), _words(one.after, sight)
        yield Said(sight.t("now: {what}", what=after), Tone.SOON, deep=True)
        if before != after:
            yield Said(sight.t("before: {what}", what=before), Tone.QUIET, deep=True)


def _words(thing: Thing, sight: Sight) -> str:
    match thing:
        case CaseLine():
            return case_words(thing, sight)
        case Story():
            return f"{thing.number[6:]} {thing.title} {' '.join(story_lines(thing, sight))}"
        case LogNote():
            return note_words(thing, sight)
        case SpotLine():
            return spot_words(thing, sight)
        case NoteLine():
            role = f"{sight.words.enum(thing.six_role)} " if thing.six_role else ""
            return f"{role}{thing.text} {sight.person(thing.by)}"
        case ProblemLine():
            return problem_words(thing, sight)
        case WalkLine():
            return walk_words(thing, sight)
        case TaskLine():
            return task_words(thing, sight)
        case _:
            return _other(thing, sight)


def _other(thing: Thing, sight: Sight) -> str:
    match thing:
        case Present():
            why = thing.why or sight.t("no reason given")
            name = sight.name(thing.member)
            return sight.t("here: {who}", who=name) if thing.here else sight.t(
                "{who}: not here, {why}", who=name, why=why)  # fmt: skip
        case SignalLine():
            colour = sight.words.enum(thing.colour) if thing.colour else ""
            return f"{sight.words.name(thing.event)}{colour} {sight.stamp(thing.since)} {sight.stamp(thing.ended_at)}"
        case ResponseLine():
            said = sight.t("Response {level} since {at}", level=thing.level, at=sight.stamp(thing.since))
            return f"{said} {sight.stamp(thing.ended_at)}"
        case ShiftLine():
            return f"{sight.words.enum(thing.kind)} {sight.name(thing.leader)} {sight.words.listed(thing.officers)}"
        case Posture():
            return sight.words.enum(thing)
        case str():
            return sight.t(thing, roles=sight.t("some of the six roles"))
        case _:
            return sight.t("written down late: {n}", n=str(thing))
