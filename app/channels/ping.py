"""Asks an address and forgets the answer: the sign of life for a watch outside."""

from __future__ import annotations

LIMIT = 5.0
"""Seconds that a server may take."""


def ping(url: str) -> None:
    """GET, silently: what goes wrong is what the watch outside notices."""
    import requests

    try:
        requests.get(url, timeout=LIMIT, allow_redirects=False)
    except Exception:  # noqa: BLE001  a sign of life that fails is no trouble of the clock's
        return
