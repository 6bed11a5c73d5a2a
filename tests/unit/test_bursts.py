"""Pastes of a terminal that does not bracket them are told from keys, whoever types and however fast."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from textual import events
from textual.message import Message

from app.screens import bursts
from app.screens.bursts import KEYS, Burst, BurstParser


@pytest.fixture
def parser(monkeypatch: pytest.MonkeyPatch) -> BurstParser:
    """A reader that finds every burst over at the next tick."""
    monkeypatch.setattr(bursts, "QUIET", 0.0)
    return BurstParser()


def read(parser: BurstParser, *reads: str) -> list[Message]:
    """What comes of these reads, and of the quiet after them."""
    return [message for data in reads for message in parser.feed(data)] + list(parser.tick())


def told(messages: Iterable[Message]) -> list[str]:
    """Bursts and pastes with their text, keys by name."""
    return [f"burst {m.text}" if isinstance(m, Burst) else f"paste {m.text}" if isinstance(m, events.Paste)
            else m.key for m in messages if isinstance(m, Burst | events.Paste | events.Key)]  # fmt: skip


@pytest.mark.parametrize("pasted", [
    "u\rc\r2\rdelete me", "u\ra\rc", "5\r1\r2\r", "3\n12\n13",
    "加油站旁\r电杆冒火花了", "13800001111", "双" * 100 + "河一二" * 40, "\tbx\tbx nm cd ef",
])  # fmt: skip
def test_text_in_one_read_is_one_burst(parser: BurstParser, pasted: str) -> None:
    """Commands, lines in Chinese, a number, a text that no input method commits: whole, and never a key."""
    assert told(read(parser, pasted)) == [f"burst {pasted}"]


def test_a_large_one_in_several_reads_stays_one(parser: BurstParser) -> None:
    """The last read may be short: it is the end of the same paste, and the F-key after it comes after it."""
    got = told(read(parser, "abcdefgh" * 500, "ijkl\r", "mn", "\x1bOQ"))
    assert got == ["burst " + "abcdefgh" * 500 + "ijkl\rmn", "f2"]


@pytest.mark.parametrize("typed", [
    "jjjjjjjjjjjjjjjj", "jkjkjkjkjkjk", "   jj  jj kk ", "mn2r", "\r\r\r\r\r\r\r\r\r", "\x1b[B\x1b[B\x1b[B\x1b[Bnrm\r2",
    "加油站旁边的电杆冒火花", "加油站旁边的电杆冒火花\r",
])  # fmt: skip
def test_keys_that_come_together_stay_keys(parser: BurstParser, typed: str) -> None:
    """Held keys on a slow line, a few commands in a row, and what an input method commits at once, Enter behind it."""
    got = read(parser, typed)
    assert not [m for m in got if isinstance(m, Burst)]
    assert len(told(got)) >= 4


def test_whoever_types_is_never_caught(parser: BurstParser) -> None:
    """One key a read, as fast as can be."""
    got = told(read(parser, *"ubcdnmrs jk xyz"))
    assert len(got) == 15
    assert not [name for name in got if name.startswith("burst")]


@pytest.mark.parametrize(("typed", "meant"), [
    ("\x1bc", ["escape", "c"]), ("\x1b\r", ["escape", "enter"]), ("\x1b1", ["escape", "1"]),
    ("\x1b双河", ["escape", "双", "河"]), ("\x1b ", ["escape", "space"]), ("\x1bb", ["escape", "b"]),
    ("\x1b[19~\x1bc\x1bOQ", ["f8", "escape", "c", "f2"]), ("\x1b\x1bc", ["escape", "escape", "c"]),
    ("\x1b\x1bOQ", ["escape", "f2"]), ("\x1b\x1b[B", ["escape", "down"]), ("\x1b\x7f", ["ctrl+w"]),
    ("\x1bc\x1b", ["escape", "c"]),
])  # fmt: skip
def test_esc_and_the_next_key_are_two_keys(typed: str, meant: list[str]) -> None:
    """Rolled from one to the other, or both read at once by a busy machine: never a key with Alt that nobody pressed.

    Of "Esc, Enter" in one read no Enter alone may be left: it would send the form that was to be left.
    """
    assert told(read(BurstParser(), typed)) == meant
    for at in range(1, len(typed)):
        assert told(read(BurstParser(), typed[:at], typed[at:])) == meant, at


def test_a_burst_behind_an_esc_is_one(parser: BurstParser) -> None:
    """In one read with it, or in the next."""
    assert told(read(parser, "\x1bubcdnmrs")) == told(read(parser, "\x1b", "ubcdnmrs")) == ["escape", "burst ubcdnmrs"]


def test_an_esc_that_is_the_key_already_is_told_once(parser: BurstParser) -> None:
    """Its time is over before the next key comes."""
    got = list(parser.feed("\x1b"))
    parser._timeout_time = 0.0
    assert told([*got, *parser.tick(), *read(parser, "c", "\x1b[B")]) == ["escape", "c", "down"]


@pytest.mark.parametrize("at", range(1, 27))
def test_a_bracketed_paste_is_read_as_ever(parser: BurstParser, at: int) -> None:
    """Wherever the reads part it, and a burst after it is one."""
    whole = "\x1b[200~u\rc\rabcdefgh\x1b[201~"
    assert told(read(parser, whole[:at], whole[at:])) == ["paste u\rc\rabcdefgh"]
    assert told(read(parser, "nmrsuxyz")) == ["burst nmrsuxyz"]


@pytest.mark.parametrize("at", range(7, 22))
def test_what_a_bracketed_paste_holds_is_no_key_however_late_its_rest_comes(parser: BurstParser, at: int) -> None:
    """An ESC that the terminal left in it: alone at the end of a read, it would leave the form the paste is for."""
    pasted = "a\x1b]0;evil\x07\x1b\x1bOQ\x1b[2J\rb"
    whole = f"\x1b[200~{pasted}\x1b[201~"
    got = [*read(parser, whole[:at]), *parser.tick()]
    assert not told(got)
    assert told(read(parser, whole[at:] + "\x1bOQ")) == [f"paste {pasted}", "f2"]


def test_very_many_pastes_in_one_read_are_all_told(parser: BurstParser) -> None:
    """A machine that pastes faster than anybody."""
    got = told(read(parser, "\x1b[200~ab\x1b[201~" * 5_000 + "\x1b[200~cd", "\x1b[2", "01~x"))
    assert got == ["paste ab"] * 5_000 + ["paste cd", "x"]


def test_a_field_takes_a_line_as_keys_and_lines_as_a_paste() -> None:
    """So that Enter after a committed line sends it, and no line end within a paste does."""
    assert told(Burst("plain text\r").meant(in_field=True)) == [*"plain", "space", *"text", "enter"]
    assert told(Burst("one\rtwo three").meant(in_field=True)) == ["paste one\rtwo three"]
    assert told(Burst("plain text").meant(in_field=False)) == ["paste plain text"]
    long = "x" * KEYS + "y"
    assert told(Burst(long).meant(in_field=True)) == [f"paste {long}"]
