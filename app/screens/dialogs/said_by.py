"""Chooses whose answers are recorded, and how they come: once for a round, until it is chosen otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.actor import Channel
from app.domain.round_file import RoundFile
from app.screens.context import DialogContext
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.settle import Teller
from app.screens.dialogs.sights import sight_of
from app.screens.dialogs.telling import RELAYED
from app.widgets.fields.choice import Choice, ChoiceField
from app.widgets.fields.row import FieldRow


class SaidBy(FormDialog[Teller]):
    """Two rows by digit. Result: who, and by which channel; an empty name is the acting member."""

    keeps_draft = False

    def __init__(self, context: DialogContext, file: RoundFile, teller: Teller) -> None:
        super().__init__(context, "said-by")
        self._round, self._teller = file, teller

    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Who says the answers")

    def form_rows(self) -> Iterable[FieldRow]:
        """One of the team, and the channel."""
        t, sight = self.words.t, sight_of(self.context)
        own = self.context.actor.member
        team = self._round.round.team
        people = [Choice(code, sight.person_of(code, team)) for code in team]
        yield FieldRow(t("Said by"), ChoiceField("by", people, value=self._teller.by or own))
        channels = [Choice(channel.value, self.words.enum(channel)) for channel in RELAYED]
        usual = self._teller.channel if self._teller.channel in RELAYED else Channel.RADIO
        yield FieldRow(t("Told by"), ChoiceField("channel", channels, value=usual.value))

    async def act(self) -> Teller:
        """Take it."""
        by = self.text("by")
        own = by == self.context.actor.member
        return Teller("" if own else by, Channel.TERMINAL if own else Channel(self.text("channel")))
