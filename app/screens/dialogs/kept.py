"""A box whose words outlive it: saved while they are typed, on leaving and on a crash, back when it opens again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from textual.binding import Binding
from textual.timer import Timer

from app.domain.message import Message
from app.render.words import Words
from app.screens.beside import Work, beside
from app.screens.context import DialogContext
from app.screens.dialogs.box import Box
from app.screens.dialogs.keeping import DraftKeeper, Requests

R = TypeVar("R")

SAVE_AFTER = 0.4
"""Seconds from a key to the disk, when the machine is at rest; the promise is two (decisions 9)."""
TRY_AGAIN = 3.0
"""Seconds until a disk that refused is asked again."""


class KeptBox(Box[R]):
    """Knows when a draft must be written, and when it must not: before the old one was read, or after it was sent."""

    BINDINGS = [Binding("f8", "clear", show=False)]

    keeps_draft = True
    """Whether what is typed outlives the dialog."""

    def __init__(self, context: DialogContext, form: str) -> None:
        super().__init__(context)
        self.requests = Requests()
        self.over = False
        """Sent or left: nothing is kept any more."""
        self.offered: Mapping[str, str] = {}
        """Answers of the last such move, put into an empty form; a draft goes before them."""
        self._keeper = DraftKeeper(context.drafts, form)
        self._loaded = not self.keeps_draft
        self._kept = True
        self._stored: dict[str, str] = {}
        """The draft as it lies on the disk, once it was read or written."""
        self._dropped = False
        self._saving: Timer | None = None
        self._unkept = ""
        """What was said when the disk refused, until it takes drafts again."""

    def background(self, work: Work, group: str) -> None:
        """Work beside the form."""
        beside(self, work, group)

    def edited(self, field: str) -> None:
        """What is typed goes to the disk soon."""
        super().edited(field)
        if self.keeps_draft and not self.over:
            self._kept = False
            self._save_soon()

    def outdate_draft(self) -> None:
        """The draft on disk lacks something, such as a new request number."""
        self._kept = not self.keeps_draft

    async def retell(self, words: Words) -> None:
        """The warning that nothing is kept is said again too."""
        unkept, self._unkept = self._unkept, ""
        self.notice = self.notice.replace(unkept, "").strip() if unkept else self.notice
        await super().retell(words)
        if unkept and self.is_attached:
            self._unkept = self.not_kept()
            self.notice = f"{self.notice} {self._unkept}".strip()
            self.status("")

    def retold(self, typed: Mapping[str, str]) -> None:
        """A restored draft keeps its request number: nothing in it was changed."""
        self.requests.told_again(typed, self.typed())

    # -- restoring and clearing ----------------------------------------------------------------
    async def restore_draft(self) -> bool:
        """Put back what was left of an earlier time and say so; what was typed meanwhile stays.

        False when there was nothing, or when all was cleared before the disk had given it.
        """
        if self._loaded:
            return False
        left = await self.context.lanes.run(self._keeper.recover)
        if self._loaded:
            return False
        kept = self.requests.restore(left.typed)
        self._loaded = True
        fields = {name: text for name, text in kept.items() if name in self.rows}
        if fields and not self.over:
            for name, text in fields.items():
                self.rows[name].content_field.restore(text)
            self._stored = self._draft()
            self.notice = self.words.t("What you had typed is back. F8 clears it.")
            self.status("")
        elif self.offered and not self.over:
            self._offer()
        if left.spoiled and not self.over:
            self._tell_of_spoiled(left.spoiled, bool(fields))
        self._save_soon()
        return bool(fields)

    def _tell_of_spoiled(self, file: str, some: bool) -> None:
        """What was typed before could not be read whole: which file holds it, and what is back."""
        t = self.words.t
        if some:
            said = t("A draft was damaged: what could be read of it is back. The file is kept as {file}.", file=file)
        else:
            said = t("A draft was damaged and cannot be read. The file is kept as {file}.", file=file)
        self.notice = said
        self._kept = not some
        self.status("")

    def _offer(self) -> None:
        """The answers of the last time; they are a draft only once something is changed in them."""
        for name, text in self.offered.items():
            if name in self.rows:
                self.rows[name].content_field.restore(text)
        self._stored = self._draft()
        self.notice = self.words.t("As last time; Enter sends it, F8 clears it.")
        self.status("")

    def action_clear(self) -> None:
        """Throw away what was typed and begin again with an empty form."""
        if self.keeps_draft and not self.over and not self.busy:
            self.torn = True  # at once: Esc behind it leaves the empty form and keeps nothing
            self._loaded = True  # what the disk has not given yet is cleared with it
            self.background(self._clear, "draft")

    def cleared(self) -> None:
        """Called before an empty form is shown: forget what was chosen outside its fields."""

    async def _clear(self) -> None:
        try:
            await self.drop_draft()
            self.requests = Requests()
            self.notice = ""
            self.cleared()
            await self.recompose()
        finally:
            self.torn = False
        self._stored, self._dropped = {}, False
        self.begin()
        self._focus_at_once(self.first_field)

    async def drop_draft(self) -> None:
        """Forget it: sent, or thrown away."""
        self._stop_saving()
        self._kept = self._dropped = True
        await self.context.lanes.run(self._keeper.drop, self._keeper.turn())

    # -- saving --------------------------------------------------------------------------------
    async def save_draft(self) -> bool:
        """Keep it now, when anything changed; False when the disk refuses."""
        self._stop_saving()
        if self._kept or not self._loaded:
            return True
        self._kept = True
        draft = self._draft()
        kept = await self.context.lanes.run(self._keeper.save, self._keeper.turn(), draft)
        if kept:
            self._stored = draft
            if self._unkept:
                self.notice = self.notice.replace(self._unkept, "").strip()
                self._unkept = ""
                self.status("")
        elif self.is_attached and not self.over:
            if not self._unkept:
                self._unkept = self.not_kept()
                self.notice = f"{self.notice} {self._unkept}".strip()
                self.status("")
            self._kept = False
            self._again_soon()
        return kept

    def not_kept(self) -> str:
        """What is said when the disk refuses."""
        why = self._keeper.trouble
        reason = self.words.say(why, self.now) if isinstance(why, Message) else why
        return self.words.t("What you type is not being kept: {reason}.", reason=reason)

    def keep_now(self) -> None:
        """Keep what is typed before the program goes down; the only call here that waits for the disk.

        Asks the fields themselves: a key of this very moment may be on the screen and not yet told of, and a
        save may be under way on a lane that ends with the program.
        """
        if not self.keeps_draft or self._dropped:
            return
        draft = self._draft()
        if draft == self._stored or (not self._loaded and self._keeper.load()):
            return
        self._kept = True
        if self._keeper.save(self._keeper.turn(), draft):
            self._stored = draft

    def on_unmount(self) -> None:
        """The program ends under the dialog."""
        self.keep_now()

    def _draft(self) -> dict[str, str]:
        typed = self.typed()
        return {**typed, **self.requests.stored(typed)} if typed else {}

    def _save_soon(self) -> None:
        if self._loaded and not self._kept and self._saving is None:
            self._saving = self.set_timer(SAVE_AFTER, self._save_now)

    def _again_soon(self) -> None:
        """The disk refused: it is asked again, whether anything more is typed or not."""
        if self._saving is None and self.stands:
            self._saving = self.set_timer(TRY_AGAIN, self._save_now)

    def _save_now(self) -> None:
        self._saving = None
        self.background(self.save_draft, "draft")

    def _stop_saving(self) -> None:
        if self._saving is not None:
            self._saving.stop()
            self._saving = None
