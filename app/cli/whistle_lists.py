"""`wangge whistle list|find`: open cases, ended ones page by page, and those that fit some words."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from app.cli.case_shape import row_document
from app.cli.case_text import NO_CASE, board_lines, page_lines
from app.cli.parser import Parser, listed
from app.cli.people import grid_code
from app.cli.session import Answer, Session
from app.cli.tongue import N_
from app.cli.whistle_read import READS, find_case
from app.domain.errors import BadInput
from app.domain.events import Json
from app.domain.message import Message
from app.domain.whistle import BOARD_STATES, ENDED_STATES, WhistleState
from app.render.case_page import case_name
from app.services.ports import ArchivePage, ArchiveQuery, BoardPage, BoardQuery, SearchResult, archive_key

MOST = 1000
"""Cases that one list shows at most."""
MOST_DAYS = 36_500
"""Days that one list looks back at most."""
LATELY = 7
"""Days that a list of ended cases looks back when nothing else is said."""
NOTHING = ArchivePage((), None, None, earlier=False, later=False)


def list_cases(session: Session, arguments: list[str]) -> Answer:
    """Open cases in the board's order, then those that ended, the newest first and on from ``--after``."""
    parser = session.parser("wangge whistle list", READS["list"])
    _filters(parser)
    parser.text("days", N_("how many days back to look for cases that have ended; without it: 7"), "N")
    parser.text("after", N_("ended cases older than this one: the next page"), "NUMBER")
    options = parser.parse_args(arguments)
    wanted = _wanted(session, options)
    limit = wanted.limit or BoardQuery().limit
    days = _number(options.days, MOST_DAYS, "days")
    for given, field in ((days, "days"), (options.after, "after")):
        if given and wanted.states <= BOARD_STATES:
            raise BadInput(
                Message("--{option} is for cases that have ended: name their states with --state.", {"option": field}),
                field,
            )
    board, ended = BoardPage((), 0, more=False), NOTHING
    if (not wanted.states or wanted.states & BOARD_STATES) and not options.after:
        with session.house.store.read() as reads:
            board = reads.board(BoardQuery(wanted.grids, wanted.states & BOARD_STATES, limit=limit))
    if wanted.states & ENDED_STATES:
        ended = _ended(session, wanted, options.after, days, limit - len(board.rows))
    page = BoardPage((*board.rows, *ended.rows), board.unreadable + ended.unreadable, board.more or ended.earlier)
    following = case_name(ended.rows[-1].whistle) if ended.rows and ended.earlier else ""
    document: dict[str, Json] = {
        "now": session.shaper.instant(session.now),
        "cases": [row_document(session, row) for row in page.rows],
        "unreadable": page.unreadable,
        "more": page.more,
        "next": following,
    }
    return Answer(document, lambda: _page(session, page, board, ended, following))


def find_cases(session: Session, arguments: list[str]) -> Answer:
    """The newest cases in which every word is found, open and ended ones alike."""
    parser = session.parser("wangge whistle find", READS["find"])
    parser.operands("words", N_("words that must all be found; pinyin initials, numbers and names of departments too"))
    _filters(parser)
    options = parser.parse_args(arguments)
    wanted = _wanted(session, options)
    found = session.house.finding.search(
        " ".join(options.words), limit=wanted.limit or 50, states=wanted.states, grids=wanted.grids
    )
    document: dict[str, Json] = {
        "now": session.shaper.instant(session.now),
        "cases": [row_document(session, row) for row in found.rows],
        "count": found.count,
        "many": found.many,
    }
    return Answer(document, lambda: _found(session, found))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which cases, and how many; no limit given = 0."""

    states: frozenset[WhistleState]
    grids: frozenset[str]
    limit: int


def _filters(parser: Parser) -> None:
    parser.several("state", N_("only cases in this state; closed, rated, rejected, withdrawn, merged too"), "STATE[,…]")
    parser.several("grid", N_("only cases of this grid"), "GRID[,…]")
    parser.text("limit", N_("how many at most"), "N")


def _wanted(session: Session, options: Namespace) -> _Wanted:
    return _Wanted(
        frozenset(_state(text) for text in listed(options.state)),
        frozenset(grid_code(session.street, text) for text in listed(options.grid)),
        _number(options.limit, MOST, "limit"),
    )


def _ended(session: Session, wanted: _Wanted, after: str, days: int, room: int) -> ArchivePage:
    """A page of ended cases. Without ``days`` a first page shows those of late and knows whether there are older ones.

    ``room`` of 0 asks only whether there are any.
    """
    finding = session.house.finding
    query = ArchiveQuery(wanted.states, wanted.grids, limit=max(room, 1))
    if days or not after:
        query = replace(query, since=session.now - timedelta(days=days or LATELY))
    if after:
        with session.house.store.read() as reads:
            row = reads.row(find_case(session, after))
        if row is None or row.whistle.state in BOARD_STATES:
            raise BadInput(Message("{text} is no case that has ended.", {"text": after}), "after")
        query = replace(query, after=archive_key(row.whistle))
    page = finding.archive(query)
    if room == 0:
        return replace(page, rows=(), earlier=bool(page.rows))
    if days or page.earlier:
        return page
    older = finding.archive(replace(query, since=None, after=page.last or query.after, limit=1))
    return replace(page, earlier=bool(older.rows))


def _page(session: Session, page: BoardPage, board: BoardPage, ended: ArchivePage, following: str) -> Iterator[str]:
    nothing = N_("No case in these states.") if ended is not NOTHING else NO_CASE
    yield from page_lines(session.sight, replace(page, more=board.more), nothing)
    if following:
        yield session.tongue.t("There are older ones; `--after {number}` lists them.", number=following)
    elif ended.earlier and not board.more:
        yield session.tongue.t("There are older ones; `--days N` looks further back.")


def _found(session: Session, found: SearchResult) -> Iterator[str]:
    yield from board_lines(session.sight, found.rows, N_("No case fits."))
    if found.many:
        yield session.tongue.t("More than {n} cases fit; the newest are shown.", n=found.count)
    elif found.count > len(found.rows):
        yield session.tongue.t("{n} cases fit; the newest are shown.", n=found.count)


def _state(text: str) -> WhistleState:
    wanted = text.replace("-", "_").casefold()
    for state in WhistleState:
        if state.value == wanted:
            return state
    raise BadInput(Message("{text} is no state of a case: {choices}.",
                           {"text": text, "choices": tuple(one.value for one in WhistleState)}), "state")  # fmt: skip


def _number(text: str, most: int, field: str) -> int:
    """A whole number from 1 on; 0 when none is given."""
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= most):
        raise BadInput(Message("{text} is no number from 1 to {most}.", {"text": text, "most": most}), field)
    return int(text)
