"""The first frame paints before the database's half of the program is imported (performance, decisions 32)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

LATE = (
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "db",
    "apscheduler",
    "alembic",
    "pypinyin",
    "holidays",
    "app.bootstrap",
    "app.domain.lifecycle",
    "app.domain.policy",
    "app.services.house",
    "app.screens.dialogs.blow",
    "app.widgets.street_map",
)

PAINT = """
import asyncio, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from app.main import CommandCenter
from app.settings import Settings
home = Path({home!r})
app = CommandCenter(Settings(home, home / "c.toml", home / "s", home / "none.db"))
async def nothing():
    pass
app._start = nothing
async def frame():
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        print("".join(strip.text for strip in strips).count("…") and "painted")
    print(*[name for name in {late!r} if name in sys.modules])
asyncio.run(frame())
"""


def test_the_first_frame_needs_neither_database_nor_rules(tmp_path: Path) -> None:
    """A whole frame is composed, styled and painted; none of the heavy modules has been loaded by then."""
    script = PAINT.format(root=str(ROOT), home=str(tmp_path), late=LATE)
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert ran.stdout.split() == ["painted"], ran.stdout + ran.stderr[-2000:]
