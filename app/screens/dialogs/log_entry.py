"""Writes an entry of the shift log in one line, or puts one right; what is understood is shown while it is typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from textual.content import Content

from app.domain.errors import BadInput
from app.domain.gazetteer import Gazetteer
from app.domain.log_line import LogLineRead, read_log_line
from app.domain.message import N_, Message
from app.domain.shift_log import LOG_CAP, LogEntry, LogSource, LogState
from app.domain.text import mask_phone
from app.domain.whistle import Precision
from app.render.logged import FROM, LABELS_OF, SOURCES
from app.render.paint import paint
from app.render.shift_log import entry_text, state_words
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.form import FormDialog
from app.screens.dialogs.sights import sight_of
from app.services.shift_log import Told
from app.services.whistles import CaseFile
from app.widgets.fields.line import LineField
from app.widgets.fields.row import FieldRow
from app.widgets.fields.shown import Line, Shown

STATES = {
    LogState.NOTED: N_("noted"),
    LogState.OPEN: N_("open: it stands in the handover"),
    LogState.CLOSED: N_("seen to"),
}
LABELS = (N_("Time"), N_("From"), N_("Grid"), N_("Case"), N_("Caller"), N_("Content"), N_("Beside it"), N_("Stands"))


class LogEntryDialog(FormDialog[LogEntry]):
    """Enter writes it. A word after a stroke names a column: 报, 指示, 处置, 结果, 办结, 未了, 来电人."""

    aliases = {"content": "line", "at": "line", "caller": "line", "grid": "line", "place": "line"}

    def __init__(self, context: DialogContext, before: LogEntry | None = None, file: CaseFile | None = None) -> None:
        """``before`` = the entry that is put right; ``file`` = the case that an entry without a number is about."""
        super().__init__(context, f"log-{before.id.hex[:12]}" if before else "log")
        self._before = before
        self.file = file

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return Gazetteer.of(self.context.street.street, self.context.policy)

    # -- the form ------------------------------------------------------------------------------
    def title_text(self) -> str:
        """What the box is for."""
        if self._before is None:
            return self.words.t("Write in the log")
        return self.words.t("Put entry {n} right", n=self._before.number)

    def head(self) -> Content:
        """The entry that is put right, as it stands."""
        return paint(entry_text(self._before, sight_of(self.context))) if self._before else Content("")

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (keys.RECORD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow | Shown]:
        """The line, and what is understood of it."""
        t = self.words.t
        example = t("23:40 phone 双河一 street lamp out / told duty leader / open")
        yield FieldRow(t("In one line"), LineField("line", cap=3 * LOG_CAP, placeholder=example))
        yield Shown([t(label) for label in LABELS], id="preview")

    # -- understanding -------------------------------------------------------------------------
    def _read(self) -> LogLineRead:
        return read_log_line(self.text("line"), self._gazetteer, self.now, self.words.zone)

    def understood(self) -> None:
        """Each column as it would be kept; what cannot be kept says so below."""
        typed = self.text("line")
        read = self._read()
        self.query_one("#preview", Shown).show(list(self._lines(read)) if typed else self._nothing())
        self.calm()
        if typed and read.problems:
            self.status(self.words.say(read.problems[0], self.now), "wrong")

    def _nothing(self) -> list[Line]:
        return [(self.words.t(label), Content("–")) for label in LABELS]

    def _lines(self, read: LogLineRead) -> Iterable[Line]:
        told, sight, t = self._told(read), sight_of(self.context), self.words.t
        texts = told.texts
        at = told.at or (self._before.at if self._before else self.now)
        source = sight.t(SOURCES[told.source])
        caller = " ".join(part for part in (texts.get("caller", ""), mask_phone(texts.get("phone", ""))) if part)
        beside = sight.t("; ").join(t(FROM[name], text=texts[name]) for name in LABELS_OF if texts.get(name))
        values = (
            sight.stamp(at) + ("" if told.at else " " + t("(not said)")),
            source,
            sight.name(told.grid) if told.grid else "",
            read.case or (self.file.case.whistle.number[6:] if self.file and told.whistle_id else ""),
            caller,
            texts.get("content", ""),
            beside,
            t(STATES[told.state]),
        )
        for label, value in zip(LABELS, values, strict=True):
            yield t(label), paint(value or "–")

    def _told(self, read: LogLineRead) -> Told:
        """The line as an entry; of one that is put right what the line does not say stays."""
        before = self._before
        kept = {name: text for name, text in before.texts.items() if name in ("caller", "phone")} if before else {}
        precise = before.precision if before else Precision.EXACT
        if read.moment is not None:
            precise = Precision.APPROX if read.moment.approximate else Precision.EXACT
        about = before.whistle_id if before else self.file.case.whistle.id if self.file else None
        return Told(
            {**kept, **read.texts}, read.source or (before.source if before else LogSource.DESK), read.state,
            read.moment.at if read.moment else None, precise, read.grid or (before.grid if before else ""),
            read.place or (before.place if before else ""), about,
        )  # fmt: skip

    # -- writing -------------------------------------------------------------------------------
    async def act(self) -> LogEntry:
        """Keep it."""
        read = self._read()
        if read.problems:
            raise BadInput(read.problems[0], "line")
        told, request = self._told(read), self.request("log")
        house, actor, before = self.context.house, self.context.actor, self._before

        def write() -> LogEntry:
            about = house.whistles.find(read.case) if read.case else told.whistle_id
            named = Told(told.texts, told.source, told.state, told.at, told.precision, told.grid, told.place, about)
            return house.log.add(actor, request, named, corrects=before.id if before else None)

        return await self.submit(write)


class CloseLogEntry(FormDialog[LogEntry]):
    """An open entry was seen to: what came of it. Enter closes it."""

    def __init__(self, context: DialogContext, entry: LogEntry) -> None:
        super().__init__(context, f"log-close-{entry.id.hex[:12]}")
        self._entry = entry

    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Close entry {n}", n=self._entry.number)

    def head(self) -> Content:
        """The entry."""
        sight = sight_of(self.context)
        said = f"{sight.stamp(self._entry.at)}  {entry_text(self._entry, sight)}"
        return paint(f"{said}  {state_words(self._entry, sight)}")

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (keys.RECORD, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow | Shown]:
        """What came of it."""
        placeholder = self.words.t("what came of it, who was told")
        yield FieldRow(self.words.t("What came of it"), LineField("result", cap=LOG_CAP, placeholder=placeholder))

    async def act(self) -> LogEntry:
        """Close it."""
        result = self.text("result")
        if not result:
            raise BadInput(Message("{what} is missing.", {"what": Message("What came of it")}), "result")
        request, entry, actor = self.request("close"), self._entry, self.context.actor
        return await self.submit(lambda: self.context.house.log.close(actor, request, entry.id, result))
