"""A warning whole, in every language it came in; and what came of each file of an import, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.flood import Signal
from app.domain.message import N_, Message
from app.domain.posture import Posture
from app.domain.warning import Alert, Area, Info, Resource
from app.render.cap_words import cap_word
from app.render.flood import also_words, event_words, signal_cells, signal_state, signal_words
from app.render.sight import Sight
from app.render.table import columns

NO_END = N_("it names no end: taken to hold until {at}")
"""Said of a message that would hold for ever."""
LONGEST_SIZE = 12
"""Digits of a number of bytes that is read as one."""
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
        notes = [sight.say(note) for note in (*each.alert.notes, *each.told)]
        if one.in_force(sight.now) and each.endless:
            notes.append(sight.t(NO_END, at=sight.stamp(one.expires_at)))
        yield from (f"  {glyphs.normal} {note}" for note in notes)


def hidden_lines(sight: Sight, hidden: int) -> Iterator[str]:
    """That hidden files of a folder were not read."""
    if hidden:
        yield sight.words.tn("{n} hidden file was left out", "{n} hidden files were left out", hidden)


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
    yield from columns(row for row in _message_rows(sight, alert) if row[1])
    for note in alert.notes:
        yield f"  {sight.glyphs.normal} {sight.say(note)}"
    for info in alert.infos:
        yield ""
        yield from _info_lines(sight, info, event_words(one, sight))


def _message_rows(sight: Sight, alert: Alert) -> Iterator[tuple[str, str]]:
    t, listed = sight.t, sight.words.listed
    yield t("sender"), alert.sender
    yield t("made by"), alert.source
    yield t("status"), sight.words.enum(alert.status)
    yield t("type"), sight.words.enum(alert.msg_type)
    yield (
        t("meant for"),
        _joined(cap_word("scope", alert.scope, sight.words), alert.restriction, listed(alert.addresses)),
    )
    yield t("refers to"), listed(tuple(ref.identifier for ref in alert.references))
    yield t("belongs to"), listed(alert.incidents)
    yield t("handling code"), listed(alert.codes)
    yield t("remark"), " ".join(alert.note.split())
    yield from alert.more


def _info_lines(sight: Sight, info: Info, event: str) -> Iterator[str]:
    yield f"[{info.language or info.tongue}] {info.headline or info.event or event}"
    yield from columns(row for row in _info_rows(sight, info) if row[1])
    for text in (info.description, info.instruction):
        yield from text.splitlines()


def _info_rows(sight: Sight, info: Info) -> Iterator[tuple[str, str]]:
    t, words = sight.t, sight.words

    def coded(kind: str, *texts: str) -> list[str]:
        return [cap_word(kind, text, words) for text in texts if text]

    steps = coded("urgency", info.urgency) + coded("severity", info.severity) + coded("certainty", info.certainty)
    yield t("kind"), _joined(info.event, *steps, info.type_code)
    yield t("category"), words.listed(tuple(coded("category", *info.category)))
    yield t("to be done"), words.listed(tuple(coded("response", *info.response_types)))
    yield t("issuer"), info.sender_name
    for label, at in ((t("effective"), info.effective), (t("onset"), info.onset), (t("expires"), info.expires)):
        yield label, sight.stamp(at)
    yield t("audience"), info.audience
    yield t("contact"), info.contact
    yield t("web"), info.web
    for area in info.areas:
        yield t("area"), _area_words(sight, area)
    for name, value in (*info.event_codes, *info.parameters):
        yield name or t("code"), value
    for one in info.resources:
        yield t("attached"), _joined(one.desc, one.mime, one.uri, _size(sight, one))
    yield from info.more


def _joined(*texts: str) -> str:
    return " · ".join(text for text in texts if text)


def _size(sight: Sight, one: Resource) -> str:
    if one.size.isdecimal() and one.size.isascii() and len(one.size) < LONGEST_SIZE:
        return sight.words.tn("{n} byte", "{n} bytes", int(one.size))
    return sight.t("within the message") if one.within and not one.size else one.size


def _area_words(sight: Sight, area: Area) -> str:
    t, tn = sight.t, sight.words.tn
    said = [tn("{n} polygon", "{n} polygons", len(area.polygons)) if area.polygons else "",
            tn("{n} circle", "{n} circles", len(area.circles)) if area.circles else "",
            *(_joined(*pair) for pair in (*area.geocodes, *area.more))]  # fmt: skip
    if area.altitude or area.ceiling:
        said.append(t("height {low}–{high} ft", low=area.altitude or "0", high=area.ceiling or "…"))
    kept = tuple(one for one in said if one)
    return t("{area} ({what})", area=area.desc, what=kept) if kept else area.desc
