"""Tables as SQLModel classes with their constraints, by subject; ``every`` knows them all."""
