"""The list of what happened during an exam, and what follows from each line."""

from collections.abc import Mapping, Sequence

from demoexam.rules.terms import INCIDENT_NAMES, IncidentKind
from demoexam.services.exams.incidents import IncidentRow
from demoexam.services.exams.view import ExamCard
from demoexam.text import counted
from demoexam.ui.query_table import Cell, Column, Row
from demoexam.ui.tokens import Tone

COLUMNS = (
    Column("hours", "Время", 120, sortable=False),
    Column("kind", "Что", 190, sortable=False),
    Column("who", "Кто", 200, sortable=False),
    Column("place", "Место", 70, right=True, sortable=False),
    Column("why", "Причина", 240, stretch=True, sortable=False),
    Column("effect", "Что из этого следует", 230, sortable=False),
)
TONES = {
    IncidentKind.STOP: Tone.ACCENT,
    IncidentKind.REMOVAL: Tone.BAD,
    IncidentKind.EARLY_END: Tone.WARN,
}


class IncidentSource:
    """The incidents of one sitting, in the order of the day."""

    columns: Sequence[Column] = COLUMNS

    def __init__(self) -> None:
        self.found: Sequence[IncidentRow] = ()

    def ids(self, _filter_text: str, _sort: str, _descending: bool) -> Sequence[int]:
        return range(len(self.found))

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        return {number: _row(self.found[number]) for number in ids}


def _row(one: IncidentRow) -> Row:
    hours = one.started + (f"–{one.ended}" if one.ended else "–…" if one.running else "")
    why = "; ".join(part for part in (one.reason, one.clause, one.explanation) if part)
    role = f", {one.role}" if one.role else ""
    cells = (
        Cell(hours, strong=True),
        Cell(INCIDENT_NAMES[one.kind], tone=TONES[one.kind], pill=True),
        Cell(f"{one.who}{role}", tip=one.role),
        str(one.workplace or ""),
        Cell(why or "—", tip=why),
        _effect(one),
    )
    return Row(one.id, cells)


def _effect(one: IncidentRow) -> Cell:
    if one.kind is IncidentKind.STOP:
        if one.running:
            return Cell("время стоит", tone=Tone.WARN)
        return Cell(f"добавлено {one.compensation} мин" if one.compensation else "без добавки")
    if not one.examinee_id:
        return Cell("—")
    if one.kind is IncidentKind.REMOVAL:
        return Cell("работа оценивается" if one.counts else "работа не оценивается")
    return Cell("результат аннулирован" if one.counts is False else "оценивается по факту")


def given_words(card: ExamCard) -> str:
    """Who got how much more time in all."""
    longer = [one for one in card.examinees if one.compensation]
    if not longer:
        return "Времени никому не добавлено."
    most = max(one.compensation for one in longer)
    people = counted(len(longer), "участнику", "участникам", "участникам")
    last = max(one.ends_by for one in longer)
    return f"Время добавлено {people}, не больше {most} мин; последний заканчивает в {last}."
