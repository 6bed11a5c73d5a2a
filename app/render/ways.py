"""What the keys of a dialog do: one line for each, read by its edge and by its help."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.message import N_
from app.key_names import read_key


@dataclass(frozen=True, slots=True)
class Way:
    """A key, and what it is for. ``word`` and ``about`` are msgids."""

    key: str
    """As people read it: ``Enter``, ``A/F7`` (two keys for the same), ``↑↓`` or ``1–0`` (a range)."""
    word: str
    """A word or two, as the edge has room for."""
    about: str = ""
    """A sentence for the help; empty when the word says it all."""
    edge: bool = True
    """Whether the edge names it too."""

    @property
    def press(self) -> str:
        """Textual's name of the one key that does it, the last of two; empty when there is no such one key."""
        return pressed_by(self.key)


def pressed_by(keys: str) -> str:
    """Textual's name of the one key that does it, the last of two; empty for a range and for a digit."""
    key = read_key(keys.rpartition("/")[2])
    return "" if key.isdigit() else key


DOES_IT = Way("Enter", N_("does it"))
MOVE = Way("↑↓", N_("move"), N_("Moves the cursor; PgUp and PgDn go by a page."), edge=False)
BACK = Way("Esc", N_("back"), N_("Back to where you were; nothing is changed."))
EVERYWHERE = (
    Way("Ctrl+L", N_("中文 / English"), N_("Everything in the other language; what is typed stays."), edge=False),
    Way("Ctrl+Q", N_("leave the desk"), N_("Ends the program; what is typed is kept."), edge=False),
)
"""What works over every dialog."""
