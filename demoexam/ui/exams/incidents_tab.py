"""The card's tab of what happens during the exam: stops of time, removals, early ends."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from demoexam.rules.incidents import hour_at
from demoexam.rules.terms import INCIDENT_NAMES, IncidentKind
from demoexam.services.exams import incidents
from demoexam.services.exams.incidents import EVERYBODY, IncidentRow
from demoexam.services.exams.view import ExamCard
from demoexam.ui import theme
from demoexam.ui.cards import Action, EmptyState, FindingStrip
from demoexam.ui.exams.actions import ExamActions
from demoexam.ui.exams.incident_form import IncidentForm
from demoexam.ui.exams.incident_table import IncidentSource, given_words
from demoexam.ui.query_table import QueryTable
from demoexam.ui.table_view import TableView
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, fill, label, row, rule

LOW = 400  # height under which list and form have no room together
HINT = "Ins — записать, Enter — изменить, Del — убрать"


class IncidentsTab(QWidget):
    """A stop begins and ends by one key; everything else is written in the form below."""

    printing = Signal(str)  # the code of the form in which the incident is printed

    def __init__(self, actions: ExamActions) -> None:
        super().__init__()
        self._actions = actions
        self._card: ExamCard | None = None
        self.clock: Callable[[], datetime] = datetime.now
        self._source = IncidentSource()
        self.table = QueryTable(self._source, self)
        self.view = TableView(self.table, f"Ход экзамена: {HINT}")
        self.form, self.strip = IncidentForm(), FindingStrip(Tone.WARN)
        self.stop = Button("Остановить время  F7", "clock", "primary")
        self.add = Button("Записать…  Ins", "plus")
        self.change, self.remove = Button("Изменить", "pencil"), Button("Убрать", "trash-2")
        self.print = Button("Печать 3.12", "printer")
        self.given = label("", "muted")
        self.empty = EmptyState(
            "clock",
            "На экзамене ничего не случилось",
            "Остановку времени, удаление и досрочное завершение записывают здесь: время вернётся "
            "участнику, а запись попадёт в протокол 3.12 или в акт.",
            [
                Action("Остановить время  F7", self.stop_now, "clock"),
                Action("Записать…  Ins", self.ask, "plus"),
            ],
        )
        self._assemble()

    def show_card(self, card: ExamCard) -> None:
        if self._card is not None and self._card.id != card.id:
            self.form.put_away()
        self._card = card
        with self.view.keeping():
            self._source.found = card.incidents
            self.table.reload()
        if card.incidents and not self.view.current_id():
            self.view.point_at(card.incidents[0].id)
        self._show_buttons()
        self._show_running(card)
        self.given.setText(given_words(card))
        self._turn()

    def focus_first(self) -> None:
        first = self.view if self._source.found else self.empty
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def event(self, event: QEvent) -> bool:
        """Ins means an incident here, not a new exam as in the rest of the window."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Insert:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Insert and self.form.isHidden():
            self.ask()
        elif event.key() == Qt.Key.Key_Delete and self.form.isHidden():
            self._remove()
        else:
            super().keyPressEvent(event)

    def stop_now(self) -> None:
        """Stop the time of everybody at this minute, or let it go on."""
        if self._card is None or not self._open():
            return
        now = self.clock()
        running = next((one for one in self._card.incidents if one.running), None)
        if running is None:
            self._write(
                incidents.add_incident, f"время остановлено в {now:%H:%M}",
                session_id=self._card.id, kind=IncidentKind.STOP, started=f"{now:%H:%M}",
            )  # fmt: skip
            return
        minute = now.hour * 60 + now.minute + (1 if now.second else 0)
        ended = hour_at(minute)
        self._write(
            incidents.change_incident, f"время возобновлено в {ended}",
            incident_id=running.id, ended=ended,
        )  # fmt: skip

    def ask(self, kind: IncidentKind = IncidentKind.STOP, examinee_id: str = "") -> None:
        """Open the form for a new incident."""
        if self._card is not None and self._open():
            self.form.ask(self._card, kind, examinee_id, self.clock())
            self._turn()
            self.form.focus_first()

    def _edit(self, incident_id: str = "") -> None:
        one = self._one(incident_id or self.view.current_id())
        if one is not None and self._card is not None and self._open():
            self.form.edit(self._card, one)
            self._turn()
            self.form.focus_first()

    def _remove(self) -> None:
        one = self._one(self.view.current_id())
        if one is not None and self._open():
            self._write(incidents.remove_incident, f"убрано: {one.words}", incident_id=one.id)

    def _save(self, kind: IncidentKind, incident_id: str, facts: dict[str, Any]) -> None:
        if self._card is None:
            return
        who = next(
            (o.name for o in self._card.examinees if o.examinee_id == facts["examinee_id"]),
            facts["person"] or EVERYBODY,
        )
        words = f"{INCIDENT_NAMES[kind]}: {who}, {facts['started']}"
        service: Callable[..., Any] = incidents.add_incident
        about = {"session_id": self._card.id}
        if incident_id:
            service, about = incidents.change_incident, {"incident_id": incident_id}
        self._actions.write_incident(
            service, words, self._saved, self.form.refuse, **about, kind=kind, **facts
        )

    def _saved(self, _result: object) -> None:
        self.form.put_away()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write(self, service: Callable[..., Any], words: str, **facts: Any) -> None:
        self._actions.write_incident(service, words, None, None, **facts)

    def _print(self) -> None:
        one = self._one(self.view.current_id())
        self.printing.emit(one.paper if one else incidents.PAPERS[IncidentKind.STOP])

    def _one(self, incident_id: str) -> IncidentRow | None:
        return next((one for one in self._source.found if one.id == incident_id), None)

    def _open(self) -> bool:
        """Nothing is written of a closed exam, nor before it has a date and people."""
        card = self._card
        seated = card is not None and any(one.place_id for one in card.examinees)
        return card is not None and card.day is not None and not card.is_closed and seated

    def _show_buttons(self) -> None:
        is_open = self._open()
        one = self._one(self.view.current_id())
        for button in (self.stop, self.add):
            button.setEnabled(is_open)
        for button in (self.change, self.remove):
            button.setEnabled(is_open and one is not None)
        self.print.setText(f" Печать {one.paper if one else '3.12'}")
        self.print.setAccessibleName(self.print.text().strip())

    def _show_running(self, card: ExamCard) -> None:
        running = next((one for one in card.incidents if one.running), None)
        words = "Возобновить время  F7" if running else "Остановить время  F7"
        self.stop.setText(f" {words}")
        self.stop.setAccessibleName(words)
        if running is None:
            self.strip.show_finding(Tone.WARN, "")
            return
        self.strip.show_finding(
            Tone.WARN,
            f"<b>Время стоит с {running.started}</b> — {running.who}. "
            "Пока остановка не кончилась, экзамен не закрыть.",
            [Action("Возобновить сейчас", self.stop_now, "clock")] if self._open() else (),
        )

    def _turn(self) -> None:
        nothing = not self._source.found and self.form.isHidden()
        self._stack.setCurrentIndex(1 if nothing else 0)
        can = self._open()
        self.empty.setEnabled(can)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """In a low window the form stands alone."""
        alone = not self.form.isHidden() and self.height() < theme.px(LOW)
        for part in self._around:
            part.setVisible(not alone)

    def _assemble(self) -> None:
        self.strip.hide()
        self.stop.clicked.connect(lambda _checked: self.stop_now())
        self.add.clicked.connect(lambda _checked: self.ask())
        self.change.clicked.connect(lambda _checked: self._edit())
        self.remove.clicked.connect(lambda _checked: self._remove())
        self.print.clicked.connect(lambda _checked: self._print())
        self.view.opened.connect(self._edit)
        self.view.pointed.connect(lambda _id: self._show_buttons())
        self.form.written.connect(self._save)
        self.form.closed.connect(self._turn)
        QShortcut(QKeySequence("F7"), self).activated.connect(self.stop_now)
        tools, foot = QWidget(), QWidget()
        tools.setLayout(row(
            self.stop, self.add, self.change, self.remove, None, self.print,
            margins=(16, 10, 12, 10),
        ))  # fmt: skip
        foot.setLayout(row(self.given, None, label(HINT, "muted"), margins=(16, 9, 16, 9)))
        self._around = (tools, self.view, foot)
        panel = QFrame()
        panel.setProperty("look", "card")
        inner = fill(QVBoxLayout(), self.form, margins=(12, 4, 12, 8))
        layout = fill(QVBoxLayout(), tools, rule(), self.view, inner, rule(), foot, spacing=0)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setStretch(2, 1)
        panel.setLayout(layout)
        self._stack = QStackedWidget()
        self._stack.addWidget(panel)
        self._stack.addWidget(self.empty)
        self.setLayout(fill(QVBoxLayout(), self.strip, self._stack, spacing=8))
