"""A database with the sample street and policy, made once and copied for every test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.policy_file import policy_to_json
from db.unit_of_work import SqlStore, open_store
from tests.db.story import START, policy, street


@pytest.fixture(scope="session")
def bare_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A drill database fresh from its migrations, closed."""
    path = tmp_path_factory.mktemp("bare") / "bare.db"
    open_store(path, create=True, drill=True, street="JF").close()
    return path


@pytest.fixture(scope="session")
def street_database(bare_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with street and policy loaded."""
    path = tmp_path_factory.mktemp("street") / "street.db"
    shutil.copy(bare_database, path)
    store = open_store(path, create=False)
    store.write(
        lambda writes: (writes.add_policy(policy_to_json(policy()), START), writes.save_street(street(), START))
    )
    store.close()
    return path


@pytest.fixture
def database(street_database: Path, tmp_path: Path) -> Path:
    """A copy of the street's database for one test."""
    return Path(shutil.copy(street_database, tmp_path / "wangge.db"))


@pytest.fixture
def store(database: Path) -> Iterator[SqlStore]:
    """An open store over that copy."""
    opened = open_store(database, create=False)
    yield opened
    opened.close()
