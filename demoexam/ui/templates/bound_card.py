"""A card whose fields write straight into a dictionary of the form being edited."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from demoexam.documents.template_problems import where
from demoexam.ui.cards import Card
from demoexam.ui.choices import ChoiceField, FlagField
from demoexam.ui.templates.rows_table import RowField, RowsTable
from demoexam.ui.templates.words_edit import NumberLine, WordsEdit, WordsLine
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, column, label, row

Data = dict[str, Any]
Typed = TypeVar("Typed", WordsEdit, WordsLine, NumberLine)
Chosen = TypeVar("Chosen", ChoiceField, FlagField)


class BoundCard(Card):
    """`typed` at every letter, `written` when a field is left or a cell is done."""

    typed, written = Signal(), Signal()

    def __init__(self, title: str, data: Data) -> None:
        super().__init__(title, padding=12)
        self.data = data
        self.fields: dict[str, Any] = {}
        self.told = label("", "tone-small", tone=Tone.BAD, wrap=True)
        self.told.hide()

    def words(self, key: str, title: str = "", lines: int = 1) -> WordsEdit:
        return self._bound(key, title, WordsEdit(self.data[key], lines))

    def line(self, key: str, title: str) -> WordsLine:
        return self._bound(key, title, WordsLine(self.data[key]))

    def number(self, key: str, title: str) -> NumberLine:
        return self._bound(key, title, NumberLine(self.data[key]))

    def choice(self, key: str, title: str, options: Sequence[tuple[str, str]]) -> ChoiceField:
        field = ChoiceField(options)
        field.show_value(self.data[key])
        return self._chosen(key, title, field)

    def flag(self, key: str, title: str) -> FlagField:
        field = FlagField(title)
        field.show_value(self.data[key])
        return self._chosen(key, title, field)

    def rows(self, key: str, name: str, fields: Sequence[RowField]) -> RowsTable:
        """A table of what the list under `key` holds."""
        table = RowsTable(name, fields, self.data[key])
        table.written.connect(self.written)
        self.fields[key] = table
        return table

    def captioned(self, title: str, field: QWidget) -> Any:
        """The field with its name above it."""
        return column(label(title, "muted"), field, spacing=2)

    def tool(self, icon: str, name: str, run: Callable[[], object]) -> Button:
        """A small button at the right of the title."""
        button = _small("", icon, name, run)
        self.head.addWidget(button)
        return button

    def row_tools(
        self, table: RowsTable, new: Data | None = None, keeps: Callable[[Data], bool] | None = None
    ) -> Any:
        """Buttons under a table; `keeps` says which line is hidden rather than taken out."""
        buttons = [
            _small("Выше", "", "", lambda: table.move_row(-1)),
            _small("Ниже", "", "", lambda: table.move_row(1)),
            _small("Убрать", "minus", "", lambda: self._take_out(table, keeps)),
        ]
        if new is not None:
            buttons.insert(0, _small("Добавить", "plus", "", lambda: self._add(table, new)))
        return row(*buttons, None, spacing=6)

    def show_problem(self, at: Sequence[str | int], text: str) -> None:
        """Mark the field the problem is about; what has no field is told under the card."""
        field = self.fields.get(str(at[0])) if at else None
        if isinstance(field, RowsTable):
            field.show_problem(at[1:], text)
        elif field is not None:
            field.show_problem(text)
        if field is None or isinstance(field, RowsTable):
            told = f"{where(at)}: {text}" if at else text
            self.told.setText(f"{self.told.text()}\n{told}".strip())
            self.told.show()

    def clear_problems(self) -> None:
        self.told.hide()
        self.told.setText("")
        for field in self.fields.values():
            if isinstance(field, RowsTable):
                field.clear_problems()
            else:
                field.show_problem("")

    def finish(self) -> None:
        """The last thing on the card: what is wrong with it."""
        self.add(self.told)

    def _bound(self, key: str, title: str, field: Typed) -> Typed:
        def take() -> None:
            self.data[key] = field.value()

        field.setAccessibleName(title or self.title.text())
        field.typed.connect(take)
        field.typed.connect(self.typed)
        field.written.connect(take)
        field.written.connect(self.written)
        self.fields[key] = field
        return field

    def _chosen(self, key: str, title: str, field: Chosen) -> Chosen:
        def take(value: object) -> None:
            self.data[key] = value
            self.written.emit()

        field.setAccessibleName(title)
        field.written.connect(take)
        self.fields[key] = field
        return field

    def _add(self, table: RowsTable, new: Data) -> None:
        table.lines.append(dict(new))
        table.reload()
        table.setCurrentCell(len(table.lines) - 1, table.first_text())
        table.setFocus()
        self.written.emit()

    def _take_out(self, table: RowsTable, keeps: Callable[[Data], bool] | None) -> None:
        at = table.currentRow()
        if not 0 <= at < len(table.lines):
            return
        if keeps and keeps(table.lines[at]):
            table.lines[at]["shown"] = False
        else:
            del table.lines[at]
        table.reload()
        table.setCurrentCell(min(at, len(table.lines) - 1), table.first_text())
        self.written.emit()


def _small(text: str, icon: str, name: str, run: Callable[[], object]) -> Button:
    button = Button(text, icon, "small", name=name)
    button.clicked.connect(lambda _checked=False: run())
    return button
