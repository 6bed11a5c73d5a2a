"""The duty clock: what happens because time passes, without anybody pressing a key."""
