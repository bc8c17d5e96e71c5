"""What is written on the day of an exam: the draw, attendance, points, incidents, the closing."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject

from demoexam.services.exams import closing as exam_closing
from demoexam.services.exams import entry as exam_entry
from demoexam.services.exams import places as exam_places
from demoexam.services.exams import workplace_changes, workplace_draw
from demoexam.services.exams.closing import PointsElsewhere
from demoexam.services.exams.view import ExamCard
from demoexam.ui.workspace import Done, Refusal, Workspace


class DayActions(QObject):
    """Bound to one card; each operation is named after its group."""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.card: ExamCard | None = None

    def close(
        self, elsewhere: PointsElsewhere | None = None, on_refused: Refusal | None = None
    ) -> None:
        """Close the protocol; `elsewhere` says where the points are when some are missing."""
        how = f": {exam_closing.ELSEWHERE_WORDS[elsewhere]}" if elsewhere else ""
        if self.card is not None:
            self.workspace.perform(
                exam_closing.close_session,
                operation=f"закрыт экзамен {self.card.group}{how}",
                on_refused=on_refused,
                session_id=self.card.id,
                elsewhere=elsewhere,
            )

    def reopen(
        self, reason: str = "", on_done: Done | None = None, on_refused: Refusal | None = None
    ) -> None:
        why = f": {reason}" if reason else ""
        if self.card is not None:
            self.workspace.perform(
                exam_closing.reopen,
                operation=f"открыт заново экзамен {self.card.group}{why}",
                on_done=on_done,
                on_refused=on_refused,
                session_id=self.card.id,
                reason=reason,
            )

    def draw(
        self,
        seed: str | None,
        reason: str = "",
        *,
        on_done: Done | None = None,
        on_refused: Refusal | None = None,
    ) -> None:
        words = f"повторная жеребьёвка: {reason}" if reason else "жеребьёвка рабочих мест"
        if self.card is not None:
            self.workspace.perform(
                workplace_draw.draw_workplaces,
                operation=self._named(words),
                on_done=on_done,
                on_refused=on_refused,
                session_id=self.card.id,
                seed=seed,
                at=datetime.now(),
                reason=reason,
            )

    def set_workplace(
        self,
        place_id: str,
        workplace: int | None,
        words: str,
        *,
        swap: bool,
        on_done: Done,
        on_refused: Refusal,
    ) -> None:
        self.workspace.perform(
            workplace_changes.set_workplace,
            operation=self._named(words),
            on_done=on_done,
            on_refused=on_refused,
            place_id=place_id,
            workplace=workplace,
            swap=swap,
        )

    def seat_group(self) -> None:
        self._do(exam_places.add_examinees, "участники экзамена")

    def remove_examinee(self, place_id: str, name: str) -> None:
        words = self._named(f"снят с экзамена: {name}")
        self.workspace.perform(exam_places.remove_examinee, operation=words, place_id=place_id)

    # -- results --------------------------------------------------------------------------

    def set_points(
        self, entries: Sequence[exam_entry.Entry], words: str, on_refused: Callable[[Any], object]
    ) -> None:
        self.workspace.perform(
            exam_entry.enter_points,
            operation=self._named(words),
            on_refused=on_refused,
            entries=entries,
        )

    def set_finished(
        self, entries: Sequence[tuple[str, str]], words: str, on_refused: Refusal
    ) -> None:
        self.workspace.perform(
            exam_entry.enter_finished,
            operation=self._named(words),
            on_refused=on_refused,
            entries=entries,
        )

    def finish_in_time(self) -> None:
        self._do(exam_entry.finish_in_time, "закончили в срок")

    def set_attended(self, place_id: str, *, attended: bool | None) -> None:
        self._perform(
            exam_places.set_attendance, "явка участника", place_id=place_id, attended=attended
        )

    def mark_present(self, place_ids: Sequence[str]) -> None:
        self._perform(exam_entry.mark_present, "явка участников", place_ids=place_ids)

    # -- what happened --------------------------------------------------------------------

    def write_incident(
        self,
        service: Callable[..., Any],
        words: str,
        on_done: Done | None = None,
        on_refused: Refusal | None = None,
        **facts: Any,
    ) -> None:
        """Add, change or remove an incident."""
        self.workspace.perform(
            service, operation=self._named(words), on_done=on_done, on_refused=on_refused, **facts
        )

    def _do(self, service: Callable[..., Any], words: str, **facts: Any) -> None:
        if self.card is not None:
            self._perform(service, words, session_id=self.card.id, **facts)

    def _perform(self, service: Callable[..., Any], words: str, **facts: Any) -> None:
        self.workspace.perform(service, operation=self._named(words), **facts)

    def _named(self, words: str) -> str:
        return f"{words}, {self.card.group}" if self.card is not None else words
