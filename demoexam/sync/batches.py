"""What is on its way between a store and its hub: rows to send, rows that came."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from demoexam.hub.columns import Form, Row
from demoexam.hub.hub import HubState
from demoexam.models.base import dump_json


@dataclass(frozen=True)
class Batch:
    """Rows on their way: `rows` by table, each with its count of touches at the end; `journal`
    the last local number of the entries sent."""

    id: str
    rows: Mapping[str, Sequence[Row]]
    journal: Mapping[str, int]

    def payload(self) -> str:
        return dump_json({"rows": self.rows, "journal": self.journal})

    @classmethod
    def read(cls, ident: str, payload: str) -> "Batch":
        saved = json.loads(payload)
        rows = {name: [tuple(row) for row in found] for name, found in saved["rows"].items()}
        return cls(ident, rows, saved["journal"])


@dataclass(frozen=True)
class News:
    """What the hub has beyond the store's `cursor`; `head` made its last commit."""

    state: HubState
    cursor: int
    head: str
    rows: Mapping[Form, Sequence[Row]]


def unsent_rows(near: Connection, each: Form, room: int) -> Sequence[Row]:
    """Up to `room` rows that the hub has neither seen nor refused, with their counts of touches."""
    columns = ", ".join(f't."{name}"' for name in each.columns)
    query = (
        f'SELECT {columns}, d.lsn FROM dirty AS d CROSS JOIN "{each.name}" AS t'
        " WHERE d.table_name = ? AND d.rejected IS NULL AND t.id = d.row_id"
        " ORDER BY d.row_id LIMIT ?"
    )
    return [tuple(row) for row in near.exec_driver_sql(query, (each.name, room))]


def unsent_entries(near: Connection, each: Form, room: int) -> Sequence[Row]:
    """Up to `room` entries of a journal, the oldest first, each with its local number."""
    query = f'SELECT {each.quoted}, n FROM "{each.name}" WHERE rev IS NULL ORDER BY n LIMIT ?'
    return [tuple(row) for row in near.exec_driver_sql(query, (room,))]


def mark_sent(near: Connection, each: Form, rows: Sequence[Row], rev: int) -> None:
    """Rows as sent are the base now; those untouched since have nothing more to send."""
    if not rows:
        return
    near.exec_driver_sql(
        f'UPDATE "{each.name}" SET rev = ? WHERE id = ?', [(rev, row[0]) for row in rows]
    )
    sent: list[tuple[Any, ...]] = [(each.name, row[0], row[-1]) for row in rows]
    near.exec_driver_sql("DELETE FROM dirty WHERE table_name = ? AND row_id = ? AND lsn = ?", sent)
    query = text("SELECT row_id FROM dirty WHERE table_name = :name")
    left = set(near.scalars(query, {"name": each.name}))
    touched = [
        (dump_json(each.image(row[:-1])), each.name, row[0]) for row in rows if row[0] in left
    ]
    if touched:
        near.exec_driver_sql(
            "UPDATE dirty SET base = ?, is_new = 0 WHERE table_name = ? AND row_id = ?", touched
        )
