"""What outlives the process: JSON rows in one SQLite file, written through."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any


class Store:
    """Rows by kind and key; without a path they live as long as the object."""

    def __init__(self, path: Path | None) -> None:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._rows = sqlite3.connect(
            path or ":memory:", isolation_level=None, check_same_thread=False
        )
        # A killed process loses nothing that was written; only a power cut could.
        self._rows.execute("PRAGMA journal_mode=WAL")
        self._rows.execute("PRAGMA synchronous=NORMAL")
        self._rows.execute(
            "CREATE TABLE IF NOT EXISTS row"
            " (kind TEXT, key TEXT, body TEXT NOT NULL, PRIMARY KEY (kind, key))"
        )

    def put(self, kind: str, key: str, body: Any) -> None:
        self._rows.execute("REPLACE INTO row VALUES (?, ?, ?)", (kind, key, json.dumps(body)))

    def drop(self, kind: str, key: str) -> None:
        self._rows.execute("DELETE FROM row WHERE kind = ? AND key = ?", (kind, key))

    def all(self, kind: str) -> dict[str, Any]:
        found = self._rows.execute("SELECT key, body FROM row WHERE kind = ?", (kind,))
        return {key: json.loads(body) for key, body in found}

    def clear(self) -> None:
        self._rows.execute("DELETE FROM row")

    def close(self) -> None:
        self._rows.close()
