"""The sign of life for a watch outside: after clean rounds alone, at most once a minute, never from a drill."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from uuid import uuid4

import pytest

from app.bootstrap import WallClock, engine, found_house
from app.channels.ping import ping
from app.engine import heartbeat
from app.engine.duty_clock import Round
from app.engine.heartbeat import Heartbeat
from tests.services.room import settings_at
from tests.unit.cases import street

NOW = datetime(2020, 7, 2, tzinfo=UTC)


def test_only_a_clean_round_is_a_sign_and_one_a_minute_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = threading.Semaphore(0)
    beat = Heartbeat(seen.release)
    assert not beat.after(Round(NOW, troubles={"dues": "OSError"}))
    assert not beat.after(Round(NOW, lost=(uuid4(),)))
    assert beat.after(Round(NOW))
    assert seen.acquire(timeout=5)
    assert not beat.after(Round(NOW))
    monkeypatch.setattr(heartbeat, "EVERY", 0.0)
    assert beat.after(Round(NOW))


@pytest.mark.parametrize("drill", [True, False])
def test_the_address_of_the_configuration_is_asked_unless_it_is_a_drill(tmp_path: Path, drill: bool) -> None:
    """A real server on the loopback; a server that is not there is no trouble."""
    asked = threading.Event()

    class Outside(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            asked.set()

        def log_message(self, *_args: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Outside)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}/"
    settings = replace(settings_at(tmp_path / "wangge.db"), values={"heartbeat": url})
    house = found_house(settings, drill=drill, street=street().street, wall=WallClock())
    running = engine(house, "watch", lambda _round: None, lambda _part, _error: None)
    running.start()
    assert asked.wait(1.5 if drill else 10) is not drill
    running.leave()
    house.close()
    server.shutdown()
    server.server_close()
    ping(url)
