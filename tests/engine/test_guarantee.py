"""What happens to a message when its sender dies at each point: the table of the README, row by row (behaviours 21)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.bootstrap import duty_clock, found_house
from app.channels.delivery import Delivery, Failed, Outgoing, Sent
from app.domain.due_phrases import parse_due
from app.domain.errors import BadInput
from app.domain.message import Message
from app.domain.outbox import LEASE, RETRIES, OutboxState, Parcel
from app.engine.sending import FORGOTTEN_AFTER, Sending, Way
from app.samples.script import ScriptClock, local
from app.services.house import House
from app.services.routes import Routes
from tests.services.room import new_request, settings_at
from tests.unit.cases import ADMIN, LEADER, OFFICER, street

S = OutboxState


class Killed(BaseException):
    """The sender ends here, with nothing done after it."""


@dataclass
class Server:
    """Takes messages, or refuses them; remembers every one that reached it."""

    got: list[Outgoing] = field(default_factory=list)
    answers: list[Delivery] = field(default_factory=list)

    def __call__(self, message: Outgoing) -> Delivery:
        self.got.append(message)
        return self.answers.pop(0) if self.answers else Sent()

    @property
    def ids(self) -> list[UUID]:
        return [message.id for message in self.got]


@dataclass
class Street:
    """A street that is no drill, with one reminder due and a channel to the officer."""

    house: House
    clock: ScriptClock
    servers: dict[str, Server] = field(default_factory=lambda: {"群": Server()})

    def due(self, *, urgent: bool, member: str = OFFICER) -> None:
        """A reminder comes now and stands in the outbox."""
        due = parse_due("1分钟后", self.clock.at, self.house.policies.current().calendar)
        assert due is not None
        self.house.reminders.add(
            self.house.duty.actor(OFFICER), "看水位", due, new_request(), member=member, urgent=urgent
        )
        self.clock.at += timedelta(minutes=1)
        duty_clock(self.house, "tick").tick()

    def sender(self, name: str = "desk-1", killed_at: str = "") -> Sending:
        def at(point: str) -> None:
            if point == killed_at:
                raise Killed

        def compose(parcels: Sequence[Parcel]) -> tuple[str, str]:
            return f"{len(parcels)}", "看水位"

        ways: dict[str, Way] = dict(self.servers)
        return Sending(self.house.store, self.house.clock, name, lambda: ways, compose, at)

    def parcels(self) -> tuple[Parcel, ...]:
        with self.house.store.read() as reads:
            return reads.duty.parcels_since(local("2020-01-01 00:00"))

    def states(self) -> list[OutboxState]:
        return [parcel.state for parcel in self.parcels()]

    def later(self, span: timedelta) -> Street:
        self.clock.at += span
        return self


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Street]:
    """The officer is reached by the group; no drill."""
    clock = ScriptClock(local("2020-07-02 23:50"))
    house = found_house(settings_at(tmp_path / "wangge.db"), street=street().street, wall=clock)
    routes = Routes(house.store, house.clock, house.streets)
    routes.choose(house.duty.actor(ADMIN), OFFICER, [("群", False)], new_request())
    yield Street(house, clock)
    house.close()


def dies(act: Callable[[], object]) -> None:
    with pytest.raises(Killed):
        act()


@pytest.mark.parametrize(
    ("point", "urgent", "in_between", "finally_", "arrived"),
    [
        ("", True, S.SENT, S.SENT, 1),
        ("", False, S.SENT, S.SENT, 1),
        ("claimed", True, S.SENDING, S.SENT, 1),
        ("claimed", False, S.SENDING, S.IN_DOUBT, 0),
        ("sending", True, S.SENDING, S.SENT, 1),
        ("sending", False, S.SENDING, S.IN_DOUBT, 0),
        ("sent", True, S.SENDING, S.SENT, 2),
        ("sent", False, S.SENDING, S.IN_DOUBT, 1),
        ("settled", True, S.SENT, S.SENT, 1),
        ("settled", False, S.SENT, S.SENT, 1),
    ],
)
def test_killed_here_this_happens(
    town: Street, point: str, urgent: bool, in_between: OutboxState, finally_: OutboxState, arrived: int
) -> None:
    """Urgent: at least once, under one id. Informational: at most once, and the board says that it is in doubt."""
    town.due(urgent=urgent)
    assert town.states() == [S.PENDING]
    if point:
        dies(town.sender(killed_at=point).round)
    else:
        town.sender().round()
    assert town.states() == [in_between]
    town.later(LEASE - timedelta(seconds=1)).sender("desk-2").round()
    assert town.states() == [in_between], "nobody else takes it while the lease runs"
    town.later(timedelta(seconds=2)).sender("desk-2").round()
    town.later(timedelta(seconds=2)).sender("desk-2").round()
    assert town.states() == [finally_]
    assert len(town.servers["群"].got) == arrived
    assert len(set(town.servers["群"].ids)) <= 1


def test_nothing_is_sent_before_it_is_in_the_database(town: Street) -> None:
    """Who dies before the transaction has left nothing; whoever ticks next does it all."""
    due = parse_due("1分钟后", town.clock.at, town.house.policies.current().calendar)
    assert due is not None
    town.house.reminders.add(town.house.duty.actor(OFFICER), "看水位", due, new_request(), urgent=True)
    town.later(timedelta(minutes=1)).sender().round()
    assert town.states() == []
    duty_clock(town.house, "tick").tick()
    duty_clock(town.house, "watch").tick()
    assert town.states() == [S.PENDING]


def test_a_server_that_fails_is_asked_again_and_then_it_is_red(town: Street) -> None:
    """At 0, 15 and 30 seconds; "sent" is never written before a server has taken it (behaviours 21)."""
    trouble = Failed(Message("The server cannot be reached."), permanent=False)
    town.servers["群"].answers = [trouble, trouble, trouble]
    town.due(urgent=True)
    for tried, wait in enumerate(RETRIES, start=1):
        town.later(wait).sender().round()
        assert len(town.servers["群"].got) == tried
        assert town.states() == [S.FAILED if tried == len(RETRIES) else S.PENDING]
    with town.house.store.read() as reads:
        (failed,) = reads.duty.unsent()
    assert "cannot be reached" in failed.reason
    assert failed.sent_at is None
    town.later(timedelta(hours=1)).sender().round()
    assert len(town.servers["群"].got) == len(RETRIES)


def test_a_refusal_for_good_is_not_tried_again(town: Street) -> None:
    town.servers["群"].answers = [Failed(Message("The address of this channel is not understood."), permanent=True)]
    town.due(urgent=True)
    town.sender().round()
    assert town.states() == [S.FAILED]


def test_when_one_channel_fails_the_next_is_tried_at_once(town: Street) -> None:
    """In the member's order; what got through is sent, once."""
    town.servers["电话"] = Server()
    town.servers["群"].answers = [Failed(Message("The server cannot be reached."), permanent=False)]
    routes = Routes(town.house.store, town.house.clock, town.house.streets)
    routes.choose(town.house.duty.actor(ADMIN), OFFICER, [("群", False), ("电话", True)], new_request())
    town.due(urgent=True)
    town.sender().round()
    (parcel,) = town.parcels()
    assert (parcel.state, parcel.channel) == (S.SENT, "电话")
    assert len(town.servers["电话"].got) == 1


def test_an_informational_one_that_may_have_arrived_is_not_sent_again(town: Street) -> None:
    """The server was reached and did not say: in doubt, at most once."""
    town.servers["群"].answers = [Failed(Message("The server does not answer."), permanent=False, uncertain=True)]
    town.due(urgent=False)
    town.sender().round()
    town.later(timedelta(minutes=2)).sender().round()
    assert town.states() == [S.IN_DOUBT]
    assert len(town.servers["群"].got) == 1


def test_five_unanswered_go_as_one(town: Street) -> None:
    """A storm reaches a person as one message that says how many (throttle with bundles)."""
    for _ in range(5):
        town.due(urgent=True)
    town.sender().round()
    assert [message.title for message in town.servers["群"].got] == ["5"]
    assert town.states() == [S.SENT] * 5
    assert len({parcel.bundle for parcel in town.parcels()}) == 1


def test_a_bundle_that_was_lost_comes_again_under_the_same_id(town: Street) -> None:
    for _ in range(5):
        town.due(urgent=True)
    dies(town.sender(killed_at="sent").round)
    town.later(LEASE + timedelta(seconds=1)).sender("desk-2").round()
    town.later(timedelta(seconds=1)).sender("desk-2").round()
    first, second = town.servers["群"].got
    assert (first.id, first.title) == (second.id, second.title)


def test_what_nobody_can_send_is_red_after_a_while(town: Street) -> None:
    """The machine with the channel is off: said on the board, not waited for in silence."""
    town.due(urgent=True)
    town.servers.clear()
    town.sender().round()
    assert town.states() == [S.PENDING]
    town.later(FORGOTTEN_AFTER + timedelta(seconds=1)).sender().round()
    assert town.states() == [S.FAILED]


def test_nothing_ever_leaves_a_drill(tmp_path: Path) -> None:
    """All messages are made, withheld and listed (decisions 20)."""
    clock = ScriptClock(local("2020-07-02 23:50"))
    house = found_house(settings_at(tmp_path / "drill.db"), drill=True, street=street().street, wall=clock)
    drill = Street(house, clock)
    Routes(house.store, house.clock, house.streets).choose(
        house.duty.actor(ADMIN), OFFICER, [("群", False)], new_request()
    )
    drill.due(urgent=True)
    drill.sender().round()
    assert drill.states() == [S.WITHHELD]
    assert drill.servers["群"].got == []
    house.close()


def test_who_answered_is_not_sent_what_still_waits(town: Street) -> None:
    """Answered before it was sent: the message is dropped."""
    town.due(urgent=True)
    (notice,) = [file.notice for file in town.house.notices.live()]
    town.house.notices.answer(notice.id, town.house.duty.actor(OFFICER), new_request())
    town.sender().round()
    assert town.states() == [S.DROPPED]
    assert town.servers["群"].got == []


def test_nobody_answers_and_the_next_ones_get_it_too(town: Street) -> None:
    """The desk, then the duty leader, each by a message of their own (behaviours 22)."""
    routes = Routes(town.house.store, town.house.clock, town.house.streets)
    for member in (LEADER,):
        routes.choose(town.house.duty.actor(ADMIN), member, [("群", False)], new_request())
    town.due(urgent=True)
    clock = duty_clock(town.house, "tick")
    for _ in range(20):
        town.later(timedelta(minutes=1))
        clock.tick()
        town.sender().round()
    told = [parcel.member for parcel in town.parcels() if parcel.state is S.SENT]
    assert set(told) == {OFFICER, LEADER}


def test_a_channel_is_kept_for_some_kinds(town: Street) -> None:
    """Per member and per kind: what it is not kept for makes no message for it."""
    routes = Routes(town.house.store, town.house.clock, town.house.streets)
    admin = town.house.duty.actor(ADMIN)
    routes.choose(admin, OFFICER, [("群", False)], new_request(), {"群": ["report_in"]})
    town.due(urgent=True)
    assert town.states() == []
    routes.choose(admin, OFFICER, [("群", False)], new_request(), {"群": ["report_in", "reminder"]})
    town.due(urgent=True)
    town.sender().round()
    assert town.states() == [S.SENT]
    with pytest.raises(BadInput):
        routes.choose(admin, OFFICER, [("群", False)], new_request(), {"群": ["everything"]})
