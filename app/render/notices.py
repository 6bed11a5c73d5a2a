"""Notices in words: one line on the desk, one message on a telephone; the same sentence in both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from app.domain.dues import DueKind
from app.domain.message import N_, Name
from app.domain.notice import OF_REMINDERS, Notice, NoticeState
from app.domain.outbox import OutboxState, Parcel
from app.domain.watch_topics import is_watch
from app.domain.whistle import Whistle
from app.render.news import LIMITS
from app.render.sight import Sight
from app.render.watch_words import watch_sentence

MISSED = timedelta(minutes=2)
"""Told this long after it came due, it came due while nothing ran."""

SENDING = {
    OutboxState.PENDING: N_("to be sent"),
    OutboxState.SENDING: N_("being sent"),
    OutboxState.SENT: N_("sent"),
    OutboxState.FAILED: N_("not sent"),
    OutboxState.IN_DOUBT: N_("perhaps sent"),
    OutboxState.WITHHELD: N_("withheld (drill)"),
    OutboxState.DROPPED: N_("not needed"),
}
"""How far a message is."""


def sentence(notice: Notice, text: str, name: Name | None, sight: Sight) -> str:
    """What it says: ``work safety did not report in in time, overdue``, or the reminder's own words."""
    if is_watch(notice.topic):
        return watch_sentence(notice, sight)
    if notice.topic == OF_REMINDERS:
        return text or (sight.words.name(name) if name else sight.t("reminder"))
    department = sight.short(notice.department) if notice.department else ""
    return sight.t(LIMITS[DueKind(notice.topic)], departments=department)


def case_line(whistle: Whistle | None, title: str, sight: Sight) -> str:
    """The case it is about: ``0702-05 Shuanghe 1 manhole cover …``; empty when it has none."""
    if whistle is None:
        return ""
    return " ".join(part for part in (whistle.number[6:], sight.short(whistle.grid), title) if part)


def to_whom(notice: Notice, sight: Sight) -> str:
    """Who was told last; that nobody could be."""
    if not notice.told:
        return sight.t("nobody on duty")
    return sight.words.listed(tuple(sight.person(code) for code in notice.told))


def age(notice: Notice, sight: Sight) -> str:
    """How long it has been due: ``-00:09``."""
    return sight.left(notice.due_at)


def is_missed(notice: Notice) -> bool:
    """Whether it came due while nothing ran (behaviours 20)."""
    return notice.fired_at - notice.due_at >= MISSED


def state_words(notice: Notice, sight: Sight) -> str:
    """Where it stands: waiting since, put off until, answered by whom."""
    if notice.state is NoticeState.SNOOZED:
        return sight.t("put off until {at}", at=sight.stamp(notice.step_at))
    if notice.state is NoticeState.ANSWERED:
        return sight.t("{who} answered at {at}", who=sight.person(notice.answered_by), at=sight.stamp(notice.ended_at))
    if notice.state is NoticeState.WITHDRAWN:
        return sight.t("no longer so since {at}", at=sight.stamp(notice.ended_at))
    if notice.state is NoticeState.LAPSED:
        return sight.t("nobody answered until {at}", at=sight.stamp(notice.ended_at))
    if notice.step_at is not None:
        return sight.t("next one called at {at}", at=sight.stamp(notice.step_at))
    return sight.t("waits for an answer")


def sending_words(parcels: Sequence[Parcel], sight: Sight) -> str:
    """How far its messages are: ``sent 2, failed 1``; empty when there are none."""
    counts = [(state, sum(parcel.state is state for parcel in parcels)) for state in OutboxState]
    told = [f"{sight.t(SENDING[state])} {n}" for state, n in counts if n]
    return sight.words.listed(tuple(told))


def message(
    notice: Notice, whistle: Whistle | None, about: str, text: str, name: Name | None, sight: Sight, *, taken_back: bool
) -> tuple[str, str]:  # fmt: skip
    """Title and text of a message that leaves the building: what, about which case, since when, what to do."""
    said = sentence(notice, text, name, sight)
    number = f"{whistle.number[6:]} " if whistle and whistle.number else ""
    if taken_back:
        return sight.t("[taken back] {said}", said=number + said), sight.t(
            "This no longer holds; nothing is to be done."
        )
    mark = sight.t("[urgent] ") if notice.urgent else ""
    lines = [
        case_line(whistle, about, sight),
        sight.t("Due {at}", at=sight.stamp(notice.due_at)),
        sight.t("Nobody has answered yet; you are called next.") if notice.step > 1 else "",
        sight.t("Please tell the duty room that you have it in hand."),
    ]
    return f"{mark}{number}{said}", "\n".join(line for line in lines if line)


def bundle(titles: Sequence[str], sight: Sight) -> tuple[str, str]:
    """Several unanswered messages to one person as one."""
    title = sight.t("{n} unanswered reminders", n=len(titles))
    return title, "\n".join(f"{n}. {line}" for n, line in enumerate(titles, start=1))
