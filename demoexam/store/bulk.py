"""Many new rows of one table at once: what the triggers write row by row is written in one go."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import MISSING
from itertools import chain
from operator import itemgetter
from typing import Any

from sqlalchemy import JSON, Column, ColumnDefault, Connection, Dialect, Table
from sqlalchemy.orm import Session

from demoexam.models.base import Record, captured_columns
from demoexam.store import search
from demoexam.store.capture import late_statements
from demoexam.store.many_rows import MANY_ROWS, expect_many

_AT_ONCE = 1_000  # rows turned at once: the window's thread waits meanwhile
_OF_ONE_STATEMENT = 500  # rows; with all their values far below the limit of 32 766
Values = dict[str, Any]  # column -> its value; a column left out gets its default


def blank_row(entity: type[Record]) -> Values:
    """A new row before anything is known of it: every captured column with its default, in order.

    A list or a dict in it is shared by all rows made of it: not to be changed in place.
    """
    table = Record.metadata.tables[entity.__tablename__]
    return {name: _default(entity, table.columns[name]) for name in captured_columns(table)}


Prepared = Sequence[tuple[str, tuple[Any, ...]]]  # new rows as what the driver takes


Columns = Mapping[str, Sequence[Any]]  # new rows, turned; one that is not there has its default


def columns_of(entity: type[Record], rows: Sequence[Values]) -> Columns:
    """Rows that need not tell the same columns."""
    blank = blank_row(entity)
    whole = (row if len(row) == len(blank) else {**blank, **row} for row in rows)
    return dict(zip(blank, zip(*map(itemgetter(*blank), whole), strict=True), strict=True))


def insert_rows(session: Session, entity: type[Record], rows: Sequence[Values]) -> None:
    """Insert, journal and mark as unsent, as single inserts would; all within the transaction.

    The session's owner is stamped on rows that may have one. Rows need their `id`.
    """
    ready = prepare_rows(entity, columns_of(entity, rows), *stamp_of(session))
    insert_prepared(session, entity, len(rows), [ready])


def stamp_of(session: Session) -> tuple[str, Dialect]:
    """Whose the new rows of the transaction are, and the words of its database."""
    return session.info.get("owner") or "", session.get_bind().dialect


def prepare_rows(entity: type[Record], columns: Columns, owner: str, dialect: Dialect) -> Prepared:
    """The part of the work that needs no session: it may be done on another thread."""
    table = Record.metadata.tables[entity.__tablename__]
    owner = "" if table.info.get("shared") else owner
    common = {name: (value,) for name, value in blank_row(entity).items()}
    statements: list[tuple[str, tuple[Any, ...]]] = []
    for start in range(0, len(columns["id"]) if columns else 0, _AT_ONCE):
        part = {name: values[start : start + _AT_ONCE] for name, values in columns.items()}
        typed = dict(_typed_columns(table, {**common, **part}, owner, dialect))
        statements += _statements(table, typed)
    return statements


def insert_prepared(
    session: Session, entity: type[Record], count: int, parts: Iterable[Prepared]
) -> None:
    """What `insert_rows` does with `count` rows, of which the first parts may be ready earlier."""
    if not count:
        return
    session.flush()  # whatever was added one by one comes first
    table, connection = Record.metadata.tables[entity.__tablename__], session.connection()
    if count >= MANY_ROWS:
        expect_many(session)
    last = connection.exec_driver_sql(f"SELECT coalesce(max(n), 0) FROM {table.name}").scalar_one()
    with _without_insert_triggers(connection, table.name):
        for statement, values in chain.from_iterable(parts):
            connection.exec_driver_sql(statement, values)
        for late in filter(None, (*late_statements(table), search.late_statement(table.name))):
            connection.exec_driver_sql(late, (last,))
    session.info.setdefault("changed", set()).add(table.name)


def _statements(
    table: Table, columns: Mapping[str, Sequence[Any]]
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Many rows by one statement; a column whose rows agree is bound once for all of them."""
    common = [name for name in columns if name != "id" and _agree(columns[name])]
    others = [name for name in columns if name not in common]
    constants = [columns[name][0] for name in common]
    values = [*zip(*(columns[name] for name in others), strict=True)]
    into = ", ".join(f'"{name}"' for name in (*common, *others))
    shown = ", ".join([*"?" * len(common), *(f"column{1 + at}" for at in range(len(others)))])
    marks = f"({', '.join('?' * len(others))})"
    statement = f"INSERT INTO {table.name} ({into}) SELECT {shown} FROM (VALUES "
    for start in range(0, len(values), _OF_ONE_STATEMENT):
        part = values[start : start + _OF_ONE_STATEMENT]
        marked = ", ".join([marks] * len(part))
        yield f"{statement}{marked})", (*constants, *chain.from_iterable(part))


def _agree(values: Sequence[Any]) -> bool:
    return values.count(values[0]) == len(values)


@contextmanager
def _without_insert_triggers(connection: Connection, table: str) -> Iterator[None]:
    """Even a trigger that does nothing makes SQLite prepare a row for it, derived columns included.

    They come back with the same words. A full disk makes SQLite roll everything back at once: then
    they are back already.
    """
    told = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name IN (?, ?)"
    names = (f"capture_insert_{table}", f"search_insert_{table}")
    triggers = connection.exec_driver_sql(told, names).all()
    for name, _ in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    try:
        yield
    finally:
        there = set(connection.exec_driver_sql(told, names).scalars())
        for name, words in triggers:
            if name not in there:
                connection.exec_driver_sql(words)


def _typed_columns(
    table: Table, columns: Mapping[str, Sequence[Any]], owner: str, dialect: Dialect
) -> Iterator[tuple[str, Sequence[Any]]]:
    """The columns as the driver wants them, the owner put where there is none."""
    for name, values in columns.items():
        if name == "owner_id" and owner:
            yield name, [value or owner for value in values]
        else:
            yield name, _typed(table.columns[name], values, dialect)


def _typed(column: Column[Any], values: Sequence[Any], dialect: Dialect) -> Sequence[Any]:
    bind = column.type.dialect_impl(dialect).bind_processor(dialect)
    if bind is None:
        return values
    if isinstance(column.type, JSON):  # lists and dicts: many rows share one
        marks = [*map(id, values)]
        written = {
            mark: bind(value) for mark, value in dict(zip(marks, values, strict=True)).items()
        }
        return [written[mark] for mark in marks]
    bound = {value: bind(value) for value in {*values}}  # a column has few flags and days
    return [bound[value] for value in values]


def _default(entity: type[Record], column: Column[Any]) -> Any:
    """The value that SQLAlchemy would give; columns with a default in SQL have it here as well."""
    known = entity.__dataclass_fields__.get(column.name)
    made = known.default_factory if known and known.init and column.name != "id" else MISSING
    if made is not MISSING:
        return made()
    default = column.default
    return default.arg if isinstance(default, ColumnDefault) and default.is_scalar else None
