"""The differences of two plans as rows of a table, and a return to a version in words."""

from collections import Counter
from collections.abc import Mapping, Sequence

from demoexam.rules.plan_differences import DifferenceKind
from demoexam.services.season.plan_differences import KIND_NAMES, DifferenceLine
from demoexam.services.season.plan_return import Return
from demoexam.text import counted
from demoexam.ui.query_table import Cell, Column, Row
from demoexam.ui.tokens import Tone

EXAMS = ("экзамен", "экзамена", "экзаменов")
KINDS = {
    DifferenceKind.MOVED: ("перенесён", Tone.ACCENT),
    DifferenceKind.ADDED: ("добавлен", Tone.OK),
    DifferenceKind.DROPPED: ("снят с плана", Tone.BAD),
    DifferenceKind.EXPERTS: ("другие эксперты", Tone.WARN),
    DifferenceKind.NUMBERS: ("другое число", Tone.GREY),
}


class DifferenceSource:
    """Rows of a comparison, in its order."""

    columns: Sequence[Column] = (
        Column("kind", "Что изменилось", 135, sortable=False),
        Column("exam", "Группа, смена", 110, sortable=False),
        Column("before", "Было", 205, stretch=True, sortable=False),
        Column("after", "Стало", 205, stretch=True, sortable=False),
    )

    def __init__(self) -> None:
        self.lines: Sequence[DifferenceLine] = ()

    def ids(self, _filter_text: str, _sort: str, _descending: bool) -> Sequence[int]:
        return range(len(self.lines))

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        return {number: _row(self.lines[number]) for number in ids}


def _row(one: DifferenceLine) -> Row:
    words, tone = KINDS[one.kind]
    return Row(
        one.sitting_id,
        (
            Cell(words, tone=tone, pill=True, tip=KIND_NAMES[one.kind]),
            Cell(one.exam, strong=True),
            Cell(one.before, tip=one.before),
            Cell(one.after, tip=one.after),
        ),
    )


def summary(lines: Sequence[DifferenceLine]) -> str:
    """«перенесены: 3, добавлены: 1»."""
    number = Counter(one.kind for one in lines)
    told = [f"{KIND_NAMES[kind].lower()}: {number[kind]}" for kind in KIND_NAMES if number[kind]]
    return ", ".join(told) or "Планы одинаковы."


def return_words(plan: Return, names: Mapping[str, str]) -> str:
    """What a return would do, before it is done; rich text."""
    told = []
    back = len(plan.restored) + len(plan.revived)
    if back:
        told.append(f"Станут такими, как в версии: {counted(back, *EXAMS)}.")
    if plan.unplaced:
        number = counted(len(plan.unplaced), *EXAMS)
        told.append(f"Уйдут в «Не назначены», они добавлены позже: {number}.")
    if not told:
        return "Возвращать нечего."
    told += _left(plan, names)
    return " ".join(told) + " Одно действие, Ctrl+Z отменит его целиком."


def done_words(plan: Return) -> str:
    """What came of it, where not everything could come back."""
    if not plan.held:
        return ""
    number = counted(len(plan.held), "запись", "записи", "записей")
    return f"Отложены: {number}. Они противоречат тому, что появилось позже: см. «Экзамены»."


def _left(plan: Return, names: Mapping[str, str]) -> list[str]:
    reasons = Counter(one.why for one in plan.stays)
    told = []
    for why, number in reasons.items():
        exams = dict.fromkeys(names.get(s.sitting_id, "") for s in plan.stays if s.why == why)
        shown = ", ".join(filter(None, exams))
        told.append(f"{why} ({shown})" if shown else f"{why} ({number})")
    return [f"Не вернётся: {'; '.join(told)}."] if told else []
