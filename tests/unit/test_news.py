"""What happened as sentences, in both languages, for every kind of entry and limit; limits between two instants."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.dues import Due, DueKind
from app.domain.events import EventKind, Json
from app.domain.moves import Action
from app.domain.ran_out import ran_out, ran_out_by
from app.render.glyphs import Glyphs
from app.render.news import LIMITS, SENTENCES, event_sentence, limit_sentence
from app.render.sight import Sight
from app.render.words import Language, words_for
from tests.unit.cases import BRIGADE, UTILITIES, ZONE, CaseBook, street


def sight(book: CaseBook, language: Language) -> Sight:
    """The sample street at the case's minute."""
    return Sight(words_for(language), Glyphs(), street(), ZONE, book.now)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_of_entry_and_limit_is_a_whole_sentence(language: Language) -> None:
    """No kind is without words, none leaves a brace or an English sentence in Chinese."""
    assert set(SENTENCES) == set(EventKind)
    assert set(LIMITS) == set(DueKind)
    book = CaseBook().dispatched(UTILITIES, BRIGADE)
    seen, whistle = sight(book, language), book.case.whistle
    words = words_for(language)
    for kind in EventKind:
        said = words.t(SENTENCES[kind], who="甲", department="乙", what="丙", at="丁", topic="戊", to="己")
        assert "{" not in said
        assert said.isascii() or language == "zh" or any(part in said for part in "甲乙丙丁戊己")
        assert language == "en" or not any("a" <= letter <= "z" for letter in said)
    for limit in DueKind:
        line = limit_sentence(book.now, limit, (UTILITIES,), whistle, "井盖", seen)
        assert "{" not in line
        assert whistle.number[6:] in line
    for event in book.events:
        line = event_sentence(event, whistle, "井盖", seen)
        assert "{" not in line
        assert "\n" not in line


@pytest.mark.parametrize("kind", EventKind)
def test_each_kind_of_entry_is_one_clean_line_in_both_languages(kind: EventKind) -> None:
    """With words that a terminal must not be sent, and with nothing but its kind; each says something of its own."""
    book = CaseBook().dispatched(UTILITIES, BRIGADE)
    base, whistle = book.events[-1], book.case.whistle
    payload: dict[str, Json] = {"department": UTILITIES, "kind": "reported_in", "drill_at": book.now.isoformat()}
    full = replace(base, kind=kind, payload=payload, words={"note": "水位\x1b[31m退\r\n了\u202e"})
    said = {}
    for language in ("zh", "en"):
        seen = sight(book, language)
        said[language] = line = event_sentence(full, whistle, "井盖", seen)
        assert line.replace("\u3000", " ").isprintable()
        assert "{" not in line
        assert whistle.number[6:] in line
        assert language == "en" or not any("a" <= letter <= "z" for letter in line.replace("[31m", ""))
        assert "{" not in event_sentence(replace(full, payload={}, words={}), None, "", seen)
        assert "{" not in event_sentence(full, whistle, "井盖", seen, base)
    assert said["zh"] != said["en"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_undo_and_a_correction_name_the_entry_they_are_about(language: Language) -> None:
    """Department, what it was and when; without the entry, as much as the event itself tells."""
    book = CaseBook().dispatched(UTILITIES, BRIGADE)
    came = book.do(Action.REPORT_IN, told=UTILITIES, on=UTILITIES, person="甲", said="到了")
    undone = book.later(minutes=2).do(Action.UNDO)
    noted = book.do(Action.NOTE, note="来电询问")
    mended = book.later(minutes=2).do(Action.CORRECT, entry=noted.id, reason="看错表", occurred="00:01")
    seen, whistle = sight(book, language), book.case.whistle
    line = event_sentence(undone, whistle, "井盖", seen, came)
    assert ("公共 已报到" if language == "zh" else "reported in") in line
    assert f"{seen.stamp(came.occurred_at)}" in line.partition("：" if language == "zh" else ": ")[2]
    assert seen.short(UTILITIES) in line
    line = event_sentence(mended, whistle, "井盖", seen, noted)
    assert f"“{seen.words.enum(EventKind.NOTED)}”" in line
    assert seen.stamp(noted.occurred_at) in line
    assert "00:01" in line
    assert "{" not in event_sentence(undone, whistle, "井盖", seen)


def test_limits_between_two_instants_are_told_once_and_reminders_never() -> None:
    """Later than the last look and not later than now; what a late entry set or ended comes with it."""
    start = CaseBook().now
    soon = Due(DueKind.REPORT_IN, start + timedelta(minutes=30))
    half = Due(DueKind.REPORT_IN_HALF, start + timedelta(minutes=15))
    later = Due(DueKind.CLOSE, start + timedelta(hours=3))
    assert ran_out((later, soon, half), start, start + timedelta(minutes=30)) == (soon,)
    assert ran_out((soon,), start + timedelta(minutes=30), start + timedelta(hours=1)) == ()
    past = Due(DueKind.DISPATCH, start - timedelta(minutes=1))
    assert ran_out_by((soon,), (soon, past), start, start) == (past,)
    assert ran_out_by((soon, later), (later,), start, start + timedelta(minutes=31)) == (soon,)
    assert ran_out_by((soon, later), (later,), start, start + timedelta(minutes=29)) == ()
