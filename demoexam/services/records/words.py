"""Records, columns and stored values in words, for the history of a record and for conflicts."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, DateTime, Enum
from sqlalchemy.orm import Session

from demoexam.models.base import Record, merge_units
from demoexam.models.catalog import entities
from demoexam.models.exchange import ConflictKind, ConflictStatus
from demoexam.rules import terms
from demoexam.rules.deadlines import TERMS
from demoexam.services.deadlines.facts import TICK
from demoexam.services.records.labels import (
    BOARD_ROLES,
    COLUMNS,
    CONFLICT_WORDS,
    DELETION,
    OWN,
    PICTURE,
    SETTINGS,
    SPECIALTY_KINDS,
    TABLES,
    UNITS,
)
from demoexam.text import WEEKDAYS_SHORT, clock, counted, full_name, points, short_date, short_name

Together = Callable[[Session, Mapping[str, Any]], str]

EMPTY = "—"
GONE = "запись удалена"
_POINTS = {"points", "max_points", "core_points", "variable_points"}  # integer hundredths
_UTC = {"drawn_at", "printed_at", "at"}


def table_title(table: str) -> str:
    """«Эксперт»."""
    return TABLES.get(table, table)


def column_label(table: str, column: str) -> str:
    """«Телефон»."""
    return OWN.get((table, column)) or COLUMNS.get(column, column)


def unit_label(table: str, unit: str) -> str:
    """What a unit of columns is about: «Время и мастерская»; for a single column its label."""
    if unit == "deletion":
        return DELETION
    return UNITS.get((table, unit)) or column_label(table, unit)


def record_title(session: Session, table: str, record_id: str | None) -> str:
    """«Ёлкин Артём Олегович», «ТМ-21, 27.05.2026»; also of deleted records."""
    record = _record(session, table, record_id)
    if record is None:
        return GONE
    titled = _TITLES.get(table)
    if titled is not None:
        return titled(session, record)
    return next((text for name in _NAMING if (text := getattr(record, name, ""))), "") or (
        table_title(table)
    )


def short_title(session: Session, table: str, record_id: str) -> str:
    """«Ёлкин А. О.» of a person, the title of anything else: for names of operations."""
    if table in {"expert", "examinee", "board_member"}:
        return _person_short(session, table, record_id)
    return record_title(session, table, record_id)


def value_words(session: Session, table: str, column: str, raw: Any) -> str:
    """A value as SQLite and the journal keep it, for a person to read; «—» for nothing."""
    if raw is None or raw == "":
        return EMPTY
    try:
        return _words(session, table, column, raw) or EMPTY
    except (ValueError, TypeError, AttributeError):  # raw SQL may have left anything there
        return str(raw)


def unit_words(session: Session, table: str, unit: str, values: Mapping[str, Any]) -> str:
    """The columns of one unit together: «27.05.2026, 09:00–13:30, Мастерская 2»."""
    if unit == "deletion":
        return "удалена" if values.get("deleted") else "есть"
    together = _TOGETHER.get((table, unit))
    if together is not None and (said := _said(together, session, values)) is not None:
        return said or EMPTY
    names = [name for name, of in merge_units(_table(table)).items() if of == unit]
    given = [name for name in names if name in values]
    if len(given) == 1 and len(names) == 1:
        return value_words(session, table, given[0], values[given[0]])
    worded = ((name, value_words(session, table, name, values[name])) for name in given)
    pairs = [f"{column_label(table, name)}: {words}" for name, words in worded if words != EMPTY]
    return ", ".join(pairs) or EMPTY


def _said(together: Together, session: Session, values: Mapping[str, Any]) -> str | None:
    """None when raw SQL left what is no time: the columns one by one will show it."""
    try:
        return together(session, values)
    except (ValueError, TypeError):
        return None


def _words(session: Session, table: str, column: str, raw: Any) -> str:  # noqa: PLR0911
    kind = _table(table).columns[column]
    target = next(iter(kind.foreign_keys), None)
    if target is not None:
        return record_title(session, target.column.table.name, raw)
    if column in _POINTS and isinstance(raw, int):
        return points(raw)
    match kind.type:
        case Enum():
            return _enum_words(kind.type.enum_class, str(raw))
        case Boolean():
            return _ATTENDED[bool(raw)] if column == "attended" else _YES_NO[bool(raw)]
        case Date():
            return short_date(date.fromisoformat(raw))
        case DateTime():
            return _moment(raw, column)
        case JSON():
            return _json_words(column, json.loads(raw) if isinstance(raw, str) else raw)
    if column in {"owner_id", "row_id", "other_id", "deleted_by", "who"}:
        return _named_anywhere(session, column, raw)
    return str(raw)


def _moment(raw: str, column: str) -> str:
    from demoexam.services.papers.sheet import local_time

    moment = datetime.fromisoformat(raw)
    if column in _UTC:
        moment = local_time(moment)
    return f"{short_date(moment.date())}, {clock(moment)}"


def _json_words(column: str, value: Any) -> str:
    if column == "points" and isinstance(value, dict):
        return "; ".join(f"модуль {key}: {points(value[key])}" for key in sorted(value, key=int))
    if column == "opening_hours" and isinstance(value, dict):
        return ", ".join(f"{WEEKDAYS_SHORT[int(k) - 1]} {'–'.join(v)}" for k, v in value.items())
    if isinstance(value, list):
        kind = terms.Role if column == "roles" else None
        return ", ".join(_enum_words(kind, str(one)) for one in value)
    if isinstance(value, bool):
        return _YES_NO[value]
    if isinstance(value, dict) and "sittings" in value:  # of a version of the plan
        value = counted(len(value["sittings"]), "экзамен", "экзамена", "экзаменов")
    if isinstance(value, str):
        picture = value.startswith("data:image/")
        return PICTURE.format(size=len(value) * 3 // 4096 + 1) if picture else value
    return json.dumps(value, ensure_ascii=False)


def _named_anywhere(session: Session, column: str, raw: str) -> str:
    table = {"owner_id": "organization", "who": "coordinator"}.get(column, "")
    return record_title(session, table, raw) if table else str(raw)


def _enum_words(kind: object, raw: str) -> str:
    return _ENUMERATIONS.get(kind, {}).get(raw, raw)


def _table(table: str) -> Any:
    return Record.metadata.tables[table]


def _record(session: Session, table: str, record_id: str | None) -> Any:
    entity = entities().get(table)
    if entity is None or not record_id:
        return None
    return session.get(entity, record_id)


def _person(_session: Session, one: Any) -> str:
    return full_name(one.last_name, one.first_name, one.middle_name)


def _person_short(session: Session, table: str, record_id: str) -> str:
    one = _record(session, table, record_id)
    return short_name(one.last_name, one.first_name, one.middle_name) if one else GONE


def _sitting(session: Session, one: Any) -> str:
    group = record_title(session, "study_group", one.group_id)
    return f"{group}, {short_date(one.starts_at.date())}" if one.starts_at else group


def _duty(session: Session, one: Any) -> str:
    expert = _person_short(session, "expert", one.expert_id)
    return f"{expert}, {terms.ROLE_NAMES[one.role]}"


def _incident(session: Session, one: Any) -> str:
    """Остановка времени, Белов О. П."""
    who = one.person
    if one.examinee_id:
        who = _person_short(session, "examinee", one.examinee_id)
    kind = terms.INCIDENT_NAMES[one.kind]
    return ", ".join(part for part in (f"{kind[0].upper()}{kind[1:]}", who) if part)


def _competence(session: Session, one: Any) -> str:
    if one.kit_id:
        return record_title(session, "assessment_kit", one.kit_id)
    return record_title(session, "specialty", one.specialty_id)


def _period(_session: Session, one: Any) -> str:
    return f"{short_date(one.from_day)} – {short_date(one.to_day)}"


def _booking(session: Session, one: Any) -> str:
    workshop = record_title(session, "workshop", one.workshop_id)
    return f"{workshop}, {short_date(one.starts_at.date())}"


def _place_time(session: Session, values: Mapping[str, Any]) -> str:
    said = []
    if values.get("starts_at"):
        starts = datetime.fromisoformat(values["starts_at"])
        ends = values.get("ends_at")
        until = f"–{clock(datetime.fromisoformat(ends))}" if ends else ""
        said.append(f"{short_date(starts.date())}, {clock(starts)}{until}")
    if values.get("second_day"):
        said.append(f"второй день {short_date(date.fromisoformat(values['second_day']))}")
    if values.get("workshop_id"):
        said.append(record_title(session, "workshop", values["workshop_id"]))
    return ", ".join(said)


def _term(begin: str, end: str) -> Together:
    def said(_session: Session, values: Mapping[str, Any]) -> str:
        pair = (("с", values.get(begin)), ("по", values.get(end)))
        return " ".join(f"{w} {short_date(date.fromisoformat(d))}" for w, d in pair if d)

    return said


def _setting(session: Session, one: Any) -> str:
    """A deadline's tick by its exam; any other setting by its name."""
    kind, _, about = one.key.partition(":")
    if kind != TICK:
        return SETTINGS.get(one.key, one.key)
    ident, _, code = about.partition(":")
    title = TERMS[code].title if code in TERMS else code
    return f"{title}: {record_title(session, 'exam_session', ident)}"


_ENUMERATIONS: Mapping[object, Mapping[Any, str]] = {
    terms.Role: terms.ROLE_NAMES,
    terms.ExamLevel: terms.EXAM_LEVEL_NAMES,
    terms.SessionState: terms.STATE_NAMES,
    terms.Answer: terms.ANSWER_NAMES,
    terms.OrganizationKind: terms.KIND_NAMES,
    terms.BookingPurpose: terms.PURPOSE_NAMES,
    terms.BoardRole: BOARD_ROLES,
    terms.IncidentKind: terms.INCIDENT_NAMES,
    terms.SpecialtyKind: SPECIALTY_KINDS,
    ConflictKind: CONFLICT_WORDS,
    ConflictStatus: CONFLICT_WORDS,
}
_YES_NO = {True: "да", False: "нет"}
_ATTENDED = {True: "пришёл", False: "не пришёл"}
_NAMING = ("short_name", "name", "title", "number", "key", "kind")
_TITLES: Mapping[str, Callable[[Session, Any], str]] = {
    "expert": _person,
    "examinee": _person,
    "board_member": _person,
    "exam_session": _sitting,
    "assignment": _duty,
    "exam_place": lambda session, one: _person_short(session, "examinee", one.examinee_id),
    "incident": _incident,
    "employment": lambda session, one: record_title(session, "organization", one.organization_id),
    "competence": _competence,
    "certificate": lambda _session, one: one.number or one.kind,
    "unavailability": _period,
    "teaching_link": lambda session, one: record_title(session, "study_group", one.group_id),
    "kinship_link": lambda session, one: record_title(session, "examinee", one.examinee_id),
    "workshop_booking": _booking,
    "workplace_draw": lambda session, one: record_title(session, "exam_session", one.session_id),
    "assessment_kit": lambda _session, one: one.code,
    "specialty": lambda _session, one: f"{one.code} {one.title}".strip(),
    "task_module": lambda _session, one: f"Модуль {one.number}",
    "staffing_rule": lambda _session, one: f"от {one.workplaces_from} рабочих мест",
    "share_target": lambda _session, one: f"{one.year} год",
    "exam_board": lambda _session, one: f"ГЭК {one.year} года",
    "setting": _setting,
    "calendar_day": lambda _session, one: short_date(one.day),
}
_TOGETHER: Mapping[tuple[str, str], Together] = {
    ("exam_session", "place_time"): _place_time,
    ("workshop_booking", "place_time"): _place_time,
    ("employment", "term"): _term("valid_from", "valid_to"),
    ("unavailability", "term"): _term("from_day", "to_day"),
}
