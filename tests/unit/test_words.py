"""The language of the screen: texts, parameters, instants, codes, and a missing catalogue."""

from __future__ import annotations

import gettext
import io
import shutil
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.domain import actor, org, policy, whistle
from app.domain.message import Message, Name
from app.render import words as words_module
from app.render.labels import LABELS, label
from app.render.words import Words, words_for
from tools.messages import compile_catalogue, read_catalogue

COMMON = Path(__file__).parents[2] / "app" / "locale" / "zh_CN" / "LC_MESSAGES" / "common.po"
NIGHT = datetime(2020, 7, 2, 15, 52, tzinfo=UTC)
"""23:52 of 2 July 2020 in the street."""
NOW = datetime(2020, 7, 2, 16, 10, tzinfo=UTC)
"""00:10 of 3 July."""


@pytest.fixture(scope="module")
def zh(tmp_path_factory: pytest.TempPathFactory) -> Words:
    """Chinese from the common part of the catalogue alone, so that no other part can break these tests."""
    folder = tmp_path_factory.mktemp("catalogue")
    shutil.copy(COMMON, folder)
    translated = read_catalogue(folder)
    assert translated.problems == []
    return Words("zh", catalogue=gettext.GNUTranslations(io.BytesIO(compile_catalogue(translated))))


EN = Words("en")


def test_english_is_the_msgid_and_chinese_its_translation(zh: Words) -> None:
    """The same text in both languages; what nobody translated reads English."""
    assert (EN.t("Duty officer"), zh.t("Duty officer")) == ("Duty officer", "值班员")
    assert zh.t("never translated") == "never translated"
    assert zh.t("") == EN.t("") == ""


def test_parameters_are_put_in_by_name(zh: Words) -> None:
    """Order is the translation's own."""
    params = {"place": Name("双河大桥", "Shuanghe Bridge"), "other": Name("双河一"), "grid": Name("双河二")}
    assert zh.t("{place} lies in {other}, not in {grid}.", **params) == "双河大桥属双河一，不属双河二。"
    assert EN.t("{place} lies in {other}, not in {grid}.", **params) == "Shuanghe Bridge lies in 双河一, not in 双河二."


@pytest.mark.parametrize("typed", ["{n}", "{0}", "{", "}", "{n.__class__}", "{{n}}", "%s", "{x!r:>9}", "[/]"])
def test_what_a_person_typed_is_inert(typed: str) -> None:
    """Braces, attributes and markup in a parameter stay what they are."""
    assert EN.t("said: {words}", words=typed, n=1) == f"said: {typed}"
    assert EN.say(Message("{a}{b}", {"a": typed, "b": Message("{a}", {"a": typed})})) == typed * 2


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{missing} here", "{missing} here"),
        ("{n} of {n}", "3 of 3"),
        ("{n:02} {share:.0%}", "03 50%"),
        ("{", "{"),
        ("{0}", "{0}"),
        ("{n.nothing}", "{n.nothing}"),
        ("{n:zz}", "{n:zz}"),
        ("{{literally}}", "{literally}"),
    ],
)
def test_a_slip_in_a_text_shows_the_text(text: str, shown: str) -> None:
    """A missing parameter or a broken brace never ends the program."""
    assert EN.t(text, n=3, share=0.5) == shown


def test_plurals_by_number() -> None:
    """English has two forms; the number is a parameter."""
    assert EN.tn("{n} case", "{n} cases", 1) == "1 case"
    assert EN.tn("{n} case in {grid}", "{n} cases in {grid}", 2, grid=Name("双河一")) == "2 cases in 双河一"


def test_every_kind_of_parameter_is_shown_as_a_person_reads_it(zh: Words) -> None:
    """Names, instants, spans, days, lists, codes, messages, yes and no, nothing."""
    message = Message(
        "{name}|{at}|{span}|{day}|{list}|{code}|{inner}|{sure}|{none}",
        {
            "name": Name("公共事业中心", "Utilities Center"),
            "at": NIGHT,
            "span": timedelta(minutes=-80),
            "day": date(2020, 7, 3),
            "list": (Name("应急局", "Emergency Bureau"), Message("Duty leader"), 3),
            "code": org.Role.GRID_MEMBER,
            "inner": Message("{n}d", {"n": 2}),
            "sure": True,
            "none": None,
        },
    )
    assert zh.say(message) == "公共事业中心|07-02 23:52|-01:20|2020-07-03|应急局、带班领导、3|网格员|2天|是|"
    assert EN.say(message) == (
        "Utilities Center|07-02 23:52|-01:20|2020-07-03|Emergency Bureau, Duty leader, 3|Grid member|2d|yes|"
    )


def test_an_instant_of_today_needs_no_date() -> None:
    """HH:MM on the local day of now, the date on another, the year when half a year off."""
    assert EN.when(NIGHT) == "07-02 23:52"
    assert EN.when(NIGHT, NOW) == "07-02 23:52"
    assert EN.when(NOW, NOW + timedelta(hours=3)) == "00:10"
    assert EN.when(NIGHT, NIGHT + timedelta(days=200)) == "2020-07-02 23:52"
    assert EN.say(Message("{at}", {"at": NOW}), now=NOW) == "00:10"
    assert EN.say(Message("{in}", {"in": Message("{at}", {"at": NOW})}), now=NOW) == "00:10"


def test_times_are_shown_in_the_zone_of_the_words() -> None:
    """The same instant in another zone, in the same language."""
    there = EN.in_zone(ZoneInfo("America/New_York"))
    assert there.when(NIGHT) == "07-02 11:52"
    assert (there.language, EN.when(NIGHT)) == ("en", "07-02 23:52")


@pytest.mark.parametrize(
    ("span", "zh_text", "en_text"),
    [
        (timedelta(minutes=9, seconds=59), "+00:09", "+00:09"),
        (timedelta(0), "+00:00", "+00:00"),
        (timedelta(seconds=-1), "-00:00", "-00:00"),
        (timedelta(hours=-1, minutes=-20), "-01:20", "-01:20"),
        (timedelta(hours=99, minutes=59), "+99:59", "+99:59"),
        (timedelta(hours=100), "+4天", "+4d"),
        (timedelta(days=-12), "-12天", "-12d"),
    ],
)
def test_what_is_left(zh: Words, span: timedelta, zh_text: str, en_text: str) -> None:
    """Hours and minutes with a sign; days beyond 99 hours."""
    assert (zh.left(span), EN.left(span)) == (zh_text, en_text)


def test_weekdays(zh: Words) -> None:
    """3 July 2020 is a Friday; an instant counts by its local day."""
    assert (zh.weekday(date(2020, 7, 3)), EN.weekday(date(2020, 7, 3))) == ("周五", "Fri")
    assert EN.weekday(NOW) == "Fri"
    assert EN.weekday(NIGHT) == "Thu"


ENUMS = [
    member
    for module in (org, policy, actor, whistle)
    for member in vars(module).values()
    if isinstance(member, type) and issubclass(member, StrEnum) and member is not StrEnum
]


@pytest.mark.parametrize("enum", sorted({*ENUMS, *LABELS}, key=lambda enum: enum.__name__))
def test_every_code_a_person_may_meet_has_a_label(enum: type[StrEnum]) -> None:
    """No screen shows a bare code; members of one enum are told apart by their labels."""
    labels = [label(member) for member in enum]
    assert all(member in LABELS[enum] for member in enum)
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("enum", [enum for enum in ENUMS if enum.__module__ != whistle.__name__])
def test_labels_of_the_organisation_and_policy_are_chinese(zh: Words, enum: type[StrEnum]) -> None:
    """Each has a translation in the common catalogue."""
    assert all(zh.enum(member) != label(member) for member in enum)


def test_a_code_without_a_label_shows_itself() -> None:
    """A new code is readable before it is named."""

    class Unknown(StrEnum):
        THING = "thing"

    assert EN.enum(Unknown.THING) == "thing"


@pytest.mark.parametrize("broken", [None, b"", b"not a catalogue", b"\xde\x12\x04\x95" + b"\xff" * 40])
def test_without_a_readable_catalogue_everything_reads_english(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, broken: bytes | None
) -> None:
    """A missing or damaged file costs the language, not the program."""
    catalogue_file = tmp_path / "wangge.mo"
    if broken is not None:
        catalogue_file.write_bytes(broken)
    monkeypatch.setattr(words_module, "_CATALOGUE", catalogue_file)
    catalogue = words_module._chinese.__wrapped__()
    assert Words("zh", catalogue=catalogue).t("Duty officer") == "Duty officer"


def test_words_are_kept_per_language() -> None:
    """The catalogue is read once."""
    assert words_for("zh") is words_for("zh")
    assert words_for("en").language == "en"
