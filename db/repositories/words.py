"""What was typed: kept in rows of its own under a salted digest, so that it can be emptied later (decisions 1)."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from hashlib import sha256
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import insert, select

from app.domain.events import NO_WORDS
from db.repositories.rows import Rows, canonical
from db.tables.base import table
from db.tables.events import WordsRow

WORDS = table(WordsRow)
_INSERT = insert(WORDS)


def digest_of(salt: str, body: str) -> str:
    """SHA-256 of salt and text, hex: proves later what was written, tells nothing once the salt is gone."""
    return sha256((salt + body).encode()).hexdigest()


def texts_of(body: str | None) -> Mapping[str, str]:
    """The texts by field; none when there were none or retention has emptied them."""
    if body is None:
        return NO_WORDS
    return MappingProxyType({str(name): str(text) for name, text in json.loads(body).items()})


class WordsWriting(Rows):
    """Writes words once."""

    def _keep_words(self, words_id: UUID, texts: Mapping[str, str]) -> str:
        """Store texts under a new id; returns their digest."""
        body = canonical(texts)
        salt = secrets.token_hex(16)
        digest = digest_of(salt, body)
        self._connection.execute(_INSERT, {"id": words_id, "digest": digest, "salt": salt, "body": body})
        return digest

    def _digest(self, words_id: UUID) -> str:
        """The digest of words that are already there; LookupError for unknown ones."""
        found = self._connection.scalar(select(WORDS.c.digest).where(WORDS.c.id == words_id))
        if found is None:
            raise LookupError(f"no words {words_id}")
        return str(found)
