"""The card's first tab: the expert group, the check before the exam, and the candidates."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from demoexam.rules.deadlines import Deadline
from demoexam.rules.terms import Answer, Role, Side
from demoexam.services.exams.candidates import Candidate
from demoexam.services.exams.preflight import Check, later_checks
from demoexam.services.exams.view import ExamCard
from demoexam.ui import dialogs
from demoexam.ui.cards import Card
from demoexam.ui.exams.actions import ExamActions
from demoexam.ui.exams.candidates_panel import CandidatesPanel, Seat
from demoexam.ui.exams.checks_card import ChecksCard
from demoexam.ui.exams.deadlines_card import DeadlinesCard
from demoexam.ui.exams.group_table import SEAT, MemberSource, MemberView, columns_of
from demoexam.ui.query_table import QueryTable
from demoexam.ui.widgets import Button, fill, row
from demoexam.ui.workspace import Workspace

CANDIDATES_WIDE = 348


class TallColumn(QWidget):
    """Never lower than its contents need at this width: wrapped lines are not squeezed."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        """Lines that were added are counted once they are shown, which a later event does."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return done

    def fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setMinimumHeight(max(0, layout.totalHeightForWidth(self.width())))


class GroupTab(QWidget):
    """Members at the left, candidates for the chosen seat at the right."""

    def __init__(self, workspace: Workspace, actions: ExamActions) -> None:
        super().__init__()
        self._actions = actions
        self._card: ExamCard | None = None
        self._wanted_deadline = ""
        self._source = MemberSource()
        self.table = QueryTable(self._source, self)
        self.view = MemberView(self.table)
        self.members = Card("Экспертная группа", " ", padding=0)
        self.pick = Button("Подобрать всех", "wand-sparkles", "small")
        self.more = Button("Добавить", "user-plus", "small")
        self.duties = Button("Обязанности", "list-checks", "small")
        self.duties.setToolTip("Кто что оценивает и на каких местах: протокол 3.5")
        self.checks, self.deadlines = ChecksCard(actions), DeadlinesCard(actions)
        self.candidates = CandidatesPanel(workspace)
        self.candidates.setFixedWidth(CANDIDATES_WIDE)
        self._assemble()
        self._connect()

    def show_card(self, card: ExamCard) -> None:
        self._card = card
        with self.view.keeping():
            self._source.show(card)
            self.table.columns = tuple(columns_of(card))
            self.table.reload()
            self.view.show_card(card)
        self.view.show_nothing("" if self.table.rowCount() else "Эксперты ещё не назначены.")
        self.members.remark.setText(remark(card))
        may_change = not card.is_over and card.day is not None
        self.pick.setVisible(may_change and bool(card.missing_seats))
        self.more.setEnabled(may_change)
        scoring = any(one.role is Role.SCORING for one in card.members)
        self.duties.setEnabled(scoring and not card.is_closed)
        self.checks.show_card(card)
        self.deadlines.show_card(card)
        self._inside.fit()
        self.candidates.show_card(card)
        query = partial(later_checks, card=card, today=date.today())
        self._actions.workspace.load(query, partial(self._show_later, card), slot="later checks")

    def _show_later(
        self, card: ExamCard, found: tuple[Sequence[Check], Sequence[Deadline]]
    ) -> None:
        if card is self._card:
            checks, told = found
            self.checks.show_more(checks)
            self.deadlines.show_deadlines(told)
            self._inside.fit()
            if self._wanted_deadline:
                code, self._wanted_deadline = self._wanted_deadline, ""
                QTimer.singleShot(0, self, partial(self.show_deadlines, code))

    def focus_first(self) -> None:
        self.view.setFocus(Qt.FocusReason.TabFocusReason)
        if self.table.rowCount() and not self.view.currentIndex().isValid():
            self.view.selectRow(0)

    def want_deadline(self, code: str) -> None:
        """Go to a deadline as soon as it is read and laid out."""
        self._wanted_deadline = code

    def show_deadlines(self, code: str = "") -> None:
        """Scroll to the deadlines, and to the button of one of them."""
        self._left.ensureWidgetVisible(self.deadlines)
        self.deadlines.focus_on(code)
        self._keep_in_sight()

    def share_duties(self) -> None:
        """Ask who assesses what; protocol 3.5 prints it."""
        if self._card is not None and self.duties.isEnabled():
            facts = {"session_id": self._card.id, "group": self._card.group}
            dialogs.open_dialog("duties", self._actions.workspace, self, **facts)

    def _keep_in_sight(self) -> None:
        """The line with the focus stays in sight while those above it are laid out."""
        for one in self.deadlines.findChildren(QWidget):
            if one.hasFocus():
                self._left.ensureWidgetVisible(one)

    def want(self, role: str, assignment_id: str) -> None:
        """Go to the candidates for a free seat, or for the seat of an expert."""
        if assignment_id and self._card is not None:
            members = {one.assignment_id: one for one in self._card.members}
            if assignment_id in members:
                self.candidates.want(Seat(members[assignment_id].role, assignment_id))
                self.view.point_at(assignment_id)
        elif role:
            self.candidates.want(Seat(Role(role)))

    def _open(self, record_id: str) -> None:
        if record_id.startswith(SEAT):
            self.want(record_id.removeprefix(SEAT), "")
        else:
            self.want("", record_id)

    def _take(self, seat: Seat, one: Candidate) -> None:
        if seat.assignment_id:
            self._actions.replace(seat.assignment_id, one.expert_id, one.name)
        else:
            self._actions.assign(one.expert_id, one.name, seat.role)

    def _assemble(self) -> None:
        self.members.body.setContentsMargins(1, 12, 1, 2)
        self.members.head.setContentsMargins(16, 0, 12, 0)
        self.members.remark.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.members.head.setStretch(1, 100)
        for tool in (self.duties, self.pick, self.more):
            self.members.head.addWidget(tool)
        self.members.add(self.view)
        inside = self._inside = TallColumn()
        inside.setProperty("look", "clear")
        below = (self.checks, self.deadlines)
        inside.setLayout(fill(QVBoxLayout(), self.members, *below, None, spacing=12))
        left = self._left = QScrollArea(widgetResizable=True)
        left.setFrameShape(QFrame.Shape.NoFrame)
        left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left.setWidget(inside)
        layout = row(left, self.candidates, spacing=14)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.view.opened.connect(self._open)
        self.view.removal.connect(self._actions.unassign)
        self.view.release.connect(self._actions.release)
        self.view.answered.connect(self._actions.answer)
        self.view.role_wanted.connect(self._actions.change_role)
        self.view.duties_wanted.connect(self.share_duties)
        self.duties.clicked.connect(lambda _checked: self.share_duties())
        self.view.expert_wanted.connect(
            lambda ident: self._actions.going.emit("experts", {"id": ident})
        )
        self.candidates.chosen.connect(self._take)
        self.pick.clicked.connect(lambda _checked: self._actions.fill_seats())
        self.more.clicked.connect(lambda _checked: self.want(Role.SCORING, ""))
        self._actions.seat_wanted.connect(self.want)
        self.checks.deadlines_wanted.connect(self.show_deadlines)
        bar = self._left.verticalScrollBar()
        bar.rangeChanged.connect(lambda *_range: self._keep_in_sight())


def remark(card: ExamCard) -> str:
    """«оценивающих 2 из 3, работодателей 2 из 3»."""
    live = [
        one
        for one in card.members
        if not one.held and one.answer is not Answer.REFUSED and one.role is not Role.TECHNICAL
    ]
    employers = sum(one.side is Side.EMPLOYER for one in live)
    return f"оценивающих {card.scoring} из {card.needed}, работодателей {employers} из {len(live)}"
