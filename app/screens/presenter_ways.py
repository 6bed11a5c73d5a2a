"""What the keys do while the briefing is held, page by page."""

from __future__ import annotations

from app.domain.message import N_
from app.render.meeting import CLOSING, PRESENT
from app.render.ways import Way

NEXT = Way("Space", N_("next"), N_("The next page; →, PgDn and Enter do the same."))
BEFORE = Way("←", N_("page back"), N_("The page before; PgUp does the same."))
LEAVE = Way("Esc", N_("leave"), N_("Leaves it; started again, it goes on at this page, and so does the time."))
NOTE = Way("F2", N_("write down"), N_("Notes what is said on this page; so does just typing it."))
ATTEND = Way("F4", N_("attendance"), N_("Who is there and who is not, who chairs, who takes the notes."))
ITEM = Way("F5", N_("action item"), N_("Who does what by when."))
SIGN = Way("F6", N_("sign it"), N_("Freezes the briefing as it is shown, after asking."))
POINT = Way("Tab", N_("number"), N_("Points at the numbers of the page, one after the other; Enter opens the list."))
OPEN = Way("Enter", N_("open the list"), N_("The list that the number counts."))
SHUT = Way("Enter/Esc", N_("back to the page"), N_("Back to the page from which the list was opened."))
JUMP = Way(
    "1–9", N_("section"), N_("To a section by its number; 0 = who is there, Home = the first page, End = the last."),
    edge=False,
)  # fmt: skip


def page_ways(place: str, *, opened: bool, pointed: bool, signed: bool = False) -> tuple[Way, ...]:
    """The keys of a page, the most wanted first; ``opened`` = of a list, ``pointed`` = something is pointed at.

    Of a ``signed`` one only what is added to it."""
    if opened:
        return SHUT, NEXT, BEFORE, LEAVE
    first = (OPEN, NEXT, BEFORE) if pointed else (NEXT, BEFORE)
    own: tuple[Way, ...] = {PRESENT: (ATTEND, NOTE, ITEM, SIGN), CLOSING: (SIGN, NOTE, ITEM, ATTEND)}.get(
        place, (NOTE, ITEM, ATTEND, SIGN)
    )
    if signed:
        own = (NOTE, ITEM)
    return (*first, own[0], LEAVE, POINT, *own[1:], JUMP)
