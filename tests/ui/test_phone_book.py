"""The phone book: whom one can call at night, the case's departments first, found by name or initials."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from app.domain.phones import Line, PhoneGroup, phone_book
from app.screens.phone_book import PhoneBook
from tests.ui.helping import case_of, lines, mode, open_desk, text, until
from tests.ui.night_house import Night
from tests.unit.cases import EMERGENCY, MEMBER, UTILITIES, street

MANHOLE = "0702-05"


def test_the_departments_of_the_case_come_first_and_nobody_twice() -> None:
    """Duty phone, stationed officer, backup of each; then who blew; then all others, contacts too."""
    book = phone_book(street(), None, (EMERGENCY, UTILITIES), MEMBER)
    mine = [(phone.department, phone.line) for phone in book if phone.group is PhoneGroup.CASE]
    lines_ = (Line.DUTY, Line.STATIONED, Line.BACKUP)
    assert mine == [*((EMERGENCY, one) for one in lines_), *((UTILITIES, one) for one in lines_), ("", Line.BLOWER)]
    assert book[0].phone == street().departments[EMERGENCY].duty_phone
    assert book[1].phone == street().members[street().departments[EMERGENCY].stationed].phone
    codes = [phone.code for phone in book]
    assert len(codes) == len(set(codes))
    assert {phone.name.zh for phone in book} >= {contact.name.zh for contact in street().street.contacts}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_p_shows_the_numbers_of_the_case_and_typing_finds_others(
    full: Night, size: tuple[int, int], language: str
) -> None:
    """Utilities' duty phone stands on the screen at once; its name or initials find the supplier; Esc closes."""
    full.speak(language)
    async with open_desk(full, size) as (app, pilot):
        await case_of(app, MANHOLE)
        await pilot.press("p")
        await until(lambda: isinstance(app.screen, PhoneBook) and "000-0000-0101" in text(app))
        assert {cell_len(line) for line in lines(app)} == {size[0]}
        (line,) = [line for line in lines(app) if "000-0000-0101" in line]
        assert ("公共事业中心" if language == "zh" else "Public Utilities Center") in line
        assert ("值班电话" if language == "zh" else "duty phone") in line
        supplier = next(one for one in street().street.contacts if "井盖" in one.name.zh)
        for typed in ("商家", "jgsj"):
            await pilot.press(*typed)
            await until(lambda: "000-0000-0101" not in text(app) and supplier.phone in text(app))
            await pilot.press("ctrl+u")
            await until(lambda: "000-0000-0101" in text(app))
        await pilot.press("escape")
        await until(lambda: app.screen is mode(app))
