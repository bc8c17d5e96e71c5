"""Texts typed into a form or a command line, read as the values of a table's columns."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, Date, DateTime, Enum, Integer, Table

from demoexam.errors import UserError
from demoexam.models.base import Record, captured_columns

FIXED = frozenset({"id", "n", "rev", "owner_id", "deleted_by"})
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
    return {name: _read(table, name, value) for name, value in values.items()}


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
    except ValueError:
        raise BadValue(value=value, name=name, expected=_expected(column.type)) from None


def _parsed(kind: object, text: str) -> Any:  # noqa: PLR0911 -- one line a type
    match kind:
        case Enum():
            return kind.enum_class(text)  # type: ignore[misc]
        case Boolean():
            return _flag(text)
        case Integer():
            return int(text)
        case Date():
            return _day(text)
        case DateTime():
            return datetime.fromisoformat(text)
        case JSON():
            return json.loads(text)
        case _:
            return text


def _flag(text: str) -> bool:
    if text.lower() in TRUE | FALSE:
        return text.lower() in TRUE
    raise ValueError(text)


def _day(text: str) -> date:
    if text.count(".") == 2:  # noqa: PLR2004 -- 27.05.2026
        return datetime.strptime(text, "%d.%m.%Y").date()
    return date.fromisoformat(text)


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
            return "Нужны дата и время, например 2026-05-27T09:00."
        case JSON():
            return "Нужен список или словарь в записи JSON."
        case _:
            return "Нужен текст."
