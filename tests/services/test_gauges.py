"""Gauge readings in a real database: typed, from rounds and files, and what is news of them (domain 4.1)."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from app.domain.actor import Channel
from app.domain.checklist import Answer, Trend, Verdict
from app.domain.errors import BadInput, Conflict, NotFound, NotPermitted
from app.domain.events import Event, EventKind
from app.domain.gauge_turns import Turn
from app.domain.local_time import AHEAD
from app.domain.posture import Colour, Posture, WaterLevel
from app.domain.route import Gauge
from app.render.glyphs import Glyphs
from app.render.news import event_sentence
from app.render.notices import sentence
from app.render.sight import Sight
from app.render.words import Words
from app.samples.script import ZONE, local
from app.services.gauges import Dropped, GaugeProblems
from app.services.rounds import Told
from tests.services.room import Room, new_request
from tests.unit.cases import GRID, MEMBER, OFFICER, refused

ADMIN, SECOND, LIAISON = "JF-GL", "SH-G01-B", "YJJ-1"
GAUGE = "shuanghe_bridge"
HEAD = "测站,时间,水位,涨落\n"


@pytest.fixture
def marked(room: Room) -> Room:
    """The same room; the street has entered levels of its gauge."""
    text = room.house.patrol_rules.text()
    text = text.replace('id = "shuanghe_bridge"', 'id = "shuanghe_bridge"\nguard = 200.6\nwarning = 201.3', 1)
    room.house.patrol_rules.load(text, room.actor(ADMIN), new_request())
    return room


def gauge(room: Room) -> Gauge:
    """The bridge's gauge by the rules in force."""
    return room.house.gauges.find(GAUGE)


def read(room: Room, metres: str, **how: object) -> list[str]:
    """Type a reading; what is news."""
    recorded = room.house.gauges.record(
        room.actor(OFFICER), gauge(room), Decimal(metres), new_request(), **how  # type: ignore[arg-type]
    )  # fmt: skip
    return [f"{one.matter.value} {one.turn.value}" for one in recorded.crossings]


def load(room: Room, text: str, **how: object) -> object:
    """Load a file."""
    return room.house.gauges.load(room.actor(OFFICER), text.encode(), new_request(), name="站.csv", **how)  # type: ignore[arg-type]


def entries(room: Room, kind: EventKind) -> list[Event]:
    """Every entry of a kind, in order."""
    with room.house.store.read() as reads:
        return [event for event in reads.events_since(0, 10_000) if event.kind is kind]


def water(room: Room) -> WaterLevel | None:
    """What the posture is asked for."""
    with room.house.store.read() as reads:
        return room.house.gauges.highest_water(reads, room.clock.at)


def test_readings_rise_cross_and_fall(marked: Room) -> None:
    """Each crossing is an entry of the same transaction, told once; the list says how it stands."""
    (before,) = marked.house.gauges.all()
    assert (before.latest, before.trend, water(marked)) == (None, None, None)
    assert read(marked, "200.20") == []
    marked.later(minutes=30)
    assert read(marked, "200.61", trend=Trend.RISING) == ["guard up"]
    marked.later(minutes=20)
    assert read(marked, "200.57") == []
    assert water(marked) is WaterLevel.GUARD
    marked.later(minutes=30)
    assert read(marked, "201.44") == ["warning up"]
    (now,) = marked.house.gauges.all()
    assert (now.level, now.trend, now.fresh, now.latest and now.latest.metres) == (
        WaterLevel.WARNING, Trend.RISING, True, Decimal("201.44"))  # fmt: skip
    assert now.rate is not None
    assert now.rate > Decimal("0.7")
    marked.later(hours=3)
    assert read(marked, "201.20") == ["warning down", "falling falling"]
    crossed = entries(marked, EventKind.LEVEL_CROSSED)
    assert [(one.payload["matter"], one.payload["turn"], one.actor) for one in crossed] == [
        ("guard", "up", "system"), ("warning", "up", "system"), ("warning", "down", "system"),
        ("falling", "falling", "system")]  # fmt: skip
    assert crossed[0].payload["metres"] == "200.61"
    marked.later(hours=31)
    assert water(marked) is None
    assert marked.house.gauges.now(gauge(marked)).rate is None


def test_a_corrected_reading_takes_the_place_of_the_first(marked: Room) -> None:
    """One reading for each instant; the earlier one stays in the entries, its alarm is taken back."""
    at = local("2020-07-02 23:30")
    assert read(marked, "201.91", at=at) == ["guard up", "warning up"]
    assert read(marked, "200.19", at=at) == ["guard down", "warning down"]
    assert read(marked, "200.19", at=at) == []
    (one,) = marked.house.gauges.readings(gauge(marked), at - timedelta(hours=1), marked.clock.at)
    assert one.metres == Decimal("200.19")
    first, second = entries(marked, EventKind.GAUGE_READ)
    assert (first.payload["metres"], first.payload["instead_of"]) == ("201.91", None)
    assert second.payload["instead_of"] == [at.isoformat(), "201.91"]


def test_the_same_request_records_once(marked: Room) -> None:
    """A repeated call finds its reading; the number of another call is refused."""
    call, gauges = new_request(), marked.house.gauges
    first = gauges.record(marked.actor(OFFICER), gauge(marked), Decimal("200.90"), call)
    seq = marked.seq()
    marked.later(minutes=1)
    gauges.record(marked.actor(OFFICER), gauge(marked), Decimal("200.90"), call, at=first.reading.at)
    assert marked.seq() == seq
    with pytest.raises(Conflict):
        gauges.load(marked.actor(OFFICER), f"{HEAD}{GAUGE},2020-07-02 20:00,200,\n".encode(), call, name="x")


def test_who_looks_on_records_nothing_and_nobody_reads_the_future(marked: Room) -> None:
    """A sentence each, nothing written."""
    seq, gauges = marked.seq(), marked.house.gauges
    with pytest.raises(NotPermitted):
        gauges.record(marked.actor(LIAISON), gauge(marked), Decimal(200), new_request())
    with refused(BadInput, "has not come yet", "at"):
        read(marked, "200", at=marked.clock.at + AHEAD + timedelta(minutes=1))
    with pytest.raises(NotFound):
        gauges.find("没有的水尺")
    assert gauges.find(" 双河大桥水尺 ").id == GAUGE
    assert marked.seq() == seq


def answered(room: Room, told: Told, round_id: object, metres: str, trend: Trend | None = None) -> None:
    """A round's answer at the gauge."""
    said: Mapping[tuple[int, str], Answer] = {(1, "gauge"): Answer(Verdict.OK, Decimal(metres), trend)}
    room.house.rounds.answer(told, round_id, said)  # type: ignore[arg-type]


def by_radio(room: Room) -> Told:
    """Told by the team."""
    return Told(room.actor(OFFICER), new_request(), MEMBER, Channel.RADIO)


def test_what_a_round_says_of_a_gauge_is_a_reading(marked: Room) -> None:
    """In the same transaction, linked by its source; the answer that stands is the reading that stands."""
    file = marked.house.rounds.start(by_radio(marked), "river_flood", GRID, [MEMBER, SECOND], route="wanrong_shuanghe")
    call = by_radio(marked)
    for _ in range(2):
        answered(marked, call, file.round.id, "201.62", Trend.RISING)
    (now,) = marked.house.gauges.all()
    assert now.latest is not None
    assert (now.latest.metres, now.latest.source, now.trend, now.level) == (
        Decimal("201.62"), f"{file.round.number}/1/gauge", Trend.RISING, WaterLevel.WARNING)  # fmt: skip
    (entry,) = entries(marked, EventKind.GAUGE_READ)
    assert (entry.actor, entry.on_behalf_of, entry.channel) == (OFFICER, MEMBER, Channel.RADIO)
    marked.later(minutes=2)
    answered(marked, by_radio(marked), file.round.id, "200.26")
    span = (marked.clock.at - timedelta(hours=1), marked.clock.at)
    assert [one.metres for one in marked.house.gauges.readings(gauge(marked), *span)] == [Decimal("200.26")]
    assert water(marked) is None
    turns = [(one.payload["matter"], one.payload["turn"]) for one in entries(marked, EventKind.LEVEL_CROSSED)]
    assert turns[2:] == [("guard", "down"), ("warning", "down")]
    marked.house.rounds.answer(by_radio(marked), file.round.id, {(1, "gauge"): Answer(Verdict.NOT_SEEN)})
    assert len(entries(marked, EventKind.GAUGE_READ)) == 2


def test_a_file_is_loaded_once(marked: Room) -> None:
    """New, corrected and known are counted; news is told at the end, once; the same file again writes nothing."""
    text = HEAD + "".join(
        f"双河大桥水尺,2020-07-02 {18 + n // 4}:{n % 4 * 15:02},{200 + n / 20:.2f},涨\n" for n in range(20)
    )
    read(marked, "200.11", at=local("2020-07-02 18:30"))
    done = load(marked, text)
    assert (done.new, done.corrected, done.known) == (19, 1, 0)  # type: ignore[attr-defined]
    assert [(one.matter, one.turn) for one in done.crossings] == [("guard", Turn.UP)]  # type: ignore[attr-defined]
    seq = marked.seq()
    again = load(marked, text)
    assert (again.new, again.corrected, again.known) == (0, 0, 20)  # type: ignore[attr-defined]
    assert marked.seq() == seq
    (entry,) = entries(marked, EventKind.GAUGES_IMPORTED)
    assert entry.words["file"] == "站.csv"
    readings = entry.payload["readings"]
    assert isinstance(readings, dict)
    assert len(readings[GAUGE]) == 20  # type: ignore[arg-type]


def test_a_file_with_bad_lines_is_refused_whole_or_loaded_without_them(marked: Room) -> None:
    """Each bad line with its number and reason."""
    text = f"{HEAD}{GAUGE},2020-07-02 20:00,200.5,\n哪里,2020-07-02 20:00,1,\n{GAUGE},2020-07-02 20:15,两百,\n"
    seq = marked.seq()
    with pytest.raises(GaugeProblems) as caught:
        load(marked, text)
    assert [problem.params["n"] for problem in caught.value.problems] == [3, 4]
    assert marked.seq() == seq
    done = load(marked, text, skip_bad=True)
    assert (done.new, done.bad, len(done.problems)) == (1, 2, 2)  # type: ignore[attr-defined]


def test_a_curve_has_the_extremes_of_each_half_hour(marked: Room) -> None:
    """However many readings there are, few are drawn; the last one is always there."""
    begin = local("2020-07-02 12:00")
    lines = [f"{GAUGE},{(begin + timedelta(seconds=20 * n)).isoformat()},{200 + n % 45 / 100:.2f},\n"
             for n in range(2_000)]  # fmt: skip
    load(marked, HEAD + "".join(lines))
    until = begin + timedelta(seconds=20 * 1_999)
    curve = marked.house.gauges.curve(gauge(marked), begin, until)
    assert len(curve) <= 2 * (2_000 // 90 + 2)
    assert curve[-1].at == until
    assert list(curve) == sorted(curve)
    assert {str(one.metres) for one in curve[:-2]} == {"200.00", "200.44"}
    assert marked.house.gauges.curve(gauge(marked), until + timedelta(days=1), until + timedelta(days=2)) == ()


def test_entries_say_what_the_water_did(marked: Room) -> None:
    """One line each, with the gauge's place, the level and what to do."""
    words = Words("zh")
    zone = marked.house.policies.current().calendar.zone
    seen = Sight(words, Glyphs(), marked.house.streets.current(), zone, marked.clock.at)
    read(marked, "200.73", at=local("2020-07-02 22:00"))
    read(marked, "200.50", at=local("2020-07-02 23:20"))
    lines = [event_sentence(one, None, "", seen) for kind in (EventKind.GAUGE_READ, EventKind.LEVEL_CROSSED)
             for one in entries(marked, kind)]  # fmt: skip
    assert "记录双河大桥水位 200.73 米" in lines[0]
    assert "双河大桥水位 200.73 米,达到设防水位".replace(",", "，") in lines[2]
    assert "已回落到设防水位以下" in lines[3]
    assert "洪峰 200.73 米" in lines[4]


def test_the_desk_and_the_duty_leader_are_told_once_a_turn(marked: Room) -> None:
    """Above a level until somebody answers, urgent; the higher level takes its place; back below is told quietly."""
    read(marked, "200.4")
    marked.later(minutes=20)
    read(marked, "200.7")
    (told,) = marked.house.notices.live()
    assert (told.notice.topic, told.notice.urgent, "JF-DB" in told.notice.told) == ("level_crossed", True, True)
    for words, expected in (
        (Words("zh"), "双河大桥水尺：200.70 米，超设防水位"),
        (Words("en"), "above the guard level"),
    ):
        view = Sight(words, Glyphs(), marked.house.streets.current(), ZONE, marked.clock.at)
        assert expected in sentence(told.notice, told.text, told.name, view)
    marked.later(minutes=20)
    read(marked, "200.72")
    assert [file.notice.id for file in marked.house.notices.live()] == [told.notice.id]
    marked.later(minutes=20)
    read(marked, "201.4")
    (higher,) = marked.house.notices.live()
    assert '"level": "warning"' in higher.notice.detail
    marked.later(minutes=20)
    read(marked, "201.1")
    lower = [file.notice for file in marked.house.notices.live() if file.notice.topic == "level_crossed"]
    assert [(one.urgent, '"turn": "down"' in one.detail) for one in lower] == [(False, True)]


@pytest.mark.slow
def test_a_hundred_thousand_lines_load_in_reasonable_time(marked: Room, tmp_path: Path) -> None:
    """One transaction; a promise to a person, allowed five times as much."""
    begin = local("2020-05-01 00:00")
    lines = [f"{GAUGE},{(begin + timedelta(seconds=50 * n)).isoformat(sep=' ')},{199 + n % 900 / 1000:.3f},平\n"
             for n in range(100_000)]  # fmt: skip
    started = time.monotonic()
    done = load(marked, HEAD + "".join(lines))
    assert done.new == 100_000  # type: ignore[attr-defined]
    assert time.monotonic() - started < 50


def raised(room: Room) -> Posture:
    """The posture once the duty clock has looked at the water."""
    room.house.flood.take_effect()
    return room.house.flood.show().posture


def drop(room: Room, at: datetime | None = None, **how: object) -> Dropped:
    """Strike a reading out, the last one unless its time is given."""
    at = room.house.gauges.reading(gauge(room), at).at
    return room.house.gauges.drop(room.actor(OFFICER), gauge(room), at, new_request(), reason="错录", **how)  # type: ignore[arg-type]


def live(room: Room) -> set[str]:
    """Topics of what waits for an answer."""
    return {file.notice.topic for file in room.house.notices.live()}


def test_a_slip_that_raised_the_posture_is_struck_out(marked: Room) -> None:
    """Level, alarms and posture are those without it; it stays in the entries, and nothing is told of its fall."""
    assert read(marked, "199.40") == []
    marked.later(minutes=30)
    assert read(marked, "1999.42", sure=True) == ["guard up", "warning up"]
    assert raised(marked) is Posture.ORANGE
    marked.later(minutes=2)
    assert read(marked, "199.45") == ["guard down", "warning down", "falling falling"]
    assert live(marked) >= {"water_falling"}
    at = marked.clock.at - timedelta(minutes=2)
    dropped = drop(marked, at)
    assert (dropped.reading.metres, dropped.by, dropped.reason) == (Decimal("1999.42"), OFFICER, "错录")
    assert (water(marked), marked.house.flood.show().posture) == (None, Posture.SEASON)
    assert "water_falling" not in live(marked)
    (entry,) = entries(marked, EventKind.GAUGE_DROPPED)
    assert (entry.payload["metres"], entry.words["reason"]) == ("1999.42", "错录")
    assert [one.reading.metres for one in marked.house.gauges.dropped(gauge(marked), at)] == [Decimal("1999.42")]
    marked.later(minutes=30)
    assert read(marked, "200.70") == ["guard up"]
    marked.later(hours=2)
    assert read(marked, "200.35") == ["guard down", "falling falling"]


def test_the_only_reading_of_all_can_be_struck_out(marked: Room) -> None:
    """Nothing is left that is told of; the next true one tells anew."""
    assert read(marked, "201.50") == ["guard up", "warning up"]
    assert raised(marked) is Posture.ORANGE
    drop(marked)
    (now,) = marked.house.gauges.all()
    assert (now.latest, water(marked), marked.house.flood.show().posture) == (None, None, Posture.SEASON)
    assert not live(marked) & {"level_crossed", "water_falling"}
    marked.later(minutes=1)
    assert read(marked, "200.57") == []
    assert water(marked) is None
    marked.later(minutes=20)
    assert read(marked, "201.50") == ["guard up", "warning up"]


def test_a_posture_that_rests_on_more_than_the_slip_stays(marked: Room) -> None:
    """On another reading, or once a signal had asked for it too: then it is lowered by who may."""
    read(marked, "200.70")
    assert raised(marked) is Posture.YELLOW
    marked.later(minutes=20)
    read(marked, "201.90")
    assert raised(marked) is Posture.ORANGE
    drop(marked)
    assert marked.house.flood.show().posture is Posture.YELLOW
    marked.later(minutes=20)
    read(marked, "201.91")
    assert raised(marked) is Posture.ORANGE
    marked.later(minutes=1)
    signals = marked.house.flood.warnings
    done = signals.add(marked.actor(OFFICER), new_request(), Colour.ORANGE, "暴雨", "县气象台", number="1")
    assert done.signal is not None
    marked.later(minutes=1)
    signals.cancel(marked.actor(OFFICER), new_request(), done.signal.id)
    drop(marked)
    view = marked.house.flood.show()
    assert (view.posture, view.lower_to(marked.clock.at)) == (Posture.ORANGE, Posture.YELLOW)


def test_what_is_typed_twice_in_a_minute_is_a_correction(marked: Room) -> None:
    """The second takes the place of the first, its alarm and the posture with it; a round's reading is another."""
    marked.later(seconds=4)
    assert read(marked, "1999.42", sure=True) == ["guard up", "warning up"]
    assert raised(marked) is Posture.ORANGE
    marked.later(seconds=20)
    recorded = marked.house.gauges.record(marked.actor(OFFICER), gauge(marked), Decimal("199.42"), new_request())
    assert recorded.instead is not None
    assert recorded.instead.metres == Decimal("1999.42")
    found = marked.house.gauges.readings(gauge(marked), marked.clock.at - timedelta(hours=1), marked.clock.at)
    assert [one.metres for one in found] == [Decimal("199.42")]
    assert marked.house.flood.show().posture is Posture.SEASON
    seq = marked.seq()
    assert read(marked, "199.42") == []
    assert marked.seq() == seq


def test_a_file_that_corrects_the_slip_takes_its_posture_back_too(marked: Room) -> None:
    """The station's own value for the same instant: alarms and posture are those with it."""
    at = marked.clock.at
    read(marked, "1999.42", sure=True)
    assert raised(marked) is Posture.ORANGE
    marked.later(minutes=10)
    load(marked, f"{HEAD}{GAUGE},{at.astimezone(ZONE):%Y-%m-%d %H:%M:%S},199.42,\n", sure=True)
    assert marked.house.flood.show().posture is Posture.SEASON
    assert water(marked) is None


def test_striking_out_needs_a_reason_the_desk_and_a_reading(marked: Room) -> None:
    """And nothing is written otherwise; the same request again is known."""
    read(marked, "200.10")
    at, gauges, seq = marked.clock.at, marked.house.gauges, marked.seq()
    with pytest.raises(BadInput):
        gauges.drop(marked.actor(OFFICER), gauge(marked), at, new_request(), reason=" ")
    with pytest.raises(NotPermitted):
        gauges.drop(marked.actor(MEMBER), gauge(marked), at, new_request(), reason="错录")
    with pytest.raises(NotFound):
        gauges.drop(marked.actor(OFFICER), gauge(marked), at - timedelta(hours=1), new_request(), reason="错录")
    assert marked.seq() == seq
    request = new_request()
    first = gauges.drop(marked.actor(OFFICER), gauge(marked), at, request, reason="错录")
    seq = marked.seq()
    again = gauges.drop(marked.actor(OFFICER), gauge(marked), at, request, reason="错录")
    assert (again.reading.metres, again.reason, marked.seq()) == (first.reading.metres, "错录", seq)
