"""Named views in the configuration: read with every mistake named, and added without touching what stands there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from app.domain.case_filter import SORTS, CaseFilter, View
from app.domain.errors import BadInput
from app.domain.message import Message
from app.domain.policy import WhistleKind
from app.files import write_private

FIELDS = ("name", *SORTS, "overdue", "search")
"""What a ``[[views]]`` table may say; all but the name may be left out."""

LONGEST_NAME = 20
"""Characters of a view's name: it has to fit beside the others."""


def views_of(values: Mapping[str, object], file: Path) -> tuple[View, ...]:
    """The views of a configuration in their order; BadInput names the file, the view and what is wrong with it."""
    tables = values.get("views", [])
    if not isinstance(tables, list):
        raise _wrong(file, "views", Message("each view is a table [[views]]"))
    views = tuple(_view(table, number, file) for number, table in enumerate(tables, 1))
    names = [view.name for view in views]
    for name in names:
        if names.count(name) > 1:
            raise _wrong(file, name, Message("two views have this name"))
    return views


def _view(table: object, number: int, file: Path) -> View:
    named = f"views {number}"
    if not isinstance(table, dict):
        raise _wrong(file, named, Message("each view is a table [[views]]"))
    name = table.get("name")
    if not isinstance(name, str) or not 0 < len(name.strip()) <= LONGEST_NAME:
        raise _wrong(file, named, Message("it needs a name of 1 to {most} characters", {"most": LONGEST_NAME}))
    for field in table:
        if field not in FIELDS:
            told = {"field": str(field), "known": ", ".join(FIELDS)}
            raise _wrong(file, name, Message("{field} is not one of {known}", told))
    kinds = _codes(table, "kinds", name, file)
    for kind in kinds:
        if kind not in set(WhistleKind):
            known = ", ".join(kind.value for kind in WhistleKind)
            raise _wrong(file, name, Message("{field} is not one of {known}", {"field": kind, "known": known}))
    overdue, search = table.get("overdue", False), table.get("search", "")
    if not isinstance(overdue, bool):
        raise _wrong(file, name, Message("overdue is true or false"))
    if not isinstance(search, str):
        raise _wrong(file, name, Message("search is a text"))
    narrowed = CaseFilter(frozenset(map(WhistleKind, kinds)), _codes(table, "units", name, file),
                          _codes(table, "departments", name, file), _codes(table, "people", name, file),
                          overdue)  # fmt: skip
    return View(name.strip(), narrowed, search)


def _codes(table: Mapping[str, object], field: str, name: str, file: Path) -> frozenset[str]:
    codes = table.get(field, [])
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise _wrong(file, name, Message("{field} is a list of codes", {"field": field}))
    return frozenset(codes)


def _wrong(file: Path, name: str, reason: Message) -> BadInput:
    said = Message("{file}: the view {name}: {reason}.", {"file": str(file), "name": name, "reason": reason})
    return BadInput(said, "config")


def read_views(file: Path) -> object:
    """The ``views`` of a configuration file as they stand there, for ``views_of``."""
    import tomllib

    return tomllib.loads(file.read_text(encoding="utf-8")).get("views", [])


def add_view(file: Path, view: View) -> None:
    """Write a view at the end of the configuration, all else as it stands; OSError when the disk refuses.

    BadInput for a name that is too long or taken.
    """
    import tomllib

    before = file.read_text(encoding="utf-8") if file.exists() else ""
    after = before + ("\n" if before and not before.endswith("\n") else "") + "\n".join(_lines(view)) + "\n"
    views_of(tomllib.loads(after), file)
    write_private(file, after)


def _lines(view: View) -> Iterable[str]:
    yield "\n[[views]]"
    yield f"name = {_quoted(view.name)}"
    for sort in SORTS:
        codes = sorted(getattr(view.filter, sort))
        if codes:
            yield f"{sort} = [{', '.join(_quoted(str(code)) for code in codes)}]"
    if view.filter.overdue:
        yield "overdue = true"
    if view.search:
        yield f"search = {_quoted(view.search)}"


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are a part of TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
