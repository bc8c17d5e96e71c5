"""The grid of points as one types in it: Enter goes down, a wrong value stays in a red frame."""

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QTableView,
    QWidget,
)

from demoexam.ui import theme
from demoexam.ui.exams.score_delegate import ScoreDelegate
from demoexam.ui.exams.scores_table import (
    CAME,
    FINISHED,
    FIRST,
    GRADE,
    NAME,
    NOTE,
    NUMBER,
    PER_CENT,
    PLACE,
    TOTAL,
    Index,
    ScoresTable,
)
from demoexam.ui.table_view import ROW
from demoexam.ui.widgets import Button, IconLabel, column, label, row

HEADER = 46
WIDTHS = {NUMBER: 40, PLACE: 58, CAME: 54}
TAIL = {TOTAL: 84, PER_CENT: 80, GRADE: 116, FINISHED: 76, NOTE: 110}  # after the modules
MIDDLE = {TOTAL: 84, PER_CENT: 0, GRADE: 104, FINISHED: 76, NOTE: 104}
NARROW = {TOTAL: 72, PER_CENT: 0, GRADE: 110, FINISHED: 80, NOTE: 68}
NAME_LEAST, NAME_MOST = 200, 280
MODULE_LEAST, MODULE_EASY, MODULE_MOST = 56, 72, 92
Hint = QAbstractItemDelegate.EndEditHint


class ScoresView(QTableView):
    """Space notes who came, digits type points, Ctrl+V pastes a block from a spreadsheet."""

    came = Signal(int)  # the row whose attendance changes

    def __init__(self, model: ScoresTable) -> None:
        super().__init__()
        self.scores = model
        self.balloon = Balloon(self.viewport())
        self.setModel(model)
        self.setItemDelegate(ScoreDelegate(model, self))
        self._behave()
        model.modelReset.connect(self._lay_out)
        model.refused.connect(self._show_problem)
        model.mended.connect(self.balloon.hide)
        self.balloon.accepted.connect(self._accept)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif event.key() == Qt.Key.Key_Space and here.column() == CAME:
            self.came.emit(here.row())
        elif event.key() == Qt.Key.Key_Space and here.column() == self.scores.after + FINISHED:
            self.scores.enter(here, self.scores.people[here.row()].ends_by)
            self._go_down()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.state() != QAbstractItemView.State.EditingState:  # else the editor's own
                self._go_down()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.scores.enter(here, "")
        elif event.key() == Qt.Key.Key_Escape and self.scores.wrong_text(here) is not None:
            self.scores.forget_wrong(here)
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: Hint) -> None:
        """Enter goes down unless the value was refused; Esc brings the earlier value back."""
        here = self.currentIndex()
        if hint == Hint.RevertModelCache:
            self.scores.forget_wrong(here)
        if hint != Hint.SubmitModelCache:
            super().closeEditor(editor, hint)
            return
        super().closeEditor(editor, Hint.NoHint)
        if self.scores.wrong_text(here) is None:
            self._go_down()

    def paste(self, text: str) -> None:
        """Put a block of cells at the cursor through the same checks as typing."""
        here = self.currentIndex()
        cells = [
            (self.scores.index(here.row() + down, here.column() + right), value)
            for down, line in enumerate(text.rstrip("\n").splitlines())
            for right, value in enumerate(line.split("\t"))
        ]
        self.scores.enter_block([(cell, value) for cell, value in cells if cell.isValid()])

    def go_to(self, index: QModelIndex) -> None:
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def first_gap(self) -> QModelIndex:
        """The first cell that keeps the exam from being closed."""
        for number in range(self.scores.rowCount()):
            if self.scores.needs_nothing(number) or self.scores.is_full(number):
                continue
            for at in range(FIRST, self.scores.after):
                cell = self.scores.index(number, at)
                if not self.scores.text(number, at) or self.scores.wrong_text(cell) is not None:
                    return cell
        return QModelIndex()

    def gap(self, place_id: str, module: int) -> QModelIndex:
        """The cell of an examinee's module."""
        numbers = [each.number for each in self.scores.modules]
        for number, one in enumerate(self.scores.people):
            if one.place_id == place_id and module in numbers:
                return self.scores.index(number, FIRST + numbers.index(module))
        return QModelIndex()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.balloon.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
        if self.balloon.isVisible():
            self.balloon.place(self.visualRect(self.currentIndex()))

    def _behave(self) -> None:
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.EditKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName("Оценки: Enter — вниз, Tab — вправо, пробел отмечает явку")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCornerWidget(QWidget())
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.horizontalHeader().setFixedHeight(HEADER)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)

    def _lay_out(self) -> None:
        """First the names get room, then the modules; where it is too little the per cent goes."""
        after, count = self.scores.after, max(len(self.scores.modules), 1)
        seats = sum(WIDTHS.values()) + NAME_LEAST
        room = int(self.viewport().width() * 100 / theme.px(100))
        easy = room - seats - count * MODULE_EASY
        tail = next((one for one in (TAIL, MIDDLE) if sum(one.values()) <= easy), NARROW)
        self.setColumnHidden(after + PER_CENT, not tail[PER_CENT])
        self.scores.show_briefly(brief=tail is NARROW)
        left = room - seats - sum(tail.values())
        name = min(NAME_LEAST + max(0, left - MODULE_EASY * count), NAME_MOST)
        module = min(max((left + NAME_LEAST - name) // count, MODULE_LEAST), MODULE_MOST)
        widths = {NAME: name, **WIDTHS}
        widths |= {after + number: wide for number, wide in tail.items()}
        for number in range(self.scores.columnCount()):
            self.setColumnWidth(number, theme.px(widths.get(number, module)))

    def _go_down(self) -> None:
        here = self.currentIndex()
        if here.row() + 1 < self.scores.rowCount():
            self.setCurrentIndex(self.scores.index(here.row() + 1, here.column()))

    def _show_problem(self, index: QModelIndex, problem: str, proposal: str) -> None:
        self.setCurrentIndex(index)
        self.balloon.tell(self.visualRect(index), problem, proposal)

    def _accept(self, value: str) -> None:
        if self.scores.enter(self.currentIndex(), value):
            self.balloon.hide()
            self.setFocus(Qt.FocusReason.OtherFocusReason)


class Balloon(QFrame):
    """Beside a wrong cell: what is wrong, that it is not written, what may have been meant."""

    accepted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self.setProperty("look", "popup")
        self.problem = label("", "tone-strong", tone="bad")
        self.told, self.offer = label("", "muted"), Button("", look="link")
        head = row(IconLabel("circle-x", "bad", 15), self.problem, spacing=6)
        below = row(self.told, self.offer, None, spacing=6)
        self.setLayout(column(head, below, spacing=1, margins=(12, 7, 12, 7)))
        self.offer.clicked.connect(lambda _checked: self.accepted.emit(self.offer.text()))
        self.hide()

    def tell(self, cell: QRect, problem: str, proposal: str) -> None:
        self.problem.setText(problem)
        self.told.setText(f"Не записано.{f' Похоже на {proposal}?' if proposal else ''}")
        self.offer.setText(proposal)
        self.offer.setVisible(bool(proposal))
        self.setAccessibleName(f"{problem}. {self.told.text()}")
        self.adjustSize()
        self.place(cell)
        self.show()
        self.raise_()

    def place(self, cell: QRect) -> None:
        """Right of the cell, or left of it where there is no room."""
        room = self._room.rect()
        right = cell.right() + 6
        left = right if right + self.width() <= room.width() else cell.left() - self.width() - 6
        top = min(max(0, cell.center().y() - self.height() // 2), room.height() - self.height())
        self.move(left, top)
