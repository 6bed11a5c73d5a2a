"""What is being typed, kept in a local file per desk and form; outlives a crash, and a file that was spoiled."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.message import Message
from app.files import os_reason, write_private

MOST = 4_000_000
"""Bytes of a draft that are looked at; no form holds a tenth of it."""

_PAIR = re.compile(r'"((?:[^"\\]|\\.)*)"\s*:\s*"((?:[^"\\]|\\.)*)("?)')
"""A field with its text in a spoiled file, the last one perhaps broken off."""


@dataclass(frozen=True, slots=True)
class Left:
    """What was left of an earlier time. ``spoiled`` names the file that could not be read whole, kept aside."""

    typed: Mapping[str, str] = field(default_factory=dict)
    spoiled: str = ""


class Drafts:
    """One folder of drafts for one desk. Saving never raises: False means it was not kept on the disk.

    What the disk refuses is remembered until the program ends, so that leaving a form loses nothing.
    """

    def __init__(self, folder: Path, desk: str) -> None:
        self._folder = folder
        self._desk = desk
        self.trouble: Message | str = ""
        """Why the last save failed; empty when it did not."""
        self._refused: dict[str, dict[str, str]] = {}
        """Drafts that the disk did not take, by form."""

    @property
    def unkept(self) -> bool:
        """Whether there are words that the disk did not take: they end with the program."""
        return bool(self._refused)

    def save(self, form: str, typed: Mapping[str, str]) -> bool:
        """Keep what is typed in a form; an empty form leaves no file. False when it could not be kept."""
        if not any(text.strip() for text in typed.values()):
            self.drop(form)
            return True
        try:
            write_private(self._path(form), _written(typed))
        except OSError as error:
            self.trouble = os_reason(error)
            self._refused[form] = dict(typed)
            return False
        self.trouble = ""
        self._refused.pop(form, None)
        return True

    def load(self, form: str) -> dict[str, str]:
        """What was typed and not yet sent; empty when there is nothing or the file cannot be read."""
        return dict(self.recover(form).typed)

    def recover(self, form: str) -> Left:
        """The same; a spoiled file is kept aside, and what can be read of it is handed back."""
        if form in self._refused:
            return Left(self._refused[form])
        path = self._path(form)
        try:
            raw = _read(path)
        except FileNotFoundError:
            return Left()
        except OSError:
            return Left(spoiled=_aside(path))
        try:
            kept = json.loads(raw.decode("utf-8"))
            if isinstance(kept, dict) and all(isinstance(text, str) for text in kept.values()):
                return Left(kept)
            found = (
                {name: text for name, text in kept.items() if isinstance(text, str)} if isinstance(kept, dict) else {}
            )
        except (ValueError, RecursionError):
            found = dict(_salvaged(raw.decode("utf-8", "ignore")))
        return Left(found, _aside(path))

    def drop(self, form: str) -> None:
        """Forget a form's draft: it was sent or thrown away."""
        self._refused.pop(form, None)
        with contextlib.suppress(OSError):
            self._path(form).unlink()

    def forms(self) -> tuple[str, ...]:
        """Forms of this desk that have a draft."""
        prefix = f"{self._desk}."
        with contextlib.suppress(OSError):
            return tuple(sorted(p.name[len(prefix) : -5] for p in self._folder.glob(f"{prefix}*.json")))
        return ()

    def _path(self, form: str) -> Path:
        safe = "".join(c if c.isalnum() or c in "-_" else "_" for c in form)
        return self._folder / f"{self._desk}.{safe}.json"


def _written(typed: Mapping[str, str]) -> str:
    """As JSON; a text that is no Unicode, as a broken terminal sends it, in escapes."""
    text = json.dumps(dict(typed), ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(dict(typed))
    return text


def _read(path: Path) -> bytes:
    """The file's beginning; OSError for what is no file, which may never end."""
    if path.exists() and not path.is_file():
        raise IsADirectoryError(str(path))
    with path.open("rb") as file:
        return file.read(MOST)


def _salvaged(text: str) -> Mapping[str, str]:
    """Fields and texts of a file that is no JSON any more; the last may have lost its end."""
    found = {}
    for name, kept, _ in _PAIR.findall(text):
        with contextlib.suppress(ValueError):
            found[str(json.loads(f'"{name}"', strict=False))] = str(json.loads(f'"{kept}"', strict=False))
    return found


def _aside(path: Path) -> str:
    """Move a spoiled file out of the way of new drafts; the name it has now. Nothing that is there is overwritten."""
    for number in range(1, 100):
        kept = path.with_name(f"{path.name}.spoiled-{number}")
        if kept.exists():
            continue
        with contextlib.suppress(OSError):
            path.rename(kept)
            return str(kept)
        break
    return str(path)
