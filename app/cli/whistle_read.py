"""`wangge whistle show|timeline`, and the case that a number means. Nobody needs to say who asks."""

from __future__ import annotations

from uuid import UUID

from app.cli.case_shape import case_document, timeline_document
from app.cli.case_text import case_lines
from app.cli.session import Answer, Session
from app.cli.tongue import N_
from app.domain.errors import BadInput, NotFound
from app.domain.events import Json
from app.domain.message import Message
from app.domain.whistle import WhistleState
from app.render.case_page import case_name, timeline_lines
from app.services.ports import BoardQuery

READS = {
    "list": N_("open cases, the most pressing first; ended ones by --state"),
    "find": N_("cases in which every word is found, the newest first"),
    "show": N_("one case: facts, departments, timeline"),
    "timeline": N_("what happened in one case"),
}
CASE = N_("number of the case (W-20200702-01, 0702-01), beginning of its id, or `draft` for the only draft")
THE_DRAFT = ("draft", "草稿")
DRAFTS = BoardQuery(states=frozenset({WhistleState.DRAFT}), limit=9)


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
