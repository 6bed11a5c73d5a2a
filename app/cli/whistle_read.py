"""`wangge whistle list|show|timeline`, and the case that a number means. Nobody needs to say who asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from app.cli.case_shape import case_document, row_document, timeline_document
from app.cli.case_text import NO_CASE, case_lines, case_name, page_lines, timeline_lines
from app.cli.parser import listed
from app.cli.people import grid_code
from app.cli.session import Answer, Session
from app.cli.tongue import N_
from app.domain.errors import BadInput, NotFound
from app.domain.events import Json
from app.domain.message import Message
from app.domain.whistle import BOARD_STATES, WhistleState
from app.services.ports import BoardPage, BoardQuery

READS = {
    "list": N_("open cases, the most pressing first; ended ones by --state"),
    "show": N_("one case: facts, departments, timeline"),
    "timeline": N_("what happened in one case"),
}
CASE = N_("number of the case (W-20200702-01, 0702-01), beginning of its id, or `draft` for the only draft")
THE_DRAFT = ("draft", "草稿")
DRAFTS = BoardQuery(states=frozenset({WhistleState.DRAFT}), limit=9)
MOST = 1000
"""Cases that one list shows at most."""
MOST_DAYS = 366
"""Days that one list looks back at most."""


def find_case(session: Session, number: str) -> UUID:
    """The case behind a number, the beginning of an id, or ``draft`` when there is just one."""
    if number.strip().casefold() not in THE_DRAFT:
        return session.house.whistles.find(number)
    with session.house.store.read() as reads:
        drafts = reads.board(DRAFTS).rows
    if len(drafts) == 1:
        return drafts[0].whistle.id
    if not drafts:
        raise NotFound(Message("There is no draft."))
    ids = tuple(case_name(row.whistle) for row in drafts)
    raise BadInput(Message("{text} fits several: {choices}. Say which.", {"text": number, "choices": ids}), "number")


def list_cases(session: Session, arguments: list[str]) -> Answer:
    """Open cases in the board's order, then those that ended lately, the newest first."""
    parser = session.parser("wangge whistle list", READS["list"])
    parser.several("state", N_("only cases in this state; closed, rated, rejected, withdrawn, merged too"), "STATE[,…]")
    parser.several("grid", N_("only cases of this grid"), "GRID[,…]")
    parser.text("days", N_("how many days back to look for cases that have ended; without it: 7"), "N")
    parser.text("limit", N_("how many at most"), "N")
    options = parser.parse_args(arguments)
    states = frozenset(_state(text) for text in listed(options.state))
    grids = frozenset(grid_code(session.street, text) for text in listed(options.grid))
    limit = _number(options.limit, MOST, "limit") or BoardQuery().limit
    days = _number(options.days, MOST_DAYS, "days")
    if days and states <= BOARD_STATES:
        raise BadInput(Message("--days is for cases that have ended: name their states with --state."), "days")
    page = BoardPage((), 0, more=False)
    if not states or states & BOARD_STATES:
        with session.house.store.read() as reads:
            page = reads.board(BoardQuery(grids, states & BOARD_STATES, limit=limit))
    if states - BOARD_STATES:
        recent = session.house.desk.recent(timedelta(days=days)) if days else session.house.desk.recent()
        ended = [row for row in recent if row.whistle.state in states and (not grids or row.whistle.grid in grids)]
        rows = (*page.rows, *ended)
        page = replace(page, rows=rows[:limit], more=page.more or len(rows) > limit)
    document: dict[str, Json] = {
        "now": session.shaper.instant(session.now),
        "cases": [row_document(session, row) for row in page.rows],
        "unreadable": page.unreadable,
        "more": page.more,
    }
    nothing = NO_CASE if states <= BOARD_STATES else N_("No case in these states.")
    return Answer(document, lambda: page_lines(session.sight, page, nothing))


def show_case(session: Session, name: str, arguments: list[str]) -> Answer:
    """One case, whole or its timeline alone."""
    parser = session.parser(f"wangge whistle {name}", READS[name])
    parser.operand("number", CASE)
    options = parser.parse_args(arguments)
    file = session.house.whistles.file(find_case(session, options.number))
    if name == "show":
        return Answer(case_document(session, file), lambda: case_lines(session.sight, file))
    whistle = file.case.whistle
    document: dict[str, Json] = {
        "id": str(whistle.id),
        "number": whistle.number,
        "state": whistle.state.value,
        "timeline": timeline_document(session, file),
    }
    return Answer(document, lambda: timeline_lines(session.sight, file))


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
