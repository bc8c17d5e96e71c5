"""Обзор: how things stand and what to do, in ten seconds."""

from datetime import date

from PySide6.QtWidgets import QHBoxLayout

from demoexam.services.deadlines.deadlines import mark_all_done
from demoexam.services.plan.overview import Figures, overview
from demoexam.store.snapshot import load_snapshot, save_snapshot
from demoexam.text import counted, long_date, weekday
from demoexam.ui.dialogs import DIALOGS, open_dialog
from demoexam.ui.overview_view import OverviewView, understands
from demoexam.ui.page import Page
from demoexam.ui.widgets import fill
from demoexam.ui.workspace import Workspace


class OverviewPage(Page):
    """Counts in the background; the figures shown last are kept for the next start."""

    TITLE = "Обзор"
    TABLES = frozenset(
        {
            "expert", "employment", "organization", "certificate", "assignment", "exam_session",
            "exam_place", "share_target", "setting", "printed_document", "workshop", "kinship_link",
            "teaching_link", "unavailability", "assessment_kit", "staffing_rule", "study_group",
            "conflict", "workplace_draw", "examinee", "calendar_day", "plan_version",
        }
    )  # fmt: skip

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.view = OverviewView()
        fill(QHBoxLayout(self), self.view, spacing=0)
        self.view.going.connect(self._go)
        self.view.deadlines.done.connect(self._mark)
        self._show_last()
        today = date.today()
        self.set_heading(self.TITLE, f"{weekday(today).capitalize()}, {long_date(today)}")
        self.set_primary("Новый экзамен", self._new_exam)

    def _show_last(self) -> None:
        """Until the figures are there: the last ones, or nothing; zeros would be no truth."""
        figures = load_snapshot(self.workspace.store.path)
        if figures is not None and understands(figures):
            self.view.show_figures(figures)
        else:
            self.view.hide()

    def reload(self) -> None:
        year, today = self.workspace.year, date.today()
        self.workspace.load(
            lambda session: overview(session, year=year, today=today),
            self._show,
            slot="overview",
        )

    def _show(self, figures: Figures) -> None:
        self.view.show_figures(figures)
        self.view.show()
        self.badged.emit("exams", figures["urgent"], "срочных дел")
        path = self.workspace.store.path
        self.workspace.keep(lambda: save_snapshot(path, figures))

    def _mark(self, line: Figures, in_time: bool) -> None:
        exams = counted(len(line["ids"]), "экзамен", "экзамена", "экзаменов")
        self.workspace.perform(
            mark_all_done,
            operation=f"отмечено: {line['title'][:1].lower()}{line['title'][1:]}, {exams}",
            session_ids=line["ids"],
            code=line["code"],
            today=date.today(),
            in_time=in_time,
        )

    def _new_exam(self) -> None:
        self.going.emit("exams", {"new": True})

    def _go(self, name: str, place: dict[str, object]) -> None:
        if name in DIALOGS:
            facts = dict(place)
            if isinstance(day := facts.get("day"), str):
                facts["day"] = date.fromisoformat(day)
            open_dialog(name, self.workspace, self, **facts)
        else:
            self.going.emit(name, place)
