"""What an import will write, and the writing of it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy.orm import Session

from demoexam.models.base import Record
from demoexam.models.catalog import entities
from demoexam.store.bulk import (
    Columns,
    Prepared,
    Values,
    columns_of,
    insert_prepared,
    prepare_rows,
    stamp_of,
)

_PART: Final = 2_000  # rows made ready at once


@dataclass
class Writes:
    """What has to be written, by table: new rows, and changed values of old ones.

    `added` are whole rows that others look at, `fresh` those that nobody has asked for.
    """

    added: dict[str, dict[str, Values]] = field(default_factory=dict)
    fresh: dict[str, Columns] = field(default_factory=dict)
    changed: dict[str, dict[str, Values]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(self.added.values()) or bool(self.fresh) or any(self.changed.values())

    def counts(self) -> dict[str, int]:
        """How many new rows, by table."""
        found = Counter({table: len(rows) for table, rows in self.added.items()})
        found.update({table: len(columns["id"]) for table, columns in self.fresh.items()})
        return dict(found)

    def values(self, table: str, column: str) -> Iterator[Any]:
        """What would be written into the column."""
        for rows in (self.added.get(table, {}), self.changed.get(table, {})):
            yield from (row.get(column) for row in rows.values())
        yield from self.fresh.get(table, {}).get(column, ())

    def write(self, session: Session) -> None:
        """Parents before children, so that an undo can take them back the other way round.

        While SQLite writes some rows, the next are made ready.
        """
        known, stamp = entities(), stamp_of(session)
        with ThreadPoolExecutor(max_workers=1) as aside:
            ready = {
                table: [aside.submit(prepare_rows, entity, part, *stamp)
                        for part in self._parts(entity)]
                for table, entity in known.items()
            }  # fmt: skip
            try:
                self._write(session, ready)
            finally:
                aside.shutdown(wait=False, cancel_futures=True)

    def _write(self, session: Session, ready: Mapping[str, Sequence[Future[Prepared]]]) -> None:
        counts = self.counts()
        for table, entity in entities().items():
            parts = (part.result() for part in ready[table])
            insert_prepared(session, entity, counts.get(table, 0), parts)
            for ident, values in self.changed.get(table, {}).items():
                record = session.get_one(entity, ident)
                for name, value in values.items():
                    setattr(record, name, value)
                if values.get("deleted"):
                    record.deleted_by = session.info.get("operation")
            session.flush()

    def _parts(self, entity: type[Record]) -> Iterator[Columns]:
        added = self.added.get(entity.__tablename__)
        whole = columns_of(entity, [*added.values()]) if added else {}
        for columns in (whole, self.fresh.get(entity.__tablename__, {})):
            for start in range(0, len(columns.get("id", ())), _PART):
                yield {name: rows[start : start + _PART] for name, rows in columns.items()}
