"""Fields that the forms of the flood share: issuers as they were written before, members, grids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from app.command_find import Fit, fit_of
from app.domain.errors import BadInput
from app.domain.message import Message
from app.domain.org import Member
from app.domain.text import normalise_width
from app.screens.context import DialogContext
from app.screens.dialogs.box import Box
from app.screens.dialogs.case_line import grid_name
from app.widgets.fields.hits import Hit
from app.widgets.fields.lookup import LookupField

MOST_HITS = 30


def plain(text: str) -> str:
    """As it is compared."""
    return normalise_width(text).strip().casefold()


def texts_found(texts: Iterable[str], typed: str) -> Sequence[Hit]:
    """Texts of before, each once, that contain what was typed."""
    wanted = plain(typed)
    return [Hit(text, text) for text in dict.fromkeys(texts) if text and wanted in plain(text)][:MOST_HITS]


def grids_found(context: DialogContext, typed: str) -> Sequence[Hit]:
    """Grids by name, pinyin initials or code."""
    wanted = plain(typed)
    found = []
    for unit in context.street.grids:
        names = [unit.short.zh, unit.short.en], [unit.name.zh, unit.name.en]  # as it is spoken of comes first
        fits = [fit_of(wanted, filter(None, named), (unit.code,)) for named in names] if wanted else [Fit.KEY]
        best = [(place, fit) for place, fit in enumerate(fits) if fit is not None]
        if best:
            found.append((best[0], unit))
    found.sort(key=lambda one: one[0])
    return [Hit(unit.code, grid_name(context, unit.code), unit.landmarks) for _, unit in found]


def members_found(
    context: DialogContext, typed: str, fits: Callable[[Member], bool] = lambda _member: True, grid: str = "",
    unit: str = "",
) -> Sequence[Hit]:  # fmt: skip
    """Members by name, initials or code, those of a grid first, or those of a unit."""
    wanted = plain(typed)
    members = [one for one in context.street.street.members if one.active and fits(one)]
    members.sort(key=lambda one: one.grid != grid)
    if unit:
        members.sort(key=lambda one: distance(context, one, unit))
    return [
        Hit(one.code, context.words.name(one.name), one.phone)
        for one in members
        if not wanted or fit_of(wanted, (one.name.zh, one.name.en), (one.code,)) is not None
    ][:MOST_HITS]  # fmt: skip


def distance(context: DialogContext, member: Member, unit: str) -> int:
    """How near a member is to a unit: 0 = of the unit itself, 1 = of one below it, 2 = of another."""
    places = (member.grid, *(post.at for post in member.posts))
    if unit in places:
        return 0
    return 1 if any(context.street.covers(unit, place) for place in places) else 2


def code_of(form: Box[Any], field: str, *, needed: Message | None = None) -> str:
    """The code in a field with a list; BadInput when what is typed names nobody, or when it is needed and empty."""
    lookup = form.rows[field].widget
    if not isinstance(lookup, LookupField) or form.rows[field].hidden:
        return ""
    if lookup.line.value.strip() and not lookup.code:
        raise BadInput(Message("Nothing of that name; F4 opens the list."), field)
    if needed is not None and not lookup.code:
        raise BadInput(needed, field)
    return lookup.code


def text_of(form: Box[Any], field: str) -> str:
    """What stands in a field that may be taken from a list or typed."""
    row = form.rows.get(field)
    if row is None or row.hidden:
        return ""
    return row.widget.line.value.strip() if isinstance(row.widget, LookupField) else form.text(field)
