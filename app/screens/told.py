"""What comes of a thing done in a dialog: the sentence that is said where it was begun."""

from __future__ import annotations

from app.domain.message import Message

Told = Message | None
"""None when nothing was done."""
