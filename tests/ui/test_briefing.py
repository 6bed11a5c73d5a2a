"""The briefing mode by keys: numbers open their lists, notes and attendance are typed, it is signed as it was seen."""

from __future__ import annotations

from uuid import uuid4

import pytest

from app.domain.briefing import Count, Section
from app.domain.briefing_file import BriefingFile
from app.main import CommandCenter
from app.samples.script import local
from app.screens.briefing import BriefingMode
from app.screens.briefing_units import BriefingUnitSheet
from app.screens.command_sheet import CommandSheet
from app.screens.confirm import Confirm
from app.screens.dialogs.briefing import AttendDialog, BriefingNoteDialog, ItemDialog
from app.screens.dialogs.flood_fields import code_of
from app.screens.text_sheet import TextSheet
from app.widgets.row_list import RowList
from tests.ui.helping import has_keys, lines, open_desk, post, text, until
from tests.ui.night_house import LEADER, Night

SIZES = [(80, 24), (120, 36), (160, 45)]
STREET = "JF"


async def in_briefing(app: CommandCenter) -> BriefingMode:
    """Into the briefing by its digit, until it was read."""
    post(app, "4")
    await until(lambda: isinstance(app.mode_screen, BriefingMode) and app.mode_screen.briefing is not None)
    found = app.mode_screen
    assert isinstance(found, BriefingMode)
    await until(lambda: found.is_mounted and app.screen is found and bool(found.board.keys))
    return found


async def stands(app: CommandCenter, kind: type) -> None:
    """A dialog with the keys."""
    await until(lambda: isinstance(app.screen, kind) and has_keys(app))


@pytest.mark.parametrize("size", SIZES)
async def test_a_number_opens_the_list_that_it_counts(full: Night, size: tuple[int, int]) -> None:
    """As many lines as it says; Enter on one leads into its case, Esc back again step by step."""
    async with open_desk(full, size) as (app, pilot):
        mode = await in_briefing(app)
        file = mode.briefing
        assert file is not None
        figure = file.sheet.figure(Count.OPEN)
        assert figure.value > 1
        mode.board.move_to(f"{Section.OPEN}/{Count.OPEN}")
        await until(lambda: mode._lines.keys != () and mode._lines.keys[0][0] == Count.OPEN)
        counted = {key[1] for key in mode._lines.keys}
        assert counted == set(figure.refs)
        await pilot.press("enter")
        await until(lambda: app.focused is mode._lines)
        await until(lambda: mode.situation().file is not None)
        await pilot.press("enter")
        await until(lambda: mode.has_class("-detail"))
        await pilot.press("escape")
        await until(lambda: app.focused is mode._lines and not mode.has_class("-detail"))
        await pilot.press("escape")
        await until(lambda: app.focused is mode.board)


async def test_what_is_said_is_noted_with_an_input_method_on(full: Night) -> None:
    """4 again, words, Enter: in the section under the cursor; of the six roles a digit says which."""
    async with open_desk(full) as (app, _pilot):
        mode = await in_briefing(app)
        mode.board.move_to(f"{Section.COORDINATION}/")
        post(app, "4")
        await stands(app, BriefingNoteDialog)
        for character in "沿江井盖普查":
            post(app, character)
        post(app, "enter")
        await until(lambda: app.screen is mode and "沿江井盖普查" in text(app))
        mode.board.move_to(f"{Section.SIX_ROLES}/")
        post(app, "4")
        await stands(app, BriefingNoteDialog)
        for character in "居民问步行道":
            post(app, character)
        post(app, "enter")
        await until(lambda: "六大员里谁发言" in text(app))
        dialog = app.screen
        assert isinstance(dialog, BriefingNoteDialog)
        dialog.focus_field("six_role")
        post(app, "1")
        await until(lambda: dialog.text("six_role") == "opinion_surveyor" and not dialog._deaf)
        post(app, "enter")
        await until(lambda: app.screen is mode and "社情民意调查员：居民问步行道" in text(app))
        sheet = full.house.briefings.draft(STREET).sheet
        assert [note.section for note in sheet.notes] == [Section.COORDINATION, Section.SIX_ROLES]


async def test_who_is_there_and_what_is_to_be_done(full: Night) -> None:
    """Attendance by the list, reasons behind names; an item in one line with its owner."""
    async with open_desk(full) as (app, pilot):
        mode = await in_briefing(app)
        app.begin("briefing_attend")
        await stands(app, AttendDialog)
        dialog = app.screen
        assert isinstance(dialog, AttendDialog)
        await pilot.press("space")
        dialog.focus_field("recorder")
        await pilot.press("enter")
        await until(lambda: app.screen is mode and any("签到" in line for line in lines(app)))
        present = full.house.briefings.draft(STREET).sheet.present
        assert len(present) > 1
        assert sum(not one.here for one in present) == 1
        app.begin("briefing_item")
        await stands(app, ItemDialog)
        item = app.screen
        assert isinstance(item, ItemDialog)
        for character in "明天18:00 复查其余井盖":
            post(app, character)
        await until(lambda: "07-03 18:00" in text(app) or "07-04 18:00" in text(app))
        item.focus_field("owner")
        for character in "SH-G01-A":
            post(app, character)
        await until(lambda: code_of(item, "owner") == "SH-G01-A")
        post(app, "enter")
        await until(lambda: app.screen is mode)
        (set_,) = full.house.action_items.open(STREET)
        assert (set_.owner, set_.texts["what"]) == ("SH-G01-A", "复查其余井盖")


async def test_it_is_signed_by_who_may_and_only_as_it_was_seen(full: Night) -> None:
    """Asked once; what changed meanwhile is said and nothing is signed; then the next one stands there."""
    full.wall.set("07-03 07:55")
    full.house.clock.refresh()
    async with open_desk(full, member=LEADER) as (app, pilot):
        mode = await in_briefing(app)
        app.begin("briefing_sign")
        await until(lambda: isinstance(app.screen, Confirm))
        await until(lambda: "签发" in text(app))
        await pilot.press("escape")
        await until(lambda: app.screen is mode)
        assert full.house.briefings.signed(STREET) == ()
        app.begin("briefing_sign")
        await until(lambda: isinstance(app.screen, Confirm))
        await pilot.press("enter")
        await until(lambda: len(full.house.briefings.signed(STREET)) == 1)
        await until(lambda: mode.briefing is not None and mode.briefing.signed)
        mode.board.move_to("next/")
        await pilot.press("enter")
        await until(lambda: mode.briefing is not None and mode.briefing.until == local("2020-07-06 08:00"))
        mode.board.move_to("signed/")
        await pilot.press("enter")
        await until(lambda: mode.briefing is not None and mode.briefing.signed)
        mode.board.move_to(f"{Section.COORDINATION}/")
        post(app, "4")
        await stands(app, BriefingNoteDialog)
        for character in "漏记：盖板已送":
            post(app, character)
        post(app, "enter")
        await until(lambda: app.screen is mode and mode.briefing is not None and bool(mode.briefing.additions))
        app.begin("briefing_attend")
        await until(lambda: "已签发" in lines(app)[-2])


async def test_what_one_wrote_oneself_is_no_news(full: Night) -> None:
    """A note, who is there and an item from this desk are seen; what somebody else wrote stays marked."""
    async with open_desk(full) as (app, pilot):
        mode = await in_briefing(app)
        mode.board.move_to(f"{Section.COORDINATION}/")
        app.begin("briefing_note")
        await stands(app, BriefingNoteDialog)
        for character in "沿江井盖普查":
            post(app, character)
        await pilot.press("enter")
        await until(lambda: app.screen is mode and mode.briefing is not None and len(mode.briefing.sheet.notes) == 1)
        assert mode.since is None
        app.begin("briefing_attend")
        await stands(app, AttendDialog)
        app.screen.focus_field("recorder")  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until(lambda: app.screen is mode and mode.briefing is not None and bool(mode.briefing.sheet.present))
        assert mode.since is None
        app.begin("briefing_item")
        await stands(app, ItemDialog)
        for character in "明天18:00 sh-g01-a 复查井盖":
            post(app, character)
        await until(lambda: app.screen._owner.code == "SH-G01-A")  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until(lambda: app.screen is mode and bool(full.house.action_items.open(STREET)))
        await until(lambda: any(one.text == "复查井盖" for one in mode.briefing.sheet.tasks))  # type: ignore[union-attr]
        assert mode.since is None
        full.house.briefings.note(full.house.duty.actor(LEADER), uuid4(), STREET, Section.SAFETY, "两人同行")
        app.reload()
        await until(lambda: mode.since is not None)
        assert mode.since is not None
        assert len(mode.since.changes) == 1


async def test_who_is_named_after_the_time_is_the_owner(full: Night) -> None:
    """Of the grid that holds it; shown, changeable, and no word of what is to be done; the list begins with its own."""
    unit = "JF-SH-G01"
    async with open_desk(full) as (app, pilot):
        mode = await in_briefing(app)
        item = ItemDialog(app.seat.context(), full.house.briefings.draft(unit))
        app.push_screen(item)
        await stands(app, ItemDialog)
        street = app.seat.context().street
        assert [street.members[hit.code].grid for hit in item._find("")][:8] == [unit] * 8
        for character in "明早9点 网格员乙 ":
            post(app, character)
        await until(lambda: item._owner.code == "SH-G01-B")
        for _ in range(2):
            post(app, "backspace")
        await until(lambda: item._owner.code == "")
        for character in "甲 去看夜市摊位":
            post(app, character)
        await until(lambda: item._owner.code == "SH-G01-A" and "双河一网格·网格员甲" in text(app))
        await pilot.press("enter")
        await until(lambda: app.screen is mode)
        (set_,) = full.house.action_items.open(unit)
        assert (set_.owner, set_.texts["what"]) == ("SH-G01-A", "去看夜市摊位")


@pytest.mark.parametrize("form", ["note", "item"])
async def test_what_was_typed_for_one_meeting_is_offered_in_no_other(full: Night, form: str) -> None:
    """Put away with Esc in the next one, it is not there in what was signed, and there again in the next one."""
    full.wall.set("07-03 07:55")
    full.house.clock.refresh()
    leader, briefings = full.house.duty.actor(LEADER), full.house.briefings
    signed = briefings.sign(leader, uuid4(), STREET, briefings.draft(STREET).digest)
    coming = briefings.draft(STREET)
    assert signed.until < coming.until
    async with open_desk(full, member=LEADER) as (app, pilot):
        mode = await in_briefing(app)

        async def typed(file: BriefingFile, text: str, expected: str) -> None:
            context = app.seat.context()
            box = BriefingNoteDialog(context, file, Section.SAFETY) if form == "note" else ItemDialog(context, file)
            app.push_screen(box)
            await stands(app, type(box))
            await until(lambda: box._loaded)
            field = "text" if form == "note" else "line"
            for character in text:
                post(app, character)
            await until(lambda: box.text(field) == expected)
            await pilot.press("escape")
            await until(lambda: app.screen is mode)

        await typed(coming, "明早查井盖", "明早查井盖")
        await typed(signed, "补一句", "补一句")
        await typed(coming, "", "明早查井盖")
        await typed(signed, "", "补一句")


async def test_another_unit_is_chosen_by_typing(full: Night) -> None:
    """By name; its own briefing is shown."""
    async with open_desk(full) as (app, _pilot):
        mode = await in_briefing(app)
        app.begin("briefing_unit")
        await stands(app, BriefingUnitSheet)
        for character in "双河一":
            post(app, character)
        post(app, "enter")
        await until(lambda: mode.briefing is not None and mode.briefing.unit == "JF-SH-G01")
        await until(lambda: "双河一" in text(app))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES)
async def test_it_fits_every_screen(full: Night, size: tuple[int, int], language: str) -> None:
    """Sections and numbers at any size, nothing over the edge; the lines have the width that there is."""
    full.speak(language)
    async with open_desk(full, size) as (app, _pilot):
        mode = await in_briefing(app)
        await until(lambda: ("夜班情况" if language == "zh" else "The night") in text(app))
        mode.board.move_to(f"{Section.OPEN}/")
        post(app, "enter")
        await until(lambda: any("应急；等" in line or "Emergency; waits for" in line for line in lines(app)))
        assert all(len(line) <= size[0] for line in lines(app))


async def test_the_briefing_is_printed_into_the_folder_of_papers(full: Night) -> None:
    """A command of the palette writes .docx and .md, says where they lie and, when they cannot be written, why."""
    async with open_desk(full) as (app, _pilot):
        mode = await in_briefing(app)
        folder = app.seat.settings.papers
        app.begin("briefing_print")
        await until(lambda: isinstance(app.screen, TextSheet) and ".docx" in text(app))
        assert mode.briefing is not None
        document, plain = sorted(folder.iterdir())
        assert (document.suffix, plain.suffix, document.stem) == (".docx", ".md", plain.stem)
        assert document.stem.startswith("晨会纪要 2020年7月3日")
        assert document.stem.endswith("草稿")
        assert "演练" in plain.read_text("utf-8").split("\n")[0]
        shown = ["".join(piece.text for piece in cell) for cell in app.screen.written(400)]
        assert shown[:2] == [str(document), str(plain)]
        post(app, "escape")
        await until(lambda: app.screen is mode)
        document.unlink()
        plain.unlink()
        folder.rmdir()
        folder.write_text("a file where the folder should be")
        app.begin("briefing_print")
        await until(lambda: isinstance(app.screen, TextSheet) and "什么也没存" in text(app))


async def test_what_can_be_done_here_stands_first(full: Night) -> None:
    """In the hint line, and at the top of the commands: a person who never read a page finds how to sign."""
    async with open_desk(full) as (app, _pilot):
        await in_briefing(app)
        assert "4记发言  F9召开、签到、签发……" in lines(app)[-1]
        post(app, "f9")
        await until(lambda: isinstance(app.screen, CommandSheet) and has_keys(app))
        sheet = app.screen
        assert isinstance(sheet, CommandSheet)
        rows = sheet.query_one(RowList)
        await until(lambda: bool(rows.keys))
        assert {"briefing_present", "briefing_attend", "briefing_sign", "briefing_print"} <= set(rows.keys[:7])
