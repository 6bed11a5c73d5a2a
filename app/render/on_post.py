"""Who is on post under a posture, and what rounds are to keep to then (domain 4.1, 4.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.audience import OnPost
from app.domain.message import N_
from app.domain.posture import Posture
from app.render.audiences import audience_words
from app.render.sight import Sight

ADVICE: Mapping[Posture, str] = {
    Posture.SEASON: N_("One round a day, before 7 in the morning; it goes into the day's log."),
    Posture.BLUE: N_("Two walk together, one of the rounds at night; a report after each round, findings at once."),
    Posture.YELLOW: N_("Two walk together; a report after each round, findings at once."),
    Posture.ORANGE: N_(
        "Two walk together, a driver is on call; a report after each round, and every hour how things stand."
    ),
    Posture.RED: N_(
        "Three or more, from safe ground, as the leader decides; else withdraw and watch from the bridge or by "
        "camera; reports without a break."
    ),
}
"""The rows of domain 4.2: team, safety, reports."""
EXTRA = N_(
    "Extra rounds at dawn, at meals, at the change of shift, at dusk, in wind and rain, and while the water falls."
)
"""The five times, and falling water."""
NAMED = 3
"""Members of one kind who are named; of more, how many."""


def post_words(posts: Sequence[OnPost], sight: Sight) -> str:
    """``到岗：值班员 甲、乙 · 带班领导 丙 · 社区负责人 6 人``; empty where nobody is called to post."""
    return " · ".join(post_parts(posts, sight))


def post_parts(posts: Sequence[OnPost], sight: Sight) -> list[str]:
    """The same part by part, for lines that end between two of them."""
    parts = [_one(post, sight) for post in posts]
    return [sight.t("On post: {who}", who=parts[0]), *parts[1:]] if parts else []


def advice_words(posture: Posture, sight: Sight) -> str:
    """What the rounds keep to under a posture."""
    said = sight.t(ADVICE[posture])
    return said if posture is Posture.SEASON else f"{said}{'' if sight.words.language == 'zh' else ' '}{sight.t(EXTRA)}"


def _one(post: OnPost, sight: Sight) -> str:
    if not post.members:
        who = sight.t("nobody")
    elif len(post.members) > NAMED:
        who = sight.words.tn("{n} person", "{n} people", len(post.members))
    else:
        who = sight.words.listed(tuple(sight.person(code) for code in post.members))
    return f"{audience_words(post.audience, sight)} {who}"
