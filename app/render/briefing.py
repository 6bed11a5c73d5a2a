"""A briefing as text, section by section: on the screen, on the command line and on paper alike (domain 6.1, 6.5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.briefing import (
    NO_ATTENDANCE,
    NO_GAUGE,
    NO_ROUND,
    NO_SHIFT,
    SECTIONS,
    SILENT,
    Count,
    NoteLine,
    Present,
    ProblemLine,
    Ref,
    RefKind,
    Section,
    Sheet,
)
from app.domain.briefing_record import BriefingRecord
from app.domain.compose import silent_roles
from app.domain.message import N_
from app.domain.org import ShiftKind, SixRole
from app.domain.posture import Posture
from app.render.briefing_lines import (
    at_hm,
    case_words,
    day_hm,
    note_words,
    problem_words,
    shift_words,
    spot_words,
    story_lines,
    task_words,
    walk_words,
)
from app.render.on_post import advice_words
from app.render.paper import paper_date
from app.render.rows import Tone
from app.render.sight import Sight

COUNTS: Mapping[Count, str] = {
    Count.RECEIVED: N_("received {n}"),
    Count.HANDLED: N_("handled {n}"),
    Count.HANDED_ON: N_("handed on {n}"),
    Count.UNSETTLED: N_("to be seen to {n}"),
    Count.RECEIVED_BY_DAY: N_("received before the night {n}"),
    Count.OPEN: N_("open {n}"),
    Count.EMERGENCY: N_("emergencies {n}"),
    Count.OVERDUE: N_("overdue {n}"),
    Count.DUE_TODAY: N_("due today {n}"),
    Count.REPORT_IN_DUE: N_("departments due on site {n}"),
    Count.REPORT_IN_ON_TIME: N_("on site in time {n}"),
    Count.LATE_ACKNOWLEDGED: N_("acknowledged late {n}"),
    Count.ROUNDS_WALKED: N_("rounds {n}"),
    Count.ROUNDS_MISSED: N_("missed {n}"),
    Count.PROBLEMS: N_("problems {n}"),
    Count.SOLVED: N_("solved on the spot {n}"),
    Count.SPOTS: N_("small things solved {n}"),
    Count.REPEATED: N_("there for the third time {n}"),
    Count.TO_REVIEW: N_("emergencies to review {n}"),
    Count.TASKS: N_("to do {n}"),
    Count.UNDONE: N_("left over {n}"),
}
"""What each number is called; msgids with ``{n}``."""

OF_SECTION: Mapping[Section, tuple[Count, ...]] = {
    Section.NIGHT: (Count.RECEIVED, Count.HANDLED, Count.HANDED_ON, Count.UNSETTLED, Count.RECEIVED_BY_DAY),
    Section.OPEN: (Count.OPEN, Count.EMERGENCY, Count.OVERDUE, Count.DUE_TODAY, Count.REPORT_IN_DUE,
                   Count.REPORT_IN_ON_TIME, Count.LATE_ACKNOWLEDGED),
    Section.ROUNDS: (Count.ROUNDS_WALKED, Count.ROUNDS_MISSED, Count.PROBLEMS, Count.SOLVED, Count.REPEATED,
                     Count.SPOTS),
    Section.TODAY: (Count.TASKS, Count.UNDONE),
    Section.REVIEW: (Count.TO_REVIEW, Count.REPEATED),
}  # fmt: skip
"""The numbers that stand at the head of a section."""
ALARMING = frozenset({Count.OVERDUE, Count.LATE_ACKNOWLEDGED, Count.ROUNDS_MISSED, Count.UNDONE, Count.REPEATED})
"""Numbers that are red unless they are nought."""
NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a section; ``deep`` = it belongs to the line above."""

    text: str
    tone: Tone = Tone.PLAIN
    deep: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """One number at the head of a section, in words."""

    count: Count
    text: str
    tone: Tone


def title_words(unit: str, until: datetime, sight: Sight) -> str:
    """``晨会纪要 2020年7月3日 周五　双河一``, in two parts."""
    local = until.astimezone(sight.zone)
    return sight.t("Morning briefing {date} {weekday}  {unit}", date=paper_date(until, sight),
                   weekday=sight.words.weekday(local), unit=sight.name(unit))  # fmt: skip


def meta_words(sheet: Sheet, record: BriefingRecord | None, sight: Sight) -> str:
    """Who chairs, who takes notes, how many are there."""
    unknown = sight.t("not said")
    here = sum(one.here for one in sheet.present)
    there = (
        sight.t("{n} of {of} present", n=here, of=len(sheet.present))
        if sheet.present
        else sight.t("attendance not recorded")
    )
    return sight.t(
        "chair {chair}  notes {recorder}  {there}",
        chair=sight.name(record.chair) if record and record.chair else unknown,
        recorder=sight.name(record.recorder) if record and record.recorder else unknown, there=there,
    )  # fmt: skip


def section_title(section: Section, sight: Sight) -> str:
    """``一、夜班情况``, ``1 Night shift``."""
    place = list(Section).index(section)
    named = sight.t(SECTIONS[section])
    return f"{NUMERALS[place]}、{named}" if sight.words.language == "zh" else f"{place + 1} {named}"


def numbers(section: Section, sheet: Sheet, sight: Sight) -> list[Number]:
    """The numbers at the head of a section, each the length of the list that it opens."""
    found = []
    for count in OF_SECTION.get(section, ()):
        value = sheet.figure(count).value
        tone = Tone.DANGER if count in ALARMING and value else Tone.STRONG if value else Tone.QUIET
        found.append(Number(count, sight.t(COUNTS[count], n=value), tone))
    return found


def section_lines(section: Section, sheet: Sheet, sight: Sight) -> list[Said]:
    """Everything that a section says below its numbers, what was noted in it last."""
    lines = list(_WRITERS[section](sheet, sight))
    if section is not Section.SIX_ROLES:
        lines += [_note(note, sight) for note in sheet.notes_of(section)]
    return lines or [Said(sight.t("Nothing."), Tone.QUIET)]


def unknown_lines(sheet: Sheet, sight: Sight) -> list[str]:
    """What is not known, in sentences."""
    silent = silent_roles(sheet.notes)
    roles = sight.t("all six roles") if len(silent) == 6 else sight.words.listed(tuple(silent))
    said = {NO_SHIFT, NO_GAUGE, NO_ATTENDANCE, NO_ROUND, SILENT} & set(sheet.unknown)
    return [sight.t(one, roles=roles) for one in sheet.unknown if one in said]


# -- sections ------------------------------------------------------------------------------------
def _night(sheet: Sheet, sight: Sight) -> Iterator[Said]:
    for shift in sheet.shifts:
        if shift.kind is ShiftKind.NIGHT:
            yield Said(shift_words(shift, sight))
    for story in sheet.stories:
        yield Said(" ".join(part for part in (story.number[6:], story.title) if part), Tone.STRONG)
        yield from (Said(text, deep=True) for text in story_lines(story, sight))
    by_day = set(sheet.figure(Count.RECEIVED_BY_DAY).refs)
    brought = list(_brought(sheet, sight))
    yield from (said for ref, said in brought if ref not in by_day)
    if by_day and sheet.night_from:
        yield Said(sight.t("Before the night shift ({at})", at=at_hm(sheet.night_from, sight)), Tone.QUIET)
        yield from (replace(said, deep=True) for ref, said in brought if ref in by_day)
    if sheet.late:
        late = sight.words.tn(
            "{n} entry of an earlier time was written down late.",
            "{n} entries of an earlier time were written down late.", sheet.late,
        )  # fmt: skip
        yield Said(late, Tone.SOON)


def _brought(sheet: Sheet, sight: Sight) -> Iterator[tuple[Ref, Said]]:
    """What was received, each in a line; emergencies have their stories."""
    told = {story.number for story in sheet.stories}
    for line in sheet.received:
        if line.number not in told:
            yield Ref(RefKind.CASE, str(line.id)), Said(case_words(line, sight))
    for note in sheet.log:
        if note.received:
            yield Ref(RefKind.LOG, str(note.number)), Said(note_words(note, sight))
    for spot in sheet.spots:
        if spot.brought:
            yield spot.ref, Said(spot_words(spot, sight))


def _warnings(sheet: Sheet, sight: Sight) -> Iterator[Said]:
    for signal in sheet.signals:
        named = sight.words.name(signal.event)
        colour = sight.words.enum(signal.colour) if signal.colour else ""
        until = sight.t("until {at}", at=day_hm(signal.ended_at, sight)) if signal.ended_at else ""
        yield Said(" ".join(part for part in (f"{named}{colour}", day_hm(signal.since, sight),
                                              sight.words.name(signal.issuer), until) if part))  # fmt: skip
    for response in sheet.responses:
        until = sight.t("until {at}", at=day_hm(response.ended_at, sight)) if response.ended_at else sight.t("in force")
        said = sight.t("Response {level} since {at}", level=response.level, at=day_hm(response.since, sight))
        yield Said(" ".join(part for part in (said, response.issuer, response.number, until) if part))
    if not sheet.signals and not sheet.responses:
        yield Said(sight.t("No warning and no response level was in force."), Tone.QUIET)


def _open(sheet: Sheet, sight: Sight) -> Iterator[Said]:
    due, in_time = sheet.figure(Count.REPORT_IN_DUE).value, sheet.figure(Count.REPORT_IN_ON_TIME).value
    if due:
        yield Said(
            sight.t("On site in time: {n} of {of}, {percent} %", n=in_time, of=due, percent=round(100 * in_time / due))
        )
    for line in sheet.open:
        yield Said(
            case_words(line, sight), Tone.DANGER if line.overdue else Tone.SOON if line.due_today else Tone.PLAIN
        )


def _rounds(sheet: Sheet, sight: Sight) -> Iterator[Said]:
    walked = [walk for walk in sheet.walks if not walk.missed]
    complete = sum(walk.complete for walk in walked)
    if sheet.walks:
        yield Said(sight.t("Complete: {n} of {of}, {percent} %", n=complete, of=len(sheet.walks),
                           percent=round(100 * complete / len(sheet.walks))))  # fmt: skip
    for walk in sheet.walks:
        yield Said(walk_words(walk, sight), Tone.DANGER if walk.missed else Tone.PLAIN)
        yield from (_problem(one, sight) for one in sheet.problems if walk.number and one.number == walk.number)
    begun = {walk.number for walk in sheet.walks}  # a round may have begun before the stretch of the briefing
    yield from (replace(_problem(one, sight), deep=False) for one in sheet.problems if one.number not in begun)


def _problem(problem: ProblemLine, sight: Sight) -> Said:
    """Below the round on which it was found."""
    return Said(problem_words(problem, sight), Tone.QUIET if problem.handled else Tone.PLAIN, deep=True)


def _six_roles(sheet: Sheet, sight: Sight) -> Iterator[Said]:
    silent = set(silent_roles(sheet.notes))
    for role in SixRole:
        named = sight.words.enum(role)
        if role in silent:
            away = [one for one in sheet.present if not one.here and role in one.six_roles]
            yield _silent(named, away, sight)
        for note in sheet.notes_of(Section.SIX_ROLES):
            if note.six_role is role:
                yield Said(sight.t("{role}: {text}", role=named, text=note.text))


def _silent(role: str, away: Sequence[Present], sight: Sight) -> Said:
    """``未报``; where who has the role is away, with the reason."""
    if not away:
        return Said(sight.t("{role}: not heard yet", role=role), Tone.SOON)
    whys = [
        sight.t("{who}: not here, {why}", who=sight.person(one.member), why=one.why or sight.t("no reason given"))
        for one in away
    ]  # fmt: skip
    told = sight.t("; ").join(whys)
    return Said(sight.t("{role}: not heard ({why})", role=role, why=told), Tone.QUIET)


def _today(sheet: Sheet, sight: Sight) -> Iterator[Said]:
    for task in sheet.tasks:
        yield Said(task_words(task, sight), Tone.DANGER if task.late else Tone.PLAIN)


def _review(sheet: Sheet, sight: Sight) -> Iterator[Said]:
    for line in sheet.review:
        yield Said(sight.t("{case}: went out as an emergency without approval", case=f"{line.number[6:]} {line.title}"))
    for problem in sheet.problems:
        if problem.times >= 3:
            yield Said(sight.t("{what}, {place}: there {n} times of late", what=problem.what, place=problem.place,
                               n=problem.times), Tone.SOON)  # fmt: skip


def _safety(sheet: Sheet, sight: Sight) -> Iterator[Said]:
    if sheet.posture is not Posture.SEASON:
        yield Said(advice_words(sheet.posture, sight))


def _nothing(_sheet: Sheet, _sight: Sight) -> Iterator[Said]:
    return iter(())


def _note(note: NoteLine, sight: Sight) -> Said:
    who = sight.person(note.by)
    return Said(sight.t("{text} ({who} {at})", text=note.text, who=who, at=at_hm(note.at, sight)))


_WRITERS = {
    Section.NIGHT: _night,
    Section.WARNINGS: _warnings,
    Section.OPEN: _open,
    Section.ROUNDS: _rounds,
    Section.SIX_ROLES: _six_roles,
    Section.TODAY: _today,
    Section.COORDINATION: _nothing,
    Section.REVIEW: _review,
    Section.SAFETY: _safety,
}
