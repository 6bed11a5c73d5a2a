"""The three lines around every mode: header, sentences, hints."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.message import Message as TextualMessage

from app.commands import Situation, hint_of, hints
from app.domain.message import Said
from app.render.rows import Cell, Piece, Tone
from app.render.status_line import why_line
from app.screens.answering import FocusKept
from app.screens.seat import Seat
from app.widgets.lean_compositor import LeanCompositor
from app.widgets.lines import Lines

if TYPE_CHECKING:
    from app.render.header import HeaderFacts
    from app.render.sight import Sight
    from app.services.desk import DeskView
    from app.services.whistles import CaseFile

SAID_FOR = 8.0
"""Seconds a sentence stands in the status line."""
LEAST_WHY = 20
"""Cells without which nothing is said beside a reminder about the case under the cursor."""


class ModeLines(FocusKept[None]):
    """Says where and when one is, what was said last, and which keys work now."""

    class Do(TextualMessage):
        """A command was asked for by mouse or by Enter in a pane."""

        def __init__(self, command: str) -> None:
            super().__init__()
            self.command = command

    class Stands(TextualMessage):
        """The frame was painted, in a size it had not had before."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._compositor = LeanCompositor()
        self.seat = seat
        self.sight: Sight | None = None
        self.file: CaseFile | None = None
        self._shown_hints: tuple[str, ...] = ()
        self._saying: tuple[Said, Tone] | None = None
        self._sentences = 0

    def situation(self) -> Situation:
        """What is on the screen now."""
        raise NotImplementedError

    def show_lines(self) -> None:
        self.show_header()
        self.show_status()
        self.show_hints()

    def show_header(self) -> None:
        width, view = self.size.width, self.seat.view
        if view is None or self.sight is None:
            line = self.opening_line()
        else:
            from app.render import header

            facts = self._header_facts(view)
            line = header.header_line(facts, self.sight, width)
            self.set_class(header.is_stale(facts), "-stale")
        self.query_one("#header", Lines).show([line, *self._flood(width)])

    def _flood(self, width: int) -> list[Cell]:
        """The header's second line, only while a posture is in force."""
        view = self.seat.view
        if view is None or self.sight is None:
            return []
        if view.flood is None:
            from app.render.posture_line import posture_line

            line = posture_line(view.standing, self.sight)
        else:
            from app.render.flood import flood_line

            line = flood_line(view.flood, self.sight, width)
        return [line] if line else []

    def _header_facts(self, view: DeskView) -> HeaderFacts:
        from app.render.header import HeaderFacts

        unit = next((unit for unit in view.street.street.units if unit.level.value == "street"), None)
        return HeaderFacts(
            street=self.seat.words.name(unit.name) if unit else "", shift=view.holding.shift if view.holding else None,
            acting=self.seat.actor.member if self.seat.actor else "", age=self.seat.age(),
            drill=view.station.drill, speed=self.seat.open_house().clock.speed,
            read_only=bool(self.seat.read_only), plan_missing=view.plan_missing,
            engine_age=self.seat.engine_age(), late=self._late(view),
        )  # fmt: skip

    def _late(self, view: DeskView) -> timedelta | None:
        """How long the end of the shift that holds the desk has passed."""
        return view.holding.late(self.sight.now) if view.holding is not None and self.sight is not None else None

    def opening_line(self) -> Cell:
        """The header until something was read."""
        words = self.seat.words
        return (Piece(f" {words.t('Grid command center')}  ", Tone.STRONG),
                Piece(words.t("opening the database…"), Tone.QUIET))  # fmt: skip

    def say(self, said: Said, tone: Tone = Tone.PLAIN) -> int:
        """A sentence in the status line for a while; its number is for ``hush``."""
        self._sentences += 1
        number = self._sentences
        self._saying = said, tone
        self._show_sentence(said, tone)
        self.set_timer(SAID_FOR, lambda: self.hush(number))
        return number

    def _show_sentence(self, said: Said, tone: Tone) -> None:
        for line in self.query("#status").results(Lines):  # gone already while the desk is being left
            line.show([(Piece(" "), Piece(self.seat.words.told(said), tone))])

    def hush(self, number: int) -> None:
        """That sentence holds no longer; nothing when another one has been said since."""
        if number == self._sentences:
            self._saying = None
            self.show_status()

    def say_again(self) -> None:
        """The language is another one: a sentence that can be said in it is, any other goes away."""
        if self._saying is not None and not isinstance(self._saying[0], str):
            self._show_sentence(*self._saying)
        else:
            self._saying = None
            self.show_status()

    def show_status(self) -> None:
        """While nothing is said: what waits for an answer, and why the case under the cursor waits."""
        if self._saying is not None:
            return
        now = self.situation()
        cell: Cell = self._notices()
        if now.step is not None and self.sight is not None:
            why = f" {self.case_name()}  {self.sight.say(now.step.why)}"
            room = self.size.width - sum(cell_len(piece.text) for piece in cell)
            if (self.has_class("-narrow") or self.has_class("-short")) and not self.has_class("-detail"):
                opens = " · " + self.sight.t("Enter opens the case")
                why = why_line(why, self._report_due(now), opens, room, self.sight.glyphs.ellipsis)
            if not cell or room >= LEAST_WHY:
                cell = (*cell, Piece(why, Tone.QUIET))
        self.query_one("#status", Lines).show([cell])

    def _report_due(self, now: Situation) -> tuple[str, ...]:
        """Until when the next report up the line must go up, the longest wording first; none where none is due."""
        duty = now.file.reports.duty if now.file is not None else None
        if duty is None or self.sight is None:
            return ()
        from app.render.report_words import duty_name

        at = self.sight.stamp(duty.at)
        whole = self.sight.t("{report} by {at}", report=duty_name(duty, self.sight), at=at)
        return whole, self.sight.t("report by {at}", at=at)

    def _notices(self) -> Cell:
        """What waits for an answer, before everything else; it takes no key away from anybody."""
        if self.sight is None or self.seat.duty is None or not self.seat.duty.live:
            return ()
        from app.render.reminder_rows import notice_line

        return (
            *notice_line(
                self.seat.duty.live,
                self.seat.duty.unsent,
                self.sight,
                self.seat.keymap.key("answer"),
                self.size.width - 2,
            ),
            Piece("  "),
        )

    def case_name(self) -> str:
        """The number of the case under the cursor."""
        if self.file is None:
            return ""
        from app.render.board import case_number

        return case_number(self.file.case.whistle, self.seat.words)

    def show_hints(self) -> None:
        """The keys that work now; one that finds no room is left out whole."""
        now, room = self.situation(), self.size.width
        shown: list[str] = []
        pieces: list[Piece] = []
        for command in hints(now):
            key, word = f" {now.keymap.key(command.id)}", self._word(hint_of(command, now))
            if cell_len(key + word) > room:
                break
            room -= cell_len(key + word) + 1
            shown.append(command.id)
            pieces += [Piece(key, Tone.ACCENT), Piece(word + " ")]
        self._shown_hints = tuple(shown)
        self.query_one("#hints", Lines).show([tuple(pieces)])

    def _word(self, msgid: str) -> str:
        word = self.seat.words.t(msgid)
        return word if self.seat.words.language == "zh" else f" {word}"

    def on_lines_hit(self, event: Lines.Hit) -> None:
        """A hint was clicked; or, in the header, who is on duty."""
        if event.lines.id == "header" and event.line == 0 and self.seat.view is not None and self.sight is not None:
            from app.render.header import header_part

            part = header_part(self._header_facts(self.seat.view), self.sight, self.size.width, event.piece)
            if part in ("shift", "who"):
                self.post_message(self.Do("duty"))
            elif part == "relief":
                self.post_message(self.Do("handover"))
        if event.lines.id == "hints" and event.piece // 2 < len(self._shown_hints):
            self.post_message(self.Do(self._shown_hints[event.piece // 2]))

    def on_resize(self) -> None:
        """Header and hints drop or gain parts."""
        self.show_header()
        self.show_hints()
        self.call_next(self.show_status)  # once the classes of the new size are set
        self.call_next(self.post_message, self.Stands())
