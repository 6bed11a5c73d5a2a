"""A report form in words: its name, its limit with what is left of it, and one part for each column (domain 6.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.events import EventKind
from app.domain.report_form import FIELD_LABELS, MAY_BE_UNKNOWN, FormField, OnSite, ReportForm, ToldUp
from app.domain.reports import Report, ReportKind
from app.domain.text import mask_personal
from app.domain.timeline import Entry
from app.domain.whistle import AssignmentRole, Precision
from app.render.clock import hm
from app.render.report_words import duty_words, late_mark, report_name, sent_name
from app.render.sight import Sight
from app.render.timeline import entry_words

_DEPARTMENT_STEPS = frozenset({EventKind.WORK_NOTED, EventKind.DONE, EventKind.RELEASED, EventKind.NO_SHOW})
_SAY_IT_THEMSELVES = frozenset({EventKind.NOTED, EventKind.WORK_NOTED})
"""Entries whose words need no name of what they are."""
MOST_OF_GIST = 300
"""Characters of the sentence that is offered as what was reported; it ends with a whole entry."""


@dataclass(frozen=True, slots=True)
class Part:
    """One column of a form: its label and what stands in it."""

    label: str
    lines: tuple[str, ...]
    known: bool = True
    """Whether the case says it."""


def form_title(form: ReportForm, sight: Sight) -> str:
    """信息报送单（续报一）."""
    name = sent_name(form.sent, sight) if form.sent else report_name(form.kind, form.number, sight)
    return sight.t("Report form: {report}", report=name)


def form_head(form: ReportForm, sight: Sight) -> str:
    """Which case: number, kind, severity, state."""
    whistle, word = form.whistle, sight.words.enum
    parts = (whistle.number, word(whistle.kind), word(whistle.severity), word(whistle.state))
    return " · ".join(part for part in parts if part)


def form_limit(form: ReportForm, sight: Sight) -> str:
    """Until when it must go up and what is left; when it went up and whether late; that nothing is due."""
    if form.sent is not None:
        went = sight.t("went up {at}", at=sight.stamp(form.sent.at))
        if form.sent.limit is None:
            return went
        mark = late_mark(form.sent, sight) or sight.t("[in time, limit {at}]", at=sight.stamp(form.sent.limit))
        return f"{went} {mark}"
    if not form.duties and form.before is not None and form.before.kind is ReportKind.FINAL:
        return sight.t("the final report went up {at}; another one is not due", at=sight.stamp(form.before.at))
    if not form.duties:
        return sight.t("no limit runs for it now")
    return sight.t("; ").join(duty_words(duty, sight) for duty in form.duties)


def form_parts(form: ReportForm, sight: Sight) -> Iterator[Part]:
    """The columns in their order; a later report has only those that say something new."""
    then = replace(sight, now=form.at)
    if form.said:
        yield Part(sight.t("What was reported"), (mask_personal(_line(form.said)),))
    yield from _whole(form, then) if form.first else _later(form, then)
    yield Part(_label(FormField.MEASURES, sight), tuple(measure_lines(form, then)))
    if asked := form.texts.get(FormField.REQUEST):
        yield Part(_label(FormField.REQUEST, sight), (mask_personal(_line(asked)),))
    elif form.first:
        yield Part(_label(FormField.REQUEST, sight), (sight.t("nothing was asked for so far"),))
    told = tuple(told_words(one, then) for one in form.told)
    if told or form.first:
        yield Part(_label(FormField.TOLD, sight), told or (sight.t("nobody yet"),))
    if form.unknown and not form.first:
        names = sight.words.listed(tuple(_label(column, sight) for column in form.unknown))
        yield Part(sight.t("Still not known"), (names,), known=False)
    yield _recorder(form, sight)


def _whole(form: ReportForm, sight: Sight) -> Iterator[Part]:
    """Everything that the case says."""
    whistle, word = form.whistle, sight.words.enum
    yield Part(_label(FormField.RECEIVED_AT, sight), (_full(form.received_at, sight),))
    source = [word(whistle.source), whistle.source_number, *form.joined]
    source += [mask_personal(_line(form.facts[name]), landlines=True) for name in ("caller", "callback")
               if form.facts.get(name)]  # fmt: skip
    yield Part(_label(FormField.SOURCE, sight), (" ".join(part for part in source if part),))
    about = sight.t("about ") if whistle.occurred_precision is Precision.APPROX else ""
    yield Part(_label(FormField.OCCURRED_AT, sight), (about + _full(whistle.occurred_at, sight),))
    yield Part(_label(FormField.PLACE, sight), (_place(form, sight),))
    nature = [word(whistle.kind), word(whistle.severity), sight.words.name(form.matter) if form.matter else "",
              mask_personal(_line(form.title))]  # fmt: skip
    yield Part(_label(FormField.NATURE, sight), (" · ".join(part for part in nature if part),))
    for column in MAY_BE_UNKNOWN:
        yield _text(form, column, sight)


def _text(form: ReportForm, column: FormField, sight: Sight) -> Part:
    said = [mask_personal(_line(form.texts[column]))] if form.texts.get(column) else []
    if column is FormField.LEADERS:
        said += [sight.t("{person} ({department})", department=sight.short(one.assignment.department),
                         person=mask_personal(_line(one.person)))
                 for one in form.departments if one.reported_in_at and one.person]  # fmt: skip
    if not said:
        return Part(_label(column, sight), (sight.t("not known yet"),), known=False)
    return Part(_label(column, sight), (sight.t("; ").join(said),))


def _later(form: ReportForm, sight: Sight) -> Iterator[Part]:
    """Only what the last report did not tell."""
    yield Part(sight.t("Matter"), (sight.t("{title}, {place}", title=mask_personal(_line(form.title)),
                                           place=_place(form, sight)),))  # fmt: skip
    if form.before is not None:
        yield Part(sight.t("Report before"), (_report_words(form.before, sight),))
    for column in MAY_BE_UNKNOWN:
        part = _text(form, column, sight)
        if part.known:
            yield part


def measure_lines(form: ReportForm, sight: Sight) -> Iterator[str]:
    """Departments with when they acknowledged and reported in, then what was done, by time."""
    if form.assigned:
        yield sight.t("{n} departments sent, {there} on site, {done} done", n=form.assigned, there=form.on_site,
                      done=form.done)  # fmt: skip
    yield from (line for one in form.departments if (line := _department(one, form.first, sight)))
    yield from (measure_words(entry, sight) for entry in form.measures)
    if not form.departments and not form.measures:
        yield sight.t("nothing new since the report before") if form.before else sight.t("none yet")


def _department(one: OnSite, whole: bool, sight: Sight) -> str:
    a = one.assignment
    lead = sight.t(" ({what})", what=sight.t("lead")) if a.role is AssignmentRole.LEAD else ""
    steps = []
    if one.acknowledged_at:
        late = sight.t(" ({what})", what=sight.t("late")) if one.acknowledged_at > a.acknowledge_due else ""
        steps.append(sight.t("acknowledged {at}", at=sight.stamp(one.acknowledged_at)) + late)
    elif whole and not a.finished and a.acknowledged_at is None:
        steps.append(sight.t("not acknowledged yet"))
    if one.reported_in_at:
        late = sight.t(" ({what})", what=sight.t("late")) if one.reported_in_at > a.report_in_due else ""
        steps.append(sight.t("on site {at}", at=sight.stamp(one.reported_in_at)) + late)
    elif whole and not a.finished and a.reported_in_at is None:
        steps.append(sight.t("not on site yet"))
    if one.done_at:
        steps.append(sight.t("done {at}", at=sight.stamp(one.done_at)))
    if not steps:
        return ""
    return sight.t("{department}: {steps}", department=sight.name(a.department) + lead,
                   steps=sight.words.listed(tuple(steps)))  # fmt: skip


def measure_words(entry: Entry, sight: Sight) -> str:
    """``00:35 公共 处置反馈 测得井深约 2 米``."""
    event = entry.event
    what = sight.words.enum(event.kind)
    if event.kind in (EventKind.LOGGED, EventKind.LOG_CLOSED):
        what = ""  # its particulars say so
    if entry.undone:
        what = sight.t("({what}) taken back", what=what)
    department = event.payload.get("department")
    who = sight.short(department) if isinstance(department, str) and department else ""
    said = "" if event.kind is EventKind.BLOWN else mask_personal(_line(entry_words(event, sight)))
    about = sight.t("about ") if entry.precision is Precision.APPROX else ""
    what = "" if said and not entry.undone and event.kind in _SAY_IT_THEMSELVES else what
    return " ".join(part for part in (about + sight.stamp(entry.at), who, what, said) if part)


def told_words(one: ToldUp, sight: Sight) -> str:
    """Who was told, and when."""
    if one.report is not None:
        return _report_words(one.report, sight)
    who = mask_personal(_line(one.text)) or (sight.person(one.member) if one.member else "")
    if one.level is not None:
        who = sight.t("{level} level", level=sight.words.enum(one.level))
    return " ".join((sight.stamp(one.at), who)).strip()


def _report_words(report: Report, sight: Sight) -> str:
    """``00:20 电话初报 → 开发区值班室``, with a mark when it was late."""
    to = mask_personal(_line(report.event.words.get("reported_to", "")))
    parts = [sight.stamp(report.at), sent_name(report, sight), f"{sight.glyphs.into} {to}" if to else "",
             late_mark(report, sight)]  # fmt: skip
    return " ".join(part for part in parts if part)


def _recorder(form: ReportForm, sight: Sight) -> Part:
    who = sight.name(form.recorder) if form.recorder else sight.t("to be filled in")
    return Part(_label(FormField.RECORDER, sight), (f"{who} {_full(form.at, sight)}",), known=bool(form.recorder))


def gist(form: ReportForm, sight: Sight) -> str:
    """What may be said in one sentence of what is new: offered as the words of the report, to be changed."""
    parts = [f"{form.title}{sight.t('; ')}{_place(form, sight)}"] if form.first else []
    if form.assigned:
        parts.append(next(measure_lines(form, sight)))
    wanted = _DEPARTMENT_STEPS | {EventKind.MADE_SAFE} if form.first else frozenset(EventKind)
    told = [measure_words(one, sight) for one in form.measures if not one.undone and one.event.kind in wanted]
    kept: list[str] = []
    room = MOST_OF_GIST - sum(map(len, parts))
    for text in reversed(told):
        room -= len(text) + 2
        if room < 0:
            break
        kept.insert(0, text)
    if not parts and not kept:
        return sight.t("nothing new since the report before")
    return sight.t("; ").join(_line(text) for text in (*parts, *kept))


def _place(form: ReportForm, sight: Sight) -> str:
    whistle = form.whistle
    place = mask_personal(_line(form.place_text)) or (sight.name(whistle.place) if whistle.place else "")
    return " · ".join(part for part in (sight.name(whistle.grid), place) if part)


def _label(column: FormField, sight: Sight) -> str:
    return sight.t(FIELD_LABELS[column])


def _full(at: datetime, sight: Sight) -> str:
    """With its year and on the 24-hour clock: it is read in another house."""
    return f"{at.astimezone(sight.zone):%Y-%m-%d} {hm(at, sight.zone)}"


def _line(text: str) -> str:
    return " ".join(text.split())
