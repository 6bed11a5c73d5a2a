"""Opens a shift from now when the roster has none: kind, until when, leader, officers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from app.domain.actor import Actor
from app.domain.errors import BadInput
from app.domain.message import N_, Message
from app.domain.org import Role, Shift, ShiftKind
from app.domain.text import normalise_width
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.ahead import parse_ahead
from app.screens.dialogs.form import FormDialog
from app.widgets.fields.choice import Choice, ChoiceField
from app.widgets.fields.hits import Hit
from app.widgets.fields.line import LineField
from app.widgets.fields.lookup import LookupField
from app.widgets.fields.pick import Item, PickField
from app.widgets.fields.row import FieldRow

WITHOUT = Way("Esc", N_("without a shift"), N_("No shift is opened; the desk works without one."))
ENDS = {ShiftKind.DAY: "18:00", ShiftKind.NIGHT: "08:00", ShiftKind.STANDBY: "08:00"}
"""Proposed ends, local time (domain 6.2)."""


class OpenShift(FormDialog[Shift]):
    """Proposes what the hour suggests. Result: the shift."""

    aliases = {"ends_at": "until"}

    def __init__(self, context: DialogContext, actor: Actor) -> None:
        super().__init__(context, "shift")
        self._actor = actor
        local = self.now.astimezone(context.words.zone).time()
        self._kind = ShiftKind.DAY if time(7) <= local < time(17) else ShiftKind.NIGHT

    def on_mount(self) -> None:
        """It opens on an Enter in another dialog: the second one of a pair must not open a shift."""
        self.hold_enter()

    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Open a shift from now")

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (Way("Enter", N_("open it"), keys.MISSING), keys.FIELD, PickField.TAKE, WITHOUT)

    def form_rows(self) -> Iterable[FieldRow]:
        """Four rows, all of them proposed."""
        t = self.words.t
        kinds = [Choice(kind.value, self.words.enum(kind)) for kind in ShiftKind]
        yield FieldRow(t("Shift"), ChoiceField("kind", kinds, value=self._kind.value))
        yield FieldRow(
            t("Until"), LineField("until", value=ENDS[self._kind], half_width=True, classes="-short", cap=40)
        )
        leaders = self.find_leader("")
        first = leaders[0] if leaders else Hit("", "")
        yield FieldRow(t("Duty leader"), LookupField("leader", self.find_leader, code=first.code, label=first.label))
        officers = [m for m in self.context.street.street.members if m.active and m.holds(Role.DUTY_OFFICER)]
        items = [Item(member.code, self.words.name(member.name)) for member in officers]
        taken = [self._actor.member] if any(item.value == self._actor.member for item in items) else []
        yield FieldRow(t("Duty officers"), PickField("officers", items, taken=taken, rows=6))

    def find_leader(self, text: str) -> Sequence[Hit]:
        """Duty leaders by a part of their name."""
        wanted = normalise_width(text).strip().casefold()
        return [
            Hit(member.code, self.words.name(member.name), member.phone)
            for member in self.context.street.street.members
            if member.active and member.holds(Role.DUTY_LEADER) and wanted in self.words.name(member.name).casefold()
        ]

    def understood(self) -> None:
        """The end beside its field; another kind proposes another end."""
        kind, until = ShiftKind(self.text("kind") or self._kind), self.rows["until"].widget
        if kind is not self._kind and isinstance(until, LineField):
            self._kind = kind
            until.suggest(ENDS[kind])
        at = parse_ahead(self.text("until"), self.now, self.words.zone)
        shown = f"{at.astimezone(self.words.zone):%m-%d %H:%M}" if at else self.words.t("not a time yet")
        self.rows["until"].say_aside(shown)

    async def act(self) -> Shift:
        """Open it."""
        until, leader, officers = self._read()
        return await self.submit(
            self.context.house.duty.open_shift, self._actor, ShiftKind(self.text("kind")), until, leader, officers,
            self.request("open"),
        )  # fmt: skip

    def _read(self) -> tuple[datetime, str, tuple[str, ...]]:
        until = parse_ahead(self.text("until"), self.now, self.words.zone)
        if until is None:
            raise BadInput(Message("This is no time to come; type it like +7d, 10-09 9:00 or 18:00."), "until")
        leader, officers = self.rows["leader"].widget, self.rows["officers"].widget
        code = leader.code if isinstance(leader, LookupField) else ""
        if not code:
            raise BadInput(Message("Who leads the shift?"), "leader")
        taken = officers.taken if isinstance(officers, PickField) else ()
        if not taken:
            raise BadInput(Message("Take at least one officer."), "officers")
        return until, code, taken
