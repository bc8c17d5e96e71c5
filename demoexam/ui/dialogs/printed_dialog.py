"""«Журнал печати»: what was printed under which number, if it still holds, and printing anew."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QLineEdit, QWidget

from demoexam.progress import Progress
from demoexam.services.papers.printed_documents import (
    Printed,
    Validity,
    document_validity,
    printed_documents,
)
from demoexam.text import counted
from demoexam.ui.dialogs.list_layout import fit_window, list_card
from demoexam.ui.dialogs.printed_rows import PrintedSource, first_exam
from demoexam.ui.main_window import FIRST_YEAR
from demoexam.ui.query_table import QueryTable
from demoexam.ui.table_view import TableView
from demoexam.ui.tasks import Task
from demoexam.ui.widgets import Button, column, label, row
from demoexam.ui.workspace import Workspace

SIZE, LEAST = (1120, 660), (640, 400)
PAUSE_MS = 150
DOCUMENTS = ("документ", "документа", "документов")
HINT = "Номер, документ, группа или кто печатал; код с бумаги можно считать сканером"
NOTHING = "Ничего не напечатано. Бумаги попадают сюда, когда их печатают или сохраняют."
NOT_FOUND = "Таких документов в этом году нет. Проверьте номер и год."


class PrintedDialog(QDialog):
    """Enter prints the document under the cursor again; Ctrl+F goes to the search."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.workspace = workspace
        self._waiting: dict[str, Printed] = {}
        self._checking = False
        self._task: Task | None = None
        self.source = PrintedSource(self._want)
        self.table = QueryTable(self.source, self)
        self.view = TableView(self.table, "Журнал печати")
        self.field, self.years = QLineEdit(), QComboBox()
        self.only = QCheckBox("Только устаревшие")
        self.count = label("", "muted")
        self.again = Button("Напечатать заново…", "printer", "primary")
        self.open_exam = Button("Открыть экзамен", "arrow-right")
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._assemble()
        self._connect()
        self._load()

    @property
    def year(self) -> int:
        return int(self.years.currentText())

    # -- what is listed -------------------------------------------------------------------

    def _load(self) -> None:
        """The list comes at once; with «только устаревшие» every document is checked first."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        query = partial(printed_documents, year=self.year, text=self.field.text())
        if not self.only.isChecked():
            self.workspace.load(query, self._show, slot="printed documents")
            return
        self.view.show_nothing("Документы сверяются с тем, что вышло бы сейчас…")

        def job(progress: Progress) -> list[Printed]:
            with self.workspace.store.reading() as session:
                return query(session, outdated=True, progress=progress)

        self._task = self.workspace.run(
            job, title="Сверка напечатанного", on_done=self._show, apart=True
        )

    def _show(self, documents: Sequence[Printed]) -> None:
        self.source.documents = documents
        self.source.known |= {one.id: one.validity for one in documents if one.validity}
        with self.view.keeping():
            self.table.reload()
        if documents and not self.view.current_id():
            self.view.selectRow(0)
        self.count.setText(counted(len(documents), *DOCUMENTS))
        words = NOT_FOUND if self.field.text() or self.only.isChecked() else NOTHING
        self.view.show_nothing("" if documents else words)
        self._enable()

    # -- whether each still holds ---------------------------------------------------------

    def _want(self, documents: Sequence[Printed]) -> None:
        """Rows in sight whose validity is not known; asked while they are painted."""
        self._waiting |= {one.id: one for one in documents}
        if not self._checking:
            self._checking = True
            QTimer.singleShot(0, self, self._check_next)

    def _check_next(self) -> None:
        """An exam at a time, so that other reading comes in between."""
        its = first_exam(self._waiting.values())
        self._checking = bool(its)
        for one in its:
            del self._waiting[one.id]
        if its:
            query = partial(document_validity, documents=its)
            self.workspace.load(query, self._tell_validity)

    def _tell_validity(self, found: Mapping[str, Validity]) -> None:
        self.source.known |= found
        with self.view.keeping():
            self.table.reload()
        self._enable()
        self._check_next()

    # -- what can be done -----------------------------------------------------------------

    def current(self) -> Printed | None:
        here = self.view.current_id()
        return next((one for one in self.source.documents if one.id == here), None)

    def print_again(self) -> None:
        """The printing form with this document alone."""
        from demoexam.ui.dialogs import open_dialog

        one = self.current()
        if one is not None and self.again.isEnabled():
            facts = {"session_id": one.session_id, "forms": [one.code]}
            open_dialog("print", self.workspace, self.parentWidget() or self, **facts)

    def _open_exam(self) -> None:
        one, opener = self.current(), getattr(self.parent(), "open_page", None)
        if one is None or opener is None:
            return
        if one.session_id:
            opener("exams", {"id": one.session_id})
        else:
            opener("reports", {"year": int(one.period)})
        self.reject()

    def _enable(self) -> None:
        one = self.current()
        gone = one is not None and self.source.known.get(one.id) is Validity.UNKNOWN
        self.again.setEnabled(one is not None and bool(one.session_id) and not gone)
        self.open_exam.setEnabled(one is not None and not gone)
        report = one is not None and not one.session_id
        self.open_exam.setText(" Открыть отчёт" if report else " Открыть экзамен")

    def _follow(self, _tables: frozenset[str]) -> None:
        self.source.forget()
        self._load()

    # -- building -------------------------------------------------------------------------

    def _assemble(self) -> None:
        self.setWindowTitle("Журнал печати")
        self.field.setPlaceholderText(HINT)
        self.field.setAccessibleName("Найти документ по номеру или словам")
        self.field.setClearButtonEnabled(True)
        last = max(self.workspace.year, FIRST_YEAR)
        self.years.addItems([str(year) for year in range(last + 1, FIRST_YEAR - 1, -1)])
        self.years.setCurrentText(str(self.workspace.year))
        self.years.setAccessibleName("Год")
        closer = Button("Закрыть")
        closer.clicked.connect(lambda _checked: self.reject())
        for button in (closer, self.again, self.open_exam):
            button.setAutoDefault(False)
        head = row(label("Журнал печати", "section"), None, self.years, spacing=10)
        tools = row(self.field, self.only, spacing=14)
        tools.setStretch(0, 1)
        panel = list_card(self.view, self.count)
        foot = row(None, closer, self.open_exam, self.again)
        layout = column(head, tools, panel, foot, spacing=10, margins=(20, 16, 20, 14))
        layout.setStretch(2, 1)
        self.setLayout(layout)
        fit_window(self, SIZE, LEAST)
        self.field.setFocus()

    def _connect(self) -> None:
        self._pause.timeout.connect(self._load)
        self.field.textChanged.connect(lambda _text: self._pause.start())
        self.field.returnPressed.connect(self.view.setFocus)
        self.years.activated.connect(lambda _at: self._load())
        self.only.toggled.connect(lambda _on: self._load())
        self.view.opened.connect(lambda _ident: self.print_again())
        self.view.pointed.connect(lambda _ident: self._enable())
        self.again.clicked.connect(lambda _checked: self.print_again())
        self.open_exam.clicked.connect(lambda _checked: self._open_exam())
        self.workspace.changed.connect(self._follow)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(
            lambda: self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        )
