"""Parts of «Версии плана»: the line on which the plan is approved, and the list of versions."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from demoexam.services.season.plan_approval import Coverage
from demoexam.services.season.plan_versions import VersionLine
from demoexam.text import clock, counted, day_month, short_date
from demoexam.ui.dialogs.versions_rows import EXAMS
from demoexam.ui.fields import TextField
from demoexam.ui.widgets import Button, column, label, row

NAME_WIDTH = 220


class ApprovalBar(QWidget):
    """The name of a new version, what it would hold, and the button; Enter approves, too."""

    asked = Signal(str)

    def __init__(self, year: int) -> None:
        super().__init__()
        self.name, self.button = TextField("Название"), Button("Утвердить план", "check", "primary")
        self.title, self.covered = label(f"План {year} года", "section"), label("", "muted")
        self.name.setAccessibleName("Название новой версии")
        self.name.setMinimumWidth(NAME_WIDTH)
        self.button.setAutoDefault(False)
        head = row(column(self.title, self.covered, spacing=2), self.name, self.button, spacing=8)
        head.setStretch(0, 2)
        head.setStretch(1, 3)
        self.setLayout(head)
        self.button.clicked.connect(lambda _checked: self._ask())
        self.name.returnPressed.connect(self._ask)

    def show_proposed(self, name: str, covered: Coverage) -> None:
        """A name that is being written stays."""
        if not self.name.isModified():
            self.name.show_value(name)
        words = covered_words(covered)
        self.covered.setText(words)
        self.button.setToolTip(words)
        self.button.setEnabled(bool(covered.sittings))

    def take_next_name(self) -> None:
        """The name was used: the next proposal may take its place."""
        self.name.setModified(False)

    def _ask(self) -> None:
        if self.button.isEnabled():
            self.name.clearFocus()
            self.asked.emit(self.name.text())


class VersionsList(QListWidget):
    """Versions, the latest first; `chosen` when another one is meant."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.versions: Sequence[VersionLine] = ()
        self.setAccessibleName("Версии плана")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentRowChanged.connect(lambda _row: self.chosen.emit())

    def show_versions(self, versions: Sequence[VersionLine]) -> None:
        """The chosen one stays chosen; `chosen` is not told."""
        kept, self.versions = self.version(), versions
        self.blockSignals(True)
        self.clear()
        for one in versions:
            when = f"{short_date(one.taken_at.date())}, {clock(one.taken_at)}"
            self._add(one.id, f"{one.name}\n{when} · {counted(one.sittings, *EXAMS)}")
        ids = [one.id for one in versions]
        self.setCurrentRow(ids.index(kept) if kept in ids else 0)
        self.blockSignals(False)

    def choose(self, version_id: str) -> None:
        """Choose one that is on its way: it comes with the next `show_versions`."""
        self.blockSignals(True)
        self.setCurrentItem(self._add(version_id, ""))
        self.blockSignals(False)

    def version(self) -> str:
        """The chosen one's id; "" where there is none."""
        number = self.currentRow()
        return str(self.item(number).data(Qt.ItemDataRole.UserRole)) if number >= 0 else ""

    def name(self) -> str:
        here = self.version()
        return next((one.name for one in self.versions if one.id == here), "")

    def _add(self, ident: str, words: str) -> QListWidgetItem:
        item = QListWidgetItem(words)
        item.setData(Qt.ItemDataRole.UserRole, ident)
        self.addItem(item)
        return item


def covered_words(covered: Coverage) -> str:
    """«52 экзамена, 15 января – 20 декабря; без даты, не войдут: 2»."""
    if covered.first is None or covered.last is None:
        return "Экзаменов с датой нет: утверждать нечего."
    told = [f"{counted(covered.sittings, *EXAMS)}, {day_month(covered.first)}"]
    if covered.last != covered.first:
        told[0] += f" – {day_month(covered.last)}"
    told += [f"без даты, не войдут: {covered.undated}"] if covered.undated else []
    told += [f"отложены, не войдут: {covered.held}"] if covered.held else []
    return "; ".join(told)
