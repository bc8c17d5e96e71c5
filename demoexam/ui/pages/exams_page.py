"""Экзамены: the list of the year's sittings, and the card of one of them in the same place."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from demoexam.exchange.vocabulary import Kind
from demoexam.rules.violation import Violation
from demoexam.services.exams.list import Which, plan_findings
from demoexam.text import counted
from demoexam.ui import dialogs
from demoexam.ui.calendar_saving import ask_season
from demoexam.ui.cards import Action, EmptyState
from demoexam.ui.exams.exam_source import ExamSource
from demoexam.ui.list_page import ListPage
from demoexam.ui.page import Place
from demoexam.ui.table_files import Everything
from demoexam.ui.widgets import Button, Chip
from demoexam.ui.workspace import Workspace

if TYPE_CHECKING:  # the card brings the papers, which the list does not need
    from demoexam.ui.exams.card import ExamCardView

KINDS = (
    (Which.ALL, "все"),
    (Which.AHEAD, "предстоящие"),
    (Which.OVER, "проведённые"),
    (Which.DOUBTFUL, "с замечаниями"),
    (Which.HELD, "отложенные"),
    (Which.UNDATED, "без даты"),
)


class ExamsPage(ListPage):
    """Places: {"id"} opens a card, {"new": facts} the form of a new exam, {"filter"}, {"which"}.

    With an id: {"tab"} or {"deadline": code} of the card.
    """

    TITLE = "Экзамены"
    NOUNS = ("экзамен", "экзамена", "экзаменов")
    EVERYTHING, PASTED = Everything(Kind.SCHEDULE), Kind.SCHEDULE
    TABLES = frozenset(
        {
            "exam_session", "assignment", "exam_place", "workplace_draw", "expert", "employment",
            "certificate", "competence", "workshop", "workshop_booking", "assessment_kit",
            "staffing_rule", "study_group", "examinee", "setting", "share_target",
            "unavailability", "teaching_link", "kinship_link", "organization", "calendar_day",
            "printed_document", "task_module", "grade_scale", "incident", "plan_version",
        }
    )  # fmt: skip

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.source = ExamSource(workspace)
        self.which = Chip("Показать", KINDS)
        printing = Button("Пакет дня", "printer")
        printing.clicked.connect(self.print_day)
        register = Button("", "history", "icon", name="Журнал печати")
        register.clicked.connect(self.show_printed)
        calendar = Button("", "calendar", "icon", name="Экзамены года в календарь (ics)")
        calendar.clicked.connect(lambda _checked: ask_season(self.workspace, self))
        self.build(
            self.source,
            placeholder="Группа, мастерская, комплект, эксперт",
            empty=self._make_empty(),
            chips=[self.which],
            tools=[calendar, register, printing],
            row_height=48,
        )
        self.filter.setMinimumWidth(340)
        self._list_stale = False
        self._warm_up()
        self.set_primary("Новый экзамен", self.create_exam)

    @cached_property
    def card(self) -> "ExamCardView":
        """The card, made when the first exam is opened."""
        from demoexam.ui.exams.card import ExamCardView

        card = ExamCardView(self.workspace)
        card.gone.connect(self.go_back)
        card.going.connect(self.going)
        card.headed.connect(self._head_card)
        self._stack.addWidget(card)
        return card

    def reload(self) -> None:
        if self.shows_card():
            self._list_stale = True
            self.card.reload()
        else:
            self._list_stale = False
            super().reload()
            self._look_for_doubts()

    def shows_card(self) -> bool:
        return "card" in vars(self) and self._stack.currentWidget() is self.card

    def go_to(self, place: Place) -> None:
        if "new" in place:
            self.create_exam(**place["new"])
            return
        if "id" in place:
            self.open_record(place["id"])
            if "tab" in place:
                self.card.show_tab(place["tab"])
            if "deadline" in place:
                self.card.show_deadline(place["deadline"])
            return
        self.go_back()
        if "which" in place:
            self.which.show_value(Which(place["which"]))
            self._apply_filter()
        super().go_to(place)

    def open_record(self, record_id: str) -> None:
        self._stack.setCurrentWidget(self.card)
        self.card.show_exam(record_id)

    def go_back(self) -> bool:
        if not self.shows_card():
            return False
        here = self.card.exam_id
        self._stack.setCurrentWidget(self.splitter)
        self.set_primary("Новый экзамен", self.create_exam)
        self.set_heading(self.TITLE, self.summary(self.total()))
        if self._list_stale:
            self.reload()
        self.view.point_at(here)
        self.view.setFocus()
        return True

    def focus_filter(self) -> None:
        if self.shows_card():
            self.card.focus_filter()
        else:
            super().focus_filter()

    def create_exam(self, **facts: Any) -> None:
        """The form of a new exam; `facts` may name the group, the day, the workshop."""
        form = dialogs.open_dialog("exam", self.workspace, self, **facts)
        form.saved.connect(self._open_saved)  # type: ignore[attr-defined]

    def print_day(self) -> None:
        """The package of the card's day, or of the day under the cursor."""
        dialogs.open_dialog("print", self.workspace, self, **self.print_facts())

    def show_printed(self) -> None:
        """The register of what was printed."""
        dialogs.open_dialog("printed", self.workspace, self)

    def print_facts(self) -> dict[str, Any]:
        """What Ctrl+P prints here."""
        if self.shows_card():
            return {"session_id": self.card.exam_id}
        here = self.view.current_id()
        return {"session_id": here} if here else {}

    def summary(self, total: int) -> str:
        doubts = self.source.doubts
        words = f"{counted(total, *self.NOUNS)} за {self.workspace.year} год"
        return f"{words}, с замечаниями {len(doubts)}" if doubts else words

    def _apply_filter(self) -> None:
        self.source.which = Which(str(self.which.value()))
        super()._apply_filter()

    def _after_rows(self) -> None:
        card = self.shows_card()
        super()._after_rows()
        if card:
            self._stack.setCurrentWidget(self.card)

    def _warm_up(self) -> None:
        """Import the card off this thread: the first exam opens at once."""
        name = "demoexam.ui.exams.card"
        self.workspace.load(lambda _session: import_module(name), lambda _module: None)

    def _look_for_doubts(self) -> None:
        query = partial(plan_findings, year=self.workspace.year, today=date.today())
        self.workspace.load(query, self._show_doubts, slot="exam doubts")

    def _show_doubts(self, found: Mapping[str, Sequence[Violation]]) -> None:
        self.source.doubts = {ident: told for ident, told in found.items() if ident}
        if not self.shows_card():
            with self.view.keeping():
                self.table.reload()
                self._after_rows()

    def _head_card(self) -> None:
        if self.shows_card():
            self.primary = None
            self.set_heading(self.card.title, self.card.summary, self.TITLE)

    def _open_saved(self, session_id: str) -> None:
        self.open_record(session_id)

    def _make_empty(self) -> EmptyState:
        return EmptyState(
            "clipboard-check",
            "В этом году экзаменов нет",
            "Назначьте первый экзамен: группу, комплект, мастерскую и день. Или загрузите "
            "готовое расписание из Excel: программа покажет, что в нём не сходится.",
            [
                Action("Назначить экзамен", self.create_exam, "plus"),
                Action(
                    "Загрузить расписание…",
                    lambda: dialogs.open_dialog("import", self.workspace, self, files=[]),
                    "upload",
                ),
            ],
        )
