"""The detail of one case, as both modes show it: facts, departments, timeline."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from textual.containers import Vertical

from app.render.rows import Cell, Row, Tone, one
from app.widgets.lines import Lines
from app.widgets.row_list import RowList

if TYPE_CHECKING:
    from app.domain.events import Event
    from app.render.sight import Sight
    from app.render.words import Words
    from app.services.whistles import CaseFile

MOST_DEPARTMENTS = 8
"""Rows of the departments' table before it scrolls."""

REQUEST_SHARE = 4
"""Requests take one line of so many of the pane, and never fewer than ``FEWEST_REQUEST_LINES``."""

FEWEST_REQUEST_LINES = 4


class CasePanes(Vertical):
    """Told which case to show; keeps cursors and marks as long as it is the same case."""

    def __init__(self) -> None:
        super().__init__(id="detail")
        self._file: CaseFile | None = None
        self._sight: Sight | None = None
        self._wrapped = 0
        self._nobody_yet: Cell = ()
        """What the table of departments says while a case has none."""
        self.facts = Lines(id="facts")
        self.departments: RowList[Any] = RowList(id="departments", markable=True, rests=False)
        self.requests = Lines(id="requests")
        self.timeline: RowList[Row] = RowList(id="timeline", titles=False, rests=False)

    async def furnish(self) -> None:
        """Facts above, then departments and what they asked for, then what happened."""
        if self.is_attached and not self.facts.is_attached:
            await self.mount(self.facts, self.departments, self.requests, self.timeline)

    def speak(self, words: Words, ready: bool, way: Callable[[str], str] = str) -> None:
        """Columns, titles and what empty panes say."""
        if not ready:
            self.facts.set_title(one(words.t("The case")))
            self.timeline.set_title(one(words.t("Timeline")))
            return
        from app.render.detail import department_columns
        from app.render.teaching import no_department, no_entry
        from app.render.timeline import timeline_columns

        self._nobody_yet = no_department(words, way)
        self.departments.set_columns(department_columns(words), self._nobody_yet if self._file else ())
        self.timeline.set_columns(timeline_columns(words), no_entry(words, way))

    def show(self, file: CaseFile | None, sight: Sight) -> None:
        """Show a case as it was read, or nothing."""
        if not self.facts.is_attached:
            return
        other = (file.case.whistle.id if file else None) != (self._file.case.whistle.id if self._file else None)
        grown = file is not None and self._file is not None and len(file.timeline) > len(self._file.timeline)
        self._file, self._sight = file, sight
        self.departments.set_empty(self._nobody_yet if file else ())
        if other:
            self.departments.forget()
            self.timeline.forget()
        self._facts()
        self._departments()
        self._requests()
        self._timeline()
        if other or (grown and not self.timeline.has_focus):
            self.timeline.call_after_refresh(self.timeline.action_edge, 1)

    def retouch(self, sight: Sight) -> None:
        """The clocks of the departments, and of the report up the line."""
        if self._file is not None and self.facts.is_attached:
            self._sight = sight
            self._departments()
            if self._file.reports.duty is not None:
                self._facts()

    def deadlines(self) -> Iterable[timedelta]:
        """How long until each clock reads otherwise."""
        from app.render.clock import changes_in
        from app.render.detail import next_limit

        if self._file is not None and self._sight is not None:
            for assignment in self._file.case.episode_assignments():
                limit = next_limit(assignment)
                if limit is not None:
                    yield changes_in(limit, self._sight.now)
            duty = self._file.reports.duty
            if duty is not None:
                yield changes_in(duty.at, self._sight.now)

    @property
    def entry(self) -> Event | None:
        """The timeline's entry under the cursor, while the timeline has the focus."""
        if self._file is None or not self.timeline.has_focus:
            return None
        return next((event for event in self._file.timeline if event.id == self.timeline.cursor), None)

    def chosen_departments(self) -> tuple[str, ...]:
        """Codes of the marked departments, or of the one under the cursor while the table has the focus."""
        if self._file is None:
            return ()
        wanted = self.departments.marks
        if not wanted and self.departments.has_focus:
            wanted = (self.departments.cursor,)
        return tuple(a.department for a in self._file.case.episode_assignments() if a.id in wanted)

    def first_pane(self) -> RowList[Any]:
        """Where the cursor goes first: the departments, or the timeline when there are none."""
        return self.departments if self.departments.keys else self.timeline

    def on_resize(self) -> None:
        """Words wrap at another width."""
        self.call_after_refresh(self._rewrap)

    def _rewrap(self) -> None:
        if self._sight is not None and self.timeline.size.width != self._wrapped:
            self._facts()
            self._requests()
            self._timeline()

    def _facts(self) -> None:
        file, sight = self._file, self._sight
        if sight is None:
            return
        if file is None:
            self.facts.set_title(one(sight.t("The case")))
            self.facts.show([one(" " + sight.t("Put the cursor on a case."), Tone.QUIET)])
            return
        from app.render.detail import case_title, fact_lines
        from app.render.report_words import duty_cell

        whistle = file.case.whistle
        texts = file.words.get(whistle.words_id, {}) if whistle.words_id else {}
        self.facts.set_title(case_title(file.case, sight))
        width = max(10, self.facts.size.width)
        due = duty_cell(file.reports, sight)
        lines = fact_lines(file.case, file.row.title, texts, sight, width)
        self.facts.show((*lines, due) if due else lines)

    def _departments(self) -> None:
        file, sight = self._file, self._sight
        if sight is None:
            return
        from app.render.detail import department_row, departments_title

        mine = file.case.episode_assignments() if file else ()
        words = file.words if file else {}

        def came(words_id: UUID | None) -> str:
            return words.get(words_id, {}).get("person", "") if words_id else ""

        self.departments.set_title(one(departments_title(file.case, sight) if file else sight.t("Departments")))
        if not self.departments.has_class("-zoomed"):
            self.departments.styles.height = 2 + min(max(len(mine), 1), MOST_DEPARTMENTS)
        self.departments.sync(mine, lambda a: department_row(a, came(a.report_in_words_id), sight), lambda a: a.id)

    def _requests(self) -> None:
        """Shown only when there are any."""
        from app.domain.asked import asked

        file, sight = self._file, self._sight
        found = asked(file.case, file.words, file.events) if file else ()
        self.set_class(bool(found), "-requests")
        if sight is None or not found:
            return
        from app.render.requests import request_lines

        self.requests.set_title(one(sight.t("Requests {n}", n=len(found))))
        width = max(10, (self.requests.size.width or self.facts.size.width))
        most = max(FEWEST_REQUEST_LINES, self.size.height // REQUEST_SHARE)
        self.requests.show(request_lines(found, sight, width, most))

    def _timeline(self) -> None:
        file, sight = self._file, self._sight
        if sight is None:
            return
        from app.domain.reports import NONE_YET
        from app.render.timeline import said_width, timeline_rows

        self._wrapped = self.timeline.size.width
        events = file.timeline if file else ()
        reports = file.reports if file else NONE_YET
        room, below = said_width(self._wrapped, self.timeline.fitted)
        rows = timeline_rows(events, sight, room, below=below, reports=reports)
        self.timeline.set_title(one(sight.t("Timeline {n}", n=sum(not row.still for row in rows))))
        self.timeline.sync(rows, lambda row: row, lambda row: row.key)
