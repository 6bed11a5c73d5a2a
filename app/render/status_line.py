"""The line below the panes where it tells of the case under the cursor: what it must say, what it says with room."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size


def why_line(why: str, reports: Sequence[str], opens: str, room: int, ellipsis: str = "…") -> str:
    """Why a case waits, until when a report must go up, which key opens the case; in ``room`` cells.

    The key comes first, without it nobody gets on; then the reason, cut where it must be; the report, in the longest of
    its wordings that fits, stands where all of it does: it is among what comes next as well.
    """
    for report in (*reports, ""):
        said = f"{why}{f' · {report}' if report else ''}{opens}"
        if cell_len(said) <= room:
            return said
    left = room - cell_len(opens) - cell_len(ellipsis)
    return f"{set_cell_size(why, left).rstrip()}{ellipsis}{opens}" if left > 0 else opens
