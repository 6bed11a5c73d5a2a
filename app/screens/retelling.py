"""A sheet over the desk said again in the other language: what was typed to find, and the cursor, stay."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from textual.compose import compose
from textual.screen import Screen
from textual.widgets import Input

from app.render.sight import Sight
from app.render.words import Words
from app.widgets.row_list import RowList


def retell_sheet(sheet: Screen[Any], words: Words) -> None:
    """Give it the words; titles come from composing it once more, rows from filling it once more."""
    for name, value in list(vars(sheet).items()):
        if isinstance(value, Words):
            setattr(sheet, name, words.in_zone(value.zone))
        elif isinstance(value, Sight):
            setattr(sheet, name, replace(value, words=words.in_zone(value.words.zone)))
    box = sheet.query("#box").first()
    fresh = compose(sheet)[0]  # never mounted: only its words are wanted
    box.border_title, box.border_subtitle = fresh.border_title, fresh.border_subtitle
    lists = {rows: rows.cursor for rows in sheet.query(RowList)}
    filled = getattr(sheet, "on_mount", None)
    if filled is not None:
        filled()
    for find in sheet.query(Input):
        asked = next((one for one in fresh._pending_children if isinstance(one, Input)), None)
        find.placeholder = asked.placeholder if asked else find.placeholder
        sheet.post_message(Input.Changed(find, find.value))

    def point() -> None:
        for rows, cursor in lists.items():
            if cursor is not None:
                rows.move_to(cursor)

    sheet.call_after_refresh(lambda: sheet.call_after_refresh(point))
