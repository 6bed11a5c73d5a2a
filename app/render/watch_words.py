"""Notices about rounds, gauges and the posture in words: one sentence, the same on the desk and on a telephone."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from app.domain.flood import spoken
from app.domain.message import N_, Message, Name
from app.domain.notice import Notice
from app.domain.posture import Posture
from app.domain.topics import Audience
from app.domain.watch_topics import WatchTopic
from app.render.audiences import AUDIENCES
from app.render.clock import hm
from app.render.planned import span_words
from app.render.sight import Sight

T = WatchTopic
SENTENCES = {
    T.ROUND_SOON: N_("{what} is due soon, {span}"),
    T.ROUND_START: N_("{what} is due now, {span}, at least {together} together"),
    T.ROUND_LATE: N_("nobody has begun {what}, due {span}"),
    T.ROUND_MISSED: N_("{what} was missed, due {span}"),
    T.ROUND_UNFINISHED: N_("{what} is incomplete, due {span}; missing: {missing}"),
    T.ROUND_TO_END: N_("everything is answered on {what} {number}, and nobody has ended it: are {team} back?"),
    T.ROUND_TOO_FEW: N_(
        "night has begun and {what} {number} is walked by {team} only: {together} go together, send somebody"
    ),
    T.CHECK_IN: N_("no word from {team} on {what} {number}: call them"),
    T.LEVEL_CROSSED: N_("{gauge}: {metres} m, {crossed}"),
    T.WATER_FALLING: N_("{gauge}: the water falls, {metres} m: banks may slump, walk another round in twos"),
    T.POSTURE: N_("flood posture {after}, before {before}{rounds}; on post: {posts}"),
    T.MAY_LOWER: N_("nothing holds the flood posture up any more: lower {before} to {after}?"),
}
CROSSED = {
    ("guard", "up"): N_("above the guard level"),
    ("warning", "up"): N_("above the warning level"),
    ("guarantee", "up"): N_("above the guarantee level"),
    ("guard", "down"): N_("back below the guard level"),
    ("warning", "down"): N_("back below the warning level"),
    ("guarantee", "down"): N_("back below the guarantee level"),
}
"""By level and turn."""
MOST_NAMED = 6
"""Points that a sentence names."""


def watch_sentence(notice: Notice, sight: Sight) -> str:
    """What a notice that belongs to no case says."""
    told: dict[str, Any] = json.loads(notice.detail) if notice.detail else {}
    params = {
        "what": _what(told, notice, sight), "span": _span(told, sight), "together": told.get("together", 1),
        "missing": _missing(told, sight), "number": _number(told, sight),
        "team": sight.words.listed(tuple(sight.person(code) for code in told.get("team", ()))),
        "gauge": _named(told.get("gauge"), sight), "metres": told.get("metres", ""),
        "crossed": _crossed(told, sight),
        "before": _posture(told.get("before"), sight), "after": _posture(told.get("after"), sight),
        "rounds": _every(told.get("rounds"), sight),
        "posts": sight.words.listed(tuple(sight.t(AUDIENCES[Audience(post)]) for post in told.get("posts", ())))
        or sight.glyphs.dash,
    }  # fmt: skip
    return sight.t(SENTENCES[T(notice.topic)], **params)


def _posture(code: Any, sight: Sight) -> str:
    """A posture in one word."""
    if not code:
        return ""
    said = spoken(Posture(code))
    return sight.say(said) if isinstance(said, Message) else sight.words.enum(said)


def _every(minutes: Any, sight: Sight) -> str:
    """How often rounds are walked under it, as part of a sentence."""
    return sight.t(", rounds every {span}", span=span_words(timedelta(minutes=minutes), sight)) if minutes else ""


def _crossed(told: dict[str, Any], sight: Sight) -> str:
    """Which level, which way."""
    msgid = CROSSED.get((str(told.get("level")), str(told.get("turn"))))
    return sight.t(msgid) if msgid else ""


def _what(told: dict[str, Any], notice: Notice, sight: Sight) -> str:
    """The round by its route, or by its checklist and grid."""
    route = _named(told.get("route"), sight)
    name = _named(told.get("name"), sight)
    return f"{name} {route}".strip() if route else f"{name} {sight.short(notice.grid)}".strip()


def _span(told: dict[str, Any], sight: Sight) -> str:
    if "opens" not in told:
        return ""
    opens, closes = datetime.fromisoformat(told["opens"]), datetime.fromisoformat(told["closes"])
    return f"{sight.stamp(opens)}–{hm(closes, sight.zone)}"


def _missing(told: dict[str, Any], sight: Sight) -> str:
    points = told.get("missing", ())
    named = tuple(f"{one['n']} {_named(one, sight)}" for one in points[:MOST_NAMED])
    more = (sight.t("{n} points more", n=len(points) - MOST_NAMED),) if len(points) > MOST_NAMED else ()
    return sight.words.listed((*named, *more))


def _number(told: dict[str, Any], sight: Sight) -> str:
    from app.render.rounds import spoken

    return spoken(str(told["number"]), sight) if "number" in told else ""


def _named(told: Any, sight: Sight) -> str:
    return sight.words.name(Name(told.get("zh", ""), told.get("en", ""))) if isinstance(told, dict) else ""
