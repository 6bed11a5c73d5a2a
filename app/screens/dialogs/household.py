"""Lists a household that is to leave, or takes over those that a round named (domain 4.4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.errors import BadInput
from app.domain.flood import Household
from app.domain.message import N_, Message
from app.domain.text import normalise_width
from app.render.rounds import spoken
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.case_line import grid_name
from app.screens.dialogs.flood_fields import code_of, grids_found, plain
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.sights import sight_of
from app.services.flood_board import Naming, rounds_naming
from app.widgets.fields.filtering import FilteringList
from app.widgets.fields.hits import Hit
from app.widgets.fields.line import LineField
from app.widgets.fields.lookup import LookupField
from app.widgets.fields.row import FieldRow


class HouseholdDialog(FormDialog[Household]):
    """Name or address, grid, people. The same words in the same grid are the same household."""

    aliases = {"text": "text"}

    def __init__(self, context: DialogContext, grid: str = "") -> None:
        """``grid`` = the one that is proposed."""
        super().__init__(context, "household")
        self._grid = grid

    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("A household is to leave")

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (keys.RECORD, keys.LIST, keys.FIELD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow]:
        """Three rows."""
        t = self.words.t
        yield FieldRow(t("Name or address"), LineField("text", placeholder=t("building, door, who: 3号楼102 独居老人")))
        name = grid_name(self.context, self._grid) if self._grid else ""
        yield FieldRow(t("Grid"), LookupField("grid", self.find_grid, code=self._grid, label=name))
        yield FieldRow(t("People"), people_field(t("if known")))

    def find_grid(self, text: str) -> Sequence[Hit]:
        """Grids by name, initials or code."""
        return grids_found(self.context, text)

    async def act(self) -> Household:
        """List it."""
        grid = code_of(self, "grid", needed=Message("Which grid?"))
        people = people_of(self)
        evacuation = self.context.house.evacuation
        return await self.submit(
            evacuation.add, self.context.actor, self.request("household"), grid, self.text("text"), people
        )


def people_field(placeholder: str) -> LineField:
    """How many people."""
    return LineField("people", half_width=True, classes="-short", placeholder=placeholder, cap=6)


def people_of(form: FormDialog[Household]) -> int:
    """The number typed, 0 for none; BadInput for what is no number."""
    text = normalise_width(form.text("people")).strip()
    if not text:
        return 0
    if not text.isdecimal():
        raise BadInput(Message("{text} is no number of people.", {"text": text}), "people")
    return int(text)


class TakeOver(FormDialog[tuple[Household, ...]]):
    """Points at a round whose answers name households; Enter lists them. Those listed already stay as they are."""

    keeps_draft = False

    def __init__(self, context: DialogContext) -> None:
        super().__init__(context, "take-over")
        self._rounds: tuple[Naming, ...] | None = None

    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Take over households from a round")

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (Way("Enter", N_("take over")), FilteringList.POINT, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow]:
        """The rounds that name some."""
        placeholder = self.words.t("number, grid or a name")
        rows = max(5, min(12, self.app.size.height - 12))
        yield FieldRow(self.words.t("Round"), FilteringList("round", self.find, placeholder=placeholder, rows=rows))

    async def look_up(self) -> None:
        """Rounds of the last days whose answers name households."""
        self._rounds = await self.context.submit(rounds_naming, self.context.house)
        if self.stands:
            self._list.narrow()
            self.understood()

    @property
    def _list(self) -> FilteringList:
        found = self.rows["round"].widget
        assert isinstance(found, FilteringList)
        return found

    def find(self, text: str) -> Sequence[Hit]:
        """By number, grid, or a household that is named."""
        wanted, sight = plain(text), sight_of(self.context)
        hits = []
        for one in self._rounds or ():
            label = f"{spoken(one.number, sight)}  {sight.short(one.grid)}  {sight.stamp(one.started_at)}"
            named = self.words.listed(one.names)
            if wanted in plain(f"{label} {named}"):
                hits.append(Hit(one.round_id.hex, label, named))
        return hits

    def understood(self) -> None:
        """Say so when there is none."""
        self.calm()
        if self._rounds is not None and not self._rounds:
            self.status(self.words.t("No round of the last days names a household that is to leave."))

    async def act(self) -> tuple[Household, ...]:
        """Take them over."""
        chosen = next((one for one in self._rounds or () if one.round_id.hex == self._list.code), None)
        if chosen is None:
            raise BadInput(Message("No round of the last days names a household that is to leave."), "round")
        evacuation = self.context.house.evacuation
        return await self.submit(evacuation.take_over, self.context.actor, self.request("take over"), chosen.round_id)
