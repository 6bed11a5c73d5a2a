"""What the commands about reminders do: answer one, set one, phone who was told and has not answered (叫应)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from app.commands import Situation
from app.domain.message import Message
from app.screens.errand_part import ErrandPart

if TYPE_CHECKING:
    from app.domain.notice_file import NoticeFile, ReminderFile
    from app.screens.dialogs.answer import AnswerDialog


class DutyErrands(ErrandPart):
    """Part of ``Errands``."""

    async def do_answer(self, now: Situation) -> None:
        """A reminder: the one under the cursor of their list, else the most pressing one. One that comes later goes.

        The reminder of the handover leads to its sheet.
        """
        from app.domain.notice_file import NoticeFile, ReminderFile
        from app.screens.dialogs.answer import AnswerDialog
        from app.screens.reminders import RemindersMode

        seat, mode = self._seat, self._app.mode_screen
        live = seat.duty.live if seat.duty is not None else ()
        chosen = mode.chosen if isinstance(mode, RemindersMode) else (live[0] if live else None)
        if isinstance(chosen, ReminderFile):
            await self._take_away(chosen)
            return
        if not isinstance(chosen, NoticeFile) or not chosen.notice.live:
            here = bool(live) and isinstance(mode, RemindersMode)
            self._tell(Message("This one needs no answer.") if here else Message("Nothing waits for an answer."))
            return
        answered = await self._answer(AnswerDialog(seat.context(), chosen))
        standing = seat.view.policy.reminders if seat.view is not None else ()
        if answered and any(one.before_handover is not None and one.name == chosen.name for one in standing):
            await self.do_handover(now)

    async def _take_away(self, file: ReminderFile) -> None:
        """A reminder that a person set and that has not come yet; a standing one is the policy's."""
        from app.screens.confirm import Confirm

        seat, sight = self._seat, self._seat.sight()
        if sight is None or seat.actor is None or seat.lanes is None:
            return
        if file.reminder.code:
            self._tell(Message("It stands in the policy: change the policy to take it away."))
            return
        at = sight.stamp(file.reminder.next_at)
        asked = Confirm(lambda words: words.t("Take “{text}” of {at} away?", text=file.text, at=at), sight.words)
        if not await self._app.push_screen_wait(asked):
            return
        try:
            await seat.lanes.run(seat.open_house().reminders.remove, file.reminder.id, seat.actor, uuid4())
        finally:
            self._reload()
        self._tell(Message("“{text}” is taken away.", {"text": file.text}))

    async def do_remind(self, now: Situation) -> None:
        """Set a reminder, about the case under the cursor where there is one."""
        from app.screens.dialogs.remind import RemindDialog

        reminder = await self._app.push_screen_wait(RemindDialog(self._seat.context(), now.file))
        if reminder is not None:
            self._tell(Message("Set: {at}", {"at": reminder.next_at}))
            self._reload()

    async def do_phones(self, now: Situation) -> None:
        """Whom to call: who was told and has not answered, then the departments of the case under the cursor."""
        from app.domain.phones import phone_book
        from app.screens.phone_book import PhoneBook

        seat, sight = self._seat, self._seat.sight()
        if sight is None or seat.view is None:
            return
        case = now.file.case if now.file else None
        departments = dict.fromkeys(a.department for a in case.episode_assignments()) if case else ()
        calls = self._calls()
        phones = phone_book(
            seat.view.street, seat.view.shift, tuple(departments), case.whistle.blower if case else "",
            [(member, about, key) for key, (member, about, _) in calls.items()],
        )  # fmt: skip
        chosen = await self._app.push_screen_wait(PhoneBook(phones, sight))
        if chosen in calls:
            from app.screens.dialogs.answer import Answer, AnswerDialog

            member, _, file = calls[chosen]
            await self._answer(AnswerDialog(seat.context(), file, Answer.ANSWERED, member))

    def _calls(self) -> dict[str, tuple[str, str, NoticeFile]]:
        """By a key of its own each person who was told of something urgent: member, what about, the notice."""
        from app.render.notices import sentence
        from app.screens.phone_book import CALLING

        sight, duty = self._seat.sight(), self._seat.duty
        found: dict[str, tuple[str, str, NoticeFile]] = {}
        for file in duty.live if duty is not None and sight is not None else ():
            if not file.notice.urgent or sight is None:
                continue
            number = f"{file.row.whistle.number[6:]} " if file.row else ""
            about = number + sentence(file.notice, file.text, file.name, sight)
            for member in file.notice.told:
                found[f"{CALLING}{file.notice.id.hex}/{member}"] = (member, about, file)
        return found

    async def _answer(self, dialog: AnswerDialog) -> bool:
        """Whether it was answered."""
        notice = await self._app.push_screen_wait(dialog)
        if notice is not None:
            self._tell(Message("Recorded."))
            self._reload()
        return notice is not None
