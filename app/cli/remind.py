"""`wangge remind`: what is due, what will come, and what a person does about it (domain 6.4, behaviours 20–23)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from app.cli.actions import Doing, run_action
from app.cli.parser import Parser
from app.cli.people import member_code
from app.cli.session import Answer, Session
from app.cli.tongue import N_
from app.domain.actor import Channel
from app.domain.due_phrases import find_due, parse_due
from app.domain.errors import BadInput
from app.domain.events import Json
from app.domain.message import Message
from app.domain.notice import Notice
from app.domain.notice_file import NoticeFile, ReminderFile
from app.domain.topics import Audience
from app.render.audiences import audience_words
from app.render.notices import age, case_line, is_missed, sending_words, sentence, state_words, to_whom
from app.render.recurrence import recurrence_words
from app.render.sight import Sight
from app.render.table import columns

ACTIONS = {
    "add": N_("set a reminder: when, then what"),
    "list": N_("what is due and what will come"),
    "done": N_("it is in hand: answered"),
    "snooze": N_("be quiet until a time"),
    "pass": N_("give it to somebody else"),
    "call": N_("somebody was phoned: answered or not"),
    "remove": N_("take a reminder away"),
}
ROLES = tuple(
    audience
    for audience in (Audience.DUTY_OFFICER, Audience.DUTY_LEADER, Audience.STREET_ADMIN, Audience.ZONE_PLATFORM)
)
DAY = timedelta(days=1)
SHORT = 8
"""Digits of an id as lists show it."""


def run(session: Session, arguments: list[str]) -> Answer | int:
    """Do one action of `wangge remind`."""
    doing: dict[str, Doing] = {
        "add": _add, "list": _list, "done": _done, "snooze": _snooze, "pass": _pass, "call": _call, "remove": _remove,
    }  # fmt: skip
    return run_action(session, "wangge remind", ACTIONS, doing, arguments)


def _add(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operands("words", N_("when, then what: 明早8点 复查井盖 · 每天 16:00 收集情况 · in 30 minutes call back"))
    parser.text("for", N_("for whom; without it: who sets it"), "MEMBER", dest="member")
    parser.choice("role", N_("for whoever holds this role when it comes"), ROLES)
    parser.text("case", N_("about this case"), "NUMBER")
    parser.switch("urgent", N_("while nobody answers, the desk and then the duty leader are called"))
    options = parser.parse_args(arguments)
    line = " ".join(options.words)
    found = find_due(line, session.now, session.policy.calendar)
    if found is None:
        raise BadInput(
            Message("“{text}” does not begin with a time: write it like 明早8点, 30分钟后, 每天 16:00, tomorrow 8:00.",
                    {"text": line[:60]}), "due")  # fmt: skip
    due, text = found
    if options.member and options.role:
        raise BadInput(
            Message("{option} and {other} exclude each other.", {"option": "--for", "other": "--role"}), "for"
        )
    whistle = session.house.whistles.find(options.case) if options.case else None
    reminder = session.house.reminders.add(
        session.actor(), text, due, session.request_id,
        member=member_code(session.street, options.member) if options.member else "",
        tell=Audience(options.role) if options.role else Audience.MEMBER, whistle_id=whistle, urgent=options.urgent,
    )  # fmt: skip
    sight = session.sight
    said = sight.t("Set: {at} {text}", at=sight.stamp(reminder.next_at), text=text)
    again = recurrence_words(reminder.recurrence, sight) if reminder.recurrence else ""
    return Answer(
        {"reminder": session.shaper.shape(reminder)},
        lambda: [" ".join(part for part in (said, again, f"#{reminder.id.hex[:SHORT]}") if part)],
    )


def _list(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.switch("all", N_("also what was answered in the last 24 hours"))
    options = parser.parse_args(arguments)
    live, later = session.house.notices.live(), session.house.reminders.active()
    ended = session.house.notices.ended(session.now - DAY) if options.all else ()
    document: dict[str, Json] = {
        "due": [_document(session, file) for file in live],
        "later": [_later_document(session, file) for file in later],
    }
    if options.all:
        document["ended"] = [_document(session, file) for file in ended]
    return Answer(document, lambda: _lines(session.sight, live, later, ended))


def _document(session: Session, file: NoticeFile) -> dict[str, Json]:
    sight = session.sight
    row = file.row
    return {
        **session.shaper.members(file.notice),
        "number": row.whistle.number if row else "",
        "title": row.title if row else "",
        "message": sentence(file.notice, file.text, file.name, sight),
        "missed": is_missed(file.notice),
        "messages": [session.shaper.shape(parcel) for parcel in file.parcels],
    }


def _later_document(session: Session, file: ReminderFile) -> dict[str, Json]:
    name = session.words.name(file.name) if file.name else ""
    return {**session.shaper.members(file.reminder), "text": file.text or name, "number": file.number}


def _lines(
    sight: Sight, live: Sequence[NoticeFile], later: Sequence[ReminderFile], ended: Sequence[NoticeFile]
) -> Iterator[str]:
    yield sight.t("Due: {n}", n=len(live))
    yield from columns(_cells(sight, file) for file in live)
    yield sight.t("Later: {n}", n=len(later))
    yield from columns(_later_cells(sight, file) for file in later)
    if ended:
        yield sight.t("Over: {n}", n=len(ended))
        yield from columns(_cells(sight, file) for file in ended)


def _cells(sight: Sight, file: NoticeFile) -> tuple[str, ...]:
    notice = file.notice
    about = case_line(file.row.whistle, file.row.title, sight) if file.row else ""
    missed = sight.t("[missed while off]") if is_missed(notice) else ""
    urgent = sight.t("[urgent]") if notice.urgent else ""
    return (
        f"#{notice.id.hex[:SHORT]}", sight.stamp(notice.due_at), age(notice, sight) if notice.live else "",
        " ".join(part for part in (urgent, missed, sentence(notice, file.text, file.name, sight)) if part),
        about, to_whom(notice, sight), state_words(notice, sight), sending_words(file.parcels, sight),
    )  # fmt: skip


def _later_cells(sight: Sight, file: ReminderFile) -> tuple[str, ...]:
    reminder = file.reminder
    whom = sight.person(reminder.member) if reminder.member else audience_words(reminder.tell, sight)
    return (
        f"#{reminder.id.hex[:SHORT]}", sight.stamp(reminder.next_at),
        file.text or (sight.words.name(file.name) if file.name else ""), file.number[6:], whom,
        recurrence_words(reminder.recurrence, sight) if reminder.recurrence else "",
    )  # fmt: skip


def _done(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operand("id", N_("which reminder: the digits after #"))
    parser.text("for", N_("who answered, by phone; without it: who acts"), "MEMBER", dest="member")
    parser.text("said", N_("what was said"))
    options = parser.parse_args(arguments)
    notice = session.house.notices.find(_digits(options.id))
    whom = member_code(session.street, options.member) if options.member else ""
    done = session.house.notices.answer(
        notice.id, session.actor(), session.request_id, for_member=whom, said=options.said,
        channel=Channel.PHONE if whom else Channel.TERMINAL,
    )  # fmt: skip
    return _answer(session, done)


def _snooze(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operand("id", N_("which reminder: the digits after #"))
    parser.operands("until", N_("until when: in 10 minutes, 06:00"))
    parser.text("reason", N_("why it can wait; needed when it is urgent"))
    options = parser.parse_args(arguments)
    line = " ".join(options.until)
    due = parse_due(line, session.now, session.policy.calendar)
    if due is None or due.recurrence is not None:
        told = Message(
            "“{text}” is no time to wait until: write it like “in 10 minutes” or 06:00.", {"text": line[:60]}
        )
        raise BadInput(told, "until")
    notice = session.house.notices.find(_digits(options.id))
    return _answer(session, session.house.notices.snooze(
        notice.id, session.actor(), session.request_id, due.at, reason=options.reason))  # fmt: skip


def _pass(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operand("id", N_("which reminder: the digits after #"))
    parser.operand("member", N_("to whom: code or name"))
    parser.text("said", N_("what was said"))
    options = parser.parse_args(arguments)
    notice = session.house.notices.find(_digits(options.id))
    to = member_code(session.street, options.member)
    return _answer(session, session.house.notices.pass_on(
        notice.id, session.actor(), session.request_id, to, said=options.said))  # fmt: skip


def _call(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operand("id", N_("which reminder: the digits after #"))
    parser.operand("member", N_("who was phoned: code or name"))
    parser.switch("answered", N_("they answered and have it in hand"))
    parser.switch("no_answer", N_("they did not answer: the next ones are called"))
    parser.text("said", N_("what was said"))
    options = parser.parse_args(arguments)
    if options.answered == options.no_answer:
        raise BadInput(Message("Say --answered or --no-answer."), "answered")
    notice = session.house.notices.find(_digits(options.id))
    member = member_code(session.street, options.member)
    if options.answered:
        return _answer(session, session.house.notices.answer(
            notice.id, session.actor(), session.request_id, for_member=member, said=options.said,
            channel=Channel.PHONE))  # fmt: skip
    return _answer(session, session.house.notices.no_answer(notice.id, session.actor(), session.request_id, member))


def _remove(session: Session, parser: Parser, arguments: list[str]) -> Answer:
    parser.operand("id", N_("which reminder: the digits after #"))
    options = parser.parse_args(arguments)
    reminder = session.house.reminders.find(_digits(options.id))
    gone = session.house.reminders.remove(reminder.id, session.actor(), session.request_id)
    said = session.words.t("Taken away: #{id}", id=gone.id.hex[:SHORT])
    return Answer({"reminder": session.shaper.shape(gone)}, lambda: [said])


def _digits(text: str) -> str:
    return text.removeprefix("#").removeprefix("＃")


def _answer(session: Session, notice: Notice) -> Answer:
    (file,) = session.house.notices.files([notice.id])

    def lines() -> Iterable[str]:
        return columns([_cells(session.sight, file)])

    return Answer({"notice": _document(session, file)}, lines)
