"""Several answers of a round in one line, as they are told by radio; what is understood is shown while it is typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual.content import Content

from app.domain.checklist import Answer, Verdict
from app.domain.errors import BadInput
from app.domain.gauge_doubt import Doubtful
from app.domain.message import Message
from app.domain.radio import LONGEST_LINE, Heard, all_stays, told_answers, understand_radio
from app.domain.radio_example import radio_example
from app.domain.round import Item
from app.domain.round_file import RoundFile
from app.render.paint import paint, paint_text
from app.render.rounds import answer_said, round_head
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.settle import Teller
from app.screens.dialogs.sights import sight_of
from app.services.rounds import Told
from app.widgets.fields.line import LineField
from app.widgets.fields.row import FieldRow
from app.widgets.fields.shown import Line, Shown

MOST_SHOWN = 12
"""Parts of a line that are shown; of more, how many there are."""


class SayRound(FormDialog[RoundFile]):
    """Enter records all of the line or nothing of it: a part that is not understood is said again."""

    def __init__(self, context: DialogContext, file: RoundFile, teller: Teller) -> None:
        super().__init__(context, f"say-{file.round.id.hex[:12]}")
        self._round, self._teller = file, teller
        self._doubted = ""
        """The line that was asked about: the same once more is meant."""
        self.told: frozenset[Item] = frozenset()
        """What the line answered, once it is recorded."""

    # -- the form ------------------------------------------------------------------------------
    def title_text(self) -> str:
        """What the box is for."""
        if not self._teller.by:
            return self.words.t("Several answers in one line")
        sight = sight_of(self.context)
        who = sight.person_of(self._teller.by, self._round.round.team)
        told = self.words.t("{channel}: {who}", channel=self._teller.channel, who=who)
        return self.words.t("Several answers in one line · {told}", told=told)

    def head(self) -> Content:
        """Which round."""
        return paint(round_head(self._round, sight_of(self.context)))

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (keys.RECORD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow | Shown]:
        """The line, and what is understood of it."""
        t = self.words.t
        example = self.words.name(radio_example(self._round.walk))
        yield FieldRow(t("As it is told"), LineField("line", cap=LONGEST_LINE, placeholder=example))
        yield Shown([t("Understood")], id="preview")

    # -- understanding -------------------------------------------------------------------------
    def heard(self) -> tuple[Heard, ...]:
        """What the line says."""
        file = self._round
        return understand_radio(self.text("line"), file.walk.route, file.walk.template, file.round.answers)

    def understood(self) -> None:
        """Each part as it would be recorded, or what is unclear about it."""
        heard = sorted(self.heard(), key=lambda one: one.trouble is None)  # what is unclear is seen first
        lines = [self._line(one) for one in heard[:MOST_SHOWN]]
        if len(heard) > MOST_SHOWN:
            lines.append((self.words.t("Understood"), paint(self.words.t("{n} more", n=len(heard) - MOST_SHOWN))))
        self.query_one("#preview", Shown).show(lines or [(self.words.t("Understood"), Content(""))])
        self.calm()

    def _line(self, one: Heard) -> Line:
        words, glyphs = self.words, self.context.glyphs
        label = words.t("Understood")
        answer = one.answer or one.stays
        if one.point is None or one.question is None or answer is None:
            why = words.say(one.trouble, self.now) if one.trouble else ""
            said = why if one.said in why else f"{one.said}  {why}"
            return label, Content.styled(paint_text(f"? {said}"), "$text-warning")
        said = answer_said(one.question, answer, sight_of(self.context))
        where = f"{one.point.number} {words.name(one.point.name)} · {words.name(one.question.short)}"
        if one.answer is None:
            stays = words.t("stays: {said}", said=said)
            return label, Content.styled(paint_text(f"{glyphs.alarm} {where}  {stays}"), "$text-warning")
        wrong = answer.verdict is Verdict.PROBLEM
        sign, style = (glyphs.alarm, "bold $text-error") if wrong else (glyphs.done, "$text-success")
        return label, Content.assemble((f"{sign} ", style), paint(f"{where}  "), paint(said, style if wrong else ""))

    # -- sending -------------------------------------------------------------------------------
    async def act(self) -> RoundFile:
        """Record all of it."""
        answers = self._answers()
        told = Told(self.context.actor, self.request("say"), self._teller.by, self._teller.channel)
        line = self.text("line")
        sure = line == self._doubted
        try:
            file = await self.submit(
                lambda: self.context.house.rounds.answer(told, self._round.round.id, answers, said=line, sure=sure)
            )
        except Doubtful as doubted:
            self._doubted = line
            raise BadInput(
                Message("{doubt} If it is, Enter once more records it.", {"doubt": doubted.message}), "line"
            ) from doubted
        self.told = frozenset(answers)
        return file

    def _answers(self) -> Mapping[Item, Answer]:
        heard = self.heard()
        unclear = next((one.why for one in heard if one.why is not None), None)
        if unclear is not None:
            raise BadInput(unclear, "line")
        answers = told_answers(heard)
        if not answers:
            raise BadInput(all_stays(heard) or Message("Say at which point what was found."), "line")
        return answers
