"""Begins a round: which checklist, along which way or through which grid, who walks; enough, or why fewer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from app.command_find import fit_of
from app.domain.actor import Channel
from app.domain.errors import BadInput
from app.domain.message import N_, Message, Name
from app.domain.org import Member, Role
from app.domain.patrol_book import PatrolBook
from app.domain.patrol_row import PatrolRow
from app.domain.planned_round import LATEST, PlannedRound, PlannedState, due_here, fits
from app.domain.posture import Posture
from app.domain.round_file import RoundFile, RoundLine, elsewhere
from app.domain.round_plan import RoundPlan
from app.domain.text import normalise_width
from app.domain.together import Together, night_ahead, plans_along, together
from app.render.clock import hm
from app.render.rounds import still_out
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.case_line import grid_name
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.sights import sight_of
from app.screens.dialogs.speakers import on_duty
from app.services.rounds import Told
from app.widgets.fields.choice import Choice, ChoiceField
from app.widgets.fields.hits import Hit
from app.widgets.fields.line import NOTE_LINE_CAP, LineField
from app.widgets.fields.lookup import LookupField
from app.widgets.fields.pick import Item, PickField
from app.widgets.fields.row import FieldRow

BEGIN = Way("Enter", N_("begin"), keys.MISSING)
VOLUNTARY = "voluntary"
ROUTE = "route:"
"""Before the id of a route, where a grid's code may stand too."""


class StartRound(FormDialog[RoundFile]):
    """Proposes the way that belongs to a checklist, and who is on duty there. Result: the round."""

    aliases = {"template": "template", "grid": "way", "route": "way", "alone": "reason"}

    def __init__(self, context: DialogContext, due: PatrolRow | None = None) -> None:
        """``due`` = the planned round that is begun, whose checklist and way are proposed."""
        super().__init__(context, f"start-round-{due.key.hex[:12]}" if due is not None else "start-round")
        self._due = due
        self._book: PatrolBook | None = None
        self._plans: tuple[RoundPlan, ...] = ()
        self._posture = Posture.SEASON
        self._waiting: list[PlannedRound] = []
        """What is due these hours, anywhere."""
        self._out: tuple[RoundLine, ...] = ()
        self._on_duty: dict[str, list[str]] = {}
        self._grid = ""
        """The grid for which people are proposed."""

    # -- the form ------------------------------------------------------------------------------
    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Begin a round")

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (BEGIN, keys.LIST, PickField.TAKE, keys.FIELD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow]:
        """Five rows; what it counts as is asked where a round is due, why fewer go where the rules want more."""
        t = self.words.t
        self._grid = ""  # the people are offered anew
        yield FieldRow(t("Checklist"), LookupField("template", self.find_template))
        yield FieldRow(t("Way or grid"), LookupField("way", self.find_way))
        lead, along = t("leads"), t("along")
        yield FieldRow(
            t("Who walks"), PickField("team", (), lead_word=lead, assist_word=along, first_leads=True, rows=7)
        )
        yield FieldRow(t("Counts as"), ChoiceField("counts", ()), hidden=True)
        yield FieldRow(t("Why fewer go"), LineField("reason", cap=NOTE_LINE_CAP), hidden=True)

    async def look_up(self) -> None:
        """The rules in force, and who is on duty in each grid."""
        self._book = await self.context.submit(self.context.house.patrol_rules.current)
        found = await self.context.submit(self.context.house.round_plans.due, self.now - LATEST, self.now + LATEST)
        self._waiting = [one.planned for one in found]
        self._out = await self.context.submit(self.context.house.rounds.under_way)
        plans, guard = await self.context.submit(self.context.house.round_plans.in_force)
        self._plans = plans if self._book.version else tuple(self._book.plans.values())
        self._posture = guard.posture
        shift = await self.context.submit(self.context.house.duty.shift)
        for grid in self.context.street.grids:
            self._on_duty[grid.code] = on_duty(self.context.street, grid.code, shift)
        if self.stands:
            self.understood()

    async def restore_draft(self) -> bool:
        """Who walks can be chosen again only once the people of the grid are offered again."""
        await self._ready.wait()
        left = await self.context.lanes.run(self._keeper.load)
        back = await super().restore_draft()
        team = self.rows["team"].widget if back and self.stands and left.get("team") else None
        if isinstance(team, PickField):
            self.understood()
            team.restore(left["team"])
        return back

    def _propose_template(self) -> None:
        """That of the planned round, with its way; else the first, which is the flood's in the rules as shipped."""
        book, due = self._book, self._due
        if not {"template", "way"} <= self.rows.keys():
            return
        template, way = self.rows["template"].widget, self.rows["way"].widget
        if book is None or not isinstance(template, LookupField) or not isinstance(way, LookupField):
            return
        first = book.templates.get(due.template_id) if due else next(iter(book.templates.values()), None)
        if first is not None:
            template.suggest(first.id, self.words.name(first.name))
        route = book.routes.get(due.route_id) if due is not None else None
        if route is not None:
            way.suggest(ROUTE + route.id, self.words.name(route.name))
        elif due is not None:
            way.suggest(due.grid, self.words.name(self.context.street.label(due.grid)))

    # -- understanding -------------------------------------------------------------------------
    def find_template(self, text: str) -> Sequence[Hit]:
        """Checklists by name, pinyin initials or id."""
        templates = self._book.templates.values() if self._book else ()
        return list(self._fitting(text, ((one.id, one.id, one.name, "") for one in templates)))

    def find_way(self, text: str) -> Sequence[Hit]:
        """Routes first, then grids."""
        routes = self._book.routes.values() if self._book else ()
        ways = [(ROUTE + one.id, one.id, one.name, grid_name(self.context, one.grid)) for one in routes]
        grids = [(unit.code, unit.code, unit.name, unit.landmarks) for unit in self.context.street.grids]
        return list(self._fitting(text, (*ways, *grids)))

    def _fitting(self, text: str, named: Iterable[tuple[str, str, Name, str]]) -> Iterator[Hit]:
        wanted = normalise_width(text).strip().casefold()
        for code, id_, name, note in named:
            if not wanted or fit_of(wanted, (name.zh, name.en, id_.replace("_", " ")), (id_,)) is not None:
                yield Hit(code, self.words.name(name), note)

    def understood(self) -> None:
        """The grid's people, those on duty taken already; how many night and posture ask for."""
        self._propose_template()
        grid = self._through()
        if grid != self._grid and self._book is not None:
            self._grid = grid
            self._propose_team(grid)
        self._offer_due()
        asked = self._asked()
        few = 0 < len(self._team()) < asked.n
        if "reason" in self.rows:
            self.rows["reason"].hidden = not few
            sight = sight_of(self.context)
            busy = elsewhere(self._out, self._team())
            said = [asked.aside] if few else self._dusk()
            said += [still_out(code, number, sight) for code, number in busy.items()]
            self.rows["team"].say_note(self.words.listed(tuple(said)) if said else "")
        self.calm()

    def _propose_team(self, grid: str) -> None:
        field = self.rows["team"].widget
        if not isinstance(field, PickField) or not grid:
            return
        street, sight = self.context.street, sight_of(self.context)
        members = [one for one in street.street.members if one.active and one.holds(Role.GRID_MEMBER)]
        near = [one for one in members if one.grid == grid]
        community = street.community_of(grid)
        near += [one for one in members if one.grid != grid and one.grid and street.community_of(one.grid) == community]
        leads = self._leaders(grid) if Role.GRID_LEADER in {one.role for one in self._plans_here()} else []
        items = [Item(one.code, sight.person(one.code), grid_name(self.context, one.grid))
                 for one in dict.fromkeys((*leads, *near))]  # fmt: skip
        offered = {item.value for item in items}
        on_duty = [code for code in self._on_duty.get(grid, ()) if code in offered]
        on_duty.sort(key=elsewhere(self._out, on_duty).__contains__)  # who is on the way already comes last
        taken = [*(one.code for one in leads[:1]), *on_duty][: self._asked().n]
        field.offer(items, taken)
        if taken:
            field.lead = taken[0]

    def _offer_due(self) -> None:
        """The planned round that it would be, or a voluntary one; the first if nobody says otherwise."""
        row, t = self.rows.get("counts"), self.words.t
        if row is None or self._book is None or not isinstance(row.widget, ChoiceField):
            return
        due = self._due_here(self._book)
        choices = [Choice(VOLUNTARY, t("voluntary"))]
        if due is not None:
            zone = self.words.zone
            span = f"{hm(due.opens, zone)}–{hm(due.closes, zone)}"
            choices.insert(0, Choice(due.id.hex, t("due {span}", span=span)))
        if [one.value for one in choices] != [one.value for one in row.widget.choices]:
            fresh = row.widget.untouched
            row.widget.offer(choices, choices[0].value)
            if fresh:
                row.widget.value = choices[0].value
        early = self._not_yet()
        row.hidden = due is None and early is None
        row.say_note(t("due at {at}: begun now it is voluntary", at=early.opens) if early is not None else "")

    def _dusk(self) -> list[Message]:
        """That the night, which is near, asks for more."""
        team, book = self._team(), self._book
        if book is None or not team:
            return []
        due = self._due_here(book)
        ahead = night_ahead(len(team), book.night, self.now, self.words.zone, due.closes if due else None)
        return [ahead] if ahead is not None else []

    def _due_here(self, book: PatrolBook) -> PlannedRound | None:
        """The one under the cursor where it can be begun now, else the one that is due there."""
        mine = self._mine()
        named = [one for one in mine if self._due is not None and one.id == self._due.key]
        able = [one for one in named if fits(one, self.now, book.times.early)]
        return able[0] if able else None if named else due_here(mine, self.now, book.times.early)

    def _not_yet(self) -> PlannedRound | None:
        """The one under the cursor, where it is too early for it."""
        if self._book is None or self._due is None:
            return None
        named = [one for one in self._mine() if one.id == self._due.key and one.state is PlannedState.PLANNED]
        return named[0] if named and not fits(named[0], self.now, self._book.times.early) else None

    def _mine(self) -> list[PlannedRound]:
        chosen = (self._code("template"), self._route(), self._through())
        return [one for one in self._waiting if (one.template, one.route, one.grid) == chosen]

    def _route(self) -> str:
        way = self._code("way")
        return way.removeprefix(ROUTE) if way.startswith(ROUTE) else ""

    def _leaders(self, grid: str) -> list[Member]:
        """Who leads the grid."""
        street = self.context.street
        active = [one for one in street.street.members if one.active]
        return [one for one in active if any(post.role is Role.GRID_LEADER and street.covers(post.at, grid)
                                             for post in one.posts)]  # fmt: skip

    def _asked(self) -> Together:
        """How many walk together there, as things stand."""
        if self._book is None:
            return Together()
        return together(
            self._plans, self._posture, self._book.night, self.now.astimezone(self.words.zone),
            template=self._code("template"), grid=self._through(), route=self._route(),
        )  # fmt: skip

    def _plans_here(self) -> list[RoundPlan]:
        """Those of the round that is chosen."""
        return plans_along(self._plans, self._code("template"), self._through(), self._route())

    def _through(self) -> str:
        """Code of the grid that the way leads through."""
        code = self._code("way")
        if code.startswith(ROUTE) and self._book is not None:
            return self._book.routes[code.removeprefix(ROUTE)].grid
        return code

    def _team(self) -> tuple[str, ...]:
        field = self.rows["team"].widget if "team" in self.rows else None
        if not isinstance(field, PickField):
            return ()
        first = (field.lead,) if field.lead else ()
        return (*first, *field.assists) if first else field.taken

    def _code(self, field: str) -> str:
        row = self.rows.get(field)
        return row.widget.code if row is not None and isinstance(row.widget, LookupField) else ""

    # -- sending -------------------------------------------------------------------------------
    async def act(self) -> RoundFile:
        """Begin it."""
        template, way, team = self._code("template"), self._code("way"), self._team()
        if not template:
            raise BadInput(Message("Which checklist? F4 opens the list."), "template")
        if not way:
            raise BadInput(Message("Along which way, or through which grid? F4 opens the list."), "way")
        if not team:
            raise BadInput(Message("Who walks?"), "team")
        route, grid, counts = self._route(), self._through(), self.text("counts")
        due = UUID(counts) if counts and counts != VOLUNTARY else None
        own = self.context.actor.member in team
        told = Told(self.context.actor, self.request("start"), "" if own else team[0],
                    Channel.TERMINAL if own else Channel.RADIO)  # fmt: skip
        return await self.submit(
            lambda: self.context.house.rounds.start(
                told,
                template,
                grid,
                team,
                route=route,
                alone=self.text("reason"),
                due=due,
                voluntary=due is None and counts == VOLUNTARY,
            )
        )
