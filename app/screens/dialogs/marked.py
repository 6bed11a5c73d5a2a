"""One move for all marked cases: asked once, confirmed with their numbers, made case by case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from textual.content import Content

from app.domain.actor import Channel
from app.domain.errors import BadInput, Conflict, IllegalMove, StoreTrouble, WanggeError
from app.domain.message import N_, Message
from app.domain.moves import Action, Move
from app.domain.whistle import Case
from app.render.board import case_number
from app.render.paint import paint
from app.render.ways import Way
from app.render.words import Words
from app.screens.confirm import Confirm
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.marked_rows import MarkedRows, Sending
from app.screens.dialogs.overtaken import by_whom, newer, typed_words
from app.services.whistles import CaseFile, Outcome
from app.widgets.fields.row import FieldRow
from app.widgets.fields.shown import MUTED

SEND_TO_ALL = Way("Enter", N_("send to all"), keys.MISSING)
NAMED = 3
"""Numbers named in the title line and in the question; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A case to which the move was not made, and why; ``department`` when only for that one."""

    whistle_id: UUID
    reason: Message
    department: str = ""


@dataclass(frozen=True, slots=True)
class MarkedResult:
    """What came of it, case by case."""

    move: Move
    done: tuple[UUID, ...]
    """Cases to which all of it was done."""
    refused: tuple[Refusal, ...]
    outcomes: tuple[Outcome, ...] = ()
    words: str = ""
    """What was typed, while it was not sent to all of them."""
    owed: tuple[UUID, ...] = ()
    """Cases that should have had the words and did not get them."""


class MarkedDialog(FormDialog[MarkedResult]):
    """The same answers go to every case; each is a transaction of its own. Result: what came of each."""

    def __init__(
        self, context: DialogContext, files: Sequence[CaseFile], move: Move, refused: Sequence[Refusal] = ()
    ) -> None:
        """``files`` can take the move as far as is known; ``refused`` are marked ones that cannot."""
        super().__init__(context, form_of(move.action))
        self.files = tuple(files)
        self.move = move
        self._refused = tuple(refused)
        self._rows = MarkedRows(context, self.files, move)
        self.once_more = False
        """The same answers were meant for those that cannot take the move any more: the words are owed to them too."""

    @property
    def action(self) -> Action:
        """What is done."""
        return self.move.action

    # -- the form ------------------------------------------------------------------------------
    def title_text(self) -> str:
        """The move and for how many."""
        return self.words.tn(
            "{move}: one marked case", "{move}: {n} marked cases", len(self.files), move=Message(self.move.label)
        )

    def head(self) -> Content:
        """Their numbers; how many marked ones it cannot go to."""
        head = Content.assemble((self._numbers([file.case for file in self.files], 8, self.words), "bold"))
        if self._refused:
            said = self.words.t("not for {n} more: said afterwards", n=len({r.whistle_id for r in self._refused}))
            head = Content.assemble(head, "  ", paint(said, MUTED))
        return head

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (SEND_TO_ALL, keys.FIELD, keys.LIST, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow]:
        """What is asked once."""
        yield from self._rows.rows()

    async def look_up(self) -> None:
        """Who is on duty."""
        await self._rows.telling.look_up(self)

    def understood(self) -> None:
        """The time, and in whose names."""
        self._rows.understood(self)

    @staticmethod
    def _numbers(cases: Sequence[Case], most: int, words: Words) -> str:
        named = tuple(case_number(case.whistle, words) for case in cases[:most])
        listed = words.listed(named)
        return words.t("{cases} and {n} more", cases=listed, n=len(cases) - most) if len(cases) > most else listed

    # -- sending -------------------------------------------------------------------------------
    async def act(self) -> MarkedResult | None:
        """Ask once more with the numbers, then go from case to case; none stops the others."""
        plan = self._rows.plan(self)
        if not await self.app.push_screen_wait(Confirm(lambda words: self._question(plan, words), self.words)):
            return None
        return await self._send_all(plan)

    def _question(self, plan: Sequence[Sending], words: Words) -> str:
        cases = list({sending.file.case.whistle.id: sending.file.case for sending in plan}.values())
        named = self._numbers(cases, NAMED, words)
        stays = self._rows.stays(self)
        if stays is not None:
            into = case_number(stays.case.whistle, words)
            return words.t("Merge {n} into {into}: {cases}?", n=len(cases), into=into, cases=named)
        return words.tn(
            "{move}, one case: {cases}?", "{move}, {n} cases: {cases}?", len(cases),
            move=Message(self.move.label), cases=named,
        )  # fmt: skip

    async def _send_all(self, plan: Sequence[Sending]) -> MarkedResult:
        refused, outcomes = list(self._refused), []
        trouble: StoreTrouble | None = None
        for sending in plan:
            whistle_id, error = sending.file.case.whistle.id, trouble
            if error is None:
                try:
                    outcomes.append(await self._send_one(sending))
                    continue
                except StoreTrouble as failed:
                    error = trouble = failed
                except WanggeError as failed:
                    reason = await self._reason(sending.file, failed)
                    refused.append(Refusal(whistle_id, reason, sending.department))
                    continue
            refused.append(Refusal(whistle_id, error.message, sending.department))
        left = {refusal.whistle_id for refusal in refused}
        tried = [sending.file.case.whistle.id for sending in plan]
        stays = self._rows.stays(self)
        if stays is not None and not refused:
            tried.append(stays.case.whistle.id)
        done = tuple(dict.fromkeys(case for case in tried if case not in left))
        owed = refused if self.once_more else refused[len(self._refused) :]
        return MarkedResult(self.move, done, tuple(refused), tuple(outcomes), typed_words(self) if owed else "",
                            tuple(dict.fromkeys(refusal.whistle_id for refusal in owed)))  # fmt: skip

    async def _reason(self, before: CaseFile, error: WanggeError) -> Message:
        """Why one of them was refused; where somebody else was faster, who did what."""
        if not isinstance(error, Conflict | IllegalMove):
            return error.message
        try:
            after = await self.context.submit(self.context.house.whistles.file, before.case.whistle.id)
        except WanggeError:
            return error.message
        events = newer(before, after)
        if not events:
            return error.message
        meanwhile = by_whom(events, self.context)
        return meanwhile if isinstance(error, Conflict) else Message("{said} {more}", {
            "said": meanwhile, "more": error.message})  # fmt: skip

    async def _send_one(self, sending: Sending) -> Outcome:
        """The steps that come before, then the move itself."""
        whistle_id, act = sending.file.case.whistle.id, self.context.house.whistles.act
        seen = sending.intents[0].seen
        for intent in sending.intents[:-1]:
            before = await self.submit(act, whistle_id, intent)
            seen = before.case.whistle.version
        return await self.submit(act, whistle_id, sending.last(seen))

    async def finish(self, result: MarkedResult) -> None:
        """What was not sent to all of them is kept as it was typed."""
        if not result.owed:
            await super().finish(result)
            return
        self.over = True
        self.answers = self.typed()
        self.requests.used({outcome.event.id for outcome in result.outcomes})
        self.outdate_draft()
        await self.save_draft()
        self.dismiss(result)

    def channel(self, on_behalf_of: str) -> Channel:
        """How it was told, where somebody else is spoken for."""
        return Channel(self.text("channel") or Channel.PHONE) if on_behalf_of else Channel.TERMINAL

    def must(self, ok: object, sentence: Message, field: str) -> None:
        """BadInput beside a field unless something stands there."""
        if not ok:
            raise BadInput(sentence, field)


def form_of(action: Action) -> str:
    """The name under which the draft of a move for many is kept."""
    return f"marked-{action.value}"
