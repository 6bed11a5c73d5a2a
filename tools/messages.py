"""Keeps the Chinese catalogue true to the program: every text marked in the code, translated, compiled.

    python -m tools.messages            compile the .po files of app/locale into wangge.mo
    python -m tools.messages --check    name what is missing, obsolete, untranslated, malformed or not compiled
    python -m tools.messages --missing  print the stanzas that are still to be filled in

English is the msgid. A text is marked by being the literal first argument of Message(), N_() or t(), or the
first two of tn(). The .po files of the folder, one for each part of the program, together are one catalogue.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import string
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
MARKS = {"Message": 1, "N_": 1, "t": 1, "tn": 2}
"""Name of each marking function and how many of its first arguments are texts."""

HEADER = "Content-Type: text/plain; charset=UTF-8\nLanguage: zh_CN\nPlural-Forms: nplurals=1; plural=0;\n"
"""Says nothing about when or by what it was compiled, so that equal texts give equal bytes."""

Msgid = str | tuple[str, str]
"""A text, or its singular and plural."""


@dataclass(slots=True)
class Marked:
    """The texts marked in the code, each with where it stands, and the marks that nobody can translate."""

    places: dict[Msgid, list[str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Translated:
    """What the .po files say together, and where they contradict one another."""

    messages: dict[Msgid, Message] = field(default_factory=dict)
    files: dict[Msgid, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


class PlainCatalog(Catalog):
    """A catalogue whose header is always the same."""

    def __iter__(self) -> Iterator[Message]:
        yield Message("", HEADER)
        yield from list(super().__iter__())[1:]


def gather(root: Path) -> Marked:
    """Read every mark in the Python files of app and db."""
    marked = Marked()
    for path in sorted([*(root / "app").rglob("*.py"), *(root / "db").rglob("*.py")]):
        name = path.relative_to(root).as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"), name)):
            if isinstance(node, ast.Call) and (count := MARKS.get(called(node))):
                read_mark(node, count, f"{name}:{node.lineno}", marked)
    return marked


def called(node: ast.Call) -> str:
    """The last name of what is called: `words.t(...)` and `t(...)` are both `t`."""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def read_mark(node: ast.Call, count: int, place: str, marked: Marked) -> None:
    """Add the texts of one call; a variable is no text of its own and was marked where it came from."""
    arguments = node.args[:count] or [word.value for word in node.keywords if word.arg == "msgid"]
    if any(isinstance(argument, ast.JoinedStr) for argument in arguments):
        marked.problems.append(f"{place}: an f-string cannot be translated; use {{names}} and parameters")
    choices = [list(literals(argument)) for argument in arguments]
    if count == 2 and len(choices) == 2:
        msgids: list[Msgid] = [(one, many) for one in choices[0] for many in choices[1]]
    else:
        msgids = list(choices[0]) if choices else []
    for msgid in msgids:
        marked.places.setdefault(msgid, []).append(place)


def literals(node: ast.expr) -> Iterator[str]:
    """The texts that an argument can be: itself, or both sides of `a if condition else b`."""
    match node:
        case ast.Constant(value=str(text)) if text:
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from literals(body)
            yield from literals(orelse)


def read_catalogue(folder: Path) -> Translated:
    """Read all .po files of a folder as one catalogue."""
    translated = Translated()
    for path in sorted(folder.glob("*.po")):
        text = path.read_text("utf-8")
        catalogue = read_po(io.BytesIO(text.encode()), locale="zh_CN", ignore_obsolete=True, abort_invalid=True)
        if len(re.findall(r"(?m)^msgid ", text)) != len(list(catalogue)):
            translated.problems.append(f"{path.name}: has an msgid twice, or no header")
        for message in catalogue:
            if message.id:
                add(message, path.name, translated)
    return translated


def add(message: Message, file: str, translated: Translated) -> None:
    """Put one message into the whole; two files may say the same, not different things."""
    msgid = key(message)
    known = translated.messages.get(msgid)
    if known and strings(known) != strings(message):
        translated.problems.append(f"{file}: {show(msgid)} is translated differently in {translated.files[msgid]}")
    elif known is None:
        translated.messages[msgid] = message
        translated.files[msgid] = file


def key(message: Message) -> Msgid:
    """The msgid of a message in the form that `gather` gives."""
    if isinstance(message.id, str):
        return message.id
    one, many = message.id
    return one, many


def strings(message: Message) -> tuple[str, ...]:
    """The translations of a message: one, or one for each plural form (Chinese has one)."""
    return (message.string or "",) if isinstance(message.string, str) else tuple(message.string or ("",))


def compile_catalogue(translated: Translated) -> bytes:
    """The .mo file of everything translated; equal catalogues give equal bytes on every machine."""
    catalogue = PlainCatalog(locale="zh_CN", charset="utf-8", fuzzy=False)
    for msgid, message in translated.messages.items():
        if all(strings(message)) and not message.fuzzy:
            catalogue.add(msgid, message.string)
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def is_translated(msgid: Msgid, translated: Translated) -> bool:
    """Whether there is a translation that is neither empty nor marked fuzzy."""
    message = translated.messages.get(msgid)
    return message is not None and all(strings(message)) and not message.fuzzy


def find_problems(marked: Marked, translated: Translated, compiled: Path) -> list[str]:
    """Everything that keeps the catalogue from being true, one line each."""
    problems = [*marked.problems, *translated.problems]
    for msgid, places in marked.places.items():
        if msgid not in translated.messages:
            problems.append(f"{places[0]}: missing: {show(msgid)}")
        elif not is_translated(msgid, translated):
            problems.append(f"{translated.files[msgid]}: untranslated: {show(msgid)}")
    for msgid, message in translated.messages.items():
        if msgid not in marked.places:
            problems.append(f"{translated.files[msgid]}: obsolete: {show(msgid)}")
        elif is_translated(msgid, translated) and (wrong := placeholder_problem(msgid, message)):
            problems.append(f"{translated.files[msgid]}: {show(msgid)}: {wrong}")
    if not compiled.exists() or compiled.read_bytes() != compile_catalogue(translated):
        problems.append(f"{compiled.name} is not what the .po files compile to; run python -m tools.messages")
    return problems


def placeholder_problem(msgid: Msgid, message: Message) -> str:
    """Says how the {placeholders} of text and translation differ; empty when they agree."""
    try:
        wanted = placeholders(msgid if isinstance(msgid, str) else msgid[1])
        for text in strings(message):
            if (found := placeholders(text)) != wanted:
                return f"placeholders {sorted(found)} instead of {sorted(wanted)}"
    except ValueError as trouble:
        return f"braces do not pair: {trouble}"
    return ""


def placeholders(text: str) -> set[str]:
    """The names in braces. Raises ValueError when the braces do not pair."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def stanza(msgid: Msgid, places: list[str]) -> str:
    """A .po entry to fill in."""
    where = f"#: {' '.join(places)}\n"
    if isinstance(msgid, str):
        return f'{where}msgid {quoted(msgid)}\nmsgstr ""\n'
    return f'{where}msgid {quoted(msgid[0])}\nmsgid_plural {quoted(msgid[1])}\nmsgstr[0] ""\n'


def quoted(text: str) -> str:
    """A text as a .po file writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n")
    return f'"{escaped}"'


def show(msgid: Msgid) -> str:
    """A msgid for a line of the report."""
    return quoted(msgid if isinstance(msgid, str) else msgid[1])


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Do what the arguments ask; 1 when `--check` found something."""
    parser = argparse.ArgumentParser(prog="python -m tools.messages", description="Check or compile the catalogue.")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--check", action="store_true", help="name every problem; exit 1 if there is one")
    choice.add_argument("--missing", action="store_true", help="print the stanzas to fill in")
    asked = parser.parse_args(arguments)
    folder = root / "app" / "locale" / "zh_CN" / "LC_MESSAGES"
    marked, translated = gather(root), read_catalogue(folder)
    if asked.check:
        problems = find_problems(marked, translated, folder / "wangge.mo")
        print(*problems, sep="\n", end="\n" if problems else "")
        print(f"{len(marked.places)} texts, {len(problems)} problems")
        return 1 if problems else 0
    if asked.missing:
        print(*(stanza(msgid, places) for msgid, places in marked.places.items() if msgid not in translated.messages),
              sep="\n")  # fmt: skip
        return 0
    (folder / "wangge.mo").write_bytes(compile_catalogue(translated))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
