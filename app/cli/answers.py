"""Puts out the one answer or the one refusal of a command, for people or as JSON (decisions 30)."""

from __future__ import annotations

import json
import sys
from typing import TextIO

from app.cli.command_line import Options
from app.cli.session import Answer
from app.domain.errors import BadInput, DuplicateFound, IllegalMove, StoreTrouble, WanggeError
from app.domain.events import Json
from app.domain.text import visible
from app.render.words import Words
from app.services.problems import NotLoaded, NotUnderstood, Problems


def tell(options: Options, answer: Answer) -> int:
    """Print the answer: exactly one JSON document, or its lines."""
    if options.json:
        extra = {"warnings": list[Json](answer.warnings)} if answer.warnings else {}
        print(_json({**answer.document, **extra}, sys.stdout))
    else:
        for line in answer.lines():
            print(visible(line))
        for warning in answer.warnings:
            print(visible(warning), file=sys.stderr)
    return 0


def refuse(options: Options, error: WanggeError, words: Words) -> int:
    """Print a refusal on standard error and return its exit status.

    In words it is one line; a file with several faults has a line for each that was kept.
    """
    extra: dict[str, Json] = {}
    lines = [words.say(error.message)]
    if isinstance(error, IllegalMove):
        extra["possible"] = list[Json](error.possible)
    elif isinstance(error, DuplicateFound):
        extra["candidates"] = list[Json](error.candidates)
    elif isinstance(error, StoreTrouble):
        extra["trouble"] = error.trouble.value
    elif isinstance(error, BadInput) and error.field:
        extra["field"] = error.field
    if isinstance(error, Problems | NotLoaded | NotUnderstood):
        problems = [words.say(problem) for problem in error.problems]
        extra |= {"problems": list[Json](problems), "total": error.total}
        lines += [f"  {problem}" for problem in problems] if error.total > 1 else []
    return _put(options, lines, {"code": error.code, **extra}, error.exit_status)


def refuse_text(options: Options, text: str, code: str, status: int) -> int:
    """The same for a sentence that is already translated."""
    return _put(options, [text], {"code": code}, status)


def _put(options: Options, lines: list[str], about: dict[str, Json], status: int) -> int:
    if options.json:
        document = {"error": {"code": about.pop("code"), "message": lines[0], **about}}
        print(_json(document, sys.stderr), file=sys.stderr)
    else:
        for line in lines:
            print(visible(line).replace("\n", " "), file=sys.stderr)
    return status


def json_line(document: object, stream: TextIO) -> str:
    """A document on one line, for those that come one after the other."""
    return _json(document, stream, None)


def _json(document: object, stream: TextIO, indent: int | None = 2) -> str:
    """JSON in the characters of the stream; in ASCII when a text in it would command the terminal."""
    indent = indent if stream.isatty() else None
    if (stream.encoding or "").lower().startswith("utf"):
        text = json.dumps(document, ensure_ascii=False, indent=indent)
        if visible(text) == text:
            return text
    return json.dumps(document, indent=indent)
