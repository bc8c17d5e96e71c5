"""What becomes of the row under the cursor and why, in whole sentences."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from demoexam.services.imports.draft import FieldChange
from demoexam.ui.importing.board import BoardRow
from demoexam.ui.importing.wording import CHANGES, LOOKS, SIGN_NAMES, Look, shown
from demoexam.ui.widgets import Button, IconLabel, Pill, clear, column, label, row

NOTHING = "Поставьте курсор на строку: здесь будет сказано, что с ней станет и почему."


class RowPanel(QWidget):
    """`fix_asked`: the user wants to mend the cell under the cursor."""

    fix_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title, self.state = label("", "title"), Pill()
        self.name = label("", "strong", wrap=True)
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lines = column(spacing=8)
        self.fix = Button("Исправить ячейку  F2", "pencil")
        self.fix.clicked.connect(self.fix_asked)
        self.setLayout(
            column(
                row(self.title, self.state, None), self.name, self._lines, 4, self.fix, None,
                spacing=8, margins=(0, 0, 6, 0),
            )
        )  # fmt: skip
        self.show_row(None)

    def show_row(self, shown_row: BoardRow | None, *, with_sheet: bool = False) -> None:
        """`with_sheet`: rows of several sheets are shown together."""
        clear(self._lines)
        self.state.setVisible(shown_row is not None)
        self.fix.setVisible(shown_row is not None)
        if shown_row is None:
            self.title.setText("Строка файла")
            self.name.hide()
            self._lines.addWidget(label(NOTHING, "soft", wrap=True))
            return
        plan = shown_row.plan
        sheet = f" · {plan.place.sheet}" if with_sheet else ""
        self.title.setText(f"Строка {plan.place.row}{sheet}")
        self.state.show_state(SIGN_NAMES[shown_row.look], LOOKS[shown_row.look][1])
        self.name.setText(plan.title)
        self.name.setVisible(bool(plan.title))
        self._lines.addWidget(label(shown_row.fate, "soft", wrap=True))
        for reason in plan.reasons:
            self._lines.addLayout(_reason(reason, shown_row.look))
        for change in plan.changes if shown_row.look is not Look.ERROR else ():
            if words := _change(change):
                self._lines.addWidget(words)
        self.setAccessibleName(f"Строка {plan.place.row}: {plan.title}, {shown_row.outcome}")


def _reason(reason: str, look: Look) -> QVBoxLayout:
    words = label(reason[:1].upper() + reason[1:], "tone", wrap=True, tone=LOOKS[look][1])
    words.setTextFormat(Qt.TextFormat.PlainText)
    sign = IconLabel("triangle-alert", LOOKS[look][1], 15)
    line = row(sign, words, spacing=8)
    line.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
    line.setStretch(1, 1)
    return column(line)


def _change(change: FieldChange) -> QWidget | None:
    name = CHANGES.get(change.field, ("", change.field))[1]
    new = shown(change.new)
    if not name or not new or isinstance(change.new, list | dict) or len(new) == len(_ID):
        return None
    old = shown(change.old)
    was = f"<s>{escape(old)}</s> → " if old else ""
    return label(f"{name}: {was}<b>{escape(new)}</b>", wrap=True)


_ID = "01890000-0000-7000-8000-000000000000"
