"""The `wangge` command. Everything behind it is imported when it is needed, so that help costs next to nothing."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; returns the exit status (docs/cli.md). Never a traceback for a user's mistake."""
    from app.cli.door import run

    return run(sys.argv[1:] if argv is None else list(argv))


if __name__ == "__main__":
    sys.exit(main())
