"""What is done to the season from the board and from the list: each is one operation."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal

from demoexam.errors import UserError
from demoexam.rules.placing import Move
from demoexam.rules.violation import Fix
from demoexam.services.season import fixes as season_fixes
from demoexam.services.season import moves as season_moves
from demoexam.services.season.season import Chip
from demoexam.text import counted, day_month
from demoexam.ui.workspace import Workspace

NOUNS = ("экзамен", "экзамена", "экзаменов")


class SeasonActions(QObject):
    """Writes through the workspace; `refused` comes after the window has told why."""

    refused = Signal()

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace

    def move(self, moves: Sequence[Move], chips: Sequence[Chip]) -> None:
        """Put exams where they were dropped."""
        day = day_month(moves[0].starts_at.date())
        words = f"перенос {named(chips)}" + (f" на {day}" if len(moves) == 1 else "")
        self._do(season_moves.move_sittings, words, moves=list(moves))

    def take_off(self, chips: Sequence[Chip]) -> None:
        ids = [chip.id for chip in chips]
        self._do(season_moves.unplace, f"без даты: {named(chips)}", ids=ids)

    def pin(self, chips: Sequence[Chip]) -> None:
        """Pin them all, or let all go when all are pinned."""
        pinned = not all(chip.pinned for chip in chips)
        words = "закрепление" if pinned else "открепление"
        ids = [chip.id for chip in chips]
        self._do(season_moves.set_pinned, f"{words}: {named(chips)}", ids=ids, pinned=pinned)

    def shift(self, chips: Sequence[Chip], days: int) -> None:
        """«Сдвинуть неделю»: many exams so many days on, or back."""
        ids = [chip.id for chip in chips]
        far = counted(abs(days), "день", "дня", "дней")
        words = f"сдвиг {named(chips)} на {far} {'вперёд' if days > 0 else 'назад'}"
        self._do(season_moves.shift_sittings, words, ids=ids, days=days)

    def copy_day(self, day: date, to_day: date) -> None:
        """Drafts on another day with the groups, workshops and hours of this one."""
        words = f"копия дня {day_month(day)} на {day_month(to_day)}"
        self._do(season_moves.copy_day, words, day=day, to_day=to_day)

    def mend(self, fix: Fix, move: Move | None, title: str) -> None:
        """Apply a ready way out, at another place if it was found for a move there."""
        words = f"{title}: {fix.label[:1].lower()}{fix.label[1:]}"
        self._do(season_fixes.apply_fix, words, fix=fix, move=move)

    def _do(self, service: Callable[..., Any], words: str, **facts: Any) -> None:
        self._workspace.perform(service, operation=words, on_refused=self._refuse, **facts)

    def _refuse(self, error: UserError) -> None:
        self._workspace.refused.emit(error)
        self.refused.emit()


def named(chips: Sequence[Chip]) -> str:
    """«ТМ-21», «ТМ-21 и ТМ-22», «12 экзаменов»."""
    titles = [chip.title for chip in chips]
    few = len(titles) <= 2  # noqa: PLR2004 -- two names still fit into the status bar
    return " и ".join(titles) if few else counted(len(titles), *NOUNS)
