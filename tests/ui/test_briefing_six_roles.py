"""The round of the six roles: who has not spoken is said, and why where who has the role is away."""

from __future__ import annotations

from uuid import uuid4

from app.domain.briefing import Section
from app.domain.org import SixRole
from tests.ui.helping import open_desk, post, text, until
from tests.ui.night_house import Night
from tests.ui.test_briefing import in_briefing

GRID = "JF-SH-G01"


async def test_who_has_not_spoken_is_said_with_the_reason(full: Night) -> None:
    """One spoke before the meeting; of one who is away the reason stands there; the others are still to be heard."""
    street = full.house.streets.current()
    members = [member for member in street.street.members if member.active and member.grid == GRID and member.six_roles]
    away = members[0]
    gone, spoken = away.six_roles[0], next(role for role in SixRole if role not in away.six_roles)
    here = [member.code for member in members[1:]]
    full.house.briefings.attend(full.actor(), uuid4(), GRID, here, {away.code: "巡河未归"})
    full.house.briefings.note(full.actor(), uuid4(), GRID, Section.SIX_ROLES, "无", six_role=spoken)
    sheet = full.house.briefings.draft(GRID).sheet
    assert next(one for one in sheet.present if one.member == away.code).six_roles == away.six_roles
    async with open_desk(full, (100, 30)) as (app, _pilot):
        app.seat.briefing_unit = GRID
        mode = await in_briefing(app)
        await until(lambda: mode.briefing is not None and mode.briefing.unit == GRID)
        mode.board.move_to(f"{Section.SIX_ROLES}/")
        post(app, "enter")
        await until(lambda: "：未报" in text(app))
        words = app.seat.words
        said = text(app).replace("\n", " ")
        assert "巡河未归" in said
        assert f"{words.enum(gone)}：未报（" in said
        assert f"{words.enum(spoken)}：无" in said
