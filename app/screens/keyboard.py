"""What a terminal in another encoding sends: bytes that are no UTF-8 become stand-ins, and the desk goes on."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from functools import partial


def forgive_bytes() -> None:
    """Let Textual read on over such bytes. Its reader is strict, and one GBK character typed ended the program."""
    try:
        from textual.drivers import linux_driver
    except ImportError:  # Windows reads its keys another way
        return
    vars(linux_driver)["getincrementaldecoder"] = _forgiving


def _forgiving(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    return partial(codecs.getincrementaldecoder(encoding), "replace")
