"""Notices that belong to no case and no reminder: about rounds, gauges and the posture."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from app.domain.events import Json
from app.domain.notice import SUBJECTS, Notice, NoticeState, notice_id
from app.domain.watch_topics import WatchTopic


def watch_notice(
    topic: WatchTopic, subject: str, grid: str, key: str, *, due_at: datetime, now: datetime,
    detail: Mapping[str, Json], urgent: bool, until: datetime | None = None,
) -> Notice:  # fmt: skip
    """A notice that nobody was told yet. Its id is made of ``subject`` and ``key``: every engine makes the same one.

    ``grid`` is where it is, empty for the whole street; ``detail`` holds what its sentence names, as codes, numbers
    and names in both languages.
    """
    return Notice(
        id=watch_notice_id(subject, key), topic=topic.value, state=NoticeState.WAITING, urgent=urgent,
        due_at=due_at, fired_at=now, version=1, step=1, told=(), step_at=None, until=until, subject=subject, grid=grid,
        detail=json.dumps(detail, ensure_ascii=False, sort_keys=True),
    )  # fmt: skip


def watch_notice_id(subject: str, key: str) -> UUID:
    """Of the notice about a subject with this key, whether or not it was ever made."""
    return notice_id(SUBJECTS, f"{subject}/{key}")
