"""Full-text search as SQLite has it: an FTS5 index over the ``search`` table, and what is asked of it (decisions 31).

The index keeps no text of its own and is brought in line by triggers, so it says what the rows say whoever wrote
them, in the same transaction. SQLite 3.20 and later can read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from app.domain.initials import WINDOW, windows
from app.domain.search_text import code_word, parts
from app.services.ports import SearchQuery, SearchWord
from db.sqlite.driver import driver

INDEX = "search_index"

_ADD = """
INSERT INTO search_index(rowid, heading, texts, initials, codes)
VALUES (NEW.id, NEW.heading, NEW.texts, NEW.initials, NEW.codes);
"""
_DROP = """
INSERT INTO search_index(search_index, rowid, heading, texts, initials, codes)
VALUES ('delete', OLD.id, OLD.heading, OLD.texts, OLD.initials, OLD.codes);
"""
FULL_TEXT: dict[str, str] = {
    INDEX: """
    CREATE VIRTUAL TABLE search_index USING fts5(
        heading, texts, initials, codes, content='search', content_rowid='id',
        prefix='2', columnsize=0, tokenize='unicode61 remove_diacritics 2')
    """,
    "search_added": f"CREATE TRIGGER search_added AFTER INSERT ON search BEGIN {_ADD} END",
    "search_changed": f"CREATE TRIGGER search_changed AFTER UPDATE ON search BEGIN {_DROP} {_ADD} END",
    "search_removed": f"CREATE TRIGGER search_removed AFTER DELETE ON search BEGIN {_DROP} END",
}
"""Name → statement: the index, then the triggers that keep it."""

REBUILD = "INSERT INTO search_index(search_index) VALUES ('rebuild')"
"""Make the index anew from the rows: it holds nothing then that the rows do not."""

MATCHING = """
SELECT search.whistle_id FROM search_index CROSS JOIN search ON search.id = search_index.rowid
WHERE search_index MATCH :match AND search_index.rowid < :before ORDER BY search_index.rowid DESC LIMIT :at_most
"""
MATCHING_AFTER = """
SELECT search.whistle_id FROM search_index CROSS JOIN search ON search.id = search_index.rowid
WHERE search_index MATCH :match AND search_index.rowid > :after ORDER BY search_index.rowid LIMIT :at_most
"""
COUNT = "SELECT count(*) FROM (SELECT 1 FROM search_index WHERE search_index MATCH :match LIMIT :at_most)"

_TEXT = "{heading texts} : "
_INITIALS = "initials : "
_CODES = "codes : "


@cache
def has_full_text() -> bool:
    """Whether the SQLite in use was built with FTS5; asked once."""
    connection = driver.connect(":memory:")
    try:
        return bool(connection.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone())
    finally:
        connection.close()


def is_of_index(name: str) -> bool:
    """Whether a table is the index or one of those in which it lies."""
    return name == INDEX or name.startswith(f"{INDEX}_")


def match_of(query: SearchQuery) -> str:
    """The query in FTS5's language; only letters, digits and blanks of what was typed are in it, quoted.

    Empty when nothing is looked for.
    """
    words = [expression for expression in map(_word, query.words) if expression]
    if not words:
        return ""
    if query.states:
        words.append(_CODES + _any(code_word("state", state) for state in sorted(query.states)))
    if query.grids:
        words.append(_CODES + _any(code_word("unit", grid) for grid in sorted(query.grids)))
    return " AND ".join(words)


def _word(word: SearchWord) -> str:
    typed = [_part(part) for part in parts(word.text)]
    ways = [" AND ".join(typed) if len(typed) == 1 else f"({' AND '.join(typed)})"] if typed else []
    if word.named:
        ways.append(_CODES + _any(code_word(named.sort, named.code) for named in word.named))
    return f"({' OR '.join(ways)})" if ways else ""


def _part(part: str) -> str:
    if part.isascii() and part.isdigit():
        return _TEXT + _digits(part)
    if len(part.rpartition(" ")[2]) == 1:
        return _TEXT + _quoted(part)
    beginning = f"{_TEXT}{_quoted(part)} *"
    if not (part.isascii() and part.isalnum()):
        return beginning
    return f"({beginning} OR {_INITIALS}{_initials(part)})"


def _initials(letters: str) -> str:
    if len(letters) < WINDOW:
        return f"{_quoted(letters)} *"
    return f"({' AND '.join(map(_quoted, windows(letters)))})"


def _digits(digits: str) -> str:
    """A number by its beginning; years and months by their own words, for their days would be too many to join."""
    if len(digits) == 1:
        return _quoted(digits)
    if digits[:2] in ("19", "20") and 3 <= len(digits) <= 6:
        year, month = (f"{digits[:3]}{{}}", "") if len(digits) == 3 else (digits[:4], "{:02d}")
        longer = [year.format(n) + month.format(n) for n in range(13)]
        return _any([digits, *(word for word in longer if len(digits) in (3, 5) and word.startswith(digits))])
    return f"{_quoted(digits)} *"


def _any(words: Iterable[str] | Sequence[str]) -> str:
    return f"({' OR '.join(map(_quoted, words))})"


def _quoted(text: str) -> str:
    return f'"{text}"'
