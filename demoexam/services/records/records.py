"""Reading and writing single records: the same rules for forms, tables and the command line."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import MISSING
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from demoexam.errors import NotFound, Refused
from demoexam.models.base import Record, captured_columns
from demoexam.models.catalog import entities
from demoexam.rules.terms import SessionState
from demoexam.services.records.erased import refuse_what_is_erased
from demoexam.services.records.fields import UnknownTable, read_fields
from demoexam.services.records.rules import check_record, normalised
from demoexam.store.erasing import PERSONAL
from demoexam.text import counted

if TYPE_CHECKING:
    from demoexam.services.plan.plan_guard import Saved

SITTING = "exam_session"
PLANNED = frozenset({SITTING, "assignment", "exam_place"})
PARTS: Mapping[str, Sequence[tuple[str, str]]] = {  # what belongs to a record and goes with it
    "expert": [
        ("employment", "expert_id"), ("competence", "expert_id"), ("certificate", "expert_id"),
        ("unavailability", "expert_id"), ("teaching_link", "expert_id"),
        ("kinship_link", "expert_id"),
    ],
    "assessment_kit": [("staffing_rule", "kit_id"), ("task_module", "kit_id")],
    "workshop": [("workshop_booking", "workshop_id")],
    "study_group": [("examinee", "group_id"), ("teaching_link", "group_id")],
    "examinee": [("kinship_link", "examinee_id")],
    "exam_session": [
        ("exam_place", "session_id"), ("workplace_draw", "session_id"),
        ("assignment", "session_id"), ("incident", "session_id"),
        ("printed_document", "session_id"),
    ],
    "exam_board": [("board_member", "board_id")],
}  # fmt: skip


def entity_of(table: str) -> type[Record]:
    """The class of a table; UnknownTable lists the names."""
    known = entities()
    if table not in known:
        raise UnknownTable(name=table, known=", ".join(sorted(known)))
    return known[table]


def add_record(session: Session, *, table: str, values: Mapping[str, Any]) -> str:
    """Make a record, by the rules, and return its id."""
    entity = entity_of(table)
    fields = normalised(read_fields(entity, values))
    _require(table, fields)
    _check_references(session, table, fields)
    _refuse_closed(session, table, fields.get("session_id", ""))
    record = entity(**fields)
    check_record(session, table, record)
    with _plan_guard(session, table, fields.get("session_id", "")) as saved:
        session.add(record)
        session.flush()
        if table == SITTING:
            saved.id = record.id
    _expect_ready(session, fields, saved)
    return record.id


def change_record(
    session: Session, *, table: str, record_id: str, values: Mapping[str, Any]
) -> None:
    """Write some fields of a live record, by the rules; all of them or none."""
    live_record(session, table=table, record_id=record_id)
    fields = normalised(read_fields(entity_of(table), values))
    write_fields(session, table=table, record_id=record_id, fields=fields)


def write_fields(
    session: Session, *, table: str, record_id: str, fields: Mapping[str, Any]
) -> None:
    """The same with values as the columns hold them: nothing is parsed or brought to a form."""
    record = live_record(session, table=table, record_id=record_id)
    _check_references(session, table, fields)
    if table in PERSONAL:
        refuse_what_is_erased(session, table, record_id, fields)
    sitting_id = _sitting_of(table, record)
    _refuse_closed(session, table, sitting_id, fields.get("session_id", ""))
    with _plan_guard(session, table, sitting_id) as saved:
        for name, value in fields.items():
            setattr(record, name, value)
        check_record(session, table, record)
        session.flush()
    _expect_ready(session, fields, saved)


def delete_record(session: Session, *, table: str, record_id: str) -> None:
    """Put the record and its parts into the basket; refused while other live records need it."""
    record = live_record(session, table=table, record_id=record_id)
    _refuse_closed(session, table, _sitting_of(table, record))
    _refuse_if_needed(session, table, record_id)
    for part, column in PARTS.get(table, ()):
        entity = entities()[part]
        owned = select(entity).where(
            entity.deleted.is_(False), getattr(entity, column) == record_id
        )
        for row in session.scalars(owned):
            delete_record(session, table=part, record_id=row.id)
    record.deleted, record.deleted_by = True, session.info.get("operation")
    session.flush()


def _expect_ready(session: Session, fields: Mapping[str, Any], saved: "Saved") -> None:
    """What is incomplete stays a draft, or open: there is no way of writing around that."""
    from demoexam.services.exams.closing import refuse_incomplete
    from demoexam.services.exams.exams import NotReady

    if fields.get("state") is SessionState.ANNOUNCED and saved.incomplete:
        raise NotReady(saved.incomplete)
    if fields.get("state") is SessionState.CLOSED:
        refuse_incomplete(session, saved.id)


def _refuse_closed(session: Session, table: str, *sitting_ids: str) -> None:
    from demoexam.services.plan.plan_guard import OF_SITTING, refuse_closed

    if table in OF_SITTING:
        for sitting_id in sitting_ids:
            refuse_closed(session, sitting_id)


def _sitting_of(table: str, record: Record) -> str:
    return record.id if table == SITTING else str(getattr(record, "session_id", ""))


def _plan_guard(session: Session, table: str, sitting_id: str) -> AbstractContextManager["Saved"]:
    """Refuses a write to the plan that brings a contradiction; other tables pass freely."""
    from demoexam.services.plan.plan_guard import Saved, plan_change

    if table in PLANNED:
        return plan_change(session, sitting_id)
    return nullcontext(Saved())


def live_record(session: Session, *, table: str, record_id: str) -> Record:
    """The record, held ones included; NotFound when it does not exist or lies in the basket."""
    record = session.get(entity_of(table), record_id)
    if record is None or record.deleted:
        raise NotFound(what=f"{table} {record_id}")
    return record


def rows_of(session: Session, *, table: str, deleted: bool = False) -> list[dict[str, Any]]:
    """All rows of a table as JSON-ready values, oldest first."""
    entity = entity_of(table)
    query = select(entity).order_by(entity.n)
    if not deleted:
        query = query.where(entity.deleted.is_(False))
    return [as_values(record) for record in session.scalars(query)]


def as_values(record: Record) -> dict[str, Any]:
    """Column -> value, dates and times in ISO 8601, as the command line prints them."""
    names = captured_columns(Record.metadata.tables[record.__tablename__])
    return {name: _plain(getattr(record, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else value


def _require(table: str, fields: Mapping[str, Any]) -> None:
    columns = Record.metadata.tables[table].columns
    entity = entities()[table]
    optional = {name for name, field in entity.__dataclass_fields__.items() if _has_default(field)}
    for name in captured_columns(Record.metadata.tables[table]):
        needed = not columns[name].nullable and name not in optional
        given = fields.get(name)
        if needed and (given is None or given == ""):
            raise Refused(f"Не заполнено поле «{name}» таблицы «{table}».", "Укажите его значение.")


def _has_default(field: Any) -> bool:
    given = field.default is not MISSING or field.default_factory is not MISSING
    return given or not field.init


def _check_references(session: Session, table: str, fields: Mapping[str, Any]) -> None:
    metadata: Table = Record.metadata.tables[table]
    for name, value in fields.items():
        for key in metadata.columns[name].foreign_keys:
            target = key.column.table.name
            if value is not None:
                live_record(session, table=target, record_id=value)


def _refuse_if_needed(session: Session, table: str, record_id: str) -> None:
    parts = {part for part, _ in PARTS.get(table, ())}
    for name, entity in entities().items():
        if name in parts or name == "setting":
            continue
        for key in Record.metadata.tables[name].foreign_keys:
            if key.column.table.name == table:
                column = getattr(entity, key.parent.name)
                query = select(func.count()).where(column == record_id, entity.deleted.is_(False))
                count = session.scalar(query) or 0
                if count:
                    raise Refused(
                        f"Запись нужна другим: {_NOUNS.get(name, name)} — "
                        f"{counted(count, 'запись', 'записи', 'записей')}.",
                        "Сначала удалите или измените их.",
                    )


_NOUNS = {
    "employment": "места работы", "assignment": "назначения экспертов", "exam_session": "экзамены",
    "study_group": "группы", "workshop": "мастерские", "exam_center": "центры проведения",
    "assessment_kit": "комплекты", "competence": "компетенции экспертов", "exam_place": "места",
    "organization": "организации", "exam_board": "комиссии", "coordinator": "координаторы",
    "grade_scale": "шкалы оценок", "printed_document": "напечатанные документы",
}  # fmt: skip
