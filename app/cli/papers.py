"""A paper into a file, for every verb that exports one."""

from __future__ import annotations

from pathlib import Path

from app.cli.session import Answer, Session
from app.domain.errors import BadInput
from app.domain.message import Message
from app.files import os_reason
from app.render.markdown import markdown
from app.render.paper import Paper

STANDARD_OUTPUT = "-"


def hand_out(session: Session, target: str, paper: Paper) -> Answer:
    """Write the paper; ``-`` prints it as Markdown. BadInput when the file cannot be written."""
    text = list(markdown(paper))
    if target == STANDARD_OUTPUT:
        return Answer({"markdown": "\n".join(text)}, lambda: text)
    path = Path(target)
    try:
        path.write_text("\n".join(text) + "\n", encoding="utf-8")
    except OSError as error:
        told = {"file": str(path), "why": os_reason(error)}
        raise BadInput(Message("{file} cannot be written: {why}.", told), "file") from error
    said = session.words.t("Written: {file}", file=str(path))
    return Answer({"file": str(path)}, lambda: [said])
