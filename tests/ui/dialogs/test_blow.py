"""The one-line whistle: what it understands, asks, sends once and never loses."""

from __future__ import annotations

from uuid import UUID

import pytest

from app.domain.actor import Channel
from app.domain.facts import Facts
from app.domain.moves import Action
from app.domain.policy import WhistleKind
from app.domain.whistle import Precision, Severity, WhistleState
from app.screens.dialogs.alike import LookAlikes
from app.screens.dialogs.blow import BlowLine
from app.screens.dialogs.call_form import CallForm
from tests.night import local
from tests.ui.dialogs.stage import Hall, on_stage, quiet, shown, type_text, wait_for


def blow_manhole(hall: Hall) -> UUID:
    """The night's whistle, blown already; its id."""
    facts = Facts(WhistleKind.EMERGENCY, "JF-SH-G01", {"title": "桥边井盖没了"}, Severity.CRITICAL, "shuanghe_bridge",
                  "manhole", occurred_at=local("07-02 23:30"))  # fmt: skip
    return hall.night.house.whistles.blow(hall.night.intent(Action.BLOW, facts=facts)).case.whistle.id


MANHOLE = "双河一 应急 双河大桥旁井盖冲开 23:40"


async def test_one_line_and_enter_blow_the_whistle(hall: Hall) -> None:
    """The night's line and Enter: an emergency at the right grid and place, told by the grid's member on duty."""
    async with on_stage(BlowLine(hall.context())) as (pilot, app):
        await type_text(pilot, MANHOLE)
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(app.results))
    outcome = app.results[0]
    whistle, event = outcome.case.whistle, outcome.event
    assert (whistle.kind, whistle.grid, whistle.place) == (WhistleKind.EMERGENCY, "JF-SH-G01", "shuanghe_bridge")
    assert whistle.occurred_at == local("07-02 23:40")
    assert (whistle.severity, whistle.matter) == (Severity.CRITICAL, "manhole")
    assert (event.on_behalf_of, event.channel, event.occurred_at) == ("SH-G01-A", Channel.PHONE, hall.night.wall.at)
    assert hall.drafts() == ()


async def test_preview_says_what_was_understood_and_whom_to_call_first(hall: Hall) -> None:
    """Grid, community, proposed lead and its reason stand beside their labels; danger names the three numbers."""
    async with on_stage(BlowLine(hall.context())) as (pilot, app):
        await type_text(pilot, MANHOLE)
        await pilot.pause()
        text = shown(app)
    for words in ("双河一 · 双河社区", "公共事业中心", "井盖冲开", "07-02 23:40", "110", "119", "120"):
        assert words in text


async def test_double_enter_blows_once(hall: Hall) -> None:
    """Three Enters in a row are one whistle."""
    async with on_stage(BlowLine(hall.context())) as (pilot, app):
        await type_text(pilot, MANHOLE)
        await pilot.press("enter", "enter", "enter")
        await wait_for(pilot, lambda: bool(app.results))
        await quiet(pilot, app)
    assert len(app.results) == 1
    assert hall.open_numbers() == ["W-20200702-01"]


async def test_a_time_that_is_none_or_not_yet_come_is_refused_where_it_was_typed(hall: Hall) -> None:
    """25:99 is no "now", and half an hour from now is not yesterday; the line stays to be mended."""
    async with on_stage(BlowLine(hall.context())) as (pilot, app):
        for wrong, why in (("25:99", "不是时间"), ("00:30", "还没到")):
            app.dialog.rows["line"].content_field.restore(f"双河一 应急 路灯倒了 {wrong}")
            await pilot.press("enter")
            await wait_for(pilot, lambda why=why: app.dialog.rows["line"].wrong and why in shown(app))  # type: ignore[misc]
            assert not app.results
        assert hall.open_numbers() == []


async def test_initials_are_completed_with_tab(hall: Hall) -> None:
    """``shd`` proposes the bridge; Tab puts its name into the line."""
    async with on_stage(BlowLine(hall.context())) as (pilot, app):
        await type_text(pilot, "shdq")
        await pilot.press("tab")
        await pilot.pause()
        line = app.dialog.rows["line"].content_field.typed
    assert line == "双河大桥"


@pytest.mark.slow
async def test_ambiguous_grid_and_missing_kind_are_chosen_by_digit(hall: Hall) -> None:
    """A community alone lists its grids; full-width digits choose; what an approver must know is asked last."""
    async with on_stage(BlowLine(hall.context())) as (pilot, app):
        await type_text(pilot, "牯牛坪 门店占道经营")
        await pilot.press("enter")
        await quiet(pilot, app)
        assert app.dialog.rows["ask"].widget.has_focus
        await pilot.press("２")
        await quiet(pilot, app)
        await pilot.press("3")
        await quiet(pilot, app)
        for field, answer in (("place_text", "市场东门"), ("exposed", "过路行人"), ("why", "需执法")):
            assert app.dialog.rows[field].widget.has_focus
            await type_text(pilot, answer)
            await pilot.pause(0.7)
            await pilot.press("enter")
            await quiet(pilot, app)
        await wait_for(pilot, lambda: bool(app.results))
    whistle = app.results[0].case.whistle
    assert (whistle.grid, whistle.kind) == ("JF-GNP-G02", WhistleKind.ROUTINE)
    assert whistle.state is WhistleState.PENDING_APPROVAL
    assert hall.file(whistle.id).words[whistle.words_id]["exposed"] == "过路行人"


async def test_a_draft_that_looks_like_an_open_case_is_asked_about(hall: Hall) -> None:
    """Blown with one Enter, a saved draft is compared too; J joins it to the case that is open already."""
    place = "shuanghe_bridge"
    draft = hall.night.blow(place=place, matter="manhole", action=Action.DRAFT).case.whistle.id
    opened = hall.night.blow(place=place, matter="manhole").case.whistle
    async with on_stage(BlowLine(hall.context(), hall.file(draft))) as (pilot, app):
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(app.screen, LookAlikes))
        await pilot.press("j")
        await wait_for(pilot, lambda: bool(app.results))
    whistle = app.results[0].case.whistle
    assert (whistle.id, whistle.merged_into) == (draft, opened.id)


async def test_what_was_typed_outlives_leaving(hall: Hall) -> None:
    """Esc keeps the line; a fresh dialog has it back and says so; sent, the draft is gone."""
    async with on_stage(BlowLine(hall.context())) as (pilot, app):
        await type_text(pilot, "双河一 应急 井盖冲开")
        await pilot.press("escape")
        await wait_for(pilot, lambda: bool(app.results))
    assert app.results == [None]
    assert hall.drafts() == ("blow",)
    async with on_stage(BlowLine(hall.context())) as (pilot, app):
        assert app.dialog.rows["line"].content_field.typed == "双河一 应急 井盖冲开"
        assert "已恢复" in shown(app)
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(app.results))
    assert app.results[0].case.whistle.grid == "JF-SH-G01"
    assert hall.drafts() == ()


async def test_draft_is_on_disk_two_seconds_after_the_last_key(hall: Hall) -> None:
    """A crash loses nothing that is older than two seconds."""
    async with on_stage(BlowLine(hall.context())) as (pilot, _app):
        await type_text(pilot, "双河一")
        await wait_for(pilot, lambda: hall.drafts() == ("blow",), seconds=2.0)


async def test_look_alike_is_joined_with_one_key(hall: Hall) -> None:
    """The same matter within a day: J joins it, no second whistle appears."""
    first = blow_manhole(hall)
    async with on_stage(BlowLine(hall.context())) as (pilot, app):
        await type_text(pilot, MANHOLE)
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(app.screen, LookAlikes))
        await pilot.press("enter")  # the second of a pair joins nothing
        assert isinstance(app.screen, LookAlikes)
        await pilot.press("j")
        await wait_for(pilot, lambda: bool(app.results))
    assert app.results[0].case.whistle.id == first
    assert app.results[0].case.whistle.duplicate_count == 1
    assert len(hall.open_numbers()) == 1


async def test_look_alike_can_be_a_new_matter_without_letters(hall: Hall) -> None:
    """With an input method on, letters never arrive: F7 says that it is new."""
    blow_manhole(hall)
    async with on_stage(BlowLine(hall.context())) as (pilot, app):
        await type_text(pilot, MANHOLE)
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(app.screen, LookAlikes))
        await pilot.press("f7")
        await wait_for(pilot, lambda: bool(app.results))
    assert hall.open_numbers() == ["W-20200702-01", "W-20200702-02"]


async def test_f5_saves_a_draft_whistle_and_enter_blows_it_later(hall: Hall) -> None:
    """The finding saved as a draft shows its facts and is blown with one Enter."""
    async with on_stage(BlowLine(hall.context())) as (pilot, app):
        await type_text(pilot, "双河一 应急 井盖松动 约23:40")
        await pilot.press("f5")
        await wait_for(pilot, lambda: bool(app.results))
    saved = app.results[0].case
    assert saved.whistle.state is WhistleState.DRAFT
    assert saved.whistle.occurred_precision is Precision.APPROX
    async with on_stage(BlowLine(hall.context(), hall.file(saved.whistle.id))) as (pilot, app):
        assert "井盖松动" in shown(app)
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(app.results))
    assert app.results[0].case.whistle.state is WhistleState.OPEN
    assert app.results[0].case.whistle.id == saved.whistle.id


async def test_f2_takes_everything_into_the_full_form(hall: Hall) -> None:
    """Grid, place, kind and title stand in the form; leaving it comes back to the line."""
    async with on_stage(BlowLine(hall.context())) as (pilot, app):
        await type_text(pilot, MANHOLE)
        await pilot.press("f2")
        await wait_for(pilot, lambda: isinstance(app.screen, CallForm))
        await wait_for(pilot, lambda: bool(app.screen.rows))
        form = app.screen
        assert form.text("title") == "双河大桥旁井盖冲开"
        assert form.rows["grid"].widget.code == "JF-SH-G01"
        assert form.rows["place_text"].widget.code == "shuanghe_bridge"
        assert form.text("kind") == "emergency"
        await pilot.press("escape")
        await wait_for(pilot, lambda: app.screen is app.dialog)
        await pilot.press("f2")
        await wait_for(pilot, lambda: isinstance(app.screen, CallForm))
        await pilot.press("f2")
        await wait_for(pilot, lambda: bool(app.results))
    assert app.results[0].event.kind.value == "blown"
    assert hall.drafts() == ()


async def test_conflict_on_a_draft_is_told_and_read_again(hall: Hall) -> None:
    """Somebody changed the draft meanwhile: nothing is written, the new version is read, Enter then blows it."""
    saved = hall.night.blow("井盖松动", action=Action.DRAFT).case.whistle.id
    seen = hall.file(saved)
    hall.night.act(saved, Action.NOTE, note="又看了一次")
    async with on_stage(BlowLine(hall.context(), seen)) as (pilot, app):
        await pilot.press("enter")
        await wait_for(pilot, lambda: app.dialog.file is not seen or bool(app.results))
        if not app.results:
            await pilot.pause(0.7)
            await pilot.press("enter")
            await wait_for(pilot, lambda: bool(app.results))
    assert app.results[0].case.whistle.state is WhistleState.OPEN
