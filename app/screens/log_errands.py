"""What the commands about the shift log do: write an entry, put one right, close an open one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.commands import BY_ID, Situation, refusal
from app.domain.message import Message
from app.screens.errand_part import ErrandPart

if TYPE_CHECKING:
    from app.domain.shift_log import LogEntry
    from app.screens.shift_log import LogMode


class LogErrands(ErrandPart):
    """Part of ``Errands``."""

    @property
    def _log(self) -> LogMode | None:
        from app.screens.shift_log import LogMode

        mode = self._app.mode_screen
        return mode if isinstance(mode, LogMode) else None

    async def do_log_entry(self, now: Situation) -> None:
        """Write an entry, about the case under the cursor where there is one."""
        from app.screens.dialogs.log_entry import LogEntryDialog

        file = now.file if self._log is None else None
        entry = await self._app.push_screen_wait(LogEntryDialog(self._seat.context(), None, file))
        self._written(entry, Message("Written: entry {n}.", {"n": entry.number if entry else 0}))

    async def do_log_line(self, now: Situation) -> None:
        """The line under the cursor: an open entry is closed, another is put right, anything else is read whole."""
        from app.domain.shift_log import LogState

        line = self._log.chosen if self._log is not None else None
        sight = self._seat.sight()
        if line is None or sight is None:
            self._tell(Message("Put the cursor on an entry of the log first."))
            return
        entry = line.entry
        if entry is None:
            from app.screens.entry import EntryScreen

            await self._app.push_screen_wait(EntryScreen(line.event, sight))
        elif not entry.counts:
            self._tell(Message("It was put right by a later entry."))
        elif (reason := refusal(BY_ID["log_correct"], now)) is not None:
            self._tell(reason)
        elif entry.state is LogState.OPEN:
            await self._close(entry)
        else:
            await self.do_log_correct(now)

    async def _close(self, entry: LogEntry) -> None:
        from app.screens.dialogs.log_entry import CloseLogEntry

        closed = await self._app.push_screen_wait(CloseLogEntry(self._seat.context(), entry))
        self._written(closed, Message("Entry {n} is closed.", {"n": entry.number}))

    async def do_log_correct(self, _now: Situation) -> None:
        """A new entry in the place of the one under the cursor."""
        line = self._log.chosen if self._log is not None else None
        if line is None or line.entry is None:
            self._tell(Message("Put the cursor on an entry of the log first."))
            return
        if not line.entry.counts:
            self._tell(Message("It was put right by a later entry."))
            return
        await self.put_right(line.entry)

    async def put_right(self, wrong: LogEntry) -> None:
        """The form of an entry in the place of another one."""
        from app.screens.dialogs.log_entry import LogEntryDialog

        entry = await self._app.push_screen_wait(LogEntryDialog(self._seat.context(), wrong))
        self._written(entry, Message("Entry {n} is put right by entry {other}.",
                                     {"n": wrong.number, "other": entry.number if entry else 0}))  # fmt: skip

    async def do_log_reminders(self, _now: Situation) -> None:
        """Reminders among the lines of the log, or not."""
        if self._log is None:
            await self._app.to_mode("log")
        if self._log is not None:
            self._log.toggle_reminders()

    def _written(self, entry: LogEntry | None, said: Message) -> None:
        if entry is None:
            return
        if self._log is not None:
            self._log.to_latest()
        self._tell(said)
        self._reload()
