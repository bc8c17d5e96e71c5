"""Обзор's card of deadlines: what is due within the week, and what is late."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from demoexam.rules.deadlines import PLAN
from demoexam.text import WEEKDAYS_SHORT, counted, day_month
from demoexam.ui.cards import Card
from demoexam.ui.deadline_words import left_tone, left_words
from demoexam.ui.query_table import Cell, Column, Row
from demoexam.ui.short_table import ShortTable
from demoexam.ui.widgets import Button

LINES = 4
COLUMNS = (
    Column("due", "Срок", 140),
    Column("title", "Что должно быть сделано", 330, stretch=True),
    Column("groups", "Группы", 270),
    Column("exams", "Экзаменов", 90, right=True),
    Column("left", "Осталось", 190),
)


class DeadlinesOfWeek(Card):
    """Enter on a line opens the earliest exam it is about; hidden while nothing is due.

    «Сделано» is about the line that the arrows point at, and about all its exams.
    """

    going = Signal(str, object)
    done = Signal(object, bool)  # a line, and whether it was done in time

    def __init__(self) -> None:
        super().__init__("Сроки на этой неделе", " ")
        self.table = ShortTable("Сроки на этой неделе", COLUMNS, "На этой неделе сроков нет.")
        self._lines: Sequence[Mapping[str, Any]] = ()
        self._whole = False
        self.all = Button("Показать все", look="link")
        self.all.clicked.connect(self._toggle)
        self.tick, self.menu = Button("Сделано…", "check", "small"), QMenu(self)
        self.tick.clicked.connect(lambda _checked: self._offer())
        self.head.addWidget(self.tick)
        self.head.addWidget(self.all)
        self.add(self.table)
        self.table.opened.connect(lambda _ident: self._open())

    def _open(self) -> None:
        line = self._lines[self.table.current]
        self.going.emit("exams", {"id": line["id"], "deadline": line["code"]})

    def _offer(self) -> None:
        """A menu that names what it would mark: the line may be out of sight by now."""
        line = self._lines[self.table.current]
        self.menu.clear()
        exams = counted(len(line["ids"]), "экзамен", "экзамена", "экзаменов")
        head = self.menu.addAction(f"{line['title']}: {exams}" if line["ids"] else line["title"])
        head.setEnabled(False)
        self.menu.addSeparator()
        if line["code"] == PLAN:
            action = self.menu.addAction("Утвердить план…")
            place = {"versions": line.get("year", 0)}
            action.triggered.connect(lambda _on=False: self.going.emit("schedule", place))
        elif not line["ids"]:
            self.menu.addAction("Это программа видит сама").setEnabled(False)
        else:
            self._choice("Сделано сегодня", line, in_time=False)
            if line["left"] < 0:
                self._choice("Было сделано в срок", line, in_time=True)
        self.menu.popup(self.tick.mapToGlobal(self.tick.rect().bottomLeft()))

    def _choice(self, words: str, line: Mapping[str, Any], *, in_time: bool) -> None:
        action = self.menu.addAction(words)
        action.triggered.connect(lambda _on=False: self.done.emit(line, in_time))

    def show_lines(self, lines: Sequence[Mapping[str, Any]]) -> None:
        self._lines = lines
        late = sum(one["left"] < 0 for one in lines)
        self.remark.setText(f"просрочено: {late}" if late else "")
        self.all.setVisible(len(lines) > LINES)
        self.all.setText("Только первые" if self._whole else f"Показать все {len(lines)}")
        self.table.show_rows([_row(one) for one in (lines if self._whole else lines[:LINES])])
        self.setVisible(bool(lines))

    def _toggle(self) -> None:
        self._whole = not self._whole
        self.show_lines(self._lines)


def _row(one: Mapping[str, Any]) -> Row:
    due, left = date.fromisoformat(one["due"]), one["left"]
    day = Cell(f"{day_month(due)}, {WEEKDAYS_SHORT[due.weekday()]}", strong=True)
    tone = left_tone(left)
    state = Cell(left_words(left), tone=tone, pill=True)
    return Row(one["id"], (day, one["title"], one["groups"], str(one["exams"]), state))
