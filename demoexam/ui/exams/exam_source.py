"""The list of exams as a table: what each cell of a line shows."""

from collections.abc import Mapping, Sequence
from datetime import date

from demoexam.rules.terms import Level, SessionState
from demoexam.rules.violation import Violation
from demoexam.services.exams.list import (
    ExamRow,
    ListQuery,
    Which,
    exam_ids,
    exam_rows,
    exam_total,
)
from demoexam.text import counted
from demoexam.ui.exams.exam_words import HELD, LEVELS, STATES, day_words, hours_words
from demoexam.ui.exams.finding_words import ICONS, TONES, sentence, title, worst
from demoexam.ui.query_table import Cell, Column, Row
from demoexam.ui.tokens import Tone
from demoexam.ui.workspace import Workspace

COLUMNS = (
    Column("date", "День и часы", 122),
    Column("group", "Группа", 100),
    Column("kit", "Комплект", 140, minor=True),
    Column("workshop", "Мастерская", 200, stretch=True),
    Column("students", "Студ.", 58, right=True, sortable=False),
    Column("experts", "Эксперты", 82, sortable=False),
    Column("state", "Состояние", 112),
    Column("doubt", "Готовность", 222, sortable=False),
)
OVER = {SessionState.DONE, SessionState.CLOSED}
Doubts = Mapping[str, Sequence[Violation]]


class ExamSource:
    """Rows of the year, narrowed by the page's chips; findings arrive later, by `doubts`."""

    columns = COLUMNS

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.which = Which.ALL
        self.doubts: Doubts | None = None

    def ids(self, filter_text: str, sort: str, descending: bool) -> Sequence[int]:
        wanted = ListQuery(
            self._workspace.year,
            date.today(),
            filter_text,
            self.which,
            frozenset(self.doubts or ()),
            sort,
            descending,
        )
        return self._workspace.read(lambda session: exam_ids(session, wanted))

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        found = self._workspace.read(lambda session: exam_rows(session, ids))
        return {number: self._row(one) for number, one in found.items()}

    def total(self) -> int:
        year = self._workspace.year
        return self._workspace.read(lambda session: exam_total(session, year))

    def _row(self, one: ExamRow) -> Row:
        told = (self.doubts or {}).get(one.id, ())
        first = worst(told)
        over = one.state in OVER
        state, tone = HELD if one.held else STATES[one.state]
        cells = (
            _day(one),
            Cell(one.group, strong=not over),
            Cell(one.kit, below=LEVELS[one.level]),
            _workshop(one),
            str(one.students or ""),
            _experts(one),
            Cell(state, tone=tone, pill=True),
            self._doubt(one, told, first),
        )
        bad = one.held or (first is not None and first.level is Level.CONTRADICTION)
        return Row(one.id, cells, stripe="bad" if bad else "", faint=over)

    def _doubt(self, one: ExamRow, told: Sequence[Violation], first: Violation | None) -> Cell:
        if self.doubts is None:
            return Cell("проверяется…")
        if first is None:
            if one.state in OVER:
                return Cell("без замечаний")
            return Cell("Готово", icon="circle-check", tone=Tone.OK)
        more = f" и ещё {len(told) - 1}" if len(told) > 1 else ""
        tip = "\n".join(sentence(each) for each in told)
        word = f"Отложено: {title(first).lower()}" if first.held else title(first)
        return Cell(f"{word}{more}", icon=ICONS[first.level], tone=TONES[first.level], tip=tip)


def _day(one: ExamRow) -> Cell:
    if one.starts_at is None:
        return Cell("Без даты", below="назначьте день", tone=Tone.WARN)
    day = day_words(one.starts_at.date(), one.second_day)
    return Cell(day, below=hours_words(one.starts_at, one.ends_at), strong=one.state not in OVER)


def _workshop(one: ExamRow) -> Cell:
    if one.places is None:
        return Cell("не выбрана", tone=Tone.WARN)
    return Cell(one.workshop, below=counted(one.places, "место", "места", "мест"), tip=one.workshop)


def _experts(one: ExamRow) -> Cell:
    short = one.scoring < one.needed and one.state not in OVER
    if one.held_duties:
        held = f"отложено {one.held_duties}"
        return Cell(f"{one.scoring} из {one.needed}", below=held, tone=Tone.WARN)
    if short:
        return Cell(f"{one.scoring} из {one.needed}", tone=Tone.WARN, strong=True)
    return Cell(str(one.scoring), below=f"нужно {one.needed}")
