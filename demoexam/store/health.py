"""A health check of a store file: whole, linked, journaled, searchable."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from demoexam.store import capture, search
from demoexam.store.schema import CURRENT, version_of

Check = Callable[[sqlite3.Connection], str]


@dataclass
class Health:
    """What each check found; an empty text means that it passed."""

    found: dict[str, str] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        return not any(self.found.values())

    def lines(self) -> list[tuple[str, str]]:
        return [(name, problem or "в порядке") for name, problem in self.found.items()]

    def as_values(self) -> dict[str, object]:
        return {"sound": self.sound, "checks": self.found}


def examine(path: Path) -> Health:
    """Run every check on the file as it is; writes nothing. Raises when it is no store at all."""
    health = Health({"версия базы": ""})
    version = version_of(path)
    if version != CURRENT:
        health.found["версия базы"] = f"{version}, программа ждёт {CURRENT}: откройте её один раз"
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        for name, check in _CHECKS.items():
            try:
                health.found[name] = check(connection)
            except sqlite3.DatabaseError as error:
                health.found[name] = f"не читается: {error}"
    return health


def _integrity(connection: sqlite3.Connection) -> str:
    result = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    return "" if result == "ok" else result


def _links(connection: sqlite3.Connection) -> str:
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    return f"висячих ссылок: {len(broken)}" if broken else ""


def _triggers(connection: sqlite3.Connection) -> str:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    present = {row[0] for row in rows}
    wanted = {
        statement.split()[2]
        for statement in [*capture.statements(), *search.statements()]
        if statement.startswith("CREATE TRIGGER")
    }
    missing = wanted - present
    return f"нет триггеров журнала или поиска: {len(missing)}" if missing else ""


def _journal(connection: sqlite3.Connection) -> str:
    busy = connection.execute("SELECT operation FROM store_state WHERE applying <> 0").fetchone()
    if busy:
        return "прерванный обмен: откройте базу в программе"
    lost = connection.execute(
        "SELECT count(*) FROM change WHERE operation_id IS NOT NULL"
        " AND operation_id NOT IN (SELECT id FROM operation)"
    ).fetchone()[0]
    return f"изменений без действия: {lost}" if lost else ""


def _search(connection: sqlite3.Connection) -> str:
    for name in search.SEARCHED:
        rows = connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        indexed = connection.execute(f"SELECT count(*) FROM search_{name}").fetchone()[0]
        if rows != indexed:
            return f"поиск по таблице {name}: {indexed} из {rows}"
    return ""


_CHECKS: dict[str, Check] = {
    "целостность файла": _integrity,
    "связи записей": _links,
    "триггеры": _triggers,
    "журнал": _journal,
    "поиск": _search,
}
