"""Ends a round: with every answer by one Enter, else the missing points are named and a reason is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textual.content import Content

from app.domain.message import N_
from app.domain.round_file import RoundFile
from app.render.paint import paint
from app.render.rounds import answer_said, progress_words, round_head
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.settle import Teller
from app.screens.dialogs.sights import sight_of
from app.services.rounds import Told
from app.widgets.fields.line import NOTE_LINE_CAP, LineField
from app.widgets.fields.row import FieldRow
from app.widgets.fields.shown import Line, Shown

END = Way("Enter", N_("end it"), keys.MISSING)


class EndRound(FormDialog[RoundFile]):
    """Result: the round as it ended."""

    def __init__(self, context: DialogContext, file: RoundFile, teller: Teller) -> None:
        super().__init__(context, f"end-{file.round.id.hex[:12]}")
        self._round, self._teller = file, teller

    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("End the round")

    def head(self) -> Content:
        """Which round."""
        return paint(round_head(self._round, sight_of(self.context)))

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (END, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow | Shown]:
        """What is missing and why it stays so; nothing to fill in where all is answered. Then what is not decided."""
        t, missing = self.words.t, self._round.missing
        yield Shown([t("Missing") if missing else t("Answered"), *self._undecided_label()], id="missing")
        yield FieldRow(t("Reason"), LineField("reason", cap=NOTE_LINE_CAP, placeholder=t(
            "why it stays open: thunderstorm, called away …") if missing else t("if anything")))  # fmt: skip

    def understood(self) -> None:
        """The missing points with what is missing at each."""
        words, file = self.words, self._round
        points: dict[int, list[str]] = {}
        for point, question in file.missing:
            points.setdefault(point.number, []).append(words.name(question.short))
        names = {point.number: words.name(point.name) for point in file.walk.route.points}
        lines = [(words.t("Missing"), paint(f"{n} {names[n]}: {words.listed(tuple(asked))}", "$text-warning"))
                 for n, asked in points.items()]  # fmt: skip
        done = (words.t("Answered"), paint(progress_words(file.progress, sight_of(self.context)), "$text-success"))
        self.query_one("#missing", Shown).show([*(lines or [done]), *self._undecided()])

    def _undecided_label(self) -> tuple[str, ...]:
        return (self.words.t("Not decided"),) if self._round.undecided else ()

    def _undecided(self) -> Iterator[Line]:
        """Problems of which nobody said what becomes of them; they can be decided afterwards too."""
        sight = sight_of(self.context)
        for item in self._round.undecided:
            found = self._round.walk.find(item)
            if found is not None:
                what = self.words.name(found[1].short)
                said = answer_said(found[1], self._round.round.answers[item].answer, sight)
                yield self.words.t("Not decided"), paint(f"{item[0]} {what} {said}", "$text-warning")

    async def act(self) -> RoundFile:
        """End it."""
        told = Told(self.context.actor, self.request("end"), self._teller.by, self._teller.channel)
        return await self.submit(
            lambda: self.context.house.rounds.end(told, self._round.round.id, reason=self.text("reason"))
        )
