"""The head of the report: the year's figure, the way to the target, the three counts."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from demoexam.rules.shares import Share
from demoexam.rules.terms import METHOD_NAMES, CountMethod
from demoexam.services.share.share import ShareRow
from demoexam.text import NBSP, decimal_comma, percent, plural, rounded
from demoexam.ui import theme
from demoexam.ui.cards import StatLine
from demoexam.ui.widgets import column, label, restyle, row

UNITS = {
    CountMethod.PERSONS: ("эксперта", "экспертов", "экспертов"),
    CountMethod.ASSIGNMENTS: ("назначения", "назначений", "назначений"),
    CountMethod.ROSTER: ("эксперта реестра", "экспертов реестра", "экспертов реестра"),
}


class MethodChip(QPushButton):
    """One way to count with its figure; pressed, it becomes the report's way."""

    def __init__(self, method: CountMethod) -> None:
        super().__init__()
        self._name = METHOD_NAMES[method]
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.name, self.figure = label(self._name, "muted"), label("", "title")
        for words in (self.name, self.figure):
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayout(column(self.name, self.figure, spacing=1, margins=(11, 5, 8, 5)))

    def sizeHint(self) -> QSize:
        """Two lines; a fixed size would be overruled by the style sheet."""
        return QSize(theme.px(117), theme.px(50))

    def show_share(self, share: Share, *, chosen: bool) -> None:
        figure = percent(share.value)
        self.figure.setText(figure)
        self.setChecked(chosen)
        restyle(self.figure, tone="accent" if chosen else "")
        self.setAccessibleName(f"Считать {self._name}: {figure}")
        self.setToolTip(f"{share.employers} из {share.experts}")


class Summary(QWidget):
    """`chosen` is a method whose chip was pressed."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.stat = StatLine()
        self.chips = {method: MethodChip(method) for method in CountMethod}
        for method, chip in self.chips.items():
            chip.clicked.connect(lambda _on=False, method=method: self.chosen.emit(method))
        layout = row(self.stat, *self.chips.values(), spacing=10, margins=(18, 12, 16, 10))
        layout.setStretch(0, 1)
        self.setLayout(layout)
        for line in (self.stat.text, self.stat.detail):
            line.setWordWrap(True)
        words = self.stat.layout()
        if isinstance(words, QHBoxLayout):
            words.setStretch(1, 1)
            words.setStretch(2, 0)

    def show_figures(
        self, total: ShareRow, by_method: Mapping[CountMethod, Share], method: CountMethod
    ) -> None:
        share, target = total.share, total.target
        goal = "цель не задана" if target is None else f"цель {target}{NBSP}%"
        units = plural(share.experts, *UNITS[method])
        said = f"{share.employers} из {share.experts} {units}, {goal}"
        self.stat.show_stat(percent(share.value), said, way_to(total))
        for each, chip in self.chips.items():
            chip.show_share(by_method[each], chosen=each is method)


def way_to(total: ShareRow) -> str:
    """«до цели 5,8 п. п.: привлечь ещё 126 или заменить 38»."""
    gap = total.gap
    if gap is None:
        return "" if total.share.experts else "в этом году считать ещё некого"
    if gap <= 0:
        over = decimal_comma(rounded(-gap))
        return f"цель достигнута, запас {over} п. п."
    ways = [f"привлечь ещё {total.add}"] if total.add is not None else []
    ways.append(f"заменить {total.replace}")
    return f"до цели {decimal_comma(rounded(gap))} п. п.: {' или '.join(ways)}"
