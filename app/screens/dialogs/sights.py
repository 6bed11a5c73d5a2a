"""How a dialog looks at the street: what its lines are drawn with, at the moment they are drawn."""

from __future__ import annotations

from app.render.sight import Sight
from app.screens.context import DialogContext


def sight_of(context: DialogContext) -> Sight:
    """The sight of a dialog."""
    words = context.words
    return Sight(words, context.glyphs, context.street, words.zone, context.house.clock.now())
