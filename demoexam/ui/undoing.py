"""Taking back and doing again, on the store's worker, told in the words of the window."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from demoexam.errors import UserError
from demoexam.text import counted

if TYPE_CHECKING:
    from demoexam.store.store import Store
    from demoexam.store.undo import Kept


class PartlyUndone(UserError):
    """Not a failure: part of an operation could not be taken back, and the user must know."""

    text = "«{operation}»: {left} оставлено как есть: {why}."
    advice = "Проверьте эти записи: история есть в карточке каждой."


@dataclass(frozen=True)
class Travel:
    """What an undo or a redo did: words for the status bar, and what it had to leave."""

    words: str
    left: PartlyUndone | None


def take_back(store: "Store") -> tuple[Travel, frozenset[str]]:
    """Undo the last operation of this computer; also names the tables written."""
    from demoexam.services import history

    report = history.take_back(store)
    return _told("Отменено", report.text, report.rows, report.kept)


def bring_back(store: "Store") -> tuple[Travel, frozenset[str]]:
    """Do again what was last taken back; also names the tables written."""
    from demoexam.services import history

    report = history.bring_back(store)
    return _told("Снова", report.text, report.rows, report.kept)


def _told(
    verb: str, text: str, rows: Collection[tuple[str, str]], kept: Collection["Kept"]
) -> tuple[Travel, frozenset[str]]:
    operation = text.removeprefix("отмена: ").removeprefix("возврат: ")
    left = len({(each.table, each.row_id) for each in kept})
    said = counted(left, "запись", "записи", "записей")
    why = "; ".join(sorted({each.reason for each in kept}))
    trouble = PartlyUndone(operation=operation, left=said, why=why) if left else None
    return Travel(f"{verb}: {operation}", trouble), frozenset(table for table, _ in rows)
