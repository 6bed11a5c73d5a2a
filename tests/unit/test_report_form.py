"""Reports up the line: which is next, late or not, and a form that tells nothing twice and invents nothing (6.3)."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.actor import Channel
from app.domain.dues import DueKind
from app.domain.events import Event, EventKind
from app.domain.moves import Action
from app.domain.org import UnitLevel
from app.domain.policy import WhistleKind
from app.domain.report_form import Filling, FormField, ReportForm, form_of, report_form
from app.domain.reports import Reporting, ReportKind, reporting
from app.domain.whistle import AssignmentState
from tests.unit.cases import BRIGADE, LIAISONS, MEMBER, MEMBER_B, OFFICER, UTILITIES, ZONE, CaseBook, at

FACTS = {
    "title": "井盖被冲走", "place_text": "双河大桥旁", "exposed": "晨练的人", "spreading": "往外翻水",
    "on_scene": "两名网格员", "caller": "张三", "callback": "13912345678", "why": "要多部门到场",
}  # fmt: skip


def told(book: CaseBook) -> Reporting:
    """The reports as they stand."""
    return reporting(book.events, book.policies.__getitem__)


def form(book: CaseBook, logged: tuple[Event, ...] = ()) -> ReportForm:
    """The next form."""
    return report_form(Filling(book.case, book.events, told(book), book.now, OFFICER, logged))


def sent_form(book: CaseBook, nth: int) -> ReportForm:
    """A form that went up, of a case in which nothing happened after it."""
    return form_of(Filling(book.case, book.events, told(book), book.now), told(book).sent[nth])


def night() -> CaseBook:
    """An emergency with two departments; blown 23:56, at the zone 00:04, dispatched 00:08."""
    book = CaseBook("2020-07-02 23:56").blown(texts=FACTS)
    book.now = at("2020-07-03 00:04")
    book.do(Action.LEVEL_UP, "JF-DB")
    book.now = at("2020-07-03 00:08")
    return book.dispatched(UTILITIES, BRIGADE)


def test_the_first_form_tells_what_the_case_says_and_what_is_not_known() -> None:
    """Everything from the case; columns nobody spoke of are unknown, and hold nothing up."""
    book = night()
    book.do(Action.ACKNOWLEDGE, LIAISONS[UTILITIES], on=UTILITIES, clock="00:09")
    book.do(Action.REPORT_IN, LIAISONS[UTILITIES], on=UTILITIES, clock="00:26", person="抢修班班长")
    book.do(Action.WORK_NOTE, LIAISONS[UTILITIES], on=UTILITIES, clock="00:30", note="先探深")
    filled = form(book)
    assert (filled.kind, filled.number, filled.first) == (ReportKind.FIRST, 0, True)
    assert filled.received_at == at("2020-07-02 23:56")
    assert filled.texts == {FormField.SCOPE: "晨练的人", FormField.TREND: "往外翻水", FormField.LEADERS: "两名网格员"}
    assert filled.unknown == (FormField.CASUALTIES,)
    assert [one.assignment.department for one in filled.departments] == [UTILITIES, BRIGADE]
    assert (filled.departments[0].reported_in_at, filled.departments[0].person) == (
        at("2020-07-03 00:26"), "抢修班班长")  # fmt: skip
    assert filled.departments[1].reported_in_at is None
    assert (filled.assigned, filled.on_site, filled.done) == (2, 1, 0)
    assert [one.event.kind for one in filled.measures] == [
        EventKind.BLOWN, EventKind.LEVELLED_UP, EventKind.DISPATCHED, EventKind.WORK_NOTED]  # fmt: skip
    assert [(one.level, one.at) for one in filled.told] == [(UnitLevel.ZONE, at("2020-07-03 00:04"))]
    assert [(one.due, one.at) for one in filled.duties] == [(DueKind.REPORT_WRITTEN, at("2020-07-03 00:56"))]


def test_an_emptier_case_makes_a_form_all_the_same() -> None:
    """Nothing but what and where is known."""
    book = CaseBook("2020-07-02 23:56").blown(texts={"title": "井盖没了"})
    filled = form(book)
    assert filled.unknown == (FormField.SCOPE, FormField.CASUALTIES, FormField.TREND, FormField.LEADERS)
    assert [(one.due, one.kind) for one in filled.duties] == [
        (DueKind.REPORT_PHONE, ReportKind.FIRST), (DueKind.REPORT_WRITTEN, ReportKind.FIRST)]  # fmt: skip
    assert (filled.departments, filled.told) == ((), ())


def test_a_follow_up_tells_only_what_happened_since() -> None:
    """Its number counts follow-ups; a first one in writing tells the whole story though one went by phone."""
    book = night()
    book.do(Action.NOTE, clock="00:15", note="两头拉了警戒带")
    book.do(Action.REPORT, clock="00:20", channel=Channel.PHONE, said="电话报开发区", reported_to="开发区值班室")
    written = form(book)
    assert (written.kind, written.first) == (ReportKind.FIRST, True)
    assert EventKind.NOTED in [one.event.kind for one in written.measures]
    book.do(Action.REPORT, clock="00:40", said="书面初报", casualties="无人受伤")
    book.do(Action.REPORT_IN, LIAISONS[UTILITIES], on=UTILITIES, clock="00:50", person="班长")
    book.do(Action.NOTE, clock="01:00", note="翻水减弱")
    one = form(book)
    assert (one.kind, one.number, one.first) == (ReportKind.FOLLOW_UP, 1, False)
    assert [entry.event.words["note"] for entry in one.measures] == ["翻水减弱"]
    assert [dept.assignment.department for dept in one.departments] == [UTILITIES]
    assert (one.facts, one.texts, one.unknown) == ({}, {}, ())
    assert [(duty.number, duty.at) for duty in one.duties] == [(1, at("2020-07-03 01:40"))]
    assert [(t.text, t.report.kind if t.report else None) for t in one.told] == [
        ("开发区值班室", ReportKind.FIRST), ("", ReportKind.FIRST)]  # fmt: skip
    book.do(Action.REPORT, clock="01:20", said="翻水减弱")
    two = form(book)
    assert (two.kind, two.number, two.measures, two.departments) == (ReportKind.FOLLOW_UP, 2, (), ())


def test_what_was_written_down_late_corrected_or_taken_back_goes_into_the_next_one() -> None:
    """A report could not tell what nobody had written down, and must mend what is no longer so."""
    book = night()
    book.do(Action.REPORT, clock="00:30", said="初报")
    wrong = book.do(Action.NOTE, clock="00:31", note="看错了")
    book.do(Action.REPORT, clock="00:40", said="续报一")
    book.do(Action.NOTE, clock="00:50", occurred="00:35", note="后来才记下的")
    book.do(Action.UNDO, clock="00:51")
    book.do(Action.NOTE, clock="00:52", occurred="00:35", note="后来才记下的")
    book.events.append(replace(
        book.events[-1], id=book.id, kind=EventKind.UNDONE, payload={}, words={}, corrects=wrong.id,
        seq=len(book.events) + 1, stream_version=book.whistle.version + 1,
    ))  # fmt: skip
    told_now = [(entry.event.words.get("note"), entry.undone) for entry in form(book).measures]
    assert told_now == [("看错了", True), ("后来才记下的", False)]


def test_a_report_after_its_limit_is_late_and_a_corrected_time_mends_it() -> None:
    """迟报 is measured against what was due when it was written down."""
    book = night()
    late = book.do(Action.REPORT, clock="01:10", said="书面初报")
    found = told(book)
    assert (found.sent[0].late, found.sent[0].limit) == (True, at("2020-07-03 00:56"))
    assert found.of(late) == found.sent[0]
    assert found.of(book.events[0]) is None
    book.do(Action.CORRECT, clock="01:12", entry=late.id, reason="写错", occurred="00:50")
    assert not told(book).sent[0].late
    assert [one.at for one in told(book).duties] == [at("2020-07-03 01:50")]


def test_the_final_one_says_how_it_ended_and_stays_due_when_it_was_forgotten() -> None:
    """After closing; casualties as they were last told; a rating does not end the duty (漏报)."""
    book = night()
    book.do(Action.REPORT, clock="00:40", said="初报", casualties="一人擦伤", trend="减弱")
    for department in (UTILITIES, BRIGADE):
        book.brought_to(department, AssignmentState.DONE)
    book.do(Action.CHECK, MEMBER_B, clock="01:30", passed=True, remark="盖稳了")
    final = form(book)
    assert (final.kind, final.number) == (ReportKind.FINAL, 0)
    assert final.texts == {FormField.CASUALTIES: "一人擦伤"}
    assert final.measures[-1].event.kind is EventKind.CHECKED
    assert [(one.due, one.at) for one in final.duties] == [(DueKind.REPORT_FINAL, at("2020-07-03 02:30"))]
    book.do(Action.RATE, MEMBER, clock="01:40", score=5)
    assert told(book).duty is not None
    book.do(Action.REPORT, clock="02:00", said="终报", reported_to="开发区")
    assert told(book).duties == ()
    assert (told(book).sent[-1].kind, told(book).sent[-1].late) == (ReportKind.FINAL, False)


def test_a_report_that_went_up_is_filled_as_it_was() -> None:
    """With its own words and its limit; what happened afterwards is not in it."""
    book = night()
    book.do(
        Action.REPORT, clock="00:40", said="已派两家", casualties="无人受伤", request="请调水泵", reported_to="区里"
    )
    sent = sent_form(book, 0)
    assert (sent.kind, sent.said, sent.at) == (ReportKind.FIRST, "已派两家", at("2020-07-03 00:40"))
    assert sent.texts[FormField.CASUALTIES] == "无人受伤"
    assert sent.texts[FormField.REQUEST] == "请调水泵"
    assert [(one.text, one.at) for one in sent.told if one.report] == [("区里", at("2020-07-03 00:40"))]
    assert [one.at for one in sent.duties] == [at("2020-07-03 00:56")]
    assert FormField.CASUALTIES not in sent.unknown


def test_a_kind_without_limits_has_a_form_and_no_countdown() -> None:
    """A daily matter may be reported up too."""
    book = CaseBook("2020-07-02 10:00").opened(WhistleKind.ROUTINE)
    filled = form(book)
    assert (filled.kind, filled.duties) == (ReportKind.FIRST, ())
    book.do(Action.REPORT, said="说一声")
    assert (form(book).kind, form(book).number) == (ReportKind.FOLLOW_UP, 1)


def test_an_entry_of_the_log_about_the_case_is_among_the_measures() -> None:
    """And one that was put right is not."""
    book = night()
    logged = Event(
        book.id, "log/x", 1, EventKind.LOGGED, {"number": 3}, OFFICER, book.events[0].role, book.now, book.now,
        words={"content": "区里来电询问"}, seq=90,
    )  # fmt: skip
    mend = replace(logged, id=book.events[0].id, corrects=logged.id, words={"content": "街道来电询问"}, seq=91)
    assert [e.event.words.get("content") for e in form(book, (logged,)).measures][-1] == "区里来电询问"
    assert [e.event.words.get("content") for e in form(book, (logged, mend)).measures][-1] == "街道来电询问"
    assert "区里来电询问" not in [e.event.words.get("content") for e in form(book, (logged, mend)).measures]


@pytest.mark.parametrize("seed", range(30))
def test_every_entry_goes_up_once(seed: int) -> None:
    """Whatever is noted, late or at once, between reports: no report leaves it out and none tells it twice."""
    chance = random.Random(seed)
    book = night()
    book.do(Action.REPORT, clock="00:10", said="书面初报")
    first = len(book.events)
    for n in range(25):
        book.later(minutes=chance.randint(0, 9))
        if chance.random() < 0.25:
            book.do(Action.REPORT, said="续报")
        else:
            ago = chance.choice((0, 0, 0, 1, 15))
            happened = book.now - timedelta(minutes=ago)
            occurred = f"{max(happened, at('2020-07-03 00:09')).astimezone(ZONE):%Y-%m-%d %H:%M}"
            book.do(Action.NOTE, occurred=occurred if ago else "", note=f"第 {n} 条")
    noted = [event.words["note"] for event in book.events[first:] if event.kind is EventKind.NOTED]
    told_up: list[str] = []
    for report in told(book).sent[1:]:
        then = [event for event in book.events if event.seq <= report.event.seq]
        as_of = CaseBook()
        as_of.events = then
        known = Filling(as_of.case, then, told(as_of), report.at)
        told_up += [one.event.words["note"] for one in form_of(known, report).measures if "note" in one.event.words]
    told_up += [one.event.words["note"] for one in form(book).measures if "note" in one.event.words]
    assert sorted(told_up) == sorted(noted)
