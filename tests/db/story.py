"""Hand-made histories of cases: facts one by one, folded by the product's own rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import UUID, uuid5

from app.domain.dues import Due
from app.domain.events import Event, EventKind, Json, assignment_stream, whistle_stream
from app.domain.fold import rebuild
from app.domain.org import Role, Street
from app.domain.policy import Policy
from app.domain.whistle import Case, WhistleState
from app.samples import sample_text
from app.services.org_file import read_org_toml
from app.services.policy_file import read_policy

START = datetime(2020, 7, 2, 15, 53, tzinfo=UTC)
"""23:53 of the night, street time."""
SPACE = UUID("5f0c1d0e-0000-4000-8000-000000000000")
A, B, C = "utilities_center", "emergency_bureau", "enforcement_brigade"

K = EventKind


@cache
def policy() -> Policy:
    """The default policy as version 1."""
    return read_policy(sample_text("policy.toml"), version=1)


@cache
def street() -> Street:
    """The sample street."""
    return read_org_toml(sample_text("jifeng.toml"), "jifeng.toml")


@dataclass(slots=True)
class Story:
    """One case as it goes; every fact comes a minute after the one before."""

    name: str
    grid: str = "JF-SH-G01"
    kind: str = "emergency"
    place: str = "shuanghe_bridge"
    matter: str = ""
    source_number: str = ""
    number: str = "W-20200702-01"
    start: datetime = START
    events: list[Event] = field(default_factory=list)

    @property
    def id(self) -> UUID:
        """The case's id, the same in every run."""
        return uuid5(SPACE, self.name)

    def tell(
        self, kind: EventKind, payload: Mapping[str, Json] | None = None, *, words: Mapping[str, str] | None = None,
        corrects: UUID | None = None, role: Role = Role.DUTY_OFFICER,
    ) -> Event:  # fmt: skip
        """Add a fact on the case's stream, or on an assignment's when the payload names one."""
        payload = payload or {}
        stream = whistle_stream(self.id)
        if "department" in payload and "nth" in payload:
            nth = payload["nth"]
            assert isinstance(nth, int)
            stream = assignment_stream(self.id, str(payload["department"]), nth)
        n = len(self.events)
        id_ = uuid5(self.id, f"event {n}")
        at = self.start + timedelta(minutes=n)
        event = Event(
            id=id_, stream=stream, stream_version=1 + sum(e.stream == stream for e in self.events), kind=kind,
            payload=payload, actor="JF-ZB1", role=role, occurred_at=at, recorded_at=at + timedelta(seconds=30),
            words=words or {}, words_id=uuid5(id_, "words") if words else None, corrects=corrects,
            whistle_id=self.id, station="desk-1",
        )  # fmt: skip
        self.events.append(event)
        return event

    def facts(self, **more: Json) -> dict[str, Json]:
        """The payload of a draft or a whistle."""
        return {
            "kind": self.kind, "severity": "critical", "grid": self.grid, "community": "JF-SH", "place": self.place,
            "matter": self.matter, "source": "patrol", "source_number": self.source_number, "policy": 1, **more,
        }  # fmt: skip

    def draft(self) -> Story:
        """Saved as a draft."""
        self.tell(K.DRAFTED, self.facts(), words={"title": f"井盖冲开 {self.name}", "place_text": "双河大桥旁"})
        return self

    def blow(self, *, approval: bool = False) -> Story:
        """Blown, waiting for approval or open at once."""
        words = {"title": f"井盖冲开 {self.name}", "place_text": "双河大桥旁", "caller": "群众"}
        self.tell(K.BLOWN, self.facts(approval=approval, number=self.number), words=words)
        return self

    def dispatch(self, *codes: str, nth: int = 1) -> Story:
        """Departments are whistled for, the first as lead."""
        departments: list[Json] = [
            {"code": code, "role": "assist" if n else "lead", "nth": nth} for n, code in enumerate(codes)
        ]
        self.tell(K.DISPATCHED, {"departments": departments})
        return self

    def on(self, kind: EventKind, department: str, nth: int = 1, **more: Json) -> Story:
        """A fact about one department."""
        self.tell(kind, {"department": department, "nth": nth, **more}, words={"note": f"{kind} {department}"})
        return self

    def work(self, *codes: str, nth: int = 1) -> Story:
        """Departments hear, come and finish."""
        for code in codes:
            self.on(K.ACKNOWLEDGED, code, nth).on(K.EN_ROUTE, code, nth).on(K.REPORTED_IN, code, nth)
            self.on(K.WORK_NOTED, code, nth).on(K.DONE, code, nth)
        return self

    def then(self, kind: EventKind, **payload: Json) -> Story:
        """A fact about the case itself."""
        self.tell(kind, payload)
        return self

    def told(self) -> tuple[Case, tuple[Due, ...]]:
        """The case and its dues after all facts."""
        return rebuild(self.events, lambda _: policy())

    def steps(self) -> list[tuple[Event, Case, tuple[Due, ...]]]:
        """Each fact with the case and dues right after it."""
        return [(event, *rebuild(self.events[: n + 1], lambda _: policy())) for n, event in enumerate(self.events)]

    def later(self, days: int) -> str:
        """An instant some days after the start, as payloads write it."""
        return (self.start + timedelta(days=days)).isoformat()


def closed(story: Story) -> Story:
    """Blown, worked on by two departments, checked and closed."""
    return story.blow().dispatch(A, B).work(A, B).then(K.CHECKED, passed=True, departments=[])


def _returned(story: Story) -> Story:
    story.blow().dispatch(A, B).on(K.RETURN_REQUESTED, A)
    request = story.events[-1].id
    story.on(K.RETURN_DECIDED, A, request=request.hex, granted=True, to=C, to_nth=1)
    story.on(K.EXTENSION_REQUESTED, B, until=story.later(2))
    return story.on(K.EXTENSION_DECIDED, B, request=story.events[-1].id.hex, granted=True)


def _undone(story: Story) -> Story:
    story.blow().dispatch(A, B)
    story.tell(K.UNDONE, corrects=story.events[-1].id)
    return story.dispatch(B, C)


def _suspension_asked(story: Story) -> Story:
    story.blow().dispatch(A).then(K.SUSPENSION_REQUESTED, until=story.later(3))
    return story.then(K.SUSPENSION_DECIDED, request=story.events[-1].id.hex, granted=True)


def _quiet(story: Story) -> Story:
    story.blow().dispatch(A, B).on(K.ACKNOWLEDGED, A).on(K.WENT_QUIET, A).on(K.NO_SHOW, B)
    return story.on(K.RELEASED, B).then(K.MADE_SAFE).then(K.DUPLICATE_REPORTED)


STORIES: dict[str, tuple[WhistleState, Callable[[Story], Story]]] = {
    "draft": (WhistleState.DRAFT, lambda s: s.draft()),
    "blown": (WhistleState.PENDING_APPROVAL, lambda s: s.blow(approval=True)),
    "rejected": (WhistleState.REJECTED, lambda s: s.blow(approval=True).then(K.REJECTED)),
    "revised": (WhistleState.DRAFT, lambda s: s.blow(approval=True).then(K.REJECTED).then(K.REVISED)),
    "approved": (WhistleState.OPEN, lambda s: s.blow(approval=True).then(K.APPROVED, level="street")),
    "raised": (WhistleState.OPEN, lambda s: s.blow().then(K.LEVEL_SKIPPED, to="zone")),
    "summoned": (WhistleState.OPEN, lambda s: s.blow().dispatch(A, B, C).on(K.ACKNOWLEDGED, A)),
    "coming": (WhistleState.OPEN, lambda s: s.blow().dispatch(A, B).on(K.EN_ROUTE, A).on(K.REPORTED_IN, B)),
    "quiet": (WhistleState.OPEN, _quiet),
    "returned": (WhistleState.OPEN, _returned),
    "undone": (WhistleState.OPEN, _undone),
    "consulting": (WhistleState.CONSULTING, lambda s: s.blow().then(K.CONSULTATION_STARTED)),
    "suspended": (WhistleState.SUSPENDED, lambda s: s.blow().dispatch(A).then(K.SUSPENDED, until=s.later(9))),
    "suspension asked": (WhistleState.SUSPENDED, _suspension_asked),
    "resumed": (WhistleState.OPEN, lambda s: s.blow().then(K.SUSPENDED, until=s.later(9)).then(K.RESUMED)),
    "done": (WhistleState.AWAITING_CHECK, lambda s: s.blow().dispatch(A, B).work(A, B)),
    "failed check": (
        WhistleState.OPEN,
        lambda s: s.blow().dispatch(A).work(A).then(K.CHECKED, passed=False, departments=[A]),
    ),
    "closed": (WhistleState.CLOSED, closed),
    "rated": (WhistleState.RATED, lambda s: closed(s).then(K.RATED, score=4, default=False).then(K.COUNTERSIGNED)),
    "reopened": (WhistleState.REOPENED, lambda s: closed(s).then(K.REOPENED, episode=2)),
    "second episode": (
        WhistleState.OPEN, lambda s: closed(s).then(K.REOPENED, episode=2).dispatch(A, nth=2).on(K.EN_ROUTE, A, 2)),
    "withdrawn": (WhistleState.WITHDRAWN, lambda s: s.blow().then(K.WITHDRAWN)),
    "merged": (WhistleState.MERGED, lambda s: s.blow().then(K.JOINED, into=uuid5(SPACE, "into").hex)),
}  # fmt: skip


def story(name: str, number: str = "W-20200702-01") -> Story:
    """One of the stories, told to its end."""
    return STORIES[name][1](Story(name, number=number))
