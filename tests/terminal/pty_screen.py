"""A program on a pseudo terminal with a screen one can read: what a person would see, and how the terminal is left."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyte

KEYS = {
    "enter": "\r", "escape": "\x1b", "tab": "\t", "shift+tab": "\x1b[Z", "space": " ", "backspace": "\x7f",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
    "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS",
    "f5": "\x1b[15~", "f6": "\x1b[17~", "f7": "\x1b[18~", "f8": "\x1b[19~", "f9": "\x1b[20~", "f10": "\x1b[21~",
    "ctrl+c": "\x03", "ctrl+p": "\x10", "ctrl+q": "\x11", "ctrl+s": "\x13", "ctrl+z": "\x1a",
}  # fmt: skip
"""What a terminal sends for the keys that are no characters."""

LEFT = (b"\x1b[?1049l", b"\x1b[?25h")
"""What a terminal must have been sent at the end: the normal screen, the cursor shown."""


class PtyScreen:
    """One program on a terminal of its own, as a session leader: hanging up reaches it as a dropped line does."""

    def __init__(
        self, argv: Sequence[str], *, cols: int = 120, rows: int = 36, env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:  # fmt: skip
        self._master, self._slave = pty.openpty()
        self._screen = pyte.Screen(cols, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._lock = threading.Lock()
        self._heard = time.monotonic()
        self.bytes = b""
        """Everything the program wrote."""
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))
        self._before = termios.tcgetattr(self._slave)
        self.process = subprocess.Popen(
            argv, stdin=self._slave, stdout=self._slave, stderr=self._slave, cwd=cwd, close_fds=True, env=env,
            start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def __enter__(self) -> PtyScreen:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _read(self) -> None:
        while True:
            running = self.process.poll() is None
            try:
                ready, _, _ = select.select([self._master], [], [], 0.1)
                got = os.read(self._master, 65536) if ready else b""
            except (OSError, ValueError):
                return
            if not got and not running:
                return
            if got:
                with self._lock:
                    self.bytes += got
                    self._stream.feed(got)
                    self._heard = time.monotonic()

    # -- looking -----------------------------------------------------------------------------
    def lines(self) -> list[str]:
        """The screen line by line."""
        with self._lock:
            return [line.rstrip() for line in self._screen.display]

    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines())

    def wait_until(self, met: Callable[[str], bool], timeout: float = 20.0) -> float:
        """Wait until the screen's text is as wanted; the seconds it took, or AssertionError with the screen."""
        start = time.monotonic()
        while True:
            ended = self.process.poll() is not None and not self._reading.is_alive()
            shown = self.text()
            if met(shown):
                return time.monotonic() - start
            assert not ended, f"the program ended before:\n{shown}\n{self.last_words()}"
            assert time.monotonic() - start < timeout, f"not within {timeout} s:\n{shown}"
            time.sleep(0.01)

    def wait_for(self, words: str, timeout: float = 20.0) -> float:
        """Wait until these words stand on the screen."""
        return self.wait_until(lambda shown: words in shown, timeout)

    def wait_gone(self, words: str, timeout: float = 20.0) -> float:
        """Wait until these words are gone."""
        return self.wait_until(lambda shown: words not in shown, timeout)

    def settle(self, quiet: float = 0.3, timeout: float = 10.0) -> str:
        """Wait until nothing was written for ``quiet`` seconds; the screen's text."""
        start = time.monotonic()
        while time.monotonic() - max(self._heard, start) < quiet and time.monotonic() - start < timeout:
            time.sleep(0.01)
        return self.text()

    # -- doing -------------------------------------------------------------------------------
    def send(self, keys: str) -> None:
        """Send characters as they are; see ``KEYS``."""
        os.write(self._master, keys.encode())

    def press(self, *keys: str, pause: float = 0.05) -> None:
        """Press keys by name, or type text, one after another."""
        for key in keys:
            self.send(KEYS.get(key, key))
            time.sleep(pause)

    def paste(self, text: str) -> None:
        """Paste as a terminal does that brackets what is pasted."""
        self.send(f"\x1b[200~{text}\x1b[201~")

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Close the line: both of our ends are gone."""
        self._shut()

    # -- the end -----------------------------------------------------------------------------
    @property
    def alive(self) -> bool:
        """Whether the program still runs."""
        return self.process.poll() is None

    def ended(self, timeout: float = 10.0) -> int:
        """The exit status; AssertionError when the program does not end in time."""
        try:
            status = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"still running after {timeout} s:\n{self.text()}") from None
        self._reading.join(2.0)
        return status

    def left_clean(self) -> bool:
        """Whether the terminal is as it was: its settings, the normal screen, the cursor shown."""
        settings = termios.tcgetattr(self._slave)
        shown_again = self.bytes.rfind(LEFT[0]) > self.bytes.rfind(b"\x1b[?1049h")
        return settings[:4] == self._before[:4] and shown_again and all(code in self.bytes for code in LEFT)

    def last_words(self) -> str:
        """What was printed after the normal screen came back, without control sequences."""
        start = self.bytes.rfind(LEFT[0])
        screen = pyte.Screen(400, 60)
        pyte.ByteStream(screen).feed(self.bytes[start + len(LEFT[0]) :] if start >= 0 else self.bytes)
        return "\n".join(line.rstrip() for line in screen.display).strip()

    def close(self) -> None:
        """End the program if it still runs and give the terminal back."""
        if self.alive:
            self.process.kill()
            self.process.wait(5)
        self._shut()

    def _shut(self) -> None:
        for end in (self._slave, self._master):
            if end >= 0:
                os.close(end)
        self._slave = self._master = -1
