"""The journal (Operation, Change) and what waits for the hub; generated triggers write them."""

from typing import Any

from sqlalchemy import Column, Integer, String, Table, Text

from demoexam.models.base import Record, UtcMoment, new_id

_ENTRY = {"insert_only": True}  # synchronised, never edited: an entry without `rev` is unsent


def _entry_columns() -> list[Column[Any]]:
    return [
        Column("n", Integer, primary_key=True),
        Column("id", String(36), nullable=False, unique=True, default=new_id),
        Column("rev", Integer),
    ]


operation = Table(
    "operation",
    Record.metadata,
    *_entry_columns(),
    Column("who", String(36)),
    Column("client", Text, nullable=False, default=""),
    Column("at", UtcMoment, nullable=False),
    Column("text", Text, nullable=False),
    Column("undoes", String(36), index=True),
    info=_ENTRY,
    sqlite_strict=True,
)

change = Table(
    "change",
    Record.metadata,
    *_entry_columns(),
    Column("operation_id", String(36), index=True),  # empty: outside the program
    Column("table_name", Text, nullable=False),
    Column("row_id", String(36), nullable=False, index=True),
    Column("before", Text),
    Column("after", Text),
    Column("at", Text),  # only where there is no operation to tell the time
    info=_ENTRY,
    sqlite_strict=True,
)

dirty = Table(  # rows the hub has not seen: its last image of each, and how often we touched it
    "dirty",
    Record.metadata,
    Column("table_name", Text, primary_key=True),
    Column("row_id", String(36), primary_key=True),
    Column("base", Text),
    Column("lsn", Integer, nullable=False),
    Column("is_new", Integer, nullable=False),
    Column("rejected", Text),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

store_state = Table(  # one row: what the triggers look at
    "store_state",
    Record.metadata,
    Column("n", Integer, primary_key=True),
    Column("applying", Integer, nullable=False),
    Column("operation", String(36)),
    sqlite_strict=True,
)

snapshot = Table(  # the last Обзор, painted before anything else is loaded
    "snapshot",
    Record.metadata,
    Column("n", Integer, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_strict=True,
)
