"""Every move that has no dialog of its own, as a form made from the life cycle's table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from textual.content import Content

from app.domain.effective import effective
from app.domain.errors import BadInput
from app.domain.intent import Intent, Value
from app.domain.message import Message
from app.domain.moves import Action, ArgType, Move, Row
from app.domain.permissions import under
from app.domain.whistle import Precision
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.case_line import case_head
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.move_rows import MoveRows
from app.screens.dialogs.speakers import Scene
from app.screens.dialogs.telling import Telling, Told
from app.services.ports import BoardQuery, BoardRow
from app.services.whistles import CaseFile, Outcome
from app.widgets.fields.row import FieldRow


class MoveDialog(FormDialog[Outcome]):
    """The move's arguments, then on whose behalf, how told, and when. Enter sends."""

    def __init__(self, context: DialogContext, file: CaseFile, move: Move, entry: UUID | None = None) -> None:
        super().__init__(context, f"{move.action.value}-{file.case.whistle.id.hex[:12]}")
        self.file: CaseFile = file
        self.move = move = under(move, context.policy, file.case.whistle)
        self._args = MoveRows(context, file, move, entry)
        able = self._args.able()
        self._telling = Telling(context, move, self._scene(able[0].department if len(able) == 1 else ""))

    # -- the form ------------------------------------------------------------------------------
    def title_text(self) -> str:
        """The move."""
        return self.words.t(self.move.label)

    def head(self) -> Content:
        """The case."""
        return case_head(self.context, self.file.row)

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (keys.RECORD, keys.FIELD, keys.LIST, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow]:
        """The arguments, and who said it how and when."""
        t = self.words.t
        yield from self._args.rows()
        if self.move.action is Action.CORRECT:
            yield self._telling.when(t("Corrected time"), t("00:26"))
        else:
            yield self._telling.when(t("At"))
        yield self._telling.whose(t("On behalf of"))
        yield self._telling.how(t("Told by"))

    async def look_up(self) -> None:
        """Who is on duty, and the cases a duplicate may join."""
        await self._telling.look_up(self)
        if any(arg.type is ArgType.CASE for arg in self.move.args):
            self._args.open_cases = await self.context.submit(self._open_cases)

    def _open_cases(self) -> Sequence[BoardRow]:
        with self.context.house.store.read() as reads:
            return reads.board(BoardQuery(limit=500)).rows

    def understood(self) -> None:
        """The times beside their fields; the department decides who may speak for it."""
        for arg in self.move.args:
            if arg.type is ArgType.INSTANT:
                self._say_ahead(arg.name)
        department = self.text("department")
        if department:
            self._telling.moved(self, self._scene(department))
        self._telling.understood(self)
        if self.move.action is Action.CORRECT and not self.text("occurred_at"):
            self.rows["occurred_at"].say_aside(self._as_recorded())

    def _as_recorded(self) -> str:
        """The time of the chosen entry as it stands."""
        code = self.text("entry").partition("\t")[0]
        at = self._counting(code)
        return self.words.t("was {when}", when=self.words.when(at)) if at else ""

    def _counting(self, code: str) -> datetime | None:
        """The time an entry counts with, earlier corrections included; None for one that was taken back."""
        return next((event.occurred_at for event in effective(self._args.file.events) if event.id.hex == code), None)

    def _say_ahead(self, name: str) -> None:
        arg = next(arg for arg in self.move.args if arg.name == name)
        typed = self.text(name)
        try:
            at = self._args.instant(arg, typed, self.now) if typed else None
        except BadInput:
            self.rows[name].say_aside(self.words.t("not a time yet"))
            return
        shown = f"{at.astimezone(self.words.zone):%Y-%m-%d %H:%M} {self.words.weekday(at)}" if at else ""
        self.rows[name].say_aside(shown)

    def _scene(self, department: str = "") -> Scene:
        whistle = self.file.case.whistle
        asked = [who for request in self.file.case.requests for who in (request.requested_by, request.recorded_by)]
        return Scene(
            self.context.street, self.context.actor, whistle.grid, department=department, blower=whistle.blower,
            involved=(whistle.blower, whistle.owner, *asked),
        )  # fmt: skip

    # -- sending -------------------------------------------------------------------------------
    async def act(self) -> Outcome:
        """Do it."""
        values = self._args.values(self.rows, self.now)
        told = self._telling.read(self)
        if self.move.action is Action.CORRECT and told.occurred_at is None:
            raise BadInput(Message("{what} is missing.", {"what": Message("Corrected time")}), "occurred_at")
        return await self.act_on(self.file.case.whistle.id, self._intent(values, told))

    def _intent(self, values: Mapping[str, Value], told: Told) -> Intent:
        seen = self.file.case.whistle.version
        entry = values.get("entry")
        was = self._counting(entry.hex) if self.move.action is Action.CORRECT and isinstance(entry, UUID) else None
        values = {**values, "was": was} if was is not None else values
        if self.move.row is Row.ASSIGNMENT:
            assignment = self.file.case.current(str(values.get("department", "")))
            seen = assignment.version if assignment else seen
        return Intent(
            self.move.action, self.context.actor, self.request(self.move.action.value), values, told.on_behalf_of,
            told.channel, told.occurred_at, told.precision if told.occurred_at else Precision.EXACT, seen,
        )  # fmt: skip

    async def look_again(self, file: CaseFile) -> None:
        """The case as somebody else left it."""
        self._args.file = file
        await super().look_again(file)
