"""`wangge` without a verb: the desk on what is there, and the question when nothing is there yet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.cli.session import Session
from app.samples import STREET, sample_text
from app.settings import Settings, remembered_member
from tests.cli.conftest import OFFICER, Type


@pytest.fixture
def desks(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """Settings of every desk that was opened, instead of a screen; each ends with status 7."""
    opened: list[Settings] = []

    def run_desk(session: Session) -> int:
        assert session.settings.database.exists()
        opened.append(session.settings)
        return 7

    monkeypatch.setattr("app.cli.desk.run_desk", run_desk)
    monkeypatch.setattr("app.cli.demo.run_desk", run_desk)
    return opened


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sits somebody at a terminal who answers the questions in turn, then leaves."""

    def answer(*lines: str) -> None:
        waiting: Iterator[str] = iter(lines)

        def typed(_question: str) -> str:
            line = next(waiting, None)
            if line is None:
                raise EOFError
            return line

        monkeypatch.setenv("TERM", "dumb")  # a terminal that can show a page gets the page instead
        monkeypatch.setattr("builtins.input", typed)
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)

    return answer


def test_without_a_verb_the_desk_opens(wangge: Type, desks: list[Settings], street_file: Path) -> None:
    """On the chosen database, for whom --as names; its exit status is the command's."""
    assert wangge("--db", str(street_file), "--as", OFFICER).status == 7
    assert [(one.database, one.acting) for one in desks] == [(street_file, OFFICER)]


def test_the_clock_is_set_before_the_desk_opens(desk: Type, desks: list[Settings]) -> None:
    """``wangge --clock … `` turns the drill's clock; a refusal opens no desk."""
    assert desk("--clock", "2020-07-02T20:00x0").status == 7
    assert desk("clock", "--json").document["now"].startswith("2020-07-02T20:00")
    assert desk("--clock", "2020-07-02T19:00x0").status == 1
    assert len(desks) == 1


@pytest.mark.slow
def test_a_demo_opens_the_desk_on_its_own_file(wangge: Type, desks: list[Settings]) -> None:
    """Who sits there may be named; the code is what the desk gets."""
    assert wangge("demo", "--db", "night.db", "--as", "街道·值班员甲").status == 7
    assert [(one.database, one.acting) for one in desks] == [(Path("night.db"), OFFICER)]
    assert "演练存放在 again.db。再次打开：" in wangge("demo", "--db", "again.db", "--lang", "zh").err
    assert wangge("demo", "--db", "other.db", "--as", "谁").status == 1
    assert not Path("other.db").exists()


def test_the_first_time_it_asks_until_it_is_answered(
    wangge: Type, desks: list[Settings], answers: Callable[..., None]
) -> None:
    """A faulty file is told and asked again; then the street is founded and the desk opens on it."""
    Path("street.toml").write_text(sample_text(STREET), encoding="utf-8")
    answers("what?", "2", "none.toml", "2", "street.toml")
    said = wangge("--db", "own.db", "--as", OFFICER)
    assert said.status == 7
    assert "none.toml" in said.out
    assert [one.database for one in desks] == [Path("own.db")]
    assert remembered_member(desks[0]) == OFFICER


def test_the_first_time_an_empty_database_will_do(
    wangge: Type, desks: list[Settings], answers: Callable[..., None]
) -> None:
    """Choice 3: the organisation comes later."""
    answers("3")
    assert wangge("--db", "own.db").status == 7
    assert "no street yet" in wangge("--db", "own.db", "status").out


def test_who_leaves_the_question_makes_nothing(
    wangge: Type, desks: list[Settings], answers: Callable[..., None]
) -> None:
    """Ctrl-D is as good as Ctrl-C."""
    answers()
    assert wangge("--db", "own.db").status == 130
    assert not Path("own.db").exists()
    assert desks == []


def test_the_keys_are_listed_and_a_faulty_table_is_refused_by_the_desk(wangge: Type, tmp_path: Path) -> None:
    """`wangge keys` needs no database; with mistakes it lists the usual keys and says so; the desk exits with 2."""
    config = tmp_path / "home" / "config" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('[keys]\nblow = "f5"\nrecord = "f2"\n', encoding="utf-8")
    rows = {row["command"]: row["keys"] for row in wangge("keys", "--json").document["keys"]}
    assert (rows["blow"], rows["record"], rows["help"]) == (["F5"], ["F2"], ["F1", "?"])
    config.write_text('[keys]\nbolw = "f5"\nrecord = "f99"\n', encoding="utf-8")
    said = wangge("keys")
    assert (said.status, "F5, r" in said.out) == (0, True)
    for refused in (said.err, wangge().err):
        assert "bolw" in refused
        assert "f99" in refused
    assert wangge().status == 2


@pytest.mark.slow
@pytest.mark.parametrize(("called", "named"), [("", "wangge"), ("python3 run.py", "python3 run.py")])
def test_sentences_name_the_command_as_it_was_called(
    wangge: Type, desks: list[Settings], monkeypatch: pytest.MonkeyPatch, called: str, named: str
) -> None:
    """Help, refusals and where a sample lies: nobody is told to type a command that is not there."""
    monkeypatch.setenv("WANGGE_CALLED", called)
    assert f"{named} --db night.db" in wangge("demo", "--db", "night.db", "--lang", "en").err
    assert len(desks) == 1
    assert f"`{named} --db night.db`" in wangge("demo", "--db", "night.db").err
    assert f"`{named} status --json`" in wangge("--json").err
    assert f"{named} whistle list" in wangge("whistle", "list", "--help").out
    for words in (("--help",), ("whistle", "--help"), ("whistel",), ("whistle", "lst"), ("whistle", "list", "--not")):
        said = wangge(*words)
        assert named in said.out + said.err
        assert called in ("", named)
        assert "wangge " not in (said.out + said.err).replace("wangge " if not called else "\0", "")
