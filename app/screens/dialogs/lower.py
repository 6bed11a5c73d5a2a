"""Lowers the flood posture: to what, on whose word, and a last question in the header that says what it means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from textual.content import Content

from app.domain.actor import Channel
from app.domain.flood import FloodView, spoken
from app.domain.message import N_, Message
from app.domain.org import Member
from app.domain.posture import Posture
from app.domain.round_plan import Every
from app.render.flood_sheet import head_lines
from app.render.paint import paint
from app.render.planned import every_words
from app.render.rows import plain
from app.render.sight import Sight
from app.render.ways import Way
from app.render.words import Words
from app.screens.confirm import Confirm
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.flood_fields import code_of, members_found
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.sights import sight_of
from app.screens.dialogs.telling import RELAYED
from app.services.flood_entries import LOWERS, Recorded
from app.widgets.fields.choice import Choice, ChoiceField
from app.widgets.fields.hits import Hit
from app.widgets.fields.line import NOTE_LINE_CAP, LineField
from app.widgets.fields.lookup import LookupField
from app.widgets.fields.row import FieldRow

LOWER = Way("Enter", N_("lower"), N_("Asks once more and says what it means for the rounds."))


class LowerDialog(FormDialog[Recorded]):
    """Only where something may be lowered. Result: what was recorded."""

    aliases = {"posture": "to"}

    def __init__(self, context: DialogContext, view: FloodView, rhythms: Mapping[Posture, Every | None]) -> None:
        """``rhythms`` = how often rounds are walked under each posture."""
        super().__init__(context, "lower-posture")
        self._view = view
        self._rhythms = rhythms
        self._leader = ""
        """Code of the leader of the shift, who is proposed."""

    @property
    def _own(self) -> bool:
        """Whether who sits here may decide it."""
        return bool(self.context.actor.roles() & set(LOWERS))

    # -- the form ------------------------------------------------------------------------------
    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Lower the flood posture")

    def head(self) -> Content:
        """What is in force, and why it may be lowered."""
        lines = head_lines(self._view, sight_of(self.context))
        return Content("\n").join(paint(plain(line)) for line in lines if line)

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (LOWER, keys.LIST, keys.FIELD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow]:
        """To what, who decided, how it was told, why."""
        t = self.words.t
        asked = self._view.asked(self.now)
        lower = [one for one in Posture if asked.rank <= one.rank < self._view.posture.rank]
        choices = [Choice(one.value, _word(one, self.words)) for one in lower]
        yield FieldRow(t("Lower to"), ChoiceField("to", choices, value=asked.value))
        own = self.words.name(self.context.street.label(self.context.actor.member))
        hint = t("{who} (in own name)", who=own) if self._own else t("the duty leader or the street administrator")
        yield FieldRow(t("Who decided"), LookupField(
            "by", self.find_leader, code=self._leader, label=self._called(self._leader), placeholder=hint
        ))  # fmt: skip
        channels = [Choice(channel.value, self.words.enum(channel)) for channel in RELAYED]
        yield FieldRow(t("Told by"), ChoiceField("channel", channels, value=Channel.PHONE.value), hidden=self._own)
        yield FieldRow(t("Reason"), LineField("reason", cap=NOTE_LINE_CAP, placeholder=t("if anything")))

    async def look_up(self) -> None:
        """The leader of the shift is proposed, where who sits here may not decide it."""
        shift = await self.context.submit(self.context.house.duty.shift)
        field = self.rows["by"].widget
        if shift is not None and not self._own and isinstance(field, LookupField):
            self._leader = shift.leader
            field.suggest(self._leader, self._called(self._leader))
        if self.stands:
            self.understood()

    def _called(self, code: str) -> str:
        return self.words.name(self.context.street.label(code)) if code else ""

    def find_leader(self, text: str) -> Sequence[Hit]:
        """Those who may decide it."""
        return members_found(self.context, text, _decides)

    def understood(self) -> None:
        """How it was told matters only for somebody else's word."""
        by = self.rows["by"].widget if "by" in self.rows else None
        if isinstance(by, LookupField):
            self.rows["channel"].hidden = not by.line.value.strip()
        to = self.text("to")
        self.rows["to"].say_aside(_often(self._rhythms.get(Posture(to)), sight_of(self.context)) if to else "")
        self.calm()

    # -- sending -------------------------------------------------------------------------------
    async def act(self) -> Recorded | None:
        """Ask once more, then do it."""
        to = Posture(self.text("to"))
        needed = None if self._own else Message("Who decided it? The duty leader or the street administrator does.")
        by = code_of(self, "by", needed=needed)
        by = "" if by == self.context.actor.member else by
        channel = Channel(self.text("channel")) if by else Channel.TERMINAL
        question = Question(self.context, self._view.posture, to, by, self._rhythms.get(to))
        if not await self.app.push_screen_wait(Confirm(question, self.words)):
            return None
        return await self.submit(
            self.context.house.flood.lower, self.context.actor, self.request("lower"), to, reason=self.text("reason"),
            by=by, channel=channel,
        )  # fmt: skip


def _decides(member: Member) -> bool:
    return any(member.holds(role) for role in LOWERS)


def _often(every: Every | None, sight: Sight) -> str:
    """How often rounds are walked then."""
    return sight.t("rounds {often}", often=every_words(every, sight)) if every else sight.t("rounds as in season")


def _word(posture: Posture, words: Words) -> str:
    said = spoken(posture)
    return words.say(said) if isinstance(said, Message) else words.enum(said)


class Question:
    """What is lowered and what it means for the rounds, in whatever language it is asked."""

    def __init__(self, context: DialogContext, before: Posture, to: Posture, by: str, every: Every | None) -> None:
        self._context, self._before, self._to, self._by, self._every = context, before, to, by, every

    def __call__(self, words: Words) -> str:
        sight = replace(sight_of(self._context), words=words)
        told = {"before": spoken(self._before), "to": spoken(self._to), "rounds": _often(self._every, sight)}
        if not self._by:
            return words.t("Lower {before} → {to}: {rounds}?", **told)
        return words.t("Lower {before} → {to}: {rounds}, as {who} decided?", who=sight.person(self._by), **told)
