"""The duty room of a sample: its clock runs between the lines of the script, and somebody answers in a while."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid5

from app.domain.actor import Channel
from app.domain.notice import Notice
from app.engine.duty_clock import DutyClock
from app.samples.script import SPACE, ScriptClock
from app.services.house import House

ANSWERS_AFTER = timedelta(minutes=4)
"""So long it takes until the one who was told says that it is in hand: before anybody else is called."""
STANDING_FOR = timedelta(days=3)
"""Days before the sample's instant whose standing reminders are told; earlier ones nobody looks for."""
OFFICER = "JF-ZB1"
"""Who writes it down."""


class DutyRoom:
    """Plays what the duty clock did and what was answered."""

    def __init__(self, house: House, duty: DutyClock, clock: ScriptClock, opens: datetime) -> None:
        """``opens`` is where the sample will stand: standing reminders are told of the last days only."""
        self._house = house
        self._clock = clock
        self._duty = duty
        self._standing_from = opens - STANDING_FOR

    def until(self, end: datetime) -> None:
        """Everything that became due, and every answer, up to an instant."""
        while True:
            due = self._duty.next_street()
            waiting = min(self._house.notices.live(), key=lambda file: file.notice.fired_at, default=None)
            answered_at = waiting.notice.fired_at + ANSWERS_AFTER if waiting else None
            following = min((at for at in (due, answered_at) if at is not None), default=None)
            if following is None or following > end:
                return
            self._clock.at = max(self._clock.at, following)
            if waiting is not None and answered_at is not None and answered_at <= self._clock.at:
                self._answer(waiting.notice)
            else:
                early = self._clock.at < self._standing_from
                self._duty.skips = frozenset({"standing"}) if early else frozenset()
                self._duty.tick()

    def leave(self) -> None:
        """The clock of the script runs no more."""
        self._duty.leave()

    def _answer(self, notice: Notice) -> None:
        told = notice.told[0] if notice.told else ""
        whom = "" if told == OFFICER else told
        actor = self._house.duty.actor(OFFICER)
        request = uuid5(SPACE, f"answer/{notice.id}")
        channel = Channel.PHONE if whom else Channel.TERMINAL
        self._house.notices.answer(notice.id, actor, request, for_member=whom, channel=channel)
