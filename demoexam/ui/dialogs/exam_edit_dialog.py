"""A new exam, or a change of one: the rules speak while it is being chosen."""

from datetime import date, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QScrollArea,
    QWidget,
)

from demoexam.errors import RulesBroken, UserError
from demoexam.models.exams import ExamSession
from demoexam.rules.timetable import MoreStudentsThanPlaces
from demoexam.services.exams.draft import (
    Draft,
    Verdict,
    board_names,
    choices,
    judge,
    proposed_days,
    students_of,
)
from demoexam.services.exams.exams import create_session, update_session
from demoexam.services.exams.view import ExamCard, exam_card
from demoexam.ui.cards import Action, FindingStrip
from demoexam.ui.dialogs import open_dialog
from demoexam.ui.dialogs.exam_findings import finding_line, why_not
from demoexam.ui.dialogs.exam_form import ExamForm
from demoexam.ui.dialogs.exam_students import StudentPicker
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, clear, column, label, row, rule
from demoexam.ui.workspace import Workspace

SIZE = (980, 640)
NOTHING_WRONG = "Замечаний нет."
CHOOSE = "Выберите группу и комплект: замечания появятся здесь сразу."


class ExamDialog(QDialog):
    """Saves through the workspace; `saved` tells the id of the sitting."""

    saved = Signal(str)

    def __init__(
        self, workspace: Workspace, parent: QWidget | None = None, *, session_id: str = "",
        field: str = "", group_id: str = "", workshop_id: str = "", day: date | None = None,
        kit_id: str = "", starts_at: datetime | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.workspace, self._session_id, self._first = workspace, session_id, field
        self.form = ExamForm(workspace.read(choices))
        self.verdict = Verdict([], [])
        self._proposed: date | None = None
        self._college = ""
        self.findings, self.count = column(spacing=8), label("", "muted")
        self.students = StudentPicker()
        self.refusal = FindingStrip(Tone.BAD)
        self.save_button = Button("Сохранить", look="primary")
        self._assemble()
        self._fill(group_id, workshop_id, day)
        if kit_id:
            self.form.kit.show_value(kit_id)
        if starts_at is not None:
            self.form.show_hours(starts_at, None)
        self.form.changed.connect(self.check)
        self.students.changed.connect(self._count_students)
        self.check()

    def check(self) -> None:
        """Follow the day and the group, and ask the rules about what is chosen."""
        self._follow()
        draft = self.draft()
        if draft is None:
            self._show(Verdict([], []), CHOOSE)
            self.save_button.setEnabled(False)
            return
        query = partial(judge, draft=draft)
        self.workspace.load(query, self._show_verdict, slot="exam draft")

    def draft(self) -> Draft | None:
        """What is chosen now; None while there is no group or no kit."""
        form = self.form
        if form.group.value() is None or form.kit.value() is None:
            return None
        return Draft(
            group_id=form.group.value(),
            kit_id=form.kit.value(),
            workshop_id=form.workshop.value(),
            starts_at=form.starts_at(),
            ends_at=form.ends_at(),
            second_day=form.second.value(),
            preparation_day=form.before.value(),
            head_count=form.heads.value(),
            board_member=form.board_member(),
            examinee_ids=frozenset(self.students.chosen()),
            session_id=self._session_id,
        )

    def save(self) -> None:
        """Write the sitting; a refusal is told in the dialog, which stays open."""
        self._commit_typing()
        draft = self.draft()
        if draft is None or not self.save_button.isEnabled():
            return
        facts = self._facts(draft)
        group = self.form.group_choice()
        name = group.name if group else ""
        self.save_button.setEnabled(False)
        if self._session_id:
            self.workspace.perform(
                update_session, operation=f"изменён экзамен {name}", on_done=self._done,
                on_refused=self._refuse, session_id=self._session_id, kit_id=draft.kit_id, **facts,
            )  # fmt: skip
        else:
            self.workspace.perform(
                create_session, operation=f"назначен экзамен {name}", on_done=self._done,
                on_refused=self._refuse, group_id=draft.group_id, kit_id=draft.kit_id,
                examinee_ids=self.students.chosen() or None, **facts,
            )  # fmt: skip

    def split(self) -> None:
        """Part the group into shifts instead of writing one exam."""
        draft = self.draft()
        if draft is None:
            return
        begin = draft.starts_at
        dialog = open_dialog(
            "shifts", self.workspace, self, group_id=draft.group_id, kit_id=draft.kit_id,
            workshop_id=draft.workshop_id or "", day=begin.date() if begin else None,
            start=begin.time() if begin else None, session_id=self._session_id,
        )  # fmt: skip
        dialog.accepted.connect(self.accept)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if pressed and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        elif not pressed:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.form.field(self._first).setFocus(Qt.FocusReason.TabFocusReason)

    # -- what is chosen -------------------------------------------------------------------

    def _facts(self, draft: Draft) -> dict[str, Any]:
        return {
            "workshop_id": draft.workshop_id,
            "starts_at": draft.starts_at,
            "ends_at": draft.ends_at,
            "second_day": draft.second_day if draft.starts_at else None,
            "preparation_day": draft.preparation_day if draft.starts_at else None,
            "head_count": draft.head_count or None,
            "board_member": draft.board_member,
            "note": self.form.note.value(),
        }

    def _follow(self) -> None:
        group, day = self.form.group_choice(), self.form.day.value()
        college = group.college_id if group else ""
        if group is not None and group.id != self._group_shown and not self._session_id:
            self._show_students(group.id)
        year = day.year if day else self.workspace.year
        if college and f"{college}{year}" != self._college:
            self._college = f"{college}{year}"
            names = self.workspace.read(
                lambda session: board_names(session, college_id=college, year=year)
            )
            self.form.show_boards(names)
        if day is not None and day != self._proposed:
            self._proposed = day
            self.form.show_days(*self.workspace.read(lambda session: proposed_days(session, day)))

    def _show_students(self, group_id: str) -> None:
        self._group_shown = group_id
        kit = self.form.kit.value() or ""
        self.students.show_people(
            self.workspace.read(lambda session: students_of(session, group_id=group_id, kit_id=kit))
        )

    def _count_students(self) -> None:
        part = self.students.is_part()
        self.form.heads.setEnabled(not part)
        if part:
            self.form.heads.show_value(len(self.students.chosen()))
        self.check()

    # -- what the rules say ---------------------------------------------------------------

    def _show_verdict(self, verdict: Verdict) -> None:
        self._show(verdict, NOTHING_WRONG)
        self.save_button.setEnabled(not verdict.blocking)

    def _show(self, verdict: Verdict, nothing: str) -> None:
        self.verdict = verdict
        clear(self.findings)
        known = len(verdict.findings)
        self.count.setText(str(known) if known else "")
        for found in verdict.findings:
            self.findings.addWidget(finding_line(found))
            if found.code == MoreStudentsThanPlaces.code:
                self.findings.addLayout(row(24, self._splitting(), None, spacing=0))
        if not known:
            self.findings.addWidget(label(nothing, "soft", wrap=True))
        self.findings.addStretch(1)
        words = "Сохранить" if self._session_id else "Сохранить черновик"
        self.save_button.setText(words)
        self.save_button.setToolTip(why_not(verdict.blocking))

    def _splitting(self) -> Button:
        button = Action("Разбить на смены…", self.split, "layers").button("small")
        button.setAutoDefault(False)
        return button

    def _refuse(self, error: UserError) -> None:
        self.save_button.setEnabled(True)
        broken = error.violations if isinstance(error, RulesBroken) else ()
        text = "<br>".join(map(str, broken)) or f"<b>{error}</b> {error.hint}"
        self.refusal.show_finding(Tone.BAD, text)

    def _done(self, made: Any) -> None:
        self.saved.emit(made.id)
        self.accept()

    # -- building -------------------------------------------------------------------------

    def _fill(self, group_id: str, workshop_id: str, day: date | None) -> None:
        self._group_shown = ""
        form = self.form
        if self._session_id:
            card = self.workspace.read(
                lambda session: exam_card(session, session_id=self._session_id)
            )
            self._show_row(card.row, card)
            return
        if day is not None:
            form.day.show_value(day)
        form.group.show_value(group_id or None)
        form.workshop.show_value(workshop_id or None)

    def _show_row(self, row_: ExamSession, card: ExamCard) -> None:
        form = self.form
        form.group.show_value(row_.group_id)
        form.group.setEnabled(False)
        form.kit.show_value(row_.kit_id)
        form.workshop.show_value(row_.workshop_id)
        form.heads.show_value(card.head_count)
        form.heads.setEnabled(not any(one.place_id for one in card.examinees))
        form.show_hours(row_.starts_at, row_.ends_at)
        form.second.show_value(row_.second_day)
        form.before.show_value(row_.preparation_day)
        form.board.setCurrentText(row_.board_member)
        form.note.show_value(row_.note)
        self._proposed = row_.starts_at.date() if row_.starts_at else None

    def _assemble(self) -> None:
        name = "Изменить экзамен" if self._session_id else "Новый экзамен"
        self.setWindowTitle(name)
        self.resize(*SIZE)
        self.refusal.hide()
        left = column(self.form, self.students, None, spacing=6)
        body = row(left, self._make_findings(), spacing=20, margins=(20, 16, 20, 12))
        body.setStretch(0, 3)
        body.setStretch(1, 2)
        cancel = Button("Отмена")
        cancel.clicked.connect(self.reject)
        self.save_button.clicked.connect(lambda _checked: self.save())
        self.save_button.setToolTip("Ctrl+Enter")
        for button in (cancel, self.save_button):
            button.setAutoDefault(False)
        foot = row(self.refusal, None, cancel, self.save_button, margins=(20, 10, 20, 12))
        foot.setStretch(0, 1)
        layout = column(body, rule(), foot, spacing=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def _make_findings(self) -> QWidget:
        inside = QWidget()
        inside.setProperty("look", "clear")
        inside.setLayout(self.findings)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        box = QFrame()
        box.setProperty("look", "card")
        head = row(label("Что говорят правила", "title"), self.count, None)
        box.setLayout(column(head, area, spacing=10, margins=(14, 12, 8, 12)))
        return box

    def _commit_typing(self) -> None:
        """A field is written when it is left; leave it."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            focused.clearFocus()
            focused.setFocus()
