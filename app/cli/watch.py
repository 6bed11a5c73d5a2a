"""`wangge watch`: the duty clock without a screen, all night; what happens is one sentence a line (design 3)."""

from __future__ import annotations

import signal
from collections.abc import Callable
from queue import Empty, SimpleQueue

from app.cli.follow import Follower
from app.cli.session import Session
from app.cli.tongue import N_
from app.cli.waiting import Waiting, ended_by_signals
from app.domain.errors import StoreTrouble, Trouble, WanggeError
from app.domain.message import Message
from app.engine.duty_clock import Round
from app.render.clock import hm
from app.screens.trouble import log_trouble
from app.services.following import Following, News, RanOut

TERMINATED = 128 + signal.SIGTERM
"""How a service manager's wish to end arrives here: a service that is stopped has not failed."""


def run(session: Session, arguments: list[str]) -> int:
    """Run the duty clock until a signal ends it; 0 when it was told to end."""
    from app.bootstrap import engine

    session.parser("wangge watch", N_("The duty clock without a screen, until it is told to end.")).parse_args(
        arguments
    )
    if session.house.read_only:
        raise StoreTrouble(Message(session.house.read_only), Trouble.READ_ONLY)
    waiting = Waiting()
    listener = Listener(session, waiting)
    running = engine(session.house, "watch", listener.round, listener.trouble)
    listener.clock_hears = running.heard
    try:
        with ended_by_signals():
            running.start()
            listener.run()
    except KeyboardInterrupt:
        return 0
    except SystemExit as end:
        return 0 if end.code == TERMINATED else int(end.code or 0)
    finally:
        listener.close()
        running.leave()
        waiting.close()


class Listener(Follower):
    """Says what is written, by this clock and by everybody else, and what the clock itself has trouble with."""

    def __init__(self, session: Session, waiting: Waiting) -> None:
        self.clock_hears: Callable[[], None] = lambda: None
        """Told of what others write too: one listener is enough for both, and each costs a tenth of the promise."""
        super().__init__(session, waiting)
        self._woken = waiting
        self._troubles: SimpleQueue[tuple[str, BaseException]] = SimpleQueue()
        self._told: dict[str, str] = {}
        """The trouble that was said last, by part of the clock; said again only when it changes."""

    def _heard(self) -> None:
        """Called on the watcher's thread."""
        self.clock_hears()
        super()._heard()

    def round(self, done: Round) -> None:
        """Called on the clock's thread after each round."""
        for part in [part for part in self._told if part not in done.troubles and part != "engine"]:
            del self._told[part]
        if not done.quiet:
            self._woken.wake()

    def trouble(self, part: str, error: BaseException) -> None:
        """Called on the clock's threads."""
        self._troubles.put((part, error))
        self._woken.wake()

    def _look(self) -> float:
        self._say_troubles()
        return super()._look()

    def _begin(self) -> None:
        view = self._session.house.desk.view()
        self._following = Following(self._session.house, view.seq, view.now)
        sight = self._session.sight
        said = sight.t("The duty clock runs; {n} whistles are open.", n=view.counts.open)
        if self._session.options.json:
            self._put({"news": "watch", "now": self._session.shaper.instant(view.now), "message": said})
        else:
            self._say([self._marked(f"{hm(sight.now, sight.zone)} {said}")])

    def _tell(self, news: News) -> None:
        """Limits that run out are said by what the clock writes about them."""
        if not isinstance(news, RanOut):
            super()._tell(news)

    def _say_troubles(self) -> None:
        while True:
            try:
                part, error = self._troubles.get_nowait()
            except Empty:
                return
            kind = type(error).__name__
            if self._told.get(part) == kind:
                continue
            self._told[part] = kind
            words = self._session.words
            if isinstance(error, WanggeError):
                said = words.say(error.message)
            else:
                path = log_trouble(self._session.settings.state, error, part)
                said = words.t(
                    "The duty clock has trouble ({part}); it goes on. Details: {file}", part=part, file=str(path)
                )
            if self._session.options.json:
                self._put({"news": "trouble", "trouble": kind, "message": said})
            else:
                self._say([said])
