"""What is searched of each case: derived from its rows and words, written with them, made anew at any time."""

from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from db.tables.base import Row, refers


class SearchRow(Row, table=True):
    """One case as it is searched; the full-text index of the database lies over the four texts.

    All are folded (``app.domain.search_text``): lower case, single blanks, a blank around each Chinese character.
    """

    __table_args__ = (refers("whistle_id", "whistle.id"), UniqueConstraint("whistle_id"))

    id: int | None = Field(default=None, primary_key=True)
    """Grows with every new case: the newest are found first without sorting."""
    whistle_id: UUID
    heading: str
    """Title and place as typed."""
    texts: str
    """The number in all its parts, the other facts, the notes."""
    initials: str
    """Pinyin initials of ``heading``, all readings (``app.domain.initials``)."""
    codes: str
    """Words for grid, community, place, departments, blower, kind, matter and state."""
