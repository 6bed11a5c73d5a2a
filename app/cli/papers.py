"""A paper into a file, for every verb that exports one."""

from __future__ import annotations

from pathlib import Path

from app.cli.session import Answer, Session
from app.domain.errors import BadInput
from app.domain.message import Message
from app.files import os_reason, printable
from app.papers import write_paper
from app.render.markdown import markdown
from app.render.paper import Paper

STANDARD_OUTPUT = "-"


def hand_out(session: Session, target: str, paper: Paper) -> Answer:
    """Write the paper: a document when the file ends in .docx, else Markdown; ``-`` prints it as Markdown.

    BadInput when the file cannot be written; what stood there is as it was.
    """
    if target == STANDARD_OUTPUT:
        text = list(markdown(paper))
        return Answer({"markdown": "\n".join(text)}, lambda: text)
    path = Path(target)
    try:
        write_paper(path, paper, session.words.language)
    except (OSError, ValueError) as error:  # a name with a NUL is a ValueError
        why = os_reason(error) if isinstance(error, OSError) else str(error)
        raise BadInput(
            Message("{file} cannot be written: {why}.", {"file": printable(path), "why": why}), "file"
        ) from error
    said = session.words.t("Written: {file}", file=printable(path))
    return Answer({"file": str(path)}, lambda: [said])
