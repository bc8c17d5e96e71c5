"""What two desktops leave to a person, whose data was erased, how the store stands to a hub."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Integer, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column

from demoexam.models.base import Id, Record, Title, UtcMoment, enum_column


class ConflictKind(StrEnum):
    FIELD = "field"  # the same unit of columns was written on both sides
    DELETION = "deletion"  # one side deleted what the other edited; the edit stays
    RULE = "rule"  # the row breaks a rule of the plan together with `other_id`, and is held
    DUPLICATE = "duplicate"  # two live rows seem to be one organization, person, kit or group


class ConflictStatus(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"


RESOLUTION = {"unit": "resolution"}


class Conflict(Record):
    """Two values of which the hub's stays until somebody chooses; the other is kept here.

    `base`, `ours`, `theirs` are JSON objects of the unit's columns: before both edits, what
    `client` wrote, what the hub had. A rule names its `code` and the other row instead.
    """

    __tablename__ = "conflict"

    table_name: Mapped[Title]
    row_id: Mapped[Id] = mapped_column(String(36), index=True)
    kind: Mapped[ConflictKind] = mapped_column(enum_column(ConflictKind))
    at: Mapped[datetime] = mapped_column(UtcMoment)
    unit: Mapped[Title] = mapped_column(Text, default="")
    code: Mapped[Title] = mapped_column(Text, default="")
    other_table: Mapped[Title] = mapped_column(Text, default="")
    other_id: Mapped[Id | None] = mapped_column(String(36), default=None, index=True)
    base: Mapped[Title | None] = mapped_column(Text, default=None)
    ours: Mapped[Title | None] = mapped_column(Text, default=None)
    theirs: Mapped[Title | None] = mapped_column(Text, default=None)
    client: Mapped[Title] = mapped_column(Text, default="")
    who: Mapped[Id | None] = mapped_column(String(36), default=None)
    status: Mapped[ConflictStatus] = mapped_column(
        enum_column(ConflictStatus), default=ConflictStatus.OPEN, info=RESOLUTION
    )
    choice: Mapped[Title | None] = mapped_column(Text, default=None, info=RESOLUTION)


class Erasure(Record):
    """A person's data removed at his request: every store that meets it empties its journal too."""

    __tablename__ = "erasure"

    table_name: Mapped[Title]
    row_id: Mapped[Id] = mapped_column(String(36), index=True)
    at: Mapped[datetime] = mapped_column(UtcMoment)
    reason: Mapped[Title] = mapped_column(Text, default="")


sync_meta = Table(  # hub, hub_id, cursor, head, organization, own_college ...: never sent
    "sync_meta",
    Record.metadata,
    Column("k", Text, primary_key=True),
    Column("v", Text, nullable=False),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

sync_head = Table(  # commits of the hub this store has seen, to find the last common one
    "sync_head",
    Record.metadata,
    Column("rev", Integer, primary_key=True),
    Column("batch", String(36), nullable=False),
    sqlite_strict=True,
)

sync_batch = Table(  # what was sent and not acknowledged yet: at most one row
    "sync_batch",
    Record.metadata,
    Column("id", String(36), primary_key=True),
    Column("payload", Text, nullable=False),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

sync_log = Table(  # exchanges of this store, for the page Синхронизация
    "sync_log",
    Record.metadata,
    Column("n", Integer, primary_key=True),
    Column("at", UtcMoment, nullable=False),
    Column("pulled", Integer, nullable=False, default=0),
    Column("pushed", Integer, nullable=False, default=0),
    Column("conflicts", Integer, nullable=False, default=0),
    Column("trouble", Text, nullable=False, default=""),
    sqlite_strict=True,
)
