"""What the papers of the day lack: a line each, with a way to the exam."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, ElidedLabel, IconLabel, clear, column, label, row

MOST = 4


class MissingBox(QFrame):
    """Hidden while nothing is missing; the papers print with room to write anyway."""

    wanted = Signal(str)  # the sitting to open

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "strip")
        self.setProperty("tone", Tone.WARN)
        self.title = label("", "strong", tone=Tone.WARN)
        self.lines = column(spacing=4)
        self.blanks = label("напечатаются пустые строки", tone=Tone.WARN)
        sign = IconLabel("triangle-alert", "warn", 17)
        head = row(sign, self.title, None, self.blanks, spacing=8)
        self.setLayout(column(head, self.lines, spacing=6, margins=(12, 8, 10, 8)))
        self.hide()

    def show_lines(self, missing: Sequence[tuple[str, str, str]], outdated: int = 0) -> None:
        """Sitting, group, sentence; the first few are shown, the rest is counted.

        `outdated` of them tell of prints that hold no more.
        """
        clear(self.lines)
        self.setVisible(bool(missing))
        lacking = len(missing) - outdated
        told = [f"Не хватает данных: {lacking}"] if lacking else []
        told += [f"Устарело напечатанное: {outdated}"] if outdated else []
        title = " · ".join(told)
        self.title.setText(title)
        self.blanks.setVisible(lacking > 0)
        for ident, group, sentence in missing[:MOST]:
            self.lines.addWidget(self._line(ident, group, sentence))
        if len(missing) > MOST:
            self.lines.addWidget(label(f"и ещё {len(missing) - MOST}", tone=Tone.WARN))
        words = "; ".join(f"{group}: {sentence}" for _, group, sentence in missing)
        self.setAccessibleName(f"{title}: {words}" if words else "")

    def _line(self, ident: str, group: str, sentence: str) -> QWidget:
        opens = Button("Открыть", "arrow-right", "small")
        opens.setAccessibleName(f"Открыть экзамен {group}: {sentence}")
        opens.setAutoDefault(False)
        opens.clicked.connect(lambda _checked: self.wanted.emit(ident))
        text = ElidedLabel(sentence)
        text.setToolTip(sentence)
        layout = row(label(group, "strong", tone=Tone.WARN), text, opens, spacing=8)
        layout.setStretch(1, 1)
        line = QWidget()
        line.setLayout(layout)
        return line
