"""The database file and its schema: migrating after a copy, and looking for damage."""

from pathlib import Path


def migrate(url: str) -> Path | None:
    """Bring the schema to head; the copy made first, if one was needed (SQLite).

    Raises SetupError.
    """
    raise NotImplementedError


def integrity(url: str) -> tuple[str, ...]:
    """What the database finds wrong with itself; empty when sound."""
    raise NotImplementedError
