"""The rows that every record by phone ends with: on whose behalf, how the desk was told, and when it happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.domain.actor import Channel
from app.domain.errors import BadInput
from app.domain.instants import parse_clock
from app.domain.message import Message
from app.domain.moves import Move
from app.domain.text import normalise_width
from app.domain.whistle import Precision
from app.screens.context import DialogContext
from app.screens.dialogs.box import Box
from app.screens.dialogs.speakers import Scene, Speaker, proposed, speakers
from app.widgets.fields.choice import Choice, ChoiceField
from app.widgets.fields.hits import Hit
from app.widgets.fields.line import LineField
from app.widgets.fields.lookup import LookupField
from app.widgets.fields.row import FieldRow

RELAYED = (Channel.PHONE, Channel.RADIO, Channel.ON_SITE, Channel.MEETING, Channel.PLATFORM)
"""How the desk can be told, the usual way first."""


@dataclass(frozen=True, slots=True)
class Told:
    """Who really did it, how the desk knows, and when it was."""

    on_behalf_of: str = ""
    channel: Channel = Channel.TERMINAL
    occurred_at: datetime | None = None
    """None = now."""
    precision: Precision = Precision.EXACT


class Telling:
    """Three rows of a form and what stands in them. The rows are optional one by one."""

    def __init__(self, context: DialogContext, move: Move, scene: Scene) -> None:
        self.context = context
        self.move = move
        self.scene = scene
        self.shift = scene.shift
        self._free = False
        self._speakers = speakers(move, scene)

    # -- rows ----------------------------------------------------------------------------------
    def whose(self, label: str, placeholder: str = "") -> FieldRow:
        """On whose behalf; empty = in the acting member's own name, where that is allowed.

        With a ``placeholder`` nobody is proposed and the form says itself what an empty field means.
        """
        self._free = bool(placeholder)
        code = "" if placeholder else proposed(self.move, self.scene)
        own = self.context.words.name(self.scene.street.label(self.scene.actor.member))
        field = LookupField(
            "on_behalf_of", self.find, code=code, label=self._name(code) if code else "",
            placeholder=placeholder or (self.context.words.t("{who} (in own name)", who=own) if self._own else ""),
        )  # fmt: skip
        return FieldRow(label, field)

    def how(self, label: str, usual: Channel = Channel.PHONE) -> FieldRow:
        """By phone, or as is usual there, unless somebody says otherwise."""
        usual = usual if usual in RELAYED else Channel.PHONE
        choices = [Choice(channel.value, self.context.words.enum(channel)) for channel in RELAYED]
        hidden = not proposed(self.move, self.scene)
        return FieldRow(label, ChoiceField("channel", choices, value=usual.value), hidden=hidden)

    def when(self, label: str, placeholder: str = "") -> FieldRow:
        """A time as people say it; empty = now, unless a ``placeholder`` says otherwise."""
        shown = placeholder or self.context.words.t("now")
        field = LineField("occurred_at", half_width=True, classes="-short", placeholder=shown, cap=40)
        return FieldRow(label, field)

    # -- reading -------------------------------------------------------------------------------
    def read(self, form: Box[Any]) -> Told:
        """What the rows say; BadInput names the row that cannot be understood."""
        at, precision = read_time(self.context, form.text("occurred_at"))
        behalf = self._behalf(form)
        channel = form.text("channel")
        return Told(behalf, Channel(channel) if behalf and channel else Channel.TERMINAL, at, precision)

    def understood(self, form: Box[Any]) -> None:
        """Show the time that was understood, and ask for the channel only when it matters."""
        say_time(self.context, form)
        if "channel" in form.rows and "on_behalf_of" in form.rows:
            form.rows["channel"].hidden = not form.rows["on_behalf_of"].content_field.typed.partition("\t")[2].strip()

    def moved(self, form: Box[Any], scene: Scene) -> None:
        """The scene has changed (another grid was named): propose anew, unless the person named somebody."""
        scene = replace(scene, shift=self.shift)
        if scene == self.scene:
            return
        self.scene = scene
        self._speakers = speakers(self.move, scene)
        row = form.rows.get("on_behalf_of")
        field = row.widget if row else None
        if isinstance(field, LookupField) and not self._free:
            code = proposed(self.move, scene)
            field.suggest(code, self._name(code) if code else "")

    async def look_up(self, form: Box[Any]) -> None:
        """Ask the roster who is on, and propose them."""
        shift = await self.context.submit(self.context.house.duty.shift)
        if shift is not None:
            self.shift = shift
            self.moved(form, replace(self.scene, shift=shift))
            self.understood(form)

    def find(self, text: str) -> Sequence[Hit]:
        """Those who may, by a part of their name in either language or the beginning of their code."""
        wanted = normalise_width(text).strip().casefold()
        return [Hit(s.code, self._name(s.code), self._what(s.code)) for s in self._speakers if _fits(s, wanted)]

    @property
    def _own(self) -> bool:
        return any(not speaker.code for speaker in self._speakers)

    def _behalf(self, form: Box[Any]) -> str:
        row = form.rows.get("on_behalf_of")
        if row is None or row.hidden or not isinstance(row.widget, LookupField):
            return ""
        text, code = row.widget.line.value.strip(), row.widget.code
        if text and not code:
            raise BadInput(Message("Nobody of that name may do this; F4 opens the list."), "on_behalf_of")
        if not text and not self._own and not self._free:
            raise BadInput(Message("Say on whose behalf."), "on_behalf_of")
        return code

    def _name(self, code: str) -> str:
        return self.context.words.name(self.scene.street.label(code or self.scene.actor.member))

    def _what(self, code: str) -> str:
        """A word about somebody: their phone, or that it is the acting member."""
        if not code:
            return self.context.words.t("in own name")
        member = self.scene.street.members.get(code)
        department = self.scene.street.departments.get(code)
        return member.phone if member else department.duty_phone if department else ""


def read_time(context: DialogContext, text: str, field: str = "occurred_at") -> tuple[datetime | None, Precision]:
    """The instant typed, None for now; BadInput when it is none or has not come yet."""
    if not text:
        return None, Precision.EXACT
    moment = parse_clock(text, context.house.clock.now(), context.words.zone)
    if moment is None:
        raise BadInput(Message("This is no time; type it like 00:26, about 00:30 or 10 minutes ago."), field)
    return moment.at, Precision.APPROX if moment.approximate else Precision.EXACT


def say_time(context: DialogContext, form: Box[Any], field: str = "occurred_at") -> None:
    """What was understood of the time, beside its field."""
    row = form.rows.get(field)
    if row is None or row.hidden:
        return
    try:
        at, precision = read_time(context, form.text(field))
    except BadInput:
        row.say_aside(context.words.t("not a time yet"))
        return
    now = context.house.clock.now()
    shown = context.words.when(at or now)
    row.say_aside(context.words.t("about {when}", when=shown) if precision is Precision.APPROX else shown)


def at_place(scene: Scene, *, grid: str = "", department: str = "") -> Scene:
    """The same scene in another grid or with another department."""
    return replace(scene, grid=grid or scene.grid, department=department or scene.department)


def _fits(speaker: Speaker, wanted: str) -> bool:
    name = speaker.name
    return (
        not wanted
        or wanted in normalise_width(name.zh).casefold()
        or wanted in name.en.casefold()
        or speaker.code.casefold().startswith(wanted)
    )
