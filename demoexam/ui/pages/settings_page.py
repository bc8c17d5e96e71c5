"""Настройки: sections at the left, the chosen one at the right; nothing to save by hand."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget

from demoexam.ui import icons, theme
from demoexam.ui.page import PAGE_MARGINS, Page, Place
from demoexam.ui.preferences.board import BoardSection
from demoexam.ui.preferences.college import CollegeSection
from demoexam.ui.preferences.deadlines import DeadlinesSection
from demoexam.ui.preferences.forms import FormsSection
from demoexam.ui.preferences.look import LookSection
from demoexam.ui.preferences.papers import PapersSection
from demoexam.ui.preferences.rules import RulesSection
from demoexam.ui.preferences.section import Section
from demoexam.ui.preferences.share import ShareSection
from demoexam.ui.preferences.store import StoreSection
from demoexam.ui.widgets import fill
from demoexam.ui.workspace import Workspace

SECTIONS: tuple[type[Section], ...] = (
    CollegeSection,
    BoardSection,
    ShareSection,
    RulesSection,
    DeadlinesSection,
    PapersSection,
    FormsSection,
    LookSection,
    StoreSection,
)


class SettingsPage(Page):
    """Places it understands: {"section": the title of one}."""

    TITLE = "Настройки"
    TABLES = frozenset(
        {
            "setting",
            "share_target",
            "grade_scale",
            "organization",
            "operation",
            "change",
            "document_template",
            "exam_board",
            "board_member",
            "declined_name",
        }
    )

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.list, self.stack = QListWidget(), QStackedWidget()
        self.list.setAccessibleName("Разделы настроек")
        self.list.setFixedWidth(theme.px(220))
        self.list.setProperty("look", "plain")
        self.list.setIconSize(QSize(18, 18))
        self.sections = [kind(workspace) for kind in SECTIONS]
        for section in self.sections:
            item = QListWidgetItem(icons.icon(section.ICON, "muted", 18), section.TITLE)
            item.setSizeHint(QSize(0, 38))
            self.list.addItem(item)
            self.stack.addWidget(section)
            section.whole.connect(self.list.setHidden)
        layout = fill(QHBoxLayout(self), self.list, self.stack, spacing=20, margins=PAGE_MARGINS)
        layout.setStretch(1, 1)
        self.list.currentRowChanged.connect(self.stack.setCurrentIndex)
        self.list.currentRowChanged.connect(lambda _row: self.list.show())
        self.list.setCurrentRow(0)
        workspace.performed.connect(self._on_action)
        self.set_heading(self.TITLE, "записывается сразу, отменить можно Ctrl+Z")

    def reload(self) -> None:
        with self.workspace.store.reading() as session:
            for section in self.sections:
                section.show_values(session)

    def _on_action(self, _words: str) -> None:
        self._mark_stale()  # the journal at the end of the page

    def go_to(self, place: Place) -> None:
        titles = [section.TITLE for section in self.sections]
        if place.get("section") in titles:
            self.list.setCurrentRow(titles.index(place["section"]))

    def focus_filter(self) -> None:
        self.list.setFocus()
