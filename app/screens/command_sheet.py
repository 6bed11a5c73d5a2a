"""Help and command palette in one: every command with its key, what cannot be done now greyed with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from app.command_find import Fit, fit_of
from app.commands import COMMANDS, GROUPS, OWN_GROUP, Command, Situation, help_of, refusal, title_of
from app.domain.message import N_
from app.domain.text import normalise_width
from app.keymap import shown_key
from app.render.rows import WHOLE, Cell, Column, Piece, Row, Tone, one
from app.render.ways import BACK, DOES_IT, MOVE, Way
from app.render.words import Words, words_for
from app.render.wrap import wrap
from app.screens.finding import spelled
from app.screens.list_sheet import WIDE, ListSheet

LIST_KEYS = (
    ("↑ ↓", N_("move the cursor; PgUp PgDn Home End too")),
    ("Tab", N_("to the next pane")),
    ("Enter", N_("open what the cursor is on")),
    ("Space", N_("mark cases or departments, to do it to several at once")),
    ("Esc", N_("back to the list, show all again")),
)
"""What is the same in every list; msgids."""


Item = Command | tuple[str, str]
"""A command, or one of ``LIST_KEYS``."""


class CommandSheet(ListSheet[str, Item]):
    """Type to narrow it down, in either language or by pinyin initials; Enter does the command.

    Nothing typed: the commands stand in groups, each always in its place. What cannot be done now is grey where it
    stands and says why: who is tired looks for a command where it was the last time, and a list that closes its gaps
    is another list at every case. Typing drops the groups: the best fit comes first, what can be done before what
    cannot, because then Enter is pressed without looking.
    """

    HORIZONTAL_BREAKPOINTS = WIDE
    opened_by = ("help", "palette")

    def __init__(self, now: Situation, words: Words, title: str) -> None:
        super().__init__()
        self._now = now
        self._words = words
        self._title = title
        self._firsts: frozenset[str] = frozenset()
        """Ids of the first command of each group, while there are groups."""

    def spoken(self) -> Words:
        """As the desk."""
        return self._words

    def title_text(self) -> str:
        """Help, or commands."""
        return self._words.t(self._title)

    def ways(self) -> Sequence[Way]:
        """Its own keys."""
        return (DOES_IT, BACK, MOVE)

    def asks(self) -> str:
        """The empty line."""
        return self._words.t("type to find a command")

    def columns(self) -> Sequence[Column]:
        """Group, key, title, help."""
        zh = self._words.language == "zh"
        return (Column("group", "", self._group_width, 8), Column("key", "", 7, 10),
                Column("title", "", 14 if zh else 19, 9), Column("help", "", 20, 7, most=999))  # fmt: skip

    @property
    def _group_width(self) -> int:
        return max(cell_len(self._words.t(group)) for group in GROUPS)

    def nothing(self) -> Cell:
        """No command fits."""
        return one(self._words.t("No command is called that."), Tone.QUIET)

    def items(self, typed: str) -> Iterable[Item]:
        """In groups with the keys of lists at the end, or the best fit first."""
        needle = normalise_width(typed).strip().casefold()
        if not needle:
            own = OWN_GROUP.get(self._now.mode, "")
            grouped = sorted(COMMANDS, key=lambda command: (command.group != own, GROUPS.index(command.group)))
            self._firsts = frozenset({command.group: command.id for command in reversed(grouped)}.values())
            return [*grouped, *LIST_KEYS]
        self._firsts = frozenset()
        fits = {command: fit for command in COMMANDS if (fit := self._fit(command, needle)) is not None}
        return sorted(fits, key=lambda command: (refusal(command, self._now) is not None, fits[command]))

    def _fit(self, command: Command, needle: str) -> Fit | None:
        titles = [words_for(language).t(msgid) for language in ("zh", "en")
                  for msgid in (command.title, title_of(command, self._now))]  # fmt: skip
        told = [words_for(language).say(help_of(command, self._now.keymap)) for language in ("zh", "en")]
        keys = (shown_key(key) for key in self._now.keymap.of(command.id))
        return fit_of(needle, (*titles, *map(spelled, titles)), keys, told)

    def key_of(self, item: Item) -> str:
        """Id of a command, or the key of lists."""
        return item.id if isinstance(item, Command) else item[0]

    def row(self, item: Item) -> Row:
        """A command; or a line about lists, which cannot be chosen."""
        if not isinstance(item, Command):
            return self._still(*item)
        reason = refusal(item, self._now)
        about = self._words.say(reason) if reason else self._words.say(help_of(item, self._now.keymap))
        return Row(item.id, {
            "group": one(self._words.t(item.group) if item.id in self._firsts else "", Tone.QUIET),
            "key": one(self._now.keymap.key(item.id), Tone.QUIET if reason else Tone.ACCENT),
            "title": one(self._words.t(title_of(item, self._now)), Tone.QUIET if reason else Tone.STRONG),
            "help": one(about, Tone.QUIET),
        })  # fmt: skip

    def _still(self, key: str, text: str) -> Row:
        first = self._words.t("In lists") if key == LIST_KEYS[0][0] else ""
        group = first + " " * (self._group_width - cell_len(first))
        return Row(key, {WHOLE: one(f"{group} {key:<8}{self._words.t(text)}", Tone.QUIET)}, still=True)

    def about(self, item: Item | None) -> Sequence[Cell]:
        """All keys of the command and what it does."""
        if not isinstance(item, Command):
            return ()
        keys = " ".join(shown_key(key) for key in self._now.keymap.of(item.id))
        lines = wrap(f"{keys}  {self._words.say(help_of(item, self._now.keymap))}", self.room, most=2)
        return [one(line, Tone.QUIET) for line in lines]

    async def choose(self, item: Item) -> None:
        """Do the command under the cursor, or say why not."""
        reason = refusal(item, self._now) if isinstance(item, Command) else None
        if reason is not None:
            self.say([(Piece(self._words.say(reason), Tone.SOON),)])
        elif isinstance(item, Command):
            self.dismiss(item.id)
