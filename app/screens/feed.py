"""Reads the street on a lane whenever something changed: one read at a time, the newest wish wins."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from app.domain.errors import NotFound, StoreTrouble, Trouble
from app.screens.seat import Found, Fresh, LogWish, Wanted

if TYPE_CHECKING:
    from app.domain.briefing_file import BriefingFile
    from app.domain.patrol_row import PatrolRow
    from app.domain.street_map import StreetMap
    from app.screens.archive_window import ArchiveAnswer, ArchiveWish
    from app.services.desk import DeskView
    from app.services.duty_view import DutyView
    from app.services.house import House
    from app.services.lanes import Lanes
    from app.services.rounds_view import RoundsView
    from app.services.shift_log import LogPage
    from app.services.water_view import WaterView

T = TypeVar("T")

SLOW = 0.8
"""Seconds after which the person is told that reading takes long; the promise is one second."""


FIRST, MOST = 200, 20_000
"""Open cases read for the first picture, and once it is seen that there are more."""


class Feed:
    """Asked from anywhere on the event loop; a wish during a read is served by one more read, however many wishes."""

    def __init__(self, house: House, lanes: Lanes, wanted: Callable[[], Wanted], show: Callable[[Fresh], None],
                 slow: Callable[[], None]) -> None:  # fmt: skip
        self._house = house
        self._lanes = lanes
        self._wanted = wanted
        self._show = show
        self._slow = slow
        self._whole = False
        self._lists = False
        self._detail = False
        self._running = False
        self._limit = FIRST
        self._known: DeskView | None = None
        """The last picture: the next one reads only the cases that changed since."""

    def ask(self, *, whole: bool = True, lists: bool = False) -> bool:
        """Note a wish: everything, the lists that are searched or paged, or only the case under the cursor.

        True when ``serve`` must be started.
        """
        self._whole |= whole
        self._lists |= whole or lists
        self._detail = True
        started, self._running = self._running, True
        return not started

    async def serve(self) -> None:
        """Read until no wish is left; what went stale meanwhile is not shown."""
        try:
            while self._whole or self._detail:
                whole, lists = self._whole, self._lists
                self._whole = self._lists = self._detail = False
                wanted = self._wanted()
                wanted = wanted if lists else replace(wanted, needle="", archive=None, log=None, briefing=None)
                reading = self._lanes.run(read, self._house, wanted, whole, self._limit, self._known)
                fresh = await patiently(reading, self._slow)
                self._known = fresh.view or self._known
                if wanted.selected != self._wanted().selected:
                    self._detail = True
                    if not lists:
                        continue
                self._show(fresh)
                if fresh.view is not None and fresh.view.board.more and self._limit < MOST:
                    self._limit, self._whole = MOST, True
        finally:
            self._running = False


async def patiently(call: Coroutine[Any, Any, T], slow: Callable[[], None]) -> T:
    """Wait for a call; say so once when it takes long."""
    task = asyncio.ensure_future(call)
    done, _ = await asyncio.wait([task], timeout=SLOW)
    if not done:
        slow()
    return await task


def read(house: House, wanted: Wanted, whole: bool, limit: int = FIRST, known: DeskView | None = None) -> Fresh:
    """Everything a screen wants, on a lane. A case that is gone is simply not there."""
    from app.services.ports import BoardQuery

    desk = house.desk
    if whole:
        house.clock.refresh()
    file = damage = None
    if wanted.selected is not None:
        try:
            file = house.whistles.file(wanted.selected)
        except NotFound:
            file = None
        except StoreTrouble as error:
            if error.trouble is not Trouble.DAMAGED:
                raise
            damage = error.message  # one spoiled case must not keep the board from being read
    return Fresh(
        view=desk.view(BoardQuery(limit=limit), known, first=known is None) if whole else None,
        selected=wanted.selected,
        file=file,
        damage=damage,
        upcoming=desk.upcoming(named=house.round_plans.named) if whole and wanted.upcoming else None,
        duty=_duty(house, wanted) if whole and known is not None else None,
        found=_found(house, wanted) if wanted.needle else None,
        archive=_page(house, wanted.archive) if wanted.archive is not None else None,
        rounds=_rounds(house, wanted) if wanted.rounds else None,
        street_map=_map(house) if whole and wanted.street_map else None,
        walks=_walks(house) if whole and wanted.walks else None,
        water=_water(house, *wanted.water) if whole and wanted.water is not None else None,
        log=_log(house, wanted.log) if wanted.log is not None else None,
        briefing=_briefing(house, wanted) if whole and wanted.briefing is not None else None,
    )


def _map(house: House) -> StreetMap | None:
    """A map that is spoiled is none: the list of grids stands in, and ``org map show`` says what is wrong."""
    try:
        return house.maps.current()
    except StoreTrouble as error:
        if error.trouble is not Trouble.DAMAGED:
            raise
        return None


def _duty(house: House, wanted: Wanted) -> DutyView:
    from app.services.duty_view import duty_view

    return duty_view(house, whole=wanted.reminders)


def _walks(house: House) -> tuple[PatrolRow, ...]:
    from app.services.rounds_view import patrol_rows

    return patrol_rows(house)


def _water(house: House, gauge: str, hours: int) -> WaterView:
    from app.services.water_view import water_view

    return water_view(house, gauge, hours)


def _briefing(house: House, wanted: Wanted) -> BriefingFile:
    briefings = house.briefings
    unit = wanted.briefing or briefings.street()
    return briefings.draft(unit) if wanted.briefing_next else briefings.of_today(unit)


def _log(house: House, wish: LogWish) -> LogPage:
    """The stretch, or the shift beside it; where there is none the stretch itself."""
    page = house.log.page(since=wish.since, until=wish.until)
    return (house.log.beside(page, wish.step) or page) if wish.step else page


def _rounds(house: House, wanted: Wanted) -> RoundsView:
    from app.services.rounds_view import rounds_view

    return rounds_view(house, wanted.round_id)


def _found(house: House, wanted: Wanted) -> Found:
    from app.services.ports import ArchiveQuery

    finding = house.finding
    return Found(wanted.needle, finding.on_board(wanted.needle), finding.archive_count(ArchiveQuery(), wanted.needle))


def _page(house: House, wish: ArchiveWish) -> ArchiveAnswer:
    from app.screens.archive_window import ArchiveAnswer

    frame, finding = wish.frame, house.finding
    page = finding.archive(wish.query, frame.needle, frame.narrowed)
    return ArchiveAnswer(wish, page, finding.archive_counts())
