"""The card's tab of history: the exam, its duties and its places, with values to take back."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from demoexam.services.exams.view import ExamCard
from demoexam.ui.history_panel import HistoryPanel
from demoexam.ui.widgets import fill
from demoexam.ui.workspace import Workspace


class HistoryTab(QWidget):
    """The journal of one sitting; an operation is taken back by Ctrl+Z."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.panel = HistoryPanel(workspace, "История экзамена")
        self.table = self.panel.table
        self.setLayout(fill(QVBoxLayout(), self.panel))

    def show_card(self, card: ExamCard) -> None:
        self.panel.show_record("exam_session", card.id)

    def focus_first(self) -> None:
        self.panel.focus_first()
