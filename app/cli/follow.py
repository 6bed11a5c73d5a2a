"""`wangge status --follow`: the street as it stands, then what changes, one sentence or one JSON object a line."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from typing import NoReturn

from app.cli.answers import json_line
from app.cli.case_shape import event_document
from app.cli.session import Session
from app.cli.status import look, status_document, status_lines
from app.cli.waiting import Waiting, ended_by_signals
from app.domain.errors import StoreTrouble, Trouble
from app.domain.events import Json
from app.domain.message import Message
from app.domain.text import visible
from app.domain.whistle import Whistle
from app.render.clock import hm
from app.render.news import event_sentence, limit_sentence
from app.render.sight import Sight
from app.services.following import Following, Happened, News, RanOut, Unreadable

LONGEST, AGAIN = 5.0, 0.5
"""Seconds until the next look when nothing calls sooner; while the database does not answer."""


def follow(session: Session) -> NoReturn:
    """Say what is and what comes, until somebody ends it: the exit status tells how."""
    session.house  # noqa: B018  a database that cannot be opened at all is refused as for any verb
    waiting = Waiting()
    follower = Follower(session, waiting)
    try:
        with ended_by_signals():
            follower.run()
    finally:
        follower.close()
        waiting.close()


class Follower:
    """One listener. What it has told is known by the entry's number, so nothing is told twice or left out."""

    def __init__(self, session: Session, waiting: Waiting) -> None:
        self._session = session
        self._waiting = waiting
        self._file = self._identity()
        self._watcher = session.house.watch(self._heard)
        self._following: Following | None = None
        self._trouble: Trouble | None = None
        self._sight: Sight | None = None

    def close(self) -> None:
        """Stop listening."""
        self._watcher.stop()

    def _heard(self) -> None:
        """Called on the watcher's thread."""
        self._waiting.wake()

    def run(self) -> NoReturn:
        """Until a signal, or until nobody reads."""
        while True:
            try:
                self._waiting.wait(self._look())
            except StoreTrouble as error:
                self._troubled(error)
                self._waiting.wait(AGAIN)

    # -- one look ------------------------------------------------------------------------------
    def _look(self) -> float:
        """Say everything that is new; the seconds until the next look."""
        self._same_file()
        if self._following is None:
            self._begin()
        following = self._following
        assert following is not None
        while news := following.look():
            self._answers_again()
            self._sight = None
            for one in news:
                self._tell(one)
        self._answers_again()
        limit = following.next_limit()
        clock = self._session.house.clock
        left = (limit - clock.now()).total_seconds() / clock.speed if limit and clock.speed > 0 else LONGEST
        return min(max(left + 0.01, 0.01), LONGEST)

    def _begin(self) -> None:
        """The present state, as `status` shows it."""
        session = self._session
        view = look(session)
        self._following = Following(session.house, view.seq, view.now)
        if session.options.json:
            self._put({"news": "status", **status_document(session, view)})
        else:
            self._say(status_lines(session.sight, view))

    def _same_file(self) -> None:
        """StoreTrouble while the file is gone; another one in its place is opened, and told from its beginning."""
        found = self._identity()
        if found == self._file:
            return
        path = str(self._session.settings.database)
        if found is None:
            raise StoreTrouble(Message("There is no database {path}.", {"path": path}), Trouble.MISSING)
        station, seq = self._session.house.station.uuid, self._following.seq if self._following else 0
        self._watcher.stop()
        self._session.close()
        house = self._session.open()
        self._watcher = house.watch(self._heard)
        self._file = found
        if self._following and house.station.uuid == station and house.desk.seq() >= seq:
            self._following = Following(house, seq, self._following.since)
        else:
            self._following = None

    def _identity(self) -> tuple[int, int] | None:
        try:
            status = self._session.settings.database.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino

    # -- saying --------------------------------------------------------------------------------
    def _tell(self, news: News) -> None:
        if self._session.options.json:
            self._put(self._document(news))
            return
        self._say([self._marked(self._sentence(news))])

    def _marked(self, sentence: str) -> str:
        """A line of a drill says so: lines are cut out, forwarded and read aloud one by one."""
        if not self._session.house.station.drill:
            return sentence
        return self._session.words.t("DRILL {sentence}", sentence=sentence)

    def _sentence(self, news: News) -> str:
        sight = self._seen()
        if isinstance(news, Unreadable):
            return f"{hm(sight.now, sight.zone)} {sight.t('Entry {n} cannot be read.', n=news.seq)}"
        if isinstance(news, RanOut):
            return limit_sentence(news.at, news.kind, news.departments, news.row.whistle, news.row.title, sight)
        return event_sentence(news.event, *_case(news), sight, news.about)

    def _document(self, news: News) -> dict[str, Json]:
        shaper = self._session.shaper
        if isinstance(news, Unreadable):
            return {"news": "unreadable", "seq": news.seq, "message": self._sentence(news)}
        if isinstance(news, RanOut):
            whistle = news.row.whistle
            return {"news": "ran_out", "kind": news.kind.value, "at": shaper.instant(news.at),
                    "departments": list[Json](news.departments), **self._named(whistle, news.row.title),
                    "message": self._sentence(news)}  # fmt: skip
        found, title = _case(news)
        event = event_document(self._session, news.event)
        return {"news": "entry", **event, "case": self._named(found, title) if found else None,
                "message": self._sentence(news)}  # fmt: skip

    def _named(self, whistle: Whistle, title: str) -> dict[str, Json]:
        counts: dict[str, Json] = {name: getattr(whistle, name) for name in
                                   ("assigned", "acknowledged", "reported_in", "done")}  # fmt: skip
        return {"id": str(whistle.id), "number": whistle.number, "grid": whistle.grid, "title": title,
                "state": whistle.state.value, **counts}  # fmt: skip

    def _troubled(self, error: StoreTrouble) -> None:
        """Said once; the next of the same kind is the same."""
        if error.trouble is self._trouble:
            return
        self._trouble = error.trouble
        said = self._session.words.say(error.message)
        if self._session.options.json:
            self._put({"news": "trouble", "trouble": error.trouble.value, "message": said})
        else:
            self._say([said])

    def _answers_again(self) -> None:
        if self._trouble is None:
            return
        self._trouble = None
        said = self._session.words.t("The database answers again.")
        if self._session.options.json:
            self._put({"news": "answers_again", "message": said})
        else:
            self._say([said])

    def _seen(self) -> Sight:
        """The street as it is read once for each look; the instant is always the present one."""
        self._sight = self._sight or self._session.sight
        return replace(self._sight, now=self._session.now)

    @staticmethod
    def _say(lines: Iterable[str]) -> None:
        for one in lines:
            print(visible(one))
        sys.stdout.flush()

    def _put(self, document: dict[str, Json]) -> None:
        print(json_line({**document, "drill": self._session.house.station.drill}, sys.stdout), flush=True)


def _case(news: Happened) -> tuple[Whistle | None, str]:
    """The case as the entry left it, as far as it can be read, and its title."""
    row = news.row
    if news.case is not None:
        return news.case.whistle, row.title if row else ""
    return (row.whistle, row.title) if row else (None, "")
