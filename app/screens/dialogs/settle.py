"""What becomes of a problem just found: solved on the spot, or a whistle with one key; Esc leaves it for later."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass

from textual.binding import Binding
from textual.content import Content

from app.domain.actor import Channel
from app.domain.checklist import Question
from app.domain.errors import BadInput
from app.domain.message import N_, Message
from app.domain.round import Item
from app.domain.round_file import RoundFile
from app.domain.route import Point
from app.domain.settled import Finding
from app.domain.whistle import Severity
from app.render.paint import paint, paint_text
from app.render.rounds import NTH, RETOLD, answer_said
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.sights import sight_of
from app.services.rounds import Told
from app.widgets.fields.choice import Choice, ChoiceField
from app.widgets.fields.line import NOTE_LINE_CAP, LineField
from app.widgets.fields.row import FieldRow

YES, NO = "yes", "no"
WHISTLE = Way("F2", N_("whistle"), N_("Records it and opens the whistle with everything filled in."))


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of the form: the round afterwards, and whether it becomes a whistle now."""

    file: RoundFile
    blows: bool


@dataclass(frozen=True, slots=True)
class Teller:
    """Whose words are recorded, and how they came."""

    by: str
    channel: Channel


class SettleDialog(FormDialog[Settled]):
    """Opens after ``problem``; with a grave one Enter leads to the whistle, else it is asked whether it was solved."""

    BINDINGS = [Binding("f2", "whistle", show=False)]

    def __init__(
        self, context: DialogContext, file: RoundFile, item: Item, teller: Teller, saved: Callable[[], Awaitable[None]],
        nth: tuple[int, int] = (1, 1),
    ) -> None:  # fmt: skip
        """``saved`` waits until the answer itself is on the disk; ``nth`` of so many that are asked one by one."""
        super().__init__(context, f"finding-{file.round.id.hex[:12]}-{item[0]}-{item[1]}")
        found = file.walk.find(item)
        if found is None:
            raise ValueError("such a question is not asked there")
        self._round, self._item, self._teller, self._saved = file, item, teller, saved
        self.point: Point = found[0]
        self.question: Question = found[1]
        self._blows = False
        self._nth = nth

    # -- the form ------------------------------------------------------------------------------
    def title_text(self) -> str:
        """What the box is for."""
        n, of = self._nth
        return self.words.t("A problem was found") if of == 1 else self.words.t("Problem {n} of {all}", n=n, all=of)

    def head(self) -> Content:
        """Where, what, what was said; and whether it is the same trouble again."""
        sight, answered = sight_of(self.context), self._round.round.answers.get(self._item)
        said = answer_said(self.question, answered.answer, sight) if answered else ""
        where = f"{self.point.number} {self.words.name(self.point.name)} · {self.words.name(self.question.short)}"
        parts = [paint(f"{where} {said}")]
        times = self._round.times.get(self._item, 1)
        if times > 1:
            again = self.words.t(NTH, n=times, days=self._round.within.days)
            parts.append(Content.styled(paint_text(again), "bold $text-warning"))
        before = self._round.round.findings.get(self._item)
        if before is not None and before.retold:
            parts.append(Content.styled(paint_text(self.words.t(RETOLD)), "bold $text-warning"))
        if self.question.caution is not None:
            parts.append(paint(self.words.name(self.question.caution), "$text-warning"))
        return Content("\n").join(parts)

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (keys.RECORD, WHISTLE, keys.FIELD, Way("Esc", N_("later"), N_("The answer stays as it is.")))

    def form_rows(self) -> Iterable[FieldRow]:
        """Whether it was solved comes first: most often that is all."""
        t, before = self.words.t, self._round.round.findings.get(self._item)
        yes_no = [Choice(YES, t("yes")), Choice(NO, t("no"))]
        severity = self._round.severity(self._item)
        handled = "" if before is None or before.retold else _word(before.handled)
        handled = handled or (NO if severity is Severity.CRITICAL else "")
        yield FieldRow(t("Solved on the spot"), ChoiceField("handled", yes_no, value=handled))
        grades = [Choice(grade.value, self.words.enum(grade)) for grade in Severity]
        yield FieldRow(t("Severity"), ChoiceField("severity", grades, value=severity.value))
        place = before.place if before else ""
        yield FieldRow(t("Place"), LineField("place", value=place or self.words.name(self.point.name)))
        exposed = before.exposed if before else ""
        yield FieldRow(t("Who is exposed"), LineField("exposed", value=exposed, cap=NOTE_LINE_CAP,
                                                      placeholder=t("who is affected, who could be hurt")))  # fmt: skip
        competent = _word(before.competent) if before else ""
        yield FieldRow(t("Within our competence"), ChoiceField("competent", yes_no, value=competent))
        photo = before.photo if before else ""
        yield FieldRow(t("What was done"), LineField("done", value=before.done if before else "", cap=NOTE_LINE_CAP))
        yield FieldRow(t("Photo, note"), LineField("photo", value=photo, cap=NOTE_LINE_CAP,
                                                   placeholder=t("who has it, what else to note")))  # fmt: skip

    def understood(self) -> None:
        """Where people are in danger, whom to call first."""
        if self.text("severity") == Severity.CRITICAL and self.text("handled") != YES:
            numbers = "  ".join(f"{number} {self.words.name(name)}" for number, name in
                                self.context.policy.emergency_numbers)  # fmt: skip
            self.status(self.words.t("People in danger: first {numbers}", numbers=numbers) if numbers else "", "wrong")
        else:
            self.calm()

    async def look_up(self) -> None:
        """The answer goes to the disk first; then it is known whether it is the same trouble again."""
        await self._saved()
        self._round = await self.context.submit(self.context.house.rounds.file, self._round.round.id)
        if self.stands:
            self.show_head()

    # -- sending -------------------------------------------------------------------------------
    def action_whistle(self) -> None:
        """It becomes a whistle."""
        self._blows = True
        self.action_send()

    async def act(self) -> Settled | None:
        """Record it; what was not solved goes on to the whistle."""
        asked, self._blows = self._blows, False
        handled = self.text("handled")
        if not handled and not asked:
            raise BadInput(Message("Was it solved on the spot? {key} makes it a whistle.", {"key": "F2"}), "handled")
        solved = handled == YES and not asked
        place = self.text("place")
        competent = self.text("competent")
        finding = Finding(
            Severity(self.text("severity")), solved, competent == YES if competent else None,
            "" if place == self.words.name(self.point.name) else place, self.text("exposed"),
            self.text("done"), self.text("photo"),
        )  # fmt: skip
        told = Told(self.context.actor, self.request("settle"), self._teller.by, self._teller.channel)
        file = await self.submit(self.context.house.rounds.settle, told, self._round.round.id, self._item, finding)
        return Settled(file, not solved)


def _word(value: bool | None) -> str:
    return "" if value is None else YES if value else NO
