"""What changed in a briefing between two looks at it: numbers, lines, who is there, what is not known (behaviours 27).

Every field of a ``Sheet`` is compared, so that whatever changes the digest that is signed is named here.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from app.domain.briefing import (
    CaseLine,
    Count,
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
from app.domain.message import N_
from app.domain.posture import Posture

Thing = (
    CaseLine | LogNote | NoteLine | Present | ProblemLine | ResponseLine | ShiftLine | SignalLine | SpotLine | Story
    | TaskLine | WalkLine | Posture | str | int
)  # fmt: skip
"""A line of a briefing; a text = the msgid of what is not known, a number = entries that were written down late."""


SHARED = N_("The numbers are shared among the units in another way.")
"""Said where a grid went to another community and nothing else changed."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A number that counts other things than before; ``before`` and ``after`` may be the same number of them."""

    count: Count
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Change:
    """A line that came (``before`` is None), went (``after`` is None), or says something else."""

    section: Section | None
    """None = who is there, and what is not known."""
    before: Thing | None
    after: Thing | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that changed; empty is false."""

    numbers: tuple[Moved, ...] = ()
    lines: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.numbers or self.lines)

    def __len__(self) -> int:
        """How many things, each once however many sections it stands in; numbers only where nothing else changed."""
        return len({_number(one) or id(one) for one in self.lines}) or len(self.numbers)

    def number(self, count: Count) -> Moved | None:
        """The number of a kind, if it changed."""
        return next((one for one in self.numbers if one.count is count), None)

    def of(self, section: Section | None) -> tuple[Change, ...]:
        """Lines of a section."""
        return tuple(one for one in self.lines if one.section is section)


def compare(before: Sheet, after: Sheet) -> Changes:
    """What changed from one look at a briefing to another look at the same one."""
    old, new = dict(_lines(before)), dict(_lines(after))
    lines = [
        Change(key[0], old.get(key), new.get(key))
        for key in dict.fromkeys([*new, *old]) if old.get(key) != new.get(key)
    ]  # fmt: skip
    stories = {one.number for change in lines for one in (change.before, change.after) if isinstance(one, Story)}
    lines = [one for one in lines if one.section is not Section.NIGHT or isinstance(one.after or one.before, Story)
             or _number(one) not in stories]  # fmt: skip
    places = [*Section, None]
    lines.sort(key=lambda one: places.index(one.section))
    counts = dict.fromkeys(figure.count for figure in (*before.figures, *after.figures))
    numbers = [
        Moved(count, before.figure(count).value, after.figure(count).value)
        for count in counts if set(before.figure(count).refs) != set(after.figure(count).refs)
    ]  # fmt: skip
    if not lines and not numbers and before.parts != after.parts:
        lines.append(Change(None, None, SHARED))
    return Changes(tuple(numbers), tuple(lines))


def _number(change: Change) -> str:
    """Number of the case that a line is about; empty for any other line."""
    one = change.after or change.before
    return one.number if isinstance(one, CaseLine | Story) else ""


def _lines(sheet: Sheet) -> Iterator[tuple[tuple[Section | None, Hashable], Thing]]:
    """Every line with its section and what tells it from the others there."""
    for shift in sheet.shifts:
        yield (Section.NIGHT, ("shift", shift.kind, shift.starts_at)), shift
    for story in sheet.stories:
        yield (Section.NIGHT, ("story", story.number)), story
    for line in sheet.received:
        yield (Section.NIGHT, line.id), line
    for note in sheet.log:
        yield (Section.NIGHT, note.id), note
    for spot in sheet.spots:
        yield (Section.NIGHT if spot.brought else Section.ROUNDS, spot.ref), spot
    if sheet.late:
        yield (Section.NIGHT, "late"), sheet.late
    for signal in sheet.signals:
        yield (Section.WARNINGS, (signal.event, signal.issuer, signal.since)), signal
    for response in sheet.responses:
        yield (Section.WARNINGS, (response.level, response.issuer, response.since)), response
    for line in sheet.open:
        yield (Section.OPEN, line.id), line
    for walk in sheet.walks:
        yield (Section.ROUNDS, walk.id), walk
    for problem in sheet.problems:
        yield (Section.ROUNDS, problem.ref), problem
    for task in sheet.tasks:
        yield (Section.TODAY, task.ref), task
    for line in sheet.review:
        yield (Section.REVIEW, line.id), line
    yield (Section.SAFETY, "posture"), sheet.posture
    for said in sheet.notes:
        yield (said.section, said.id), said
    for present in sheet.present:
        yield (None, present.member), present
    for text in sheet.unknown:
        yield (None, text), text
