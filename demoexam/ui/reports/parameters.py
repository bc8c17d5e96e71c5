"""The row of parameters over the report; every change is told at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from demoexam.rules.terms import CUT_NAMES, METHOD_NAMES, CountMethod, ExamLevel, ShareCut
from demoexam.services.share.counting import ALL_LEVELS
from demoexam.ui import theme
from demoexam.ui.fields import ChoiceField
from demoexam.ui.reports.figures import Request
from demoexam.ui.widgets import Segments, column, fill, label, row

CUTS = (
    ShareCut.SPECIALTY, ShareCut.INDUSTRY, ShareCut.COLLEGE, ShareCut.CLUSTER,
    ShareCut.EMPLOYER, ShareCut.MONTH, ShareCut.TOTAL,
)  # fmt: skip
LEVELS = (
    (ALL_LEVELS, "Все уровни"),
    (str(ExamLevel.BASIC), "Базовый"),
    (str(ExamLevel.PROFILE), "Профильный"),
    (str(ExamLevel.INTERIM), "Промежуточный"),
)


class ParameterBar(QWidget):
    """Year, what is counted, broken down by what, exams of which level."""

    asked = Signal(object)  # a Request, the year excepted
    year_asked = Signal(int)
    folded = Signal(bool)  # the tools went below the fields, or came back beside them

    def __init__(self, year: int) -> None:
        super().__init__()
        self._request = Request(year)
        self.year = ChoiceField()
        self.method = Segments([(one, _capital(METHOD_NAMES[one])) for one in CountMethod], "Счёт")
        self.cut = ChoiceField([(one, _capital(CUT_NAMES[one])) for one in CUTS])
        self.level = ChoiceField(LEVELS)
        for field, width in ((self.year, 160), (self.cut, 178), (self.level, 126)):
            field.setFixedWidth(theme.px(width))
        self._tools: list[QWidget] = []
        self._wide = 0  # what fields and tools need side by side
        self._fields = QWidget()
        self._fields.setLayout(row(
            _named("Год", self.year), _named("Счёт", self.method), _named("Разрез", self.cut),
            _named("Экзамены", self.level), None, spacing=8,
        ))  # fmt: skip
        self._layout = fill(QBoxLayout(QBoxLayout.Direction.LeftToRight), self._fields, spacing=8)
        self.setLayout(self._layout)
        self._connect()

    def add_tools(self, *tools: QWidget) -> None:
        """Buttons at the right end: on the line of the fields, or below it in a narrow window."""
        self._tools += tools
        for tool in tools:
            self._layout.addWidget(tool, 0, Qt.AlignmentFlag.AlignBottom)

    def minimumSizeHint(self) -> QSize:
        """The window may grow narrower than the whole line."""
        return QSize(self._fields.minimumSizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        if self._layout.direction() == across:
            self._wide = self._layout.minimumSize().width()
        wanted = across if self.width() >= self._wide else down
        if wanted != self._layout.direction():
            self._layout.setDirection(wanted)
            self.folded.emit(wanted == down)

    @property
    def request(self) -> Request:
        return self._request

    def show_year(self, year: int) -> None:
        """The window speaks of another year; nothing is announced."""
        self._request = replace(self._request, year=year)
        self.year.show_value(year)

    def show_targets(self, years: Sequence[int], targets: Mapping[int, int | None]) -> None:
        """The years to choose from, each with its target."""
        self.year.show_options([(year, _with_target(year, targets.get(year))) for year in years])
        self.year.show_value(self._request.year)

    def choose_method(self, method: CountMethod) -> None:
        """As if the method's segment had been clicked."""
        self.method.show_value(method)
        self._ask(method=method)

    def choose_cut(self, cut: ShareCut) -> None:
        """As if the cut had been chosen from its list."""
        self.cut.show_value(cut)
        self._ask(cut=cut)

    def _connect(self) -> None:
        self.year.written.connect(self.year_asked.emit)
        self.method.chosen.connect(lambda value: self._ask(method=value))
        self.cut.written.connect(lambda value: self._ask(cut=value))
        self.level.written.connect(lambda value: self._ask(level=value))

    def _ask(self, **changed: Any) -> None:
        self._request = replace(self._request, **changed)
        self.asked.emit(self._request)


def _named(title: str, field: QWidget) -> QWidget:
    """A caption over its field."""
    box = QWidget()
    caption = label(title, "muted")
    caption.setBuddy(field)
    field.setAccessibleName(title)
    box.setLayout(column(caption, field, spacing=4))
    return box


def _with_target(year: int, target: int | None) -> str:
    return f"{year}" if target is None else f"{year} (цель {target} %)"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
