"""«Версии плана»: approve the plan, see what has changed since, go back to it."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFrame, QVBoxLayout, QWidget

from demoexam.errors import UserError
from demoexam.progress import Progress
from demoexam.services.papers.printed_documents import Printed
from demoexam.services.records.records import delete_record
from demoexam.services.season.plan_approval import Coverage, plan_coverage
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
from demoexam.ui import theme
from demoexam.ui.cards import Action, FindingStrip
from demoexam.ui.dialogs.file_choice import ask_file
from demoexam.ui.dialogs.list_layout import fit_window
from demoexam.ui.dialogs.versions_parts import ApprovalBar, VersionsList, covered_words
from demoexam.ui.dialogs.versions_rows import (
    DifferenceSource,
    done_words,
    return_words,
    summary,
)
from demoexam.ui.fields import ChoiceField
from demoexam.ui.query_table import QueryTable
from demoexam.ui.table_view import TableView
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, column, fill, label, row, rule
from demoexam.ui.workspace import Workspace

SIZE, LEAST, SIDE = (1120, 640), (640, 420), 240
TABLES = frozenset({"plan_version", "exam_session", "assignment", "exam_place"})
NO_VERSIONS = "Версий ещё нет. Утвердите план, и будет видно, что в нём изменилось потом."
SAME = "Ничего не изменилось."


class VersionsDialog(QDialog):
    """The chosen version against the present plan or another version; Enter opens the exam.

    «Утвердить план» keeps the plan as it is now: the exams that a version holds are approved.
    """

    def __init__(self, workspace: Workspace, parent: QWidget, *, year: int = 0) -> None:
        super().__init__(parent.window())
        self.workspace, self.year = workspace, year or workspace.year
        self.comparison: PlanComparison | None = None
        self._covered = Coverage(0, None, None, 0, 0)
        self.approval, self.list = ApprovalBar(self.year), VersionsList()
        self.name, self.approve = self.approval.name, self.approval.button
        self.other = ChoiceField()
        self.source = DifferenceSource()
        self.table = QueryTable(self.source, self)
        self.view = TableView(self.table, "Чем план отличается от версии")
        self.count, self.strip = label("", "muted"), FindingStrip(Tone.ACCENT)
        self.printed = FindingStrip(Tone.WARN)
        self.delete = Button("", "trash-2", "icon", name="Удалить версию")
        self.pdf, self.xlsx = Button("На бумаге", "eye"), Button("XLSX", "file-spreadsheet")
        self.back = Button("Вернуть план к версии…", "undo-2")
        self._assemble()
        self._connect()
        self.name.setFocus()
        self.reload()

    def reload(self) -> None:
        """The list of versions and what was printed, as they are now."""
        year, today = self.year, date.today()
        self.workspace.load(
            lambda session: (
                plan_versions(session, year=year),
                proposed_name(session, year=year, today=today),
                plan_coverage(session, year=year),
            ),
            self._show_versions, slot="plan versions",
        )  # fmt: skip

        def check(progress: Progress) -> list[Printed]:
            with self.workspace.store.reading() as session:
                return outdated_plans(session, year=year, progress=progress)

        self.workspace.run(
            check, title="Сверка напечатанных планов", on_done=self._show_printed, apart=True
        )

    # -- what is shown --------------------------------------------------------------------

    def _show_versions(self, found: tuple[Sequence[VersionLine], str, Coverage]) -> None:
        versions, proposed, covered = found
        self.approval.show_proposed(proposed, covered)
        self._covered = covered
        self.list.show_versions(versions)
        self._choose()

    def _choose(self) -> None:
        here = self.list.version()
        others = [(one.id, one.name) for one in self.list.versions if one.id != here]
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
            button.setEnabled(bool(self.list.version()))
        if not self.list.version():
            self._show(None)
            return
        version, other = self.list.version(), self.other.value() or ""
        query = partial(compare_plans, version_id=version, other_id=other)
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

    def approve_now(self, name: str) -> None:
        """Keep the plan of the year as it is."""
        self.workspace.perform(
            approve_plan, operation=f"утверждён план «{name.strip()}»", on_done=self._approved,
            on_refused=self._tell, name=name, year=self.year,
        )  # fmt: skip

    def ask_return(self) -> None:
        """Tell what a return would do and wait for the answer."""
        query = partial(return_preview, version_id=self.list.version())
        self.workspace.load(query, self._offer_return, slot="plan return", on_refused=self._tell)

    def return_now(self) -> None:
        self.workspace.perform(
            return_to_version, operation=f"план возвращён к версии «{self.list.name()}»",
            on_done=self._returned, on_refused=self._tell, version_id=self.list.version(),
        )  # fmt: skip

    def delete_version(self) -> None:
        self.workspace.perform(
            delete_record, operation=f"удалена версия плана «{self.list.name()}»",
            on_refused=self._tell, table="plan_version", record_id=self.list.version(),
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
        self.approval.take_next_name()
        self.list.choose(version_id)
        self.strip.show_finding(Tone.OK, f"План утверждён: {covered_words(self._covered)}.")

    def _tell(self, error: UserError) -> None:
        self.strip.show_finding(Tone.BAD, f"<b>{error}</b> {error.hint}")

    def _saved(self, path: Path) -> None:
        self.strip.show_finding(Tone.OK, f"Сохранено: {path.name}, папка «{path.parent.name}».")

    def _open_paper(self, pdf: bytes) -> None:
        from demoexam.ui.dialogs.pdf_preview import open_preview

        open_preview(self.workspace, self, pdf, f"Изменения плана {self.year}")

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
        self.strip.hide()
        self.printed.hide()
        side = QFrame()
        side.setProperty("look", "card")
        side.setLayout(fill(QVBoxLayout(), self.list, margins=(4, 4, 4, 4)))
        side.setFixedWidth(theme.px(SIDE))
        body = row(side, self._differences(), spacing=12)
        body.setStretch(1, 1)
        closer = Button("Закрыть")
        closer.clicked.connect(lambda _checked: self.reject())
        for button in (closer, self.delete, self.pdf, self.xlsx, self.back):
            button.setAutoDefault(False)
        foot = row(self.delete, None, closer, self.xlsx, self.pdf, self.back)
        layout = column(self.approval, self.printed, body, self.strip, foot, spacing=10,
                        margins=(20, 16, 20, 14))  # fmt: skip
        layout.setStretch(2, 1)
        self.setLayout(layout)
        fit_window(self, SIZE, LEAST)

    def _differences(self) -> QFrame:
        """The card of what is different, and from what."""
        self.other.setMinimumContentsLength(16)
        self.other.setAccessibleName("Сравнить с")
        tools = row(label("Сравнить с", "muted"), self.other, None, self.count, spacing=8,
                    margins=(14, 7, 14, 7))  # fmt: skip
        inside = fill(QVBoxLayout(), rule(), self.view, spacing=0, margins=(1, 1, 1, 1))
        inside.insertLayout(0, tools)
        panel = QFrame()
        panel.setProperty("look", "card")
        panel.setLayout(inside)
        return panel

    def _connect(self) -> None:
        self.approval.asked.connect(self.approve_now)
        self.list.chosen.connect(self._choose_anew)
        self.other.written.connect(lambda _value: self._put_away())
        self.other.written.connect(lambda _value: self._compare())
        self.back.clicked.connect(lambda _checked: self.ask_return())
        self.delete.clicked.connect(lambda _checked: self.delete_version())
        self.pdf.clicked.connect(lambda _checked: self.show_paper())
        name = f"Изменения плана {self.year}"
        self.xlsx.clicked.connect(lambda _checked: ask_file(self, name, "xlsx", self.save))
        self.view.opened.connect(self._open_exam)
        self.workspace.changed.connect(self._follow)
