"""Global options anywhere on the line, codes behind names, times as typed."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.cli.command_line import split
from app.cli.parser import listed
from app.cli.people import department_code, grid_code, member_code, place_code, speaker_code
from app.cli.session import read_clock
from app.cli.times import coming_instant, past_moment
from app.domain.errors import BadInput, NotFound
from app.domain.street_index import StreetIndex
from app.samples import STREET, sample_text
from app.services.org_file import read_org_toml

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2020, 7, 2, 16, 10, tzinfo=UTC)
"""00:10 of 3 July in the street."""


@pytest.fixture(scope="module")
def street() -> StreetIndex:
    """The demo street."""
    return StreetIndex(read_org_toml(sample_text(STREET), STREET))


@pytest.mark.parametrize(
    "line",
    [
        "--db a.db --json --as JF-ZB1 whistle show 0702-01",
        "whistle --db a.db show --json 0702-01 --as JF-ZB1",
        "whistle show 0702-01 --as=JF-ZB1 --db=a.db --json",
    ],
)
def test_global_options_count_wherever_they_stand(line: str) -> None:
    """Before, between and after the verb's own words they are the same."""
    options, rest, wrong = split(line.split())
    assert wrong is None
    assert (options.database, options.acting, options.json) == ("a.db", "JF-ZB1", True)
    assert rest == ["whistle", "show", "0702-01"]


def test_the_last_of_a_repeated_option_counts() -> None:
    """As everywhere on a command line."""
    assert split(["--lang", "zh", "status", "--lang", "en"])[0].language == "en"


def test_a_global_option_without_its_value_is_told() -> None:
    """Another option is never taken for the value."""
    for line in (["status", "--db"], ["--db", "--json", "status"], ["--db=", "status"]):
        _, _, wrong = split(line)
        assert wrong is not None
        assert wrong.params == {"option": "--db"}


def test_nothing_behind_two_hyphens_is_taken() -> None:
    """What follows ``--`` belongs to the verb."""
    options, rest, _ = split(["whistle", "show", "--", "--json"])
    assert not options.json
    assert rest == ["whistle", "show", "--", "--json"]


def test_a_comma_list_may_use_full_width_commas() -> None:
    """An IME that is on writes ， and 、."""
    assert listed(["公共,应急", "执法，安监、美丽办", " "]) == ("公共", "应急", "执法", "安监", "美丽办")


@pytest.mark.parametrize("text", ["utilities_center", "UTILITIES_CENTER", "公共事业中心", "公共", "utilities", "公共 "])
def test_a_department_is_known_by_code_and_names(street: StreetIndex, text: str) -> None:
    """Code, full name, short name, in either language and width."""
    assert department_code(street, text) == "utilities_center"


def test_grids_places_units_and_members_are_known_by_name(street: StreetIndex) -> None:
    """Short names of grids, aliases of places, the end of a member's name where only one fits."""
    assert grid_code(street, "双河一") == "JF-SH-G01"
    assert place_code(street, "双河大桥") == "shuanghe_bridge"
    assert member_code(street, "双河一网格·网格员甲") == "SH-G01-A"
    assert member_code(street, "值班员甲") == "JF-ZB1"
    assert speaker_code(street, "开发区") == "XXJKQ"
    assert speaker_code(street, "应急局") == "emergency_bureau"


def test_a_name_that_fits_several_is_never_guessed(street: StreetIndex) -> None:
    """There is a 网格员甲 in nearly every grid."""
    with pytest.raises(BadInput) as refused:
        member_code(street, "网格员甲")
    assert "SH-G01-A" in str(refused.value.message.params["choices"])


def test_an_unknown_name_is_refused(street: StreetIndex) -> None:
    """Nobody is made up, and an empty name fits nothing."""
    for text in ("谁", "", "·"):
        with pytest.raises(NotFound):
            member_code(street, text)
    with pytest.raises(BadInput):
        department_code(street, "")


@pytest.mark.parametrize(
    ("text", "local", "speed"),
    [
        ("2020-07-03T00:08", "2020-07-03T00:08", 1.0),
        ("2020-07-03T00:08x60", "2020-07-03T00:08", 60.0),
        ("2020-07-03 00:08 ×0", "2020-07-03T00:08", 0.0),
        ("2020-07-02T16:08+00:00x1.5", "2020-07-03T00:08", 1.5),
    ],
)
def test_a_clock_is_an_instant_and_a_speed(text: str, local: str, speed: float) -> None:
    """Without an offset it is the street's time; the instant is kept in UTC."""
    at, read = read_clock(text, ZONE)
    assert (at, read) == (datetime.fromisoformat(local).replace(tzinfo=ZONE), speed)
    assert at.tzinfo is UTC


@pytest.mark.parametrize("text", ["", "x60", "23:56", "soon", "2020-07-03T00:08x", "2020-13-03T00:08"])
def test_what_is_no_clock_is_refused(text: str) -> None:
    """A bare time could be of any day, so it is none."""
    with pytest.raises(BadInput):
        read_clock(text, ZONE)


def test_a_past_time_is_the_last_such_time() -> None:
    """23:52 typed at 00:10 was yesterday evening; 约 makes it approximate."""
    moment = past_moment("约23:52", NOW, ZONE, "at")
    assert (moment.at, moment.approximate) == (datetime(2020, 7, 2, 15, 52, tzinfo=UTC), True)
    with pytest.raises(BadInput):
        past_moment("whenever", NOW, ZONE, "at")


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("18:00", "2020-07-03T18:00"),
        ("00:05", "2020-07-04T00:05"),
        ("2020-07-05 18:00", "2020-07-05T18:00"),
        ("2020-07-05", "2020-07-05T00:00"),
        ("2020-07-05T10:00+00:00", "2020-07-05T18:00"),
    ],
)
def test_a_deadline_is_the_next_such_time(text: str, local: str) -> None:
    """A bare time that has passed today is tomorrow's."""
    assert coming_instant(text, NOW, ZONE, "until") == datetime.fromisoformat(local).replace(tzinfo=ZONE)


@pytest.mark.parametrize("text", ["", "25:00", "next week"])
def test_what_is_no_deadline_is_refused(text: str) -> None:
    """Nothing is guessed of a deadline."""
    with pytest.raises(BadInput):
        coming_instant(text, NOW, ZONE, "until")
