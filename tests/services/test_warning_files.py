"""Files of warnings as the system hands them over: plain ones, and what only looks like a file."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from app.domain.errors import BadInput
from app.render.words import Words
from app.services.warning_files import read_bytes
from tests.unit.cap_files import alert, utf8


class Empty(io.BytesIO):
    """A file that has nothing to read just now, as some devices that call themselves files."""

    def read(self, _most: int | None = -1, /) -> bytes:
        """Nothing yet."""
        return None  # type: ignore[return-value]


def test_a_file_that_gives_nothing_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence, whatever stands behind the name."""
    path = tmp_path / "x.xml"
    path.write_bytes(utf8(alert()))
    assert read_bytes(path) == utf8(alert())
    monkeypatch.setattr(os, "fdopen", lambda *_args, **_how: Empty())
    with pytest.raises(BadInput) as refused:
        read_bytes(path)
    assert Words("en").say(refused.value.message) == "it is no plain file"
