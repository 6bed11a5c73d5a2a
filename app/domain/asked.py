"""The requests of a case as they are read: who asked for what and why, who decided it and why (domain 2.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.domain.effective import effective
from app.domain.events import NO_WORDS, Event
from app.domain.whistle import Case, Request, RequestState

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request with what was typed for it and against it."""

    request: Request
    department: str
    """Code of the department it is about; empty when it is about the whole case."""
    texts: Texts
    decision_texts: Texts
    to: str
    """Code of the department sent instead, when a return was upheld."""

    @property
    def pending(self) -> bool:
        """Nobody has decided it yet."""
        return self.request.state is RequestState.PENDING

    @property
    def lapsed(self) -> bool:
        """Nobody decided it: the turn of events did, by somebody who came on site or closed the case."""
        return not self.pending and self.request.decision_words_id is None and not self.decision_texts


def asked(case: Case, words: Mapping[UUID, Texts], events: Sequence[Event]) -> tuple[Asked, ...]:
    """The requests of a case, undecided ones first, then in the order they were made."""
    departments = {a.id: a.department for a in case.assignments}
    sent = {e.payload.get("request"): e.payload.get("to") for e in effective(events) if "request" in e.payload}
    found = []
    for request in sorted(case.requests, key=lambda one: (one.state is not RequestState.PENDING, one.requested_at)):
        to = sent.get(request.id.hex)
        found.append(
            Asked(
                request,
                departments.get(request.assignment_id, "") if request.assignment_id else "",
                words.get(request.words_id, NO_WORDS) if request.words_id else NO_WORDS,
                words.get(request.decision_words_id, NO_WORDS) if request.decision_words_id else NO_WORDS,
                to if isinstance(to, str) else "",
            )
        )
    return tuple(found)
