"""All use cases of one open database, as screens and commands receive them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from app.services.clocks import StreetClock
from app.services.desk import Desk
from app.services.duty import Duty
from app.services.policies import Policies
from app.services.ports import Station, Store
from app.services.streets import Streets
from app.settings import Settings

if TYPE_CHECKING:
    from app.services.action_items import ActionItems
    from app.services.briefings import Briefings
    from app.services.evacuation import Evacuation
    from app.services.finding import Finding
    from app.services.flood import Flood
    from app.services.flood_view import Postures
    from app.services.gauges import Gauges
    from app.services.handovers import Handovers
    from app.services.notices import Notices
    from app.services.patrol_rules import PatrolRules
    from app.services.planning import Planner
    from app.services.posture_told import PostureTold
    from app.services.reminders import Reminders
    from app.services.reports import Reports
    from app.services.round_plans import RoundPlans
    from app.services.rounds import Rounds
    from app.services.shift_log import ShiftLog
    from app.services.street_maps import StreetMaps
    from app.services.whistles import Whistles


class Watcher(Protocol):
    """Listens for what other processes write."""

    heard_at: float
    """Monotonic second at which the database last answered."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


@dataclass(frozen=True)
class House:
    """Everything a desk or a command works with, wired once by ``app.bootstrap``.

    What the first rows of a desk do without is imported when it is first used.
    """

    settings: Settings
    store: Store
    clock: StreetClock
    policies: Policies
    streets: Streets
    desk: Desk
    duty: Duty
    station: Station
    read_only: str
    """Why the database can only be read (a msgid), or empty."""
    watch: Callable[[Callable[[], None]], Watcher]
    """Start a watcher that calls back, on its own thread, when another process has written."""
    shipped_patrols: Callable[[], str]
    """The rules for rounds that come with the program."""

    @cached_property
    def whistles(self) -> Whistles:
        """The life of a case."""
        from app.services.whistles import Whistles

        return Whistles(self.store, self.clock, self.policies, self.streets,
                        lambda *report: self.rounds.joined(*report))  # fmt: skip

    @cached_property
    def reports(self) -> Reports:
        """Reports up the line."""
        from app.services.reports import Reports

        return Reports(self.store, self.clock, self.policies)

    @cached_property
    def notices(self) -> Notices:
        """What somebody must hear of, and answers to it."""
        from app.services.notices import Notices

        return Notices(self.store, self.clock, self.policies, self.streets)

    @cached_property
    def reminders(self) -> Reminders:
        """Reminders that people set, and the standing ones."""
        from app.services.reminders import Reminders

        return Reminders(self.store, self.clock, self.policies, self.streets)

    @cached_property
    def patrol_rules(self) -> PatrolRules:
        """What is asked on rounds, and where they lead."""
        from app.services.patrol_rules import PatrolRules

        return PatrolRules(self.store, self.clock, self.streets, self.shipped_patrols)

    @cached_property
    def rounds(self) -> Rounds:
        """Walking a round."""
        from app.services.rounds import Rounds

        return Rounds(self.store, self.clock, self.policies, self.streets, self.patrol_rules, self.planner, self.gauges)

    @cached_property
    def planner(self) -> Planner:
        """Brings the rounds that are due in line with plans and posture."""
        from app.services.planning import Planner, posture_in_force

        return Planner(self.policies, self.streets, self.patrol_rules, posture_in_force)

    @cached_property
    def round_plans(self) -> RoundPlans:
        """Plans of rounds, and what is due."""
        from app.services.round_plans import RoundPlans

        return RoundPlans(self.store, self.clock, self.policies, self.streets, self.planner)

    @cached_property
    def flood(self) -> Flood:
        """Warnings, response levels, and the posture they ask for."""
        from app.services.flood import Flood

        told = self.posture_told.may_be_lowered
        return Flood(self.store, self.clock, self.policies, self.streets, self.postures, told)

    @cached_property
    def postures(self) -> Postures:
        """How high the gauges stand, and what follows when the posture in force changes: the planning of rounds."""
        from app.services.flood_view import Postures

        return Postures(
            lambda reads, now: self.gauges.highest_water(reads, now), self.posture_told.changed,
            lambda reads, posture: self.planner.often(reads, posture), lambda reads: self.planner.here(reads),
        )  # fmt: skip

    @cached_property
    def posture_told(self) -> PostureTold:
        """What follows when the posture changes."""
        from app.services.posture_told import PostureTold

        return PostureTold(self.clock, self.policies, self.streets, self.planner)

    @cached_property
    def evacuation(self) -> Evacuation:
        """Who is to leave, who was reached, who has left."""
        from app.services.evacuation import Evacuation

        return Evacuation(self.store, self.clock, self.streets)

    @cached_property
    def gauges(self) -> Gauges:
        """Gauge readings and what of them is news."""
        from app.services.gauges import Gauges

        return Gauges(
            self.store, self.clock, self.policies, self.streets, self.patrol_rules,
            lambda *corrected: self.postures.corrected(*corrected),
        )  # fmt: skip

    @cached_property
    def log(self) -> ShiftLog:
        """The shift log."""
        from app.services.shift_log import ShiftLog

        return ShiftLog(self.store, self.clock, self.streets, self.patrol_rules)

    @cached_property
    def briefings(self) -> Briefings:
        """Morning briefings."""
        from app.services.briefings import Briefings

        return Briefings(self.store, self.clock, self.policies, self.streets, self.patrol_rules)

    @cached_property
    def action_items(self) -> ActionItems:
        """What came of them for somebody to do."""
        from app.services.action_items import ActionItems

        return ActionItems(self.store, self.clock, self.streets)

    @cached_property
    def handovers(self) -> Handovers:
        """Handovers between shifts."""
        from app.services.handovers import Handovers

        return Handovers(self.store, self.clock, self.policies, self.streets, self.patrol_rules)

    @cached_property
    def maps(self) -> StreetMaps:
        """The street's map."""
        from app.services.street_maps import StreetMaps

        return StreetMaps(self.store, self.clock, self.streets)

    @cached_property
    def finding(self) -> Finding:
        """Search and archive."""
        from app.services.finding import Finding

        return Finding(self.store, self.policies, self.streets)

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()
