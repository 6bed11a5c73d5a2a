"""Papers into files: whole or not at all, their owner's alone, nothing written over that reads otherwise."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from app.papers import file_name, print_paper, write_paper
from app.render.paper import Paper, Para

PAPER = Paper("晨会纪要 2020年7月3日 周五 吉凤街道", (Para("无"),))


def names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_paper_is_printed_once_however_often_it_is_asked_for(tmp_path: Path) -> None:
    """The same paper is the same two files; another one of that name gets a number; all are their owner's."""
    folder = tmp_path / "papers"
    first = print_paper(folder, PAPER, "zh")
    assert print_paper(folder, PAPER, "zh") == first
    assert names(folder) == [f"{PAPER.title}.docx", f"{PAPER.title}.md"]
    other = print_paper(folder, replace(PAPER, blocks=(Para("有"),)), "zh")
    assert other.name == f"{PAPER.title} (2).docx"
    assert len(names(folder)) == 4
    if os.name != "nt":
        assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_second_file_that_cannot_be_written_takes_the_first_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk leaves neither half a file nor half a pair."""
    written = []

    def full(path: Path, content: bytes) -> None:
        if written:
            raise OSError(28, "No space left on device")
        written.append(path)
        path.write_bytes(content)

    monkeypatch.setattr("app.papers.replace_private", full)
    with pytest.raises(OSError, match="No space"):
        print_paper(tmp_path, PAPER, "zh")
    assert (len(written), names(tmp_path)) == (1, [])


def test_what_stood_there_is_as_it_was_when_a_file_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written beside and renamed; no leftover."""
    path = tmp_path / "briefing.docx"
    path.write_bytes(b"older")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.files.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_paper(path, PAPER, "zh")
    assert (path.read_bytes(), names(tmp_path)) == (b"older", ["briefing.docx"])


def test_the_longest_name_that_a_file_may_have_is_written(tmp_path: Path) -> None:
    """255 bytes of Chinese: the file beside it has a name of its own that is short enough."""
    path = tmp_path / f"{'纪' * 84}.md"
    write_paper(path, PAPER, "zh")
    assert names(tmp_path) == [path.name]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """What it points to is written."""
    real, link = tmp_path / "real.md", tmp_path / "link.md"
    real.touch()
    link.symlink_to(real)
    write_paper(link, PAPER, "zh")
    assert link.is_symlink()
    assert real.read_text("utf-8").startswith("# 晨会纪要")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("晨会纪要 7月3日", "晨会纪要 7月3日"),
        ('a/b\\c:d*e?f"g<h>i|j\nk', "a b c d e f g h i j k"),
        (" ../.. ", "paper"),
        ("字" * 200, "字" * 60),
        ("x\x00\x1b[31m", "x[31m"),
    ],
)
def test_a_title_becomes_a_name_that_every_system_takes(title: str, name: str) -> None:
    """No separator, no control character, never too long."""
    assert file_name(title) == name
