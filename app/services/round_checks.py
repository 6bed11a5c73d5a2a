"""What a call about a round is refused for, and the sentences that name what is missing (behaviours 16)."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.checklist import Question
from app.domain.errors import BadInput, IllegalMove, NotFound
from app.domain.message import Message, Name
from app.domain.patrol_book import PatrolBook
from app.domain.round import Round, RoundState, Walk
from app.domain.route import Point
from app.domain.street_index import StreetIndex

NAMED = 6
"""So many questions of a point, and so many points, a sentence names."""


def walk_along(book: PatrolBook, template: str, route: str, grid: str, street: StreetIndex) -> Walk:
    """What is asked where; BadInput where there is no such checklist or route."""
    if template not in book.templates:
        raise BadInput(Message("There is no checklist {id}.", {"id": template}), "template")
    walk = book.walk(template, route, street.label(grid))
    if walk is None:
        raise BadInput(Message("There is no route {id}.", {"id": route}), "route")
    return walk


def able_to_walk(team: Sequence[str], street: StreetIndex) -> None:
    """Refuse a team that is nobody, unknown, or no longer active."""
    if not team:
        raise BadInput(Message("{what} is missing.", {"what": Message("Who walks")}), "team")
    for code in team:
        if code not in street.members:
            raise NotFound(Message("There is no member {code}.", {"code": code}))
        if not street.members[code].active:
            raise BadInput(Message("{who} works here no more: name who walks.", {"who": street.label(code)}), "team")


def still_under_way(found: Round) -> None:
    """Refuse what comes after its end."""
    if found.state is not RoundState.UNDER_WAY:
        raise IllegalMove(Message("The round is over since {at}.", {"at": found.ended_at}))


def named_missing(missing: Sequence[tuple[Point, Question]]) -> tuple[Message, ...]:
    """The points by name with what is missing at each; how many points more."""
    points: dict[int, list[Question]] = {}
    names = {point.number: point.name for point, _ in missing}
    for point, question in missing:
        points.setdefault(point.number, []).append(question)
    told = [Message("{n} {point} ({questions})", {"n": number, "point": names[number], "questions": _listed(left)})
            for number, left in points.items()]  # fmt: skip
    return tuple(told[:NAMED]) + ((Message("{n} points more", {"n": len(told) - NAMED}),) if len(told) > NAMED else ())


def _listed(left: Sequence[Question]) -> tuple[Name, ...] | Message:
    if len(left) > NAMED:
        return Message("{n} questions", {"n": len(left)})
    return tuple(one.short for one in left)
