"""`wangge whistle form|file`: the report up the line as it would go up now, and the case on paper (domain 6.2, 6.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from app.cli.papers import hand_out
from app.cli.session import Answer, Session
from app.cli.shapes import Shaper
from app.cli.tongue import N_
from app.cli.whistle_read import CASE, find_case
from app.domain.errors import BadInput
from app.domain.events import Json
from app.domain.message import Message
from app.domain.report_form import FormField, OnSite, ReportForm, ToldUp
from app.domain.text import mask_personal
from app.domain.timeline import Entry
from app.render.case_paper import case_paper
from app.render.report_form import form_head, form_limit, form_parts, form_title, measure_words
from app.render.report_paper import report_paper
from app.render.sight import Sight
from app.render.table import columns

PAPERS = {
    "form": N_("the report up the line that is next, filled from the case; or one that went up"),
    "file": N_("the case on paper: facts, departments, reports, everything that happened"),
}


def paper_of(session: Session, name: str, arguments: list[str]) -> Answer:
    """One of the papers of a case."""
    making: dict[str, Callable[[Session, list[str]], Answer]] = {"form": _form, "file": _file}
    return making[name](session, arguments)


def _form(session: Session, arguments: list[str]) -> Answer:
    parser = session.parser("wangge whistle form", PAPERS["form"])
    parser.operand("number", CASE)
    parser.text("file", N_("write it there: .docx, or .md; - for standard output"), "FILE")
    parser.text("nth", N_("one that went up: 1 = the first, counted over all of the case"), "N")
    options = parser.parse_args(arguments)
    house, sight = session.house, session.sight
    form = house.reports.form(find_case(session, options.number), session.acting(), _nth(options.nth))
    if options.file:
        issuer = sight.name(house.briefings.street())
        return hand_out(session, options.file, report_paper(form, sight, issuer=issuer, drill=house.station.drill))
    return Answer({"form": form_document(session, form)}, lambda: form_lines(form, sight))


def _nth(text: str) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise BadInput(Message("{text} is no whole number.", {"text": text}), "nth")
    return int(text)


def _file(session: Session, arguments: list[str]) -> Answer:
    parser = session.parser("wangge whistle file", PAPERS["file"])
    parser.operand("number", CASE)
    parser.operand("file", N_("where to: .docx, or .md; - for standard output"))
    options = parser.parse_args(arguments)
    house, sight = session.house, session.sight
    file = house.whistles.file(find_case(session, options.number))
    issuer = sight.name(house.briefings.street())
    return hand_out(session, options.file, case_paper(file, sight, issuer=issuer, drill=house.station.drill))


def form_lines(form: ReportForm, sight: Sight) -> Iterator[str]:
    """The form as text: which report of which case, until when, then one column below the other."""
    yield f"{form_title(form, sight)}  {form_head(form, sight)}"
    yield form_limit(form, sight)
    yield ""
    yield from columns(
        (part.label if not n else "", line) for part in form_parts(form, sight) for n, line in enumerate(part.lines)
    )


def form_document(session: Session, form: ReportForm) -> dict[str, Json]:
    """Every column by its name of domain 6.2; what nobody has said is null and stands in ``unknown``."""
    shaper, whistle = session.shaper, form.whistle
    facts = form.facts
    columns_: dict[FormField, Json] = {
        FormField.RECEIVED_AT: shaper.instant(form.received_at),
        FormField.SOURCE: {
            "source": whistle.source.value, "source_number": whistle.source_number, "joined": list[Json](form.joined),
            **{name: mask_personal(facts[name], landlines=True) for name in ("caller", "callback") if name in facts},
        },
        FormField.OCCURRED_AT: shaper.instant(whistle.occurred_at),
        FormField.PLACE: {"grid": whistle.grid, "place": whistle.place, "place_text": mask_personal(form.place_text)},
        FormField.NATURE: {
            "kind": whistle.kind.value, "severity": whistle.severity.value, "matter": whistle.matter,
            "title": mask_personal(form.title),
        },
        FormField.MEASURES: [_measure(one, session) for one in form.measures],
        FormField.TOLD: [_told(one, shaper) for one in form.told],
        FormField.RECORDER: {"member": form.recorder, "at": shaper.instant(form.at)},
    }  # fmt: skip
    for column in (FormField.SCOPE, FormField.CASUALTIES, FormField.TREND, FormField.LEADERS, FormField.REQUEST):
        said = form.texts.get(column)
        columns_[column] = mask_personal(said) if said else None
    return {
        "id": str(whistle.id), "number": whistle.number, "state": whistle.state.value,
        "occurred_precision": whistle.occurred_precision.value,
        "report": form.kind.value, "nth_follow_up": form.number,
        "went_up_at": shaper.instant(form.sent.at) if form.sent else None,
        "late": form.sent.late if form.sent else any(one.at < form.at for one in form.duties),
        "limits": [_limit(one.due.value, (one.at - form.at).total_seconds(), shaper.instant(one.at))
                   for one in form.duties],
        "since": shaper.instant(form.before.at) if form.before else None,
        "said": mask_personal(form.said), "fields": {column.value: columns_[column] for column in FormField},
        "unknown": [column.value for column in form.unknown],
        "departments": [_department(one, shaper) for one in form.departments],
        "assigned": form.assigned, "on_site": form.on_site, "done": form.done,
    }  # fmt: skip


def _measure(one: Entry, session: Session) -> dict[str, Json]:
    event = one.event
    return {
        "id": str(event.id), "kind": event.kind.value, "at": session.shaper.instant(one.at), "undone": one.undone,
        "department": event.payload.get("department", ""), "text": measure_words(one, session.sight),
    }  # fmt: skip


def _limit(due: str, left: float, at: Json) -> dict[str, Json]:
    return {"due": due, "at": at, "left_seconds": int(left)}


def _department(one: OnSite, shaper: Shaper) -> dict[str, Json]:
    return {
        "department": one.assignment.department, "role": one.assignment.role.value,
        "acknowledged_at": shaper.instant(one.acknowledged_at) if one.acknowledged_at else None,
        "reported_in_at": shaper.instant(one.reported_in_at) if one.reported_in_at else None,
        "person": mask_personal(one.person), "done_at": shaper.instant(one.done_at) if one.done_at else None,
    }  # fmt: skip


def _told(one: ToldUp, shaper: Shaper) -> dict[str, Json]:
    return {
        "at": shaper.instant(one.at) if one.at else None, "text": mask_personal(one.text), "member": one.member,
        "level": one.level.value if one.level else "", "report": one.report.kind.value if one.report else "",
        "late": one.report.late if one.report else False,
    }  # fmt: skip
