"""Copies of the store that are proved to be whole, and bringing one back."""

import errno
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from demoexam.errors import BadFileName, DiskFull, FolderReadOnly, NotAFile, UserError


class BadCopy(UserError):
    text = "Копия «{name}» не прошла проверку."
    advice = "Проверьте диск и место на нём, сделайте копию в другую папку."


class CopyOntoItself(UserError):
    text = "Копия и база — один и тот же файл «{name}»."
    advice = "Укажите для копии другое имя или другую папку."


def verified_copy(source: Path, target: Path) -> Path:
    """Copy a live store page by page, check the copy, and only then give it its name.

    Raises a UserError when there is no room, no right to write, or the copy is damaged.
    """
    _prepare_place(source, target)
    draft = target.with_name(target.name + ".part")
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
    except sqlite3.DatabaseError as error:
        raise BadCopy(name=source.name) from error
    finally:
        draft.unlink(missing_ok=True)
    return target


def _prepare_place(source: Path, target: Path) -> None:
    """Refuse a place that no copy can take; make its folder."""
    try:
        if target.is_dir():
            raise NotAFile(name=target.name)
        target.with_name(target.name + ".part").unlink(missing_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and source.samefile(target):
            raise CopyOntoItself(name=target.name)
    except OSError as error:
        if error.errno in {errno.ENAMETOOLONG, errno.EINVAL}:
            raise BadFileName(name=f"{target.name[:40]}…") from error
        raise FolderReadOnly(name=target.parent) from error


def is_sound(connection: sqlite3.Connection) -> bool:
    """SQLite's own integrity check and no broken foreign key."""
    whole = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    return whole and connection.execute("PRAGMA foreign_key_check").fetchone() is None


def restore(copy: Path, target: Path) -> Path | None:
    """Put a checked copy in the place of `target`; returns where the replaced file now lies.

    No window may have the store open.
    """
    if target.is_dir():
        raise NotAFile(name=target.name)
    _refuse_unsound(copy)
    if target.exists() and copy.samefile(target):
        raise CopyOntoItself(name=target.name)
    kept = _kept_aside(target) if target.exists() else None
    verified_copy(copy, target)
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    return kept


def _refuse_unsound(copy: Path) -> None:
    try:
        with closing(sqlite3.connect(copy)) as connection:
            sound = is_sound(connection)
    except sqlite3.DatabaseError as error:
        raise BadCopy(name=copy.name) from error
    if not sound:
        raise BadCopy(name=copy.name)


def _kept_aside(target: Path) -> Path:
    """What is about to be replaced, under a free name; a damaged file is kept as it is."""
    names = (f"{target.stem}-before-restore{tail}.db" for tail in ["", *map(_tail, range(2, 1000))])
    place = next(each for each in map(target.with_name, names) if not each.exists())
    try:
        return verified_copy(target, place)
    except BadCopy:
        return Path(shutil.copyfile(target, place))


def _tail(number: int) -> str:
    return f"-{number}"


def _row_counts(connection: sqlite3.Connection) -> dict[str, int]:
    query = (
        "SELECT name FROM sqlite_master"
        " WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL TABLE%'"
    )
    names = [row[0] for row in connection.execute(query) if not row[0].startswith("sqlite_")]
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names
    }
