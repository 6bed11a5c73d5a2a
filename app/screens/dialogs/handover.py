"""What is typed at a handover: a line on an item, what is read back, the equipment, a note for the relief."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.content import Content

from app.domain.errors import BadInput
from app.domain.handover import HandoverFile, ItemLine
from app.domain.message import Message
from app.render.handover import named as item_named
from app.render.handover import said_lines, stands_words, where_words, why_words
from app.render.paint import paint
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.sights import sight_of
from app.widgets.fields.line import NOTE_LINE_CAP, LineField
from app.widgets.fields.row import FieldRow


class ItemForm(FormDialog[HandoverFile]):
    """One line about an item, below what is known of it."""

    part: ClassVar[str]
    """By which the draft is known."""

    def __init__(self, context: DialogContext, line: ItemLine) -> None:
        super().__init__(context, f"handover-{self.part}-{line.item.mark}")
        self._line = line

    def head(self) -> Content:
        """The item, why it is critical, what the outgoing officer said."""
        item, sight = self._line.item, sight_of(self.context)
        why = why_words(item, sight)
        first = "  ".join(part for part in (item_named(item, sight), where_words(item, sight)) if part)
        second = "  ".join(part for part in (why, stands_words(item, sight)) if part)
        lines = [paint(first), paint(second, "$text-warning" if why else "$text-muted")]
        return Content("\n").join([*lines, *(paint(text) for text in said_lines(self._line, sight))])

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (keys.RECORD, keys.LEAVE)


class HandoverLine(ItemForm):
    """What the relief must know about an item."""

    part = "line"

    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("What the relief must know")

    def form_rows(self) -> Iterable[FieldRow]:
        """The line."""
        t, told = self.words.t, self._line.told
        example = t("how it stands, what comes next, when to ask again")
        yield FieldRow(t("In one line"), LineField("line", value=told.text if told else "", placeholder=example,
                                                   cap=NOTE_LINE_CAP))  # fmt: skip

    async def act(self) -> HandoverFile:
        """Write it."""
        handovers, actor, key = self.context.house.handovers, self.context.actor, self._line.item.key
        return await self.submit(handovers.tell, actor, self.request("line"), key, self.text("line"))


class HandoverAccept(ItemForm):
    """A critical item is read back: what must be done, in the words of who takes over."""

    part = "accept"

    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Accept, and read back")

    def form_rows(self) -> Iterable[FieldRow]:
        """What is read back."""
        t = self.words.t
        yield FieldRow(t("Read back"), LineField("said", placeholder=t("what you will do now, in your own words"),
                                                 cap=NOTE_LINE_CAP))  # fmt: skip

    async def act(self) -> HandoverFile:
        """Accept it as it was shown."""
        handovers, actor, item = self.context.house.handovers, self.context.actor, self._line.item
        return await self.submit(handovers.accept, actor, self.request("accept"), item.key, self.text("said"),
                                 item.mark)  # fmt: skip


class EquipmentDialog(FormDialog[HandoverFile]):
    """One line for each piece: empty = it is there, else what is missing."""

    def __init__(self, context: DialogContext, file: HandoverFile) -> None:
        super().__init__(context, "handover-equipment")
        self._file = file

    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Equipment")

    def head(self) -> Content:
        """How it is filled in."""
        return paint(self.words.t("Leave a line empty when it is all there; else say what is missing."), "$text-muted")

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (keys.RECORD, keys.FIELD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow]:
        """The pieces of the list."""
        t = self.words.t
        for one in self._file.sheet.gear:
            yield FieldRow(self.words.name(one.name), LineField(one.code, value=one.remark, placeholder=t("all there")))

    async def act(self) -> HandoverFile:
        """Record all of them."""
        handovers, actor = self.context.house.handovers, self.context.actor
        found = {one.code: self.text(one.code).strip() for one in self._file.sheet.gear}
        if not found:
            raise BadInput(Message("The policy names no equipment."))
        return await self.submit(handovers.equipment, actor, self.request("equipment"), found)


class ReliefNoteDialog(FormDialog[HandoverFile]):
    """A note for the relief; an addition once both have signed."""

    def __init__(self, context: DialogContext, file: HandoverFile) -> None:
        super().__init__(context, "handover-note")
        self._file = file

    def title_text(self) -> str:
        """What the box is for."""
        if self._file.record is not None and self._file.record.taken_at is not None:
            return self.words.t("Add to the signed handover")
        return self.words.t("Note for the relief")

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (keys.RECORD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow]:
        """The words."""
        t = self.words.t
        yield FieldRow(t("Note"), LineField("note", placeholder=t("what the relief should know besides"),
                                            cap=NOTE_LINE_CAP))  # fmt: skip

    async def act(self) -> HandoverFile:
        """Note it."""
        handovers, actor, record = self.context.house.handovers, self.context.actor, self._file.record
        signed = record.id if record is not None and record.taken_at is not None else None
        return await self.submit(handovers.note, actor, self.request("note"), self.text("note"), signed)
