"""The lines of a briefing, each of one thing: a case, a round, a problem, an entry, an emergency by its times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from app.domain.briefing import CaseLine, LogNote, ProblemLine, RefKind, ShiftLine, SpotLine, Story, TaskLine, WalkLine
from app.domain.message import N_
from app.domain.text import mask_phone
from app.domain.whistle import BOARD_STATES
from app.render.clock import day, hm
from app.render.sight import Sight

REPORTS: Mapping[str, str] = {
    "phone": N_("first report by phone {at}"),
    "written": N_("first report {at}"),
    "follow_up": N_("follow-up reports {at}"),
    "final": N_("final report {at}"),
}
"""Reports up the line in their order; msgids with ``{at}`` (domain 6.3)."""


def note_words(note: LogNote, sight: Sight) -> str:
    """An entry of the log in one line."""
    state = sight.t("[open]") if note.open else sight.t("[closed]")
    return f"#{note.number} {at_hm(note.at, sight)} {mask_phone(note.text)} {state}"


def spot_words(spot: SpotLine, sight: Sight) -> str:
    """Something solved on the spot in one line: when, where, what, by whom."""
    return " ".join((at_hm(spot.at, sight), sight.short(spot.grid), mask_phone(spot.what), sight.person(spot.by)))


def story_lines(story: Story, sight: Sight) -> Iterator[str]:
    """An emergency by its times: found, blown, whistled for, acknowledged, on site, safe, done, checked."""
    parts = [sight.t("{at} found", at=at_hm(story.occurred_at, sight))]
    if story.place:
        parts[0] = sight.t("{at} found, {place}", at=at_hm(story.occurred_at, sight), place=story.place)
    if story.blown_at:
        parts.append(sight.t("{at} blown", at=at_hm(story.blown_at, sight)))
    if story.dispatched_at:
        parts.append(sight.words.tn("{at} {n} department whistled for", "{at} {n} departments whistled for",
                                    story.departments, at=at_hm(story.dispatched_at, sight)))  # fmt: skip
    yield joined(parts, sight)
    parts = []
    if story.acknowledged_first and story.acknowledged_last:
        span = span_hm(story.acknowledged_first, story.acknowledged_last, sight)
        parts.append(sight.t("{span} acknowledged {n}/{of}", span=span, n=story.acknowledged, of=story.departments))
        if story.acknowledged_late:
            parts[-1] += sight.t(" ({n} late)", n=story.acknowledged_late)
    if story.reported_in_first and story.reported_in_last:
        minutes = int(story.longest.total_seconds() // 60) if story.longest is not None else 0
        parts.append(sight.t("{span} on site {n}/{of} (the last after {minutes} min)",
                             span=span_hm(story.reported_in_first, story.reported_in_last, sight), n=story.reported_in,
                             of=story.departments, minutes=minutes))  # fmt: skip
    if parts:
        yield joined(parts, sight)
    parts = []
    if story.made_safe_at:
        parts.append(sight.t("{at} nobody in danger any more", at=at_hm(story.made_safe_at, sight)))
    if story.done_at:
        parts.append(sight.t("{at} all departments done", at=at_hm(story.done_at, sight)))
    if story.checked_at:
        said = N_("{at} checked on the spot: passed") if story.passed else N_("{at} checked on the spot: not passed")
        parts.append(sight.t(said, at=at_hm(story.checked_at, sight)))
    parts.append(sight.t("now {state}", state=story.state))
    yield joined(parts, sight)
    if story.reports:
        yield joined(list(_reports(story.reports, sight)), sight)


def _reports(reports: Sequence[tuple[str, datetime]], sight: Sight) -> Iterator[str]:
    """``初报 00:20，续报 01:20、02:20，终报 06:00`` (domain 6.3)."""
    for kind, said in REPORTS.items():
        if times := tuple(at_hm(at, sight) for which, at in reports if which == kind):
            yield sight.t(said, at=sight.words.listed(times))


def shift_words(shift: ShiftLine, sight: Sight) -> str:
    """A shift with its people."""
    span = f"{day(shift.starts_at, sight.zone)} {hm(shift.starts_at, sight.zone)}–{day_hm(shift.ends_at, sight)}"
    return sight.t("{span}  leader {leader}  officers {officers}", span=span, leader=sight.name(shift.leader),
                   officers=tuple(sight.person(code) for code in shift.officers))  # fmt: skip


def case_words(line: CaseLine, sight: Sight) -> str:
    """A case in one line: number, grid, title, and what it waits for until when."""
    parts = [sight.words.enum(line.kind)]
    if line.state in BOARD_STATES:
        waiting = sight.words.enum(line.waiting)
        who = sight.words.listed(tuple(sight.short(code) for code in line.departments))
        parts.append(sight.t("waits for {what}", what=f"{who} {waiting}".strip()))
        if line.overdue:
            parts.append(sight.t("overdue since {at}", at=day_hm(line.deadline_at, sight)))
        elif line.deadline_at is not None:
            parts.append(sight.t("due {at}", at=day_hm(line.deadline_at, sight)))
    else:
        parts.append(sight.words.enum(line.state))
    about = sight.t("; ").join(parts)
    where = sight.short(line.grid) if line.grid else ""
    return sight.t("{case} ({about})", case=" ".join(filter(None, (line.number[6:], where, line.title))), about=about)


def walk_words(walk: WalkLine, sight: Sight) -> str:
    """A round in one line."""
    where = sight.short(walk.grid) if walk.grid else ""
    name = " ".join(part for part in (where, sight.words.name(walk.name)) if part)
    if walk.missed:
        return sight.t("{at} {name}: missed", at=day_hm(walk.at, sight), name=name)
    span = (
        span_hm(walk.at, walk.ended_at, sight)
        if walk.ended_at
        else sight.t("{at}, under way", at=at_hm(walk.at, sight))
    )
    said = sight.t("{span} {name} {n}/{of}", span=span, name=name, n=walk.answered, of=walk.asked)
    return said + (" " + sight.t("problems {n}", n=walk.problems) if walk.problems else "")


def problem_words(problem: ProblemLine, sight: Sight) -> str:
    """A problem in one line."""
    parts = [
        at_hm(problem.at, sight),
        problem.place,
        sight.words.name(problem.what),
        sight.words.enum(problem.severity),
    ]
    said = " ".join(parts)
    if problem.times > 1:
        said += " " + sight.t("[there {n} times of late]", n=problem.times)
    if problem.case:
        said += f" → {problem.case[6:]}"
    solved = sight.t("[solved on the spot]")
    return f"{said} {solved}" if problem.handled else said


def task_words(task: TaskLine, sight: Sight) -> str:
    """Something to do in one line: when, what, where, who."""
    when = sight.stamp(task.at) if task.at else ""
    what = task.text or (sight.words.name(task.name) if task.name else "")
    if task.ref.kind is RefKind.PLANNED:
        what = sight.t("Round: {name}", name=what)
    where = " ".join(part for part in (sight.short(task.grid) if task.grid else "", task.place) if part)
    who = sight.name(task.owner) if task.owner else ""
    late = sight.t("[should have been done]") if task.late else ""
    number = f"#{task.ref.id}" if task.ref.kind is RefKind.ITEM else ""
    return " ".join(part for part in (number, when, what, where, who, late) if part)


def joined(parts: Sequence[str], sight: Sight) -> str:
    """Parts of a sentence with commas."""
    return ("，" if sight.words.language == "zh" else ", ").join(parts)


def at_hm(at: datetime, sight: Sight) -> str:
    """``23:52``."""
    return hm(at, sight.zone)


def day_hm(at: datetime | None, sight: Sight) -> str:
    """``07-02 23:52``; empty for none."""
    return f"{day(at, sight.zone)} {hm(at, sight.zone)}" if at is not None else ""


def span_hm(first: datetime, last: datetime, sight: Sight) -> str:
    """``00:09–00:15``, or the one time."""
    return hm(first, sight.zone) if first == last else f"{hm(first, sight.zone)}–{hm(last, sight.zone)}"
