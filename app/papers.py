"""A paper into files: readable by their owner alone, whole or not at all.

What a paper tells of people is not for every account of the machine; whoever prints it hands it on himself.
"""

from __future__ import annotations

import re
from pathlib import Path

from app.domain.text import visible
from app.files import private_folder, replace_private
from app.render.markdown import markdown
from app.render.paper import Paper

DOCUMENT, PLAIN = ".docx", ".md"

NAME_CAP = 180
"""Bytes of a file's name before its ending: file systems take 255."""

_NO_NAME = re.compile(r'[\\/:*?"<>|\s]+')


def paper_bytes(paper: Paper, ending: str, language: str) -> bytes:
    """The content of a file with this ending: ``.docx`` a document, anything else Markdown."""
    if ending.lower() == DOCUMENT:
        from app.render.docx import docx  # a fifth of a second that only papers cost

        return docx(paper, language)
    return ("\n".join(markdown(paper)) + "\n").encode()


def write_paper(path: Path, paper: Paper, language: str) -> None:
    """Write one file, in the place of an older one; OSError when it cannot be, and the older one is as it was."""
    content = paper_bytes(paper, path.suffix, language)
    if path.exists() and not path.is_file():
        path.write_bytes(content)  # a pipe or a device; a folder says that it is one
        return
    replace_private(path.resolve(), content)


def print_paper(folder: Path, paper: Paper, language: str, mark: str = "") -> Path:
    """Write a .docx and a .md beside it, named by the title and ``mark``; returns the first. OSError leaves neither.

    Nothing is written over: a paper that reads otherwise than the one of its name gets a number behind it.
    """
    private_folder(folder)
    contents = {ending: paper_bytes(paper, ending, language) for ending in (DOCUMENT, PLAIN)}
    paths = _free(folder, file_name(f"{paper.title} {mark}"), contents)
    made: list[Path] = []
    try:
        for path, content in paths.items():
            if not path.exists():
                made.append(path)
                replace_private(path, content)
    except OSError:
        for path in made:
            path.unlink(missing_ok=True)
        raise
    return next(iter(paths))


def file_name(title: str) -> str:
    """A title as the name of a file on any system, without an ending."""
    name = _NO_NAME.sub(" ", visible(title)).encode()[:NAME_CAP].decode(errors="ignore")
    return name.strip(" .") or "paper"


def _free(folder: Path, name: str, contents: dict[str, bytes]) -> dict[Path, bytes]:
    """The first names that nobody has taken, or that hold just this."""
    number = 1
    while True:
        behind = f" ({number})" if number > 1 else ""
        paths = {folder / f"{name}{behind}{ending}": content for ending, content in contents.items()}
        if all(not path.exists() or path.read_bytes() == content for path, content in paths.items()):
            return paths
        number += 1
