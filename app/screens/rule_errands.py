"""What the commands about checklists and plans of rounds do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.commands import Situation
from app.domain.message import Message, Param
from app.screens.errand_part import ErrandPart

if TYPE_CHECKING:
    from app.domain.round_plan import RoundPlan
    from app.screens.context import DialogContext
    from app.screens.dialogs.plan import PlanDialog


class RuleErrands(ErrandPart):
    """Part of ``Errands``."""

    async def do_checklists(self, _now: Situation) -> None:
        """Look at them; whoever may, changes them there."""
        from app.screens.checklists import ChecklistSheet, why_no_change

        context = self._seat.context()
        book = await context.submit(context.house.patrol_rules.current)
        await self._app.push_screen_wait(ChecklistSheet(context, book, why_no_change(context, self._seat.read_only)))
        self._reload()

    async def do_plans(self, _now: Situation) -> None:
        """Look at them; set one, or end one."""
        from app.screens.plans import PlanSheet, why_no_plan

        context = self._seat.context()
        board = await context.submit(context.house.round_plans.board)
        book = await context.submit(context.house.patrol_rules.current)
        refusal = why_no_plan(context, self._seat.read_only)
        await self._app.push_screen_wait(PlanSheet(context, board, book, refusal, self._plan_form))
        self._reload()

    def _plan_form(self, context: DialogContext, like: RoundPlan | None) -> PlanDialog:
        from app.screens.dialogs.plan import PlanDialog

        return PlanDialog(context, like=like, cases=self._seat.view.board.rows if self._seat.view else ())

    async def do_plan_case(self, now: Situation) -> None:
        """Rounds that end with the case."""
        from app.screens.dialogs.plan import PlanDialog

        if now.file is None:
            return
        plan = await self._app.push_screen_wait(PlanDialog(self._seat.context(), now.file))
        if plan is not None:
            told: dict[str, Param] = {"name": plan.name, "grid": self._seat.context().street.label(plan.grid)}
            self._tell(Message("{name} in {grid}: rounds are planned.", told))
            self._reload()
