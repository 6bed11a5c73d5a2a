"""Who is on post under the posture in force: the shift, and the roster widened as the rules have it (domain 4.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.audience import Around, OnPost, people
from app.services.holding import on_duty

if TYPE_CHECKING:
    from app.services.house import House


def on_post(house: House) -> tuple[OnPost, ...]:
    """Those of every laxer posture first; empty in season, and where the street has no rules of its own."""
    with house.store.read() as reads:
        book = house.planner.book(reads)
        posts = book.posts(reads.posture().posture) if book is not None else ()
        shift = on_duty(reads, house.clock.now())
    around = Around(house.streets.current(), shift, everywhere=True)
    return tuple(OnPost(audience, people(audience, around)) for audience in posts)
