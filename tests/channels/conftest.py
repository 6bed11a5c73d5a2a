"""A server on the loopback for one test, and no proxy between."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.channels.loopback import Loopback, serving


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the tests send stays on this machine."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture
def server() -> Iterator[Loopback]:
    """The server."""
    with serving() as told:
        yield told
