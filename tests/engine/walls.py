"""A street whose rules ask for one round a night past eight walls, and a posture that a test sets."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from app.domain.actor import Channel
from app.domain.checklist import Answer, Verdict
from app.domain.events import EventKind
from app.domain.notice import Notice
from app.domain.planned_round import PlannedRound
from app.domain.posture import Posture
from app.domain.round_file import RoundFile, RoundLine
from app.domain.round_plan import Guard
from app.domain.watch_topics import WatchTopic
from app.samples.script import ZONE, local
from app.services.ports import Reads
from app.services.rounds import Told
from tests.engine.watch import Watch
from tests.services.room import new_request
from tests.unit.cases import ADMIN, GRID, MEMBER, MEMBER_B, OFFICER

FINE = Answer(Verdict.OK)
EIGHT = "eight"
POINTS = ", ".join(f'{{ zh = "墙{n}", en = "Wall {n}" }}' for n in range(1, 9))
RULES = f"""
[times]
soon = "10 min"
[check_in]
orange = "20 min"
[[templates]]
id = "walls"
zh = "看墙"
en = "Walls"
questions = [{{ id = "wall", kind = "state", zh = "墙", en = "wall", calls = ["墙"] }}]
[[routes]]
id = "eight"
zh = "八处墙"
en = "Eight walls"
grid = "JF-SH-G01"
points = [{POINTS}]
[[plans]]
id = "nightly"
zh = "夜间看墙"
en = "Walls at night"
template = "walls"
route = "eight"
windows = ["21:00-22:20"]
every = {{ yellow = "3 h", orange = "1 h" }}
team = {{ orange = 4 }}
"""


class House:
    """A watch whose street has rules of its own, and a posture that a test sets."""

    def __init__(self, watch: Watch, rules: str = RULES) -> None:
        self.watch, self.room = watch, watch.room
        self.guard = Guard()
        self.room.house.planner.guard = self._guard
        self.room.house.patrol_rules.load(rules, self.room.actor(ADMIN), new_request())

    def _guard(self, _reads: Reads, _now: datetime) -> Guard:
        return self.guard

    def raised(self, posture: Posture) -> None:
        self.guard = Guard(posture, self.watch.now)

    def told(self, by: str = MEMBER, at: datetime | None = None) -> Told:
        return Told(self.room.actor(OFFICER), new_request(), by, Channel.RADIO, at)

    def begin(self, *team: str, **how: object) -> RoundFile:
        return self.room.house.rounds.start(
            self.told(), "walls", GRID, team or (MEMBER, MEMBER_B), route=EIGHT, **how)  # type: ignore[arg-type]  # fmt: skip

    def walk(self, file: RoundFile, *points: int) -> RoundFile:
        return self.room.house.rounds.answer(self.told(), file.round.id, {(n, "wall"): FINE for n in points})

    def planned(self) -> list[PlannedRound]:
        with self.room.house.store.read() as reads:
            return list(reads.rounds.planned_between(local("2020-07-01 00:00"), local("2020-08-01 00:00")))

    def states(self) -> dict[str, str]:
        """State by the local time at which the window opens."""
        return {f"{one.opens.astimezone(ZONE):%d %H:%M}": one.state.value for one in self.planned()}

    def told_topics(self) -> Counter[str]:
        """How often each topic was told, whatever became of it."""
        with self.room.house.store.read() as reads:
            events = reads.events_since(0, 10**6)
        return Counter(str(one.payload["topic"]) for one in events if one.kind is EventKind.REMINDED)

    def line(self, file: RoundFile) -> RoundLine:
        """Where a round stands now."""
        with self.room.house.store.read() as reads:
            line = reads.rounds.line(file.round.id)
        assert line is not None
        return line

    def live(self, topic: WatchTopic) -> list[Notice]:
        """What nobody has answered of a topic."""
        return [one.notice for one in self.watch.notices.live() if one.notice.topic == topic]
