"""The briefing in front of everybody: pages by keys, notes without leaving, nothing cropped, nothing that jumps."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest
from textual.pilot import Pilot

from app.domain.briefing import Count, Section
from app.domain.org import SixRole
from app.main import CommandCenter
from app.render.meeting import CLOSING, PRESENT, places
from app.samples.script import local
from app.screens.confirm import Confirm
from app.screens.dialogs.briefing import AttendDialog, BriefingNoteDialog
from app.screens.first_digits import AT_ONCE
from app.screens.key_sheet import KeySheet
from app.screens.presenter import Presenter
from app.screens.presenter_ways import SIGN
from tests.ui.helping import lines, open_desk, post, text, until
from tests.ui.night_house import LEADER, OFFICER, Night
from tests.ui.test_briefing import STREET, in_briefing, stands

SIZES = [(80, 24), (100, 30), (120, 36), (160, 45)]


async def presented(app: CommandCenter) -> Presenter:
    """4, and Enter on the first line: the first page stands."""
    mode = await in_briefing(app)
    mode.board.move_to("hold/")
    post(app, "enter")
    await until(lambda: isinstance(app.screen, Presenter) and app.screen.is_mounted)
    found = app.screen
    assert isinstance(found, Presenter)
    await until(lambda: (found.query_one("#page").size.height > 5 and "第 1/" in text(app)) or "page 1 of" in text(app))
    return found


async def at(app: CommandCenter, show: Presenter, place: str) -> None:
    """This page is shown."""
    await until(lambda: show.shown()[0].place == place)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES)
async def test_every_page_is_whole_at_every_size(full: Night, size: tuple[int, int], language: str) -> None:
    """Forward to the end and back again: each section in its order, no page over its room, no line over the edge."""
    full.speak(language)
    async with open_desk(full, size) as (app, _pilot):
        show = await presented(app)
        seen: list[str] = []
        for _ in range(60):
            page, number, total = show.shown()
            assert len(page.lines) <= show.query_one("#page").size.height
            assert all(len(line) <= size[0] for line in lines(app))
            assert "…" not in "".join(lines(app)[4:-2])
            seen += [page.place] if page.place not in seen else []
            if number == total:
                break
            post(app, "space")
            await until(lambda number=number: show.shown()[1] == number + 1)  # type: ignore[misc]
        assert tuple(seen) == places(show.file)
        post(app, "space")
        await until(lambda: ("已是最后一页" if language == "zh" else "This is the last page") in text(app))
        post(app, "left")
        await until(lambda: show.shown()[1] == total - 1)
        post(app, "home")
        await at(app, show, PRESENT)


async def test_keys_go_on_back_and_by_number(full: Night) -> None:
    """Space, →, PgDn and Enter on; ← and PgUp back; a digit to its section; Esc leaves and it goes on there."""
    async with open_desk(full, (100, 30)) as (app, pilot):
        show = await presented(app)
        for number, key in enumerate(("space", "right", "pagedown", "enter"), 2):
            post(app, key)
            await until(lambda number=number: show.shown()[1] == number)  # type: ignore[misc]
        for number, key in enumerate(("left", "pageup"), 1):
            post(app, key)
            await until(lambda number=number: show.shown()[1] == 5 - number)  # type: ignore[misc]
        post(app, "f1")
        await until(lambda: isinstance(app.screen, KeySheet))
        await pilot.press("escape")
        await until(lambda: app.screen is show)
        post(app, "6")
        await at(app, show, Section.TODAY)
        post(app, "0")
        await at(app, show, PRESENT)
        post(app, "end")
        await at(app, show, CLOSING)
        post(app, "5")
        await at(app, show, Section.SIX_ROLES)
        full.wall.add(minutes=12)
        await pilot.press("escape")
        await until(lambda: app.screen is app.mode_screen)
        post(app, "enter")
        await until(lambda: isinstance(app.screen, Presenter) and app.screen.is_mounted)
        again = app.screen
        assert isinstance(again, Presenter)
        await at(app, again, Section.SIX_ROLES)
        await until(lambda: "已开 12 分（议程 10–20）" in lines(app)[0])


async def test_a_number_opens_its_list_and_comes_back(full: Night) -> None:
    """Tab points at the numbers, Enter opens as many lines as it says, Enter or Esc is the page again."""
    async with open_desk(full, (120, 36)) as (app, _pilot):
        show = await presented(app)
        post(app, "3")
        await at(app, show, Section.OPEN)
        figure = show.file.sheet.figure(Count.OPEN)
        post(app, "tab")
        post(app, "enter")
        await at(app, show, Count.OPEN)
        assert figure.value > 1
        await until(lambda: sum("• " in line for line in lines(app)) == figure.value)
        post(app, "escape")
        await at(app, show, Section.OPEN)
        post(app, "enter")  # it is still pointed at
        await at(app, show, Count.OPEN)
        post(app, "enter")
        await at(app, show, Section.OPEN)


async def test_what_is_said_is_noted_on_its_page_as_it_is_typed(full: Night) -> None:
    """Chinese text or F2 opens the form with the section of the page; the note stands on the page afterwards."""
    async with open_desk(full, (100, 30)) as (app, _pilot):
        show = await presented(app)
        post(app, "7")
        await at(app, show, Section.COORDINATION)
        await asyncio.sleep(AT_ONCE + 0.05)  # the digit was alone
        for character in "沿江井盖普查":
            post(app, character)
        await stands(app, BriefingNoteDialog)
        await until(lambda: "沿江井盖普查" in text(app))
        post(app, "enter")
        await until(lambda: app.screen is show and "沿江井盖普查" in text(app) and "已记" in text(app))
        (note,) = full.house.briefings.draft(STREET).sheet.notes
        assert (note.section, note.text) == (Section.COORDINATION, "沿江井盖普查")
        post(app, "f4")
        await stands(app, AttendDialog)
        dialog = app.screen
        assert isinstance(dialog, AttendDialog)
        dialog.focus_field("recorder")
        post(app, "enter")
        await until(lambda: app.screen is show)
        post(app, "0")
        await until(lambda: "应到" in text(app) and "实到" in text(app))


@pytest.mark.parametrize("said", ["8栋楼梯有水", "12号楼电梯停了"])
async def test_a_note_that_begins_with_a_digit_stays_on_its_page(full: Night, said: str) -> None:
    """Committed in one go, the digits are its first signs and no jump; alone a digit jumps as ever."""
    async with open_desk(full, (100, 30)) as (app, _pilot):
        show = await presented(app)
        post(app, "7")
        await at(app, show, Section.COORDINATION)
        await asyncio.sleep(AT_ONCE + 0.05)  # the digit was alone
        for character in said:
            post(app, character)
        await stands(app, BriefingNoteDialog)
        await until(lambda: said in text(app))
        post(app, "enter")
        await until(lambda: app.screen is show and "已记" in text(app))
        (note,) = full.house.briefings.draft(STREET).sheet.notes
        assert (note.section, note.text, show.shown()[0].place) == (Section.COORDINATION, said, Section.COORDINATION)
        post(app, "8")
        await at(app, show, Section.REVIEW)


async def test_what_others_write_is_seen_on_the_next_page(full: Night) -> None:
    """The page stays as it is and says that something changed; turned, it is as it is now."""
    async with open_desk(full, (100, 30)) as (app, _pilot):
        show = await presented(app)
        post(app, "7")
        await at(app, show, Section.COORDINATION)
        before = lines(app)[1:]
        full.house.briefings.note(full.actor(), uuid4(), STREET, Section.COORDINATION, "请街道牵头")
        app.reload()
        await until(lambda: "有新变化" in lines(app)[0])
        assert lines(app)[1:] == before
        post(app, "space")
        await at(app, show, Section.REVIEW)
        post(app, "left")
        await until(lambda: "请街道牵头" in text(app) and "有新变化" not in lines(app)[0])


async def test_it_is_signed_at_the_end(full: Night) -> None:
    """The last page says what is not known and who signs; F6 asks, Enter signs, and the page says so."""
    full.wall.set("07-03 07:55")
    full.house.clock.refresh()
    async with open_desk(full, (100, 30), member=LEADER) as (app, pilot):
        show = await presented(app)
        post(app, "end")
        await until(lambda: "尚未签发" in text(app) and "还没有签到" in text(app))
        await signed(app, pilot, show)
        assert full.house.briefings.signed(STREET)[0].until_at == local("2020-07-03 08:00")
        await until(lambda: "F6" not in lines(app)[-1] and SIGN not in show.ways())
        post(app, "f4")
        await until(lambda: app.screen is show and "已签" in lines(app)[-2])
        post(app, "f6")
        await until(lambda: "已经签发过了" in text(app))


@pytest.mark.parametrize(
    ("member", "at_", "told"), [(OFFICER, "07-03 07:55", "带班领导"), (LEADER, "07-03 06:10", "07:30")]
)
async def test_who_may_not_sign_yet_is_not_asked(full: Night, member: str, at_: str, told: str) -> None:
    """Who may, or from when on, is said in the place of the question, in front of everybody and at the desk."""
    full.wall.set(at_)
    full.house.clock.refresh()
    async with open_desk(full, (120, 36), member=member) as (app, pilot):
        show = await presented(app)
        post(app, "f6")
        await until(lambda: told in lines(app)[-2] and show.settled)
        assert app.screen is show
        await pilot.press("escape")
        await until(lambda: app.screen is app.mode_screen)
        app.begin("briefing_sign")
        await until(lambda: told in lines(app)[-2])
        assert app.screen is app.mode_screen
        assert full.house.briefings.signed(STREET) == ()


async def signed(app: CommandCenter, pilot: Pilot[None], show: Presenter) -> None:
    """By F6 and Enter."""
    post(app, "f6")
    await until(lambda: isinstance(app.screen, Confirm))
    await pilot.press("enter")
    await until(lambda: app.screen is show and show.file.signed and "签发" in text(app))


async def test_a_refused_signature_shows_what_changed_on_the_last_page(full: Night) -> None:
    """Nothing is signed; the last page names it, and the next signature is about that."""
    full.wall.set("07-03 07:55")
    full.house.clock.refresh()
    async with open_desk(full, (100, 30), member=LEADER) as (app, pilot):
        show = await presented(app)
        post(app, "f6")
        await until(lambda: isinstance(app.screen, Confirm))
        full.house.briefings.note(full.actor(), uuid4(), STREET, Section.SAFETY, "两人同行")
        await pilot.press("enter")
        await until(lambda: app.screen is show and "看过以后有变化" in text(app) and "新：两人同行" in text(app))
        assert full.house.briefings.signed(STREET) == ()
        await signed(app, pilot, show)


async def test_the_six_roles_speak_one_after_the_other(full: Night) -> None:
    """On their page a note is of the first who has not spoken yet; the form shows whose it is."""
    async with open_desk(full, (100, 30)) as (app, _pilot):
        show = await presented(app)
        post(app, "5")
        await at(app, show, Section.SIX_ROLES)
        await asyncio.sleep(AT_ONCE + 0.05)  # the digit was alone
        for nth, said in enumerate(("居民问路", "无纠纷"), 1):
            for character in said:
                post(app, character)
            await stands(app, BriefingNoteDialog)
            await until(lambda said=said: said in text(app))  # type: ignore[misc]
            post(app, "enter")
            await until(lambda: app.screen is show)
            await until(lambda nth=nth: len(show.file.sheet.notes) == nth)  # type: ignore[misc]
        notes = full.house.briefings.draft(STREET).sheet.notes
        assert [(note.six_role, note.text) for note in notes] == list(
            zip(SixRole, ("居民问路", "无纠纷"), strict=False)
        )
