"""`wangge tick`: one round of the duty clock, for cron and for looking into it (design 3)."""

from __future__ import annotations

from collections.abc import Iterator

from app.cli.session import Answer, Session
from app.cli.tongue import N_
from app.domain.errors import StoreTrouble, Trouble
from app.domain.events import Json
from app.domain.message import Message
from app.engine.duty_clock import Round
from app.engine.sending import Posted


def run(session: Session, arguments: list[str]) -> Answer:
    """Do what is due, send what waits, say what it came to."""
    from app.bootstrap import duty_clock, sending

    session.parser(
        "wangge tick", N_("One round of the duty clock: fires what is due and sends what waits.")
    ).parse_args(arguments)
    house = session.house
    if house.read_only:
        raise StoreTrouble(Message(house.read_only), Trouble.READ_ONLY)
    clock = duty_clock(house, "tick")
    done = clock.tick()
    posted = sending(house, clock.owner).round()
    clock.leave()
    following = clock.next_street()
    document: dict[str, Json] = {
        "at": session.shaper.instant(done.at), "fired": done.fired, "escalated": done.stepped, "rang": done.rang,
        "sent": posted.sent, "failed": posted.failed, "later": posted.later,
        "lost": [str(one) for one in done.lost], "troubles": dict[str, Json](done.troubles),
        "next": session.shaper.instant(following) if following else None,
    }  # fmt: skip
    return Answer(document, lambda: _lines(session, done, posted))


def _lines(session: Session, done: Round, posted: Posted) -> Iterator[str]:
    t = session.words.t
    yield t("{fired} due, {rang} reminders, {stepped} called next; {sent} sent, {failed} not sent.",
            fired=done.fired, rang=done.rang, stepped=done.stepped, sent=posted.sent, failed=posted.failed)  # fmt: skip
    if done.lost:
        yield t("{n} cases have lost their next instant.", n=len(done.lost))
    for module, error in done.troubles.items():
        yield t("{module} ended with {error}.", module=module, error=error)
