"""What of a walk is not on the database's disk yet, kept in drafts: answers that wait, lines that were not sent."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING
from uuid import UUID

from app.domain.actor import Channel
from app.domain.checklist import Answer, Trend, Verdict
from app.screens.dialogs.keeping import DraftKeeper

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.domain.actor import Actor
    from app.domain.round import Item
    from app.screens.answer_queue import Given
    from app.services.drafts import Drafts

Texts = dict[UUID, dict["Item", str]]
"""Lines typed and not sent, by round and question."""


@dataclass(slots=True)
class Unsent:
    """The two drafts of a desk's walks. Every call but ``turn``-taking touches the disk: on a lane, or at the end."""

    answers: DraftKeeper
    lines: DraftKeeper

    @classmethod
    def of(cls, drafts: Drafts) -> Unsent:
        """Those of this desk."""
        return cls(DraftKeeper(drafts, "walk-answers"), DraftKeeper(drafts, "walk-lines"))

    def keep_answers(self, turn: int, waiting: Sequence[Given]) -> None:
        """Answers in their order; none = forget them."""
        self.answers.save(turn, {f"{n:06d}": _written(given) for n, given in enumerate(waiting)})

    def keep_lines(self, turn: int, texts: Texts) -> None:
        """Lines by question."""
        self.lines.save(turn, {f"{round_id.hex}/{point}/{question}": text for round_id, mine in texts.items()
                               for (point, question), text in mine.items()})  # fmt: skip

    def left_lines(self) -> Texts:
        """What was typed and not sent at an earlier time."""
        texts: Texts = {}
        for name, text in self.lines.load().items():
            parts = name.split("/")
            if len(parts) == 3 and parts[1].isdigit():
                texts.setdefault(UUID(hex=parts[0]), {})[int(parts[1]), parts[2]] = text
        return texts

    def left_answers(self, actor: Callable[[str], Actor]) -> tuple[Given, ...]:
        """Answers that were never written, each under its old request number; one that is spoiled is left out."""
        kept = self.answers.load()
        return tuple(given for name in sorted(kept) for given in _read(kept[name], actor))


def _written(given: Given) -> str:
    told, answer = given.told, given.answer
    return json.dumps({
        "round": given.round_id.hex, "point": given.item[0], "question": given.item[1], "typed": given.typed,
        "actor": told.actor.member, "request": told.request_id.hex, "by": told.by, "channel": told.channel.value,
        "at": told.at.isoformat() if told.at else "", "verdict": answer.verdict.value,
        "number": None if answer.number is None else str(answer.number),
        "trend": answer.trend.value if answer.trend else None, "entries": list(answer.entries), "yes": answer.yes,
        "text": answer.text, "noted": given.noted,
    }, ensure_ascii=False)  # fmt: skip


def _read(text: str, actor: Callable[[str], Actor]) -> Iterator[Given]:
    from app.domain.errors import WanggeError
    from app.screens.answer_queue import Given
    from app.services.rounds import Told

    try:
        kept: Mapping[str, object] = json.loads(text)
        entries = kept["entries"]
        answer = Answer(
            Verdict(str(kept["verdict"])), Decimal(str(kept["number"])) if kept["number"] is not None else None,
            Trend(str(kept["trend"])) if kept["trend"] else None,
            tuple(str(one) for one in entries) if isinstance(entries, list) else (),
            None if kept["yes"] is None else bool(kept["yes"]), str(kept["text"]),
        )  # fmt: skip
        told = Told(actor(str(kept["actor"])), UUID(hex=str(kept["request"])), str(kept["by"]),
                    Channel(str(kept["channel"])), datetime.fromisoformat(str(kept["at"])))  # fmt: skip
        item = int(str(kept["point"])), str(kept["question"])
        yield Given(UUID(hex=str(kept["round"])), item, answer, told, str(kept["typed"]), bool(kept.get("noted")))
    except (ValueError, KeyError, TypeError, InvalidOperation, WanggeError):
        return
