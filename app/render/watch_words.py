"""Notices about rounds, gauges and the posture in words: one sentence, the same on the desk and on a telephone."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from app.domain.message import N_, Name
from app.domain.notice import Notice
from app.domain.watch_topics import WatchTopic
from app.render.clock import hm
from app.render.sight import Sight

T = WatchTopic
SENTENCES = {
    T.ROUND_SOON: N_("{what} is due soon, {span}"),
    T.ROUND_START: N_("{what} is due now, {span}, at least {together} together"),
    T.ROUND_LATE: N_("nobody has begun {what}, due {span}"),
    T.ROUND_MISSED: N_("{what} was missed, due {span}"),
    T.ROUND_UNFINISHED: N_("{what} is incomplete, due {span}; missing: {missing}"),
    T.CHECK_IN: N_("no word from {team} on {what} {number}: call them"),
    T.LEVEL_CROSSED: N_("{gauge}: {metres} m, {crossed}"),
    T.WATER_FALLING: N_("{gauge}: the water falls, {metres} m: banks may slump, walk another round in twos"),
    T.POSTURE: N_("posture now {after}, before {before}: rounds are re-timed; on post: {posts}"),
}
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
        "crossed": sight.t(str(told.get("crossed", ""))) if told.get("crossed") else "",
        "before": sight.t(str(told.get("before", ""))), "after": sight.t(str(told.get("after", ""))),
        "posts": sight.words.listed(tuple(sight.t(post) for post in told.get("posts_said", ()))),
    }  # fmt: skip
    return sight.t(SENTENCES[T(notice.topic)], **params)


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
