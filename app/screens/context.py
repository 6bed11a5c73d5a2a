"""What every dialog is given: the open house, the words it speaks, the acting member and a way to the lanes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from app.domain.actor import Actor
    from app.domain.policy import Policy
    from app.domain.street_index import StreetIndex
    from app.render.glyphs import Glyphs
    from app.render.words import Words
    from app.services.drafts import Drafts
    from app.services.house import House
    from app.services.lanes import Lanes

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DialogContext:
    """Everything as it stood when the key was pressed; a dialog never looks for it elsewhere."""

    house: House
    lanes: Lanes
    words: Words
    glyphs: Glyphs
    drafts: Drafts
    actor: Actor
    street: StreetIndex
    policy: Policy

    async def submit(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a service call on a lane, off the event loop; its ``WanggeError`` is raised here."""
        return await self.lanes.run(call, *args, **kwargs)
