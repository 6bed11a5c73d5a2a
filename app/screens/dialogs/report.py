"""The form of the report up the line: filled from the case, so that Enter sends it (domain 6.3)."""

from __future__ import annotations

from app.domain.facts import REPORT_TEXTS
from app.domain.moves import BY_ACTION, Action
from app.domain.report_form import Filling, ReportForm, report_form
from app.render.report_form import gist
from app.render.report_words import duty_words, report_name
from app.screens.context import DialogContext
from app.screens.dialogs.box import FILLED
from app.screens.dialogs.move import MoveDialog
from app.screens.dialogs.sights import sight_of
from app.services.whistles import CaseFile
from app.widgets.fields.line import LineField


class ReportDialog(MoveDialog):
    """What was reported in one sentence; what nobody knows yet stays empty and holds nothing up."""

    def __init__(self, context: DialogContext, file: CaseFile) -> None:
        super().__init__(context, file, BY_ACTION[Action.REPORT])
        self.notice = self.words.t(FILLED)

    def title_text(self) -> str:
        """Which report it will be, and until when."""
        reports, sight = self.file.reports, sight_of(self.context)
        name = report_name(reports.kind, reports.number, sight)
        said = duty_words(reports.duty, sight) if reports.duty else name
        return self.words.t("Report up the line: {report}", report=said)

    def begin(self) -> None:
        """Say at once that it is filled in."""
        super().begin()
        self.status("")

    def form(self) -> ReportForm:
        """What the case says, as this form saw it."""
        file = self.file
        return report_form(Filling(file.case, file.events, file.reports, self.now, self.context.actor.member,
                                   file.logged))  # fmt: skip

    def understood(self) -> None:
        """The sentence that the case makes stands there until somebody writes another; what was said last beside."""
        said = self.rows["said"].widget
        if isinstance(said, LineField):
            said.suggest(gist(self.form(), sight_of(self.context)))
        for name in REPORT_TEXTS:
            before = self._last(name)
            self.rows[name].say_aside(self.words.t("last: {text}", text=before) if before else "")
        super().understood()

    def _last(self, name: str) -> str:
        """What the last report that spoke of it said."""
        words = (one.event.words.get(name, "") for one in reversed(self.file.reports.sent))
        return next((text for text in words if text), "")
