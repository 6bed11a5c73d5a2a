"""What is acted on is what was under the cursor when the key went down; undo only takes back one's own, fresh entry."""

from __future__ import annotations

import time

import pytest

from app.domain.moves import Action
from app.domain.policy import WhistleKind
from app.domain.whistle import Severity
from app.screens.confirm import Confirm
from app.screens.dialogs.blow import BlowLine
from app.screens.dialogs.form import FormDialog
from app.services.drafts import Drafts
from tests.ui.helping import board, case_of, has_keys, mode, open_desk, post, text, until
from tests.ui.night_house import LEADER, Night


async def test_a_refresh_that_sorts_the_board_anew_never_makes_a_key_hit_a_neighbour(night: Night) -> None:
    """Other desks blow emergencies between two keys: cursor, marks, search and scroll stay with their cases."""
    for n in range(40):
        night.blow(f"路灯不亮{n}", kind=WhistleKind.ROUTINE, severity=Severity.NORMAL)
    other = night.another(LEADER)
    async with open_desk(night, member=LEADER) as (app, pilot):
        await until(lambda: len(board(app).keys) == 40)
        await pilot.press("f3", *"路灯", "enter")
        await until(lambda: mode(app).hits is not None and mode(app).hits.needle == "路灯")  # type: ignore[union-attr]
        board(app).move_to(board(app).keys[30])
        await until(lambda: mode(app).situation().file is not None)
        file = mode(app).situation().file
        assert file is not None
        await pilot.press("space", "up")
        top = board(app).keys[int(board(app).scroll_y)]
        assert board(app).scroll_y > 0
        for n in range(3):
            other.blow(f"路灯倒伏伤人{n}")
        app.reload()
        await until(lambda: len(board(app).keys) == 43)
        assert board(app).cursor == file.case.whistle.id
        assert app.seat.marks == {file.case.whistle.id}
        assert mode(app).needle == "路灯"
        await pilot.pause()
        assert board(app).keys[int(board(app).scroll_y)] == top
        await pilot.press("escape")
        await until(lambda: mode(app).situation().file is not None)
        other.blow("路灯杆带电")
        app.reload()
        post(app, "f4")  # while the new rows are on their way
        await until(lambda: isinstance(app.screen, FormDialog) and has_keys(app))
        dialog = app.screen
        assert isinstance(dialog, FormDialog)
        assert dialog.file is not None
        assert dialog.file.case.whistle.id == file.case.whistle.id
    other.house.close()


async def test_undo_of_an_old_or_foreign_entry_is_refused_before_it_asks(full: Night) -> None:
    """Ten minutes later the reason is said at once; an entry of another desk names who made it."""
    async with open_desk(full) as (app, pilot):
        file = await case_of(app, "-05")
        await pilot.press("u")
        await until(lambda: isinstance(app.screen, Confirm))
        assert "-05" in text(app)
        await pilot.press("escape")
        full.wall.add(minutes=11)
        await pilot.press("u")
        await until(lambda: "超过 10 分钟" in text(app) or "10 分钟" in text(app))
        assert app.screen is mode(app)
        full.act(file.case.whistle.id, Action.NOTE, member=LEADER, note="领导已到场")
        app.reload()
        await until(lambda: len(mode(app).situation().file.events) == len(file.events) + 1)  # type: ignore[union-attr]
        await pilot.press("u")
        await until(lambda: "最后一条" in text(app))
        assert app.screen is mode(app)
    assert len(full.house.whistles.file(file.case.whistle.id).events) == len(file.events) + 1


async def test_words_sent_with_the_tab_before_them_stand_in_the_next_field(full: Night) -> None:
    """On a slow line Tab, words, two Tabs and words come in one go: each word is where it was meant to be."""
    async with open_desk(full) as (app, pilot):
        await case_of(app, "-05")
        await pilot.press("f5")
        await until(lambda: isinstance(app.screen, FormDialog) and has_keys(app))
        form = app.screen
        assert isinstance(form, FormDialog)
        form.focus_field("occurred_at")
        await until(lambda: app.focused is form.rows["occurred_at"].widget)
        for key in (*"00:28", "down", *"到了", "shift+tab", "backspace", "9", "tab", "tab", "tab", "2"):
            post(app, key)
        await until(lambda: form.typed().get("channel", "") != "")
        assert form.typed()["occurred_at"] == "00:29"
        assert form.typed()["spoken"] == "到了"
        post(app, "escape")  # a key whose field is gone before it is heard keeps no other waiting
        post(app, "f2")
        await until(lambda: isinstance(app.screen, BlowLine) and has_keys(app), 5)


@pytest.mark.slow
async def test_what_is_cleared_and_left_in_one_go_is_cleared_and_the_next_key_is_the_desk_s(
    full: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F8, Esc, F2 at once over words that came back, on a slow disk: gone they are, what follows is a new one."""
    drop = Drafts.drop

    def slowly(drafts: Drafts, form: str) -> None:
        time.sleep(0.3)
        drop(drafts, form)

    monkeypatch.setattr(Drafts, "drop", slowly)
    async with open_desk(full) as (app, pilot):
        drafts = app.seat.drafts
        assert drafts is not None
        drafts.save("call", {"title": "积水"})
        await pilot.press("c")
        await until(lambda: "已恢复上次没发出的内容" in text(app))
        for key in ("f8", "escape", "f2", "x"):
            post(app, key)
        await until(lambda: isinstance(app.screen, BlowLine) and app.screen.text("line") == "x")
        assert drafts.forms() == ()
        await until(lambda: drafts.load("blow") == {"line": "x"}, 2.0)
