"""Two records that may be one, as a person compares them: fields, parts, what comes together."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from demoexam.errors import Refused
from demoexam.models.base import Record
from demoexam.models.catalog import entities
from demoexam.rules.terms import ROLE_NAMES
from demoexam.services.duplicates.duplicates import Likeness
from demoexam.services.duplicates.fields import FieldLine, field_lines
from demoexam.services.records.records import live_record
from demoexam.services.records.words import EMPTY, record_title, short_title, value_words
from demoexam.store.store import own_college
from demoexam.text import short_date

SHOWN = 4  # parts named one by one; of more only the number is told
Said = Callable[[Session, Any], str]


@dataclass(frozen=True)
class PartLine:
    """What belongs to each of two records and comes together."""

    label: str
    this: Sequence[str]
    other: Sequence[str]


@dataclass(frozen=True)
class DuplicateCard:
    """Two records side by side; the first one stays, whichever values it gets."""

    likeness: Likeness
    table: str
    keep_id: str
    drop_id: str
    this_title: str
    other_title: str
    fields: Sequence[FieldLine]
    parts: Sequence[PartLine]
    hashes_differ: bool = False

    @property
    def differing(self) -> Sequence[FieldLine]:
        return [line for line in self.fields if line.differs]


def duplicate_card(session: Session, likeness: Likeness) -> DuplicateCard:
    """Raises NotFound when one of the two is gone meanwhile."""
    table = likeness.table
    keep_id, drop_id = _in_order(session, likeness)
    keep, drop = (live_record(session, table=table, record_id=each) for each in (keep_id, drop_id))
    hashes = {getattr(each, "person_hash", None) for each in (keep, drop)} - {None}
    return DuplicateCard(
        likeness, table, keep_id, drop_id,
        record_title(session, table, keep_id), record_title(session, table, drop_id),
        tuple(field_lines(session, keep, drop)), tuple(_parts(session, table, keep_id, drop_id)),
        hashes_differ=len(hashes) > 1,
    )  # fmt: skip


def _in_order(session: Session, likeness: Likeness) -> tuple[str, str]:
    """Which record stays: the own college, another college's, the one with more to its name."""
    pair = (likeness.this_id, likeness.other_id)
    own = own_college(session)
    if own in pair:
        return own, pair[own == pair[0]]
    rows = {ident: session.get(entities()[likeness.table], ident) for ident in pair}
    if None in rows.values():
        raise Refused("Одной из двух записей уже нет.", "Обновите список.")

    def weight(ident: str) -> tuple[bool, int, str]:
        foreign = getattr(rows[ident], "owner_id", "") not in {"", own}
        return not foreign, -_belongings(session, likeness.table, ident), ident

    first, second = sorted(pair, key=weight)
    return first, second


def _belongings(session: Session, table: str, ident: str) -> int:
    return sum(
        session.scalar(select(func.count()).select_from(entity).where(condition)) or 0
        for entity, condition in _pointing(table, ident)
    )


def _pointing(table: str, ident: str) -> Iterator[tuple[Any, Any]]:
    for name, entity in entities().items():
        for key in Record.metadata.tables[name].foreign_keys:
            if key.column.table.name == table:
                column = getattr(entity, key.parent.name)
                yield entity, (column == ident) & entity.deleted.is_(False)


def _parts(session: Session, table: str, keep_id: str, drop_id: str) -> Iterator[PartLine]:
    for name, (label, column, said) in PARTS[table].items():
        entity: Any = entities()[name]
        both = []
        for ident in (keep_id, drop_id):
            query = select(entity).where(
                getattr(entity, column) == ident, entity.deleted.is_(False)
            )
            both.append(_shortened([said(session, row) for row in session.scalars(query)]))
        if any(both):
            yield PartLine(label, *both)


def _shortened(words: list[str]) -> Sequence[str]:
    known = sorted(word for word in words if word)
    if len(known) <= SHOWN:
        return known
    return [*known[: SHOWN - 1], f"и ещё {len(known) - SHOWN + 1}"]


def _job(session: Session, row: Any) -> str:
    said = [record_title(session, "organization", row.organization_id), row.post]
    if row.valid_from:
        said.append(f"с {short_date(row.valid_from)}")
    if row.valid_to:
        said.append(f"по {short_date(row.valid_to)}")
    if not row.is_main:
        said.append("совместительство")
    return ", ".join(part for part in said if part)


def _paper(_session: Session, row: Any) -> str:
    until = f"до {short_date(row.valid_until)}" if row.valid_until else ""
    return " ".join(part for part in (row.number or row.kind or "без номера", until) if part)


def _competence(session: Session, row: Any) -> str:
    roles = value_words(session, "competence", "roles", row.roles)
    title = record_title(session, "competence", row.id)
    return title if roles == EMPTY else f"{title}: {roles}"


def _duty(session: Session, row: Any) -> str:
    held = " (отложено)" if row.held else ""
    return f"{record_title(session, 'exam_session', row.session_id)}, {ROLE_NAMES[row.role]}{held}"


def _titled(session: Session, row: Any) -> str:
    return record_title(session, row.__tablename__, row.id)


def _worker(session: Session, row: Any) -> str:
    return short_title(session, "expert", row.expert_id)


PARTS: Mapping[str, Mapping[str, tuple[str, str, Said]]] = {
    "expert": {
        "employment": ("Места работы", "expert_id", _job),
        "certificate": ("Свидетельства", "expert_id", _paper),
        "competence": ("Компетенции", "expert_id", _competence),
        "assignment": ("Экзамены", "expert_id", _duty),
        "unavailability": ("Когда не может", "expert_id", _titled),
        "teaching_link": ("Учил группы", "expert_id", _titled),
        "kinship_link": ("Родственники", "expert_id", _titled),
    },
    "organization": {
        "employment": ("Работают", "organization_id", _worker),
        "study_group": ("Группы", "college_id", _titled),
        "exam_center": ("Центры", "organization_id", _titled),
        "workshop": ("Мастерские", "organization_id", _titled),
        "exam_board": ("Комиссии", "college_id", _titled),
    },
}
