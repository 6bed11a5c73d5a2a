"""The first page on a new machine: what this is, and four ways to begin. Needs no manual and destroys nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical

from app.domain.errors import WanggeError
from app.domain.message import N_, Said
from app.domain.text import normalise_width
from app.render.rows import Column, Piece, Row, Tone, one
from app.render.words import Words, words_for
from app.render.wrap import wrap
from app.screens.beside import beside
from app.screens.steady import SteadyApp
from app.settings import Settings, remembered_theme
from app.widgets.fields.line import LineField
from app.widgets.fields.messages import FieldEntered
from app.widgets.lines import Lines
from app.widgets.row_list import RowList
from app.widgets.themes import NIGHT, THEMES

SAMPLE, STREET, EMPTY, FILE, LANGUAGE = "1", "2", "3", "4", "5"
CHOICES = (
    (SAMPLE, N_("Look around: the night of 2 July 2020"), N_("a drill: nothing can go wrong")),
    (STREET, N_("Set up your own street"), N_("from a sheet you fill in")),
    (EMPTY, N_("Begin empty"), N_("the street is loaded later")),
    (FILE, N_("Open a database that is there"), N_("kept in another place")),
    (LANGUAGE, N_("中文 / English"), N_("the other language")),
)
"""Digit, what it does and a word about it; msgids."""
ASKS = {
    STREET: N_("Path of the sheet (.xlsx or .toml), then Enter. You have none? Type where it shall be, .xlsx, and F2 "
               "writes an empty one to fill in."),
    FILE: N_("Path of the database, then Enter."),
}  # fmt: skip
"""What the line below asks for; msgids."""
KEYS = {
    "": N_("1–5 or Enter chooses · Esc, F10 leaves · L, Ctrl+L"),
    STREET: N_("Enter reads it · F2 empty sheet · Esc back · F10 leaves · Ctrl+L"),
    FILE: N_("Enter opens it · Esc back · F10 leaves · Ctrl+L"),
}
"""What the last line says, by what is being asked for; msgids. The name of the other language follows."""
PAGE = 23
"""Lines of the page at its longest."""
Begin = Callable[[str, str], None]
"""Make or open what was chosen, by digit and path; a ``WanggeError`` says why not and has changed nothing."""


class FirstRun(SteadyApp):
    """Choose by digit, arrows or mouse. The page ends once there is a database; ``begun`` tells whether."""

    CSS = """
    Screen { background: $background; color: $foreground; align: center top; }
    #page { width: 76; max-width: 100%; height: auto; padding: 0 1; }
    #page > * { margin-bottom: 1; }
    #choices { height: 5; }
    #path { display: none; height: auto; }
    #path.-asked { display: block; }
    #page > #path, #page > #keys { margin-bottom: 0; }
    LineField { background: $foreground 7%; width: 1fr; height: 3; border: round $accent; }
    .-plain LineField { background: transparent; }
    LineField:focus { background: $cursor; background-tint: $foreground 0%; }
    """
    BINDINGS = [
        Binding("f10,ctrl+q", "quit", show=False, priority=True),
        Binding("escape", "away", show=False),
        Binding("ctrl+l", "language", show=False, priority=True),
        Binding("l", "language", show=False),
        Binding("f2", "template", show=False),
        Binding("f1,f9,ctrl+p", "help", show=False),
    ]
    ENABLE_COMMAND_PALETTE = False
    VARIABLES: ClassVar[dict[str, str]] = NIGHT.variables

    def __init__(self, settings: Settings, begin: Begin, template: Callable[[str, str], None]) -> None:
        super().__init__(settings)
        self._begin = begin
        self._template = template
        self._words = words_for("en" if settings.language == "en" else "zh")
        self._choice = ""
        self._busy = False
        self._said: tuple[Callable[[Words], str], Tone] = (lambda _words: ""), Tone.PLAIN
        self.begun = False
        self._list: RowList[tuple[str, str, str]] = RowList(id="choices", titles=False, lit=True)
        for theme in THEMES:
            self.register_theme(theme)
        wanted = settings.theme or remembered_theme(settings)
        self.theme = wanted if wanted in self.available_themes else NIGHT.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colours for themes that do not know them."""
        return self.VARIABLES

    def words(self) -> Words:
        """The language of the page."""
        return self._words

    def tell(self, said: Said, tone: Tone = Tone.PLAIN) -> None:
        """A sentence below the choices."""
        self._say(lambda words: words.told(said), tone)

    def compose(self) -> ComposeResult:
        """Name, purpose, choices, the line for a path, what was said, keys."""
        with Vertical(id="page"):
            yield Lines(id="name")
            yield Lines(id="about")
            yield self._list
            yield Vertical(Lines(id="ask"), LineField("path", cap=4000), id="path")
            yield Lines(id="said")
            yield Lines(id="keys")

    def on_mount(self) -> None:
        """Everything in the language of the moment."""
        self.set_class(self.few_colours, "-plain")
        self._speak()
        self._list.focus()

    def on_resize(self) -> None:
        """Words wrap at another width; the page stands still whatever is asked below its choices."""
        self.query_one("#page").styles.margin = (max(0, (self.size.height - PAGE) // 3), 0, 0, 0)
        self.call_after_refresh(self._speak)

    def _speak(self) -> None:
        t, width = self._words.t, max(20, self.query_one("#name").size.width or 74)
        path = str(self._settings.database)
        self.query_one("#name", Lines).show([(Piece(t("Grid command center"), Tone.STRONG), Piece("  wangge"))])
        about = t("One screen for the street's command center: grids blow the whistle, departments report in, and you "
                  "see who has come, who has not, and how much time is left.")  # fmt: skip
        where = t("There is no database at {path} yet. How do you want to begin?", path=path)
        self.query_one("#about", Lines).show(
            [*(one(line) for line in wrap(about, width)), (), *(one(line, Tone.QUIET) for line in wrap(where, width))]
        )
        room = 30 if self._words.language == "zh" else 38
        self._list.set_columns((Column("digit", "", 1, 10), Column("what", "", room, 9, most=38),
                                Column("about", "", 12, 1, most=60)))  # fmt: skip
        self._list.sync(CHOICES, self._row, lambda choice: choice[0])
        ask = wrap(t(ASKS[self._choice]), width) if self._choice in ASKS else []
        self.query_one("#ask", Lines).show([one(line) for line in ask] or [()])
        said, tone = self._said
        self.query_one("#said", Lines).show([one(line, tone) for line in wrap(said(self._words), width)] or [()])
        other = "English" if self._words.language == "zh" else "中文"
        keys = t(KEYS[self._choice if self._choice in ASKS else ""])
        self.query_one("#keys", Lines).show([(Piece(f"{keys} ", Tone.QUIET), Piece(other, Tone.ACCENT))])

    def _row(self, choice: tuple[str, str, str]) -> Row:
        digit, what, about = choice
        t = self._words.t
        return Row(digit, {"digit": one(digit, Tone.ACCENT), "what": one(t(what), Tone.STRONG),
                           "about": one(t(about), Tone.QUIET)})  # fmt: skip

    def _say(self, said: Callable[[Words], str], tone: Tone = Tone.PLAIN) -> None:
        self._said = said, tone
        if self.screen_stack and self.query("#keys"):
            self._speak()

    # -- choosing ------------------------------------------------------------------------------
    def on_key(self, event: events.Key) -> None:
        """A digit, half or full width."""
        digit = normalise_width(event.character or "")
        if digit == "?" and not isinstance(self.focused, LineField):
            event.stop()
            self.action_help()
        elif digit in dict.fromkeys(choice[0] for choice in CHOICES) and not isinstance(self.focused, LineField):
            event.stop()
            self._list.move_to(digit)
            self._chosen(digit)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Enter or a double click."""
        self._chosen(str(event.key))

    def on_lines_hit(self, event: Lines.Hit) -> None:
        """A click on the name of the other language."""
        if event.lines.id == "keys" and event.piece == 1:
            self.action_language()

    def _chosen(self, digit: str) -> None:
        if self._busy:
            return
        if digit == LANGUAGE:
            self.action_language()
            return
        self._choice = digit
        self._say(lambda _words: "")
        self.query_one("#path").set_class(digit in ASKS, "-asked")
        if digit in ASKS:
            self.query_one(LineField).focus()
        else:
            self._go(digit, "")

    def on_field_entered(self, _event: FieldEntered) -> None:
        """Enter in the line of the path."""
        path = self.query_one(LineField).value.strip().strip("'\"")
        if path and not self._busy:
            self._go(self._choice, path)

    def _go(self, digit: str, path: str) -> None:
        self._busy = True
        self._say(lambda words: words.t("One moment …"))
        beside(self, partial(self._work, digit, path), "start")

    async def _work(self, digit: str, path: str) -> None:
        try:
            await asyncio.to_thread(self._begin, digit, path)
        except WanggeError as error:
            self._refused(error)
        else:
            self.begun = True
            self.exit()
        finally:
            self._busy = False

    def _refused(self, error: WanggeError) -> None:
        self._say(lambda words: words.say(error.message), Tone.SOON)

    def action_help(self) -> None:
        """What can be done here."""
        self._say(lambda words: words.t(
            "A digit, or the arrows and Enter, chooses; nothing that is there is changed by it. Later, on the desk and "
            "in every form, F1 shows what each key does."
        ))  # fmt: skip

    def action_template(self) -> None:
        """Write an empty sheet where the line says; a file that is there stays as it is."""
        path = self.query_one(LineField).value.strip()
        if self._choice != STREET or not path or self._busy:
            return
        try:
            self._template(path, self._words.language)
        except WanggeError as error:
            self._refused(error)
        else:
            self._say(lambda words: words.t("An empty sheet is at {path}. Fill it in, then press Enter here.",
                                            path=path), Tone.GOOD)  # fmt: skip

    def action_away(self) -> None:
        """From the line to the choices; from there out."""
        if isinstance(self.focused, LineField):
            self._choice = ""
            self.query_one("#path").remove_class("-asked")
            self._say(lambda _words: "")
            self._list.focus()
        else:
            self.leave(0)

    def action_language(self) -> None:
        """The other language; what is typed stays."""
        self._words = words_for("zh" if self._words.language == "en" else "en")
        self._speak()

    @property
    def language(self) -> str:
        """The language chosen on the page."""
        return self._words.language
