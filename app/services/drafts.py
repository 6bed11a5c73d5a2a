"""What is being typed, kept in a local file per desk and form; outlives a crash (decisions 9)."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path

from app.services.files import write_private


class Drafts:
    """One folder of drafts for one desk. Saving never raises: False means it was not kept."""

    def __init__(self, folder: Path, desk: str) -> None:
        self._folder = folder
        self._desk = desk

    def save(self, form: str, typed: Mapping[str, str]) -> bool:
        """Keep what is typed in a form; an empty form leaves no file. False when it could not be kept."""
        if not any(text.strip() for text in typed.values()):
            self.drop(form)
            return True
        try:
            write_private(self._path(form), json.dumps(dict(typed), ensure_ascii=False))
        except OSError:
            return False
        return True

    def load(self, form: str) -> dict[str, str]:
        """What was typed and not yet sent; empty when there is nothing or the file cannot be read."""
        try:
            kept = json.loads(self._path(form).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(kept, dict):
            return {}
        return {str(name): text for name, text in kept.items() if isinstance(text, str)}

    def drop(self, form: str) -> None:
        """Forget a form's draft: it was sent or thrown away."""
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
