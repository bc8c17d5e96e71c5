"""«Версии плана»: approve the plan, see what has changed since, go back to it."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from demoexam.errors import UserError
from demoexam.progress import Progress
from demoexam.services.papers.printed_documents import Printed
from demoexam.services.records.records import delete_record
from demoexam.services.season.plan_differences import (
    PRESENT,
    PlanComparison,
    changes_pdf,
    compare_plans,
    outdated_plans,
    save_changes,
)
from demoexam.services.season.plan_return import Return, return_preview, return_to_version
from demoexam.services.season.plan_versions import (
    VersionLine,
    approve_plan,
    plan_versions,
    proposed_name,
)
from demoexam.text import clock, counted, short_date
from demoexam.ui import theme
from demoexam.ui.cards import Action, FindingStrip
from demoexam.ui.dialogs.file_choice import ask_file
from demoexam.ui.dialogs.versions_rows import (
    EXAMS,
    DifferenceSource,
    done_words,
    return_words,
    summary,
)
from demoexam.ui.fields import ChoiceField, TextField
from demoexam.ui.query_table import QueryTable
from demoexam.ui.table_view import TableView
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, column, fill, label, row, rule
from demoexam.ui.workspace import Workspace

SIZE, LEAST, SIDE = (1120, 640), (640, 420), 280
TABLES = frozenset({"plan_version", "exam_session", "assignment", "exam_place"})
NO_VERSIONS = "Версий ещё нет. Утвердите план, и будет видно, что в нём изменилось потом."
SAME = "Ничего не изменилось."


class VersionsDialog(QDialog):
    """The chosen version against the present plan or another version; Enter opens the exam."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.workspace = workspace
        self.comparison: PlanComparison | None = None
        self.name, self.approve = TextField("Название"), Button("Утвердить план", "check")
        self.list, self.other = QListWidget(), ChoiceField()
        self.source = DifferenceSource()
        self.table = QueryTable(self.source, self)
        self.view = TableView(self.table, "Чем план отличается от версии")
        self.count, self.strip = label("", "muted"), FindingStrip(Tone.ACCENT)
        self.printed = FindingStrip(Tone.WARN)
        self.delete = Button("", "trash-2", "icon", name="Удалить версию")
        self.pdf, self.xlsx = Button("На бумаге", "eye"), Button("XLSX", "file-spreadsheet")
        self.back = Button("Вернуть план к версии…", "undo-2")
        self._versions: Sequence[VersionLine] = ()
        self._assemble()
        self._connect()
        self.reload()

    def reload(self) -> None:
        """The list of versions and what was printed, as they are now."""
        year, today = self.workspace.year, date.today()
        self.workspace.load(
            lambda session: (
                plan_versions(session, year=year),
                proposed_name(session, year=year, today=today),
            ),
            self._show_versions, slot="plan versions",
        )  # fmt: skip

        def check(progress: Progress) -> list[Printed]:
            with self.workspace.store.reading() as session:
                return outdated_plans(session, year=year, progress=progress)

        self.workspace.run(
            check, title="Сверка напечатанных планов", on_done=self._show_printed, apart=True
        )

    def version(self) -> str:
        """The chosen one's id; "" where there is none."""
        number = self.list.currentRow()
        return str(self.list.item(number).data(Qt.ItemDataRole.UserRole)) if number >= 0 else ""

    # -- what is shown --------------------------------------------------------------------

    def _show_versions(self, found: tuple[Sequence[VersionLine], str]) -> None:
        kept, (self._versions, proposed) = self.version(), found
        if not self.name.isModified():
            self.name.show_value(proposed)
        self.list.blockSignals(True)
        self.list.clear()
        for one in self._versions:
            when = f"{short_date(one.taken_at.date())}, {clock(one.taken_at)}"
            words = f"{one.name}\n{when} · {counted(one.sittings, *EXAMS)}"
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            self.list.addItem(item)
        ids = [one.id for one in self._versions]
        self.list.setCurrentRow(ids.index(kept) if kept in ids else 0)
        self.list.blockSignals(False)
        self._choose()

    def _choose(self) -> None:
        here = self.version()
        others = [(one.id, one.name) for one in self._versions if one.id != here]
        self.other.show_options([("", PRESENT), *others])
        self._compare()

    def _choose_anew(self) -> None:
        self._put_away()
        self._choose()

    def _put_away(self) -> None:
        """What was told or asked was about another choice."""
        self.strip.show_finding(Tone.ACCENT, "")

    def _compare(self) -> None:
        for button in (self.delete, self.pdf, self.xlsx, self.back):
            button.setEnabled(bool(self.version()))
        if not self.version():
            self._show(None)
            return
        query = partial(compare_plans, version_id=self.version(), other_id=self.other.value() or "")
        self.workspace.load(query, self._show, slot="plan differences", on_refused=self._tell)

    def _show(self, comparison: PlanComparison | None) -> None:
        self.comparison = comparison
        self.source.lines = comparison.lines if comparison else ()
        self.table.reload()
        self.view.show_nothing(
            NO_VERSIONS if comparison is None else "" if self.source.lines else SAME
        )
        self.count.setText(summary(self.source.lines) if comparison else "")
        self.back.setEnabled(bool(self.source.lines) and not self.other.value())

    def _show_printed(self, papers: Sequence[Printed]) -> None:
        exams = ", ".join(dict.fromkeys(one.exam for one in papers))
        text = f"Напечатанный план (форма 3.2) устарел: {exams}." if papers else ""
        opens = Action("Журнал печати", self._open_printed, "printer")
        self.printed.show_finding(Tone.WARN, text, [opens] if papers else [])

    # -- what can be done -----------------------------------------------------------------

    def approve_now(self) -> None:
        """Keep the plan of the year as it is."""
        self.name.clearFocus()
        self.workspace.perform(
            approve_plan, operation=f"утверждён план «{self.name.text().strip()}»",
            on_done=self._approved, on_refused=self._tell, name=self.name.text(),
            year=self.workspace.year,
        )  # fmt: skip

    def ask_return(self) -> None:
        """Tell what a return would do and wait for the answer."""
        query = partial(return_preview, version_id=self.version())
        self.workspace.load(query, self._offer_return, slot="plan return", on_refused=self._tell)

    def return_now(self) -> None:
        name = next((one.name for one in self._versions if one.id == self.version()), "")
        self.workspace.perform(
            return_to_version, operation=f"план возвращён к версии «{name}»",
            on_done=self._returned, on_refused=self._tell, version_id=self.version(),
        )  # fmt: skip

    def delete_version(self) -> None:
        self.workspace.perform(
            delete_record, operation="удалена версия плана", on_refused=self._tell,
            table="plan_version", record_id=self.version(),
        )  # fmt: skip

    def save(self, path: Path) -> None:
        """Write the changes that are shown; the suffix tells how."""
        made = self.comparison
        if made is not None:
            self.workspace.run(
                lambda _progress: save_changes(made, path), title=f"файл «{path.name}»",
                on_done=self._saved, on_refused=self._tell,
            )  # fmt: skip

    def show_paper(self) -> None:
        made = self.comparison
        if made is not None:
            self.workspace.run(
                lambda _progress: changes_pdf(made), title="изменения плана",
                on_done=self._open_paper,
            )  # fmt: skip

    def _offer_return(self, plan: Return) -> None:
        names = {one.sitting_id: one.exam for one in self.source.lines}
        actions = [Action("Вернуть", self.return_now, "undo-2"), Action("Отмена", self._put_away)]
        can = actions if plan.changes else actions[1:]
        self.strip.show_finding(Tone.ACCENT, return_words(plan, names), can)

    def _returned(self, plan: Return) -> None:
        self.strip.show_finding(Tone.WARN, done_words(plan))

    def _approved(self, version_id: str) -> None:
        self.name.setModified(False)
        item = QListWidgetItem("")
        item.setData(Qt.ItemDataRole.UserRole, version_id)
        self.list.insertItem(0, item)
        self.list.setCurrentItem(item)  # chosen when the list comes anew
        self.reload()

    def _tell(self, error: UserError) -> None:
        self.strip.show_finding(Tone.BAD, f"<b>{error}</b> {error.hint}")

    def _saved(self, path: Path) -> None:
        self.strip.show_finding(Tone.OK, f"Сохранено: {path.name}, папка «{path.parent.name}».")

    def _open_paper(self, pdf: bytes) -> None:
        from demoexam.ui.dialogs.pdf_preview import open_preview

        open_preview(self.workspace, self, pdf, f"Изменения плана {self.workspace.year}")

    def _open_printed(self) -> None:
        from demoexam.ui.dialogs import open_dialog

        open_dialog("printed", self.workspace, self.parentWidget() or self)

    def _open_exam(self, ident: str) -> None:
        opener = getattr(self.parent(), "open_page", None)
        if opener is not None:
            opener("exams", {"id": ident})
            self.reject()

    def _follow(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self.reload()

    # -- building -------------------------------------------------------------------------

    def _assemble(self) -> None:
        self.setWindowTitle("Версии плана")
        self.name.setAccessibleName("Название новой версии")
        self.list.setAccessibleName("Версии плана")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        side = QFrame()
        side.setProperty("look", "card")
        side.setLayout(fill(QVBoxLayout(), self.list, margins=(4, 4, 4, 4)))
        side.setFixedWidth(theme.px(SIDE))
        self.other.setMinimumContentsLength(16)
        self.other.setAccessibleName("Сравнить с")
        self.printed.hide()
        self.strip.hide()
        closer = Button("Закрыть")
        closer.clicked.connect(lambda _checked: self.reject())
        for button in (closer, self.approve, self.delete, self.pdf, self.xlsx, self.back):
            button.setAutoDefault(False)
        title = label(f"Версии плана {self.workspace.year} года", "section")
        head = row(title, None, self.name, self.approve, spacing=8)
        head.setStretch(2, 1)
        panel = QFrame()
        panel.setProperty("look", "card")
        tools = row(label("Сравнить с", "muted"), self.other, None, self.count, spacing=8,
                    margins=(14, 7, 14, 7))  # fmt: skip
        inside = fill(QVBoxLayout(), rule(), self.view, spacing=0, margins=(1, 1, 1, 1))
        inside.insertLayout(0, tools)
        panel.setLayout(inside)
        body = row(side, panel, spacing=12)
        body.setStretch(1, 1)
        foot = row(self.delete, None, closer, self.xlsx, self.pdf, self.back)
        layout = column(head, self.printed, body, self.strip, foot, spacing=10,
                        margins=(20, 16, 20, 14))  # fmt: skip
        layout.setStretch(2, 1)
        self.setLayout(layout)
        room = self.parentWidget()
        if room is not None:
            wide, high = (theme.px(SIZE[0]), theme.px(SIZE[1]))
            self.resize(
                max(min(wide, room.width() - 40), LEAST[0]),
                max(min(high, room.height() - 40), LEAST[1]),
            )

    def _connect(self) -> None:
        self.approve.clicked.connect(lambda _checked: self.approve_now())
        self.list.currentRowChanged.connect(lambda _row: self._choose_anew())
        self.other.written.connect(lambda _value: self._put_away())
        self.other.written.connect(lambda _value: self._compare())
        self.back.clicked.connect(lambda _checked: self.ask_return())
        self.delete.clicked.connect(lambda _checked: self.delete_version())
        self.pdf.clicked.connect(lambda _checked: self.show_paper())
        name = f"Изменения плана {self.workspace.year}"
        self.xlsx.clicked.connect(lambda _checked: ask_file(self, name, "xlsx", self.save))
        self.view.opened.connect(self._open_exam)
        self.workspace.changed.connect(self._follow)
