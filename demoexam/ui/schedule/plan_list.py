"""«Списком»: the season's plan as a table, complete for the keyboard and a screen reader."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent

from demoexam.rules.terms import EXAM_LEVEL_NAMES, Level
from demoexam.services.season.season import Chip, Season
from demoexam.text import counted, fold, words
from demoexam.ui.exams.exam_words import HELD, STATES, day_words, hours_words
from demoexam.ui.exams.finding_words import ICONS, TONES
from demoexam.ui.query_table import Cell, Column, QueryTable, Row
from demoexam.ui.schedule.drag import OVER
from demoexam.ui.schedule.keys import P_OF_RUSSIAN_LAYOUT
from demoexam.ui.table_view import TableView
from demoexam.ui.tokens import Tone

COLUMNS = (
    Column("date", "День и часы", 128),
    Column("group", "Группа", 146),
    Column("kit", "Комплект", 132, minor=True),
    Column("workshop", "Мастерская", 180, stretch=True),
    Column("people", "Людей", 70, right=True, minor=True),
    Column("experts", "Эксперты", 84),
    Column("state", "Состояние", 112),
    Column("findings", "Замечания", 140),
)
LAST = datetime.max
EARLIER, LATER = -1, 1
SIDEWAYS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right})


class PlanSource:
    """A TableSource over a season that is in memory anyway."""

    columns = COLUMNS

    def __init__(self) -> None:
        self._chips: Sequence[Chip] = ()
        self._lanes: Mapping[str, str] = {}
        self._numbers: Mapping[str, int] = {}

    def show(self, season: Season) -> None:
        self._chips = [*season.unplaced, *season.chips]
        self._lanes = {lane.id: lane.name for lane in season.lanes}
        self._numbers = {chip.id: number for number, chip in enumerate(self._chips)}

    def key_of(self, record_id: str) -> int:
        return self._numbers.get(record_id, -1)

    def ids(self, filter_text: str, sort: str, descending: bool) -> Sequence[int]:
        wanted = words(filter_text)
        chips = enumerate(self._chips)
        found = [number for number, chip in chips if self._passes(chip, wanted)]
        return sorted(found, key=lambda number: self._order(number, sort), reverse=descending)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        return {number: self._row(self._chips[number]) for number in ids}

    def total(self) -> int:
        return len(self._chips)

    def _passes(self, chip: Chip, wanted: Sequence[str]) -> bool:
        text = fold(f"{chip.title} {chip.kit} {self._workshop(chip)}")
        return all(each in text for each in wanted)

    def _order(self, number: int, sort: str) -> tuple[object, ...]:
        chip = self._chips[number]
        when = chip.starts_at or LAST
        orders: Mapping[str, object] = {
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
    day = f"{day_words(chip.starts_at.date(), chip.second_day)}"
    return Cell(day, below=hours_words(chip.starts_at, chip.ends_at))


def _findings(chip: Chip) -> Cell:
    if chip.level_found is None:
        return Cell("нет", icon="circle-check", tone=Tone.OK)
    told = counted(chip.findings, "замечание", "замечания", "замечаний")
    return Cell(told, icon=ICONS[chip.level_found], tone=TONES[chip.level_found])


def _severity(chip: Chip) -> tuple[int, int]:
    levels = list(Level)
    worst = levels.index(chip.level_found) if chip.level_found else len(levels)
    return worst, -chip.findings


class PlanList(TableView):
    """Del, P, Alt and arrows do here what they do on the board."""

    taken_off = Signal()
    pinned = Signal()
    carried = Signal(int)  # so many days on
    menu_wanted = Signal(object)

    def __init__(self) -> None:
        self.source = PlanSource()
        self.table = QueryTable(self.source)
        super().__init__(self.table, "Расписание списком", 44)
        self.table.setParent(self)

    def show_season(self, season: Season) -> None:
        with self.keeping():
            self.source.show(season)
            self.table.reload()
        self.show_nothing("" if self.table.rowCount() else "Экзаменов в этом году нет.")

    def event(self, event: QEvent) -> bool:
        """Alt and an arrow move exams here: the window's way back must wait."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            if alt and event.key() in SIDEWAYS:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        key = event.key()
        if key == Qt.Key.Key_Delete:
            self.taken_off.emit()
        elif key in {Qt.Key.Key_P, P_OF_RUSSIAN_LAYOUT} and not event.modifiers():
            self.pinned.emit()
        elif alt and key in SIDEWAYS:
            self.carried.emit(LATER if key == Qt.Key.Key_Right else EARLIER)
        elif key in {Qt.Key.Key_F2, Qt.Key.Key_Menu}:
            corner = self.visualRect(self.currentIndex()).bottomLeft()
            self.menu_wanted.emit(self.viewport().mapToGlobal(corner))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())
