"""Which rows of the preview are seen, with their numbers; and the way from problem to problem."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from demoexam.services.imports.plan import Status
from demoexam.text import counted
from demoexam.ui.importing.board import Board
from demoexam.ui.importing.preview_model import ALL, NOTED, SIMILAR
from demoexam.ui.importing.wording import LOOKS, Look
from demoexam.ui.widgets import Button, Segments, clear, label, row

_OPTIONS: Sequence[tuple[str, str, Look]] = (
    (Status.NEW.value, "Новые", Look.NEW),
    (Status.CHANGED.value, "Изменятся", Look.CHANGED),
    (Status.SAME.value, "Те же", Look.SAME),
    (Status.DUPLICATE.value, "Повторы", Look.DUPLICATE),
    (Status.HELD.value, "Отложатся", Look.HELD),
    (Status.SKIPPED.value, "Пропустятся", Look.SKIPPED),
    (NOTED, "Замечания", Look.NOTED),
    (Status.ERROR.value, "Ошибки", Look.ERROR),
    (SIMILAR, "Похожие", Look.SIMILAR),
)


class RowFilter(QWidget):
    """`chosen`: ALL, NOTED, SIMILAR or a value of Status, and whether unchanged rows are hidden."""

    chosen = Signal(str, bool)
    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._place = row(spacing=0)
        self.segments = Segments([(ALL, "Все")])
        self.hide_same = QCheckBox("скр&ыть без изменений")
        self.back = Button("", "chevron-left", "icon", name="Предыдущая проблема (Shift+F8)")
        self.on = Button("", "chevron-right", "icon", name="Следующая проблема (F8)")
        self.words = label("", "muted")
        self.hide_same.toggled.connect(lambda _: self._tell())
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.on.clicked.connect(lambda: self.stepped.emit(1))
        layout = row(self._place, self.hide_same, None, self.words, self.back, self.on, spacing=10)
        self.setLayout(layout)

    def show_board(self, board: Board, chosen: str) -> str:
        """Rebuild the segments; the choice that is in force afterwards is returned."""
        counts = _counts(board)
        options = [(value, f"{name} {counts[value]}", look)
                   for value, name, look in _OPTIONS if counts[value]]  # fmt: skip
        kept = chosen if counts.get(chosen) else ALL
        clear(self._place)
        named = [(ALL, f"Все {len(board.rows)}"), *((value, text) for value, text, _ in options)]
        self.segments = Segments(named, "Какие строки показать")
        _signed(self.segments, [look for *_, look in options])
        self.segments.chosen.connect(lambda _: self._tell())
        self._place.addWidget(self.segments)
        self.segments.show_value(kept)
        self.hide_same.setVisible(bool(counts[Status.SAME.value]))
        said = counted(board.problems, "проблема", "проблемы", "проблем")
        self.words.setText(f"{said}, F8 — к следующей" if board.problems else "проблем нет")
        for button in (self.back, self.on):
            button.setEnabled(bool(board.problems))
        return kept

    def show_only(self, which: str) -> None:
        """Take a segment as if the user had clicked it."""
        self.segments.show_value(which)
        self._tell()

    def _tell(self) -> None:
        which = str(self.segments.value())
        self.hide_same.setEnabled(which == ALL)
        self.chosen.emit(which, self.hide_same.isChecked() and which == ALL)


def _counts(board: Board) -> dict[str, int]:
    counted_looks = {NOTED: board.noted, SIMILAR: len(board.alike), ALL: len(board.rows)}
    return {status.value: board.counts[status] for status in Status} | counted_looks


def _signed(segments: Segments, looks: Sequence[Look]) -> None:
    """Each segment wears the sign of its rows: it explains the signs on the left."""
    _all, *buttons = segments.findChildren(Button)
    for button, look in zip(buttons, looks, strict=True):
        button.setText(f" {button.text()}")
        button.show_icon(*LOOKS[look])
