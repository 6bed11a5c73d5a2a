"""The first page: what this is, four ways to begin, both languages, and nothing is ever destroyed."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli.command_line import Options
from app.cli.desk import _begin, _write_template
from app.cli.session import Session
from app.screens.first_run import FirstRun
from app.settings import Settings
from app.widgets.fields.line import LineField
from tests.ui.helping import post, until
from tests.ui.night_house import settings_in


def _page(settings: Settings) -> tuple[FirstRun, Session]:
    session = Session(Options(), settings)
    return FirstRun(settings, lambda digit, path: _begin(session, digit, path), _write_template), session


def _text(page: FirstRun) -> str:
    return "\n".join(strip.text for strip in page.screen._compositor.render_strips())


@pytest.mark.slow
async def test_the_page_says_what_this_is_and_a_wrong_path_costs_nothing(tmp_path: Path) -> None:
    """Both languages; a missing file is named and the path stays; F2 writes a sheet once, never over another."""
    page, session = _page(settings_in(tmp_path))
    async with page.run_test(size=(80, 24)) as pilot:
        assert "谁到了、谁没到" in _text(page)
        for key in ("f1", "？"):
            page._say(lambda _words: "")
            post(page, key)
            await until(lambda: "每个键的用处" in _text(page))
        await pilot.press("l")
        await pilot.pause()
        assert "departments report in" in _text(page)
        await pilot.press("２", *str(tmp_path / "street.xlsx"), "enter")
        await until(lambda: "cannot be read" in _text(page))
        assert "Enter reads it · F2 empty sheet · Esc back · F10 leaves · Ctrl+L 中文" in _text(page)
        assert "╭──" in _text(page)
        assert page.screen.max_scroll_y == 0
        assert page.query_one(LineField).value == str(tmp_path / "street.xlsx")
        await pilot.press("ctrl+l")
        await pilot.pause()
        assert "无法读取" in _text(page) or "读不了" in _text(page) or "没有这个文件" in _text(page)
        await pilot.press("f2")
        await until(lambda: (tmp_path / "street.xlsx").exists() and "空表在" in _text(page))
        written = (tmp_path / "street.xlsx").read_bytes()
        await pilot.press("f2")
        await until(lambda: "street.xlsx" in _text(page) and "空表在" not in _text(page))
        assert (tmp_path / "street.xlsx").read_bytes() == written
        assert not session.settings.database.exists()
        assert not page.begun
        await pilot.press("escape", "５")
        await until(lambda: "1–5 or Enter chooses" in _text(page))
        assert page.language == "en"
        await pilot.press("escape")
    assert not page.begun


async def test_every_choice_begins(tmp_path: Path) -> None:
    """The drill in a file of its own, a street from a file, an empty one, one that is there: the desk can open each."""
    toml = Path(__file__).parents[2] / "app" / "samples" / "jifeng.toml"
    for folder, keys, at in (("one", ["1"], ""), ("two", ["2"], str(toml)), ("three", ["3"], ""), ("four", ["4"], "*")):
        settings = settings_in(tmp_path / folder)
        page, session = _page(settings)
        async with page.run_test(size=(80, 24)) as pilot:
            await pilot.press(*keys)
            if at:
                there = str(tmp_path / "three" / "data" / "wangge.db") if at == "*" else at
                page.query_one(LineField).value = there
                await pilot.press("enter")
            await until(lambda page=page: page.begun)  # type: ignore[misc]
        assert session.settings.database.exists()
        assert (session.settings.database == settings.database) is (folder in ("two", "three"))
        session.close()
