"""A real HTTP server on the loopback that answers as it is told and keeps what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any


@dataclass
class Loopback:
    """``status`` and ``answer`` are sent to every call; ``hang`` seconds pass before, ``drip`` sends byte by byte."""

    port: int = 0
    status: int = 200
    answer: bytes = b"{}"
    hang: float = 0.0
    drip: bool = False
    location: str = ""
    calls: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    freed: threading.Event = field(default_factory=threading.Event)

    @property
    def place(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.port}"


@contextmanager
def serving() -> Iterator[Loopback]:
    """The server, until the end of the block."""
    told = Loopback()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            try:
                said = json.loads(raw)
            except ValueError:
                said = raw
            told.calls.append((self.path, {k.lower(): v for k, v in self.headers.items()}, said))
            told.freed.wait(told.hang)
            try:
                self._answer()
            except OSError:
                self.close_connection = True  # whoever asked has gone

        do_GET = do_POST

        def _answer(self) -> None:
            if told.drip:
                end = time.monotonic() + 20
                while time.monotonic() < end and not told.freed.wait(0.05):
                    self.wfile.write(b"H")
                    self.wfile.flush()
                return
            self.send_response(told.status)
            if told.location:
                self.send_header("Location", told.location)
            self.send_header("Content-Length", str(len(told.answer)))
            self.end_headers()
            self.wfile.write(told.answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Say nothing."""

    with Server(("127.0.0.1", 0), Handler) as server:
        told.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield told
        finally:
            told.freed.set()
            server.shutdown()
            thread.join(5)


@contextmanager
def mail_serving(refused: str = "") -> Iterator[tuple[int, list[bytes]]]:
    """A mail server: its port, and the lines it was given as messages. It answers an address with this code."""
    kept: list[bytes] = []

    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            for line in self.rfile:
                word = line[:4].upper()
                if word == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    for said in self.rfile:
                        if said.strip() == b".":
                            break
                        kept.append(said.strip())
                refusal = refused.encode() if word == b"RCPT" else b""
                self.wfile.write((refusal or b"250 fine") + b"\r\n")
                if word == b"QUIT":
                    return

    with ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server.server_address[1], kept
        finally:
            server.shutdown()
            thread.join(5)
