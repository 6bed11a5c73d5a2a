"""A terminal for tests: a program on a pty, its screen by pyte, and every byte it ever sent (decisions 34)."""

from __future__ import annotations

import codecs
import contextlib
import fcntl
import os
import re
import select
import struct
import subprocess
import sys
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

_TAKE_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execvp(sys.argv[1], sys.argv[1:])"
)
"""Makes the pty the controlling terminal, so that closing it hangs up, and becomes the program."""

_ANSWERS = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[?2048$p": b"\x1b[?2048;0$y"}
"""What a terminal replies: it can paint whole frames at once, and tells a new size by signal."""

_NOT_FOR_PYTE = re.compile(r"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$[a-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
_UNFINISHED = re.compile(r"\x1b(?:\[[<>=?]?[0-9;]*\$?|\][^\x07\x1b]*)?\Z")


class PtyScreen:
    """One program on a terminal of its own, as a session leader: hanging up reaches it as a dropped line does."""

    def __init__(
        self, command: Sequence[str], *, cols: int = 120, rows: int = 36, env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:  # fmt: skip
        self._master, self._slave = os.openpty()
        self._screen = pyte.Screen(cols, rows)
        self._stream = pyte.Stream(self._screen)
        self._news = threading.Condition()
        self._log = bytearray()
        self._held = ""
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._painted_at = time.monotonic()
        self._set_size(cols, rows)
        self._before = termios.tcgetattr(self._slave)
        terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _TAKE_TERMINAL, *command], stdin=self._slave, stdout=self._slave,
            stderr=self._slave, cwd=cwd, start_new_session=True,
            env={**terminal, **(os.environ if env is None else env)},
        )  # fmt: skip
        self._reading = threading.Thread(target=self._read, name="pty", daemon=True)
        self._reading.start()

    def __enter__(self) -> PtyScreen:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    # -- looking -----------------------------------------------------------------------------
    @property
    def bytes(self) -> bytes:
        """Everything the program wrote."""
        with self._news:
            return bytes(self._log)

    def lines(self) -> list[str]:
        """The screen line by line."""
        with self._news:
            return _shown(self._screen)

    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines())

    def wait_until(self, met: Callable[[str], bool], timeout: float = 60.0) -> float:
        """Wait until the screen's text is as wanted; the seconds it took, or AssertionError with the screen."""
        began = time.monotonic()
        while True:
            with self._news:
                running = self._reading.is_alive()
                shown = "\n".join(_shown(self._screen))
                if met(shown):
                    return time.monotonic() - began
                left = began + timeout - time.monotonic()
                if left > 0 and running:
                    self._news.wait(min(left, 0.5))
                    continue
            assert running, f"the program ended before:\n{shown}\n{self.last_words()}"
            raise AssertionError(f"not within {timeout} s:\n{shown}")

    def wait_for(self, words: str, timeout: float = 60.0) -> float:
        """Wait until these words stand on the screen."""
        return self.wait_until(lambda shown: words in shown, timeout)

    def wait_gone(self, words: str, timeout: float = 60.0) -> float:
        """Wait until these words are gone."""
        return self.wait_until(lambda shown: words not in shown, timeout)

    def settle(self, quiet: float = 0.3, timeout: float = 10.0) -> str:
        """Wait until nothing was written for ``quiet`` seconds; the screen's text."""
        began = time.monotonic()
        while time.monotonic() - max(self._painted_at, began) < quiet and time.monotonic() - began < timeout:
            time.sleep(0.01)
        return self.text()

    # -- typing ------------------------------------------------------------------------------
    def press(self, *keys: str, pause: float = 0.05) -> None:
        """Press keys by name, or type text, one after another."""
        for key in keys:
            self.send(KEYS.get(key, key))
            time.sleep(pause)

    def send(self, keys: str) -> None:
        """Send characters as they are; see ``KEYS``."""
        self.send_bytes(keys.encode("utf-8", "surrogatepass"))

    def send_bytes(self, sent: bytes) -> None:
        """Whatever a broken or foreign terminal may send; as fast as the program takes it."""
        view = memoryview(sent)
        while view and self.alive:
            if select.select([], [self._master], [], 0.5)[1]:
                view = view[os.write(self._master, view[:1024]) :]

    def paste(self, text: str) -> None:
        """Paste as a terminal does that brackets what is pasted."""
        self.send(f"\x1b[200~{text}\x1b[201~")

    def resize(self, cols: int, rows: int) -> None:
        """Another size; the kernel tells the program."""
        with self._news:
            self._screen.resize(rows, cols)
        self._set_size(cols, rows)

    # -- ending ------------------------------------------------------------------------------
    @property
    def alive(self) -> bool:
        """Whether the program still runs."""
        return self.process.poll() is None

    def signal(self, number: int) -> None:
        """Send a signal to the program."""
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Close the line: both of our ends are gone."""
        ends, self._slave, self._master = (self._slave, self._master), -1, -1
        for end in ends:
            with contextlib.suppress(OSError):
                os.close(end)

    def ended(self, timeout: float = 30.0) -> int:
        """The exit status, negative for a signal; AssertionError when the program does not end in time."""
        try:
            status = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"still running after {timeout} s:\n{self.text()}") from None
        self._reading.join(timeout=2.0)
        return status

    def left_clean(self) -> bool:
        """Whether the terminal is as it was: its settings, the normal screen, the cursor shown."""
        sent, settings = self.bytes, termios.tcgetattr(self._slave)
        shown_again = sent.rfind(LEFT[0]) > sent.rfind(b"\x1b[?1049h")
        return settings[:4] == self._before[:4] and shown_again and all(code in sent for code in LEFT)

    def last_words(self) -> str:
        """What was printed after the normal screen came back, without control sequences."""
        _, _, after = self.bytes.rpartition(LEFT[0])
        screen = pyte.Screen(400, 60)
        pyte.Stream(screen).feed(_NOT_FOR_PYTE.sub("", after.decode("utf-8", "replace")))
        return "\n".join(_shown(screen)).strip()

    def close(self) -> None:
        """End the program if it still runs and give the terminal back."""
        if self.alive:
            self.process.kill()
            self.process.wait(10)
        self._reading.join(timeout=2.0)
        self.hang_up()

    # -- how ---------------------------------------------------------------------------------
    def _set_size(self, cols: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))

    def _read(self) -> None:
        while self._master >= 0:
            running = self.alive
            try:
                ready = select.select([self._master], [], [], 0.1)[0]
                sent = os.read(self._master, 65536) if ready else b""
            except (OSError, ValueError):
                return
            if sent:
                self._take(sent)
            elif not running:
                return

    def _take(self, sent: bytes) -> None:
        with self._news:
            before = bytes(self._log[-16:])
            self._log += sent
            self._held += self._decode(sent)
            cut = _UNFINISHED.search(self._held)
            whole, self._held = (self._held[: cut.start()], cut.group()) if cut else (self._held, "")
            self._stream.feed(_NOT_FOR_PYTE.sub("", whole))
            self._painted_at = time.monotonic()
            self._news.notify_all()
        for query, answer in _ANSWERS.items():
            for _ in range((before + sent).count(query) - before.count(query)):
                with contextlib.suppress(OSError):
                    os.write(self._master, answer)


def _shown(screen: pyte.Screen) -> list[str]:
    # Not pyte's own ``display``: it fails where half of a wide character was painted over.
    rows = (screen.buffer[y] for y in range(screen.lines))
    return ["".join(row[x].data for x in range(screen.columns)).rstrip() for row in rows]


def _rows(screen: pyte.Screen) -> list[str]:
    """The rows as text; a wide character's second cell is empty, so that cells join to what was written."""
    return ["".join(screen.buffer[y][x].data for x in range(screen.columns)).rstrip() for y in range(screen.lines)]
