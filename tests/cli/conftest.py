"""A command line to type into: `main` in this process, its own home, and a drill street to copy."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import main
from app.samples import STREET, sample_text

BEGIN = "2020-07-02T18:00"
"""When the drill of these tests begins, street time."""
OFFICER, PATROLLER, PLATFORM, ADMIN = "JF-ZB1", "SH-G01-A", "ZP-1", "JF-GL"


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed and how it ended."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        assert self.status == 0, self.err
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        """The refusal as JSON on standard error; nothing may stand on standard output."""
        assert self.out == ""
        return json.loads(self.err)["error"]


Type = Callable[..., Said]


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the machine's own settings is read or written."""
    monkeypatch.setenv("WANGGE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("WANGGE_LANG", "en")
    monkeypatch.delenv("WANGGE_DB", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def wangge(capsys: pytest.CaptureFixture[str]) -> Type:
    """Types one command line: ``wangge("status", "--json")``."""

    def typed(*words: str) -> Said:
        capsys.readouterr()
        status = main(words)
        printed = capsys.readouterr()
        return Said(status, printed.out, printed.err)

    return typed


@pytest.fixture(scope="session")
def street_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo street in an empty drill database at 18:00 of 2 July 2020; made once, copied by tests."""
    folder = tmp_path_factory.mktemp("street")
    (folder / "street.toml").write_text(sample_text(STREET), encoding="utf-8")
    path = folder / "street.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WANGGE_HOME", str(folder / "home"))
        clock = f"{BEGIN}x0"
        status = main(["--db", str(path), "init", "--drill", "--org", str(folder / "street.toml"), "--clock", clock])
    assert status == 0
    return path


@pytest.fixture
def desk(street_file: Path, tmp_path: Path, wangge: Type) -> Type:
    """Types as 值班员甲 on a fresh copy of the street; its clock stands."""
    path = tmp_path / "desk.db"
    shutil.copyfile(street_file, path)
    path.chmod(0o600)

    def typed(*words: str) -> Said:
        acting = () if "--as" in words else ("--as", OFFICER)
        return wangge("--db", str(path), *acting, *words)

    return typed


@pytest.fixture
def blown(desk: Type) -> str:
    """The number of an emergency that is blown and raised to the zone at 18:00."""
    by_phone = ("--on-behalf-of", PATROLLER, "--channel", "phone")
    said = desk("whistle", "blow", "--line", "双河一 应急 双河大桥旁井盖冲开", *by_phone, "--json")
    number: str = said.document["case"]["number"]
    assert desk("whistle", "level-up", number).status == 0
    return number


@pytest.fixture
def dispatched(desk: Type, blown: str) -> str:
    """The same with two departments whistled for."""
    by_phone = ("--on-behalf-of", PLATFORM, "--channel", "phone")
    said = desk("whistle", "dispatch", blown, "--lead", "公共", "--assists", "应急", *by_phone)
    assert said.status == 0, said.err
    return blown
