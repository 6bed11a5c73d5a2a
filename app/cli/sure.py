"""`--sure`: a gauge's reading that looks like a slip is recorded when it is said once more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.cli.parser import Parser
from app.cli.tongue import N_
from app.domain.errors import BadInput
from app.domain.gauge_doubt import Doubtful
from app.domain.message import Message


def sure_option(parser: Parser) -> None:
    """The switch."""
    parser.switch("sure", N_("record it although it is far from the readings before"))


@contextmanager
def asked_about() -> Iterator[None]:
    """What is doubted is refused with what to type where it is right."""
    try:
        yield
    except Doubtful as doubted:
        raise BadInput(Message("{doubt} If it is, add --sure.", {"doubt": doubted.message}), "sure") from doubted
