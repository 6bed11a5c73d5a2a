"""Which whistle a finding of a round became: its own, or an open case that it joined (behaviours 17)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from app.domain.events import Event
from app.domain.finding import joined_sources, source_number
from app.domain.round import Item, Round, ever_problems
from app.domain.whistle import BOARD_STATES, Whistle
from app.services.ports import Reads

_SOURCE = re.compile(r"(?P<round>R-\d{8}-\d{2,})/(?P<point>\d{1,4})/(?P<question>.+)")


def finding_of_source(reads: Reads, source: str) -> tuple[UUID, Item] | None:
    """The round and the question that a whistle's source number names; None when it is no finding's."""
    found = _SOURCE.fullmatch(source)
    round_id = reads.rounds.by_number(found["round"]) if found else None
    return (round_id, (int(found["point"]), found["question"])) if found and round_id else None


def whistles_of_round(reads: Reads, found: Round, events: Sequence[Event]) -> Mapping[Item, Whistle]:
    """The whistle of each finding, also of one that is in order by now: the open one, else the latest."""
    became = {item: whistle_of(reads, found, item) for item in ever_problems(events)}
    return {item: whistle for item, whistle in became.items() if whistle is not None}


def whistle_of(reads: Reads, found: Round, item: Item) -> Whistle | None:
    """The whistle that one finding of a round became: the open one, else the latest; None while it became none."""
    source = source_number(found, item)
    cases = [*reads.by_source_number(source), *_joined(reads, found.links.get(item), source)]
    if not cases:
        return None
    return _now(reads, max(cases, key=lambda one: (one.state in BOARD_STATES, one.created_at)))


def _joined(reads: Reads, whistle_id: UUID | None, source: str) -> Iterator[Whistle]:
    """The case that the finding joined, unless that was taken back there."""
    whistle = _whistle(reads, whistle_id)
    if whistle is not None and source in joined_sources(reads.events_of(whistle.id)):
        yield whistle


def _now(reads: Reads, whistle: Whistle) -> Whistle:
    """The case that a merged one went on in."""
    seen = {whistle.id}
    while (into := _whistle(reads, whistle.merged_into)) is not None and into.id not in seen:
        seen.add(into.id)
        whistle = into
    return whistle


def _whistle(reads: Reads, whistle_id: UUID | None) -> Whistle | None:
    case = reads.case(whistle_id) if whistle_id is not None else None
    return case.whistle if case is not None else None
