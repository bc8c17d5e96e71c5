"""The store as an import would leave it: rows read once, additions and changes kept in memory."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.models.base import Record, captured_columns, many_ids
from demoexam.models.reference import Setting
from demoexam.rules.identity import clean
from demoexam.services.college.setting_rows import SettingScope
from demoexam.services.imports.writes import Writes
from demoexam.store.bulk import blank_row

Row = dict[str, Any]


class FieldChange(NamedTuple):
    """One value that would change; `field` is a column's name."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class SettingFacts:
    """A row of settings, written or not."""

    values: Row

    @property
    def id(self) -> str:
        return str(self.values["id"])

    @property
    def key(self) -> str:
        return str(self.values["key"])

    @property
    def owner_id(self) -> str | None:
        return str(self.values["owner_id"] or "")


class Draft:
    """Rows that are not deleted, held ones included, as they would be after the import."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.writes = Writes()
        self._rows: dict[str, dict[str, Row]] = {}
        self._new: dict[type[Record], tuple[Row, dict[str, Row], dict[str, Row]]] = {}
        self._ids = many_ids()

    def rows(self, entity: type[Record]) -> Mapping[str, Row]:
        """Id -> values of every row of the table, read at first need."""
        table = entity.__tablename__
        if table not in self._rows:
            known = Record.metadata.tables[table]
            columns = [known.c[name] for name in captured_columns(known)]
            query = select(*columns).order_by(known.c.n)
            if entity is not Setting:  # a setting's id is its key's: a deleted one is revived
                query = query.where(known.c.deleted.is_(False))
            found = self.session.execute(query).mappings()
            self._rows[table] = {row["id"]: dict(row) for row in found}
        elif table in self.writes.fresh:
            self._tell_apart(entity)
        return self._rows[table]

    def where(self, entity: type[Record], **values: Any) -> Iterator[Row]:
        """Live rows with exactly these values, oldest first."""
        for row in [*self.rows(entity).values()]:
            if not row["deleted"] and all(row[name] == value for name, value in values.items()):
                yield row

    def add(self, entity: type[Record], **values: Any) -> str:
        """A new row; columns left out get their defaults."""
        return str(self.added(entity, values)["id"])

    def added(self, entity: type[Record], values: Row) -> Row:
        """A new row as it will be written, to be looked at; the draft alone changes it."""
        blank, rows, written = self._new.get(entity) or self._first(entity)
        row = blank | values
        ident = row["id"] = row["id"] or next(self._ids)
        rows[ident] = written[ident] = row
        return row

    def add_all(
        self, entity: type[Record], names: Sequence[str], rows: Sequence[tuple[Any, ...]]
    ) -> None:
        """New rows that nobody looks at, as a rule; ids are made here unless `names` has them."""
        if not rows:
            return
        self.rows(entity)
        columns = dict(zip(names, zip(*rows, strict=True), strict=True))
        columns.setdefault("id", tuple(islice(self._ids, len(rows))))
        self.writes.fresh[entity.__tablename__] = columns

    def new_id(self) -> str:
        return next(self._ids)

    def _tell_apart(self, entity: type[Record]) -> None:
        """Rows added all at once become rows like any others."""
        if columns := self.writes.fresh.pop(entity.__tablename__, None):
            for values in zip(*columns.values(), strict=True):
                self.added(entity, dict(zip(columns, values, strict=True)))

    def _first(self, entity: type[Record]) -> tuple[Row, dict[str, Row], dict[str, Row]]:
        """What a new row is made of, and where it goes: looked up once for all rows of a table."""
        table = entity.__tablename__
        self.rows(entity)
        written = self.writes.added.setdefault(table, {})
        self._new[entity] = blank_row(entity), self._rows[table], written
        return self._new[entity]

    def withdraw(self, entity: type[Record], ident: str) -> None:
        """A new row that is not wanted after all."""
        self.rows(entity)
        del self.writes.added[entity.__tablename__][ident]
        del self._rows[entity.__tablename__][ident]

    def change(self, entity: type[Record], ident: str, **values: Any) -> list[FieldChange]:
        """Write what differs; the differences are returned."""
        table, row = entity.__tablename__, self.rows(entity)[ident]
        differing = {name: new for name, new in values.items() if not _same(row[name], new)}
        changes = [FieldChange(name, row[name], value) for name, value in differing.items()]
        if differing:
            row.update(differing)
            if ident not in self.writes.added.get(table, {}):  # a new row is written as it is
                self._changed(table, ident).update(differing)
        return changes

    def setting(self, key: str) -> Any:
        """The value of the college's setting; None when there is none."""
        row = self._setting(key)
        return row["value"] if row and not row["deleted"] else None

    def put_setting(self, key: str, value: Any) -> None:
        row = self._setting(key)
        if row is not None:
            self.change(Setting, row["id"], value=value, deleted=False, deleted_by=None)
        else:
            self.add(Setting, id=self._scope.ident(key, value), key=key, value=value)

    def _setting(self, key: str) -> Row | None:
        rows = (SettingFacts(row) for row in self.rows(Setting).values() if row["key"] == key)
        chosen = self._scope.choose(sorted(rows, key=lambda row: bool(row.values["deleted"])))
        return chosen.values if chosen else None

    @cached_property
    def _scope(self) -> SettingScope:
        return SettingScope(self.session)

    def is_new(self, entity: type[Record], ident: str) -> bool:
        self.rows(entity)
        return ident in self.writes.added.get(entity.__tablename__, {})

    def is_held(self, ident: str) -> bool:
        """Whether the row, of whatever table, is kept out of the plan."""
        return any(rows[ident]["held"] for rows in self._rows.values() if ident in rows)

    def _changed(self, table: str, ident: str) -> Row:
        return self.writes.changed.setdefault(table, {}).setdefault(ident, {})


@contextmanager
def many_objects() -> Iterator[None]:
    """The search for cycles would look through a long file's rows again and again, in vain."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _same(old: Any, new: Any) -> bool:
    """Spaces that do not break and line breaks are lost on the way through a file: no change."""
    return bool(old == new) or (
        isinstance(old, str) and isinstance(new, str) and clean(old) == clean(new)
    )


def grouped(rows: Iterable[Row], key: str) -> dict[Any, list[Row]]:
    """Rows by the value of a column."""
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(row[key], []).append(row)
    return found
