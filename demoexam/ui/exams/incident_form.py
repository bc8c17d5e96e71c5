"""The form of one incident below the list: who, when, why, and what follows from it."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QWidget

from demoexam.errors import UserError
from demoexam.rules.incidents import NotAnHour, proposed_compensation, typed_hour
from demoexam.rules.terms import IncidentKind
from demoexam.services.exams.incidents import EVERYBODY, IncidentRow
from demoexam.services.exams.view import ExamCard
from demoexam.text import counted
from demoexam.ui.fields import ChoiceField
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, column, label, restyle, row

KINDS = (
    (IncidentKind.STOP, "Остановка времени"),
    (IncidentKind.REMOVAL, "Удаление с экзамена"),
    (IncidentKind.EARLY_END, "Досрочное завершение"),
)
OTHER = "другое лицо…"
COUNTS = {
    IncidentKind.REMOVAL: ((False, "не оценивается"), (True, "оценивается")),
    IncidentKind.EARLY_END: ((True, "оценивается по факту"), (False, "аннулируется")),
}
HOUR_WIDTH, MINUTES_WIDTH, WHO_WIDTH = 96, 96, 270
MINUTES = ("минута", "минуты", "минут")


class IncidentForm(QFrame):
    """Emits what was typed; the services judge it, and a refusal is told in the form."""

    written = Signal(object, str, object)  # kind, incident id or "", facts
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "sub")
        self._id = ""
        self.title = label("", "title")
        self.kind, self.who = ChoiceField(KINDS), ChoiceField()
        self.person, self.role = QLineEdit(), QLineEdit()
        self.started, self.ended, self.minutes = QLineEdit(), QLineEdit(), QLineEdit()
        self.reason, self.clause, self.explanation = QLineEdit(), QLineEdit(), QLineEdit()
        self.counts = ChoiceField()
        self.problem = label("", "tone-strong", wrap=True, tone="bad")
        self.save, self.away = Button("Записать  Ctrl+Enter", look="primary"), Button("Отмена")
        self._boxes: dict[str, QWidget] = {}
        self._assemble()
        self.hide()

    def ask(self, card: ExamCard, kind: IncidentKind, examinee_id: str, now: datetime) -> None:
        """An empty form; the time is now if the exam runs now."""
        self._id = ""
        self._offer(card)
        self._take(kind, examinee_id or None)
        start, end = card.row.starts_at, card.row.ends_at
        if start and end and start <= now <= end:
            self.started.setText(f"{now:%H:%M}")
        self._show("Новая запись")

    def edit(self, card: ExamCard, one: IncidentRow) -> None:
        self._id = one.id
        self._offer(card)
        other = one.kind is IncidentKind.REMOVAL and not one.examinee_id
        self._take(one.kind, OTHER if other else one.examinee_id or None)
        texts = {
            self.person: one.who if other else "", self.role: one.role,
            self.started: one.started, self.ended: one.ended, self.reason: one.reason,
            self.clause: one.clause, self.explanation: one.explanation,
            self.minutes: "" if _follows(one) else str(one.compensation),
        }  # fmt: skip
        for field, text in texts.items():
            field.setText(text)
        self.counts.show_value(one.counts)
        self._show(f"Правка: {one.words}")

    def focus_first(self) -> None:
        """Who comes first in a new record; of a known one the hours are corrected most."""
        first = self.started if self._id else self.who
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.started.selectAll()

    def put_away(self, _result: object = None) -> None:
        self.hide()
        self.closed.emit()

    def refuse(self, error: UserError) -> None:
        self.tell(f"{error} {error.hint}".strip())

    def tell(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.setAccessibleDescription(problem)

    def write(self) -> None:
        """Hand over what was typed."""
        minutes = self.minutes.text().strip()
        if minutes and not minutes.isdecimal():
            self.tell(f"«{minutes}» — не минуты. Введите целое число, например 12.")
            self.minutes.setFocus()
            return
        self.tell("")
        self.written.emit(self._kind, self._id, self._facts(minutes))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    @property
    def _kind(self) -> IncidentKind:
        return IncidentKind(self.kind.value())  # Qt keeps the bare text of an enumeration

    def _facts(self, minutes: str) -> dict[str, Any]:
        kind, who = self._kind, self.who.value()
        other = kind is IncidentKind.REMOVAL and who == OTHER
        stop = kind is IncidentKind.STOP
        facts: dict[str, Any] = {
            "examinee_id": None if other else who,
            "person": self.person.text() if other else "",
            "role": self.role.text() if other else "",
            "started": self.started.text(),
            "ended": self.ended.text() if stop else "",
            "reason": self.reason.text(),
            "clause": self.clause.text() if kind is IncidentKind.REMOVAL else "",
            "explanation": "" if stop else self.explanation.text(),
            "counts": None if stop or other else self.counts.value(),
        }
        if minutes or not stop:
            facts["compensation"] = int(minutes) if stop else None
        return facts

    def _offer(self, card: ExamCard) -> None:
        self._seated = [(one.examinee_id, one.name) for one in card.examinees if one.place_id]

    def _take(self, kind: IncidentKind, who: str | None) -> None:
        for field in (
            self.person, self.role, self.started, self.ended, self.minutes, self.reason,
            self.clause, self.explanation,
        ):  # fmt: skip
            field.clear()
        self.kind.show_value(kind)
        self._follow_kind()
        self.who.show_value(who)
        self._follow_who()

    def _follow_kind(self) -> None:
        """Only the fields that this kind of incident has."""
        kind = self._kind
        people: list[tuple[object, str]] = list(self._seated)
        if kind is IncidentKind.STOP:
            people.insert(0, (None, EVERYBODY))
        elif kind is IncidentKind.REMOVAL:
            people.append((OTHER, OTHER))
        self.who.show_options(people)
        stop = kind is IncidentKind.STOP
        for name, seen in (
            ("ended", stop), ("minutes", stop), ("counts", not stop),
            ("clause", kind is IncidentKind.REMOVAL), ("explanation", not stop),
        ):  # fmt: skip
            self._boxes[name].setVisible(seen)
        if not stop:
            self.counts.clear()
            self.counts.show_options(COUNTS[kind])
        self._follow_who()
        self._propose()

    def _follow_who(self) -> None:
        other = self._kind is IncidentKind.REMOVAL and self.who.value() == OTHER
        self._boxes["person"].setVisible(other)
        self._boxes["role"].setVisible(other)
        self._boxes["counts"].setVisible(self._kind is not IncidentKind.STOP and not other)

    def _propose(self) -> None:
        """What the hours give: told as the placeholder, so that a number typed stands out."""
        try:
            hours = typed_hour(self.started.text()), typed_hour(self.ended.text())
        except NotAnHour:
            hours = "", ""
        found = proposed_compensation(*hours)
        good = found is not None and found > 0
        self.minutes.setPlaceholderText(str(found) if good else "по времени")
        self.minutes.setAccessibleDescription(
            f"предлагается {counted(found, *MINUTES)}" if found and good else ""
        )

    def _show(self, title: str) -> None:
        self.title.setText(title)
        self.tell("")
        self._propose()
        self.show()

    def _assemble(self) -> None:
        for field in (self.started, self.ended):
            field.setFixedWidth(HOUR_WIDTH)
            field.setPlaceholderText("10:15")
            field.textChanged.connect(lambda _text: self._propose())
            field.editingFinished.connect(lambda field=field: _tidy(field))
        self.minutes.setFixedWidth(MINUTES_WIDTH)
        self.clause.setPlaceholderText("п. 44")
        first = row(
            self._box("Что", self.kind), self._box("Кто", self.who),
            self._box("person", self.person, "Фамилия, имя, отчество"),
            self._box("role", self.role, "Роль"), None, spacing=12,
        )  # fmt: skip
        second = row(
            self._box("Начало", self.started), self._box("ended", self.ended, "Возобновлено"),
            self._box("minutes", self.minutes, "Добавить, мин"),
            self._box("counts", self.counts, "Сделанная работа"),
            self._box("clause", self.clause, "Пункт Порядка"),
            self._box("Причина, обстоятельства", self.reason),
            self._box("explanation", self.explanation, "Объяснения"), spacing=12,
        )  # fmt: skip
        second.setStretch(5, 1)
        second.setStretch(6, 1)
        foot = row(self.save, self.away, self.problem, None, spacing=10)
        foot.setStretch(2, 100)
        self.setLayout(
            column(self.title, first, second, foot, None, spacing=8, margins=(16, 10, 16, 12))
        )
        self.who.setFixedWidth(WHO_WIDTH)
        self.person.setMinimumWidth(200)
        self.role.setMinimumWidth(130)
        self.kind.activated.connect(lambda _number: self._follow_kind())
        self.who.activated.connect(lambda _number: self._follow_who())
        self.save.clicked.connect(lambda _checked: self.write())
        self.away.clicked.connect(lambda _checked: self.put_away())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.write)
        for field in self.findChildren(QLineEdit):
            if field.parent() is not self.who:
                field.returnPressed.connect(self.write)

    def _box(self, name: str, field: QWidget, words: str = "") -> QWidget:
        """A field under its name; `name` is also its key when `words` are given."""
        box, caption = QWidget(), QLabel(words or name)
        caption.setProperty("step", "caption")
        caption.setBuddy(field)
        field.setAccessibleName(words or name)
        box.setLayout(column(caption, field, spacing=2))
        self._boxes[name] = box
        return box


def _follows(one: IncidentRow) -> bool:
    """The minutes are those of the hours: an empty field keeps following them."""
    return one.compensation in {None, proposed_compensation(one.started, one.ended)}


def _tidy(field: QLineEdit) -> None:
    """12:58 for «1258» and «12.58»; what is no time is marked and stays."""
    try:
        field.setText(typed_hour(field.text()))
        restyle(field, tone="")
    except NotAnHour as problem:
        restyle(field, tone=Tone.BAD)
        field.setToolTip(f"{problem} {problem.hint}")
