"""Work beside the screen."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from textual.dom import DOMNode
from textual.worker import Worker

Work = Callable[[], Coroutine[Any, Any, object]]
"""Makes a coroutine, only when it runs: one that was made and never ran complains when the screen is left at once."""


def beside(node: DOMNode, work: Work, group: str, *, exclusive: bool = False) -> Worker[object]:
    """Start ``work`` as a worker of ``node``; a fault in it goes to the program's one worker-error handler.

    ``exclusive`` = what is still under way in the ``group`` is cancelled.
    """
    run: Callable[..., Worker[object]] = node.run_worker
    return run(work, name=group, group=group, exclusive=exclusive, exit_on_error=False)
