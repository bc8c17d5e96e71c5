"""The card's tab of papers: each form with its state, its preview and its printing."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from demoexam.services.exams.view import ExamCard
from demoexam.services.papers.papers import Package, PaperState, Wanted, package, paper_states
from demoexam.text import clock, day_month
from demoexam.ui.dialogs import open_dialog
from demoexam.ui.query_table import Cell, Column, QueryTable, Row
from demoexam.ui.table_view import TableView
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, fill, label, row, rule
from demoexam.ui.workspace import Workspace

COLUMNS = (
    Column("code", "Форма", 70, sortable=False),
    Column("name", "Документ", 330, stretch=True, sortable=False),
    Column("state", "Данные", 112, sortable=False),
    Column("missing", "На что обратить внимание", 300, sortable=False, minor=True),
    Column("printed", "Напечатан", 230, sortable=False),
)
STATES = {
    "ready": ("Готов", Tone.OK),
    "blank": ("Пустой", Tone.GREY),
    "outdated": ("Устарел", Tone.WARN),
}
EXPLAINED = "Пустой — часть строк напечатается пустой. Устарел — после печати экзамен изменили."


def state_of(paper: PaperState) -> tuple[str, str]:
    """The pill of a form."""
    key = "outdated" if paper.outdated else "blank" if paper.missing else "ready"
    return STATES[key]


class PaperSource:
    """The forms of one sitting."""

    columns: Sequence[Column] = COLUMNS

    def __init__(self) -> None:
        self.papers: Sequence[PaperState] = ()

    def ids(self, _filter_text: str, _sort: str, _descending: bool) -> Sequence[int]:
        return range(len(self.papers))

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        return {number: _row(self.papers[number]) for number in ids}


class DocumentsTab(QWidget):
    """Enter shows the form under the cursor; the package of the day is printed by Ctrl+P."""

    printing = Signal(str)  # the form's code, "" for the whole package

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._card: ExamCard | None = None
        self._source = PaperSource()
        self.table = QueryTable(self._source, self)
        self.view = TableView(self.table, "Документы экзамена")
        self.look = Button("Посмотреть", "eye", "primary")
        self.print = Button("Печать…", "printer")
        self.package = Button("Пакет дня  Ctrl+P", "layers")
        self.register = Button("Журнал печати", "history")
        self._assemble()

    def show_card(self, card: ExamCard) -> None:
        self._card = card
        if card.day is None:
            self._show(())
            return
        query = partial(paper_states, session_id=card.id)
        self._workspace.load(query, self._show, slot="paper states")

    def focus_first(self) -> None:
        self.view.setFocus(Qt.FocusReason.TabFocusReason)

    def preview(self, code: str) -> None:
        """Make the form and show it; nothing is registered as printed."""
        card = self._card
        if card is None or not code:
            return
        query = partial(package, session_id=card.id, forms=[code], registered=False)
        self._workspace.load(query, self._open_preview, slot="paper preview")

    def _show(self, papers: Sequence[PaperState]) -> None:
        here = self.view.current_id()
        self._source.papers = papers
        self.table.reload()
        for button in (self.look, self.print, self.package):
            button.setEnabled(bool(papers))
        words = "" if papers else "Сначала назначьте экзамену дату: без неё бумаги печатать рано."
        self.view.show_nothing(words)
        self.view.point_at(here or (papers[0].code if papers else ""))

    def _open_preview(self, made: Package) -> None:
        from demoexam.ui.dialogs.pdf_preview import open_preview

        paper = made.contents[0]
        name = f"{paper.code} {paper.name}"
        wanted = Wanted(session_id=self._card.id, forms=(paper.code,)) if self._card else None
        open_preview(
            self._workspace, self, made.pdf, name, papers=made.contents, wanted=wanted
        )  # fmt: skip

    def _open_register(self) -> None:
        open_dialog("printed", self._workspace, self)

    def _assemble(self) -> None:
        tools = row(
            self.look, self.print, None, self.register, self.package, margins=(16, 10, 12, 10)
        )
        foot = row(label(EXPLAINED, "muted"), None, margins=(16, 9, 16, 9))
        panel = QFrame()
        panel.setProperty("look", "card")
        layout = fill(QVBoxLayout(), tools, rule(), self.view, rule(), foot, spacing=0)
        layout.setContentsMargins(1, 1, 1, 1)
        panel.setLayout(layout)
        self.setLayout(fill(QVBoxLayout(), panel))
        self.view.opened.connect(self.preview)
        self.look.clicked.connect(lambda _checked: self.preview(self.view.current_id()))
        self.print.clicked.connect(lambda _checked: self.printing.emit(self.view.current_id()))
        self.register.clicked.connect(lambda _checked: self._open_register())
        self.package.clicked.connect(lambda _checked: self.printing.emit(""))


def _row(paper: PaperState) -> Row:
    words, tone = state_of(paper)
    said = list(filter(None, (paper.stale, *paper.missing)))
    lacks = "; ".join(said)
    printed = ""
    if paper.printed_at is not None:
        at = f"{day_month(paper.printed_at.date())}, {clock(paper.printed_at)}"
        printed = f"{at}, № {paper.number}"
    cells = (
        paper.code,
        Cell(paper.name, strong=True),
        Cell(words, tone=tone, pill=True),
        Cell(lacks or "—", tip="\n".join(said)),
        printed or "нет",
    )
    return Row(paper.code, cells)
