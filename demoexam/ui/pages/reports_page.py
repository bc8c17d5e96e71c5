"""Отчёты: the employers' share of a year with the people behind it; hours of the workshops."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from demoexam.rules.terms import CUT_NAMES, METHOD_NAMES, ShareCut
from demoexam.services.college.college import college_settings
from demoexam.services.share.people import Person
from demoexam.services.share.share import ShareRow
from demoexam.text import percent, plural
from demoexam.ui import theme
from demoexam.ui.cards import Action, EmptyState
from demoexam.ui.charts import Years, YearShare
from demoexam.ui.dialogs import open_dialog
from demoexam.ui.main_window import FIRST_YEAR
from demoexam.ui.page import PAGE_MARGINS, Page, Place
from demoexam.ui.reports import figures as counting
from demoexam.ui.reports.exporting import ReportExport, note_of
from demoexam.ui.reports.figures import Figures, Request
from demoexam.ui.reports.footnote import Footnote
from demoexam.ui.reports.occupancy_view import OccupancyView
from demoexam.ui.reports.parameters import ParameterBar
from demoexam.ui.reports.people_panel import EMPLOYERS, UNKNOWN, PeoplePanel
from demoexam.ui.reports.share_table import ShareTable
from demoexam.ui.reports.summary import Summary
from demoexam.ui.widgets import Button, Segments, column, fill, label, row, rule
from demoexam.ui.workspace import Workspace

SHARE, OCCUPANCY = "share", "occupancy"
REPORTS = ((SHARE, "Доля работодателей"), (OCCUPANCY, "Загрузка мастерских"))
SIDE_BY_SIDE = 900  # below this width the people take the table's place


class ReportsPage(Page):
    """Places: {"by": "industry"}, a cut; {"year": 2025}; {"report": "occupancy"}."""

    TITLE = "Отчёты"
    TABLES = frozenset(
        {"assignment", "exam_session", "expert", "employment", "organization", "share_target",
         "setting", "assessment_kit", "study_group", "competence", "industry", "cluster",
         "workshop", "workshop_booking", "calendar_day"}
    )  # fmt: skip

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.figures: Figures | None = None
        self._opened: ShareRow | None = None
        self.parameters = ParameterBar(workspace.year)
        self.export = ReportExport(workspace)
        self.parameters.add_tools(self.export)
        self.file_note = label("", "muted")
        self.file_note.hide()
        self.summary, self.table, self.footnote = Summary(), ShareTable(), Footnote()
        self.years, self.people = Years(), PeoplePanel()
        self.report, self.season = Segments(REPORTS, "Отчёт"), Button("План сезона…", "printer")
        self.occupancy = OccupancyView(workspace)
        self.people.hide()
        self.empty = self._make_empty()
        self._lay_out()
        self._connect()
        method = workspace.read(college_settings).share_count
        self.parameters.method.show_value(method)
        self.parameters.choose_method(method)
        self.set_heading("Отчёты: доля работодателей")

    def reload(self) -> None:
        self.parameters.show_year(self.workspace.year)
        if self.report.value() == OCCUPANCY:
            self.occupancy.recount()
        else:
            self._count(self.parameters.request)

    def show_report(self, report: object) -> None:
        """The share, or the hours of the workshops."""
        self.report.show_value(report)
        self.sheets.setCurrentWidget(self.occupancy if report == OCCUPANCY else self.share)
        self.reload()

    def go_to(self, place: Place) -> None:
        if "report" in place:
            self.show_report(place["report"])
        if "year" in place:
            self.workspace.set_year(place["year"])
        if "by" in place:
            self.parameters.choose_cut(ShareCut(place["by"]))

    def focus_filter(self) -> None:
        """The people's filter when they are shown, else the table."""
        if self.report.value() == OCCUPANCY:
            self.occupancy.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        target = self.people.filter if self.people.isVisible() else self.table.view
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_people(self, row: ShareRow, side: str = EMPLOYERS) -> None:
        """Open the list of those behind a row."""
        if self.figures is None:
            return
        self._opened = row
        request = self.figures.request
        self.workspace.load(
            lambda session: counting.people(session, request, row, date.today()),
            lambda found: self._show_people(row, found, side),
            slot="report people",
        )

    def close_people(self) -> None:
        self._opened = None
        self.people.hide()
        self._fold()
        self.table.view.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _count(self, request: Request) -> None:
        today, years = date.today(), range(self._last_year(), FIRST_YEAR - 1, -1)
        self.workspace.load(
            lambda session: (
                counting.count(session, request, today), counting.targets_of(session, years),
            ),
            lambda found: self._show(found[0], found[1], years),
            slot="report figures",
        )  # fmt: skip

    def _last_year(self) -> int:
        return max(date.today().year + 1, self.workspace.year)

    def _show(self, figures: Figures, targets: dict[int, int | None], years: range) -> None:
        self.figures = figures
        request = figures.request
        self.parameters.show_targets(years, targets)
        self.stack.setCurrentWidget(self.empty if figures.is_empty else self._board)
        self.summary.show_figures(figures.total, figures.by_method, request.method)
        self.table.show_figures(figures)
        self.years.show_years(
            [
                YearShare(year, row.share.value, row.target or 0, year == date.today().year)
                for year, row in figures.years
            ]
        )
        self.footnote.show_figures(figures)
        self._note_files(request)
        self._head(figures)
        self._refresh_people()

    def _note_files(self, request: Request) -> None:
        note = note_of(self.workspace.read(college_settings).share_count, request)
        self.file_note.setText(note)
        self.file_note.setVisible(bool(note))

    def _head(self, figures: Figures) -> None:
        if self.report.value() == OCCUPANCY:
            return
        request = figures.request
        said = [f"{request.year} год", METHOD_NAMES[request.method], CUT_NAMES[request.cut]]
        self.set_heading("Отчёты: доля работодателей",
                         ", ".join([*filter(None, [figures.college]), *said]))  # fmt: skip

    def _refresh_people(self) -> None:
        """After a recount the same row's people are shown anew, or the list is closed."""
        if self._opened is None or self.figures is None:
            return
        rows = [*self.figures.rows, self.figures.total]
        same = next((r for r in rows if (r.key, r.id) == (self._opened.key, self._opened.id)), None)
        if same is None:
            self.close_people()
        else:
            self.show_people(same, str(self.people.sides.value()))

    def _show_people(self, row: ShareRow, found: list[Person], side: str) -> None:
        if self.figures is None or self._opened is not row:
            return
        share, total = row.share, row is self.figures.total
        title = "Все эксперты отчёта" if total else self.figures.title_of(row)
        who = plural(share.employers, "работодатель", "работодателя", "работодателей")
        summary = f"{share.employers} {who} из {share.experts}, {percent(share.value)}"
        was_open = self.people.isVisible()
        self.people.show_people(title, summary, found, side)
        self.people.show()
        self._fold()
        if not was_open:
            self.people.take_focus()

    def _fold(self) -> None:
        narrow = self.width() < theme.px(SIDE_BY_SIDE)
        self._card.setVisible(not (narrow and self.people.isVisibleTo(self)))

    def _lay_out(self) -> None:
        self._card = QFrame()
        self._card.setProperty("look", "card")
        years = QWidget()
        heading = label("По годам, тем же счётом", "strong")
        years.setLayout(column(heading, self.years, spacing=2, margins=(18, 8, 16, 10)))
        inside = fill(
            QVBoxLayout(self._card), self.summary, rule(), self.table, rule(), years, rule(),
            self.footnote, spacing=0, margins=(1, 1, 1, 1),
        )  # fmt: skip
        inside.setStretch(2, 1)
        inside.insertStretch(5, 0)
        self._board = QWidget()
        self._board.setLayout(fill(QHBoxLayout(), self._card, self.people, spacing=14))
        self.stack = QStackedWidget()
        self.stack.addWidget(self._board)
        self.stack.addWidget(self.empty)
        self.file_note.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.share, self.sheets = QWidget(), QStackedWidget()
        layout = column(self.parameters, self.file_note, self.stack, spacing=10)
        layout.setStretch(2, 1)
        self.share.setLayout(layout)
        self.sheets.addWidget(self.share)
        self.sheets.addWidget(self.occupancy)
        head = row(self.report, None, self.season, spacing=10)
        self.setLayout(column(head, self.sheets, spacing=10, margins=PAGE_MARGINS))

    def _make_empty(self) -> EmptyState:
        return EmptyState(
            "chart-column",
            "Отчёт пока не из чего считать",
            "Доля считается по экспертам и их назначениям на экзамены. Загрузите список экспертов "
            "и расписание экзаменов: цифры появятся сами.",
            [
                Action("Загрузить из Excel…", self._open_import, "upload"),
                Action("К экзаменам", lambda: self.going.emit("exams", {}), "clipboard-check"),
            ],
        )

    def export_rows(self) -> None:
        if self.report.value() == OCCUPANCY:
            self.occupancy.carrier.export()
        else:
            self.export.ask_place("xlsx")

    def open_season(self) -> None:
        """The plan of the year on paper or as a workbook."""
        open_dialog("season", self.workspace, self)

    def _open_import(self) -> None:
        open_dialog("import", self.workspace, self, files=[])

    def _connect(self) -> None:
        self.parameters.asked.connect(self._count)
        self.parameters.folded.connect(self.export.flow)
        self.parameters.year_asked.connect(self.workspace.set_year)
        self.summary.chosen.connect(self.parameters.choose_method)
        self.table.opened.connect(self.show_people)
        self.table.pointed.connect(self._follow)
        self.footnote.unknown_asked.connect(self._show_unknown)
        self.people.closed.connect(self.close_people)
        self.people.opened.connect(lambda ident: self.going.emit("experts", {"id": ident}))
        self.export.saved.connect(self._tell_saved)
        self.report.chosen.connect(self.show_report)
        self.season.clicked.connect(lambda _checked: self.open_season())
        self.occupancy.counted.connect(self._head_occupancy)
        self.occupancy.workshop_asked.connect(
            lambda ident: self.going.emit("workshops", {"week": ident})
        )
        keys = QShortcut(QKeySequence("Ctrl+E"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.export_rows)

    def _head_occupancy(self, period: str) -> None:
        if self.report.value() == OCCUPANCY:
            self.set_heading("Отчёты: загрузка мастерских", f"{period}, часы по целям")

    def _follow(self, row: ShareRow) -> None:
        """With the list open the arrows lead it along the rows."""
        if self.people.isVisible() and self.table.view.hasFocus() and row is not self._opened:
            self.show_people(row, str(self.people.sides.value()))

    def _show_unknown(self) -> None:
        if self.figures is not None:
            self.show_people(self.figures.total, UNKNOWN)

    def _tell_saved(self, path: Path) -> None:
        window = self.window()
        status = getattr(window, "status", None)
        if status is not None:
            status.show_action(f"Отчёт сохранён: {path.name}, папка «{path.parent.name}»",
                               undoable=False)  # fmt: skip
