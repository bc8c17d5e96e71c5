"""Rows of the hub into the store: merged where this desktop has edits of its own."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, text

from demoexam.hub.columns import CONFLICT, ERASURE, Form, form
from demoexam.hub.hub import utc_now
from demoexam.models.base import Record, dump_json, new_id
from demoexam.store.erasing import PERSONAL, erase_here, scrub
from demoexam.sync.merge import DELETION, Row, merge

IN_IDS = "row_id IN (SELECT value FROM json_each(:ids))"


@dataclass
class Arrival:
    """One local transaction that takes what the hub sent; `tables` are those it wrote."""

    connection: Connection
    client: str
    tables: set[str] = field(default_factory=set)
    rows: int = 0

    def take(self, got: Mapping[Form, Sequence[Row]]) -> None:
        """Rows with their rev at the end. New conflicts are rows like others, still to be sent."""
        erasures = got.get(form(ERASURE), ())
        conflicts = [
            found for each, rows in got.items() if rows for found in self._take(each, rows)
        ]
        if conflicts:
            self._add_conflicts(conflicts)
        for row in erasures:
            facts = form(ERASURE).image(row[:-1])
            erase_here(self.connection, str(facts["table_name"]), str(facts["row_id"]))
        for each in got.keys() & {form(name) for name in PERSONAL}:
            self._keep_erased(each, got[each])
        for each in got.keys() & {form("change"), form(CONFLICT)}:
            self._empty_late(each, got[each])

    def _empty_late(self, each: Form, rows: Sequence[Row]) -> None:
        """What tells of a person erased here may come from a desk that did not know it yet."""
        query = text(f"SELECT DISTINCT table_name, row_id FROM erasure WHERE {IN_IDS}")
        at = each.columns.index("row_id")
        for found in self.connection.execute(
            query, {"ids": dump_json([r[at] for r in rows])}
        ).all():
            scrub(self.connection, found.table_name, found.row_id)

    def _keep_erased(self, each: Form, rows: Sequence[Row]) -> None:
        """An erasure stands over an edit that reached the hub before it: the row is sent again."""
        query = text(f"SELECT row_id FROM erasure WHERE table_name = :name AND {IN_IDS}")
        ids = {"name": each.name, "ids": dump_json([row[0] for row in rows])}
        erased = set(self.connection.scalars(query, ids))
        for theirs in (each.image(row[:-1]) for row in rows if row[0] in erased):
            emptied = {**theirs, **PERSONAL[each.name]}
            erase_here(self.connection, each.name, str(theirs["id"]))
            if emptied != theirs:
                self.connection.exec_driver_sql(
                    "INSERT INTO dirty (table_name, row_id, base, lsn, is_new)"
                    " VALUES (?, ?, ?, 1, 0)"
                    " ON CONFLICT (table_name, row_id) DO UPDATE SET lsn = lsn + 1",
                    (each.name, theirs["id"], dump_json(emptied)),
                )

    def _take(self, each: Form, rows: Sequence[Row]) -> Iterable[dict[str, object]]:
        self.tables.add(each.name)
        if not each.journal and each.name != CONFLICT:
            self.rows += len(rows)
        mine = {} if each.journal else self._edited(each, rows)
        if not mine:
            self.connection.exec_driver_sql(each.upsert, list(rows))
            return []
        result: list[Row] = []
        conflicts: list[dict[str, object]] = []
        for row in rows:
            theirs, ident = row[:-1], str(row[0])
            if ident not in mine:
                result.append(row)
                continue
            base, ours = mine[ident]
            merged, contradicted = merge(each.units, base, ours, theirs)
            if each.name != CONFLICT:  # of two choices the first stands: the edits merge themselves
                conflicts += (
                    self._conflict(each, unit, base, ours, theirs) for unit in contradicted
                )
            result.append((*merged, row[-1]))
            self._settle(each, merged, theirs)
        self.connection.exec_driver_sql(each.upsert, result)
        return conflicts

    def _edited(self, each: Form, rows: Sequence[Row]) -> dict[str, tuple[Row | None, Row]]:
        """Id -> (base, ours) of those rows that have edits the hub has not seen."""
        ids = {"ids": dump_json([row[0] for row in rows]), "name": each.name}
        columns = ", ".join(f't."{name}"' for name in each.columns)
        query = text(
            f"SELECT d.base, d.is_new, {columns} FROM dirty AS d"
            f' JOIN "{each.name}" AS t ON t.id = d.row_id WHERE d.table_name = :name AND d.{IN_IDS}'
        )
        mine: dict[str, tuple[Row | None, Row]] = {}
        for base, is_new, *ours in self.connection.execute(query, ids):
            known = None if is_new or base is None else json.loads(base)
            pairs = zip(each.columns, ours, strict=True)  # a base of an older schema has fewer
            started = known and tuple(known.get(name, value) for name, value in pairs)
            mine[str(ours[0])] = (started, tuple(ours))
        return mine

    def _settle(self, each: Form, merged: Row, theirs: Row) -> None:
        """The hub's row is the base from now on; equal to it, the row has nothing to send."""
        ident = str(theirs[0])
        if merged == theirs:
            self._forget(each, ident)
            return
        self.connection.execute(
            text(
                "UPDATE dirty SET base = :base, is_new = 0"
                " WHERE table_name = :name AND row_id = :id"
            ),
            {"base": dump_json(each.image(theirs)), "name": each.name, "id": ident},
        )

    def _forget(self, each: Form, ident: str) -> None:
        query = text("DELETE FROM dirty WHERE table_name = :name AND row_id = :id")
        self.connection.execute(query, {"name": each.name, "id": ident})

    def _conflict(
        self, each: Form, unit: str, base: Row | None, ours: Row, theirs: Row
    ) -> dict[str, object]:
        values = [None if row is None else dump_json(_part(each, unit, row))
                  for row in (base, ours, theirs)]  # fmt: skip
        owner = theirs[each.columns.index("owner_id")]
        return {
            "id": new_id(), "owner_id": owner, "deleted": 0, "deleted_by": None, "held": 0,
            "table_name": each.name, "row_id": theirs[0],
            "kind": "deletion" if unit == DELETION else "field", "unit": unit, "code": "",
            "other_table": "", "other_id": None,
            "base": values[0], "ours": values[1], "theirs": values[2],
            "client": self.client, "who": self._author(each.name, str(theirs[0])),
            "at": utc_now(), "status": "open", "choice": None,
        }  # fmt: skip

    def _author(self, table: str, ident: str) -> str | None:
        """The coordinator behind the latest edit here that the hub has not seen."""
        query = text(
            "SELECT o.who FROM change AS c JOIN operation AS o ON o.id = c.operation_id"
            " WHERE c.row_id = :id AND c.table_name = :name AND c.rev IS NULL"
            " ORDER BY c.n DESC LIMIT 1"
        )
        who: str | None = self.connection.scalar(query, {"id": ident, "name": table})
        return who

    def _add_conflicts(self, conflicts: Sequence[Mapping[str, object]]) -> None:
        each = form(CONFLICT)
        rows = [tuple(found[name] for name in (*each.columns,)) for found in conflicts]
        self.connection.exec_driver_sql(each.upsert, [(*row, None) for row in rows])
        self.connection.exec_driver_sql(
            "INSERT INTO dirty (table_name, row_id, lsn, is_new) VALUES (?, ?, 1, 1)",
            [(CONFLICT, row[0]) for row in rows],
        )
        self.tables.add(CONFLICT)


def add_stubs(connection: Connection, got: Mapping[Form, Sequence[Row]]) -> None:
    """Where a scope hides the row another one points at, a deleted stand-in keeps the link."""
    for each, rows in got.items():
        table = Record.metadata.tables[each.name]
        for key in table.foreign_keys if rows else ():
            at = each.columns.index(key.parent.name)
            wanted = {row[at] for row in rows if row[at] is not None}
            target = key.column.table
            query = text(
                "SELECT value FROM json_each(:ids) WHERE value NOT IN"
                f' (SELECT id FROM "{target.name}" WHERE id IN (SELECT value FROM json_each(:ids)))'
            )
            missing = connection.scalars(query, {"ids": dump_json(sorted(map(str, wanted)))}).all()
            _stand_in(connection, form(target.name), missing)


def _stand_in(connection: Connection, each: Form, missing: Sequence[str]) -> None:
    table = Record.metadata.tables[each.name]
    for ident in missing:
        row = []
        for name in each.columns:
            column = table.columns[name]
            kinds = getattr(column.type, "enums", None)
            plain = 0 if column.type.python_type in {int, bool} else ""
            row.append(None if column.nullable else kinds[0] if kinds else plain)
        values = each.image(row) | {"id": ident, "deleted": 1}
        connection.exec_driver_sql(each.upsert, [(*values.values(), 0)])


def _part(each: Form, unit: str, row: Row) -> dict[str, object]:
    return {each.columns[at]: row[at] for at in each.units[unit]}
