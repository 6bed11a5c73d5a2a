"""Sets a plan of rounds: what is asked, where, in which windows on which days, how many, on what it rests, how long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from textual.content import Content

from app.domain.errors import BadInput
from app.domain.message import Message, Name
from app.domain.org import PlaceKind, Role
from app.domain.patrol_book import PatrolBook
from app.domain.plan_words import read_weekdays, read_windows
from app.domain.recurrence import Days
from app.domain.round_plan import WALKERS, RoundPlan
from app.domain.text import TITLE_CAP, normalise_width
from app.render.board import case_number
from app.render.planned import DAYS, WEEKDAYS
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.ahead import parse_ahead
from app.screens.dialogs.case_line import case_head, grid_name
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.rules_form import field_of, fitting
from app.services.patrol_plans import MOST_TOGETHER
from app.services.ports import BoardRow
from app.services.round_plans import PlanWanted
from app.services.whistles import CaseFile
from app.widgets.fields.choice import Choice, ChoiceField
from app.widgets.fields.hits import Hit
from app.widgets.fields.line import LineField
from app.widgets.fields.lookup import LookupField
from app.widgets.fields.row import FieldRow

ROUTE = "route/"
"""Codes of a way that is a route begin so; else it is a grid."""
YES, NO = "yes", "no"


class PlanDialog(FormDialog[RoundPlan]):
    """From a case it ends with the case unless somebody says otherwise; ``like`` gives the answers to begin with."""

    aliases = {"route": "way", "grid": "way"}

    def __init__(
        self, context: DialogContext, file: CaseFile | None = None, like: RoundPlan | None = None,
        cases: Sequence[BoardRow] = (),
    ) -> None:  # fmt: skip
        """``cases`` = the open ones that the plan may end with."""
        about = file.case.whistle.id.hex[:12] if file is not None else like.id if like is not None else ""
        super().__init__(context, f"plan-{about}")
        self.file = file
        self._like = like
        self._cases = tuple(row for row in cases if row.whistle.number)
        self._book: PatrolBook | None = None

    def on_mount(self) -> None:
        """It may open on an Enter in a list: the second one of a pair must not send it."""
        self.hold_enter()

    # -- the form ------------------------------------------------------------------------------
    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Plan rounds until this case is closed") if self.file else self.words.t("Plan rounds")

    def head(self) -> Content:
        """The case."""
        return case_head(self.context, self.file.row) if self.file else Content("")

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (keys.RECORD, keys.LIST, keys.FIELD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow]:
        """What and where first; what is seldom wanted comes last."""
        t, like = self.words.t, self._like
        yield FieldRow(t("Checklist"), LookupField("template", self.find_template))
        grid = self.file.case.whistle.grid if self.file is not None else ""
        yield FieldRow(t("Way or grid"), LookupField("way", self.find_way, code=grid, label=self._grid_name(grid)))
        windows = ", ".join(f"{one.opens:%H:%M}-{one.closes:%H:%M}" for one in like.windows) if like else ""
        yield FieldRow(t("Windows"), LineField("windows", value=windows, half_width=True,
                                               placeholder="07:00-07:40, 15:50-16:25"))  # fmt: skip
        days = [Choice(one.value, t(DAYS[one])) for one in Days]
        yield FieldRow(t("Days"), ChoiceField("days", days, value=(like.days if like else Days.ANY).value))
        weekdays = ",".join(str(day + 1) for day in sorted(like.weekdays)) if like else ""
        hint = t("only on: 一三五, 1-5; empty = all of them")
        yield FieldRow(t("Weekdays"), LineField("weekdays", value=weekdays, placeholder=hint))
        team = str(max(like.team.values(), default=1)) if like else "1"
        yield FieldRow(t("Together"), LineField("team", value=team, cap=3, half_width=True),
                       aside=t("at night as the rules say, at least"))  # fmt: skip
        walkers = [Choice(one.value, self.words.enum(one)) for one in WALKERS]
        role = like.role if like else Role.GRID_MEMBER
        yield FieldRow(t("Whose round"), ChoiceField("role", walkers, value=role.value))
        yield from self._ends()
        name = self.words.name(like.name) if like else ""
        yield FieldRow(t("Name"), LineField("name", value=name, cap=TITLE_CAP, placeholder=t("as the checklist")))
        yield FieldRow(t("Permit"), LineField("permit", value=like.permit if like else "", cap=TITLE_CAP,
                                              placeholder=t("the permit it rests on")))  # fmt: skip
        zone = like.place if like else ""
        label = self.words.name(self.context.street.label(zone)) if zone else ""
        yield FieldRow(t("Vending zone"), LookupField("place", self.find_place, code=zone, label=label, free=True))

    def _ends(self) -> Iterable[FieldRow]:
        """With a case, or on a day."""
        t = self.words.t
        if self.file is not None:
            number = case_number(self.file.case.whistle, self.words)
            tied = [Choice(YES, t("when {case} is closed", case=number)), Choice(NO, t("not with the case"))]
            yield FieldRow(t("Ends"), ChoiceField("tied", tied, value=YES))
        else:
            yield FieldRow(t("Ends with case"), LookupField("case", self.find_case, free=True,
                                                            placeholder=t("an open case, or none")))  # fmt: skip
        yield FieldRow(
            t("Until"), LineField("until", placeholder=t("07-20, 7天后, 18:00; empty = no end"), half_width=True)
        )

    async def look_up(self) -> None:
        """The rules in force."""
        self._book = await self.context.submit(self.context.house.patrol_rules.current)
        like, name = self._like, self.words.name
        template = self._book.templates.get(like.template) if like else None
        if template is not None:
            field_of(self.rows["template"], LookupField).suggest(template.id, name(template.name))
        if like is not None:
            route = self._book.routes.get(like.route)
            way = (ROUTE + route.id, name(route.name)) if route else (like.grid, self._grid_name(like.grid))
            field_of(self.rows["way"], LookupField).suggest(*way)
        if self.stands:
            self.understood()

    # -- understanding -------------------------------------------------------------------------
    def _grid_name(self, code: str) -> str:
        return self.words.name(self.context.street.label(code)) if code else ""

    def _hits(self, text: str, named: Iterable[tuple[str, Name, str]]) -> list[Hit]:
        return fitting(text, named, self.words.language)

    def find_template(self, text: str) -> Sequence[Hit]:
        """Checklists by name, pinyin initials or id."""
        found = self._book.templates.values() if self._book else ()
        return self._hits(text, ((one.id, one.name, "") for one in found))

    def find_way(self, text: str) -> Sequence[Hit]:
        """Routes first, then grids."""
        routes = self._book.routes.values() if self._book else ()
        ways = [(ROUTE + one.id, one.name, grid_name(self.context, one.grid)) for one in routes]
        grids = [(unit.code, unit.name, self.words.name(unit.short)) for unit in self.context.street.grids]
        return self._hits(text, (*ways, *grids))

    def find_place(self, text: str) -> Sequence[Hit]:
        """Vending zones."""
        zones = (one for one in self.context.street.street.places if one.kind is PlaceKind.VENDING_ZONE)
        return self._hits(text, ((one.code, one.name, grid_name(self.context, one.grid)) for one in zones))

    def find_case(self, text: str) -> Sequence[Hit]:
        """Open cases by number or words."""
        wanted = normalise_width(text).strip().casefold()
        shown = ((row, case_number(row.whistle, self.words)) for row in self._cases)
        return [Hit(row.whistle.number, number, row.title) for row, number in shown
                if not wanted or wanted in number.casefold() or wanted in row.title.casefold()]  # fmt: skip

    def understood(self) -> None:
        """Days of the week and the end as they were understood."""
        if "until" not in self.rows:
            return
        self.calm()
        try:
            days = sorted(read_weekdays(self.text("weekdays"), "weekdays"))
        except BadInput:
            days = []
        self.rows["weekdays"].say_aside(self.words.listed(tuple(self.words.t(WEEKDAYS[day]) for day in days)))
        until = self._until()
        self.rows["until"].say_aside(self.words.when(until) if until is not None else "")

    def _until(self) -> datetime | None:
        return parse_ahead(self.text("until"), self.now, self.words.zone)

    # -- sending -------------------------------------------------------------------------------
    async def act(self) -> RoundPlan:
        """Set it."""
        wanted, actor, request = self._wanted(), self.context.actor, self.request("plan")
        return await self.submit(lambda: self.context.house.round_plans.set(actor, request, wanted))

    def _wanted(self) -> PlanWanted:
        template, way = (field_of(self.rows[name], LookupField).code for name in ("template", "way"))
        if not template:
            raise BadInput(Message("Which checklist? F4 opens the list."), "template")
        if not way:
            raise BadInput(Message("Along which way, or through which grid? F4 opens the list."), "way")
        windows = read_windows(self.text("windows"), "windows")
        if not windows:
            raise BadInput(Message("In which windows? Such as 07:00-07:40, 15:50-16:25."), "windows")
        route = way.removeprefix(ROUTE) if way.startswith(ROUTE) else ""
        place = field_of(self.rows["place"], LookupField)
        if place.line.value.strip() and not place.code:
            raise BadInput(Message("There is no such vending zone: F4 opens the list."), "place")
        if self.text("until") and self._until() is None:
            raise BadInput(Message("Until when? Write it like 07-20, 7天后 or 18:00."), "until")
        return PlanWanted(
            self.text("name"), template, windows, "" if route else way, route, Days(self.text("days") or Days.ANY),
            read_weekdays(self.text("weekdays"), "weekdays"), self._team(), place.code, self.text("permit"),
            self._case(), self._until(), Role(self.text("role") or Role.GRID_MEMBER),
        )  # fmt: skip

    def _team(self) -> int:
        text = normalise_width(self.text("team"))
        if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST_TOGETHER:
            raise BadInput(Message("A team is 1 to {most} people.", {"most": MOST_TOGETHER}), "team")
        return int(text)

    def _case(self) -> UUID | None:
        if self.file is not None:
            return self.file.case.whistle.id if self.text("tied") == YES else None
        field = field_of(self.rows["case"], LookupField)
        found = next((row.whistle.id for row in self._cases if row.whistle.number == field.code), None)
        if found is None and field.line.value.strip():
            raise BadInput(Message("There is no such open case: F4 opens the list."), "case")
        return found
