"""What departments do, folded into their assignments: four facts with four times (behaviours 2, domain 2.7)."""

from __future__ import annotations

from app.domain.events import Event
from app.domain.folding import Folding, text
from app.domain.whistle import AssignmentRole, AssignmentState


def dispatched(f: Folding, event: Event) -> None:
    """Departments are summoned: one assignment each, clocks from here (decisions 18)."""
    departments = event.payload["departments"]
    if not isinstance(departments, list):
        raise ValueError("departments is a list")
    for entry in departments:
        if isinstance(entry, dict) and isinstance(entry["nth"], int):
            f.summon(text(entry["code"]), entry["nth"], AssignmentRole(text(entry["role"])), event.occurred_at)
    f.change(dispatched_at=f.whistle.dispatched_at or event.occurred_at)


def acknowledged(f: Folding, event: Event) -> None:
    """签收: the department has heard."""
    f.change_assignment(f.mine(event).id, state=AssignmentState.ACKNOWLEDGED, acknowledged_at=event.occurred_at)


def en_route(f: Folding, event: Event) -> None:
    """On the way; who never acknowledged has by setting out."""
    mine = f.mine(event)
    f.change_assignment(
        mine.id,
        state=AssignmentState.EN_ROUTE,
        en_route_at=event.occurred_at,
        acknowledged_at=mine.acknowledged_at or event.occurred_at,
    )


def reported_in(f: Folding, event: Event) -> None:
    """报到: a named person is on site; who never acknowledged has by coming."""
    mine = f.mine(event)
    f.change_assignment(
        mine.id,
        state=AssignmentState.REPORTED_IN,
        reported_in_at=event.occurred_at,
        report_in_words_id=event.words_id,
        acknowledged_at=mine.acknowledged_at or event.occurred_at,
        needs_attention=False,
    )


def work_noted(f: Folding, event: Event) -> None:
    """Feedback by or for a department; made on site it means they are working (decisions 18)."""
    mine = f.mine(event)
    changes: dict[str, object] = {
        "last_feedback_at": max(event.occurred_at, mine.last_feedback_at or event.occurred_at),
        "feedback_count": mine.feedback_count + 1,
        "needs_attention": False,
    }
    came = mine.reported_in_at
    if mine.state is AssignmentState.REPORTED_IN and came is not None and event.occurred_at >= came:
        changes |= {"state": AssignmentState.WORKING, "working_at": event.occurred_at}
    f.change_assignment(mine.id, **changes)


def done(f: Folding, event: Event) -> None:
    """办结: the department says it is done; that is not yet closed."""
    mine = f.mine(event)
    f.change_assignment(mine.id, state=AssignmentState.DONE, done_at=event.occurred_at, needs_attention=False)


def released(f: Folding, event: Event) -> None:
    """The dispatcher takes a department back."""
    f.change_assignment(f.mine(event).id, state=AssignmentState.RELEASED, released_at=event.occurred_at)


def no_show(f: Folding, event: Event) -> None:
    """Written once by the duty clock; changes no state (decisions 13)."""
    f.change_assignment(f.mine(event).id, no_show_at=event.occurred_at)


def went_quiet(f: Folding, event: Event) -> None:
    """Acknowledged but quiet: marked, the state stays (decisions 15)."""
    f.change_assignment(f.mine(event).id, needs_attention=True)


def sent_back(f: Folding, event: Event) -> None:
    """A failed check: the named departments work on (behaviours 4); feedback counts from here."""
    again = event.payload["departments"]
    f.change(rework_count=f.whistle.rework_count + 1)
    case = f.case()
    for department in again if isinstance(again, list) else ():
        a = case.current(text(department))
        if a is not None and a.state is AssignmentState.DONE:
            f.change_assignment(
                a.id, state=AssignmentState.WORKING, done_at=None, rework_count=a.rework_count + 1,
                working_at=a.working_at or event.occurred_at, last_feedback_at=event.occurred_at,
            )  # fmt: skip
