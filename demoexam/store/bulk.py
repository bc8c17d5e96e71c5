"""Many new rows of one table at once: what the triggers write row by row is written in one go."""

from collections.abc import Callable, Sequence
from dataclasses import MISSING
from typing import Any

from sqlalchemy import JSON, Column, ColumnDefault, Dialect
from sqlalchemy.orm import Session

from demoexam.models.base import Record, captured_columns
from demoexam.store import search
from demoexam.store.capture import late_statements

Values = dict[str, Any]  # column -> its value; a column left out gets its default
Factory = Callable[[], Any]


def insert_rows(session: Session, entity: type[Record], rows: Sequence[Values]) -> None:
    """Insert, journal and mark as unsent, as single inserts would; all within the transaction.

    The session's owner is stamped on rows that may have one. Rows need their `id`.
    """
    if not rows:
        return
    session.flush()  # whatever was added one by one comes first
    table = Record.metadata.tables[entity.__tablename__]
    connection = session.connection()
    rows = _stamped(rows, "" if table.info.get("shared") else session.info.get("owner") or "")
    columns = captured_columns(table)
    filled = (
        _typed(table.columns[name], _column(entity, table.columns[name], rows), connection.dialect)
        for name in columns
    )
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    last = connection.exec_driver_sql(f"SELECT coalesce(max(n), 0) FROM {table.name}").scalar_one()
    statement = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"
    connection.exec_driver_sql(f"UPDATE store_state SET applying = {search.MANY}")
    try:
        connection.exec_driver_sql(statement, [*zip(*filled, strict=True)])
        for late in filter(None, (*late_statements(table), search.late_statement(table.name))):
            connection.exec_driver_sql(late, (last,))
    finally:
        connection.exec_driver_sql("UPDATE store_state SET applying = 0")
    session.info.setdefault("changed", set()).add(table.name)


def _stamped(rows: Sequence[Values], owner: str) -> Sequence[Values]:
    return [{**row, "owner_id": row.get("owner_id") or owner} for row in rows] if owner else rows


def _column(entity: type[Record], column: Column[Any], rows: Sequence[Values]) -> list[Any]:
    """One column of all rows, what is left out filled in."""
    name, made = column.name, _factory(entity, column.name)
    if made is not None:
        return [row[name] if name in row else made() for row in rows]
    default = _default(column)
    return [row.get(name, default) for row in rows]


def _typed(column: Column[Any], values: list[Any], dialect: Dialect) -> list[Any]:
    """The values as the driver wants them."""
    bind = column.type.dialect_impl(dialect).bind_processor(dialect)
    if bind is None:
        return values
    if isinstance(column.type, JSON):  # lists and dicts: what looks the same is the same
        shown = [repr(value) for value in values]
        written = {
            text: bind(value) for text, value in dict(zip(shown, values, strict=True)).items()
        }
        return [written[text] for text in shown]
    bound = {value: bind(value) for value in {*values}}  # a column has few flags and days
    return [bound[value] for value in values]


def _factory(entity: type[Record], name: str) -> Factory | None:
    known = entity.__dataclass_fields__.get(name)
    made = known.default_factory if known and known.init and name != "id" else MISSING
    return None if made is MISSING else made


def _default(column: Column[Any]) -> Any:
    """The value that SQLAlchemy would give; columns with a default in SQL have it here as well."""
    default = column.default
    return default.arg if isinstance(default, ColumnDefault) and default.is_scalar else None
