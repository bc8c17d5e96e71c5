"""«Сводный план»: the season on paper, by workshop or by day, or as a workbook."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from demoexam.documents.season_sheet import SeasonSheet
from demoexam.errors import UserError
from demoexam.progress import Progress
from demoexam.services.season.report import save_season, season_pdf, season_sheet
from demoexam.ui.cards import FindingStrip
from demoexam.ui.dialogs.file_choice import ask_file
from demoexam.ui.fields import DateField
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, Segments, column, label, row
from demoexam.ui.workspace import Workspace

WIDTH = 520
ORDERS = ((False, "По мастерским"), (True, "По дням"))
WRONG_DAYS = "Укажите первый и последний день, первый не позже последнего."


class SeasonDialog(QDialog):
    """The year, or a part of it; the paper is shown before it is printed or saved."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.workspace = workspace
        year = workspace.year
        self.first, self.last = DateField(optional=False), DateField(optional=False)
        self.first.show_value(date(year, 1, 1))
        self.last.show_value(date(year, 12, 31))
        self.order = Segments(ORDERS, "Порядок на бумаге")
        self.order.show_value(False)
        self.strip = FindingStrip(Tone.BAD)
        self.paper = Button("Показать", "eye", "primary")
        self.sheet = Button("Сохранить XLSX…", "file-spreadsheet")
        self._assemble()

    def show_paper(self) -> None:
        """The paper in the preview, from where it is printed or saved."""
        by_day = bool(self.order.value())
        self._make("сводный план", lambda sheet: season_pdf(sheet, by_day=by_day), self._open)

    def save(self, path: Path) -> None:
        self._make(f"файл «{path.name}»", lambda sheet: save_season(sheet, path), self._saved)

    def _make(
        self,
        title: str,
        finish: Callable[[SeasonSheet], Any],
        done: Callable[[Any], object],
    ) -> None:
        first, last, store = self.first.value(), self.last.value(), self.workspace.store
        if not (first and last and first <= last):
            self.strip.show_finding(Tone.BAD, WRONG_DAYS)
            return
        self.strip.show_finding(Tone.BAD, "")

        def job(_progress: Progress) -> Any:
            with store.reading() as session:
                sheet = season_sheet(session, first=first, last=last)
            return finish(sheet)

        self.workspace.run(job, title=title, on_done=done, on_refused=self._tell)

    def _open(self, pdf: bytes) -> None:
        from demoexam.ui.dialogs.pdf_preview import open_preview

        open_preview(self.workspace, self, pdf, f"Сводный план {self.first.value().year}")

    def _saved(self, path: Path) -> None:
        self.strip.show_finding(Tone.OK, f"Сохранено: {path.name}, папка «{path.parent.name}».")

    def _tell(self, error: UserError) -> None:
        self.strip.show_finding(Tone.BAD, f"<b>{error}</b> {error.hint}")

    def _assemble(self) -> None:
        self.setWindowTitle("Сводный план")
        self.setMinimumWidth(WIDTH)
        self.strip.hide()
        closer = Button("Закрыть")
        closer.clicked.connect(lambda _checked: self.reject())
        days = row(spacing=12)
        for name, field in (("&С какого дня", self.first), ("&По какой", self.last)):
            caption = label(name, "muted")
            caption.setBuddy(field)
            field.setAccessibleName(name.replace("&", ""))
            days.addLayout(column(caption, field))
        for button in (closer, self.sheet):
            button.setAutoDefault(False)
        self.paper.setDefault(True)
        foot = row(None, closer, self.sheet, self.paper)
        self.setLayout(
            column(
                label("Сводный план на бумаге и в Excel", "section"), days, self.order,
                self.strip, None, foot, spacing=12, margins=(20, 16, 20, 14),
            )
        )  # fmt: skip
        self.paper.clicked.connect(lambda _checked: self.show_paper())
        name = f"Сводный план {self.workspace.year}"
        self.sheet.clicked.connect(lambda _checked: ask_file(self, name, "xlsx", self.save))
