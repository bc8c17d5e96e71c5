"""Copies of the store that are proved to be whole, and bringing one back."""

import sqlite3
from contextlib import closing
from pathlib import Path

from demoexam.errors import DiskFull, FolderReadOnly, UserError


class BadCopy(UserError):
    text = "Копия «{name}» не прошла проверку."
    advice = "Проверьте диск и место на нём, сделайте копию в другую папку."


def verified_copy(source: Path, target: Path) -> Path:
    """Copy a live store page by page, check the copy, and only then give it its name.

    Raises a UserError when there is no room, no right to write, or the copy is damaged.
    """
    draft = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderReadOnly(name=target.parent) from error
    try:
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(draft)) as copy:
            live.backup(copy)
            sound = is_sound(copy) and _row_counts(live) == _row_counts(copy)
        if not sound:
            raise BadCopy(name=target.name)
        draft.replace(target)
    except PermissionError as error:
        raise FolderReadOnly(name=target.parent) from error
    except sqlite3.OperationalError as error:
        if "full" in str(error):
            raise DiskFull from error
        raise FolderReadOnly(name=target.parent) from error
    finally:
        draft.unlink(missing_ok=True)
    return target


def is_sound(connection: sqlite3.Connection) -> bool:
    """SQLite's own integrity check and no broken foreign key."""
    whole = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    return whole and connection.execute("PRAGMA foreign_key_check").fetchone() is None


def restore(copy: Path, target: Path) -> Path | None:
    """Put a checked copy in the place of `target`; returns where the replaced file now lies.

    No window may have the store open.
    """
    kept = None
    if target.exists():
        kept = verified_copy(target, target.with_name(f"{target.stem}-before-restore.db"))
    verified_copy(copy, target)
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    return kept


def _row_counts(connection: sqlite3.Connection) -> dict[str, int]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
    names = [row[0] for row in connection.execute(query) if not row[0].startswith("sqlite_")]
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names
    }
