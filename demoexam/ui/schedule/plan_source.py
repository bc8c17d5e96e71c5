"""The rows of «Списком»: a season's exams as cells, sorted by what they mean, said in words."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt

from demoexam.rules.terms import EXAM_LEVEL_NAMES, Level
from demoexam.services.season.season import Chip, Season
from demoexam.text import counted, fold, long_date, weekday
from demoexam.ui.exams.exam_words import HELD, STATES, day_words, hours_words
from demoexam.ui.exams.finding_words import ICONS, TONES
from demoexam.ui.query_table import Cell, Column, Index, QueryTable, Row
from demoexam.ui.schedule.drag import OVER
from demoexam.ui.tokens import Tone

COLUMNS = (
    Column("date", "Дата", 112),
    Column("hours", "Начало–конец", 104),
    Column("group", "Группа", 148),
    Column("kit", "Комплект", 132, minor=True),
    Column("workshop", "Мастерская", 160, stretch=True),
    Column("people", "Людей", 64, right=True, minor=True),
    Column("experts", "Эксперты", 78),
    Column("state", "Состояние", 108),
    Column("findings", "Замечания", 92),
)
LAST = datetime.max
LEVEL_NAMES = {
    Level.CONTRADICTION: "противоречие",
    Level.INCOMPLETE: "не хватает",
    Level.WARNING: "предупреждение",
}


class PlanSource:
    """A TableSource over a season that is in memory anyway."""

    columns = COLUMNS

    def __init__(self) -> None:
        self._chips: Sequence[Chip] = ()
        self._lanes: Mapping[str, str] = {}
        self._numbers: Mapping[str, int] = {}
        self.wanted: frozenset[str] | None = None  # by the filter; None: all

    def show(self, season: Season) -> None:
        self._chips = [*season.unplaced, *season.chips]
        self._lanes = {lane.id: lane.name for lane in season.lanes}
        self._numbers = {chip.id: number for number, chip in enumerate(self._chips)}

    def key_of(self, record_id: str) -> int:
        return self._numbers.get(record_id, -1)

    def ids(self, _filter_text: str, sort: str, descending: bool) -> Sequence[int]:
        chips = enumerate(self._chips)
        found = [n for n, chip in chips if self.wanted is None or chip.id in self.wanted]
        return sorted(found, key=lambda number: self._order(number, sort), reverse=descending)

    def chip(self, number: int) -> Chip:
        return self._chips[number]

    def between(self, first: date, last: date) -> list[str]:
        """The exams of some days."""
        placed = ((chip.id, chip.starts_at) for chip in self._chips)
        return [ident for ident, when in placed if when and first <= when.date() <= last]

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        return {number: self._row(self._chips[number]) for number in ids}

    def total(self) -> int:
        return len(self._chips)

    def _order(self, number: int, sort: str) -> tuple[object, ...]:
        chip = self._chips[number]
        when = chip.starts_at or LAST
        orders: Mapping[str, object] = {
            "hours": when.time(),
            "group": fold(chip.title),
            "kit": chip.kit,
            "workshop": fold(self._workshop(chip)),
            "people": chip.people,
            "experts": chip.experts - chip.experts_needed,
            "state": list(STATES).index(chip.state),
            "findings": _severity(chip),
        }
        return orders.get(sort, 0), when, chip.id

    def _workshop(self, chip: Chip) -> str:
        return self._lanes.get(chip.workshop_id or "", "")

    def _row(self, chip: Chip) -> Row:
        state, tone = HELD if chip.held else STATES[chip.state]
        short = chip.experts < chip.experts_needed and chip.state not in OVER
        cells = (
            _day(chip),
            hours_words(chip.starts_at, chip.ends_at) if chip.starts_at else "",
            Cell(chip.title, below="закреплён" if chip.pinned else "", strong=True),
            Cell(chip.kit, tip=EXAM_LEVEL_NAMES[chip.level]),
            Cell(self._workshop(chip))
            if self._workshop(chip)
            else Cell("не выбрана", tone=Tone.WARN),
            str(chip.people),
            Cell(f"{chip.experts} из {chip.experts_needed}", tone=Tone.WARN if short else ""),
            Cell(state, tone=tone, pill=True),
            _findings(chip),
        )
        bad = chip.held or chip.level_found is Level.CONTRADICTION
        return Row(chip.id, cells, stripe="bad" if bad else "", faint=chip.state in OVER)


def _day(chip: Chip) -> Cell:
    if chip.starts_at is None:
        return Cell("не назначен", tone=Tone.WARN)
    return Cell(day_words(chip.starts_at.date(), chip.second_day))


def _findings(chip: Chip) -> Cell:
    if chip.level_found is None:
        return Cell("нет", icon="circle-check", tone=Tone.OK)
    told = counted(chip.findings, "замечание", "замечания", "замечаний")
    number = str(chip.findings)
    return Cell(number, icon=ICONS[chip.level_found], tone=TONES[chip.level_found], tip=told)


def _severity(chip: Chip) -> tuple[int, int]:
    levels = list(Level)
    worst = levels.index(chip.level_found) if chip.level_found else len(levels)
    return worst, -chip.findings


class PlanTable(QueryTable):
    """Says each cell so that it is understood without its neighbours and its colour."""

    def __init__(self, source: PlanSource) -> None:
        super().__init__(source)
        self._plan = source

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.AccessibleTextRole and index.isValid():
            chip = self._plan.chip(self.keys([index.row()])[0])
            column = self.columns[index.column()]
            return said(chip, column, self.cell(index.row(), index.column()))
        return super().data(index, role)


def said(chip: Chip, column: Column, cell: Cell) -> str:
    """A cell in words: «Эксперты: 2, нужно 3»."""
    words = ", ".join(filter(None, (cell.text, cell.below)))
    if column.name == "date" and chip.starts_at is not None:
        words = f"{weekday(chip.starts_at.date())}, {long_date(chip.starts_at.date())}"
        words += f", второй день {long_date(chip.second_day)}" if chip.second_day else ""
    elif column.name == "experts":
        words = f"{chip.experts}, нужно {chip.experts_needed}"
    elif column.name == "findings" and chip.level_found is not None:
        words = f"{cell.tip}, худшее: {LEVEL_NAMES[chip.level_found]}"
    return f"{column.title}: {words or 'нет'}"
