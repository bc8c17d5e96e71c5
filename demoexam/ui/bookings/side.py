"""Beside the week: what is chosen in it, and the hours of the year by purpose."""

from fractions import Fraction

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from demoexam.rules.terms import PURPOSE_NAMES, BookingPurpose
from demoexam.services.bookings.checks import slot_words
from demoexam.services.bookings.facts import Standing
from demoexam.services.bookings.occupancy import Occupancy
from demoexam.services.bookings.week import Week
from demoexam.text import percent
from demoexam.ui import icons, theme
from demoexam.ui.bookings.week_paint import title_of
from demoexam.ui.bookings.week_view import movable
from demoexam.ui.bookings.words import LOOKS
from demoexam.ui.cards import Card, StatLine
from demoexam.ui.page import scrolled
from demoexam.ui.painted import Painted
from demoexam.ui.reports.hours import hours_of
from demoexam.ui.widgets import Button, clear, column, label, row

WIDE, LINE, BAR = 296, 40, 7


class ChosenCard(Card):
    """The facts of what is under the cursor, and its buttons."""

    opened = Signal(str)
    deleted = Signal(str)

    def __init__(self) -> None:
        super().__init__("Бронь")
        self._lines = column(spacing=3)
        self.open_button = Button("Изменить", look="primary")
        self.delete_button = Button("Удалить", "trash-2")
        self.add(self._lines, row(self.open_button, self.delete_button, None))
        self._ident = ""
        self.open_button.clicked.connect(lambda: self.opened.emit(self._ident))
        self.delete_button.clicked.connect(lambda: self.deleted.emit(self._ident))

    def show_chosen(self, one: Standing | None) -> None:
        clear(self._lines)
        self.open_button.setVisible(one is not None)
        self.delete_button.setVisible(one is not None and movable(one))
        if one is None:
            self.title.setText("Свободно")
            hint = (
                "Потяните мышью по свободному времени или нажмите Ins: новая бронь. Alt+стрелки "
                "сдвигают бронь на 15 минут и на день, Del удаляет, Ctrl+L показывает списком."
            )
            self._lines.addWidget(label(hint, "muted", wrap=True))
            return
        self._ident = one.id
        self.title.setText(title_of(one))
        self.open_button.setText("Карточка экзамена" if one.is_exam else "Изменить")
        for text, step in _facts(one):
            self._lines.addWidget(label(text, step, wrap=True))


class HoursCard(Card):
    """Hours by purpose of the whole year, with a way to the report."""

    def __init__(self) -> None:
        super().__init__("Часы по целям", "за год", "Отчёт")
        self.figure, self.bars = StatLine(), PurposeBars()
        self.add(self.figure, self.bars, None)

    def show_year(self, week: Week) -> None:
        year = week.year
        self.remark.setText(f"{week.days[0].year} год")
        self.figure.show_stat(
            f"{hours_of(year.used)} ч", f"загрузка {percent(year.share)}",
            f"из {hours_of(year.open_minutes)} рабочих часов",
        )  # fmt: skip
        self.bars.show_hours(year)


class PurposeBars(Painted):
    """A line and a bar for each purpose, the greatest first."""

    def __init__(self) -> None:
        super().__init__()
        self._year: Occupancy | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_hours(self, year: Occupancy) -> None:
        self._year = year
        self.setFixedHeight(theme.px(LINE) * max(len(year.minutes), 1))
        said = (f"{PURPOSE_NAMES[one]} {hours_of(count)} ч" for one, count in self._ordered())
        self.setAccessibleName("; ".join(said) or "За год броней нет")
        self.update()

    def draw(self, painter: QPainter) -> None:
        ordered, line = self._ordered(), theme.px(LINE)
        if not ordered:
            painter.setPen(theme.color("muted"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "За год броней нет")
        most = max((count for _, count in ordered), default=1)
        for number, (purpose, count) in enumerate(ordered):
            look, top = LOOKS[purpose], number * line
            painter.drawPixmap(0, top + 3, icons.pixmap(look.icon, look.tint, 16))
            painter.setFont(theme.font(13))
            painter.setPen(theme.color("text"))
            box = QRectF(24, top, self.width() - 24, 22)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight, f"{hours_of(count)} ч")
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft, look.word)
            track = QRectF(24, top + 24, self.width() - 24, BAR)
            theme.block(painter, track, "track")
            track.setWidth(track.width() * float(Fraction(count, most)))
            theme.block(painter, track, look.tint)

    def _ordered(self) -> list[tuple[BookingPurpose, int]]:
        found = self._year.minutes.items() if self._year else ()
        return sorted(found, key=lambda pair: -pair[1])


def make_side(*cards: QWidget) -> QScrollArea:
    """The cards one under another; they scroll in a low window."""
    side = QWidget()
    side.setLayout(column(*cards, None, spacing=12))
    area = scrolled(side)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFixedWidth(theme.px(WIDE))
    return area


def _facts(one: Standing) -> list[tuple[str, str]]:
    lines = [(slot_words(one.slot), "strong"), (PURPOSE_NAMES[one.purpose], "")]
    if one.participants:
        lines.append((f"Участников: {one.participants}", ""))
    if one.note:
        lines.append((one.note, "muted"))
    if one.series:
        lines.append(("Повторяется каждую неделю", "muted"))
    if one.is_exam:
        lines.append(("Время задаёт экзамен: его меняют в карточке экзамена.", "muted"))
    return lines
