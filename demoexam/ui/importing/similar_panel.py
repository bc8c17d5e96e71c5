"""A row beside the person whom it resembles: what differs is tinted, the user decides."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QRadioButton, QWidget

from demoexam.exchange.cells import Place
from demoexam.services.imports_plan import Decision
from demoexam.services.imports_similar import Comparison, Fact
from demoexam.ui import theme
from demoexam.ui.importing.board import Board, BoardRow
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, Pill, clear, column, label, restyle, row, rule

CAPTION = 58
WORDS: Mapping[Decision, str] = {
    Decision.SAME: "Это &один человек: обновить его",
    Decision.DIFFERENT: "Это р&азные люди: создать нового",
    Decision.SKIP: "Проп&устить строку",
}
SAME_ROW = "Это &один человек: объединить строки"
LATER = "Без решения загрузится отдельно и останется среди замечаний: объединить можно и потом."
LATER_JOINED = "Без решения строки объединятся."


class SimilarPanel(QWidget):
    """`decided`: rows and the word on them (None: later); `stepped`: to another such row."""

    decided = Signal(list, object)
    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._place: Place | None = None
        self._board: Board | None = None
        self.count = Pill(tone=Tone.WARN)
        self.back = Button("", "chevron-left", "icon", name="Предыдущий похожий")
        self.on = Button("", "chevron-right", "icon", name="Следующий похожий")
        self.reason, self.fate = label("", "muted", wrap=True), label("", "muted", wrap=True)
        self._facts = column(spacing=0)
        self.radios = {word: QRadioButton(text) for word, text in WORDS.items()}
        self._group = QButtonGroup(self)
        for radio in self.radios.values():
            self._group.addButton(radio)
        self.apply = Button("Применить", look="primary")
        self.all = Button("", look="link")
        self.later = Button("Решить позже", look="link-soft")
        self._lay_out()
        self._connect()

    def show_row(self, board: Board, shown: BoardRow) -> None:
        """The row must be one of the board's `alike`."""
        self._board, self._place = board, shown.plan.place
        comparison = board.alike[self._place]
        places = list(board.alike)
        self.count.show_state(f"{places.index(self._place) + 1} из {len(places)}", Tone.WARN)
        for button in (self.back, self.on):
            button.setEnabled(len(places) > 1)
        self.reason.setText(comparison.reason[:1].upper() + comparison.reason[1:])
        self._show_facts(comparison)
        self._show_word(board.preview.choices.persons.get(self._place), shown)
        self.all.setText(f"Так же для &всех {len(self._rest())}")
        self.all.setVisible(len(self._rest()) > 1)

    def focus_choice(self) -> None:
        self._group.checkedButton().setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.apply.click()
        else:
            super().keyPressEvent(event)

    def _show_word(self, word: Decision | None, shown: BoardRow) -> None:
        likeness = shown.plan.likeness
        in_file = likeness is not None and likeness.row is not None
        self.radios[Decision.SAME].setText(SAME_ROW if in_file else WORDS[Decision.SAME])
        self.radios[word or Decision.SAME].setChecked(True)
        self.later.setVisible(word is not None)
        joined = likeness is not None and likeness.joined
        self.fate.setText("" if word else LATER_JOINED if joined else LATER)
        self.fate.setVisible(word is None)
        self.apply.setText("Решено" if word else "Применить")

    def _show_facts(self, comparison: Comparison) -> None:
        clear(self._facts)
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(3)
        grid.setColumnMinimumWidth(0, theme.px(CAPTION))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(label("Из файла", "strong-small"), 0, 1)
        grid.addWidget(label(comparison.other, "strong-small"), 0, 2)
        for line, fact in enumerate(comparison.facts, start=1):
            caption = label(fact.name, "muted")
            caption.setContentsMargins(0, 2, 0, 0)
            grid.addWidget(caption, line, 0, Qt.AlignmentFlag.AlignTop)
            for at, text in ((1, fact.mine), (2, fact.other)):
                grid.addWidget(_value(text, fact, first=at == 1), line, at)
        self._facts.addLayout(grid)
        told = (f"{fact.name}: {fact.mine or 'нет'}, {fact.other or 'нет'}"
                for fact in comparison.facts if fact.differs)  # fmt: skip
        self.setAccessibleName(f"Похожие люди. {comparison.reason}. Различия: {'; '.join(told)}")

    def _rest(self) -> Sequence[Place]:
        """This row and those still open."""
        if self._board is None or self._place is None:
            return ()
        return [self._place, *(one for one in self._board.undecided if one != self._place)]

    def _word(self) -> Decision:
        return next(word for word, radio in self.radios.items() if radio.isChecked())

    def _lay_out(self) -> None:
        head = row(label("Похожие люди", "title"), self.count, None, self.back, self.on, spacing=6)
        self.apply.setDefault(False)
        self.setLayout(
            column(
                head, self.reason, self._facts, 2, rule(), *self.radios.values(),
                row(self.apply, self.all, None, spacing=6), self.fate,
                row(self.later, None), None, spacing=6, margins=(0, 0, 4, 0),
            )
        )  # fmt: skip

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.on.clicked.connect(lambda: self.stepped.emit(1))
        self.apply.clicked.connect(lambda: self.decided.emit([self._place], self._word()))
        self.all.clicked.connect(lambda: self.decided.emit([*self._rest()], self._word()))
        self.later.clicked.connect(lambda: self.decided.emit([self._place], None))
        for radio in self.radios.values():
            radio.clicked.connect(lambda: self.apply.setText("Применить"))


def _value(text: str, fact: Fact, *, first: bool) -> QLabel:
    words = label(text or "—", "" if fact.differs else "soft", wrap=True)
    words.setTextFormat(Qt.TextFormat.PlainText)
    words.setAlignment(Qt.AlignmentFlag.AlignTop)
    restyle(words, look="fact", step="strong-small" if fact.differs and first else "small")
    if fact.differs:
        restyle(words, tone=Tone.WARN)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return words
