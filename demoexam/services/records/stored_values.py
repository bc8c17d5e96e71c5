"""Values as SQLite and the journal keep them, and as Python and the records have them."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, DateTime, Enum

from demoexam.models.base import Record, dump_json, merge_units


def read_stored(table: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Columns' stored values as a record's attributes take them."""
    columns = Record.metadata.tables[table].columns
    return {name: _python(columns[name].type, raw) for name, raw in values.items()}


def stored_values(record: Record, names: Iterable[str]) -> dict[str, Any]:
    """A record's values as they stand in its row."""
    columns = Record.metadata.tables[record.__tablename__].columns
    return {name: _stored(columns[name].type, getattr(record, name)) for name in names}


def unit_columns(table: str, unit: str) -> list[str]:
    """The columns that mean something only together."""
    return [name for name, of in merge_units(Record.metadata.tables[table]).items() if of == unit]


def _python(kind: object, raw: Any) -> Any:
    if raw is None:
        return None
    if isinstance(kind, Enum) and kind.enum_class:
        return kind.enum_class(raw)
    reader = next((read for types, read in _READERS if isinstance(kind, types)), None)
    return reader(raw) if reader else raw


def _stored(kind: object, value: Any) -> Any:
    if isinstance(kind, JSON) and value is not None:
        return dump_json(value)
    match value:
        case bool():
            return int(value)
        case datetime():
            return value.isoformat(timespec="minutes")
        case date():
            return value.isoformat()
        case _:
            return value


_READERS: Sequence[tuple[type, Callable[[Any], Any]]] = (
    (Boolean, bool),
    (DateTime, datetime.fromisoformat),
    (Date, date.fromisoformat),
    (JSON, json.loads),
)
