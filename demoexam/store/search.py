"""Full-text search: one FTS5 index per searchable entity, filled by generated triggers."""

from collections.abc import Iterator, Mapping

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    bindparam,
    column,
    select,
    table,
    text,
)

from demoexam.models.base import Record
from demoexam.text import words

SEARCHED: Mapping[str, tuple[str, ...]] = {
    "expert": ("last_name", "first_name", "middle_name", "phone", "email", "note"),
    "organization": ("short_name", "full_name", "inn", "city"),
    "workshop": ("name", "room", "address"),
    "assessment_kit": ("code", "title"),
    "specialty": ("code", "title"),
    "study_group": ("name",),
    "examinee": ("last_name", "first_name", "middle_name"),
}


def install(connection: Connection) -> None:
    """Drop, rebuild and refill every index; the text is derived, so nothing is lost."""
    for name in SEARCHED:
        for kind in ("insert", "update"):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS search_{kind}_{name}")
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS search_{name}")
    for statement in statements():
        connection.exec_driver_sql(statement)


def statements() -> Iterator[str]:
    for name, columns in SEARCHED.items():
        index = f"search_{name}"
        yield (
            f"CREATE VIRTUAL TABLE {index} USING fts5(body, content='', detail=none,"
            " tokenize='unicode61 remove_diacritics 0')"
        )
        new, old = _body(columns, "NEW."), _body(columns, "OLD.")
        differs = " OR ".join(f"OLD.{item} IS NOT NEW.{item}" for item in columns)
        yield (
            f"CREATE TRIGGER search_insert_{name} AFTER INSERT ON {name} BEGIN"
            f" INSERT INTO {index} (rowid, body) VALUES (NEW.n, {new}); END"
        )
        yield (
            f"CREATE TRIGGER search_update_{name} AFTER UPDATE ON {name} WHEN {differs} BEGIN"
            f" INSERT INTO {index} ({index}, rowid, body) VALUES ('delete', OLD.n, {old});"
            f" INSERT INTO {index} (rowid, body) VALUES (NEW.n, {new}); END"
        )
        yield _filled(name, "")


def late_statement(name: str) -> str:
    """What the insert trigger writes, for all rows of the table above a number `n` at once."""
    return _filled(name, " WHERE n > ?") if name in SEARCHED else ""


def _filled(name: str, which: str) -> str:
    body = _body(SEARCHED[name], "")
    return f"INSERT INTO search_{name} (rowid, body) SELECT n, {body} FROM {name}{which}"


def _body(columns: tuple[str, ...], row: str) -> str:
    parts = " || ' ' || ".join(f"coalesce({row}{name}, '')" for name in columns)
    return f"replace(replace({parts}, 'ё', 'е'), 'Ё', 'Е')"


def query(filter_text: str) -> str:
    """The FTS5 query in which every word typed must begin a word of the row; "" for no words."""
    return " ".join(f'"{word}"*' for word in words(filter_text))


def matching(entity: type[Record], filter_text: str) -> ColumnElement[bool]:
    """The condition that a row of `entity` holds every word of `filter_text`, in any order."""
    typed = query(filter_text)
    if not typed:
        return text("1 = 1" if not filter_text.strip() else "1 = 0")  # type: ignore[return-value]
    return entity.n.in_(found_rows(entity, typed))


def found_rows(entity: type[Record], typed: str) -> Select[tuple[int]]:
    """Row numbers that meet an FTS5 query (see `query`), deleted rows included."""
    index = table(f"search_{entity.__tablename__}", column("rowid", Integer))
    return select(index.c.rowid).where(
        text(f"search_{entity.__tablename__} MATCH :typed").bindparams(
            bindparam("typed", typed, unique=True)
        )
    )
