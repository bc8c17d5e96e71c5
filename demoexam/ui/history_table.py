"""How entries of a record's history look as rows of a table."""

from collections.abc import Sequence

from demoexam.services.records.history import EntryKind, HistoryEntry
from demoexam.text import clock, short_date
from demoexam.ui.query_table import Cell, Column, Row
from demoexam.ui.tokens import Tone

COLUMNS = (
    Column("at", "Когда", 104, sortable=False),
    Column("who", "Кто", 142, sortable=False),
    Column("operation", "Действие", 170, sortable=False, minor=True),
    Column("what", "Что", 210, sortable=False),
    Column("before", "Было", 150, stretch=True, sortable=False),
    Column("after", "Стало", 150, stretch=True, sortable=False),
)
SIGNS = {
    EntryKind.CREATED: ("plus", ""),
    EntryKind.CHANGED: ("pencil", ""),
    EntryKind.DELETED: ("trash-2", Tone.BAD),
    EntryKind.RESTORED: ("undo-2", Tone.OK),
    EntryKind.ERASED: ("lock", ""),
    EntryKind.CONFLICT: ("triangle-alert", Tone.WARN),
    EntryKind.MERGED: ("link-2", Tone.ACCENT),
}
SHORT = 36


def rows_of(entries: Sequence[HistoryEntry]) -> list[Row]:
    return [_row(entry) for entry in entries]


def when(entry: HistoryEntry) -> str:
    """«27.05.2026, 09:15»."""
    return f"{short_date(entry.at.date())}, {clock(entry.at)}" if entry.at else "время неизвестно"


def who(entry: HistoryEntry) -> str:
    return entry.who or "другой компьютер"


def shortened(text: str, most: int = SHORT) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _row(entry: HistoryEntry) -> Row:
    icon, tone = SIGNS[entry.kind]
    day = short_date(entry.at.date()) if entry.at else "—"
    before, after = (
        ("", "") if entry.kind in {EntryKind.DELETED, EntryKind.RESTORED} else
        (entry.before, entry.after)
    )  # fmt: skip
    return Row(
        entry.key,
        (
            Cell(day, below=clock(entry.at) if entry.at else ""),
            Cell(who(entry), tip=who(entry)),
            Cell(entry.operation or "вне программы", tip=entry.operation),
            Cell(entry.what, below=entry.about, strong=True, icon=icon, tone=tone),
            Cell(before, tip=before),
            Cell(after, tip=after),
        ),
    )
