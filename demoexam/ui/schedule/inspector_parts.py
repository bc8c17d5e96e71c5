"""What the inspector of the board is made of: a finding with its ways out and its other side."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QWidget

from demoexam.rules.placing import Move
from demoexam.rules.violation import Fix, Violation
from demoexam.services.exams.view import ExamCard
from demoexam.text import day_month
from demoexam.ui import theme
from demoexam.ui.cards import Action
from demoexam.ui.exams.exam_words import day_words, hours_words
from demoexam.ui.exams.finding_words import ICONS, TONES, title
from demoexam.ui.schedule.trying import Mended, Told
from demoexam.ui.widgets import Button, IconLabel, clear, column, label, restyle, row

WORDS = 205  # the room for words on a button of the narrowest inspector


class Way(NamedTuple):
    """A way out of a finding; `note` tells what it does to the year's share."""

    action: Action
    note: str = ""
    link: bool = False  # it goes somewhere and changes nothing


class FindingBox(QFrame):
    """A finding in words on its colour, its fixes as buttons below."""

    pointed = Signal(bool)  # the mouse or the keyboard came to it, or left it

    def __init__(self, found: Violation, ways: Sequence[Way], before: str = "") -> None:
        super().__init__()
        self.found = found
        tone = TONES[found.level]
        self.setProperty("look", "strip")
        restyle(self, tone=tone)
        mended = any(not way.link for way in ways)
        name = label(title(found), "tone-strong", wrap=True, tone=tone)
        words = label(f"{before}{found.reason if mended else found}", "tone", wrap=True, tone=tone)
        sign = IconLabel(ICONS[found.level], tone, 17)
        head = row(sign, column(name, words, spacing=2), spacing=8)
        head.setStretch(1, 1)
        head.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        layout = column(head, spacing=6, margins=(10, 8, 10, 8))
        for way in ways:
            layout.addWidget(self._button(way))
            if way.note:
                layout.addWidget(label(way.note, "tone-small", wrap=True, tone=tone))
        self.setLayout(layout)
        self.setAccessibleName(f"{before}{title(found)}. {found}")

    def eventFilter(self, button: QObject, event: QEvent) -> bool:
        """A button with the focus points at its finding as the mouse does."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.pointed.emit(event.type() == QEvent.Type.FocusIn or self.underMouse())
        return super().eventFilter(button, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.pointed.emit(True)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        here = self.focusWidget()
        self.pointed.emit(bool(here) and here.hasFocus())

    def _button(self, way: Way) -> Button:
        words = way.action.text
        button = way.action.button("link" if way.link else "small")
        note = f". {way.note}" if way.note else ""
        button.setAccessibleName(f"{words}: {title(self.found)}{note}")
        button.setToolTip("\n".join(filter(None, (words, way.note))))
        room = theme.px(WORDS)
        cut = button.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        button.setText(f" {cut}" if way.action.icon else cut)
        button.installEventFilter(self)
        return button


class FindingsPart(QWidget):
    """Some findings one below the other; hidden while there is none."""

    pointed = Signal(object)  # ids on the other side of one of them; None: at none any more
    jump_wanted = Signal(str)
    fix_wanted = Signal(object, object)  # Fix, the Move it was found for

    def __init__(self) -> None:
        super().__init__()
        self.boxes: list[FindingBox] = []
        self._column = column(spacing=8)
        self.setLayout(self._column)
        self.clear()

    def clear(self) -> None:
        self.boxes = []
        clear(self._column)
        self.hide()

    def add(self, told: Mended, ways: Sequence[Way], *, own: str, before: str = "") -> None:
        """`own` is the exam that it is said of: all else is its other side."""
        box = FindingBox(told.found, [*ways, *self._jumps(told)], before)
        other = frozenset({*told.found.subjects, *told.others} - {own})
        box.pointed.connect(lambda on: self.pointed.emit(other if on else None))
        self.boxes.append(box)
        self._column.addWidget(box)
        self.show()

    def add_words(self, words: str) -> None:
        self._column.addWidget(label(words, "muted"))

    def ready(self, fix: Fix, move: Move | None = None, note: str = "") -> Way:
        """A fix that was tried out: one button, one operation."""
        mend = partial(self.fix_wanted.emit, fix, move)
        return Way(Action(fix.label, mend, "arrow-right"), note)

    def buttons(self) -> list[QPushButton]:
        return [button for box in self.boxes for button in box.findChildren(QPushButton)]

    def _jumps(self, told: Mended) -> list[Way]:
        """To the other exam of a finding."""
        return [
            Way(
                Action(f"Показать {name}", partial(self.jump_wanted.emit, ident), "map-pin"),
                "",
                True,
            )
            for ident, name in told.others.items()
        ]


class FactsPart(QWidget):
    """When and where the exam is, and for how many."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = QGridLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setColumnStretch(1, 1)
        self._lines.setHorizontalSpacing(12)
        self._lines.setVerticalSpacing(6)

    def show_facts(self, card: ExamCard) -> None:
        clear(self._lines)
        for number, (name, value) in enumerate(_facts(card)):
            self._lines.addWidget(label(name, "muted"), number, 0)
            self._lines.addWidget(label(value, "strong", wrap=True), number, 1)
        self.show()


def _facts(card: ExamCard) -> list[tuple[str, str]]:
    row_ = card.row
    when = day_words(row_.starts_at.date(), row_.second_day) if row_.starts_at else "не назначен"
    hours = hours_words(row_.starts_at, row_.ends_at) if row_.starts_at else ""
    people = f"{card.head_count} из {card.places}" if card.places else str(card.head_count)
    before = day_month(row_.preparation_day) if row_.preparation_day else ""
    lines = (
        ("День", when), ("Часы", hours), ("Мастерская", card.workshop or "не выбрана"),
        ("Места", people), ("День С-1", before), ("Член ГЭК", row_.board_member),
    )  # fmt: skip
    return [(name, value) for name, value in lines if value]


def seen_of(told: Told) -> tuple[object, ...]:
    """All that is seen; while a new reading says the same, the buttons stay under the hand."""
    card = told.card
    return (
        card.id, told.group, told.findings, told.effects, card.share, _facts(card), card.kit,
        card.state, card.row.held, card.missing_seats, card.needed,
    )  # fmt: skip
