"""A row beside the person whom it resembles: what differs is tinted, the user decides."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QLabel,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from demoexam.exchange.cells import Place
from demoexam.services.imports.plan import Decision
from demoexam.services.imports.similar import Comparison, Fact
from demoexam.ui import theme
from demoexam.ui.importing.board import Board, BoardRow
from demoexam.ui.importing.wording import Look
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import (
    Button,
    ElidedLabel,
    Pill,
    clear,
    column,
    label,
    restyle,
    row,
    rule,
)

CAPTION = 56
_LONGEST, _BREAK = 14, "\u200b"  # letters that surely fit; where a line may end
WORDS: Mapping[Decision, str] = {
    Decision.SAME: "Это &один человек: обновить его",
    Decision.DIFFERENT: "Это р&азные люди: создать нового",
    Decision.SKIP: "Проп&устить строку",
}
SAME_ROW = "Это &один человек: объединить"
LATER = "Без решения загрузится отдельно."
LATER_REFUSED = "Без решения строка не загрузится."
LATER_JOINED = "Без решения строки объединятся."


class SimilarPanel(QWidget):
    """`decided`: rows and the word on them (None: later); `stepped`: to another such row."""

    decided = Signal(list, object)
    stepped = Signal(int)
    left = Signal()  # Esc: back to the rows

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
        self.apply = Button("&Применить", look="primary")
        self.all = Button("", look="link")
        self.later = Button("Решить поз&же", look="link-soft")
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
        word = board.preview.choices.persons.get(self._place)
        self._show_word(word, comparison, refused=shown.look is Look.ERROR)
        self.all.setText(f"Так же для &всех {len(self._rest())}")
        self.all.setVisible(len(self._rest()) > 1)

    def focus_choice(self) -> None:
        self.radios[self._word()].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.apply.click()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _show_word(self, word: Decision | None, comparison: Comparison, *, refused: bool) -> None:
        same = SAME_ROW if comparison.in_file else WORDS[Decision.SAME]
        self.radios[Decision.SAME].setText(same)
        self.radios[word or Decision.SAME].setChecked(True)
        self.later.setVisible(word is not None)
        later = LATER_JOINED if comparison.joined else LATER
        self.fate.setText(LATER_REFUSED if refused else later)
        self.fate.setVisible(word is None)
        self.apply.setText("&Применить")

    def _show_facts(self, comparison: Comparison) -> None:
        clear(self._facts)
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        grid.setColumnMinimumWidth(0, theme.px(CAPTION))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for at, title in ((1, "Из файла"), (2, comparison.other)):
            words = label(title, "strong-small")
            words.setContentsMargins(5, 0, 0, 0)
            grid.addWidget(words, 0, at)
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
        inside = QWidget()
        inside.setLayout(column(self._facts, None, spacing=0, margins=(0, 0, 4, 0)))
        facts = scrolled(inside)
        answers = column(*self.radios.values(), spacing=0)
        ways = row(self.apply, self.all, None, self.later, spacing=6)
        layout = column(head, self.reason, facts, rule(), answers, ways, self.fate, spacing=6)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.on.clicked.connect(lambda: self.stepped.emit(1))
        self.apply.clicked.connect(lambda: self.decided.emit([self._place], self._word()))
        self.all.clicked.connect(lambda: self.decided.emit([*self._rest()], self._word()))
        self.later.clicked.connect(lambda: self.decided.emit([self._place], None))


def _value(text: str, fact: Fact, *, first: bool) -> QLabel:
    """What differs is tinted and shown whole; what agrees takes one line."""
    words = QLabel(_breakable(text) or "—") if fact.differs else ElidedLabel(text or "—")
    restyle(words, step="strong-small" if fact.differs and first else "small")
    if fact.differs:
        words.setWordWrap(True)
        restyle(words, look="fact", tone=Tone.WARN)
    elif isinstance(words, ElidedLabel):
        words.setContentsMargins(5, 2, 0, 2)
        words.show_text(text or "—")
    words.setTextFormat(Qt.TextFormat.PlainText)
    words.setAlignment(Qt.AlignmentFlag.AlignTop)
    return words


def _breakable(text: str) -> str:
    """A long word (an address of mail) may go over to the next line, after a mark or in between."""
    words = (one if len(one) <= _LONGEST else _parted(one) for one in text.split())
    return " ".join(words)


def _parted(word: str) -> str:
    marked = "".join(f"{sign}{_BREAK}" if sign in "@.-_/" else sign for sign in word)
    pieces = (part for part in marked.split(_BREAK) if part)
    return _BREAK.join(
        _BREAK.join(part[at : at + _LONGEST] for at in range(0, len(part), _LONGEST))
        for part in pieces
    )


def scrolled(inside: QWidget) -> QScrollArea:
    """Up and down only; the keys pass it by."""
    inside.setProperty("look", "clear")
    scroll = QScrollArea(widgetResizable=True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inside)
    return scroll
