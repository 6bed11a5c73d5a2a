"""What forms that change the rules for rounds have in common: one write, said at its field, never over unread words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from app.command_find import fit_of
from app.domain.checklist import Question
from app.domain.errors import Conflict
from app.domain.message import Message, Name
from app.domain.patrol_book import PatrolBook
from app.domain.route import Gauge
from app.domain.text import normalise_width
from app.screens.dialogs.form import FormDialog
from app.services.patrol_changes import Change, Overtaken, at_its_field
from app.services.patrol_file import PatrolProblems
from app.widgets.fields.hits import Hit
from app.widgets.fields.row import FieldRow

W = TypeVar("W")


class RulesForm(FormDialog[PatrolBook]):
    """Result: the rules as they are afterwards."""

    def on_mount(self) -> None:
        """It opens on an Enter in a list: the second one of a pair must not send it."""
        self.hold_enter()

    def overtaken_by(self, found: Question | Gauge) -> dict[str, str]:  # noqa: ARG002
        """Somebody else changed it: from now on it is compared with what they left. What stands there, by field."""
        return {}

    async def write(self, change: Change) -> PatrolBook:
        """Make the next version; what is wrong is said at its field, what was overtaken is sent by the next Enter."""
        rules, actor = self.context.house.patrol_rules, self.context.actor
        try:
            return await self.submit(rules.change, change, actor, self.request("change"))
        except PatrolProblems as error:
            raise at_its_field(error) from error
        except Overtaken as error:
            theirs = self.overtaken_by(error.found)
            for name in error.fields:
                self.rows[name].say_note(self.words.t("there now: {what}", what=theirs.get(name) or self.glyph_none))
            raise Conflict(Message("{said} Nothing of yours is written yet; Enter writes it over theirs.",
                                   {"said": error.message})) from error  # fmt: skip

    @property
    def glyph_none(self) -> str:
        """What stands for nothing."""
        return self.context.glyphs.dash

    async def look(self) -> PatrolBook:
        """Nothing was changed: the rules in force."""
        return await self.submit(self.context.house.patrol_rules.current)

    def fitting(self, text: str, named: Iterable[tuple[str, Name, str]]) -> Sequence[Hit]:
        """Those of the names (code, name, note) that fit what is typed, by name, pinyin initials or code."""
        return fitting(text, named, self.words.language)


def fitting(text: str, named: Iterable[tuple[str, Name, str]], language: str) -> list[Hit]:
    """Hits for a list under a field: everything while nothing is typed."""
    wanted = normalise_width(text).strip().casefold()
    return [
        Hit(code, name.in_language(language), note) for code, name, note in named
        if not wanted or fit_of(wanted, (name.zh, name.en, code.replace("_", " ")), (code,)) is not None
    ]  # fmt: skip


def field_of(row: FieldRow, kind: type[W]) -> W:
    """The field of a row as what it is."""
    widget: Any = row.widget
    assert isinstance(widget, kind)
    return widget
