"""The card's tab of results: attendance, points, grades, and why the exam cannot be closed yet."""

from collections import Counter
from fractions import Fraction

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from demoexam.errors import UserError
from demoexam.rules.incidents import typed_hour
from demoexam.rules.terms import SessionState
from demoexam.services.exams.closing import NotComplete, PointsElsewhere, PointsMissing
from demoexam.services.exams.entry import Entry
from demoexam.services.exams.view import ExamCard
from demoexam.text import counted, percent
from demoexam.ui.cards import Action, EmptyState
from demoexam.ui.exams.actions import ExamActions
from demoexam.ui.exams.score_gaps import GapStrip
from demoexam.ui.exams.score_values import shown_points
from demoexam.ui.exams.scores_table import CAME, FIRST, ScoresTable
from demoexam.ui.exams.scores_view import ScoresView
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, Pill, clear, fill, label, row, rule

NEXT_MARK = {None: True, True: False, False: None}
GRADE_TONES = {5: Tone.OK, 4: Tone.ACCENT, 3: Tone.WARN, 2: Tone.BAD}
GOOD = 4
STUDENTS = ("участник", "участника", "участников")
HINT = "Enter — вниз, Esc — прежнее, пробел — явка и конец в срок"


class ScoresTab(QWidget):
    """The grid with its tools above and the results below."""

    def __init__(self, actions: ExamActions) -> None:
        super().__init__()
        self._actions = actions
        self._card: ExamCard | None = None
        self.scores = ScoresTable(self)
        self.view = ScoresView(self.scores)
        self.strip = GapStrip()
        self.filled, self.absent = label("", "strong"), label("", "soft")
        self.bar, self.gaps = QProgressBar(), QCheckBox("только незаполненные")
        self.came = Button("Все явились", "user-check", "small")
        self.pasting = Button("Из Excel  Ctrl+V", "copy", "small")
        self.in_time = Button("Закончили в срок", "clock", "small")
        self._scale, self.results = "", row(spacing=10)
        self.empty = EmptyState("list-checks", "")
        self._assemble()
        self._connect()

    def show_card(self, card: ExamCard) -> None:
        if self._card is not None and self._card.id != card.id:
            self.strip.choose(choosing=False)
        self._card = card
        self.scores.show(card)
        for button in (self.came, self.in_time, self.pasting):
            button.setEnabled(not card.is_closed)
        if not self.view.currentIndex().isValid() and self.scores.rowCount():
            self.view.setCurrentIndex(self.scores.index(0, FIRST if card.modules else CAME))
        self._show_empty(card)
        self._refresh()

    def focus_first(self) -> None:
        self.view.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_empty(self, card: ExamCard) -> None:
        seated = any(one.place_id for one in card.examinees)
        self._stack.setCurrentIndex(0 if seated else 1)
        if card.examinees:
            self.empty.show_words(
                "Участники ещё не внесены в экзамен",
                "Проведите жеребьёвку рабочих мест или внесите группу без жеребьёвки: "
                "после этого здесь отмечают явку и вносят баллы.",
            )
            self.empty.show_actions(
                [Action("Внести участников", self._actions.seat_group, "user-plus")]
            )
        else:
            self.empty.show_words(
                "Список участников пуст", "Загрузите список группы на странице «Группы»."
            )
            self.empty.show_actions(
                [Action("Открыть «Группы»", lambda: self._actions.going.emit("groups", {}))]
            )

    def _refresh(self) -> None:
        if self._card is None:
            return
        scores, people = self.scores, range(self.scores.rowCount())
        present = [number for number in people if not scores.needs_nothing(number)]
        full = [number for number in present if scores.is_full(number)]
        self.filled.setText(f"Заполнено {len(full)} из {len(present)}")
        self.bar.setRange(0, max(len(present), 1))
        self.bar.setValue(len(full))
        self.absent.setText(self._missing_people())
        bounds = " / ".join(map(str, self._card.bounds))
        self._scale = f"Шкала: {bounds} %"
        self._hide_full()
        self._show_results(full)
        self._tell_gaps([number for number in present if number not in full])

    def refuse_closing(self, error: UserError) -> None:
        """The exam could not be closed: all the missing cells, or what else is in the way."""
        if isinstance(error, PointsMissing):
            self._refresh()
            self.strip.show_all()
            return
        may = isinstance(error, NotComplete) and error.by_choice
        self.strip.show_refusal(
            f"{error} {error.hint}".removeprefix("Закрыть нельзя. "), may_close=may
        )

    def _missing_people(self) -> str:
        scores, people = self.scores, range(self.scores.rowCount())
        away = sum(scores.is_absent(number) for number in people)
        out = sum(scores.needs_nothing(number) for number in people) - away
        told = [f"{away} не явились" if away > 1 else "1 не явился"] if away else []
        told += [f"{out} без оценки"] if out else []
        return ", ".join(told)

    def _tell_gaps(self, gaps: list[int]) -> None:
        card = self._card
        done = card is not None and card.state is SessionState.DONE
        held = card is not None and card.state is SessionState.ANNOUNCED
        begun = any(one.points for one in self.scores.people) or bool(self.scores.wrong)
        told = gaps if self.scores.modules and (done or (held and begun)) else []
        self.strip.show_gaps(self.scores, told, may_close=done)

    def _show_results(self, full: list[int]) -> None:
        clear(self.results)
        grades = Counter(self.scores.grade(number) for number in full)
        totals = [self.scores.total(number) or 0 for number in full]
        if totals:
            mean = shown_points(round(Fraction(sum(totals), len(totals))))
            good = sum(count for grade, count in grades.items() if grade and grade >= GOOD)
            quality = percent(Fraction(good, len(full)))
            for name, value in (("Средний балл", mean), ("Качество", quality)):
                self.results.addWidget(label(name, "muted"))
                self.results.addWidget(label(value, "strong"))
            for grade in sorted(GRADE_TONES, reverse=True):
                if grades[grade]:
                    self.results.addWidget(Pill(f"«{grade}»  {grades[grade]}", GRADE_TONES[grade]))
        self.results.addWidget(label(self._scale, "muted"))
        self.results.addStretch(1)
        self.results.addWidget(label(HINT, "muted"))

    def _hide_full(self) -> None:
        only = self.gaps.isChecked()
        for number in range(self.scores.rowCount()):
            done = self.scores.is_full(number) or self.scores.is_absent(number)
            self.view.setRowHidden(number, only and done)

    def _go_to_gap(self, place_id: str = "", module: int = 0) -> None:
        cell = self.view.gap(place_id, module) if place_id else self.view.first_gap()
        self.view.go_to(cell)

    def _mark(self, number: int) -> None:
        one = self.scores.people[number]
        if one.place_id and self._card is not None:
            self._actions.set_attended(one.place_id, attended=NEXT_MARK[one.attended])

    def _write(self, entries: list[Entry]) -> None:
        place, module, typed = entries[0]
        name = next(one.name for one in self.scores.people if one.place_id == place)
        words = f"оценка: {name}, М{module} = {typed or 'нет'}"
        if len(entries) > 1:
            words = f"оценки: {counted(len(entries), 'ячейка', 'ячейки', 'ячеек')}"
        self._actions.set_points(entries, words, self._refused)

    def _write_hours(self, entries: list[tuple[str, str]]) -> None:
        place, typed = entries[0]
        name = next(one.name for one in self.scores.people if one.place_id == place)
        words = f"закончил: {name}, {typed_hour(typed) or 'не указано'}"
        if len(entries) > 1:
            words = f"время завершения: {counted(len(entries), *STUDENTS)}"
        self._actions.set_finished(entries, words, self._refused)

    def _refused(self, error: object) -> None:
        """The store said no to what the grid had let through: show what is stored."""
        if self._card is not None:
            self.scores.show(self._card)
        self._actions.workspace.refused.emit(error)

    def _mark_all(self) -> None:
        self._actions.mark_present([one.place_id for one in self.scores.people if one.place_id])

    def _paste(self) -> None:
        from PySide6.QtGui import QGuiApplication

        self.view.paste(QGuiApplication.clipboard().text())
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_elsewhere(self, where: PointsElsewhere) -> None:
        self.strip.choose(choosing=False)
        self._actions.close(where, self.refuse_closing)

    def _assemble(self) -> None:
        self.bar.setMinimumWidth(30)
        self.bar.setMaximumWidth(110)
        self.bar.setTextVisible(False)
        tools = row(
            self.filled, self.bar, self.absent, 6, self.gaps, None, self.came,
            self.in_time, self.pasting, spacing=10, margins=(16, 9, 12, 9),
        )  # fmt: skip
        self.results.setContentsMargins(16, 9, 16, 9)
        panel = QFrame()
        panel.setProperty("look", "card")
        layout = fill(QVBoxLayout(), tools, rule(), self.view, rule(), self.results, spacing=0)
        layout.setContentsMargins(1, 1, 1, 1)
        panel.setLayout(layout)
        self._stack = QStackedWidget()
        self._stack.addWidget(panel)
        self._stack.addWidget(self.empty)
        self.setLayout(fill(QVBoxLayout(), self.strip, self._stack, spacing=8))

    def _connect(self) -> None:
        self.view.came.connect(self._mark)
        self.scores.entered.connect(self._write)
        self.scores.timed.connect(self._write_hours)
        self.strip.wanted.connect(self._go_to_gap)
        self.strip.elsewhere.connect(self._close_elsewhere)
        self.in_time.clicked.connect(lambda _checked: self._actions.finish_in_time())
        self.scores.dataChanged.connect(lambda *_cells: self._refresh())
        self.gaps.toggled.connect(lambda _on: self._hide_full())
        self.came.clicked.connect(lambda _checked: self._mark_all())
        self.pasting.clicked.connect(lambda _checked: self._paste())
