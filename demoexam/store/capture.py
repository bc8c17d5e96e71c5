"""Triggers, generated from the tables, that write the journal and note what the hub has not seen.

They are not migrated: `install` drops and rebuilds them after each change of the schema.
"""

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, Table

from demoexam.models.base import Record, captured_columns, merge_units
from demoexam.models.catalog import entities
from demoexam.models.journal import change, operation

IDLE = "(SELECT applying FROM store_state) = 0"
_MILLIS = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"
_UUID7 = (
    "printf('%08x-%04x-7%03x-8%03x-%012x', ms >> 16, ms & 65535,"
    " random() & 4095, random() & 4095, random() & 281474976710655)"
)
_NEXT_UUID7 = _UUID7.replace(  # the row's number makes ids of one moment sort as they were made
    "random() & 4095, random() & 4095", "row.n >> 12 & 4095, row.n & 4095"
)
_STATE = f"(SELECT operation, {_MILLIS} AS ms FROM store_state)"
_CHANGE = "INSERT INTO change (id, operation_id, table_name, row_id, before, after, at)"
_DIRTY = "INSERT INTO dirty (table_name, row_id, base, lsn, is_new)"
_TOUCHED = " ON CONFLICT (table_name, row_id) DO UPDATE SET lsn = lsn + 1, rejected = NULL"
_TIME = "CASE WHEN operation IS NULL THEN strftime('%Y-%m-%dT%H:%M:%f', 'now') END"


def install(connection: Connection) -> None:
    """Rebuild every capture trigger from the metadata."""
    for name in _names(connection):
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    for statement in statements():
        connection.exec_driver_sql(statement)


def statements() -> Iterator[str]:
    for name in entities():
        table = Record.metadata.tables[name]
        yield _on_insert(table)
        yield _on_update(table)
        yield from _guards(name, IDLE)
    for journal in (operation, change):
        yield from _guards(journal.name, IDLE)
        yield (
            f"CREATE TRIGGER capture_fixed_{journal.name} BEFORE UPDATE ON {journal.name}"
            f" WHEN {IDLE} BEGIN SELECT RAISE(ABORT, 'the journal is not edited'); END"
        )


def late_statements(table: Table) -> tuple[str, str]:
    """What the insert trigger writes, for all rows of the table above a number `n` at once."""
    rows = f"{table.name} AS row WHERE row.n > ?"
    image = f"'{table.name}', row.id, NULL, {_image(table, 'row')}"
    journal = f"{_CHANGE} SELECT {_NEXT_UUID7}, operation, {image}, {_TIME} FROM {_STATE}, {rows}"
    unsent = f"{_DIRTY} SELECT '{table.name}', row.id, NULL, 1, 1 FROM {rows}{_TOUCHED}"
    return f"{journal} ORDER BY row.n", unsent


def _names(connection: Connection) -> list[str]:
    rows = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        " AND name LIKE 'capture!_%' ESCAPE '!'"
    )
    return [row[0] for row in rows]


def _on_insert(table: Table) -> str:
    return (
        f"CREATE TRIGGER capture_insert_{table.name} AFTER INSERT ON {table.name} WHEN {IDLE} BEGIN"
        f" {_journal(table.name, 'NULL', _image(table, 'NEW'))};"
        f" {_dirty(table.name, 'NULL', 1)}; END"
    )


def _on_update(table: Table) -> str:
    columns = captured_columns(table)
    differs = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in columns)
    before, after = _difference(table, "OLD"), _difference(table, "NEW")
    return (
        f"CREATE TRIGGER capture_update_{table.name} AFTER UPDATE ON {table.name}"
        f" WHEN {IDLE} AND ({differs}) BEGIN"
        f" {_journal(table.name, before, after)};"
        f" {_dirty(table.name, _image(table, 'OLD'), 0)}; END"
    )


def _guards(name: str, when: str) -> Iterator[str]:
    yield (
        f"CREATE TRIGGER capture_delete_{name} BEFORE DELETE ON {name} WHEN {when}"
        " BEGIN SELECT RAISE(ABORT, 'rows are marked as deleted, never removed'); END"
    )
    yield (
        f"CREATE TRIGGER capture_id_{name} BEFORE UPDATE OF id, n ON {name}"
        " WHEN OLD.id IS NOT NEW.id OR OLD.n IS NOT NEW.n"
        " BEGIN SELECT RAISE(ABORT, 'an id never changes'); END"
    )


def _journal(table: str, before: str, after: str) -> str:
    return (
        f"{_CHANGE} SELECT {_UUID7}, operation, '{table}', NEW.id, {before}, {after}, {_TIME}"
        f" FROM {_STATE}"
    )


def _dirty(table: str, base: str, is_new: int) -> str:
    return f"{_DIRTY} VALUES ('{table}', NEW.id, {base}, 1, {is_new}){_TOUCHED}"


def _image(table: Table, row: str) -> str:
    pairs = ", ".join(f"'{name}', {row}.\"{name}\"" for name in captured_columns(table))
    return f"json_object({pairs})"


def _difference(table: Table, row: str) -> str:
    """The columns of every merge unit in which something differs: an undo compares whole units."""
    units = merge_units(table)
    parts = " UNION ALL ".join(
        f"SELECT '{name}' AS k, {row}.\"{name}\" AS v WHERE {_unit_differs(units, unit)}"
        for name, unit in units.items()
    )
    return f"(SELECT json_group_object(k, v) FROM ({parts}))"


def _unit_differs(units: Mapping[str, str], unit: str) -> str:
    same = [name for name, other in units.items() if other == unit]
    return " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in same)
