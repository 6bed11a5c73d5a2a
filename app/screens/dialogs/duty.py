"""Who sits at this desk: those of the running shift first, narrowed by a few letters; and the shift, when none runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual.binding import Binding
from textual.content import Content

from app.domain.actor import Actor
from app.domain.errors import BadInput
from app.domain.message import N_, Message
from app.domain.org import Member, Role, Shift
from app.domain.text import normalise_width
from app.render.paint import paint
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.open_shift import OpenShift
from app.screens.finding import initials
from app.widgets.fields.filtering import FilteringList
from app.widgets.fields.hits import Hit
from app.widgets.fields.row import FieldRow
from app.widgets.fields.shown import Shown

CHOOSE = Way("Enter", N_("choose"), N_("Who is pointed at sits at this desk from now on."))
OPEN_SHIFT = Way("F4", N_("open a shift"), N_("In the name of the one pointed at, when none is running."))
OPENERS = frozenset({Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.STREET_ADMIN})
"""Who may open a shift."""


class DutyDialog(FormDialog[Member]):
    """Enter chooses. When no shift is running, whoever may open one is asked to."""

    keeps_draft = False
    BINDINGS = [Binding("f4", "open_shift", show=False)]

    def __init__(self, context: DialogContext, first: Sequence[str] = ()) -> None:
        """``first`` = members who are offered before all others: those who relieve."""
        super().__init__(context, "duty")
        self._first = tuple(first)
        self._members: dict[str, Member] = {}
        self._initials: Mapping[str, str] = {}
        self._shift: Shift | None = None

    # -- the form ------------------------------------------------------------------------------
    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Who is on duty at this desk?")

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (CHOOSE, FilteringList.POINT, OPEN_SHIFT, Way("Esc", N_("leave")))

    def form_rows(self) -> Iterable[FieldRow | Shown]:
        """The shift, and the list."""
        t = self.words.t
        yield Shown([t("Shift")], id="shift")
        rows = max(6, min(20, self.app.size.height - 10))
        placeholder = t("name, initials or code")
        yield FieldRow(t("Member"), FilteringList("member", self.find, placeholder=placeholder, rows=rows))

    def understood(self) -> None:
        """The shift, once it is known."""
        if self._ready.is_set():
            self._show_shift()

    async def look_up(self) -> None:
        """The candidates and the shift, and initials to find them by."""
        duty = self.context.house.duty
        members = await self.context.submit(duty.candidates)
        ordered = sorted(members, key=lambda member: member.code not in self._first)  # else as they come
        self._members = {member.code: member for member in ordered}
        self._shift = await self.context.submit(duty.shift)
        self._show_shift()
        self._list.narrow()
        self._initials = await self.context.submit(lambda: {m.code: initials(m.name.zh) for m in members})

    @property
    def _list(self) -> FilteringList:
        found = self.rows["member"].widget
        assert isinstance(found, FilteringList)
        return found

    def find(self, text: str) -> Sequence[Hit]:
        """Candidates by a part of the name, of its initials or of the code."""
        wanted = normalise_width(text).casefold()
        return [self._hit(member) for member in self._members.values() if self._fits(member, wanted)]

    def _fits(self, member: Member, wanted: str) -> bool:
        keys = [normalise_width(member.name.zh).casefold(), member.name.en.casefold(), member.code.casefold()]
        return any(wanted in key for key in (*keys, self._initials.get(member.code, "")))

    def _hit(self, member: Member) -> Hit:
        words, shift = self.words, self._shift
        on = shift is not None and member.code in (*shift.officers, shift.leader)
        roles = dict.fromkeys(words.enum(post.role) for post in member.posts)
        note = " · ".join([*([words.t("this shift")] if on else []), *roles])
        return Hit(member.code, words.name(member.name), note)

    def _show_shift(self) -> None:
        self.query_one("#shift", Shown).show([(self.words.t("Shift"), self._shift_line())])

    def _shift_line(self) -> Content:
        words, shift = self.words, self._shift
        if shift is None:
            return paint(words.t("none is running; F4 opens one"), "$text-warning")
        leader = words.name(self.context.street.label(shift.leader))
        return paint(
            words.t(
                "{kind} until {until}, leader {leader}", kind=words.enum(shift.kind), until=shift.ends_at, leader=leader
            )
        )

    # -- choosing ------------------------------------------------------------------------------
    def action_open_shift(self) -> None:
        """Open a shift in the name of the one pointed at."""
        self.background(self._open_shift, "shift")

    async def _open_shift(self) -> None:
        member = self._members.get(self._list.code)
        if self._shift is not None:
            self.complain("", Message("A shift is running; the next one is opened when it ends."))
        elif member is None or not any(member.holds(role) for role in OPENERS):
            self.complain("", Message("Point at a duty officer or leader first: they open it."))
        else:
            await self._ask_shift(member)

    async def _ask_shift(self, member: Member) -> None:
        actor: Actor = await self.context.submit(self.context.house.duty.actor, member.code)
        opened = await self.app.push_screen_wait(OpenShift(self.context, actor))
        self._shift = opened or await self.context.submit(self.context.house.duty.shift)  # another desk may be faster
        self._show_shift()
        self._list.narrow()

    async def act(self) -> Member:
        """This member; with the shift opened first when there is none and they may."""
        member = self._members.get(self._list.code)
        if member is None:
            raise BadInput(Message("Nobody fits; type less."), "member")
        if self._shift is None and any(member.holds(role) for role in OPENERS):
            await self._ask_shift(member)
        return member
