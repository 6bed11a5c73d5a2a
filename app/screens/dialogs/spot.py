"""Records a service, a visit or a finding that was solved on the spot: one line, the grid, who did it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.actor import Channel
from app.domain.errors import BadInput
from app.domain.gazetteer import Gazetteer, complete
from app.domain.message import N_, Message
from app.domain.oneline import Understood, understand
from app.domain.org import Role
from app.domain.text import normalise_width
from app.render.paint import paint
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.case_line import grid_name
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.speakers import on_duty
from app.services.duty import SPOT_KINDS
from app.services.ports import Spot
from app.widgets.fields.choice import Choice, ChoiceField
from app.widgets.fields.completing import CompletingLine
from app.widgets.fields.hits import Hit
from app.widgets.fields.line import NOTE_LINE_CAP, LineField
from app.widgets.fields.lookup import LookupField
from app.widgets.fields.row import FieldRow
from app.widgets.fields.shown import Shown

KINDS = dict(zip(SPOT_KINDS, (N_("service"), N_("visit"), N_("finding")), strict=True))
LABELS = (N_("What was done"), N_("Place"), N_("At"))


class SpotDialog(FormDialog[Spot]):
    """Enter records it; no whistle is needed (domain 2.8, step 2)."""

    aliases = {"title": "line", "occurred_at": "line"}

    def __init__(self, context: DialogContext) -> None:
        super().__init__(context, "spot")
        self._gazetteer = Gazetteer.of(context.street.street, context.policy)
        self._on_duty: dict[str, str] = {}

    # -- the form ------------------------------------------------------------------------------
    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Solved on the spot")

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (keys.RECORD, CompletingLine.COMPLETE, Way("1–3", N_("kind")), keys.FIELD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow | Shown]:
        """The line and what was understood, then kind, grid, who, for whom, note."""
        t = self.words.t
        line = CompletingLine(
            "line", self._complete, placeholder=t("grid, what was done, when: 双河二 帮独居老人换电线 22:10")
        )
        yield FieldRow(t("In one line"), line)
        yield Shown([t(label) for label in LABELS], id="preview")
        yield FieldRow(
            t("Kind of record"), ChoiceField("kind", [Choice(k, t(word)) for k, word in KINDS.items()], value="service")
        )
        yield FieldRow(t("Grid"), LookupField("grid", self.find_grid))
        yield FieldRow(t("Done by"), LookupField("by", self.find_member))
        yield FieldRow(t("For whom"), LineField("for_whom", placeholder=t("building, not name")))
        yield FieldRow(t("Note"), LineField("note", cap=NOTE_LINE_CAP, placeholder=t("if anything")))

    async def look_up(self) -> None:
        """Who is on duty in each grid."""
        shift = await self.context.submit(self.context.house.duty.shift)
        for grid in self.context.street.grids:
            self._on_duty[grid.code] = next(iter(on_duty(self.context.street, grid.code, shift)), "")
        self.understood()

    # -- understanding -------------------------------------------------------------------------
    def read(self) -> Understood:
        """What the line says."""
        return understand(self.text("line"), self._gazetteer, self.now, self.words.zone)

    def understood(self) -> None:
        """Show it; the line's grid and the grid's member on duty are proposed."""
        read, words = self.read(), self.words
        at = read.moment.at if read.moment else self.now
        place = words.name(self.context.street.label(read.place)) if read.place else "–"
        values = [read.title or "–", place, words.when(at)]
        shown = [(words.t(label), paint(value)) for label, value in zip(LABELS, values, strict=True)]
        self.query_one("#preview", Shown).show(shown)
        grid, by = self.rows["grid"].widget, self.rows["by"].widget
        if read.grid and isinstance(grid, LookupField):
            grid.suggest(read.grid, grid_name(self.context, read.grid))
        code = grid.code if isinstance(grid, LookupField) else ""
        member = self._on_duty.get(code, "")
        if member and isinstance(by, LookupField):
            by.suggest(member, words.name(self.context.street.label(member)))
        problems = " ".join(words.say(problem, self.now) for problem in read.problems)
        self.status(problems, "wrong") if problems else self.calm()

    def _complete(self, before: str) -> Sequence[Hit]:
        return [
            Hit(found.code, self.words.name(found.name), "", found.text, found.replaces)
            for found in complete(before, self._gazetteer)
        ]

    def find_grid(self, text: str) -> Sequence[Hit]:
        """Grids by a part of their name or code."""
        wanted = _plain(text)
        return [
            Hit(unit.code, grid_name(self.context, unit.code), unit.landmarks)
            for unit in self.context.street.grids
            if not wanted
            or any(wanted in _plain(key) for key in (unit.name.zh, unit.short.zh, unit.name.en, unit.code))
        ]

    def find_member(self, text: str) -> Sequence[Hit]:
        """Members of the grid first, then every other one who works in a grid."""
        wanted, grid = _plain(text), self.rows["grid"].widget
        code = grid.code if isinstance(grid, LookupField) else ""
        members = [m for m in self.context.street.street.members if m.active and m.holds(Role.GRID_MEMBER)]
        members.sort(key=lambda member: member.grid != code)
        return [
            Hit(member.code, self.words.name(member.name), grid_name(self.context, member.grid))
            for member in members
            if wanted in _plain(self.words.name(member.name)) or _plain(member.code).startswith(wanted)
        ]

    # -- sending -------------------------------------------------------------------------------
    async def act(self) -> Spot:
        """Record it."""
        read = self.read()
        if not read.title:
            raise BadInput(Message("Say what was done."), "line")
        grid, by = self._code("grid"), self._code("by")
        if not grid:
            raise BadInput(Message("Which grid?"), "grid")
        texts = {"title": read.title, "for_whom": self.text("for_whom"), "note": self.text("note")}
        channel = Channel.PHONE if by and by != self.context.actor.member else Channel.TERMINAL
        return await self.submit(
            self.context.house.duty.record_spot, self.context.actor, self.text("kind"), grid,
            {name: text for name, text in texts.items() if text}, self.request("spot"), place=read.place,
            matter=read.matter.code if read.matter else "", by=by,
            occurred_at=read.moment.at if read.moment else None, channel=channel,
        )  # fmt: skip

    def _code(self, field: str) -> str:
        lookup = self.rows[field].widget
        if not isinstance(lookup, LookupField):
            return ""
        if lookup.line.value.strip() and not lookup.code:
            raise BadInput(Message("Nothing of that name; F4 opens the list."), field)
        return lookup.code


def _plain(text: str) -> str:
    return normalise_width(text).strip().casefold()
