"""What a terminal that does not bracket pastes sends for one: many characters in one read, which are no keys."""

from __future__ import annotations

import re
from collections.abc import Iterable

from textual import events
from textual._time import get_time
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.message import Message

from app.screens.signs import is_text

FEWEST, SORTS = 8, 4
"""So many visible characters, so many different ones: a key that repeats, or two in turn on a slow line, are keys."""
FEWEST_IN_LINES = 3
"""So many visible characters where a line ends before the end: three short lines are no three keys and their Enters."""
KEYS = 200
"""Characters of one line that a field takes as keys, as an input method commits them."""
QUIET = 0.05
"""Seconds after which what was read is all of it: a large paste comes in several reads."""
_ESC = "\x1b"
_ALONE = re.compile(r"(?<=\x1b)(?=[^\x1b\[O\]PX^_\x08\x7f])")
"""Behind an ESC that begins no sequence of a terminal; with Backspace it is the one that takes a word away."""
_ENDS = "\r\n"
_BLANK = "\r\n\t"


class Burst(events.Event, bubble=False):
    """Text that came in one go. The app knows what it is for: it depends on what has the keys."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def meant(self, in_field: bool) -> Iterable[events.Event]:
        """A paste; in a field a single line is typed, as an input method commits it, and an Enter after it counts."""
        if in_field and len(self.text) <= KEYS and not _has_lines(self.text):
            return [event for event in XTermParser().feed(self.text) if isinstance(event, events.Key)]
        return [events.Paste(self.text)]


def is_burst(read: str) -> bool:
    """Whether one read of the terminal is pasted text.

    A person's keys come one a read, an escape sequence or a key that is held among them; an input method commits a
    phrase of its own script at once, which is no command anywhere.
    """
    if not all(c.isprintable() or c in _BLANK for c in read[:4_096]):
        return False
    if sum(c.isprintable() and c != " " for c in read[:4_096]) >= FEWEST_IN_LINES and _has_lines(read):
        return True
    seen = [c for c in read[:4_096] if c.isprintable() and c != " "]
    if len(seen) < FEWEST or len(set(seen)) < SORTS:
        return False
    return len(read) > KEYS or not is_text(read.lstrip()[0])


def _has_lines(text: str) -> bool:
    """Whether a line ends before the end."""
    return any(end in text.rstrip(_ENDS) for end in _ENDS)


class BurstParser(XTermParser):
    """Textual's reader of the keyboard, which keeps bursts together."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._held: list[str] = []
        self._held_at = 0.0
        self._bracketed = False
        self._pasted: list[str] = []
        """What came of a bracketed paste so far, read by read."""
        self._tail = ""
        """The end of what was read last, where a bracket may have begun."""
        self._escaped = False
        """Whether the last that was read of keys is an ESC."""

    def feed(self, data: str) -> Iterable[Message]:
        """A burst is held until it is over, what stands between brackets is one text; all else is read as ever.

        Textual reads an ESC between brackets as a key when the next character is late, and such a key leaves a form.
        """
        while True:
            if self._bracketed and data:
                read = self._tail + data
                ends = read.find(BRACKETED_PASTE_END)
                self._pasted.append(data)
                self._tail = read[1 - len(BRACKETED_PASTE_END) :]
                if ends < 0:
                    return
                all_read = "".join(self._pasted)
                ends += len(all_read) - len(read)
                data = all_read[ends + len(BRACKETED_PASTE_END) :]
                yield from self._paste(all_read[:ends])
            else:
                begins = (self._tail + data).find(BRACKETED_PASTE_START)
                if begins < 0:
                    self._tail = (self._tail + data)[1 - len(BRACKETED_PASTE_START) :]
                    yield from self._keys(data)
                    return
                opened = begins + len(BRACKETED_PASTE_START) - len(self._tail)
                self._tail = ""
                yield from self._keys(data[:opened])
                self._bracketed, data = True, data[opened:]
            if not data:
                return

    def tick(self) -> Iterable[Message]:
        """Called after every read and a few times a second."""
        if self._held and get_time() - self._held_at >= QUIET:
            yield from self._let_go()
        if not self._bracketed:
            yield from super().tick()

    def _keys(self, data: str) -> Iterable[Message]:
        """What was read outside of brackets, an opening bracket at its end."""
        if self._held and _ESC not in data and data:
            self._hold(data)
            return
        yield from self._let_go()
        parts = _ALONE.split(_ESC + data if self._escaped else data)
        if self._escaped:
            parts[0] = parts[0].removeprefix(_ESC)
        for number, part in enumerate(parts):
            if number:
                yield from self._escape()
            if part or not data:
                yield from self._part(part)

    def _part(self, data: str) -> Iterable[Message]:
        if data and self._timeout_time is None and is_burst(data):
            self._hold(data)
        else:
            yield from super().feed(data)
        self._escaped = data.endswith(_ESC)

    def _escape(self) -> Iterable[Message]:
        """The ESC that was read last is the key, before anything else is: here no key goes with Alt.

        Esc and another key typed soon after it, or read together while the machine was busy, would be one key that
        nobody pressed: Esc lost, and of "Esc, Enter" the Enter left, which sends what was to be left.
        """
        if self._timeout_time is not None:
            self._timeout_time = 0.0
            yield from super().tick()

    def _paste(self, text: str) -> Iterable[Message]:
        """The bracket closes: Textual saw none of the text and tells an empty paste."""
        self._bracketed = False
        self._pasted.clear()
        self._tail = ""
        for message in super().feed(BRACKETED_PASTE_END):
            yield events.Paste(text.replace("\0", "")) if isinstance(message, events.Paste) else message

    def _hold(self, data: str) -> None:
        self._held.append(data)
        self._held_at = get_time()

    def _let_go(self) -> Iterable[Message]:
        if self._held:
            held, self._held = "".join(self._held), []
            yield Burst(held)


def keep_bursts_together() -> None:
    """Let Textual's driver read through ``BurstParser``."""
    try:
        from textual.drivers import linux_driver
    except ImportError:  # Windows tells its keys one by one
        return
    vars(linux_driver)["XTermParser"] = BurstParser
