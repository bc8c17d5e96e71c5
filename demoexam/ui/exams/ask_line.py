"""One question across the card: a line to answer in, Enter takes it, Esc puts it away."""

from collections.abc import Callable
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QWidget

from demoexam.errors import UserError
from demoexam.ui.cards import Action
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, clear, column, label, restyle, row

Answer = Callable[[str], object]
NUMBER_WIDTH = 110


class AskLine(QFrame):
    """Stays until the answer is taken; a refusal is told below it, perhaps with a way out."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "strip")
        self.setProperty("tone", Tone.ACCENT)
        self.question, self.answer = label("", "strong"), QLineEdit()
        self.done, self.away = Button("", look="primary"), Button("Отмена")
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.setProperty("tone", Tone.BAD)
        self._ways = row(spacing=8)
        self._take: Answer = lambda _text: None
        self._back: QWidget | None = None
        self._needed = ""
        line = row(self.question, self.answer, self.done, self.away, None, spacing=10)
        line.setStretch(1, 1)
        self._line = line
        below = row(self.problem, self._ways, spacing=10)
        below.setStretch(0, 1)
        self.setLayout(column(line, below, spacing=4, margins=(12, 7, 8, 7)))
        self.answer.returnPressed.connect(self.take)
        self.done.clicked.connect(lambda _checked: self.take())
        self.away.clicked.connect(lambda _checked: self.put_away())
        self.hide()

    def ask(
        self,
        question: str,
        words: str,
        take: Answer,
        *,
        needed: str = "",
        hint: str = "",
        text: str = "",
        short: bool = False,
    ) -> None:
        """Show a question; `words` stand on its button, `needed` is said of an empty answer."""
        self._take, self._needed, self._back = take, needed, self.window().focusWidget()
        self.question.setText(question)
        self.done.setText(words)
        self.done.setAccessibleName(words)
        self.answer.setText(text)
        self.answer.setPlaceholderText(hint)
        self.answer.setAccessibleName(question)
        self.answer.setMaximumWidth(NUMBER_WIDTH if short else 16777215)
        self._line.setStretch(1, 0 if short else 9)
        self.tell("")
        self.show()
        self.answer.selectAll()
        self.answer.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self) -> None:
        """Hand the answer over; the line stays until `put_away`."""
        text = self.answer.text().strip()
        if self._needed and not text:
            self.tell(self._needed)
            self.answer.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.tell("")
        self._take(text)

    def tell(self, problem: str, ways: tuple[Action, ...] = ()) -> None:
        """Say what is wrong with the answer, with other ways to go on."""
        self.problem.setText(escape(problem))
        self.problem.setVisible(bool(problem))
        self.answer.setAccessibleDescription(problem)
        restyle(self.answer, tone=Tone.BAD if problem else "")
        clear(self._ways)
        for way in ways:
            self._ways.addWidget(way.button("small"))

    def refuse(self, error: UserError) -> None:
        self.tell(f"{error} {error.hint}".strip())

    def put_away(self, _result: object = None) -> None:
        within = self.answer.hasFocus() or self.done.hasFocus() or self.away.hasFocus()
        self.hide()
        if within and self._back is not None and self._back.isVisible():
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)
