"""Which students of a group sit this exam: all of them, or those that are ticked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from demoexam.services.exams.draft import StudentChoice
from demoexam.ui.widgets import Button, column, row


class StudentPicker(QWidget):
    """Hidden behind a link until a part of the group is wanted; Space ticks a name."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.list, self.switch = QListWidget(), Button(look="link")
        self.list.setAccessibleName("Кто сдаёт: пробел отмечает")
        self.list.itemChanged.connect(lambda _item: self.changed.emit())
        self.switch.setAutoDefault(False)
        self.switch.clicked.connect(lambda _checked: self.show_part(not self.is_part()))
        self.setLayout(column(row(self.switch, None), self.list, spacing=4))
        self.list.hide()
        self.switch.hide()

    def show_people(self, people: Sequence[StudentChoice]) -> None:
        """Those who sit in another sitting of the kit are not ticked."""
        self.list.blockSignals(True)
        self.list.clear()
        for one in people:
            item = QListWidgetItem(one.name + ("  (сдаёт в другой смене)" if one.seated else ""))
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            ticked = Qt.CheckState.Unchecked if one.seated else Qt.CheckState.Checked
            item.setCheckState(ticked)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.switch.setVisible(bool(people))
        self.show_part(any(one.seated for one in people))

    def is_part(self) -> bool:
        """The ticked ones sit, not the whole group."""
        return not self.list.isHidden() and self.list.count() > 0

    def show_part(self, wanted: bool) -> None:
        self.list.setVisible(wanted)
        self.switch.setText("Сдаёт вся группа" if wanted else "Выбрать часть группы…")
        self.changed.emit()

    def chosen(self) -> list[str]:
        """Ids of the ticked students; none when the whole group sits."""
        if not self.is_part():
            return []
        items = (self.list.item(number) for number in range(self.list.count()))
        return [
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        ]
