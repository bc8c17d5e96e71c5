"""Настройки → Бланки: the college's own wording and columns of every form, with its preview."""

from copy import deepcopy
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget
from sqlalchemy.orm import Session

from demoexam.documents.catalogue import EDITABLE
from demoexam.documents.template_data import Data
from demoexam.documents.template_problems import BrokenTemplate, Problem
from demoexam.errors import UserError
from demoexam.services.papers.templates import (
    changed_templates,
    restore_template,
    save_template,
    template_of,
    template_troubles,
)
from demoexam.ui.cards import Action, FindingStrip
from demoexam.ui.list_source import ListSource
from demoexam.ui.preferences.section import Section
from demoexam.ui.query_table import Cell, Column, QueryTable, Row
from demoexam.ui.table_view import TableView
from demoexam.ui.templates.editor import TemplateEditor
from demoexam.ui.templates.preview_pane import PreviewPane
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, ElidedLabel, Pill, column, label, row

COLUMNS = (
    Column("code", "Форма", 80),
    Column("name", "Бланк", 320, stretch=True),
    Column("state", "", 130),
)
CHANGED = "изменён"
HINT = "Enter или двойной щелчок открывает бланк. Правка печатается со следующего документа."


class FormsSection(Section):
    TITLE = "Бланки"
    ICON = "pencil"

    def lay_out(self) -> None:
        self._code = ""  # of the form being edited
        self._stored: Data = {}
        self._sent: list[Data] = []  # written and not yet seen in the store
        self._unsound: dict[str, Data] = {}  # edited, not yet fit to be kept
        self._changed: frozenset[str] = frozenset()
        self.stack = QStackedWidget()
        self.stack.addWidget(self._list_page())
        self.stack.addWidget(self._editor_page())
        self.setLayout(column(self.stack))

    def show_values(self, session: Session) -> None:
        self._changed = changed_templates(session)
        told = [
            f"<b>{_plain(one.sentence)}</b> {_plain(one.reason)}"
            for one in template_troubles(session)
        ]
        self.trouble.show_finding(Tone.WARN, "<br>".join(told))
        self._show_list()
        if self._code:
            self._refresh(template_of(session, code=self._code))

    def open_form(self, code: str) -> None:
        """Show the form's editor and its preview."""
        self._code, self._sent = code, []
        self._stored = self.workspace.read(lambda session: template_of(session, code=code))
        self.editor.show_template(EDITABLE[code], self._unsound.get(code, self._stored))
        self.title.show_text(f"{code}  {EDITABLE[code].name}")
        self._show_state()
        self.finding.show_finding(Tone.OK, "")
        self.stack.setCurrentIndex(1)
        self.whole.emit(True)
        self.preview.redraw()
        self.back.setFocus()

    def close_form(self) -> None:
        """Back to the list; what could not be kept stays as it was typed."""
        self.preview.stop()
        self._code = ""
        self._show_list()
        self.stack.setCurrentIndex(0)
        self.whole.emit(False)
        self.view.setFocus()

    def restore(self) -> None:
        """Take the program's form again."""
        code = self._code
        self._unsound.pop(code, None)
        self.workspace.perform(
            restore_template, operation=f"бланк программы {code}", code=code,
            on_done=self._restored,
        )  # fmt: skip

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the editor."""
        if event.key() == Qt.Key.Key_Escape and self._code:
            self.close_form()
        else:
            super().keyPressEvent(event)

    def _restored(self, _result: object) -> None:
        if self._code:
            self._stored = {}
            self._refresh(self.workspace.read(lambda s: template_of(s, code=self._code)))

    def _refresh(self, stored: Data) -> None:
        """Another desk, or an undo, wrote the form: show that; one's own writing is there."""
        if stored in self._sent:
            del self._sent[: self._sent.index(stored) + 1]
        elif stored not in (self._stored, self.editor.data):
            self._unsound.pop(self._code, None)
            self.editor.show_template(EDITABLE[self._code], stored)
            self.preview.redraw()
        self._stored = stored
        self._show_state()

    def _keep(self) -> None:
        """Write the form; the program refuses what is not sound."""
        self.preview.redraw()
        if self.editor.data == self._stored:
            self._unsound.pop(self._code, None)
            return
        code, data = self._code, deepcopy(self.editor.data)
        self._unsound[code] = data
        self._sent.append(data)
        self.workspace.perform(
            save_template, operation=f"бланк {code}", code=code, data=data,
            on_done=lambda _warnings: self._kept(code, data),
            on_refused=lambda error: self._refuse(error, data),
        )  # fmt: skip

    def _kept(self, code: str, data: Data) -> None:
        if self._unsound.get(code) == data:
            del self._unsound[code]
            self._show_list()
            self._show_state()

    def _refuse(self, error: UserError, data: Data) -> None:
        if data in self._sent:
            self._sent.remove(data)
        if isinstance(error, BrokenTemplate):
            self._judge(error.problems)
        else:
            self.workspace.refused.emit(error)

    def _judge(self, problems: tuple[Problem, ...]) -> None:
        """Tell what is wrong at the fields, and in one line above them."""
        self.editor.show_problems([one for one in problems if one.grave])
        if not problems:
            self.finding.show_finding(Tone.OK, "")
            return
        grave = problems[0].grave
        words = f"{problems[0]}." + (f" Ещё: {len(problems) - 1}." if problems[1:] else "")
        told = f"<b>Не сохранено.</b> {_plain(words)}" if grave else _plain(words)
        look = [Action("Показать", lambda: self.editor.go_to(problems[0]))]
        self.finding.show_finding(Tone.BAD if grave else Tone.WARN, told, look)

    def _source(self) -> tuple[str, Data]:
        return self._code, deepcopy(self.editor.data)

    def _show_state(self) -> None:
        changed = self._code in self._changed
        self.state.setVisible(changed)
        self.give_back.setEnabled(changed or self._code in self._unsound)

    def _show_list(self) -> None:
        self.source.show_rows([self._row(code) for code in EDITABLE])
        with self.view.keeping():
            self.table.reload()

    def _row(self, code: str) -> Row:
        state: Cell | str = ""
        if code in self._unsound:
            state = Cell("не сохранён", tone=Tone.BAD, pill=True)
        elif code in self._changed:
            state = Cell(CHANGED, tone=Tone.ACCENT, pill=True)
        return Row(code, (code, EDITABLE[code].name, state))

    def _list_page(self) -> QWidget:
        page = QWidget()
        self.source = ListSource(COLUMNS)
        self.table = QueryTable(self.source, self)
        self.view = TableView(self.table, "Бланки")
        self.view.opened.connect(self.open_form)
        self.trouble = FindingStrip(Tone.WARN)
        self.trouble.hide()
        layout = column(self.trouble, self.view, label(HINT, "muted", wrap=True), spacing=8)
        layout.setStretch(1, 1)
        page.setLayout(layout)
        return page

    def _editor_page(self) -> QWidget:
        page = QWidget()
        self.editor = TemplateEditor()
        self.preview = PreviewPane(self.workspace, self._source)
        self.editor.typed.connect(self.preview.redraw_soon)
        self.editor.written.connect(self._keep)
        self.preview.judged.connect(self._judge)
        self.finding = FindingStrip(Tone.BAD)
        self.finding.hide()
        halves = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        halves.addWidget(self.editor)
        halves.addWidget(self.preview)
        halves.setSizes([1, 1])
        layout = column(self._editor_head(), self.finding, halves, spacing=8)
        layout.setStretch(2, 1)
        page.setLayout(layout)
        return page

    def _editor_head(self) -> Any:
        self.back = Button("Все бланки", "arrow-left", "small")
        self.back.clicked.connect(lambda _checked=False: self.close_form())
        self.title, self.state = ElidedLabel("", "title"), Pill(CHANGED, Tone.ACCENT)
        self.give_back = Button("Вернуть бланк программы", "undo-2", "small")
        self.give_back.clicked.connect(lambda _checked=False: self.restore())
        head = row(self.back, self.title, self.state, self.give_back, spacing=10)
        head.setStretch(1, 1)
        return head


def _plain(text: str) -> str:
    """Words of the user in a strip that reads rich text."""
    return text.replace("&", "&amp;").replace("<", "&lt;")
