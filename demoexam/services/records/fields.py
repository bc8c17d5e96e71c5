"""Texts typed into a form or a command line, read as the values of a table's columns."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, Date, DateTime, Enum, Integer, Table

from demoexam.errors import UserError
from demoexam.models.base import Record, captured_columns

FIXED = frozenset({"id", "n", "rev", "owner_id", "deleted", "deleted_by"})  # delete is a command
LARGEST = 10**12
LONG = 80  # letters of a wrong value worth repeating
YEARS = range(1900, 2200)
FALSE, TRUE = {"0", "false", "no", "нет", "-"}, {"1", "true", "yes", "да", "+"}


class UnknownTable(UserError):
    text = "Таблицы «{name}» нет."
    advice = "Имена таблиц: {known}."


class UnknownField(UserError):
    text = "В таблице «{table}» нет поля «{name}», или его нельзя менять."
    advice = "Поля: {known}."


class BadValue(UserError):
    text = "Значение «{value}» не подходит для поля «{name}»."
    advice = "{expected}"


def read_fields(entity: type[Record], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the columns want them; texts are parsed, ready values are taken as they are.

    Raises UnknownField or BadValue with what is expected.
    """
    table = Record.metadata.tables[entity.__tablename__]
    allowed = [name for name in captured_columns(table) if name not in FIXED]
    for name in values:
        if name not in allowed:
            raise UnknownField(table=table.name, name=name, known=", ".join(allowed))
    fields = {name: _read(table, name, value) for name, value in values.items()}
    for name, value in fields.items():
        _refuse_other_shape(entity, name, value)
    return fields


def _refuse_other_shape(entity: type[Record], name: str, value: Any) -> None:
    """A JSON column that begins as a list stays one, and so does a dictionary."""
    if not isinstance(Record.metadata.tables[entity.__tablename__].columns[name].type, JSON):
        return
    shape = entity.__dataclass_fields__[name].default_factory
    if shape in {list, dict} and not isinstance(value, shape):
        raise BadValue(value=value, name=name, expected=_SHAPES[shape])


def _read(table: Table, name: str, value: Any) -> Any:
    column = table.columns[name]
    if value is None or (isinstance(value, str) and not value.strip() and column.nullable):
        if not column.nullable:
            raise BadValue(value="", name=name, expected="Поле не может быть пустым.")
        return None
    if not isinstance(value, str) or isinstance(value, StrEnum):
        return value
    try:
        return _parsed(column.type, " ".join(value.split()))
    except (ValueError, RecursionError):  # JSON may nest deeper than Python reads
        raise BadValue(value=value[:LONG], name=name, expected=_expected(column.type)) from None


def _parsed(kind: object, text: str) -> Any:  # noqa: PLR0911 -- one line a type
    text.encode()  # what no file can hold is no text: UnicodeEncodeError is a ValueError
    match kind:
        case Enum():
            return kind.enum_class(text)  # type: ignore[misc]
        case Boolean():
            return _flag(text)
        case Integer():
            return _whole(text)
        case Date():
            return _day(text)
        case DateTime():
            return _moment(text)
        case JSON():
            return json.loads(text)
        case _:
            return text


def _flag(text: str) -> bool:
    if text.lower() in TRUE | FALSE:
        return text.lower() in TRUE
    raise ValueError(text)


def _whole(text: str) -> int:
    if abs(number := int(text)) > LARGEST:
        raise ValueError(text)
    return number


def _moment(text: str) -> datetime:
    """Local time of the college: an offset would make it another time of day."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not None or moment.year not in YEARS:
        raise ValueError(text)
    return moment


def _day(text: str) -> date:
    dotted = text.count(".") == 2  # noqa: PLR2004 -- 27.05.2026
    day = datetime.strptime(text, "%d.%m.%Y").date() if dotted else date.fromisoformat(text)
    if day.year not in YEARS:
        raise ValueError(text)
    return day


def _expected(kind: object) -> str:  # noqa: PLR0911 -- one line a type
    match kind:
        case Enum():
            return f"Можно: {', '.join(kind.enums)}."
        case Boolean():
            return "Можно: да или нет."
        case Integer():
            return "Нужно целое число."
        case Date():
            return "Нужна дата, например 27.05.2026."
        case DateTime():
            return "Нужны дата и местное время, например 2026-05-27T09:00."
        case JSON():
            return "Нужен список или словарь в записи JSON."
        case _:
            return "Нужен текст."


_SHAPES: Mapping[object, str] = {
    list: 'Нужен список в записи JSON, например ["а", "б"].',
    dict: 'Нужен словарь в записи JSON, например {"1": 100}.',
}
