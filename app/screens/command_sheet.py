"""Help and command palette in one: every command with its key, what cannot be done now greyed with the reason."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from app.command_find import Fit, fit_of
from app.commands import BY_ID, COMMANDS, Command, Situation, refusal, title_of
from app.domain.message import N_
from app.domain.text import normalise_width
from app.keymap import shown_key
from app.render.paint import paint
from app.render.rows import WHOLE, Column, Piece, Row, Tone, one
from app.render.words import Words, words_for
from app.render.wrap import wrap
from app.screens.answering import Answering
from app.screens.finding import spelled
from app.widgets.lines import Lines
from app.widgets.row_list import RowList
from app.widgets.search import FindLine
from app.widgets.titles import painted

LIST_KEYS = (
    ("↑ ↓", N_("move the cursor; PgUp PgDn Home End too")),
    ("Tab", N_("to the next pane")),
    ("Enter", N_("open what the cursor is on")),
    ("Space", N_("mark cases or departments, to do it to several at once")),
    ("Esc", N_("back to the list, show all again")),
)
"""What is the same in every list; msgids."""


class CommandSheet(Answering[str | None]):
    """Type to narrow it down, in either language or by pinyin initials; Enter does the command."""

    CSS_PATH = "sheet.tcss"
    BINDINGS = [
        Binding("escape,f1,f9", "leave", show=False),
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("enter", "run", show=False, priority=True),
    ]
    AUTO_FOCUS = "#find"

    def __init__(self, now: Situation, words: Words, title: str) -> None:
        super().__init__(classes="sheet -list")
        self._now = now
        self._words = words
        self._title = title
        self._list: RowList[Row] = RowList(id="list", titles=False, lit=True)
        self._list.can_focus = False

    def compose(self) -> ComposeResult:
        """The field, the commands, what the chosen one does."""
        box = Vertical(id="box")
        box.border_title = painted(one(self._words.t(self._title)))
        box.border_subtitle = painted(one(self._words.t("Enter does it · Esc back")))
        with box:
            yield FindLine(id="find", placeholder=paint(self._words.t("type to find a command")).plain)
            yield self._list
            yield Lines(id="about")

    def on_mount(self) -> None:
        """Columns once, rows as they are typed for."""
        zh = self._words.language == "zh"
        self._list.set_columns(
            (Column("key", "", 7, 10), Column("title", "", 14 if zh else 19, 9),
             Column("help", "", 20, 7, most=999)),
            one(self._words.t("No command is called that."), Tone.QUIET),
        )  # fmt: skip
        self._fill("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        self._fill(event.value)

    def _fill(self, typed: str) -> None:
        needle = normalise_width(typed).strip().casefold()
        fits = {command: self._fit(command, needle) if needle else Fit.KEY for command in COMMANDS}
        found = sorted(
            (command for command in COMMANDS if fits[command] is not None),
            key=lambda command: (refusal(command, self._now) is not None, fits[command]),
        )
        self._list.forget()
        rows = [self._row(command) for command in found]
        if not needle:
            rows += [Row(key, {WHOLE: one(f"{key:<8}{self._words.t(text)}", Tone.QUIET)}, still=True)
                     for key, text in LIST_KEYS]  # fmt: skip
        self._list.sync(rows, lambda row: row, lambda row: row.key)
        self._about()

    def _fit(self, command: Command, needle: str) -> Fit | None:
        titles = [words_for(language).t(msgid) for language in ("zh", "en")
                  for msgid in (command.title, title_of(command, self._now))]  # fmt: skip
        return fit_of(
            needle, (*titles, *map(spelled, titles)), (shown_key(key) for key in self._now.keymap.of(command.id))
        )

    def _row(self, command: Command) -> Row:
        reason = refusal(command, self._now)
        calm = Tone.QUIET if reason else Tone.PLAIN
        about = self._words.say(reason) if reason else self._words.t(command.help)
        return Row(command.id, {
            "key": one(self._now.keymap.key(command.id), Tone.QUIET if reason else Tone.ACCENT),
            "title": one(self._words.t(title_of(command, self._now)), calm if reason else Tone.STRONG),
            "help": one(about, Tone.QUIET),
        })  # fmt: skip

    def _about(self) -> None:
        command = self._chosen()
        if command is None:
            self.query_one("#about", Lines).show([(), ()])
            return
        keys = " ".join(shown_key(key) for key in self._now.keymap.of(command.id))
        text = f"{keys}  {self._words.t(command.help)}"
        lines = wrap(text, max(20, self.query_one("#about", Lines).size.width), most=2)
        self.query_one("#about", Lines).show([one(line, Tone.QUIET) for line in (*lines, "")][:2])

    def on_row_list_moved(self, _event: RowList.Moved) -> None:
        """Say all of the command under the cursor."""
        self._about()

    def on_row_list_chosen(self, _event: RowList.Chosen) -> None:
        """A double click."""
        self.action_run()

    def _chosen(self) -> Command | None:
        return BY_ID.get(str(self._list.cursor)) if self._list.chosen is not None else None

    def action_step(self, step: int) -> None:
        """Up and down while the field has the keys."""
        self._list.action_move(step)

    def action_page(self, step: int) -> None:
        """A screenful up or down."""
        self._list.action_page(step)

    def action_run(self) -> None:
        """Do the command under the cursor, or say why not."""
        command = self._chosen()
        if command is None:
            return
        reason = refusal(command, self._now)
        if reason is None:
            self.dismiss(command.id)
        else:
            self.query_one("#about", Lines).show([(Piece(self._words.say(reason), Tone.SOON),), ()])

    def action_leave(self) -> None:
        """Back without doing anything."""
        self.dismiss(None)
