"""Files of warnings as the system hands them over: plain ones, and what only looks like a file."""

from __future__ import annotations

import io
import os
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.domain.actor import Actor
from app.domain.errors import BadInput, IllegalMove
from app.domain.message import Message
from app.domain.posture import Posture
from app.domain.warning import Alert
from app.render.words import Words
from app.services import warning_files
from app.services.flood_entries import Recorded
from app.services.warning_files import Imported, ImportedAll, import_warnings, read_bytes
from app.services.warnings import Warnings
from db.repositories.flood import FloodReading
from tests.services.room import Room, new_request
from tests.unit.cap_files import alert, info, utf8
from tests.unit.cases import OFFICER


class Empty(io.BytesIO):
    """A file that has nothing to read just now, as some devices that call themselves files."""

    def read(self, _most: int | None = -1, /) -> bytes:
        """Nothing yet."""
        return None  # type: ignore[return-value]


def test_a_file_that_gives_nothing_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence, whatever stands behind the name."""
    path = tmp_path / "x.xml"
    path.write_bytes(utf8(alert()))
    assert read_bytes(path) == utf8(alert())
    monkeypatch.setattr(os, "fdopen", lambda *_args, **_how: Empty())
    with pytest.raises(BadInput) as refused:
        read_bytes(path)
    assert Words("en").say(refused.value.message) == "it is no plain file"


def bring_all(room: Room, path: Path) -> ImportedAll:
    """What `wangge warning import` does."""
    zone = room.house.policies.current().calendar.zone
    return import_warnings(room.house.flood.warnings, room.actor(OFFICER), new_request(), path, zone)


def bring_in(room: Room, path: Path) -> tuple[Imported, ...]:
    """The files of it."""
    return bring_all(room, path).files


def feed(room: Room, path: Path, count: int, severities: Sequence[str] = ("Blue", "Yellow", "Orange")) -> Path:
    """A file of many messages, the earliest first, each a second after the one before."""
    sent = [(room.clock.at - timedelta(seconds=count - n)).isoformat() for n in range(count)]
    messages = (
        alert(info(severity=severities[n % len(severities)]), identifier=f"{path.stem}{n}", sent=at)
        for n, at in enumerate(sent)
    )
    path.write_bytes(utf8(f"<feed>{''.join(messages)}</feed>"))
    return path


def test_a_feed_reads_what_is_in_force_a_few_times_however_long_it_is(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only where a message raises the posture, never for every message; read again it is the same for nothing."""
    counted: Counter[str] = Counter()
    plain = FloodReading.signals_open

    def counting(self: FloodReading, at: datetime) -> object:
        counted["open"] += 1
        return plain(self, at)

    monkeypatch.setattr(FloodReading, "signals_open", counting)
    path = feed(room, tmp_path / "feed.xml", 70)
    (came,) = bring_in(room, path)
    assert (len(came.alerts), came.troubles) == (70, ())
    assert [made.flood.posture for _, made in came.alerts[:4]] == [
        Posture.BLUE, Posture.YELLOW, Posture.ORANGE, Posture.ORANGE,
    ]  # fmt: skip
    assert counted["open"] < 10
    counted.clear()
    (again,) = bring_in(room, path)
    assert all(made.known for _, made in again.alerts)
    assert counted["open"] < 3


def test_one_message_that_is_refused_costs_none_of_its_neighbours(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are recorded one by one then, and the refused one is named."""
    plain = Warnings._add_signal

    def picky(self: Warnings, *how: object, **more: object) -> object:
        if getattr(how[4], "identifier", "") == "feed3":
            raise IllegalMove(Message("not this one"))
        return plain(self, *how, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Warnings, "_add_signal", picky)
    (came,) = bring_in(room, feed(room, tmp_path / "feed.xml", 6))
    assert [alert.identifier for alert, _ in came.alerts] == ["feed0", "feed1", "feed2", "feed4", "feed5"]
    assert [Words("en").say(one) for one in came.troubles] == ["message feed3: not this one"]


def test_what_had_begun_meanwhile_comes_into_force_with_an_import(room: Room, tmp_path: Path) -> None:
    """Where no engine runs: a signal recorded before its time holds as soon as something is imported."""
    later = room.clock.at + timedelta(minutes=5)
    early = info(severity="Red", effective=later.isoformat())
    path = tmp_path / "early.xml"
    path.write_bytes(utf8(alert(early, sent=room.clock.at.isoformat())))
    bring_in(room, path)
    assert room.house.flood.show().posture is Posture.SEASON
    room.later(minutes=6)
    bring_in(room, feed(room, tmp_path / "feed.xml", 1, ("Blue",)))
    assert room.house.flood.show().posture is Posture.RED


def message(room: Room, path: Path, minutes: int, **texts: str) -> Path:
    """A file with one message, sent so many minutes before now."""
    severity = texts.pop("severity", "Yellow")
    sent = (room.clock.at - timedelta(minutes=minutes)).isoformat()
    path.write_bytes(utf8(alert(info(severity=severity), sent=sent, **texts)))
    return path


def test_a_folder_larger_than_what_is_read_at_once_keeps_the_order(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Part by part by when its messages were sent, whatever the files are called; listed by name."""
    monkeypatch.setattr(warning_files, "MOST_BYTES", 1_500)
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(6):
        message(room, folder / f"{n}.xml", minutes=10 + n, identifier=f"m{n}")
    recorded: list[str] = []
    plain = Warnings.add_messages

    def noting(self: Warnings, actor: Actor, batch: Sequence[tuple[UUID, Alert, bytes]]) -> tuple[Recorded, ...]:
        recorded.extend(one.identifier for _, one, _ in batch)
        return plain(self, actor, batch)

    monkeypatch.setattr(Warnings, "add_messages", noting)
    came = bring_in(room, folder)
    assert recorded == ["m5", "m4", "m3", "m2", "m1", "m0"]
    assert [Path(one.file).name for one in came] == [f"{n}.xml" for n in range(6)]


def test_names_are_shown_as_one_line_and_hidden_files_are_counted(room: Room, tmp_path: Path) -> None:
    """A line break, a control character, bytes of no text in a name: an escape each."""
    folder = tmp_path / "in"
    folder.mkdir()
    message(room, folder / "a\nb\x1b[2J.xml", minutes=3)
    (folder / os.fsdecode(b"\xff.xml")).write_bytes(b"no")
    message(room, folder / ".hidden.xml", minutes=2, identifier="hidden")
    came = bring_all(room, folder)
    assert came.hidden == 1
    assert [Path(one.file).name for one in came.files] == ["a\\nb\\x1b[2J.xml", "\\udcff.xml"]
    assert [len(one.alerts) for one in came.files] == [1, 0]


def test_a_message_of_the_future_is_not_in_force_before_its_time(room: Room, tmp_path: Path) -> None:
    """It says so, whatever it says of when it takes effect."""
    sent = room.clock.at + timedelta(hours=2)
    early = info(severity="Red", effective=room.clock.at.isoformat(), expires=(sent + timedelta(hours=3)).isoformat())
    path = tmp_path / "x.xml"
    path.write_bytes(utf8(alert(early, sent=sent.isoformat())))
    ((_, made),) = bring_in(room, path)[0].alerts
    assert ["has not come yet" in Words("en").say(one) for one in made.told] == [True]
    assert room.house.flood.show().posture is Posture.SEASON
    room.later(hours=2, minutes=1)
    assert room.house.flood.take_effect()
    assert room.house.flood.show().posture is Posture.RED


def test_another_message_under_a_known_number_is_said_to_differ(room: Room, tmp_path: Path) -> None:
    """What was recorded stays; the very same is simply known."""
    first = message(room, tmp_path / "a.xml", minutes=9, identifier="one")
    bring_in(room, first)
    ((_, same),) = bring_in(room, first)[0].alerts
    assert (same.known, same.told) == (True, ())
    ((_, other),) = bring_in(room, message(room, tmp_path / "b.xml", minutes=9, identifier="one", severity="Red"))[
        0
    ].alerts
    assert (other.known, len(other.told)) == (True, 1)
    assert room.house.flood.show().posture is Posture.YELLOW
