"""The flood as lines of text: the header's second line, signals, response levels, who is to leave (design 4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from rich.cells import cell_len

from app.domain.flood import EvacuationCount, FloodView, Household, Part, Response, Signal, spoken
from app.domain.hazard import RAISES, Hazard
from app.domain.message import Message
from app.domain.posture import Posture
from app.domain.text import mask_phone
from app.domain.traditional import simplified
from app.domain.warning import CapStatus, MsgType
from app.render.rows import Cell, Piece, Tone, plain, whole_parts
from app.render.sight import Sight
from app.render.table import columns

TONES: Mapping[Posture, Tone] = {
    Posture.SEASON: Tone.QUIET, Posture.BLUE: Tone.ACCENT, Posture.YELLOW: Tone.SOON, Posture.ORANGE: Tone.SOON,
    Posture.RED: Tone.DANGER,
}  # fmt: skip
DOT = " · "
SHORTER = ("issuer", "rounds", "signal_time", "since", "second")
"""What the header's line gives up where it is too narrow, one after the other."""


# -- the header's second line ------------------------------------------------------------------
def flood_line(view: FloodView, sight: Sight, width: int) -> Cell:
    """``▲ 防汛Ⅳ级 自07-02 18:00 · 暴雨黄色 17:40 州气象台 · 巡河每4小时``; empty in season."""
    if view.posture is Posture.SEASON:
        return ()
    line: Cell = ()
    for given_up in range(len(SHORTER) + 1):
        line = _line(view, sight, frozenset(SHORTER[:given_up]))
        if cell_len(plain(line)) < width:
            return line
    return whole_parts(line, width - 1)


def _line(view: FloodView, sight: Sight, without: frozenset[str]) -> Cell:
    parts = [*_lead(view, sight, without), *_signals(view, sight, without)]
    if view.water is not None:
        parts.append((Piece(sight.t("gauge: {level}", level=view.water), Tone.SOON),))
    if "rounds" not in without and (rounds := rounds_words(view, sight)):
        parts.append((Piece(rounds, Tone.QUIET),))
    pieces: list[Piece] = [Piece(" "), Piece(f"{sight.glyphs.attention} ", TONES[view.posture])]
    for number, part in enumerate(parts):
        pieces += [Piece(DOT, Tone.QUIET)] if number else []
        pieces += part
    return tuple(pieces)


def rounds_words(view: FloodView, sight: Sight) -> str:
    """How often rounds are walked as the street's plans have it; empty where none goes by the posture."""
    if view.every is None:
        return ""
    from app.render.planned import every_words  # no first row needs it

    return sight.t("rounds {often}", often=every_words(view.every, sight))


def _lead(view: FloodView, sight: Sight, without: frozenset[str]) -> list[Cell]:
    """The response level and since when; the posture itself while there is none, or it may be lowered."""
    response, lower = view.response_at(sight.now), view.lower_to(sight.now)
    leads: list[tuple[str, datetime | None]] = []
    if response is None or lower is not None:
        leads.append((sight.t("flood posture {posture}", posture=spoken(view.posture)), view.standing.since))
    if response is not None:
        leads.append((sight.t("flood response {level}", level=response.level), response.begins_at))
    parts: list[Cell] = []
    for text, since in leads:
        when = "" if "since" in without or since is None else " " + sight.t("from {at}", at=sight.stamp(since))
        parts.append((Piece(text, TONES[view.posture]), Piece(when)))
    if lower is not None:
        parts.insert(1, (Piece(sight.t("may be lowered to {posture}", posture=spoken(lower)), Tone.SOON),))
    return parts


def _signals(view: FloodView, sight: Sight, without: frozenset[str]) -> list[Cell]:
    shown = [one for one in view.signals_at(sight.now) if one.posture is not Posture.SEASON]
    most = 1 if "second" in without else 2
    parts: list[Cell] = []
    for one in shown[:most]:
        more = "" if "signal_time" in without else " " + sight.near(one.sent)
        more += "" if "issuer" in without else " " + sight.words.name(one.issuer)
        parts.append((Piece(signal_words(one, sight), TONES[one.posture]), Piece(more)))
    if len(shown) > most and parts:
        parts[-1] = (*parts[-1], Piece(f" +{len(shown) - most}", Tone.QUIET))
    return parts


def signal_words(one: Signal, sight: Sight) -> str:
    """``暴雨黄色``, ``yellow rainstorm``: what it warns of and its colour."""
    event = event_words(one, sight)
    if one.colour is None or sight.words.enum(one.colour).casefold() in simplified(event).casefold():
        return event  # the issuer's own words say it: 暴雨橙色预警信号
    return sight.t("{colour} {event}", colour=one.colour, event=event)


def event_words(one: Signal, sight: Sight) -> str:
    """What it warns of; the kind where the issuer gives a code alone, in English also where he says it in Chinese."""
    unsaid = not one.event.zh or (sight.words.language == "en" and not one.event.en)
    if unsaid and (one.hazard is not Hazard.OTHER or not one.event.zh):
        return sight.words.enum(one.hazard)
    return sight.words.name(one.event)


def also_words(one: Signal, sight: Sight) -> str:
    """What else the message warns of, each in its own colour; empty where it warns of one thing."""
    return sight.words.listed(tuple(_part(part) for part in one.also), sight.now) if one.also else ""


def _part(part: Part) -> Message | Hazard:
    if part.colour is None:
        return part.hazard
    return Message("{colour} {event}", {"colour": part.colour, "event": part.hazard})


# -- lists -------------------------------------------------------------------------------------
def flood_lines(view: FloodView, sight: Sight) -> Iterator[str]:
    """What is in force, line by line."""
    t, standing = sight.t, view.standing
    since = t("from {at}", at=sight.stamp(standing.since)) if standing.since else ""
    posture = t("Flood posture: {posture}", posture=spoken(view.posture))
    yield "  ".join(part for part in (posture, since, rounds_words(view, sight)) if part)
    if view.water is not None:
        yield t("Gauges: {level}", level=view.water)
    yield from columns([level_cells(one, sight) for one in view.responses])
    yield from columns([signal_cells(one, sight) for one in view.signals])
    lower = view.lower_to(sight.now)
    if lower is not None:
        yield t("It may be lowered to {posture}.", posture=spoken(lower))
        for reason in view.over:
            yield f"  {sight.say(reason)}"


def level_cells(one: Response, sight: Sight) -> tuple[str, ...]:
    """A response level of a list."""
    return (
        sight.t("response {level}", level=one.level), one.issuer, one.number,
        _span(one.begins_at, one.until_at, sight), level_state(one, sight), one.reason,
    )  # fmt: skip


def signal_cells(one: Signal, sight: Sight) -> tuple[str, ...]:
    """A warning of a list."""
    name = sight.words.name
    colour = sight.words.enum(one.colour) if one.colour else sight.glyphs.dash
    also = also_words(one, sight)
    event = event_words(one, sight) + (sight.t(" (also {what})", what=also) if also else "")
    return (
        f"#{one.id.hex[:8]}", colour, event, name(one.issuer), sight.stamp(one.sent),
        _span(one.begins_at, one.expires_at, sight), signal_state(one, sight), name(one.area) or name(one.headline),
    )  # fmt: skip


def signal_state(one: Signal, sight: Sight) -> str:
    """Where it stands: in force, run out, replaced, a test; and that it brings no water."""
    if not one.counts:
        if one.status is CapStatus.ACTUAL and one.msg_type in (MsgType.ALERT, MsgType.UPDATE):
            return sight.words.enum(one.aside) if one.aside else sight.t("not for this street, or lifted")
        return sight.words.enum(one.status if one.status is not CapStatus.ACTUAL else one.msg_type)
    state = level_state(one, sight)
    if one.hazard not in RAISES and one.in_force(sight.now):
        state += sight.t(" (no flood)")
    return state


def level_state(one: Signal | Response, sight: Sight) -> str:
    """In force, not yet, run out, or how and when it was ended."""
    if one.ended_as is not None and one.ended_at is not None and one.ended_at <= sight.now:
        return f"{sight.words.enum(one.ended_as)} {sight.stamp(one.ended_at)}"
    if one.over(sight.now):
        return sight.t("run out")
    return sight.t("in force") if one.in_force(sight.now) else sight.t("not yet")


def _span(begins: datetime, ends: datetime | None, sight: Sight) -> str:
    if ends is None:
        return sight.t("from {at}", at=sight.stamp(begins))
    return f"{sight.stamp(begins)} – {sight.stamp(ends)}"


# -- who is to leave ---------------------------------------------------------------------------
def household_cells(one: Household, sight: Sight, *, phones: bool = False) -> tuple[str, ...]:
    """A household of a list; phone numbers in its words are masked unless ``phones``."""
    said, to = (text if phones else mask_phone(text) for text in (one.text, one.to))
    at = one.returned_at or one.left_at or one.answered_at or one.called_at
    who = one.moved_by if one.left_at else one.called_by
    return (
        sight.t("H{number}", number=one.number), sight.short(one.grid), said,
        sight.words.tn("{n} person", "{n} people", one.people) if one.people else "", sight.words.enum(one.state),
        sight.stamp(at), sight.person(who) if who else "",
        sight.words.tn("{n} call", "{n} calls", one.calls) if one.calls else "", to,
    )  # fmt: skip


def count_lines(found: Sequence[EvacuationCount], sight: Sight) -> Iterator[str]:
    """How far each grid is."""
    t = sight.t
    head = (t("Grid"), t("households"), t("people"), t("called"), t("answered"), t("left"), t("no answer"))
    yield from columns((_count_cells(one, sight) for one in found), head)


def _count_cells(one: EvacuationCount, sight: Sight) -> tuple[str, ...]:
    numbers = (one.households, one.people, one.called, one.answered, one.left, one.unreachable)
    return sight.short(one.grid), *map(str, numbers)
