"""The schema of a store: which version a file has, and bringing it up to date with Alembic."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from demoexam.errors import UserError
from demoexam.store import capture, search
from demoexam.store.backup import verified_copy

MIGRATIONS = Path(__file__).parent / "migrations"
CURRENT = "0005"
KNOWN = ("0001", "0002", "0003", "0004", "0005")
SQLITE_MAGIC = b"SQLite format 3\0"


class NotAStore(UserError):
    text = "Файл «{name}» — не база программы «ДЭ-Координатор»."
    advice = "Выберите другой файл (обычно demoexam.db) или создайте новую базу."


class StoreIsFolder(UserError):
    text = "«{name}» — папка, а не файл базы."
    advice = "Укажите файл базы внутри неё (обычно demoexam.db)."


class NewerStore(UserError):
    text = "База «{name}» создана более новой версией программы."
    advice = "Обновите программу на этом компьютере. База не изменена."


class StoreMissing(UserError):
    text = "Файла базы «{name}» нет."
    advice = "Проверьте путь и подключён ли диск, выберите другой файл или создайте новую базу."


def version_of(path: Path) -> str:
    """The migration the file stands at. Raises the UserError that says why it cannot be opened.

    Plain sqlite3, so that start-up does not import Alembic.
    """
    if path.is_dir():
        raise StoreIsFolder(name=path)
    if not path.is_file():
        raise StoreMissing(name=path)
    try:
        with path.open("rb") as file:
            if file.read(len(SQLITE_MAGIC)) != SQLITE_MAGIC:
                raise NotAStore(name=path.name)
        with closing(sqlite3.connect(path)) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise NotAStore(name=path.name) from error
    if row is None:
        raise NotAStore(name=path.name)
    if row[0] not in KNOWN:
        raise NewerStore(name=path.name)
    return str(row[0])


def upgrade(engine: Engine, path: Path) -> Path | None:
    """Run the missing migrations in one transaction, then rebuild triggers and search.

    Returns the verified copy made before (None for a new file). Foreign keys are off meanwhile.
    """
    copy = _copy_before(path)
    with engine.execution_options(writes=True).connect() as connection:
        driver: Any = connection.connection.driver_connection  # pragmas need no transaction
        driver.execute("PRAGMA foreign_keys = OFF")
        driver.execute("PRAGMA journal_mode = WAL")
        with connection.begin():
            migrate(connection)
        driver.execute("PRAGMA foreign_keys = ON")
    return copy


def migrate(connection: Connection) -> None:
    """The missing migrations, and what is made anew after them, in the caller's transaction."""
    run_migrations(connection)
    install_generated(connection)


def run_migrations(connection: Connection) -> None:
    """The missing ones; triggers are gone afterwards."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    drop_generated(connection)
    command.upgrade(config, "head")


def drop_generated(connection: Connection) -> None:
    rows = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all()
    for (name,) in rows:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")


def install_generated(connection: Connection) -> None:
    capture.install(connection)
    search.install(connection)
    connection.exec_driver_sql(
        "INSERT INTO store_state (n, applying, operation) VALUES (1, 0, NULL)"
        " ON CONFLICT DO NOTHING"
    )


def _copy_before(path: Path) -> Path | None:
    if not path.exists() or not path.stat().st_size:
        return None
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    target = path.parent / "backups" / f"{path.stem}-before-update-{stamp}.db"
    return verified_copy(path, target)
