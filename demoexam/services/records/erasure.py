"""«Удалить персональные данные»: everywhere and for good, while links and counts stay."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from demoexam.errors import NotFound, Refused
from demoexam.models.base import Record
from demoexam.models.catalog import entities
from demoexam.models.exchange import Erasure
from demoexam.models.reference import DeclinedName
from demoexam.services.duplicates.answers import merged_into
from demoexam.services.records.erased import is_erased
from demoexam.services.records.words import record_title
from demoexam.store.erasing import PERSONAL, erase_here, forget_words, uncaptured
from demoexam.text import full_name

OPERATION = "удаление персональных данных"
PARTS: Mapping[str, Mapping[str, str]] = {  # whose texts go with the person: table -> its link
    "expert": dict.fromkeys(
        ("employment", "certificate", "unavailability", "teaching_link", "kinship_link"),
        "expert_id",
    ),
    "examinee": dict.fromkeys(("kinship_link", "exam_place", "incident"), "examinee_id"),
}


@dataclass(frozen=True)
class ErasurePlan:
    """What a confirming dialog says: whose data goes, and how much stays."""

    name: str
    parts: int  # small records whose texts are emptied
    duties: int  # assignments of the expert, or sittings of the student, which stay
    done: bool  # everything was erased before


def erasure_plan(session: Session, *, table: str, record_id: str) -> ErasurePlan:
    """What `erase_person` would do; NotFound when there is no such person."""
    rows = list(_rows(session, table, record_id))
    name = record_title(session, table, record_id)
    stays = {"expert": ("assignment", "expert_id"), "examinee": ("exam_place", "examinee_id")}
    kind, link = stays[table]
    entity: Any = entities()[kind]
    kept = select(entity.id).where(entity.live(), getattr(entity, link) == record_id)
    done = all(_is_empty(row) and is_erased(session, row.__tablename__, row.id) for row in rows)
    return ErasurePlan(name, len(rows) - 1, len(session.scalars(kept).all()), done)


def erase_person(session: Session, *, table: str, record_id: str, reason: str = "") -> int:
    """Empty the person's names, contacts and texts, in the row and in all that remembers it.

    The row, its links and its part in every count stay. Gives the number of rows emptied. Every
    other store does the same when the Erasure rows reach it.
    """
    rows = list(_rows(session, table, record_id))
    for row in rows:
        _empty(session, row, reason)
    session.flush()
    connection = session.connection()
    with uncaptured(connection):
        for row in rows:
            erase_here(connection, row.__tablename__, row.id)
        forget_words(connection)
    session.execute(text("DELETE FROM snapshot"))  # the last Обзор may name him
    session.expire_all()
    return len(rows)


def _rows(session: Session, table: str, record_id: str) -> Iterator[Record]:
    """The person, the records merged into him, and the parts with texts; in the basket too."""
    if table not in PARTS:
        raise Refused("Персональные данные хранятся об экспертах и студентах.", "Выберите их.")
    person = session.get(entities()[table], record_id)
    if person is None:
        raise NotFound(what="эксперт" if table == "expert" else "студент")
    yield person
    merged = merged_into(session, table, record_id)
    yield from (session.get_one(entities()[table], ident) for ident in merged)
    for part, link in PARTS[table].items():
        entity: Any = entities()[part]
        owned = getattr(entity, link).in_([record_id, *merged])
        yield from session.scalars(select(entity).where(owned))
    yield from _declined(session, person)


def _declined(session: Session, person: Any) -> Iterator[DeclinedName]:
    """His name in other cases; a namesake's is corrected once more when it is printed."""
    name = full_name(person.last_name, person.first_name, person.middle_name)
    yield from session.scalars(select(DeclinedName).where(DeclinedName.words == name))


def _empty(session: Session, row: Record, reason: str) -> None:
    """The edit that travels, and the order to forget what stood there before."""
    table = row.__tablename__
    if _is_empty(row) and is_erased(session, table, row.id):
        return
    for name, value in PERSONAL[table].items():
        setattr(row, name, value)
    now = datetime.now(UTC).replace(tzinfo=None)
    session.add(Erasure(table_name=table, row_id=row.id, at=now, reason=reason))


def _is_empty(row: Record) -> bool:
    return all(getattr(row, name) == value for name, value in PERSONAL[row.__tablename__].items())
