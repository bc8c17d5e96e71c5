"""«Кто свободен / где свободно»: first free slots, workshops and experts over some days."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from demoexam.errors import UserError
from demoexam.rules.terms import ExamLevel
from demoexam.services.experts.free_search import FreeFound, free_search, kit_options
from demoexam.text import counted
from demoexam.ui.cards import FindingStrip
from demoexam.ui.dialogs import free_rows
from demoexam.ui.dialogs.free_form import FreeForm
from demoexam.ui.dialogs.list_layout import fit_window, list_card
from demoexam.ui.list_source import ListSource
from demoexam.ui.query_table import Column, QueryTable, Row
from demoexam.ui.table_view import TableView
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, Segments, column, label, row
from demoexam.ui.workspace import Workspace

SIZE, LEAST = (1180, 700), (640, 420)
SLOTS, ROOMS, EXPERTS = "slots", "workshops", "experts"
NAMES = {SLOTS: "Первые окна", ROOMS: "Мастерские", EXPERTS: "Эксперты"}
KEYS = {SLOTS: "Alt+1", ROOMS: "Alt+2", EXPERTS: "Alt+3"}
CHOOSE = "Выберите комплект или число минут: без них не понять, какое окно нужно."
LISTED = {
    SLOTS: ("окно", "окна", "окон"),
    ROOMS: ("мастерская", "мастерские", "мастерских"),
    EXPERTS: ("эксперт", "эксперта", "экспертов"),
}


class FreeDialog(QDialog):
    """Searches anew after each change; Enter opens what is under the cursor."""

    def __init__(
        self, workspace: Workspace, parent: QWidget, *, first: date | None = None,
        last: date | None = None, kit_id: str = "", people: int = 0,
        kit: tuple[str, ExamLevel] | None = None, part: str = SLOTS,
    ) -> None:  # fmt: skip
        super().__init__(parent.window())
        self.workspace = workspace
        self.found: FreeFound | None = None
        begin = first or date.today()
        kits = workspace.read(partial(kit_options, year=begin.year))
        kit_id = kit_id or next((one.id for one in kits if (one.code, one.level) == kit), "")
        self.form = FreeForm(
            kits, begin, last or begin + timedelta(days=13), kit_id, people,
        )  # fmt: skip
        self.parts = Segments([(name, NAMES[name]) for name in NAMES], "Что показать")
        self.views: dict[str, TableView] = {}
        self._sources: dict[str, ListSource] = {}
        self._tables: dict[str, QueryTable] = {}
        self.stack = QStackedWidget()
        self.refusal = FindingStrip(Tone.BAD)
        self.count = label("", "muted")
        self.go_button = Button("Открыть", "arrow-right")
        self.exam_button = Button("Назначить экзамен…", "plus", "primary")
        for name, columns in (
            (SLOTS, free_rows.SLOT_COLUMNS), (ROOMS, free_rows.ROOM_COLUMNS),
            (EXPERTS, free_rows.EXPERT_COLUMNS),
        ):  # fmt: skip
            self._add_view(name, columns)
        self._assemble()
        self._connect()
        self.show_part(part)
        self.search()

    @property
    def part(self) -> str:
        return str(self.parts.value())

    def search(self) -> None:
        """Look off the GUI thread; of several searches only the last answers."""
        wanted = self.form.wanted()
        if wanted is None:
            self._refuse("Укажите, с какого и по какой день искать.")
            return
        self.refusal.hide()
        self.workspace.load(
            partial(free_search, wanted=wanted), self._show, slot="free search",
            on_refused=self._tell_refusal,
        )  # fmt: skip

    def show_part(self, name: str) -> None:
        self.parts.show_value(name)
        self.stack.setCurrentWidget(self.views[name])
        self._enable()

    def open_current(self) -> None:
        """What is under the cursor: the day on the schedule, or a card."""
        opener = getattr(self.parent(), "open_page", None)
        ident = self.views[self.part].current_id()
        if opener is None or not ident or self.found is None:
            return
        if self.part == SLOTS:
            opener("schedule", {"day": self.found.slots[int(ident)].starts_at.date()})
        else:
            opener(self.part, {"id": ident})
        self.accept()

    def add_exam(self) -> None:
        """A new exam in the chosen slot."""
        from demoexam.ui.dialogs import open_dialog

        ident = self.views[SLOTS].current_id()
        if self.part != SLOTS or not ident or self.found is None:
            return
        slot = self.found.slots[int(ident)]
        facts: dict[str, Any] = {
            "workshop_id": slot.workshop_id, "starts_at": slot.starts_at,
            "day": slot.starts_at.date(), "kit_id": self.found.wanted.kit_id or "",
        }  # fmt: skip
        parent = self.parentWidget() or self
        self.accept()
        open_dialog("exam", self.workspace, parent, **facts)

    # -- what was found -------------------------------------------------------------------

    def _show(self, found: FreeFound) -> None:
        self.found = found
        self._fill(SLOTS, list(free_rows.slot_rows(found.slots)))
        self._fill(ROOMS, list(free_rows.room_rows(found.workshops, found)))
        self._fill(EXPERTS, list(free_rows.expert_rows(found, date.today())))
        for name in (SLOTS, ROOMS):
            self.views[name].show_nothing(_why_nothing(found) if not found.slots else "")
        self.views[EXPERTS].show_nothing(
            "" if found.experts else "Свободных экспертов нет. Возьмите больше дней или сторон."
        )
        self._enable()

    def _fill(self, name: str, rows: list[Row]) -> None:
        self._sources[name].show_rows(rows)
        with self.views[name].keeping():
            self._tables[name].reload()
        if rows and not self.views[name].current_id():
            self.views[name].selectRow(0)
        self.parts.show_text(name, f"{NAMES[name]} · {len(rows)}")

    def _tell_refusal(self, error: UserError) -> None:
        self._refuse(f"{error} {error.hint}".strip())

    def _refuse(self, text: str) -> None:
        self.found = None
        self.refusal.show_finding(Tone.BAD, text)
        for name in NAMES:
            self._fill(name, [])
        self._enable()

    def _enable(self) -> None:
        here = self.views[self.part]
        some = bool(here.current_id())
        self.exam_button.setVisible(self.part == SLOTS)
        self.exam_button.setEnabled(some)
        self.go_button.setEnabled(some)
        words = "Открыть на расписании" if self.part == SLOTS else "Открыть карточку"
        self.go_button.setText(f" {words}")
        self.count.setText(counted(self._sources[self.part].total(), *LISTED[self.part]))

    # -- building -------------------------------------------------------------------------

    def _add_view(self, name: str, columns: tuple[Column, ...]) -> None:
        self._sources[name] = ListSource(columns)
        self._tables[name] = QueryTable(self._sources[name], self)
        view = self.views[name] = TableView(self._tables[name], NAMES[name])
        view.opened.connect(lambda _ident: self.open_current())
        view.pointed.connect(lambda _ident: self._enable())
        self.stack.addWidget(view)

    def _assemble(self) -> None:
        self.setWindowTitle("Кто свободен / где свободно")
        closer = Button("Закрыть")
        closer.clicked.connect(lambda _checked: self.reject())
        for button in (closer, self.go_button, self.exam_button):
            button.setAutoDefault(False)
        self.refusal.hide()
        panel = list_card(self.stack, self.count)
        layout = column(
            label(self.windowTitle(), "section"), self.form, self.refusal,
            row(self.parts, None), panel, row(None, closer, self.go_button, self.exam_button),
            spacing=10, margins=(20, 16, 20, 14),
        )  # fmt: skip
        layout.setStretch(4, 1)
        self.setLayout(layout)
        fit_window(self, SIZE, LEAST)

    def _connect(self) -> None:
        self.form.changed.connect(self.search)
        self.parts.chosen.connect(lambda name: self.show_part(str(name)))
        self.go_button.clicked.connect(lambda _checked: self.open_current())
        self.exam_button.clicked.connect(lambda _checked: self.add_exam())
        self.workspace.changed.connect(self._follow)
        for name, keys in KEYS.items():
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self._jump, name))

    def _jump(self, name: str) -> None:
        self.show_part(name)
        self.views[name].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _follow(self, _tables: frozenset[str]) -> None:
        self.search()


def _why_nothing(found: FreeFound) -> str:
    wanted = found.wanted
    if not wanted.kit_id and not wanted.minutes:
        return CHOOSE
    if not found.fitting:
        return "Нет мастерской, где хватает рабочих мест и есть всё оборудование комплекта."
    fitting = counted(found.fitting, *LISTED[ROOMS])
    return f"Подходит {fitting}, но в эти дни свободного времени нет. Возьмите больше дней."
