"""Everything that knows SQLite: nothing outside this package names the dialect (PostgreSQL comes beside it)."""
