"""Changes the street's rules for rounds one by one; comments, order and all else stay as they were written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

import tomlkit
from tomlkit.container import Container
from tomlkit.items import AoT, Array, InlineTable, Table
from tomlkit.toml_document import TOMLDocument

from app.domain.errors import BadInput, NotFound
from app.domain.message import Message

Field: TypeAlias = str | bool | int | Decimal | Sequence[str]
"""What a key of the rules may hold; an empty text or list takes the key away."""

_Tables: TypeAlias = Table | InlineTable | Container


def with_question(text: str, template: str, question: str, fields: Mapping[str, Field], *, after: str = "") -> str:
    """The rules with a question of a checklist changed, or added: ``after`` another one, else at the end."""
    document = tomlkit.parse(text)
    asked = _questions(_checklist(document, template))
    at = next((n for n, one in enumerate(asked) if one.get("id") == question), None)
    if at is not None:
        _fill(asked[at], fields)
        return tomlkit.dumps(document)
    place = len(asked)
    if after:
        place = _place_of(asked, template, after) + 1
    fresh: Any = tomlkit.inline_table() if isinstance(asked, Array) else tomlkit.table()
    fresh["id"] = question
    _fill(fresh, {"kind": "state", **fields})
    if isinstance(asked, Array):
        asked.insert(place, fresh)
        asked.multiline(multiline=True)
    else:
        asked.insert(place, fresh)
    return tomlkit.dumps(document)


def without_question(text: str, template: str, question: str) -> str:
    """The rules without a question; points that asked it ask it no more."""
    document = tomlkit.parse(text)
    found = _checklist(document, template)
    asked = _questions(found)
    del asked[_place_of(asked, template, question)]
    if not _asked_elsewhere(document, question):
        for route in document.get("routes", ()):
            for point in route.get("points", ()):
                if question in point.get("asks", ()):
                    point["asks"].remove(question)
    return tomlkit.dumps(document)


def moved_question(text: str, template: str, question: str, step: int) -> str:
    """The rules with a question so many places further down its checklist, or up; at the end it stays where it is."""
    document = tomlkit.parse(text)
    asked = _questions(_checklist(document, template))
    at = _place_of(asked, template, question)
    to = max(0, min(at + step, len(asked) - 1))
    while at != to:
        beside = at + (1 if to > at else -1)
        if isinstance(asked, AoT):
            moved = asked[at]
            del asked[at]
            asked.insert(beside, moved)
        else:
            asked[at], asked[beside] = asked[beside], asked[at]  # in place: commas and comments stay between them
        at = beside
    return tomlkit.dumps(document)


def with_template(text: str, template: str, zh: str, en: str, *, like: str = "") -> str:
    """The rules with a new checklist, its questions those of another one: there is something to change at once."""
    document = tomlkit.parse(text)
    if any(one.get("id") == template for one in document.get("templates", ())):
        raise BadInput(Message("There is a checklist {id} already.", {"id": template}), "template")
    fresh = tomlkit.table()
    fresh["id"], fresh["zh"] = template, zh
    if en:
        fresh["en"] = en
    if like:
        copied = tomlkit.parse(text)
        fresh["questions"] = _checklist(copied, like)["questions"]
    else:
        only = tomlkit.inline_table()
        only.update({"id": "state", "kind": "state", "zh": "情况", "en": "state of things"})
        questions = tomlkit.array()
        questions.append(only)
        fresh["questions"] = questions.multiline(multiline=True)
    tables = document.get("templates")
    if isinstance(tables, AoT):
        tables.append(fresh)
    else:
        document["templates"] = tomlkit.aot()
        document["templates"].append(fresh)
    return tomlkit.dumps(document)


def with_levels(text: str, gauge: str, levels: Mapping[str, Decimal | None]) -> str:
    """The rules with levels of a gauge entered or taken away."""
    document = tomlkit.parse(text)
    found = _by_id(document, "gauges", gauge, Message("There is no gauge {id}.", {"id": gauge}))
    _fill(found, {name: "" if metres is None else metres for name, metres in levels.items()})
    return tomlkit.dumps(document)


def _by_id(document: TOMLDocument, key: str, wanted: str, missing: Message) -> Any:
    for one in document.get(key, ()):
        if one.get("id") == wanted:
            return one
    raise NotFound(missing)


def _checklist(document: TOMLDocument, template: str) -> Any:
    return _by_id(document, "templates", template, Message("There is no checklist {id}.", {"id": template}))


def _questions(template: Any) -> Any:
    found = template.get("questions")
    if not isinstance(found, Array | AoT):
        raise BadInput(
            Message("{path}: {reason}", {"path": "questions", "reason": Message("must be a list of tables")})
        )
    return found


def _place_of(asked: Any, template: str, question: str) -> int:
    found = next((n for n, one in enumerate(asked) if one.get("id") == question), None)
    if found is None:
        raise NotFound(Message("There is no question {id} in {checklist}.", {"id": question, "checklist": template}))
    return found


def _asked_elsewhere(document: TOMLDocument, question: str) -> bool:
    return any(
        one.get("id") == question for template in document.get("templates", ()) for one in template.get("questions", ())
    )


def _fill(table: _Tables, fields: Mapping[str, Field]) -> None:
    for key, value in fields.items():
        empty = isinstance(value, str | list | tuple) and not value
        if empty:
            if key in table:
                del table[key]
        elif isinstance(value, Decimal):
            whole = value == value.to_integral_value()
            table[key] = int(value) if whole else float(value)
        elif isinstance(value, str | bool | int):
            table[key] = value
        else:
            listed = tomlkit.array()
            listed.extend(value)
            table[key] = listed
