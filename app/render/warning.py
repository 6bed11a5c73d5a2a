"""A warning whole, in every language it came in; and what came of each file of an import, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.flood import Signal
from app.domain.message import N_, Message
from app.domain.posture import Posture
from app.domain.warning import Alert, Info
from app.render.flood import also_words, event_words, signal_cells, signal_state, signal_words
from app.render.sight import Sight
from app.render.table import columns

NO_END = N_("it names no end: taken to hold until {at}")
"""Said of a message that would hold for ever."""
MOST_TROUBLES = 20
"""Reasons that are listed of one file; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came of one message of a file."""

    alert: Alert
    signal: Signal | None
    known: bool
    """It was recorded already."""
    ended: tuple[Signal, ...] = ()
    endless: bool = False
    """It names no end."""
    told: tuple[Message, ...] = ()
    """What the desk should know of it."""


def file_lines(sight: Sight, file: str, came: Sequence[Came], troubles: Sequence[Message]) -> Iterator[str]:
    """A file of an import: each of its messages, and why it or some of them were skipped."""
    glyphs = sight.glyphs
    for trouble in troubles[:MOST_TROUBLES]:
        yield f"{glyphs.failed} {file}: {sight.say(trouble)}"
    if len(troubles) > MOST_TROUBLES:
        yield f"{glyphs.failed} {file}: {sight.t('and {n} more messages are skipped', n=len(troubles) - MOST_TROUBLES)}"
    for each in came:
        one = each.signal
        if one is None:
            continue
        words = [signal_words(one, sight) or each.alert.identifier, sight.words.name(one.issuer),
                 sight.stamp(one.sent), signal_state(one, sight)]  # fmt: skip
        if one.also:
            words.insert(1, sight.t("also {what}", what=also_words(one, sight)))
        if each.known:
            words.append(sight.t("recorded already"))
        words += [sight.t("ends {what}", what=signal_words(gone, sight)) for gone in each.ended]
        yield f"{glyphs.done} {file}: {' · '.join(word for word in words if word)}"
        for note in (*each.alert.notes, *each.told):
            yield f"    {sight.say(note)}"
        if one.in_force(sight.now) and each.endless:
            yield f"    {sight.t(NO_END, at=sight.stamp(one.expires_at))}"


def whole_lines(sight: Sight, one: Signal, alert: Alert | None) -> Iterator[str]:
    """All that is known of a warning."""
    t = sight.t
    yield from columns([signal_cells(one, sight)])
    asks = sight.words.enum(one.colour) if one.colour and one.posture is not Posture.SEASON else ""
    rows = [
        (t("identifier"), one.identifier), (t("number of the signal"), one.number),
        (t("recorded"), sight.stamp(one.recorded_at), sight.person(one.recorded_by)), (t("asks for"), asks),
        (t("reason"), one.reason),
    ]  # fmt: skip
    yield from columns(row for row in rows if row[1])
    if alert is None:
        return
    yield from columns(
        row for row in (
            (t("sender"), alert.sender), (t("status"), sight.words.enum(alert.status)),
            (t("type"), sight.words.enum(alert.msg_type)),
            (t("refers to"), sight.words.listed(tuple(ref.identifier for ref in alert.references))),
        ) if row[1]
    )  # fmt: skip
    for note in alert.notes:
        yield f"  {sight.say(note)}"
    for info in alert.infos:
        yield ""
        yield from _info_lines(sight, info, event_words(one, sight))


def _info_lines(sight: Sight, info: Info, event: str) -> Iterator[str]:
    t = sight.t
    yield f"[{info.language or info.tongue}] {info.headline or info.event or event}"
    steps = " · ".join(filter(None, (info.event, info.urgency, info.severity, info.certainty, info.type_code)))
    rows = [
        (t("kind"), steps), (t("issuer"), info.sender_name), (t("effective"), sight.stamp(info.effective)),
        (t("onset"), sight.stamp(info.onset)), (t("expires"), sight.stamp(info.expires)),
    ]  # fmt: skip
    rows += [(t("area"), area.desc + _shapes(sight, len(area.polygons), len(area.circles))) for area in info.areas[:20]]
    rows += [(name, value) for name, value in info.parameters[:20]]
    yield from columns(row for row in rows if row[1])
    for text in (info.description, info.instruction):
        yield from text.splitlines()


def _shapes(sight: Sight, polygons: int, circles: int) -> str:
    said = [sight.words.tn("{n} polygon", "{n} polygons", polygons) if polygons else "",
            sight.words.tn("{n} circle", "{n} circles", circles) if circles else ""]  # fmt: skip
    kept = [one for one in said if one]
    return f" ({', '.join(kept)})" if kept else ""
