"""The fields of forms: safe with an input method on, with pastes of any size, with hostile text."""

from __future__ import annotations

import time

import pytest
from textual.app import App, ComposeResult

from app.widgets.fields.choice import Choice, ChoiceField
from app.widgets.fields.hits import Hit
from app.widgets.fields.line import LineField
from app.widgets.fields.lookup import LookupField
from app.widgets.fields.messages import FieldRemarked
from app.widgets.fields.pick import Item, PickField
from app.widgets.fields.row import FieldRow
from app.widgets.tame_input import tame
from tests.ui.dialogs.stage import paste, shown, type_text

HOSTILE = "[/] [red]x[/red] \x1b]52;c;AAAA\x07\x1b[2J‮dne[@click=app.quit]"


class Form(App[None]):
    """One field on a screen, and what it remarks."""

    def __init__(self, *rows: FieldRow) -> None:
        super().__init__()
        self.rows = rows
        self.remarks: list[str] = []

    def compose(self) -> ComposeResult:
        """The rows."""
        yield from self.rows

    def on_field_remarked(self, event: FieldRemarked) -> None:
        """Keep what was remarked."""
        if event.remark is not None:
            self.remarks.append(event.remark.msgid)


def line_form() -> tuple[Form, LineField]:
    """A form with one line of at most twenty characters."""
    field = LineField("note", cap=20)
    return Form(FieldRow("说明", field)), field


async def test_a_paste_of_several_lines_becomes_one_and_says_so() -> None:
    """Line breaks of any kind become spaces; empty lines go."""
    form, field = line_form()
    async with form.run_test() as pilot:
        await paste(pilot, "甲\r\n\r\n乙\u2028丙\n")
        assert field.value == "甲 乙 丙"
        assert any("joined" in remark for remark in form.remarks)


async def test_a_paste_of_two_megabytes_is_refused_whole_and_at_once() -> None:
    """Nothing of it is taken, the sentence is said, and nobody waits."""
    form, field = line_form()
    async with form.run_test() as pilot:
        await type_text(pilot, "原话")
        text = "水" * 2_000_000
        begun = time.perf_counter()
        field.take(text)
        assert time.perf_counter() - begun < 0.05
        await pilot.pause()
        assert field.value == "原话"
        assert form.remarks == ["Not pasted: {count} characters, at most {cap} fit here."]


async def test_a_full_line_takes_no_more_and_says_so() -> None:
    """The twenty-first character is refused, none of the twenty is lost."""
    form, field = line_form()
    async with form.run_test() as pilot:
        await type_text(pilot, "字" * 21)
        assert field.value == "字" * 20
        assert form.remarks


async def test_what_a_terminal_must_never_see_never_stands_in_a_line() -> None:
    """Escape sequences and direction marks are gone from what is pasted; brackets stay brackets."""
    field = LineField("note")
    async with Form(FieldRow("说明", field)).run_test() as pilot:
        await paste(pilot, HOSTILE)
        assert "\x1b" not in field.value
        assert "‮" not in field.value
        assert field.value.startswith("[/] [red]x[/red]")


async def test_full_width_space_and_digits_of_an_input_method_arrive() -> None:
    """The ideographic space is a space; a time field reads full-width digits and colon."""
    plain, form_field = LineField("a"), LineField("b", half_width=True)
    async with Form(FieldRow("甲", plain), FieldRow("乙", form_field)).run_test() as pilot:
        plain.focus()
        await type_text(pilot, "双河一\u3000应急")
        form_field.focus()
        await pilot.pause()
        await type_text(pilot, "００：２６")
        assert plain.value == "双河一 应急"
        assert form_field.value == "00:26"


def test_private_use_characters_of_old_name_tables_stay() -> None:
    """Rare characters of names lie there in older systems; joiners and controls go."""
    assert tame("\ue000张\u200b\x00三\t四") == "\ue000张三 四"


async def test_a_choice_is_taken_by_digit_arrow_and_full_width_digit() -> None:
    """Three ways to the same choice, none of them a letter."""
    field = ChoiceField("kind", [Choice("a", "应急"), Choice("b", "日常"), Choice("c", "攻坚")])
    async with Form(FieldRow("哨类", field)).run_test() as pilot:
        field.focus()
        await pilot.press("2")
        assert field.value == "b"
        await pilot.press("right")
        assert field.value == "c"
        await type_text(pilot, "１")
        assert field.value == "a"
        assert "[1 应急]" in shown(pilot.app)  # type: ignore[arg-type]


def departments() -> list[Item]:
    """Three departments, the last one sent already."""
    return [Item("u", "公共事业中心"), Item("e", "应急局"), Item("z", "执法大队", "已派", closed=True)]


async def test_a_list_is_taken_by_space_and_digit_and_names_a_lead_without_letters() -> None:
    """The first taken leads; F6 moves the lead; a closed line cannot be taken."""
    field = PickField("departments", departments(), lead_word="主办", assist_word="协办", first_leads=True)
    async with Form(FieldRow("部门", field)).run_test() as pilot:
        field.focus()
        await pilot.press("space", "2")
        assert (field.taken, field.lead) == (("u", "e"), "u")
        await pilot.press("f6", "3")
        assert (field.taken, field.lead, field.assists) == (("u", "e"), "e", ("u",))


async def test_a_list_comes_back_from_its_draft() -> None:
    """What is closed meanwhile is left out."""
    field = PickField("departments", departments(), lead_word="主办")
    async with Form(FieldRow("部门", field)).run_test():
        field.restore("*e,u,z")
        assert (field.taken, field.lead) == (("u", "e"), "e")
        assert field.typed == "*e,u"


def people(text: str) -> list[Hit]:
    """Two people by a part of their name."""
    return [hit for hit in (Hit("A", "网格员甲"), Hit("B", "网格员乙")) if text in hit.label]


async def test_a_look_up_is_typed_in_part_and_taken_with_enter() -> None:
    """The list opens under the line; the arrows move in it; what is taken is a code."""
    field = LookupField("by", people)
    async with Form(FieldRow("谁", field)).run_test() as pilot:
        field.focus()
        await type_text(pilot, "网格")
        await pilot.press("down", "enter")
        assert (field.code, field.line.value) == ("B", "网格员乙")
        assert not field.list.is_open


async def test_a_look_up_of_nobody_has_no_code() -> None:
    """A text that names nothing is no code; the exact name is, untaken."""
    field = LookupField("by", people)
    async with Form(FieldRow("谁", field)).run_test() as pilot:
        field.focus()
        await type_text(pilot, "王")
        assert field.code == ""
        field.restore("A\t网格员甲")
        await pilot.pause()
        assert field.code == ""  # typed meanwhile: it stays
        field.line.value = "网格员乙"
        assert field.code == "B"


@pytest.mark.parametrize("text", [HOSTILE, "[/", "path [/x]", "[@click=app.bell]x"])
async def test_hostile_text_is_shown_as_it_is_and_runs_nothing(text: str) -> None:
    """Labels, notes, items and choices of every field show brackets as brackets and never an escape."""
    row = FieldRow(text, LineField("a", placeholder=text), aside=text)
    rows = (
        row,
        FieldRow("乙", ChoiceField("b", [Choice("1", text)])),
        FieldRow("丙", PickField("c", [Item("x", text, text)])),
        FieldRow("丁", LookupField("d", lambda _typed: [Hit("x", text, text)])),
    )
    async with Form(*rows).run_test(size=(100, 20)) as pilot:
        row.say_note(text, wrong=True)
        rows[3].widget.focus()
        await type_text(pilot, "x")
        screen = shown(pilot.app)  # type: ignore[arg-type]
        assert "\x1b" not in screen
        assert "\x07" not in screen
        assert text.split("]")[0].split(" ")[0] in screen
