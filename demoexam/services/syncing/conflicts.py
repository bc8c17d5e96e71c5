"""Where two computers disagree and a person must choose: cards by record, oldest first."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.models.base import Record
from demoexam.models.catalog import entities
from demoexam.models.exchange import Conflict, ConflictKind, ConflictStatus
from demoexam.services.papers.sheet import local_time
from demoexam.services.records.records import PARTS
from demoexam.services.records.stored_values import stored_values, unit_columns
from demoexam.services.records.words import (
    EMPTY,
    column_label,
    record_title,
    table_title,
    unit_label,
    unit_words,
    value_words,
)
from demoexam.services.syncing.cards import ConflictCard, OtherRecord, Pair, Side, ValueLine
from demoexam.services.syncing.clashes import offers_for, other_title, reason_of
from demoexam.services.syncing.conflict_facts import (
    author_of_ours,
    author_of_theirs,
    edits_of,
    merged_lines,
    values_of_side,
)
from demoexam.services.syncing.share import ShareEffects

Home = tuple[str, str]  # the record a card is about: table, id
VALUES = frozenset({ConflictKind.FIELD, ConflictKind.DELETION})
OF_THE_ROW = frozenset({"id", "owner_id", "deleted", "deleted_by", "held", "person_hash"})
EFFECTS = 30  # of so many cards the share is tried out: each takes a moment


def open_conflicts(session: Session) -> list[ConflictCard]:
    """Everything that waits for a choice, grouped by record.

    Trying out the share takes the write lock for a moment: not within a transaction.
    """
    homes: dict[Home, list[Conflict]] = {}
    pairs: list[Conflict] = []
    for conflict in session.scalars(_open()):
        if conflict.kind in VALUES:
            homes.setdefault(_home(session, conflict), []).append(conflict)
        else:
            pairs.append(conflict)
    share = ShareEffects(session)
    cards = [
        _card_of_values(session, home, conflicts, share if at < EFFECTS else None)
        for at, (home, conflicts) in enumerate(homes.items())
    ]
    return [*cards, *(_card_of_pair(session, conflict) for conflict in pairs)]


def conflict_rows(session: Session) -> list[dict[str, Any]]:
    """What `conflicts --json` prints: facts, no words but `text`."""
    return [
        {
            "id": one.id, "kind": one.kind.value, "table": one.table_name, "row_id": one.row_id,
            "unit": one.unit, "code": one.code, "base": _parsed(one.base),
            "mine": _parsed(one.ours), "hub": _parsed(one.theirs), "client": one.client,
            "who": one.who, "at": one.at.isoformat(), "other_table": one.other_table,
            "other_id": one.other_id, "text": sentence(session, one),
        }
        for one in session.scalars(_open())
    ]  # fmt: skip


def sentence(session: Session, conflict: Conflict) -> str:
    """One line for a list: the record, and what is to be chosen."""
    title = record_title(session, conflict.table_name, conflict.row_id)
    if conflict.kind not in VALUES:
        return f"{title}: {reason_of(session, conflict)}"
    table, unit = conflict.table_name, conflict.unit
    mine = unit_words(session, table, unit, values_of_side(conflict.ours))
    hubs = unit_words(session, table, unit, values_of_side(conflict.theirs))
    return f"{title}: {unit_label(table, unit)}: «{mine}» или «{hubs}»"


def _open() -> Any:
    return (
        select(Conflict)
        .where(Conflict.deleted.is_(False), Conflict.status == ConflictStatus.OPEN)
        .order_by(Conflict.at, Conflict.id)
    )


def _parsed(side: str | None) -> Any:
    return None if side is None else json.loads(side)


def _home(session: Session, conflict: Conflict) -> Home:
    """A place of work is shown on its expert's card, a duty on that of its exam."""
    for table, parts in PARTS.items():
        for part, column in parts:
            if part == conflict.table_name:
                entity = entities()[part]
                owner = session.scalar(
                    select(getattr(entity, column)).where(entity.id == conflict.row_id)
                )
                if owner:
                    return table, owner
    return conflict.table_name, conflict.row_id


def _card_of_values(
    session: Session, home: Home, conflicts: Sequence[Conflict], share: ShareEffects | None
) -> ConflictCard:
    table, row_id = home
    here = all(_is_here(session, one) for one in conflicts)
    lines, merged = [], []
    for rows in _by_row(conflicts).values():
        edits = edits_of(session, rows[0].table_name, rows[0].row_id)
        lines += [_line(session, home, one, edits) for one in rows]
        ours = "ваше" if here else "то, что ввели вместе с этим"
        merged += merged_lines(rows, edits, ours=ours, theirs="из хранилища")
    return ConflictCard(
        kind=conflicts[0].kind if len(conflicts) == 1 else ConflictKind.FIELD,
        table=table, row_id=row_id, title=record_title(session, table, row_id),
        record_kind=table_title(table), ids=tuple(one.id for one in conflicts),
        at=local_time(conflicts[0].at), here=here, who="" if here else lines[0].mine.who,
        lines=tuple(_told_apart(lines)), merged=tuple(merged),
        effect=share.of(conflicts) if share else "",
    )  # fmt: skip


def _by_row(conflicts: Sequence[Conflict]) -> Mapping[str, list[Conflict]]:
    rows: dict[str, list[Conflict]] = {}
    for one in conflicts:
        rows.setdefault(one.row_id, []).append(one)
    return rows


def _line(session: Session, home: Home, conflict: Conflict, edits: Sequence[Any]) -> ValueLine:
    table, unit = conflict.table_name, conflict.unit
    columns = unit_columns(table, unit)
    record: Any = session.get(entities()[table], conflict.row_id)
    stands = stored_values(record, columns) if record is not None else {}
    if conflict.kind is ConflictKind.DELETION:
        stands = values_of_side(conflict.theirs)
    ours, theirs = author_of_ours(session, conflict, edits), author_of_theirs(conflict, edits)
    mine, hub, base = (
        _said(session, conflict, values)
        for values in (values_of_side(conflict.ours), stands, values_of_side(conflict.base))
    )
    label = unit_label(table, unit)
    return ValueLine(
        conflict.id, table, conflict.row_id, unit,
        label if home[0] == table else f"{table_title(table)}: {label[:1].lower()}{label[1:]}",
        base if conflict.base else "",
        Side(mine, ours.name, ours.at), Side(hub, theirs.name, theirs.at),
        typed=len(columns) == 1 and not _points_elsewhere(table, columns[0]),
        text="" if mine == EMPTY else mine,
    )  # fmt: skip


def _said(session: Session, conflict: Conflict, values: Mapping[str, Any]) -> str:
    if conflict.kind is ConflictKind.DELETION:
        return "Удалить запись" if values.get("deleted") else "Оставить запись"
    return unit_words(session, conflict.table_name, conflict.unit, values)


def _told_apart(lines: Sequence[ValueLine]) -> Iterator[ValueLine]:
    """«Место работы: организация» is «Организация» while no other line says the same."""
    from dataclasses import replace

    short = [line.label.rpartition(": ")[2] for line in lines]
    for line, label in zip(lines, short, strict=True):
        lone = short.count(label) == 1
        yield replace(line, label=label[:1].upper() + label[1:]) if lone else line


def _points_elsewhere(table: str, column: str) -> bool:
    return bool(Record.metadata.tables[table].columns[column].foreign_keys)


def _card_of_pair(session: Session, conflict: Conflict) -> ConflictCard:
    table, other_table = conflict.table_name, conflict.other_table
    other_id = conflict.other_id or ""
    here = _is_here(session, conflict)
    return ConflictCard(
        kind=conflict.kind, table=table, row_id=conflict.row_id,
        title=record_title(session, table, conflict.row_id), record_kind=table_title(table),
        ids=(conflict.id,), at=local_time(conflict.at), here=here,
        reason=reason_of(session, conflict),
        other=OtherRecord(
            other_table, other_id, other_title(session, conflict), table_title(other_table)
        ),
        pairs=tuple(_pairs(session, conflict)) if table == other_table else (),
        offers=tuple(offers_for(session, conflict)),
    )  # fmt: skip


def _pairs(session: Session, conflict: Conflict) -> Iterator[Pair]:
    """Both records column by column, without what is empty in both."""
    table = conflict.table_name
    entity = entities()[table]
    this, other = (session.get(entity, each) for each in (conflict.row_id, conflict.other_id))
    if this is None or other is None:
        return
    names = [
        name
        for name in Record.metadata.tables[table].columns.keys()  # noqa: SIM118 -- not a dict
        if name not in OF_THE_ROW and name not in {"n", "rev", "skey"}
    ]
    ours, theirs = stored_values(this, names), stored_values(other, names)
    for name in names:
        said = [value_words(session, table, name, values[name]) for values in (ours, theirs)]
        if set(said) != {EMPTY}:
            yield Pair(column_label(table, name), *said)


def _is_here(session: Session, conflict: Conflict) -> bool:
    return bool(conflict.client) and conflict.client == session.info.get("client")
