"""Folding, words, initials: what is typed and what is searched meet in the same form."""

from __future__ import annotations

import unicodedata

import pytest

from app.domain.initials import VARIANTS, WINDOW, initials_key, readings
from app.domain.search_text import LONGEST, MOST_WORDS, TEXTS_CAP, case_texts, folded, number_words, parts, search_words


def test_the_table_of_initials_is_that_of_the_library() -> None:
    """Every character between U+4E00 and U+9FFF has the letters of its readings in pypinyin, the usual one first."""
    from pypinyin.pinyin_dict import pinyin_dict

    def letters(spelled: str) -> str:
        found = dict.fromkeys(unicodedata.normalize("NFD", reading)[0] for reading in spelled.split(","))
        return "".join(letter for letter in found if letter.isascii() and letter.isalpha())

    known = {chr(code): letters(spelled) for code, spelled in pinyin_dict.items() if 0x4E00 <= code <= 0x9FFF}
    differing = {character for character, found in known.items() if readings(character) != found}
    assert (len(known) > 20_000, differing) == (True, set())


def test_initials_begin_anywhere_and_take_every_reading() -> None:
    """One key for each place in a name; marks part names, Latin letters and digits belong to them."""
    assert initials_key("牛坪") == "np p"
    assert initials_key("重庆").split() == ["zq", "cq", "tq", "q"]
    assert initials_key("a座/牛 b") == "az z n"
    assert initials_key("main gate 3") == ""
    assert all(len(key) <= WINDOW for key in initials_key("重庆银行门口长江大桥").split())


def test_initials_of_hostile_text_are_bounded() -> None:
    """Fifty characters with several readings give a bounded number of keys."""
    text = "".join(chr(code) for code in range(0x4E00, 0x9FFF) if len(readings(chr(code))) > 2)[:50]
    assert len(text) == 50
    assert len(initials_key(text).split()) <= 50 * VARIANTS


def test_text_is_folded_to_words() -> None:
    """Case, width and marks go; each Chinese character stands alone."""
    assert folded("ＡＢ座 Ｃafé，井盖（3号）— x_y") == "ab 座 café 井 盖 3 号 x y"
    assert folded(" \0\u200b\n") == ""


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("双河dq", ("双 河", "dq")),
        ("a12座", ("a12", "座")),
        ("0702-01", ("0702 01",)),
        ("w-20200702-01", ("20200702 01",)),
        ("a_b-c", ("a", "b", "c")),
        ("café", ("café",)),
    ],
)
def test_a_word_falls_into_parts(word: str, found: tuple[str, ...]) -> None:
    """Chinese and Latin are looked for apart, a number whole."""
    assert parts(word) == found


def test_typed_words_are_told_apart_and_bounded() -> None:
    """Blanks of any width part words, each counts once; marks alone are no word; endless text is cut."""
    assert search_words("井盖\u3000ＡＢ 井盖 -- \0 ，") == ("井盖", "ab")
    assert search_words("") == ()
    assert len(search_words(" ".join(f"w{n}" for n in range(500)))) == MOST_WORDS
    assert search_words("x" * 10_000) == ("x" * LONGEST,)


def test_a_number_has_a_word_for_every_part() -> None:
    """Year, month, day, the day on the board, and what counts the cases of a day."""
    assert number_words("W-20200702-01") == "2020 202007 20200702 01 0702 01"
    assert number_words("") == ""


def test_of_a_case_the_first_characters_count() -> None:
    """Number and facts first; what is beyond the cap is left out."""
    text = case_texts("", ["事" * 10], ["新" * TEXTS_CAP, "旧"])
    assert text.replace(" ", "") == "事" * 10 + "新" * (TEXTS_CAP - 10)
