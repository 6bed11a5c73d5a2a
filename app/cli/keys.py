"""`wangge keys`: every command of the desk with its keys, as the configuration has them."""

from __future__ import annotations

from collections.abc import Iterator

from app.cli.session import Answer, Session
from app.cli.tongue import N_
from app.commands import COMMANDS, DEFAULT_KEYS, help_of
from app.domain.errors import BadInput
from app.domain.events import Json
from app.keymap import Keymap, shown_key
from app.render.table import columns
from app.render.words import Words


def run(session: Session, arguments: list[str]) -> Answer:
    """List them; a faulty ``[keys]`` is told beside the usual keys."""
    session.parser("wangge keys", N_("The keys of the desk, as the configuration has them.")).parse_args(arguments)
    words = session.words
    keymap, refused = _keymap(session)
    warnings = (words.say(refused.message),) if refused is not None else ()
    document: list[Json] = [
        {"command": command.id, "keys": list[Json](map(shown_key, keymap.of(command.id))),
         "title": words.t(command.title), "help": words.say(help_of(command, keymap))}
        for command in COMMANDS
    ]  # fmt: skip
    return Answer({"keys": document}, lambda: _lines(keymap, words), warnings)


def _keymap(session: Session) -> tuple[Keymap, BadInput | None]:
    if not session.settings.values.get("keys"):
        return DEFAULT_KEYS, None
    from app.key_rules import keymap_of

    try:
        return keymap_of(session.settings.values["keys"], session.settings.config), None
    except BadInput as error:
        return DEFAULT_KEYS, error


def _lines(keymap: Keymap, words: Words) -> Iterator[str]:
    rows = [
        (command.id, ", ".join(map(shown_key, keymap.of(command.id))), words.t(command.title),
         words.say(help_of(command, keymap)))
        for command in COMMANDS
    ]  # fmt: skip
    yield from columns(rows, (words.t("Command"), words.t("Keys"), words.t("Title"), words.t("What it does")))
