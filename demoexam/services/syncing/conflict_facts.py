"""Who wrote which of two values and when, and what the two sides agreed on: from the journal."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.models.base import Record, merge_units
from demoexam.models.exchange import Conflict
from demoexam.models.journal import change, operation
from demoexam.models.reference import Coordinator
from demoexam.services.papers.sheet import local_time
from demoexam.services.records.words import unit_label

UNTOLD = frozenset({"id", "owner_id", "deletion", "held"})  # units nobody writes by hand


@dataclass(frozen=True)
class Author:
    """Who wrote a value and when, on the college's clock; empty where the journal does not say."""

    name: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Edit:
    """One line of a record's journal."""

    client: str
    author: Author
    rev: int | None
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def edits_of(session: Session, table: str, row_id: str) -> list[Edit]:
    """All edits of the record, from whatever computer, newest first."""
    query = (
        select(
            operation.c.client, Coordinator.name, operation.c.at, change.c.rev, change.c.before,
            change.c.after,
        )
        .join(operation, operation.c.id == change.c.operation_id)
        .outerjoin(Coordinator, Coordinator.id == operation.c.who)
        .where(change.c.row_id == row_id, change.c.table_name == table)
        .order_by(change.c.rev.is_(None).desc(), change.c.rev.desc(), change.c.n.desc())
    )  # fmt: skip
    return [
        Edit(client, Author(name or "", local_time(at)), rev, _values(before), _values(after))
        for client, name, at, rev, before, after in session.execute(query)
    ]


def author_of_ours(session: Session, conflict: Conflict, edits: Sequence[Edit]) -> Author:
    """Who wrote the value that the hub did not take."""
    mine = [edit for edit in edits if edit.client == conflict.client]
    found = _writer_of(mine, values_of_side(conflict.ours))
    if found is not None:
        return found
    person = session.get(Coordinator, conflict.who) if conflict.who else None
    return Author(person.name if person else "", local_time(conflict.at))


def author_of_theirs(conflict: Conflict, edits: Sequence[Edit]) -> Author:
    """Who wrote the value that stands in the hub."""
    others = [edit for edit in edits if edit.client != conflict.client]
    found = _writer_of(others, values_of_side(conflict.theirs))
    if found is None and conflict.unit == "deletion" and others:
        return others[0].author  # he edited what the other side deleted
    return found or Author()


def values_of_side(side: str | None) -> dict[str, Any]:
    """A conflict's `base`, `ours` or `theirs`: column -> stored value."""
    return _values(side)


def merged_lines(
    conflicts: Sequence[Conflict], edits: Sequence[Edit], *, ours: str, theirs: str
) -> list[str]:
    """«Почта: взято из хранилища»: what one side alone changed, so nobody has to choose.

    `ours` and `theirs` say where a value was taken from. Empty where the journal does not reach.
    """
    first = conflicts[0]
    table = first.table_name
    open_units = {conflict.unit for conflict in conflicts}
    mine = _units(table, _sent_with(first, edits))
    hubs = _units(table, _since_base(first, edits))
    told = [
        (sorted(set(hubs) - set(mine) - open_units), f"взято {theirs}"),
        (sorted(set(mine) - set(hubs) - open_units), f"взято {ours}"),
        (sorted(set(mine) & set(hubs) - open_units), "совпадает"),
    ]
    return [
        f"{', '.join(unit_label(table, unit) for unit in units)}: {where}"
        for units, where in told
        if units
    ]


def _sent_with(conflict: Conflict, edits: Sequence[Edit]) -> Iterator[Edit]:
    """The client's edits that went to the hub together with the conflict."""
    for edit in edits:
        if edit.client == conflict.client and edit.rev == conflict.rev and edit.before:
            yield edit


def _since_base(conflict: Conflict, edits: Sequence[Edit]) -> Iterator[Edit]:
    """Edits of others back to the one that left what both sides began with."""
    base = values_of_side(conflict.base)
    others = [
        edit
        for edit in edits
        if edit.client != conflict.client
        and edit.rev is not None
        and (conflict.rev is None or edit.rev < conflict.rev)
    ]
    from_base = [
        at
        for at, edit in enumerate(others)
        if base and edit.before and all(edit.before.get(k, _NONE) == v for k, v in base.items())
    ]
    yield from others[: from_base[0] + 1] if from_base else ()


def _units(table: str, edits: Iterator[Edit]) -> frozenset[str]:
    units = merge_units(Record.metadata.tables[table])
    return frozenset(units[name] for edit in edits for name in edit.after if name in units) - UNTOLD


def _writer_of(edits: Sequence[Edit], values: Mapping[str, Any]) -> Author | None:
    for edit in edits:
        if values and all(edit.after.get(name, _NONE) == raw for name, raw in values.items()):
            return edit.author
    return None


def _values(text: str | None) -> dict[str, Any]:
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}


_NONE = object()
