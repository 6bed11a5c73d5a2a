"""The schema's history, run by us at start: one transaction under the write lock, or nothing (reliability 5).

A new revision is written by hand under ``versions/`` (it may import nothing of ours), named in ``HEAD``, and
compared with the tables by ``python -m db.check``.
"""

from __future__ import annotations

HEAD = "0015"
"""The newest revision; a database at this version is opened without loading alembic (decisions 32)."""
