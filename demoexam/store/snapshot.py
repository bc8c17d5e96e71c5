"""The last Обзор, read through bare sqlite3: the window paints it before SQLAlchemy loads."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any


def load_snapshot(path: Path) -> dict[str, Any] | None:
    """What `save_snapshot` kept; None when there is no store, no snapshot, or it is unreadable."""
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            row = connection.execute("SELECT value FROM snapshot WHERE n = 1").fetchone()
        value = json.loads(row[0]) if row else None
    except (sqlite3.Error, ValueError):
        return None
    return value if isinstance(value, dict) else None


def save_snapshot(path: Path, value: dict[str, Any]) -> None:
    """Keep `value` (JSON) as the first thing to paint; a busy store keeps the older one."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    with closing(sqlite3.connect(path, timeout=1.0)) as connection, connection:
        connection.execute(
            "INSERT INTO snapshot (n, value) VALUES (1, ?)"
            " ON CONFLICT (n) DO UPDATE SET value = excluded.value",
            (body,),
        )
