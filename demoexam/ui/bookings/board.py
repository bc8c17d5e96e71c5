"""The week of one workshop on the page «Мастерские»: as a picture or as a list, with its tools."""

from datetime import date, timedelta
from functools import partial
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from demoexam.rules.terms import BookingPurpose
from demoexam.services.bookings.checks import slot_words
from demoexam.services.bookings.week import Week, load_week, workshop_choices
from demoexam.text import counted
from demoexam.ui import theme
from demoexam.ui.bookings.actions import BookingActions
from demoexam.ui.bookings.side import ChosenCard, HoursCard, make_side
from demoexam.ui.bookings.week_list import WeekList
from demoexam.ui.bookings.week_view import WeekView
from demoexam.ui.bookings.words import LOOKS
from demoexam.ui.cards import Action, FindingStrip
from demoexam.ui.carrier import Carrier
from demoexam.ui.fields import ChoiceField
from demoexam.ui.schedule.toolbar import period_words
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, IconLabel, Segments, clear, fill, label, row
from demoexam.ui.workspace import Workspace

PICTURE, LIST = "week", "list"
SIDE_FITS = 960  # below this width the cards beside the week are hidden
WEEK = timedelta(days=7)


class BookingsBoard(QWidget):
    """Shows the week of a day; `shown` tells that another week or workshop is in sight."""

    exam_opened = Signal(str)
    report_asked = Signal()
    shown = Signal()
    gone = Signal(object)  # a UserError: there is no such workshop

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.week: Week | None = None
        self.workshop_id, self.day = "", date.today()
        self._wanted = ""  # to be pointed at once the week is here
        self._arrival: date | None = None  # the day to stand on then
        self.acts = BookingActions(workspace, self)
        self.view, self.list = WeekView(), WeekList()
        self.carrier = Carrier(workspace, self.list, "Брони мастерской")
        self.strip = FindingStrip(Tone.BAD)
        self.strip.hide()
        self.chosen, self.hours = ChosenCard(), HoursCard()
        self._make_tools()
        self._lay_out()
        self._connect()

    def show_week(self, workshop_id: str, day: date | None = None, pointed: str = "") -> None:
        """The week of a workshop in which `day` is; by default the one last shown."""
        self.workshop_id, self.day = workshop_id, day or self.day
        self._wanted, self._arrival = pointed or self._wanted, day
        self.reload()

    def reload(self) -> None:
        self._workspace.load(
            partial(load_week, workshop_id=self.workshop_id, day=self.day), self._show,
            slot="booking week", on_refused=self.gone.emit,
        )  # fmt: skip

    def book(self) -> None:
        """A new booking in the hour under the cursor."""
        self.acts.create(self.view.cursor_slot())

    def take_focus(self) -> None:
        view = self.list if self.kind.value() == LIST else self.view
        view.setFocus(Qt.FocusReason.OtherFocusReason)

    def summary(self) -> str:
        """«Неделя: 38 ч занято, 11 броней»; the line under the title."""
        if self.week is None:
            return ""
        exams = sum(one.is_exam for one in self.week.standing)
        booked = len(self.week.standing) - exams
        places = counted(self.week.places, "место", "места", "мест")
        taken = counted(exams, "экзамен", "экзамена", "экзаменов")
        return (
            f"{self.week.college}, {places}; на неделе {taken} и "
            f"{counted(booked, 'бронь', 'брони', 'броней')}"
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.setVisible(self.width() >= theme.px(SIDE_FITS))

    def turn(self, weeks: int) -> None:
        """Go some weeks on or back."""
        self.day += weeks * WEEK
        self.reload()

    def go_today(self) -> None:
        self.day = date.today()
        self.reload()
        self.take_focus()

    def _show(self, week: Week) -> None:
        if week.workshop_id != self.workshop_id:
            return
        self.week = self.acts.week = week
        self.workshop.show_options(self._workspace.read(workshop_choices))
        self.workshop.show_value(week.workshop_id)
        self.span.setText(_span(week))
        self.view.show_week(week)
        self.list.show_week(week)
        self.hours.show_year(week)
        self._show_legend(week)
        self._tell_displaced(week)
        if self._arrival is not None:
            self.view.point_at_day(self._arrival)
            self._arrival = None
        if self._wanted:
            self.view.point_at(self._wanted)
            self.list.point_at(self._wanted)
            self._wanted = ""
        self._point()
        self.shown.emit()

    def _tell_displaced(self, week: Week) -> None:
        """The first booking that must give way, with its ways out."""
        if not week.displaced:
            self.strip.show_finding(Tone.BAD, "")
            return
        first = week.displaced[0]
        one, more = first.booking, len(week.displaced) - 1
        also = f" И ещё {counted(more, 'бронь', 'брони', 'броней')}." if more else ""
        exam = first.by.is_exam
        words = (
            f"<b>Бронь пересекается с {'экзаменом' if exam else 'другой бронью'}:</b> "
            f"{escape(one.name)}, {slot_words(one.slot)}. Там {escape(first.by.words)}"
            f"{': у экзамена преимущество' if exam else ', записано раньше'}.{also}"
        )
        actions = [Action("Снять бронь", partial(self.acts.delete, one.id), "trash-2")]
        if first.free is not None:
            move = partial(self.acts.move, one.id, first.free)
            actions.append(Action(f"Перенести: {slot_words(first.free)}", move, "arrow-right"))
        self.strip.show_finding(Tone.BAD, words, actions)

    def _tell(self, words: str, actions: list[Action]) -> None:
        if words:
            self.strip.show_finding(Tone.BAD, words, actions)
        elif self.week is not None:
            self._tell_displaced(self.week)

    def _written(self, ident: str) -> None:
        self._wanted = ident
        self.reload()

    def _point(self, _ident: str = "") -> None:
        """The card follows the cursor of whichever view is in sight."""
        one = self.view.chosen()
        if self.stack.currentWidget() is self.list and self.week is not None:
            one = self.week.find(self.list.current_id())
        self.chosen.show_chosen(one)

    def _switch(self, kind: object) -> None:
        here = self.view.chosen()
        self.stack.setCurrentWidget(self.list if kind == LIST else self.view)
        if here is not None:
            self.list.point_at(here.id)
        elif kind == LIST and self.list.current_id() == "":
            self.list.selectRow(0)
        self.take_focus()
        self._point()

    def _show_legend(self, week: Week) -> None:
        clear(self._legend)
        for purpose in BookingPurpose:
            if any(one.purpose is purpose for one in week.standing):
                look = LOOKS[purpose]
                self._legend.addWidget(IconLabel(look.icon, look.tint, 14))
                self._legend.addWidget(label(look.word, "muted"))
                self._legend.addSpacing(8)
        self._legend.addStretch(1)

    def _make_tools(self) -> None:
        self.workshop = ChoiceField()
        self.workshop.setAccessibleName("Мастерская")
        self.workshop.setMinimumWidth(theme.px(180))
        self.back = Button("", "chevron-left", "icon", name="Предыдущая неделя (Page Up)")
        self.ahead = Button("", "chevron-right", "icon", name="Следующая неделя (Page Down)")
        self.today = Button("Сегодня")
        self.span = label("", "strong")
        self.kind = Segments([(PICTURE, "Неделя"), (LIST, "Списком")], "Вид")
        self.closer = Button("Закрыть на период…", "lock")
        self.exporter = Button("", "download", "icon", name="Выгрузить… (Ctrl+E)")

    def _lay_out(self) -> None:
        tools = row(
            self.workshop, self.back, self.ahead, self.today, self.span, None, self.kind,
            self.exporter, self.closer,
        )  # fmt: skip
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.list)
        self._legend = row(spacing=4, margins=(12, 6, 12, 6))
        foot, panel = QFrame(), QFrame()
        foot.setProperty("look", "foot")
        foot.setLayout(self._legend)
        foot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        panel.setProperty("look", "card")
        panel.setLayout(fill(QVBoxLayout(), self.stack, foot, spacing=0, margins=(1, 1, 1, 1)))
        self.side = make_side(self.chosen, self.hours)
        board = row(panel, self.side, spacing=12)
        board.setStretch(0, 1)
        layout = fill(QVBoxLayout(self), tools, self.strip, spacing=10)
        layout.addLayout(board, 1)

    def _connect(self) -> None:
        self.workshop.written.connect(lambda ident: self.show_week(str(ident)))
        self.back.clicked.connect(lambda: self.turn(-1))
        self.ahead.clicked.connect(lambda: self.turn(1))
        self.today.clicked.connect(self.go_today)
        self.kind.chosen.connect(self._switch)
        self.exporter.clicked.connect(self.carrier.export)
        self.carrier.bind_export(self)
        self.closer.clicked.connect(lambda: self.acts.close_period(self.view.cursor_slot()))
        acts = self.acts
        for view in (self.view, self.list):
            view.opened.connect(acts.open)
            view.moved.connect(acts.move)
            view.deleted.connect(acts.delete)
            view.turned.connect(self.turn)
            view.pointed.connect(self._point)
        self.view.created.connect(acts.create)
        self.list.creating.connect(self.book)
        self.chosen.opened.connect(acts.open)
        self.chosen.deleted.connect(acts.delete)
        self.hours.linked.connect(self.report_asked)
        acts.exam_opened.connect(self.exam_opened)
        acts.written.connect(self._written)
        acts.told.connect(self._tell)
        toggle = QShortcut(QKeySequence("Ctrl+L"), self)
        toggle.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        toggle.activated.connect(self._toggle)

    def _toggle(self) -> None:
        kind = LIST if self.kind.value() == PICTURE else PICTURE
        self.kind.show_value(kind)
        self._switch(kind)


def _span(week: Week) -> str:
    return period_words(week.days[0], week.days[-1])
