"""What terminals do that Textual does not expect: bytes in another encoding, and a size somebody exported long ago."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Callable
from functools import partial


def forgive_bytes() -> None:
    """Let Textual read on over bytes that are no UTF-8: to its strict reader one GBK character is the end."""
    try:
        from textual.drivers import linux_driver
    except ImportError:  # Windows reads its keys another way
        return
    vars(linux_driver)["getincrementaldecoder"] = _forgiving


def _forgiving(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    return partial(codecs.getincrementaldecoder(encoding), "replace")


def believe_the_terminal() -> None:
    """Forget ``COLUMNS`` and ``LINES`` where the terminal knows its own size.

    Textual believes the variables first: exported by a parent they are another terminal's size, or this one's
    of long ago, and the desk would neither fill the screen nor follow when it is resized.
    """
    try:
        columns, lines = os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1)
    except (OSError, ValueError):  # no terminal: whoever set them wants them
        return
    if columns > 0 and lines > 0:
        os.environ.pop("COLUMNS", None)
        os.environ.pop("LINES", None)
