"""Finding among a million closed cases against ten thousand: search as it is typed, and pages of the archive."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from app.bootstrap import open_house
from app.domain.whistle import ENDED_STATES
from app.services.house import House
from app.services.ports import ArchiveQuery, archive_key
from app.settings import load_settings
from benchmarks.big_street import NOW, NoRoom, Size, lend
from benchmarks.harness import Figure, NeverSeen, paired_ratio

NAME = "find"
MILLION, TEN_THOUSAND, HUNDRED = Size(1_000_000), Size(10_000), Size(4, 96)
SEARCHES = {
    "one character": "树",
    "two characters": "井盖",
    "a place and a word": "溶江 路灯",
    "initials": "jgbc",
    "the number of a case": f"{NOW:%m%d}-07",
    "nothing found": "飞碟",
}
PAGE = 200


def run(quick: bool) -> list[Figure]:
    """Both through the services that the desk uses; `quick` holds ten thousand against a hundred, as a trial."""
    pairs = 5 if quick else 21
    try:
        big, small = (lend(size) for size in ((TEN_THOUSAND, HUNDRED) if quick else (MILLION, TEN_THOUSAND)))
    except NoRoom as trouble:
        raise NeverSeen(str(trouble)) from trouble
    many, few = (open_house(load_settings(database=str(path)), station="bench") for path in (big, small))
    promise = None if quick else 2.0
    try:
        figures = [
            Figure(f"search, {name}", paired_ratio(_search(many, typed), _search(few, typed), pairs), "×", promise)
            for name, typed in SEARCHES.items()
        ]
        turn = paired_ratio(_pages(many), _pages(few), pairs)
        back = paired_ratio(_from_the_middle(many), _from_the_middle(few), pairs)
        counts = paired_ratio(_timed(many.finding.archive_counts), _timed(few.finding.archive_counts), pairs)
    finally:
        many.close()
        few.close()
    return [
        *figures,
        Figure("page turn from the newest", turn, "×", promise),
        Figure("page turn far below", back, "×", promise),
        Figure("counts above the list", counts, "×"),
    ]


def _timed(work: Callable[[], object]) -> Callable[[], float]:
    """Seconds that a call takes."""

    def taken() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return taken


def _search(house: House, typed: str) -> Callable[[], float]:
    """What the desk asks while somebody types: cases on the board, and how many others."""

    def look() -> None:
        house.finding.on_board(typed)
        house.finding.archive_count(ArchiveQuery(), typed)

    return _timed(look)


def _pages(house: House) -> Callable[[], float]:
    """The second page, by the key of the first one's last case."""
    first = house.finding.archive(ArchiveQuery(ENDED_STATES, limit=PAGE))
    query = ArchiveQuery(ENDED_STATES, after=archive_key(first.rows[-1].whistle), limit=PAGE)
    return _timed(lambda: house.finding.archive(query))


def _from_the_middle(house: House) -> Callable[[], float]:
    """A page after and one before a case in the middle of all that ever were."""
    first = house.finding.archive(ArchiveQuery(ENDED_STATES, limit=1))
    middle = replace(archive_key(first.rows[0].whistle), left_at=first.rows[0].whistle.created_at.replace(year=2016))
    below = ArchiveQuery(ENDED_STATES, after=middle, limit=PAGE)
    above = ArchiveQuery(ENDED_STATES, before=middle, limit=PAGE)

    def turn() -> None:
        house.finding.archive(below)
        house.finding.archive(above)

    return _timed(turn)
