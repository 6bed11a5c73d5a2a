"""Takes the global options out of a command line, wherever they stand: before or after the verb (decisions 30)."""

from __future__ import annotations

from app.cli.tongue import N_

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

WITH_VALUE = {
    "--db": ("database", "PATH|URL", N_("database file")),
    "--lang": ("language", "zh|en", N_("language")),
    "--as": ("acting", "MEMBER", N_("who acts: code or name of a member")),
    "--theme": ("theme", "night|day|contrast", N_("how the desk looks")),
    "--clock": ("clock", "ISO[xSPEED]", N_("set a drill's clock first, e.g. 2020-07-03T00:08x60")),
    "--request-id": ("request_id", "UUID", N_("id of this request; the same id again changes nothing")),
}
"""Global options: attribute, placeholder, help (msgid)."""

SWITCHES = {"--json": ("json", N_("exactly one JSON document on standard output"))}


class Options:
    """The global options as typed; empty = not given. A plain class, because every start pays for it."""

    __slots__ = ("acting", "clock", "database", "json", "language", "request_id", "theme")

    def __init__(self) -> None:
        self.database = ""
        self.language = ""
        self.acting = ""
        self.clock = ""
        self.request_id = ""
        self.theme = ""
        self.json = False


class Unclear(Exception):
    """The command line cannot be understood: exit 2. ``msgid`` and ``params`` are for a Tongue."""

    def __init__(self, msgid: str, **params: object) -> None:
        super().__init__(msgid)
        self.msgid = msgid
        self.params = params


def split(arguments: Sequence[str]) -> tuple[Options, list[str], Unclear | None]:
    """Global options and the rest, order kept; nothing after ``--`` is taken. The last of a repeated option counts.

    What is wrong is handed back, not raised, so that it is told in the language and form that were asked for.
    """
    options, rest = Options(), []
    wrong: Unclear | None = None
    waiting = list(arguments)
    while waiting:
        word = waiting.pop(0)
        if word == "--":
            rest += [word, *waiting]
            break
        name, equals, value = word.partition("=")
        if word in SWITCHES:
            options.json = True
        elif name in WITH_VALUE:
            if not equals and waiting and not waiting[0].startswith("--"):
                value = waiting.pop(0)
            if not value:
                wrong = wrong or Unclear(N_("{option} needs a value."), option=name)
            setattr(options, WITH_VALUE[name][0], value)
        else:
            rest.append(word)
    return options, rest, wrong
