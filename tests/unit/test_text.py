"""Cleaning and capping of what people type, and the patterns of personal numbers."""

from __future__ import annotations

import re
import sys
import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain import text as text_module
from app.domain.errors import BadInput
from app.domain.text import (
    MARKS_IN_A_ROW,
    NAME_CAP,
    NOTE_CAP,
    TITLE_CAP,
    accept,
    clean,
    find_phone,
    looks_personal,
    mask_phone,
    normalise_width,
    spaced,
    within,
)

ANY_TEXT = st.text(st.characters(), max_size=80)
NASTY = st.text(
    st.sampled_from("ae 双\u3000\t\n\r\x0b\x1b\x9b\u200b\u202e\u0301\u0323\u0344\u1100\u1161\u11a8\ufe0f\ud800\u2028"),
    max_size=40,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("井盖\x1b]52;c;aGk=\x07冲开", "井盖]52;c;aGk=冲开"),
        ("双\u200b河\u202e大\ufeff桥", "双河大桥"),
        ("救援\U000e0041\U000e007f", "救援"),
        ("注意⚠\ufe0f", "注意⚠"),
        ("a\ud800b", "ab"),
        ("e\u0301", "é"),
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("一\t二", "一 二"),
        ("  两头空  ", "两头空"),
        ("自造字\ue000留着", "自造字\ue000留着"),
        ("\u0600 \u06dd ُ", "\u0600 \u06dd ُ"),
    ],
)
def test_clean_drops_only_what_nobody_can_see(typed: str, kept: str) -> None:
    """Invisible characters go, every visible one stays, line breaks become one kind."""
    assert clean(typed, one_line=False) == kept


def test_one_line_collapses_every_run_of_white_space() -> None:
    """A title is one line with single spaces, whatever blanks were pasted."""
    assert clean(" 双河\r\n\r\n大桥\t\u3000旁 ", one_line=True) == "双河 大桥 旁"


def test_at_most_six_combining_marks_in_a_row() -> None:
    """A tower of marks is cut to six; the next letter may have its own."""
    kept = clean("k" + "\u0321" * 400 + "q" + "\u0321" * 3, one_line=True)
    assert kept == "k" + "\u0321" * 6 + "q" + "\u0321" * 3


def test_the_fast_road_for_marks_skips_no_mark() -> None:
    """Every combining mark of Unicode is in the ranges that are looked at closely."""
    skipped = [
        hex(point)
        for point in range(sys.maxunicode + 1)
        if unicodedata.category(chr(point)).startswith("M")
        and not re.fullmatch(text_module._MAYBE_MARKS, chr(point) * (MARKS_IN_A_ROW + 1))
        and not text_module._INVISIBLE.fullmatch(chr(point))
    ]
    assert skipped == []


def test_every_control_and_bidi_character_is_dropped_and_no_letter_is() -> None:
    """Over all of Unicode: format and control characters go unless they are seen, other characters stay."""
    seen = {*map(chr, range(0x600, 0x606)), *"\u06dd\u070f\u0890\u0891\u08e2", "\U000110bd", "\U000110cd"}
    for point in range(sys.maxunicode + 1):
        character = chr(point)
        gone = text_module._INVISIBLE.fullmatch(character) is not None
        category = unicodedata.category(character)
        if category in ("Cf", "Cs"):
            assert gone is (character not in seen), hex(point)
        elif category == "Cc":
            assert gone or character in "\t\n\v\f\r", hex(point)
        elif category in ("Lu", "Ll", "Nd", "Nl", "No", "Sm", "Sc", "Po", "Zs", "Co"):
            assert not gone, hex(point)


@settings(max_examples=400, deadline=None)
@given(st.one_of(ANY_TEXT, NASTY), st.booleans())
@example("x" + "\u0344" * 5, False)
@example("\u1100" + "\u0323" * 9 + "\u1161", False)
@example("a\u034f\u0301", True)
def test_clean_is_idempotent_normal_and_without_invisible_characters(typed: str, one_line: bool) -> None:
    """Cleaning twice changes nothing, and the result can be encoded, is NFC and holds nothing hidden."""
    once = clean(typed, one_line=one_line)
    assert clean(once, one_line=one_line) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not text_module._INVISIBLE.search(once)
    assert once == once.strip()
    assert not one_line or "\n" not in once
    once.encode("utf-8")


@pytest.mark.parametrize(
    "paste",
    ["双河桥\x1b" * 500_000, "x" + "\u0301\u0323" * 10**6, "\u200b\n" * 10**6, " " * 2_000_000, "é" * 10**6],
    ids=["escapes", "marks", "zero-width", "blanks", "accents"],
)
def test_two_megabytes_take_linear_time(paste: str) -> None:
    """A paste of two million characters is cleaned in seconds at worst; a capped field refuses it before."""
    start = time.perf_counter()
    clean(paste, one_line=True)
    assert time.perf_counter() - start < 5
    start = time.perf_counter()
    with pytest.raises(BadInput):
        accept(paste, NOTE_CAP, "note", one_line=False)
    assert time.perf_counter() - start < 0.1


def test_over_the_cap_is_refused_with_the_numbers_and_never_cut() -> None:
    """At the cap the text is returned whole, one over it is refused and the field is named."""
    assert within("字" * TITLE_CAP, TITLE_CAP, "title") == "字" * TITLE_CAP
    with pytest.raises(BadInput) as refused:
        within("字" * (TITLE_CAP + 1), TITLE_CAP, "title")
    assert refused.value.field == "title"
    assert refused.value.message.params["count"] == TITLE_CAP + 1
    assert refused.value.message.params["cap"] == TITLE_CAP


def test_accept_counts_only_what_is_kept() -> None:
    """Invisible characters do not use up the cap."""
    assert accept("名\u200b" * NAME_CAP, NAME_CAP, "name", one_line=True) == "名" * NAME_CAP
    with pytest.raises(BadInput):
        accept("名" * (NAME_CAP + 1), NAME_CAP, "name", one_line=True)


def test_spaced_separates_chinese_characters_only() -> None:
    """Each Chinese character stands alone, words of other scripts stay whole."""
    assert spaced("双河大桥A3区 manhole盖") == "双 河 大 桥 A3 区 manhole 盖"
    assert spaced("𠮷〇々") == "𠮷 〇 々"
    assert spaced("") == ""


@given(ANY_TEXT)
def test_normalise_width_keeps_positions(typed: str) -> None:
    """Character for character: spans found in the result fit the original."""
    assert len(normalise_width(typed)) == len(typed)


def test_full_width_commands_become_ascii() -> None:
    """What an input method makes of a command is read as the command."""
    assert normalise_width("ＳＨ－Ｇ０１　２３：５２？") == "SH-G01 23:52?"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("身份证11010119900307123X有误", "11010119900307123X"),
        ("回电13812345678找甲", "13812345678"),
        ("回电１３８１２３４５６７８", "１３８１２３４５６７８"),
        ("+86 138 1234 5678", "+86 138 1234 5678"),
        ("110101 19900307 1234", "110101 19900307 1234"),
        ("电话000-0000-1234", None),
        ("哨号W-20200702-01,00:08派6部门", None),
        ("单号202007021380000123456789", None),
        ("水位138.12米", None),
    ],
)
def test_personal_numbers_are_found_and_other_numbers_are_not(typed: str, found: str | None) -> None:
    """Identity and mobile numbers are seen in any spelling; case numbers and sample phones are not."""
    span = looks_personal(typed)
    assert (typed[slice(*span)] if span else None) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("回电138 1234 5678谢谢", "138 1234 5678"),
        ("回电0743-8222333", "0743-8222333"),
        ("回电000-0000-0101", "000-0000-0101"),
        ("11010119900307123X", None),
        ("W-20200702-01", None),
    ],
)
def test_a_phone_to_call_back_is_found(typed: str, found: str | None) -> None:
    """Mobile, landline and sample numbers are phones; identity and case numbers are none."""
    span = find_phone(typed)
    assert (typed[slice(*span)] if span else None) == found


@pytest.mark.parametrize(
    ("typed", "masked"),
    [
        ("13812345678", "138****5678"),
        ("回电13812345678或139 8765 4321", "回电138****5678或139****4321"),
        ("+86 13812345678", "138****5678"),
        ("0743-8222333", "074****2333"),
        ("8222333", "***2333"),
        ("000-0000-1234", "000-0000-1234"),
        ("没有号码", "没有号码"),
    ],
)
def test_phones_are_masked_in_the_middle(typed: str, masked: str) -> None:
    """Three digits, stars and the last four remain (domain 10); samples stay readable."""
    assert mask_phone(typed) == masked
    assert mask_phone(masked) == masked
