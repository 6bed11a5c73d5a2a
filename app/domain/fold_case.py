"""What happens to the case as a whole, folded into the whistle (domain 2.7)."""

from __future__ import annotations

from uuid import UUID

from app.domain.clocks import Pause
from app.domain.events import Event, EventKind
from app.domain.fold_departments import sent_back
from app.domain.folding import Folding, instant, text
from app.domain.org import UnitLevel
from app.domain.policy import WhistleKind
from app.domain.whistle import AssignmentRole, Precision, Severity, Source, Whistle, WhistleState


def _facts(f: Folding, event: Event, state: WhistleState) -> None:
    """The codes of the ask-list; an event without them changes the state only."""
    if "kind" not in event.payload:
        f.change(state=state)
        return
    p = event.payload
    policy_version = p["policy"]
    if not isinstance(policy_version, int) or event.whistle_id is None:
        raise ValueError("facts without policy version or case")
    facts: dict[str, object] = {
        "kind": WhistleKind(text(p["kind"])),
        "severity": Severity(text(p["severity"])),
        "grid": text(p["grid"]),
        "community": text(p["community"]),
        "place": text(p.get("place")),
        "matter": text(p.get("matter")),
        "source": Source(text(p["source"])),
        "source_number": text(p.get("source_number")),
        "occurred_at": instant(p.get("occurred_at")) or event.occurred_at,
        "occurred_precision": Precision(text(p.get("precision"), "exact")),
        "policy_version": policy_version,
    }
    if event.words_id is not None:
        facts["words_id"] = event.words_id
    if f.begun:
        f.change(state=state, **facts)
    else:
        f.begin(
            Whistle(
                id=event.whistle_id,
                state=state,
                version=0,
                blower=event.on_behalf_of or event.actor,
                owner=event.actor,
                created_at=event.recorded_at,
                **facts,  # type: ignore[arg-type]
            )
        )


def drafted(f: Folding, event: Event) -> None:
    """– → draft."""
    _facts(f, event, WhistleState.DRAFT)


def revised(f: Folding, event: Event) -> None:
    """The facts were changed; the state stays, but a rejected case is a draft again.

    A case that waits for approval and turns out to be an emergency waits no longer (decisions 12).
    """
    state = f.whistle.state
    _facts(f, event, WhistleState.DRAFT if state is WhistleState.REJECTED else state)
    f.change(ended_at=None)
    if event.payload.get("approval") is False:
        _start_at_once(f, event)


def blown(f: Folding, event: Event) -> None:
    """– or draft → pending_approval, or straight to open for kinds without approval (decisions 12)."""
    _facts(f, event, WhistleState.PENDING_APPROVAL)
    f.change(
        number=f.whistle.number or text(event.payload["number"]),
        blower=event.on_behalf_of or event.actor,
        submitted_at=event.occurred_at,
        level=UnitLevel.GRID,
        ended_at=None,
    )
    if event.payload["approval"] is False:
        _start_at_once(f, event)


def _start_at_once(f: Folding, event: Event) -> None:
    """Community and street know at once; reviewed at the next briefing instead of approved."""
    f.change(state=WhistleState.OPEN, opened_at=event.occurred_at, level=UnitLevel.STREET, review_flag=True)


def approved(f: Folding, event: Event) -> None:
    """pending_approval → open; the whistle's clock starts here."""
    f.change(state=WhistleState.OPEN, opened_at=event.occurred_at, level=UnitLevel(text(event.payload["level"])))


def ended(f: Folding, event: Event) -> None:
    """Rejected, withdrawn or joined into another case."""
    ends = {
        EventKind.REJECTED: WhistleState.REJECTED,
        EventKind.WITHDRAWN: WhistleState.WITHDRAWN,
        EventKind.JOINED: WhistleState.MERGED,
    }
    into = text(event.payload.get("into"))
    f.change(state=ends[event.kind], ended_at=event.occurred_at, merged_into=UUID(into) if into else None)


def levelled(f: Folding, event: Event) -> None:
    """One level up, or a level skipped with a reason."""
    skipped = event.kind is EventKind.LEVEL_SKIPPED
    f.change(level=UnitLevel(text(event.payload["to"])), skipped_level=skipped or f.whistle.skipped_level)


def made_safe(f: Folding, event: Event) -> None:
    """Nobody can be hurt any more: stops the made-safe clock (decisions 14)."""
    first = f.whistle.made_safe_at
    f.change(made_safe_at=min(first, event.occurred_at) if first else event.occurred_at)


def checked(f: Folding, event: Event) -> None:
    """Checked on the spot: passed closes the case, failed sends departments back (behaviours 4)."""
    if event.payload["passed"] is True:
        f.change(state=WhistleState.CLOSED, closed_at=event.occurred_at)
    else:
        sent_back(f, event)


def rated(f: Folding, event: Event) -> None:
    """The blower's score; the system's default is flagged."""
    score = event.payload["score"]
    if not isinstance(score, int):
        raise ValueError("score is a number")
    f.change(
        state=WhistleState.RATED, rated_at=event.occurred_at, score=score,
        score_by_default=event.payload.get("default") is True,
    )  # fmt: skip


def countersigned(f: Folding, event: Event) -> None:
    """The community stands behind the rating."""
    f.change(countersigned_by=event.on_behalf_of or event.actor)


def reopened(f: Folding, event: Event) -> None:
    """A new episode with fresh clocks; the old assignments stay as they were (behaviours 4)."""
    f.set_limits()
    f.pauses.clear()
    f.change(
        state=WhistleState.REOPENED, episode=f.whistle.episode + 1, opened_at=event.occurred_at,
        dispatched_at=None, made_safe_at=None, awaiting_check_at=None, closed_at=None, rated_at=None,
        score=None, score_by_default=False, countersigned_by="", extended_until=None, consulted_at=None,
    )  # fmt: skip


def suspended(f: Folding, event: Event) -> None:
    """挂账: the clock stops until the case is resumed."""
    f.change(
        state=WhistleState.SUSPENDED,
        suspended_at=event.occurred_at,
        review_at=instant(event.payload["until"]),
        consulting_at=None,
    )


def resumed(f: Folding, event: Event) -> None:
    """The clock runs on; the pause is history, and what was granted until an instant moves by it (behaviours 14)."""
    started = f.whistle.suspended_at
    if started is not None and event.occurred_at > started:
        pause = Pause(started, event.occurred_at)
        f.pauses.append(pause)
        _move_extensions(f, pause)
    f.change(state=WhistleState.OPEN, suspended_at=None, review_at=None)


def _move_extensions(f: Folding, pause: Pause) -> None:
    until = f.whistle.extended_until
    if until and until > pause.from_:
        f.change(extended_until=until + (pause.until - pause.from_))
    for a in f.case().episode_assignments():
        if a.extended_until and a.extended_until > pause.from_:
            f.change_assignment(a.id, extended_until=a.extended_until + (pause.until - pause.from_))


def consulting(f: Folding, event: Event) -> None:
    """open → consulting."""
    f.change(state=WhistleState.CONSULTING, consulting_at=event.occurred_at)


def concluded(f: Folding, event: Event) -> None:
    """The consultation's record: lead and deadline as it decided; the case is open again."""
    f.change(state=WhistleState.OPEN, consulting_at=None, consulted_at=event.occurred_at)
    until = instant(event.payload.get("until"))
    if until:
        f.change(extended_until=until)
    lead = f.case().current(text(event.payload.get("lead")))
    if lead is not None and not lead.finished:
        f.demote_leads()
        f.change_assignment(lead.id, role=AssignmentRole.LEAD)


def duplicated(f: Folding, _event: Event) -> None:
    """The same report came again (behaviours 8)."""
    f.change(duplicate_count=f.whistle.duplicate_count + 1)


def plan_applied(f: Folding, event: Event) -> None:
    """The case takes the current policy from here (behaviours 7)."""
    version = event.payload["policy"]
    if isinstance(version, int):
        f.change(policy_version=version)


def handed_over(f: Folding, event: Event) -> None:
    """The shift handed over: whoever took the desk owns the case (behaviours 26)."""
    f.change(owner=text(event.payload["owner"]))
