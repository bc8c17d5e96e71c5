"""What every stored record has, and how its types are written in SQLite's STRICT tables."""

import json
import os
import struct
import threading
import time
import uuid
from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from random import Random
from typing import Annotated, Any, Final

from sqlalchemy import (
    JSON,
    Boolean,
    ColumnElement,
    Computed,
    Date,
    DateTime,
    Enum,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    and_,
    text,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

NAMESPACE: Final = uuid.UUID("6f1d1c0a-5b0e-5f0e-9a53-2d4b7c1e8f70")
CONSTRAINT_NAMES = {  # stable names let migrations drop constraints on both databases
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
STRICT: Final[Any] = {"sqlite_strict": True}

LocalMinute = DateTime().with_variant(
    sqlite.DATETIME(  # type: ignore[no-untyped-call]
        storage_format="%(year)04d-%(month)02d-%(day)02dT%(hour)02d:%(minute)02d",
        regexp=r"(\d+)-(\d+)-(\d+)T(\d+):(\d+)",
    ),
    "sqlite",
)
UtcMoment = DateTime().with_variant(
    sqlite.DATETIME(  # type: ignore[no-untyped-call]
        storage_format=(
            "%(year)04d-%(month)02d-%(day)02dT%(hour)02d:%(minute)02d:%(second)02d.%(microsecond)06d"
        ),
        regexp=r"(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)\.(\d+)",
    ),
    "sqlite",
)

Id = Annotated[str, mapped_column(String(36))]
Title = Annotated[str, mapped_column(Text)]
Day = Annotated[date, mapped_column(Date)]
Moment = Annotated[datetime, mapped_column(LocalMinute)]
Words = Annotated[list[str], mapped_column(JSON)]
Facts = Annotated[dict[str, Any], mapped_column(JSON)]

_SQLITE_TYPES = {
    String: "TEXT", Text: "TEXT", Date: "TEXT", DateTime: "TEXT", JSON: "TEXT", Enum: "TEXT",
    sqlite.DATETIME: "TEXT", sqlite.DATE: "TEXT", sqlite.JSON: "TEXT",
    Boolean: "INTEGER", Integer: "INTEGER",
}  # fmt: skip
for _kind, _name in _SQLITE_TYPES.items():  # STRICT refuses VARCHAR, DATE, BOOLEAN, JSON
    compiles(_kind, "sqlite")(lambda _type, _compiler, *, _name=_name, **_: _name)


_TWO_HALVES = struct.Struct(">QQ")
_MOMENT_LENGTH: Final = 18  # of an id as text
_BATCH: Final = 256


class _Clock(threading.local):
    last = 0

    def __init__(self) -> None:
        self.dice = Random(os.urandom(32))  # noqa: S311 -- ids are unique, not secret


_clock = _Clock()


def new_id() -> str:
    """A UUIDv7 as text (RFC 9562): ids made later on this thread sort later."""
    stamp = max(time.time_ns() // 250, _clock.last + 1)  # 48 bits of ms and 12 of its fractions
    _clock.last = stamp
    millis, fraction = divmod(stamp, 4000)
    chance = 0b10 << 62 | _clock.dice.getrandbits(62)
    text = _TWO_HALVES.pack((millis & (1 << 48) - 1) << 16 | 0x7000 | fraction, chance).hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def many_ids() -> Iterator[str]:
    """Ids without end, for one thread; `_BATCH` of them share a moment and sort by their number."""
    while True:
        moment = new_id()[:_MOMENT_LENGTH]
        chance = _clock.dice.randbytes(6 * _BATCH).hex()
        for n in range(_BATCH):
            yield f"{moment}-8{n:03x}-{chance[12 * n : 12 * n + 12]}"


def reference_id(table: str, key: object) -> str:
    """The id of a reference row: the same in every store, so two stores meet without doubles."""
    return str(uuid.uuid5(NAMESPACE, f"{table}:{key}"))


def enum_column(kind: type[StrEnum]) -> Enum:
    """A TEXT column that holds the enumeration's values, not its Python names."""
    return Enum(kind, native_enum=False, values_callable=lambda e: [item.value for item in e])


def dump_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


_LOWERED: Final = (  # of letters as their bytes in UTF-8, written out
    ("D09", "D0B"),  # А-П
    ("D0A", "D18"),  # Р-Я
    ("D081", "D0B5"),  # Ё is sorted as е
    ("D191", "D0B5"),  # ё
)


def sort_key(*columns: str) -> Computed:
    """Russian order under BINARY: the bytes of the folded text, then the text itself.

    SQLite's own lower() knows ASCII only. In hexadecimal digits sixteen letters fold at a time,
    and digits sort as the bytes they stand for.
    """
    written = " || ' ' || ".join(f"coalesce({column}, '')" for column in columns)
    folded = f"hex(lower({written}))"
    for capital, small in _LOWERED:
        folded = f"replace({folded}, '{capital}', '{small}')"
    return Computed(f"{folded} || '.' || {written}", persisted=False)


def sort_key_begins(folded: str) -> str:
    """With what the sort key of every text begins that folds to this one, and of no other."""
    return f"{folded.encode().hex().upper()}."


class Record(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False, repr=False):
    """A synchronised row. `id` is made by the client; `n` never leaves the store (store.md)."""

    metadata = MetaData(naming_convention=CONSTRAINT_NAMES)
    __table_args__ = STRICT
    __mapper_args__ = {"primary_key": ["id"], "eager_defaults": False}  # noqa: RUF012

    n: Mapped[int] = mapped_column(
        Integer, primary_key=True, init=False, sort_order=-7, info={"local": True}
    )
    id: Mapped[Id] = mapped_column(
        String(36), unique=True, default_factory=new_id, sort_order=-6, info={"immutable": True}
    )
    owner_id: Mapped[Id] = mapped_column(
        String(36), default="", server_default="", sort_order=-5, info={"immutable": True}
    )
    deleted: Mapped[bool] = mapped_column(
        default=False, server_default=text("0"), sort_order=-4, info={"unit": "deletion"}
    )
    deleted_by: Mapped[Id | None] = mapped_column(
        String(36), default=None, sort_order=-3, info={"unit": "deletion"}
    )
    held: Mapped[bool] = mapped_column(default=False, server_default=text("0"), sort_order=-2)
    rev: Mapped[int | None] = mapped_column(
        default=None, init=False, sort_order=-1, info={"local": True}
    )

    @classmethod
    def live(cls) -> ColumnElement[bool]:
        """The condition of rows that count: neither deleted nor held out by a contradiction."""
        return and_(cls.deleted.is_(False), cls.held.is_(False))

    def __repr__(self) -> str:  # no names of people: a repr may reach the log
        return f"<{type(self).__name__} {self.id}>"


def reference(target: str) -> ForeignKey:
    """A foreign key to the `id` of a table; deferred, since a pull brings rows in any order."""
    return ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")


@cache
def local_columns(table: Table) -> frozenset[str]:
    """Columns that are neither captured nor sent: row number, commit number, derived ones."""
    return frozenset(c.name for c in table.columns if c.info.get("local") or c.computed is not None)


def captured_columns(table: Table) -> list[str]:
    """Columns that the journal keeps and the hub receives, in the table's order."""
    local = local_columns(table)
    return [column.name for column in table.columns if column.name not in local]


def merge_units(table: Table) -> dict[str, str]:
    """Column -> name of its merge unit: columns that mean something only together share one."""
    return {
        name: str(table.columns[name].info.get("unit", name)) for name in captured_columns(table)
    }
