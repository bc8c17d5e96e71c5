"""The fields of one record in an inspector: each is written as it is left."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from demoexam.ui.fields import TextField
from demoexam.ui.widgets import label

NARROW = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
AnyField = Any  # a widget that is a fields.Field; Qt's classes cannot be mixed with protocols


class RecordForm(QWidget):
    """Captions above their fields, in a grid. `wrote` tells the column and its new value."""

    wrote = Signal(str, object)

    def __init__(self, columns: int = 2) -> None:
        super().__init__()
        self._fields: dict[str, AnyField] = {}
        self._titles: dict[str, str] = {}
        self._record = ""
        self._values: Mapping[str, Any] = {}
        self._columns, self._next = columns, 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(3)
        for number in range(columns):
            self._grid.setColumnStretch(number, 1)

    def add_field(self, name: str, title: str, field: AnyField, *, wide: bool = False) -> AnyField:
        """Put a field in the next free cell; `wide` takes a line of its own."""
        if wide and self._next % self._columns:
            self._next += self._columns - self._next % self._columns
        line, place = divmod(self._next, self._columns)
        span = self._columns if wide else 1
        self._next += span
        caption = label(title, "muted")
        caption.setBuddy(field)
        field.setAccessibleName(title)
        if isinstance(field, QComboBox):
            field.setSizeAdjustPolicy(NARROW)
            field.setMinimumContentsLength(6)
        if title:
            self._grid.addWidget(caption, line * 2, place, 1, span)
        self._grid.addWidget(field, line * 2 + 1, place, 1, span)
        self._fields[name], self._titles[name] = field, title.lower()
        field.written.connect(lambda value: self.wrote.emit(name, value))
        return field

    def add_flag(self, name: str, title: str, field: AnyField) -> AnyField:
        """A check box carries its words itself."""
        made = self.add_field(name, "", field, wide=True)
        field.setAccessibleName(title)
        self._titles[name] = title.lower()
        return made

    def field(self, name: str) -> AnyField:
        return self._fields[name]

    def title(self, name: str) -> str:
        return self._titles[name]

    def show_record(self, record_id: str, values: Mapping[str, Any]) -> None:
        """Show the values; what is being typed into this same record is left alone.

        When somebody else wrote that field meanwhile, the typing one is told so.
        """
        same, self._record = record_id == self._record, record_id
        self._values = values
        for name, field in self._fields.items():
            if name not in values:
                continue
            if not (same and _is_typed_in(field)):
                field.show_value(values[name])
            elif field.value() != values[name]:
                field.show_rival(values[name])

    def refuse(self, name: str, value: object, error: Exception) -> None:
        """Keep what was typed in a red frame; Esc brings the stored value back."""
        field = self._fields[name]
        typed = field.text() if isinstance(field, TextField) else ""
        field.show_value(self._values.get(name))
        if isinstance(field, TextField):
            field.setText(typed or str(value))
            hint = getattr(error, "hint", "")
            field.show_problem(f"{error} {hint}".strip())


def _is_typed_in(field: AnyField) -> bool:
    """Being edited by the user, or holding what was refused."""
    if not isinstance(field, TextField):
        return False
    return (field.hasFocus() and field.isModified()) or bool(field.problem())
